"""Machine-readable lines: parsed, checked, compared. ICAO Doc 9303 parts 3 to 5, and the French card of 1988
(two lines of 36, no expiry).

Check digits are modulo 10: they catch most reading errors and prove nothing. Names carry none: compare loosely.
"""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher

from server.identity.signals import FieldName, MrzFormat, MrzReading, Registered

LINES: Mapping[MrzFormat, tuple[int, int]] = {"TD3": (2, 44), "TD1": (3, 30), "FR36": (2, 36)}
# What may stand where: A letters and fillers, N digits and fillers, X anything.
MASKS: Mapping[MrzFormat, tuple[str, ...]] = {
    "TD3": ("A" * 44, "X" * 9 + "N" + "AAA" + "N" * 7 + "A" + "N" * 7 + "X" * 14 + "NN"),
    "TD1": ("A" * 5 + "X" * 9 + "N" + "X" * 15, "N" * 7 + "A" + "N" * 7 + "AAA" + "X" * 11 + "N", "A" * 30),
    "FR36": ("A" * 30 + "X" * 6, "N" * 4 + "X" * 3 + "N" * 6 + "A" * 14 + "N" * 7 + "A" + "N"),
}
FIRST: Mapping[MrzFormat, str] = {"TD3": "P", "TD1": "IAC", "FR36": "I"}
TO_LETTER = str.maketrans("0125678", "OIZSGTB")
TO_DIGIT = str.maketrans({"O": "0", "Q": "0", "D": "0", "U": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "G": "6",
                          "T": "7", "B": "8", "A": "4"})  # fmt: skip
FILLERS = str.maketrans(dict.fromkeys("«‹≤《く〈＜({[", "<"))
SWAPS = {"O": "0", "0": "O"}
NUMBER_AT: Mapping[MrzFormat, tuple[int, int, int]] = {"TD3": (1, 0, 9), "TD1": (0, 5, 14), "FR36": (1, 4, 7)}
YOUNGEST = 19
MISSING = 8  # characters a line may have lost in a run of fillers
LETTERS = {"Ä": "AE", "Ö": "OE", "Ü": "UE", "ß": "SS", "Æ": "AE", "Œ": "OE", "Ø": "OE", "Å": "AA", "Ð": "D",
           "Þ": "TH", "Ł": "L", "Đ": "D", "Ñ": "N"}  # fmt: skip  # Doc 9303-3, 6: transliteration
PARTICLES = frozenset({"DE", "DU", "DES", "LA", "LE", "D", "EP", "EPOUSE", "VEUVE", "NEE", "USAGE"})


def check_digit(field: str) -> int:
    """Doc 9303-3, 4.9: weights 7, 3, 1; letters count from A = 10, the filler counts 0."""
    return sum(int(c, 36) * (7, 3, 1)[i % 3] for i, c in enumerate(field.replace("<", "0"))) % 10


def read(raw: Sequence[str]) -> MrzReading | None:
    """Lines of text in reading order, as an OCR gave them, with others among them; None where no MRZ is.

    Characters that cannot stand where they are (a letter in a date) are read as the digit they look like, and the
    other way round. In the document's number, where both may stand, one O or 0 at most is turned when exactly one
    such turn makes all check digits hold.
    """
    lines = [line for line in (_cleaned(text) for text in raw) if len(line) >= 20]
    best: tuple[float, MrzReading] | None = None
    for kind, (count, length) in LINES.items():
        for start in range(len(lines) - count + 1):
            fitted = [_fitted(line, length) for line in lines[start : start + count]]
            if None in fitted:
                continue
            masked = tuple(_masked(line or "", mask) for line, mask in zip(fitted, MASKS[kind], strict=True))
            if masked[0][0] not in FIRST[kind]:
                continue
            reading = _repaired(kind, masked)
            share = sum(reading.checks.values()) / len(reading.checks)
            if best is None or share > best[0]:
                best = share, reading
    return best[1] if best is not None and (best[0] > 0 or _typical(best[1])) else None


def _cleaned(text: str) -> str:
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


def _masked(line: str, mask: str) -> str:
    tables = {"A": TO_LETTER, "N": TO_DIGIT}
    return "".join(c.translate(tables[kind]) if kind in tables else c for c, kind in zip(line, mask, strict=True))


def _typical(reading: MrzReading) -> bool:
    """Even with every check digit wrong, two dates and fillers make it an MRZ that was read badly."""
    return reading.birth is not None and "<<" in "".join(reading.lines)


def _repaired(kind: MrzFormat, lines: tuple[str, ...]) -> MrzReading:
    reading = _parsed(kind, lines)
    if reading.valid:
        return reading
    row, start, end = NUMBER_AT[kind]
    turned: list[MrzReading] = []
    for at in range(start, end):
        if lines[row][at] in SWAPS:
            line = lines[row][:at] + SWAPS[lines[row][at]] + lines[row][at + 1 :]
            other = _parsed(kind, (*lines[:row], line, *lines[row + 1 :]))
            turned += [other] if other.valid else []
    return turned[0] if len(turned) == 1 else reading


def _parsed(kind: MrzFormat, lines: tuple[str, ...]) -> MrzReading:
    if kind == "TD3":
        return _td3(lines)
    return _td1(lines) if kind == "TD1" else _fr36(lines)


