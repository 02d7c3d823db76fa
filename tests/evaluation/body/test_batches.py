"""Outcomes before the commission: presented in batches, validated, or returned one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from evaluation.body.batches import (
    BatchPresented,
    BatchValidated,
    OutcomePresented,
    OutcomeReturned,
    OutcomeValidated,
    PresentBatch,
    ValidateBatch,
)
from evaluation.body.kind import BODY
from evaluation.codec import encode
from evaluation.quotes import Quote
from tests.evaluation.body.house import CLERK, DELEGATE, MEETING, MEMBER, ORGANIZER, House, staffed, words
from tests.evaluation.candidacy.house import CANDIDATE
from tests.evaluation.candidacy.towards_award import ruled

TODAY = date(2026, 3, 16)
TWELVE = tuple(f"k{number}" for number in range(1, 13))


def outcome(candidacy: str, award: str = "full") -> Quote:
    one = ruled(award, *({"full": ("BC1", "BC2"), "partial": ("BC1",)}.get(award, ())))
    return replace(one.quote(), stream=candidacy)


def presented(*candidacies: str, batch: str = "lot") -> House:
    house = staffed()
    house.do(CLERK, PresentBatch(batch, tuple(outcome(one) for one in candidacies)))
    return house


@pytest.mark.rule("R8.1")
def test_one_of_twelve_is_returned_and_the_others_are_validated() -> None:
    house = presented(*TWELVE)
    position = outcome("k1").position
    events = house.do(MEMBER, ValidateBatch("lot", {"k7": words()}))
    assert events[0] == BatchValidated("lot", {"k7": words()}, None, "o-member")
    assert events[1:] == [
        OutcomeReturned("lot", one, position, TODAY, words()) if one == "k7"
        else OutcomeValidated("lot", one, position, TODAY) for one in TWELVE]
    row = house.rows("batches")["lot"]
    assert (row.status, row.data["count"], row.data["returned"]) == ("decided", 12, 1)


@pytest.mark.rule("R8.1")
def test_two_clerks_decide_one_batch_once() -> None:
    house = presented("k1", "k2")
    meeting = replace(MEETING, day=TODAY)
    house.do(CLERK, ValidateBatch("lot", {}, meeting))
    assert house.refused(CLERK, ValidateBatch("lot", {"k1": words()}, meeting)) == "R8.1"
    assert house.refused(MEMBER, ValidateBatch("other", {})) == "R8.1"


@pytest.mark.rule("R8.1")
def test_two_clerks_present_one_outcome_once() -> None:
    house = presented("k1")
    for batch, candidacy in (("lot", "k2"), ("second", "k1"), ("", "k2")):
        assert house.refused(CLERK, PresentBatch(batch, (outcome(candidacy),))) == "R8.1"
    assert BODY.must_have_seen(house.state, PresentBatch, {}) == house.state.batches["lot"].position
    assert BODY.must_have_seen(staffed().state, PresentBatch, {}) == 0


@pytest.mark.rule("R8.1")
def test_what_is_presented_is_what_sittings_ruled() -> None:
    house, good = staffed(), outcome("k1")
    by_clerk = replace(good, data={**good.data, "said": None})
    for several in ((), (by_clerk,), (good, good), (replace(good, event="candidacy.award_put_off"),)):
        assert house.refused(CLERK, PresentBatch("lot", several)) == "R8.1"


@pytest.mark.rule("R8.1")
def test_what_is_not_in_the_batch_is_not_returned() -> None:
    assert presented("k1").refused(MEMBER, ValidateBatch("lot", {"k2": words()})) == "R8.1"


@pytest.mark.rule("R8.1")
def test_the_commission_meets_after_the_batch_was_presented() -> None:
    assert presented("k1").refused(CLERK, ValidateBatch("lot", {}, MEETING)) == "R8.1"


@pytest.mark.rule("X15")
def test_who_presents_and_who_validates() -> None:
    house = presented("k1")
    assert house.refused(ORGANIZER, PresentBatch("second", (outcome("k2"),))) == "X15"
    assert {house.refused(one, ValidateBatch("lot", {})) for one in (ORGANIZER, DELEGATE, CLERK)} == {"X15"}


@pytest.mark.rule("R8.1")
@pytest.mark.parametrize(("hour", "year"), [(22, 2026), (23, 2027)])
def test_the_year_of_a_validation_is_that_of_paris(hour: int, year: int) -> None:
    """By which the register is chosen that gives the number: at 23:00 UTC the new year has begun there."""
    house = presented("k1")
    house.now = int(datetime(2026, 12, 31, hour, 59, 59, tzinfo=UTC).timestamp() * 1000)
    validated = house.do(MEMBER, ValidateBatch("lot", {}))[1]
    assert validated.on.year == year


def test_each_candidacy_has_an_event_of_its_own() -> None:
    house = presented("k1", "k2")
    first, *others = house.events[-3:]
    assert isinstance(first, BatchPresented)
    assert others == [OutcomePresented("lot", one, outcome(one).position, TODAY) for one in ("k1", "k2")]
    assert encode(others[0]) == {"batch": "lot", "candidacy": "k1", "outcome": others[0].outcome, "on": "2026-03-16"}


def test_the_journal_reads_back_what_was_asked() -> None:
    house = presented("k1")
    house.do(MEMBER, ValidateBatch("lot", {"k1": words()}))
    asked = [BODY.replay(one, None) for one in house.events[-4:]]
    assert asked == [PresentBatch("lot", (outcome("k1"),)), None, ValidateBatch("lot", {"k1": words()}), None]


@pytest.mark.rule("X1")
def test_why_an_outcome_is_returned_is_sealed_with_its_candidate_s_key() -> None:
    house = presented("k1", "k2")
    people = [BODY.place_subject(house.state, {"batch": "lot"}, one) for one in ("k1", "k2", "k3")]
    assert people == [CANDIDATE, CANDIDATE, None]
    assert BODY.place_subject(house.state, {"batch": "other"}, "k1") is None
