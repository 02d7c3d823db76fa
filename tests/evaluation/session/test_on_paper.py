"""What a candidate on site signs on paper, with its scan (X13)."""

from __future__ import annotations

import pytest

from evaluation.session import commands as c
from evaluation.session.on_paper import scans_missing
from evaluation.session.terms import PaperKind, SignedPaper
from tests.evaluation.session.day import begun, verified, words
from tests.evaluation.session.papers import on_site_day
from tests.evaluation.session.test_on_site import seen


def scan(paper: PaperKind, name: str = "scan-1") -> c.AttachScan:
    return c.AttachScan("h1", name, paper, "digest", 2)


@pytest.mark.rule("X13", "R3.2")
def test_the_sheet_is_signed_on_paper_in_its_turn_and_the_presentation_begins():
    day = on_site_day().called()
    seen(day)
    assert day.refused("emp", c.RecordOnPaper("h1", "sheet")) == "R3.2"  # the reminder comes first
    for point in range(len(day.state.framework.reminder)):
        day.do("emp", c.CheckReminder("h1", point, True))
    assert day.refused("own", c.RecordOnPaper("h1", "sheet")) == "R3.1"
    day.wait(1).do("emp", c.RecordOnPaper("h1", "sheet"))
    found = day.hearing()
    assert (found.sheet, found.sheet_at, found.on_paper) == ("signed", day.now, {"sheet"})
    assert day.refused("emp", c.RecordOnPaper("h1", "sheet")) == "R3.2"
    day.do("emp", c.StartPresentation("h1"))
    assert verified(day.lines())


@pytest.mark.rule("X13")
@pytest.mark.parametrize("paper", ["prevention", "sheet"])
def test_at_a_camera_nobody_signs_on_paper(paper: SignedPaper):
    assert begun().refused("emp", c.RecordOnPaper("h1", paper)) == "X13"


@pytest.mark.rule("X13", "R6.1")
def test_the_message_is_confirmed_on_paper_before_the_call_and_once():
    day = on_site_day()
    assert day.refused("emp", c.CallIn("h1")) == "R6.1"
    day.do("emp", c.RecordOnPaper("h1", "prevention"))
    assert day.refused("emp", c.RecordOnPaper("h1", "prevention")) == "X13"
    assert (day.hearing().prevention, day.hearing().on_paper) == ("acknowledged", {"prevention"})


def test_a_message_that_was_refused_waits_for_the_president_also_on_paper():
    day = on_site_day().join("cand1")
    day.do("cand1", c.RefusePrevention("h1"))
    assert day.refused("emp", c.RecordOnPaper("h1", "prevention")) == "R6.3"
    day.do("emp", c.DecideRefusal("h1", "prevention", "retry", words()))
    day.do("emp", c.RecordOnPaper("h1", "prevention"))


@pytest.mark.rule("X13")
def test_the_day_closes_once_what_was_signed_on_paper_is_scanned():
    day = on_site_day()
    day.do("emp", c.RecordOnPaper("h1", "prevention"))
    day.do("emp", c.StopHearing("h1", words()), c.StopHearing("h2", words()))
    assert scans_missing(day.hearing()) == ("prevention",)
    assert day.refused("emp", c.CloseSession()) == "X13"
    day.do("org", scan("sheet"))
    assert day.refused("emp", c.CloseSession()) == "X13"
    assert day.refused("own", scan("prevention", "scan-2")) != ""
    day.do("org", scan("prevention", "scan-2"))
    assert [(one.id, one.paper, one.pages, one.by) for one in day.hearing().scans] == [
        ("scan-1", "sheet", 2, "org"), ("scan-2", "prevention", 2, "org")]  # fmt: skip
    day.do("emp", c.CloseSession())
    assert day.refused("org", scan("pack", "scan-3")) == "X11"


def test_a_scan_of_the_whole_pack_holds_whatever_was_signed():
    day = on_site_day()
    day.do("emp", c.RecordOnPaper("h1", "prevention"))
    day.do("org", scan("pack"))
    assert scans_missing(day.hearing()) == ()


def test_called_in_again_the_sheet_is_signed_again():
    day = on_site_day().called()
    seen(day)
    for point in range(len(day.state.framework.reminder)):
        day.do("emp", c.CheckReminder("h1", point, True))
    day.do("emp", c.RecordOnPaper("h1", "sheet"), c.AdjournHearing("h1", words()))
    day.do("cand1", c.EnterWaitingRoom("h1"))
    day.do("emp", c.CallIn("h1"))
    assert (day.hearing().sheet, day.hearing().on_paper) == ("not_signed", frozenset())
