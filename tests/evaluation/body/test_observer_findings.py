"""Findings: recorded by who observes, given to somebody with a day, closed by the awarding body."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.body.granting import GrantOffice
from evaluation.body.kind import BODY
from evaluation.body.observer_findings import AssignFinding, CloseFinding, RecordFinding
from evaluation.codec import encode
from evaluation.deadlines import end_of, start_of
from evaluation.offices import Office, OfficeRole
from evaluation.quotes import Quote
from tests.evaluation.body.house import CLERK, DIRECTOR, MEMBER, ORGANIZER, House, staffed, words

OBSERVER = "p-observer"
ORGANIZES = 7
"""Where the grant of the provider's organizer stands."""


def planned(*observers: str, session: str = "s1") -> Quote:
    """The planning of a day of `of1`, with who observes."""
    office = encode(staffed().quote(ORGANIZES))
    return Quote("session", session, 1, "a" * 64, "session.session_planned", {
        "office": office, "observers": [{"id": f"seat-{one}", "person": one} for one in observers]})


def added(person: str = OBSERVER, session: str = "s1") -> Quote:
    return Quote("session", session, 5, "b" * 64, "session.observer_added", {
        "observer": {"id": "seat", "person": person}})


FOUND = RecordFinding("f1", "of1", date(2026, 3, 10), words("late"), "s1", planned(), added())
CORRECT = AssignFinding("f1", DIRECTOR, date(2026, 4, 30), words("start on time"))


def observed() -> House:
    house = staffed()
    house.do(CLERK, GrantOffice(Office("o-obs", OBSERVER, OfficeRole.OBSERVER, date(2026, 1, 1))))
    house.do(OBSERVER, FOUND)
    return house


@pytest.mark.rule("R2.4")
def test_a_finding_is_recorded_assigned_and_closed():
    house = observed()
    assert row(house) == ("open", "of1", None, start_of(date(2026, 3, 10)))
    house.do(CLERK, CORRECT)
    assert row(house) == ("assigned", "of1", DIRECTOR, end_of(date(2026, 4, 30)))
    house.do(CLERK, replace(CORRECT, owner=ORGANIZER))
    house.do(CLERK, CloseFinding("f1", words("done")))
    assert row(house) == ("closed", "of1", ORGANIZER, None)
    assert house.state.findings["f1"].outcome == words("done")
    assert [BODY.replay(one, None) for one in house.events[-4:]] == [
        FOUND, CORRECT, replace(CORRECT, owner=ORGANIZER), CloseFinding("f1", words("done"))]


def row(house: House) -> tuple[str, str | None, str | None, int | None]:
    (one,) = house.rows("findings").values()
    return one.status, one.scope, one.person, one.due_at


@pytest.mark.rule("R2.4")
def test_what_is_no_finding():
    house = observed()
    for wrong in (FOUND, replace(FOUND, finding=""), replace(FOUND, finding="f2", provider="of9"),
                  replace(FOUND, finding="f2", found_on=date(2026, 3, 17))):
        assert house.refused(OBSERVER, wrong) == "R2.4"
    for wrong in (replace(CORRECT, finding="f9"), replace(CORRECT, owner=""), replace(CORRECT, due=date(2026, 3, 15))):
        assert house.refused(CLERK, wrong) == "R2.4"
    for nobody in (OBSERVER, MEMBER, "p-nobody"):
        assert house.refused(CLERK, replace(CORRECT, owner=nobody)) == "R2.4"
    house.do(CLERK, replace(CORRECT, owner=CLERK))
    house.do(CLERK, CloseFinding("f1", words()))
    assert house.refused(CLERK, CORRECT) == "R2.4"
    assert house.refused(CLERK, CloseFinding("f1", words())) == "R2.4"


@pytest.mark.rule("R2.4")
def test_who_did_not_observe_finds_nothing():
    house = observed()
    another = replace(FOUND, finding="f2")
    for wrong in ({"session": None}, {"session": None, "day": None, "seat": None}, {"seat": None}, {"day": None},
                  {"seat": added("p-other")}, {"seat": added(session="s2")}, {"seat": planned("p-other")},
                  {"day": planned(session="s2")}, {"day": added()}, {"seat": replace(added(), event="session.seated")},
                  {"day": replace(planned(), data={})}, {"session": "s2"}):
        assert house.refused(OBSERVER, replace(another, **wrong)) == "R2.4", wrong
    theirs = Quote("body", "b2", ORGANIZES, "c" * 64, "body.office_granted", staffed().quote(ORGANIZES).data)
    for office in (theirs, staffed().quote(2)):
        day = replace(planned(), data={"office": encode(office), "observers": []})
        assert house.refused(OBSERVER, replace(another, day=day)) == "R2.4"
    house.do(OBSERVER, replace(another, seat=planned("p-other", OBSERVER)))
    house.do(CLERK, replace(another, finding="f3", seat=None), replace(another, finding="f4", session=None, day=None))
    assert house.refused(CLERK, replace(another, finding="f5", day=planned(session="s2"))) == "R2.4"


@pytest.mark.rule("X15")
def test_who_finds_and_who_closes():
    house = observed()
    house.do(CLERK, replace(FOUND, finding="f2"))
    for actor in (ORGANIZER, DIRECTOR, MEMBER):
        assert house.refused(actor, replace(FOUND, finding="f3")) == "X15"
    for actor in (OBSERVER, ORGANIZER, MEMBER):
        assert house.refused(actor, CORRECT) == "X15"
        assert house.refused(actor, CloseFinding("f1", words())) == "X15"
