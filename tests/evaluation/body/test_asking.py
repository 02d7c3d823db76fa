"""An organizer asks for a jury and proposes people (R1.2, R4.4)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.body.asking import AskForJury, JuryAsked, proposed_for
from evaluation.body.decisions import DecideJury
from evaluation.body.pool import ProposeJuror, RetireJuror
from evaluation.body.terms import Proposed
from evaluation.people import JurorCategory
from evaluation.rules import Forbidden
from tests.evaluation.body.house import CLERK, DIRECTOR, EMPLOYEES, MEMBER, ORGANIZER, pooled, words
from tests.evaluation.body.test_decisions import JURY

PROPOSED = Proposed("p-emp", JurorCategory.EMPLOYEES)
ASK = AskForJury("s1", "of1", "RNCP26850", (PROPOSED,))


@pytest.mark.rule("X15")
def test_an_organizer_asks_for_their_own_provider():
    house = pooled()
    assert house.do(ORGANIZER, ASK) == [JuryAsked("s1", "of1", "RNCP26850", (PROPOSED,), None, "o-organizer")]
    assert proposed_for(house.state, "s1") == {"p-emp"}
    for actor in (CLERK, MEMBER, DIRECTOR, "p-nobody"):
        assert isinstance(house.refusal(actor, ASK), Forbidden)
    assert isinstance(house.refusal(ORGANIZER, replace(ASK, provider="of2")), Forbidden)


@pytest.mark.rule("R4.4")
def test_what_is_asked_holds_together():
    house = pooled()
    twice = (PROPOSED, replace(PROPOSED, category=JurorCategory.TRAINER))
    for wrong in (replace(ASK, session=""), replace(ASK, certification="RNCP1"), replace(ASK, proposed=twice)):
        assert house.refused(ORGANIZER, wrong) == "R4.4"


@pytest.mark.rule("R1.2")
def test_who_is_proposed_is_known_for_that_place():
    house = pooled()
    for wrong in (replace(PROPOSED, person="p-new"), replace(PROPOSED, category=JurorCategory.TRAINER)):
        assert house.refused(ORGANIZER, replace(ASK, proposed=(wrong,))) == "R1.2"
    house.do(CLERK, RetireJuror("p-emp"))
    assert house.refused(ORGANIZER, ASK) == "R1.2"
    house.do(ORGANIZER, ProposeJuror(EMPLOYEES, "of1"), ASK)


@pytest.mark.rule("R4.4")
def test_it_waits_until_the_commission_has_decided_and_a_substitute_is_asked_for_with_the_reason():
    house = pooled()
    house.do(ORGANIZER, ASK, replace(ASK, proposed=()))
    row = house.rows("jury_requests")["s1"]
    assert (row.status, row.scope, row.about, row.data) == (
        "open", "of1", "RNCP26850", {"proposed": [], "by": ORGANIZER})
    house.do(MEMBER, DecideJury("d1", "s1", JURY))
    assert house.rows("jury_requests")["s1"].status == "decided"
    assert house.refused(ORGANIZER, ASK) == "R4.4"
    house.do(ORGANIZER, replace(ASK, words=words()))
    assert house.rows("jury_requests")["s1"].status == "open"
