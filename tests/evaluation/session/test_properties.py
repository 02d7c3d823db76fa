"""No sequence of commands, sensible or not, brings about what must never be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from evaluation.grading import Mark
from evaluation.journal import BrokenJournal
from evaluation.people import Role
from evaluation.rules import Refusal
from evaluation.session import commands as c
from evaluation.session.access import CLOSED, rights
from evaluation.session.hearing_parts import Deliberation
from evaluation.session.kind import SESSION
from evaluation.session.phases import IN_ROOM, PRIVATE, Phase
from evaluation.session.state import Hearing, SessionState
from tests.evaluation.session.acts import actors_of, advance, commands_of
from tests.evaluation.session.day import ALL_A, CODES, Day, begun, verified, words

STAGES = ("ready", "called", "welcomed", "presenting", "questioning", "graded", "deliberating", "agreed", "advised",
          "half signed")  # fmt: skip
KINDS = sorted(SESSION.deciders, key=lambda one: one.__name__)
IN_PRIVATE = (
    c.SetMark, c.CloseGrid, c.ReopenGrid, c.ProposeConsensus, c.ConfirmConsensus, c.WithdrawConfirmation,
    c.DeclareDispute, c.Recommend, c.SignDeliberation, c.RefuseSignature, c.Recuse, c.SuspendDeliberation,
    c.ResumeDeliberation, c.Leave, c.Join, c.DesignatePresident, c.PostponeHearing, c.ReplaceJuror, c.OpenDeliberation,
)  # fmt: skip
IN_THE_ROOM = (
    c.PauseClock, c.ResumeClock, c.GiveBackTime, c.AdjournHearing, c.RestartAttempt, c.PostponeHearing, c.SetMark,
    c.CloseGrid, c.Recuse, c.RequireVisible, c.TakeCapture, c.RecordIncident, c.TellSanctions, c.DecideIdentity,
    c.RefuseSheet, c.DecideRefusal, c.StopHearing, c.DecideSuspicion, c.DeclineAnswer, c.RecordUnanswered,
    c.Leave, c.ReplaceJuror, c.DesignatePresident, c.CoverPoint, c.SupplyDocument,
)  # fmt: skip
AT_THE_DOOR = (
    c.RecordNoShow, c.CallIn, c.RefusePrevention, c.DecideRefusal, c.EnterWaitingRoom, c.PostponeHearing, c.Recuse,
    c.ReplaceJuror, c.DesignatePresident, c.SupplyDocument, c.WriteNote, c.ResumeDeliberation, c.AddHearing, c.Leave,
)  # fmt: skip
MARKS = st.fixed_dictionaries({code: st.sampled_from(Mark) for code in CODES})


def settled(deliberation: Deliberation, hearing: Hearing) -> tuple[Any, ...]:
    """What a signature covers."""
    own = {juror: (dict(grid.marks), grid.closed) for juror, grid in hearing.grids.items()}
    return (
        own, dict(deliberation.proposals), dict(deliberation.disputed), dict(deliberation.recommendations),
        deliberation.jurors,
    )  # fmt: skip


class AnyDay(RuleBasedStateMachine):
    """A day that begins at any stage, and anything that anybody may then send, while time goes on."""

    reached: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.day = Day()
        self.clocks: dict[tuple[str, int, Phase], int] = {}
        self.signed: dict[str, tuple[Any, ...]] = {}
        self.tampered = (0, 1)

    @property
    def state(self) -> SessionState:
        return self.day.state

    @initialize(
        stage=st.sampled_from(STAGES), watched=st.booleans(),
        place=st.integers(0, 10**6), change=st.integers(1, 255),
    )  # fmt: skip
    def begin(self, stage: str, watched: bool, place: int, change: int) -> None:
        self.day = begun(observers_in_deliberation=watched)
        if stage == "half signed":
            self.day.advised().do("own", c.SignDeliberation("h1"))
        else:
            getattr(self.day, stage)()
        self.tampered = (place, change)

    # What happens

    def ask(self, kind: type, data: st.DataObject, aimed: bool = False) -> None:
        command = data.draw(commands_of(kind))
        if aimed and self.state.focus and hasattr(command, "hearing"):
            command = replace(command, hearing=self.state.focus.id)
            running = self.state.focus.in_script
            if running is not None and hasattr(command, "incident"):
                command = replace(command, incident=running.position)
        actor = data.draw(actors_of(kind, self.state))
        try:
            SESSION.decide(self.state, command, actor, self.day.now)
        except Refusal:
            self.reached["refused"] += 1
            return
        there = [one for one in self.state.hearings.values() if one.phase in IN_ROOM and one.untold]
        done = self.day.do(actor, command)
        self.nobody_leaves_the_room_with_something_unsaid(there, done)
        self.reached["allowed"] += 1

    @rule(data=st.data())
    def anything(self, data: st.DataObject) -> None:
        self.ask(data.draw(st.sampled_from(KINDS)), data)

    @rule(data=st.data(), times=st.integers(1, 6))
    def something_of_this_moment(self, data: st.DataObject, times: int) -> None:
        for _ in range(times):
            moment = IN_PRIVATE if self.state.in_private else IN_THE_ROOM if self.state.in_room else AT_THE_DOOR
            self.ask(data.draw(st.sampled_from(moment)), data, aimed=True)
            self.never()

    @rule(juror=st.sampled_from(("emp", "own", "tra")), told=st.booleans())
    def a_suspicion_is_noted(self, juror: str, told: bool) -> None:
        """Of whoever is in the room; it may be told at once."""
        hearing = self.state.in_room
        if hearing is None or len(hearing.incidents) > 2:
            return
        for actor, command in ((juror, c.RecordIncident(hearing.id, "outside_help", True, words())),
                               (self.state.president_of(hearing.id) or "", None)):
            asked = command or c.TellSanctions(hearing.id, self.state.position)
            if (command or told) and SESSION.allows(self.state, asked, actor, self.day.now):
                self.day.do(actor, asked)

    @rule(times=st.integers(1, 15), marks=MARKS)
    def what_comes_next(self, times: int, marks: dict[str, Mark]) -> None:
        for _ in range(times):
            if not advance(self.day, marks):
                return
            self.never()

    @rule(seconds=st.sampled_from([1, 59, 600, 1800]))
    def time_goes_on(self, seconds: int) -> None:
        self.day.now += seconds * 1000

    # What never is

    @invariant()
    def never(self) -> None:
        if self.day.current is None:
            return
        for hearing in self.state.hearings.values():
            self.reached[hearing.phase.value] += 1
            self.nobody_hears_what_the_jury_says_alone(hearing)
            self.marks_are_two(hearing)
            self.no_clock_runs_backwards(hearing)
            self.what_is_signed_does_not_change(hearing)
            self.a_jury_is_of_three_categories_at_most(hearing)

    def nobody_hears_what_the_jury_says_alone(self, hearing: Hearing) -> None:
        if hearing.phase not in PRIVATE:
            return
        now = self.state.in_private is not None and self.state.in_private.id == hearing.id
        inside = {seat.id for seat in self.state.jurors_sitting(hearing.id)}
        for seat in self.state.seats():
            held = rights(self.state, seat.id)
            if seat.role in (Role.CANDIDATE, Role.AID) and seat.hearing == hearing.id:
                assert held == CLOSED, seat
            elif seat.role is Role.ORGANIZER or (seat.role is Role.JUROR and seat.id not in inside):
                assert held.doors(hearing.id) == frozenset(), seat
                assert not held.journal
                assert not now or (held.publish, held.view, held.events) == (frozenset(), frozenset(), False), seat
            elif seat.role in (Role.CANDIDATE, Role.AID):
                assert not now or (held.publish, held.view) == (frozenset(), frozenset()), seat
            elif seat.role is Role.OBSERVER:
                assert held.publish == frozenset()
                out = now and not self.state.observers_in_deliberation
                assert not out or (held.view, held.events) == (frozenset(), False)
            assert not now or held.view <= inside, seat

    def nobody_leaves_the_room_with_something_unsaid(self, there: Sequence[Hearing], done: Sequence[object]) -> None:
        """Of what is noted there, unless whoever sends the candidate away says that, and why."""
        for hearing in there:
            self.reached["untold"] += 1
            if self.state.hearing(hearing.id).phase not in IN_ROOM:
                self.reached["untold and gone"] += 1
                assert any(getattr(one, "untold", False) for one in done), done

    def marks_are_two(self, hearing: Hearing) -> None:
        given = {own.mark for grid in hearing.grids.values() for own in grid.marks.values()}
        if hearing.deliberation is not None:
            given |= {proposal.mark for proposal in hearing.deliberation.proposals.values()}
        assert given <= {Mark.ACQUIRED, Mark.NOT_ACQUIRED}

    def no_clock_runs_backwards(self, hearing: Hearing) -> None:
        for phase, clock in hearing.clocks.items():
            key = (hearing.id, hearing.attempt, phase)
            elapsed = clock.elapsed(self.day.now)
            assert elapsed >= self.clocks.get(key, 0)
            self.clocks[key] = elapsed

    def what_is_signed_does_not_change(self, hearing: Hearing) -> None:
        deliberation = hearing.deliberation
        if hearing.id in self.signed:
            assert deliberation is not None
            assert settled(deliberation, hearing) == self.signed[hearing.id]
            assert deliberation.signatures
        elif deliberation is not None and deliberation.signatures:
            self.reached["signed"] += 1
            self.signed[hearing.id] = settled(deliberation, hearing)

    def a_jury_is_of_three_categories_at_most(self, hearing: Hearing) -> None:
        sitting = self.state.jurors_sitting(hearing.id)
        assert len({seat.category for seat in sitting}) == len(sitting) <= 3
        assert len({seat.person for seat in sitting}) == len(sitting)

    def teardown(self) -> None:
        """What was kept is what happened, and proves it."""
        if self.day.current is None:
            return
        for hearing in self.state.hearings.values():
            event(f"ends in {hearing.phase.value}")
        assert SESSION.fold(self.day.records) == self.state
        lines = self.day.lines()
        proved = verified(lines)
        assert proved.results == {h.id: h.result for h in self.state.hearings.values() if h.phase is Phase.CLOSED}
        changed = bytearray(b"".join(lines))
        place, change = self.tampered
        changed[place % len(changed)] ^= change
        with pytest.raises(BrokenJournal):
            verified(BytesIO(bytes(changed)).readlines())


@pytest.mark.long
def test_whatever_is_sent(tries: Callable[[int, int], int]):
    """Many days, most of which reach the deliberation, and many a signature."""
    days = tries(60, 600)
    AnyDay.reached.clear()
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        AnyDay, settings=settings(max_examples=days, stateful_step_count=40, deadline=None, suppress_health_check=slow)
    )
    reached = AnyDay.reached
    assert min(reached[phase.value] for phase in (*IN_ROOM, *PRIVATE, Phase.CLOSED)) > days / 3, reached
    assert reached["signed"] > days / 12
    assert min(reached["allowed"], reached["refused"]) > days


@pytest.mark.rule("R3.2", "R3.6")
def test_what_comes_next_leads_through_the_whole_day():
    """Each phase, in order, for one candidate after the other."""
    day = begun()
    passed: dict[str, list[Phase]] = {"h1": [], "h2": []}
    while advance(day, ALL_A):
        for name, phases in passed.items():
            if not phases or phases[-1] is not day.phase(name):
                phases.append(day.phase(name))
    order = [Phase.SCHEDULED, Phase.WELCOME, Phase.PRESENTATION, Phase.QUESTIONS, Phase.GRADING, Phase.DELIBERATION,
             Phase.CLOSED]  # fmt: skip
    assert passed == {"h1": order, "h2": order}
    assert {getattr(result, "outcome", None) for result in verified(day.lines()).results.values()} == {"full"}
