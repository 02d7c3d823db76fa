"""An outcome by which a block was kept may hold no more since it was put on the agenda: it was corrected, annulled or
returned. The blocks that it gave are kept no more, and what rested on them is decided anew (X8)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from evaluation.candidacy.state import KIND as CANDIDACY_KIND
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
from evaluation.quoted_events import AWARD_RELEASED, AWARD_RETURNED, OUTCOME_RECORDED
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.sitting.agenda import awarded_no_more
from evaluation.sitting.state import Item, SittingState
from evaluation.sitting.terms import CandidacyId

KEPT_AGAIN = Topic()
ENDS_KEEPING = frozenset({OUTCOME_RECORDED, AWARD_RELEASED, AWARD_RETURNED})
"""The events of a candidacy after which an outcome of its may hold no more, or again."""


@KEPT_AGAIN.command
@dataclass(frozen=True)
class NoteKept:
    """`said` quotes what happened in the candidacy whose outcomes are quoted for blocks kept; of these those at `gone`
    hold no more. Written by the server."""

    candidacy: CandidacyId
    said: Quote
    gone: tuple[int, ...]


@KEPT_AGAIN.event("sitting.kept_noted")
@dataclass(frozen=True)
class KeptNoted:
    candidacy: CandidacyId
    said: Quote
    gone: tuple[int, ...]


@KEPT_AGAIN.decides(NoteKept)
def note(state: SittingState, command: NoteKept, asked: Asked) -> tuple[Any, ...]:
    """Nothing where it is known, where nothing on the agenda rests on it, or once the minutes are sealed."""
    check_by_the_platform(asked.actor)
    check_says_what_holds(command.said)
    item = state.agenda.get(command.candidacy)
    if item is None or state.sealed is not None or _lost(item, command) == item.lost:
        return ()
    return (KeptNoted(command.candidacy, command.said, command.gone),)


@rule("X8")
def check_says_what_holds(said: Quote) -> None:
    if said.kind != CANDIDACY_KIND or said.event not in ENDS_KEEPING:
        raise Refusal("X8", N_("Ce qui est cité ne dit pas si un résultat vaut encore."))


def _lost(item: Item, told: NoteKept | KeptNoted) -> frozenset[tuple[str, int]]:
    """The quoted outcomes that hold no more, once that is known of this candidacy's."""
    others = {one for one in item.lost if one[0] != told.said.stream}
    return frozenset(others | {(one.stream, one.position) for one in item.kept
                               if one.stream == told.said.stream and one.position in told.gone})


@KEPT_AGAIN.evolves(KeptNoted)
def noted(state: SittingState, event: KeptNoted, happened: Happened) -> SittingState:
    """What was decided or proposed to award no longer stands: it rests on other blocks now."""
    item = state.agenda[event.candidacy]
    return state.with_item(awarded_no_more(replace(item, lost=_lost(item, event))), happened.position)
