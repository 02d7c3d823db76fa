"""The day before it begins: what is planned, who may be given a place; and its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.candidacy.kept import KeptBlock
from evaluation.framework import framework_to_data
from evaluation.grading import Mark
from evaluation.people import SYSTEM, JurorCategory, Role, Seat
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.access import CLOSED
from evaluation.session.access import rights as rights_of
from evaluation.session.phases import Phase
from tests.evaluation.frameworks import POLISHING, block_of_size, with_blocks
from tests.evaluation.session.day import (
    CANDIDATES,
    EMPLOYEES,
    EMPLOYERS,
    JURY,
    OBSERVER,
    ORGANIZER,
    TRAINER,
    Day,
    appointed,
    begun,
    framework,
    hearing,
    listed,
    planned,
    substitute,
    words,
)
from tests.evaluation.session.quotes import agreement, appoint, gained, jury_decided, replace_juror

PLAN = c.PlanSession("s1", framework_to_data(POLISHING), "2026-03-16", ORGANIZER, agreement(), (OBSERVER,))


@pytest.mark.rule("R1.1")
def test_a_session_keeps_its_framework_whole():
    day = planned(with_blocks(block_of_size(5)))
    assert day.state.framework == with_blocks(block_of_size(5))


@pytest.mark.rule("R1.1")
def test_a_framework_that_cannot_be_used():
    assert Day().refused("org", replace(PLAN, framework={"code": "X"})) == "R1.1"


@pytest.mark.parametrize("date", ["", "demain", "2026-02-30", "20260316", "2026-W12-1"])
def test_a_date_that_is_not_one(date: str):
    assert Day().refused("org", replace(PLAN, date=date)) == "R1.1"


@pytest.mark.parametrize(
    "changes",
    [
        {"organizer": OBSERVER},
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
    later = replace(PLAN, date="2026-06-01")
    assert Day().refused("org", replace(later, agreement=agreement(until=date(2026, 5, 31)))) == "R1.7"
    Day().do("org", replace(later, agreement=agreement(until=date(2026, 6, 1))))
    for bad in (jury_decided(JURY), replace(agreement(), kind="session"), replace(agreement(), data={})):
        assert Day().refused("org", replace(PLAN, agreement=bad)) == "R1.7"


def test_a_session_is_planned_once():
    assert Day().refused("org", appoint(JURY)) == "R1.1"
    assert planned().refused("org", PLAN) == "R1.1"


@pytest.mark.rule("X11")
@pytest.mark.parametrize(
    "changes",
    [
        {"candidate": replace(CANDIDATES["h1"], id="obs")},
        {"candidate": replace(CANDIDATES["h1"], id="emp")},
        {"candidate": replace(CANDIDATES["h1"], id="system")},
        {"aids": (Seat("cand1", "p-x", Role.AID, hearing="h1"),)},
        {"aids": (Seat("aid1", "p-x", Role.AID, hearing="h1"), Seat("aid1", "p-y", Role.AID, hearing="h1"))},
    ],
)
def test_a_place_is_not_given_twice(changes: dict[str, object]):
    assert appointed().refused("org", hearing(**changes)) == "X11"


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"candidate": replace(CANDIDATES["h1"], person="p-emp")}, "R1.2"),
        ({"aids": (Seat("aid9", "p-tra", Role.AID, hearing="h1"),)}, "R1.2"),
        ({"aids": (Seat("aid9", "p-cand1", Role.AID, hearing="h1"),)}, "R1.2"),
        ({"candidate": replace(CANDIDATES["h1"], person="p-org")}, "R1.2"),
    ],
)
@pytest.mark.rule("R1.2")
def test_a_person_has_one_role_in_a_session(changes: dict[str, object], rule: str):
    assert appointed().refused("org", hearing(**changes)) == rule


@pytest.mark.rule("R1.2")
def test_a_candidate_is_not_made_a_juror():
    day = planned()
    day.do("org", hearing())
    jury = (replace(EMPLOYEES, person="p-cand1"), EMPLOYERS, TRAINER)
    assert day.refused(SYSTEM, appoint(jury)) == "R1.2"
    day.do(SYSTEM, appoint(JURY))
    seat = substitute(JurorCategory.EMPLOYEES, person="p-aid1")
    assert day.refused(SYSTEM, replace_juror("emp", seat)) == "R1.2"


def test_two_candidates_of_one_day_may_be_the_same_person_twice():
    """A hearing that was postponed and one of another certification block: roles do not differ."""
    day = appointed()
    day.do("org", hearing("h1"))
    day.do("org", hearing("h2", candidate=replace(CANDIDATES["h2"], person="p-cand1"), aids=()))
    assert set(day.state.hearings) == {"h1", "h2"}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"candidate": replace(CANDIDATES["h1"], role=Role.AID)}, "R3.2"),
        ({"aids": (Seat("aid9", "p-aid9", Role.OBSERVER, hearing="h1"),)}, "R3.2"),
        ({"candidate": replace(CANDIDATES["h1"], hearing="h2")}, "R3.2"),
        ({"candidate": replace(CANDIDATES["h1"], hearing=None)}, "R3.2"),
        ({"aids": (Seat("aid9", "p-aid9", Role.AID, hearing="h2"),)}, "R3.2"),
        ({"hearing": "", "candidate": replace(CANDIDATES["h1"], hearing=""), "aids": ()}, "R3.2"),
        ({"blocks": ()}, "X8"),
        ({"blocks": ("BC9",)}, "X8"),
        ({"blocks": ("BC1", "BC1")}, "X8"),
        ({"blocks": ("BC1",), "outcomes": (gained("BC1"),)}, "X8"),
        ({"blocks": ("BC1",), "outcomes": (gained("BC2", person="p-cand2"),)}, "X8"),
        ({"blocks": ("BC1",), "outcomes": (gained("BC2", code="RNCP26849"),)}, "X8"),
        ({"blocks": ("BC1",), "outcomes": (agreement(),)}, "X8"),
        ({"extra_seconds": {"welcome": 60}}, "R10.1"),
        ({"extra_seconds": {"questions": -60}}, "R10.1"),
        ({"trained_by": ("p-x", "p-tra")}, "R1.2"),
    ],
)
def test_a_hearing_that_cannot_be_listed(changes: dict[str, object], rule: str):
    assert appointed().refused("org", hearing(**changes)) == rule


@pytest.mark.rule("X8")
def test_the_blocks_kept_are_computed_for_the_day():
    day = appointed(framework(kept_block_validity_months=12))
    on_time, late = gained("BC1", ruled_on=date(2025, 3, 16)), gained("BC1", ruled_on=date(2025, 3, 15))
    (event,) = day.do("org", hearing(blocks=("BC2",), outcomes=(on_time,)))
    assert event.kept == (KeptBlock("BC1", "k1", "1", date(2025, 3, 16), date(2026, 3, 16)),)  # type: ignore[union-attr]
    assert event.outcomes == (on_time,)  # type: ignore[union-attr]
    assert day.hearing().kept_blocks == ("BC1",)
    day = appointed(framework(kept_block_validity_months=12))
    day.do("org", hearing(outcomes=(late,)))
    assert day.hearing().kept_blocks == ()


def test_a_hearing_is_listed_once():
    assert listed().refused("org", hearing()) == "R3.2"


@pytest.mark.rule("X8")
def test_a_resit_of_one_block_with_the_other_kept():
    """Only the block sought is marked, and with the kept one the certification is whole."""
    day = begun(hearings={"h1": {"blocks": ("BC2",), "outcomes": (gained("BC1"),)}}).questioning()
    assert day.refused("tra", c.SetMark("h1", "C1.4", Mark.ACQUIRED)) == "R5.1"
    day = begun(hearings={"h1": {"blocks": ("BC2",), "outcomes": (gained("BC1"),)}}).signed()
    result = day.hearing().result
    assert result is not None
    assert (result.outcome, result.complete) == ("full", True)
    assert {b.code: (b.validated, b.kept) for b in result.blocks} == {
        "BC1": (True, True), "BC2": (True, False),
    }  # fmt: skip


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
    day.do("org", hearing(trained_by=("p-tra",)))
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
