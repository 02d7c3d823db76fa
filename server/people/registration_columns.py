"""A list of candidates read into what a registration is checked by: which column is which, and each cell as a form
would have had it (`registration_check`). Columns stand in any order, under the titles of the form or others in use."""
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from evaluation.rules import N_
from server.config import RegistrationSettings
from server.people.civil_identity import CivilIdentity
from server.people.registration_check import CheckedRegistration, check_registration
from server.people.typed import Said
from server.storage.accounts import plain_address
from server.storage.names import parts_of

TITLES: Final[Mapping[str, str]] = {
    "birth_name": N_("Nom de naissance"), "used_name": N_("Nom d’usage"), "first_names": N_("Prénoms"),
    "one_name": N_("Un seul nom"), "sex": N_("Sexe"), "birth_date": N_("Date de naissance"),
    "birth_country": N_("Pays de naissance"), "birth_commune": N_("Commune de naissance, en France"),
    "birth_town": N_("Ville de naissance, à l’étranger"), "email": N_("Adresse électronique"),
    "phone": N_("Téléphone"), "address": N_("Adresse postale"), "company": N_("Employeur"),
    "company_email": N_("Adresse électronique de l’employeur"), "came_by": N_("Voie d’accès"),
    "initiative": N_("À l’initiative de"), "interview_on": N_("Jour de l’entretien d’inscription"),
    "interview_by": N_("Mené par"), "rules_version": N_("Version du règlement remise"),
    "rules_on": N_("Jour où il a été remis"), "trained_by": N_("Formateurs qui l’ont formé"),
}
"""In the order of the template."""
ALSO: Final[Mapping[str, str]] = {
    "birth_name": "nom, nom de famille, nom patronymique, nom naissance, birth name, last name",
    "used_name": "nom usage, nom marital, nom d'épouse, nom d'époux, used name",
    "first_names": "prénom, prénom(s), tous les prénoms, first names, first name",
    "one_name": "one name", "sex": "genre, civilité, sex, gender",
    "birth_date": "naissance, né le, née le, né(e) le, ddn, date naissance, birth date",
    "birth_country": "pays naissance, pays, birth country",
    "birth_commune": "commune de naissance, lieu de naissance, code insee, code commune de naissance, code insee de "
                     "naissance, commune naissance, birth commune",
    "birth_town": "ville de naissance, ville de naissance à l'étranger, ville de naissance (étranger), birth town",
    "email": "email, e-mail, mail, courriel, adresse mail, adresse e-mail, adresse email, email address",
    "phone": "téléphone portable, tél, portable, mobile, numéro de téléphone, phone",
    "address": "adresse, address", "company": "entreprise, nom de l'entreprise, société, company, employer",
    "company_email": "email employeur, mail employeur, courriel employeur, e-mail de l'employeur, company email",
    "came_by": "voie accès, modalité d'accès, modalité, came by",
    "initiative": "initiative, initiative de l'inscription",
    "interview_on": "date de l'entretien, date entretien, jour de l'entretien, entretien, entretien le, interview on",
    "interview_by": "entretien mené par, entretien par, interview by",
    "rules_version": "version du règlement, version règlement, règlement, rules version",
    "rules_on": "règlement remis le, date de remise du règlement, rules on",
    "trained_by": "formateurs, formateur, formé par, trained by",
}
NEEDED: Final = ("birth_name", "sex", "birth_date", "email", "address", "came_by", "initiative", "interview_on",
                 "rules_version", "rules_on")
"""Columns without which no line can be right."""
DAYS: Final = frozenset({"birth_date", "interview_on", "rules_on"})
MONTHS: Final[Mapping[str, int]] = {
    name: number for number, names in enumerate((
        "janvier janv jan", "fevrier fevr fev", "mars", "avril avr", "mai", "juin", "juillet juil", "aout", "septembre "
        "sept sep", "octobre oct", "novembre nov", "decembre dec"), 1) for name in names.split()}
IN_WORDS: Final = re.compile(r"(\d{1,2})\s*(?:er)?[\s-]+([^\W\d_]+)\.?[\s-]+(\d{4})")
WITH_HYPHENS: Final = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
WITH_HOUR: Final = re.compile(r"(.+?)[ T]00:00(?::00)?")
SERIAL: Final = re.compile(r"\d{4,5}")
FIRST_SERIAL: Final = date(1899, 12, 30)
"""From which spreadsheet programs count days, where a cell shows the number instead of the day."""
AS_TEXT: Final = re.compile(r'="([^"]*)"')
"""How a CSV file says that a cell is a text."""
REAL_FORMULA: Final = re.compile(r"=|@\w+\(")
FAILED: Final = re.compile(
    r"#(?:REF!|N/A|NOM\?|NAME\?|VALEUR!|VALUE!|DIV/0!|NULL!|NUL!|NUM!|NOMBRE!)|#+", re.IGNORECASE)
HEAD_LINES: Final = 10
"""Among which the line of titles is looked for."""
FORMULA: Final = N_("Cette cellule contient une formule : copiez la feuille, puis collez-la en valeurs.")
NO_VALUE: Final = N_("Cette cellule contient une erreur de calcul : corrigez-la dans le tableur.")
TWICE: Final = N_("Cette personne est déjà à la ligne {line}.")
PHONE_DIGITS, COMMUNE_DIGITS = 10, 5


