"""A case begins from an incident, an appeal, or by hand; once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.case import terms
from evaluation.case.case_opening import CaseOpened
from evaluation.case.case_parts import Fact
from evaluation.case.kind import CASE
from evaluation.people import SYSTEM
from evaluation.quotes import Quote
from tests.evaluation.body.house import TODAY
from tests.evaluation.candidacy.house import opened as past_candidacy
from tests.evaluation.case.docket import (
    CANDIDATE,
    CLERK,
    DIRECTOR,
    JURORS,
    ORGANIZER,
    SCAN,
    Docket,
    by_hand,
    found,
    given,
    incident,
    office,
    opened,
    opening,
    words,
)
from tests.evaluation.session import quotes
from tests.evaluation.session.day import EMPLOYEES, EMPLOYERS, TRAINER

SEATS = (EMPLOYEES, EMPLOYERS, TRAINER)


def fresh() -> Docket:
    return Docket(CASE, "c1", TODAY)


@pytest.mark.rule("R7.1")
def test_an_incident_opens_a_case_with_its_facts():
    docket = opened("fraud", "outside_help", "img1")
    state, part = docket.state, docket.part()
    assert (state.kind.code, state.kind.door, state.body, state.provider) == ("outside_help", "fraud", "b1", "of1")
    assert (part.person, part.session, part.hearing, part.jurors) == (CANDIDATE, "s1", "h1", JURORS)
    at = given().at
    assert state.facts == (Fact(1, at, "p-own", words("seen"), "k1", at, "questions", 180000, ("img1",)),)
    assert (docket.stage(), state.raised_by, docket.kind.closed(state)) == ("facts", "p-own", False)


@pytest.mark.rule("R7.1")
@pytest.mark.parametrize("changes", [
    {"case": "another"}, {"kind": "own_work"}, {"door": "malfunction"}, {"door": "appeal"}, {"given": None},
    {"source": incident("malfunction", "technical")}, {"source": replace(incident(), event="session.mark_set")},
])  # fmt: skip
def test_a_case_is_of_the_incident_that_it_quotes(changes: dict[str, object]):
    assert fresh().refused(SYSTEM, replace(opening(), **changes)) == "R7.1"


@pytest.mark.rule("X15")
def test_the_platform_alone_opens_one_from_an_incident():
    assert fresh().refused(CLERK, opening()) == "X15"


@pytest.mark.rule("R7.1")
def test_a_case_is_of_the_person_of_its_candidacy():
    assert fresh().refused(SYSTEM, opening(person="p-twin")) == "R7.1"


def test_one_event_makes_one_case():
    first, second = incident(), incident(position=41)
    ids = [terms.case_id(one.kind, one.stream, one.position) for one in (first, first, second)]
    assert ids[0] == ids[1] != ids[2]
    assert opened().refused(SYSTEM, opening()) == "R7.1"


def test_a_day_before_frameworks_spoke_of_cases_has_plain_ones():
    plain = given(rules=replace(given().rules, kinds=()))
    docket = opened("fraud", "outside_help", given=plain)
    assert (docket.state.kind.consequences, docket.state.kind.sanctions) == (("none",), ())


@pytest.mark.rule("R6.5")
def test_what_is_found_after_the_day_opens_one_by_hand():
    docket = by_hand()
    assert (docket.state.body, docket.part().person, docket.state.by_clerk) == ("b1", CANDIDATE, True)
    assert docket.state.facts[0].words == words("a page of a book")
    assert [(one.id, one.paper) for one in docket.state.evidence] == [(SCAN.file, True)]
    assert docket.state.rules.answer_days == 15
    by_hand(source=past_candidacy().quote(1), office=office("o-clerk"))


@pytest.mark.rule("R6.5")
@pytest.mark.parametrize("changes", [
    {"words": None}, {"kind": "unheard_of"}, {"door": "appeal", "kind": "award"}, {"given": given()},
])  # fmt: skip
def test_by_hand_it_says_what_was_found_and_of_which_kind(changes: dict[str, object]):
    assert fresh().refused(CLERK, found(case="c1", **changes)) == "R6.5"


@pytest.mark.rule("X15")
def test_who_opens_one_by_hand():
    for who, role in ((ORGANIZER, "o-organizer"), (DIRECTOR, "o-director")):
        docket = Docket(CASE, "c-hand", TODAY)
        docket.do(who, found(office=office(role)))
        assert (docket.state.by_clerk, docket.state.raised_by) == (False, who)
    for who, role in (("p-member", "o-member"), (CANDIDATE, "o-clerk")):
        assert fresh().refused(who, found(case="c1", office=office(role))) == "X15"
    elsewhere = replace(office("o-clerk"), stream="b2")
    assert fresh().refused(CLERK, found(case="c1", office=elsewhere)) == "X15"


@pytest.mark.rule("R7.1")
def test_whom_it_concerns_opens_none():
    assert fresh().refused(CLERK, found(case="c1", subjects=(CLERK,))) == "R7.1"
    assert fresh().refused(CLERK, found(case="c1", source=replace(incident()))) == "R6.5"


def hearing(candidacy: str = "k1") -> Quote:
    return Quote("session", "s1", 5, "5" * 64, "session.hearing_added",
                 {"hearing": "h1", "candidacy": {"stream": candidacy}})


@pytest.mark.rule("R7.2")
def test_the_jurors_of_the_hearing_are_asked_where_it_is_quoted():
    decided = quotes.jury_decided(SEATS)
    opening = found(hearing=hearing(), jury=(decided,))
    docket = Docket(CASE, "c-hand", TODAY)
    docket.do(CLERK, opening)
    assert docket.part().jurors == tuple(one.person for one in SEATS)
    assert (docket.part().session, docket.part().hearing) == ("s1", "h1")
    other = replace(SEATS[0], id="sub", person="p-sub")
    substitute = quotes.substitute_decided(SEATS[0].id, other)
    docket = Docket(CASE, "c-hand", TODAY)
    docket.do(CLERK, found(hearing=hearing(), jury=(decided, substitute)))
    assert set(docket.part().jurors) == {"p-sub", *(one.person for one in SEATS[1:])}
    for wrong in ({"hearing": hearing("k2"), "jury": (decided,)}, {"jury": (decided,)},
                  {"hearing": hearing(), "jury": (quotes.jury_decided(SEATS, session="s2"),)}):
        assert fresh().refused(CLERK, found(case="c1", **wrong)) == "R7.2"


def test_what_happened_is_told_again():
    docket = opened()
    event = docket.events[0]
    assert isinstance(event, CaseOpened)
    assert docket.kind.replay(event, None) == opening()
