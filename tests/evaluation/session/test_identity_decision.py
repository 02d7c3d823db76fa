"""The identity decided: the jurors are heard, the president decides (R6.3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.people import SYSTEM
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.phases import Phase
from evaluation.session.terms import IdentityFinding
from tests.evaluation.session.at_the_check import MRZ, PORTRAIT, checked, heard
from tests.evaluation.session.day import begun, verified, words


@pytest.mark.rule("R6.3")
def test_the_decision_quotes_what_the_jury_was_shown_and_who_thought_otherwise():
    day = checked(PORTRAIT, MRZ)
    day.do("tra", c.TakeCapture("h1", "shot", "cand1", "main", "ds"), c.GiveIdentityOpinion("h1", False))
    day.do("own", c.GiveIdentityOpinion("h1", True))
    decided = day.do("emp", c.DecideIdentity("h1", "doubtful", "reserve", words(), ("shot",)))[0]
    assert decided == e.IdentityDecided(
        "h1", "doubtful", "reserve", words(), ("shot", "p1", "p2"), ("own",), ("ds", "d1", "d2"), ("dc",))
    verified(day.lines())


@pytest.mark.rule("R6.3")
@pytest.mark.parametrize("changes", [
    {"digests": ("d1", "dx")}, {"evidence": (), "digests": ()}, {"dissent": ("own",)}, {"copies": ()},
])  # fmt: skip
def test_a_journal_whose_decision_rests_on_something_else_does_not_verify(changes: dict[str, object]):
    day = heard(checked(PORTRAIT))
    decided = e.IdentityDecided("h1", "conform", "proceed", None, ("p1", "p2"), (), ("d1", "d2"), ("dc",))
    day._keep([replace(decided, **changes)], "emp")  # pyright: ignore[reportPrivateUsage]
    with pytest.raises(Exception, match="identity_decided"):
        verified(day.lines())


@pytest.mark.rule("R6.3")
def test_of_two_decisions_the_second_is_refused():
    day = heard(checked(PORTRAIT))
    day.do("emp", c.DecideIdentity("h1", "conform", "proceed"))
    assert day.refused("emp", c.DecideIdentity("h1", "doubtful", "reserve", words())) == "R6.3"


@pytest.mark.rule("R6.3")
def test_the_president_hears_the_jurors_first():
    day = begun().called()
    assert day.refused("emp", c.DecideIdentity("h1", "conform", "proceed")) == "R6.3"
    day.do("own", c.GiveIdentityOpinion("h1", True))
    assert day.refused("emp", c.DecideIdentity("h1", "conform", "proceed")) == "R6.3"
    day.do("tra", c.GiveIdentityOpinion("h1", False, words()))
    assert day.do("emp", c.DecideIdentity("h1", "conform", "proceed")) == [
        e.IdentityDecided("h1", "conform", "proceed", None, (), ("tra",))
    ]
    identity = day.hearing().identity
    assert identity is not None
    assert (identity.by, identity.at, identity.dissent) == ("emp", day.now, ("tra",))


@pytest.mark.rule("R6.3")
def test_only_those_who_are_there_are_heard():
    day = begun().called().leave("tra")
    day.do("own", c.GiveIdentityOpinion("h1", True))
    day.do("emp", c.DecideIdentity("h1", "conform", "proceed"))


@pytest.mark.rule("R6.3")
@pytest.mark.parametrize("actor", ["own", "tra", "org", "obs", "cand1", "aid1", SYSTEM])
def test_a_person_decides_and_it_is_the_president(actor: str):
    """The machine never concludes: not even the platform's own actor may."""
    day = begun().called()
    assert day.refused(actor, c.DecideIdentity("h1", "conform", "proceed")) == "R3.1"


@pytest.mark.rule("R6.3")
@pytest.mark.parametrize("finding", ["doubtful", "not_conform", "refused", "no_document", "no_copy"])
def test_only_a_conform_identity_goes_on_freely(finding: IdentityFinding):
    day = begun().called().leave("own", "tra")
    assert day.refused("emp", c.DecideIdentity("h1", finding, "proceed", words())) == "R6.3"
    for course in ("retry", "reserve", "stop"):
        assert day.refused("emp", c.DecideIdentity("h1", "conform", course, words())) == "R6.3"
        assert day.refused("emp", c.DecideIdentity("h1", finding, course)) == "R6.3"


@pytest.mark.rule("R6.3")
@pytest.mark.parametrize("finding", ["doubtful", "not_conform", "refused", "no_document", "no_copy"])
def test_tried_again(finding: IdentityFinding):
    """The candidate who refuses to show a document, or has none, is asked again; the incident stays written."""
    day = begun().called().leave("tra")
    day.do("own", c.GiveIdentityOpinion("h1", False))
    assert day.do("emp", c.DecideIdentity("h1", finding, "retry", words())) == [
        e.IdentityDecided("h1", finding, "retry", words(), (), ()),
        e.IncidentRecorded("h1", "identity", False, "welcome", None, words(), ()),
    ]
    assert (day.hearing().identity, dict(day.hearing().opinions)) == (None, {})
    assert day.refused("emp", c.DecideIdentity("h1", "conform", "proceed")) == "R6.3"
    day.do("own", c.GiveIdentityOpinion("h1", True))
    day.do("emp", c.DecideIdentity("h1", "conform", "proceed"))
    assert len(day.hearing().incidents) == 1


@pytest.mark.rule("R6.3")
def test_going_on_with_a_reservation():
    day = begun().called().leave("own", "tra")
    day.do("emp", c.DecideIdentity("h1", "no_copy", "reserve", words()))
    assert day.hearing().reservations == {"identity"}
    day.welcome().do("emp", c.StartPresentation("h1"))


@pytest.mark.rule("R6.3")
def test_stopping_at_the_identity():
    day = begun().called().leave("own", "tra")
    assert day.do("emp", c.DecideIdentity("h1", "not_conform", "stop", words())) == [
        e.IdentityDecided("h1", "not_conform", "stop", words(), (), ()),
        e.IncidentRecorded("h1", "identity", False, "welcome", None, words(), ()),
        e.HearingStopped("h1", words()),
    ]
    assert (day.phase(), day.state.current) == (Phase.STOPPED, None)


@pytest.mark.rule("R6.3")
def test_what_is_decided_is_decided_once():
    day = begun().identified()
    assert day.refused("emp", c.DecideIdentity("h1", "conform", "proceed")) == "R6.3"
    assert day.refused("own", c.GiveIdentityOpinion("h1", False)) == "R6.3"


@pytest.mark.rule("R6.3")
def test_evidence_comes_from_this_hearing():
    day = begun().called().leave("own", "tra")
    decision = c.DecideIdentity("h1", "doubtful", "reserve", words(), ("p1",))
    assert day.refused("emp", decision) == "R6.3"
    day.do("emp", c.TakeCapture("h1", "p1", "cand1", "main", "digest"))
    day.do("emp", decision)
    assert day.hearing().incidents[0].evidence == ("p1",)


@pytest.mark.rule("R6.3")
def test_opinions_belong_to_the_welcome():
    assert begun().ready().refused("own", c.GiveIdentityOpinion("h1", True)) == "R3.2"
    assert begun().presenting().refused("own", c.GiveIdentityOpinion("h1", True)) == "R3.2"
