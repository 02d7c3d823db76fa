"""Kept blocks: computed from what earlier juries ruled, as long as the framework says (X8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.candidacy import kept
from evaluation.candidacy.kept import Keeping, KeptBlock
from evaluation.quotes import Quote
from evaluation.rules import Refusal
from tests.evaluation.body.house import POLISH, staffed
from tests.evaluation.candidacy.house import CANDIDATE, awarded

DAY = date(2026, 6, 1)
RULED = date(2026, 3, 10)
WITHOUT_END = Keeping("RNCP26850", ("BC1", "BC2"), None)
A_YEAR = replace(WITHOUT_END, months=12)


def blocks(keeping: Keeping, *outcomes: Quote, on: date = DAY) -> list[str]:
    return [one.block for one in kept.kept_blocks(keeping, CANDIDATE, outcomes, on)]


@pytest.mark.rule("X8")
def test_a_block_is_kept_with_the_version_it_was_gained_under():
    found = kept.kept_blocks(WITHOUT_END, CANDIDATE, (awarded("partial", "BC2", name="k7"),), DAY)
    assert found == (KeptBlock("BC2", "k7", "1", RULED, None),)
    assert kept.kept_blocks(WITHOUT_END, CANDIDATE, (), DAY) == ()
    assert blocks(WITHOUT_END, awarded("none")) == []


@pytest.mark.rule("X8")
def test_blocks_of_several_candidacies():
    first, second = awarded("partial", "BC2", name="k1"), awarded("partial", "BC1", name="k2")
    assert blocks(WITHOUT_END, first, second) == ["BC1", "BC2"]
    of_two = replace(POLISH, version="2")
    later = awarded("partial", "BC2", name="k3", of=of_two, ruled_on=date(2026, 3, 12))
    for outcomes in ((first, later), (later, first)):
        (one,) = kept.kept_blocks(WITHOUT_END, CANDIDATE, outcomes, DAY)
        assert (one.candidacy, one.version) == ("k3", "2")


@pytest.mark.rule("X8")
def test_a_block_that_the_new_version_no_longer_has():
    assert blocks(replace(WITHOUT_END, blocks=("BC1", "BC3")), awarded("partial", "BC2")) == []


@pytest.mark.rule("X8")
@pytest.mark.parametrize(
    ("on", "found"),
    [(RULED - timedelta(days=1), []), (RULED, ["BC1"]), (date(2027, 3, 10), ["BC1"]), (date(2027, 3, 11), [])],
)
def test_as_long_as_the_framework_says(on: date, found: list[str]):
    assert blocks(A_YEAR, awarded("partial", "BC1"), on=on) == found


@pytest.mark.rule("X8")
def test_what_is_no_outcome_of_this_person_for_this_certification():
    good = awarded("partial", "BC1")
    other = replace(POLISH, code="RNCP26849")
    for bad in (
        awarded("partial", "BC1", person="p-other"), awarded("partial", "BC1", of=other), staffed().quote(5),
        replace(good, kind="session"), replace(good, event="candidacy.opened"), replace(good, data={}),
    ):  # fmt: skip
        with pytest.raises(Refusal) as refusal:
            kept.kept_blocks(WITHOUT_END, CANDIDATE, (good, bad), DAY)
        assert refusal.value.rule == "X8"


@pytest.mark.rule("X8", "R9.1")
def test_what_is_kept_is_not_presented_again():
    found = kept.kept_blocks(WITHOUT_END, CANDIDATE, (awarded("partial", "BC1"),), DAY)
    kept.check_sought(("BC2",), found)
    with pytest.raises(Refusal) as refusal:
        kept.check_sought(("BC1", "BC2"), found)
    assert refusal.value.rule == "X8"


SAID = st.tuples(
    st.sampled_from([("BC1",), ("BC2",)]), st.dates(date(2020, 1, 1), date(2026, 3, 16)),
)  # fmt: skip


@given(st.lists(SAID, max_size=5), st.integers(1, 60))
def test_neither_the_order_nor_a_repetition_changes_what_is_kept(
    said: list[tuple[tuple[str, ...], date]], months: int
):
    good = awarded("partial", "BC1")
    outcomes = [
        replace(good, stream=f"k{number}", data={
            **good.data, "outcome": {**_outcome(good), "blocks": list(blocks), "ruled_on": day.isoformat()}})
        for number, (blocks, day) in enumerate(said)
    ]  # fmt: skip
    keeping = replace(WITHOUT_END, months=months)
    found = {(one.block, one.ruled_on) for one in kept.kept_blocks(keeping, CANDIDATE, outcomes, DAY)}
    again = kept.kept_blocks(keeping, CANDIDATE, [*reversed(outcomes), *outcomes], DAY)
    assert {(one.block, one.ruled_on) for one in again} == found
    kept_days = {block: [day for blocks, day in said if block in blocks] for block in ("BC1", "BC2")}
    latest = {(block, max(days)) for block, days in kept_days.items() if days}
    assert found == {(block, day) for block, day in latest if kept.due(day, months=months) >= DAY}


def _outcome(quote: Quote) -> dict[str, object]:
    said = quote.data["outcome"]
    assert isinstance(said, dict)
    return said
