"""What somebody types and what they are told: kept through a reload, seen on a phone, read in English."""
from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.acting import Room, room
from tests.browser.looking import looking_as
from tests.browser.windows import DESKTOP, PHONE, browser
from tests.pace import patient
from tests.serving import serve_demo

pytestmark = pytest.mark.browser


@asynccontextmanager
async def day(tmp_path: Path) -> AsyncIterator[tuple[Room, Browser]]:
    served = serve_demo(tmp_path / "data", fast=False)
    try:
        async with AsyncExitStack() as stack:
            hall = await stack.enter_async_context(room(served))
            playwright = await stack.enter_async_context(async_playwright())
            yield hall, await stack.enter_async_context(browser(playwright))
    finally:
        served.stop()


async def on_top(page: Page, selector: str) -> bool:
    """Whether the middle of the element is what would be pressed there: nothing lies over it."""
    return await page.evaluate(
        """selector => {
            const node = document.querySelector(selector);
            const box = node.getBoundingClientRect();
            const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return node === there || node.contains(there);
        }""",
        selector,
    )


@pytest.mark.rule("X9")
async def test_what_a_juror_types_is_there_after_a_reload_and_gone_once_sent(tmp_path: Path) -> None:
    async with day(tmp_path) as (hall, chromium):
        await hall.arrive(*hall.jury, hall.candidates[0])
        await hall.designate()
        await hall.present()
        async with looking_as(chromium, hall.marc) as marc:
            page = marc.page
            await page.click("#tab-panel-incidents")
            await page.click("#door-fraud")
            await page.click("label:has(#incident-kind-own_work)")
            await page.fill("#incident-words", "Le livret cite une autre école.")
            await page.fill("#incident-ask-0", "Pages 12 à 14.")
            await page.reload()
            await expect(page.locator("#incident-ask-0")).to_have_value("Pages 12 à 14.")
            await expect(page.locator("#incident-words")).to_have_value("Le livret cite une autre école.")
            await expect(page.locator("#incident-kind-own_work")).to_be_checked()
            await expect(page.locator("#incident-title")).to_have_text("Présomption de fraude")
            await page.press("#incident-words", "Escape")
            await page.click("#door-fraud")
            await expect(page.locator("#incident-words")).to_have_value("Le livret cite une autre école.")
            await page.click("#incident-send")
            await marc.see("#incidents [data-incident]")
            await expect(page.locator("#incidents .j-asked dd")).to_have_text("«\u00a0Pages 12 à 14.\u00a0»")
            await expect(page.locator("#script-title")).to_be_visible()
            await page.click("#door-incident")
            await expect(page.locator("#incident-words")).to_have_value("")
            await page.press("#incident-title", "Escape")
            await page.click("#tab-panel-notes")
            await page.fill("#note", "Demander comment la pierre a été sertie.")
            await page.reload()
            await page.click("#tab-panel-notes")
            await expect(page.locator("#note")).to_have_value("Demander comment la pierre a été sertie.")
            await expect(page.locator("#note-state")).to_contain_text("enregistré", timeout=patient(10) * 1000)
            await page.reload()
            await page.click("#tab-panel-notes")
            await expect(page.locator("#note-state")).to_contain_text("enregistré ")
            await expect(page.locator("#note")).to_have_value("Demander comment la pierre a été sertie.")
            await page.wait_for_function("() => !Object.keys(sessionStorage).some(key => key.startsWith('drafts'))")


@pytest.mark.rule("R4.4")
async def test_a_call_for_help_outlives_escape_and_says_what_was_chosen(tmp_path: Path) -> None:
    async with day(tmp_path) as (hall, chromium):
        await hall.arrive(*hall.jury)
        async with looking_as(chromium, hall.sofia) as sofia, looking_as(chromium, hall.organizer) as claire:
            page = sofia.page
            await page.click("[data-help]")
            await page.click("label:has(#help-kind-not_heard)")
            await page.fill("#help-words", "Le micro est branché.")
            await page.keyboard.press("Escape")
            await page.reload()
            await page.click("[data-help]")
            await expect(page.locator("#help-words")).to_have_value("Le micro est branché.")
            await expect(page.locator("#help-kind-not_heard")).to_be_checked()
            await page.click('dialog [data-act="ReportProblem"]')
            await expect(claire.page.locator("#calls .call strong")).to_have_text(
                "Sofia Benali\u00a0: on ne l’entend pas. «\u00a0Le micro est branché.\u00a0»")
            await page.keyboard.press("Escape")
            await page.click("[data-help]")
            await expect(page.locator("#help-words")).to_have_value("")


