"""On site nothing is published, no camera is needed, and several sit at one camera (X13)."""

from __future__ import annotations

import pytest

from evaluation.session import commands as c
from evaluation.session.attendance import absent_aids
from evaluation.session.media_access import BOTH, MAIN, NONE, room_rights
from evaluation.session.on_site import at_camera, is_on_site
from evaluation.session.visibility import presence_seconds
from tests.evaluation.session.day import Day, begun, verified, words
from tests.evaluation.session.papers import on_site_day

EVERYBODY = ("emp", "own", "tra", "cand1", "aid1")


def published(day: Day) -> dict[str, frozenset[str]]:
    publish, _ = room_rights(day.state)
    return {seat: publish[seat] for seat in EVERYBODY}


def test_on_site_nobody_publishes_or_is_shown_from_the_call_to_the_end():
    day = on_site_day()
    steps = ("called", "identified_on_site", "presenting", "grading", "deliberating")
    for step in steps:
        forward(day, step)
        publish, view = room_rights(day.state)
        assert set(publish.values()) == {NONE}, step
        assert set(view.values()) == {frozenset()}, step


def forward(day: Day, step: str) -> None:
    if step == "called":
        day.called()
    elif step == "identified_on_site":
        seen(day)
    elif step == "presenting":
        day.welcome().do("emp", c.StartPresentation("h1"))
    elif step == "grading":
        day.wait(15).do("emp", c.StartQuestions("h1"))
        day.wait(30).do("emp", c.DismissCandidate("h1"))
    else:
        for juror in ("emp", "own", "tra"):
            day.grade(juror)
        day.do("emp", c.OpenDeliberation("h1"))


def seen(day: Day) -> None:
    for juror in ("own", "tra"):
        day.do(juror, c.GiveIdentityOpinion("h1", True))
    day.do("emp", c.DecideIdentity("h1", "conform", "proceed", seen="new_card"))


def test_before_a_hearing_on_site_the_jury_needs_no_camera_and_before_a_remote_one_it_does():
    assert set(published(on_site_day()).values()) == {NONE}
    day = begun()
    assert (published(day)["emp"], published(day)["cand1"]) == (BOTH, NONE)


@pytest.mark.rule("X13")
def test_held_both_ways_whoever_sits_on_site_publishes_nothing_and_the_others_do():
    day = on_site_day(mode="mixed").called()
    assert published(day) == {"emp": BOTH, "own": BOTH, "tra": BOTH, "cand1": BOTH, "aid1": MAIN}
    day.do("own", c.SitOnSite("emp"))
    day.do("tra", c.SitOnSite("emp"))
    assert published(day) == {"emp": BOTH, "own": NONE, "tra": NONE, "cand1": BOTH, "aid1": MAIN}
    _, view = room_rights(day.state)
    assert view["tra"] == frozenset({"emp", "own", "cand1", "aid1"})
    assert [at_camera(day.state, day.hearing(), one) for one in ("emp", "own", "tra")] == [None, "emp", "emp"]
    day.do("own", c.SitApart())
    assert published(day)["own"] == BOTH
    assert day.do("own", c.SitApart()) == []
    assert verified(day.lines())


@pytest.mark.rule("X13")
def test_a_seat_said_on_site_counts_in_a_hearing_held_both_ways_alone():
    day = on_site_day(mode="mixed")
    day.do("own", c.SitOnSite())
    assert is_on_site(day.state, day.hearing("h1"), "own")
    assert not is_on_site(day.state, day.hearing("h2"), "own")
    assert published(day)["own"] == NONE  # among themselves before
    assert is_on_site(day.state, None, "own")


@pytest.mark.rule("X13")
@pytest.mark.parametrize(
    ("seat", "command"),
    [
        ("org", c.SitOnSite()), ("obs", c.SitOnSite()), ("cand2", c.SitOnSite()), ("own", c.SitOnSite("own")),
        ("own", c.SitOnSite("nobody")), ("own", c.SitOnSite("org")),
    ],
)  # fmt: skip
def test_who_may_not_say_that_they_are_on_site_or_whose_camera_shows_nobody(seat: str, command: c.SitOnSite):
    assert on_site_day(mode="mixed").refused(seat, command) == "X13"


