"""How long what is kept of a candidate is kept (X1, R9.2): from the jury that ruled, and never while something is open.

Delays run from the end of the appeal's delay. Without a recorded outcome nothing is due: a candidacy that nobody ended
may still be ruled on.
"""
from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Literal

from evaluation.deadlines import due, last_day_of_appeal
from evaluation.framework import Framework
from evaluation.rules import rule
from evaluation.session.state import Hearing

Reason = Literal["outcome", "appeal_delay", "appeal", "incident", "case", "reservation", "other"]
"""What keeps a candidate's data: no outcome yet, an appeal still possible, an open case, or a hold by that name."""


@rule("X1", permits=date.max)
def evidence_due(framework: Framework, ruled_on: date) -> date:
    """The last day on which copies of identity documents and single images are kept."""
    return due(last_day_of_appeal(ruled_on, framework.delays), days=framework.delays.evidence_days)


@rule("X1", permits=date.max)
def documents_due(framework: Framework, ruled_on: date, document_days: int) -> date:
    """The last day on which portfolios, formative evaluations and briefs are kept."""
    return due(last_day_of_appeal(ruled_on, framework.delays), days=document_days)


@rule("X1", permits=())
def held_by_itself(hearing: Hearing, settled_at: int | None, decided: Collection[int] = (), settled: bool = False
                   ) -> tuple[Reason, ...]:
    """What holds everything of a candidate without anybody placing a hold, until a person settled it: each incident,
    and an award withheld by a reservation. `settled_at`: the last time somebody did (ms since the epoch); `decided`:
    the incidents whose case is over; `settled`: the awarding body settled every reservation."""
    incident = any((settled_at is None or one.at > settled_at) and one.position not in decided
                   for one in hearing.incidents)
    # A reservation is made in the room: a release from before the end of it cannot have settled it.
    in_room = max((clock.ended_at or clock.started_at for clock in hearing.clocks.values()), default=0)
    left = max(in_room, hearing.dismissed_at or 0)
    reserved = not settled and hearing.reservations and (settled_at is None or settled_at < left)
    return (*(("incident",) if incident else ()), *(("reservation",) if reserved else ()))


@rule("X1", permits=())
def open_for(framework: Framework, ruled_on: date | None, today: date) -> tuple[Reason, ...]:
    """What is still to come for a candidate: an outcome, or an appeal against it. `ruled_on` is the day of the jury
    that ruled on the award."""
    if ruled_on is None:
        return ("outcome",)
    return ("appeal_delay",) if today <= last_day_of_appeal(ruled_on, framework.delays) else ()
