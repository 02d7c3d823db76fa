"""Candidates laid over two days in a browser: by drag, by keyboard, what stands against an hour told at once."""
from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from tests.browser.looking import examine
from tests.browser.test_offices import at_desk
from tests.browser.windows import browser
from tests.server.http.house import house
from tests.server.http.office.desks import Desks
from tests.server.http.office.test_day_program import MONDAY, TUESDAY, hours

pytestmark = pytest.mark.browser


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright, browser(playwright) as started:
        yield started


async def drag(page: Page, grip: Locator, onto: Locator) -> None:
    start, end = await grip.bounding_box(), await onto.bounding_box()
    assert start is not None
    assert end is not None
    await page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    await page.mouse.down()
    await page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=5)
    await page.mouse.up()


@pytest.mark.rule("R4.4")
async def test_candidates_are_moved_by_drag_and_by_keyboard_before_anything_is_kept(chromium: Browser, tmp_path: Path):
    async with house(tmp_path, limits__pages_per_minute=600) as home:
        desks = Desks(home)
        await desks.found()
        await desks.in_force()
        days = [await desks.day(MONDAY), await desks.day(TUESDAY)]
        for n in range(2):
            await desks.registered(f"c{n}", f"Candidat {n}")
        window = await at_desk(chromium, desks, "org1", scripts=True)
        page, wrong = window.page, list[str]()
        for name in ("days/new", f"days/{days[0]}", f"days/{days[0]}/add", "days/plan"):
            await page.goto(f"{home.url}/space/org1/office/{name}")
            wrong += await examine(window, name.replace("/", "-"), tmp_path)
        await page.set_viewport_size({"width": 1280, "height": 1400})
        monday, tuesday = (page.locator(f'[data-session="{one}"]') for one in days)
        first, second = (page.locator(f'.laying-card[data-key="c{n}"]') for n in range(2))
        await drag(page, second.get_by_role("button", name="Déplacer Candidat 1"), tuesday)
        await expect(tuesday.locator('[data-key="c1"]')).to_be_visible()
        await expect(page.locator("#announcer")).to_contain_text("Rien ne s’y oppose.")
        grip = first.get_by_role("button", name="Déplacer Candidat 0")
        await grip.focus()
        await page.keyboard.press("ArrowDown")
        await expect(page.locator("#announcer")).to_contain_text("08:35")
        await expect(grip).to_be_focused()
        await page.keyboard.press("ArrowRight")
        await expect(first).to_contain_text("Le jury a une autre épreuve à la même heure. (Candidat 1)")
        await expect(page.locator("#announcer")).to_contain_text("Le jury a une autre épreuve")
        await page.keyboard.press("ArrowLeft")
        await expect(monday.locator('[data-key="c0"]')).to_be_visible()
        assert [(await desks.of_day(one)).hearings for one in days] == [{}, {}]
        await page.get_by_role("button", name="Enregistrer ce plan").click()
        await expect(page.locator(".note.ok")).to_have_text("Les candidats sont sur la liste, aux heures choisies.")
        assert [hours(await desks.of_day(one)) for one in days] == [[("c0", "08:35")], [("c1", "08:30")]]
        assert (wrong, window.problems) == ([], [])