@dataclass(frozen=True)
class Columns:
    """`at` says in which column each field stands, `head` in which line the titles do; `unknown` are titles that say
    nothing here, `missing` fields that are needed, `twice` those of two columns."""

    at: Mapping[str, int]
    head: int
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """`number` is the line's in the file. `problems` are of cells that hold no text."""

    number: int
    values: Mapping[str, str]
    problems: Mapping[str, Said] = field(default_factory=dict[str, Said])

    @property
    def name(self) -> str:
        family = self.values.get("used_name") or self.values.get("birth_name")
        return " ".join(filter(None, (self.values.get("first_names"), family)))


@dataclass(frozen=True)
class CheckedLine:
    line: Line
    clean: CheckedRegistration | None
    problems: Mapping[str, Said]
    warnings: Mapping[str, Said]


def _plain(title: str) -> str:
    return "".join(parts_of(title))


FIELD_OF: Final[Mapping[str, str]] = {
    _plain(title): name for name, known in ALSO.items() for title in (TITLES[name], *known.split(","))}


def columns(rows: Sequence[Sequence[str]]) -> Columns:
    """By the line, among the first, that has most titles that are known."""
    best = max(range(min(len(rows), HEAD_LINES)), key=lambda at: (len(_fields(rows[at])), -at), default=0)
    at, unknown, twice = dict[str, int](), list[str](), list[str]()
    for place, title in enumerate(rows[best] if rows else ()):
        name = FIELD_OF.get(_plain(title))
        if name is None:
            unknown += [title] if title.strip() else []
        elif name in at:
            twice.append(name)
        else:
            at[name] = place
    missing = tuple(one for one in NEEDED if one not in at)
    return Columns(at, best, tuple(unknown), missing, tuple(twice))


def _fields(titles: Iterable[str]) -> set[str]:
    return {FIELD_OF[plain] for one in titles if (plain := _plain(one)) in FIELD_OF}


def lines_of(rows: Sequence[Sequence[str]], found: Columns) -> tuple[Line, ...]:
    """Each line under the titles that holds anything."""
    return tuple(_line(number, row, found.at) for number, row in enumerate(rows, 1)
                 if number > found.head + 1 and any(one.strip() for one in row))


def _line(number: int, row: Sequence[str], at: Mapping[str, int]) -> Line:
    values, problems = dict[str, str](), dict[str, Said]()
    for name, place in at.items():
        cell = _cell(row[place] if place < len(row) else "")
        if FAILED.fullmatch(cell):
            problems[name] = Said(NO_VALUE)
        elif REAL_FORMULA.match(cell):
            problems[name] = Said(FORMULA)
        elif cell:
            values[name] = _as_typed(name, cell)
    return Line(number, values, problems)


def _cell(text: str) -> str:
    """Without what spreadsheet programs put around a text."""
    text = text.replace("\u00a0", " ").replace("\u202f", " ").strip()
    as_text = AS_TEXT.fullmatch(text)
    if as_text is not None:
        return as_text[1].strip()
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def _as_typed(name: str, cell: str) -> str:
    """With the zeros in front that a spreadsheet program takes away, and days as a form has them."""
    if name in DAYS:
        return _day(cell)
    if name == "birth_commune" and cell.isdecimal():
        return cell.zfill(COMMUNE_DIGITS)
    if name == "phone" and cell.isdecimal() and len(cell) == PHONE_DIGITS - 1:
        return f"0{cell}"
    return cell


def _day(cell: str) -> str:
    hour = WITH_HOUR.fullmatch(cell)
    cell = hour[1] if hour is not None else cell
    words, hyphens = IN_WORDS.fullmatch(cell), WITH_HYPHENS.fullmatch(cell)
    if words is not None:
        month = MONTHS.get(_plain(words[2]))
        return f"{words[1]}/{month}/{words[3]}" if month is not None else cell
    if hyphens is not None:
        return "/".join(hyphens.groups())
    if SERIAL.fullmatch(cell):
        return (FIRST_SERIAL + timedelta(days=int(cell))).isoformat()
    return cell


# Checked


def check_lines(lines: Iterable[Line], today: date, ages: RegistrationSettings) -> tuple[CheckedLine, ...]:
    """Each as a form would be, and nobody twice."""
    seen, found = dict[tuple[str, ...], int](), list[CheckedLine]()
    for one in lines:
        checked = check_registration(one.values, today, ages)
        problems = {**checked.problems, **one.problems}
        if checked.clean is not None:
            for who in _known_by(checked.clean.civil):
                if who in seen:
                    problems["birth_name"] = Said(TWICE, {"line": seen[who]})
                seen.setdefault(who, one.number)
        found.append(CheckedLine(one, None if problems else checked.clean, problems, checked.warnings))
    return tuple(found)


def _known_by(civil: CivilIdentity) -> tuple[tuple[str, ...], ...]:
    """What tells one person from another, as `same_person` does: at one address, and wherever they are."""
    born, place = (_plain(civil.birth_name), civil.birth_date.isoformat()), civil.birth_place
    first = tuple(_plain(one) for one in civil.first_names)
    return (("at", plain_address(civil.email), *born, *first[:1]),
            ("born at", place.country, place.commune or _plain(place.name), *born, *first))
