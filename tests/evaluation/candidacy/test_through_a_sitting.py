"""A candidacy and the sitting that rules on it, each from what the other says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from evaluation.body.terms import certification_of
from evaluation.candidacy.awarded_by_sitting import NoteAward
from evaluation.candidacy.awarding import RecordOutcome
from evaluation.candidacy.recommended import NoteAgenda
from evaluation.candidacy.withholding import NoteCase
from evaluation.framework import Mark
from evaluation.framework_file import framework_to_data
from evaluation.people import SYSTEM
from evaluation.quotes import Quote
from evaluation.sitting.agenda import NoteHeld, PutOnAgenda
from tests.evaluation.body.house import CLERK
from tests.evaluation.candidacy.house import REGISTRATION, Candidacy, awarded, examined, outcome, registered
from tests.evaluation.candidacy.towards_award import ALL_ACQUIRED, agenda, awaiting, recommendation, ruling
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.sitting.house import BY_CLERK, Sitting, convened

FIRST, SECOND = POLISHING.blocks


def sat_on(one: Candidacy, kept: tuple[Quote, ...] = ()) -> Sitting:
    """The sitting has the candidacy on its agenda, and the candidacy knows."""
    sitting = convened()
    (row,) = one.rows("to_award").values()
    said = one.quote(row.data["position"])
    sitting.do(CLERK, PutOnAgenda(one.id, said, framework_to_data(POLISHING), BY_CLERK, kept))
    one.on("2026-03-30", 10)
    one.do(SYSTEM, NoteAgenda(sitting.quote(), on=True, held_at=sitting.state.at))
    return sitting.seated().impartial().opened()


def told(one: Candidacy, sitting: Sitting) -> list[Any]:
    sitting.presented().signed().sealed()
    return one.do(SYSTEM, NoteAward(sitting.quote()))


def marked(**other: Mark) -> dict[str, object]:
    return {**dict.fromkeys(ALL_ACQUIRED, "A"), **{code.replace("_", "."): mark.value for code, mark in other.items()}}


def handed_on(marks: dict[str, object], outcome: str) -> Candidacy:
    one, given = examined(registered()), recommendation(outcome=outcome)
    one.do(SYSTEM, replace(given, said=replace(given.said, data={**given.said.data, "marks": marks})))
    return one


def test_everything_acquired_is_the_whole_certification() -> None:
    one = awaiting()
    [event] = told(one, sat_on(one).decided())
    assert (event.outcome.award, event.outcome.blocks) == ("full", ("BC1", "BC2"))


def test_a_block_that_lacks_a_mandatory_competency_is_not_awarded() -> None:
    one = handed_on(marked(C2_1=Mark.NOT_ACQUIRED), "partial")
    [event] = told(one, sat_on(one).decided())
    assert (event.outcome.award, event.outcome.blocks) == ("partial", ("BC1",))


def test_nothing_acquired_is_nothing_awarded() -> None:
    one = handed_on(dict.fromkeys(ALL_ACQUIRED, "NA"), "none")
    [event] = told(one, sat_on(one).decided())
    assert (event.outcome.award, event.outcome.blocks) == ("none", ())


@pytest.mark.rule("X8", "R9.1")
def test_a_resit_of_what_lacked_completes_the_certification() -> None:
    """What was kept is quoted again, and said with its version and its jury."""
    earlier = awarded("partial", "BC1", name="k0")
    one = resitting(earlier)
    [event] = told(one, sat_on(one, (earlier,)).decided())
    assert (event.outcome.award, event.outcome.blocks, event.kept) == ("full", ("BC2",), (earlier,))


def resitting(earlier: Quote) -> Candidacy:
    one = registered(registration=replace(REGISTRATION, sought=("BC2",)), outcomes=(earlier,))
    examined(one)
    given = recommendation()
    marks: dict[str, object] = {one.code: "A" for one in SECOND.competencies}
    one.do(SYSTEM, replace(given, sought=("BC2",), kept=("BC1",),
                           said=replace(given.said, data={**given.said.data, "marks": marks})))
    return one


@pytest.mark.rule("X8")
def test_a_block_past_its_validity_awards_not_the_whole() -> None:
    """It was kept at the examination, and has run out on the day of the sitting, whatever the sitting said."""
    of = replace(certification_of(POLISHING), kept_block_validity_months=12)
    earlier = awarded("partial", "BC1", name="k0", ruled_on=outcome().ruled_on.replace(year=2025, day=20))
    one = registered(of=of, registration=replace(REGISTRATION, sought=("BC2",)), outcomes=(earlier,))
    examined(one)
    given = recommendation()
    one.do(SYSTEM, replace(given, sought=("BC2",), kept=("BC1",)))
    one.on("2026-04-01")
    one.do(SYSTEM, agenda())
    assert one.refused(SYSTEM, NoteAward(ruling("full", "BC2"))) == "R5.4"


@pytest.mark.rule("X8")
def test_a_block_of_an_older_version_is_kept_under_that_version() -> None:
    older = replace(certification_of(POLISHING), version="2019")
    earlier = awarded("partial", "BC1", name="k0", of=older)
    one = resitting(earlier)
    sitting = sat_on(one, (earlier,)).decided()
    assert [(kept.block, kept.version) for kept in sitting.ruling().kept] == [("BC1", "2019")]
    assert one.rows("to_award")["k1"].data["kept"] == [
        {"kind": "candidacy", "stream": "k0", "position": earlier.position, "hash": earlier.hash}]


@pytest.mark.rule("R7.2")
def test_a_case_that_opens_before_the_minutes_withholds_the_award() -> None:
    one = awaiting()
    sitting = sat_on(one).decided()
    said = Quote("case", "c1", 1, "a" * 64, "case.opened", {
        "given": None, "source": {"stream": one.id}})
    one.do(SYSTEM, NoteCase(said, "fraud"))
    sitting.do(SYSTEM, NoteHeld(one.id, one.quote(), held=True))
    assert sitting.item().decided is None
    sitting.decided(course="withhold")
    [event] = told(one, sitting)
    assert type(event).__name__ == "AwardPutOff"
    row = one.rows("to_award")["k1"]
    assert (row.status, row.due_at, one.state.letters[0].about) == ("withheld", None, "put_off")


def test_the_clerk_does_not_correct_what_a_sitting_ruled() -> None:
    one = awaiting()
    told(one, sat_on(one).decided())
    command: RecordOutcome = outcome("none", ruled_on=outcome().ruled_on, corrects=one.state.position)
    assert one.refused(CLERK, command) == "X8"
