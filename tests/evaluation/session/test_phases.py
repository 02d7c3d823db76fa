"""The clock of one phase: pauses, extra time, time given back, floor and ceiling."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.rules import Refusal
from evaluation.session.phases import Phase, PhaseClock, check_floor, extra_time, overrun, too_much_lost
from tests.evaluation.session.day import MINUTE, SECOND

START = 1_000_000_000_000
QUESTIONS = PhaseClock(Phase.QUESTIONS, 25 * MINUTE, 30 * MINUTE, 0, START)


def after(minutes: int) -> int:
    return START + minutes * MINUTE


def refused(clock: PhaseClock, now: int, reason: bool = False) -> str | None:
    try:
        check_floor(clock, now, reason)
    except Refusal as refusal:
        return f"{refusal.rule} {refusal.text.format(**refusal.values)}"
    return None


@pytest.mark.rule("R3.4", "R4.7")
def test_the_floor():
    """25 minutes of questions, to the millisecond; earlier only with a reason."""
    assert refused(QUESTIONS, after(25)) is None
    assert refused(QUESTIONS, after(25) - 1) == (
        "R3.4 Les questions durent au moins 25 min : il en reste 1 s. Pour finir plus tôt, écrivez pourquoi."
    )
    assert refused(QUESTIONS, after(10) + 30 * SECOND) == (
        "R3.4 Les questions durent au moins 25 min : il en reste 14 min 30 s. Pour finir plus tôt, écrivez pourquoi."
    )
    assert refused(QUESTIONS, after(10), reason=True) is None
    assert refused(replace(QUESTIONS, given_back=3 * MINUTE), after(27)) is not None
    assert refused(replace(QUESTIONS, given_back=3 * MINUTE), after(28)) is None
    assert refused(replace(QUESTIONS, extra=10 * MINUTE), after(25)) is None
    assert refused(replace(QUESTIONS, floor=0), START) is None


@pytest.mark.rule("R4.7", "R3.3")
@pytest.mark.parametrize(("minutes", "extra", "back", "over"), [
    (29, 0, 0, 0), (30, 0, 0, 0), (32, 0, 0, 2), (40, 10, 0, 0), (41, 10, 0, 1), (34, 0, 4, 0), (36, 0, 4, 2),
])  # fmt: skip
def test_the_ceiling_is_never_a_refusal_but_a_number(minutes: int, extra: int, back: int, over: int):
    clock = replace(QUESTIONS, extra=extra * MINUTE, given_back=back * MINUTE)
    assert overrun(clock, after(minutes)) == over * MINUTE
    assert clock.remaining(after(minutes)) == (30 + extra + back - minutes) * MINUTE


@pytest.mark.rule("R10.1")
def test_extra_time_of_each_phase():
    extra = {"presentation": 300}
    assert (extra_time(extra, Phase.PRESENTATION), extra_time(extra, Phase.QUESTIONS)) == (300, 0)


def test_a_pause_stops_the_clock():
    clock = QUESTIONS.pause(after(10), lost=True)
    assert (clock.running, clock.elapsed(after(99))) == (False, 10 * MINUTE)
    clock = clock.resume(after(14))
    assert (clock.running, clock.elapsed(after(15)), clock.lost, clock.paused) == (
        True, 11 * MINUTE, 4 * MINUTE, 4 * MINUTE,
    )  # fmt: skip
    clock = clock.pause(after(20), lost=False).resume(after(25))
    assert (clock.elapsed(after(26)), clock.lost) == (17 * MINUTE, 4 * MINUTE)
    ended = clock.end(after(30))
    assert (ended.running, ended.elapsed(after(99))) == (False, 21 * MINUTE)


def test_an_end_in_a_pause_does_not_count_the_pause():
    assert QUESTIONS.pause(after(10), lost=True).end(after(20)).elapsed(after(99)) == 10 * MINUTE


@pytest.mark.rule("X9")
@pytest.mark.parametrize(
    ("lost", "back", "running", "too_much"),
    [
        (0, 0, 0, False), (22, 0, 0, False), (22, 0, 1, True), (0, 0, 22, False), (0, 0, 23, True), (10, 12, 0, False),
        (10, 13, 0, True),
    ],
)  # fmt: skip
def test_more_than_half_of_the_time_lost(lost: int, back: int, running: int, too_much: bool):
    clock = replace(QUESTIONS, lost=lost * MINUTE, given_back=back * MINUTE).pause(after(20), lost=True)
    assert too_much_lost((clock,), 44 * MINUTE, Fraction(1, 2), after(20 + running)) is too_much


@pytest.mark.rule("X9")
def test_exactly_half_is_not_more_than_half():
    clock = replace(QUESTIONS, lost=10 * MINUTE)
    assert too_much_lost((clock,), 20 * MINUTE, Fraction(1, 2), after(20)) is False
    assert too_much_lost((replace(clock, lost=10 * MINUTE + 1),), 20 * MINUTE, Fraction(1, 2), after(20)) is True
    assert too_much_lost((clock, replace(clock, lost=1)), 20 * MINUTE, Fraction(1, 2), after(20)) is True


ACTS = st.lists(
    st.tuples(st.integers(0, 10 * MINUTE), st.sampled_from(["pause", "lose", "resume", "give", "end"])), max_size=12
)


@given(ACTS)
def test_no_clock_runs_backwards(acts: list[tuple[int, str]]):
    clock, now, elapsed = QUESTIONS, START, 0
    for later, act in acts:
        now += later
        if act == "end" and clock.ended_at is None:
            clock = clock.end(now)
        elif act == "give":
            clock = replace(clock, given_back=clock.given_back + SECOND)
        elif act == "resume":
            clock = clock.resume(now)
        elif clock.running:
            clock = clock.pause(now, lost=act == "lose")
        assert clock.elapsed(now) >= elapsed
        assert 0 <= clock.lost <= clock.paused
        elapsed = clock.elapsed(now)
