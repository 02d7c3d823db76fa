"""The checks at the camera, measured on made documents through VP8, and on faces where pictures of people are given
(`--data DIR`). Each figure says how many cases it stands on; what could not be measured is never a pass."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import cv2

from server.identity import document, face, ocr
from server.identity.detector import Detector, Face, open_detector
from server.identity.identity_settings import IdentitySettings, WatchSettings
from server.identity.pictures import Picture, decode, scaled
from server.identity.prepared_copy import Copy, prepare
from server.identity.presence import Watch, sample
from server.identity.whole_check import check
from server.identity.zones import compare
from server.media.capture import Follower, FrameGrabber, WholeFrame
from server.media.engine import Burst
from server.media.media_settings import MediaSettings
from tests.bench import identity_plot
from tests.bench.faces import Pair, pairs
from tests.bench.figures import NOT_MEASURED, Reach, Teller, median, percentile
from tests.bench.scores import auc, equal_error, equal_error_interval, wilson
from tests.evaluation.frameworks import POLISHING
from tests.server.identity.held import Holding, as_jpeg, encoded, photographed, scanned, shown, vp8
from tests.server.identity.scenes import FPS, sitting
from tests.server.identity.specimens import Kind, drawn_person, holder, impostor
from tests.server.identity.specimens import document as drawn

FRONTS: tuple[Kind, ...] = ("new_card", "old_card", "passport")
LINES: tuple[Kind, ...] = ("new_card_back", "old_card", "passport")
SIZES = {"480p": (640, 480), "720p": (1280, 720)}
PORTRAIT = 120  # pixels of the copy's portrait, from chin to crown and somewhat more
ZONE = 1.92  # a portrait zone to its face, as `Copy.portrait` has it
TODAY = date(2026, 1, 15)
SAMPLE_FRAMES, BURST = 30, 20  # between two samples of a clip, and after each


@dataclass
class Scores:
    """By size and zone; `bands` of the same documents alone."""

    same: dict[tuple[str, str], list[float]] = field(default_factory=dict[tuple[str, str], list[float]])
    other: dict[tuple[str, str], list[float]] = field(default_factory=dict[tuple[str, str], list[float]])
    bands: Counter[tuple[str, str, str]] = field(default_factory=Counter[tuple[str, str, str]])
    cases: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    near: list[float] = field(default_factory=list[float])
    far: list[float] = field(default_factory=list[float])


def run(out: Path, quick: bool = False, data: Path | None = None) -> Iterator[dict[str, Any]]:
    """`data` holds pictures of people, read only; a table and a plot go to `out`."""
    cv2.setNumThreads(0)
    settings, detector, teller, scores = IdentitySettings(), open_detector(), Teller("identity", quick), Scores()
    said: list[dict[str, Any]] = []
    people = [] if data is None else pairs(data)
    for line in (*_documents(teller, scores, detector, settings, 1 if quick else 8),
                 *_checks(teller, settings, 1 if quick else 6),
                 *_faces(teller, scores, detector, people[: 20 if quick else None]),
                 *_presence(teller, settings, 3 if quick else 30),
                 *_captured(teller, settings),
                 _ordinary(teller, settings, detector, people, 3 if quick else 30)):  # fmt: skip
        said.append(line)
        yield line
    identity_plot.table(said, out / "identity.md")
    identity_plot.plot({name: (scores.same.get(key, []), scores.other.get(key, [])) for name, key in
                        {f"{zone} {size}": (size, zone) for size in SIZES for zone in ("portrait", "text")}.items()},
                       (scores.near, scores.far), settings, out / "identity.png")  # fmt: skip


# The document ----------------------------------------------------------------------------------------------------


def _documents(teller: Teller, scores: Scores, detector: Detector, settings: IdentitySettings,
               each: int) -> Iterator[dict[str, Any]]:  # fmt: skip
    missed = copies = 0
    for kind in FRONTS:
        for i in range(each):
            mine = holder(100 + i)
            copy = prepare((photographed if i % 2 else scanned)(drawn(kind, mine)), "front", detector)
            copies += 1
            missed += copy.face is None
            for size in SIZES:
                _compared(scores, copy, kind, i, size, detector, settings)
    for size in SIZES:
        for zone in ("portrait", "text"):
            same, other = scores.same.get((size, zone), []), scores.other.get((size, zone), [])
            yield teller.line(f"same-document AUC, {zone}, {size}", auc(same, other), "", Reach("at least", 0.995),
                              same=len(same), other=len(other), of_same=scores.cases[size, "same"],
                              of_other=scores.cases[size, "other"],
                              same_lowest=min(same, default=None), other_highest=max(other, default=None))  # fmt: skip
            yield teller.line(f"same document called far, {zone}, {size}", scores.bands[size, zone, "far"], "cases",
                              Reach("at most", 0), cases=scores.cases[size, "same"],
                              close=scores.bands[size, zone, "close"], unsure=scores.bands[size, zone, "unsure"],
                              not_measurable=scores.bands[size, zone, "not_measurable"])  # fmt: skip
    yield teller.line("missed portraits, made copies", missed / copies, "", Reach("at most", 0.02), cases=copies,
                      interval=wilson(missed / copies, copies))  # fmt: skip


def _compared(scores: Scores, copy: Copy, kind: Kind, i: int, size: str, detector: Detector,
              settings: IdentitySettings) -> None:  # fmt: skip
    """At ordinary light: a lamp's faint reflection now and then, a hand at the edge, a tilt."""
    mine = holder(100 + i)
    how = Holding(size=SIZES[size], frames=2, share=0.5 + 0.05 * (i % 5), glare=40.0 * (i % 3))
    limits = {"portrait": (settings.close_portrait_correlation, settings.far_portrait_correlation),
              "text": (settings.close_text_correlation, settings.far_text_correlation)}  # fmt: skip
    for which, one in (("same", mine), ("other", impostor(mine, 300 + i))):
        frame = shown(drawn(kind, one), how, 1000 + i, drawn_person(i))[-1]
        located = document.locate(copy, frame, settings)
        scores.cases[size, which] += 1
        found = None if located is None else compare(copy, frame, located, detector, settings)
        for zone, (close, far) in limits.items():
            value = None if found is None else getattr(found, zone).correlation
            if value is not None:
                (scores.same if which == "same" else scores.other).setdefault((size, zone), []).append(value)
            if which == "same":
                band = "not_measurable" if value is None else (
                    "close" if value >= close else "far" if value <= far else "unsure")  # fmt: skip
                scores.bands[size, zone, band] += 1


