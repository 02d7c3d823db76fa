"""A member of the commission appoints a jury by keyboard alone and without a script; the pages read well."""
from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser.looking import examine
from tests.browser.test_offices import at_desk
from tests.browser.windows import browser
from tests.server.http.house import house
from tests.server.http.office.desks import Desks
from tests.server.http.office.test_juries import asked, chosen, plan, pool, sits

pytestmark = pytest.mark.browser
KEYS = 80
"""Presses within which everything of a page is reached."""


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright, browser(playwright) as started:
        yield started


async def reach(page: Page, selector: str) -> None:
    """By the tabulator alone."""
    for _ in range(KEYS):
        await page.keyboard.press("Tab")
        if await page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} is not reached")


@pytest.mark.rule("R1.2")
async def test_a_jury_is_appointed_by_keyboard_and_the_pages_read_well(chromium: Browser, tmp_path: Path):
    async with house(tmp_path, limits__pages_per_minute=600) as home:
        desks = Desks(home)
        await desks.found()
        await pool(desks)
        await plan(desks, "x1")
        await plan(desks, "x2", trained_by=("p-tra",))
        await asked(desks, "x1")
        await asked(desks, "x2")
        window = await at_desk(chromium, desks, "member", scripts=False)
        page = window.page
        await page.goto(f"{home.url}/space/member/office/juries")
        for name in ("x1:employees", "x1:employers", "x1:trainer"):
            await reach(page, f'[name="{name}"]')
            await page.keyboard.press("Space")
        await reach(page, "button.main")
        await page.keyboard.press("Enter")
        await expect(page.locator(".note.ok")).to_contain_text("C’est décidé")
        assert await sits(desks, "x1") == ["p-emp", "p-own", "p-tra"]
        seat = (await desks.body()).juries["x1"].jurors[0].id
        looking, wrong = await at_desk(chromium, desks, "member", scripts=True), list[str]()
        for name in ("juries", "juries/x1", f"juries/x1/{seat}", "jurors/p-emp"):
            await looking.page.goto(f"{home.url}/space/member/office/{name}")
            wrong += await examine(looking, name.replace("/", "-"), tmp_path)
        await looking.page.goto(f"{home.url}/space/member/office/juries")
        for name, person in chosen("x2", "emp", "own", "tra").items():
            await looking.page.locator(f'[name="{name}"][value="{person}"]').check()
        await looking.page.get_by_role("button", name="Désigner les jurys choisis").click()
        await expect(looking.page.locator("p.wrong")).to_contain_text("Juré emp")
        wrong += await examine(looking, "juries-refused", tmp_path)
        assert [one for one in wrong if "422" not in one] == []
