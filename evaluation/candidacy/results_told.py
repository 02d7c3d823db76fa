"""What became of the letters that tell the candidate a result (R8.1). A letter leaves with the event that it is about;
it arrives when the mail server takes it, and one that comes back is handed over in another way."""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from evaluation.candidacy import access
from evaluation.candidacy.award_parts import ResultLetter
from evaluation.candidacy.state import CandidacyState
from evaluation.deadlines import day_of
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
from evaluation.people import Paper
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

TELLING = Topic()
HandedBy = Literal["registered_letter", "letter", "by_hand"]


@TELLING.command
@dataclass(frozen=True)
class NoteResultArrived:
    """The mail server took the letter at `at` (ms). `letter` is the position of what it is about; `paper` the sealed
    letter itself. Written by the server."""

    letter: int
    at: int
    paper: Paper | None = None


@TELLING.command
@dataclass(frozen=True)
class NoteResultFailed:
    """The letter did not arrive, or came back. Written by the server."""

    letter: int
    at: int
    why: str = ""
    paper: Paper | None = None


@TELLING.command
@dataclass(frozen=True)
class HandResult:
    """The clerk handed the letter over in another way, on a day."""

    letter: int
    on: date
    means: HandedBy
    office: Quote
    paper: Paper | None = None


@TELLING.event("candidacy.result_arrived")
@dataclass(frozen=True)
class ResultArrived:
    letter: int
    at: int
    paper: Paper | None = None


@TELLING.event("candidacy.result_bounced")
@dataclass(frozen=True)
class ResultBounced:
    letter: int
    at: int
    why: str
    paper: Paper | None = None


@TELLING.event("candidacy.result_handed")
@dataclass(frozen=True)
class ResultHanded:
    letter: int
    on: date
    means: HandedBy
    office: Quote
    paper: Paper | None = None


@TELLING.decides(NoteResultArrived, NoteResultFailed)
def came_of_it(state: CandidacyState, command: NoteResultArrived | NoteResultFailed, asked: Asked) -> tuple[Any, ...]:
    """Nothing where that is known, or where there is no such letter."""
    check_by_the_platform(asked.actor)
    one = letter_of(state, command.letter)
    if one is None or command.at > asked.now or not awaits_news(one, arrived=isinstance(command, NoteResultArrived)):
        return ()
    if isinstance(command, NoteResultFailed):
        return (ResultBounced(command.letter, command.at, command.why, command.paper),)
    return (ResultArrived(command.letter, command.at, command.paper),)


@rule("R8.1", permits=True)
def awaits_news(one: ResultLetter, *, arrived: bool) -> bool:
    """A letter that has come back never arrives afterwards; one that has arrived may still come back."""
    return one.bounced_at is None and not (arrived and one.arrived_at is not None)


@TELLING.decides(HandResult)
def hand(state: CandidacyState, command: HandResult, asked: Asked) -> tuple[Any, ...]:
    access.check_records(state, command.office, asked)
    check_handed(letter_of(state, command.letter), command.on, day_of(asked.now))
    return (ResultHanded(command.letter, command.on, command.means, command.office, command.paper),)


@rule("R8.1")
def check_handed(one: ResultLetter | None, on: date, today: date) -> None:
    if one is None:
        raise Refusal("R8.1", N_("Ce courrier n’est pas connu."))
    if one.handed_on is not None:
        raise Refusal("R8.1", N_("Cette remise est déjà notée."))
    if not day_of(one.at) <= on <= today:
        raise Refusal("R8.1", N_("Un résultat se remet après la décision, et au plus tard aujourd’hui."))


@TELLING.evolves(ResultArrived, ResultBounced, ResultHanded)
def fate(state: CandidacyState, event: ResultArrived | ResultBounced | ResultHanded, _happened: Happened
         ) -> CandidacyState:
    if isinstance(event, ResultArrived):
        changes: dict[str, Any] = {"arrived_at": event.at}
    elif isinstance(event, ResultBounced):
        changes = {"bounced_at": event.at, "why": event.why}
    else:
        changes = {"handed_on": event.on}
    if event.paper is not None:
        changes["paper"] = event.paper
    return replace(state, letters=tuple(
        replace(one, **changes) if one.position == event.letter else one for one in state.letters))


def letter_of(state: CandidacyState, position: int) -> ResultLetter | None:
    return next((one for one in state.letters if one.position == position), None)
