"""Names compared where the birth date is equal: accents, hyphens, order, a married name and one slip make no difference
(R6.6). What is compared are keys; two people may be one where they share a key.

A bar's keys say a family name with a given name, also with a letter of one of them left out; a candidate's are made the
same way. A letter too many, missing, wrong or swapped with the next leaves two spellings with such a key in common.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, product
from typing import Any, Final, cast

from server.identity.same_name import PARTICLES, name
from server.storage.names import parts_of

SPELLINGS: Final = 6
"""Of one name, at most: `müller` is also `mueller`; `Иванов` is also `ivanov`."""
PART_LETTERS: Final = 3
"""From so many a part of a family name is one by itself."""
SLIP_LETTERS: Final = 2
ALSO_PARTICLES: Final = frozenset({
    "al", "ait", "ben", "bin", "da", "das", "del", "della", "den", "der", "di", "do", "dos", "el", "mac", "san", "ter",
    "van", "von", "zu"})
FIRST, FURTHER, ALONE, WITH_ONE = "first", "further", "alone", "with one"
"""What a key says of: the first given name, a later one, one name alone, each name where the other has one alone."""


@dataclass(frozen=True)
class Called:
    """Every family name somebody goes by, and the given names in their order. One of the two may be empty."""

    families: tuple[str, ...]
    given: tuple[str, ...]
    born: date


def called(profile: Mapping[str, Any]) -> Called | None:
    """As a person's profile has it; None without a birth date, or without a name."""
    given = _several(profile.get("first_names")) or _several((profile.get("first_name"),))
    families = _several((profile.get("birth_name"), profile.get("used_name"), *_several(profile.get("other_names"))))
    rest = _family(str(profile.get("name") or ""), given)
    families = tuple(dict.fromkeys((*families, *((rest,) if rest else ()))))
    try:
        born = date.fromisoformat(str(profile.get("birth_date") or ""))
    except ValueError:
        return None
    return Called(families, given, born) if families or given else None


def _several(given: Any) -> tuple[str, ...]:
    found = cast("Sequence[Any]", given) if isinstance(given, list | tuple) else ()
    return tuple(one for one in found if isinstance(one, str) and one.strip())


def _family(whole: str, given: Sequence[str]) -> str:
    """What is left of a whole name without the given name that it begins or ends with."""
    words = whole.split()
    first = given[0].split() if given else []
    if first and words[:len(first)] == first:
        return " ".join(words[len(first):])
    if first and words[-len(first):] == first:
        return " ".join(words[:-len(first)])
    return whole


# Spellings


def _spellings(text: str) -> Iterator[tuple[str, ...]]:
    """The parts of a name, in each way that they may be written; first as they are, without accents."""
    plain = tuple(part for word in text.split() for part in parts_of(word))
    yield plain
    ways = [sorted(one.lower() for one in forms if "XX" not in one) for forms in name(text).words]
    if ways and all(ways):
        yield from (one for one in islice(product(*ways), SPELLINGS) if one != plain)


def _particle(part: str) -> bool:
    return part.upper() in PARTICLES or part in ALSO_PARTICLES


def _family_forms(families: Iterable[str]) -> frozenset[str]:
    """Each name in one word, and its parts that are names by themselves."""
    found = set[str]()
    for parts in (one for text in families for one in _spellings(text)):
        found.add("".join(parts))
        found |= {one for one in parts if len(one) >= PART_LETTERS and not _particle(one)}
    return frozenset(found - {""})


def _given_forms(given: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Of the first given name, and of the further ones. `Jean Pierre` may be one name or two."""
    first, further = set[str](), set[str]()
    for parts in _spellings(" ".join(given[:2])):
        first |= {"".join(parts[:1]), "".join(parts[:2])}
    for text in given[:1]:
        first |= {"".join(parts) for parts in _spellings(text)}
    for parts in (one for text in given for one in _spellings(text)):
        further |= {"".join(parts), *parts}
    return frozenset(first - {""}), frozenset(further - first - {""})


# Keys


Key = tuple[str, ...]


def keys_of_bar(of: Called) -> frozenset[Key]:
    """Of somebody under a bar."""
    families, (first, further) = _family_forms(of.families), _given_forms(of.given)
    every = families | first
    alone = not families or not first
    return frozenset((
        *_pairs(FIRST, families, first), *_pairs(FURTHER, families, further),
        *_singles(ALONE, every), *(_singles(WITH_ONE, every) if alone else ())))


def keys_of_candidate(of: Called) -> frozenset[Key]:
    """Of somebody who may be one of them. The further given names of both are not compared: brothers and sisters share
    them."""
    families, (first, further) = _family_forms(of.families), _given_forms(of.given)
    every = families | first
    alone = not families or not first
    return frozenset((
        *_pairs(FIRST, families, first | further), *_pairs(FURTHER, families, first),
        *_singles(WITH_ONE, every), *(_singles(ALONE, every) if alone else ())))


def _pairs(tag: str, families: Iterable[str], given: Iterable[str]) -> Iterator[Key]:
    """In one order, whichever way round they were written."""
    for family, one in product(families, given):
        yield (tag, *sorted((family, one)))
        for slip in _slips(family):
            yield (tag, *sorted((slip, one)))
        for slip in _slips(one):
            yield (tag, *sorted((family, slip)))


def _singles(tag: str, names: Iterable[str]) -> Iterator[Key]:
    for one in names:
        yield tag, one
        for slip in _slips(one):
            yield tag, slip


def _slips(text: str) -> frozenset[str]:
    """With one letter left out."""
    if len(text) < SLIP_LETTERS:
        return frozenset()
    return frozenset(text[:at] + text[at + 1:] for at in range(len(text)))
