"""Browsers that lack something: the person is told what, in words, and does without what can be done without."""
from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, Route, async_playwright, expect

from tests.browser.windows import DESKTOP, Window, browser, chromium_path, enter, through_space, watched
from tests.pace import patient
from tests.server.http.house import House, house

pytestmark = pytest.mark.browser

GONE = {
    "AbortSignal.any": "delete AbortSignal.any; delete AbortSignal.timeout; delete Element.prototype.checkVisibility;",
    "mediaDevices": "Object.defineProperty(Navigator.prototype, 'mediaDevices', {value: undefined});",
    "clipboard": "Object.defineProperty(Navigator.prototype, 'clipboard', {value: undefined});",
    "RTCPeerConnection": "delete window.RTCPeerConnection; delete window.webkitRTCPeerConnection;",
    "refusing": "window.RTCPeerConnection = function () { throw new DOMException('', 'NotAllowedError'); };",
    "Object.hasOwn": "delete Object.hasOwn;",
}


@asynccontextmanager
async def lacking(chromium: Browser, *names: str) -> AsyncIterator[tuple[Page, BrowserContext]]:
    context = await chromium.new_context(
        locale="fr-FR", viewport=DESKTOP,  # pyright: ignore[reportArgumentType]
        permissions=["camera", "microphone", "clipboard-read", "clipboard-write"])
    for name in names:
        await context.add_init_script(GONE[name])
    try:
        yield await context.new_page(), context
    finally:
        await context.close()


async def told(page: Page) -> str:
    """Which of the words are shown; "" for none."""
    await page.wait_for_load_state("load")
    return await page.evaluate(
        "() => [...document.querySelectorAll('[data-unable]')].filter(n => n.getClientRects().length)"
        ".map(n => n.dataset.unable).join()")


@asynccontextmanager
async def at_the_door(tmp_path: Path) -> AsyncIterator[tuple[House, Browser]]:
    async with house(tmp_path) as home, async_playwright() as playwright, browser(playwright) as chromium:
        yield home, chromium


async def test_without_what_came_with_safari_17_4_a_candidate_goes_through_the_door(tmp_path: Path) -> None:
    async with at_the_door(tmp_path) as (home, chromium):
        context = await chromium.new_context(locale="fr-FR", permissions=["camera", "microphone"])
        window = watched(await context.new_page(), context)
        await window.page.add_init_script(GONE["AbortSignal.any"])
        await window.page.goto(f"{home.url}/i/{home.tokens['cand']}")
        assert await told(window.page) == ""
        await through_space(window.page)
        await window.page.check("#rules-read")
        await window.page.click("#rules-form button.main")
        await window.see('[data-screen="identity"]')
        assert "PreventionAcknowledged" in await home.events()
        assert (await told(window.page), window.problems) == ("", [])


@pytest.mark.parametrize("clipboard", [True, False])
async def test_inside_another_application_the_link_is_copied_for_the_systems_browser(
    tmp_path: Path, clipboard: bool
) -> None:
    gone = ("mediaDevices",) if clipboard else ("mediaDevices", "clipboard")
    async with at_the_door(tmp_path) as (home, chromium), lacking(chromium, *gone) as (page, context):
        link = f"{home.url}/i/{home.tokens['cand']}"
        await page.goto(link)
        assert await told(page) == "inside"
        button = page.locator("[data-copy-link]:visible")
        await button.click()
        await expect(button).to_have_text("Lien copié")
        other = await context.new_page()
        await other.goto(link)
        await other.evaluate("() => document.body.append(Object.assign(document.createElement('textarea'), {id: 'x'}))")
        await other.focus("#x")
        await other.keyboard.press("Control+V")
        assert await other.input_value("#x") == link
        await through_space(page)
        await page.wait_for_load_state()
        assert await told(page) == "inside"
        assert await page.input_value('[data-unable="inside"] input') == link


@pytest.mark.parametrize("name", ["RTCPeerConnection", "refusing"])
async def test_live_video_switched_off_is_said_at_the_door_and_in_the_room(tmp_path: Path, name: str) -> None:
    async with at_the_door(tmp_path) as (home, chromium), lacking(chromium, name) as (page, _context):
        await page.goto(f"{home.url}/i/{home.tokens['cand']}")
        assert await told(page) == "video"
        await through_space(page)
        await page.wait_for_load_state()
        assert await told(page) == "video"


async def test_an_older_browser_is_told_which_ones_will_do(tmp_path: Path) -> None:
    async with at_the_door(tmp_path) as (home, chromium):
        async with lacking(chromium, "Object.hasOwn") as (page, _context):
            await page.goto(f"{home.url}/i/{home.tokens['emp']}")
            assert await told(page) == "old"
            await expect(page.locator('[data-unable="old"]')).to_contain_text("Chrome 108, Firefox 121, Safari 16")
        window = await enter(chromium, f"{home.url}/i/{home.tokens['cand']}")
        assert await told(window.page) == ""

        async def newer_syntax(route: Route) -> None:
            await route.fulfill(content_type="text/javascript", body="export const x = 1 ??? 2;")

        await window.page.route("**/js/lib/backoff.js", newer_syntax)
        await window.page.reload()
        assert await told(window.page) == "old"
        await window.page.unroute("**/js/lib/backoff.js")
        await window.page.route("**/js/lib/backoff.js", lambda route: route.abort())
        await window.page.reload()
        assert await told(window.page) == "incomplete"


async def test_a_page_by_plain_http_says_that_its_address_is_not_safe(tmp_path: Path) -> None:
    async with house(tmp_path) as home, async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", "--host-resolver-rules=MAP jury.test 127.0.0.1"])
        try:
            page = await started.new_page(locale="fr-FR")
            await page.goto(f"{home.url.replace('localhost', 'jury.test')}/i/{home.tokens['cand']}")
            assert await told(page) == "insecure"
            await expect(page.locator("[data-copy-link]:visible")).to_have_count(0)
        finally:
            await started.close()


async def test_a_network_that_lets_no_video_through_is_said_to_the_person_and_to_the_organizer(tmp_path: Path) -> None:
    blocked = """
        window.blocked = true;
        const take = RTCPeerConnection.prototype.setRemoteDescription;
        RTCPeerConnection.prototype.setRemoteDescription = function (one) {
            return take.call(this, window.blocked ? {...one, sdp: one.sdp.replace(/^a=candidate.*\\r\\n/gm, '')} : one);
        };"""

    async def behind_it(window: Window) -> None:
        await window.page.add_init_script(blocked)

    async with at_the_door(tmp_path) as (home, chromium):
        await home.to_questions()
        organizer = await enter(chromium, f"{home.url}/i/{home.tokens['org']}")
        candidate = await enter(chromium, f"{home.url}/i/{home.tokens['cand']}",
                                before=behind_it)
        words = candidate.page.locator("[data-net-words]")
        told_ = candidate.page.locator("#banners .banner.bad strong")
        await expect(told_).to_have_text("Ni image ni son ne passent par ce réseau.", timeout=patient(40_000))
        await expect(words).to_have_text("sans image ni son")
        await expect(organizer.page.locator(".session .st").first).to_contain_text("ni image ni son")
        await candidate.page.click("#banners .banner.bad .btn")
        await candidate.see("dialog #help-words")
        await candidate.page.evaluate("() => { window.blocked = false; }")
        await expect(told_).to_have_count(0, timeout=patient(40_000))
        await expect(words).not_to_have_text("sans image ni son")
