"""Whether the candidate is there, sample by sample (R6.4). A signal is told in neutral words with its time; it goes
when it passes. No gaze, no emotion, no recognition: faces are counted, light is measured, pictures are compared.
"""
# cv2 leaves its results untyped.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from pydantic import Base64Bytes

from evaluation.rules import N_
from server.identity.detector import NoDetector, open_detector
from server.identity.pictures import decode, grey, pixels
from server.identity.refusals import IdentityRefusal
from server.identity.settings import IdentitySettings, WatchSettings

PresenceName = Literal["absent", "several", "dark", "frozen", "looped"]
THUMB = (160, 90)
SMALLEST = 0.05  # of the picture's height: smaller faces are pictures on a wall

WORDS: Mapping[PresenceName, str] = {
    "absent": N_("Personne n’est visible à la caméra du candidat depuis {time}."),
    "several": N_("Plusieurs visages sont visibles à la caméra du candidat depuis {time}."),
    "dark": N_("L’image de la caméra du candidat est noire depuis {time}."),
    "frozen": N_("L’image de la caméra du candidat ne change plus depuis {time}."),
    "looped": N_("L’image de la caméra du candidat semble se répéter depuis {time}."),
}


@dataclass(frozen=True)
class Sample:
    """What one frame shows. `faces` None: nothing installed can count them. `deviation` is luma's, in grey levels.
    `thumb` is the picture in grey, 160 by 90, one byte a pixel; it stays in memory for the comparison alone."""

    faces: int | None
    deviation: float
    thumb: Base64Bytes


@dataclass(frozen=True)
class PresenceSignal:
    """`since` is the capture's time of the first sample that showed it, in the unit `Watch.add` was given. `words` is
    a French msgid with the place {time}."""

    name: PresenceName
    since: float
    words: str


def sample(data: bytes, settings: IdentitySettings) -> Sample:
    """Of one frame (JPEG), inside a worker. Raises IdentityRefusal where it cannot be read."""
    try:
        picture = decode(data, settings.frame_pixels)
    except ValueError:
        raise IdentityRefusal("frames_unreadable") from None
    luma = grey(picture)
    thumb = pixels(cv2.resize(luma, THUMB, interpolation=cv2.INTER_AREA))
    try:
        faces = open_detector(settings.face_model)(picture)
        count = sum(face.height >= SMALLEST * picture.shape[0] for face in faces)
    except NoDetector:
        count = None
    return Sample(count, float(luma.std()), thumb.tobytes())


class Watch:
    """One candidate's samples, in order. Pure: no clock, no picture larger than a thumb, nothing kept after it."""

    def __init__(self, settings: WatchSettings) -> None:
        self._settings = settings
        self._since: dict[PresenceName, tuple[float, int]] = {}
        self._thumbs: deque[np.ndarray[tuple[int], np.dtype[np.int16]]] = deque(maxlen=settings.loop_memory)
        self._lag: tuple[int, int] | None = None
        """How many samples ago the picture was the same, and for how many samples in a row."""

    def add(self, at: float, taken: Sample) -> tuple[PresenceSignal, ...]:
        """What shows after this sample; () when all is as it should be."""
        thumb = np.frombuffer(taken.thumb, np.uint8).astype(np.int16)
        now = self._seen(taken, thumb)
        self._thumbs.append(thumb)
        self._since = {name: (self._since[name][0], self._since[name][1] + 1) if name in self._since else (at, 1)
                       for name in now}  # fmt: skip
        # A frozen picture is seen by comparing two: its first sample that differs from none is already the second.
        return tuple(PresenceSignal(name, since, WORDS[name]) for name, (since, count) in self._since.items()
                     if count >= self._needed(name))  # fmt: skip

    def _needed(self, name: PresenceName) -> int:
        return self._settings.loop_samples if name == "looped" else self._settings.samples

    def _seen(self, taken: Sample, thumb: np.ndarray[tuple[int], np.dtype[np.int16]]) -> list[PresenceName]:
        if taken.deviation < self._settings.dark_deviation and not taken.faces:
            return ["dark"]
        seen: list[PresenceName] = []
        if taken.faces is not None and taken.faces != 1:
            seen.append("several" if taken.faces else "absent")
        if self._thumbs and self._same(self._thumbs[-1], thumb):
            self._lag = None
            return [*seen, "frozen"]
        return [*seen, "looped"] if self._repeats(thumb) else seen

    def _same(self, one: np.ndarray[tuple[int], np.dtype[np.int16]],
              other: np.ndarray[tuple[int], np.dtype[np.int16]]) -> bool:  # fmt: skip
        apart = np.abs(one - other)
        return bool(apart.mean() < self._settings.same_difference
                    and np.percentile(apart, 99) <= self._settings.same_peak)  # fmt: skip

    def _repeats(self, thumb: np.ndarray[tuple[int], np.dtype[np.int16]]) -> bool:
        """The same picture as one earlier, and the ones before them too, at the same distance: a clip goes round."""
        if not self._settings.loop_samples:
            return False
        lags = [len(self._thumbs) - i for i, old in enumerate(self._thumbs) if self._same(old, thumb)]
        if self._lag is not None and self._lag[0] in lags:
            self._lag = self._lag[0], self._lag[1] + 1
        else:
            self._lag = (min(lags), 1) if lags else None
        return self._lag is not None
