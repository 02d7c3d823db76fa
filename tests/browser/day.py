"""The whole cast of the demo at their browsers, and what each does by mouse at each step of a hearing."""
from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.async_api import async_playwright, expect

from server.documents.demo import camera_clip, demo_people, identity_card
from tests.browser.windows import FRAMES_PER_SECOND, Window, browser, enter, few_pixels
from tests.serving import Served, eventually

CLIP_SECONDS = 3.0


@dataclass
class Day:
    """Everybody's window."""

    served: Served
    lina: Window
    marc: Window
    helene: Window
    sofia: Window
    organizer: Window
    observer: Window
    aid: Window
    karim: Window | None = None
    """Comes when it is his turn: fewer browsers at once is all that a small machine can bear."""

    @property
    def jury(self) -> tuple[Window, Window, Window]:
        """Employees, employers (who presides), trainer."""
        return self.marc, self.helene, self.sofia

    def everybody(self) -> list[Window]:
        karim = [self.karim] if self.karim else []
        return [self.lina, *karim, *self.jury, self.organizer, self.observer, self.aid]

    async def next_candidate(self) -> Window:
        """Those who came for the first candidate have left; the second one opens their link."""
        for window in (self.lina, self.aid, self.observer):
            await window.page.close()
        self.karim = await enter(
            self.marc.browser, self.served.links["candidates"][1]["link"], before=few_pixels)
        return self.karim

    # What people do, in order ----------------------------------------------------------------------------------

    async def at_the_door(self, candidate: Window, *, face: str = "no") -> None:
        """The rules acknowledged, `face` answered ("yes" or "no"), camera looked at, in the waiting room."""
        await candidate.page.check("#rules-read")
        await candidate.page.click("#rules-form button.main")
        await candidate.page.click(f'[data-screen="identity"] [data-answer="{face}"]')
        await candidate.see(f'[data-screen="identity"] [data-answer="{face}"][aria-pressed="true"]')
        await candidate.page.click("#identity-done")
        await candidate.see("#check-done")
        await candidate.page.click("#check-done")
        await candidate.see("#waiting-title")

    async def designate(self) -> None:
        """R3.1: two of the three choose Hélène."""
        for juror in (self.marc, self.sofia):
            await juror.page.click("#designate-seat-helene")
        await self.helene.see('[data-bar] button[data-act="CallIn"]')

    async def welcome(self, candidate: Window) -> None:
        """Identity compared by eyes, reminder, sheet."""
        helene = self.helene.page
        await helene.click("#identity-capture")
        await self.helene.see("#identity-live-image")
        for juror in (self.marc, self.sofia):
            await juror.page.click("#tab-panel-identity")
            await juror.page.check("#opinion-yes", force=True)
            await juror.page.click("#opinion-send")
        await helene.wait_for_selector("#identity-waiting", state="hidden")
        await helene.check("#finding-conform", force=True)
        await helene.click("#identity-send:not([disabled])")
        await self.helene.see("#reminder-0")
        for point in range(4):
            await helene.check(f"#reminder-{point}")
        await candidate.see("#sheet-form")
        await candidate.page.check('#sheet-form input[value="typed"]', force=True)
        await candidate.page.fill("#sheet-name", "Signature de la journée")
        await candidate.page.click('#sheet-form button[type="submit"]')

    async def mark(self, juror: Window, marks: dict[str, str]) -> None:
        """A juror's own grid, by mouse."""
        await juror.page.click("#tab-panel-grid")
        for code, mark in marks.items():
            await juror.page.check(f'[id="mark-{code}-{mark}"]', force=True)
            if mark == "NA":
                await juror.page.fill(f'[id="words-{code}"]', f"{code} : non justifiée devant le jury.")
        for code in marks:
            await juror.see(f'[data-saved="{code}"]:not(.warn, .j-waits)')

    async def dismiss(self) -> None:
        """With a reason where the floor has not been reached: how long the marking took is this machine's affair. That
        an observer may stay is said in any case."""
        await self.helene.act("DismissCandidate")
        dialog = self.helene.page.locator("dialog[open]")
        await expect(dialog).to_contain_text("Paul Renaud observe")
        reason = dialog.locator("#ask-words")
        if await reason.count():
            await reason.fill("Le jury a tout examiné.")
        await dialog.locator('[data-act="DismissCandidate"]').click()
        for juror in self.jury:
            await eventually(lambda juror=juror: grading(juror), 20)

    async def close_grids(self) -> None:
        for juror in self.jury:
            await juror.page.click("#tab-panel-grid")
            await juror.page.click('#panel-grid [data-act="CloseGrid"]')
        await self.helene.act("OpenDeliberation")
        await self.helene.page.click('dialog[open] [data-act="OpenDeliberation"]')
        for juror in self.jury:
            await juror.see("#council")

    async def agree(self, marks: dict[str, str]) -> None:
        """The president proposes, the two others confirm."""
        for code, mark in marks.items():
            # By its label, once the row stands still: rows grow and move as what is said under them changes.
            await self.helene.page.click(f'label:has([id="consensus-{code}-{mark}"])')
        for juror in (self.marc, self.sofia):
            await expect(juror.page.locator("[data-state=proposed], [data-state=reached]")).to_have_count(len(marks))
            await juror.page.click("#confirm-all")
        await expect(self.helene.page.locator("[data-state=reached]")).to_have_count(len(marks))

    async def recommend(self, advice: dict[str, str]) -> None:
        for block, value in advice.items():
            await self.helene.page.check(f'#recommend-{block} input[value="{value}"]', force=True)
            await self.helene.page.click(f"#advice-send-{block}")

    async def sign(self) -> None:
        """The president last; with her signature the hearing is closed."""
        for juror in (self.marc, self.sofia, self.helene):
            await juror.page.click('#sign:not([aria-disabled="true"])')
            confirm = juror.page.locator('dialog[open] [data-act="SignDeliberation"]')
            await confirm.click()
        await self.helene.page.wait_for_selector("#council", state="hidden")


