"""Registered names and those of machine-readable lines: is it the same name, written as ICAO Doc 9303-3, 6, writes it?

A document leaves out apostrophes and accents, joins or parts hyphened names, and spells some letters with two. No
difference of that sort tells two people apart. What is registered in another script is not told to differ at all.
"""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import product

from server.identity.signals import MrzReading, Registered

LETTERS: Mapping[str, tuple[str, ...]] = {
    "Ä": ("AE", "A"), "Ö": ("OE", "O"), "Ü": ("UE", "U", "UXX"), "Å": ("AA", "A"), "Ñ": ("N", "NXX"),
    "Æ": ("AE",), "Œ": ("OE",), "Ø": ("OE", "O"), "Ð": ("D",), "Þ": ("TH",), "Ł": ("L",), "Đ": ("D",), "Ħ": ("H",),
    "Ĳ": ("IJ",), "ĸ": ("Q", "K"), "Ŋ": ("N",), "Ŧ": ("T",), "Ə": ("E", "A"), "Ɓ": ("B",), "Ɗ": ("D",),
    "Ɛ": ("E",), "Ɔ": ("O",), "Ƙ": ("K",), "Ɲ": ("N",), "Ƴ": ("Y",),
    "А": ("A",), "Б": ("B",), "В": ("V",), "Г": ("G", "H"), "Ґ": ("G",), "Д": ("D",), "Е": ("E", "IE", "YE"),
    "Ё": ("E", "IO", "YO"), "Є": ("IE", "YE"), "Ж": ("ZH", "Z"), "З": ("Z",), "И": ("I", "Y"), "І": ("I",),
    "Ї": ("I", "YI"), "Й": ("I", "Y"), "Ј": ("J",), "К": ("K",), "Л": ("L",), "Љ": ("LJ",), "М": ("M",), "Н": ("N",),
    "Њ": ("NJ",), "О": ("O",), "П": ("P",), "Р": ("R",), "С": ("S",), "Т": ("T",), "Ћ": ("C",), "Ђ": ("D", "DJ"),
    "У": ("U",), "Ў": ("U",), "Ф": ("F",), "Х": ("KH", "H"), "Ц": ("TS", "C"), "Ч": ("CH", "C"), "Џ": ("DZ",),
    "Ш": ("SH", "S"), "Щ": ("SHCH", "SHT"), "Ъ": ("IE", "A", ""), "Ы": ("Y",), "Ь": ("", "I"), "Э": ("E",),
    "Ю": ("IU", "YU"), "Я": ("IA", "YA"),
    "Α": ("A",), "Β": ("V",), "Γ": ("G",), "Δ": ("D",), "Ε": ("E",), "Ζ": ("Z",), "Η": ("I",), "Θ": ("TH",),
    "Ι": ("I",), "Κ": ("K",), "Λ": ("L",), "Μ": ("M",), "Ν": ("N",), "Ξ": ("X",), "Ο": ("O",), "Π": ("P",),
    "Ρ": ("R",), "Σ": ("S",), "Τ": ("T",), "Υ": ("Y",), "Φ": ("F",), "Χ": ("CH", "X"), "Ψ": ("PS",), "Ω": ("O",),
}  # fmt: skip  # Doc 9303-3, 6, and what states print beside it
MOST_FORMS, MOST_PARTED = 96, 8  # of one word; of one among several
PARTICLES = frozenset({"DE", "DU", "DES", "LA", "LE", "D", "EP", "EPOUSE", "VEUVE", "NEE", "USAGE"})
CUT = 5  # letters from which a word may be one cut short by the end of its line
ERRING = 4  # letters from which one may have been misread


@dataclass(frozen=True)
class Name:
    """`words`, each with the ways it may be written; `foreign`: some of it is in another script than the document's,
    so that a difference means nothing."""

    words: tuple[frozenset[str], ...]
    foreign: bool

    @property
    def particles(self) -> bool:
        """Of nothing else: Lê, Du."""
        return bool(self.words) and all(forms <= PARTICLES for forms in self.words)

    @property
    def told(self) -> tuple[frozenset[str], ...]:
        """Without particles, which stand in many names; all of it where there is nothing else."""
        return tuple(forms for forms in self.words if not forms <= PARTICLES) or self.words


@dataclass(frozen=True)
class NamesFound:
    """Whether a registered family name is there, and a given one; None where it cannot be told. `share`: of the words
    looked for."""

    family: bool | None
    given: bool | None
    share: float | None


