"""Who sees which list of an awarding body (X15)."""
from __future__ import annotations

from datetime import date

import pytest

from evaluation.body.reading_rights import ALL_OF_IT, Register, reads
from evaluation.offices import Act, Office, OfficeRole

SINCE = date(2026, 1, 1)
NOTHING = frozenset[str]()


def office(role: OfficeRole, provider: str | None = None, *acts: Act) -> Office:
    return Office("o", "p", role, SINCE, provider=provider, acts=acts)


@pytest.mark.rule("X15")
@pytest.mark.parametrize(("held", "seen"), [
    ((), dict.fromkeys(Register, NOTHING)),
    ((office(OfficeRole.CLERK),), {**dict.fromkeys(Register, ALL_OF_IT), Register.ADJUSTMENTS: NOTHING}),
    ((office(OfficeRole.COMMISSION_MEMBER),), {
        **dict.fromkeys(Register, ALL_OF_IT), Register.EXAMINATIONS: NOTHING, Register.ADJUSTMENTS: NOTHING}),
    ((office(OfficeRole.DISABILITY_OFFICER),), {
        **dict.fromkeys(Register, NOTHING), Register.FRAMEWORKS: ALL_OF_IT, Register.ADJUSTMENTS: ALL_OF_IT}),
    ((office(OfficeRole.ORGANIZER, "b1"), office(OfficeRole.DEPUTY, "b2")), {
        **dict.fromkeys(Register, NOTHING), Register.OFFICES: frozenset({"b1", "b2"}),
        Register.PROVIDERS: frozenset({"b1", "b2"}), Register.CANDIDACIES: frozenset({"b1", "b2"}),
        Register.DAYS: frozenset({"b1", "b2"}), Register.JURORS: frozenset({"b1", "b2"}),
        Register.CASES: frozenset({"b1", "b2"}), Register.FINDINGS: frozenset({"b1", "b2"}),
        Register.FRAMEWORKS: ALL_OF_IT}),
    ((office(OfficeRole.OBSERVER),), {**dict.fromkeys(Register, NOTHING), Register.FRAMEWORKS: ALL_OF_IT}),
    *(((office(role),), {**dict.fromkeys(Register, NOTHING), Register.FRAMEWORKS: ALL_OF_IT,
                         Register.SITTINGS: ALL_OF_IT})
      for role in (OfficeRole.PRESIDENT, OfficeRole.PRESIDENT_DELEGATE)),
    ((office(OfficeRole.DELEGATE, None, Act.SITTING),), {
        **dict.fromkeys(Register, NOTHING), Register.FRAMEWORKS: ALL_OF_IT, Register.SITTINGS: ALL_OF_IT}),
    ((office(OfficeRole.DELEGATE, None, Act.BAR),), {
        **dict.fromkeys(Register, NOTHING), Register.FRAMEWORKS: ALL_OF_IT, Register.BARS: ALL_OF_IT}),
    ((office(OfficeRole.DELEGATE, None, Act.CASE),), {
        **dict.fromkeys(Register, NOTHING), Register.FRAMEWORKS: ALL_OF_IT, Register.CASES: ALL_OF_IT,
        Register.APPEALS: ALL_OF_IT}),
    ((office(OfficeRole.DELEGATE, None, Act.JURY),), {
        **dict.fromkeys(Register, NOTHING), Register.FRAMEWORKS: ALL_OF_IT, Register.DECISIONS: ALL_OF_IT,
        Register.DAYS: ALL_OF_IT, Register.JURORS: ALL_OF_IT, Register.JURIES: ALL_OF_IT,
        Register.FOLLOW_UPS: ALL_OF_IT}),
])
def test_each_office_sees_its_own(held: tuple[Office, ...], seen: dict[Register, frozenset[str] | None]):
    assert {register: reads(held, register) for register in Register} == seen
