"""Who is given which office, by whom, for how long; and its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.body import access
from evaluation.body.access import GRANTED_BY
from evaluation.body.accrediting import AccreditProvider
from evaluation.body.decisions import RecordDecision
from evaluation.body.founding import FoundBody
from evaluation.body.granting import EndOffice, GrantOffice, OfficeEnded, OfficeGranted
from evaluation.body.kind import BODY
from evaluation.deadlines import end_of, start_of
from evaluation.offices import Act, Office, OfficeRole
from evaluation.people import SYSTEM
from evaluation.rules import Forbidden
from tests.evaluation.body.house import (
    CLERK,
    DELEGATE,
    DIRECTOR,
    JURY_DELEGATION,
    MEETING,
    MEMBER,
    ORGANIZER,
    PAPER,
    TODAY,
    YEAR,
    House,
    accredited,
    founded,
    office,
    staffed,
    words,
)

DAY = date.fromisoformat(TODAY)
DEPUTY = Office("o-deputy", "p-deputy", OfficeRole.DEPUTY, DAY, None, "of1")


def clerk(name: str) -> Office:
    return Office(f"o-{name}", f"p-{name}", OfficeRole.CLERK, DAY)


@pytest.mark.rule("X15")
def test_a_body_is_founded_by_the_platform_with_its_first_clerk():
    house = founded()
    assert [one.office for one in house.state.offices.values()] == [
        Office("o-clerk", CLERK, OfficeRole.CLERK, DAY)]  # fmt: skip
    found = FoundBody("b1", "CNHBJO", "o-clerk", CLERK)
    assert house.refused(SYSTEM, found) == "X15"
    empty = House(BODY, "b1", TODAY)
    assert empty.refused(CLERK, found) == "X15"
    assert empty.refused(CLERK, GrantOffice(clerk("second"))) == "X15"
    for change in ({"name": " "}, {"clerk": ""}, {"office": ""}, {"body": ""}):
        assert empty.refused(SYSTEM, replace(found, **change)) == "X15"


@pytest.mark.rule("X15")
def test_an_office_is_granted_with_who_gave_it():
    house = accredited()
    assert house.do(CLERK, GrantOffice(office("o-director"))) == [
        OfficeGranted(office("o-director"), None, CLERK, "o-clerk")]  # fmt: skip
    assert house.do(DIRECTOR, GrantOffice(office())) == [
        OfficeGranted(office(), None, DIRECTOR, "o-director")]  # fmt: skip
    assert house.do(ORGANIZER, GrantOffice(DEPUTY)) == [OfficeGranted(DEPUTY, None, ORGANIZER, "o-organizer")]


@pytest.mark.rule("X15")
def test_whoever_holds_none_may_nothing():
    house = staffed()
    house.do(CLERK, EndOffice("o-director"))
    for nobody in ("p-nobody", "", SYSTEM, DIRECTOR):  # the director's office ended this morning
        for command in (GrantOffice(DEPUTY), EndOffice("o-organizer"), RecordDecision("d1", words())):
            assert isinstance(house.refusal(nobody, command), Forbidden)


@pytest.mark.rule("X15")
@pytest.mark.parametrize("role", [role for role in OfficeRole if role is not OfficeRole.DELEGATE])
def test_who_grants_what(role: OfficeRole):
    """At a provider its director names organizers, an organizer deputies; the clerk grants all."""
    house = staffed()
    at = "of1" if role in (OfficeRole.DIRECTOR, OfficeRole.ORGANIZER, OfficeRole.DEPUTY) else None
    command = GrantOffice(Office("o-new", "p-new", role, DAY, None, at, PAPER))
    actors = {
        OfficeRole.CLERK: CLERK, OfficeRole.COMMISSION_MEMBER: MEMBER, OfficeRole.DELEGATE: DELEGATE,
        OfficeRole.DIRECTOR: DIRECTOR, OfficeRole.ORGANIZER: ORGANIZER,
    }  # fmt: skip
    for holder, actor in actors.items():
        if holder in GRANTED_BY[role]:
            assert BODY.decide(house.state, command, actor, house.now) != ()
        else:
            assert isinstance(house.refusal(actor, command), Forbidden)


@pytest.mark.rule("X15")
def test_a_director_grants_and_ends_at_their_own_provider_alone():
    house = staffed()
    house.do(CLERK, AccreditProvider("Lycée", replace(YEAR, provider="of2")))
    theirs = replace(office(), id="o-theirs", person="p-theirs", provider="of2")
    assert isinstance(house.refusal(DIRECTOR, GrantOffice(theirs)), Forbidden)
    house.do(CLERK, GrantOffice(theirs))
    assert isinstance(house.refusal(DIRECTOR, EndOffice("o-theirs")), Forbidden)
    assert isinstance(house.refusal(ORGANIZER, EndOffice("o-theirs")), Forbidden)
    house.do(DIRECTOR, EndOffice("o-organizer"))
    assert access.may_grant((office("o-director"),), OfficeRole.ORGANIZER, "of2") is None


@pytest.mark.rule("X15")
@pytest.mark.parametrize(
    "wrong",
    [
        replace(DEPUTY, id=""),
        replace(DEPUTY, id="o-organizer"),
        replace(DEPUTY, person=""),
        replace(DEPUTY, person=SYSTEM),
        replace(DEPUTY, provider=None),
        replace(DEPUTY, provider="of9"),
        replace(DEPUTY, acts=(Act.JURY,)),
        replace(DEPUTY, until=date(2026, 3, 15)),
        replace(DEPUTY, since=date(2026, 1, 1), until=date(2026, 3, 15)),
        replace(DEPUTY, since=date(2026, 4, 1), until=date(2026, 3, 31)),
        replace(office("o-director"), id="o-2", person="p-2", paper=None),
        replace(office("o-member"), id="o-2", person="p-2", paper=None),
        replace(clerk("second"), provider="of1"),
    ],
)
def test_an_office_that_cannot_be_granted(wrong: Office):
    assert staffed().refused(CLERK, GrantOffice(wrong)) == "X15"


@pytest.mark.rule("X15")
def test_grants_that_overlap():
    house = staffed()
    again = replace(office("o-member"), id="o-again", since=date(2028, 12, 31), until=date(2032, 12, 31))
    assert house.refused(CLERK, GrantOffice(again)) == "X15"
    house.do(CLERK, GrantOffice(replace(again, since=date(2029, 1, 1))))
    assert house.refused(CLERK, GrantOffice(replace(office("o-director"), id="o-again"))) == "X15"
    house.do(CLERK, EndOffice("o-director"))
    house.do(CLERK, GrantOffice(replace(office("o-director"), id="o-later", since=DAY)))


# Delegations


@pytest.mark.rule("X15")
def test_a_delegation_is_the_commissions_to_give_and_to_take_back():
    house = staffed()
    other = replace(JURY_DELEGATION, id="o-other", person="p-other", acts=(Act.BAR,))
    for actor in (DELEGATE, DIRECTOR, ORGANIZER):
        assert isinstance(house.refusal(actor, GrantOffice(other)), Forbidden)
        assert actor == DELEGATE or isinstance(house.refusal(actor, EndOffice("o-delegate")), Forbidden)
    assert house.refused(CLERK, GrantOffice(other)) == "X15"
    assert house.do(CLERK, GrantOffice(other, MEETING)) == [OfficeGranted(other, MEETING, CLERK, "o-clerk")]
    assert house.do(MEMBER, EndOffice("o-delegate", words())) == [
        OfficeEnded("o-delegate", DAY, words(), None, "o-member")]  # fmt: skip
    for wrong in ({"acts": ()}, {"acts": (Act.BAR, Act.BAR)}, {"paper": None}):
        assert house.refused(MEMBER, GrantOffice(replace(JURY_DELEGATION, id="o-2", person="p-2", **wrong))) == "X15"


# The end


@pytest.mark.rule("X15")
def test_an_office_ends_once_and_its_grant_no_longer_stands():
    house = staffed()
    position = house.state.offices["o-organizer"].position
    assert BODY.stands(house.state, position)
    assert house.do(CLERK, EndOffice("o-organizer")) == [OfficeEnded("o-organizer", DAY, None, None, "o-clerk")]
    assert not BODY.stands(house.state, position)
    assert house.refused(CLERK, EndOffice("o-organizer")) == "X15"
    assert house.refused(CLERK, EndOffice("o-nothing")) == "X15"
    house.on("2026-07-01")
    assert house.refused(MEMBER, EndOffice("o-delegate")) == "X15"  # over by itself since yesterday


@pytest.mark.rule("X15")
def test_a_holder_lays_down_their_own_office():
    house = staffed()
    assert house.do(ORGANIZER, EndOffice("o-organizer", words())) == [
        OfficeEnded("o-organizer", DAY, words(), None, "")]  # fmt: skip


@pytest.mark.rule("X15")
def test_the_body_keeps_a_clerk():
    house = staffed()
    assert house.refused(CLERK, EndOffice("o-clerk")) == "X15"
    house.do(CLERK, GrantOffice(clerk("second")))
    house.do("p-second", EndOffice("o-clerk"))
    assert isinstance(house.refusal(CLERK, GrantOffice(DEPUTY)), Forbidden)


@pytest.mark.rule("X15")
def test_the_platform_gives_a_clerk_when_nobody_is_left():
    house = staffed()
    assert house.refused(SYSTEM, GrantOffice(clerk("second"))) == "X15"
    house.do(CLERK, GrantOffice(replace(clerk("second"), until=DAY)))
    house.do("p-second", EndOffice("o-clerk"))
    house.on("2026-03-17")
    assert house.do(SYSTEM, GrantOffice(clerk("third"))) == [OfficeGranted(clerk("third"), None, SYSTEM, "")]
    assert isinstance(house.refusal(SYSTEM, GrantOffice(office("o-member", id="o-2", person="p-2"))), Forbidden)


# The index


def test_the_rows_of_offices():
    house = staffed()
    house.do(CLERK, EndOffice("o-organizer"))
    rows = house.rows("offices")
    assert set(rows) == {"o-clerk", "o-member", "o-director", "o-organizer", "o-delegate"}
    one = rows["o-organizer"]
    assert (one.person, one.scope, one.status) == (ORGANIZER, "of1", "organizer")
    assert (one.at, one.due_at) == (start_of(date(2026, 1, 1)), start_of(DAY))
    assert one.data == {
        "since": "2026-01-01", "until": "2026-03-15", "ended": True, "paper": None, "acts": [], "position": 7,
    }  # fmt: skip
    delegate = rows["o-delegate"]
    assert (delegate.scope, delegate.due_at) == (None, end_of(date(2026, 6, 30)))
    assert delegate.data["acts"] == ["jury"]
    assert rows["o-clerk"].due_at is None


def test_words_are_sealed_with_the_key_of_whom_they_are_about():
    house = staffed()
    assert BODY.subject(house.state, "b1", {"office": "o-organizer"}) == ORGANIZER
    assert BODY.subject(house.state, "b1", {"decision": "d1"}) == "stream:b1"
