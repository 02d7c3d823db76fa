"""Three juries' days and who sits on them: planned by the organizer, appointed by the commission's delegate."""
from __future__ import annotations

from playwright.async_api import Locator, Page, expect

from tests.browser.coming_in import Cast
from tests.browser.filling import follow, send
from tests.browser.windows import DESKTOP

MONDAY, TUESDAY = "2026-06-22", "2026-06-23"
SPOKEN = {MONDAY: "lundi 22 juin 2026", TUESDAY: "mardi 23 juin 2026"}
NAMES = {"marc": "Marc Oudin", "odette": "Odette Naudin", "helene": "Hélène Roy", "bruno": "Bruno Patron",
         "theo": "Théo Garnier", "sofia": "Sofia Petit"}
KEYS = 80
"""Presses within which everything of a page is reached."""
PLACES = ("employees", "employers", "trainer")


async def plan_days(cast: Cast) -> list[str]:
    """Monday and Tuesday, and a second jury on Monday; the addresses of their pages."""
    found = list[str]()
    for day in (MONDAY, TUESDAY, MONDAY):
        page = await cast.at("claire", "Journées de jury", "Prévoir une journée")
        if not found:
            await cast.look("claire", "day-new")
        await send(page, "Prévoir la journée", framework="RNCP26850", date=day)
        await expect(page.locator("h1")).to_have_text(SPOKEN[day])
        found.append(page.url.partition("?")[0])
    return found


async def lay_candidates(cast: Cast, days: list[str]) -> None:
    """Noé by hand on Monday's second jury, the others over Monday and Tuesday as it is proposed."""
    page = cast.page("claire")
    await page.goto(days[2])
    await follow(page, "Ajouter un candidat")
    await cast.look("claire", "day-add")
    await send(page, "Ajouter à cette journée", candidacy="Noé Second")
    await expect(page.locator(".note.ok")).to_contain_text("Le candidat est sur la liste de cette journée.")
    await page.goto(days[0])
    await follow(page, "Répartir des candidats")
    await page.locator(f'[name="day-{_id(days[1])}"]').check()
    await page.get_by_role("button", name="Proposer des heures").click()
    await expect(page.locator(".laying-day:visible")).to_have_count(2)
    await cast.look("claire", "plan")
    await _move_about(cast, *(page.locator(f'[data-session="{_id(one)}"]') for one in days[:2]))
    await send(page, "Enregistrer ce plan")
    await expect(page.locator(".note.ok")).to_contain_text("Les candidats sont sur la liste, aux heures choisies.")


async def _move_about(cast: Cast, monday: Locator, tuesday: Locator) -> None:
    """By keyboard and by drag; what stands against an hour is told at once, and nothing is kept yet."""
    page = cast.page("claire")
    card, told = monday.locator('[data-name="Lina Morel-Dupré"]'), page.locator("#announcer")
    grip = card.get_by_role("button", name="Déplacer Lina Morel-Dupré")
    await grip.focus()
    await page.keyboard.press("ArrowRight")
    moved = tuesday.locator('[data-name="Lina Morel-Dupré"]')
    await expect(moved).to_contain_text("Le jury a une autre épreuve à la même heure.")
    await expect(told).to_contain_text("Le jury a une autre épreuve")
    await expect(moved.get_by_role("button", name="Déplacer Lina Morel-Dupré")).to_be_focused()
    await page.keyboard.press("ArrowLeft")
    await expect(card).not_to_contain_text("une autre épreuve")
    last = monday.locator(".laying-card").last
    name = await last.get_attribute("data-name")
    await page.set_viewport_size({"width": 1280, "height": 4000})
    await drag(page, last.get_by_role("button", name=f"Déplacer {name}"), tuesday)
    await expect(tuesday.locator(f'[data-name="{name}"]')).to_be_visible()
    await expect(told).to_contain_text("Rien ne s’y oppose.")
    await page.set_viewport_size(DESKTOP)  # pyright: ignore[reportArgumentType]


async def drag(page: Page, grip: Locator, onto: Locator) -> None:
    """To the end of a day: behind whoever is there."""
    start, end = await grip.bounding_box(), await onto.bounding_box()
    assert start is not None
    assert end is not None
    await page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    await page.mouse.down()
    await page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] - 4, steps=5)
    await page.mouse.up()


async def hours(cast: Cast, day: str) -> list[tuple[str, str, str]]:
    """Who is examined from when until when, as the day's page says it."""
    page = cast.page("claire")
    await page.goto(day)
    lines = await page.locator("li.day-hour").all()
    return [(await one.locator("time").inner_text(), await one.locator("small").inner_text(),
             await one.locator("a").inner_text()) for one in lines]


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
    await _decide_by_keyboard(cast, beside, ("odette", "bruno", "theo"))
    page = cast.page("nadia")
    await expect(page.locator("main")).to_contain_text("Aucune journée n’attend son jury.")
    await follow(page, SPOKEN[TUESDAY])
    await cast.look("nadia", "jury", "422")
    await page.locator("main a[href*='/juries/']").last.click()
    await cast.look("nadia", "substitute")
    await cast.at("nadia", "Jurés", NAMES["theo"])
    await cast.look("nadia", "juror")


async def _decide(cast: Cast, juries: dict[str, tuple[str, str, str]]) -> None:
    page = cast.page("nadia")
    for session, jury in juries.items():
        for place, who in zip(PLACES, jury, strict=True):
            await _choose(page.locator("main"), f"{session}:{place}", NAMES[who])
    await send(page, "Désigner les jurys choisis")


async def _decide_by_keyboard(cast: Cast, session: str, jury: tuple[str, str, str]) -> None:
    page = cast.page("nadia")
    for place, who in zip(PLACES, jury, strict=True):
        field = f'[name="{session}:{place}"]'
        value = await page.locator(f'label:has-text("{NAMES[who]}") input{field}').get_attribute("value")
        await _reach(page, field)
        for _ in jury:  # arrows choose among the radio buttons of a place, and come round
            if await page.evaluate("() => document.activeElement.value") == value:
                break
            await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Space")
    await _reach(page, "main button.main")
    async with page.expect_navigation(wait_until="domcontentloaded"):
        await page.keyboard.press("Enter")


async def _reach(page: Page, selector: str) -> None:
    """By the tabulator alone."""
    for _ in range(KEYS):
        await page.keyboard.press("Tab")
        if await page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} is not reached")


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
    section = cast.page("nadia").locator(f'section[aria-labelledby^="day-{session}"]')
    await expect(section.locator("p.wrong")).to_contain_text(f"Ce jury n’est pas désigné. {words}")


def _id(day: str) -> str:
    return day.rpartition("/")[2]
