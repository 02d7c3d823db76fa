"""The list of certifications in force: each version, from when, and what took its place."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evaluation.rules import N_
from server.i18n import Locale, say
from server.views.body.periods import period_state, period_words
from server.views.table import Cell, Choice, Column, Filter, Table


@dataclass(frozen=True)
class FrameworkLine:
    """`until` is the last day of the version, None while nothing has taken its place; `by` is the code that has."""

    code: str
    version: str
    title: str
    since: date
    until: date | None
    by: str
    today: date


def _code(line: FrameworkLine, _locale: Locale) -> Cell:
    return Cell(line.code, small=line.title, own=True)


def _state(line: FrameworkLine, locale: Locale) -> Cell:
    cell = period_state(line.since, line.until, line.today, locale)
    return Cell(cell.text, state=cell.state, icon=cell.icon,
                small=say(locale, N_("remplacée par {code}"), {"code": line.by}) if line.by else "")


FRAMEWORKS: Table[FrameworkLine] = Table(
    "frameworks", "referentiels", N_("Référentiels"), (
        Column("code", N_("Certification"), _code, "about"),
        Column("version", N_("Version"), lambda line, _locale: Cell(line.version, own=True)),
        Column("since", N_("Période"), lambda line, locale: Cell(period_words(line.since, line.until, locale)), "at"),
        Column("state", N_("Aujourd’hui"), _state)),
    nothing=N_("Aucun référentiel n’est encore en vigueur."),
    filters=(Filter("only", N_("Lesquels"), (
        Choice("in_force", N_("sans successeur"), {"status": "in_force"}),
        Choice("superseded", N_("remplacés"), {"status": "superseded"}))),),
    sort="since", descending=True)
