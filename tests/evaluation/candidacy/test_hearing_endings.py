"""However a hearing ends, the candidacy is told; what is missing forbids the award."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.candidacy.hearing_endings import ENDINGS, TABLE, ExcuseAbsence, NoteEnding
from evaluation.candidacy.kind import TO_PLAN
from evaluation.candidacy.planned import NotePlanned
from evaluation.candidacy.terms import HearingEnding
from evaluation.candidacy.withholding import NoteCase
from evaluation.case_rules import Consequence
from evaluation.known import KINDS
from evaluation.people import SYSTEM
from evaluation.quotes import Quote
from evaluation.verify import verify
from tests.evaluation.body.house import CLERK, DIRECTOR, ORGANIZER, PAPER, words
from tests.evaluation.candidacy.house import Candidacy, examined, office, outcome, registered
from tests.evaluation.candidacy.house import opened as past
from tests.evaluation.candidacy.test_planned import added, said

HEARD, ABSENT, STOPPED = HearingEnding.HEARD, HearingEnding.ABSENT, HearingEnding.STOPPED
NEVER_BEGUN, UNFINISHED, EXCUSED = HearingEnding.NEVER_BEGUN, HearingEnding.UNFINISHED, HearingEnding.EXCUSED
CANCELLED = "cancelled"
EXCUSE = ExcuseAbsence("s1", "h1", words("ill"), PAPER, office("o-organizer"))


def planned() -> Candidacy:
    candidacy = registered()
    candidacy.do(SYSTEM, NotePlanned("h1", added()))
    return candidacy


def ended(event: str, ending: HearingEnding) -> NoteEnding:
    data = {} if event == "session_closed" else {"hearing": "h1"}
    return NoteEnding("h1", ending, said(event, **data))


POSTPONE, ANNUL, DISQUALIFY, BAR, NO_CONSEQUENCE = (
    Consequence.POSTPONE, Consequence.ANNUL, Consequence.DISQUALIFY, Consequence.BAR, Consequence.NONE)
TABLE_OF_ENDINGS = (
    # how it ends                  status          planned anew  something awarded
    ((HEARD,),                     "heard",        False,        True),
    ((ABSENT,),                    "absent",       True,         False),
    ((EXCUSED,),                   "excused",      True,         False),
    ((STOPPED,),                   "stopped",      False,        False),
    ((NEVER_BEGUN,),               "never_begun",  True,         False),
    ((UNFINISHED,),                "unfinished",   True,         False),
    ((CANCELLED,),                 "registered",   True,         False),
    ((),                           "planned",      False,        False),
    ((HEARD, NO_CONSEQUENCE),      "heard",        False,        True),
    ((HEARD, POSTPONE),            "registered",   True,         False),
    ((HEARD, ANNUL),               "registered",   True,         False),
    ((HEARD, DISQUALIFY),          "disqualified", False,        False),
    ((HEARD, BAR),                 "disqualified", False,        False),
    ((STOPPED, NO_CONSEQUENCE),    "stopped",      False,        False),
    ((STOPPED, POSTPONE),          "registered",   True,         False),
    ((STOPPED, ANNUL),             "registered",   True,         False),
    ((STOPPED, BAR),               "disqualified", False,        False),
    ((UNFINISHED, POSTPONE),       "registered",   True,         False),
    ((ANNUL, HEARD),               "registered",   True,         False),
    ((POSTPONE, NEVER_BEGUN),      "registered",   True,         False),
    ((BAR, HEARD),                 "disqualified", False,        False),
    ((DISQUALIFY, ABSENT),         "disqualified", False,        False),
)
"""R4.5: whatever ends it, and whatever is decided of it, in either order, a candidacy is somewhere: it is ruled on,
planned anew, or over."""
Step = HearingEnding | Consequence | str


@pytest.mark.rule("R4.5")
@pytest.mark.parametrize(("steps", "status", "again", "award"), TABLE_OF_ENDINGS)
def test_the_table_of_endings(steps: tuple[Step, ...], status: str, again: bool, award: bool):
    candidacy = planned()
    for step in steps:
        happens(candidacy, step)
    row = candidacy.rows("candidacies")["k1"]
    assert (row.status, candidacy.kind.stands(candidacy.state, 2)) == (status, again)
    assert (status in TO_PLAN, row.data["planned"] == []) == (again, status != "planned")
    command = outcome("partial", "BC1", ruled_on=date(2026, 3, 16))
    if award:
        candidacy.do(CLERK, command)
    else:
        assert candidacy.refused(CLERK, command) == ("R6.6" if status == "disqualified" else "R4.5")
        candidacy.do(CLERK, outcome("none"))
    verify(candidacy.lines(), KINDS)


def happens(candidacy: Candidacy, step: Step) -> None:
    """In hearing h1 of session s1, or decided of it."""
    if isinstance(step, Consequence):
        decided = {"candidacy": "k1", "consequence": step.value, "decided_on": "2026-03-16",
                   "attempts": [{"session": "s1", "hearing": "h1"}]}
        opening = Quote("case", "c1", 1, "1" * 64, "case.opened", {"given": {"candidacy": "k1"}, "source": {}})
        candidacy.do(SYSTEM, NoteCase(opening, "fraud"))
        candidacy.do(SYSTEM, NoteCase(replace(opening, position=9, event="case.decided", data=decided), "fraud"))
    elif step == CANCELLED:
        candidacy.do(SYSTEM, NotePlanned("h1", said("hearing_cancelled", hearing="h1")))
    elif step is EXCUSED:
        examined(candidacy, ABSENT)
        candidacy.do(ORGANIZER, EXCUSE)
    else:
        examined(candidacy, HearingEnding(step))


def test_every_ending_and_every_consequence_is_in_the_table():
    named = {step for steps, *_ in TABLE_OF_ENDINGS for step in steps}
    assert named == {*HearingEnding, CANCELLED, *Consequence} - {
        HearingEnding.VOID, Consequence.REEXAMINE, Consequence.LIFT}
    assert {*TABLE} == {*HearingEnding}
    assert {one for several in ENDINGS.values() for one in several} == {*HearingEnding} - {
        EXCUSED, HearingEnding.VOID}


@pytest.mark.rule("R4.5")
@pytest.mark.parametrize(("first", "then", "counts"), [
    (ABSENT, HEARD, "heard"), (HEARD, ABSENT, "heard"), (STOPPED, ABSENT, "stopped"), (ABSENT, STOPPED, "stopped"),
    (ABSENT, NEVER_BEGUN, "never_begun"), (UNFINISHED, ABSENT, "absent"), (STOPPED, HEARD, "heard"),
])  # fmt: skip
@pytest.mark.parametrize("told", ["in order", "late"])
def test_of_two_hearings_the_one_that_was_held_counts_else_the_last(
    first: HearingEnding, then: HearingEnding, counts: str, told: str
):
    """By when they ended, and not by when the candidacy was told."""
    candidacy = registered()
    both = [(first, "2026-03-02", "s1"), (then, "2026-03-09", "s2")]
    for ending, on, session in both if told == "in order" else reversed(both):
        examined(candidacy, ending, on, session)
    assert candidacy.rows("candidacies")["k1"].status == counts
    assert [one.session for one in candidacy.state.endings] == ["s1", "s2"]


@pytest.mark.rule("R4.5")
def test_who_was_never_heard_is_awarded_nothing():
    """Of a candidacy from before the platform its outcomes alone are known."""
    assert registered().refused(CLERK, outcome("partial", "BC1")) == "R4.5"
    past().do(CLERK, outcome("partial", "BC1"))


@pytest.mark.rule("R4.5")
def test_an_ending_is_told_once():
    candidacy = examined(planned())
    before = candidacy.state
    examined(candidacy)
    assert candidacy.state is before


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
