"""An appeal against an outcome that the clerk recorded: the letter noted, admitted, and examined again (R9.2)."""
from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser.filling import follow, pdf_file, send
from tests.browser.looking import examine
from tests.browser.test_offices import at_desk
from tests.browser.windows import Window, browser
from tests.evaluation.frameworks import POLISHING
from tests.server.http.house import house
from tests.server.http.office.desks import Desks, founded, paper

pytestmark = [pytest.mark.browser, pytest.mark.rule("R9.2")]
REASONS = "Ma pièce a été jugée sans que je puisse la présenter."
AGAIN = "nouvel examen du dossier"


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright, browser(playwright) as started:
        yield started


async def test_admitted_and_examined_again_by_a_jury_of_others_without_a_script(chromium: Browser, tmp_path: Path):
    async with house(tmp_path, True, POLISHING, founded) as home:
        desks = Desks(home)
        await desks.in_force()
        await desks.candidacy("k1", "none", "2025-06-01")
        clerk, member = [await at_desk(chromium, desks, one, scripts=False) for one in ("clerk", "member")]
        await record_late(clerk.page, desks)
        case = await admit(member.page, desks)
        assert await looked_at(chromium, desks, case, tmp_path) == []
        await act(clerk.page, case, "Proposer une suite", "Proposer cette suite", consequence=AGAIN, words="Non vue")
        await act(clerk.page, case, "Soumettre à la commission", "Soumettre le dossier")
        await act(member.page, case, "Valider la suite", "Valider cette suite", consequence=AGAIN)
        await desks.home.settled()
        await follow(clerk.page, "Recours", "1 nouvel examen à tenir")
        row = clerk.page.get_by_role("row", name="Thomas Leroy")
        await expect(row).to_contain_text("réunir un jury d’autres membres")
        assert clerk.problems + member.problems == []


async def record_late(page: Page, desks: Desks) -> None:
    """By the clerk, from the candidate's page: posted three days too late, by an ordinary letter."""
    await page.goto(f"{desks.home.url}/space/clerk/office/candidacies")
    await follow(page, "Thomas Leroy", "Enregistrer un recours")
    await send(page, "Enregistrer le recours", against="Résultat du jury du", posted_on="2025-08-04",
               received_on="2025-08-06", means="lettre simple", number="7", reasoned="oui", reasons=REASONS,
               scan=pdf_file("recours.pdf", paper("Recours")))
    await expect(page.locator(".note.ok")).to_be_visible()
    await desks.home.settled()
    await follow(page, "Recours", "Thomas Leroy")
    await flagged(page)


async def admit(page: Page, desks: Desks) -> str:
    """By the commission's member, from what awaits them in their space; the address of the case."""
    await page.goto(f"{desks.home.url}/space/member/")
    await follow(page, "quelque chose de vous : Thomas Leroy", "Se prononcer sur la recevabilité")
    await flagged(page)
    await send(page, "Enregistrer", admissible="oui", words="Le retard est excusé")
    await expect(page).to_have_url(re.compile(r"/office/cases/\w+\?done=case-noted$"))
    return page.url.partition("/office/")[2].partition("?")[0]


async def flagged(page: Page) -> None:
    for words in ("Hors délai", "le dernier jour était le 1er août 2025", "Pas en recommandé", "Rien de cela ne décide",
                  REASONS):
        await expect(page.locator("main")).to_contain_text(words)


async def act(page: Page, case: str, link: str, button: str, /, **values: str) -> None:
    """What a case's page offers to whoever reads it, done."""
    await page.goto(f"{page.url.partition('/office/')[0]}/office/{case}")
    await follow(page, link)
    await send(page, button, **values)
    await expect(page).to_have_url(f"{page.url.partition('/office/')[0]}/office/{case}?done=case-noted")


async def looked_at(chromium: Browser, desks: Desks, case: str, folder: Path) -> list[str]:
    """What is wrong with the appeal's page and the case's, as the clerk sees them."""
    window: Window = await at_desk(chromium, desks, "clerk", scripts=True)
    await window.page.goto(f"{desks.home.url}/space/clerk/office/appeals")
    await follow(window.page, "Thomas Leroy")
    await flagged(window.page)
    wrong = await examine(window, "appeal", folder)
    await window.page.goto(f"{desks.home.url}/space/clerk/office/{case}")
    return wrong + await examine(window, "case-of-an-appeal", folder)
