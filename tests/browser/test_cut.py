"""A reload, and a line cut for ten seconds: who is back is seen within three, and nobody else's streams change."""
from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import Route, async_playwright

from server.http import parts
from server.media.sfu.built_in_engine import Sfu
from tests.browser.windows import Window, browser, enter
from tests.server.http.house import House, house
from tests.server.media.peers import Relay

pytestmark = [pytest.mark.browser, pytest.mark.alone, pytest.mark.rule("X9")]

CUT_SECONDS, BACK_SECONDS = 10.0, 3.0


class Cut(Relay):
    """The person's line: while it is cut, nothing passes either way."""

    cut = False

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if not self.cut:
            super().datagram_received(data, addr)

    def down(self, data: bytes, addr: tuple[str, int]) -> None:
        if not self.cut:
            super().down(data, addr)


async def through(window: Window, port: int) -> None:
    """This window's media goes through the line, over UDP alone."""

    async def answer(route: Route) -> None:
        if route.request.method != "POST":
            await route.continue_()
            return
        response = await route.fetch()
        lines = (await response.text()).splitlines(keepends=True)
        udp = [re.sub(r"^(a=candidate:\S+ 1 udp \d+ \S+) \d+ ", rf"\1 {port} ", one) for one in lines
               if not re.match(r"a=candidate:\S+ 1 tcp", one)]
        await route.fulfill(response=response, body="".join(udp))

    await window.page.route(re.compile(r"/seat/[^/]+/wh[ie]p/"), answer)


async def all_see(home: House, candidate: Window, jurors: list[Window], seconds: float) -> None:
    """The jurors the candidate, and the candidate a juror."""
    await asyncio.gather(
        *(one.sees(home.seat("cand"), seconds) for one in jurors), candidate.sees(home.seat("emp"), seconds))


def negotiations(window: Window) -> list[str]:
    """What this window asks of the media from now on."""
    asked: list[str] = []
    window.page.on("request", lambda request: asked.append(f"{request.method} {request.url}")
                   if re.search(r"/(whip|whep|media)/", request.url) else None)
    return asked


async def test_back_after_a_cut_and_after_a_reload(tmp_path: Path) -> None:
    async with house(tmp_path) as home, async_playwright() as playwright:
        await home.to_questions()
        engine = home.app[parts.ENGINE]
        assert isinstance(engine, Sfu)
        line = Cut(engine.udp_port)
        port = await line.open()
        async with browser(playwright) as theirs, browser(playwright) as jury:
            candidate = await enter(theirs, f"{home.url}/i/{home.tokens['cand']}", before=lambda w: through(w, port))
            jurors = [await enter(jury, f"{home.url}/i/{home.tokens[name]}") for name in ("emp", "own")]
            await all_see(home, candidate, jurors, 20)
            # Until the jurors see each other, too, their pages still have something to ask for.
            await asyncio.gather(jurors[0].sees(home.seat("own"), 20), jurors[1].sees(home.seat("emp"), 20))
            asked = [negotiations(one) for one in jurors]
            line.cut = True
            await candidate.context.set_offline(True)
            await asyncio.sleep(CUT_SECONDS)
            await candidate.context.set_offline(False)
            line.cut = False
            await all_see(home, candidate, jurors, BACK_SECONDS)
            assert asked == [[], []]
            await candidate.page.reload(wait_until="commit")
            await all_see(home, candidate, jurors, BACK_SECONDS)
            await jurors[0].sees(home.seat("own"), 3.0)
        line.close()
