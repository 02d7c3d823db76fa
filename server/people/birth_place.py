"""Where somebody was born, read from what was typed: a commune by its code or name as it was on that day, or a country
and a town. A code that is in no list is taken with a warning."""
from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from evaluation.rules import N_
from server.people import places
from server.people.places import FRANCE, Commune
from server.people.typed import Reading

CODE_IN: Final = re.compile(r"(?<![0-9A-Za-z])((?:\d[\dABab])\d{3})(?![0-9A-Za-z])", re.ASCII)


@dataclass(frozen=True)
class BirthPlace:
    """`country` and `commune` are INSEE's codes; `commune` is None abroad. `name` is that of the commune or town."""

    country: str
    commune: str | None
    name: str


def read_birth_place(reading: Reading, on: date) -> BirthPlace | None:
    """`on` is the day of the birth, where it is known."""
    country = FRANCE
    if reading.typed("birth_country"):
        found = reading.read("birth_country", places.country_of)
        if found is None:
            reading.refuse("birth_country", N_("Ce pays n’est pas dans la liste : écrivez son nom, ou son code INSEE "
                                               "(99…)."))
            return None
        country = found
    return _in_france(reading, on) if country == FRANCE else _abroad(reading, country)


def _abroad(reading: Reading, country: str) -> BirthPlace | None:
    if not places.is_country(country):
        reading.warn("birth_country", N_("Le code {code} n’est pas dans la liste des pays : vérifiez-le."),
                     code=country)
    if reading.typed("birth_commune"):
        reading.refuse("birth_commune", N_("La commune est celle d’une naissance en France : pour l’étranger, écrivez "
                                           "la ville."))
    town = reading.text("birth_town")
    return BirthPlace(country, None, town) if town else None


def _in_france(reading: Reading, on: date) -> BirthPlace | None:
    if reading.typed("birth_town"):
        reading.refuse("birth_town", N_("La ville est celle d’une naissance à l’étranger : choisissez le pays."))
    typed = reading.text("birth_commune")
    if not typed:
        return None
    code = CODE_IN.search(typed)
    if code is not None:
        return _of_code(reading, code[1].upper(), typed, on)
    if any(one.isdigit() for one in typed) and not any(one.isalpha() for one in typed):
        reading.refuse("birth_commune", N_("Un code INSEE de commune a cinq caractères, par exemple 69123 ou 2A004."))
        return None
    return _of_name(reading, typed, on)


def _of_code(reading: Reading, code: str, typed: str, on: date) -> BirthPlace:
    known = places.of_code(code)
    there = next((one for one in known if one.exists(on)), None)
    if not known:
        reading.warn("birth_commune", N_("Le code {code} n’est pas dans la liste de l’INSEE : vérifiez-le sur l’acte "
                                         "de naissance. Un code postal n’est pas un code INSEE."), code=code)
        name = " ".join(CODE_IN.sub("", typed).replace("(", "").replace(")", "").split())
        return BirthPlace(FRANCE, code, name or code)
    if there is None:
        _not_then(reading, code, known[-1], on)
    return BirthPlace(FRANCE, code, (there or known[-1]).name)


def _not_then(reading: Reading, code: str, last: Commune, on: date) -> None:
    """The code is known, and was no commune's on that day."""
    then = places.of_name(last.name, on)
    if len(then) == 1:
        reading.warn("birth_commune", N_("À cette date, {commune} avait le code {then}, et non {code} : vérifiez."),
                     commune=last.name, then=then[0].code, code=code)
    else:
        reading.warn("birth_commune", N_("À cette date, le code {code} ({commune}) n’était pas celui d’une commune : "
                                         "vérifiez la date et le code."), code=code, commune=last.name)


SHOWN: Final = 6
"""Communes of one name that are told apart in words."""


def _of_name(reading: Reading, typed: str, on: date) -> BirthPlace | None:
    found = places.of_name(typed, on)
    if len(found) == 1:
        return BirthPlace(FRANCE, found[0].code, found[0].name)
    if not found:
        reading.refuse("birth_commune", N_("Aucune commune n’avait ce nom à cette date : écrivez son code INSEE, "
                                           "celui de l’acte de naissance."))
        return None
    listed = ", ".join(f"{one.code} ({one.department})" for one in found[:SHOWN])
    reading.refuse("birth_commune", N_("Plusieurs communes ont ce nom ; écrivez le code de la bonne : {codes}."),
                   codes=listed + (" …" if len(found) > SHOWN else ""))
    return None
