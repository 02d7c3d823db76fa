"""The replacing itself: everywhere the function is held, and everything put back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import MappingProxyType, ModuleType
from typing import Any

import pytest

from evaluation.kinds import Kind, Topic
from evaluation.rules import Applied
from tests.permits import find, permitted


def refuses() -> str:
    return "refused"


APPLIED = Applied("R5.2", refuses, "permitted")


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    made: Any = ModuleType("evaluation.made_for_this_test")
    monkeypatch.setitem(sys.modules, made.__name__, made)

    class Holder:
        as_method = refuses
        as_static = staticmethod(refuses)

    Holder.__module__ = made.__name__
    made.refuses, made.Holder = refuses, Holder
    made.table = {"a": refuses, "b": [1, (refuses, {"c": refuses})]}
    made.fixed = MappingProxyType({"a": refuses})
    made.all = frozenset({refuses})
    made.topic = Topic()
    made.topic.decides(int)(refuses)
    held: Any = refuses
    made.kind = Kind("made", begins=int, begun=str, topics=(made.topic,), check=held, replay=held,
                     from_pages=frozenset(), closed=bool)
    made.other = (1, "refuses", len)
    return made


def answers(module: Any) -> list[str]:
    return [
        module.refuses(),
        module.Holder.as_method(),
        module.Holder.as_static(),
        module.table["a"](),
        module.table["b"][1][0](),
        module.table["b"][1][1]["c"](),
        module.fixed["a"](),
        *(one() for one in module.all),
        module.topic.deciders[int](),
        module.kind.deciders[int](),
        module.kind.check(),
    ]


def test_replaced_wherever_it_is_held_and_put_back(module: Any):
    before, other = dict(vars(module)), module.other
    with permitted(APPLIED):
        assert answers(module) == ["permitted"] * 11
        assert module.other is other
    assert answers(module) == ["refused"] * 11
    assert {name: vars(module)[name] for name in before} == before
    assert vars(module.Holder)["as_method"] is refuses


def test_put_back_after_a_failure(module: Any):
    with pytest.raises(ZeroDivisionError), permitted(APPLIED):
        raise ZeroDivisionError
    assert answers(module) == ["refused"] * 11


def test_a_function_held_nowhere():
    with pytest.raises(pytest.UsageError), permitted(APPLIED):
        pass


def test_found_by_module_and_name():
    assert find("evaluation.grading:against_first_block").rule == "R5.2"
    with pytest.raises(pytest.UsageError):
        find("evaluation.grading:compile_result")
