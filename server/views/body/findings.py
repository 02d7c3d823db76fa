"""Findings in words: what was found where, who corrects it by when, what came of it (R2.4)."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from evaluation.body.state import Finding, Provider
from evaluation.rules import N_
from server.i18n import Locale, say, say_plural
from server.views.body.periods import short_day
from server.views.table import BY_NAME, Cell, Choice, Column, Filter, State, Table

STATUSES: Mapping[str, tuple[str, State, str]] = {
    "open": (N_("à confier"), "warn", "circle"), "assigned": (N_("à corriger"), "info", "clock"),
    "closed": (N_("clos"), "ok", "check-o"),
}
SHOWN = 90
"""Characters of a finding in a list."""


@dataclass(frozen=True)
class FindingLine:
    """`words` and `owner` are empty where they were erased, or nobody is to correct it yet."""

    href: str
    finding: Finding
    words: str
    provider: str
    owner: str
    today: date


def status_of(one: Finding) -> str:
    return "closed" if one.closed_at is not None else "assigned" if one.owner is not None else "open"


def late_days(one: Finding, today: date) -> int:
    """How long the corrective action is overdue."""
    return (today - one.due).days if one.due is not None and one.closed_at is None and one.due < today else 0


def status_cell(one: Finding, today: date, locale: Locale) -> Cell:
    def ngettext(one: str, other: str, n: int) -> str:
        return say_plural(locale, one, other, n, {})

    if late := late_days(one, today):
        return Cell(ngettext("en retard de {n} jour", "en retard de {n} jours", late), state="bad", icon="alert")
    words, state, icon = STATUSES[status_of(one)]
    return Cell(say(locale, words, {}), state=state, icon=icon)


def shortened(words: str) -> str:
    """Cut between two words."""
    line = " ".join(words.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN].rsplit(' ', 1)[0]} …"


def _found(line: FindingLine, locale: Locale) -> Cell:
    return Cell(shortened(line.words) or say(locale, N_("texte effacé"), {}), small=line.provider, href=line.href,
                own=bool(line.words))


def _due(line: FindingLine, locale: Locale) -> Cell:
    return Cell(short_day(line.finding.due, locale) if line.finding.due is not None else "")


FINDINGS: Table[FindingLine] = Table(
    "findings", "constats", N_("Constats"), (
        Column("found", N_("Constat"), _found),
        Column("day", N_("Constaté le"), lambda line, locale: Cell(short_day(line.finding.found_on, locale)), "at"),
        Column("owner", N_("Qui corrige"), lambda line, _locale: Cell(line.owner, own=True), BY_NAME),
        Column("due", N_("À corriger avant la fin du"), _due, "due_at"),
        Column("state", N_("Où en est le constat"), lambda line, locale: status_cell(
            line.finding, line.today, locale), "status")),
    nothing=N_("Aucun constat. Qui observe une journée en note depuis son espace."),
    filters=(Filter("only", N_("Où en est le constat"), tuple(
        Choice(status, words, {"status": status}) for status, (words, _state, _icon) in STATUSES.items())),),
    sort="due", by_person=True, search=N_("Qui corrige"), person=lambda line: line.owner)


def findings_for(person: str, providers: Iterable[Provider]) -> Table[FindingLine]:
    """The same list, which can be narrowed to what its reader corrects, and to one of these providers."""
    mine = Filter("whose", N_("Pour qui"), (Choice("mine", N_("ceux que je corrige"), {"person": person}),))
    of = Filter("provider", N_("Organisme de formation"), tuple(
        Choice(one.id, one.name, {"scope": one.id}, own=True) for one in sorted(providers, key=lambda one: one.name)))
    return replace(FINDINGS, filters=(*FINDINGS.filters, mine, *((of,) if len(of.choices) > 1 else ())))
