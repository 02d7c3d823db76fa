"""Any pool, any day: proposals are in the order told, and refused exactly where the commission's decision would be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise, product
from random import Random

import pytest

from evaluation.body.appointing import Candidate, Need, check_jury
from evaluation.body.asking import AskForJury
from evaluation.body.pool import DeclareLink, RetireJuror
from evaluation.body.proposing import Against, Availability, Known, Obstacle, Proposal, proposals, shares_company
from evaluation.body.state import BodyState, Link, Pooled, Standing
from evaluation.body.terms import Course, Hours, Juror, Proposed, Span
from evaluation.people import JurorCategory, Role, Seat
from evaluation.rules import Refusal
from evaluation.slots import Busy
from tests.evaluation.body.house import (
    CLERK,
    EMPLOYEES,
    EMPLOYERS,
    ORGANIZER,
    TRAINED,
    TRAINER,
    House,
    pooled,
    staffed,
    words,
)
from tests.evaluation.streams import at

DAY = date(2026, 6, 15)
HOURS = Hours(at("2026-06-15", 9), at("2026-06-15", 17))
COURSE = Course("of1", "RNCP26850")
LINA = Candidate("p-lina", COURSE, "company-1", ("p-trained",))
NOE = Candidate("p-noe", COURSE)
NEED = Need("s1", frozenset({COURSE}), (LINA, NOE), HOURS)


def known(*sittings: Busy) -> Known:
    return Known(DAY, 36, sittings)


def sat(person: str, day: str, session: str = "s0") -> Busy:
    return Busy(person, session, at(day, 9), at(day, 17))


def proposed(house: House, category: JurorCategory, *sittings: Busy) -> dict[str, list[tuple[str, str | None]]]:
    found = proposals(house.state, NEED, category, known(*sittings))
    return {one.person: [(each.kind.value, each.candidate or each.session) for each in one.obstacles] for one in found}


@pytest.mark.rule("R1.2")
def test_what_the_rules_refuse_comes_last_and_says_why():
    house = pooled(TRAINER, replace(TRAINER, person="p-trained"), replace(TRAINER, person="p-busy"),
                   replace(TRAINER, person="p-course", courses=(COURSE,)), EMPLOYEES)
    found = proposed(house, JurorCategory.TRAINER, sat("p-busy", "2026-06-15", "s2"))
    assert list(found.items()) == [
        ("p-tra", []), ("p-busy", [("elsewhere", "s2")]), ("p-course", [("course", None)]),
        ("p-trained", [("trained", "p-lina")])]


@pytest.mark.rule("R1.4")
def test_what_is_shown_to_whoever_decides():
    house = pooled(
        replace(TRAINER, person="p-a", provider="of1", trained_on=None),
        replace(TRAINER, person="p-b", company="company-1"),
        replace(TRAINER, person="p-c", away=(Span(DAY, DAY),), trained_on=date(2020, 1, 1)), TRAINER)
    house.do(CLERK, DeclareLink("l1", "p-tra", "p-noe", words()))
    found = proposed(house, JurorCategory.TRAINER)
    assert found == {
        "p-a": [("provider", None), ("training", None)], "p-b": [("company", "p-lina")],
        "p-tra": [("link", "p-noe")], "p-c": [("away", None), ("training", None)]}
    assert list(found) == ["p-a", "p-b", "p-tra", "p-c"]
    assert not any(one.refused for one in proposals(house.state, NEED, JurorCategory.TRAINER, known()))


@pytest.mark.rule("R1.5")
def test_training_is_counted_to_the_day():
    house = pooled(replace(EMPLOYEES, trained_on=date(2023, 6, 15)), replace(EMPLOYEES, person="p-new", trained_on=date(
        2023, 6, 14)))
    assert proposed(house, JurorCategory.EMPLOYEES) == {"p-emp": [], "p-new": [("training", None)]}


def test_by_availability_then_links_then_least_recently_sat():
    offered = (Span(date(2026, 6, 1), DAY),)
    house = pooled(
        replace(EMPLOYERS, person="p-often"), replace(EMPLOYERS, person="p-never"), replace(EMPLOYERS, person="p-long"),
        replace(EMPLOYERS, person="p-link", offered=offered, company="company-1"),
        replace(EMPLOYERS, person="p-free", offered=offered),
        replace(EMPLOYERS, person="p-both", offered=offered, away=offered))
    found = proposals(house.state, NEED, JurorCategory.EMPLOYERS, known(
        sat("p-often", "2026-06-01"), sat("p-long", "2025-01-01"), sat("p-long", "2024-01-01"),
        sat("p-often", "2026-09-01"), sat("p-never", "2026-09-01", "s9")))
    assert [(one.person, one.availability) for one in found] == [
        ("p-free", Availability.OFFERED), ("p-link", Availability.OFFERED), ("p-never", Availability.NOT_SAID),
        ("p-long", Availability.NOT_SAID), ("p-often", Availability.NOT_SAID), ("p-both", Availability.AWAY)]
    assert [one.last_sat for one in found] == [
        None, None, None, at("2025-01-01", 17), at("2026-06-01", 17), None]


def test_the_organizers_proposals_are_told():
    house = pooled()
    house.do(ORGANIZER, AskForJury("s1", "of1", "RNCP26850", (Proposed("p-emp", JurorCategory.EMPLOYEES),)))
    (one,) = proposals(house.state, NEED, JurorCategory.EMPLOYEES, known())
    (other,) = proposals(house.state, replace(NEED, session="s2"), JurorCategory.EMPLOYEES, known())
    assert (one.by_organizer, other.by_organizer) == (True, False)


def test_only_those_who_are_in_the_pool():
    house = pooled()
    house.do(CLERK, RetireJuror("p-emp"))
    assert proposals(house.state, NEED, JurorCategory.EMPLOYEES, known()) == ()


@pytest.mark.rule("R1.4")
def test_nobody_shares_a_company_without_one():
    assert shares_company(replace(EMPLOYEES, company="company-1"), LINA)
    assert not shares_company(EMPLOYEES, NOE)
    assert not shares_company(EMPLOYEES, LINA)


# Any pool


def any_juror(random: Random, number: int) -> Juror:
    categories = tuple(random.sample(list(JurorCategory), random.choice((1, 1, 2))))
    trainer = JurorCategory.TRAINER in categories
    spans = ((), (Span(DAY, DAY),))
    return Juror(
        f"p{number}", categories, random.choice((None, "company-1", "company-2")),
        "of1" if trainer and random.random() < 0.3 else None,
        (random.choice((COURSE, Course("of2", "RNCP26850"))),) if trainer and random.random() < 0.5 else (),
        random.choice((None, TRAINED, date(2021, 1, 1))), random.choice(spans), random.choice(spans))


def any_state(random: Random) -> BodyState:
    jurors = [any_juror(random, number) for number in range(random.randint(3, 8))]
    state = staffed().state
    for one in jurors:
        state = state.with_pooled(Pooled(one, random.choice((*[Standing.ENTERED] * 4, Standing.RETIRED))))
        if random.random() < 0.3:
            state = state.with_link(Link(f"l{one.person}", one.person, "p-noe", words(), random.random() < 0.3))
    return state


def any_sittings(random: Random, people: Sequence[str]) -> tuple[Busy, ...]:
    starts = [HOURS.starts_at + random.randint(-400, 30) * 3_600_000 for _ in range(random.randint(0, 8))]
    return tuple(Busy(random.choice(people), f"s{random.randint(1, 4)}", one, one + 8 * 3_600_000) for one in starts)


def refused(state: BodyState, need: Need, jurors: Sequence[Proposal], sittings: Sequence[Busy]) -> bool:
    seats = [Seat(f"x{n}", one.person, Role.JUROR, one.category) for n, one in enumerate(jurors)]
    try:
        check_jury(state, need, seats, sittings)
    except Refusal:
        return True
    return False


def links(state: BodyState, need: Need, one: Proposal) -> int:
    """Counted from what is known, not from what stands against."""
    juror, count = state.pool[one.person].juror, 0
    for candidate in need.candidates:
        count += one.person in candidate.trained_by
        count += juror.company is not None and juror.company == candidate.company
        count += any((link.juror, link.candidate, link.ended) == (one.person, candidate.person, False)
                     for link in state.links.values())
    count += juror.provider == "of1"
    return count + (one.category is JurorCategory.TRAINER and COURSE in juror.courses)


def check_any(seed: int) -> None:
    random = Random(seed)
    state = any_state(random)
    people = sorted(state.pool)
    need = replace(NEED, candidates=(replace(LINA, trained_by=tuple(random.sample(people, 1))), NOE),
                   hours=random.choice((HOURS, HOURS, None)))
    sittings = any_sittings(random, people)
    found = [proposals(state, need, one, Known(DAY, 36, sittings)) for one in JurorCategory]
    for category, several in zip(JurorCategory, found, strict=True):
        assert {one.person for one in several} == {
            id for id, one in state.pool.items()
            if one.standing is Standing.ENTERED and category in one.juror.categories}
        for before, after in pairwise(several):
            keys = [(one.refused, one.availability, links(state, need, one), one.last_sat or 0)
                    for one in (before, after)]
            assert keys == sorted(keys)
    for jurors in product(*found):
        twice = len({one.person for one in jurors}) < len(jurors)
        expected = twice or any(one.refused for one in jurors)
        assert refused(state, need, jurors, sittings) is expected


@pytest.mark.rule("R1.2", "R4.4")
@pytest.mark.parametrize("seed", range(60))
def test_a_proposal_is_refused_exactly_where_the_decision_is(seed: int):
    check_any(seed)


@pytest.mark.long
def test_more_pools(tries: Callable[[int, int], int]):
    for seed in range(60, 60 + tries(20, 2000)):
        check_any(seed)


def test_every_obstacle_is_met_by_some_pool():
    met = {each.kind for seed in range(60) for each in _obstacles(seed)}
    assert met == set(Against)


def _obstacles(seed: int) -> list[Obstacle]:
    random = Random(seed)
    state = any_state(random)
    people = sorted(state.pool)
    need = replace(NEED, candidates=(replace(LINA, trained_by=tuple(people[:1])), NOE))
    sittings = any_sittings(random, people)
    return [each for one in JurorCategory for proposal in proposals(state, need, one, Known(DAY, 36, sittings))
            for each in proposal.obstacles]
