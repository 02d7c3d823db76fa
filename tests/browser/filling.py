"""A form of the pages filled in and sent as a person does: by the words that stand beside a choice."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playwright.async_api import FilePayload, Locator, Page

Value = str | Sequence[str] | FilePayload


async def send(page: Page, button: str, **values: Value) -> None:
    """The form that has this button, sent; the page that answers is there. A closed part of the page is opened."""
    form = page.locator("form").filter(has=page.locator(f'button:has-text("{button}")')).first
    for closed in await form.locator("xpath=ancestor::details[not(@open)]/summary").all():
        await closed.click()
    for name, value in values.items():
        field = form.locator(f'[name="{name}"]')
        for closed in await field.first.locator("xpath=ancestor::details[not(@open)]/summary").all():
            await closed.click()
        await put(field, value)
    async with page.expect_navigation(wait_until="domcontentloaded"):
        await form.locator(f'button:has-text("{button}")').click()


async def put(field: Locator, value: Value) -> None:
    kind = await field.first.evaluate("one => one.type || one.localName")
    if kind in ("radio", "checkbox"):
        for words in [value] if isinstance(value, str) else value:
            # The first: words of one choice may begin those of another.
            await field.and_(field.page.locator(f'label:has-text("{words}") input')).first.check()
    elif kind == "select-one":
        option = field.locator("option").filter(has_text=str(value)).first
        await field.select_option(await option.get_attribute("value"))
    elif kind == "file":
        await field.set_input_files(_file(value))
    else:
        await field.fill(str(value))


def _file(value: Any) -> FilePayload:
    assert isinstance(value, dict)
    return value  # pyright: ignore


def pdf_file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


async def follow(page: Page, *links: str) -> None:
    """Link after link, by their words; the first of several. One that lies in a menu of the navigation, which comes
    before the page, is found there: by its whole words, or where nothing that is seen has them."""
    for words in links:
        link, menus = page.get_by_role("link", name=words), page.locator("details[data-menu]:not([open])")
        exactly = menus.filter(has=page.get_by_role("link", name=words, exact=True, include_hidden=True))
        partly = menus.filter(has=page.locator("a", has_text=words))
        if await exactly.count():
            await exactly.first.locator("summary").click()
        elif not await link.count() and await partly.count():
            await partly.first.locator("summary").click()
        await link.first.click()
        await page.wait_for_load_state("domcontentloaded")


async def wrongs(page: Page) -> list[str]:
    """What a page that was not taken says, in the order of its fields."""
    return [" ".join(one.split()) for one in await page.locator("main .wrong").all_inner_texts()]
