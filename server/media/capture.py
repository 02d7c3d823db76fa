"""A live stream's pictures, on demand: the next VP8 keyframe, put together, decoded beside the event loop, as JPEG;
and, where asked, small grey pictures of the seconds that follow it."""
# PyAV leaves parts of its frames untyped.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

import av
import av.error
import structlog
from av.video.codeccontext import VideoCodecContext
from av.video.reformatter import ColorRange, Interpolation

from server.media.engine import NO_BURST, Burst, Capture, MediaRefusal
from server.media.media_settings import MediaSettings

log = structlog.get_logger(__name__)

T = TypeVar("T")
Tap = Callable[[bool, int, int, bytes], None]
"""Called with each RTP packet: marker, sequence number, timestamp, payload."""

MAX_FRAMES = 8  # frames in the making; older ones are given up
JPEG_FORMAT = "yuvj420p"
NEUTRAL = 128
"""Chroma of what is grey."""
EARLY_S = 0.01  # cameras are not that exact
CLOCK_HZ = 90_000  # of every video format's timestamps (RFC 7741 §4.1)


@dataclass(frozen=True)
class WholeFrame:
    """One VP8 frame; `first` and `last` are the sequence numbers it came in."""

    data: bytes
    timestamp: int
    first: int
    last: int

    @property
    def is_keyframe(self) -> bool:
        return not self.data[0] & 1


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

    async def grab(self, taps: list[Tap], request_keyframe: Callable[[], None], burst: Burst = NO_BURST) -> Capture:
        """`taps` receive the stream's packets while they are in the list. Raises MediaRefusal 504 when no
        keyframe that can be decoded comes in time."""
        frames: asyncio.Queue[WholeFrame] = asyncio.Queue()
        assembler = FrameAssembler(frames.put_nowait)
        taps.append(assembler.add)
        try:
            async with asyncio.timeout(self._settings.capture_s):
                taken, keyframe = await self._keyframe(frames, request_keyframe)
            return replace(taken, burst=await self._follow(keyframe, frames, burst)) if burst.frames else taken
        except TimeoutError as error:
            raise MediaRefusal(504, "no keyframe came in time") from error
        finally:
            taps.remove(assembler.add)

    async def _keyframe(self, frames: asyncio.Queue[WholeFrame],
                        request_keyframe: Callable[[], None]) -> tuple[Capture, WholeFrame]:
        while True:
            request_keyframe()
            while not (frame := await frames.get()).is_keyframe:
                pass
            taken_at = time.time()
            try:
                jpeg, width, height = await self._run(self._decode, frame.data)
            except (av.error.FFmpegError, ValueError) as error:
                log.warning("media.capture_undecodable", error=type(error).__name__)
                continue
            return Capture(jpeg, width, height, taken_at), frame

    async def _follow(self, keyframe: WholeFrame, frames: asyncio.Queue[WholeFrame], burst: Burst) -> tuple[bytes, ...]:
        """As many as came; a frame that is lost for good ends it, as nothing after it can be decoded, and so does a
        picture of another size: only the first one's was found to be within bounds."""
        size = keyframe_size(keyframe.data)
        follower = Follower(burst, self._settings.jpeg_quantiser)
        pictures, waiting = list[bytes](), dict[int, WholeFrame]()
        await self._run(follower.decode, keyframe, False)
        expected = (keyframe.last + 1) & 0xFFFF
        try:
            async with asyncio.timeout(burst.frames * burst.step_s + self._settings.capture_s):
                while len(pictures) < burst.frames:
                    frame = await frames.get()
                    waiting[frame.first] = frame
                    while len(pictures) < burst.frames and (frame := waiting.pop(expected, None)) is not None:
                        expected = (frame.last + 1) & 0xFFFF
                        if frame.is_keyframe and keyframe_size(frame.data) != size:
                            return tuple(pictures)
                        elapsed = ((frame.timestamp - keyframe.timestamp) & 0xFFFFFFFF) / CLOCK_HZ
                        due = elapsed >= burst.step_s * (len(pictures) + 1) - EARLY_S
                        jpeg = await self._run(follower.decode, frame, due)
                        pictures += [jpeg] if jpeg is not None else []
        except (TimeoutError, ValueError, av.error.FFmpegError) as error:
            log.info("media.burst_cut_short", error=type(error).__name__, pictures=len(pictures))
        return tuple(pictures)

    async def _run(self, work: Callable[..., T], *given: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work, *given)

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
        taken = pictures[0]
        return encoded(full_range(taken), self._settings.jpeg_quantiser), taken.width, taken.height

    def _warm(self) -> None:
        encoder = _codec("w")
        encoder.width, encoder.height, encoder.pix_fmt = 64, 64, "yuv420p"
        encoder.options = {"deadline": "realtime", "lag-in-frames": "0"}
        for packet in encoder.encode(av.VideoFrame(64, 64, "yuv420p")):
            self._decode(bytes(packet))