@pytest.mark.rule("X13")
def test_a_day_held_remotely_has_nobody_on_site():
    assert begun().refused("own", c.SitOnSite()) == "X13"


@pytest.mark.rule("X13")
def test_nobody_is_shown_by_the_camera_of_somebody_who_has_none():
    day = on_site_day(mode="mixed")
    day.do("emp", c.SitOnSite())
    assert day.refused("own", c.SitOnSite("emp")) == "X13"
    day.do("emp", c.SitApart())
    day.do("own", c.SitOnSite("emp"))
    assert day.do("own", c.SitOnSite("emp")) == []
    day.do("emp", c.SitOnSite())  # then nobody's camera shows them, until they say so
    assert at_camera(day.state, day.hearing(), "own") is None


@pytest.mark.rule("X13")
@pytest.mark.parametrize(
    "command",
    [
        c.AskIdentityCheck("h1", "front"), c.AskGesture("h1", "turn_head"),
        c.TakeCapture("h1", "k", "cand1", "main", "d"), c.RequireVisible("h1", True),
    ],
)  # fmt: skip
def test_nothing_is_asked_of_a_camera_that_is_not_there(command: c.Command):
    on_site, both, remote = on_site_day().called(), on_site_day(mode="mixed").called(), begun().called()
    for day in (on_site, both, remote):
        day.do("cand1", c.SupplyDocument("h1", "copy", "identity_front", "x", 1, "new_card"))
    assert on_site.refused("emp", command) == "X13"
    both.do("emp", command)
    remote.do("emp", command)


def test_of_whoever_is_on_site_no_presence_is_looked_at():
    remote, both = begun().presenting(), on_site_day(mode="mixed").presenting()
    for day in (remote, both):
        day.do("emp", c.RequireVisible("h1", True))
        assert presence_seconds(day.state, day.hearing()) > 0
    both.do("cand1", c.SitOnSite())
    assert presence_seconds(both.state, both.hearing()) == 0
    both.do("emp", c.RequireVisible("h1", False))  # and it is no longer asked


def test_whoever_is_on_site_is_called_in_without_a_page_of_their_own():
    day = on_site_day()
    day.do("emp", c.RecordOnPaper("h1", "prevention"))
    day.do("emp", c.CallIn("h1"))
    assert day.state.current == "h1"
    remote = begun()
    remote.join("cand1").do("cand1", c.AcknowledgePrevention("h1", "digest"))
    assert remote.refused("emp", c.CallIn("h1")) == "R3.2"


def test_an_aid_on_site_is_not_missed_for_having_no_page():
    on_site, remote = on_site_day().leave("aid1").called(), begun().leave("aid1").called()
    assert (absent_aids(on_site.state, on_site.hearing()), absent_aids(remote.state, remote.hearing())) == (
        (), ("aid1",))  # fmt: skip


@pytest.mark.rule("X13")
def test_an_identity_seen_on_site_says_which_document_and_one_at_the_camera_does_not():
    on_site, remote = on_site_day().called(), begun().called()
    for day in (on_site, remote):
        for juror in ("own", "tra"):
            day.do(juror, c.GiveIdentityOpinion("h1", True))
    assert on_site.refused("emp", c.DecideIdentity("h1", "conform", "proceed")) == "X13"
    assert remote.refused("emp", c.DecideIdentity("h1", "conform", "proceed", seen="passport")) == "X13"
    on_site.do("emp", c.DecideIdentity("h1", "conform", "proceed", words(), seen="passport"))
    decided = on_site.hearing().identity
    assert decided is not None
    assert (decided.seen, decided.words, decided.evidence) == ("passport", words(), ())
    assert verified(on_site.lines())


def test_a_document_that_was_not_shown_on_site_is_found_as_at_the_camera():
    day = on_site_day().called()
    for juror in ("own", "tra"):
        day.do(juror, c.GiveIdentityOpinion("h1", False))
    day.do("emp", c.DecideIdentity("h1", "no_document", "reserve", words()))
    assert day.hearing().reservations == {"identity"}
