"""The list of the juries' days: when, of which certification, through which provider, with how many candidates."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from evaluation.body.state import Provider
from evaluation.rules import N_
from server.i18n import Locale, say
from server.views.body.periods import short_day
from server.views.case_mark import CaseMark
from server.views.table import Cell, Choice, Column, Filter, State, Table
from server.views.when import day_words, hour_words

STATES: Mapping[str, tuple[str, State, str]] = {
    "coming": (N_("à venir"), "info", "clock"),
    "today": (N_("aujourd’hui"), "ok", "play"),
    "late": (N_("passée, à clore"), "warn", "alert"),
    "closed": (N_("close"), "", "check-o"),
}
"""What a day has come to: words, state, icon."""


@dataclass(frozen=True)
class DayLine:
    """`provider` is its name, empty where it is not known. `begins_at` is the hour of the first candidate (ms since
    1970 UTC), None where there is none."""

    href: str
    day: date
    title: str
    code: str
    version: str
    provider: str
    hearings: int
    begins_at: int | None
    closed: bool
    today: date
    mark: CaseMark | None = None


def state_of(day: date, today: date, *, closed: bool) -> str:
    """The key in STATES."""
    if closed:
        return "closed"
    if day < today:
        return "late"
    return "today" if day == today else "coming"


def state_cell(state: str, locale: Locale) -> Cell:
    words, kind, icon = STATES[state]
    return Cell(say(locale, words, {}), state=kind, icon=icon)


def _day(line: DayLine, locale: Locale) -> Cell:
    begins = hour_words(line.begins_at, locale) if line.begins_at is not None else ""
    return Cell(short_day(line.day, locale), href=line.href, mark=line.mark,
                small=f"{day_words(line.day, locale).split(' ')[0].rstrip(',')} {begins}".strip())


def _certification(line: DayLine, locale: Locale) -> Cell:
    small = say(locale, N_("{code}, version {version}"), {"code": line.code, "version": line.version})
    return Cell(line.title, small=small, own=True)


DAYS: Table[DayLine] = Table(
    "days", "journees", N_("Journées de jury"), (
        Column("day", N_("Jour"), _day, "at"),
        Column("certification", N_("Certification"), _certification, "about"),
        Column("provider", N_("Organisme"), lambda line, _locale: Cell(line.provider, own=True)),
        Column("candidates", N_("Candidats"), lambda line, _locale: Cell(str(line.hearings))),
        Column("state", N_("Où elle en est"), lambda line, locale: state_cell(
            state_of(line.day, line.today, closed=line.closed), locale), "status")),
    nothing=N_("Aucune journée n’est encore prévue ici."),
    filters=(Filter("only", N_("Journées"), (
        Choice("open", N_("ouvertes"), {"status": "open"}), Choice("closed", N_("closes"), {"status": "closed"}))),),
    sort="day", descending=True)


def narrowed_by(codes: Iterable[str], providers: Iterable[Provider]) -> Table[DayLine]:
    """The same list, which can also be narrowed to one of these certifications, or to one of these providers."""
    own = (
        Filter("code", N_("Certification"), tuple(
            Choice(one, one, {"about": one}, own=True) for one in sorted(codes))),
        Filter("provider", N_("Organisme de formation"), tuple(
            Choice(one.id, one.name, {"scope": one.id}, own=True)
            for one in sorted(providers, key=lambda one: one.name))))
    return replace(DAYS, filters=(*DAYS.filters, *(one for one in own if len(one.choices) > 1)))
