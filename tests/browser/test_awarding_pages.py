"""The pages between a signed recommendation and the certificate: at three widths, and by keyboard alone."""
from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from evaluation.deadlines import day_of
from tests.browser.awarded_days import DISPUTED, MAIA, NAMES, NOE, three_heard, two_ruled
from tests.browser.keys import go, press, tab_to, write
from tests.browser.looking import examine
from tests.browser.test_offices import at_desk
from tests.browser.windows import DESKTOP, Window, browser
from tests.evaluation.frameworks import POLISHING
from tests.server import bodies
from tests.server.http.house import House, house
from tests.server.http.office.sitting_desk import Desk, heard

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
    # From the room, which is not left for it: the page is drawn anew where it stands.
    await press(page, page.get_by_role("button", name="Soumettre aux deux autres membres"))
    await expect(page.locator("#decision")).to_contain_text("Proposé par la présidence")


@pytest.mark.rule("R3.9")
async def test_who_does_not_sign_is_noted_by_keyboard(chromium: Browser, tmp_path: Path) -> None:
    """By the president of one member, beside the signatures, who signs after all; by the clerk of another, who had sent
    it empty first."""
    async with house(tmp_path, True, POLISHING, heard, **QUICK) as home:
        desk = await to_be_signed(home)
        presides = await at_desk(chromium, desk.desks, desk.member("presides"), scripts=True)
        minutes = f"{home.url}{desk.path('presides')}minutes"
        await presides.page.goto(minutes)
        await press(presides.page, presides.page.locator("#not-signing summary"))
        await not_signing(presides.page, "Élise", "Elle refuse, et le dit par courriel.")
        line = presides.page.locator(".sign", has_text="Élise")
        await expect(line).to_contain_text("n’a pas signé, noté par Béatrice")
        wrong = await looked_at(presides, minutes, ("",), tmp_path)
        await desk.signed("employers")
        clerk = await at_desk(chromium, desk.desks, bodies.CLERK, scripts=True)
        sitting = f"{home.url}/space/{bodies.CLERK}/office/sittings/{desk.found}"
        await clerk.page.goto(f"{sitting}/act/not-signing")
        await go(clerk.page, clerk.page.get_by_role("button", name=NOTE))
        await expect(clerk.page.locator("#wrongs")).to_be_focused()
        assert [one.partition(" ")[0] for one in clerk.problems] == ["422"]
        clerk.problems.clear()
        wrong += await examine(clerk, "not-signing-empty", tmp_path, between=True)
        await clerk.page.set_viewport_size(DESKTOP)  # pyright: ignore[reportArgumentType]
        await not_signing(clerk.page, "Karim", "Il est hospitalisé, sans accès à son courrier. " * 20)
        await expect(clerk.page.locator(".point", has_text="Karim")).to_contain_text("noté par Laurence Chevillon")
        wrong += await looked_at(clerk, sitting, ("",), tmp_path)
        member = await at_desk(chromium, desk.desks, desk.member("employees"), scripts=True)
        wrong += await looked_at(member, home.url + desk.path("employees"), ("", "minutes"), tmp_path)
        assert wrong == []


NOTE = "Noter l’absence de signature"


async def to_be_signed(home: House) -> Desk:
    """Minutes that were presented days ago."""
    desk = Desk(home)
    await desk.people()
    await desk.convene()
    await desk.seated_by_pages()
    await desk.deliberated()
    await desk.done("act/present")
    home.clock.ahead += 4 * 86_400_000
    return desk


async def not_signing(page: Page, name: str, why: str) -> None:
    """The member whose name begins so."""
    chosen = page.locator('select[name="signer"]')
    await tab_to(page, chosen)
    while not (await chosen.locator("option:checked").inner_text()).startswith(name):
        before = await chosen.input_value()
        await page.keyboard.press("ArrowDown")
        assert await chosen.input_value() != before, f"not to be chosen: {name}"
    await write(page, page.locator('textarea[name="words"]'), why)
    await press(page, page.get_by_role("button", name=NOTE))


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
        wrong += await looked_at(clerk, f"{home.url}/", ("certificate", f"certificate/{number}/{code}"), tmp_path)
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
