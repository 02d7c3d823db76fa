"""People at their browsers: Chromium, with a camera that plays a made clip."""
from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, Response, expect

from tests.pace import patient
from tests.serving import eventually

DESKTOP = {"width": 1280, "height": 720}
TABLET = {"width": 820, "height": 1180}
PHONE = {"width": 390, "height": 844}
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-default-apps --disable-extensions "
    "--autoplay-policy=no-user-gesture-required --use-fake-ui-for-media-stream"
).split()
FRAMES_PER_SECOND = 5
"""Of the drawn cameras: several browsers encode and decode on few cores."""

SMALL_CAMERA = """
    const devices = navigator.mediaDevices, real = devices.getUserMedia.bind(devices);
    const small = { width: { ideal: 320 }, height: { ideal: 180 } };
    devices.getUserMedia = (asked) => real(
        asked && asked.video ? { ...asked, video: { ...(asked.video === true ? {} : asked.video), ...small } } : asked);
"""
"""As a page's camera of few pixels: encoding and decoding everybody's is what a room of browsers costs a machine."""
INTO_A_SEAT = "main form[action*='/seats/'] button"
"""The button of a space that enters a seat: the first of them."""
STEP_S = 30.0
"""For a click, a page, a browser to come up."""
EXPECT_S = 10.0
"""For a page to say what it is expected to."""


engine_alone = False
"""Whether what is around a page need not be there: the same engine then takes a third less of a machine."""


def chromium_path() -> str:
    found = (engine_alone and shutil.which("chromium-headless-shell")) or shutil.which("chromium") or shutil.which(
        "chromium-browser") or shutil.which("google-chrome")
    assert found is not None, "no chromium: run `make test`, which installs it"
    return found


@asynccontextmanager
async def browser(playwright: Playwright, camera: Path | None = None, secure: str = "") -> AsyncIterator[Browser]:
    """One Chromium; `camera` is a .mjpeg or .y4m clip, else a test picture. `secure` is an origin taken for https."""
    fake = f"--use-fake-device-for-media-stream=device-count=2,fps={FRAMES_PER_SECOND}"
    clip = [f"--use-file-for-fake-video-capture={camera}"] if camera else []
    trusted = [f"--unsafely-treat-insecure-origin-as-secure={secure}"] if secure else []
    expect.set_options(timeout=patient(EXPECT_S) * 1000)
    started = await playwright.chromium.launch(
        executable_path=chromium_path(), headless=True, args=[*QUIET, fake, *clip, *trusted],
        timeout=patient(STEP_S) * 1000,
    )
    try:
        yield started
    finally:
        await started.close()


