"""The first account in a real browser: a passkey of Chromium's virtual authenticator, then somebody else by password
and one-time code, and the pages of both."""
from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser.looking import examine
from tests.browser.windows import Window, browser, watched
from tests.server.http.house import House
from tests.server.http.staff import PASSWORD, office, staff, ways

pytestmark = [pytest.mark.browser, pytest.mark.rule("X15")]
LONG = {"company": "Chambre nationale de l’horlogerie, bijouterie, joaillerie et orfèvrerie (CNHBJO)",
        "first_name": "Marie-Charlotte-Élisabeth", "name": "de Montgolfier-Vandenbroucke",
        "email": "marie-charlotte-elisabeth.de-montgolfier-vandenbroucke@certification-horlogerie.example.org"}


@dataclass
class Place:
    home: House
    chromium: Browser
    folder: Path

    async def open(self, path: str, **options: Any) -> Window:
        context = await self.chromium.new_context(locale="fr-FR", **options)
        window = watched(await context.new_page(), context)
        await window.page.goto(self.home.url + path)
        return window

    async def wrong(self, window: Window, name: str) -> list[str]:
        """Beside the refusals that are meant; on a tablet, too."""
        await window.page.set_viewport_size({"width": 820, "height": 1180})
        await window.page.screenshot(path=self.folder / f"{name}-820.png")
        return [one for one in await examine(window, name, self.folder) if not re.match(rf"{name}: 4(09|22|29) ", one)]


@asynccontextmanager
async def place(folder: Path) -> AsyncIterator[Place]:
    async with AsyncExitStack() as stack:
        home = await stack.enter_async_context(office(folder))
        playwright = await stack.enter_async_context(async_playwright())
        yield Place(home, await stack.enter_async_context(browser(playwright)), folder)


async def with_authenticator(window: Window) -> Any:
    """A telephone that recognises its owner, in place of a real one."""
    cdp = await window.context.new_cdp_session(window.page)
    await cdp.send("WebAuthn.enable")
    await cdp.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True}})
    return cdp


async def press(page: Page, name: str, then: str) -> None:
    await page.click(f"button:has-text('{name}')")
    await page.wait_for_url(then)


async def test_the_first_account_by_a_passkey_lets_a_second_person_in_by_password_and_code(tmp_path: Path) -> None:
    async with place(tmp_path) as here:
        link = f"/first/{await ways(here.home).links.first()}"
        window = await here.open(link)
        page, _ = window.page, await with_authenticator(window)
        wrong = await here.wrong(window, "first-name")
        for name, value in LONG.items():
            await page.fill(f"#{name}", value)
        await press(page, "Continuer", f"**{link}")
        wrong += await here.wrong(window, "first-ways")
        await page.fill("#key-name", "Téléphone")
        await press(page, "Créer la clé d’accès", "**/space/*/")
        space = page.url.removeprefix(here.home.url)

        await page.goto(f"{here.home.url}/sign-in?then=security")
        wrong += await here.wrong(window, "sign-in")
        await press(page, "Avec une clé d’accès", "**/security")
        wrong += await here.wrong(window, "security")

        paul = await staff(here.home, "Paul Autre", "p-paul", password=False)
        await page.goto(f"{here.home.url}{space}let-in")
        wrong += await here.wrong(window, "let-in")
        await page.fill("#email", paul.email)
        await page.click("button:has-text('Faire le lien')")
        await page.wait_for_selector(".secret-link")
        wrong += await here.wrong(window, "let-in-given")
        entry = (await page.inner_text(".secret-link code")).removeprefix(here.home.url)

        second = await here.open(entry, java_script_enabled=False)
        await second.page.fill("#password", PASSWORD)
        await second.page.fill("#again", PASSWORD)
        await second.page.click("button:has-text('Continuer vers le code')")
        secret = (await second.page.inner_text("code[translate=no]")).replace(" ", "")
        await second.page.screenshot(path=tmp_path / "code-1280.png", full_page=True)
        await second.page.set_viewport_size({"width": 390, "height": 844})
        await second.page.screenshot(path=tmp_path / "code-390.png", full_page=True)
        paul.secret = secret
        await second.page.fill("#code", paul.code())
        await press(second.page, "Vérifier et enregistrer", "**/space/p-paul/")

        paul.next_code()
        await second.page.goto(f"{here.home.url}/sign-in?then=security")
        await second.page.fill("#email", paul.email)
        await second.page.fill("#password", PASSWORD)
        await second.page.fill("#code", "123456")
        await second.page.click("main button:has-text('Se connecter')")
        await second.page.wait_for_selector(".note.bad")
        assert await second.page.input_value("#email") == paul.email
        await second.page.fill("#password", PASSWORD)
        await second.page.fill("#code", paul.code())
        await press(second.page, "Se connecter", "**/security")
        assert await second.page.inner_text("#keys ~ ul") == "Aucune clé d’accès."

        await page.goto(f"{here.home.url}{space}sign-ins")
        wrong += await here.wrong(window, "sign-ins")
        assert "Paul Autre" in await page.inner_text("table")
        assert wrong == []


