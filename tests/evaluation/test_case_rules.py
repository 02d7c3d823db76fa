"""What a framework says of cases is data: what is wrong in it is named, what it leaves out does not exist."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.body.terms import certification_of
from evaluation.case_rules import BY_DOOR, OPENS, CaseKind, CaseRules, Consequence, Door
from evaluation.framework_file import FrameworkError, framework_from_data, framework_to_data, parse_framework
from tests.evaluation.frameworks import POLISHING, SHIPPED, shipped_text

NONE, ANNUL, BAR = Consequence.NONE, Consequence.ANNUL, Consequence.BAR
HELP = CaseKind("help", "fraud", "Aide", (), (NONE, BAR), (BAR,))


def read(rules: CaseRules) -> CaseRules:
    return framework_from_data(framework_to_data(replace(POLISHING, case=rules))).case


@pytest.mark.parametrize(("rules", "field"), [
    (CaseRules(answer_days=0), "case.answer_days"), (CaseRules(party_days=0), "case.party_days"),
    (CaseRules(reminders=-1), "case.reminders"), (CaseRules(kinds=(HELP, HELP)), "case.kinds"),
    (CaseRules(papers={"other": "Autre"}), "case.papers"),
    (CaseRules(opened_by={"praise": "other"}), "case.opened_by"),
    (CaseRules(kinds=(HELP,), opened_by={"warning": "help"}), "case.opened_by"),
    (CaseRules(kinds=(replace(HELP, consequences=(BAR,)),)), "case.kinds[0].consequences"),
    (CaseRules(kinds=(replace(HELP, consequences=(NONE,)),)), "case.kinds[0].sanctions"),
    (CaseRules(kinds=(replace(HELP, sanctions=()),)), "case.kinds[0].sanctions"),
    (CaseRules(kinds=(replace(HELP, door="malfunction"),)), "case.kinds[0].sanctions"),
    (CaseRules(kinds=(replace(HELP, title=" "),)), "case.kinds[0].title"),
])  # fmt: skip
def test_what_is_wrong_is_named(rules: CaseRules, field: str):
    with pytest.raises(FrameworkError) as error:
        read(rules)
    assert str(error.value).startswith(field)


def test_one_code_may_serve_at_each_door():
    malfunction = CaseKind("help", "malfunction", "Autre")
    rules = read(CaseRules(kinds=(HELP, malfunction)))
    assert [rules.kind(one, "help") for one in DOORS] == [malfunction, HELP, None]


DOORS: tuple[Door, ...] = ("malfunction", "fraud", "appeal")


def test_a_framework_without_bars_leaves_them_out():
    without = replace(HELP, consequences=(NONE, ANNUL), sanctions=(ANNUL,))
    assert read(CaseRules(kinds=(without,))).kinds == (without,)
    plain = CaseRules().kind_or_plain("fraud", "help")
    assert (plain.consequences, plain.sanctions) == (BY_DOOR["fraud"], ())


def test_an_act_of_the_day_opens_the_kind_that_the_framework_names():
    plain = CaseKind("disturbance", "malfunction", "Trouble")
    rules = read(CaseRules(kinds=(plain,), opened_by={"warning": "disturbance"}))
    assert (rules.opens("warning"), rules.opens("refusal"), CaseRules().opens("lost_time")) == (
        "disturbance", "conduct", "technical")


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_shipped_has_every_door(name: str):
    of = parse_framework(shipped_text(name))
    assert of.case.opened_by.keys() == OPENS.keys()
    assert {one.door for one in of.case.kinds} == {*DOORS}
    assert certification_of(of).cases == of.case
