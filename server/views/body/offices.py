"""The list of offices: who holds which, from when until when."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evaluation.offices import TITLES, OfficeRole
from evaluation.rules import N_
from server.i18n import Locale, say
from server.views.body.periods import period_state, period_words
from server.views.table import BY_NAME, Cell, Choice, Column, Filter, Table


@dataclass(frozen=True)
class OfficeLine:
    """One office, opened. `name` is empty for somebody whose data were erased; `provider` is its name."""

    href: str
    name: str
    role: OfficeRole
    provider: str
    since: date
    until: date | None
    today: date


def _name(line: OfficeLine, locale: Locale) -> Cell:
    return Cell(line.name or say(locale, N_("nom effacé"), {}), href=line.href, own=bool(line.name))


def _title(line: OfficeLine, locale: Locale) -> Cell:
    return Cell(say(locale, TITLES[line.role], {}), small=line.provider)


OFFICES: Table[OfficeLine] = Table(
    "offices", "fonctions", N_("Fonctions"), (
        Column("name", N_("Personne"), _name, BY_NAME),
        Column("title", N_("Fonction"), _title, "status"),
        Column("since", N_("Période"), lambda line, locale: Cell(period_words(line.since, line.until, locale)), "at"),
        Column("state", N_("Aujourd’hui"),
               lambda line, locale: period_state(line.since, line.until, line.today, locale))),
    nothing=N_("Personne n’a encore de fonction ici."),
    filters=(Filter("role", N_("Fonction"), tuple(
        Choice(role.value, words, {"status": role.value}) for role, words in TITLES.items())),),
    sort="since", descending=True, by_person=True, person=lambda line: line.name)
