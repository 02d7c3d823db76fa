"""The list of bars: who may not present which certification, until when (R6.6)."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evaluation.body.bars import holds
from evaluation.body.state import Bar
from evaluation.rules import N_
from server.i18n import Locale, say
from server.views.body.periods import short_day
from server.views.table import BY_NAME, Cell, Choice, Column, Filter, Table


@dataclass(frozen=True)
class BarLine:
    """`name` is empty for somebody whose data were erased."""

    href: str
    name: str
    bar: Bar
    today: date


def bar_state(bar: Bar, today: date, locale: Locale) -> Cell:
    if holds(bar, today):
        return Cell(say(locale, N_("en cours"), {}), state="warn", icon="stop")
    if bar.lifted is not None:
        return Cell(say(locale, N_("levée"), {}), icon="x", small=short_day(bar.lifted, locale))
    return Cell(say(locale, N_("finie"), {}), icon="x")


def _name(line: BarLine, locale: Locale) -> Cell:
    return Cell(line.name or say(locale, N_("nom effacé"), {}), href=line.href, own=bool(line.name))


BARS: Table[BarLine] = Table(
    "bars", "interdictions", N_("Interdictions de se présenter"), (
        Column("name", N_("Personne"), _name, BY_NAME),
        Column("code", N_("Certification"), lambda line, _locale: Cell(line.bar.certification, own=True), "about"),
        Column("since", N_("Décidée le"), lambda line, locale: Cell(short_day(line.bar.decided_on, locale)), "at"),
        Column("until", N_("Dernier jour"), lambda line, locale: Cell(short_day(line.bar.until, locale)), "due_at"),
        Column("state", N_("Aujourd’hui"), lambda line, locale: bar_state(line.bar, line.today, locale))),
    nothing=N_("Personne n’est sous le coup d’une interdiction."),
    filters=(Filter("only", N_("Lesquelles"), (
        Choice("set", N_("prononcées"), {"status": "set"}), Choice("ended", N_("levées"), {"status": "ended"}))),),
    sort="since", descending=True, by_person=True, person=lambda line: line.name)
