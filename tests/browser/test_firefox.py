"""A juror with Firefox and a candidate with Chromium: they see each other, and a mark is kept."""
from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from tests.browser.firefox import Fox, Network, firefox, firefox_path, other_network
from tests.browser.windows import INTO_A_SEAT, browser, enter
from tests.server.http.house import house
from tests.serving import eventually

pytestmark = [
    pytest.mark.browser, pytest.mark.alone,
    pytest.mark.skipif(firefox_path() is None, reason="no Firefox on this machine"),
]

# Firefox counts no frames of a stream: what is painted is looked at instead. The test picture never stands still.
PAINTED = """(() => {
    const video = document.querySelector('[data-seat="%s"] video');
    if (!video?.videoWidth) return '';
    const canvas = new OffscreenCanvas(64, 36), painter = canvas.getContext('2d');
    painter.drawImage(video, 0, 0, 64, 36);
    return painter.getImageData(0, 0, 64, 36).data.join();
})()"""


async def fox_sees(fox: Fox, seat: str) -> None:
    """This person's image is painted, and changes."""

    async def moving() -> bool:
        before = await fox.run(PAINTED % seat)
        await asyncio.sleep(1)
        return before not in ("", await fox.run(PAINTED % seat))

    await eventually(moving, 30)


async def arrive(fox: Fox, link: str) -> None:
    await fox.go(link)
    await _press(fox, "form button.main")

    async def at_home() -> bool:
        return await fox.run(f'document.querySelector("{INTO_A_SEAT}") !== null')

    await eventually(at_home, 20)
    await _press(fox, INTO_A_SEAT)

    async def seated() -> bool:
        return await fox.run("document.body?.dataset.seatPath !== undefined")

    await eventually(seated, 20)


async def _press(fox: Fox, button: str) -> None:
    # Later: the answer must be given before the page goes.
    await fox.run(f'void setTimeout(() => document.querySelector("{button}").click(), 100)')


@pytest.fixture
def network():
    with other_network() as made:
        if made is None:
            pytest.skip("this machine does not let us make a network of its own")
        yield made


async def test_a_juror_with_firefox(network: Network, tmp_path: Path) -> None:
    here = {"server__host": network.ours, "media__bind": network.ours, "media__addresses": [network.ours]}
    async with house(tmp_path / "data", **here) as home, async_playwright() as playwright:
        await home.to_questions()
        async with browser(playwright, secure=home.url) as chromium, firefox(network, tmp_path, home.url) as fox:
            candidate = await enter(chromium, f"{home.url}/i/{home.tokens['cand']}")
            await arrive(fox, f"{home.url}/i/{home.tokens['own']}")
            await fox_sees(fox, home.seat("cand"))
            await candidate.sees(home.seat("own"), 30)
            await fox.run("document.getElementById('mark-C1.1-A').click()")

            async def kept() -> bool:
                state = await home.state()
                return "C1.1" in state.hearing(home.hearing()).grid(home.seat("own")).marks

            await eventually(kept, 10)

            async def said() -> bool:
                saved = '[data-saved="C1.1"]:not(.warn, .j-waits)'
                return bool(await fox.run(f"Boolean(document.querySelector('{saved}'))"))

            await eventually(said, 10)
