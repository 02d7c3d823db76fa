"""The list of registrations that may be somebody under a bar, and one of them beside that bar (R6.6)."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from evaluation.candidacy.terms import Cause
from evaluation.rules import N_
from server.i18n import Locale, say
from server.views.body.periods import short_day
from server.views.case_mark import CaseMark
from server.views.table import BY_NAME, Cell, Choice, Column, Filter, State, Table

STATUSES: Mapping[str, tuple[str, State, str]] = {
    "open": (N_("à décider"), "info", "clock"),
    "other": (N_("autre personne"), "ok", "check-o"),
    "same": (N_("même personne"), "warn", "stop"),
}
CAUSES: Mapping[Cause, str] = {
    "registered": N_("à l’inscription"), "corrected": N_("à la correction de l’inscription"),
    "barred": N_("à l’interdiction, prononcée après l’inscription"),
}
"""When the match came up."""


@dataclass(frozen=True)
class ExaminationLine:
    """`name` is empty for somebody whose data were erased."""

    href: str
    name: str
    provider: str
    code: str
    status: str
    opened: date
    due: date
    today: date
    mark: CaseMark | None = None


def answer_cell(status: str, locale: Locale) -> Cell:
    words, state, icon = STATUSES[status]
    return Cell(say(locale, words, {}), state=state, icon=icon)


def _name(line: ExaminationLine, locale: Locale) -> Cell:
    return Cell(line.name or say(locale, N_("nom effacé"), {}), href=line.href, own=bool(line.name),
                mark=line.mark)


def _due(line: ExaminationLine, locale: Locale) -> Cell:
    day = short_day(line.due, locale)
    if line.status != "open" or line.today <= line.due:
        return Cell(day)
    return Cell(day, small=say(locale, N_("délai passé"), {}), state="warn", icon="clock")


EXAMINATIONS: Table[ExaminationLine] = Table(
    "examinations", "inscriptions-a-examiner", N_("Inscriptions à examiner"), (
        Column("name", N_("Personne"), _name, BY_NAME),
        Column("provider", N_("Organisme"), lambda line, _locale: Cell(line.provider, own=True)),
        Column("code", N_("Certification"), lambda line, _locale: Cell(line.code, own=True)),
        Column("opened", N_("Depuis le"), lambda line, locale: Cell(short_day(line.opened, locale)), "at"),
        Column("due", N_("À décider avant la fin du"), _due, "due_at"),
        Column("answer", N_("Réponse"), lambda line, locale: answer_cell(line.status, locale), "status")),
    nothing=N_("Aucune inscription ne ressemble à celle d’une personne sous le coup d’une interdiction."),
    filters=(Filter("only", N_("Réponse"), tuple(
        Choice(status, words, {"status": status}) for status, (words, _state, _icon) in STATUSES.items())),),
    sort="due", by_person=True, person=lambda line: line.name)


# One of them


@dataclass(frozen=True)
class Compared:
    """The same of both people: what it is called, the candidate's, that of the person under the bar."""

    title: str
    candidate: str
    barred: str


def compared(candidate: Mapping[str, Any] | None, barred: Mapping[str, Any] | None, locale: Locale
             ) -> tuple[Compared, ...]:
    """What is known of either; nothing of somebody whose data were erased."""
    def both(title: str, *fields: str) -> Compared:
        return Compared(say(locale, title, {}), *(_first(one or {}, fields, locale) for one in (candidate, barred)))

    lines = (both(N_("Nom de naissance"), "birth_name"), both(N_("Nom d’usage"), "used_name"),
             both(N_("Prénoms"), "first_names", "first_name"), both(N_("Appelée"), "name"),
             both(N_("Date de naissance"), "birth_date"), both(N_("Lieu de naissance"), "birth_place"),
             both(N_("Adresse électronique"), "email"))
    return tuple(one for one in lines if one.candidate or one.barred)


def _first(profile: Mapping[str, Any], fields: Iterable[str], locale: Locale) -> str:
    return next((found for one in fields if (found := _shown(one, profile.get(one), locale))), "")


def _shown(name: str, value: Any, locale: Locale) -> str:
    if name == "birth_date" and value:
        return short_day(date.fromisoformat(str(value)), locale)
    if isinstance(value, Mapping):  # a place: what it is called
        return next((str(value[one]) for one in ("name", "town") if value.get(one)), "")  # pyright: ignore
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)  # pyright: ignore
    return str(value or "")
