"""Whether the candidate is there, sample by sample (R6.4). A signal is told in neutral words with its time; it goes
when it passes. No gaze, no emotion, no recognition: faces are counted, light is measured, pictures are compared.

A picture that no longer changes is told by motion, not by difference (`stillness.py` says why, with what was
measured). A clip that goes round is told by moments that come back, several at one distance in time: for that a
sample brings a burst of small frames, about 2 s long; 10 a second with a sample every 5 s tell any loop of up to 7 s
at the third sample, as the distances between two bursts then cover 3 to 7 s, and twice or more of any shorter one.
A burst costs more than all the rest, so a few samples in a row bring one, and then none for a while: between two such
searches lie the distances that tell a longer clip. A sample without a burst says nothing new about a loop, unless no
sample has one: then a loop shows only once the interval falls on its period again. An empty room does not move either:
without a face only "absent" is told.
"""
from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from server.identity.answers import Behind
from server.identity.detector import NoDetector, open_detector
from server.identity.identity_refusals import IdentityRefusal
from server.identity.identity_settings import IdentitySettings, WatchSettings
from server.identity.pictures import decode, fitted, grey
from server.identity.stillness import Coarse, View, coarse, nearest_of, unmoved, view, viewed
from server.identity.watched import WORDS, Looked, Memory, PresenceName, PresenceSignal

SMALLEST = 0.05  # of the picture's height: smaller faces are pictures on a wall
LOOKED_AT = 640  # pixels on the longer side: the detectors look at 192
LEAST_LAG = 0.8  # seconds: nearer moments look alike on any camera
AROUND = 0.3  # seconds around a moment, in which the picture must have moved for the moment to be known again
SAME_LAG = 0.1  # seconds
COMPARED = 6  # views of a burst looked for among the earlier ones
NEAREST = 2  # of the earlier ones, looked at closely


@dataclass(frozen=True)
class Sample:
    """What one moment shows. `faces` None: nothing installed can count them. `luma` is its mean and `deviation` how
    much it varies, in grey levels. `views` are the frames in grey (`stillness.SIZE`, one byte a pixel), `step` seconds
    apart, the first at the sample's time; they stay in memory for the comparison alone."""

    faces: int | None
    luma: float
    deviation: float
    views: tuple[Behind, ...]
    step: float = 0.0


def sample(data: bytes, settings: IdentitySettings, burst: Sequence[bytes] = (), step: float = 0.0) -> Sample:
    """Of one frame (JPEG), inside a worker. `burst`: the frames that follow it, `step` seconds apart; 320 pixels wide
    are enough, and one that cannot be read ends it. Raises IdentityRefusal where the frame cannot be read."""
    try:
        picture = fitted(decode(data, settings.frame_pixels), LOOKED_AT)
    except ValueError:
        raise IdentityRefusal("frames_unreadable") from None
    luma = grey(picture)
    views = [view(luma)]
    with suppress(ValueError):
        views += (view(grey(decode(one, settings.frame_pixels))) for one in burst[: settings.burst_frames])
    try:
        faces = open_detector(settings.face_model)(picture)
        count = sum(face.height >= SMALLEST * picture.shape[0] for face in faces)
    except NoDetector:
        count = None
    return Sample(count, float(luma.mean()), float(luma.std()), tuple(views), step)


def looked(at: float, taken: Sample, settings: WatchSettings, memory: Memory) -> Looked:
    """One more sample of a candidate of whom so much is remembered, inside a worker."""
    watch = Watch(settings, memory)
    shown = watch.add(at, taken)
    return Looked(tuple((one.name, one.since) for one in shown), watch.added(at, taken))


