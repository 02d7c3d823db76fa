"""Batches of outcomes before the commission, in words (R8.1)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from evaluation.kinds import Row
from evaluation.rules import N_
from server.i18n import Locale, say, say_plural
from server.views.body.periods import short_day
from server.views.table import Cell, Choice, Column, Filter, State, Table

STATUSES: Mapping[str, tuple[str, State, str]] = {
    "presented": (N_("devant la commission"), "info", "clock"), "decided": (N_("décidé"), "ok", "check-o"),
}
AWARDS: Mapping[str, tuple[str, State]] = {
    "full": (N_("toute la certification"), "ok"), "partial": (N_("une partie"), "info"),
    "none": (N_("pas d’attribution"), ""),
}


@dataclass(frozen=True)
class BatchLine:
    """`decided_on` is None until the commission has decided."""

    href: str
    row: Row
    presented_on: date
    decided_on: date | None


@dataclass(frozen=True)
class OutcomeView:
    """One outcome of a batch. `name` is empty for somebody whose data were erased; `why` are the words of what was
    returned."""

    candidacy: str
    name: str
    code: str
    href: str
    award: Cell
    blocks: str
    ruled_on: str
    why: str = ""
    returned: bool = False
    withheld: bool = False


def award_cell(award: str, locale: Locale, *, returned: bool) -> Cell:
    """What was returned is worth nothing any more, whatever its jury had ruled."""
    if returned:
        return Cell(say(locale, N_("renvoyé"), {}), state="warn", icon="flag")
    words, state = AWARDS[award]
    return Cell(say(locale, words, {}), state=state, icon="check-o" if state == "ok" else "")


def status_cell(status: str, locale: Locale) -> Cell:
    words, state, icon = STATUSES[status]
    return Cell(say(locale, words, {}), state=state, icon=icon)


def counted(count: int, locale: Locale) -> str:
    def ngettext(one: str, other: str, n: int) -> str:
        return say_plural(locale, one, other, n, {})

    return ngettext("{n} résultat", "{n} résultats", count)


def returned_words(count: int, locale: Locale) -> str:
    def ngettext(one: str, other: str, n: int) -> str:
        return say_plural(locale, one, other, n, {})

    return ngettext("dont {n} renvoyé", "dont {n} renvoyés", count) if count else ""


def _day(line: BatchLine, locale: Locale) -> Cell:
    return Cell(short_day(line.presented_on, locale), href=line.href)


def _count(line: BatchLine, locale: Locale) -> Cell:
    data = line.row.data
    return Cell(counted(int(str(data["count"])), locale), small=returned_words(int(str(data["returned"])), locale))


def _decided(line: BatchLine, locale: Locale) -> Cell:
    return Cell(short_day(line.decided_on, locale) if line.decided_on is not None else "")


BATCHES: Table[BatchLine] = Table(
    "batches", "lots", N_("Lots présentés à la commission"), (
        Column("presented", N_("Présenté le"), _day, "at"), Column("count", N_("Contient"), _count),
        Column("status", N_("Situation"), lambda line, locale: status_cell(line.row.status, locale), "status"),
        Column("decided", N_("Décidé le"), _decided)),
    nothing=N_("Aucun lot n’a encore été présenté à la commission."), sort="presented", descending=True,
    filters=(Filter("only", N_("Situation"), tuple(
        Choice(value, words, {"status": value}) for value, (words, _state, _icon) in STATUSES.items())),))
