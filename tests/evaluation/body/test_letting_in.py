"""Who hands whom a link to set up what they sign in with, and sees who signed in."""
from __future__ import annotations

from datetime import date

import pytest

from evaluation.body import access
from evaluation.offices import Office, OfficeRole
from tests.evaluation.body.house import JURY_DELEGATION, office

pytestmark = pytest.mark.rule("X15")
CLERK = Office("o-clerk", "p-clerk", OfficeRole.CLERK, date(2026, 1, 1))
DIRECTOR, ORGANIZER, MEMBER = office("o-director"), office("o-organizer"), office("o-member")
ELSEWHERE = office("o-organizer", id="o-2", provider="of2")
OBSERVER = Office("o-observer", "p-observer", OfficeRole.OBSERVER, date(2026, 1, 1))


@pytest.mark.parametrize(("issuer", "person", "may"), [
    ([CLERK], [], True), ([CLERK], [CLERK], True), ([CLERK], [MEMBER, ORGANIZER], True),
    ([DIRECTOR], [ORGANIZER], True), ([DIRECTOR], [ELSEWHERE], False), ([DIRECTOR], [ORGANIZER, ELSEWHERE], False),
    ([DIRECTOR], [ORGANIZER, CLERK], False), ([DIRECTOR], [DIRECTOR], False), ([ORGANIZER], [DIRECTOR], False),
    ([DIRECTOR], [], False), ([MEMBER], [JURY_DELEGATION], False), ([OBSERVER], [OBSERVER], False), ([], [], False)])
def test_a_clerk_lets_anybody_in_and_others_whom_they_might_grant_every_office(
    issuer: list[Office], person: list[Office], may: bool
):
    assert access.may_let_in(issuer, person) == may


def test_the_clerk_alone_sees_who_signed_in():
    one_each = [CLERK, MEMBER, DIRECTOR, ORGANIZER, ELSEWHERE, OBSERVER, JURY_DELEGATION]
    assert [one for one in one_each if access.may_see_sign_ins([one])] == [CLERK]
    assert access.may_see_sign_ins([]) is False
