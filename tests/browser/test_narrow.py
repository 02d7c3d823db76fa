"""What stands in the head of a page keeps its place on every screen, and each trouble is said once."""
from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Route, async_playwright, expect

from tests.browser.windows import Window, browser, enter
from tests.pace import patient
from tests.server.http.house import house

pytestmark = [pytest.mark.browser, pytest.mark.rule("X2")]

WIDTHS = (1280, 1024, 820, 390, 360)
HEAD = """() => {
    const shown = (node) => node.getClientRects().length && getComputedStyle(node).visibility !== 'hidden';
    const names = '[data-who], [data-phase], [data-next], .clock time, .clock small, .net svg, .net small, '
        + '[data-net-words], #line-words, .bar-why, .btn, .tab';
    const parts = [...document.querySelectorAll('.bar, .o-top')].flatMap(bar => [...bar.querySelectorAll(names)])
        .filter(node => shown(node) && node.textContent.trim()).map(node => {
            const words = document.createRange();
            words.selectNodeContents(node);
            const own = node.matches('.btn, .tab, time') ? node.getBoundingClientRect() : words.getBoundingClientRect();
            const inside = words.getBoundingClientRect();
            return {
                name: node.textContent.trim().slice(0, 30),
                out: inside.left < own.left - 1 || inside.right > own.right + 1,
                left: own.left, right: own.right, top: own.top, bottom: own.bottom, tab: node.matches('.tab'),
            };
        });
    const wrong = parts.filter(one => one.out || !one.tab && (one.left < 0 || one.right > innerWidth))
        .map(one => `${one.name} sticks out`);
    for (const [n, one] of parts.entries()) for (const other of parts.slice(n + 1)) {
        if (one.tab || other.tab) continue;
        const beside = one.left >= other.right + 2 || other.left >= one.right + 2;
        if (!beside && one.top < other.bottom && other.top < one.bottom) wrong.push(`${one.name} meets ${other.name}`);
    }
    return wrong;
}"""
"""What of the head runs out of its place or into its neighbour's. Tabs stand edge to edge in a row that
scrolls."""
DENIED = "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotAllowedError'); };"


async def in_the_head(window: Window) -> list[str]:
    wrong: list[str] = []
    for width in WIDTHS:
        await window.page.set_viewport_size({"width": width, "height": 800})
        await window.page.evaluate("() => new Promise(requestAnimationFrame)")
        wrong += [f"{window.seat} at {width}: {one}" for one in await window.page.evaluate(HEAD)]
    return wrong


async def test_nothing_in_the_head_of_a_page_meets_its_neighbour(tmp_path: Path) -> None:
    async with house(tmp_path) as home, async_playwright() as playwright, browser(playwright) as chromium:
        await home.call_in()
        wrong: list[str] = []
        windows = {name: await enter(chromium, f"{home.url}/i/{home.tokens[name]}") for name in ("emp", "own", "org")}
        for window in windows.values():
            wrong += await in_the_head(window)
        for juror in ("own", "tra"):
            await home.act(juror, "GiveIdentityOpinion", hearing=home.hearing(), conform=True)
        await home.act("emp", "DecideIdentity", hearing=home.hearing(), finding="conform", course="proceed")
        for point in range(len((await home.state()).framework.reminder)):
            await home.act("emp", "CheckReminder", hearing=home.hearing(), point=point, said=True)
        await home.act("cand", "SignSheet", hearing=home.hearing(), words="Lina Morel")
        await home.act("emp", "StartPresentation", hearing=home.hearing())
        windows["cand"] = await enter(chromium, f"{home.url}/i/{home.tokens['cand']}")
        for window in windows.values():
            if window.seat != home.seat("org"):
                await expect(window.page.locator("[data-phase]")).to_have_text("Présentation")
            wrong += await in_the_head(window)
        assert wrong == [], "\n".join(wrong)
        org = windows["org"].page
        await org.set_viewport_size({"width": 390, "height": 800})
        await org.click(".session .btn >> nth=0")
        link, renew = org.locator(".o-link").first, org.locator(".o-renew").first
        boxes: list[Any] = [await link.bounding_box(), await renew.bounding_box()]
        assert boxes[0]["y"] == boxes[1]["y"]
        assert boxes[0]["x"] + boxes[0]["width"] < boxes[1]["x"]


