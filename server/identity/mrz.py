"""Machine-readable lines: parsed, checked, compared. ICAO Doc 9303 parts 3 to 7, and the French card of 1988
(two lines of 36, no expiry).

Check digits are modulo 10: they catch most reading errors and prove nothing. Names carry none: compare loosely
(`same_name.py`).
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from server.identity.same_name import names_found
from server.identity.signals import FieldName, MrzFormat, MrzReading, Registered

Span = tuple[int, int, int]
"""A line from 0, and the characters in it from the first to the one after the last."""


@dataclass(frozen=True)
class Layout:
    """Where the fields of a format stand. `masks`, a line each: A letters and fillers, N digits and fillers, X
    anything. The digit after `number`, `birth`, `expiry` and `optional` is its own; `all` are the fields that the
    last digit covers, () where there is none. `first`: the letters that such a document usually begins with."""

    masks: tuple[str, ...]
    first: str
    number: Span
    birth: Span
    sex: tuple[int, int]
    state: Span
    surname: Span
    given: Span | None = None
    """None: after the surname, behind two fillers."""
    expiry: Span | None = None
    optional: Span | None = None
    optional_checked: bool = False
    all: tuple[Span, ...] = ()

    @property
    def length(self) -> int:
        return len(self.masks[0])


BOTTOM = "X" * 9 + "N" + "AAA" + "N" * 7 + "A" + "N" * 7  # of all lines that begin with the number
LAYOUTS: Mapping[MrzFormat, Layout] = {
    "TD3": Layout(
        ("A" * 44, BOTTOM + "X" * 14 + "NN"), "P", number=(1, 0, 9), birth=(1, 13, 19), sex=(1, 20), state=(1, 10, 13),
        surname=(0, 5, 44), expiry=(1, 21, 27), optional=(1, 28, 42), optional_checked=True,
        all=((1, 0, 10), (1, 13, 20), (1, 21, 43))),
    "TD1": Layout(
        ("A" * 5 + "X" * 9 + "N" + "X" * 15, "N" * 7 + "A" + "N" * 7 + "AAA" + "X" * 11 + "N", "A" * 30), "IAC",
        number=(0, 5, 14), birth=(1, 0, 6), sex=(1, 7), state=(1, 15, 18), surname=(2, 0, 30), expiry=(1, 8, 14),
        optional=(0, 15, 30), all=((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29))),
    "FR36": Layout(
        ("A" * 30 + "X" * 6, "N" * 4 + "X" * 3 + "N" * 6 + "A" * 14 + "N" * 7 + "A" + "N"), "I", number=(1, 0, 12),
        birth=(1, 27, 33), sex=(1, 34), state=(0, 2, 5), surname=(0, 5, 30), given=(1, 13, 27),
        all=((0, 0, 36), (1, 0, 35))),
    "TD2": Layout(
        ("A" * 36, BOTTOM + "X" * 7 + "N"), "IACP", number=(1, 0, 9), birth=(1, 13, 19), sex=(1, 20),
        state=(1, 10, 13), surname=(0, 5, 36), expiry=(1, 21, 27), optional=(1, 28, 35),
        all=((1, 0, 10), (1, 13, 20), (1, 21, 35))),
    "MRVA": Layout(
        ("A" * 44, BOTTOM + "X" * 16), "V", number=(1, 0, 9), birth=(1, 13, 19), sex=(1, 20), state=(1, 10, 13),
        surname=(0, 5, 44), expiry=(1, 21, 27)),
    "MRVB": Layout(
        ("A" * 36, BOTTOM + "X" * 8), "V", number=(1, 0, 9), birth=(1, 13, 19), sex=(1, 20), state=(1, 10, 13),
        surname=(0, 5, 36), expiry=(1, 21, 27)),
}  # fmt: skip
TO_LETTER = str.maketrans("0125678", "OIZSGTB")
TO_DIGIT = str.maketrans({"O": "0", "Q": "0", "D": "0", "U": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "G": "6",
                          "T": "7", "B": "8", "A": "4"})  # fmt: skip
FILLERS = str.maketrans(dict.fromkeys("«‹≤《く〈＜({[", "<"))
SWAPS = {"O": "0", "0": "O"}
YOUNGEST = 19
MISSING = 8  # characters a line may have lost in a run of fillers
LEAST = 20  # characters of a line


def check_digit(field: str) -> int:
    """Doc 9303-3, 4.9: weights 7, 3, 1; letters count from A = 10, the filler counts 0."""
    return sum(int(c, 36) * (7, 3, 1)[i % 3] for i, c in enumerate(field.replace("<", "0"))) % 10


def read(raw: Sequence[str]) -> MrzReading | None:
    """Lines of text in reading order, as an OCR gave them, with others among them; None where no MRZ is.

    Characters that cannot stand where they are (a letter in a date) are read as the digit they look like, and the
    other way round. In the document's number, where both may stand, one O or 0 at most is turned when exactly one
    such turn makes all check digits hold.
    """
    lines = [line for line in (cleaned(text) for text in raw) if len(line) >= LEAST]
    found: list[tuple[MrzReading, int]] = []
    for kind, layout in LAYOUTS.items():
        count = len(layout.masks)
        for start in range(len(lines) - count + 1):
            fitted = [_fitted(line, layout.length) for line in lines[start : start + count]]
            exact = tuple(line for line in fitted if line is not None)
            if len(exact) == count:
                changed = sum(abs(layout.length - len(line)) for line in lines[start : start + count])
                found.append((_repaired(kind, _masked(kind, exact)), changed))
    possible = [(reading, -changed) for reading, changed in found if _possible(reading)]
    return max(possible, key=lambda one: (_share(one[0]), one[1]))[0] if possible else None


def parsed(kind: MrzFormat, lines: Sequence[str]) -> MrzReading | None:
    """Lines of the format's exact length; None where they are no MRZ."""
    reading = _repaired(kind, _masked(kind, tuple(lines)))
    return reading if _possible(reading) else None


