"""What the machine-readable lines say, of rows of print among which they are: each heard a few times, made to fit the
formats there are, and put right where all check digits then hold.
"""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from server.identity.mrz import LAYOUTS, parsed
from server.identity.pictures import Picture
from server.identity.printed_rows import Line, cut_out
from server.identity.recogniser import Fit, Heard, heard
from server.identity.signals import MrzFormat, MrzReading

SQUEEZED = (0.85, 1.0, 0.7)  # of its width: OCR-B's first letters run together at full width ("ID" read as "I")
AROUND, BESIDE = 0.3, 0.02  # of a line's height, kept above and below; of its width, at its ends
LEAST, MOST = 0.45, 1.15  # of a format's length, that may be heard of a line before fillers are put back
SURE = 0.55  # of a row's print, that it is signs of such lines
STEPS, CHECK = 130, 4.0  # what a check digit that holds is worth, as a logarithm, beside a line of so many steps
APART = 2.5  # how much likelier, as a logarithm, a sign put in place of another must be than the next such sign
LIKELY, CLEAR, CERTAIN = -0.75, -0.2, -0.08  # for each step: there is such a line; surely; every sign of it is heard


@dataclass(frozen=True)
class Found:
    """What was read, how likely as a logarithm, and where."""

    reading: MrzReading
    likely: float
    lines: tuple[Line, ...]

    @property
    def worth(self) -> float:
        checks = list(self.reading.checks.values())
        return self.likely * STEPS * len(self.lines) + CHECK * (2 * sum(checks) - len(checks))

    @property
    def certain(self) -> bool:
        return self.reading.valid and self.likely > CERTAIN

    @property
    def settled(self) -> bool:
        """Looking elsewhere would find no other lines: these are, with a digit misread, or misprinted."""
        checks = list(self.reading.checks.values())
        return self.reading.valid or (2 * sum(checks) >= len(checks) and self.likely > CLEAR)


def better(best: Found | None, found: Found | None) -> Found | None:
    return found if best is None or (found is not None and found.worth > best.worth) else best


class Sheet:
    """A picture, of which each row is heard once a way, however often it is asked for."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self._heard: dict[tuple[bytes, float], Heard] = {}

    def heard(self, line: Line, squeezed: float = SQUEEZED[0]) -> Heard:
        key = line.tobytes(), squeezed
        if key not in self._heard:
            self._heard[key] = heard(cut_out(self.picture, line, AROUND, BESIDE), squeezed)
        return self._heard[key]

    def looks_like_one(self, line: Line) -> bool:
        """A machine-readable line, or part of one."""
        one = self.heard(line)
        return one.sure > SURE and one.text.count("<") >= 2


def read_rows(sheet: Sheet, lines: Sequence[Line]) -> Found | None:
    """Each line heard once, and again somewhat wider or narrower until all check digits hold."""
    kept = [line for line in lines if sheet.heard(line).sure > SURE]
    best: Found | None = None
    for times in range(1, len(SQUEEZED) + 1):
        for kind, at in _windows([sheet.heard(line) for line in kept]):
            there = tuple(kept[at : at + len(LAYOUTS[kind].masks)])
            ways = [[sheet.heard(line, squeezed) for squeezed in SQUEEZED[:times]] for line in there]
            best = better(best, _fitted(kind, ways, there))
        if best is None or best.certain:
            break
    return best


def _windows(there: Sequence[Heard]) -> Iterator[tuple[MrzFormat, int]]:
    """Which formats may begin at which line, by how much was heard of each."""
    for kind, layout in LAYOUTS.items():
        count, length = len(layout.masks), layout.length
        for at in range(len(there) - count + 1):
            if all(LEAST * length <= len(one.text) <= MOST * length for one in there[at : at + count]):
                yield kind, at


def _fitted(kind: MrzFormat, ways: Sequence[Sequence[Heard]], lines: tuple[Line, ...]) -> Found | None:
    """The best of what each line was heard as."""
    best: tuple[Found, tuple[Fit, ...]] | None = None
    masks = LAYOUTS[kind].masks
    heard_as = [[one.fitted(mask) for one in way] for way, mask in zip(ways, masks, strict=True)]
    for chosen in product(*heard_as):
        likely = sum(fit.likely for fit in chosen) / len(chosen)
        reading = parsed(kind, [fit.text for fit in chosen]) if likely >= LIKELY else None
        if reading is not None:
            found = Found(reading, likely, lines)
            best = (found, chosen) if best is None or found.worth > best[0].worth else best
    if best is None:
        return None
    found, chosen = best
    if found.reading.valid or found.likely < CLEAR:
        return found
    return replace(found, reading=_put_right(kind, chosen) or found.reading)


def _put_right(kind: MrzFormat, chosen: Sequence[Fit]) -> MrzReading | None:
    """With one sign the recogniser thought of instead, if all check digits hold then: the likeliest such reading,
    where no other is about as likely. Two at once would hold by chance too often."""
    others = sorted((cost, row, place, sign) for row, fit in enumerate(chosen) for cost, place, sign in fit.others)
    held: list[tuple[float, MrzReading]] = []
    for cost, row, place, sign in others:
        if held and cost > held[0][0] + APART:
            break
        line = chosen[row].text[:place] + sign + chosen[row].text[place + 1 :]
        reading = parsed(kind, [line if i == row else fit.text for i, fit in enumerate(chosen)])
        if reading is not None and reading.valid:
            held.append((cost, reading))
    told = {(one.number, one.birth, one.expiry) for _, one in held}
    return held[0][1] if len(told) == 1 else None
