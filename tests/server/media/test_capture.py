"""One frame on demand from the live stream."""

from __future__ import annotations

import asyncio
import dataclasses
import io
import time
from fractions import Fraction

import av
import pytest
from av.video.codeccontext import VideoCodecContext
from PIL import Image, ImageStat

from server.media.capture import Follower, FrameAssembler, FrameGrabber, keyframe_size
from server.media.engine import Burst, MediaRefusal
from server.media.media_settings import MediaSettings
from tests.server.media.peers import ROOM, publish, until, view


def keyframe(side: int) -> bytes:
    """One whole VP8 keyframe, `side` pixels wide and high."""
    encoder = av.CodecContext.create("libvpx", "w")
    assert isinstance(encoder, VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt, encoder.time_base = side, side, "yuv420p", Fraction(1, 30)
    encoder.options = {"deadline": "realtime", "lag-in-frames": "0"}
    (packet,) = encoder.encode(av.VideoFrame(side, side, "yuv420p"))
    return bytes(packet)


def picture(jpeg: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(jpeg))
    image.load()
    return image


async def test_a_frame_is_what_the_camera_shows_now(sfu, closing):
    publisher = closing(await publish(sfu, "candidate", colour=200, size=(640, 480)))
    await until(lambda: sfu.sources(ROOM)[0].state == "live")
    before = time.time()
    capture = await sfu.capture(ROOM, "candidate", "main")
    image = picture(capture.jpeg)
    assert (image.format, image.size, (capture.width, capture.height)) == ("JPEG", (640, 480), (640, 480))
    assert before <= capture.taken_at <= time.time()
    assert abs(ImageStat.Stat(image.convert("L")).mean[0] - 200) < 10

    publisher.pc.getSenders()[1].track.colour = 40
    await asyncio.sleep(0.3)
    later = picture((await sfu.capture(ROOM, "candidate", "main")).jpeg)
    assert abs(ImageStat.Stat(later.convert("L")).mean[0] - 40) < 10


async def test_several_at_once_and_viewers_undisturbed(sfu, closing):
    for source in ("main", "second"):
        closing(await publish(sfu, "candidate", source))
    viewer = closing(await view(sfu, "juror1", "candidate"))
    await until(lambda: viewer.frames["video"] > 2)
    sources = ("main", "second", "main")
    captures = await asyncio.gather(*(sfu.capture(ROOM, "candidate", source) for source in sources))
    assert [(c.width, c.height) for c in captures] == [(160, 120)] * 3
    frames = viewer.frames["video"]
    await until(lambda: viewer.frames["video"] > frames + 5)
    assert [c.taps for f in sfu._rooms[ROOM].feeds.values() for c in f.channels.values()] == [[], [], []]


async def test_nothing_published_is_404(sfu, closing):
    closing(await publish(sfu, "candidate"))
    for room, seat, source in ((ROOM, "juror1", "main"), (ROOM, "candidate", "second"), ("x", "candidate", "main")):
        with pytest.raises(MediaRefusal) as refusal:
            await sfu.capture(room, seat, source)
        assert refusal.value.status == 404


class TestWithoutKeyframe:
    @pytest.fixture
    def settings(self) -> MediaSettings:
        return dataclasses.replace(MediaSettings(), capture_s=0.3)

    async def test_a_publisher_that_sends_nothing_is_504(self, sfu, closing):
        publisher = closing(await publish(sfu, "candidate"))
        publisher.vanish()
        with pytest.raises(MediaRefusal) as refusal:
            await sfu.capture(ROOM, "candidate", "main")
        assert refusal.value.status == 504

    async def test_a_burst_ends_where_the_pictures_become_of_another_size(self, settings, monkeypatch):
        grabber, taps, decoded = FrameGrabber(settings), [], []
        await grabber.start()
        decode = Follower.decode
        monkeypatch.setattr(Follower, "decode", lambda self, frame, due: decoded.append(keyframe_size(frame.data))
                            or decode(self, frame, due))

        sent = [keyframe(side) for side in (64, 64, 1024)]

        def ask() -> None:
            for number, one in enumerate(sent):
                asyncio.get_running_loop().call_soon(taps[0], True, number, 9000 * number, b"\x10" + one)

        taken = await grabber.grab(taps, ask, Burst(5, 0.1))
        assert (len(taken.burst), decoded) == (1, [(64, 64), (64, 64)])
        await grabber.stop()

    @pytest.mark.parametrize("width", [0, 16383])
    async def test_a_picture_of_absurd_size_is_not_decoded(self, settings, width):
        grabber = FrameGrabber(settings)
        taps = []
        size = (width | 16383 << 16).to_bytes(4, "little")
        frame = b"\x10\x00\x00\x9d\x01\x2a" + size + bytes(20)

        def ask() -> None:
            asyncio.get_running_loop().call_soon(lambda: taps[0](True, 1, 1, b"\x10" + frame))

        with pytest.raises(MediaRefusal) as refusal:
            await grabber.grab(taps, ask)
        assert refusal.value.status == 504
        await grabber.stop()


async def test_a_burst_shows_what_follows_small_and_at_its_pace(sfu, closing):
    publisher = closing(await publish(sfu, "candidate", colour=60, size=(640, 480)))
    await until(lambda: sfu.sources(ROOM)[0].state == "live")
    asking = asyncio.create_task(sfu.capture(ROOM, "candidate", "main", Burst(6, 0.2)))
    await asyncio.sleep(0.7)
    publisher.pc.getSenders()[1].track.colour = 180
    taken = await asking
    small = [picture(one) for one in taken.burst]
    assert [one.size for one in small] == [(320, 240)] * 6
    assert [len({round(mean) for mean in ImageStat.Stat(one).mean}) for one in small] == [1] * 6  # grey
    luma = [round(ImageStat.Stat(one).mean[0], -1) for one in small]
    assert (luma[0], luma[-1], luma) == (60, 180, sorted(luma))
    assert (taken.width, picture(taken.jpeg).size) == (640, (640, 480))
    assert sfu._rooms[ROOM].feeds["candidate", "main"].channels["video"].taps == []


async def test_a_stream_that_breaks_off_ends_a_burst(sfu, closing):
    sfu._grabber._settings = dataclasses.replace(MediaSettings(), capture_s=0.5)
    publisher = closing(await publish(sfu, "candidate"))
    await until(lambda: sfu.sources(ROOM)[0].state == "live")
    asking = asyncio.create_task(sfu.capture(ROOM, "candidate", "main", Burst(20, 0.1)))
    await asyncio.sleep(0.6)
    publisher.vanish()
    assert 0 < len((await asking).burst) < 20


def test_frames_are_put_together_in_any_order():
    whole = []
    assembler = FrameAssembler(lambda frame: whole.append((frame.data, frame.first, frame.last, frame.is_keyframe)))
    packets = [(False, 65535, b"\x10\x00A"), (False, 0, b"\x00\x01B"), (True, 1, b"\x00\x02C")]
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2)):
        for i in order:
            marker, sequence, payload = packets[i]
            assembler.add(marker, sequence, 1000 + order[0], payload)
    assert whole == [(b"\x00A\x01B\x02C", 65535, 1, True)] * 3
    assembler.add(True, 5, 9, b"\x10\x01inter")  # not a keyframe
    assembler.add(True, 7, 10, b"\x00\x00rest")  # its first packet is lost
    assembler.add(True, 8, 11, b"\x90\x80\x81\x05\x00D")  # a descriptor with a long picture id
    assert whole[3:] == [(b"\x01inter", 5, 5, False), (b"\x00D", 8, 8, True)]


@pytest.mark.parametrize("frame", [b"", b"\x10\x00\x00\x9d\x01\x2a", bytes(10), b"\x11\x00\x00\x9d\x01\x2a" + bytes(9)])
def test_only_a_keyframe_has_a_size(frame):
    with pytest.raises(ValueError, match="not a VP8 keyframe"):
        keyframe_size(frame)
