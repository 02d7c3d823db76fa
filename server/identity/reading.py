"""What the machine-readable lines say, of rows of print among which they are: each heard a few times, made to fit the
formats there are, and put right where all check digits then hold.
"""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, product

from server.identity.mrz import LAYOUTS, parsed
from server.identity.pictures import Picture
from server.identity.recogniser import DEAREST, Fit, Heard, heard
from server.identity.rows import Line, cut_out
from server.identity.signals import MrzFormat, MrzReading

SQUEEZED = (0.85, 1.0, 0.7)  # of its width: OCR-B's first letters run together at full width ("ID" read as "I")
AROUND, BESIDE = 0.3, 0.02  # of a line's height, kept above and below; of its width, at its ends
LEAST, MOST = 0.45, 1.15  # of a format's length, that may be heard of a line before fillers are put back
SURE = 0.55  # of a row's print, that it is signs of such lines
STEPS, CHECK = 130, 4.0  # what a check digit that holds is worth, as a logarithm, beside a line of so many steps
MOST_OTHERS, APART = 30, 2.5  # signs tried instead; how much likelier, as a logarithm, the best must be than another
LIKELY, CLEAR, CERTAIN = -0.75, -0.3, -0.08  # for each step: there is such a line; surely; every sign of it is heard


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


def read_rows(picture: Picture, lines: Sequence[Line]) -> Found | None:
    """Each line heard once, and again somewhat wider or narrower until all check digits hold."""
    cuts = [cut_out(picture, line, AROUND, BESIDE) for line in lines]
    ways: list[list[Heard]] = [[] for _ in cuts]
    best: Found | None = None
    for squeezed in SQUEEZED:
        for cut, way in zip(cuts, ways, strict=True):
            way.append(heard(cut, squeezed))
        kept = [i for i, way in enumerate(ways) if way[0].sure > SURE]
        for kind, at in _windows([ways[i][0] for i in kept]):
            places = kept[at : at + len(LAYOUTS[kind].masks)]
            found = _fitted(kind, [ways[i] for i in places], tuple(lines[i] for i in places))
            best = better(best, found)
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
    reading = best[0].reading if best[0].reading.valid else _put_right(kind, best[1]) or best[0].reading
    return replace(best[0], reading=reading)


def _put_right(kind: MrzFormat, chosen: Sequence[Fit]) -> MrzReading | None:
    """With one or two signs the recogniser thought of instead, if all check digits hold then: the likeliest such
    reading, where no other is about as likely."""
    others = sorted((cost, row, place, sign) for row, fit in enumerate(chosen) for cost, place, sign in fit.others)
    others = others[:MOST_OTHERS]
    turns = sorted(chain(((one[0], (one,)) for one in others),
                         ((a[0] + b[0], (a, b)) for a, b in combinations(others, 2) if a[1:3] != b[1:3])))  # fmt: skip
    held: list[tuple[float, MrzReading]] = []
    for cost, changes in turns:
        if cost > DEAREST or (held and cost > held[0][0] + APART):
            break
        lines = [fit.text for fit in chosen]
        for _, row, place, sign in changes:
            lines[row] = lines[row][:place] + sign + lines[row][place + 1 :]
        reading = parsed(kind, lines)
        if reading is not None and reading.valid:
            held.append((cost, reading))
    told = {(one.number, one.birth, one.expiry) for _, one in held}
    return held[0][1] if len(told) == 1 else None


def heard_once(picture: Picture, line: Line) -> Heard:
    return heard(cut_out(picture, line, AROUND, BESIDE), SQUEEZED[0])


def looks_like_one(one: Heard) -> bool:
    return one.sure > SURE and one.text.count("<") >= 2
