"""One seat in two tabs: the newest is seen, and when it is closed the one before is seen again."""
from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from tests.browser.windows import browser, enter, watched
from tests.server.http.house import house

pytestmark = pytest.mark.browser

BACK_SECONDS = 5.0
TOLD = '#banners >> text="Votre place est ouverte dans un autre onglet."'


async def test_closing_the_second_tab_gives_the_first_its_picture_back(tmp_path: Path) -> None:
    async with house(tmp_path) as home, async_playwright() as playwright, browser(playwright) as chromium:
        await home.to_questions()
        candidate = await enter(chromium, f"{home.url}/i/{home.tokens['cand']}")
        juror = await enter(chromium, f"{home.url}/i/{home.tokens['emp']}")
        await candidate.sees(juror.seat, 20)
        second = watched(await juror.context.new_page(), juror.context)
        await second.page.goto(juror.page.url)
        await juror.see(TOLD)
        await candidate.sees(juror.seat, BACK_SECONDS)
        await second.page.close()
        await juror.page.wait_for_selector(TOLD, state="hidden")
        await candidate.sees(juror.seat, BACK_SECONDS)
