"""The comparison of the typed views with what the pages are promised."""

from __future__ import annotations

import pytest

from tests.checks import views

TOLD = """
export type Mark = "A"   // acquired
  | "NA";
export interface Base { mark: Mark | null; /** when */ at: number }
export interface Row extends Base { own: Record<string, Mark>; all?: (string | null)[] }
"""
MARK = '"A" | "NA"'
ROW = {"mark": f"{MARK} | null", "at": "number", "own": f"Record<string, {MARK}>", "all?": "(null | string)[]"}


def test_an_interface_is_read_with_what_it_extends_and_its_aliases_opened() -> None:
    assert views.interfaces(TOLD) == {"Base": {"mark": ROW["mark"], "at": "number"}, "Row": ROW}


@pytest.mark.parametrize(
    ("given", "reasons"),
    [
        ({"Row": ROW}, []),
        ({"Other": {}}, ["Other: no interface of web/static/js/view.d.ts has this name"]),
        ({"Row": {**ROW, "at": "string"}}, ["Row.at: the view gives string, the page is told number"]),
        ({"Row": {**ROW, "more": "string"}}, ["Row.more: the view gives string, the page is told None"]),
        (
            {"Row": {name: kind for name, kind in ROW.items() if name != "own"}},
            [f"Row.own: the view gives None, the page is told {ROW['own']}"],
        ),
    ],
)
def test_a_difference_is_told(given: dict[str, dict[str, str]], reasons: list[str]) -> None:
    assert list(views.refused(given, views.interfaces(TOLD))) == reasons


def test_the_views_give_what_the_pages_are_promised() -> None:
    assert views.main() == 0
