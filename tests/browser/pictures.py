"""`python -m tests.browser.pictures`: takes the README's pictures of a demo day, into web/pictures."""
from __future__ import annotations

import asyncio
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

import cv2
from playwright.async_api import async_playwright

from server.documents.demo import camera_clip, demo_people
from tests.browser.day import CLIP_SECONDS, Day
from tests.browser.windows import DESKTOP, FRAMES_PER_SECOND, PHONE, Window, browser, enter
from tests.serving import Served, serve_demo

PICTURES = Path(__file__).parents[2] / "web" / "pictures"
CODES = [f"C{block}.{number}" for block in (1, 2) for number in range(1, 7)]
SETTLE_SECONDS = 4


async def take() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        served = serve_demo(Path(folder) / "data", fast=False)
        try:
            async with AsyncExitStack() as stack:
                await pictures(await arrive(stack, served, Path(folder)))
        finally:
            served.stop()


async def arrive(stack: AsyncExitStack, served: Served, folder: Path) -> Day:
    """Everybody with a face of their own."""
    people, links = demo_people(), served.links
    playwright = await stack.enter_async_context(async_playwright())

    async def with_camera(seed: int, link: str) -> Window:
        path = folder / f"{seed}.y4m"
        await asyncio.to_thread(camera_clip, path, None, seed, CLIP_SECONDS, fps=FRAMES_PER_SECOND)
        return await enter(await stack.enter_async_context(browser(playwright, path)), link)

    lina = await with_camera(people.candidates[0].seed, links["candidates"][0]["link"])
    jurors = [
        await with_camera(one.seed, link["link"]) for one, link in zip(people.jurors, links["jurors"], strict=True)
    ]
    others = [await enter(lina.browser, links[name]) for name in ("organizer", "observer", "aid")]
    for one in others:
        await one.page.close()
    marc, helene, sofia = jurors
    organizer, observer, aid = others
    return Day(marc, helene, sofia, served, lina, organizer, observer, aid)


async def pictures(day: Day) -> None:
    await day.designate()
    await day.at_the_door(day.lina)
    await day.helene.act("CallIn")
    await day.lina.see("#room")
    await day.welcome(day.lina)
    await day.helene.act("StartPresentation")
    marks = dict.fromkeys(CODES, "A")
    await day.mark(day.helene, dict.fromkeys(CODES[:3], "A"))
    await day.helene.page.evaluate("document.querySelector('#panel-grid').scrollTop = 0")
    await asyncio.sleep(SETTLE_SECONDS)
    await shot(day.helene, "juror", DESKTOP)
    await shot(day.lina, "candidate-phone", PHONE)
    await day.mark(day.helene, dict.fromkeys(CODES[3:], "A"))
    await day.mark(day.marc, marks)
    await day.mark(day.sofia, marks | {"C1.5": "NA", "C2.6": "NA"})
    await day.helene.act("StartQuestions")
    await day.helene.page.click('dialog[open] [data-act="StartQuestions"]')
    await day.dismiss()
    await day.close_grids()
    await day.helene.page.click("#propose-agreed")
    await day.marc.page.click("#confirm-all")
    await asyncio.sleep(SETTLE_SECONDS)
    await shot(day.helene, "deliberation", DESKTOP)


async def shot(window: Window, name: str, size: dict[str, int]) -> None:
    await window.page.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
    await asyncio.sleep(1)
    path = PICTURES / f"{name}.png"
    await window.page.screenshot(path=path)
    # These pictures travel with every clone: WebP is a fifth of the size.
    picture = cv2.imread(str(path))
    assert picture is not None
    cv2.imwrite(str(path.with_suffix(".webp")), picture, [cv2.IMWRITE_WEBP_QUALITY, 80])
    path.unlink()


if __name__ == "__main__":
    asyncio.run(take())
