"""The records that the commission has ordered to be examined again, by a jury of others (R9.2)."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evaluation.rules import N_
from server.i18n import Locale, say
from server.views.body.periods import short_day
from server.views.candidacy.appeals import days_words
from server.views.case_mark import CaseMark
from server.views.table import BY_NAME, Cell, Column, Table


@dataclass(frozen=True)
class AgainLine:
    """`name` is empty for somebody whose data were erased; `provider` where it is not known."""

    href: str
    name: str
    code: str
    provider: str
    decided_on: date
    today: date
    mark: CaseMark | None = None


def _name(line: AgainLine, locale: Locale) -> Cell:
    return Cell(line.name or say(locale, N_("nom effacé"), {}), href=line.href, own=bool(line.name),
                mark=line.mark)


def _decided(line: AgainLine, locale: Locale) -> Cell:
    since = days_words((line.today - line.decided_on).days, locale)
    return Cell(short_day(line.decided_on, locale), small=say(locale, N_("il y a {days}"), {"days": since}))


REEXAMINATIONS: Table[AgainLine] = Table(
    "reexaminations", "nouveaux-examens", N_("Nouveaux examens"), (
        Column("name", N_("Candidat"), _name, BY_NAME),
        Column("code", N_("Certification"), lambda line, _locale: Cell(line.code, small=line.provider, own=True)),
        Column("decided", N_("Décidé le"), _decided, "at"),
        Column("next", N_("Ce qui suit"), lambda _line, locale: Cell(
            say(locale, N_("réunir un jury d’autres membres"), {}), state="warn", icon="clock"))),
    nothing=N_("Aucun nouvel examen n’est à tenir."), sort="decided", by_person=True, person=lambda line: line.name)
