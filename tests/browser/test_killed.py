"""The server is killed in the middle: browsers come back by themselves, with every mark, and media resumes."""
from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from tests.acting import room
from tests.browser.looking import looking_as
from tests.browser.windows import browser
from tests.serving import serve_demo

pytestmark = [pytest.mark.browser, pytest.mark.alone, pytest.mark.rule("X5")]

BACK_SECONDS = 10.0


async def test_browsers_are_back_by_themselves(tmp_path: Path) -> None:
    served = serve_demo(tmp_path / "data", fast=False)
    try:
        async with room(served) as hall, async_playwright() as playwright, browser(playwright) as chromium:
            await hall.arrive(*hall.jury, hall.candidates[0])
            await hall.designate()
            await hall.present()
            async with looking_as(chromium, hall.candidates[0]) as lina, looking_as(chromium, hall.helene) as helene:
                await asyncio.gather(helene.sees("seat-lina", 20), lina.sees("seat-helene", 20))
                await helene.page.check('[id="mark-C1.1-A"]', force=True)
                await helene.see('[data-saved="C1.1"]:not(.warn, .j-waits)')
                served.kill()
                await helene.page.check('[id="mark-C1.2-A"]', force=True)
                served = await asyncio.to_thread(serve_demo, tmp_path / "data", port=served.port, fast=False)
                await asyncio.gather(
                    helene.sees("seat-lina", BACK_SECONDS), lina.sees("seat-helene", BACK_SECONDS),
                    helene.see('[data-saved="C1.2"]:not(.warn, .j-waits)', BACK_SECONDS),
                )
                marks = (await helene.view())["hearing"]["grid"]["marks"]
                assert {code: one["mark"] for code, one in marks.items()} == {"C1.1": "A", "C1.2": "A"}
    finally:
        served.stop()
