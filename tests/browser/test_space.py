"""A person's space in a real browser (X15): entered by a link, seen in a second browser with a mailed code, without a
script, and asked for when the link is lost; its pages at every width."""
from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

from evaluation.people import Role
from server.http import parts
from tests.browser.looking import examine
from tests.browser.windows import INTO_A_SEAT, Window, browser, type_code, watched
from tests.server.http.house import House, house
from tests.server.http.test_space import elsewhere

pytestmark = [pytest.mark.browser, pytest.mark.rule("X2", "X15")]

LONG = "Marie-Hélène Charpentier-Vandenbroucke de la Roche-Guyon"
REFUSED = (": 401 ", ": 409 ", ": 410 ", ": 422 ")
"""What a closed door and a wrong code answer: meant, where it is looked at."""


@dataclass
class Visit:
    home: House
    chromium: Browser
    folder: Path
    wrong: list[str] = field(default_factory=list[str])

    async def window(self, *, script: bool = True, locale: str = "fr-FR") -> Window:
        context = await self.chromium.new_context(locale=locale, java_script_enabled=script)
        return watched(await context.new_page(), context)

    async def open(self, name: str, window: Window | None = None) -> Window:
        window = window or await self.window()
        await window.page.goto(f"{self.home.url}/i/{self.home.tokens[name]}")
        await window.page.click("form button.main")
        return window

    async def look(self, window: Window, name: str) -> None:
        found = await examine(window, name, self.folder)
        self.wrong += [one for one in found if not any(meant in one for meant in REFUSED)]


@asynccontextmanager
async def visit(folder: Path) -> AsyncIterator[Visit]:
    async with AsyncExitStack() as stack:
        home = await stack.enter_async_context(house(folder))
        playwright = await stack.enter_async_context(async_playwright())
        yield Visit(home, await stack.enter_async_context(browser(playwright)), folder)


async def places(page: Page) -> list[str]:
    return await page.locator('section[aria-labelledby="places-title"] h3 + p').all_inner_texts()


async def test_a_juror_s_space_with_two_days_of_two_providers(tmp_path: Path) -> None:
    async with visit(tmp_path) as here:
        home, person = here.home, here.home.person("emp")
        await home.app[parts.ACCOUNTS].save_person(person, {
            "name": LONG, "first_name": "Marie-Hélène", "email": "m@example.org"})
        await elsewhere(home, person)
        await elsewhere(home, person, session="s8", role=Role.OBSERVER)
        window = await here.open("emp")
        page = window.page
        await here.look(window, "space")
        assert sorted(await places(page)) == [
            "Vous observez cette session", "Vous organisez cette session", "Vous siégez dans le jury"]
        for seat in (home.seat("emp"), "s9-me", "s8-me"):
            await page.click(f'section[aria-labelledby="places-title"] form[action$="/{seat}"] button')
            await page.wait_for_url(f"**/seat/{seat}/", wait_until="commit")
            await page.goto(home.url + home.space("emp"))
        assert here.wrong == []


async def test_a_forwarded_link_shows_nothing_until_the_code_and_the_person_closes_it_again(tmp_path: Path) -> None:
    async with visit(tmp_path) as here:
        home = here.home
        first, second = await here.open("cand"), await here.open("cand", await here.window(locale="en-GB"))
        await here.look(second, "held")
        assert "Lina" not in await second.page.content()
        await second.page.click('form[action$="ask-code"] button')
        await here.look(second, "code")
        await second.page.fill('input[name="code"]', "12 34")
        await second.page.click('form[action$="/code"] button')
        await here.look(second, "code-wrong")
        assert await second.page.input_value('input[name="code"]') == "12 34"
        await second.page.fill('input[name="code"]', await home.code())
        await second.page.click('form[action$="/code"] button')
        await second.page.wait_for_url("**/space/**")
        await second.page.click(INTO_A_SEAT)
        await second.page.wait_for_url("**/seat/**", wait_until="commit")
        await first.page.reload()
        await here.look(first, "space-two-browsers")
        await first.page.click('a[href$="/security"]')
        await second.page.goto("about:blank")  # a seat that is put out opens its page anew by itself
        await first.page.click('form.row[action$="/browsers"] button')
        await first.page.goto(home.url + home.space("cand"))
        assert "autre navigateur" not in await first.page.inner_text("main")
        await second.page.goto(home.url + home.space("cand"))
        assert "was closed in this browser" in await second.page.inner_text("h1")
        await here.look(second, "put-out")
        assert here.wrong == []


async def test_a_space_and_its_takeover_work_without_a_script(tmp_path: Path) -> None:
    async with visit(tmp_path) as here:
        first, second = await here.open("emp"), await here.open("emp", await here.window(script=False))
        await first.page.click(INTO_A_SEAT)
        await type_code(second.page, here.home.code)
        await second.page.wait_for_url("**/space/**")
        await second.page.click(INTO_A_SEAT)
        assert "déjà ouverte ailleurs" in await second.page.inner_text("h1")
        await type_code(second.page, here.home.code)
        await second.page.wait_for_url("**/seat/**", wait_until="commit")
        await second.page.goto(here.home.url + here.home.space("emp"))
        await second.page.click('form[action$="/leave"] button')
        assert "La déconnexion est faite" in await second.page.inner_text("h1")
        assert await second.context.cookies() == []


async def test_a_lost_link_is_asked_for_by_its_address(tmp_path: Path) -> None:
    async with visit(tmp_path) as here:
        window = await here.window()
        page = window.page
        await page.goto(here.home.url)
        await page.click('a[href="/link"]')
        await here.look(window, "link-form")
        await page.fill('input[name="email"]', "noé")
        await page.click("form button.main")
        await here.look(window, "link-form-wrong")
        assert await page.input_value('input[name="email"]') == "noé"
        await page.fill('input[name="email"]', f"{here.home.seat('cand2')}@example.org")
        await page.click("form button.main")
        await here.look(window, "link-sent")
        (letter,) = await here.home.letters()
        await page.goto(next(word for word in letter.split() if "/i/" in word))
        await page.click("form button.main")
        await page.wait_for_url(f"**{here.home.space('cand2')}")
        assert here.wrong == []


async def test_a_space_in_which_nothing_is_open(tmp_path: Path) -> None:
    async with visit(tmp_path) as here:
        window = await here.open("own")
        await here.look(window, "space-one")
        await here.home.end_session()
        await window.page.reload()
        assert "Rien n’est ouvert à votre nom" in await window.page.inner_text("main")
        await here.look(window, "space-empty")
        assert here.wrong == []