class Follower:
    """Decodes one stream's frames in order, in the thread. All of them, as each builds on the one before; without the
    loop filter, which is 40 % of the work: over 2 s it moved nothing by more than 0.006 pixels at 320 wide."""

    def __init__(self, burst: Burst, quantiser: int) -> None:
        self._burst, self._quantiser = burst, quantiser
        self._decoder = _codec("r", "vp8")
        self._decoder.thread_count = 1
        self._decoder.options = {"skip_loop_filter": "all"}

    def decode(self, frame: WholeFrame, wanted: bool) -> bytes | None:
        """A small grey JPEG where wanted. Raises FFmpegError."""
        for picture in self._decoder.decode(av.Packet(frame.data)):
            if wanted:
                small = full_range(picture, max(1, picture.width // self._burst.width))
                for plane in small.planes[1:]:
                    plane.update(bytes([NEUTRAL]) * plane.buffer_size)
                return encoded(small, self._quantiser)
        return None


def full_range(picture: av.VideoFrame, smaller: int = 1) -> av.VideoFrame:
    """As JPEG holds pictures (ITU-T T.871): every level is used. Each pixel is the mean of those it stands for."""
    wide, high = -(-picture.width // smaller), -(-picture.height // smaller)
    return picture.reformat(wide, high, JPEG_FORMAT, interpolation=Interpolation.AREA, dst_color_range=ColorRange.JPEG)


def encoded(picture: av.VideoFrame, quantiser: int) -> bytes:
    """JPEG. Done by the library that decodes: no further one opens pictures in the server's own process."""
    encoder = av.CodecContext.create("mjpeg", "w")
    assert isinstance(encoder, VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = picture.width, picture.height, JPEG_FORMAT
    encoder.time_base, encoder.thread_count = Fraction(1, CLOCK_HZ), 1
    encoder.options = {"qmin": str(quantiser), "qmax": str(quantiser)}
    picture.pts = 0
    return b"".join(bytes(packet) for frame in (picture, None) for packet in encoder.encode(frame))


class FrameAssembler:
    """Puts VP8 frames together from RTP packets in any order; hands on each whole one (RFC 7741)."""

    def __init__(self, on_frame: Callable[[WholeFrame], None]) -> None:
        self._on_frame = on_frame
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
        whole = frame.whole(timestamp)
        if whole is not None:
            del self._frames[timestamp]
            self._on_frame(whole)
        elif len(self._frames) > MAX_FRAMES:
            del self._frames[next(iter(self._frames))]


class _Frame:
    def __init__(self) -> None:
        self.parts: dict[int, bytes] = {}
        self.first: int | None = None
        self.last: int | None = None

    def whole(self, timestamp: int) -> WholeFrame | None:
        if self.first is None or self.last is None:
            return None
        count = ((self.last - self.first) & 0xFFFF) + 1
        if len(self.parts) < count:
            return None
        parts = [self.parts.get((self.first + i) & 0xFFFF) for i in range(count)]
        if None in parts:
            return None
        data = b"".join(part for part in parts if part is not None)
        return WholeFrame(data, timestamp, self.first, self.last)


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


def _codec(mode: str, name: str = "libvpx") -> VideoCodecContext:
    codec = av.CodecContext.create(name, "w" if mode == "w" else "r")
    assert isinstance(codec, VideoCodecContext)
    return codec
