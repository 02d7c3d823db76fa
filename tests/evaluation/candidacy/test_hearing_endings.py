"""However a hearing ends, the candidacy is told; what is missing forbids the award; a reservation withholds it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.candidacy.hearing_endings import ENDINGS, ExcuseAbsence, NoteEnding
from evaluation.candidacy.planned import NotePlanned
from evaluation.candidacy.reserving import NoteReservation, SettleReservation
from evaluation.candidacy.terms import HearingEnding
from evaluation.known import KINDS
from evaluation.people import SYSTEM
from evaluation.verify import verify
from tests.evaluation.body.house import CLERK, DIRECTOR, ORGANIZER, PAPER, words
from tests.evaluation.candidacy.house import Candidacy, office, outcome, registered
from tests.evaluation.candidacy.test_planned import added, said

HEARD, ABSENT, STOPPED = HearingEnding.HEARD, HearingEnding.ABSENT, HearingEnding.STOPPED
NEVER_BEGUN, UNFINISHED = HearingEnding.NEVER_BEGUN, HearingEnding.UNFINISHED
EXCUSE = ExcuseAbsence("s1", "h1", words("ill"), PAPER, office("o-organizer"))


def planned() -> Candidacy:
    candidacy = registered()
    candidacy.do(SYSTEM, NotePlanned("h1", added()))
    return candidacy


def ended(event: str, ending: HearingEnding) -> NoteEnding:
    data = {} if event == "session_closed" else {"hearing": "h1"}
    return NoteEnding("h1", ending, said(event, **data))


@pytest.mark.rule("R4.5")
@pytest.mark.parametrize(("event", "ending", "again", "award"), [
    ("hearing_closed", HEARD, False, True), ("no_show_recorded", ABSENT, True, False),
    ("hearing_stopped", STOPPED, False, False), ("session_closed", NEVER_BEGUN, True, False),
    ("session_closed", UNFINISHED, True, False),
])  # fmt: skip
def test_the_table_of_endings(event: str, ending: HearingEnding, again: bool, award: bool):
    """`again`: it can be planned anew; `award`: something may be awarded. Of a hearing that is cancelled, the
    candidacy is told that it is planned no longer."""
    candidacy = planned()
    candidacy.do(SYSTEM, ended(event, ending))
    assert candidacy.do(SYSTEM, ended(event, ending)) == []
    row = candidacy.rows("candidacies")["k1"]
    assert (row.status, row.data["planned"], candidacy.kind.stands(candidacy.state, 2)) == (ending.value, [], again)
    if award:
        candidacy.do(CLERK, outcome("partial", "BC1"))
    else:
        assert candidacy.refused(CLERK, outcome("partial", "BC1")) == "R4.5"
        candidacy.do(CLERK, outcome("none"))
    verify(candidacy.lines(), KINDS)


def test_every_ending_of_a_session_is_in_the_table():
    assert {one for several in ENDINGS.values() for one in several} == {*HearingEnding} - {
        HearingEnding.EXCUSED, HearingEnding.VOID}


@pytest.mark.rule("R4.5")
def test_what_does_not_end_a_hearing_so():
    candidacy = planned()
    for wrong in (ended("hearing_closed", ABSENT), ended("session_closed", HEARD), ended("mark_set", HEARD),
                  replace(ended("hearing_closed", HEARD), hearing="h2")):
        assert candidacy.refused(SYSTEM, wrong) == "R4.5"
    assert candidacy.refused(ORGANIZER, ended("hearing_closed", HEARD)) == "X15"


@pytest.mark.rule("R4.5")
def test_an_absence_is_excused_with_its_proof():
    candidacy = planned()
    assert candidacy.refused(ORGANIZER, EXCUSE) == "R4.5"
    candidacy.do(SYSTEM, ended("no_show_recorded", ABSENT))
    assert candidacy.refused(DIRECTOR, replace(EXCUSE, office=office("o-director"))) == "X15"
    candidacy.do(ORGANIZER, EXCUSE)
    assert (candidacy.rows("candidacies")["k1"].status, candidacy.state.endings[0].proof) == ("excused", PAPER)
    assert candidacy.refused(ORGANIZER, EXCUSE) == "R4.5"
    assert candidacy.refused(CLERK, outcome("partial", "BC1")) == "R4.5"
    candidacy.do(SYSTEM, NotePlanned("h2", added("s2")))
    assert candidacy.rows("candidacies")["k1"].status == "planned"


# Reservations


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
