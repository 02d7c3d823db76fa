"""What is supplied before the examination, by whom, how long, until when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.session import commands as c
from tests.evaluation.session.day import begun, words


def supply(kind: str, pages: int = 1) -> c.SupplyDocument:
    return replace(c.SupplyDocument("h1", "d1", "portfolio_a", "digest", pages), kind=kind)


@pytest.mark.rule("R4.6")
@pytest.mark.parametrize("kind", ["portfolio_a", "portfolio_b"])
def test_ten_pages_at_most_in_each_part(kind: str):
    day = begun()
    assert day.refused("cand1", supply(kind, 11)) == "R4.6"
    day.do("cand1", supply(kind, 10))
    assert [(d.kind, d.pages, d.by) for d in day.hearing().documents] == [(kind, 10, "cand1")]


@pytest.mark.rule("R4.6")
def test_other_documents_may_be_longer():
    begun().do("org", supply("formative", 40))


@pytest.mark.rule("R3.5")
@pytest.mark.parametrize("kind", ["formative", "brief"])
def test_a_candidate_does_not_supply_what_others_write_about_them(kind: str):
    day = begun()
    assert day.refused("cand1", supply(kind)) == "R3.5"
    day.do("org", supply(kind))


@pytest.mark.rule("R3.2")
@pytest.mark.parametrize("actor", ["cand1", "org"])
def test_an_interruption_is_no_time_to_better_what_was_presented(actor: str):
    """The day after, the identity is checked anew; the work is the one that was defended the day before."""
    day = begun().presenting()
    day.do("emp", c.AdjournHearing("h1", words()))
    assert day.refused(actor, supply("portfolio_a")) == "R3.2"
    day.do(actor, supply("identity_front"))
    interrupted = begun().called()
    interrupted.do("emp", c.AdjournHearing("h1", words()))
    interrupted.do(actor, supply("portfolio_a"))


def test_who_supplies_documents():
    day = begun()
    for actor in ("cand2", "aid1", "obs", "emp"):
        assert day.refused(actor, supply("portfolio_a")) in ("X11", "R2.3")


@pytest.mark.rule("R6.3")
def test_the_copy_does_not_change_once_the_identity_is_decided():
    day = begun().called()
    day.do("cand1", supply("identity_front"))
    assert day.refused("cand1", supply("portfolio_a")) == "R3.2"
    day.identify()
    assert day.refused("cand1", supply("identity_front")) == "R6.3"
    assert day.refused("org", supply("identity_back")) == "R6.3"
    day.welcome().do("emp", c.StartPresentation("h1"), c.AdjournHearing("h1", words()))
    day.do("cand1", supply("identity_front"))
    document = day.hearing().document("identity_front")
    assert document is not None
    assert document.at == day.now


def test_documents_are_taken_until_the_jury_is_alone():
    assert begun().grading().refused("cand1", supply("identity_front")) == "R3.2"
    assert begun().signed().refused("org", supply("formative")) == "R3.2"


@pytest.mark.rule("R6.2")
def test_the_framework_says_which_documents_are_accepted():
    day = begun()
    assert day.refused("cand1", c.SupplyDocument("h1", "x", "identity_front", "d", 1, "licence")) == "R6.2"
    assert day.refused("cand1", c.SupplyDocument("h1", "x", "portfolio_a", "d", 1, "passport")) == "R6.2"
    day.do("cand1", c.SupplyDocument("h1", "x", "identity_front", "d", 1, "passport"))
    assert [one.identity for one in day.hearing().documents] == ["passport"]
