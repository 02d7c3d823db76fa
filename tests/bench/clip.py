"""Media encoded once and published many times: nothing is encoded while something is measured."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import av
import numpy as np
from aiortc.codecs.opus import OpusEncoder
from aiortc.codecs.vpx import Vp8Encoder

WIDTH, HEIGHT, FRAME_RATE = 640, 480, 30
SAMPLE_RATE, AUDIO_SAMPLES = 48_000, 960
VIDEO_BPS = 1_000_000
"""With Opus at about 100 kbit/s, 1.1 Mbit/s in all."""


@dataclass(frozen=True)
class Clip:
    """RTP payloads: of each video frame a list (the first frame is a keyframe), of each 20 ms of sound one."""

    video: list[list[bytes]]
    audio: list[bytes]

    def sizes(self) -> list[int]:
        return [len(payload) for frame in self.video for payload in frame] + [len(one) for one in self.audio]


def make_clip(seconds: float) -> Clip:
    frames = int(seconds * FRAME_RATE)
    encoder = Vp8Encoder()
    encoder.target_bitrate = VIDEO_BPS
    video = [encoder.encode(frame, force_keyframe=not i)[0] for i, frame in enumerate(_pictures(frames))]
    return Clip(video, _sound(int(seconds * SAMPLE_RATE / AUDIO_SAMPLES)))


def _pictures(count: int) -> list[av.VideoFrame]:
    """A texture that slides, with grain that never repeats: enough to need the bit rate asked for."""
    chance = np.random.default_rng(1)
    texture = chance.integers(0, 255, (HEIGHT // 8, WIDTH // 8 + count), np.uint8).repeat(8, 0).repeat(8, 1)
    made: list[av.VideoFrame] = []
    for i in range(count):
        grain = chance.integers(0, 24, (HEIGHT, WIDTH), np.uint8)
        luma = texture[:, 4 * i :][:, :WIDTH] // 2 + grain
        planes = np.concatenate([luma, np.full((HEIGHT // 2, WIDTH), 128, np.uint8)])
        frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
        frame.pts, frame.time_base = i * 90_000 // FRAME_RATE, Fraction(1, 90_000)
        made.append(frame)
    return made


def _sound(count: int) -> list[bytes]:
    encoder, chance = OpusEncoder(), np.random.default_rng(2)
    payloads: list[bytes] = []
    for i in range(count):
        samples = chance.integers(-8000, 8000, (1, AUDIO_SAMPLES * 2), np.int16)
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, i * AUDIO_SAMPLES, Fraction(1, SAMPLE_RATE)
        payloads += encoder.encode(frame)[0]
    return payloads
