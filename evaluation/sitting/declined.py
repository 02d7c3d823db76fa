"""A candidacy that was put on two agendas at once joins one; it declines the other, and is off it again (R3.9)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, cast

from evaluation.candidacy.to_award import Declines
from evaluation.field_values import json_object
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
from evaluation.quoted_events import AGENDA_DECLINED
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.sitting.agenda import left_by
from evaluation.sitting.state import Declined, SittingState
from evaluation.sitting.terms import CandidacyId

DECLINING = Topic()


@DECLINING.command
@dataclass(frozen=True)
class NoteDeclined:
    """`said` quotes that the candidacy does not join this agenda, and why. Written by the server."""

    candidacy: CandidacyId
    said: Quote


@DECLINING.event("sitting.item_declined")
@dataclass(frozen=True)
class ItemDeclined:
    candidacy: CandidacyId
    said: Quote


@DECLINING.decides(NoteDeclined)
def note(state: SittingState, command: NoteDeclined, asked: Asked) -> tuple[Any, ...]:
    """Nothing where it is off the agenda already, or was put on it again since."""
    check_by_the_platform(asked.actor)
    check_declines(state, command)
    item, put = state.agenda.get(command.candidacy), json_object(command.said.data["said"])
    if item is None or state.sealed is not None or item.position != put["position"]:
        return ()
    return (ItemDeclined(command.candidacy, command.said),)


@rule("R3.9")
def check_declines(state: SittingState, command: NoteDeclined) -> None:
    said = command.said
    of = json_object(said.data.get("said", {})).get("stream")
    if (said.event, said.stream, of) != (AGENDA_DECLINED, command.candidacy, state.id):
        raise Refusal("R3.9", N_("Ce qui est cité ne dit pas que cette candidature ne rejoint pas cet ordre du jour."))


@DECLINING.evolves(ItemDeclined)
def declined(state: SittingState, event: ItemDeclined, happened: Happened) -> SittingState:
    item = state.agenda[event.candidacy]
    why = cast("Declines", event.said.data["why"])
    one = Declined(item.recommended.person, why)
    return replace(left_by(state, event.candidacy, happened.position),
                   declined={**state.declined, event.candidacy: one})
