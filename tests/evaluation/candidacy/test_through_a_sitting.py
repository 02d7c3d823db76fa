"""A candidacy and the sitting that rules on it, each from what the other says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evaluation.body.terms import certification_of
from evaluation.candidacy.awarded_by_sitting import NoteAward
from evaluation.candidacy.awarding import RecordOutcome
from evaluation.candidacy.hearing_endings import ExcuseAbsence
from evaluation.candidacy.recommended import AgendaLeft, NoteAgenda
from evaluation.candidacy.registering import WithdrawCandidacy
from evaluation.candidacy.terms import HearingEnding
from evaluation.candidacy.to_award import agenda_stale
from evaluation.candidacy.withholding import NoteCase
from evaluation.framework import Mark
from evaluation.framework_file import framework_to_data
from evaluation.known import KINDS
from evaluation.people import SYSTEM
from evaluation.quotes import Quote
from evaluation.sitting.agenda import NoteHeld, PutOnAgenda
from evaluation.sitting.convening_sitting import OpenSitting
from evaluation.sitting.deciding_items import ProposeDecision
from evaluation.verify import verify
from tests.evaluation.body.house import CLERK, ORGANIZER, PAPER, words
from tests.evaluation.candidacy.house import REGISTRATION, Candidacy, awarded, examined, office, outcome, registered
from tests.evaluation.candidacy.test_withholding import ANNUL, BAR, decided
from tests.evaluation.candidacy.towards_award import ALL_ACQUIRED, agenda, awaiting, recommendation, ruling, said_of
from tests.evaluation.case import docket as cases
from tests.evaluation.case.docket import malfunction
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.sitting.house import BY_CLERK, PRESIDENT, Sitting, convened

FIRST, SECOND = POLISHING.blocks
Meanwhile = Callable[[Candidacy], object]


def withdraws(one: Candidacy) -> None:
    one.do(ORGANIZER, WithdrawCandidacy(words(), office("o-organizer")))


def is_eliminated(one: Candidacy) -> None:
    one.do(SYSTEM, NoteCase(cases.opened().quote(1), "fraud"), NoteCase(decided(BAR).quote(), "fraud"))


def is_heard_anew(one: Candidacy) -> None:
    """What was heard does not count, by a decision, and the candidate was heard again since."""
    one.do(SYSTEM, NoteCase(cases.opened().quote(1), "fraud"), NoteCase(decided(ANNUL).quote(), "fraud"))
    one.do(SYSTEM, recommendation(date(2026, 3, 30), "s2"))


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


@pytest.mark.rule("X8", "R5.4")
@pytest.mark.parametrize(("second", "award"), [(Mark.ACQUIRED, "full"), (Mark.NOT_ACQUIRED, "none")])
def test_heard_anew_after_a_malfunction_what_was_awarded_stays_and_is_not_marked_again(second: Mark, award: str
                                                                                       ) -> None:
    one = handed_on(marked(C2_1=Mark.NOT_ACQUIRED), "partial")
    told(one, sat_on(one).decided())
    first = one.quote()
    docket = malfunction().reported().proposed(ANNUL).agreed().submitted().decided(ANNUL)
    one.do(SYSTEM, NoteCase(docket.quote(1), "malfunction"), NoteCase(docket.quote(), "malfunction"))
    one.on("2026-04-10")
    anew = recommendation(date(2026, 4, 10), "s2")
    marks = marked(C1_1=Mark.NOT_ACQUIRED, C2_1=second)
    one.do(SYSTEM, replace(anew, said=replace(anew.said, data={**anew.said.data, "marks": marks})))
    (row,) = one.rows("to_award").values()
    assert row.data["awarded"] == [first.position]
    sitting = convened("t2")
    sitting.do(CLERK, PutOnAgenda(one.id, one.quote(row.data["position"]), framework_to_data(POLISHING), BY_CLERK,
                                  (first,)))
    one.do(SYSTEM, NoteAgenda(sitting.quote(), on=True, held_at=sitting.state.at))
    sitting.seated().impartial().on("2026-04-20", 10)
    one.on("2026-04-20", 10)
    sitting.do(PRESIDENT, OpenSitting())
    [event] = told(one, sitting.decided())
    assert (event.outcome.award, event.outcome.blocks) == (award, ("BC2",) if award == "full" else ())
    assert one.state.gained(date(2026, 5, 1), None) >= {"BC1"}


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


@pytest.mark.rule("R3.9")
@pytest.mark.parametrize("meanwhile", [withdraws, is_eliminated, is_heard_anew])
def test_what_no_longer_waits_is_not_ruled_on(meanwhile: Meanwhile) -> None:
    """The sitting is told and decides nothing; sealed before it was told, nothing comes of it, and another may rule."""
    one = awaiting()
    sitting = sat_on(one).decided()
    meanwhile(one)
    assert agenda_stale(one.state)
    sitting.presented().signed().sealed()
    [event] = one.do(SYSTEM, NoteAward(sitting.quote()))
    assert (event, one.state.outcomes, one.state.agenda, one.state.letters) == (
        AgendaLeft(sitting.quote()), {}, None, ())
    assert not agenda_stale(one.state)
    verify(one.lines(), KINDS)


@pytest.mark.rule("R4.5")
def test_who_is_excused_once_on_an_agenda_is_not_ruled_on() -> None:
    one = examined(registered(), HearingEnding.ABSENT)
    said = said_of("session.no_show_recorded", {"hearing": "h1", "words": None})
    one.do(SYSTEM, replace(recommendation(), said=said))
    sitting = sat_on(one)
    one.do(ORGANIZER, ExcuseAbsence("s1", "h1", words(), PAPER, office("o-organizer")))
    assert agenda_stale(one.state)
    sitting.do(SYSTEM, NoteHeld(one.id, one.quote(), held=True))
    assert sitting.refused(PRESIDENT, ProposeDecision(one.id)) == "R7.2"


def test_the_clerk_does_not_correct_what_a_sitting_ruled() -> None:
    one = awaiting()
    told(one, sat_on(one).decided())
    command: RecordOutcome = outcome("none", ruled_on=outcome().ruled_on, corrects=one.state.position)
    assert one.refused(CLERK, command) == "X8"
