"""One case as a page shows it: what is common once, each candidate's part, until when, what cannot follow any more."""
from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.case.facts import CompleteFacts
from evaluation.case.hearing_out import AnswerCaseNotice
from evaluation.case.merging import JoinCase, NoteJoined, TakeIn
from evaluation.case.ruling import CloseCase
from evaluation.codec import encode
from evaluation.deadlines import start_of
from evaluation.people import SYSTEM
from server.views.body.case_shown import CaseShown, PartShown, shown_case
from server.views.body.case_words import Telling
from server.views.body.own_case import Reader, own_case
from tests.evaluation.case import docket as cases
from tests.evaluation.case.docket import CANDIDATE, MEMBER, ORGANIZER, Docket, incident, office, opened, words

TOGETHER = words("power cut")


def shown(docket: Docket, *erased: str) -> CaseShown:
    written = {"power cut": "Coupure de courant", "more": "La prise du fond", "seen": "Vu"}
    telling = Telling({CANDIDATE: "Lina", "p-2": "Jean"}, written, "fr", erased.__contains__)
    mine = tuple(docket.state.parts.values())
    return shown_case(docket.state, mine, (), telling, "/here", start_of(date(2026, 3, 20)))


def part(docket: Docket, *erased: str) -> PartShown:
    return shown(docket, *erased).parts[0]


def of_failure(number: int = 0, said: str = "power cut", phase: str = "questions") -> Docket:
    """Of one failure that was noted once for two candidates, the second before their hearing."""
    source = incident("malfunction", "technical", said=words(said), position=40 + number)
    source = replace(source, data={**source.data, "phase": phase, "clock": 180000 if phase == "questions" else None})
    candidacy, person = (("k1", CANDIDATE), ("k2", "p-2"))[number]
    return cases.opened("malfunction", "technical", source=source,
                        given=cases.given(candidacy=candidacy, person=person))


def joined(said: str = "power cut") -> Docket:
    first, second = of_failure(), of_failure(1, said, "scheduled")
    second.do(ORGANIZER, JoinCase(first.quote(1), words(), office("o-organizer")))
    first.do(SYSTEM, TakeIn(second.quote(2)))
    return first


@pytest.mark.rule("R7.1")
def test_what_was_noted_once_for_several_stands_with_what_is_common():
    """The words once; in each part when it was for that candidate. Words of one alone stay in their part."""
    found = shown(joined())
    assert [(one.words, one.more) for one in found.facts] == [("Coupure de courant", ())]
    assert [[(one.words, one.more) for one in each.facts] for each in found.parts] == [
        [("", ("Questions", "horloge de l’épreuve\xa0: 3 min"))], [("", ("avant l’épreuve",))]]
    apart = shown(joined("more"))
    assert apart.facts == ()
    assert [[one.words for one in each.facts] for each in apart.parts] == [["Coupure de courant"], ["La prise du fond"]]


def test_what_a_form_asked_stands_with_what_was_answered():
    said = replace(incident(), data={**incident().data, "answers": {"0": encode(words("more"))}})
    (fact,) = part(cases.opened(source=said)).facts
    assert (fact.words, fact.asked) == ("Vu", (("Qu’avez-vous vu ou entendu ?", "La prise du fond"),))


@pytest.mark.rule("R7.1")
def test_that_a_case_could_not_be_joined_is_said_until_something_changes_in_it():
    first, second = of_failure(), of_failure(1)
    second.do(ORGANIZER, JoinCase(first.quote(1), words(), office("o-organizer")))
    first.do(MEMBER, CloseCase("k1", office("o-member")))
    first.do(SYSTEM, TakeIn(second.quote(2)))
    assert shown(second).stayed is False
    second.do(SYSTEM, NoteJoined(first.quote(3)))
    assert (shown(second).stayed, shown(first).stayed) == (True, False)
    second.do(ORGANIZER, CompleteFacts(None, words("more"), office("o-organizer")))
    assert shown(second).stayed is False


@pytest.mark.rule("R7.2", "X6")
def test_a_delay_that_is_given_up_or_over_is_not_told_as_one_that_runs():
    docket = opened().reported().told()
    assert part(docket).delays[0].startswith("Le candidat peut répondre ou demander à être entendu jusqu’au 31 mars")
    docket.do(CANDIDATE, AnswerCaseNotice("k1", 1, words("mine")))
    assert part(docket).delays[0].startswith("Le candidat peut répondre")
    docket.answered()
    assert part(docket).delays == ("Le candidat a dit que sa réponse est complète\xa0: son délai n’est plus attendu.",)
    over = opened().reported().told().passes()
    assert part(over).delays == ("Le délai de réponse du candidat a pris fin le 31 mars 2026.",)


@pytest.mark.rule("X1")
def test_a_part_of_somebody_whose_key_was_destroyed_awaits_the_commission_alone_and_nobody_once_it_is_over():
    docket = opened().reported()
    assert (part(docket).awaits, part(docket, CANDIDATE).awaits) == (
        "le secrétariat de l’organisme certificateur", "la commission")
    docket.do(MEMBER, CloseCase("k1", office("o-member")))
    assert (part(docket).awaits, part(docket, CANDIDATE).awaits) == ("le secrétariat de l’organisme certificateur", "")
    assert (part(docket).erased, part(docket, CANDIDATE).erased) == (False, True)


@pytest.mark.parametrize(("phase", "title"), [
    ("scheduled", "Noté avant l’épreuve"), ("postponed", "Noté avant l’épreuve, reportée"),
    ("adjourned", "Noté pendant une interruption de l’épreuve"), ("questions", "Noté pendant l’épreuve (Questions)"),
    ("deliberation", "Noté après l’épreuve, pendant que le jury délibérait"), ("stopped", "Noté après l’épreuve")])
def test_the_candidate_reads_when_it_was_noted(phase: str, title: str):
    docket = of_failure(phase=phase)
    (line,) = own_case(docket.state, docket.part(), Reader({}, {}, "fr", reads=CANDIDATE)).facts
    assert line.title == title
