"""Presence, on rendered clips through VP8: what shows, when, that it passes, and what never shows."""

from __future__ import annotations

import numpy as np
import pytest

from server.identity.answers import opened, packed
from server.identity.identity_settings import IdentitySettings, WatchSettings
from server.identity.pictures import Picture, fitted
from server.identity.presence import Sample, Watch, looked, sample
from server.identity.watched import Looked, Memory
from tests.server.identity.held import as_jpeg, vp8
from tests.server.identity.scenes import (
    FPS,
    SWAY,
    Scene,
    bright_wall,
    covered,
    empty,
    going_round,
    held_still,
    sitting,
    two,
)
from tests.server.identity.specimens import drawn_person

EVERY = 20  # frames between two samples: two seconds
BURST = 20  # frames after a sample's first


class Camera:
    """A candidate's pictures as a worker sees them: what is remembered goes to it and back with each sample."""

    def __init__(self, settings: IdentitySettings, **watch: int) -> None:
        self.settings, self.watch, self.memory = settings, WatchSettings(**watch), Memory()

    def see(self, at: float, picture: Picture, burst: list[Picture] | None = None) -> list[tuple[str, float]]:
        small = [as_jpeg(fitted(one, 320)) for one in burst or ()]
        taken = sample(as_jpeg(picture), self.settings, small, 1 / FPS)
        memory = opened(Memory, packed(Memory, self.memory.needed(bool(small))))
        found = opened(Looked, packed(Looked, looked(at, taken, self.watch, memory)))
        self.memory = self.memory.followed_by(found.memory, self.watch.loop_memory)
        return [(s.name, s.since) for s in found.signals]


def shown(scenes: list[Scene], settings: IdentitySettings, rate: int = 400_000) -> list[list[tuple[str, float]]]:
    """What shows at each sample: one scene for each, for as long as the interval lasts. A capture asks for a
    keyframe."""
    frames = [scenes[i // EVERY](i) for i in range(EVERY * (len(scenes) - 1) + 1)]
    times = range(0, len(frames), EVERY)
    decoded = vp8(frames, rate, FPS, keyframes=times)
    camera = Camera(settings)
    return [camera.see(i / FPS, decoded[i]) for i in times]


@pytest.mark.rule("R6.4")
@pytest.mark.parametrize("name", ["absent", "several", "dark", "blank", "frozen"])
def test_a_signal_shows_within_three_samples_never_at_the_first_and_passes(
    name: str, astronaut: Picture, settings: IdentitySettings
) -> None:
    good = sitting(astronaut)
    odd = {"absent": empty, "several": two(astronaut, drawn_person(2)), "dark": covered,
           "blank": bright_wall, "frozen": held_still(good, 40)}[name]  # fmt: skip
    told = shown([good, good, odd, odd, odd, good], settings)
    since = 6.0 if name == "frozen" else 4.0  # one picture alone cannot be frozen
    second = [] if name == "frozen" else [(name, since)]
    assert told == [[], [], [], second, [(name, since)], []]


def test_the_ordinary_clip_shows_nothing_of_a_drawn_person_either(settings: IdentitySettings) -> None:
    assert shown([sitting(drawn_person(1), noise=1.5)] * 6, settings, 250_000) == [[]] * 6


@pytest.mark.parametrize("noise", [pytest.param(1.0, marks=pytest.mark.further), 3.0])
def test_somebody_very_still_is_not_frozen_but_a_picture_played_by_a_program_is(
    noise: float, astronaut: Picture, settings: IdentitySettings
) -> None:
    still = sitting(astronaut, noise, SWAY)
    assert shown([still] * 5, settings) == [[]] * 5
    assert shown([held_still(still, 7)] * 3, settings) == [[], [], [("frozen", 2.0)]]


def test_a_hung_decoder_repeats_its_last_frame(astronaut: Picture, settings: IdentitySettings) -> None:
    camera, last = Camera(settings), vp8([sitting(astronaut)(i) for i in range(3)])[-1]
    assert [camera.see(5.0 * i, last) for i in range(3)] == [[], [], [("frozen", 5.0)]]


def test_one_odd_sample_shows_nothing(astronaut: Picture, settings: IdentitySettings) -> None:
    good = sitting(astronaut)
    assert shown([good, empty, good, covered, good], settings) == [[]] * 5


@pytest.mark.parametrize("period", [1.9, pytest.param(3.0, marks=pytest.mark.further), 4.3])
def test_a_clip_of_a_few_seconds_that_goes_round_shows_within_three_samples_of_five_seconds(
    period: float, astronaut: Picture, settings: IdentitySettings
) -> None:
    size = (320, 240)
    live = sitting(astronaut, noise=2, sway=6, size=size)
    frames = 100 + BURST + 1
    told: list[list[list[tuple[str, float]]]] = []
    for scene in (going_round(live, round(period * FPS)), live):
        decoded = vp8([scene(i) for i in range(frames)], 200_000, FPS, keyframes=(0, 50, 100))
        camera = Camera(settings)
        told.append([camera.see(i / FPS, decoded[i], decoded[i + 1 : i + 1 + BURST]) for i in (0, 50, 100)])
    looped, alive = told
    assert alive == [[], [], []]
    assert looped[0] == []
    assert [name for name, _ in looped[2]] == ["looped"]


def test_a_longer_clip_is_told_from_one_search_to_the_next_and_stays_told_between(
    astronaut: Picture, settings: IdentitySettings
) -> None:
    """Three samples of four bring a burst; the fourth says nothing new."""
    scene = going_round(sitting(astronaut, noise=2, sway=6, size=(320, 240)), 149)
    times = range(0, 350, 50)
    decoded = vp8([scene(i) for i in range(350)], 200_000, FPS, keyframes=times)
    camera, told = Camera(settings), list[list[str]]()
    for n, i in enumerate(times):
        burst = decoded[i + 1 : i + 1 + BURST] if n % 4 < 3 else None
        told.append([name for name, _ in camera.see(i / FPS, decoded[i], burst)])
    assert told == [[]] * 5 + [["looped"]] * 2
    assert camera.memory.suspects_loop
    assert [name for name, _ in camera.see(40.0, decoded[0])] == ["looped"]


def test_with_one_frame_a_sample_a_loop_shows_when_the_interval_falls_on_its_period(
    astronaut: Picture, settings: IdentitySettings
) -> None:
    clip = [sitting(astronaut, sway=9)(11 * i) for i in range(4)]
    camera, blind = Camera(settings), Camera(settings, loop_moments=0)
    told = [camera.see(5.0 * i, picture) for i, picture in enumerate((*clip, *clip))]
    assert told == [[]] * 6 + [[("looped", 20.0)]] * 2
    assert all(blind.see(5.0 * i, picture) == [] for i, picture in enumerate((*clip, *clip)))


def test_without_any_detector_nobody_is_called_absent() -> None:
    watch, rng = Watch(WatchSettings()), np.random.default_rng(0)
    views = [rng.integers(0, 255, 320 * 224).astype(np.uint8).tobytes() for _ in range(3)]
    assert [watch.add(float(i), Sample(None, 120.0, 40.0, (one,))) for i, one in enumerate(views)] == [(), (), ()]
