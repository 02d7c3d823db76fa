"""How the candidate's hearing ended (R4.5), as the session tells it: taking part in every part is compulsory. An
absence is excused by whoever registered the candidate, with its proof."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from evaluation.candidacy import access
from evaluation.candidacy.state import CandidacyState, Ended
from evaluation.candidacy.terms import HearingEnding
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
from evaluation.people import HearingId, Paper, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

ENDING = Topic()
ENDINGS: Mapping[str, frozenset[HearingEnding]] = {
    "session.hearing_closed": frozenset({HearingEnding.HEARD}),
    "session.no_show_recorded": frozenset({HearingEnding.ABSENT}),
    "session.hearing_stopped": frozenset({HearingEnding.STOPPED}),
    "session.session_closed": frozenset({HearingEnding.NEVER_BEGUN, HearingEnding.UNFINISHED}),
}
"""What each event of a session ends a hearing with. A hearing that is cancelled was never held
(`candidacy.planned`)."""


class Arrives(StrEnum):
    """Where a candidacy goes on from the ending of its hearing; of several hearings, the first of these."""

    JURY = "jury"
    """The certification jury rules on it."""
    CASE = "case"
    """The case of what happened says whether there is another hearing: the certification jury awards nothing."""
    PLANNING = "planning"
    """The organizer plans another hearing."""


TABLE: Mapping[HearingEnding, Arrives] = {
    HearingEnding.HEARD: Arrives.JURY, HearingEnding.STOPPED: Arrives.CASE, HearingEnding.ABSENT: Arrives.PLANNING,
    HearingEnding.EXCUSED: Arrives.PLANNING, HearingEnding.NEVER_BEGUN: Arrives.PLANNING,
    HearingEnding.UNFINISHED: Arrives.PLANNING, HearingEnding.VOID: Arrives.PLANNING,
}
"""The table of endings."""


@ENDING.command
@dataclass(frozen=True)
class NoteEnding:
    """`said` quotes what ended the hearing, at `at`. Written by the server."""

    hearing: HearingId
    ending: HearingEnding
    said: Quote
    at: int | None = None


@ENDING.command
@dataclass(frozen=True)
class ExcuseAbsence:
    """`proof` is what the candidate handed over."""

    session: str
    hearing: HearingId
    words: Words
    proof: Paper
    office: Quote


@ENDING.event("candidacy.hearing_ended")
@dataclass(frozen=True)
class HearingEnded:
    hearing: HearingId
    ending: HearingEnding
    said: Quote
    at: int | None = None


@ENDING.event("candidacy.absence_excused")
@dataclass(frozen=True)
class AbsenceExcused:
    session: str
    hearing: HearingId
    words: Words
    proof: Paper
    office: Quote


@ENDING.decides(NoteEnding)
def note(state: CandidacyState, command: NoteEnding, asked: Asked) -> tuple[Any, ...]:
    """Nothing where it is known already."""
    check_by_the_platform(asked.actor)
    check_ends(command)
    known = any(one.key == (command.said.stream, command.hearing) for one in state.endings)
    return () if known else (HearingEnded(command.hearing, command.ending, command.said, command.at),)


@rule("R4.5")
def check_ends(command: NoteEnding) -> None:
    named = command.said.data.get("hearing", command.hearing)
    if command.ending not in ENDINGS.get(command.said.event, ()) or named != command.hearing:
        raise Refusal("R4.5", N_("Ce qui est cité ne met pas fin à l’épreuve de cette manière."))


@ENDING.evolves(HearingEnded)
def ended(state: CandidacyState, event: HearingEnded, happened: Happened) -> CandidacyState:
    """A hearing that is over is planned no longer. What is told late stands where it belongs."""
    one = Ended(event.said.stream, event.hearing, event.ending, happened.at if event.at is None else event.at)
    if one.key in state.uncounted:
        one = replace(one, ending=HearingEnding.VOID, was=one.ending)
    return replace(state, endings=tuple(sorted((*state.endings, one), key=lambda each: each.at)),
                   planned=tuple(each for each in state.planned if each.key != one.key))


@ENDING.decides(ExcuseAbsence)
def excuse(state: CandidacyState, command: ExcuseAbsence, asked: Asked) -> tuple[Any, ...]:
    access.check_registers(state, command.office, asked)
    check_absent(state, command)
    return (AbsenceExcused(command.session, command.hearing, command.words, command.proof, command.office),)


@rule("R4.5")
def check_absent(state: CandidacyState, command: ExcuseAbsence) -> None:
    ending = {one.key: one.ending for one in state.endings}.get((command.session, command.hearing))
    if ending is not HearingEnding.ABSENT:
        raise Refusal("R4.5", N_("Aucune absence n’est à excuser à cette épreuve."))


@ENDING.evolves(AbsenceExcused)
def excused(state: CandidacyState, event: AbsenceExcused, _happened: Happened) -> CandidacyState:
    where = event.session, event.hearing
    return replace(state, endings=tuple(
        replace(one, ending=HearingEnding.EXCUSED, proof=event.proof, words=event.words)
        if one.key == where else one
        for one in state.endings))


# What it means


@rule("R4.5", permits=HearingEnding.HEARD)
def counting(state: CandidacyState) -> HearingEnding | None:
    """The ending that says how far the candidate is: of the hearing that was held, whatever other one was missed; else
    of one that was stopped; else of the last one. None before any."""
    for arrives in Arrives:
        found = [one.ending for one in state.endings if TABLE[one.ending] is arrives]
        if found:
            return found[-1]
    return None


@rule("R4.5", permits=True)
def took_part(state: CandidacyState) -> bool:
    """In everything. Of a candidacy from before the platform its outcomes alone are known."""
    past = state.registration is None and not state.endings
    return past or counting(state) is HearingEnding.HEARD


@rule("R4.5")
def check_all_parts(state: CandidacyState) -> None:
    """A candidate who did not take part in everything is awarded nothing; nor is one whose attempt does not count."""
    if not took_part(state):
        raise Refusal("R4.5", N_("Une épreuve manque, ou ne compte pas : le candidat n’y a pas pris part jusqu’au "
                                 "bout. Rien ne s’attribue sans elle."))
