"""Which letters follow from what happens in a sitting, to whom, and what stands in none of them."""
from __future__ import annotations

from typing import Any

import pytest

from evaluation.journal import GENESIS, Record, chain
from evaluation.people import SYSTEM
from evaluation.sitting.convening_sitting import CancelSitting, MoveSitting
from evaluation.sitting.kind import SITTING
from evaluation.sitting.members import SeatMembers, SeatPresident
from evaluation.sitting.minutes import PresentMinutes, SignMinutes
from evaluation.sitting.not_signing import NoteNotSigning
from evaluation.sitting.questioning import SummonJury
from evaluation.sitting.substituting import CallSubstitute
from server.journals.ledger import Commit
from server.people.sitting_notices import sitting_letters
from server.storage.letters import Letter
from tests.evaluation.sitting import house
from tests.evaluation.sitting.house import (
    BY_CLERK,
    CLERK,
    EMPLOYEES,
    EMPLOYERS,
    HELD,
    JURORS,
    MINUTES,
    OTHER_EMPLOYEES,
    PRESIDENT,
    Sitting,
    convened,
    office,
    words,
)
from tests.evaluation.streams import at

DAY = 24 * 3600 * 1000


def after(sitting: Sitting, actor: str, command: Any) -> list[Letter]:
    """The letters of one act."""
    before, since = sitting.current, len(sitting.journal)
    events = sitting.do(actor, command)
    records = list[Record]()
    for position, (name, who, when, data) in enumerate(sitting.journal, 1):
        prev = records[-1].hash if records else GENESIS
        records.append(chain(prev, position, sitting.id, "sitting", when, who, name, data))
    return list(sitting_letters(Commit(SITTING, sitting.id, before, sitting.state, tuple(records[since:]),
                                       tuple(events))))


def told(letters: list[Letter]) -> set[tuple[str, str]]:
    return {(one.template, one.person) for one in letters}


@pytest.mark.rule("R1.3", "R4.2")
def test_who_sits_is_convened_and_told_what_changes():
    sitting = convened().put("k1", "k2")
    assert told(after(sitting, SYSTEM, SeatMembers(house.decision()))) == {
        ("sitting_convened", EMPLOYEES), ("sitting_convened", EMPLOYERS)}
    assert told(after(sitting, CLERK, SeatPresident(PRESIDENT, office("o-president"), BY_CLERK))) == {
        ("sitting_convened", PRESIDENT)}
    move = MoveSitting(at("2026-03-27", 14), "remote", words("why"), BY_CLERK)
    letters = after(sitting, CLERK, move)
    assert told(letters) == {("sitting_moved", one) for one in house.THREE}
    assert {(one.data["sequence"], one.data["at"], one.data["said"]) for one in letters} == {
        (sitting.state.position, move.at, "why")}
    called = after(sitting, CLERK, CallSubstitute(EMPLOYEES, OTHER_EMPLOYEES, BY_CLERK))
    assert told(called) == {("sitting_convened", OTHER_EMPLOYEES), ("sitting_cancelled", EMPLOYEES)}
    assert told(after(sitting, CLERK, CancelSitting(words(), BY_CLERK))) == {
        ("sitting_cancelled", one) for one in (PRESIDENT, OTHER_EMPLOYEES, EMPLOYERS)}


def test_on_one_candidate_alone_nobody_is_put_off():
    sitting = convened().put("k1", "k2").seated()
    called = after(sitting, CLERK, CallSubstitute(EMPLOYEES, OTHER_EMPLOYEES, BY_CLERK, ("k2",)))
    assert told(called) == {("sitting_convened", OTHER_EMPLOYEES)}


def test_the_evaluation_jury_is_asked_to_come():
    sitting = house.sat()
    letters = after(sitting, PRESIDENT, SummonJury("k1", at(HELD, 11), words("which tool")))
    assert told(letters) == {("jury_questioned", one) for one in JURORS}
    assert {(one.data["at"], one.data["said"]) for one in letters} == {(at(HELD, 11), "which tool")}


@pytest.mark.rule("X1")
def test_minutes_to_sign_and_who_has_not():
    """Ids and hours alone."""
    sitting = house.sat().decided()
    letters = after(sitting, PRESIDENT, PresentMinutes(MINUTES))
    assert told(letters) == {("minutes_to_sign", one) for one in house.THREE}
    assert not any("p-k1" in str(one.data) for one in letters)
    sitting.signed(EMPLOYEES, EMPLOYERS)
    sitting.now += 3 * DAY
    (due,) = SITTING.due_commands(sitting.state, sitting.now)
    assert told(after(sitting, SYSTEM, due)) == {("minutes_again", PRESIDENT)}


@pytest.mark.rule("R3.9", "X1")
def test_who_is_noted_as_not_signing_is_told_without_the_words():
    sitting = house.sat().decided().presented().waited()
    (letter,) = after(sitting, PRESIDENT, NoteNotSigning(1, EMPLOYERS, words("in hospital")))
    assert (letter.template, letter.person, letter.data["by"]) == ("not_signing_noted", EMPLOYERS, PRESIDENT)
    assert "in hospital" not in str(letter.data)
    assert told(after(sitting, EMPLOYERS, SignMinutes(1, MINUTES.digest, "passkey"))) == set()


@pytest.mark.rule("R1.4", "R1.5")
def test_a_week_before_who_has_something_left_to_say():
    sitting = convened().put("k1").seated()
    sitting.now = at(HELD, 10) - 7 * DAY
    due = SITTING.due_commands(sitting.state, sitting.now)[0]
    assert told(after(sitting, SYSTEM, due)) == {("sitting_again", EMPLOYEES)}
