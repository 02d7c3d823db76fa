"""Who decides, and who sees what: nobody who takes part otherwise, and the narrowest of what a person is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.case.access import Seen, Viewer, seen
from evaluation.case.admissibility import RuleAdmissibility
from evaluation.case.assisting import AcceptAssisting, NameAssistant
from evaluation.case.dropping import WithdrawAccusation
from evaluation.case.facts import NameSubject
from evaluation.case.people_rows import people_of, raised
from evaluation.case.ruling import CloseCase
from evaluation.case_rules import Consequence
from evaluation.offices import Office, OfficeRole
from evaluation.people import Paper
from tests.evaluation.case.docket import (
    CANDIDATE,
    CLERK,
    DIRECTOR,
    JURORS,
    MEMBER,
    ORGANIZER,
    Docket,
    appeal,
    by_hand,
    decision,
    given,
    malfunction,
    meeting,
    office,
    opened,
    validation,
    words,
)

NONE = Consequence.NONE


def held(role: OfficeRole, person: str) -> Office:
    at = "of1" if role in (OfficeRole.DIRECTOR, OfficeRole.ORGANIZER, OfficeRole.DEPUTY) else None
    return Office("o-some", person, role, date(2026, 1, 1), None, at, Paper("grant", "a" * 64))


def sees(docket: Docket, person: str, *roles: OfficeRole) -> Seen:
    return seen(docket.state, Viewer(person, tuple(held(one, person) for one in roles)))


# Who decides


@pytest.mark.rule("R7.2")
def test_who_proposed_does_not_decide():
    """A person who is clerk and member: the proposal is the clerk's, the decision another member's. The clerk writes
    down what the commission decided in its meeting all the same."""
    docket = malfunction().reported().proposed(NONE).agreed().submitted()
    part = docket.part()
    mine = replace(part.proposals[0], by=MEMBER)
    docket.current = docket.state.with_part(replace(part, proposals=(mine,)), part.changed)
    assert docket.refused(MEMBER, validation()) == "R7.2"
    docket.current = docket.state.with_part(replace(part, proposals=(replace(mine, by=CLERK),)), part.changed)
    docket.do(CLERK, validation(office=office("o-clerk"), meeting=meeting()))
    assert docket.stage() == "decided"


@pytest.mark.rule("R9.2")
def test_who_decided_does_not_decide_on_the_appeal():
    ruling = RuleAdmissibility("k1", True, words("in time"), office("o-member"))
    assert appeal("sanction", decision("o-member")).refused(MEMBER, ruling) == "R7.2"
    docket = appeal("sanction", decision("o-member"))
    docket.do(CLERK, replace(ruling, office=office("o-clerk"), meeting=meeting()))
    appeal("sanction", decision("o-clerk")).do(MEMBER, ruling)
    appeal().do(MEMBER, ruling)


@pytest.mark.rule("R7.2")
def test_who_opened_the_case_as_a_clerk_does_not_decide_as_a_member():
    docket = by_hand()
    part = docket.part()
    source = replace(part.sources[0], by=MEMBER)
    docket.current = docket.state.with_part(replace(part, sources=(source,)), part.changed)
    assert docket.refused(MEMBER, CloseCase("k1", office("o-member"))) == "R7.2"


@pytest.mark.rule("X15", "R7.2")
def test_no_meeting_from_before_there_was_a_case():
    docket = malfunction()
    close = CloseCase("k1", office("o-clerk"), meeting=meeting("2026-03-15"))
    assert docket.refused(CLERK, close) == "R7.2"
    assert docket.refused(CLERK, replace(close, meeting=meeting("2026-03-17"))) == "X15"
    docket.do(CLERK, replace(close, meeting=meeting()))
    assert docket.stage() == "closed"


# Who sees what


@pytest.mark.rule("R7.2", "X1")
def test_whom_the_facts_concern_sees_nothing_in_any_office():
    docket = malfunction()
    for person, role in ((ORGANIZER, OfficeRole.ORGANIZER), (MEMBER, OfficeRole.COMMISSION_MEMBER)):
        assert sees(docket, person, role).parts == {"k1"}
        docket.do(CLERK, NameSubject(person, words("concerned"), office("o-clerk")))
        assert sees(docket, person, role) == Seen()
    assert {one.person for one in docket.rows("case_subjects").values()} == {
        CANDIDATE, ORGANIZER, MEMBER, *JURORS}


@pytest.mark.rule("R7.2", "X1")
def test_whom_the_facts_concern_has_no_page_of_it_as_who_raised_it_or_judged():
    docket = opened()
    (by,) = raised(docket.state, docket.part())
    assert people_of(docket.state, docket.part()) == dict.fromkeys((by, *JURORS), "juror")
    for one in (by, "p-emp"):
        docket.do(CLERK, NameSubject(one, words("concerned"), office("o-clerk")))
    assert raised(docket.state, docket.part()) == ()
    left = {one for one in JURORS if one not in (by, "p-emp")}
    assert {one.person for one in docket.rows("case_people").values()} == left
    docket.told().answered().reported().proposed(NONE)
    assert docket.part().proposals[0].parties == ("provider", *(one for one in JURORS if one in left))


@pytest.mark.rule("R7.2", "X1")
@pytest.mark.parametrize("role", [OfficeRole.CLERK, OfficeRole.COMMISSION_MEMBER, OfficeRole.DIRECTOR])
def test_who_is_several_things_sees_as_the_first_of_them(role: OfficeRole):
    """A juror in an office sees the outline of whom they judged, and nothing of a withdrawn accusation."""
    docket = opened()
    assert sees(docket, "p-emp", role) == Seen(frozenset(), frozenset({"k1"}), True)
    assert sees(docket, CANDIDATE, role) == Seen(frozenset({"k1"}), common=True)
    docket.do(CANDIDATE, NameAssistant("k1", "p-friend"))
    docket.do("p-friend", AcceptAssisting("k1"))
    assert sees(docket, "p-friend", role) == Seen(frozenset({"k1"}), common=True)
    assert sees(docket, "p-else", role) == Seen(frozenset({"k1"}), common=True)
    docket.do("p-own", WithdrawAccusation("k1", 1, words("mistaken")))
    assert sees(docket, "p-emp", role) == Seen()


@pytest.mark.rule("X1")
def test_no_list_of_an_office_shows_what_its_holder_does_not_see():
    docket = opened(given=given(jurors=("p-emp", DIRECTOR)))
    docket.do(CANDIDATE, NameAssistant("k1", "p-friend"))
    docket.do("p-friend", AcceptAssisting("k1"))
    hidden = {one.person for one in docket.rows("case_subjects").values()}
    assert hidden == {CANDIDATE, "p-friend", "p-emp", DIRECTOR}
    for person in hidden:
        assert not sees(docket, person, OfficeRole.DIRECTOR).parts or person in (CANDIDATE, "p-friend")
