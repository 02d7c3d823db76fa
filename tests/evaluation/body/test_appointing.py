"""A jury that the day would refuse is refused before the commission's decision stands, by the same rules (R1.2)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.body.asking import AskForJury
from evaluation.body.decisions import DecideJury, DecideSubstitute
from evaluation.body.pool import RetireJuror
from evaluation.body.terms import Course, Hours
from evaluation.codec import encode
from evaluation.people import JurorCategory, Role, Seat
from evaluation.quoted_events import HEARING_ADDED
from evaluation.quotes import Quote
from evaluation.session.adding import HearingAdded
from evaluation.session.kind import SESSION
from evaluation.slots import Busy
from tests.evaluation.body.house import CLERK, EMPLOYEES, EMPLOYERS, MEMBER, ORGANIZER, TRAINER, House, pooled
from tests.evaluation.candidacy.house import REGISTRATION, registered
from tests.evaluation.streams import at

JURY = tuple(Seat(f"s1-{one}", f"p-{person}", Role.JUROR, one) for person, one in zip(
    ("emp", "own", "tra"), (JurorCategory.EMPLOYEES, JurorCategory.EMPLOYERS, JurorCategory.TRAINER), strict=True))
DAY = Hours(at("2026-06-15", 9), at("2026-06-15", 17))
APPOINT = DecideJury("d1", "s1", JURY, hours=DAY)
COURSE = Course("of1", "RNCP26850")


def candidates(*trained_by: str) -> tuple[Quote, ...]:
    given = replace(REGISTRATION, trained_by=trained_by or ("p-elsewhere",))
    return (registered(registration=given).quote(2),)


def words_of(house: House, **changes: object) -> str:
    refusal = house.refusal(MEMBER, replace(APPOINT, **changes))
    return f"{refusal.rule} {refusal.text.format(**refusal.values)}"


@pytest.mark.rule("R1.2")
def test_two_employers():
    both = replace(EMPLOYERS, categories=(JurorCategory.EMPLOYERS,))
    house = pooled(EMPLOYERS, replace(both, person="p-emp"), TRAINER)
    two = (replace(JURY[0], category=JurorCategory.EMPLOYERS), *JURY[1:])
    assert "trois personnes : un représentant des salariés, un représentant des" in words_of(house, jurors=two)
    assert "ne siège pas dans cette catégorie" in words_of(house)


@pytest.mark.rule("R1.2")
def test_whoever_trained_a_candidate():
    house = pooled()
    assert words_of(house, candidates=candidates("p-tra")).startswith("R1.2 Qui a formé")
    assert words_of(house, candidates=candidates("p-emp")).startswith("R1.2 Qui a formé")
    house.do(MEMBER, replace(APPOINT, candidates=candidates()))


@pytest.mark.rule("R1.2")
def test_a_candidate_is_shown_by_the_hearing_that_rests_on_the_registration():
    assert SESSION.events.classes[HEARING_ADDED] is HearingAdded
    (registration,) = candidates("p-tra")
    hearing = Quote("session", "s1", 3, "h", HEARING_ADDED, {"candidacy": encode(registration)})
    assert words_of(pooled(), candidates=(hearing,)).startswith("R1.2 Qui a formé")
    for bad in (replace(hearing, data={}), replace(hearing, event="session.session_closed")):
        assert pooled().refusal(MEMBER, replace(APPOINT, candidates=(bad,)))


@pytest.mark.rule("R1.2")
def test_a_link_to_the_candidates_course_in_the_trainers_seat_alone():
    both = replace(TRAINER, categories=(JurorCategory.EMPLOYEES, JurorCategory.TRAINER), courses=(COURSE,))
    house = pooled(EMPLOYEES, EMPLOYERS, both)
    house.do(ORGANIZER, AskForJury("s1", "of1", "RNCP26850"))
    assert "sans lien avec le parcours" in words_of(house)
    house = pooled(EMPLOYEES, EMPLOYERS, both)
    assert "sans lien avec le parcours" in words_of(house, candidates=candidates())
    as_employee = (replace(JURY[0], person="p-tra"), JURY[1], replace(JURY[2], person="p-new"))
    house.do(MEMBER, replace(APPOINT, jurors=as_employee, candidates=candidates()))
    elsewhere = replace(both, courses=(Course("of1", "RNCP26849"),), provider="of1")
    pooled(EMPLOYEES, EMPLOYERS, elsewhere).do(MEMBER, replace(APPOINT, candidates=candidates()))


@pytest.mark.rule("R4.4")
def test_another_day_at_that_hour():
    busy = Busy("p-own", "s2", DAY.ends_at - 1, DAY.ends_at + 3_600_000)
    assert "siège déjà sur une autre journée" in words_of(pooled(), elsewhere=(busy,))
    for free in (replace(busy, person="p-else"), replace(busy, session="s1"), replace(busy, starts_at=DAY.ends_at),
                 replace(busy, starts_at=0, ends_at=DAY.starts_at)):
        pooled().do(MEMBER, replace(APPOINT, elsewhere=(free,)))
    pooled().do(MEMBER, replace(APPOINT, elsewhere=(busy,), hours=None))


@pytest.mark.rule("R1.2")
def test_whoever_left_the_pool_and_a_jury_that_is_decided():
    house = pooled()
    house.do(CLERK, RetireJuror("p-own"))
    assert "n’est plus dans le vivier" in words_of(house)
    house = pooled()
    house.do(MEMBER, APPOINT)
    assert "déjà désigné" in words_of(house, decision="d2")


@pytest.mark.rule("R1.2")
def test_a_substitute_likewise():
    other = replace(TRAINER, person="p-sub", courses=(COURSE,))
    house = pooled(EMPLOYEES, EMPLOYERS, TRAINER, other, replace(EMPLOYERS, person="p-own2"))
    house.do(MEMBER, APPOINT)
    seat = Seat("sub", "p-sub", Role.JUROR, JurorCategory.TRAINER)
    change = DecideSubstitute("d2", "s1", JURY[2].id, seat, hours=DAY, candidates=candidates())
    assert "sans lien avec le parcours" in house.refusal(MEMBER, change).text
    second = replace(seat, person="p-own2", category=JurorCategory.EMPLOYERS)
    assert "trois personnes" in house.refusal(MEMBER, replace(change, seat=second)).text
    twice = replace(seat, person="p-own")
    assert "deux fois" in house.refusal(MEMBER, replace(change, seat=twice)).text
    new = replace(seat, person="p-new")
    trained = replace(change, seat=new, candidates=candidates("p-new"))
    assert "Qui a formé" in house.refusal(MEMBER, trained).text
    busy = replace(change, seat=new, elsewhere=(Busy("p-new", "s2", DAY.starts_at, DAY.ends_at),))
    assert house.refused(MEMBER, busy) == "R4.4"
    house.do(MEMBER, replace(change, seat=new))
    assert [one.person for one in house.state.juries["s1"].jurors] == ["p-emp", "p-own", "p-tra", "p-new"]
    unknown = replace(change, decision="d3", session="s9", seat=new)
    house.do(MEMBER, unknown)


@pytest.mark.rule("R1.2")
def test_two_who_decide_at_once_know_of_each_other():
    house = pooled()
    house.do(MEMBER, APPOINT)
    position = len(house.events)
    assert house.kind.must_have_seen(house.state, DecideJury, {}) == position
    house.do(CLERK, RetireJuror("p-own"))
    assert house.kind.must_have_seen(house.state, DecideSubstitute, {}) == position
    assert house.kind.must_have_seen(house.state, RetireJuror, {}) == 0