# A whole check ---------------------------------------------------------------------------------------------------


def _checks(teller: Teller, settings: IdentitySettings, each: int) -> Iterator[dict[str, Any]]:
    """Five frames at 720p, as a check takes them: the number read, and what all of it costs."""
    if ocr.available():
        ocr.load()
    if face.model_files() is not None:
        face.load()
    right = cases = wrong = 0
    spent: list[float] = []
    for kind in LINES if ocr.available() else ():
        for i in range(each):
            one = holder(200 + i)
            front = drawn("new_card" if kind == "new_card_back" else kind, one)
            back = as_jpeg(scanned(drawn(kind, one)), 92) if kind == "new_card_back" else None
            frames = [as_jpeg(frame) for frame in shown(drawn(kind, one), Holding(), 2000 + i, drawn_person(i))]
            before = time.process_time()
            found = check(as_jpeg(scanned(front), 92), back, frames, None, face.model_files() is not None, TODAY,
                          settings)  # fmt: skip
            spent.append((time.process_time() - before) / len(frames))
            number = {"passport": one.passport_number, "old_card": one.old_number}.get(kind, one.number)
            cases += 1
            read = found.mrz is not None and found.mrz.valid and found.mrz.agreeing_frames >= 2
            right += read and found.mrz is not None and found.mrz.number == number
            wrong += read and found.mrz is not None and found.mrz.number != number
    yield teller.line("MRZ, right number within 5 frames, 720p", right / cases if cases else None, "",
                      Reach("at least", 0.95), cases=cases, wrong_and_said_right=wrong,
                      interval=wilson(right / cases, cases) if cases else NOT_MEASURED)  # fmt: skip
    yield teller.line("CPU for each frame of a check, 720p", median(spent), "s", Reach("at most", 0.5),
                      slowest=max(spent, default=None), checks=len(spent), frames=5)  # fmt: skip
    yield teller.line("CPU for each frame of a check, slowest, 720p", max(spent, default=None), "s",
                      Reach("at most", 0.5), checks=len(spent), frames=5)  # fmt: skip
    yield _nothing_shown(teller, settings)


