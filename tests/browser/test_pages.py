"""Every page of the day as each seat sees it at each step: no axe violation, nothing to the side, no complaint."""
from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.acting import Room, room
from tests.browser.looking import examine, looking_as
from tests.browser.windows import Window, browser, watched
from tests.serving import Person, serve_demo

pytestmark = [pytest.mark.browser, pytest.mark.rule("X2")]


@dataclass
class Gallery:
    """Looks at pages and keeps what is wrong with them."""

    chromium: Browser
    hall: Room
    folder: Path
    wrong: list[str] = field(default_factory=list[str])

    async def look(self, person: Person, name: str, *, where: str = "", wait: str = "#main", press: str = "") -> None:
        async with looking_as(self.chromium, person, where) as window:
            if press:
                await window.page.click(press)
            await window.see(wait)
            self.wrong += await examine(window, name, self.folder)

    async def public(self, name: str, path: str) -> None:
        context = await self.chromium.new_context(locale="fr-FR")
        window: Window = watched(await context.new_page(), context)
        await window.page.goto(self.hall.served.url + path)
        self.wrong += [one for one in await examine(window, name, self.folder) if " 404 " not in one]
        await context.close()


@asynccontextmanager
async def gallery(tmp_path: Path) -> AsyncIterator[Gallery]:
    folder = tmp_path / "pictures"
    folder.mkdir()
    served = serve_demo(tmp_path / "data", fast=False)
    try:
        async with AsyncExitStack() as stack:
            hall = await stack.enter_async_context(room(served))
            playwright = await stack.enter_async_context(async_playwright())
            yield Gallery(await stack.enter_async_context(browser(playwright)), hall, folder)
    finally:
        served.stop()


async def test_every_page_before_and_at_the_door(tmp_path: Path) -> None:
    async with gallery(tmp_path) as shown:
        hall = shown.hall
        await shown.public("front", "/")
        await shown.public("invitation", hall.served.links["candidates"][0]["link"].removeprefix(hall.served.url))
        await shown.public("link-unknown", "/i/unknown")
        await hall.arrive(*hall.jury)
        lina = hall.candidates[0]
        await shown.look(lina, "candidate-rules", wait="#rules-title")
        await shown.look(hall.helene, "jury-designate", wait="#president-title")
        await shown.look(hall.organizer, "organizer-morning")
        await shown.look(hall.aid, "aid-before")
        await hall.designate()
        await lina.send("AcknowledgePrevention", hearing="hearing-1", wording="0" * 64)
        await shown.look(lina, "candidate-consent", wait="#identity-title")
        await lina.send("AnswerFaceConsent", hearing="hearing-1", agreed=False, wording="0" * 64)
        await shown.look(lina, "candidate-check", wait="#check-title")
        await lina.send("EnterWaitingRoom", hearing="hearing-1")
        await shown.look(lina, "candidate-waiting", wait="#waiting-title")
        await shown.look(hall.helene, "president-ready", wait='[data-act="CallIn"]')
        assert shown.wrong == []


async def test_every_page_of_the_examination(tmp_path: Path) -> None:
    async with gallery(tmp_path) as shown:
        hall, lina = shown.hall, shown.hall.candidates[0]
        await hall.arrive(*hall.jury, lina)
        await hall.designate()
        hearing = await hall.call_in()
        await shown.look(lina, "candidate-identity", wait="#room")
        await shown.look(hall.helene, "president-identity", wait="#identity-title")
        await shown.look(hall.marc, "juror-identity", wait="#opinion-form")
        await hall.welcome(hearing)
        await hall.helene.send("StartPresentation", hearing=hearing)
        await shown.look(lina, "candidate-presentation", wait="#room")
        await shown.look(hall.marc, "juror-grid", wait="#panel-grid")
        for tab in ("presentation", "incidents", "notes"):
            await shown.look(hall.marc, f"juror-{tab}", press=f"#tab-panel-{tab}", wait=f"#panel-{tab}")
        await hall.marc.send(
            "RecordIncident", hearing=hearing, kind="technical", suspected_fraud=False, words="Coupure."
        )
        await shown.look(hall.observer, "observer-presentation")
        await shown.look(hall.aid, "aid-presentation")
        await shown.look(hall.organizer, "organizer-presentation")
        await hall.helene.send("PauseClock", hearing=hearing, cause="technical")
        await shown.look(lina, "candidate-pause", wait="#room")
        await shown.look(hall.organizer, "record-open", where=f"records/{hearing}", wait="main")
        assert shown.wrong == []


async def test_every_page_of_the_deliberation(tmp_path: Path) -> None:
    async with gallery(tmp_path) as shown:
        hall, lina = shown.hall, shown.hall.candidates[0]
        await hall.arrive(*hall.jury, lina)
        await hall.designate()
        hearing = await hall.present()
        await hall.mark_all(hearing)
        await hall.marc.send("SetMark", hearing=hearing, competency="C1.2", mark="NA", words="L’ordre des grains.")
        await hall.helene.send("StartQuestions", hearing=hearing)
        await hall.helene.send("DismissCandidate", hearing=hearing, words="Le jury a tout examiné.")
        await shown.look(lina, "candidate-after", wait="#after-title")
        await shown.look(hall.helene, "president-grading", wait="#panel-grid")
        for juror in hall.jury:
            await juror.send("CloseGrid", hearing=hearing)
        await hall.helene.send("OpenDeliberation", hearing=hearing)
        await shown.look(hall.helene, "deliberation-open", wait="#council")
        await shown.look(hall.organizer, "organizer-deliberation")
        await shown.look(hall.aid, "aid-after")
        await hall.agree(hearing)
        await shown.look(hall.helene, "deliberation-agreed", wait="#reco-list")
        await hall.recommend(hearing)
        await shown.look(hall.marc, "deliberation-sign", wait="#sign-list")
        await hall.sign(hearing)
        await shown.look(hall.organizer, "record-closed", where=f"records/{hearing}", wait="main")
        await shown.look(hall.helene, "president-next", wait="#main")
        assert shown.wrong == []