@dataclass
class Window:
    """One person's tab, and what went wrong in it."""

    page: Page
    context: BrowserContext
    problems: list[str] = field(default_factory=list[str])
    seat: str = ""
    """Whose page it is, from when they have entered."""

    @property
    def browser(self) -> Browser:
        found = self.context.browser
        assert found is not None
        return found

    async def act(self, name: str) -> None:
        """Press the bar's primary button for this act, once it can be pressed."""
        await self.page.click(f'[data-act="{name}"]:not([disabled]):not([aria-disabled="true"]):visible')

    async def see(self, selector: str, seconds: float = 15.0) -> None:
        await self.page.wait_for_selector(selector, state="visible", timeout=patient(seconds) * 1000)

    async def view(self) -> dict[str, Any]:
        """What the server would draw this seat's page from now, asked with the page's own cookies."""
        return await self.page.evaluate(
            """async () => {
                const headers = {'X-Asked-By': 'test'};
                let page;
                for (;;) {
                    page = await fetch(document.body.dataset.seatPath, {cache: 'no-store', headers});
                    if (page.status !== 429) break;
                    // Asked for more often than any person reloads: as long as the server says.
                    await new Promise((done) => setTimeout(done, page.headers.get('Retry-After') * 1000));
                }
                const drawn = new DOMParser().parseFromString(await page.text(), 'text/html').getElementById('view');
                if (!drawn) throw new Error(`${page.status}`);
                return JSON.parse(drawn.textContent);
            }"""
        )

    async def decoded(self) -> dict[str, int]:
        """Frames shown by each video element so far, by the seat it shows."""
        return await self.page.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll('[data-seat][data-source] video')]
                .filter(video => video.srcObject).map(video => {
                    const {seat, source} = video.closest('[data-seat]').dataset;
                    return [`${seat}/${source}`, video.getVideoPlaybackQuality().totalVideoFrames];
                }))"""
        )

    async def sees(self, seat: str, seconds: float, source: str = "main") -> None:
        """Frames of this person are decoded, and go on being decoded. Raises TimeoutError."""
        last = -1

        async def moving() -> bool:
            nonlocal last
            before, last = last, (await self.decoded()).get(f"{seat}/{source}", 0)
            await asyncio.sleep(0.25)
            return 0 <= before < last

        await eventually(moving, seconds)

    async def leave(self) -> None:
        """To a page without pictures of the same server: each window that shows the room costs a share of a core."""
        await self.page.goto("/".join(self.page.url.split("/")[:3]))

    async def sideways(self) -> int:
        """Pixels the page can be scrolled to the side: none are wanted."""
        return await self.page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )

    async def shot(self, folder: Path, name: str) -> None:
        """The page as it is at both widths."""
        for label, size in (("1280", DESKTOP), ("390", PHONE)):
            await self.page.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
            await asyncio.sleep(0.3)
            await self.page.screenshot(path=folder / f"{name}-{label}.png")
        await self.page.set_viewport_size(DESKTOP)  # pyright: ignore[reportArgumentType]


async def few_pixels(window: Window) -> None:
    """For `enter(before=…)`: a window among many."""
    await window.page.add_init_script(SMALL_CAMERA)


async def enter(
    chromium: Browser, link: str, *, locale: str = "fr-FR", size: dict[str, int] | None = None,
    before: Callable[[Window], Awaitable[None]] | None = None,
) -> Window:
    """Open a link, press its button, enter the first seat of the space that it leads to; `before` prepares the window.
    """
    context = await chromium.new_context(
        locale=locale, viewport=size or DESKTOP, permissions=["camera", "microphone"]  # pyright: ignore[reportArgumentType]
    )
    window = watched(await context.new_page(), context)
    if before:
        await before(window)
    await window.page.goto(link)
    await through_space(window.page)
    window.seat = window.page.url.split("/seat/")[1].split("/")[0]
    return window


async def through_space(page: Page) -> None:
    """From a link's page, by its button and the space's first one, to the seat."""
    await page.click("form button.main")
    await page.wait_for_url("**/space/**", wait_until="commit")
    await page.click(INTO_A_SEAT)
    # Before its scripts have run, a page is not there yet: what is asked of it then may be asked of the one before.
    await page.wait_for_url("**/seat/**", wait_until="domcontentloaded")


async def type_code(page: Page, code: Callable[[], Awaitable[str]]) -> None:
    """On a page that offers a code by mail: it is asked for, and typed."""
    await page.click('form[action$="ask-code"] button')
    await page.fill('input[name="code"]', await code())
    await page.click('form[action$="/code"] button')


async def last_sight(windows: Mapping[str, Window], folder: Path) -> None:
    """What everybody had before their eyes when it failed, and what their pages complained of."""
    for who, window in windows.items():
        with contextlib.suppress(Exception):
            await window.page.screenshot(path=folder / f"last-{who}.png", full_page=True)
            print(who, window.page.url, *window.problems, sep="\n  ")


def watched(page: Page, context: BrowserContext) -> Window:
    """A window that notes what goes wrong in its page."""
    context.set_default_timeout(patient(STEP_S) * 1000)
    window = Window(page, context)
    page.on("console", lambda message: _note_console(window, message))
    page.on("pageerror", lambda error: window.problems.append(f"error: {error}"))
    page.on("response", lambda response: _note_response(window, response))
    page.on("requestfailed", lambda request: _note_failed(window, request))
    return window


def _note_console(window: Window, message: ConsoleMessage) -> None:
    # A refused request is noted by its response, with its address.
    if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
        window.problems.append(f"console: {message.text}")


def _note_response(window: Window, response: Response) -> None:
    # What a test asks for too often is no complaint of the page's.
    if response.status >= 400 and not (response.status == 429 and "x-asked-by" in response.request.headers):
        window.problems.append(f"{response.status} {response.request.method} {response.url}")


def _note_failed(window: Window, request: Request) -> None:
    if request.failure != "net::ERR_ABORTED":
        window.problems.append(f"failed: {request.method} {request.url} {request.failure}")
