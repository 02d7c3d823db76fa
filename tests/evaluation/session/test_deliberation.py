"""The jury alone: frozen grids, one consensus a competency, recommendations, three signatures."""

from __future__ import annotations

import pytest

from evaluation.grading import Mark, Result
from evaluation.people import SYSTEM, JurorCategory
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session import recommendation
from evaluation.session.consensus import open_questions, reached
from evaluation.session.phases import Phase
from evaluation.session.recommendation import unadvised
from evaluation.session.terms import Advice
from tests.evaluation.session.day import ALL_A, CODES, Day, begun, framework, marks, substitute, words
from tests.evaluation.session.quotes import gained, replace_juror

A, NA = Mark.ACQUIRED, Mark.NOT_ACQUIRED


def agreed(day: Day) -> dict[str, Mark]:
    return reached(day.state, day.hearing())


def result(day: Day, hearing: str = "h1") -> Result:
    found = day.hearing(hearing).result
    assert found is not None
    return found


# Opening


@pytest.mark.rule("R3.6", "X7")
def test_every_grid_closes_before_any_is_shown():
    day = begun().grading()
    for juror in ("tra", "own"):
        assert day.refused("emp", c.OpenDeliberation("h1")) == "R3.6"
        day.grade(juror)
    assert day.refused("emp", c.OpenDeliberation("h1")) == "R3.6"
    day.grade("emp").do("own", c.ReopenGrid("h1"))
    assert day.refused("emp", c.OpenDeliberation("h1")) == "R3.6"
    day.do("own", c.CloseGrid("h1"))
    assert day.refused("own", c.OpenDeliberation("h1")) == "R3.1"
    assert day.do("emp", c.OpenDeliberation("h1")) == [e.DeliberationOpened("h1", ("emp", "own", "tra"))]


@pytest.mark.rule("R3.6")
def test_the_deliberation_opens_with_the_three():
    day = begun().graded().leave("tra")
    assert day.refused("emp", c.OpenDeliberation("h1")) == "R3.6"
    day.join("tra").do("emp", c.OpenDeliberation("h1"))


@pytest.mark.rule("R3.6")
@pytest.mark.parametrize("command", [
    c.ProposeConsensus("h1", {"C1.1": A}), c.DeclareDispute("h1", ("C1.1",), words()),
    c.Recommend("h1", None, "award"), c.SignDeliberation("h1"), c.RefuseSignature("h1", words()),
    c.ConfirmConsensus("h1", {"C1.1": A}), c.WithdrawConfirmation("h1", "C1.1"),
])  # fmt: skip
@pytest.mark.parametrize("bring", ["ready", "questioning", "graded", "signed"])
def test_nothing_is_agreed_outside_the_deliberation(command: c.Command, bring: str):
    assert getattr(begun(), bring)().refused("emp", command) == "R3.6"


# Consensus


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


@pytest.mark.rule("R3.7")
def test_results_are_compiled_at_each_change():
    day = begun().deliberating()

    def validated() -> dict[str, bool | None]:
        return {block.code: block.validated for block in recommendation.compiled(day.state, day.hearing()).blocks}

    assert validated() == {"BC1": None, "BC2": None}
    day.agree(given=dict.fromkeys(CODES[:6], A))
    assert validated() == {"BC1": True, "BC2": None}
    day.do("emp", c.ProposeConsensus("h1", {"C1.2": NA}))
    day.agree(given=marks("C1.2"))
    computed = recommendation.compiled(day.state, day.hearing())
    assert validated() == {"BC1": False, "BC2": True}
    assert [reason.in_french() for reason in computed.blocks[0].reasons] == [
        "C1.2 est obligatoire et n’est pas acquise."
    ]
    assert computed.outcome == "partial"


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


# Dispute


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


@pytest.mark.rule("R3.6", "X7")
def test_what_is_disputed_is_not_agreed_behind_a_recommendation():
    """A confirmation that came after would change what was recommended, and what it departs from."""
    day = begun().deliberating().agree(given={code: A for code in CODES if code != "C1.1"})
    day.do("emp", c.ProposeConsensus("h1", {"C1.1": NA}), c.DeclareDispute("h1", ("C1.1",), words()))
    day.do("emp", c.Recommend("h1", "BC1", "award"))
    for juror in ("own", "tra"):
        assert day.refused(juror, c.ConfirmConsensus("h1", {"C1.1": NA})) == "R3.6"


