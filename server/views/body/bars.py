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
    """`name` is empty for somebody whose data were erased, and once the bar is over: then nobody is named by it.
    `source` and `lifted_by` are the addresses of the cases whose decisions set and lifted it, empty where no case did,
    or it is not the reader's to see."""

    href: str
    name: str
    bar: Bar
    today: date
    source: str = ""
    lifted_by: str = ""


def bar_state(bar: Bar, today: date, locale: Locale) -> Cell:
    if holds(bar, today):
        return Cell(say(locale, N_("en cours"), {}), state="warn", icon="stop")
    if bar.lifted is not None:
        lifted = N_("le {day}, sur un recours") if bar.lifted_by is not None else N_("le {day}")
        return Cell(say(locale, N_("levée"), {}), icon="x",
                    small=say(locale, lifted, {"day": short_day(bar.lifted, locale)}))
    return Cell(say(locale, N_("finie"), {}), icon="x")


def _name(line: BarLine, locale: Locale) -> Cell:
    return Cell(line.name or nameless(line.bar, line.today, locale), href=line.href, own=bool(line.name))


def nameless(bar: Bar, today: date, locale: Locale) -> str:
    """What stands in the place of a name."""
    return say(locale, N_("nom effacé") if holds(bar, today) else N_("nom retiré : elle est finie"), {})


def source_words(bar: Bar, locale: Locale) -> str:
    return say(locale, N_("la décision d’un dossier") if bar.decision is not None
               else N_("une décision d’avant la plateforme"), {})


def _source(line: BarLine, locale: Locale) -> Cell:
    return Cell(source_words(line.bar, locale), href=line.source)


BARS: Table[BarLine] = Table(
    "bars", "interdictions", N_("Interdictions de se présenter"), (
        Column("name", N_("Personne"), _name, BY_NAME),
        Column("code", N_("Certification"), lambda line, _locale: Cell(line.bar.certification, own=True), "about"),
        Column("since", N_("Décidée le"), lambda line, locale: Cell(short_day(line.bar.decided_on, locale)), "at"),
        Column("source", N_("Elle suit de"), _source),
        Column("until", N_("Dernier jour"), lambda line, locale: Cell(short_day(line.bar.until, locale)), "due_at"),
        Column("state", N_("Aujourd’hui"), lambda line, locale: bar_state(line.bar, line.today, locale))),
    nothing=N_("Personne n’est sous le coup d’une interdiction."),
    filters=(Filter("only", N_("Lesquelles"), (
        Choice("set", N_("prononcées"), {"status": "set"}), Choice("ended", N_("levées"), {"status": "ended"}))),),
    sort="since", descending=True, by_person=True, person=lambda line: line.name)
