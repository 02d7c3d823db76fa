"""A gate that was passed with a reservation withholds the award until it is settled (R6.3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.candidacy.reserving import NoteReservation, SettleReservation
from evaluation.known import KINDS
from evaluation.people import SYSTEM
from evaluation.verify import verify
from tests.evaluation.body.house import CLERK, ORGANIZER, words
from tests.evaluation.candidacy.house import office, outcome
from tests.evaluation.candidacy.test_hearing_endings import HEARD, ended, planned
from tests.evaluation.candidacy.test_planned import said

SETTLE = SettleReservation("s1", "h1", "identity", words("seen"), office("o-clerk"))


def reserved(event: str = "identity_decided", course: str = "reserve", hearing: str = "h1", **data: str
             ) -> NoteReservation:
    return NoteReservation("h1", said(event, "s1", hearing=hearing, course=course, **data))


@pytest.mark.rule("R6.3")
def test_a_reservation_withholds_the_award_until_it_is_settled():
    candidacy = planned()
    candidacy.do(SYSTEM, reserved(), reserved("refusal_decided", gate="sheet"))
    assert candidacy.do(SYSTEM, reserved()) == []
    row = candidacy.rows("candidacies")["k1"]
    assert (row.status, row.data["reservations"]) == ("held", ["identity", "sheet"])
    candidacy.do(SYSTEM, ended("hearing_closed", HEARD))
    assert candidacy.refused(CLERK, outcome("partial", "BC1")) == "R7.2"
    candidacy.do(CLERK, SETTLE, replace(SETTLE, gate="sheet"))
    assert candidacy.rows("candidacies")["k1"].status == "heard"
    candidacy.do(CLERK, outcome("partial", "BC1"))
    verify(candidacy.lines(), KINDS)


@pytest.mark.rule("R6.3")
def test_what_is_no_reservation_or_is_settled():
    candidacy = planned()
    assert candidacy.refused(CLERK, SETTLE) == "R6.3"
    for wrong in (reserved(course="proceed"), reserved(hearing="h2"), reserved("mark_set")):
        assert candidacy.refused(SYSTEM, wrong) == "R6.3"
    assert candidacy.refused(CLERK, reserved()) == "X15"
    candidacy.do(SYSTEM, reserved())
    assert candidacy.refused(ORGANIZER, replace(SETTLE, office=office("o-organizer"))) == "X15"
    candidacy.do(CLERK, SETTLE)
    assert candidacy.refused(CLERK, SETTLE) == "R6.3"
