"""The list of the commission's decisions, read from the body's state, where each stands with its meeting."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from evaluation.body.decisions import JURY, OTHER, SUBSTITUTE
from evaluation.body.state import Decided
from evaluation.kinds import Row
from evaluation.quoted_events import SITTING_DECIDED
from evaluation.rules import N_
from server.i18n import Locale, say
from server.views.body.periods import short_day
from server.views.table import Cell, Choice, Column, Filter, Order, Table

KINDS: Mapping[str, str] = {
    JURY: N_("désignation d’un jury"), SUBSTITUTE: N_("désignation d’un remplaçant"),
    SITTING_DECIDED: N_("désignation d’un jury de certification"), OTHER: N_("autre décision"),
}


@dataclass(frozen=True)
class DecisionLine:
    """`by` is the name of who recorded it, empty where their data were erased."""

    href: str
    decided: Decided
    by: str


def meeting_words(decided: Decided, locale: Locale) -> str:
    return short_day(decided.meeting.day, locale) if decided.meeting is not None else ""


DECISIONS: Table[DecisionLine] = Table(
    "decisions", "decisions", N_("Décisions de la commission"), (
        Column("what", N_("Décision"), lambda line, locale: Cell(
            say(locale, KINDS[line.decided.event], {}), small=f"n° {line.decided.position}", href=line.href), "at"),
        Column("meeting", N_("Réunion du"), lambda line, locale: Cell(meeting_words(line.decided, locale))),
        Column("by", N_("Enregistrée par"), lambda line, locale: Cell(
            line.by or say(locale, N_("nom effacé"), {}), own=bool(line.by)))),
    nothing=N_("Aucune décision de la commission n’est encore enregistrée."),
    filters=(Filter("kind", N_("Lesquelles"), tuple(
        Choice(event.partition(".")[2], words, {"status": event}) for event, words in KINDS.items())),),
    sort="what", descending=True)


class DecisionRows:
    """The decisions as an index: `status` is the event, `at` the order in which they were recorded."""

    def __init__(self, decisions: Iterable[Decided]) -> None:
        self._rows = [Row("decisions", one.id, status=one.event, at=one.position) for one in decisions]

    def _found(self, filters: Mapping[str, Any]) -> list[Row]:
        wanted = filters.get("status")
        return [one for one in self._rows if wanted is None or one.status == wanted]

    async def page(self, index: str, *, order: Order = "key", descending: bool = False, offset: int = 0,
                   limit: int | None = None, **filters: Any) -> tuple[Row, ...]:
        found = sorted(self._found(filters), key=lambda one: getattr(one, order), reverse=descending)
        return tuple(found[offset:][:limit])

    async def count(self, index: str, **filters: Any) -> int:
        return len(self._found(filters))
