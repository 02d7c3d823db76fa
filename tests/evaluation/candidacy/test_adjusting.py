"""Adjustments: asked for, the opinion handed to the officer alone or shown, decided; the opinion goes in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evaluation.body.granting import GrantOffice
from evaluation.candidacy import adjusting
from evaluation.candidacy.adjusting import (
    AdjustmentAsked,
    AskAdjustment,
    DecideAdjustment,
    HandOpinion,
    SeeOpinion,
    adjustment_status,
    quoted,
)
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.registering import WithdrawCandidacy
from evaluation.candidacy.terms import Adjustment, AidKind, Wish
from evaluation.journal import BrokenJournal
from evaluation.known import KINDS
from evaluation.offices import Office, OfficeRole
from evaluation.people import Paper
from evaluation.quotes import Quote
from evaluation.rules import Forbidden, Refusal
from evaluation.verify import verify
from tests.evaluation.body.house import CLERK, ORGANIZER, House, staffed, words
from tests.evaluation.candidacy.house import CANDIDATE, Candidacy, office, opened, outcome, registered

OFFICER = "p-officer"
OPINION, LATER = Paper("opinion", "a" * 64), Paper("opinion-2", "b" * 64)
THIRD = Adjustment(CANDIDATE, {"presentation": 300, "questions": 600}, 5, AidKind.READER)
NOTHING = Adjustment(CANDIDATE)


def house() -> House:
    one = staffed()
    one.do(CLERK, GrantOffice(Office("o-officer", OFFICER, OfficeRole.DISABILITY_OFFICER, date(2026, 1, 1))))
    return one


def officer() -> Quote:
    return house().quote()


def asking(*wishes: Wish) -> AskAdjustment:
    return AskAdjustment(wishes or (Wish.TIME, Wish.AID))


def deciding(given: Adjustment = THIRD, **changes: Any) -> DecideAdjustment:
    return DecideAdjustment(replace(given, **changes), officer())


def asked() -> Candidacy:
    """At position 3."""
    one = registered()
    one.do(CANDIDATE, asking())
    return one


def decided() -> Candidacy:
    """At position 5."""
    one = asked()
    one.do(CANDIDATE, HandOpinion(OPINION))
    one.do(OFFICER, deciding())
    return one


def listed(one: Candidacy) -> list[tuple[str, object]]:
    return [(row.status, row.scope) for row in one.rows("adjustments").values()]


def standing(one: Candidacy) -> object:
    (row,) = one.rows("candidacies").values()
    return row.data.get("adjusted")


def test_from_asking_to_what_a_days_plan_quotes():
    one = registered()
    assert (listed(one), standing(one)) == ([], None)
    assert one.do(CANDIDATE, asking()) == [AdjustmentAsked((Wish.TIME, Wish.AID), None)]
    assert one.do(CANDIDATE, asking(Wish.AID, Wish.TIME)) == []
    assert listed(one) == [("asked", None)]
    one.do(CANDIDATE, HandOpinion(OPINION))
    assert listed(one) == [("to_decide", None)]
    one.do(OFFICER, deciding())
    assert (listed(one), standing(one), quoted(one.quote())) == ([("granted", None)], 5, THIRD)
    assert CANDIDACY.stands(one.state, 5)
    assert one.do(OFFICER, deciding()) == []
    one.do(OFFICER, deciding(break_minutes=10))
    assert [CANDIDACY.stands(one.state, position) for position in (5, 6)] == [False, True]
    one.do(CANDIDATE, asking(Wish.EQUIPMENT))
    assert (listed(one), standing(one)) == ([("to_decide", None)], 6)
    one.do(OFFICER, deciding(NOTHING))
    assert (listed(one), standing(one)) == ([("nothing", None)], None)


@pytest.mark.rule("R10.1", "X15")
def test_who_asks():
    one = registered()
    one.do(ORGANIZER, replace(asking(), office=office("o-organizer")))
    one.do(OFFICER, replace(asking(Wish.BREAKS), office=officer()))
    one.do(CLERK, replace(asking(Wish.TIME), office=office("o-clerk")))
    other = replace(office("o-organizer"), data={"office": {**office("o-organizer").data["office"],  # pyright: ignore
                                                            "provider": "of2"}})
    for who, given in ((ORGANIZER, None), (CANDIDATE, office("o-organizer")), (ORGANIZER, other),
                       (ORGANIZER, replace(office("o-organizer"), stream="b2")),
                       (OFFICER, replace(officer(), stream="b2"))):
        assert isinstance(one.refusal(who, replace(asking(), office=given)), Forbidden)


@pytest.mark.rule("R10.1")
@pytest.mark.parametrize("wishes", [(), (Wish.TIME, Wish.TIME)])
def test_what_is_asked_is_said_once(wishes: tuple[Wish, ...]):
    assert registered().refused(CANDIDATE, AskAdjustment(wishes)) == "R10.1"


@pytest.mark.rule("R10.1")
def test_the_opinion_is_handed_by_the_candidate_or_seen_by_the_officer():
    assert registered().refused(CANDIDATE, HandOpinion(OPINION)) == "R10.1"
    one, seen = asked(), SeeOpinion(date(2026, 3, 16), officer())
    for who in (ORGANIZER, OFFICER, CLERK):
        assert isinstance(one.refusal(who, HandOpinion(OPINION)), Forbidden)
    for who, given in ((CANDIDATE, officer()), (CLERK, office("o-clerk")), (ORGANIZER, office("o-organizer")),
                       (OFFICER, replace(officer(), stream="b2"))):
        assert isinstance(one.refusal(who, replace(seen, office=given)), Forbidden)
    assert one.refused(OFFICER, replace(seen, on=date(2026, 3, 17))) == "R10.1"
    one.do(OFFICER, seen, deciding())
    assert one.refused(OFFICER, seen) == one.refused(CANDIDATE, HandOpinion(OPINION)) == "R10.1"


@pytest.mark.rule("R10.1")
def test_the_officer_alone_decides_on_an_opinion():
    one = asked()
    assert one.refused(OFFICER, deciding()) == "R10.1"
    one.do(CANDIDATE, HandOpinion(OPINION))
    for who, given in ((CLERK, office("o-clerk")), (ORGANIZER, office("o-organizer")), (CANDIDATE, officer()),
                       (OFFICER, replace(officer(), stream="b2"))):
        assert isinstance(one.refusal(who, replace(deciding(), office=given)), Forbidden)
    wrongs: tuple[dict[str, Any], ...] = (
        {"person": "p-other"}, {"extra_seconds": {"welcome": 60}}, {"extra_seconds": {"questions": -60}},
        {"break_minutes": -1})
    for wrong in wrongs:
        assert one.refused(OFFICER, deciding(**wrong)) == "R10.1"
    assert registered().refused(OFFICER, deciding(NOTHING)) == "R10.1"
    two = asked()
    two.do(OFFICER, deciding(NOTHING))
    assert adjustment_status(two.state) == "nothing"


@pytest.mark.rule("R10.1")
def test_nothing_is_adjusted_where_no_jury_is_to_come():
    gone, ruled = decided(), decided()
    gone.do(ORGANIZER, WithdrawCandidacy(words(), office("o-organizer")))
    ruled.do(CLERK, outcome("none"))
    commands = ((CANDIDATE, asking(Wish.BREAKS)), (CANDIDATE, HandOpinion(LATER)), (OFFICER, deciding(NOTHING)),
                (OFFICER, SeeOpinion(date(2026, 3, 16), officer())))
    for one in (gone, ruled, opened()):
        assert {one.refused(who, command) for who, command in commands} <= {"R10.1", "X12"}
    assert listed(gone) == [("over", None)]
    assert listed(ruled) == [("granted", None)]


@pytest.mark.rule("X1")
def test_the_opinion_goes_when_its_decision_can_be_contested_no_more():
    """Decided on 16 March: the two months end with 16 May."""
    one = decided()
    days = (date(2026, 3, 16), date(2026, 5, 16), date(2026, 5, 17))
    assert [adjusting.opinions_to_delete(one.state, day) for day in days] == [(), (), (OPINION,)]
    one.on("2026-04-10")
    one.do(CANDIDATE, asking(Wish.BREAKS))
    one.do(CANDIDATE, HandOpinion(LATER))
    assert adjusting.opinions_to_delete(one.state, date(2030, 1, 1)) == ()
    one.do(OFFICER, deciding(break_minutes=10))
    assert [adjusting.opinions_to_delete(one.state, day) for day in (date(2026, 6, 10), date(2026, 6, 11))] == [
        (), (OPINION, LATER)]


@pytest.mark.rule("X1")
def test_the_opinion_of_who_withdraws_goes_at_once():
    one = asked()
    one.do(CANDIDATE, HandOpinion(OPINION))
    assert adjusting.opinions_to_delete(one.state, date(2030, 1, 1)) == ()
    one.do(ORGANIZER, WithdrawCandidacy(words(), office("o-organizer")))
    assert adjusting.opinions_to_delete(one.state, date(2026, 3, 16)) == (OPINION,)
    two = asked()
    two.do(OFFICER, SeeOpinion(date(2026, 3, 16), officer()), deciding())
    assert adjusting.opinions_to_delete(two.state, date(2030, 1, 1)) == ()


def test_what_is_quoted_is_a_decision():
    for quote in (asked().quote(), registered().quote(), replace(decided().quote(), data={"adjustment": {}})):
        with pytest.raises(Refusal):
            quoted(quote)


def test_a_decision_is_made_on_what_is_shown():
    assert [CANDIDACY.must_have_seen(decided().state, one, {}) for one in (DecideAdjustment, AskAdjustment)] == [5, 0]


@pytest.mark.rule("R10.1")
def test_nobody_elses_list_tells_of_it_and_nothing_says_why():
    """What is quoted and exported holds the arrangement alone, and the candidacies' list where it stands."""
    one = decided()
    assert one.rows("examinations") == {}
    assert set(one.quote().data) == {"adjustment", "office"}
    assert one.quote().data["adjustment"] == {
        "person": CANDIDATE, "extra_seconds": {"presentation": 300, "questions": 600}, "break_minutes": 5,
        "aid": "reader", "equipment": False}


@pytest.mark.rule("X5")
def test_the_journal_of_an_adjustment_is_proved():
    one = asked()
    one.do(OFFICER, SeeOpinion(date(2026, 3, 16), officer()))
    one.do(CANDIDATE, HandOpinion(OPINION))
    one.do(OFFICER, deciding())
    (proved,) = verify(one.lines(), KINDS)
    assert proved.records == 6
    name, _, when, data = one.journal[4]
    one.journal[4] = (name, CLERK, when, data)
    with pytest.raises(BrokenJournal):
        verify(one.lines(), KINDS)
