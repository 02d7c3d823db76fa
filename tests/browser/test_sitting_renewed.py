"""A member's page of a sitting is drawn anew as things happen: nothing is missed, the focus stays, and so does what
somebody has chosen, typed or was asked for."""
from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Page, Route, async_playwright, expect

from server.storage.spaces import How
from tests.browser.keys import tab_to
from tests.browser.test_offices import at_desk
from tests.browser.windows import browser
from tests.evaluation.frameworks import POLISHING
from tests.server.http.authenticator import Authenticator
from tests.server.http.house import house
from tests.server.http.office.sitting_desk import Desk
from tests.server.http.sittingwork import opened
from tests.server.http.staff import add_key
from tests.server.http.test_own_sitting_minutes import presented

pytestmark = [pytest.mark.browser, pytest.mark.rule("R3.9")]

MOVED = "La séance a avancé."


@asynccontextmanager
async def at_page(folder: Path, name: str, *, signing: bool = False) -> AsyncIterator[tuple[Desk, Page]]:
    """A member's page of the candidate; `signing`: of the minutes that are presented. Nothing of it goes wrong but what
    the server refuses."""
    async with (house(folder, True, POLISHING, presented if signing else opened) as home,
                async_playwright() as playwright, browser(playwright) as chromium):
        desk = Desk(home)
        desk.found = f"sitting-{home.session}"
        if signing and name == "presides":
            await with_passkey(desk, name)
        window = await at_desk(chromium, desk.desks, desk.member(name), scripts=True)
        await window.page.goto(home.url + desk.path(name, "minutes" if signing else desk.candidacy()))
        await followed(desk, window.page)
        yield desk, window.page
        assert [one for one in window.problems if not one.startswith("422 POST")] == []


async def with_passkey(desk: Desk, name: str) -> None:
    person = desk.member(name)
    there = await desk.browser(person, How.PASSKEY)
    assert (await add_key(there, f"/space/{person}/security", Authenticator(desk.home.url))).status == 200


async def followed(desk: Desk, page: Page) -> None:
    """It shows all that has happened."""
    await expect(page.locator("#content")).to_have_attribute("data-position", str((await desk.state()).position))


async def moves_on(desk: Desk) -> None:
    await desk.do(desk.member("presides"), "CompleteMinutes", words="La séance a repris.")


async def up_to_date(desk: Desk, page: Page) -> None:
    """By what is offered, without leaving the page."""
    await page.evaluate("document.body.dataset.same = 'page'")
    await page.get_by_role("button", name="Afficher la page à jour").click()
    await followed(desk, page)
    await expect(page.locator("body")).to_have_attribute("data-same", "page")
    await expect(page.locator("#banners")).not_to_contain_text(MOVED)


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


async def test_what_is_chosen_and_not_sent_stays(tmp_path: Path) -> None:
    async with at_page(tmp_path, "presides") as (desk, page):
        withhold = page.get_by_role("radio", name="Suspendre l’attribution")
        await withhold.check()
        await moves_on(desk)
        await expect(page.locator("#banners")).to_contain_text(MOVED)
        await expect(withhold).to_be_checked()
        await up_to_date(desk, page)
        await expect(withhold).not_to_be_checked()


async def test_the_focus_stays_on_the_same_one_of_several_of_one_name(tmp_path: Path) -> None:
    async with at_page(tmp_path, "presides") as (desk, page):
        withhold = page.get_by_role("radio", name="Suspendre l’attribution")
        await withhold.focus()
        await moves_on(desk)
        await followed(desk, page)
        await expect(withhold).to_be_focused()


async def test_what_was_opened_stays_open_and_keeps_the_focus(tmp_path: Path) -> None:
    async with at_page(tmp_path, "employees") as (desk, page):
        knows = page.get_by_text("Je connais personnellement ce candidat")
        await tab_to(page, knows)
        await page.keyboard.press("Enter")
        await moves_on(desk)
        await followed(desk, page)
        await expect(page.locator("#recuse")).to_have_attribute("open", "")
        await expect(knows).to_be_focused()


async def test_a_refused_form_stays_with_what_was_typed_at_an_address_that_can_be_asked_for(tmp_path: Path) -> None:
    async with at_page(tmp_path, "presides") as (desk, page):
        await page.get_by_role("radio", name="Suspendre l’attribution").check()
        await page.get_by_label("C1.2").locator("visible=true").first.fill("Vu sur la pièce")
        await page.get_by_role("button", name="Soumettre aux deux autres membres").click()
        await expect(page.locator("#wrongs")).to_be_focused()
        assert page.url == desk.home.url + desk.path("presides", desk.candidacy())
        await moves_on(desk)
        await expect(page.locator("#banners")).to_contain_text(MOVED)
        await expect(page.get_by_label("C1.2").locator("visible=true").first).to_have_value("Vu sur la pièce")
        await up_to_date(desk, page)


async def test_what_is_typed_elsewhere_on_the_page_stays_when_a_form_is_sent(tmp_path: Path) -> None:
    async with at_page(tmp_path, "presides") as (desk, page):
        why = page.get_by_label("Vos motifs")
        await why.fill("Le métal et la cire")
        await page.get_by_role("button", name="Passer à ce candidat").click()
        await followed(desk, page)
        await expect(page.get_by_role("button", name="Passer à ce candidat")).to_have_count(0)
        await expect(why).to_have_value("Le métal et la cire")


async def test_the_place_for_a_mailed_code_stays_when_somebody_else_signs(tmp_path: Path) -> None:
    async with at_page(tmp_path, "employees", signing=True) as (desk, page):
        await page.get_by_role("button", name="Recevoir le code pour signer").click()
        code = page.get_by_label("Code à six chiffres")
        await expect(code).to_be_visible()
        await desk.signed("employers")
        await expect(page.locator("#banners")).to_contain_text(MOVED)
        await code.fill(await desk.home.code())
        await page.get_by_role("button", name="Signer", exact=True).click()
        await expect(page.locator("#content")).to_contain_text("Votre signature est enregistrée.")


async def test_a_passkey_still_signs_once_somebody_else_has(tmp_path: Path) -> None:
    async with at_page(tmp_path, "presides", signing=True) as (desk, page):
        sign = page.get_by_role("button", name="Signer avec votre clé d’accès")
        await expect(sign).to_be_enabled()
        await desk.signed("employers")
        await followed(desk, page)
        await expect(sign).to_be_enabled()
