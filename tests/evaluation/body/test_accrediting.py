"""Agreements with training providers: in force, renewed, ended (R1.7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.body import accrediting
from evaluation.body.accrediting import (
    AccreditProvider,
    AgreementEnded,
    AgreementRenewed,
    EndAgreement,
    ProviderAccredited,
    RenewAgreement,
    agreed_on,
)
from evaluation.body.kind import BODY
from evaluation.deadlines import end_of, start_of
from evaluation.rules import Forbidden, Refusal
from tests.evaluation.body.house import CLERK, DIRECTOR, PAPER, TODAY, YEAR, House, accredited, founded, staffed, words

DAY = date.fromisoformat(TODAY)
NEXT = replace(YEAR, since=date(2027, 1, 1), until=date(2029, 12, 31))


def in_force(house: House, *days: date) -> list[bool]:
    provider = house.state.providers["of1"]
    return [agreed_on(provider, day) is not None for day in days]


@pytest.mark.rule("R1.7")
def test_a_provider_is_accredited_from_a_day_to_a_day():
    house = founded()
    assert house.do(CLERK, AccreditProvider("Haute École", YEAR)) == [ProviderAccredited("Haute École", YEAR)]
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert in_force(house, *days) == [False, True, True, False]
    assert house.refused(CLERK, AccreditProvider("Haute École", YEAR)) == "R1.7"


@pytest.mark.rule("R1.7", "X15")
def test_what_cannot_be_agreed():
    house = accredited()
    other = replace(YEAR, provider="of2")
    assert house.refused(CLERK, AccreditProvider("", other)) == "R1.7"
    assert house.refused(CLERK, AccreditProvider("Lycée", replace(other, provider=""))) == "R1.7"
    assert house.refused(CLERK, AccreditProvider("Lycée", replace(other, until=date(2025, 12, 31)))) == "X15"
    assert house.refused(CLERK, RenewAgreement(replace(NEXT, provider="of2"))) == "R1.7"
    assert house.refused(CLERK, RenewAgreement(replace(NEXT, since=date(2026, 12, 31)))) == "R1.7"
    assert house.refused(CLERK, RenewAgreement(replace(NEXT, until=None, since=DAY))) == "R1.7"
    assert house.refused(CLERK, EndAgreement("of2", DAY, words())) == "R1.7"


@pytest.mark.rule("X15")
def test_agreements_are_the_awarding_bodys():
    house = staffed()
    for command in (AccreditProvider("Lycée", replace(YEAR, provider="of2")), RenewAgreement(NEXT),
                    EndAgreement("of1", DAY, words())):  # fmt: skip
        assert isinstance(house.refusal(DIRECTOR, command), Forbidden)


@pytest.mark.rule("R1.7")
def test_an_agreement_renewed():
    house = accredited()
    assert house.do(CLERK, RenewAgreement(NEXT)) == [AgreementRenewed(NEXT)]
    assert in_force(house, date(2026, 12, 31), date(2027, 1, 1), date(2030, 1, 1)) == [True, True, False]


@pytest.mark.rule("R1.7")
def test_an_agreement_ended_today_is_over_today_and_ends_once():
    house = accredited()
    house.do(CLERK, RenewAgreement(NEXT))
    cut = replace(YEAR, until=date(2026, 3, 15))
    assert house.do(CLERK, EndAgreement("of1", DAY, words(), PAPER)) == [
        AgreementEnded("of1", DAY, words(), PAPER, cut)]  # fmt: skip
    assert in_force(house, date(2026, 3, 15), DAY, date(2027, 6, 1)) == [True, False, False]
    assert house.refused(CLERK, EndAgreement("of1", DAY, words())) == "R1.7"
    assert house.refused(CLERK, EndAgreement("of1", date(2026, 3, 15), words())) == "R1.7"
    assert house.do(CLERK, RenewAgreement(replace(NEXT, since=DAY))) != []
    assert in_force(house, DAY) == [True]


@pytest.mark.rule("R1.7")
def test_an_end_that_was_announced_may_come_sooner():
    house = accredited()
    house.do(CLERK, EndAgreement("of1", date(2026, 6, 1), words()))
    assert in_force(house, DAY, date(2026, 5, 31), date(2026, 6, 1)) == [True, True, False]
    assert house.refused(CLERK, EndAgreement("of1", date(2026, 7, 1), words())) == "R1.7"
    house.do(CLERK, EndAgreement("of1", DAY, words()))
    assert in_force(house, DAY) == [False]


@pytest.mark.rule("R1.7")
def test_an_agreement_that_had_not_begun_never_does():
    house = accredited()
    house.do(CLERK, RenewAgreement(NEXT))
    house.do(CLERK, EndAgreement("of1", date(2027, 1, 1), words()))
    assert in_force(house, date(2026, 12, 31), date(2027, 1, 1), date(2028, 1, 1)) == [True, False, False]


# Shown in another stream


@pytest.mark.rule("R1.7")
def test_a_provider_whose_agreement_ended_shows_none():
    house = accredited()
    before = house.quote(3)
    accrediting.check_quoted(before, DAY, date(2026, 12, 31))
    with pytest.raises(Refusal) as refusal:
        accrediting.check_quoted(before, DAY, date(2027, 1, 1))
    assert refusal.value.rule == "R1.7"
    house.do(CLERK, EndAgreement("of1", date(2026, 6, 1), words()))
    assert not BODY.stands(house.state, before.position)
    after = house.quote()
    assert BODY.stands(house.state, after.position)
    accrediting.check_quoted(after, DAY, date(2026, 5, 31))
    with pytest.raises(Refusal):
        accrediting.check_quoted(after, DAY, date(2026, 6, 1))


@pytest.mark.rule("R1.7")
def test_a_quote_of_something_else():
    house = accredited()
    good = house.quote(3)
    for bad in (replace(good, kind="session"), house.quote(2), house.quote(4), replace(good, data={"agreement": {}})):
        with pytest.raises(Refusal) as refusal:
            accrediting.check_quoted(bad, DAY)
        assert refusal.value.rule == "R1.7"


# The index


def test_the_rows_of_providers_and_agreements():
    house = accredited()
    house.do(CLERK, RenewAgreement(NEXT))
    (provider,) = house.rows("providers").values()
    assert (provider.key, provider.scope, provider.status) == ("of1", "of1", "agreed")
    assert (provider.at, provider.due_at) == (start_of(date(2026, 1, 1)), end_of(date(2029, 12, 31)))
    assert provider.data == {"name": "Haute École", "agreements": 2}
    assert {key: one.data["position"] for key, one in house.rows("agreements").items()} == {"of1/1": 3, "of1/2": 5}
    house.do(CLERK, EndAgreement("of1", DAY, words()))
    assert house.rows("providers")["of1"].status == "ended"
    assert house.rows("agreements")["of1/1"].due_at == start_of(DAY)
    assert {one.data["position"] for one in house.rows("agreements").values()} == {6}