class Watch:
    """One candidate's samples, in order. Pure: no clock, no picture larger than a view, nothing kept after it. `add`
    takes some 2 ms, with a burst some 15."""

    def __init__(self, settings: WatchSettings, memory: Memory | None = None) -> None:
        memory = memory or Memory()
        self._settings = settings
        self._since: dict[PresenceName, tuple[float, int]] = dict(memory.since)
        views = [viewed(data) for data in memory.views]
        self._views: deque[tuple[float, View]] = deque(zip(memory.times, views, strict=True), settings.loop_memory)
        self._small: deque[Coarse] = deque((coarse([one]) for one in views), settings.loop_memory)
        """The same views, coarse: one row each."""
        self._last = viewed(memory.last) if memory.last is not None else None
        self._bursts, self._lag = memory.bursts, memory.lag

    @property
    def suspects_loop(self) -> bool:
        """A loop is suspected or shown: bursts should go on until it is told or has passed."""
        return "looped" in self._since

    def add(self, at: float, taken: Sample) -> tuple[PresenceSignal, ...]:
        """What shows after this sample; () when all is as it should be."""
        new = [(at + i * taken.step, viewed(data)) for i, data in enumerate(taken.views)]
        now = self._seen(taken, new)
        self._last = new[-1][1] if new else self._last
        if len(new) > 1 or not self._bursts:
            self._views.extend(new)
            self._small.extend(coarse([one]) for _, one in new)
        if len(new) > 1:
            self._bursts = True
        before, unmeasured = self._since, {"looped"} if self._rests(new) else set[PresenceName]()
        self._since = {name: (before[name][0], before[name][1] + (name not in unmeasured)) if name in before
                       else (at, 1) for name in now}  # fmt: skip
        # A frozen picture is seen by comparing two: its first sample that differs from none is already the second.
        return tuple(PresenceSignal(name, since, WORDS[name]) for name, (since, count) in self._since.items()
                     if count >= self._settings.samples and (name != "looped" or self._known()))  # fmt: skip

    def added(self, at: float, taken: Sample) -> Memory:
        """What to remember of this sample, the last one added, beside what was remembered before it."""
        kept = taken.views if len(taken.views) > 1 or not self._bursts else ()
        times = tuple(at + i * taken.step for i in range(len(kept)))
        last = self._last.tobytes() if self._last is not None else None
        return Memory(self._since, times, kept, last, self._bursts, self._lag)

    def _seen(self, taken: Sample, new: Sequence[tuple[float, View]]) -> list[PresenceName]:
        even = self._even(taken)
        if even is not None:
            return [even]
        seen: list[PresenceName] = []
        if taken.faces is not None and taken.faces != 1:
            seen.append("several" if taken.faces else "absent")
        if taken.faces == 0 or not new:
            return seen
        last = self._last
        if last is not None and all(self._same(last, one) for _, one in new):
            self._lag = None
            return [*seen, "frozen"]
        looped = "looped" in self._since if self._rests(new) else self._repeats(new)
        return [*seen, "looped"] if looped else seen

    def _even(self, taken: Sample) -> PresenceName | None:
        """A picture in which nothing is to be seen: for want of light, or because something bright fills it."""
        if taken.faces:
            return None
        if taken.luma < self._settings.dark_luma and taken.deviation < self._settings.dark_deviation:
            return "dark"
        return "blank" if taken.deviation < self._settings.blank_deviation else None

    def _rests(self, new: Sequence[object]) -> bool:
        """Nothing is looked for between two searches."""
        return self._bursts and len(new) == 1

    def _same(self, one: View, other: View) -> bool:
        return unmoved(one, other, self._settings.still_pixels, self._settings.still_levels)

    def _known(self) -> bool:
        return self._lag is not None and self._lag[1] >= self._settings.loop_moments

    def _repeats(self, new: Sequence[tuple[float, View]]) -> bool:
        """Moments of an earlier time come back, each at the same distance: a clip goes round."""
        if not self._settings.loop_moments:
            return False
        every = [*self._views, *new]
        small = np.concatenate([*self._small, coarse([one for _, one in new])])
        stride = -(-len(new) // COMPARED)
        lags = [lag for i in range(len(self._views), len(every), stride) for lag in self._lags(every, small, i)]
        if not lags:
            self._lag = None
            return False
        before = 0
        lag = max(lags, key=lambda one: (_near(one, lags), -one))
        if len(new) == 1 and self._lag is not None and _near(self._lag[0], lags):
            lag, before = self._lag
        self._lag = lag, before + _near(lag, lags)
        return len(new) == 1 or self._known()

    def _lags(self, every: Sequence[tuple[float, View]], small: Coarse, i: int) -> list[float]:
        """How long ago this view was seen: of the views nearest to it, those that are the same while the ones around
        them are not."""
        at, one = every[i]
        older = sum(at - then >= LEAST_LAG for then, _ in every[:i])
        nearest = nearest_of(small[:older], small[i], NEAREST)
        return [at - every[j][0] for j in nearest
                if self._same(every[j][1], one) and self._moved_around(every[:i], j, one)]  # fmt: skip

    def _moved_around(self, every: Sequence[tuple[float, View]], j: int, one: View) -> bool:
        then = every[j][0]
        before = next((k for k in range(j - 1, -1, -1) if then - every[k][0] >= AROUND), None)
        after = next((k for k in range(j + 1, len(every)) if every[k][0] - then >= AROUND), None)
        around = [every[k][1] for k in (before, after) if k is not None]
        return bool(around) and not any(self._same(view, one) for view in around)


def _near(lag: float, lags: Sequence[float]) -> int:
    return sum(abs(lag - other) <= SAME_LAG / 2 for other in lags)
