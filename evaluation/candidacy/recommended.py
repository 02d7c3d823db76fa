"""What the evaluation jury hands on to the certification jury (R3.8), and the sitting that is to rule on it. Told by
the server, after the session's and the sitting's own events."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from evaluation.candidacy.award_parts import OnAgenda, Recommendation, Recommended
from evaluation.candidacy.state import CandidacyState
from evaluation.candidacy.terms import HearingEnding
from evaluation.candidacy.to_award import Declines, declines_sitting
from evaluation.field_values import json_object
from evaluation.framework import Mark
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
from evaluation.people import HearingId, PersonId
from evaluation.quoted_events import AGENDA_DECLINED, RECOMMENDED
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

RECOMMENDING = Topic()
SITTING_KIND = "sitting"
HANDS_ON: Mapping[str, HearingEnding] = {
    "session.hearing_closed": HearingEnding.HEARD, "session.no_show_recorded": HearingEnding.ABSENT,
    "session.hearing_stopped": HearingEnding.STOPPED}
"""After which of a session's events a certification jury rules: also on who did not take part (R4.5)."""


@RECOMMENDING.command
@dataclass(frozen=True)
class NoteRecommendation:
    """`said` quotes what ended the hearing. What it does not say of the hearing the server adds: its day, the blocks
    sought and kept, who was appointed, which competencies the three could not agree on."""

    hearing: HearingId
    said: Quote
    held_on: date
    sought: tuple[str, ...]
    kept: tuple[str, ...]
    kept_until: Mapping[str, date]
    jurors: tuple[PersonId, ...]
    disputed: tuple[str, ...] = ()


@RECOMMENDING.command
@dataclass(frozen=True)
class NoteAgenda:
    """`said` quotes what a sitting put on its agenda, or took off it. `held_at` is when it sits."""

    said: Quote
    on: bool
    held_at: int = 0


@RECOMMENDING.event(RECOMMENDED)
@dataclass(frozen=True)
class RecommendationNoted:
    hearing: HearingId
    said: Quote
    recommendation: Recommended


@RECOMMENDING.event("candidacy.on_agenda")
@dataclass(frozen=True)
class AgendaJoined:
    said: Quote
    held_at: int


@RECOMMENDING.event("candidacy.off_agenda")
@dataclass(frozen=True)
class AgendaLeft:
    said: Quote


@RECOMMENDING.event(AGENDA_DECLINED)
@dataclass(frozen=True)
class AgendaDeclined:
    """The sitting that put it on its agenda takes it off again."""

    said: Quote
    held_at: int
    why: Declines


# Handed on


@RECOMMENDING.decides(NoteRecommendation)
def note(state: CandidacyState, command: NoteRecommendation, asked: Asked) -> tuple[Any, ...]:
    """Nothing where it is known already."""
    check_by_the_platform(asked.actor)
    said = command.said
    check_hands_on(said, command.hearing)
    if (said.stream, command.hearing) in {one.key for one in state.recommendations}:
        return ()
    return (RecommendationNoted(command.hearing, said, _recommended(state, command)),)


def _recommended(state: CandidacyState, command: NoteRecommendation) -> Recommended:
    of, data = state.certification, command.said.data
    marks = {code: Mark(str(one)) for code, one in json_object(data.get("marks", {})).items()}
    outcome = json_object(data.get("result", {})).get("outcome")
    enrolment = state.registration.enrolment if state.registration is not None else None
    return Recommended(
        state.person, of.code, of.version, command.said.stream, command.hearing, command.held_on,
        HANDS_ON[command.said.event], marks, command.disputed, command.sought, command.kept, command.jurors,
        cast("Any", outcome), data.get("disputed") is True and not command.disputed, command.kept_until,
        state.body, of.digest, enrolment.trained_by if enrolment is not None else (),
        enrolment.company if enrolment is not None else None)


@rule("R3.8")
def check_hands_on(said: Quote, hearing: HearingId) -> None:
    if said.event not in HANDS_ON or said.data.get("hearing") != hearing:
        raise Refusal("R3.8", N_("Ce qui est cité ne transmet pas cette épreuve au jury de certification."))


@RECOMMENDING.evolves(RecommendationNoted)
def noted(state: CandidacyState, event: RecommendationNoted, happened: Happened) -> CandidacyState:
    one = Recommendation(happened.position, happened.at, event.recommendation)
    several = sorted((*state.recommendations, one), key=lambda each: (each.given.held_on, each.position))
    return replace(state, recommendations=tuple(several))


# On a sitting's agenda


@RECOMMENDING.decides(NoteAgenda)
def note_agenda(state: CandidacyState, command: NoteAgenda, asked: Asked) -> tuple[Any, ...]:
    """Nothing where it is known already."""
    check_by_the_platform(asked.actor)
    said, known = command.said, state.agenda
    check_of_sitting(state, said)
    here = known is not None and known.sitting == said.stream
    if not command.on:
        return (AgendaLeft(said),) if here else ()
    if here:
        return ()
    why = declines_sitting(state)
    return (AgendaJoined(said, command.held_at) if why is None else AgendaDeclined(said, command.held_at, why),)


@rule("R3.9")
def check_of_sitting(state: CandidacyState, said: Quote) -> None:
    if said.kind != SITTING_KIND or said.data.get("candidacy") != state.id:
        raise Refusal("R3.9", N_("Ce qui est cité n’est pas d’un jury de certification sur cette candidature."))


@RECOMMENDING.evolves(AgendaJoined, AgendaLeft)
def now_on_agenda(state: CandidacyState, event: AgendaJoined | AgendaLeft, happened: Happened) -> CandidacyState:
    if isinstance(event, AgendaLeft):
        return replace(state, agenda=None)
    given = (_position(event.said, name) for name in ("said", "reexamines"))
    return replace(state, agenda=OnAgenda(event.said.stream, event.held_at, happened.position, *given))


@RECOMMENDING.evolves(AgendaDeclined)
def declined(state: CandidacyState, _event: AgendaDeclined, _happened: Happened) -> CandidacyState:
    return state


def _position(put: Quote, name: str) -> int | None:
    """Where that stands which a sitting was given."""
    found = put.data.get(name)
    return int(str(json_object(found)["position"])) if found is not None else None
