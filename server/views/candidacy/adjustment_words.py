"""Adjustments in words: what is asked for, how far a request is, what is arranged. Never why (R10.1)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from evaluation.candidacy.adjusting import AdjustmentStatus
from evaluation.candidacy.terms import Adjustment, AidKind, OpinionGiven, Wish
from evaluation.deadlines import day_of
from evaluation.rules import N_
from server.i18n import Locale, say
from server.views.body.periods import short_day
from server.views.case_mark import CaseMark
from server.views.table import BY_NAME, Cell, Choice, Column, Filter, State, Table

WISHES: Mapping[Wish, str] = {
    Wish.TIME: N_("du temps en plus"), Wish.BREAKS: N_("des pauses"),
    Wish.AID: N_("l’aide d’une personne"), Wish.EQUIPMENT: N_("son propre matériel ou logiciel"),
}
AIDS: Mapping[AidKind, str] = {
    AidKind.READER: N_("une personne qui lit"), AidKind.SCRIBE: N_("une personne qui écrit"),
    AidKind.INTERPRETER: N_("un interprète"), AidKind.HELPER: N_("une personne qui assiste"),
}
PHASES: Mapping[str, str] = {
    "presentation": N_("présentation : {minutes} min de plus"), "questions": N_("questions : {minutes} min de plus")}
STATUSES: Mapping[AdjustmentStatus, tuple[str, State, str]] = {
    "asked": (N_("avis médical attendu"), "info", "clock"), "to_decide": (N_("à décider"), "warn", "circle"),
    "granted": (N_("aménagement décidé"), "ok", "check-o"), "nothing": (N_("rien à aménager"), "", "check"),
    "over": (N_("sans objet"), "", "x"),
}


@dataclass(frozen=True)
class AdjustmentLine:
    """`name` is empty for somebody whose data were erased; `provider` where it is not known."""

    href: str
    name: str
    code: str
    provider: str
    status: AdjustmentStatus
    day: date
    mark: CaseMark | None = None


@dataclass(frozen=True)
class OpinionView:
    """`href` opens the paper: only the disability officer has it, and as long as it is kept."""

    words: str
    href: str


def status_cell(status: AdjustmentStatus, locale: Locale) -> Cell:
    words, state, icon = STATUSES[status]
    return Cell(say(locale, words, {}), state=state, icon=icon)


def wish_words(wishes: tuple[Wish, ...], locale: Locale) -> str:
    return ", ".join(say(locale, WISHES[one], {}) for one in wishes)


def arranged(adjustment: Adjustment, locale: Locale) -> tuple[str, ...]:
    """A line for each thing; none where nothing is arranged."""
    found = [say(locale, words, {"minutes": -(-adjustment.extra_seconds[phase] // 60)})
             for phase, words in PHASES.items() if adjustment.extra_seconds.get(phase)]
    if adjustment.break_minutes:
        found.append(say(locale, N_("pauses : {minutes} min"), {"minutes": adjustment.break_minutes}))
    if adjustment.aid is not None:
        found.append(say(locale, N_("aide : {who}"), {"who": say(locale, AIDS[adjustment.aid], {})}))
    if adjustment.equipment:
        found.append(say(locale, WISHES[Wish.EQUIPMENT], {}))
    return tuple(found)


def opinion_words(one: OpinionGiven, locale: Locale) -> str:
    if one.seen_on is not None:
        return say(locale, N_("vu le {day}"), {"day": short_day(one.seen_on, locale)})
    return say(locale, N_("remis le {day}"), {"day": short_day(day_of(one.at), locale)})


def _name(line: AdjustmentLine, locale: Locale) -> Cell:
    return Cell(line.name or say(locale, N_("nom effacé"), {}), href=line.href, own=bool(line.name),
                mark=line.mark)


ADJUSTMENTS: Table[AdjustmentLine] = Table(
    "adjustments", "amenagements", N_("Demandes d’aménagement"), (
        Column("name", N_("Personne"), _name, BY_NAME),
        Column("code", N_("Certification"), lambda line, _locale: Cell(line.code, own=True), "about"),
        Column("provider", N_("Organisme"), lambda line, _locale: Cell(line.provider, own=True)),
        Column("status", N_("Situation"), lambda line, locale: status_cell(line.status, locale), "status"),
        Column("day", N_("Demandé le"), lambda line, locale: Cell(short_day(line.day, locale)), "at")),
    nothing=N_("Personne n’a demandé d’aménagement."),
    filters=(Filter("only", N_("Situation"), tuple(
        Choice(status, words, {"status": status}) for status, (words, _state, _icon) in STATUSES.items())),),
    sort="day", descending=True, by_person=True, person=lambda line: line.name)
