"""One window at a time on a day that is brought forward by commands: cheap, and the same each time."""
from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser

from tests.browser.windows import DESKTOP, PHONE, TABLET, Window, watched
from tests.serving import Person

SETTLE_SECONDS, CALM_SECONDS = 0.8, 0.3
"""How long a page is given to come to rest at a new width, and how long nothing has moved in one that is at rest."""
AT_REST = """([most, calm]) => new Promise(done => {
    const moving = () => document.readyState !== 'complete' || document.fonts.status === 'loading'
        || document.getAnimations().some(one => one.playState === 'running'
        && one.effect?.getComputedTiming().iterations !== Infinity);
    let waiting = 0;
    const again = () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => moving() ? again() : end(), calm * 1000);
    };
    const changes = new MutationObserver(again);
    const end = () => { clearTimeout(waiting); clearTimeout(limit); changes.disconnect(); done(); };
    const limit = setTimeout(end, most * 1000);
    changes.observe(document, {attributes: true, characterData: true, childList: true, subtree: true});
    again();
})"""
"""Clocks and meters move for ever: such a page is looked at when its time is up."""
COVERED = """() => {
    const bar = document.querySelector('.head-of-page').getBoundingClientRect();
    const tops = [...document.querySelectorAll('.tile')].map(one => [one.dataset.seat, one.getBoundingClientRect()]);
    return tops.filter(([, at]) => at.height && at.bottom > 0 && at.top < bar.bottom - 1).map(([seat]) => seat);
}"""
"""Pictures of people that the bar covers, by seat."""


@asynccontextmanager
async def looking_as(
    chromium: Browser, person: Person, where: str = "", *, locale: str = "fr-FR", size: dict[str, int] | None = None
) -> AsyncIterator[Window]:
    """The person's page, opened with the cookie they hold."""
    context = await chromium.new_context(
        locale=locale, viewport=size or DESKTOP, permissions=["camera", "microphone"]  # pyright: ignore[reportArgumentType]
    )
    for cookie in person.http.cookie_jar:
        await context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": person.url + (cookie["path"] or "/")}]
        )
    window = watched(await context.new_page(), context)
    window.seat = person.seat
    await window.page.goto(f"{person.url}{person.path}{where}", wait_until="domcontentloaded")
    await window.see("#main")
    try:
        yield window
    finally:
        await context.close()


async def examine(window: Window, name: str, folder: Path, *, between: bool = False) -> list[str]:
    """What is wrong with the page as it stands, at both widths: axe's violations, sideways scrolling, complaints.
    `between`: and whether it scrolls sideways at a tablet's width.

    The pictures go to `folder`, to be looked at by people.
    """
    wrong: list[str] = []
    for label, size in (("1280", DESKTOP), ("820", TABLET), ("390", PHONE)):
        if size is TABLET and not between:
            continue
        await window.page.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
        await window.page.evaluate(AT_REST, [SETTLE_SECONDS, CALM_SECONDS])
        await window.page.screenshot(path=folder / f"{name}-{label}.png")
        if sideways := await window.sideways():
            wrong.append(f"{name} at {label}: {sideways} px to the side")
        if covered := await window.page.evaluate(COVERED):
            wrong.append(f"{name} at {label}: under the bar {covered}")
        if size is TABLET:
            continue
        found = await Axe().run(window.page)
        violations = cast("list[dict[str, Any]]", found.response["violations"])
        wrong += [f"{name} at {label}: {v['id']} {[n['target'] for n in v['nodes']]}" for v in violations]
    # A closed door answers 403, and the page knows it: the deliberation, the room after the dismissal.
    wrong += [f"{name}: {one}" for one in window.problems if not (one.startswith("403 ") and one.endswith("/events"))]
    return wrong
