"""What happened in a case, as whoever reads is told it: nothing of another candidate's part, every event in words."""
from __future__ import annotations

from datetime import date

import pytest

from evaluation.case.hearing_out import AskToBeHeard
from evaluation.case.kind import CASE, TOPICS
from evaluation.case_rules import Consequence
from evaluation.deadlines import start_of
from evaluation.journal import Record
from evaluation.session.kind import SESSION
from server.case_edges import EDGES_OF_CASES
from server.views.body.case_shown import CaseShown, shown_case, words_of
from server.views.body.case_timeline import HAPPENED, ON_THE_DAY
from server.views.body.case_words import Telling
from tests.evaluation.case.docket import (
    CANDIDATE,
    CLERK,
    DIRECTOR,
    MEMBER,
    ORGANIZER,
    Docket,
    malfunction,
    opened,
    words,
)

LATER = start_of(date(2026, 3, 20))
NAMES = {CLERK: "Laurence", ORGANIZER: "Claire", DIRECTOR: "Paul", MEMBER: "Karim"}


def records(docket: Docket) -> list[Record]:
    return [Record(position, docket.id, "case", when, actor, name, data, "", "")
            for position, (name, actor, when, data) in enumerate(docket.journal, 1)]


def shown(docket: Docket) -> CaseShown:
    mine = tuple(docket.state.parts.values())
    return shown_case(docket.state, mine, records(docket), Telling(NAMES, {}, "fr"), "/here", LATER)


def titles(docket: Docket) -> list[str]:
    return [step.title for day in shown(docket).days for step in day.steps if not step.coming]


def test_every_event_of_a_case_has_its_words():
    events = {name for topic in TOPICS for name in topic.events}
    assert sorted(events - HAPPENED.keys()) == []


def test_what_a_day_tells_its_cases_has_its_words():
    told = {one.event for one in EDGES_OF_CASES if (one.source, one.kind, one.quotes) == (SESSION, CASE, "said")}
    names = {name for topic in SESSION.topics for name, event in topic.events.items() if event in told}
    assert (len(names) > 0, sorted(names - ON_THE_DAY.keys())) == (True, [])


@pytest.mark.rule("R7.1", "R7.2")
def test_the_last_is_first_with_who_did_it_in_which_office():
    docket = malfunction().reported().proposed(Consequence.NONE).agreed().submitted().decided(Consequence.NONE)
    days = shown(docket).days
    assert [len(day.steps) for day in days] == [len(docket.journal)]
    first, last = days[0].steps[0], days[0].steps[-1]
    assert (first.title, first.by, first.office, first.more) == (
        "Suite décidée", "Karim", "membre de la commission", ("aucune suite",))
    assert (last.title, last.office) == ("Ouverture du dossier", "")
    assert last.more == ("d’après un incident noté", "Questions", "horloge de l’épreuve\xa0: 3 min")


@pytest.mark.rule("R7.2", "X6")
def test_what_is_due_stands_first_on_its_last_day():
    docket = opened().reported().told()
    found = shown(docket)
    assert [(day.day, [step.title for step in day.steps]) for day in found.days[:1]] == [
        ("mardi 31 mars 2026", ["Fin du délai de réponse du candidat"])]
    (part,) = found.parts
    assert part.until == "au plus tard le 31 mars 2026"
    assert "jusqu’au 31 mars 2026 inclus (15 jours depuis l’arrivée de la lettre)" in part.delays[0]


def test_a_part_shows_nothing_of_another():
    """Facts, papers and lines of a candidate whose part the reader does not see."""
    docket = malfunction().reported()
    lines = records(docket)
    other = [Record(9, docket.id, "case", docket.now, CLERK, "case.submitted",
                    {"candidacy": "k2", "divergences": [], "number": 1}, "", "")]
    mine = tuple(docket.state.parts.values())
    found = shown_case(docket.state, mine, [*lines, *other], Telling(NAMES, {}, "fr"), "/here", LATER)
    assert "Soumis à la commission" not in [step.title for day in found.days for step in day.steps]
    assert titles(docket) == ["Rapport remis", "Faits complétés", "Ouverture du dossier"]


@pytest.mark.rule("R7.2")
def test_what_the_candidate_said_as_they_asked_to_be_heard_is_read_by_whoever_summons_them():
    docket = opened().reported().told()
    docket.do(CANDIDATE, AskToBeHeard("k1", 1, words("mornings")))
    mine = tuple(docket.state.parts.values())
    assert words("mornings") in words_of(docket.state, mine)
    telling = Telling(NAMES, {words("mornings").ref: "Plutôt le matin"}, "fr")
    found = shown_case(docket.state, mine, records(docket), telling, "/here", docket.now)
    (part,) = found.parts
    assert [one.words for one in part.course if one.title == "Le candidat demande à être entendu"] == [
        "Plutôt le matin"]
    assert (part.awaits, part.until) == ("le secrétariat de l’organisme certificateur", "")


@pytest.mark.rule("R7.1")
def test_a_case_that_is_decided_still_waits_to_be_handed_over():
    docket = malfunction().reported().proposed(Consequence.NONE).agreed().submitted().decided(Consequence.NONE)
    assert [one.awaits for one in shown(docket).parts] == ["le secrétariat de l’organisme certificateur"]
