"""The same key, the same answer: whatever is sent twice is done once."""
from __future__ import annotations

import asyncio
from typing import Any

import pytest

from evaluation.people import SYSTEM
from evaluation.rules import Refusal
from server.journals.write_path import KeyReused
from tests.server.kept import House


async def test_the_same_key_is_answered_the_same_and_written_once(house: House):
    await house.plan()
    first = await house.do("org", "WriteToRoom", key="k", words="Bonjour")
    await house.do("org", "WriteToRoom", words="Autre chose")
    count = len(await house.positions())
    assert await house.do("org", "WriteToRoom", key="k", words="Bonjour") == first
    again = await house.again()
    assert await again.do("org", "WriteToRoom", key="k", words="Bonjour") == first
    assert len(await house.positions()) == count
    await again.close()


async def test_the_same_key_at_once_from_two_processes_is_written_once(house: House):
    await house.plan()
    other = await house.again()
    count = len(await house.positions())
    outcomes = await asyncio.gather(*[one.do("org", "WriteToRoom", key="k", words="Bonjour")
                                      for one in (house, other, house, other)])
    assert [one.position for one in outcomes] == [count + 1] * 4
    assert len(await house.positions()) == count + 1
    await other.close()


async def test_a_refusal_is_remembered_too(house: House):
    await house.plan()
    with pytest.raises(Refusal) as first:
        await house.do("emp", "StartPresentation", key="k", hearing="h1")
    await house.present()  # now it would be another refusal, or none
    again = await house.again()
    with pytest.raises(Refusal) as second:
        await again.do("emp", "StartPresentation", key="k", hearing="h1")
    assert (second.value.rule, second.value.text, second.value.values) == (
        first.value.rule, first.value.text, first.value.values)
    await again.close()


async def test_a_key_sent_with_another_body_is_refused(house: House):
    await house.plan()
    await house.do("org", "WriteToRoom", key="k", words="Bonjour")
    changed: list[dict[str, Any]] = [{"words": "Bonsoir"}, {"words": "Bonjour", "more": 1.5}]
    for fields in changed:
        with pytest.raises(KeyReused):
            await house.do("org", "WriteToRoom", key="k", **fields)
    with pytest.raises(KeyReused):
        await house.do("org", "ReportProblem", key="k", words="Bonjour")


async def test_another_seat_may_use_the_same_key(house: House):
    await house.plan()
    first = await house.do("org", "ReportProblem", key="k", words="Bonjour")
    assert (await house.do("emp", "ReportProblem", key="k", words="Bonjour")).position == first.position + 1


async def test_a_command_that_changes_nothing_is_answered_with_the_present_position(house: House):
    await house.plan()
    count = len(await house.positions())
    for _ in range(2):
        outcome = await house.do(SYSTEM, "Join", key="k", seat="emp")
        assert (outcome.position, outcome.events) == (count, ())
