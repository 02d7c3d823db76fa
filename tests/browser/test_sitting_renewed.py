"""A member's page of a sitting is drawn anew as things happen: nothing is missed, and the focus stays."""
from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Route, async_playwright, expect

from tests.browser.keys import tab_to
from tests.browser.test_offices import at_desk
from tests.browser.windows import browser
from tests.evaluation.frameworks import POLISHING
from tests.server.http.house import house
from tests.server.http.office.sitting_desk import Desk
from tests.server.http.sittingwork import opened

pytestmark = [pytest.mark.browser, pytest.mark.rule("R3.9")]


async def test_what_happens_while_the_page_is_asked_for_is_shown_too_and_the_focus_stays(tmp_path: Path) -> None:
    async with (house(tmp_path, True, POLISHING, opened) as home, async_playwright() as playwright,
                browser(playwright) as chromium):
        desk, held, asked = Desk(home), asyncio.Event(), asyncio.Event()
        desk.found = f"sitting-{home.session}"
        window = await at_desk(chromium, desk.desks, desk.member("employees"), scripts=True)
        page, address = window.page, home.url + desk.path("employees", desk.candidacy())
        await page.goto(address)
        await expect(page.locator("#decision")).to_contain_text("La présidence propose")

        async def late(route: Route) -> None:
            answer = await route.fetch()
            asked.set()
            await held.wait()
            await route.fulfill(response=answer)

        await page.route(address, late, times=1)
        await desk.do(desk.member("presides"), "ProposeDecision", candidacy=desk.candidacy())
        await asked.wait()
        await desk.do(desk.member("employers"), "AnswerDecision", candidacy=desk.candidacy(), agrees=True, number=1)
        await asyncio.sleep(0.5)  # until the page has been told, whose answer still lacks it
        held.set()
        await expect(page.locator("#decision .s-answers li").filter(has_text="Élise")).to_contain_text("d’accord")
        agree = page.get_by_role("button", name="Je suis d’accord", exact=True)
        await tab_to(page, agree)
        await desk.do(desk.member("presides"), "CompleteMinutes", words="La séance a repris.")
        await expect(page.locator("#content")).to_have_attribute("data-position", str((await desk.state()).position))
        await expect(agree).to_be_focused()
        assert window.problems == []
