"""What a seat may do now, and whom it may choose: as the rules would answer."""

from __future__ import annotations

import pytest

from evaluation.grading import Mark
from evaluation.session import allowed, consensus, gates, guidance
from evaluation.session import commands as c
from tests.evaluation.session.day import ALL_A, Day, begun, listed, words


def may(day: Day, seat: str) -> set[str]:
    return set(allowed.may(day.state, seat, day.hearing(), day.now))


def test_what_may_be_done_follows_the_examination_and_the_seat() -> None:
    day = begun().ready()
    day.do("cand1", c.SupplyDocument("h1", "copy", "identity_front", "d", 1, "passport"))
    assert (may(day, "cand1"), may(day, "own"), may(day, "obs")) == ({"EnterWaitingRoom"}, {"WriteNote"}, set())
    day.do("emp", c.CallIn("h1"))
    looks = {"AskIdentityCheck", "TakeCapture", "GiveIdentityOpinion", "WriteNote"}
    assert (may(day, "own"), may(day, "emp"), may(day, "cand1")) == (looks, looks, set())
    day.identify()
    assert (may(day, "own"), may(day, "emp")) == (
        {"TakeCapture", "WriteNote"}, {"TakeCapture", "WriteNote", "CheckReminder"})
    day.welcome().do("emp", c.StartPresentation("h1"))
    marks = {"TakeCapture", "WriteNote", "SetMark", "CoverPoint", "NoteExamined"}
    assert (may(day, "own"), may(day, "org")) == (marks, set())
    day.do("tra", c.Recuse("h1", words()))
    assert may(day, "tra") == set()


def test_what_may_be_done_in_private_is_the_jury_s_and_ends_with_the_first_signature() -> None:
    day = begun().grading()
    assert may(day, "own") == {"SetMark", "CoverPoint", "WriteNote"}
    day.grade("own")
    assert may(day, "own") == {"ReopenGrid", "CoverPoint", "WriteNote"}
    day = begun().deliberating()
    assert (may(day, "own"), may(day, "emp"), may(day, "org")) == (
        {"ConfirmConsensus", "WriteNote"}, {"ConfirmConsensus", "ProposeConsensus", "SuspendDeliberation", "WriteNote"},
        set())
    day.do("emp", c.SuspendDeliberation("h1", words()))
    assert (may(day, "own"), may(day, "emp")) == ({"WriteNote"}, {"ResumeDeliberation", "WriteNote"})


@pytest.mark.rule("R3.1")
def test_who_may_be_chosen_to_preside_is_told_while_nobody_who_was_chosen_is_there() -> None:
    def choices(day: Day, seat: str) -> tuple[str, ...]:
        return allowed.presidents(day.state, seat, day.now)

    day = listed().join("emp", "own", "tra")
    assert (choices(day, "tra"), choices(day, "cand1")) == (("emp", "own"), ())
    day = begun()
    assert choices(day, "own") == ()
    assert choices(day.leave("emp"), "own") == ("own",)


def test_a_welcome_waits_for_one_thing_after_the_other() -> None:
    def waits(day: Day) -> str | None:
        return gates.next_gate(day.state, day.hearing())

    day = begun().ready()
    assert waits(day) is None
    day.do("emp", c.CallIn("h1"))
    assert waits(day) == "identity"
    assert waits(day.identify()) == "reminder"
    for point in range(len(day.state.framework.reminder)):
        day.do("emp", c.CheckReminder("h1", point, True))
    assert waits(day) == "sheet"
    day.do("cand1", c.RefuseSheet("h1"))
    assert waits(day) == "refusal"
    day.do("cand1", c.SignSheet("h1", words()))
    assert waits(day) == "refusal"
    day.do("emp", c.DecideRefusal("h1", "sheet", "retry", words()))
    assert waits(day) == "start"
    day.do("emp", c.StartPresentation("h1"))
    assert waits(day) is None


@pytest.mark.rule("R3.6")
def test_what_is_left_to_propose_and_to_confirm_is_as_it_stands() -> None:
    day = begun().deliberating(given={**ALL_A, "C1.1": Mark.NOT_ACQUIRED})
    day.do("own", c.WithdrawConfirmation("h1", "C1.1"))

    def proposes() -> dict[str, Mark]:
        return consensus.to_propose(day.state, day.hearing())

    def confirms(seat: str) -> dict[str, Mark]:
        return consensus.to_confirm(day.hearing(), seat)

    agreed = proposes()
    assert (agreed["C1.1"], confirms("own")) == (Mark.NOT_ACQUIRED, {})
    day.do("emp", c.ProposeConsensus("h1", {"C1.1": Mark.ACQUIRED, "C1.2": Mark.ACQUIRED}))
    assert proposes() == {code: mark for code, mark in agreed.items() if code not in ("C1.1", "C1.2")}
    assert (confirms("own"), confirms("emp")) == ({"C1.1": Mark.ACQUIRED, "C1.2": Mark.ACQUIRED}, {})
    day.do("own", c.ConfirmConsensus("h1", {"C1.1": Mark.ACQUIRED}))
    day.do("emp", c.DeclareDispute("h1", ("C1.2",), words()))
    assert (confirms("own"), confirms("tra")) == ({}, {"C1.1": Mark.ACQUIRED})
    assert "C1.2" not in proposes()


def test_whether_an_act_is_explained_in_words_is_read_from_what_it_is() -> None:
    wanted = {one: guidance.words_wanted(one) for one in (c.CallIn, c.Recuse, c.StopHearing)}
    assert wanted == {c.CallIn: "none", c.Recuse: "optional", c.StopHearing: "required"}


@pytest.mark.rule("R6.3")
def test_what_may_follow_from_a_finding_is_what_the_decision_lets_through() -> None:
    day = begun().called()
    for seat in ("own", "tra"):
        day.do(seat, c.GiveIdentityOpinion("h1", True))
    for finding in ("conform", "doubtful", "no_document"):
        for course in ("proceed", "retry", "reserve", "stop"):
            follows = course in gates.courses_after(finding)
            decision = c.DecideIdentity("h1", finding, course, words())
            assert allowed.would_be_allowed(day.state, "emp", decision, day.now) == follows
            bare = c.DecideIdentity("h1", finding, course)
            assert allowed.would_be_allowed(day.state, "emp", bare, day.now) == (
                follows and not gates.explained(course))