async def test_who_logs_out_is_told_of_marks_that_have_not_been_saved(tmp_path: Path) -> None:
    async with house(tmp_path) as home, async_playwright() as playwright, browser(playwright) as chromium:
        await home.to_questions()
        page = (await enter(chromium, f"{home.url}/i/{home.tokens['own']}")).page
        await page.route("**/commands", lambda route: route.abort())
        await page.click("#tab-panel-grid")
        for code in ("C1.1", "C1.3"):
            await page.check(f'[id="mark-{code}-A"]', force=True)
        leave = page.locator("[data-leave] button")
        await expect(leave).to_have_text("Quitter")
        await leave.click()
        dialog = page.locator("dialog[open]")
        await expect(dialog.locator("h2")).to_have_text("2 notes attendent encore d’être enregistrées")
        await dialog.get_by_text("Rester", exact=True).click()
        await page.unroute("**/commands")
        for code in ("C1.1", "C1.3"):
            await expect(page.locator(f'[data-saved="{code}"]')).to_contain_text("enregistré", timeout=patient(15_000))
        await leave.click()
        await expect(page.locator("dialog[open] h2")).to_have_text("Se déconnecter ?")


async def test_who_presses_quit_before_its_script_is_there_is_asked_and_loses_no_mark(tmp_path: Path) -> None:
    async with house(tmp_path) as home, async_playwright() as playwright, browser(playwright) as chromium:
        await home.to_questions()
        page = (await enter(chromium, f"{home.url}/i/{home.tokens['own']}")).page
        await page.route("**/js/lib/leave.js", lambda route: route.abort())
        await page.reload()
        await page.route("**/commands", lambda route: route.abort())
        await page.click("#tab-panel-grid")
        await page.check('[id="mark-C1.1-A"]', force=True)
        await page.click("[data-leave] button")
        await expect(page.locator("h1")).to_have_text("Se déconnecter ?")
        await expect(page.locator(".note")).to_contain_text("elle y est gardée")
        await page.unroute("**/commands")
        await page.get_by_text("Retourner à ma place", exact=True).click()
        await page.click("#tab-panel-grid")
        await expect(page.locator('[data-saved="C1.1"]')).to_contain_text("enregistré", timeout=patient(15_000))
        await page.click("[data-leave] button")
        await page.get_by_role("button", name="Se déconnecter").click()
        await page.wait_for_selector("[data-ended-seat]")


async def test_a_button_that_waits_for_its_answer_stays_in_its_place(tmp_path: Path) -> None:
    answered = asyncio.Event()

    async def late(route: Route) -> None:
        await answered.wait()
        await route.continue_()

    async with house(tmp_path) as home, async_playwright() as playwright, browser(playwright) as chromium:
        await home.act("cand", "AcknowledgePrevention", hearing=home.hearing(), wording="w")
        page = (await enter(chromium, f"{home.url}/i/{home.tokens['cand']}", size={"width": 820, "height": 900})).page
        button = page.locator('[data-screen="identity"] [data-answer="no"]')
        box = "node => [node.offsetLeft, node.offsetWidth, node.offsetHeight, node.scrollWidth <= node.clientWidth]"
        before = await button.evaluate(box)
        await page.route("**/commands", late)
        await button.click()
        await expect(button).to_have_class(re.compile(r"\bbusy\b"))
        assert (await button.evaluate(box), before[3]) == (before, True)
        answered.set()
        await expect(button).to_have_attribute("aria-pressed", "true")


async def test_a_camera_that_is_refused_at_the_door_is_said_once(tmp_path: Path) -> None:
    async def denied(window: Window) -> None:
        await window.page.add_init_script(DENIED)

    async with house(tmp_path) as home, async_playwright() as playwright, browser(playwright) as chromium:
        await home.act("cand", "AcknowledgePrevention", hearing=home.hearing(), wording="w")
        page = (await enter(chromium, f"{home.url}/i/{home.tokens['cand']}", before=denied)).page
        no = page.locator('[data-screen="identity"] [data-answer="no"]')
        await no.click()
        await expect(no).to_have_attribute("aria-pressed", "true")
        await page.click("#identity-done")
        await expect(page.locator("#check-camera h3")).to_contain_text("ne laisse pas le navigateur ouvrir la caméra")
        words = page.get_by_text("ouvrir la caméra").filter(visible=True)
        aloud = page.locator("#announcer p", has_text="ouvrir la caméra")
        await expect(aloud).to_have_count(1)
        await expect(words.and_(page.locator(":not(#announcer p)"))).to_have_count(1)
        await expect(page.locator("#banners .banner")).to_have_count(0)
        await page.click("#check-done")
        await page.click("dialog[open] .btn.main")
        await page.wait_for_selector("#waiting-title", state="visible")
        await expect(page.locator("#banners .banner strong").first).to_contain_text("ouvrir la caméra")
