"""What a seat may do next: found by asking `decide`, so that a page never offers what the rules refuse."""
from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, get_type_hints

from evaluation.people import SOME_WORDS, Role, SeatId, Words
from evaluation.rules import Refusal
from evaluation.session import commands as c
from evaluation.session.attendance import absent_aids
from evaluation.session.commands import Command
from evaluation.session.consensus import open_questions
from evaluation.session.gates import leaves_untold
from evaluation.session.kind import SESSION
from evaluation.session.lost_time import lost_over_half
from evaluation.session.phases import IN_ROOM, OVER, PRIVATE, TIMED, TO_CALL, Phase, following
from evaluation.session.state import Hearing, SessionState

GOES_ON = (c.CallIn, c.StartPresentation, c.StartQuestions, c.ResumeClock)
"""Acts after which the candidate speaks, and needs who helps them."""
LEADS_TO = {
    Phase.WELCOME: c.CallIn, Phase.PRESENTATION: c.StartPresentation, Phase.QUESTIONS: c.StartQuestions,
    Phase.GRADING: c.DismissCandidate, Phase.DELIBERATION: c.OpenDeliberation, Phase.CLOSED: c.SignDeliberation,
}
"""The act that brings an examination to a phase."""


WordsWanted = Literal["none", "optional", "required"]


@cache
def words_wanted(command: type[Command]) -> WordsWanted:
    """Whether an act of this kind is explained in words, and cannot be done without."""
    hint = get_type_hints(command).get("words")
    return "none" if hint is None else "required" if hint is Words else "optional"


@dataclass(frozen=True)
class Step:
    """An act and whether it is allowed now. `refusal` says why not, or why only with words, which are then required.
    `absent_aids` are those whom it goes on without: a warning, whoever acts decides (R10.1)."""

    command: Command
    allowed: bool
    refusal: Refusal | None = None
    words: WordsWanted = "none"
    absent_aids: tuple[SeatId, ...] = ()


def refusal(state: SessionState, seat: SeatId, command: Command, now: int) -> Refusal | None:
    """Why this command would be refused now, or None."""
    try:
        SESSION.decide(state, command, seat, now)
    except Refusal as found:
        return found
    return None


def step(state: SessionState, seat: SeatId, command: Command, now: int, worded: Command | None = None) -> Step:
    """Ask for `command`, and where it is refused for the same act explained in words (`worded`)."""
    found = refusal(state, seat, command, now)
    if found is not None and worded is not None and refusal(state, seat, worded, now) is None:
        return Step(command, True, found, "required")
    return Step(command, found is None, found, words_wanted(type(command)))


def next_step(state: SessionState, seat: SeatId, now: int) -> Step | None:
    """The one act that comes next for a juror or the president; None where the page itself leads."""
    hearing = state.focus
    taken = state.seat(seat)
    if taken is None or taken.role is not Role.JUROR or state.closed:
        return None
    if state.president_of(hearing.id if hearing else None) == seat:
        following = _president_next(state, seat, hearing, now)
        if following is None or hearing is None or not isinstance(following.command, GOES_ON):
            return following
        return replace(following, absent_aids=absent_aids(state, hearing))
    return _juror_next(state, seat, hearing, now) if hearing and state.sits(seat, hearing.id) else None


def _president_next(state: SessionState, seat: SeatId, hearing: Hearing | None, now: int) -> Step | None:
    if hearing is None:
        return _after_all(state, seat, now)
    if hearing.apart is not None:
        return step(state, seat, c.EndSeparation(hearing.id), now)
    if hearing.phase in IN_ROOM and hearing.in_script is not None:
        return None
    if hearing.phase in TIMED and lost_over_half(state, hearing, now):
        return Step(c.RestartAttempt(hearing.id, SOME_WORDS), True, words="required")
    if hearing.phase in TIMED and hearing.clock is not None and not hearing.clock.running:
        return step(state, seat, c.ResumeClock(hearing.id), now)
    if hearing.phase is Phase.QUESTIONS:
        worded = c.DismissCandidate(hearing.id, SOME_WORDS)
        return step(state, seat, c.DismissCandidate(hearing.id), now, worded)
    return step(state, seat, _following(hearing, seat), now)


def _following(hearing: Hearing, president: SeatId) -> Command:
    """The act that leads the hearing one step on: to the phase that comes next, or to what it waits for."""
    if hearing.phase is Phase.GRADING and not hearing.grid(president).closed:
        return c.CloseGrid(hearing.id)
    return LEADS_TO[following(hearing.phase, hearing.resume) or Phase.CLOSED](hearing.id)


def _after_all(state: SessionState, seat: SeatId, now: int) -> Step | None:
    suspended = next((h for h in state.hearings.values() if h.suspended), None)
    if suspended is not None:
        return step(state, seat, c.ResumeDeliberation(suspended.id), now)
    return step(state, seat, c.CloseSession(), now) if state.hearings else None


def _juror_next(state: SessionState, seat: SeatId, hearing: Hearing, now: int) -> Step | None:
    if hearing.phase is Phase.GRADING and not hearing.grid(seat).closed:
        return step(state, seat, c.CloseGrid(hearing.id), now)
    deliberation = hearing.deliberation
    if deliberation is None or hearing.phase is not Phase.DELIBERATION or seat in deliberation.signatures:
        return None
    return None if open_questions(state, hearing) else step(state, seat, c.SignDeliberation(hearing.id), now)


def other_steps(state: SessionState, seat: SeatId, now: int) -> tuple[Step, ...]:
    """The other acts that are allowed now to a juror, the president or the organizer."""
    hearings = [state.focus] if state.focus else []
    taken = state.seat(seat)
    if taken is not None and taken.role is Role.ORGANIZER:
        hearings = [h for h in state.hearings.values() if h.phase not in OVER]
    suspended = [h for h in state.hearings.values() if h.suspended and h not in hearings]
    asked = [step(state, seat, one, now) for h in (*hearings, *suspended) for one in _possible(h)]
    asked.append(step(state, seat, c.CloseSession(), now))
    return tuple(one for one in asked if one.allowed)


def _possible(hearing: Hearing) -> tuple[Command, ...]:
    h, words, untold = hearing.id, SOME_WORDS, leaves_untold(hearing)
    possible: tuple[Command, ...] = (
        c.Recuse(h, words), c.RecordNoShow(h), c.PostponeHearing(h, words, untold), c.RecordOnPaper(h, "prevention"),
        c.RecordOnPaper(h, "sheet"))
    if hearing.phase in IN_ROOM:
        possible += (
            c.PauseClock(h, "technical"), c.ResumeClock(h), c.GiveBackTime(h, 1, words), c.RestartAttempt(h, words),
            c.RequireVisible(h, not hearing.visible_required), c.AdjournHearing(h, words, untold),
        )
    if hearing.phase in IN_ROOM | TO_CALL:
        possible += (c.StopHearing(h, words, untold),)
    if hearing.phase in PRIVATE or hearing.phase is Phase.QUESTIONS:
        possible += (
            c.CloseGrid(h), c.ReopenGrid(h), c.SuspendDeliberation(h, words), c.ResumeDeliberation(h),
            c.SignDeliberation(h), c.RefuseSignature(h, words),
        )
    return possible