def _td3(lines: tuple[str, ...]) -> MrzReading:
    a, b = lines
    checks = {"number": _holds(b[0:9], b[9]), "birth": _holds(b[13:19], b[19]), "expiry": _holds(b[21:27], b[27]),
              "all": _holds(b[0:10] + b[13:20] + b[21:43], b[43])}  # fmt: skip
    if b[28:42].strip("<"):
        checks["optional"] = _holds(b[28:42], b[42])
    surname, given = _names(a[5:])
    return MrzReading("TD3", lines, surname, given, b[0:9].strip("<"), _birth(b[13:19]), b[20], _state(b[10:13]),
                      _expiry(b[21:27]), checks, 1)  # fmt: skip


def _td1(lines: tuple[str, ...]) -> MrzReading:
    a, b, c = lines
    checks = {"number": _holds(a[5:14], a[14]), "birth": _holds(b[0:6], b[6]), "expiry": _holds(b[8:14], b[14]),
              "all": _holds(a[5:30] + b[0:7] + b[8:15] + b[18:29], b[29])}  # fmt: skip
    number = a[5:14]
    if a[14] == "<":  # Doc 9303-5, note j: a longer number goes on in the optional field, its check digit after it
        rest = a[15:30].split("<")[0]
        number, checks["number"] = a[5:14] + rest[:-1], bool(rest) and _holds(a[5:14] + "<" + rest[:-1], rest[-1])
    surname, given = _names(c)
    return MrzReading("TD1", lines, surname, given, number.strip("<"), _birth(b[0:6]), b[7], _state(b[15:18]),
                      _expiry(b[8:14]), checks, 1)  # fmt: skip


def _fr36(lines: tuple[str, ...]) -> MrzReading:
    """IDFRA, surname to 30, office; number (12), given names (14), birth, sex."""
    a, b = lines
    checks = {"number": _holds(b[0:12], b[12]), "birth": _holds(b[27:33], b[33]), "all": _holds(a + b[:35], b[35])}
    return MrzReading("FR36", lines, _spaced(a[5:30]), _spaced(b[13:27]), b[0:12].strip("<"), _birth(b[27:33]),
                      b[34], _state(a[2:5]), None, checks, 1)  # fmt: skip


def _holds(field: str, digit: str) -> bool:
    return digit.isdigit() and int(digit) == check_digit(field)


def _spaced(field: str) -> str:
    return " ".join(field.replace("<", " ").split())


def _names(field: str) -> tuple[str, str]:
    surname, _, given = field.partition("<<")
    return _spaced(surname), _spaced(given)


def _state(code: str) -> str:
    return code.replace("<", "")


def _date(field: str, century: int) -> date | None:
    try:
        return date(century + int(field[:2]), int(field[2:4]), int(field[4:6]))
    except ValueError:
        return None


def _birth(field: str) -> date | None:
    """Two digits of a year tell no century: nobody born after `YOUNGEST` sits an examination yet."""
    return _date(field, 2000) if field[:2].isdigit() and int(field[:2]) <= YOUNGEST else _date(field, 1900)


def _expiry(field: str) -> date | None:
    return _date(field, 2000)


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


# Names -----------------------------------------------------------------------------------------------------------


def words(name: str) -> list[set[str]]:
    """The words of a name, each with the ways it may be written in an MRZ: `MÜLLER` as MUELLER or MULLER."""
    found: list[set[str]] = []
    for word in re.split(r"[^\w]+|_", unicodedata.normalize("NFC", name).upper()):
        if word:
            long = "".join(LETTERS.get(c, c) for c in word)
            found.append({_plain(long), _plain(word)} - {""})
    return [forms for forms in found if forms]


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if "A" <= c <= "Z")


def names_found(reading: MrzReading, registered: Registered, likeness: float) -> tuple[bool, bool, float]:
    """Is a registered family name there, is a registered given name there, and which share of the words looked for.

    The order does not matter (given and family name are swapped on many lists), nor do further given names, nor a
    name cut short by the line's end, nor which of the family names (birth, marriage, usage) the document bears.
    `likeness` is how much of a word must be the same where the OCR may have erred, 0 to 1.
    """
    there = [word for word in (reading.surname + " " + reading.given_names).split() if word not in PARTICLES]
    families = [_found(name, there, likeness) for name in (registered.family, *registered.other) if words(name)]
    given = _found(registered.given, there, likeness)
    family = max(families, key=lambda one: (one[0], one[1]), default=(0, 0))
    first = bool(given[1]) and _found(" ".join(registered.given.split()[:1]), there, likeness)[0] > 0
    any_family = max((found for found, _ in families), default=0) > 0
    total = family[1] + given[1]
    return any_family, first or given[0] > 0, (family[0] + given[0]) / total if total else 0.0


def _found(name: str, there: Sequence[str], likeness: float) -> tuple[int, int]:
    """How many of a name's words are there, of how many."""
    sought = [forms for forms in words(name) if not forms <= PARTICLES]
    return sum(any(_alike(form, word, likeness) for form in forms for word in there) for forms in sought), len(sought)


def _alike(one: str, other: str, likeness: float) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) >= 5 and long.startswith(short):  # cut short by the end of the line
        return True
    return len(short) >= 4 and SequenceMatcher(None, one, other).ratio() >= likeness


def agreement(reading: MrzReading, copy: MrzReading | None, registered: Registered | None,
              likeness: float) -> dict[FieldName, bool | None]:  # fmt: skip
    """Field by field: names against the registered ones, the rest against the copy's own lines where its check
    digits hold."""
    result: dict[FieldName, bool | None] = dict(_against(reading, copy))
    if registered is not None:
        result["surname"], result["given_names"], _ = names_found(reading, registered, likeness)
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