async def grading(juror: Window) -> bool:
    """The juror's page says that the jury is alone and grades."""
    return await juror.page.locator('#panel-grid [data-act="CloseGrid"]').is_enabled() and (
        await juror.view())["hearing"]["phase"] == "grading"


def card_clip(folder: Path, index: int) -> Path:
    """A camera before which the candidate holds their card."""
    person = demo_people().candidates[index]
    path = folder / f"camera-{index}.y4m"
    camera_clip(path, identity_card(person, date(2024, 6, 1)).front, person.seed, CLIP_SECONDS, fps=FRAMES_PER_SECOND)
    return path


@asynccontextmanager
async def everybody(served: Served, folder: Path) -> AsyncIterator[Day]:
    """All seats open but the second candidate's; the candidate has a Chromium of their own, with their own camera."""
    async with AsyncExitStack() as stack:
        playwright = await stack.enter_async_context(async_playwright())
        clip = await asyncio.to_thread(card_clip, folder, 0)
        shared = await stack.enter_async_context(browser(playwright))
        own = await stack.enter_async_context(browser(playwright, clip))
        links = served.links
        lina = await enter(own, links["candidates"][0]["link"], before=few_pixels)
        jurors = [await enter(shared, one["link"], before=few_pixels) for one in links["jurors"]]
        others = [await enter(shared, links[name], before=few_pixels) for name in ("organizer", "observer", "aid")]
        day = Day(served, lina, *jurors, *others)
        try:
            yield day
        except BaseException:
            await last_sight(day, folder)
            raise


async def last_sight(day: Day, folder: Path) -> None:
    """What everybody had before their eyes when it failed, and what their pages complained of."""
    for window in day.everybody():
        with contextlib.suppress(Exception):
            await window.page.screenshot(path=folder / f"last-{window.seat}.png")
            print(window.seat, *window.problems, sep="\n  ")
