"""The same through a real browser: its offers, its congestion control, its ICE restart, its ICE-TCP."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from playwright.async_api import Page, async_playwright

from server.media.engine import MediaRefusal, Negotiated
from tests.browser.windows import chromium_path
from tests.pace import within
from tests.server.media.peers import ROOM

pytestmark = pytest.mark.browser

FLAGS = """--no-sandbox --disable-gpu --use-fake-ui-for-media-stream --use-fake-device-for-media-stream
--autoplay-policy=no-user-gesture-required --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync --disable-default-apps --no-pings""".split()


def application(sfu) -> web.Application:
    """WHIP and WHEP as the server's http layer would put them: /publish/SEAT/SOURCE, /view/SEAT/PEER/SOURCE."""

    def answer(negotiated: Negotiated, seat: str, status: int, only: str) -> web.Response:
        sdp = "".join(
            line for line in negotiated.sdp.splitlines(keepends=True) if "a=candidate" not in line or only in line
        )
        headers = {"Location": f"/resource/{seat}/{negotiated.resource}", "ETag": negotiated.etag}
        return web.Response(text=sdp, status=status, headers=headers)

    async def publish(request: web.Request) -> web.Response:
        seat, source = request.match_info["seat"], request.match_info["source"]
        negotiated = await sfu.publish(ROOM, seat, source, await request.text())
        return answer(negotiated, seat, 201, request.query.get("only", ""))

    async def view(request: web.Request) -> web.Response:
        seat, peer, source = (request.match_info[name] for name in ("seat", "peer", "source"))
        negotiated = await sfu.view(ROOM, seat, peer, source, await request.text())
        return answer(negotiated, seat, 201, request.query.get("only", ""))

    async def restart(request: web.Request) -> web.Response:
        seat, resource = request.match_info["seat"], request.match_info["resource"]
        negotiated = await sfu.restart(ROOM, seat, resource, request.headers.get("If-Match"), await request.text())
        return answer(negotiated, seat, 200, "")

    async def page(request: web.Request) -> web.FileResponse:
        return web.FileResponse(Path(__file__).with_name("chromium.html"))

    @web.middleware
    async def refusals(request: web.Request, handler):
        try:
            return await handler(request)
        except MediaRefusal as refusal:
            return web.Response(status=refusal.status, text=refusal.reason)

    app = web.Application(middlewares=[refusals])
    app.add_routes(
        [
            web.get("/", page),
            web.post("/publish/{seat}/{source}", publish),
            web.post("/view/{seat}/{peer}/{source}", view),
            web.patch("/resource/{seat}/{resource}", restart),
        ]
    )
    return app


@pytest.fixture
async def page(sfu) -> AsyncIterator[Page]:
    runner = web.AppRunner(application(sfu))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        page = await browser.new_page()
        await page.goto(f"http://127.0.0.1:{port}/")
        yield page
        await browser.close()
    await runner.cleanup()


async def decoding(page: Page, name: str, frames: int) -> dict:
    """Waits for so many frames more."""
    async with within(10):
        start = (await page.evaluate("figures", name)).get("video", {}).get("framesDecoded", 0)
        while True:
            figures = await page.evaluate("figures", name)
            if figures.get("video", {}).get("framesDecoded", 0) >= start + frames:
                return figures
            await asyncio.sleep(0.1)


@pytest.mark.alone
async def test_chromium_publishes_views_restarts_and_comes_back(sfu, page):
    await page.evaluate("publish('camera', '/publish/candidate/main')")
    for juror in ("juror1", "juror2"):
        await page.evaluate(f"view('{juror}', '/view/{juror}/candidate/main')")
    await page.evaluate("view('juror3', '/view/juror3/candidate/main?only=tcp')")
    await asyncio.gather(*(decoding(page, f"juror{i}", 20) for i in (1, 2, 3)))

    over_tcp = await page.evaluate("figures", "juror3")
    pair = over_tcp["pair"]
    assert over_tcp["remote-candidate"][pair["remoteCandidateId"]]["protocol"] == "tcp"

    for name in ("camera", "juror1"):
        await page.evaluate("restart", name)
        await decoding(page, "juror1", 10)

    capture = await sfu.capture(ROOM, "candidate", "main")
    assert (capture.width / capture.height, capture.jpeg[:2]) == (4 / 3, b"\xff\xd8")

    # A reload: the old connection says nothing, the new one publishes, the viewers renegotiate nothing.
    await page.evaluate("publish('again', '/publish/candidate/main')")
    await asyncio.gather(*(decoding(page, f"juror{i}", 20) for i in (1, 2, 3)))
    figures = await page.evaluate("figures", "juror1")
    assert figures["video"]["packetsLost"] <= 0
    # With no feedback Chromium stays at the 300 kbit/s it starts with.
    async with within(15):
        while (await page.evaluate("figures", "again"))["video"]["targetBitrate"] < 450_000:
            await asyncio.sleep(0.2)


async def test_chromiums_offer_for_a_refused_seat_is_refused(sfu, page):
    with pytest.raises(Exception, match=re.escape("403 this seat may not publish")):
        await page.evaluate("publish('camera', '/publish/stranger/main')")