def _nothing_shown(teller: Teller, settings: IdentitySettings) -> dict[str, Any]:
    """A new card's check while the camera shows its holder alone, as long as it is waited for: every way is gone."""
    one = holder(200)
    front, back = (as_jpeg(scanned(drawn(kind, one)), 92) for kind in ("new_card", "new_card_back"))
    frames = [as_jpeg(sitting(drawn_person(0), size=(1280, 720))(20 * i)) for i in range(3)]
    before = time.process_time()
    check(front, back, frames, None, face.model_files() is not None, TODAY, settings)
    spent = (time.process_time() - before) / len(frames)
    return teller.line("CPU for each frame of a check, nothing shown, 720p", spent, "s", None, frames=len(frames))


# Faces -----------------------------------------------------------------------------------------------------------


def _faces(teller: Teller, scores: Scores, detector: Detector, given: list[Pair]) -> Iterator[dict[str, Any]]:
    """The first of each pair as the copy's portrait at `PORTRAIT` pixels, the second as the camera's."""
    seen: dict[Path, tuple[Picture, Face | None]] = {}
    for path in sorted({path for pair in given for path in (pair.one, pair.other)}):
        picture = decode(path.read_bytes(), 40_000_000)
        faces = detector(picture)
        seen[path] = picture, faces[0] if faces else None
    if face.model_files() is not None:
        printed = {path: _printed(picture, found, detector) for path, (picture, found) in seen.items() if found}
        live = {path: face.descriptor([(picture, found)]) for path, (picture, found) in seen.items() if found}
        for pair in given:
            one, other = printed.get(pair.one), live.get(pair.other)
            if one is not None and other is not None:
                (scores.near if pair.same else scores.far).append(one.distance(other))
    missed = sum(found is None for _, found in seen.values())
    yield teller.line("face equal error rate", equal_error(scores.near, scores.far), "", Reach("at most", 0.015),
                      interval=equal_error_interval(scores.near, scores.far) or NOT_MEASURED,
                      same_person=len(scores.near), different=len(scores.far), portrait_pixels=PORTRAIT)  # fmt: skip
    yield teller.line("missed faces, given pictures", missed / len(seen) if seen else None, "", Reach("at most", 0.02),
                      cases=len(seen), interval=wilson(missed / len(seen), len(seen)) if seen else NOT_MEASURED)


def _printed(picture: Picture, found: Face, detector: Detector) -> face.Descriptor | None:
    """As `face.distance` describes it, once for all its pairs."""
    small = scaled(face.face_crop(picture, found), PORTRAIT / (found.height * ZONE))
    portrait = decode(as_jpeg(small, 85), 10**7)
    again = detector(portrait)
    return face.descriptor([(portrait, again[0])]) if again else None


# Presence --------------------------------------------------------------------------------------------------------


