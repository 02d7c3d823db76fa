"""What the rules have against a transcript: all that the room would have refused, and what paper alone gets wrong."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.grading import Mark
from evaluation.people import SYSTEM
from evaluation.session import commands as c
from evaluation.session.transcript import (
    DISPUTE,
    EARLY,
    IDENTITY,
    Hours,
    PaperIdentity,
    PaperIncident,
    PaperMark,
    advice_place,
    incident_place,
)
from tests.evaluation.session.day import ALL_A, MINUTE, NINE, begun, marks, words
from tests.evaluation.session.papers import (
    ADVICE,
    GRIDS,
    PRESENTATION,
    QUESTIONS,
    enter,
    on_site_day,
    scanned,
    transcript,
    with_mark,
)
from tests.evaluation.session.quotes import admission

PART = {code: mark for code, mark in ALL_A.items() if code != "C2.3"}
WRONG: dict[str, tuple[str, dict[str, Any]]] = {
    "a competency unknown": ("R5.1", {"grids": with_mark("own", "C9.9", Mark.ACQUIRED)}),
    "a competency missing": ("R3.5", {"grids": with_mark("own", "C1.4", None)}),
    "a grid missing": ("R3.5", {"grids": {one: GRIDS[one] for one in ("emp", "own")}}),
    "no reason for NA": ("X7", {"grids": with_mark("own", "C1.4", Mark.NOT_ACQUIRED)}),
    "not shown and acquired": ("R5.1", {"grids": with_mark("own", "C1.4", Mark.ACQUIRED, not_shown=True)}),
    "somebody else's grid": ("X13", {"grids": {**GRIDS, "obs": GRIDS["emp"]}}),
    "nobody's grid": ("X13", {"grids": {**GRIDS, "sub": {}}}),
    "somebody else refused to sign": ("X13", {"refused": ("org",)}),
    "a refusal without words": ("X13", {"refused": ("tra",)}),
    "an incident without words": ("X13", {"incidents": (PaperIncident("other", False, "questions"),)}),
    "a kind of incident of the other door": ("R6.5", {"incidents": (PaperIncident("technical", True, "questions"),),
                                                      "said": {incident_place(0): words()}}),
    "a reservation without words": ("X13", {"sheet": "waived"}),
    "a consensus missing": ("R3.6", {"consensus": PART}),
    "a consensus on nothing examined": ("R5.1", {"consensus": {**ALL_A, "C9.9": Mark.ACQUIRED}}),
    "a disagreement without words": ("X13", {"consensus": PART, "disputed": ("C2.3",)}),
    "a recommendation missing": ("R3.8", {"recommendations": {"BC1": "award", "": "award"}}),
    "a recommendation on no block": ("R3.8", {"recommendations": {**ADVICE, "BC9": "award"}}),
    "a block awarded in part": ("R1.6", {"recommendations": {**ADVICE, "BC1": "partial"}}),
    "a departure without words": ("X7", {"recommendations": {**ADVICE, "": "refuse"}}),
    "a trainer presiding": ("R3.1", {"president": "tra"}),
    "nobody of the jury presiding": ("R3.1", {"president": "org"}),
    "an identity in doubt gone on with": ("R6.3", {"identity": PaperIdentity("doubtful", "proceed")}),
    "a doubt without words": ("R6.3", {"identity": PaperIdentity("doubtful", "reserve")}),
    "the questions first": ("X13", {"presentation": QUESTIONS, "questions": PRESENTATION}),
    "an hour before the other": ("X13", {"presentation": Hours(NINE + 45 * MINUTE, NINE + 30 * MINUTE)}),
    "no time at all": ("X13", {"presentation": Hours(NINE, NINE), "questions": Hours(NINE, NINE)}),
    "the day before": ("X13", {"presentation": Hours(NINE - 24 * 60 * MINUTE, NINE)}),
    "in the future": ("X13", {"questions": Hours(QUESTIONS.began_at, NINE + 24 * 60 * MINUTE)}),
    "questions too short": ("R3.4", {"questions": Hours(QUESTIONS.began_at, QUESTIONS.began_at + 5 * MINUTE)}),
}


@pytest.mark.rule("X13", "R3.1", "R3.8", "X7")
@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_refused_by_its_own_rule(what: str):
    rule, changes = WRONG[what]
    assert scanned().refused("org", transcript(**changes)) == rule


@pytest.mark.rule("X13")
def test_without_the_scan_nothing_is_entered():
    day = on_site_day().wait(160)
    assert day.refused("org", transcript()) == "X13"
    day.do("org", c.AttachScan("h1", "scan-1", "sheet", "digest", 1))
    assert day.refused("org", transcript()) == "X13"
    day.do("org", c.AttachScan("h1", "scan-2", "pack", "digest", 9))
    enter(day)


@pytest.mark.rule("X13")
@pytest.mark.parametrize("ending", [c.StopHearing("h1", words()), c.RecordNoShow("h1")])
def test_what_is_over_is_not_told_otherwise(ending: c.Command):
    day = scanned()
    day.do("emp", ending)
    assert day.refused("org", transcript()) == "X13"


@pytest.mark.rule("X13", "X7")
def test_what_a_juror_signed_on_their_screen_is_not_told_otherwise():
    day = begun().advised()
    day.wait(160).do("org", c.AttachScan("h1", "scan-1", "pack", "digest", 9))
    day.do("own", c.SignDeliberation("h1"))
    assert day.refused("org", transcript()) == "X7"


@pytest.mark.rule("R6.6")
def test_nothing_is_entered_of_whoever_is_not_admitted():
    day = scanned()
    day.do(SYSTEM, c.NoteAdmission("h1", admission("not_admitted")))
    assert day.refused("org", transcript()) == "R6.6"


@pytest.mark.rule("R1.4", "X13")
def test_the_grid_of_a_recused_juror_is_refused():
    day = scanned()
    day.do("tra", c.Recuse("h1"))
    assert day.refused("org", transcript()) == "R1.4"
    assert day.refused("org", transcript(grids={one: GRIDS[one] for one in ("emp", "own")})) == "R3.6"


@pytest.mark.rule("X13")
def test_a_disagreement_is_on_what_is_not_agreed_and_is_examined():
    day = scanned()
    assert day.refused("org", transcript({DISPUTE: words()}, disputed=("C1.1",))) == "R3.6"
    assert day.refused("org", transcript({DISPUTE: words()}, disputed=("C9.9",))) == "R5.1"


def test_what_is_explained_is_entered():
    day = scanned()
    short = Hours(QUESTIONS.began_at, QUESTIONS.began_at + 5 * MINUTE)
    enter(day, {EARLY: words()}, questions=short)
    enter(day, {advice_place(""): words()}, recommendations={**ADVICE, "": "refuse"})
    enter(day, {DISPUTE: words(), advice_place("BC2"): words(), advice_place(""): words()}, consensus=PART,
          disputed=("C2.3",))  # fmt: skip
    enter(day, {IDENTITY: words()}, identity=PaperIdentity("no_document", "reserve"))
    enter(day, grids=with_mark("own", "C1.4", Mark.NOT_ACQUIRED, not_shown=True))


def test_blocks_are_computed_by_the_rules_whatever_the_papers_recommend():
    day = scanned()
    given = marks("C1.1")
    grids = {juror: {code: PaperMark(mark, mark is Mark.NOT_ACQUIRED) for code, mark in given.items()}
             for juror in GRIDS}  # fmt: skip
    assert day.refused("org", transcript(grids=grids, consensus=given)) == "X7"  # C1.1 is mandatory
    enter(day, grids=grids, consensus=given, recommendations={"BC1": "refuse", "BC2": "award", "": "partial"})


def test_the_presentation_may_run_over_and_its_length_is_written_down():
    day = scanned()
    long = Hours(PRESENTATION.began_at, PRESENTATION.began_at + 40 * MINUTE)
    enter(day, presentation=long, questions=Hours(long.ended_at, long.ended_at + 30 * MINUTE))
