"""The comparison of the typed views with what the pages are promised."""

from __future__ import annotations

from types import ModuleType
from typing import NotRequired, TypedDict

import pytest

from tests.checks import views

TOLD = """
export type Mark = "A"   // acquired
  | "NA";
export interface Base { mark: Mark | null; /** when */ at: number }
export interface Row extends Base { own: Record<string, Mark>; all?: (string | null)[] }
"""
MARK = '"A" | "NA"'
BASE = {"mark": f"{MARK} | null", "at": "number"}
ROW = {"mark": f"{MARK} | null", "at": "number", "own": f"Record<string, {MARK}>", "all?": "(null | string)[]"}


def test_an_interface_is_read_with_what_it_extends_and_its_aliases_opened() -> None:
    assert views.interfaces(TOLD) == {"Base": BASE, "Row": ROW}


def test_an_interface_may_extend_several_wherever_they_stand() -> None:
    told = "export interface All extends One, Two { own: string }\n" \
           "export interface One { a: string }\nexport interface Two { a: string; b?: number }"
    assert views.interfaces(told)["All"] == {"a": "string", "b?": "number", "own": "string"}


@pytest.mark.parametrize("shape", ["{ a: string }", "Base & { a: string }"])
def test_a_shape_that_is_no_interface_is_refused_for_it_would_be_compared_with_nothing(shape: str) -> None:
    with pytest.raises(ValueError, match="Hidden"):
        views.interfaces(f"export type Hidden = {shape};")


class Told(TypedDict):
    one: str
    may: NotRequired[int | None]


class Part(Told, total=False):
    more: list[str]


def test_what_a_view_may_leave_out_is_read() -> None:
    module = ModuleType(__name__)
    module.__dict__.update(Told=Told, Part=Part)
    told = {"one": "string", "may?": "null | number"}
    assert views.given([module]) == {"Told": told, "Part": {**told, "more?": "(string)[]"}}


@pytest.mark.parametrize(
    ("given", "reasons"),
    [
        ({"Row": ROW}, []),
        ({"Row": ROW, "Other": {}}, ["Other: no interface of web/static/js/view.d.ts has this name"]),
        ({}, ["Row: no view gives this interface of web/static/js/view.d.ts"]),
        ({"Row": {**ROW, "at": "string"}}, ["Row.at: the view gives string, the page is told number"]),
        ({"Row": {**ROW, "more": "string"}}, ["Row.more: the view gives string, the page is told None"]),
        (
            {"Row": {name: kind for name, kind in ROW.items() if name != "own"}},
            [f"Row.own: the view gives None, the page is told {ROW['own']}"],
        ),
    ],
)
def test_a_difference_is_told(given: dict[str, dict[str, str]], reasons: list[str]) -> None:
    assert list(views.refused({"Base": BASE, **given}, views.interfaces(TOLD))) == reasons


def test_the_views_give_what_the_pages_are_promised() -> None:
    assert views.main() == 0


def test_each_shape_that_a_page_is_promised_is_held_to_its_view() -> None:
    """Whichever is changed on one side alone, the check says so."""
    given, told = views.given(views.GIVEN), views.interfaces(views.TOLD.read_text(encoding="utf-8"))
    for name, fields in told.items():
        for changed in (told | {name: {**fields, "extra": "string"}}, {key: told[key] for key in told if key != name}):
            assert [one.split(":")[0].split(".")[0] for one in views.refused(given, changed)] == [name]