# Recommendations


@pytest.mark.rule("R3.8", "R1.6")
def test_what_may_be_recommended():
    day = begun().agreed()
    assert unadvised(day.hearing()) == ("BC1", "BC2", "")
    assert day.refused("own", c.Recommend("h1", "BC1", "award")) == "R3.1"
    assert day.refused("emp", c.Recommend("h1", "BC9", "award")) == "R3.8"
    assert day.refused("emp", c.Recommend("h1", "BC1", "partial", words())) == "R1.6"
    day.do("emp", c.Recommend("h1", None, "partial", words()))


@pytest.mark.rule("R3.8")
def test_a_kept_block_is_not_recommended():
    day = begun(hearings={"h1": {"blocks": ("BC2",), "outcomes": (gained("BC1"),)}}).agreed()
    assert day.refused("emp", c.Recommend("h1", "BC1", "award")) == "R3.8"
    assert unadvised(day.hearing()) == ("BC2", "")


@pytest.mark.rule("R1.6", "R3.8")
def test_a_certification_that_is_not_registered_is_never_partial():
    day = begun(framework(registered=False)).agreed(given=marks("C1.1"))
    assert recommendation.compiled(day.state, day.hearing()).outcome == "none"
    assert day.refused("emp", c.Recommend("h1", None, "partial", words())) == "R1.6"
    day.do("emp", c.Recommend("h1", None, "refuse"))
    resit = {"h1": {"blocks": ("BC2",), "outcomes": ()}}
    day = begun(framework(registered=False), resit).agreed()
    assert recommendation.compiled(day.state, day.hearing()).outcome == "none"
    assert begun(hearings=resit).signed().hearing().result.outcome == "partial"  # type: ignore[union-attr]


@pytest.mark.rule("X7")
@pytest.mark.parametrize(
    ("not_acquired", "block", "advice", "departs"),
    [
        ((), None, "award", False), ((), None, "refuse", True), ((), None, "partial", True),
        ((), "BC1", "award", False), ((), "BC1", "refuse", True),
        (("C1.1",), "BC1", "award", True), (("C1.1",), "BC1", "refuse", False),
        (("C1.1",), None, "partial", False), (("C1.1",), None, "award", True), (("C1.1",), None, "refuse", True),
        (("C1.1", "C2.1"), None, "refuse", False), (("C1.1", "C2.1"), None, "partial", True),
    ],
)  # fmt: skip
def test_a_departure_from_what_is_computed_is_explained(
    not_acquired: tuple[str, ...], block: str | None, advice: Advice, departs: bool
):
    day = begun().agreed(given=marks(*not_acquired))
    if departs:
        assert day.refused("emp", c.Recommend("h1", block, advice)) == "X7"
    else:
        day.do("emp", c.Recommend("h1", block, advice))
    assert day.do("emp", c.Recommend("h1", block, advice, words())) == [
        e.Recommended("h1", block, advice, departs, words())
    ]


@pytest.mark.rule("R3.8")
def test_recommendations_fall_with_the_consensus_they_rest_on():
    for actor, command in (
        ("emp", c.ProposeConsensus("h1", {"C1.4": NA})),
        ("tra", c.WithdrawConfirmation("h1", "C1.4")),
    ):
        day = begun().advised()
        assert unadvised(day.hearing()) == ()
        day.do(actor, command)
        assert unadvised(day.hearing()) == ("BC1", "BC2", "")


# Signatures


@pytest.mark.rule("X7")
def test_the_three_sign_the_president_last():
    day = begun().agreed()
    assert day.refused("own", c.SignDeliberation("h1")) == "R3.8"
    day.advise()
    for actor in ("org", "obs", "cand1"):
        assert day.refused(actor, c.SignDeliberation("h1")) == "R2.3"
    assert day.refused("emp", c.SignDeliberation("h1")) == "X7"
    assert day.do("tra", c.SignDeliberation("h1")) == [e.DeliberationSigned("h1")]
    assert day.refused("tra", c.SignDeliberation("h1")) == "X7"
    assert day.refused("tra", c.RefuseSignature("h1", words())) == "X7"
    assert day.refused("emp", c.SignDeliberation("h1")) == "X7"
    day.do("own", c.SignDeliberation("h1"))
    signed, closed = day.do("emp", c.SignDeliberation("h1"))
    assert signed == e.DeliberationSigned("h1")
    assert closed == e.HearingClosed("h1", ALL_A, result(day), False)
    assert (day.phase(), day.state.current, result(day).outcome) == (Phase.CLOSED, None, "full")