def _presence(teller: Teller, settings: IdentitySettings, samples: int) -> Iterator[dict[str, Any]]:
    person = drawn_person(1)
    small = [as_jpeg(sitting(person, size=(320, 240))(i)) for i in range(settings.burst_frames)]
    for size, pixels in SIZES.items():
        frames = [as_jpeg(sitting(person, size=pixels)(20 * i)) for i in range(samples)]
        for name, burst in (("one frame", []), (f"a burst of {len(small)}", small)):
            watch, spent = Watch(WatchSettings()), list[float]()
            for i, frame in enumerate(frames):
                before = time.process_time()
                watch.add(5.0 * i, sample(frame, settings, burst, 1 / 10))
                spent.append(time.process_time() - before)
            steady = [seconds * 1000 for seconds in spent[1:]]  # the first loads the models
            yield teller.line(f"CPU for each presence sample, {name}, {size}", median(steady), "ms",
                              Reach("at most", 60), p95=percentile(steady, 0.95), samples=len(steady))  # fmt: skip


def _captured(teller: Teller, settings: IdentitySettings) -> Iterator[dict[str, Any]]:
    """The whole of a sample, from the camera's packets on, averaged from one search for a loop to the next."""
    scene, rules = sitting(drawn_person(1), size=SIZES["720p"]), POLISHING.identity
    packets = encoded([scene(i // 3) for i in range(3 * settings.burst_frames + 1)], fps=3 * FPS)
    grabber, watching = FrameGrabber(MediaSettings()), WatchSettings()
    grabber._warm()
    before = time.process_time()
    jpeg, _, _ = grabber._decode(packets[0])
    spent = time.process_time() - before
    follower, small = Follower(Burst(settings.burst_frames), MediaSettings().jpeg_quantiser), list[bytes]()
    before = time.process_time()
    for i, data in enumerate(packets):
        picture = follower.decode(WholeFrame(data, 0, i, i), wanted=i > 0 and i % 3 == 0)
        small += [picture] if picture is not None else []
    burst = time.process_time() - before
    looked: list[float] = []
    for pictures in ([], small):
        watch = Watch(watching)
        watch.add(0.0, sample(jpeg, settings, pictures, 1 / FPS))
        before = time.process_time()
        watch.add(5.0, sample(jpeg, settings, pictures, 1 / FPS))
        looked.append(time.process_time() - before)
    share = watching.burst_samples / rules.loop_samples
    mean = spent + looked[0] * (1 - share) + (burst + looked[1]) * share
    yield teller.line("CPU for each presence sample, capture included, searches averaged, 720p", mean * 1000, "ms",
                      Reach("at most", 60), capture=spent * 1000, burst=burst * 1000, looked=looked[0] * 1000,
                      looked_at_burst=looked[1] * 1000, every=rules.loop_samples)  # fmt: skip


def _ordinary(teller: Teller, settings: IdentitySettings, detector: Detector, given: list[Pair],
              most: int) -> dict[str, Any]:  # fmt: skip
    """People of the pictures given who sit before their camera, through VP8, with the bursts of a search: nothing is to
    be told of them."""
    told, cases = Counter[str](), 0
    for path in sorted({path for pair in given for path in (pair.one, pair.other)})[:most]:
        person = decode(path.read_bytes(), 40_000_000)
        if len(detector(person)) != 1:
            continue
        cases += 1
        scene, times = sitting(person), range(0, 4 * SAMPLE_FRAMES, SAMPLE_FRAMES)
        decoded = vp8([scene(i) for i in range(times[-1] + BURST + 1)], 400_000, FPS, keyframes=times)
        watch, shown_here = Watch(WatchSettings()), set[str]()
        for i in times:
            burst = [as_jpeg(scaled(one, 0.5)) for one in decoded[i + 1 : i + 1 + BURST]]
            taken = sample(as_jpeg(decoded[i]), settings, burst, 1 / FPS)
            shown_here |= {one.name for one in watch.add(i / FPS, taken)}
        told.update(shown_here)
    raised = told.total() if cases else None
    return teller.line("presence signals on the ordinary clip, given pictures", raised, "signals", Reach("at most", 0),
                       cases=cases, told=dict(told))  # fmt: skip
