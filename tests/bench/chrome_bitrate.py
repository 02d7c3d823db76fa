"""What a real Chromium publishes over lines of limited rate, and what its viewer sees."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import uvloop
from aiohttp import web
from playwright.async_api import Browser, Page, async_playwright

from server.documents.demo import camera_clip
from server.media.sfu.built_in_engine import Sfu
from tests.bench.figures import Reach, Teller
from tests.bench.line import Line
from tests.browser.windows import chromium_path
from tests.server.media.peers import ROOM, everybody
from tests.server.media.test_chromium import FLAGS, application

BENCH = "chrome_bitrate"
BITRATE, FREEZES = Reach("at least", 2_000_000.0), Reach("at most", 0.0)
KINDS = {"audio": True, "video": {"width": 1280, "height": 720, "frameRate": 30}}
"""As the pages ask of the candidate's camera, with its `contentHint` "detail"."""
FRAME_RATE, CLIP_SECONDS, GRAIN = 30, 2, 6.0
"""A drawing without a camera's noise needs no bit rate at all."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Plan:
    """Lines in bit/s."""

    wide_bps: float = 2_500_000
    narrow_bps: float = 1_000_000
    after_seconds: float = 10.0
    over_seconds: float = 2.0
    """The bit rate is the mean of so long, from `after_seconds` on."""
    narrow_seconds: float = 20.0


QUICK = Plan(after_seconds=3.0, over_seconds=1.0, narrow_seconds=4.0)


def run(out: Path, quick: bool = False) -> Iterator[dict[str, Any]]:
    return iter(uvloop.run(_measure(QUICK if quick else Plan(), Teller(BENCH, quick))))


async def _measure(plan: Plan, tell: Teller) -> list[dict[str, Any]]:
    async with AsyncExitStack() as stack:
        sfu = Sfu()
        await sfu.start()
        stack.push_async_callback(sfu.stop)
        sfu.set_rights(ROOM, everybody("candidate", "juror1"))
        playwright = await stack.enter_async_context(async_playwright())
        clip = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "camera.mjpeg"
        await asyncio.to_thread(make_clip, clip)
        camera = f"--use-file-for-fake-video-capture={clip}"
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=[*FLAGS, camera])
        stack.push_async_callback(browser.close)
        wide = await _wide(sfu, browser, plan, tell)
        return [wide, *await _narrow(sfu, browser, plan, tell)]


def make_clip(path: Path) -> None:
    """720p: somebody drawn, with the grain of a camera in poor light."""
    chance = np.random.default_rng(1)
    drawn = path.with_suffix(".y4m")
    camera_clip(drawn, None, 1, CLIP_SECONDS, (1280, 720), FRAME_RATE)
    with path.open("wb") as out, av.open(str(drawn)) as clip:
        for frame in clip.decode(video=0):
            picture = frame.to_ndarray(format="bgr24")
            grain = chance.normal(0, GRAIN, (720, 1280, 1))
            noisy = np.clip(picture + grain, 0, 255).astype(np.uint8)
            out.write(cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes())


async def _wide(sfu: Sfu, browser: Browser, plan: Plan, tell: Teller) -> dict[str, Any]:
    async with _call(sfu, browser, plan.wide_bps) as (page, line):
        await asyncio.sleep(plan.after_seconds)
        before = await _video(page, "camera")
        await asyncio.sleep(plan.over_seconds)
        after, seen = await _video(page, "camera"), await _video(page, "juror")
    took = (after["timestamp"] - before["timestamp"]) / 1e3
    return tell.line(
        "published_bitrate", (after["bytesSent"] - before["bytesSent"]) * 8 / took, "bit/s", BITRATE,
        line_bps=plan.wide_bps, after_seconds=plan.after_seconds, dropped=line.dropped,
        cases=_picture(after, seen),
    )


async def _narrow(sfu: Sfu, browser: Browser, plan: Plan, tell: Teller) -> list[dict[str, Any]]:
    """From the first frame on."""
    async with _call(sfu, browser, plan.narrow_bps) as (page, line):
        await asyncio.sleep(plan.narrow_seconds)
        sent, seen = await _video(page, "camera"), await _video(page, "juror")
    said = {"line_bps": plan.narrow_bps, "seconds": plan.narrow_seconds, "dropped": line.dropped}
    count, lasted = seen.get("freezeCount"), seen.get("totalFreezesDuration")
    if not seen.get("framesDecoded"):
        count = lasted = None  # nothing seen is no absence of freezes
    return [
        tell.line("freezes", count, "count", FREEZES, **said, cases=_picture(sent, seen)),
        tell.line("freezes_duration", lasted, "s", FREEZES, **said),
    ]


def _picture(sent: dict[str, Any], seen: dict[str, Any]) -> dict[str, Any]:
    published = ("frameWidth", "frameHeight", "framesPerSecond", "targetBitrate", "qualityLimitationReason")
    viewed = ("framesDecoded", "framesPerSecond", "packetsLost", "freezeCount", "pliCount")
    return {"sent": {n: sent.get(n) for n in published}, "seen": {n: seen.get(n) for n in viewed}}


async def _video(page: Page, name: str) -> dict[str, Any]:
    return (await page.evaluate("figures", name)).get("video", {})


@asynccontextmanager
async def _call(sfu: Sfu, browser: Browser, bps: float) -> AsyncIterator[tuple[Page, Line]]:
    """A publisher behind such a line, and a viewer that has a free one."""
    async with AsyncExitStack() as stack:
        line = Line(sfu.udp_port, bps)
        port = await line.open()
        stack.callback(line.close)
        app = application(sfu)
        app.middlewares.append(_through(port))
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        page = await browser.new_page()
        stack.push_async_callback(page.close)
        await page.goto(f"http://127.0.0.1:{runner.addresses[0][1]}/")
        await page.evaluate(
            "kinds => publish('camera', '/publish/candidate/main?only=%20udp%20', kinds, true)", KINDS
        )
        await page.evaluate("view('juror', '/view/juror1/candidate/main')")
        yield page, line


def _through(port: int) -> Any:
    """The publisher is told the line's port instead of the server's own."""

    @web.middleware
    async def through(request: web.Request, handler: Handler) -> web.StreamResponse:
        answer = await handler(request)
        if request.path.startswith("/publish/") and isinstance(answer, web.Response) and answer.text:
            answer.text = re.sub(r"(a=candidate:\S+ 1 udp \d+ \S+) \d+ ", rf"\1 {port} ", answer.text)
        return answer

    return through
