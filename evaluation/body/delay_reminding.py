"""Who is reminded of a line on the board of delays, and when (X6)."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from evaluation.deadlines import day_of
from evaluation.offices import Office, OfficeRole, runs
from evaluation.people import PersonId
from evaluation.rules import rule

Step = Literal["late", "soon", "waits"]
"""What a reminder says of a line: its day has passed, or comes; or it has none, and waits for long."""
STEPS: tuple[Step, ...] = get_args(Step)


@dataclass(frozen=True)
class Reminding:
    """A line is reminded of `soon_days` before its last day, and again once that has passed; one without a last day,
    `waits_days` after it began to wait."""

    soon_days: int
    waits_days: int


@rule("X6", permits=None)
def step_of(due_at: int | None, since: int, today: date, reminding: Reminding) -> Step | None:
    """None where it is too early. `due_at` is the line's last moment, `since` when it began to wait."""
    if due_at is None:
        return "waits" if day_of(since) + timedelta(days=reminding.waits_days) <= today else None
    last = day_of(due_at - 1)  # its midnight belongs to the next
    if last < today:
        return "late"
    return "soon" if last <= today + timedelta(days=reminding.soon_days) else None


@rule("X6", "X15", permits=None)
def reminded_of(waits_for: str, offices: Iterable[Office], today: date) -> frozenset[PersonId]:
    """The commission's members where it is their turn; of all else the clerks, who see to it that whoever is waited for
    acts. Members of a sitting are reminded by it of what they owe (R1.5, X7), parties of a case by the case (R7.2)."""
    running = [one for one in offices if runs(one.since, one.until, today)]
    clerks = frozenset(one.person for one in running if one.role is OfficeRole.CLERK)
    members = frozenset(one.person for one in running if one.role is OfficeRole.COMMISSION_MEMBER)
    return members or clerks if waits_for == "commission" else clerks
