"""The list of training providers, and the agreements of one."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evaluation.body.state import Provider
from evaluation.rules import N_
from server.i18n import Locale, say
from server.views.body.periods import period_state, period_words, short_day
from server.views.table import Cell, Choice, Column, Filter, Table


@dataclass(frozen=True)
class ProviderLine:
    """`since` and `until` are its first agreement's first day and its last one's last; `runs` tells whether one runs
    today."""

    href: str
    name: str
    agreements: int
    since: date
    until: date | None
    running: bool


def _now(line: ProviderLine, locale: Locale) -> Cell:
    if line.running:
        return Cell(say(locale, N_("convention en cours"), {}), state="ok", icon="check-o")
    return Cell(say(locale, N_("sans convention aujourd’hui"), {}), state="warn", icon="alert")


PROVIDERS: Table[ProviderLine] = Table(
    "providers", "organismes", N_("Organismes de formation"), (
        Column("name", N_("Organisme"), lambda line, _locale: Cell(line.name, href=line.href, own=True), "key"),
        Column("now", N_("Aujourd’hui"), _now),
        Column("since", N_("Depuis"), lambda line, locale: Cell(short_day(line.since, locale)), "at"),
        Column("until", N_("Jusqu’au"), lambda line, locale: Cell(
            short_day(line.until, locale) if line.until else say(locale, N_("sans fin"), {})), "due_at"),
        Column("agreements", N_("Conventions"), lambda line, _locale: Cell(str(line.agreements)))),
    nothing=N_("Aucun organisme de formation n’est encore habilité. Enregistrez une première convention."),
    filters=(Filter("ended", N_("Convention"), (
        Choice("agreed", N_("allant à son terme"), {"status": "agreed"}),
        Choice("ended", N_("à laquelle il a été mis fin"), {"status": "ended"}))),),
    sort="since", descending=True)


@dataclass(frozen=True)
class AgreementView:
    number: int
    period: str
    state: Cell
    paper: str
    cut: bool
    """Its end was recorded before its last day."""


def agreements(provider: Provider, base: str, today: date, locale: Locale) -> Sequence[AgreementView]:
    """The newest first."""
    found = [
        AgreementView(number, period_words(one.agreement.since, one.agreement.until, locale),
                      period_state(one.agreement.since, one.agreement.until, today, locale),
                      f"{base}/agreements/{number}/paper", one.ended)
        for number, one in enumerate(provider.agreements, 1)]
    return found[::-1]
