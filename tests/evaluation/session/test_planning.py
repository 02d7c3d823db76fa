"""The day before it begins: what is planned, who may be given a place; and its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.framework_file import framework_to_data
from evaluation.offices import OfficeRole
from evaluation.people import SYSTEM, JurorCategory, Role, Seat
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.access import CLOSED
from evaluation.session.access import rights as rights_of
from evaluation.session.phases import Phase
from tests.evaluation.frameworks import POLISHING, block_of_size, with_blocks
from tests.evaluation.session.day import (
    EMPLOYEES,
    EMPLOYERS,
    JURY,
    OBSERVER,
    ORGANIZER,
    TRAINER,
    Day,
    begun,
    framework,
    hearing,
    plan,
    planned,
    substitute,
    words,
)
from tests.evaluation.session.quotes import agreement, appoint, in_force, jury_decided, office, replace_juror

PLAN = plan()


@pytest.mark.rule("R1.1")
def test_a_session_keeps_its_framework_whole():
    day = planned(with_blocks(block_of_size(5)))
    assert day.state.framework == with_blocks(block_of_size(5))


@pytest.mark.rule("R1.1")
def test_a_framework_that_cannot_be_used():
    assert Day().refused("org", replace(PLAN, framework={"code": "X"})) == "R1.1"


@pytest.mark.rule("R1.1")
@pytest.mark.parametrize(
    "changes",
    [
        {"in_force": in_force(framework(version="2"))},
        {"in_force": in_force(framework(portfolio_max_pages=9))},
        {"in_force": in_force(since=date(2026, 3, 17))},
        {"in_force": in_force(body="b2")},
        {"in_force": agreement()},
        {"framework": framework_to_data(framework(portfolio_max_pages=9))},
    ],
)
def test_the_framework_is_the_one_put_in_force(changes: dict[str, object]):
    """Under its own digest, by this awarding body, by the day."""
    assert Day().refused("org", replace(PLAN, **changes)) == "R1.1"


@pytest.mark.rule("R1.1")
def test_an_earlier_version_is_planned_for_those_who_began_with_it():
    day = planned(date="2026-06-15", in_force=in_force(since=date(2024, 1, 1)), agreement=agreement(until=None))
    assert day.state.framework == POLISHING


@pytest.mark.rule("X15")
@pytest.mark.parametrize(
    "changes",
    [
        {"office": office("p-other")},
        {"office": office(role=OfficeRole.DIRECTOR)},
        {"office": office(provider="of2")},
        {"office": office(until=date(2026, 3, 15))},
        {"office": office(body="b2")},
        {"office": agreement()},
    ],
)
def test_whoever_plans_runs_the_providers_days(changes: dict[str, object]):
    assert Day().refused("org", replace(PLAN, **changes)) == "X15"
    assert Day().refused("obs", PLAN) == "X15"
    Day().do("org", replace(PLAN, office=office(role=OfficeRole.DEPUTY)))


@pytest.mark.rule("R4.4")
def test_a_day_that_has_passed_is_not_planned():
    assert Day().refused("org", replace(PLAN, date="2026-03-15", in_force=in_force())) == "R4.4"


@pytest.mark.parametrize("date", ["", "demain", "2026-02-30", "20260316", "2026-W12-1"])
def test_a_date_that_is_not_one(date: str):
    assert Day().refused("org", replace(PLAN, date=date)) == "R1.1"


@pytest.mark.parametrize(
    "changes",
    [
        {"organizer": replace(OBSERVER, id="org", person="p-org")},
        {"organizer": replace(ORGANIZER, role=Role.JUROR)},
        {"observers": (ORGANIZER,)},
        {"observers": (OBSERVER, replace(ORGANIZER, id="org2"))},
    ],
)
def test_who_plans_and_who_watches(changes: dict[str, object]):
    assert Day().refused("org", replace(PLAN, **changes)) == "R4.4"


@pytest.mark.parametrize(
    "observers",
    [
        (OBSERVER, OBSERVER),
        (replace(OBSERVER, id="org"),),
        (replace(OBSERVER, id="system"),),
        (replace(OBSERVER, id=""),),
    ],
)
def test_a_place_is_one_persons_and_never_the_platforms(observers: tuple[Seat, ...]):
    assert Day().refused("org", replace(PLAN, observers=observers)) == "X11"


@pytest.mark.rule("R1.7")
def test_a_provider_whose_agreement_ended_plans_nothing():
    """It is in force today and on the day of the session."""
    day = planned()
    assert (day.state.provider, day.state.body) == ("of1", "b1")
    for since, until in ((date(2026, 3, 17), None), (date(2026, 1, 1), date(2026, 3, 15))):
        assert Day().refused("org", replace(PLAN, agreement=agreement(since, until))) == "R1.7"
    later = plan(on="2026-06-01")
    assert Day().refused("org", replace(later, agreement=agreement(until=date(2026, 5, 31)))) == "R1.7"
    Day().do("org", replace(later, agreement=agreement(until=date(2026, 6, 1))))
    for bad in (jury_decided(JURY), replace(agreement(), kind="session"), replace(agreement(), data={})):
        assert Day().refused("org", replace(PLAN, agreement=bad)) == "R1.7"


def test_a_session_is_planned_once():
    assert Day().refused("org", appoint(JURY)) == "R1.1"
    assert planned().refused("org", PLAN) == "R1.1"


@pytest.mark.rule("R1.2")
def test_a_candidate_is_not_made_a_juror():
    day = planned()
    day.do("org", hearing())
    jury = (replace(EMPLOYEES, person="p-cand1"), EMPLOYERS, TRAINER)
    assert day.refused(SYSTEM, appoint(jury)) == "R1.2"
    day.do(SYSTEM, appoint(JURY))
    seat = substitute(JurorCategory.EMPLOYEES, person="p-aid1")
    assert day.refused(SYSTEM, replace_juror("emp", seat)) == "R1.2"


def test_the_commission_alone_appoints():
    """What it decided is carried out by the server: nobody in the room appoints, whatever they quote."""
    day = planned()
    assert day.refused("org", appoint(JURY)) == "X11"
    assert day.refused("commission", appoint(JURY)) == "X11"
    assert day.refused("emp", appoint(JURY)) == "X11"
    day.do(SYSTEM, appoint(JURY))
    assert day.state.jurors_sitting(None) == JURY
    assert day.refused(SYSTEM, appoint(JURY)) == "R1.2"


@pytest.mark.rule("R1.2")
def test_the_jury_is_appointed_for_the_day():
    jury = (EMPLOYEES, EMPLOYERS, replace(TRAINER, hearing="h1"))
    assert planned().refused(SYSTEM, appoint(jury)) == "R1.2"


@pytest.mark.rule("R1.2")
def test_a_jury_appointed_after_the_list():
    day = planned()
    day.do("org", hearing(enrolled={"trained_by": ("p-tra",)}))
    assert day.refused(SYSTEM, appoint(JURY)) == "R1.2"


@pytest.mark.rule("X11")
@pytest.mark.parametrize("bring", ["ready", "called", "presenting", "grading", "deliberating", "adjourned"])
def test_a_session_stays_open_while_a_hearing_is_not_over(bring: str):
    day = begun(hearings={"h2": {}})
    day.wait(120).do("emp", c.RecordNoShow("h2"))
    if bring == "adjourned":
        day.presenting().do("emp", c.AdjournHearing("h1", words()))
    else:
        getattr(day, bring)()
    assert day.refused("org", c.CloseSession()) == "X11"
    assert day.refused("emp", c.CloseSession()) == "X11"


@pytest.mark.rule("X11")
@pytest.mark.parametrize("closes", ["emp", "org"])
def test_a_session_closes_and_its_links_with_it(closes: str):
    day = begun().signed()
    day.do(closes, c.PostponeHearing("h2", words()))
    assert day.refused("own", c.CloseSession()) == "R3.1"
    assert day.do(closes, c.CloseSession()) == [e.SessionClosed()]
    assert day.state.present == frozenset()
    for seat in day.state.seats():
        rights = rights_of(day.state, seat.id)
        assert (rights.publish, rights.view, rights.events) == (CLOSED.publish, CLOSED.view, False)
        if seat.role is not Role.ORGANIZER:
            assert rights == CLOSED
    assert day.refused("emp", c.CallIn("h2")) == "X11"
    assert day.refused("system", c.Join("emp")) == "X11"
    assert day.do("system", c.Leave("emp")) == []
    assert day.hearing().phase is Phase.CLOSED
