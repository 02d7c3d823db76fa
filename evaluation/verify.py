"""Proof of an exported journal (X5): the chain holds, and each act in it was allowed to whoever did it, at that time.

The whole day is folded again. Before each act the rules are asked once more what they were asked then (`asked`): they
must allow it to that seat at that hour, and give what the journal holds, the computed results among it. What a page had
shown to whoever decided is not in a journal, and the rules are those of the version that verifies.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evaluation.codec import FieldError
from evaluation.grading import Result
from evaluation.journal import BrokenJournal, Record, read_export
from evaluation.people import HearingId
from evaluation.rules import Refusal, rule
from evaluation.session import events as e
from evaluation.session.day import decide, evolve
from evaluation.session.events import EVENTS, Event
from evaluation.session.replay import asked_for
from evaluation.session.state import SessionState


class Untrue(Exception):
    """What a record says does not follow from those before it. `later` counts from the act's first record."""

    def __init__(self, why: str, later: int = 0) -> None:
        super().__init__(why)
        self.later = later


@dataclass(frozen=True)
class Verified:
    """What an export holds: how many records, of which session, the last hash (to compare with one kept apart), and
    the result of each hearing that was signed ."""

    records: int
    session: str
    head: str
    results: Mapping[HearingId, Result]


def verify(lines: Iterable[bytes]) -> Verified:
    """Read an export (a binary file's lines). BrokenJournal at the first record that cannot be trusted."""
    records = read_export(lines)
    if not records:
        raise BrokenJournal(1, "the journal is empty")
    events = [_event(record) for record in records]
    state: SessionState | None = None
    done = 0
    while done < len(records):
        state, done = _followed(state, records, events, done)
    results = {h.id: h.result for h in state.hearings.values() if h.result is not None} if state else {}
    return Verified(len(records), records[0].session, records[-1].hash, results)


def _event(record: Record) -> Event:
    try:
        return EVENTS.decode(record.kind, record.data)
    except FieldError as error:
        raise BrokenJournal(record.position, f"{record.kind} is not an event: {error}") from None


def _followed(
    state: SessionState | None, records: Sequence[Record], events: Sequence[Event], first: int
) -> tuple[SessionState, int]:
    """The state after the act that begins with a record, and the index of the record after it."""
    record = records[first]
    try:
        after = first + check_act(state, records, events, first)
        for one, event in zip(records[first:after], events[first:after], strict=True):
            state = evolve(state, event, position=one.position, at=one.at, actor=one.actor)
    except Refusal as refusal:
        raise BrokenJournal(record.position, f"{record.kind} was not allowed: {refusal}") from None
    except Untrue as untrue:
        at = records[min(first + untrue.later, len(records) - 1)]
        raise BrokenJournal(at.position, f"{at.kind}: {untrue}") from None
    except (LookupError, ValueError) as error:
        raise BrokenJournal(record.position, f"{record.kind} cannot follow: {error!r}") from None
    if state is None:
        raise BrokenJournal(record.position, "a journal begins with the session's plan")
    return state, after


@rule("X5", permits=1)
def check_act(state: SessionState | None, records: Sequence[Record], events: Sequence[Event], first: int) -> int:
    """How many records the act is that begins at an index. Untrue or Refusal when the rules do not allow it to who did
    it, or would have written something else."""
    head, event = records[first], events[first]
    if isinstance(event, e.SessionPlanned) and event.session != head.session:
        raise Untrue("the plan is another session's")
    command = asked_for(event, events[first + 1] if first + 1 < len(events) else None)
    if command is None:
        raise Untrue("nothing led to it")
    due = decide(state, command, head.actor, head.at)
    if not due:
        raise Untrue("it changed nothing")
    for later, expected in enumerate(due):
        name, at = EVENTS.name_of(expected), first + later
        there = at < len(records) and events[at] == expected
        if not there or (records[at].actor, records[at].at) != (head.actor, head.at):
            raise Untrue(f"{name} should stand here", later)
    return len(due)
