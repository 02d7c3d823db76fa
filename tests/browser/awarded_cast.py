"""The people around a sitting, each in a browser of their own: offices that signed in, members and candidates who come
by their letters' links."""
from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from evaluation.deadlines import day_of
from tests.browser.awarded_days import NAMES, REPRESENTATIVES
from tests.browser.filling import follow, send
from tests.browser.test_offices import at_desk
from tests.browser.windows import DESKTOP, Window, browser, last_sight, watched
from tests.evaluation.frameworks import POLISHING
from tests.pace import patient
from tests.server import bodies
from tests.server.http.house import House, Maker, house
from tests.server.http.office.sitting_desk import Desk
from tests.serving import eventually

CLERK, COMMISSION = bodies.CLERK, bodies.MEMBER
THREE, OTHERS = ("presides", "employees", "employers"), ("presides-too", "substitute", "employers-too")
"""Who decides: the president, the employees' and the employers' representatives; and who does after an appeal."""


@asynccontextmanager
async def cast_after(folder: Path, begins: Maker) -> AsyncIterator[Awarding]:
    """Everybody, in a house that begins so."""
    async with (house(folder, True, POLISHING, begins) as home, async_playwright() as playwright,
                browser(playwright) as chromium):
        cast = Awarding(home, chromium, folder)
        try:
            yield cast
        except BaseException:
            await last_sight(cast.windows, folder)
            raise


@dataclass
class Awarding:
    home: House
    chromium: Browser
    folder: Path
    windows: dict[str, Window] = field(default_factory=dict[str, Window])
    """By the person's id."""
    three: tuple[str, str, str] = THREE
    """Who decides in the sitting that is held now."""

    @property
    def desk(self) -> Desk:
        return Desk(self.home)

    async def settled(self) -> None:
        await self.home.settled()

    async def at(self, person: str, *links: str) -> Page:
        """Somebody of an office, from their space, link after link."""
        if person not in self.windows:
            self.windows[person] = await at_desk(self.chromium, self.desk.desks, person, scripts=False)
        page = self.windows[person].page
        await page.goto(f"{self.home.url}/space/{person}/")
        await follow(page, *links)
        return page

    async def by_letter(self, person: str, called: str) -> Page:
        """Somebody's space, by the link of the newest letter to them; later by its address."""
        if person in self.windows:
            page = self.windows[person].page
            await page.goto(f"{self.home.url}/space/{person}/")
            return page
        context = await self.chromium.new_context(
            locale="fr-FR", viewport=DESKTOP, java_script_enabled=False)  # pyright: ignore[reportArgumentType]
        self.windows[person] = watched(await context.new_page(), context)
        page = self.windows[person].page
        links = list[str]()

        async def come() -> bool:
            mine = [one for one in await self.home.letters() if f"Bonjour {called}," in one]
            links[:] = re.findall(r"/i/[\w-]+", "".join(mine))
            return bool(links)

        await eventually(come, patient(20))
        await page.goto(self.home.url + links[-1])
        await send(page, "Ouvrir mon espace")
        return page

    async def member(self, name: str) -> Page:
        return await self.by_letter(self.desk.member(name), REPRESENTATIVES[name].split()[0])

    def page(self, member: str) -> Page:
        """What a member has before them."""
        return self.windows[self.desk.member(member)].page

    async def candidate(self, seat: str) -> Page:
        return await self.by_letter(self.home.person(seat), NAMES[seat].split()[0])

    @property
    def tomorrow(self) -> date:
        return day_of(self.home.clock()) + timedelta(days=1)

    def goes_on(self, at: int) -> None:
        self.home.clock.ahead += at - self.home.clock()

    @property
    def problems(self) -> list[str]:
        return [one for window in self.windows.values() for one in window.problems]