def _share(reading: MrzReading) -> float:
    return sum(reading.checks.values()) / len(reading.checks)


def _possible(reading: MrzReading) -> bool:
    """By its first letter and one check digit, or by all of them and the one over everything. Even with every check
    digit wrong, a date and fillers make it an MRZ that was read badly."""
    if reading.lines[0][0] not in LAYOUTS[reading.format].first:
        return reading.valid and "all" in reading.checks
    return any(reading.checks.values()) or (reading.birth is not None and "<<" in "".join(reading.lines))


def cleaned(text: str) -> str:
    return re.sub(r"[^A-Z0-9<]", "", text.upper().translate(FILLERS))


def _fitted(line: str, length: int) -> str | None:
    """With the fillers an OCR merged put back, in the longest run of them."""
    if len(line) == length:
        return line
    short = length - len(line)
    if abs(short) > MISSING:
        return None
    runs = [(m.end() - m.start(), m.start()) for m in re.finditer("<{3,}", line)]
    if not runs:
        return line + "<" * short if 0 < short <= 2 else None
    long, at = max(runs)
    return line[:at] + "<" * (long + short) + line[at + long :] if long + short >= 1 else None


def _masked(kind: MrzFormat, lines: tuple[str, ...]) -> tuple[str, ...]:
    tables = {"A": TO_LETTER, "N": TO_DIGIT}
    return tuple("".join(c.translate(tables[what]) if what in tables else c for c, what in zip(line, mask, strict=True))
                 for line, mask in zip(lines, LAYOUTS[kind].masks, strict=True))  # fmt: skip


def _repaired(kind: MrzFormat, lines: tuple[str, ...]) -> MrzReading:
    reading = _parsed(kind, lines)
    if reading.valid:
        return reading
    row, start, end = LAYOUTS[kind].number
    mask = LAYOUTS[kind].masks[row]
    turned: list[MrzReading] = []
    for at in range(start, end):
        if mask[at] == "X" and lines[row][at] in SWAPS:
            line = lines[row][:at] + SWAPS[lines[row][at]] + lines[row][at + 1 :]
            other = _parsed(kind, (*lines[:row], line, *lines[row + 1 :]))
            turned += [other] if other.valid else []
    return turned[0] if len(turned) == 1 else reading


