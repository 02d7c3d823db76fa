"""A clerk's way through the pages of the offices, in a browser without JavaScript."""
from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from server.http import cookies, parts
from server.storage.spaces import How
from tests.browser.looking import examine
from tests.browser.windows import Window, browser, watched
from tests.server.http.house import house
from tests.server.http.office.desks import Desks, paper
from tests.server.http.office.test_corrections import correct
from tests.server.http.office.test_registration_form import register

pytestmark = pytest.mark.browser
LONG = "Marie-Élisabeth Anastasia-Constance de Lachapelle-Montmorency d’Hautecombe"

LONG_NAMED = {
    "birth_name": LONG.rpartition("de ")[2], "first_names": "Marie-Élisabeth, Anastasia-Constance", "used_name": "",
    "email": "marie-elisabeth.anastasia-constance@lachapelle-montmorency.example.org",
    "company": "Établissements Lachapelle-Montmorency et Fils, joailliers à Paris depuis 1802"}


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright, browser(playwright) as started:
        yield started


async def at_desk(chromium: Browser, desks: Desks, person: str, *, scripts: bool) -> Window:
    """A page in a browser that signed in."""
    token = await desks.home.app[parts.ACCOUNTS].spaces.open(person, How.PASSKEY)
    context = await chromium.new_context(locale="fr-FR", java_script_enabled=scripts)
    await context.add_cookies([{"name": cookies.SPACE + person, "value": token, "url": desks.home.url}])
    return watched(await context.new_page(), context)


