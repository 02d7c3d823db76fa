"""What is kept of a candidate, from when and why (R9.2, X1)."""
from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from evaluation.framework import Framework
from evaluation.session import commands as c
from evaluation.session import retention_periods as periods
from evaluation.session.phases import Phase
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.session.day import Day, begun, words

HELD_ON, RULED_ON = date(2026, 3, 16), date(2026, 4, 30)


def over(of: Framework = POLISHING) -> Day:
    day = begun(of).presenting()
    day.do("emp", c.StopHearing("h1", words()))
    return day


@pytest.mark.rule("X1")
def test_evidence_and_documents_are_kept_for_the_appeal_and_then_their_days():
    assert periods.evidence_due(POLISHING, RULED_ON) == date(2026, 6, 30) + timedelta(days=90)
    assert periods.documents_due(POLISHING, RULED_ON, 365) == date(2027, 6, 30)


@pytest.mark.rule("X1")
def test_a_candidacy_is_open_until_a_jury_ruled_and_the_appeal_is_over():
    last = date(2026, 6, 30)
    found = [periods.open_for(POLISHING, None, date(2030, 1, 1)), periods.open_for(POLISHING, RULED_ON, last),
             periods.open_for(POLISHING, RULED_ON, last + timedelta(days=1))]
    assert found == [("outcome",), ("appeal_delay",), ()]


@pytest.mark.rule("X1")
def test_every_incident_and_reservation_holds_until_a_person_settled_it():
    day = begun().called()
    found = [periods.held_by_itself(day.hearing(), None)]
    day.do("tra", c.RecordIncident("h1", "technical", False, words()))
    first = day.hearing().incidents[0].at
    found += [periods.held_by_itself(day.hearing(), None), periods.held_by_itself(day.hearing(), first)]
    day.wait(60)
    day.do("tra", c.RecordIncident("h1", "technical", False, words()))
    found.append(periods.held_by_itself(day.hearing(), first))
    assert found == [(), ("incident",), (), ("incident",)]
    of_cases = [one.position for one in day.hearing().incidents]
    assert [periods.held_by_itself(day.hearing(), None, of_cases[:many]) for many in (1, 2)] == [("incident",), ()]
    reserved = replace(begun().hearing(), reservations=frozenset({"identity"}))
    assert [periods.held_by_itself(reserved, at) for at in (None, first)] == [("reservation",), ()]
    assert periods.held_by_itself(reserved, None, settled=True) == ()


@pytest.mark.rule("X1")
def test_a_release_from_before_the_end_in_the_room_settles_no_reservation():
    day = over()
    ended_at = day.hearing().clocks[Phase.PRESENTATION].ended_at
    assert ended_at is not None
    reserved = replace(day.hearing(), reservations=frozenset({"identity"}))
    found = [periods.held_by_itself(reserved, at) for at in (ended_at - 1, ended_at)]
    # The hearing was stopped: that has a case of its own.
    assert found == [("incident", "reservation"), ()]
