"""A try-out before the day in a real browser: its own picture goes to the server and comes back (X4)."""
from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import async_playwright, expect

from tests.browser.looking import examine
from tests.browser.windows import DESKTOP, Window, browser, watched
from tests.server.http.house import house

pytestmark = [pytest.mark.browser, pytest.mark.rule("X4")]


async def try_out(window: Window, look: Callable[[str], Awaitable[list[str]]]) -> list[str]:
    """From the page of the try-out to what it gave; `look` says what is wrong with the page as it stands."""
    page = window.page
    await page.get_by_role("button", name="Commencer l’essai").click()
    await window.see("#check-camera .ok")
    await window.see("#check-mic .ok")
    await window.see("#check-light .ok, #check-light .warn")
    await page.get_by_role("button", name="Essayer le réseau et terminer").click()
    await expect(page.locator("#try-lacking")).to_have_text(
        "Écoutez d’abord les trois notes, et dites si vous les entendez.")
    await page.click("#sound-play")
    await page.click("#sound-yes")
    await page.get_by_role("button", name="La carte est devant la caméra").click()
    await window.see("#try-card .ok, #try-card .warn")
    wrong = await look("try-out")
    await page.get_by_role("button", name="Essayer le réseau et terminer").click()
    await expect(page.locator(".note.ok").first).to_have_text("Votre essai est enregistré. Voici ce qu’il donne.")
    await expect(page.locator("#last ~ .lines")).to_contain_text("Par UDP.")
    return wrong + await look("tried")


@pytest.mark.alone  # how much gets through is measured: beside other browsers it is theirs
async def test_a_candidate_tries_out_from_their_link_and_reads_what_it_gave(tmp_path: Path) -> None:
    async with (house(tmp_path, try_out__settle_seconds=1, try_out__measure_seconds=1) as home,
                async_playwright() as playwright, browser(playwright) as chromium):
        context = await chromium.new_context(
            locale="fr-FR", viewport=DESKTOP, permissions=["camera", "microphone"])  # pyright: ignore[reportArgumentType]
        window, wrong = watched(await context.new_page(), context), list[str]()
        page = window.page
        await page.goto(f"{home.url}/i/{home.tokens['cand']}")
        await page.click("form button.main")
        await page.get_by_role("link", name="Essayer ma caméra, mon micro et ma connexion").first.click()
        wrong += await try_out(window, lambda name: examine(window, name, tmp_path))
        await expect(page.locator("#last ~ .lines")).to_contain_text(
            "L’image et le son vont au serveur et en reviennent.")
        found = (await home.state()).try_outs[home.seat("cand")]
        assert set(found.lacks) <= {"dark", "backlit", "blurred"}  # what the made camera shows
        assert (found.line.path, found.line.seen_bps > 0, found.line.returned_bps > 0) == ("udp", True, True)
        assert (wrong, window.problems) == ([], [])