@pytest.mark.rule("R6.1", "R3.2", "X2")
async def test_a_candidate_on_a_phone_reads_what_is_kept_and_why_nothing_was_signed(tmp_path: Path) -> None:
    async with day(tmp_path) as (hall, chromium):
        lina = hall.candidates[0]
        await hall.arrive(*hall.jury)
        await hall.designate()
        async with looking_as(chromium, lina, size=PHONE) as window:
            page = window.page
            await expect(page.get_by_text("Ce texte et l’heure sont conservés.")).to_be_visible()
            hearing = await hall.call_in()
            for juror in (hall.marc, hall.sofia):
                await juror.send("GiveIdentityOpinion", hearing=hearing, conform=True)
            await hall.helene.send("DecideIdentity", hearing=hearing, finding="conform", course="proceed")
            for point, _ in enumerate((await hall.helene.view())["hearing"]["reminder"]):
                await hall.helene.send("CheckReminder", hearing=hearing, point=point, said=True)
            await page.click("#sheet-form button[type=submit]")
            await window.see("#sheet-wrong")
            await page.screenshot(path=tmp_path / "sheet-wrong-390.png")
            assert await on_top(page, "#sheet-wrong")
            await page.click('label:has([name="how"][value="typed"])')
            await page.fill("#sheet-name", "Lina Mor")
            await page.reload()
            await expect(page.locator("#sheet-name")).to_have_value("Lina Mor")
            await expect(page.locator("#sheet-name")).to_be_visible()


async def test_in_english_official_wording_is_marked_as_french_and_hours_are_said_one_way(tmp_path: Path) -> None:
    async with day(tmp_path) as (hall, chromium):
        await hall.arrive(*hall.jury, hall.candidates[0])
        async with looking_as(chromium, hall.candidates[0], locale="en-GB") as lina:
            await expect(lina.page.get_by_text("The official wording is in French.")).to_be_visible()
            assert await lina.page.get_attribute("#message", "lang") == "fr"
        await hall.designate()
        hearing = await hall.present()
        async with looking_as(chromium, hall.marc, locale="en-GB") as marc:
            note = marc.page.locator("#grid-pane").get_by_text("The official wording is in French.")
            await expect(note).to_be_visible()
            marked = "#grid-definitions dd, .grade [id^=title-], .j-questions, #grid-blocks h3"
            langs = await marc.page.eval_on_selector_all(marked, "all => [...new Set(all.map(one => one.lang))]")
            assert langs == ["fr"]
        async with looking_as(chromium, hall.organizer, f"records/{hearing}", locale="en-GB") as record:
            told = await record.page.inner_text("main")
            assert (" AM" in told or " PM" in told) is False


@pytest.mark.rule("R3.4", "R3.6")
async def test_who_is_dismissed_is_out_and_who_is_kept_out_comes_back(tmp_path: Path) -> None:
    async with day(tmp_path) as (hall, chromium):
        lina = hall.candidates[0]
        await hall.arrive(*hall.jury)
        await hall.designate()
        async with (
            looking_as(chromium, lina) as candidate, looking_as(chromium, hall.organizer) as claire,
            looking_as(chromium, hall.marc) as marc,
        ):
            await hall.arrive(*hall.jury, lina)
            hearing = await hall.present()
            await candidate.see("#room")
            asked: list[str] = []
            candidate.page.on("request", lambda request: asked.append(request.url))
            await hall.deliberate(hearing)
            await candidate.see("#after-title")
            asked.clear()
            await asyncio.sleep(8)
            assert [one for one in asked if one.endswith("/events")] == []
            await claire.page.click("#tab-panel-room")
            await claire.see("#room-shut")
            await hall.agree(hearing)
            await hall.recommend(hearing)
            await hall.sign(hearing)
            told = marc.page.locator("#banners").get_by_text("est transmis au jury de certification")
            await expect(told).to_be_visible()
            await expect(claire.page.locator("#room-shut")).to_be_hidden(timeout=patient(6) * 1000)
            await hall.sofia.send("ReportProblem", kind="frozen")
            await claire.page.click("#tab-panel-day")
            await expect(claire.page.locator("#calls .call strong")).to_have_text("Sofia Benali\u00a0: l’image se fige")
            await marc.page.reload()
            await expect(told).to_be_visible()
            await marc.page.click("#banners .banner:has-text('est transmis') >> text=Fermer")
            await expect(told).to_be_hidden()
            await marc.page.reload()
            await marc.see("#panel-jury")
            await expect(told).to_be_hidden()
            gone = [one for window in (candidate, marc) for one in window.problems if " DELETE " in one]
            assert gone == []


async def test_among_themselves_the_jury_sees_the_colleagues_and_oneself_small(tmp_path: Path) -> None:
    async with day(tmp_path) as (hall, chromium):
        await hall.arrive(*hall.jury)
        async with (
            looking_as(chromium, hall.marc) as marc, looking_as(chromium, hall.helene),
            looking_as(chromium, hall.sofia),
        ):
            for size in (DESKTOP, PHONE):
                await marc.page.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
                await marc.page.reload()
                await marc.sees("seat-helene", 20)
                await marc.sees("seat-sofia", 20)
                await marc.page.screenshot(path=tmp_path / f"among-{size['width']}.png")
                areas = await marc.page.evaluate(
                    """() => Object.fromEntries([...document.querySelectorAll('.j-stage .strip > .tile')].map(tile => {
                        const {width, height} = tile.getBoundingClientRect();
                        return [tile.id || tile.dataset.seat, width * height];
                    }))"""
                )
                own = areas.pop("own")
                assert sorted(areas) == ["seat-helene", "seat-sofia"]
                assert min(areas.values()) > 1.5 * own
                assert await marc.sideways() == 0
