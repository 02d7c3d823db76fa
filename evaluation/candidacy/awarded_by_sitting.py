"""What a certification jury ruled (R1.6), as its sealed minutes say it: told by the server, after the sitting's own
event. What a paper says is the clerk's to record (`candidacy.awarding`)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from evaluation.candidacy.award_parts import PutOff
from evaluation.candidacy.awarding import OutcomeRecorded, check_blocks, check_version, check_whole, completed_by
from evaluation.candidacy.kept import keeping_of, kept_blocks
from evaluation.candidacy.recommended import SITTING_KIND, AgendaLeft
from evaluation.candidacy.state import Award, Awarded, CandidacyState
from evaluation.candidacy.to_award import ToAward, agenda_stale, earlier_outcomes, to_award
from evaluation.codec import FieldError, decode
from evaluation.field_values import json_object
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
from evaluation.people import Paper
from evaluation.quoted_events import RULING_SEALED
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

SITTING_AWARDS = Topic()
WITHHELD = "withheld"


@SITTING_AWARDS.command
@dataclass(frozen=True)
class NoteAward:
    """`said` quotes what a sitting's sealed minutes say of this candidacy."""

    said: Quote


@SITTING_AWARDS.event("candidacy.award_put_off")
@dataclass(frozen=True)
class AwardPutOff:
    """The sitting withheld its ruling: the candidacy waits for another one."""

    said: Quote
    ruled_on: date
    extract: Paper


@dataclass(frozen=True)
class _Ruled:
    """What of a sitting's ruling concerns the candidacy. `award` is None of one that is withheld."""

    person: str
    certification: str
    version: str
    ruled_on: date
    award: Award | None
    blocks: tuple[str, ...]
    extract: Paper
    reexamines: int | None


def _read(said: Quote) -> _Ruled:
    """Refusal for what is no ruling of a sitting."""
    try:
        ruling = json_object(said.data["ruling"])
        again = said.data.get("reexamines")
        award = str(ruling["award"])
        held = decode(Awarded, {
            **{name: ruling[name] for name in ("person", "certification", "version", "ruled_on", "blocks")},
            "award": "none" if award == WITHHELD else award})
        return _Ruled(held.person, held.certification, held.version, held.ruled_on,
                      None if award == WITHHELD else held.award, held.blocks, decode(Paper, said.data["extract"]),
                      int(str(json_object(again)["position"])) if again is not None else None)
    except (FieldError, KeyError, ValueError) as error:
        raise Refusal("R1.6", N_("Ce qui est cité ne peut être lu : {why}"), why=str(error)) from None


@SITTING_AWARDS.decides(NoteAward)
def note(state: CandidacyState, command: NoteAward, asked: Asked) -> tuple[Any, ...]:
    """Nothing where it is known already. What a jury ruled before a case was opened is recorded: its validation and its
    certificate wait (R7.2). Of what did not wait for it any more, nothing comes but that it is done with it."""
    check_by_the_platform(asked.actor)
    said = command.said
    check_ruled(state, said)
    ruled = _read(said)
    if any(one.sitting == said.stream and one.awarded.ruled_on == ruled.ruled_on for one in state.outcomes.values()):
        return ()
    if any(one.sitting == said.stream for one in state.put_off):
        return ()
    check_on_agenda(state, said.stream)
    check_about(state, ruled)
    waiting = to_award(state)
    if waiting is None or agenda_stale(state):
        return (AgendaLeft(said),)
    if ruled.award is None:
        return (AwardPutOff(said, ruled.ruled_on, ruled.extract),)
    return (_outcome(state, said, ruled, waiting),)


def _outcome(state: CandidacyState, said: Quote, ruled: _Ruled, waiting: ToAward) -> OutcomeRecorded:
    of, award = state.certification, cast("Award", ruled.award)
    check_version(state, ruled.ruled_on)
    check_blocks(of, award, ruled.blocks)
    check_nothing_taken(state, award, ruled, waiting)
    earlier = earlier_outcomes(state)
    kept = completed_by(state, ruled.blocks, ruled.ruled_on, None, earlier) if award == "full" else ()
    own = state.gained(ruled.ruled_on, None)
    held = {one.block for one in kept_blocks(keeping_of(of), state.person, kept, ruled.ruled_on)}
    check_whole(of, award, {*ruled.blocks, *own, *held})
    outcome = Awarded(state.person, of.code, of.version, ruled.ruled_on, award, ruled.blocks)
    return OutcomeRecorded(outcome, ruled.extract, None, kept, None, said, waiting.reexamines)


@rule("R1.6")
def check_ruled(state: CandidacyState, said: Quote) -> None:
    if (said.kind, said.event) != (SITTING_KIND, RULING_SEALED) or said.data.get("candidacy") != state.id:
        raise Refusal("R1.6", N_("Ce qui est cité n’est pas ce qu’un jury de certification a décidé sur cette "
                                 "candidature."))


@rule("R3.9")
def check_on_agenda(state: CandidacyState, sitting: str) -> None:
    if state.agenda is None or state.agenda.sitting != sitting:
        raise Refusal("R3.9", N_("Cette candidature n’est pas à l’ordre du jour de ce jury de certification."))


@rule("R1.1")
def check_about(state: CandidacyState, ruled: _Ruled) -> None:
    of = state.certification
    if (ruled.person, ruled.certification, ruled.version) != (state.person, of.code, of.version):
        raise Refusal("R1.1", N_("Le jury de certification a statué sur une autre personne, ou sur une autre version "
                                 "du référentiel."))


@rule("R9.2")
def check_nothing_taken(state: CandidacyState, award: Award, ruled: _Ruled, waiting: ToAward) -> None:
    """A re-examination takes no block away that was awarded."""
    outcomes: Mapping[int, Any] = state.outcomes
    before = outcomes.get(waiting.reexamines or 0)
    if ruled.reexamines != waiting.reexamines:
        raise Refusal("R9.2", N_("Le jury de certification n’a pas statué sur le résultat contre lequel le recours est "
                                 "formé."))
    if before is not None and (not {*before.awarded.blocks} <= {*ruled.blocks}
                               or (before.awarded.award == "full" and award != "full")):
        raise Refusal("R9.2", N_("Un nouvel examen ne retire rien de ce qui était attribué."))


@SITTING_AWARDS.evolves(AwardPutOff)
def put_off(state: CandidacyState, event: AwardPutOff, happened: Happened) -> CandidacyState:
    one = PutOff(happened.position, event.said.stream, event.ruled_on, event.extract)
    return replace(state, put_off=(*state.put_off, one)).told("put_off", happened).off_agenda(one.sitting)
