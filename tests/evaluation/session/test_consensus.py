"""One consensus a competency, or a dispute; no vote (R3.6)."""

from __future__ import annotations

import pytest

from evaluation.grading import Mark
from evaluation.people import SYSTEM, JurorCategory
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.consensus import open_questions, reached
from evaluation.session.phases import Phase
from tests.evaluation.session.day import ALL_A, CODES, Day, begun, result, substitute, words
from tests.evaluation.session.quotes import replace_juror

A, NA = Mark.ACQUIRED, Mark.NOT_ACQUIRED


def agreed(day: Day) -> dict[str, Mark]:
    return reached(day.state, day.hearing())


@pytest.mark.rule("R3.6")
def test_a_consensus_is_of_the_three():
    day = begun().deliberating()
    day.do("emp", c.ProposeConsensus("h1", {"C1.1": A, "C1.2": NA}))
    assert agreed(day) == {}
    day.do("own", c.ConfirmConsensus("h1", {"C1.1": A, "C1.2": NA}))
    assert agreed(day) == {}
    assert day.do("tra", c.ConfirmConsensus("h1", {"C1.1": A})) == [e.ConsensusConfirmed("h1", "C1.1", A)]
    assert agreed(day) == {"C1.1": A}
    assert open_questions(day.state, day.hearing()) == CODES[1:]
    assert day.do("tra", c.ConfirmConsensus("h1", {"C1.1": A})) == []


@pytest.mark.rule("R3.6")
def test_there_is_no_vote_and_no_casting_vote():
    """Two of three is not enough, the president's weight is no more than another's."""
    day = begun().deliberating()
    day.do("emp", c.ProposeConsensus("h1", ALL_A))
    day.do("own", c.ConfirmConsensus("h1", ALL_A))
    assert day.refused("emp", c.Recommend("h1", "BC1", "award")) == "R3.8"
    assert day.refused("own", c.SignDeliberation("h1")) == "R3.6"


@pytest.mark.rule("R3.6")
@pytest.mark.parametrize("actor", ["own", "tra", "org", "obs", "cand1"])
def test_the_president_proposes(actor: str):
    assert begun().deliberating().refused(actor, c.ProposeConsensus("h1", {"C1.1": A})) == "R3.1"


@pytest.mark.rule("R3.6")
def test_a_change_clears_the_confirmations_of_that_competency():
    day = begun().agreed()
    assert agreed(day) == ALL_A
    assert day.do("emp", c.ProposeConsensus("h1", {"C1.1": A, "C1.2": NA})) == [e.ConsensusProposed("h1", "C1.2", NA)]
    assert set(CODES) - set(agreed(day)) == {"C1.2"}


@pytest.mark.rule("R3.6")
def test_each_confirms_what_they_see():
    """Two tabs: what was proposed has changed, or is no longer there."""
    day = begun().deliberating()
    assert day.refused("own", c.ConfirmConsensus("h1", {"C1.1": A})) == "R3.6"
    day.do("emp", c.ProposeConsensus("h1", {"C1.1": A, "C1.2": A}))
    day.do("emp", c.ProposeConsensus("h1", {"C1.1": NA}))
    assert day.refused("own", c.ConfirmConsensus("h1", {"C1.2": A, "C1.1": A})) == "R3.6"
    day.do("own", c.ConfirmConsensus("h1", {"C1.1": NA, "C1.2": A}))


@pytest.mark.rule("R3.6")
def test_a_confirmation_is_withdrawn():
    day = begun().agreed()
    assert day.do("tra", c.WithdrawConfirmation("h1", "C1.1")) == [e.ConfirmationWithdrawn("h1", "C1.1")]
    assert set(CODES) - set(agreed(day)) == {"C1.1"}
    assert day.do("tra", c.WithdrawConfirmation("h1", "C1.1")) == []
    assert day.do("tra", c.WithdrawConfirmation("h1", "C9.9")) == []


@pytest.mark.rule("R5.1")
def test_an_unknown_competency_is_not_agreed():
    day = begun().deliberating()
    assert day.refused("emp", c.ProposeConsensus("h1", {"C1.1": A, "C9.9": A})) == "R5.1"
    assert day.refused("emp", c.DeclareDispute("h1", ("C9.9",), words())) == "R5.1"
    assert day.refused("own", c.ConfirmConsensus("h1", {"C9.9": A})) == "R3.6"
    assert dict(day.deliberation().proposals) == {}


@pytest.mark.rule("R3.6")
@pytest.mark.parametrize("juror", ["emp", "own", "tra"])
def test_a_juror_who_leaves_takes_consensus_and_signature_with_them(juror: str):
    day = begun().advised().leave(juror)
    for actor, command in (
        ("emp", c.ProposeConsensus("h1", {"C1.1": NA})),
        ("own", c.ConfirmConsensus("h1", {"C1.1": A})),
        ("tra", c.WithdrawConfirmation("h1", "C1.1")),
        ("emp", c.DeclareDispute("h1", ("C1.1",), words())),
        ("emp", c.Recommend("h1", "BC1", "award")),
        ("own", c.SignDeliberation("h1")),
        ("tra", c.RefuseSignature("h1", words())),
    ):
        assert day.refused(actor, command) == "R3.6"
    day.join(juror).sign()


@pytest.mark.rule("R3.6", "R1.4")
def test_two_jurors_have_no_consensus():
    """After a recusal what two had confirmed is no consensus of three."""
    day = begun().advised()
    day.do("tra", c.Recuse("h1"))
    assert agreed(day) == {}
    assert day.refused("own", c.SignDeliberation("h1")) == "R3.6"
    assert day.refused(SYSTEM, replace_juror("tra", substitute(JurorCategory.TRAINER))) == "R3.6"
    day.do("emp", c.PostponeHearing("h1", words()))
    assert (day.phase(), dict(day.hearing().grids), day.hearing().deliberation) == (Phase.POSTPONED, {}, None)


@pytest.mark.rule("R3.6")
def test_what_is_not_agreed_goes_to_the_certification_jury():
    day = begun().deliberating().agree(given={code: A for code in CODES if code != "C1.4"})
    assert day.refused("own", c.DeclareDispute("h1", ("C1.4",), words())) == "R3.1"
    for codes in ((), ("C1.1",), ("C1.4", "C1.1")):
        assert day.refused("emp", c.DeclareDispute("h1", codes, words())) == "R3.6"
    day.do("emp", c.DeclareDispute("h1", ("C1.4",), words()))
    assert open_questions(day.state, day.hearing()) == ()
    day.do("emp", c.Recommend("h1", "BC1", "award"), c.Recommend("h1", "BC2", "award"))
    day.do("emp", c.Recommend("h1", None, "award"))
    day.sign()
    hearing = day.hearing()
    assert (hearing.phase, hearing.disputed) == (Phase.CLOSED, True)
    assert (result(day).outcome, result(day).complete) == (None, False)
    assert result(day).blocks[0].validated is None


@pytest.mark.rule("R3.6")
def test_a_new_proposal_lifts_a_dispute():
    day = begun().deliberating().agree(given={code: A for code in CODES if code != "C1.4"})
    day.do("emp", c.ProposeConsensus("h1", {"C1.4": A}), c.DeclareDispute("h1", ("C1.4",), words()))
    assert day.do("emp", c.ProposeConsensus("h1", {"C1.4": A})) == [e.ConsensusProposed("h1", "C1.4", A)]
    assert open_questions(day.state, day.hearing()) == ("C1.4",)
    day.agree().advise().sign()
    assert (day.hearing().disputed, result(day).outcome) == (False, "full")
