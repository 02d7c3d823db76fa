"""A power cut that hit several candidates is one case; nobody sees another's part of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from evaluation import offices
from evaluation.case import access
from evaluation.case.access import Seen, Viewer
from evaluation.case.assisting import AcceptAssisting, NameAssistant
from evaluation.case.dropping import WithdrawAccusation
from evaluation.case.facts import CompleteFacts, HandReport, NoteDay
from evaluation.case.hearing_out import AnswerCaseNotice
from evaluation.case.merging import CaseJoined, JoinCase, NoteJoined, TakeIn
from evaluation.case.notifying import GiveCaseNotice
from evaluation.case.ruling import CloseCase
from evaluation.case.stages import is_open
from evaluation.case.terms import Dropped
from evaluation.case_rules import Consequence
from evaluation.offices import Act
from evaluation.people import SYSTEM
from evaluation.quotes import Quote
from tests.evaluation.body.house import OFFICES
from tests.evaluation.case.docket import (
    CANDIDATE,
    CLERK,
    DIRECTOR,
    JURORS,
    MEMBER,
    ORGANIZER,
    PAPER,
    Docket,
    delegation,
    given,
    incident,
    malfunction,
    office,
    opened,
    proposal,
    words,
)

OTHER = "p-other"


def second(door: Any = "malfunction", kind: str = "technical", **changes: object) -> Docket:
    """Of another candidate, examined on the same day."""
    theirs = given(candidacy="k2", person=OTHER, hearing="h2", **changes)
    source = incident(door, kind, "img-other", hearing="h2", position=50)
    return opened(door, kind, given=theirs, source=source)


def join(into: Docket, requalified: Quote | None = None) -> JoinCase:
    return JoinCase(into.quote(1), words("same cut"), office("o-organizer"), requalified)


def joined() -> tuple[Docket, Docket]:
    """Both cases, the second gone into the first."""
    first, other = malfunction(), second()
    other.do(ORGANIZER, join(first))
    first.do(SYSTEM, TakeIn(other.quote()))
    other.do(SYSTEM, NoteJoined(first.quote()))
    return first, other


def test_one_case_with_two_candidacies():
    first, other = joined()
    assert list(first.state.parts) == ["k1", "k2"]
    assert (first.part("k2").person, first.part("k2").came_from, first.stage("k2")) == (OTHER, (other.id,), "facts")
    assert (other.state.joined_into, other.stage("k2"), other.kind.closed(other.state)) == (first.id, "joined", True)
    assert [row.data["into"] for row in other.rows("cases").values()] == [first.id]
    assert [one.candidacy for one in first.state.facts] == ["k1", "k2"]


@pytest.mark.rule("R7.1")
def test_what_does_not_go_together():
    first, fraud = malfunction(), opened()
    assert second().refused(ORGANIZER, join(fraud)) == "R7.1"
    assert first.refused(ORGANIZER, join(first)) == "R7.1"
    assert second(provider="of1", certification="RNCP1").refused(ORGANIZER, join(first)) == "R7.1"
    for wrong in (incident(), replace(first.quote(1), event="case.joined")):
        assert second().refused(ORGANIZER, replace(join(first), into=wrong)) == "R7.1"


@pytest.mark.rule("R7.2")
def test_whoever_was_told_or_asked_stays_where_they_are():
    first, other = malfunction(), second()
    other.do(ORGANIZER, HandReport(PAPER, office("o-organizer")), proposal(candidacy="k2"))
    assert other.refused(ORGANIZER, join(first)) == "R7.2"


@pytest.mark.rule("R7.1")
def test_what_comes_in_was_joined_to_this_case():
    first, other = malfunction(), second()
    other.do(ORGANIZER, join(first))
    elsewhere = replace(other.quote(), data={**other.quote().data, "into": {"stream": "another"}})
    assert first.refused(SYSTEM, TakeIn(elsewhere)) == "R7.1"
    assert first.refused(SYSTEM, TakeIn(incident())) == "R7.1"


@pytest.mark.rule("R7.2")
def test_a_case_is_held_until_the_other_has_it():
    """Whatever is killed between: it is over here only once the other one says that it has it."""
    first, other = malfunction(), second()
    other.do(ORGANIZER, join(first))
    assert (other.stage("k2"), other.rows("cases")[f"{other.id}/k2"].data["open"]) == ("joined", True)
    assert (is_open(other.state, other.part("k2")), other.kind.closed(other.state)) == (True, False)
    assert other.refused(MEMBER, CloseCase("k2", office("o-member"))) == "R7.1"
    first.do(SYSTEM, TakeIn(other.quote()))
    assert first.rows("cases")[f"{first.id}/k2"].data["open"]
    said = first.quote()
    other.do(SYSTEM, NoteJoined(said))
    assert (is_open(other.state, other.part("k2")), other.do(SYSTEM, NoteJoined(said))) == (False, [])


@pytest.mark.rule("R7.2")
@pytest.mark.parametrize("meanwhile", ["told", "decided", "went on"])
def test_what_cannot_come_in_any_more_stays_where_it_was(meanwhile: str):
    first, other = malfunction(), second()
    other.do(ORGANIZER, join(first))
    sent = other.quote()
    if meanwhile == "told":
        first.do(ORGANIZER, HandReport(PAPER, office("o-organizer")), proposal())
    elif meanwhile == "decided":
        first.do(MEMBER, CloseCase("k1", office("o-member")))
    else:
        first.do(ORGANIZER, join(second()))
    assert [type(one).__name__ for one in first.do(SYSTEM, TakeIn(sent))] == ["CaseNotTaken"]
    assert first.do(SYSTEM, TakeIn(sent)) == []
    other.do(SYSTEM, NoteJoined(first.quote()))
    assert (list(first.state.parts), other.state.joined_into, other.stage("k2")) == (["k1"], None, "facts")
    other.do(MEMBER, CloseCase("k2", office("o-member")))


def test_two_cases_that_go_into_each_other_stay():
    first, other = malfunction(), second()
    first.do(ORGANIZER, join(other))
    other.do(ORGANIZER, join(first))
    sent = first.quote(), other.quote()
    other.do(SYSTEM, TakeIn(sent[0]))
    first.do(SYSTEM, TakeIn(sent[1]))
    answers = other.quote(), first.quote()
    first.do(SYSTEM, NoteJoined(answers[0]))
    other.do(SYSTEM, NoteJoined(answers[1]))
    assert (first.stage(), other.stage("k2")) == ("facts", "facts")
    other.do(ORGANIZER, join(first))
    first.do(SYSTEM, TakeIn(other.quote()))
    assert list(first.state.parts) == ["k1", "k2"]


@pytest.mark.rule("R7.1")
def test_only_the_other_case_says_what_became_of_it():
    first, other = malfunction(), second()
    other.do(ORGANIZER, join(first))
    first.do(SYSTEM, TakeIn(other.quote()))
    assert first.refused(SYSTEM, NoteJoined(first.quote())) == "R7.1"
    assert other.refused(SYSTEM, NoteJoined(replace(first.quote(), event="case.opened"))) == "R7.1"
    assert other.refused(SYSTEM, NoteJoined(replace(first.quote(), kind="session"))) == "R7.1"


@pytest.mark.rule("R7.1")
def test_reports_and_who_assists_come_along():
    """A report of the other case says nothing of the candidate who was here."""
    first, again = malfunction(), opened("malfunction", "technical",
                                         source=incident("malfunction", "technical", position=50))
    again.do(ORGANIZER, HandReport(PAPER, office("o-organizer")))
    again.do(CANDIDATE, NameAssistant("k1", "p-friend"), NameAssistant("k1", "p-asked"))
    again.do("p-friend", AcceptAssisting("k1"))
    helping = again.part().assistants
    again.do(ORGANIZER, join(first))
    first.do(SYSTEM, TakeIn(again.quote()))
    assert ([one.about for one in first.state.reports], first.part().assistants, first.part().invited) == (
        [("k1",)], helping, ("p-asked",))
    other = second()
    other.do(ORGANIZER, HandReport(PAPER, office("o-organizer")), join(first))
    first.do(SYSTEM, TakeIn(other.quote()))
    assert [(one.number, one.about) for one in first.state.reports] == [(1, ("k1",)), (2, ("k2",))]
    other = second()
    assert other.refused(ORGANIZER, HandReport(PAPER, office("o-organizer"), "k1")) == "R7.1"
    other.do(ORGANIZER, HandReport(PAPER, office("o-organizer"), "k2"), join(first))
    unreported = malfunction()
    unreported.do(SYSTEM, TakeIn(replace(other.quote(), data={
        **other.quote().data, "into": {"stream": unreported.id}})))
    assert (unreported.stage("k1"), unreported.stage("k2")) == ("facts", "reported")
    assert unreported.refused(ORGANIZER, proposal()) == "R7.1"
    unreported.do(ORGANIZER, proposal(candidacy="k2"))


@pytest.mark.rule("R6.5")
def test_each_accusation_of_a_joined_case_is_withdrawn_by_who_made_it():
    """The part ends with the last one."""
    first, again = opened(), opened(source=incident(position=50), given=given(by=JURORS[2]))
    again.do(ORGANIZER, join(first))
    first.do(SYSTEM, TakeIn(again.quote()))
    assert [(one.number, one.quote.position, one.by) for one in first.part().sources] == [
        (1, 40, "p-own"), (2, 50, JURORS[2])]
    assert first.refused("p-own", WithdrawAccusation("k1", 2, words())) == "R6.5"
    first.do(JURORS[2], WithdrawAccusation("k1", 2, words()))
    assert (first.stage(), first.events[-1].dropped, first.events[-1].ends) == (
        "facts", (Dropped("s1", "h1", 50),), False)
    assert first.refused(JURORS[2], WithdrawAccusation("k1", 2, words())) == "R6.5"
    first.do("p-own", WithdrawAccusation("k1", 1, words()))
    assert (first.stage(), first.events[-1].dropped) == ("withdrawn", (Dropped("s1", "h1", 40),))


def test_what_the_day_says_of_either_incident_reaches_the_case():
    first = malfunction()
    again = opened("malfunction", "technical", given=given(session="s2", hearing="h7"),
                   source=incident("malfunction", "technical", session="s2", hearing="h7"))
    again.do(ORGANIZER, join(first))
    first.do(SYSTEM, TakeIn(again.quote()))
    for session, hearing in (("s1", "h1"), ("s2", "h7"), ("s2", "h1")):
        said = Quote("session", session, 55, "5" * 64, "session.statement_added", {"hearing": hearing})
        first.do(SYSTEM, NoteDay("k1", said))
    assert [one.said.stream for one in first.part().from_day] == ["s1", "s2"]


def test_what_the_day_says_after_the_joining_reaches_the_case():
    first, other = joined()
    said = Quote("session", "s1", 55, "5" * 64, "session.statement_added", {"hearing": "h2"})
    other.do(SYSTEM, NoteDay("k2", said))
    first.do(SYSTEM, NoteDay("k2", other.quote()))
    assert [one.said for one in first.part("k2").from_day] == [said]
    assert first.do(SYSTEM, NoteDay("k2", other.quote())) == []


def test_what_was_common_to_one_alone_is_theirs():
    first, other = malfunction(), second()
    other.do(ORGANIZER, CompleteFacts(None, words("about them"), office("o-organizer")), join(first))
    event = other.events[-1]
    assert isinstance(event, CaseJoined)
    assert {one.candidacy for one in event.brought.facts} == {"k2"}


def test_two_incidents_of_one_candidate_are_one_part():
    """A candidate cut off twice."""
    first, again = malfunction(), opened("malfunction", "technical", "img-again",
                                         source=incident("malfunction", "technical", "img-again", position=50))
    again.do(ORGANIZER, join(first))
    first.do(SYSTEM, TakeIn(again.quote()))
    assert (list(first.state.parts), first.part().came_from) == (["k1"], (again.id,))
    assert ([one.candidacy for one in first.state.facts], [one.id for one in first.state.evidence]) == (
        ["k1", "k1"], ["img-again"])
    first.do(SYSTEM, TakeIn(again.quote()))
    assert len(first.state.facts) == 2


def test_one_goes_into_a_case_in_which_nobody_was_told():
    first, other = joined()
    assert (first.kind.stands(first.state, 1), other.kind.stands(other.state, 1)) == (True, False)
    first.do(ORGANIZER, HandReport(PAPER, office("o-organizer")), proposal())
    assert not first.kind.stands(first.state, 1)


@pytest.mark.rule("R7.2", "X1")
def test_nobody_sees_another_candidates_part():
    first, _ = joined()
    first.do(CANDIDATE, NameAssistant("k1", "p-friend"))
    first.do("p-friend", AcceptAssisting("k1"))
    for who in (CANDIDATE, "p-friend"):
        assert access.seen(first.state, Viewer(who)) == Seen(frozenset({"k1"}), frozenset(), True)
    assert access.seen(first.state, Viewer(OTHER)) == Seen(frozenset({"k2"}), frozenset(), True)
    assert access.seen(first.state, Viewer("p-nobody")) == Seen()
    every = frozenset({"k1", "k2"})
    assert access.seen(first.state, Viewer(JURORS[0])) == Seen(frozenset(), every, True)
    assert access.seen(first.state, Viewer(MEMBER, (OFFICES["o-member"],))) == Seen(every, frozenset(), True)
    assert access.seen(first.state, Viewer(ORGANIZER, (OFFICES["o-organizer"],))) == Seen(every, frozenset(), True)
    elsewhere = replace(OFFICES["o-director"], provider="of2")
    assert access.seen(first.state, Viewer(DIRECTOR, (elsewhere,))) == Seen()


@pytest.mark.rule("R7.2")
def test_nobody_answers_or_assists_in_anothers_part():
    """An answer by somebody who is not named."""
    first, _ = joined()
    for who in (OTHER, "p-friend", ORGANIZER, CLERK):
        assert first.refused(who, AnswerCaseNotice("k1", 0, words())) == "R7.2"
    for person in (CANDIDATE, JURORS[0], ORGANIZER, SYSTEM, ""):
        assert first.refused(CANDIDATE, NameAssistant("k1", person)) == "R7.2"


@pytest.mark.rule("R6.5")
def test_nobody_is_accused_by_anothers_picture():
    first, other = opened(), second("fraud", "outside_help")
    other.do(ORGANIZER, join(first))
    first.do(SYSTEM, TakeIn(other.quote()))
    assert [(one.id, one.candidacy) for one in first.state.evidence] == [("img-other", "k2")]
    told = GiveCaseNotice("k1", (Consequence.BAR,), ("img-other",), words(), office("o-clerk"), PAPER)
    assert first.refused(CLERK, told) == "R6.5"
    first.do(CLERK, replace(told, candidacy="k2"))


def test_one_part_ends_and_the_other_goes_on():
    first, _ = joined()
    first.do(MEMBER, CloseCase("k1", office("o-member")))
    assert (first.stage("k1"), first.stage("k2"), first.kind.closed(first.state)) == ("closed", "facts", False)
    first.do(ORGANIZER, CompleteFacts("k2", words(), office("o-organizer")))
    assert first.refused(ORGANIZER, CompleteFacts("k1", words(), office("o-organizer"))) == "R7.1"
    first.do(MEMBER, CloseCase("k2", office("o-member")))
    assert first.kind.closed(first.state)


def test_words_are_sealed_with_the_key_of_whom_they_are_about():
    first, other = joined()
    of = first.kind.subject
    assert [of(first.state, first.id, {"candidacy": one}) for one in ("k1", "k2", None)] == [
        CANDIDATE, OTHER, f"stream:{first.id}"]
    assert of(other.state, other.id, {"candidacy": None}) == OTHER
    assert of(None, "c1", {"person": OTHER}) == OTHER


def test_a_delegate_for_cases_sees_all():
    first, _ = joined()
    assert access.seen(first.state, Viewer("p-delegate", (offices.quoted(delegation(Act.CASE)),))).parts == {"k1", "k2"}
    assert not access.seen(first.state, Viewer("p-delegate", (offices.quoted(delegation(Act.BAR)),))).common
