"""Which letters follow from a candidacy's result, to whom; none of what a clerk records from a paper (R8.1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.candidacy.awarded_by_sitting import NoteAward
from evaluation.candidacy.kind import CANDIDACY
from evaluation.journal import GENESIS, Record, chain
from evaluation.people import SYSTEM
from server.journals.ledger import Commit
from server.people.case_letters import letter_about
from server.people.letter_outcomes import _command  # pyright: ignore[reportPrivateUsage]
from server.people.result_letters import result_letters
from server.storage.letter_reports import About, LetterReport
from server.storage.letters import Letter
from tests.evaluation.body.house import CLERK, ORGANIZER
from tests.evaluation.candidacy.house import CANDIDATE, Candidacy, opened, outcome
from tests.evaluation.candidacy.towards_award import agenda, awaiting, returned, ruled, ruling, validated


def written(one: Candidacy) -> list[Letter]:
    """The letters of all that happened."""
    records = list[Record]()
    for position, (name, actor, when, data) in enumerate(one.journal, 1):
        prev = records[-1].hash if records else GENESIS
        records.append(chain(prev, position, one.id, CANDIDACY.name, when, actor, name, data))
    return list(result_letters(Commit(CANDIDACY, one.id, None, one.state, tuple(records), ())))


def about(position: int) -> About:
    return About("k1", "result:k1", position)


def letter(template: str, position: int, person: str = CANDIDATE, *, fate: bool = True) -> Letter:
    return Letter(person, template, {"candidacy": "k1", "position": position}, about(position) if fate else None)


@pytest.mark.rule("R8.1")
def test_a_result_is_written_of_at_once() -> None:
    one = ruled("full", "BC1", "BC2")
    assert written(one) == [letter("result", one.state.position)]
    one = awaiting()
    one.do(SYSTEM, agenda(), NoteAward(ruling("withheld")))
    assert written(one) == [letter("result_put_off", one.state.position)]


@pytest.mark.rule("R8.1")
def test_what_the_commission_says_is_written_of_to_whoever_had_been_told() -> None:
    one = validated("full", "BC1", "BC2")
    at = one.state.position
    assert written(one)[1:] == [letter("result_validated", at, fate=False)]
    one = ruled("partial", "BC1")
    one.on("2026-04-30")
    one.do(SYSTEM, returned(one.state.position))
    at = one.state.position
    assert written(one)[1:] == [letter("result_returned", at), letter("result_reopened", at, ORGANIZER, fate=False)]


def test_of_what_the_clerk_records_from_a_paper_nobody_is_written_to() -> None:
    one = opened()
    one.do(CLERK, outcome("partial", "BC1"))
    assert written(one) == []


@pytest.mark.rule("R8.1")
def test_what_becomes_of_a_letter_is_told_to_its_candidacy() -> None:
    taken = LetterReport("l1", "taken", about(9), 7, False, "")
    assert _command(taken) == (CANDIDACY, "NoteResultArrived", {"letter": 9, "at": 7})
    lost = replace(taken, outcome="returned", why="5.1.1")
    assert _command(lost) == (CANDIDACY, "NoteResultFailed", {"letter": 9, "at": 7, "why": "5.1.1"})
    assert letter_about(About("s1", "cand1", 1)) is None
