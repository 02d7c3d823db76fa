"""A case withholds the award until it is decided, several at once; nothing else covers that."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.candidacy import appealing
from evaluation.candidacy.certifying import NoteCertificate
from evaluation.candidacy.examining import OpenExamination
from evaluation.candidacy.hearing_endings import NoteEnding
from evaluation.candidacy.planned import NotePlanned
from evaluation.candidacy.state import Award
from evaluation.candidacy.terms import HearingEnding
from evaluation.candidacy.withholding import NoteCase, gives_no_block
from evaluation.case.dropping import WithdrawAccusation
from evaluation.case.merging import JoinCase, TakeIn
from evaluation.case.requalifying import Requalify
from evaluation.case.ruling import CloseCase
from evaluation.case_rules import Consequence, Door
from evaluation.known import KINDS
from evaluation.people import SYSTEM
from evaluation.quotes import Quote
from evaluation.verify import verify
from tests.evaluation.body.house import CLERK, PAPER
from tests.evaluation.candidacy.house import Candidacy, examined, office, outcome, registered
from tests.evaluation.candidacy.house import opened as past
from tests.evaluation.candidacy.test_examining import bar
from tests.evaluation.candidacy.test_planned import added, said
from tests.evaluation.case import docket as cases
from tests.evaluation.case.docket import MEMBER, ORGANIZER, Docket, by_hand, incident, malfunction, words

BAR, NONE, ANNUL, LIFT = Consequence.BAR, Consequence.NONE, Consequence.ANNUL, Consequence.LIFT


def note(quote: Quote, door: Door = "fraud") -> NoteCase:
    return NoteCase(quote, door)


def held(case: Docket | None = None) -> Candidacy:
    candidacy = registered()
    candidacy.do(SYSTEM, note((case or cases.opened()).quote(1)))
    return candidacy


def row(candidacy: Candidacy) -> tuple[str, object]:
    found = candidacy.rows("candidacies")["k1"]
    return found.status, found.data.get("held_under")


def decided(consequence: Consequence) -> Docket:
    docket = cases.opened().reported().told(ANNUL, BAR).answered()
    return docket.proposed(consequence).agreed().submitted().decided(consequence)


@pytest.mark.rule("R7.2")
def test_nothing_covers_an_open_case():
    candidacy = held()
    assert row(candidacy) == ("held", "registered")
    candidacy.do(SYSTEM, NotePlanned("h1", added()))
    assert row(candidacy) == ("held", "planned")
    candidacy.do(SYSTEM, NoteEnding("h1", HearingEnding.HEARD, said("hearing_closed", hearing="h1")))
    assert row(candidacy) == ("held", "heard")
    candidacy.do(CLERK, outcome("none"))
    assert (row(candidacy), candidacy.kind.closed(candidacy.state)) == (("held", "none"), False)


@pytest.mark.rule("R7.2")
def test_no_award_and_no_certificate_while_it_is_open():
    candidacy = past()
    candidacy.do(CLERK, outcome("full", "BC1", "BC2"))
    position = candidacy.state.position
    assert candidacy.kind.stands(candidacy.state, position)
    candidacy.do(SYSTEM, note(by_hand().quote(1)))
    assert not candidacy.kind.stands(candidacy.state, position)
    certificate = NoteCertificate("n1", outcome().ruled_on, PAPER, office("o-clerk"))
    assert candidacy.refused(CLERK, certificate) == "R7.2"
    assert held().refused(CLERK, outcome("partial", "BC1")) == "R7.2"
    closed = by_hand()
    closed.do(MEMBER, CloseCase("k1", office("o-member")))
    candidacy.do(SYSTEM, note(closed.quote()))
    candidacy.do(CLERK, certificate)


def test_several_at_once_and_each_told_once():
    candidacy, other = held(), cases.opened(source=incident(position=41))
    assert candidacy.do(SYSTEM, note(cases.opened().quote(1))) == []
    candidacy.do(SYSTEM, note(other.quote(1)), note(decided(NONE).quote()))
    assert (row(candidacy)[0], candidacy.rows("candidacies")["k1"].data["cases"]) == ("held", [other.id])
    assert candidacy.do(SYSTEM, note(decided(NONE).quote())) == []
    other.do("p-own", WithdrawAccusation("k1", 1, words()))
    candidacy.do(SYSTEM, note(other.quote()))
    assert row(candidacy) == ("registered", None)
    verify(candidacy.lines(), KINDS)


@pytest.mark.rule("R6.6")
def test_who_is_disqualified_is_awarded_nothing():
    """Until a decision on an appeal lifts it. A case on a candidacy whose certificate is issued covers that too."""
    candidacy = held()
    candidacy.do(SYSTEM, note(decided(BAR).quote()))
    assert row(candidacy) == ("disqualified", None)
    assert candidacy.refused(CLERK, outcome("partial", "BC1")) == "R6.6"
    assert not candidacy.kind.stands(candidacy.state, 2)
    assert candidacy.do(SYSTEM, OpenExamination((bar(),))) == []
    appeal = Quote("case", "c9", 1, "1" * 64, "case.opened", {"given": {"candidacy": "k1"}, "source": {}})
    lift = replace(appeal, position=4, event="case.decided", data={
        "candidacy": "k1", "consequence": "lift", "against": cases.opened().id, "decided_on": "2026-03-16"})
    candidacy.do(SYSTEM, note(appeal, "appeal"), note(lift, "appeal"))
    assert row(candidacy) == ("registered", None)
    examined(candidacy).do(CLERK, outcome("partial", "BC1"))


@pytest.mark.rule("R4.5")
@pytest.mark.parametrize("ending", [HearingEnding.STOPPED, HearingEnding.HEARD])
@pytest.mark.parametrize("told_first", ["ending", "decision"])
def test_an_attempt_that_does_not_count_is_made_again(ending: HearingEnding, told_first: str):
    """Nothing is awarded for it, whichever of the two is told first."""
    candidacy = held()
    candidacy.do(SYSTEM, NotePlanned("h1", added()))
    if told_first == "ending":
        examined(candidacy, ending)
        assert not candidacy.kind.stands(candidacy.state, 2)
    candidacy.do(SYSTEM, note(decided(ANNUL).quote()))
    if told_first == "decision":
        examined(candidacy, ending)
    assert (row(candidacy), candidacy.kind.stands(candidacy.state, 2)) == (("registered", None), True)
    assert candidacy.refused(CLERK, outcome("partial", "BC1", ruled_on=date(2026, 3, 16))) == "R4.5"
    examined(candidacy, session="s2", on="2026-04-01")
    candidacy.on("2026-04-02")
    candidacy.do(CLERK, outcome("partial", "BC1", ruled_on=date(2026, 4, 2)))
    verify(candidacy.lines(), KINDS)


def certified() -> Candidacy:
    """Heard on 16 March, awarded on the 20th, with a certificate; and a suspected fraud since the 25th."""
    candidacy = examined(registered())
    candidacy.on("2026-03-25")
    candidacy.do(CLERK, outcome("full", "BC1", "BC2", ruled_on=date(2026, 3, 20)))
    candidacy.do(CLERK, NoteCertificate("n1", date(2026, 3, 21), PAPER, office("o-clerk")))
    candidacy.do(SYSTEM, note(cases.opened().quote(1)))
    return candidacy


def lift(against: str) -> tuple[NoteCase, NoteCase]:
    appeal = Quote("case", "c9", 1, "1" * 64, "case.opened", {"given": {"candidacy": "k1"}, "source": {}})
    decision = replace(appeal, position=4, event="case.decided", data={
        "candidacy": "k1", "consequence": "lift", "against": against, "decided_on": "2026-03-26"})
    return note(appeal, "appeal"), note(decision, "appeal")


@pytest.mark.rule("R7.2")
def test_what_was_awarded_for_an_annulled_attempt_holds_no_more():
    """Nor its certificate; on an appeal that lifts it both hold again. An appeal may be about either."""
    candidacy = certified()
    position = next(iter(candidacy.state.outcomes))
    decision = decided(ANNUL)
    candidacy.do(SYSTEM, note(decision.quote()))
    assert (row(candidacy), candidacy.rows("outcomes"), candidacy.rows("certificates")) == (
        ("registered", None), {}, {})
    assert (candidacy.kind.stands(candidacy.state, position), candidacy.kind.results(candidacy.state)) == (False, {})
    appealing.check_against(candidacy.state, candidacy.quote(position))
    appealing.check_against(candidacy.state, decision.quote())
    candidacy.do(SYSTEM, *lift(decision.id))
    assert (row(candidacy)[0], len(candidacy.rows("certificates")), candidacy.kind.stands(candidacy.state, position)
            ) == ("full", 1, True)
    verify(candidacy.lines(), KINDS)


@pytest.mark.rule("R7.2")
@pytest.mark.parametrize(("award", "holds"), [("partial", True), ("none", False)])
def test_after_a_malfunction_what_was_awarded_stays(award: Award, holds: bool):
    """And what was not is ruled anew: nobody loses an award of which they were never told."""
    candidacy = examined(registered())
    candidacy.do(CLERK, outcome(award, *(["BC1"] if holds else []), ruled_on=date(2026, 3, 16)))
    case = malfunction()
    candidacy.do(SYSTEM, note(case.quote(1), "malfunction"))
    case.reported().proposed(ANNUL).agreed().submitted().decided(ANNUL)
    candidacy.do(SYSTEM, note(case.quote(), "malfunction"))
    expected = ("partial" if holds else "registered", True)
    assert (row(candidacy)[0], candidacy.kind.stands(candidacy.state, 2)) == expected


@pytest.mark.rule("R7.2", "X8")
def test_of_a_past_candidacy_the_last_award_is_annulled():
    """Whose day is known to nobody; what an earlier jury awarded stays."""
    candidacy = past()
    candidacy.do(CLERK, outcome("partial", "BC1", ruled_on=date(2026, 3, 3)), outcome("full", "BC2"))
    candidacy.do(SYSTEM, note(by_hand().quote(1)))
    found = Quote("case", "c-hand", 9, "9" * 64, "case.decided", {
        "candidacy": "k1", "consequence": "annul", "decided_on": "2026-03-16", "attempts": []})
    candidacy.do(SYSTEM, note(found))
    assert [one.awarded.blocks for one in candidacy.state.standing()] == [("BC1",)]
    _first, last = candidacy.state.outcomes
    assert gives_no_block(candidacy.state) == (last,)


@pytest.mark.rule("R6.5")
def test_a_case_that_changes_its_nature_is_told():
    candidacy, case = examined(registered()), malfunction()
    candidacy.do(SYSTEM, note(case.quote(1), "malfunction"))
    case.do(CLERK, Requalify("fraud", "identity", words(), office("o-clerk")))
    candidacy.do(SYSTEM, note(case.quote(), "fraud"))
    assert candidacy.do(SYSTEM, note(case.quote(), "fraud")) == []
    assert [one.door for one in candidacy.state.cases.values()] == ["fraud"]
    assert registered().refused(SYSTEM, note(case.quote(), "fraud")) == "R7.2"


@pytest.mark.rule("R6.5")
def test_one_accusation_of_two_withdrawn_withholds_on():
    candidacy, case = held(), cases.opened()
    other = cases.opened(source=incident(position=50))
    other.do(ORGANIZER, JoinCase(case.quote(1), words(), office("o-organizer")))
    case.do(SYSTEM, TakeIn(other.quote()))
    case.do("p-own", WithdrawAccusation("k1", 1, words()))
    assert candidacy.do(SYSTEM, note(case.quote())) == []
    case.do("p-own", WithdrawAccusation("k1", 2, words()))
    candidacy.do(SYSTEM, note(case.quote()))
    assert row(candidacy) == ("registered", None)


def test_a_case_that_went_into_another_is_held_by_that_one():
    """In whatever order it is told."""
    first = malfunction()
    source = incident("malfunction", "technical", hearing="h2", position=50)
    other = cases.opened("malfunction", "technical", source=source,
                         given=cases.given(candidacy="k2", person="p-2", hearing="h2"))
    first.do(ORGANIZER, JoinCase(other.quote(1), words(), office("o-organizer")))
    other.do(SYSTEM, TakeIn(first.quote()))
    taken_in = other.quote()
    other.do(MEMBER, CloseCase("k1", office("o-member")))
    for order in ((first.quote(1), taken_in), (taken_in, first.quote(1))):
        candidacy = registered()
        candidacy.do(SYSTEM, *(note(one, "malfunction") for one in order))
        assert candidacy.rows("candidacies")["k1"].data["cases"] == [other.id]
        candidacy.do(SYSTEM, note(other.quote(), "malfunction"))
        assert row(candidacy) == ("registered", None)


@pytest.mark.rule("R7.2")
def test_a_case_of_another_candidacy_is_not_told_here():
    elsewhere = cases.opened(given=cases.given(candidacy="k2"))
    assert registered().refused(SYSTEM, note(elsewhere.quote(1))) == "R7.2"
    assert registered().refused(SYSTEM, note(incident())) == "R7.2"
    assert registered().do(SYSTEM, note(decided(NONE).quote())) == []


@pytest.mark.rule("X15")
@pytest.mark.parametrize("actor", [CLERK, ORGANIZER, MEMBER])
def test_the_platform_alone_tells_it(actor: str):
    assert registered().refused(actor, note(cases.opened().quote(1))) == "X15"


def test_an_admissible_appeal_withholds_on():
    opened = Quote("case", "c9", 1, "1" * 64, "case.opened", {"given": {"candidacy": "k1"}, "source": {}})
    ruled = replace(opened, position=2, event="case.admissibility_ruled", data={"candidacy": "k1", "admissible": True})
    candidacy = registered()
    candidacy.do(SYSTEM, note(opened, "appeal"))
    assert candidacy.do(SYSTEM, note(ruled, "appeal")) == []
    candidacy.do(SYSTEM, note(replace(ruled, data={"candidacy": "k1", "admissible": False}), "appeal"))
    assert row(candidacy) == ("registered", None)