async def test_a_second_passkey_is_added_and_one_is_removed_and_a_refused_one_is_told(tmp_path: Path) -> None:
    async with place(tmp_path) as here:
        claire = await staff(here.home)
        window = await here.open("/sign-in?then=security")
        page, cdp = window.page, await with_authenticator(window)
        for name, value in (("email", claire.email), ("password", PASSWORD), ("code", claire.code())):
            await page.fill(f"#{name}", value)
        await press(page, "Se connecter", "**/security")
        await page.fill("#key-name", "Clé du bureau")
        await page.click("button:has-text('Créer la clé d’accès')")
        await page.wait_for_selector("li b:has-text('Clé du bureau')")
        await page.click("button:has-text('Créer la clé d’accès')")  # the same device
        await page.wait_for_selector("text=Cet appareil a déjà une clé d’accès")
        wrong = await here.wrong(window, "security-two")
        await page.click("[aria-label='Retirer Clé du bureau']")
        await page.wait_for_selector("text=Aucune clé d’accès.")
        await page.goto(f"{here.home.url}/sign-in")
        await page.click("button:has-text('Avec une clé d’accès')")  # removed here, still on the device
        await page.wait_for_selector("text=Cette clé d’accès n’est pas connue ici")
        wrong += await here.wrong(window, "sign-in-unknown")
        await cdp.detach()
        assert wrong == []


async def test_a_password_is_masked_may_be_pasted_and_is_shown_while_asked_for(tmp_path: Path) -> None:
    async with place(tmp_path) as here:
        window = await here.open("/sign-in")
        page = window.page
        field, button = page.locator("#password"), page.get_by_role("button", name="Montrer : Mot de passe")
        await expect(field).to_have_attribute("type", "password")
        await page.fill("#code", PASSWORD)
        await page.press("#code", "ControlOrMeta+a")
        await page.press("#code", "ControlOrMeta+x")
        await page.press("#password", "ControlOrMeta+v")
        await expect(field).to_have_value(PASSWORD)
        for name in ("password", "text", "password"):
            await expect(field).to_have_attribute("type", name)
            await expect(button).to_have_attribute("aria-pressed", str(name == "text").lower())
            wrong = await here.wrong(window, "sign-in-shown") if name == "text" else []
            assert wrong == []
            await button.click()
        await page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")
        await page.fill("#email", "claire@example.org")
        await page.fill("#code", "123456")
        await page.click("main button:has-text('Se connecter')")
        await expect(field).to_have_attribute("type", "password")


async def test_a_bare_address_says_why_there_is_no_passkey(tmp_path: Path) -> None:
    async with place(tmp_path) as here:
        here.home.url = here.home.url.replace("localhost", "127.0.0.1")
        window = await here.open("/sign-in")
        wrong = await here.wrong(window, "sign-in-bare")
        await window.page.click("text=Ouvrir ce site sous son nom")
        await window.page.wait_for_selector("button:has-text('Avec une clé d’accès')")
        assert wrong == []
