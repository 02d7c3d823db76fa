"""The whole cast of the demo at their browsers."""
from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.async_api import async_playwright

from server.documents.demo import camera_clip, demo_people, identity_card
from tests.browser.one_jury import Jury
from tests.browser.windows import FRAMES_PER_SECOND, Window, browser, enter, few_pixels, last_sight
from tests.serving import Served

CLIP_SECONDS = 3.0


@dataclass
class Day(Jury):
    """Everybody's window."""

    served: Served
    lina: Window
    organizer: Window
    observer: Window
    aid: Window
    karim: Window | None = None
    """Comes when it is his turn: fewer browsers at once is all that a small machine can bear."""
    said_of_observers = "Paul Renaud observe"

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
        marc, helene, sofia = jurors
        organizer, observer, aid = others
        day = Day(marc, helene, sofia, served, lina, organizer, observer, aid)
        try:
            yield day
        except BaseException:
            await last_sight({one.seat: one for one in day.everybody()}, folder)
            raise
