"""A page used by its keyboard alone: Tab until something has the focus, and shows it; then a key."""
from __future__ import annotations

from playwright.async_api import Locator, Page

MOST_TABS = 80
FOCUSED = "one => one === document.activeElement && one.matches(':focus-visible')"


async def tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(MOST_TABS):
        await page.keyboard.press("Tab")
        if await wanted.evaluate(FOCUSED):
            return
    raise AssertionError(f"not reached by Tab: {wanted}")


async def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    await tab_to(page, wanted)
    await page.keyboard.press(key)


async def go(page: Page, wanted: Locator) -> None:
    """A link followed, or a form sent: the page that answers is there."""
    await tab_to(page, wanted)
    async with page.expect_navigation(wait_until="domcontentloaded"):
        await page.keyboard.press("Enter")


async def write(page: Page, wanted: Locator, words: str) -> None:
    await tab_to(page, wanted)
    await page.keyboard.type(words)
