"""What a failure takes of an examination: the candidate's time given back as it was measured or otherwise and why, and
a power cut over a whole day that is one case (X9, R7.1)."""
from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from evaluation.case_rules import Consequence
from evaluation.session.phases import Phase
from server.http import cookies, parts
from server.storage.spaces import How
from tests.browser.filling import send
from tests.browser.looking import examine
from tests.browser.windows import Window, browser, enter, few_pixels, watched
from tests.server.http.casework import Casework
from tests.server.http.house import NAMES, House, house
from tests.serving import eventually

pytestmark = [pytest.mark.browser, pytest.mark.rule("X9", "R7.1")]

GRACE_SECONDS = 1
MINUTE_MS = 60_000
GIVEN_WHY = "Elle avait fini de répondre : seule la fin de la question a manqué."
CUT_WHY = "Coupure de courant dans tout le quartier depuis 9 h."
LATER_WHY = "Rien n’a pu commencer, à cause de la panne de courant."


async def cut_off(home: House, candidate: Window, minutes: int) -> None:
    """Their window is closed for so long, and open again."""
    presence, seat = home.app[parts.PRESENCE], home.seat("cand")
    at = candidate.page.url
    await candidate.page.close()

    async def gone() -> bool:
        return not presence.here(home.session, seat)

    async def noted() -> bool:
        return seat not in (await home.state()).present

    await eventually(gone, 10)
    home.clock.ahead += minutes * MINUTE_MS
    await eventually(noted, GRACE_SECONDS + 10)
    page = watched(await candidate.context.new_page(), candidate.context)
    await few_pixels(page)
    await page.page.goto(at, wait_until="domcontentloaded")
    candidate.page = page.page


def measured(words: str) -> str:
    """The time that is proposed, as the banner's button has it."""
    found = re.search(r"Rendre (\d+:\d\d)", words)
    assert found is not None, words
    return found[1]


async def test_time_is_given_back_as_measured_or_otherwise_and_why(tmp_path: Path) -> None:
    async with house(tmp_path, presence__grace_seconds=GRACE_SECONDS) as home, async_playwright() as playwright, \
            browser(playwright) as chromium:
        await home.to_questions()
        president = await enter(chromium, f"{home.url}/i/{home.tokens['emp']}", before=few_pixels)
        candidate = await enter(chromium, f"{home.url}/i/{home.tokens['cand']}", before=few_pixels)
        banners, told = president.page.locator("#banners"), "#banners .banner"
        await candidate.see('[data-screen="room"]')
        await cut_off(home, candidate, 2)
        back = banners.get_by_role("button", name=re.compile(r"^Rendre 2:\d\d"))
        await expect(candidate.page.locator(told).filter(has_text="peut vous les rendre")).to_be_visible()
        assert measured(await back.inner_text()) < "2:30"
        await back.click()
        await expect(candidate.page.locator(told).filter(has_text="elles vous sont rendues")).to_be_visible()
        await expect(back).to_have_count(0)
        await cut_off(home, candidate, 1)
        await expect(banners.get_by_role("button", name=re.compile(r"^Rendre 1:\d\d"))).to_be_visible()
        wrong = await examine(president, "lost-time", tmp_path)
        await banners.get_by_role("button", name="Autre durée").click()
        asked = president.page.locator("dialog[open]")
        await asked.locator("#give-minutes").fill("0")
        await asked.locator("#give-seconds").fill("30")
        await asked.locator("#ask-words").fill(GIVEN_WHY)
        wrong += await examine(president, "another-figure", tmp_path)
        await asked.get_by_role("button", name="Rendre ce temps").click()
        await expect(candidate.page.locator(told).filter(has_text="vous rend 30 s")).to_be_visible()
        await candidate.page.screenshot(path=tmp_path / "told.png")
        cuts = (await home.state()).hearing(home.hearing()).cuts
        assert [(one.given.seconds == one.measured, one.given.words is None) for one in cuts] == [
            (True, True), (False, False)]
        assert [one.measured // 60 for one in cuts] == [2, 1]
        await president.page.goto(f"{home.url}/seat/{home.seat('emp')}/records/{home.hearing()}")
        lines = president.page.locator("#clocks .r-clock .lines li")
        await expect(lines).to_have_count(2)
        await expect(lines.nth(0)).to_contain_text("Rendu comme mesuré : 2 min")
        await expect(lines.nth(1)).to_contain_text("Rendu : 30 s")
        await expect(lines.nth(1).locator("q")).to_have_text(GIVEN_WHY)
        wrong += await examine(president, "record", tmp_path)
        # While the candidate's window is closed, there is no picture of theirs to be had.
        assert [one for one in wrong if f"/whep/{home.seat('cand')}/" not in one] == []


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
    work, standing = Casework(home), dict[str | None, str]()

    async def one() -> bool:
        await work.home.settled()
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
