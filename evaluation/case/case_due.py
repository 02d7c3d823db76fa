"""What the clockwork writes in a case by itself: that a delay is over, a reminder, a silence."""
from __future__ import annotations

from collections.abc import Iterator

from evaluation.case.hearing_out import RecordDelayOver
from evaluation.case.silent_parties import RecordSilent, RemindParty
from evaluation.case.stages import delay_over_from, is_open, number_of, party_step
from evaluation.case.state import CaseState, Part

Command = RecordDelayOver | RemindParty | RecordSilent


def next_due(state: CaseState, _now: int) -> int | None:
    return min((when for when, _ in _coming(state)), default=None)


def due_commands(state: CaseState, now: int) -> tuple[Command, ...]:
    """In the order in which they were due, if the platform was not there for some of them."""
    return tuple(command for when, command in sorted(_coming(state), key=lambda one: one[0]) if when <= now)


def _coming(state: CaseState) -> Iterator[tuple[int, Command]]:
    for part in state.parts.values():
        if is_open(state, part):
            yield from _of_part(state, part)


def _of_part(state: CaseState, part: Part) -> Iterator[tuple[int, Command]]:
    since, proposal = delay_over_from(state, part), part.proposal
    if since is not None:
        yield since, RecordDelayOver(part.candidacy, number_of(part))
    for party in proposal.waiting if proposal is not None else ():
        step = proposal.reminded.get(party, 0) if proposal is not None else 0
        if proposal is not None:
            command = RemindParty if step < state.rules.reminders else RecordSilent
            yield party_step(state, proposal, party, step), command(part.candidacy, proposal.number, party)
