"""Which acts a seat may do now, by their kinds: found by asking `decide`, so that a page keeps open what the rules let
through and nothing else."""
from __future__ import annotations

from evaluation.framework import Mark
from evaluation.people import SOME_WORDS, SeatId
from evaluation.session import commands as c
from evaluation.session.commands import Command
from evaluation.session.guidance import refusal
from evaluation.session.kind import SESSION
from evaluation.session.state import Hearing, SessionState


def may(state: SessionState, seat: SeatId, hearing: Hearing, now: int) -> tuple[str, ...]:
    """The names of the acts about this hearing that would not be refused, whatever they say in particular."""
    found = (one for one in _examples(state, hearing) if refusal(state, seat, one, now) is None)
    return tuple(SESSION.commands.name_of(one) for one in found)


def _examples(state: SessionState, hearing: Hearing) -> tuple[Command, ...]:
    """One act of each kind, with the least in it: nothing that a mark, a picture or a proposal could be refused for."""
    h, code = hearing.id, state.framework.competencies(hearing.blocks)[0].code
    return (
        c.EnterWaitingRoom(h), c.AskIdentityCheck(h, "front"),
        c.TakeCapture(h, "-", hearing.candidate.id, "main", "-"), c.GiveIdentityOpinion(h, True),
        c.CheckReminder(h, 0, True), c.SetMark(h, code, Mark.ACQUIRED), c.CoverPoint(h, 0, True), c.WriteNote(h, None),
        c.NoteExamined(h, code, True), c.CloseGrid(h), c.ReopenGrid(h), c.ProposeConsensus(h, {}),
        c.ConfirmConsensus(h, {}), c.SuspendDeliberation(h, SOME_WORDS), c.ResumeDeliberation(h),
        c.RefuseSignature(h, SOME_WORDS),
    )


def would_be_allowed(state: SessionState, seat: SeatId, command: Command, now: int) -> bool:
    return refusal(state, seat, command, now) is None


def presidents(state: SessionState, seat: SeatId, now: int) -> tuple[SeatId, ...]:
    """Whom this juror may choose to preside, where somebody has to be chosen (R3.1)."""
    focus = state.focus.id if state.focus else None
    choices = (one.id for one in state.jurors_sitting(focus))
    return tuple(one for one in choices if refusal(state, seat, c.DesignatePresident(one), now) is None)
