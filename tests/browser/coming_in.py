"""How people come in who have nothing but their mail and what is handed to them: by an office, or by a mailed link."""
from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, Page

from tests.browser.filling import follow, send
from tests.browser.looking import examine
from tests.browser.mailroom import Mailroom, code_of, link_of
from tests.browser.windows import DESKTOP, Window, few_pixels, watched
from tests.server.http.house import House
from tests.server.http.staff import PASSWORD, Staff

HOUR = 3_600_000


@dataclass
class Cast:
    """Everybody, in one browser program: each has a profile of their own in it, as on a machine of their own."""

    home: House
    chromium: Browser
    post: Mailroom
    folder: Path
    wrong: list[str] = field(default_factory=list[str])
    windows: dict[str, Window] = field(default_factory=dict[str, Window])
    """By the name in front of a person's e-mail address."""
    staff: dict[str, Staff] = field(default_factory=dict[str, Staff])
    spaces: dict[str, str] = field(default_factory=dict[str, str])
    """The addresses of their spaces, as their browsers show them."""

    async def window(self, who: str, *, camera: bool = False) -> Window:
        """The person's own; made at first."""
        if who not in self.windows:
            context = await self.chromium.new_context(
                locale="fr-FR", viewport=DESKTOP,  # pyright: ignore[reportArgumentType]
                permissions=["camera", "microphone"] if camera else [])
            self.windows[who] = watched(await context.new_page(), context)
            await few_pixels(self.windows[who])
        return self.windows[who]

    def page(self, who: str) -> Page:
        return self.windows[who].page

    async def look(self, who: str, name: str, *meant: str) -> None:
        """Axe, both widths, what the page complained of; `meant` are refusals that were."""
        window = self.windows[who]
        found = await examine(window, name, self.folder)
        self.wrong += [one for one in found if not any(f": {status} " in one for status in meant)]
        window.problems.clear()
        await window.page.set_viewport_size(DESKTOP)  # pyright: ignore[reportArgumentType]

    def goes_by(self, milliseconds: int) -> None:
        self.home.clock.ahead += milliseconds

    def goes_on(self, at: int) -> None:
        """Until then."""
        self.goes_by(at - self.home.clock())

    # Offices

    async def set_up(self, who: str, link: str) -> Page:
        """A password and a telephone, behind a link that lets in once."""
        page = (await self.window(who)).page
        staff = self.staff[who] = Staff(self.home, "", f"{who}@example.org")
        if page.url != link:
            await page.goto(link)
        await send(page, "Continuer vers le code", password=PASSWORD, again=PASSWORD)
        staff.secret = (await page.inner_text("code[translate=no]")).replace(" ", "")
        await send(page, "Vérifier et enregistrer", code=staff.code())
        return self._in(who)

    async def sign_in(self, who: str) -> Page:
        """After a long time: by password and code, and to the space."""
        page, staff = (await self.window(who)).page, self.staff[who]
        staff.next_code()
        await page.goto(f"{self.home.url}/sign-in")
        await send(page, "Se connecter", email=staff.email, password=PASSWORD, code=staff.code())
        await page.wait_for_url("**/space/*/", wait_until="domcontentloaded")
        return self._in(who)

    def _in(self, who: str) -> Page:
        page = self.page(who)
        self.spaces[who] = page.url.partition("?")[0]
        return page

    async def at(self, who: str, *links: str) -> Page:
        """From the space, link after link."""
        page = self.page(who)
        await page.goto(self.spaces[who])
        await follow(page, *links)
        return page

    # By mail

    async def by_mail(self, who: str, about: str) -> Page:
        """To the space, by the link of the newest letter about something; with a mailed code where one is asked for."""
        page = (await self.window(who, camera=True)).page
        await page.goto(link_of(await self.post.letter(who, about)))
        await send(page, "Ouvrir mon espace")
        if "/space/" not in page.url:
            before = len(self.post.box.got)
            await send(page, "Recevoir le code")
            code = await self.post.letter(who, "Votre code Visiojury", since=before)
            await send(page, "Ouvrir mon espace ici", code=code_of(code))
        await page.wait_for_url("**/space/*/", wait_until="domcontentloaded")
        return self._in(who)
