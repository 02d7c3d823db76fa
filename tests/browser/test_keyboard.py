"""Grading and deliberation driven by the keyboard alone: no mouse, no script, as somebody without a mouse must."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from tests.acting import Room, room
from tests.browser.looking import looking_as
from tests.browser.windows import Window, browser
from tests.serving import eventually, serve_demo

pytestmark = [pytest.mark.browser, pytest.mark.rule("X2")]

MOST_TABS = 120
CODES = [f"C{block}.{number}" for block in (1, 2) for number in range(1, 7)]


async def focused(window: Window) -> str:
    """The id of the focused element, or what it does."""
    return await window.page.evaluate(
        "() => document.activeElement?.id || document.activeElement?.dataset?.act || document.activeElement?.tagName"
    )


async def tab_to(window: Window, wanted: Callable[[str], bool], *, back: bool = False) -> str:
    """Press Tab until the focus is where it is wanted, as a person does."""
    for _ in range(MOST_TABS):
        found = await focused(window)
        if wanted(found):
            return found
        await window.page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"not reached by Tab, ended on {await focused(window)}")


async def until(window: Window, holds: Callable[[dict[str, object]], bool]) -> None:
    """Wait until the server's view of this seat is so."""

    async def look() -> bool:
        return holds((await window.view())["hearing"])

    await eventually(look, 20)


async def grade(window: Window) -> None:
    """Every competency acquired but C1.5, not acquired with a reason."""
    await tab_to(window, lambda at: at.startswith("mark-C1.1"))
    for code in CODES:
        assert (await focused(window)).startswith(f"mark-{code}-")
        if code == "C1.5":
            await window.page.keyboard.press("n")
            await tab_to(window, lambda at: at == "words-C1.5")
            await window.page.keyboard.type("Le poste n’était pas rangé.")
            await tab_to(window, lambda at: at.startswith("mark-C1.5-"), back=True)
        else:
            await window.page.keyboard.press("a")
        await window.page.keyboard.press("ArrowDown")
    await until(window, lambda hearing: len(hearing["grid"]["marks"]) == len(CODES))  # type: ignore[index]
    assert (await window.view())["hearing"]["grid"]["marks"]["C1.5"]["words"] == "Le poste n’était pas rangé."


async def press(window: Window, act: str, *, words: str = "", asks: bool = False) -> None:
    """Tab to the button of an act, press it, and answer its question where it asks one."""
    await tab_to(window, lambda at: at == act)
    await window.page.keyboard.press("Enter")
    if not (asks or words):
        return
    await window.see("dialog[open]")
    if words:
        await tab_to(window, lambda at: at == "ask-words")
        await window.page.keyboard.type(words)
    await tab_to(window, lambda at: at == act)
    await window.page.keyboard.press("Enter")


async def test_a_president_without_a_mouse(tmp_path: Path) -> None:
    served = serve_demo(tmp_path, fast=False)
    try:
        async with room(served) as hall, async_playwright() as playwright, browser(playwright) as chromium:
            await hall.arrive(*hall.jury, hall.candidates[0])
            await hall.designate()
            hearing = await hall.present()
            async with looking_as(chromium, hall.helene) as window:
                await by_keyboard(hall, hearing, window)
            assert window.problems == []
    finally:
        served.stop()


async def by_keyboard(hall: Room, hearing: str, window: Window) -> None:
    await window.see("#panel-grid")
    await grade(window)
    for juror in (hall.marc, hall.sofia):
        for code in CODES:
            await juror.send("SetMark", hearing=hearing, competency=code, mark="A")
    await press(window, "StartQuestions", asks=True)
    await until(window, lambda hearing: hearing["phase"] == "questions")
    await press(window, "DismissCandidate", words="Le jury a tout examiné.")
    await until(window, lambda hearing: hearing["phase"] == "grading")
    for juror in (hall.marc, hall.sofia):
        await juror.send("CloseGrid", hearing=hearing)
    await press(window, "CloseGrid")
    await until(window, lambda hearing: len(hearing["grids_closed"]) == 3)  # type: ignore[arg-type]
    await press(window, "OpenDeliberation", asks=True)
    await window.see("#council")
    await deliberate(hall, hearing, window)


async def deliberate(hall: Room, hearing: str, window: Window) -> None:
    marks = dict.fromkeys(CODES, "A")
    for code in CODES:
        # A radio group is one stop of the Tab key; the space bar chooses.
        await tab_to(window, lambda at, code=code: at.startswith(f"consensus-{code}-"))
        await window.page.keyboard.press("Space")
        await until(window, lambda h, code=code: _row(h, code)["proposed"] == "A")
    for juror in (hall.marc, hall.sofia):
        await juror.send("ConfirmConsensus", hearing=hearing, marks=marks)
    await window.see("#reco-list")
    for block in ("BC1", "BC2", "whole"):
        await tab_to(window, lambda at, block=block: at.startswith(f"advice-{block}"))
        await window.page.keyboard.press("Space")
        await tab_to(window, lambda at, block=block: at == f"advice-send-{block}")
        await window.page.keyboard.press("Enter")
    await until(window, lambda h: len(h["deliberation"]["recommendations"]) == 3)  # type: ignore[index]
    for juror in (hall.marc, hall.sofia):
        await juror.send("SignDeliberation", hearing=hearing)
    await tab_to(window, lambda at: at == "sign")
    await window.page.keyboard.press("Enter")
    await window.see("dialog[open]")
    await tab_to(window, lambda at: at == "SignDeliberation")
    await window.page.keyboard.press("Enter")

    async def closed() -> bool:
        return (await hall.helene.view())["day"][0]["phase"] == "closed"

    await eventually(closed, 20)


def _row(hearing: dict[str, object], code: str) -> dict[str, object]:
    rows = hearing["deliberation"]["rows"]  # type: ignore[index]
    return next(one for one in rows if one["competency"] == code)
