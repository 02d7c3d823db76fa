"""The pool of jurors: who enters and changes it, what is said of a juror, links, training (R1.2, R1.4, R1.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.body.pool import (
    ChangeJuror,
    DeclareLink,
    EndLink,
    EnterJuror,
    JurorEntered,
    JurorProposed,
    JurorRetired,
    ProposeJuror,
    RetireJuror,
    linked,
    wants_refresher,
)
from evaluation.body.state import Pooled, Standing
from evaluation.body.terms import Course, Span
from evaluation.people import SYSTEM, JurorCategory
from evaluation.rules import Forbidden
from tests.evaluation.body.house import (
    CLERK,
    DIRECTOR,
    EMPLOYEES,
    MEMBER,
    ORGANIZER,
    TRAINER,
    pooled,
    staffed,
    words,
)

COURSE = Course("of1", "RNCP26850")


@pytest.mark.rule("X15")
def test_the_clerk_enters_and_an_organizer_proposes_for_their_own_provider():
    house = staffed()
    assert house.do(ORGANIZER, ProposeJuror(EMPLOYEES, "of1")) == [JurorProposed(EMPLOYEES, "of1")]
    assert house.state.pool == {"p-emp": Pooled(EMPLOYEES, Standing.PROPOSED, ("of1",))}
    assert house.do(CLERK, EnterJuror(EMPLOYEES)) == [JurorEntered(EMPLOYEES)]
    assert house.state.pool == {"p-emp": Pooled(EMPLOYEES, Standing.ENTERED, ("of1",))}
    for actor, command in (
        (ORGANIZER, ProposeJuror(TRAINER, "of2")), (CLERK, ProposeJuror(TRAINER, "of1")),
        (DIRECTOR, ProposeJuror(TRAINER, "of1")), (ORGANIZER, EnterJuror(TRAINER)), (MEMBER, EnterJuror(TRAINER)),
        (ORGANIZER, ChangeJuror(EMPLOYEES)), (MEMBER, RetireJuror("p-emp")),
        (ORGANIZER, DeclareLink("l1", "p-emp", "p-cand", words())),
    ):
        assert isinstance(house.refusal(actor, command), Forbidden)


@pytest.mark.rule("R1.2")
def test_entered_once_changed_and_retired_and_back():
    house = pooled()
    assert house.refused(CLERK, EnterJuror(EMPLOYEES)) == "R1.2"
    assert house.refused(ORGANIZER, ProposeJuror(EMPLOYEES, "of1")) == "R1.2"
    assert house.refused(CLERK, ChangeJuror(replace(EMPLOYEES, person="p-new"))) == "R1.2"
    assert house.do(CLERK, RetireJuror("p-emp")) == [JurorRetired("p-emp")]
    for command in (ChangeJuror(EMPLOYEES), RetireJuror("p-emp"), RetireJuror("p-new"),
                    DeclareLink("l1", "p-emp", "p-cand", words())):
        assert house.refused(CLERK, command) == "R1.2"
    house.do(CLERK, EnterJuror(EMPLOYEES))
    assert house.state.pool["p-emp"] == Pooled(EMPLOYEES, Standing.ENTERED)


@pytest.mark.rule("R1.2")
@pytest.mark.parametrize("wrong", [
    {"person": ""}, {"person": SYSTEM}, {"categories": ()},
    {"categories": (JurorCategory.TRAINER, JurorCategory.TRAINER)},
    {"categories": (JurorCategory.EMPLOYEES,), "courses": (COURSE,)},
    {"provider": "of9"}, {"courses": (Course("of9", "RNCP26850"),)},
])
def test_what_is_said_of_a_juror_holds_together(wrong: dict[str, object]):
    assert staffed().refused(CLERK, EnterJuror(replace(TRAINER, **wrong))) == "R1.2"


@pytest.mark.rule("X15")
def test_days_that_end_before_they_begin():
    backwards = (Span(date(2026, 4, 2), date(2026, 4, 1)),)
    assert staffed().refused(CLERK, EnterJuror(replace(TRAINER, away=backwards))) == "X15"
    assert staffed().refused(CLERK, EnterJuror(replace(TRAINER, offered=backwards))) == "X15"


@pytest.mark.rule("R1.5")
def test_training_has_taken_place():
    assert staffed().refused(CLERK, EnterJuror(replace(TRAINER, trained_on=date(2026, 3, 17)))) == "R1.5"
    staffed().do(CLERK, EnterJuror(replace(TRAINER, trained_on=date(2026, 3, 16))))


@pytest.mark.rule("R1.5")
@pytest.mark.parametrize(("trained_on", "on", "wanted"), [
    (None, date(2026, 3, 16), True), (date(2023, 3, 16), date(2026, 3, 16), False),
    (date(2023, 3, 15), date(2026, 3, 16), True), (date(2024, 2, 29), date(2027, 2, 28), False),
    (date(2024, 2, 29), date(2027, 3, 1), True),
])
def test_a_refresher_is_asked_for_after_three_years(trained_on: date | None, on: date, wanted: bool):
    assert wants_refresher(trained_on, 36, on) is wanted


@pytest.mark.rule("R1.4")
def test_links_are_declared_once_and_end():
    house = pooled()
    house.do(CLERK, DeclareLink("l1", "p-emp", "p-cand", words()))
    assert (linked(house.state, "p-emp"), linked(house.state, "p-own")) == ({"p-cand"}, frozenset())
    for command in (DeclareLink("l1", "p-emp", "p-other", words()), DeclareLink("", "p-emp", "p-other", words()),
                    DeclareLink("l2", "p-emp", "p-cand", words()), DeclareLink("l2", "p-emp", "p-emp", words()),
                    DeclareLink("l2", "p-emp", "", words()), EndLink("l2")):
        assert house.refused(CLERK, command) == "R1.4"
    house.do(CLERK, EndLink("l1"))
    assert linked(house.state, "p-emp") == frozenset()
    assert house.refused(CLERK, EndLink("l1")) == "R1.4"


def test_the_rows_of_the_whole_pool_and_of_each_provider():
    house = pooled(EMPLOYEES, TRAINER)
    house.do(ORGANIZER, ProposeJuror(replace(EMPLOYEES, person="p-new"), "of1"))
    assert {key: (row.person, row.status, row.scope) for key, row in house.rows("jurors").items()} == {
        "b1/p-emp": ("p-emp", "entered", None), "b1/p-tra": ("p-tra", "entered", None),
        "b1/p-new": ("p-new", "proposed", None)}
    assert {key: (row.person, row.scope) for key, row in house.rows("proposed_jurors").items()} == {
        "b1/p-new/of1": ("p-new", "of1")}
    assert house.rows("jurors")["b1/p-tra"].data == {
        "categories": ["trainer"], "trained_on": "2025-09-01", "provider": None}