def _parsed(kind: MrzFormat, lines: tuple[str, ...]) -> MrzReading:
    layout = LAYOUTS[kind]
    number, number_holds = _number(layout, lines)
    birth, expiry, optional = (None if span is None else _field(lines, span) for span in (
        layout.birth, layout.expiry, layout.optional if layout.optional_checked else None))  # fmt: skip
    checks = {"number": number_holds, "birth": _holds(birth or "", _after(lines, layout.birth))}
    if layout.expiry is not None:
        checks["expiry"] = _holds(expiry or "", _after(lines, layout.expiry))
    if layout.all:
        checks["all"] = _holds("".join(_field(lines, span) for span in layout.all), _after(lines, layout.all[-1]))
    if layout.optional is not None and optional is not None and optional.strip("<"):
        checks["optional"] = _holds(optional, _after(lines, layout.optional))
    surname, given = _names(_field(lines, layout.surname))
    if layout.given is not None:
        surname, given = _spaced(_field(lines, layout.surname)), _spaced(_field(lines, layout.given))
    row, at = layout.sex
    return MrzReading(kind, lines, surname, given, number, _birth(birth or ""), lines[row][at],
                      _field(lines, layout.state).replace("<", ""), _expiry(expiry), checks, 1)  # fmt: skip


def _number(layout: Layout, lines: tuple[str, ...]) -> tuple[str, bool]:
    """The number, and whether its check digit holds. Doc 9303-5, note j: a longer number goes on in the optional
    field behind a filler, its check digit after it. States differ on whether the filler counts as a character."""
    number, digit = _field(lines, layout.number), _after(lines, layout.number)
    if digit == "<" and layout.optional is not None:
        rest = _field(lines, layout.optional).split("<")[0]
        if len(rest) > 1:
            ways = number + "<" + rest[:-1], number + rest[:-1]
            return number + rest[:-1], any(_holds(way, rest[-1]) for way in ways)
    return number.strip("<"), _holds(number, digit)


def _field(lines: tuple[str, ...], span: Span) -> str:
    row, start, end = span
    return lines[row][start:end]


def _after(lines: tuple[str, ...], span: Span) -> str:
    row, _, end = span
    return lines[row][end]


def _holds(field: str, digit: str) -> bool:
    """The filler stands for the digit of an empty field."""
    if digit == "<":
        return not field.strip("<")
    return digit.isdigit() and int(digit) == check_digit(field)


def _spaced(field: str) -> str:
    return " ".join(field.replace("<", " ").split())


def _names(field: str) -> tuple[str, str]:
    surname, _, given = field.partition("<<")
    return _spaced(surname), _spaced(given)


def _date(field: str, century: int) -> date | None:
    try:
        return date(century + int(field[:2]), int(field[2:4]), int(field[4:6]))
    except ValueError:
        return None


def _birth(field: str) -> date | None:
    """Two digits of a year tell no century: nobody born after `YOUNGEST` sits an examination yet."""
    return _date(field, 2000) if field[:2].isdigit() and int(field[:2]) <= YOUNGEST else _date(field, 1900)


def _expiry(field: str | None) -> date | None:
    return None if field is None else _date(field, 2000)


def agreed(readings: Iterable[MrzReading]) -> MrzReading | None:
    """The reading that most frames agree on, word for word in all that check digits cover; with their number.

    Among those seen equally often, the one with more check digits right."""
    groups: dict[tuple[object, ...], list[MrzReading]] = {}
    for one in readings:
        groups.setdefault((one.format, one.number, one.birth, one.expiry, one.sex), []).append(one)
    if not groups:
        return None
    group = max(groups.values(), key=lambda g: (max(sum(r.checks.values()) for r in g), len(g)))
    best = max(group, key=lambda reading: sum(reading.checks.values()))
    return replace(best, agreeing_frames=len(group))


def agreement(reading: MrzReading, copy: MrzReading | None, registered: Registered | None,
              likeness: float) -> dict[FieldName, bool | None]:  # fmt: skip
    """Field by field: names against the registered ones, the rest against the copy's own lines where its check
    digits hold."""
    result: dict[FieldName, bool | None] = dict(_against(reading, copy))
    if registered is not None:
        found = names_found(reading, registered, likeness)
        result["surname"], result["given_names"] = found.family, found.given
    return result


def _against(reading: MrzReading, copy: MrzReading | None) -> Iterator[tuple[FieldName, bool | None]]:
    known = copy if copy is not None and copy.valid else None
    yield "surname", None
    yield "given_names", None
    yield "number", None if known is None else reading.number == known.number
    yield "birth", None if known is None else reading.birth == known.birth
    yield "expiry", None if known is None or known.expiry is None else reading.expiry == known.expiry
    yield "sex", None if known is None else reading.sex == known.sex
    yield "nationality", None if known is None else reading.nationality == known.nationality
