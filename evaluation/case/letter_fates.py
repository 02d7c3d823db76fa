"""What became of the letters to a candidate: the notice of the facts, a summons, the decision (R7.2). A letter arrives
when the mail server takes it; one that comes back later has not arrived, whatever was said at first."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from evaluation.case.case_parts import CaseNotice, LetterFate, LetterOf
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import CandidacyId
from evaluation.deadlines import day_of
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
from evaluation.rules import rule

LETTER_FATES = Topic()


@LETTER_FATES.command
@dataclass(frozen=True)
class CaseLetterArrived:
    """The mail server took the letter at `at`. `number` counts the letters of one kind. Written by the server."""

    candidacy: CandidacyId
    what: LetterOf
    number: int
    at: int


@LETTER_FATES.command
@dataclass(frozen=True)
class CaseLetterFailed:
    """The letter did not arrive, or came back. Written by the server."""

    candidacy: CandidacyId
    what: LetterOf
    number: int
    at: int
    why: str = ""


@LETTER_FATES.event("case.letter_arrived")
@dataclass(frozen=True)
class CaseLetterTaken:
    candidacy: CandidacyId
    what: LetterOf
    number: int
    at: int


@LETTER_FATES.event("case.letter_bounced")
@dataclass(frozen=True)
class CaseLetterBounced:
    candidacy: CandidacyId
    what: LetterOf
    number: int
    at: int
    why: str


@LETTER_FATES.decides(CaseLetterArrived, CaseLetterFailed)
def came_of_it(state: CaseState, command: CaseLetterArrived | CaseLetterFailed, asked: Asked) -> tuple[Any, ...]:
    """Nothing follows where the fate is known, where there is no such letter, or where it was delivered in another way.
    """
    check_by_the_platform(asked.actor)
    part = state.parts.get(command.candidacy)
    if part is None or command.at > asked.now or not awaits_fate(part, command):
        return ()
    if isinstance(command, CaseLetterFailed):
        return (CaseLetterBounced(command.candidacy, command.what, command.number, command.at, command.why),)
    return (CaseLetterTaken(command.candidacy, command.what, command.number, command.at),)


@rule("R7.2", permits=True)
def awaits_fate(part: Part, command: CaseLetterArrived | CaseLetterFailed) -> bool:
    """A letter that has come back never arrives afterwards; one that has arrived may still come back."""
    fate = part.letter(command.what, command.number)
    if fate is not None and fate.bounced_at is not None:
        return False
    if isinstance(command, CaseLetterArrived) and fate is not None:
        return False
    if command.what == "summons":
        return any(one.number == command.number for one in part.summonses)
    if command.what == "decision":
        return command.number > 0 and part.handed is not None
    notice = notice_of(part, command.number)
    return notice is not None and notice.means is None and command.at >= notice.at


def notice_of(part: Part, number: int) -> CaseNotice | None:
    return next((one for one in part.notices if one.number == number), None)


@LETTER_FATES.evolves(CaseLetterTaken)
def arrived(state: CaseState, event: CaseLetterTaken, happened: Happened) -> CaseState:
    part = _with_fate(state.parts[event.candidacy], LetterFate(event.what, event.number, event.at))
    if event.what == "notice":
        part = with_notice(part, event.number, begins=day_of(event.at))
    return state.with_part(part, happened.position)


@LETTER_FATES.evolves(CaseLetterBounced)
def came_back(state: CaseState, event: CaseLetterBounced, happened: Happened) -> CaseState:
    """The delay that had begun with it has not begun: nobody was silent in it."""
    part = _with_fate(state.parts[event.candidacy], LetterFate(event.what, event.number, None, event.at, event.why))
    if event.what == "notice":
        part = with_notice(part, event.number, begins=None, bounced_at=event.at)
        over, silent = (tuple(one for one in several if one != event.number)
                        for several in (part.delays_over, part.unanswered))
        part = replace(part, delays_over=over, unanswered=silent)
    return state.with_part(part, happened.position)


def _with_fate(part: Part, fate: LetterFate) -> Part:
    others = tuple(one for one in part.letters if (one.what, one.number) != (fate.what, fate.number))
    return replace(part, letters=(*others, fate))


def with_notice(part: Part, number: int, **changes: Any) -> Part:
    notices = tuple(replace(one, **changes) if one.number == number else one for one in part.notices)
    return replace(part, notices=notices)