async def fill(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        await page.locator(f'[name="{name}"]').fill(value)


@pytest.mark.rule("X15")
async def test_a_clerk_grants_and_ends_an_office_without_a_script(chromium: Browser, tmp_path: Path):
    async with house(tmp_path) as home:
        desks = Desks(home)
        await desks.found()
        window = await at_desk(chromium, desks, "clerk", scripts=False)
        page = window.page
        await page.goto(f"{home.url}/space/clerk/")
        await page.get_by_role("link", name="Personnes et fonctions").click()
        await page.get_by_role("link", name="Attribuer une fonction").click()
        await fill(page, first_name="Marie-Élisabeth", name=LONG.removeprefix("Marie-Élisabeth "), email="marie@",
                   since="2026-01-01")
        await page.get_by_label("Fonction", exact=True).select_option("organizer")
        await page.get_by_label("Organisme de formation").select_option("b1")
        await page.get_by_role("button", name="Attribuer la fonction").click()
        alert = page.locator("#wrongs")
        await expect(alert).to_contain_text("Rien n’a été enregistré.")
        await expect(alert).to_be_focused()
        await alert.get_by_role("link", name="Adresse électronique").click()
        await expect(page.get_by_label("Adresse électronique")).to_have_value("marie@")
        await expect(page.get_by_label("Organisme de formation")).to_have_value("b1")
        await fill(page, email="marie@example.org")
        await page.get_by_role("button", name="Attribuer la fonction").click()
        await expect(page.locator(".note.ok")).to_contain_text("La fonction est attribuée.")
        await page.get_by_label("Nom").fill("lachapelle")
        await page.get_by_role("button", name="Chercher").click()
        await page.get_by_role("link", name=LONG).click()
        await page.get_by_role("button", name="Mettre fin à la fonction").click()
        await expect(page.locator(".note.ok")).to_have_text("La fonction a pris fin.")
        assert [one.ended for one in (await desks.body()).offices.values() if one.office.id.startswith("of-")] == [
            False] * 7
        assert sum(one.ended for one in (await desks.body()).offices.values()) == 1
        assert [one for one in window.problems if not one.startswith("422 ")] == []


@pytest.mark.rule("X8")
async def test_a_clerk_records_a_past_candidacy_its_outcome_and_its_certificate(chromium: Browser, tmp_path: Path):
    async with house(tmp_path) as home:
        desks = Desks(home)
        await desks.found()
        await desks.in_force()
        window = await at_desk(chromium, desks, "clerk", scripts=False)
        page = window.page
        await page.goto(f"{home.url}/space/clerk/")
        await page.get_by_role("link", name="Candidatures").click()
        await page.get_by_role("link", name="Enregistrer une candidature passée").click()
        await fill(page, first_name="Marie-Élisabeth", name=LONG.removeprefix("Marie-Élisabeth "),
                   email="marie@example.org", first_jury="2024-06-10")
        await page.get_by_label("Certification").select_option("RNCP26850")
        await page.get_by_role("button", name="Enregistrer la candidature").click()
        await expect(page.locator(".note.ok")).to_contain_text("La candidature est enregistrée.")
        await page.get_by_role("link", name="Enregistrer un résultat").click()
        await page.get_by_label("toute la certification").check()
        for block in ("BC1", "BC2"):
            await page.locator(f'[name="blocks"][value="{block}"]').check()
        await page.get_by_label("Document").set_input_files(
            {"name": "pv.pdf", "mimeType": "application/pdf", "buffer": paper("Procès-verbal")})
        await page.get_by_role("button", name="Enregistrer le résultat").click()
        await expect(page.locator(".note.ok")).to_have_text("Le résultat est enregistré.")
        await page.get_by_role("link", name="Enregistrer un certificat").click()
        await fill(page, number="2024-017", dated="2024-07-01")
        await page.get_by_label("Document").set_input_files(
            {"name": "certificat.pdf", "mimeType": "application/pdf", "buffer": paper("Certificat")})
        await page.get_by_role("button", name="Enregistrer le certificat").click()
        await expect(page.get_by_text("Certificat n° 2024-017")).to_be_visible()
        await page.get_by_role("link", name="Candidatures").first.click()
        row = page.get_by_role("row", name=LONG)
        await expect(row).to_contain_text("certification attribuée")
        await expect(row).to_contain_text("10 juin 2024")
        assert window.problems == []


async def test_the_pages_of_the_offices_read_well_at_both_widths(chromium: Browser, tmp_path: Path):
    async with house(tmp_path, limits__pages_per_minute=600) as home:
        desks = Desks(home)
        await desks.found()
        await desks.in_force()
        await desks.candidacy("k1", "none", "2025-06-01", "b1", "partial", "BC1")
        of = f"candidacies/{await register(desks, **LONG_NAMED)}"
        await correct(desks, of.rpartition("/")[2], **{**LONG_NAMED, "company": ""})
        window = await at_desk(chromium, desks, "clerk", scripts=True)
        wrong = list[str]()
        for name in (of, f"{of}/correct", f"{of}/withdraw", "candidacies/register", "candidacies/import",
                     "people", "people/grant",
                     "people/delegate", "people/of-org1", "people?q=personne", "providers",
                     "providers/b1", "providers/accredit", "frameworks", "bars", "bars/set", "examinations",
                     "decisions", "decisions/record", "candidacies", "candidacies/open", "candidacies/k1",
                     "candidacies/k1/outcomes/record", "candidacies/k1/outcomes/2/correct",
                     "candidacies/k1/certificates/note"):
            await window.page.goto(f"{home.url}/space/clerk/office/{name}")
            wrong += await examine(window, name.translate(str.maketrans("/?=", "---")), tmp_path)
        assert wrong == []
        await window.page.goto(f"{home.url}/space/clerk/office/candidacies/register")
        await fill(window.page, birth_date="14/07/1998", birth_commune="saint-den")
        await expect(window.page.locator('#communes option[value="Saint-Denis (93066)"]')).to_be_attached()


@pytest.mark.rule("X2")
async def test_a_page_of_the_offices_is_found_in_a_menu_by_keyboard(chromium: Browser, tmp_path: Path):
    async with house(tmp_path) as home:
        desks = Desks(home)
        await desks.found()
        window = await at_desk(chromium, desks, "clerk", scripts=True)
        page = window.page
        await page.goto(f"{home.url}/space/clerk/office/people")
        menus = page.locator("details[data-menu]")
        here, results = (menus.filter(has_text=words) for words in ("Gestion", "Résultats"))
        await expect(here.locator("summary")).to_have_text("GestionPersonnes et fonctions")
        await here.locator("summary").press("Enter")
        await expect(here.get_by_role("link", name="Référentiels")).to_be_visible()
        await results.locator("summary").press("Enter")
        await expect(here.get_by_role("link", name="Référentiels")).to_be_hidden()
        assert await examine(window, "menu", tmp_path) == []
        await page.keyboard.press("Escape")
        await expect(results.locator("summary")).to_be_focused()
        await expect(results.get_by_role("link", name="Recours")).to_be_hidden()
        await results.locator("summary").press("Enter")
        await page.locator(".office-who b").click()
        await expect(results.get_by_role("link", name="Recours")).to_be_hidden()
        await results.locator("summary").press("Enter")
        await results.get_by_role("link", name="Recours").press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Recours")
        assert window.problems == []
