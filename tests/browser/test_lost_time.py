"""A power cut over a whole day is one case, which everybody is told of (X9, R7.1)."""
from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from evaluation.case_rules import Consequence
from evaluation.session.phases import Phase
from server.http import cookies, parts
from server.storage.spaces import How
from tests.browser.filling import send
from tests.browser.looking import examine
from tests.browser.windows import Window, browser, watched
from tests.server.http.casework import Casework
from tests.server.http.house import NAMES, House, house
from tests.serving import eventually

pytestmark = [pytest.mark.browser, pytest.mark.rule("X9", "R7.1")]

CUT_WHY = "Coupure de courant dans tout le quartier depuis 9 h."
LATER_WHY = "Rien n’a pu commencer, à cause de la panne de courant."


async def convened(home: House) -> None:
    """Everybody of the day has their letter: the candidates on the day itself, as they agreed."""
    agreement = await home.app[parts.CONVENING].agreement(await home.state())
    for number in (1, 2):
        await home.act("org", "GiveNotice", hearing=home.hearing(number), agreement=agreement, words="tard",
                       agreed="d’accord")
    for juror in ("emp", "own", "tra"):
        await home.act("org", "Convene", seat=home.seat(juror), agreement=agreement)


async def joined(home: House) -> str:
    """The case that both have become, once all that follows is done."""
    work, standing = Casework(home), dict[str, str]()

    async def one() -> bool:
        await work.settled()
        home.app[parts.MASS].wake()
        rows = await home.app[parts.ROWS].page("cases")
        standing.update({row.about: row.stream for row in rows if row.data["into"] is None})
        return len(standing) == 2 and len({*standing.values()}) == 1

    await eventually(one, 20)
    return standing[work.candidacy()]


def check_letters(letters: list[str]) -> None:
    """Who was expected is told that and why; nobody reads of another candidate."""
    told = [one for one in letters if CUT_WHY in one]
    whose = [next(name for name in NAMES.values() if f"Bonjour {name.split()[0]}" in one) for one in told]
    assert sorted(whose) == sorted(NAMES[one] for one in ("cand", "cand2", "emp", "own", "tra"))
    for letter, name in zip(told, whose, strict=True):
        others = {NAMES["cand"], NAMES["cand2"]} - {name}
        assert [other for other in others if other in letter] == []


async def office_of(chromium: Browser, home: House, person: str) -> Window:
    """A window of somebody who has signed in."""
    token = await home.app[parts.ACCOUNTS].spaces.open(person, How.PASSKEY)
    context = await chromium.new_context(locale="fr-FR")
    await context.add_cookies([{"name": cookies.SPACE + person, "value": token, "url": home.url}])
    return watched(await context.new_page(), context)


async def next_act(page: Page, act: str, button: str, **values: str) -> None:
    """What the case waits for from whoever reads it, for the first candidate of whom it is asked."""
    await page.locator(".case-next a").filter(has_text=act).first.click()
    await send(page, button, **values)


async def test_a_power_cut_over_a_whole_day_is_one_case_and_everybody_knows(tmp_path: Path) -> None:
    async with house(tmp_path) as home, async_playwright() as playwright, browser(playwright) as chromium:
        await convened(home)
        before, org = len(await home.letters()), home.person("org")
        window = await office_of(chromium, home, org)
        page = window.page
        await page.goto(f"{home.url}/space/{org}/office/days/{home.session}/change")
        await send(page, "Noter l’incident", hearings=[NAMES["cand"], NAMES["cand2"]], kind="Panne",
                   words=CUT_WHY, postpone="Les épreuves choisies")
        await expect(page.locator(".note.ok")).to_contain_text("Un seul dossier les réunit")
        assert [one.phase for one in (await home.state()).hearings.values()] == [Phase.POSTPONED] * 2
        check_letters((await home.letters())[before:])
        case = await joined(home)
        await page.goto(f"{home.url}/space/{org}/office/cases")
        links = page.locator(f'main table a[href*="cases/{case}"]')
        await expect(links.first).to_be_visible()
        assert await page.locator('main table a[href*="/cases/"]').count() == await links.count()
        wrong = await examine(window, "cases", tmp_path)
        await links.first.click()
        for name in ("cand", "cand2"):
            await expect(page.locator("[id^=part-] h2").filter(has_text=NAMES[name])).to_be_visible()
        for _ in range(2):
            await next_act(page, "Remettre le rapport", "Remettre le rapport")
        for _ in range(2):
            await next_act(page, "Proposer une suite", "Proposer cette suite", consequence="report de l’épreuve",
                           words=LATER_WHY)
        wrong += await examine(window, "one-case", tmp_path)
        state = await Casework(home).state(case)
        assert [part.proposals[-1].consequence for part in state.parts.values()] == [Consequence.POSTPONE] * 2
        assert wrong == []
