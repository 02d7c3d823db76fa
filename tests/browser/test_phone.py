"""The candidate's phone films the piece: from the code on the computer to the jurors' screens, and back."""
from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from evaluation.session.kind import SESSION
from server.cutting.media_rights import media_rights
from server.http import parts
from server.journals.ledger import Commit
from tests.browser.looking import examine
from tests.browser.windows import PHONE, browser, enter, watched
from tests.server.http.house import house

pytestmark = [pytest.mark.browser, pytest.mark.alone]

FILMS = '#banners >> text="Le jury voit ce que filme votre téléphone."'
CODE = "a.phone-code"
SHARES = '#banners >> text="Le jury voit ce que vous partagez."'
REFUSED = '#banners >> text="Le partage ne s’ouvre pas."'


async def test_a_phone_that_reads_the_code_is_seen_by_the_jury_until_it_is_stopped(tmp_path: Path) -> None:
    async with house(tmp_path) as home, async_playwright() as playwright, browser(playwright) as chromium:
        await home.to_questions()
        candidate = await enter(chromium, f"{home.url}/i/{home.tokens['cand']}")
        juror = await enter(chromium, f"{home.url}/i/{home.tokens['emp']}")
        await candidate.page.click("#dock-second")
        await candidate.page.click('dialog >> text="Mon téléphone"')
        await candidate.see(f"{CODE} svg path")
        wrong = await examine(candidate, "code", tmp_path)

        phone = await chromium.new_context(viewport=PHONE, locale="fr-FR")  # pyright: ignore[reportArgumentType]
        filming = watched(await phone.new_page(), phone)
        await filming.page.goto(str(await candidate.page.get_attribute(CODE, "href")))
        wrong += await examine(filming, "phone-link", tmp_path)
        await filming.page.click("text=Filmer la pièce")
        await filming.see('text="Le jury voit cette image."')
        await candidate.see(FILMS)
        await candidate.page.wait_for_selector(CODE, state="detached")
        await juror.sees(candidate.seat, 10, "second")
        wrong += await examine(filming, "phone", tmp_path)
        assert wrong == []

        await candidate.page.reload()
        await candidate.see(FILMS)
        await candidate.page.click("#dock-stop")
        await filming.see('text="Ce téléphone ne filme plus pour l’épreuve."')
        await candidate.see("#dock-second")
        assert not await filming.page.is_visible("#phone-stop")
        await candidate.page.wait_for_selector(FILMS, state="hidden")


async def test_a_share_outlives_a_room_that_was_closed_for_a_moment_and_says_when_it_cannot_go_on(
        tmp_path: Path) -> None:
    async with house(tmp_path) as home, async_playwright() as playwright, browser(playwright) as chromium:
        await home.to_questions()
        candidate = await enter(chromium, f"{home.url}/i/{home.tokens['cand']}")
        juror = await enter(chromium, f"{home.url}/i/{home.tokens['emp']}")
        await candidate.page.click("#dock-screen")
        await juror.sees(candidate.seat, 15, "second")

        engine, state = home.app[parts.ENGINE], await home.state()
        reopen = media_rights(engine)
        engine.close_room(home.session)
        await candidate.page.wait_for_event("response", lambda one: one.status == 403 and "/whip/second" in one.url)
        reopen(Commit(SESSION, home.session, state, state, (), ()))
        await juror.sees(candidate.seat, 15, "second")
        assert await candidate.page.is_visible(SHARES)

        engine.close_room(home.session)
        await candidate.see(REFUSED, 30)
        await candidate.page.wait_for_selector(SHARES, state="hidden")
        await candidate.see("#dock-screen")
