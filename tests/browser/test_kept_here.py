"""What a browser keeps until it has left: sealed, never lost while the seat lives; an upload on a line that dies."""
from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Page, Route, async_playwright, expect

from server.http import parts
from tests.browser.windows import browser, chromium_path, enter, through_space
from tests.pace import patient
from tests.server.http.house import house

pytestmark = pytest.mark.browser

SECRET = "Une phrase que nul autre ne doit lire."
STORED = """async () => {
    const found = [];
    for (const {name} of await indexedDB.databases()) {
        const opened = await new Promise((done, failed) => {
            const request = indexedDB.open(name);
            [request.onsuccess, request.onerror] = [() => done(request.result), failed];
        });
        for (const store of opened.objectStoreNames) {
            const all = opened.transaction(store).objectStore(store).getAll();
            await new Promise(done => { all.onsuccess = done; });
            for (const row of all.result) {
                const bytes = row.sealed ? new TextDecoder().decode(row.sealed) : '';
                found.push(JSON.stringify({...row, sealed: undefined}) + bytes);
            }
        }
        opened.close();
    }
    return [...found, ...Object.values(localStorage)];
}"""
"""Everything that outlives the tab, as text."""


async def refused(page: Page) -> None:
    """The server answers that it is full; the page itself can be loaded."""

    async def full(route: Route) -> None:
        await route.fulfill(status=507, headers={"Retry-After": "2"}, json={"refusal": "Le serveur n’a plus de place."})

    await page.route("**/commands", full)


async def note(page: Page, words: str) -> None:
    await page.click("#tab-panel-notes")
    await page.fill("#note", words)


SLOW_TO_READ = """() => {
    if (sessionStorage.readOn) return;
    const read = crypto.subtle.importKey.bind(crypto.subtle);
    const may = new Promise((go) => { globalThis.readOn = () => { sessionStorage.readOn = 1; go(); }; });
    crypto.subtle.importKey = async (...of) => { await may; return read(...of); };
}"""
"""What the browser keeps is read when `readOn` is called."""


async def open_notes_at_once(page: Page) -> None:
    """A juror who is quicker than the page is where they went."""
    await page.add_init_script(f"({SLOW_TO_READ})()")
    await through_space(page)
    await page.click("#tab-panel-notes")
    await page.evaluate("readOn()")
    await expect(page.locator("#main")).to_have_attribute("data-mode", "desk")
    await expect(page.locator("#tab-panel-grid b")).not_to_be_empty()
    await expect(page.locator("#panel-notes")).to_be_visible()


async def test_unsent_words_outlive_the_browser_sealed_and_are_gone_once_sent(tmp_path: Path) -> None:
    async with house(tmp_path) as home, async_playwright() as playwright:
        await home.to_questions()
        profile = tmp_path / "profile"

        async def start() -> tuple[Page, object]:
            context = await playwright.chromium.launch_persistent_context(
                profile, executable_path=chromium_path(), locale="fr-FR", permissions=["camera", "microphone"],
                args=["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"])
            page = context.pages[0]
            await refused(page)
            return page, context

        page, context = await start()
        await page.goto(f"{home.url}/i/{home.tokens['emp']}")
        await open_notes_at_once(page)
        address = page.url
        await note(page, SECRET)
        await expect(page.locator("#note-state")).to_have_text("en attente du serveur", timeout=patient(15_000))
        told = page.locator("#banners .banner.warn", has_text="Vos notes attendent le serveur.")
        await expect(told).to_contain_text("Il demande d’attendre 2\u00a0s.")
        stored = await page.evaluate(STORED)
        assert stored
        assert [one for one in stored if SECRET in one] == []
        await page.reload()
        await page.click("#tab-panel-notes")
        await expect(page.locator("#note")).to_have_value(SECRET)
        await note(page, SECRET + " Et plus.")
        await page.reload()  # at once: the newer words have had no time to be sealed
        await page.click("#tab-panel-notes")
        await expect(page.locator("#note")).to_have_value(SECRET + " Et plus.")
        await expect(page.locator("#note-state")).to_have_text("en attente du serveur", timeout=patient(15_000))
        await context.close()  # type: ignore[attr-defined]
        page, context = await start()
        await page.goto(address)
        await page.click("#tab-panel-notes")
        await expect(page.locator("#note")).to_have_value(SECRET + " Et plus.")
        await page.unroute("**/commands")
        await expect(page.locator("#note-state")).to_contain_text("enregistré", timeout=patient(15_000))
        assert [one for one in await page.evaluate(STORED) if '"key":' in one] == []
        await context.close()  # type: ignore[attr-defined]


async def test_the_key_of_what_is_kept_is_the_seats_own(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        keys: list[str] = []
        seats = {name: await home.sit(name) for name in ("emp", "own")}
        for name in ("emp", "own", "emp"):
            browser_ = seats[name]
            page = await (await browser_.get(f"/seat/{home.seat(name)}/", Accept="text/html")).text()
            keys.append(page.split('"seal": "')[1].split('"')[0])
        assert keys[0] == keys[2] != keys[1]
        assert {len(one) for one in keys} == {64}


async def test_an_upload_on_a_line_that_dies_is_given_up_said_and_tried_again(tmp_path: Path) -> None:
    copy = tmp_path / "copy.png"
    copy.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(3_000_000))

    async with (house(tmp_path, limits__upload_stalled_seconds=1, limits__upload_tries=2) as home,
                async_playwright() as playwright, browser(playwright) as one):
        assert home.app[parts.CONFIG].limits.upload_stalled_seconds == 1
        candidate = await enter(one, f"{home.url}/i/{home.tokens['cand']}")
        page = candidate.page
        await page.check("#rules-read")
        await page.click("#rules-form button.main")
        await page.click('[data-screen="identity"] .chips label >> nth=0')
        held = 0

        async def hang(route: Route) -> None:
            nonlocal held
            held += 1
            await asyncio.sleep(60)

        await page.route("**/documents?*", hang)
        side = page.locator('[data-screen="identity"] [data-side="front"]')
        await side.locator('input[type="file"]').set_input_files(copy)
        await expect(side.locator(".state").first).to_contain_text("Nouvel essai", timeout=patient(15_000))
        await expect(side.locator(".wrong")).to_contain_text("L’envoi n’avançait plus", timeout=patient(15_000))
        assert held == 2
        await page.unroute("**/documents?*")
        await side.get_by_text("Envoyer de nouveau").click()
        last = expect(side.locator(".wrong, .state.ok").first)
        await last.not_to_contain_text("n’avançait plus", timeout=patient(30_000))
