"""What the agreed marks compute, and what the jury recommends."""

from __future__ import annotations

import pytest

from evaluation.grading import Mark
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session import recommendation
from evaluation.session.recommendation import unadvised
from evaluation.session.terms import Advice
from tests.evaluation.session.day import CODES, begun, framework, marks, words
from tests.evaluation.session.quotes import gained

A, NA = Mark.ACQUIRED, Mark.NOT_ACQUIRED


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


@pytest.mark.rule("R3.6", "X7")
def test_what_is_disputed_is_not_agreed_behind_a_recommendation():
    """A confirmation that came after would change what was recommended, and what it departs from."""
    day = begun().deliberating().agree(given={code: A for code in CODES if code != "C1.1"})
    day.do("emp", c.ProposeConsensus("h1", {"C1.1": NA}), c.DeclareDispute("h1", ("C1.1",), words()))
    day.do("emp", c.Recommend("h1", "BC1", "award"))
    for juror in ("own", "tra"):
        assert day.refused(juror, c.ConfirmConsensus("h1", {"C1.1": NA})) == "R3.6"


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
    day = begun(hearings={"h1": {"enrolled": {"sought": ("BC2",), "outcomes": (gained("BC1"),)}}}).agreed()
    assert day.refused("emp", c.Recommend("h1", "BC1", "award")) == "R3.8"
    assert unadvised(day.hearing()) == ("BC2", "")


@pytest.mark.rule("R1.6", "R3.8")
def test_a_certification_that_is_not_registered_is_never_partial():
    day = begun(framework(registered=False)).agreed(given=marks("C1.1"))
    assert recommendation.compiled(day.state, day.hearing()).outcome == "none"
    assert day.refused("emp", c.Recommend("h1", None, "partial", words())) == "R1.6"
    day.do("emp", c.Recommend("h1", None, "refuse"))
    partial = begun().signed(given=marks("C1.1"))
    assert partial.hearing().result.outcome == "partial"  # type: ignore[union-attr]


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
