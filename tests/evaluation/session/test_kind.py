"""One day from the first event to the last, decided and folded, and what its journal is read back to."""

from __future__ import annotations

from typing import get_args

import pytest

from evaluation.grading import Mark
from evaluation.journal import check_chain, export, read_bundle
from evaluation.kinds import RulesChanged
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.kind import SESSION
from tests.evaluation.session.day import MINUTE, NINE, begun, marks, words


def test_a_day_of_two_candidates():
    """The same jury, one after the other; the second waits while the first is deliberated."""
    day = begun().deliberating("h1").ready("h2")
    assert (day.state.current, day.hearing("h2").waiting) == ("h1", True)
    assert day.refused("emp", c.CallIn("h2")) == "R3.2"
    day.agree("h1", marks("C1.4")).advise("h1").sign("h1")
    day.wait(30).do("emp", c.CallIn("h2"))
    day.identify("h2").welcome("h2").do("emp", c.StartPresentation("h2"))
    day.wait(15).do("emp", c.StartQuestions("h2"))
    day.wait(30).do("emp", c.DismissCandidate("h2"))
    refusing = marks("C1.1", "C2.1")
    for juror in ("emp", "own", "tra"):
        day.grade(juror, "h2", refusing)
    day.do("emp", c.OpenDeliberation("h2"))
    day.agree("h2", refusing).advise("h2").sign("h2")
    assert {h.id: h.result and h.result.outcome for h in day.state.hearings.values()} == {"h1": "full", "h2": "none"}
    day.do("org", c.CloseSession())
    assert day.state.closed


@pytest.mark.rule("X5")
def test_the_journal_is_the_state():
    """Folded from its export, a day is what it was when it happened."""
    day = begun().signed().grading("h2")
    check_chain(day.records)
    assert [SESSION.fold(records) for records in read_bundle(export(day.records))] == [day.state]
    half = len(day.records) // 2
    assert SESSION.fold(day.records[half:], SESSION.fold(day.records[:half])) == day.state
    assert SESSION.fold(()) is None
    assert (day.state.position, day.state.last_at) == (len(day.records), day.records[-1].at)


def test_a_journal_begins_with_the_plan():
    with pytest.raises(ValueError, match="SessionPlanned"):
        SESSION.evolve(None, e.SessionClosed(), position=1, at=0, actor="org")


def test_every_command_is_decided_and_every_event_folded():
    assert set(SESSION.deciders) == set(SESSION.commands.classes.values()) == set(get_args(c.Command))
    assert set(SESSION.evolvers) == set(SESSION.events.classes.values()) - {RulesChanged} == set(get_args(e.Event))


def test_a_command_is_about_a_hearing_of_this_session():
    day = begun().called()
    for command in (
        c.CallIn("h9"), c.SetMark("h9", "C1.1", Mark.ACQUIRED), c.RecordIncident("h9", "other", False, words()),
        c.PostponeHearing("h9", words()), c.RecordNoShow(""),
    ):  # fmt: skip
        assert day.refused("emp", command) == "R3.2"


def test_the_same_choice_twice_is_one_event():
    """What a repeated command of another tab asks for is already so, or is refused: never a second event."""
    day = begun().agreed()
    assert day.do("own", c.ConfirmConsensus("h1", marks())) == []
    assert day.do("emp", c.ProposeConsensus("h1", marks())) == []


def test_a_journal_written_before_a_field_was_added_is_still_read():
    """Fields with a default may be absent; none of today's events has one that yesterday's journals lack."""
    day = begun().signed()
    for record in day.records:
        event = SESSION.decoded(record.event, record.data, first=record.position == 1)
        assert SESSION.encoded(event, first=record.position == 1) == (record.event, record.data)


def test_a_server_clock_that_stepped_back():
    """Times in the journal never decrease: what happens after is at least as late as the last record."""
    day = begun()
    day.now = NINE
    day.ready()
    check_chain(day.records)
    assert day.records[-1].at == day.records[0].at
    day.now = NINE + 30 * MINUTE
    day.do("emp", c.CallIn("h1"))
    day.now = NINE
    day.do("own", c.GiveIdentityOpinion("h1", True))
    assert day.records[-1].at == NINE + 30 * MINUTE


def test_deciding_changes_nothing_by_itself():
    day = begun().questioning()
    before = day.state
    SESSION.decide(before, c.SetMark("h1", "C1.1", Mark.ACQUIRED), "tra", day.now)
    assert day.hearing().grids == before.hearing("h1").grids == {}
