"""An agreement that ends before the planned day, and one that runs on it again (R1.7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.people import SYSTEM, Words
from evaluation.quotes import Quote
from evaluation.session import commands as c
from evaluation.session import events as e
from tests.evaluation.session.day import JURY, Day, begun, planned, verified
from tests.evaluation.session.quotes import BODY, agreement, agreement_ended, jury_decided

THE_DAY = date(2026, 3, 16)
pytestmark = pytest.mark.rule("R1.7")


def review(day: Day, told: Quote) -> list[e.Event]:
    return day.do(SYSTEM, c.ReviewAgreement(told))


@pytest.mark.parametrize("on", [date(2026, 2, 1), THE_DAY])
def test_a_day_that_it_leaves_without_an_agreement_says_so_once(on: date):
    day = planned()
    assert review(day, agreement_ended(on)) == [e.AgreementLapsed(agreement_ended(on))]
    assert (day.state.without_agreement, day.state.closed) == (on.isoformat(), False)
    assert review(day, agreement_ended(on)) == []
    assert verified(day.lines()).records == len(day.records)


def test_a_day_before_the_end_is_covered():
    day = planned()
    assert review(day, agreement_ended(date(2026, 3, 17))) == []
    assert day.state.without_agreement is None


def test_an_agreement_of_somebody_else_says_nothing():
    day = planned()
    for other in (agreement_ended(THE_DAY, "of2"), replace(agreement_ended(THE_DAY), stream="b2")):
        assert review(day, other) == []
    refused = replace(jury_decided(JURY), stream=BODY)
    assert day.refused(SYSTEM, c.ReviewAgreement(refused)) == "R1.7"


def test_an_agreement_that_runs_on_the_day_again():
    day = planned()
    covering, past = agreement(), agreement(until=date(2026, 3, 15))
    assert review(day, covering) == []
    review(day, agreement_ended(date(2026, 2, 1)))
    assert review(day, past) == []
    assert review(day, covering) == [e.AgreementRestored(covering)]
    assert day.state.without_agreement is None
    assert verified(day.lines()).records == len(day.records)


def test_a_day_that_is_closed_stays_as_it_was():
    day = begun()
    for name in ("h1", "h2"):
        day.do("org", c.PostponeHearing(name, Words("w", "d" * 8)))
    day.do("org", c.CloseSession())
    assert review(day, agreement_ended(THE_DAY)) == []


def test_only_the_platform_does_it():
    assert planned().refused("org", c.ReviewAgreement(agreement_ended(THE_DAY))) == "X11"
