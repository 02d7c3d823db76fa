"""What a line of print says, by rapidocr's own recogniser (its model lies inside the package, Apache-2.0).

It knows 18,000 signs and merges fillers that follow each other; machine-readable lines have 37 and a known length. So
its answer is kept as what it is, a chance for each sign at each place, and the likeliest line of the right length and
of the signs that may stand in each place is sought among them (connectionist temporal classification, Graves 2006).
"""
# onnxruntime leaves its results untyped.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from server.identity.pictures import Picture, grey, pixels

Floats = NDArray[np.float32]
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
FILLER = SIGNS.index("<")
LIKE_FILLERS = "«‹≤《く〈＜({[‘"
LETTER_AS_DIGIT = dict(zip("OQDUILZSGTBA", "000011256784", strict=True))
DIGIT_AS_LETTER = dict(zip("0125678", "OIZSGTB", strict=True))
FLOOR = 1e-4  # chance of a sign that the recogniser saw none of
CONFUSED = 0.5  # of the chance of a letter, given to the digit that looks like it where only digits stand
HIGH = 48  # pixels, what the recogniser was trained on
NEVER = -1e9
UNSEEN, UNSEEN_LATER = 0.8, 0.01  # what a filler costs that was run together with the one before; less at each place
OTHERS, DEAREST = 2, 3.0  # signs that may stand in a place instead; what one costs at most


class OcrUnavailable(RuntimeError):
    """The package is not installed: everything else works."""


def available() -> bool:
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


@dataclass(frozen=True)
class Fit:
    """`likely`: as a logarithm, for each step. `others`: which sign may stand in which place instead, and what it
    costs of the logarithm, the likeliest first."""

    text: str
    likely: float
    others: tuple[tuple[float, int, str], ...]


@dataclass(frozen=True, eq=False)
class Heard:
    """`chances` of each of `SIGNS` at each step along the line, `gap` of none."""

    chances: Floats
    gap: Floats

    @property
    def text(self) -> str:
        """Each step's likeliest sign, repetitions once."""
        best = np.concatenate([self.chances, self.gap[:, None]], axis=1).argmax(axis=1)
        firsts = [sign for i, sign in enumerate(best) if i == 0 or best[i - 1] != sign]
        return "".join(SIGNS[sign] for sign in firsts if sign < len(SIGNS))

    @property
    def sure(self) -> float:
        """How much of it is signs of such lines, from 0 to 1, where there is print at all."""
        total = self.chances.sum(axis=1) + self.gap
        printed = (self.chances.max(axis=1) > self.gap) | (total < 0.5)
        return float(self.chances.max(axis=1)[printed].mean()) if printed.any() else 0.0

    def fitted(self, mask: str) -> Fit:
        """The likeliest line of the mask's length: A letters and fillers, N digits and fillers, X anything."""
        return _best_path(self, mask)


@cache
def _session() -> tuple[Any, NDArray[np.int64]]:
    """The model, and for each of its classes the column of `SIGNS` (the gap after them, -1 for all others)."""
    if not available():
        raise OcrUnavailable
    import onnxruntime
    import rapidocr
    model, *_ = sorted((Path(rapidocr.__file__).parent / "models").glob("*_rec_*.onnx"))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    known = cast("str", session.get_modelmeta().custom_metadata_map["character"]).splitlines()
    columns = [len(SIGNS), *(_column(sign) for sign in known), len(SIGNS)]  # a gap, the signs, a space
    return session, np.array(columns, np.int64)


def _column(sign: str) -> int:
    return FILLER if sign in LIKE_FILLERS else SIGNS.find(sign.upper()) if len(sign) == 1 else -1


def load() -> None:
    """Raises OcrUnavailable."""
    _session()


def heard(line: Picture, squeezed: float) -> Heard:
    """`squeezed`: its width, of what its height would give. Raises OcrUnavailable."""
    session, columns = _session()
    wide = max(16, round(line.shape[1] * HIGH / line.shape[0] * squeezed))
    how = cv2.INTER_AREA if line.shape[0] > HIGH else cv2.INTER_CUBIC
    even = grey(pixels(cv2.resize(line, (wide, HIGH), interpolation=how)))
    even = pixels(cv2.normalize(even, np.empty_like(even), 0, 255, cv2.NORM_MINMAX))
    even = pixels(cv2.copyMakeBorder(even, 0, 0, 12, 12, cv2.BORDER_REPLICATE))
    given = np.repeat((even.astype(np.float32) / 127.5 - 1)[None, None], 3, axis=1)
    said = cast("Floats", session.run(None, {session.get_inputs()[0].name: given})[0])[0]
    chances = np.zeros((len(said), len(SIGNS) + 1), np.float32)
    for column in range(len(SIGNS) + 1):
        chances[:, column] = said[:, columns == column].sum(axis=1)
    return Heard(chances[:, :-1], chances[:, -1])


