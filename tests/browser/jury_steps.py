"""Three juries' days and who sits on them: planned by the organizer, appointed by the commission's delegate."""
from __future__ import annotations

from playwright.async_api import Locator, expect

from tests.browser.coming_in import Cast
from tests.browser.filling import follow, send

MONDAY, TUESDAY = "2026-06-22", "2026-06-23"
SPOKEN = {MONDAY: "lundi 22 juin 2026", TUESDAY: "mardi 23 juin 2026"}
NAMES = {"marc": "Marc Oudin", "odette": "Odette Naudin", "helene": "Hélène Roy", "bruno": "Bruno Patron",
         "theo": "Théo Garnier", "sofia": "Sofia Petit"}
PLACES = ("employees", "employers", "trainer")


async def plan_days(cast: Cast) -> list[str]:
    """Monday and Tuesday, and a second jury on Monday; the addresses of their pages."""
    found = list[str]()
    for day in (MONDAY, TUESDAY, MONDAY):
        page = await cast.at("claire", "Journées de jury", "Prévoir une journée")
        await send(page, "Prévoir la journée", framework="RNCP26850", date=day)
        await expect(page.locator("h1")).to_have_text(SPOKEN[day])
        found.append(page.url.partition("?")[0])
    return found


async def lay_candidates(cast: Cast, days: list[str]) -> None:
    """Eleven over Monday and Tuesday, as proposed; Noé by hand on Monday's second jury."""
    page = cast.page("claire")
    await page.goto(days[2])
    await follow(page, "Ajouter un candidat")
    await send(page, "Ajouter à cette journée", candidacy="Noé Second")
    await expect(page.locator(".note.ok")).to_have_text("Le candidat est sur la liste de cette journée.")
    await page.goto(days[0])
    await follow(page, "Répartir des candidats")
    await page.locator(f'[name="day-{_id(days[1])}"]').check()
    await page.get_by_role("button", name="Proposer des heures").click()
    await expect(page.locator(".laying-day:visible")).to_have_count(2)
    await cast.look("claire", "plan")
    await send(page, "Enregistrer ce plan")
    await expect(page.locator(".note.ok")).to_have_text("Les candidats sont sur la liste, aux heures choisies.")


async def hours(cast: Cast, day: str) -> list[str]:
    """Who is examined when, as the day's page says it: hour, name, and the extra time."""
    page = cast.page("claire")
    await page.goto(day)
    lines = await page.locator("li.day-hour").all()
    return [" ".join((await one.inner_text()).split()) for one in lines]


async def ask_for_juries(cast: Cast, days: list[str]) -> None:
    for day in days:
        page = cast.page("claire")
        await page.goto(day)
        await send(page, "Demander le jury", words="La salle est réservée.")
        await expect(page.locator(".note.ok")).to_contain_text("la commission désigne le jury")


async def appoint(cast: Cast, days: list[str]) -> None:
    """What the rules refuse is told beside its day; what stands beside it stands."""
    monday, tuesday, beside = (_id(one) for one in days)
    await cast.at("nadia", "Jurys à désigner")
    await _decide(cast, {monday: ("bruno", "helene", "sofia"), tuesday: ("marc", "helene", "sofia")})
    await _refused(cast, monday, "Le jury d’évaluation réunit trois personnes : un représentant des salariés, un "
                                 "représentant des employeurs")
    await _decide(cast, {monday: ("marc", "helene", "theo")})
    await _refused(cast, monday, "Théo Garnier : Qui a formé la personne évaluée ne peut siéger dans son jury.")
    await cast.look("nadia", "juries", "422")
    await _decide(cast, {monday: ("marc", "helene", "sofia")})
    await _decide(cast, {beside: ("marc", "bruno", "theo")})
    await _refused(cast, beside, "Marc Oudin : Cette personne siège déjà sur une autre journée à la même heure.")
    await _decide(cast, {beside: ("odette", "bruno", "theo")})
    await expect(cast.page("nadia").locator("main")).to_contain_text("Aucune journée n’attend son jury.")


async def _decide(cast: Cast, juries: dict[str, tuple[str, str, str]]) -> None:
    page = cast.page("nadia")
    for session, jury in juries.items():
        for place, who in zip(PLACES, jury, strict=True):
            await _choose(page.locator("main"), f"{session}:{place}", NAMES[who])
    await send(page, "Désigner les jurys choisis")


async def _choose(page: Locator, place: str, name: str) -> None:
    """Among those proposed, or among everybody else of the pool."""
    shown = page.locator(f'label:has-text("{name}") input[name="{place}"]')
    others = page.locator(f'select[name="{place}-other"]')
    if await shown.count():
        await shown.check()
        if await others.count():
            await others.select_option("")
    else:
        option = others.locator("option").filter(has_text=name)
        await others.select_option(await option.get_attribute("value"))


async def _refused(cast: Cast, session: str, words: str) -> None:
    """It is said beside the day."""
    section = cast.page("nadia").locator(f'section[aria-labelledby="day-{session}"]')
    await expect(section.locator("p.wrong")).to_contain_text(f"Ce jury n’est pas désigné. {words}")


def _id(day: str) -> str:
    return day.rpartition("/")[2]
