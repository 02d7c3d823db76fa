"""The facts completed, the evidence of the right candidate, the report to the awarding body."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from evaluation.case import stages
from evaluation.case.facts import AddEvidence, CompleteFacts, HandReport, NameSubject, NoteDay, TakeReport
from evaluation.case.kind import CASE
from evaluation.case.merging import TakeIn
from evaluation.case.ruling import CloseCase
from evaluation.case.summoning import RecordCandidateHeard
from evaluation.case_rules import Consequence
from evaluation.people import SYSTEM
from evaluation.quotes import Quote
from tests.evaluation.case.docket import (
    CANDIDATE,
    CLERK,
    DIRECTOR,
    MEMBER,
    ORGANIZER,
    PAPER,
    Docket,
    by_hand,
    incident,
    malfunction,
    office,
    opened,
    proposal,
    words,
)


def facts(by: str = "o-organizer", **changes: Any) -> CompleteFacts:
    return replace(CompleteFacts(None, words("more"), office(by)), **changes)


def picture(hearing: str = "h1", session: str = "s1") -> Quote:
    return Quote("session", session, 33, "3" * 64, "session.capture_taken",
                 {"hearing": hearing, "capture": "img2", "seat": "cand1", "source": "main", "digest": "ab"})


def test_the_organizer_completes_what_the_day_says():
    docket = opened()
    docket.do(ORGANIZER, facts(observed_at=docket.now - 1000, said=words("told then")))
    last = docket.state.facts[-1]
    assert (last.by, last.candidacy, last.said) == (ORGANIZER, None, words("told then"))
    assert docket.refused(ORGANIZER, facts(observed_at=docket.now + 1)) == "R7.1"


@pytest.mark.rule("X15")
def test_the_director_stands_in_for_an_organizer_whom_it_concerns():
    docket = malfunction()
    assert docket.refused(DIRECTOR, facts("o-director")) == "X15"
    docket.do(CLERK, NameSubject(ORGANIZER, words(), office("o-clerk")))
    assert docket.refused(ORGANIZER, facts()) == "X15"
    docket.do(DIRECTOR, facts("o-director"))
    assert docket.do(CLERK, NameSubject(ORGANIZER, words(), office("o-clerk"))) == []
    assert docket.refused(ORGANIZER, NameSubject(DIRECTOR, words(), office("o-organizer"))) == "X15"


@pytest.mark.rule("X15")
def test_nobody_completes_it_for_another_provider_or_body():
    other = office("o-organizer")
    elsewhere = {**dict(other.data["office"]), "provider": "of2"}  # type: ignore[arg-type]
    for wrong in (replace(other, data={**other.data, "office": elsewhere}), replace(other, stream="b2")):
        assert opened().refused(ORGANIZER, facts(office=wrong)) == "X15"
    for who, role in (("p-own", "o-organizer"), (MEMBER, "o-member"), (CANDIDATE, "o-organizer")):
        assert opened().refused(who, facts(office=office(role))) == "X15"


@pytest.mark.rule("R6.5")
def test_a_picture_is_of_its_own_candidate():
    """Evidence from another candidacy."""
    docket = opened()
    docket.do(ORGANIZER, AddEvidence("k1", office("o-organizer"), picture()))
    assert [(one.id, one.candidacy) for one in docket.state.evidence] == [("img2", "k1")]
    docket.do(ORGANIZER, AddEvidence(None, office("o-organizer"), paper=PAPER))
    for candidacy, taken in (("k1", picture("h2")), ("k1", picture(session="s2")), (None, picture()),
                             ("k1", replace(picture(), event="session.mark_set"))):
        assert docket.refused(ORGANIZER, AddEvidence(candidacy, office("o-organizer"), taken)) == "R6.5"
    assert docket.refused(ORGANIZER, AddEvidence("k1", office("o-organizer"))) == "R6.5"
    assert docket.refused(ORGANIZER, AddEvidence("k9", office("o-organizer"), paper=PAPER)) == "R7.1"


@pytest.mark.rule("R7.1")
def test_the_report_is_numbered_and_received():
    docket = malfunction()
    assert stages.number_of_case(docket.state) == f"2026-{docket.id[:8].upper()}"
    docket.do(ORGANIZER, HandReport(PAPER, office("o-organizer")))
    docket.do(ORGANIZER, HandReport(PAPER, office("o-organizer")))
    assert ([one.number for one in docket.state.reports], docket.stage()) == ([1, 2], "reported")
    assert docket.refused(ORGANIZER, TakeReport(1, office("o-organizer"))) == "X15"
    docket.do(CLERK, TakeReport(1, office("o-clerk")))
    assert docket.state.reports[0].taken_by == CLERK
    assert docket.do(CLERK, TakeReport(1, office("o-clerk"))) == []
    assert docket.refused(CLERK, TakeReport(3, office("o-clerk"))) == "R7.1"


@pytest.mark.rule("R7.1")
def test_nothing_is_reported_without_facts():
    docket = wordless()
    assert docket.refused(ORGANIZER, HandReport(PAPER, office("o-organizer"))) == "R7.1"
    docket.do(ORGANIZER, facts())
    docket.do(ORGANIZER, HandReport(PAPER, office("o-organizer")))


@pytest.mark.rule("R7.1")
def test_nothing_is_proposed_without_facts_or_report():
    assert wordless().refused(CLERK, proposal(by=CLERK)) == "R7.1"
    assert malfunction().refused(ORGANIZER, proposal()) == "R7.1"
    by_hand().proposed(Consequence.NONE, CLERK)


def wordless() -> Docket:
    return opened("malfunction", "technical", source=incident("malfunction", "technical", said=None))


@pytest.mark.rule("R7.1")
def test_nothing_is_added_to_what_is_over():
    docket = malfunction()
    docket.do(MEMBER, CloseCase("k1", office("o-member")))
    for command in (facts(), facts(candidacy="k1"), HandReport(PAPER, office("o-organizer"))):
        assert docket.refused(ORGANIZER, command) == "R7.1"
    assert docket.refused(ORGANIZER, proposal()) == "R7.1"


def test_what_the_day_says_later_belongs_to_it():
    docket = opened()
    said = Quote("session", "s1", 44, "4" * 64, "session.sanctions_told", {"hearing": "h1", "incident": 40})
    assert len(docket.do(SYSTEM, NoteDay("k1", said))) == 1
    assert docket.do(SYSTEM, NoteDay("k1", said)) == []
    for other in (replace(said, stream="s2"), replace(said, position=45, data={"hearing": "h2"})):
        assert docket.do(SYSTEM, NoteDay("k1", other)) == []
    assert docket.do(SYSTEM, NoteDay("k9", said)) == []
    assert [one.said for one in docket.part().from_day] == [said]


@pytest.mark.rule("X15")
@pytest.mark.parametrize("actor", [CLERK, ORGANIZER, CANDIDATE])
def test_what_the_platform_writes_nobody_else_does(actor: str):
    said = Quote("session", "s1", 44, "4" * 64, "session.sanctions_told", {"hearing": "h1", "incident": 40})
    assert opened().refused(actor, NoteDay("k1", said)) == "X15"
    assert opened().refused(actor, TakeIn(said)) == "X15"


@pytest.mark.rule("R7.2")
def test_once_a_suspicion_is_reported_the_clerk_is_awaited_who_tells_the_candidate():
    """The organizer has nothing to do until then; of an incident, whoever establishes it proposes at once."""
    asked = [[row.data["awaits"] for row in one.reported().rows("cases").values()] for one in (opened(), malfunction())]
    assert asked == [[["clerk"]], [["organizer", "clerk"]]]


def test_a_row_says_who_is_awaited():
    docket = malfunction()
    (row,) = docket.rows("cases").values()
    assert (row.index, row.key, row.person, row.scope, row.status, row.about) == (
        "cases", f"{docket.id}/k1", CANDIDATE, "of1", "facts", "k1")
    assert (row.data["awaits"], row.data["open"], row.data["door"]) == (["organizer"], True, "malfunction")
    assert [one.data["awaits"] for one in by_hand().rows("cases").values()] == [["clerk"]]
    docket.reported().proposed(Consequence.POSTPONE)
    parties = {key: (one.person, one.scope, one.status) for key, one in docket.rows("case_parties").items()}
    key = f"{docket.id}/k1/"
    assert parties == {key + "provider": (None, "of1", "waiting"), key + "p-emp": ("p-emp", None, "waiting"),
                       key + "p-own": ("p-own", None, "waiting"), key + "p-tra": ("p-tra", None, "waiting")}


@pytest.mark.rule("R7.1")
def test_a_report_is_handed_by_who_has_seen_the_last_one():
    """Two pages that were open at once hand one report over."""
    docket = malfunction().reported()
    fields = {"candidacy": "k1"}
    seen = [CASE.must_have_seen(docket.state, one, fields) for one in (HandReport, RecordCandidateHeard, CompleteFacts)]
    assert seen == [docket.state.position, docket.state.position, 0]