def name(text: str) -> Name:
    """`MÜLLER` as MUELLER, MULLER or MUXXLLER; `N’Da` as two words, which `_joined` puts together again."""
    found: list[frozenset[str]] = []
    foreign = False
    composed = unicodedata.normalize("NFC", text.upper())
    for word in re.split(r"[\W_]+", "".join(c for c in composed if unicodedata.category(c) != "Mn")):
        forms = _forms(word)
        found += [forms] if forms else []
        foreign |= any(c.isalpha() and not _latin(c) for c in word)
    return Name(tuple(found), foreign)


def _latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")


def _forms(word: str) -> frozenset[str]:
    """Each letter as one way or another; first all of them alike, as one state writes them."""
    ways = [_ways(letter) for letter in word]
    alike = {"".join(way[min(i, len(way) - 1)] for way in ways) for i in range(max(map(len, ways), default=0))}
    mixed = {"".join(one) for one, _ in zip(product(*ways), range(MOST_FORMS), strict=False)}
    return frozenset((alike | mixed) - {""})


def _ways(letter: str) -> tuple[str, ...]:
    base = unicodedata.normalize("NFD", letter)[0]
    return LETTERS.get(letter) or LETTERS.get(base) or ((base,) if "A" <= base <= "Z" else ("",))


def names_found(reading: MrzReading, registered: Registered, likeness: float) -> NamesFound:
    """The order does not matter (given and family name are swapped on many lists), nor do further given names, nor a
    name cut short by the line's end, nor which of the family names (birth, marriage, usage) the document bears.
    Whoever is registered with one name, and bears one name, is found by it. `likeness` is how much of a word must be
    the same where the OCR may have erred, 0 to 1.
    """
    families = [one for one in map(name, (registered.family, *registered.other)) if one.words or one.foreign]
    given = name(registered.given)
    found = [(_found(one, reading, likeness), one) for one in families]
    in_family, family = max(found, key=lambda pair: (pair[0], len(pair[1].told)), default=(0, Name((), False)))
    in_given = _found(given, reading, likeness)
    if not in_given and given.particles and _begins(given, reading.given_names.split(), likeness):
        in_given = len(given.told)
    total = len(family.told) + len(given.told)
    there = any(count for count, _ in found)
    foreign = given.foreign or any(one.foreign for one in families)
    one_name = not (reading.surname and reading.given_names)
    in_all = NamesFound(
        _known(there, any(one.foreign for one in families)) if families else one_name or None,
        _known(in_given > 0, given.foreign) if given.words or given.foreign else one_name or None,
        (in_family + in_given) / total if total else None)  # fmt: skip
    return in_all if (in_all.family and in_all.given) or not foreign else replace(in_all, share=None)


def _known(found: bool, foreign: bool) -> bool | None:
    return True if found else None if foreign else False


def _found(sought: Name, reading: MrzReading, likeness: float) -> int:
    """How many of its words are there."""
    if not sought.words:
        return 0
    fields = reading.surname.split(), reading.given_names.split()
    if any(_joined(sought, field, likeness) for field in (*fields, [*fields[0], *fields[1]])):
        return len(sought.told)
    if sought.particles:
        return 0
    there = [word for field in fields for word in field if word not in PARTICLES]
    return sum(any(_alike(form, word, likeness) for form in forms for word in there) for forms in sought.told)


def _joined(sought: Name, there: Sequence[str], likeness: float) -> bool:
    """All its words in a row, wherever they are parted: N DA, NDA. A family called Le is the whole field, not the Le
    of another name."""
    parts = [sorted(forms)[:MOST_PARTED] for forms in sought.words]
    wholes = {"".join(one) for one, _ in zip(product(*parts), range(MOST_FORMS), strict=False)}
    runs = {"".join(there[a:b]) for a in range(len(there)) for b in range(a + 1, len(there) + 1)}
    if sought.particles:
        runs = {"".join(there)}
    return any(_alike(whole, run, likeness) for whole in wholes for run in runs)


def _begins(sought: Name, there: Sequence[str], likeness: float) -> bool:
    """A given name that is written like a particle (Lê, D) is there where further given names follow it."""
    return any(_joined(sought, there[:end], likeness) for end in range(1, len(there)))


def _alike(sought: str, there: str, likeness: float) -> bool:
    if sought == there:
        return True
    if len(there) >= CUT and sought.startswith(there):
        return True
    return min(len(sought), len(there)) >= ERRING and SequenceMatcher(None, sought, there).ratio() >= likeness
