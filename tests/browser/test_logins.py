"""Ways in and out in a real browser: logging out, a replaced link, several seats at once with `__Host-` cookies."""
from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.browser.looking import examine
from tests.browser.windows import INTO_A_SEAT, Window, browser, enter, through_space, watched
from tests.server.http.house import House, house

pytestmark = [pytest.mark.browser, pytest.mark.rule("X2", "X11")]


@dataclass
class Place:
    home: House
    chromium: Browser
    folder: Path

    async def enter(self, name: str) -> Window:
        return await enter(self.chromium, f"{self.home.url}/i/{self.home.tokens[name]}")

    async def wrong(self, window: Window, name: str) -> list[str]:
        """Beside the doors that are meant to be closed."""
        meant = (f"{name}: 401 ", f"{name}: 410 ")
        return [one for one in await examine(window, name, self.folder) if not one.startswith(meant)]


@asynccontextmanager
async def place(folder: Path, **settings: object) -> AsyncIterator[Place]:
    async with AsyncExitStack() as stack:
        home = await stack.enter_async_context(house(folder, **settings))
        playwright = await stack.enter_async_context(async_playwright())
        yield Place(home, await stack.enter_async_context(browser(playwright)), folder)


async def test_who_logs_out_is_asked_and_leaves_nothing_behind(tmp_path: Path) -> None:
    async with place(tmp_path) as here:
        window = await here.enter("obs")
        page, seat = window.page, f"/seat/{here.home.seat('obs')}/"
        await page.evaluate("""([own, other]) => {
            for (const seat of [own, other]) sessionStorage.setItem(`drafts ${seat}`, '{"/help": "x"}');
        }""", [seat, "/seat/other/"])
        wrong = await here.wrong(window, "bar")
        await page.click("[data-leave] button")
        wrong += await here.wrong(window, "leave-dialog")
        await page.click("dialog footer .btn:not(.main)")
        await page.click("[data-leave] button")
        await page.click("dialog a")  # to the space, which the seat is entered from again
        await page.wait_for_url(f"**{here.home.space('obs')}")
        await page.click(INTO_A_SEAT)
        await page.click("[data-leave] button")
        await page.click("dialog footer .btn.main")
        await page.wait_for_selector("[data-ended-seat]")
        assert "La déconnexion est faite" in await page.inner_text("h1")
        await page.wait_for_function("seat => sessionStorage.getItem(`drafts ${seat}`) === null", arg=seat)
        kept = "() => Object.keys(sessionStorage).filter(one => one.startsWith('drafts '))"
        assert await page.evaluate(kept) == ["drafts /seat/other/"]
        wrong += await here.wrong(window, "left")
        await page.goto(here.home.url + seat)
        assert "n’est pas connecté" in await page.inner_text("h1")
        await page.goto(here.home.url + here.home.space("obs"))
        assert "n’est pas connecté" in await page.inner_text("h1")
        assert wrong == []


async def test_the_organizer_replaces_a_link_in_words_and_the_old_browser_is_told(tmp_path: Path) -> None:
    async with place(tmp_path) as here:
        organizer, candidate = await here.enter("org"), await here.enter("cand")
        row = f"s1-{here.home.hearing()}"
        await organizer.page.click(f"#open-{row}")
        await organizer.page.wait_for_selector("text=navigateur connecté depuis")
        wrong = await here.wrong(organizer, "organizer-logins")
        await organizer.page.click("[aria-label='Remplacer son lien à Lina Morel']")
        wrong += await here.wrong(organizer, "renew-dialog")
        await organizer.page.click("dialog footer .btn.bad")
        await organizer.page.wait_for_selector("text=Un nouveau lien part par courriel vers Lina Morel.")
        await candidate.page.wait_for_selector("text=Votre lien a été remplacé")
        await organizer.page.wait_for_selector("text=lien remplacé, ")
        wrong += await here.wrong(organizer, "organizer-renewed")
        wrong += await here.wrong(candidate, "renewed")
        stranger = await here.chromium.new_context(locale="fr-FR")
        old = watched(await stranger.new_page(), stranger)
        await old.page.goto(f"{here.home.url}/i/{here.home.tokens['cand']}")
        assert "Ce lien a été remplacé" in await old.page.inner_text("h1")
        wrong += await here.wrong(old, "link-replaced")
        assert wrong == []


async def test_several_seats_and_spaces_stay_open_in_one_browser_with_cookies_of_this_host(tmp_path: Path) -> None:
    """As over HTTPS: a browser takes `__Host-` cookies from its own machine without it."""
    async with place(tmp_path, server__public_url="https://localhost") as here:
        first = await here.enter("obs")
        second = await first.context.new_page()
        await second.goto(f"{here.home.url}/i/{here.home.tokens['org']}")
        await through_space(second)
        names = {one["name"]: (one["path"], one["secure"], one["httpOnly"], one["sameSite"])  # pyright: ignore[reportTypedDictNotRequiredAccess]
                 for one in await first.context.cookies()}
        assert names == {f"__Host-visiojury-{kind}-{whose(name)}": ("/", True, True, "Strict")
                         for name in ("obs", "org")
                         for kind, whose in (("seat", here.home.seat), ("space", here.home.person))}
        for page, name in ((first.page, "obs"), (second, "org")):
            for path in (f"/seat/{here.home.seat(name)}/", here.home.space(name)):
                answer = await page.goto(here.home.url + path)
                assert answer is not None
                assert (answer.status, page.url) == (200, here.home.url + path)
