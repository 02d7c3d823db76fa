"""A sitting as a kind of stream: its topics put together."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evaluation.kinds import Kind
from evaluation.people import PersonId
from evaluation.rules import N_, Refusal
from evaluation.sitting.agenda import AGENDA, NoteHeld, taken_back
from evaluation.sitting.convening_sitting import CONVENING, CancelSitting, ConveneSitting, MoveSitting, SittingConvened
from evaluation.sitting.deciding_items import DECIDING, ProposeDecision
from evaluation.sitting.declined import DECLINING, NoteDeclined
from evaluation.sitting.impartiality import IMPARTIALITY
from evaluation.sitting.in_person import ON_SITE
from evaluation.sitting.kept_again import KEPT_AGAIN, NoteKept
from evaluation.sitting.members import MEMBERS, SeatMembers, SeatPresident
from evaluation.sitting.minutes import MINUTES, AttachSignedScan, PresentMinutes, SignMinutes, TakeBackMinutes
from evaluation.sitting.not_signing import NOT_SIGNING, NoteNotSigning
from evaluation.sitting.preparing import PREPARING
from evaluation.sitting.questioning import QUESTIONING
from evaluation.sitting.reminding import REMINDING, RemindMember, due_commands, next_due
from evaluation.sitting.replay import asked_for
from evaluation.sitting.rulings_sealed import SEALING, SealMinutes
from evaluation.sitting.sitting_rows import over, rows
from evaluation.sitting.state import SittingState
from evaluation.sitting.substituting import SUBSTITUTES, CallSubstitute
from evaluation.sitting.terms import KIND
from evaluation.sitting.turning import TOPIC as TURNING

TOPICS = (CONVENING, AGENDA, DECLINING, KEPT_AGAIN, MEMBERS, SUBSTITUTES, IMPARTIALITY, PREPARING, TURNING, ON_SITE,
          QUESTIONING, DECIDING, MINUTES, NOT_SIGNING, SEALING, REMINDING)
BY_THE_SERVER = frozenset({SeatMembers, NoteHeld, NoteKept, NoteDeclined, SignMinutes, SealMinutes, RemindMember})
"""Of a signature the server says with what somebody proved who they are."""
ON_THE_WHOLE = frozenset({MoveSitting, CancelSitting, SeatPresident, CallSubstitute, TakeBackMinutes, NoteNotSigning,
                          AttachSignedScan})
"""Answers and signatures name what they are about: members give them at one time."""


def check(state: SittingState | None, _actor: PersonId, command: Any) -> None:
    """Raises Refusal for a sitting that is not there, or that is there already. Each decider asks who may what."""
    if state is None and not isinstance(command, ConveneSitting):
        raise Refusal("R3.9", N_("Cette séance n’existe pas."))
    if state is not None and isinstance(command, ConveneSitting):
        raise Refusal("R3.9", N_("Cette séance existe déjà."))


def subject(state: SittingState | None, stream: str, fields: Mapping[str, object]) -> str:
    """Words on a candidate are sealed with that person's key; others with the sitting's."""
    item = state.agenda.get(str(fields.get("candidacy"))) if state is not None else None
    return item.recommended.person if item is not None else f"stream:{stream}"


def must_have_seen(state: SittingState, command: type, fields: Mapping[str, object]) -> int:
    """A decision is taken on what the page shows of its candidate; minutes on all of it."""
    item = state.agenda.get(str(fields.get("candidacy")))
    if command is ProposeDecision and item is not None:
        return item.changed
    if command is PresentMinutes:
        return max((state.changed, *(one.changed for one in state.agenda.values())))
    return state.changed if command in ON_THE_WHOLE else 0


def results(state: SittingState) -> Mapping[str, object]:
    """What is decided on each candidate."""
    return {id: one.decided.ruling.award for id, one in state.agenda.items() if one.decided is not None}


SITTING: Kind[SittingState] = Kind(
    KIND, begins=ConveneSitting, begun=SittingConvened, topics=TOPICS, check=check, replay=asked_for,
    from_pages=frozenset(one for topic in TOPICS for one in topic.commands) - BY_THE_SERVER, closed=over,
    must_have_seen=must_have_seen, next_due=next_due, due_commands=due_commands, rows=rows, subject=subject,
    taken_back=taken_back, results=results)
