"""What a sitting awaits of each of its people, step by step, in their space and on its page (R3.9)."""
from __future__ import annotations

import pytest

from evaluation.sitting.minutes import CompleteMinutes, PresentMinutes
from evaluation.sitting.preparing import ConfirmPreparation, to_prepare
from evaluation.sitting.questioning import CloseQuestions, OpenQuestions, SummonJury
from server.views.sitting.asked_juror import asked_of
from server.views.sitting.members_sitting import expected, shown
from server.views.sitting.sitting_lines import awaited, line
from server.views.sitting.sitting_reader import SittingReader
from server.views.when import hour_words
from tests.evaluation.sitting import house
from tests.evaluation.sitting.house import EMPLOYEES, JURORS, PRESIDENT, Sitting, words
from tests.evaluation.streams import at

pytestmark = pytest.mark.rule("R3.9")
NAMES = {"p-k1": "Lina Morel", "p-k2": "Noé Second", PRESIDENT: "Béatrice Lemaire"}


def awaits(sitting: Sitting, person: str, member: bool = True) -> str:
    return awaited(sitting.state, person, member, "fr").replace("\u00a0", " ").replace("\u202f", " ")


def reader(sitting: Sitting) -> SittingReader:
    return SittingReader(NAMES, {}, "fr", sitting.now)


def asked(sitting: Sitting, person: str) -> tuple[str, str]:
    """What its page says first, and where that is done."""
    title, _more, place = expected(sitting.state, person, reader(sitting), "/")
    return title, place


def prepared(sitting: Sitting, *people: str) -> Sitting:
    for one in people:
        for what in to_prepare(sitting.state):
            sitting.do(one, ConfirmPreparation(what))
    return sitting


def test_before_it_is_opened_members_prepare_and_the_president_opens():
    sitting = house.convened().put("k1").seated()
    assert [awaits(sitting, one) for one in (EMPLOYEES, PRESIDENT)] == [
        "Préparer la séance du jury de certification"] * 2
    assert asked(sitting, EMPLOYEES) == ("Dites pour quels candidats vous pouvez juger.", "#declare")
    prepared(sitting.impartial(), EMPLOYEES, PRESIDENT)
    assert [awaits(sitting, one) for one in (EMPLOYEES, PRESIDENT)] == [
        "", "Ouvrir la séance du jury de certification, le moment venu"]
    assert asked(sitting, PRESIDENT) == ("Ouvrez la séance quand les trois membres sont là.", "#open")


def test_while_it_is_open_the_president_proposes_and_the_others_answer_whatever_they_have_read():
    sitting = prepared(house.sat("k1", "k2"), PRESIDENT)
    assert awaits(sitting, PRESIDENT) == "Proposer 2 décisions"
    sitting.proposed("k1")
    assert [awaits(sitting, one) for one in (PRESIDENT, EMPLOYEES)] == [
        "Proposer une décision", "Répondre à une proposition de décision"]
    assert asked(sitting, EMPLOYEES) == ("Répondez à la proposition pour Lina Morel.", "/k1#decision")
    sitting.answered(candidacy="k1").decided("k2")
    assert asked(sitting, EMPLOYEES) == ("Tout est décidé.", "")


def test_a_juror_sees_when_they_are_asked_and_about_whom_and_that_they_have_answered():
    """Of a sitting on two candidates, the one that is theirs to speak of."""
    sitting, juror = house.sat("k1", "k2"), JURORS[0]
    at_hour = sitting.now + 3_600_000
    sitting.do(PRESIDENT, SummonJury("k1", at_hour))
    found = line(sitting.state, juror, False, "/", "fr", sitting.now)
    assert (found.count, found.hour) == (1, hour_words(at_hour, "fr"))
    assert awaits(sitting, juror, False).startswith("Répondre aux questions du jury de certification")
    sitting.do(PRESIDENT, OpenQuestions("k1"))
    assert asked_of(sitting.state, juror, reader(sitting), "/").title == (
        "Le jury de certification vous pose ses questions.")
    sitting.do(PRESIDENT, CloseQuestions("k1"))
    after = asked_of(sitting.state, juror, reader(sitting), "/")
    assert (after.done, after.title.replace("\u00a0", " "), awaits(sitting, juror, False)) == (
        True, "Les questions sont terminées : merci.", "")
    sitting.do(PRESIDENT, SummonJury("k1", at_hour))
    assert asked_of(sitting.state, juror, reader(sitting), "/").done is False


def test_what_was_computed_gives_way_to_what_is_decided():
    sitting = house.sat("k1", "k2").decided("k1")
    lines = shown(sitting.state, PRESIDENT, reader(sitting), (), "/").agenda
    assert [bool(one.recommended) for one in lines] == [False, True]


def test_who_presides_is_not_asked_to_train():
    """As the clerk's page has it: the two representatives are."""
    sitting = house.sat("k1")
    assert [shown(sitting.state, one, reader(sitting), (), "/").to_train for one in (PRESIDENT, EMPLOYEES)] == [
        False, sitting.state.trained.get(EMPLOYEES) is None]


def test_a_juror_is_asked_from_the_summons_to_the_end_of_the_questions():
    sitting = house.sat("k1")
    assert awaits(sitting, JURORS[0], member=False) == ""
    sitting.do(PRESIDENT, SummonJury("k1", at(house.HELD, 11), words()))
    assert awaits(sitting, JURORS[0], member=False) == (
        "Répondre aux questions du jury de certification : lundi 30 mars 2026, 11 h 00")
    sitting.do(PRESIDENT, OpenQuestions("k1"))
    assert "entrer dans la salle" in awaits(sitting, JURORS[0], member=False)
    sitting.do(PRESIDENT, CloseQuestions("k1"))


def test_minutes_are_signed_and_so_is_an_addition_to_them_after_the_seal():
    sitting = prepared(house.sat("k1"), *house.THREE).decided().presented().signed(EMPLOYEES)
    assert [awaits(sitting, one) for one in (EMPLOYEES, PRESIDENT)] == [
        "", "Signer le procès-verbal du jury de certification"]
    sitting.signed(PRESIDENT, house.EMPLOYERS).sealed()
    assert (awaits(sitting, PRESIDENT), asked(sitting, PRESIDENT)) == (
        "", ("Le procès-verbal est scellé\u00a0: plus rien n’est à faire ici.", ""))
    assert asked(sitting, house.OTHER_EMPLOYEES) == ("Rien n’est plus à faire ici.", "")
    assert {row.data["open"] for row in sitting.rows("sitting_people").values()} == {False}
    sitting.do(PRESIDENT, CompleteMinutes(words()), PresentMinutes(house.ADDED))
    assert awaits(sitting, EMPLOYEES) == "Signer le procès-verbal du jury de certification"
    assert asked(sitting, EMPLOYEES) == ("Signez le procès-verbal.", "/minutes")
    assert {row.data["open"] for row in sitting.rows("sitting_people").values()} == {True}
