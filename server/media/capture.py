"""One frame of a live stream, on demand: the next VP8 keyframe, put together, decoded beside the event loop,
as JPEG."""
# PyAV and Pillow leave parts of their frames and images untyped.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import av
import av.error
import structlog
from av.video.codeccontext import VideoCodecContext

from server.media.engine import Capture, MediaRefusal
from server.media.settings import MediaSettings

log = structlog.get_logger(__name__)

Tap = Callable[[bool, int, int, bytes], None]
"""Called with each RTP packet: marker, sequence number, timestamp, payload."""

MAX_FRAMES = 8  # frames in the making; older ones are given up


class FrameGrabber:
    """Shared by all rooms: its one thread keeps its decoder warm, which saves some 200 ms a capture."""

    def __init__(self, settings: MediaSettings) -> None:
        self._settings = settings
        self._executor = ThreadPoolExecutor(1, "capture")
        self._decoder: VideoCodecContext | None = None

    async def start(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._executor, self._warm)

    async def stop(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)

    async def grab(self, taps: list[Tap], request_keyframe: Callable[[], None]) -> Capture:
        """`taps` receive the stream's packets while they are in the list. Raises MediaRefusal 504 when no
        keyframe that can be decoded comes in time."""
        loop = asyncio.get_running_loop()
        frames: asyncio.Queue[bytes] = asyncio.Queue()
        assembler = KeyframeAssembler(frames.put_nowait)
        taps.append(assembler.add)
        try:
            async with asyncio.timeout(self._settings.capture_s):
                while True:
                    request_keyframe()
                    frame = await frames.get()
                    taken_at = time.time()
                    try:
                        jpeg, width, height = await loop.run_in_executor(self._executor, self._decode, frame)
                    except (av.error.FFmpegError, ValueError) as error:
                        log.warning("media.capture_undecodable", error=type(error).__name__)
                        continue
                    return Capture(jpeg, width, height, taken_at)
        except TimeoutError as error:
            raise MediaRefusal(504, "no keyframe came in time") from error
        finally:
            taps.remove(assembler.add)

    def _decode(self, frame: bytes) -> tuple[bytes, int, int]:
        """In the thread. Raises ValueError or FFmpegError on what is no decodable keyframe."""
        width, height = keyframe_size(frame)
        if not 0 < width * height <= self._settings.capture_pixels:
            raise ValueError("the picture's size is out of bounds")
        if self._decoder is None:
            self._decoder = _codec("r")
            self._decoder.thread_count = 1
        try:
            pictures = self._decoder.decode(av.Packet(frame))
        except av.error.FFmpegError:
            self._decoder = None
            raise
        if not pictures:
            raise ValueError("no picture came of it")
        output = io.BytesIO()
        pictures[0].to_image().save(output, "JPEG", quality=self._settings.jpeg_quality)
        return output.getvalue(), pictures[0].width, pictures[0].height

    def _warm(self) -> None:
        encoder = _codec("w")
        encoder.width, encoder.height, encoder.pix_fmt = 64, 64, "yuv420p"
        encoder.options = {"deadline": "realtime", "lag-in-frames": "0"}
        for packet in encoder.encode(av.VideoFrame(64, 64, "yuv420p")):
            self._decode(bytes(packet))


class KeyframeAssembler:
    """Puts VP8 frames together from RTP packets in any order; hands on each whole keyframe (RFC 7741)."""

    def __init__(self, on_keyframe: Callable[[bytes], None]) -> None:
        self._on_keyframe = on_keyframe
        self._frames: dict[int, _Frame] = {}

    def add(self, marker: bool, sequence: int, timestamp: int, payload: bytes) -> None:
        start = descriptor_size(payload)
        if start >= len(payload):
            return
        frame = self._frames.setdefault(timestamp, _Frame())
        frame.parts[sequence] = payload[start:]
        if payload[0] & 0x17 == 0x10:
            frame.first = sequence
        if marker:
            frame.last = sequence
        whole = frame.whole()
        if whole is not None:
            del self._frames[timestamp]
            if not whole[0] & 1:
                self._on_keyframe(whole)
        elif len(self._frames) > MAX_FRAMES:
            del self._frames[next(iter(self._frames))]


class _Frame:
    def __init__(self) -> None:
        self.parts: dict[int, bytes] = {}
        self.first: int | None = None
        self.last: int | None = None

    def whole(self) -> bytes | None:
        if self.first is None or self.last is None:
            return None
        count = ((self.last - self.first) & 0xFFFF) + 1
        if len(self.parts) < count:
            return None
        parts = [self.parts.get((self.first + i) & 0xFFFF) for i in range(count)]
        return None if None in parts else b"".join(part for part in parts if part is not None)


def descriptor_size(payload: bytes) -> int:
    """Octets of the VP8 payload descriptor (RFC 7741 §4.2); more than the payload has when it is cut
    short."""
    if len(payload) < 3:
        return len(payload)
    if not payload[0] & 0x80:
        return 1
    extensions = payload[1]
    picture_id = (2 if payload[2] & 0x80 else 1) if extensions & 0x80 else 0
    return 2 + picture_id + (1 if extensions & 0x40 else 0) + (1 if extensions & 0x30 else 0)


def keyframe_size(frame: bytes) -> tuple[int, int]:
    """Width and height in pixels (RFC 6386 §9.1). Raises ValueError on anything but a keyframe."""
    if len(frame) < 10 or frame[0] & 1 or frame[3:6] != b"\x9d\x01\x2a":
        raise ValueError("not a VP8 keyframe")
    return int.from_bytes(frame[6:8], "little") & 0x3FFF, int.from_bytes(frame[8:10], "little") & 0x3FFF


def _codec(mode: str) -> VideoCodecContext:
    codec = av.CodecContext.create("libvpx", "w" if mode == "w" else "r")
    assert isinstance(codec, VideoCodecContext)
    return codec
