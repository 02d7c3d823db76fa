"""A candidate's registration as a form or a line of a file holds it: civil identity (`civil_identity`), how they came,
the interview, the règlement handed over, who trained them. Pure: `check_registration(values, today, ages)`."""
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from evaluation.candidacy.terms import CameBy, Initiative
from evaluation.rules import N_
from server.config import RegistrationSettings
from server.people.civil_identity import CivilIdentity, read_civil_identity
from server.people.typed import ADDRESS, MISSING, Mistyped, Reading, Said, read_address, read_day, read_text
from server.storage.names import parts_of

E = TypeVar("E", bound=StrEnum)
CAME_BY: Final[Mapping[CameBy, str]] = {
    CameBy.CONTINUING_TRAINING: N_("formation continue, hors contrat de professionnalisation"),
    CameBy.PROFESSIONAL_CONTRACT: N_("contrat de professionnalisation"),
    CameBy.APPRENTICESHIP: N_("apprentissage"),
    CameBy.INITIAL_TRAINING: N_("formation initiale, hors apprentissage"),
    CameBy.EXPERIENCE: N_("validation des acquis de l’expérience (VAE)"),
    CameBy.EQUIVALENCE: N_("équivalence"),
    CameBy.ON_ONES_OWN: N_("candidature libre"),
}
INITIATIVE: Final[Mapping[Initiative, str]] = {
    Initiative.CANDIDATE: N_("la personne elle-même"),
    Initiative.EMPLOYER: N_("son employeur"),
    Initiative.PROVIDER: N_("l’organisme de formation"),
    Initiative.EMPLOYMENT_OFFICE: N_("France Travail"),
    Initiative.OTHER: N_("une autre"),
}
"""What each is called: a file may also hold the words."""
SHORT: Final[Mapping[str, str]] = {
    CameBy.CONTINUING_TRAINING: "formation continue, continue",
    CameBy.PROFESSIONAL_CONTRACT: "contrat pro, professionnalisation",
    CameBy.INITIAL_TRAINING: "formation initiale, initiale", CameBy.EXPERIENCE: "VAE, validation des acquis",
    Initiative.CANDIDATE: "elle-même, lui-même, candidat, candidate, le candidat, la candidate",
    Initiative.EMPLOYER: "employeur, l'employeur, entreprise", Initiative.PROVIDER: "organisme, centre de formation",
    Initiative.EMPLOYMENT_OFFICE: "Pôle emploi", Initiative.OTHER: "autre",
}
"""How people write them in files, too."""
NAMED: Final = re.compile(r"(.+?)[\s,;:<(]+([^\s@<>(),;:]+@[^\s@<>(),;:]+)[>)\s.]*")
VERSION_MOST, TRAINERS_MOST, LINES_MOST = 40, 10, 2000
FIELDS: Final = (
    "birth_name", "used_name", "first_names", "one_name", "sex", "birth_date", "birth_country", "birth_commune",
    "birth_town", "email", "phone", "address", "company", "company_email", "came_by", "initiative", "interview_on",
    "interview_by", "rules_version", "rules_on", "trained_by")
"""The names of `values`."""


@dataclass(frozen=True)
class NamedPerson:
    """Somebody as they are written: `Claire Fabre <claire@exemple.fr>`."""

    name: str
    email: str


@dataclass(frozen=True)
class CheckedRegistration:
    """`interview_by` None: whoever registers held the interview."""

    civil: CivilIdentity
    came_by: CameBy
    initiative: Initiative
    interview_on: date
    interview_by: NamedPerson | None
    rules_version: str
    rules_on: date
    trained_by: tuple[NamedPerson, ...]


@dataclass(frozen=True)
class Checked:
    """`clean` is None where there are problems. What there are warnings of is clean: somebody looks at it again."""

    clean: CheckedRegistration | None
    problems: Mapping[str, Said]
    warnings: Mapping[str, Said]


def check_registration(values: Mapping[str, str], today: date, ages: RegistrationSettings) -> Checked:
    """`values` are texts as they were typed, by the names of `FIELDS`; one that is absent is empty."""
    reading = Reading(values, today)
    civil = read_civil_identity(reading)
    came_by, initiative = _choice(reading, "came_by", CAME_BY), _choice(reading, "initiative", INITIATIVE)
    interview_on, rules_on = _past(reading, "interview_on"), _past(reading, "rules_on")
    by, trained_by = _interviewer(reading), _trainers(reading)
    version = reading.text("rules_version", most=VERSION_MOST)
    if civil is not None:
        _check_age(reading, civil.birth_date, ages)
    if (reading.problems or civil is None or came_by is None or initiative is None or interview_on is None
            or rules_on is None):
        return Checked(None, reading.problems, reading.warnings)
    clean = CheckedRegistration(civil, came_by, initiative, interview_on, by, version, rules_on, trained_by)
    return Checked(clean, {}, reading.warnings)


def _check_age(reading: Reading, born: date, ages: RegistrationSettings) -> None:
    """A birth date that nobody refuses and few candidates have."""
    age = reading.today.year - born.year - ((reading.today.month, reading.today.day) < (born.month, born.day))
    if not ages.youngest_years <= age <= ages.oldest_years:
        reading.warn("birth_date", N_("Cette date donne {age} ans : vérifiez l’année."), age=age)


def _choice(reading: Reading, name: str, known: Mapping[E, str]) -> E | None:
    """By its value, or by its words: a file has no list to choose from, so that the words are told."""
    by = {parts_of(key): one for one, words in known.items()
          for key in (one.value, words, *SHORT.get(one, one.value).split(","))}
    typed = reading.typed(name)
    found = by.get(parts_of(typed))
    if not typed:
        reading.refuse(name, MISSING)
    elif found is None:
        reading.refuse(name, N_("Ceci n’est pas attendu ici. Écrivez l’un de ceux-ci : {words}."),
                       words=" ; ".join(known.values()))
    return found


def _past(reading: Reading, name: str) -> date | None:
    day = reading.read(name, read_day)
    if day is not None and day > reading.today:
        reading.refuse(name, N_("Ce jour est dans l’avenir."))
    return day


def _interviewer(reading: Reading) -> NamedPerson | None:
    return reading.read("interview_by", _named, required=False)


def _trainers(reading: Reading) -> tuple[NamedPerson, ...]:
    """One a line, or apart at semicolons; each once."""
    found: dict[str, NamedPerson] = {}
    for line in re.split(r"[\n;]", reading.text("trained_by", False, LINES_MOST, lines=True)):
        if not line.strip():
            continue
        try:
            one = _named(line.strip())
        except Mistyped as mistyped:
            reading.refuse("trained_by", mistyped.text)
            break
        found.setdefault(one.email.casefold(), one)
    if len(found) > TRAINERS_MOST:
        reading.refuse("trained_by", N_("{most} formateurs au plus."), most=TRAINERS_MOST)
    return tuple(found.values())


def _named(typed: str) -> NamedPerson:
    found = NAMED.fullmatch(read_text(typed))
    if found is None or not ADDRESS.fullmatch(found[2]) or not any(one.isalpha() for one in found[1]):
        raise Mistyped(N_("Une personne s’écrit avec son nom et son adresse : Claire Fabre, claire@exemple.fr."))
    return NamedPerson(" ".join(found[1].split()), read_address(found[2]))
