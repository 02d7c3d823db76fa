"""The brief: written, adopted by two of three jurors, published three months before the portfolios are due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from evaluation.deadlines import end_of, start_of
from evaluation.people import SYSTEM, JurorCategory
from evaluation.session import brief
from evaluation.session import commands as c
from evaluation.session.kind import SESSION
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.session.day import HOUR, Day, appointed, hearing, listed, substitute, verified, words
from tests.evaluation.session.quotes import agreement, replace_juror

WRITTEN_ON = date(2026, 3, 16)
DEADLINE = date(2026, 6, 20)
THE_DAY = date(2026, 9, 15)


def early() -> Day:
    """A day of September, listed on 16 March."""
    starts = start_of(THE_DAY) + 9 * HOUR
    hearings = {name: {"starts_at": starts + n * 2 * HOUR} for n, name in enumerate(("h1", "h2"))}
    return listed(POLISHING, hearings, date=THE_DAY.isoformat())


def written(name: str = "b1") -> Day:
    day = early()
    day.do("org", c.WriteBrief(name, "digest", 3))
    return day


def adopted() -> Day:
    day = written()
    day.do("emp", c.AnswerBrief("b1", True))
    day.do("tra", c.AnswerBrief("b1", True))
    return day


def published(deadline: date = DEADLINE) -> Day:
    day = adopted()
    day.do("org", c.PublishBrief("b1", deadline))
    return day


@pytest.mark.rule("R4.1")
def test_two_of_the_three_jurors_adopt_it():
    day = written()
    day.do("emp", c.AnswerBrief("b1", True))
    assert day.refused("org", c.PublishBrief("b1", DEADLINE)) == "R4.1"
    day.do("own", c.AnswerBrief("b1", False, words()))
    assert day.state.briefs[-1].adopted_at is None
    seats = ("emp", "own", "tra", "org", "cand1")
    assert [one for one in seats if brief.awaits_answer(day.state, one)] == ["tra"]
    day.do("own", c.AnswerBrief("b1", True))
    assert not any(brief.awaits_answer(day.state, one) for one in seats)
    assert day.state.briefs[-1].adopted_at == day.now
    assert day.refused("tra", c.AnswerBrief("b1", True)) == "R4.1"
    day.do("org", c.PublishBrief("b1", DEADLINE))
    assert (day.state.deadline, day.state.brief) == (DEADLINE, day.state.briefs[0])


@pytest.mark.rule("R4.1")
def test_who_does_not_adopt_says_what_has_to_change():
    day = written()
    assert day.refused("emp", c.AnswerBrief("b1", False)) == "R4.1"
    day.do("emp", c.AnswerBrief("b1", False, words("change")))
    assert {seat: one.words for seat, one in day.state.briefs[0].answers.items()} == {"emp": words("change")}


@pytest.mark.rule("R4.1")
def test_nobody_adopts_or_publishes_a_version_that_was_replaced():
    day = adopted()
    day.do("org", c.WriteBrief("b2", "digest", 4))
    assert day.refused("own", c.AnswerBrief("b1", True)) == "R4.1"
    assert day.refused("org", c.PublishBrief("b1", DEADLINE)) == "R4.1"
    assert day.refused("org", c.PublishBrief("b2", DEADLINE)) == "R4.1"
    assert [one.document.id for one in day.state.briefs] == ["b1", "b2"]
    shown = day.state.briefs[-1].position
    asked = (c.AnswerBrief, c.PublishBrief, c.WriteBrief)
    assert [SESSION.must_have_seen(day.state, one, {}) for one in asked] == [shown, shown, 0]


@pytest.mark.rule("R4.1")
def test_the_jury_answers_and_the_organizer_writes_and_publishes():
    day = written()
    for actor in ("org", "cand1", "obs", "aid1"):
        assert day.refused(actor, c.AnswerBrief("b1", True)) in ("R2.3", "X11")
    for actor in ("emp", "cand1", "obs"):
        assert day.refused(actor, c.WriteBrief("b2", "d", 1)) in ("R2.3", "X11")
        assert day.refused(actor, c.PublishBrief("b1", DEADLINE)) in ("R2.3", "X11")


@pytest.mark.rule("R4.1")
def test_a_substitute_who_comes_later_reopens_nothing():
    day = adopted()
    day.do(SYSTEM, replace_juror("emp", substitute(JurorCategory.EMPLOYEES)))
    day.do("org", c.PublishBrief("b1", DEADLINE))
    assert day.state.deadline == DEADLINE


@pytest.mark.rule("R4.1")
def test_the_answer_of_a_juror_who_was_replaced_meanwhile_does_not_count():
    day = written()
    day.do("emp", c.AnswerBrief("b1", True))
    day.do(SYSTEM, replace_juror("emp", substitute(JurorCategory.EMPLOYEES)))
    day.do("own", c.AnswerBrief("b1", True))
    assert day.refused("org", c.PublishBrief("b1", DEADLINE)) == "R4.1"
    day.do("sub", c.AnswerBrief("b1", True))
    day.do("org", c.PublishBrief("b1", DEADLINE))


@pytest.mark.rule("R4.1", "X6")
@pytest.mark.parametrize(
    ("published_on", "earliest"),
    [
        (date(2025, 11, 20), date(2026, 2, 20)),
        (date(2025, 11, 30), date(2026, 2, 28)),
        (date(2024, 11, 30), date(2025, 2, 28)),
        (date(2023, 11, 30), date(2024, 2, 29)),
        (date(2025, 10, 31), date(2026, 1, 31)),
    ],
)
def test_three_months_from_the_publication(published_on: date, earliest: date):
    assert brief.earliest_deadline(POLISHING, published_on) == earliest


@pytest.mark.rule("R4.1")
def test_a_day_sooner_is_refused_without_everybody_s_agreement_and_a_reason():
    day = adopted()
    sooner = date(2026, 6, 15)
    assert day.refused("org", c.PublishBrief("b1", sooner, words())) == "R4.1"
    day.do("org", c.RecordShorterDelay("h1", sooner, words("said yes")))
    assert "il en manque 1" in day.why("org", c.PublishBrief("b1", sooner, words()))
    day.do("org", c.RecordShorterDelay("h2", date(2026, 6, 16), words()))  # agreed to a later day than this
    assert "il en manque 1" in day.why("org", c.PublishBrief("b1", sooner, words()))
    day.do("org", c.RecordShorterDelay("h2", date(2026, 6, 1), words()))
    assert day.refused("org", c.PublishBrief("b1", sooner)) == "R4.1"
    day.do("org", c.PublishBrief("b1", sooner, words("late adoption")))
    assert day.state.deadline == sooner


@pytest.mark.rule("R4.1", "R4.2")
def test_who_is_listed_after_the_publication_has_the_months_or_agrees_to_fewer():
    starts = start_of(THE_DAY) + 9 * HOUR
    day = appointed(date=THE_DAY.isoformat())
    day.do("org", hearing("h1", starts_at=starts), c.WriteBrief("b1", "digest", 3))
    day.do("emp", c.AnswerBrief("b1", True))
    day.do("tra", c.AnswerBrief("b1", True))
    day.do("org", c.PublishBrief("b1", DEADLINE))
    assert not brief.lacks_months(day.state, day.hearing())
    day.wait(60 * 24 * 10).do("org", hearing("h2", starts_at=starts + 2 * HOUR))
    assert [brief.lacks_months(day.state, day.hearing(one)) for one in ("h1", "h2")] == [False, True]
    assert day.refused("org", c.GiveNotice("h2", agreement())) == "R4.1"
    day.do("org", c.GiveNotice("h1", agreement()), c.RecordShorterDelay("h2", DEADLINE, words()))
    day.do("org", c.GiveNotice("h2", agreement()))
    day = published(THE_DAY - timedelta(days=20))
    assert not brief.lacks_months(day.state, day.hearing())


@pytest.mark.rule("R4.1")
def test_sooner_is_refused_while_nobody_is_on_the_list_to_agree():
    day = adopted()
    assert day.current is not None
    day.current = replace(day.current, hearings={})
    assert day.refused("org", c.PublishBrief("b1", date(2026, 6, 15), words())) == "R4.1"


@pytest.mark.rule("R4.1")
@pytest.mark.parametrize("deadline", [THE_DAY, date(2026, 9, 16), WRITTEN_ON, date(2026, 3, 15)])
def test_the_portfolio_is_due_after_today_and_before_the_day(deadline: date):
    day = adopted()
    assert day.refused("org", c.PublishBrief("b1", deadline, words())) == "R4.1"
    assert day.refused("org", c.RecordShorterDelay("h1", deadline, words())) == "R4.1"


@pytest.mark.rule("R4.1")
def test_a_published_deadline_is_only_moved_back_and_counts_from_the_first_publication():
    day = published(date(2026, 6, 16))
    day.now = start_of(date(2026, 6, 1))
    for deadline in (date(2026, 6, 16), date(2026, 6, 15)):
        assert day.refused("org", c.PublishBrief("b1", deadline, words())) == "R4.1"
    day.do("org", c.PublishBrief("b1", date(2026, 6, 17)))
    assert day.state.deadline == date(2026, 6, 17)


@pytest.mark.rule("R4.1")
def test_another_version_leaves_candidates_no_less_than_they_were_promised():
    day = published(date(2026, 8, 20))
    day.do("org", c.WriteBrief("b2", "d", 1))
    day.do("emp", c.AnswerBrief("b2", True))
    day.do("tra", c.AnswerBrief("b2", True))
    assert day.refused("org", c.PublishBrief("b2", date(2026, 8, 19))) == "R4.1"
    day.do("org", c.PublishBrief("b2", date(2026, 8, 20)))
    assert day.state.deadline == date(2026, 8, 20)


@pytest.mark.rule("R4.1", "X6")
def test_nothing_of_the_brief_changes_once_the_portfolios_were_due():
    """To the last millisecond before midnight in Paris."""
    day = published()
    day.now = end_of(DEADLINE) - 1
    day.do("org", c.WriteBrief("b2", "d", 1))
    assert day.state.brief == day.state.briefs[0], "what was published stands until the next version is"
    day.now = end_of(DEADLINE)
    assert day.refused("org", c.WriteBrief("b3", "d", 1)) == "R4.1"
    late = published()
    late.now = end_of(DEADLINE)
    assert late.refused("org", c.PublishBrief("b1", date(2026, 9, 1))) == "R4.1"


@pytest.mark.rule("R4.1")
def test_beside_the_day_s_brief_none_is_supplied_for_one_candidate():
    day = early()
    supply = c.SupplyDocument("h1", "x", "brief", "d", 1)
    day.do("org", supply, c.WriteBrief("b1", "d", 1))
    assert day.refused("org", replace(supply, document="y")) == "R4.1"


def test_it_is_proved_from_the_journal():
    day = published()
    assert verified(day.lines()).records == len(day.records)
