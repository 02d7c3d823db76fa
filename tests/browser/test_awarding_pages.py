"""The pages between a signed recommendation and the certificate: at three widths, and by keyboard alone."""
from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from evaluation.deadlines import day_of
from tests.browser.awarded_days import DISPUTED, MAIA, NAMES, NOE, three_heard, two_ruled
from tests.browser.keys import go, tab_to, write
from tests.browser.looking import examine
from tests.browser.test_offices import at_desk
from tests.browser.windows import DESKTOP, Window, browser
from tests.evaluation.frameworks import POLISHING
from tests.server import bodies
from tests.server.http.house import house
from tests.server.http.office.sitting_desk import Desk

pytestmark = pytest.mark.browser
QUICK = {"limits__pages_per_minute": 600}


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright, browser(playwright) as started:
        yield started


async def looked_at(window: Window, base: str, pages: Sequence[str], folder: Path) -> list[str]:
    wrong = list[str]()
    for page in pages:
        await window.page.goto(base + page)
        name = "-".join(one[:12] for one in (base.rpartition("/space/")[2] + page).split("/") if one)
        wrong += await examine(window, name.translate(str.maketrans("?=", "--")), folder, between=True)
    await window.page.set_viewport_size(DESKTOP)  # pyright: ignore[reportArgumentType]
    return wrong


@pytest.mark.rule("R3.9")
async def test_a_sitting_reads_well_and_is_decided_by_keyboard(chromium: Browser, tmp_path: Path) -> None:
    async with house(tmp_path, True, POLISHING, three_heard, **QUICK) as home:
        desk = Desk(home)
        clerk = await at_desk(chromium, desk.desks, bodies.CLERK, scripts=True)
        offices = f"{home.url}/space/{bodies.CLERK}/office/"
        wrong = await looked_at(clerk, offices, ("sittings", "sittings/convene"), tmp_path)
        items = [desk.candidacy(one) for one in NAMES]
        await desk.convene(candidacies=items)
        member = await at_desk(chromium, desk.desks, bodies.MEMBER, scripts=True)
        await member.page.goto(f"{home.url}/space/{bodies.MEMBER}/office/sittings/{desk.found}/members")
        wrong += await looked_at(member, member.page.url, ("",), tmp_path)
        await desk.seated_by_pages()
        home.clock.ahead += 86_400_000
        for name in ("presides", "employees", "employers"):
            await desk.do(desk.member(name), "DeclareImpartial", candidacies=items)
        await desk.do(desk.member("presides"), "OpenSitting")
        presides = await at_desk(chromium, desk.desks, desk.member("presides"), scripts=True)
        here = home.url + desk.path("presides")
        wrong += await looked_at(presides, here, ("", items[0]), tmp_path)
        await proposed_by_keyboard(presides, here + items[0])
        wrong += await looked_at(presides, here, (items[0],), tmp_path)
        sitting = f"sittings/{desk.found}"
        wrong += await looked_at(clerk, offices, (sitting, f"{sitting}/act/substitute"), tmp_path)
        assert wrong == []


async def proposed_by_keyboard(presides: Window, address: str) -> None:
    """A competency that the evaluation jury left open is settled with its reason."""
    page = presides.page
    await page.goto(address)
    await tab_to(page, page.locator(f'[name="mark-{DISPUTED}"]').first)
    await page.keyboard.press("Space")
    await write(page, page.locator(f'[name="why-{DISPUTED}"]'), "La reprise est plane.")
    await go(page, page.get_by_role("button", name="Soumettre aux deux autres membres"))
    await expect(page.locator("#decision")).to_contain_text("Proposé par la présidence")


@pytest.mark.rule("R8.1", "R8.2", "X10", "X12")
async def test_what_follows_the_minutes_reads_well(chromium: Browser, tmp_path: Path) -> None:
    async with house(tmp_path, True, POLISHING, two_ruled, **QUICK) as home:
        home.clock.ahead += 7 * 86_400_000
        desk = Desk(home)
        number, code = await issued(desk)
        clerk = await at_desk(chromium, desk.desks, bodies.CLERK, scripts=True)
        one = f"certificates/{number}"
        wrong = await looked_at(clerk, f"{home.url}/space/{bodies.CLERK}/office/", (
            "delays", "batches", "certificates", f"certificates/post/{number}", one, f"{one}/correct", f"{one}/revoke",
            "certificates/deposit", f"candidacies/{desk.candidacy(NOE)}"), tmp_path)
        wrong += await looked_at(clerk, f"{home.url}/certificate/", (f"{number}/{code}",), tmp_path)
        candidate = await at_desk(chromium, desk.desks, home.person(MAIA), scripts=True)
        wrong += await looked_at(candidate, f"{home.url}/space/{home.person(MAIA)}/", ("",), tmp_path)
        assert wrong == []
        await clerk.page.goto(f"{home.url}/space/{bodies.CLERK}/office/certificates/post/{number}")
        # As Chromium, which is in English, asks for a day.
        await posted_by_keyboard(clerk.page, f"{day_of(home.clock()):%m%d%Y}")


async def issued(desk: Desk) -> tuple[str, str]:
    """Number and code of the one certificate, as its page leads to the public one."""
    number = f"CQP-{day_of(desk.home.clock()).year}-00001"
    page = await desk.page(f"certificates/{number}")
    return number, page.partition(f"/certificate/{number}/")[2].partition('"')[0]


async def posted_by_keyboard(page: Page, today: str) -> None:
    await write(page, page.locator('[name="tracking"]'), "1A 204 118")
    await write(page, page.locator('[name="on"]'), today)
    await go(page, page.get_by_role("button", name="Noter l’envoi"))
    await expect(page.locator(".note.ok")).to_be_visible()
