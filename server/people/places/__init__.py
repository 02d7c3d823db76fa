"""Where people are born: INSEE's communes, with those that no longer exist, and its countries.

The tables beside this file are made by `make places`. They come from the Code officiel géographique of INSEE as Etalab
publishes it, under the Licence Ouverte 2.0 (Etalab).
"""
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from babel import Locale as Language

from server.i18n import Locale
from server.storage.names import parts_of

FRANCE: Final = "99100"
COUNTRY: Final = re.compile(r"99\d{3}", re.ASCII)
TOWN_WORDS: Final[Mapping[str, str]] = {"st": "saint", "ste": "sainte"}


@dataclass(frozen=True)
class Commune:
    """Under one code and one name: from `since` on (None: from before 1943), up to the day before `until` (None: it
    exists)."""

    code: str
    name: str
    since: date | None
    until: date | None

    def exists(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)

    @property
    def department(self) -> str:
        return self.code[:3] if self.code.startswith(("97", "98")) else self.code[:2]


def _read(name: str) -> list[list[str]]:
    text = files(__name__).joinpath(f"{name}.tsv").read_text("utf-8")
    return [line.split("\t") for line in text.splitlines()]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def _communes() -> tuple[Commune, ...]:
    return tuple(Commune(code, name, _day(since), _day(until)) for code, name, since, until in _read("communes"))


@cache
def _by_code() -> Mapping[str, tuple[Commune, ...]]:
    found: dict[str, tuple[Commune, ...]] = {}
    for one in _communes():
        found[one.code] = (*found.get(one.code, ()), one)
    return found


@cache
def _by_name() -> Mapping[str, tuple[Commune, ...]]:
    found: dict[str, tuple[Commune, ...]] = {}
    for one in _communes():
        key = _plain(one.name)
        found[key] = (*found.get(key, ()), one)
    return found


def _plain(name: str) -> str:
    return " ".join(TOWN_WORDS.get(one, one) for one in parts_of(name))


def of_code(code: str) -> tuple[Commune, ...]:
    """Every commune that has, or had, this code; the last one last."""
    return _by_code().get(code, ())


def of_name(name: str, on: date) -> tuple[Commune, ...]:
    """Those of this name on a day, however its accents, hyphens and capitals are written."""
    return tuple(one for one in _by_name().get(_plain(name), ()) if one.exists(on))


def beginning_with(text: str, on: date, most: int) -> tuple[Commune, ...]:
    """Those whose name or code begins so on a day, in the order of their names; none for less than two characters."""
    wanted, code = _plain(text), text.strip().upper()
    if len(code) < 2:
        return ()
    found = [one for one in _communes() if one.exists(on)
             and (one.code.startswith(code) or (wanted and _plain_of(one).startswith(wanted)))]
    return tuple(sorted(found, key=lambda one: (_plain_of(one), one.code))[:most])


@cache
def _plain_names() -> Mapping[Commune, str]:
    return {one: _plain(one.name) for one in _communes()}


def _plain_of(one: Commune) -> str:
    return _plain_names()[one]


# Countries


@cache
def _countries() -> Mapping[str, str]:
    return {code: letters for code, letters in _read("countries")}  # noqa: C416 (pairs, to the checker of types)


def country_name(code: str, locale: Locale) -> str:
    """The country's name; its code for one that is not in the list."""
    letters = _countries().get(code)
    return str(Language(locale).territories[letters]) if letters is not None else code


def countries(locale: Locale) -> tuple[tuple[str, str], ...]:
    """Every country's code and name, France first."""
    named = ((code, country_name(code, locale)) for code in _countries() if code != FRANCE)
    return ((FRANCE, country_name(FRANCE, locale)), *sorted(named, key=lambda one: parts_of(one[1])))


def country_of(typed: str) -> str | None:
    """The code of a country that is written by its code, its two letters, or its French or English name; a code that is
    not in the list as it is. None for anything else."""
    text = typed.strip()
    if COUNTRY.fullmatch(text):
        return text
    return _country_names().get(" ".join(parts_of(text)))


def is_country(code: str) -> bool:
    return code in _countries()


@cache
def _country_names() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for code, letters in _countries().items():
        for words in (letters, country_name(code, "fr"), country_name(code, "en")):
            found[" ".join(parts_of(words))] = code
    return found