@cache
def _turning(what: str) -> Floats:
    """From the chances heard to those of what may stand there: a letter in a date is the digit it looks like."""
    table = np.zeros((len(SIGNS), len(SIGNS)), np.float32)
    confused = {"A": DIGIT_AS_LETTER, "N": LETTER_AS_DIGIT}.get(what, {})
    for i, sign in enumerate(SIGNS):
        if what == "X" or sign == "<" or sign.isdigit() == (what == "N"):
            table[i, i] = 1.0
        elif sign in confused:
            table[i, SIGNS.index(confused[sign])] = CONFUSED
    return table


@lru_cache(64)
def _best_path(one: Heard, mask: str) -> Fit:
    steps, length = len(one.gap), len(mask)
    heard_as = {what: np.log(one.chances @ _turning(what) + FLOOR) for what in set(mask)}
    for what, chances in heard_as.items():
        chances[:, ~_turning(what).any(axis=0)] = NEVER
    said = np.stack([heard_as[what] for what in mask], axis=1)  # step, place, sign
    gap = np.log(one.gap + FLOOR)
    here = np.full((length, len(SIGNS)), NEVER, np.float32)  # the best way to each sign at each place
    between = np.full(length + 1, NEVER, np.float32)  # the same to the gap before each place, and the last
    between[0] = 0.0
    from_sign = np.zeros((steps, length, len(SIGNS)), np.int8)  # -1 itself, -2 the gap before, -3 a filler, else a sign
    from_gap = np.zeros((steps, length + 1), np.int8)  # -1 itself, else the sign before
    places = np.arange(length)
    unseen = np.cumsum(UNSEEN - UNSEEN_LATER * places)
    for step in range(steps):
        first = here.argmax(axis=1)
        best = here[places, first]
        others = here.copy()
        others[places, first] = NEVER
        second = others.argmax(axis=1)
        before = np.full_like(here, NEVER)
        before[1:] = best[:-1, None]
        before[places[1:], first[:-1]] = others[places[:-1], second[:-1]]  # the same sign twice needs a gap
        sign_before = np.repeat(np.concatenate([[0], first[:-1]])[:, None], len(SIGNS), axis=1)
        sign_before[places[1:], first[:-1]] = second[:-1]
        ways = np.stack([here, np.repeat(between[:-1, None], len(SIGNS), axis=1), before])
        chosen = ways.argmax(axis=0)
        from_sign[step] = np.where(chosen == 2, sign_before, -1 - chosen)
        stays = between.copy()
        left = np.concatenate([[NEVER], best])
        from_gap[step] = np.where(stays >= left, -1, np.concatenate([[-1], first]))
        here = ways.max(axis=0) + said[step]
        drawn = np.maximum.accumulate(here[:, FILLER] + unseen) - unseen  # fillers after a filler, none of them seen
        from_sign[step, drawn > here[:, FILLER], FILLER] = -3
        here[:, FILLER] = drawn
        between = np.maximum(stays, left) + gap[step]
    at = _traced(here, between, from_sign, from_gap)
    text = "".join(SIGNS[at[place][1]] for place in range(length))
    likely = max(float(here[-1].max()), float(between[-1])) / steps
    return Fit(text, likely, tuple(sorted(_others(said, at))))


def _traced(here: Floats, between: Floats, from_sign: NDArray[np.int8],
            from_gap: NDArray[np.int8]) -> list[tuple[list[int], int]]:  # fmt: skip
    """Back along the best way: for each place, its steps and its sign."""
    steps, length = from_sign.shape[:2]
    place = length - 1
    sign = int(here[place].argmax())
    in_gap = bool(between[length] > here[place, sign])
    at: list[tuple[list[int], int]] = [([], FILLER) for _ in range(length)]
    for step in range(steps - 1, -1, -1):
        while not in_gap and place >= 0 and from_sign[step, place, sign] == -3:
            place -= 1
        if in_gap:
            came = int(from_gap[step, place + 1])
            if came >= 0:
                in_gap, sign = False, came
            continue
        at[place] = [*at[place][0], step], sign
        came = int(from_sign[step, place, sign])
        if came == -2:
            place, in_gap = place - 1, True
        elif came >= 0:
            place, sign = place - 1, came
        if place < 0 and not in_gap:
            break
    return at


def _others(said: Floats, at: Sequence[tuple[list[int], int]]) -> Iterator[tuple[float, int, str]]:
    for place, (steps, sign) in enumerate(at):
        if steps:
            costs = (said[steps, place, sign][:, None] - said[steps, place]).sum(axis=0)
            for other in np.argsort(costs)[: OTHERS + 1]:
                if other != sign and costs[other] < DEAREST:
                    yield float(costs[other]), place, SIGNS[other]