@pytest.mark.rule("R3.6", "X7")
def test_after_the_first_signature_nothing_changes():
    day = begun().advised()
    day.do("own", c.SignDeliberation("h1"))
    for actor, command, rule in (
        ("tra", c.SetMark("h1", "C1.1", NA), "R3.5"),
        ("tra", c.ClearMark("h1", "C1.1"), "R3.5"),
        ("tra", c.ReopenGrid("h1"), "X7"),
        ("emp", c.ProposeConsensus("h1", {"C1.1": NA}), "X7"),
        ("tra", c.ConfirmConsensus("h1", {"C1.1": A}), "X7"),
        ("tra", c.WithdrawConfirmation("h1", "C1.1"), "X7"),
        ("emp", c.DeclareDispute("h1", ("C1.1",), words()), "X7"),
        ("emp", c.Recommend("h1", None, "award"), "X7"),
        ("emp", c.PostponeHearing("h1", words()), "R3.2"),
        ("emp", c.StopHearing("h1", words()), "R3.2"),
    ):
        assert day.refused(actor, command) == rule, command


@pytest.mark.rule("X7")
@pytest.mark.parametrize("juror", ["emp", "own", "tra"])
def test_a_juror_who_refuses_to_sign(juror: str):
    """The hearing closes all the same, disputed: the certification jury hears why."""
    day = begun().advised()
    for one in ("own", "tra", "emp"):
        day.do(one, c.RefuseSignature("h1", words("no")) if one == juror else c.SignDeliberation("h1"))
    assert (day.phase(), day.hearing().disputed, result(day).outcome) == (Phase.CLOSED, True, "full")
    assert {one: (s.refused, s.words) for one, s in day.deliberation().signatures.items()} == {
        one: ((True, words("no")) if one == juror else (False, None)) for one in ("own", "tra", "emp")
    }


@pytest.mark.rule("X7")
def test_a_president_who_is_gone_comes_back_as_a_member():
    """The one designated meanwhile signs last."""
    day = begun().advised().leave("emp")
    for juror in ("own", "tra"):
        day.do(juror, c.DesignatePresident("own"))
    day.join("emp")
    assert day.refused("own", c.SignDeliberation("h1")) == "X7"
    day.do("emp", c.SignDeliberation("h1"))
    day.do("tra", c.SignDeliberation("h1"))
    day.do("own", c.SignDeliberation("h1"))
    assert day.phase() is Phase.CLOSED


# Suspended


@pytest.mark.rule("R3.6")
@pytest.mark.parametrize("bring", ["grading", "deliberating", "agreed"])
def test_a_suspended_deliberation_waits_as_it_is(bring: str):
    day: Day = getattr(begun(), bring)()
    before = day.hearing()
    day.do("emp", c.SuspendDeliberation("h1", words()))
    assert day.state.current is None
    assert day.refused("emp", c.SuspendDeliberation("h1", words())) == "R3.6"
    for actor, command in (
        ("emp", c.OpenDeliberation("h1")), ("emp", c.ProposeConsensus("h1", {"C1.1": NA})),
        ("own", c.SignDeliberation("h1")),
    ):  # fmt: skip
        assert day.refused(actor, command) in ("R3.6", "R3.2")
    day.called("h2")
    assert day.refused("emp", c.ResumeDeliberation("h1")) == "R3.2"
    day.do("emp", c.StopHearing("h2", words()), c.ResumeDeliberation("h1"))
    assert (day.hearing(), day.state.current) == (before, "h1")
    assert day.refused("emp", c.ResumeDeliberation("h1")) == "R3.6"


def test_only_the_jury_alone_suspends():
    for bring in ("ready", "questioning", "signed"):
        assert getattr(begun(), bring)().refused("emp", c.SuspendDeliberation("h1", words())) == "R3.2"
