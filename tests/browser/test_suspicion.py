"""A suspected fraud, from a juror's click to a bar, and the registration that it is found again in: everybody at their
own page (R6.5, R7.2, R6.6). Only the clock is moved past the pages, and the hearing brought to its questions."""
from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from evaluation.body.granting import GrantOffice
from evaluation.case.kind import CASE
from evaluation.codec import encode
from evaluation.offices import Office, OfficeRole
from evaluation.people import SYSTEM
from evaluation.rules import Refusal
from server.http import parts
from tests.browser import keys
from tests.browser.enrolment_steps import LINA
from tests.browser.filling import follow, send
from tests.browser.looking import examine
from tests.browser.test_offices import at_desk
from tests.browser.windows import DESKTOP, Window, browser, enter, few_pixels
from tests.server import bodies
from tests.server.http.casework import Casework
from tests.server.http.house import House, house
from tests.server.http.office.desks import Desks

pytestmark = pytest.mark.browser
DIRECTOR = "p-director"
OFFICES = {bodies.CLERK: "Laurence Chevillon", bodies.MEMBER: "Karim Haddad", DIRECTOR: "Paul Delmas"}
NOTED = "Le livret reprend le dossier d’une autre école."
ANSWERED = "Ce dossier est le mien : j’étais dans cette école avant."
IN_WRITING = "Les pages 12 à 14 citent le cours que nous avons tous reçu."
BAR = "candidature éliminée et interdiction de se présenter"
REGISTERED_AGAIN = {
    **LINA, "birth_name": "Morrel", "used_name": "", "first_names": "Lina", "email": "l.morrel@example.org",
    "company": "", "trained_by": ""}
"""One letter more, and another address."""


@dataclass
class Affair:
    home: House
    chromium: Browser
    folder: Path
    work: Casework
    windows: dict[str, Window] = field(default_factory=dict[str, Window])
    wrong: list[str] = field(default_factory=list[str])

    async def seated(self, name: str) -> Window:
        """In the room, by their link."""
        link = f"{self.home.url}/i/{self.home.tokens[name]}"
        self.windows[name] = await enter(self.chromium, link, before=few_pixels)
        return self.windows[name]

    async def at_home(self, name: str) -> Page:
        """From the room to the space, in the same browser."""
        page = self.windows[name].page
        await page.goto(f"{self.home.url}{self.home.space(name)}")
        return page

    async def signed_in(self, person: str) -> Page:
        """In the space, with a passkey used now."""
        if person in self.windows:
            await self.windows[person].context.close()
        self.windows[person] = await at_desk(self.chromium, Desks(self.home), person, scripts=True)
        page = self.windows[person].page
        await page.goto(f"{self.home.url}/space/{person}/")
        return page

    async def at_case(self, person: str) -> Page:
        """By what awaits them in their space."""
        page = await self.signed_in(person)
        await follow(page, "quelque chose de vous : Lina Morel")
        return page

    async def noted(self, page: Page, act: str, button: str, **values: str | list[str]) -> None:
        """The act that the case's page puts first, or one of the others."""
        await follow(page, act)
        await send(page, button, **values)
        await expect(page.locator(".note.ok").first).to_contain_text("C’est enregistré au dossier.")

    async def look(self, who: str, name: str) -> None:
        self.wrong += await examine(self.windows[who], name, self.folder)
        await self.windows[who].page.set_viewport_size(DESKTOP)  # pyright: ignore[reportArgumentType]

    async def silences(self) -> None:
        """The clock goes on until all who have not answered are recorded silent."""
        while (due := CASE.next_due(state := await self.work.state(), self.home.clock())) is not None:
            self.home.clock.ahead += max(0, due - self.home.clock())
            for command in CASE.due_commands(state, self.home.clock()):
                with suppress(Refusal):  # the clockwork has written it
                    await self.work.do(SYSTEM, type(command).__name__, **encode(command))


@asynccontextmanager
async def affair(folder: Path) -> AsyncIterator[Affair]:
    """The day's jury asks its questions; the offices have their people, and Lina is known by her birth."""
    async with AsyncExitStack() as stack:
        home = await stack.enter_async_context(house(folder, limits__pages_per_minute=600))
        save = home.app[parts.ACCOUNTS].save_person
        for person, name in OFFICES.items():
            await save(person, {"name": name, "first_name": name.split()[0], "email": f"{person}@example.org"})
        await save(home.person("cand"), {
            "name": "Lina Morel", "first_name": "Lina", "birth_name": "Morel", "first_names": ["Lina", "Marie"],
            "birth_date": "1998-07-14", "email": f"{home.seat('cand')}@example.org"})
        await bodies.do(home.app[parts.JOURNALS], bodies.CLERK, GrantOffice(Office(
            "o-director", DIRECTOR, OfficeRole.DIRECTOR, bodies.SINCE, None, "of1", bodies.PAPER)))
        await home.to_questions()
        playwright = await stack.enter_async_context(async_playwright())
        chromium = await stack.enter_async_context(browser(playwright))
        here = Affair(home, chromium, folder, Casework(home))
        try:
            yield here
        except BaseException:
            for who, window in here.windows.items():
                with suppress(Exception):
                    await window.page.screenshot(path=folder / f"last-{who}.png", full_page=True)
                    print(who, window.page.url, *window.problems, sep="\n  ")
            raise


@pytest.mark.rule("R6.5", "R6.6", "R7.2", "X2")
async def test_a_suspected_fraud_from_the_click_to_the_bar_and_to_who_comes_again(tmp_path: Path):
    async with affair(tmp_path) as here:
        await suspected(here)
        await answered_and_stopped(here)
        await reported(here)
        await informed(here)
        await answered_in_writing(here)
        await proposed(here)
        await opinions(here)
        await decided(here)
        await registered_again(here)
        assert here.wrong == []


# In the room


async def suspected(here: Affair) -> None:
    """A juror notes it by the door of fraud; what its kind asks stands beside it."""
    page = (await here.seated("tra")).page
    await page.click("#tab-panel-incidents")
    await page.click("#door-fraud")
    await page.click("label:has(#incident-kind-own_work)")
    await page.fill("#incident-words", NOTED)
    await page.fill("#incident-ask-0", "Pages 12 à 14.")
    await page.fill("#incident-ask-1", "Un dossier publié en 2024.")
    await page.click("#incident-send")
    await here.windows["tra"].see("#incidents [data-incident]")
    await expect(page.locator("#script-others")).to_contain_text("choisit le moment")
    await here.windows["tra"].leave()


async def answered_and_stopped(here: Affair) -> None:
    president, candidate = (await here.seated("emp")).page, (await here.seated("cand")).page
    await expect(candidate.locator("#suspicion-form")).to_be_hidden()
    await president.click("#script-tell > summary")
    await president.click("#script-say")
    await expect(candidate.locator("#suspicion-noted")).to_contain_text(NOTED)
    await expect(candidate.locator("#suspicion-answers")).to_contain_text("Pages 12 à 14.")
    await expect(candidate.locator("#suspicion-form")).not_to_contain_text("Tom Formateur")
    await expect(candidate.locator("#suspicion-sanctions li").first).to_be_visible()
    await candidate.click("#suspicion-sign")
    await expect(candidate.locator("#suspicion-wrong")).to_contain_text("Écrivez votre réponse")
    await candidate.fill("#suspicion-words", ANSWERED)
    await expect(candidate.locator("#suspicion-wrong")).to_be_hidden()
    await candidate.fill("#suspicion-name", "Lina Morel")
    await here.look("cand", "room")
    await candidate.click("#suspicion-sign")
    await expect(president.locator("#script-said")).to_contain_text(ANSWERED)
    await president.click("#script-stop")
    await president.fill("dialog[open] #ask-words", "Le dossier ne peut pas être examiné ainsi.")
    await president.click('dialog[open] [data-act="DecideSuspicion"]')
    await expect(candidate.locator("main")).to_contain_text("Le jury a arrêté l’épreuve.")
    for name in ("emp", "cand"):
        await here.windows[name].leave()
    await here.work.home.settled()
    (row,) = await here.home.app[parts.ROWS].page("cases")
    here.work.case = str(row.data["case"])


# At the offices


async def reported(here: Affair) -> None:
    """By the keyboard alone, from the space to the report that is passed on (X2)."""
    page = await here.signed_in(here.home.person("org"))
    await keys.go(page, page.get_by_role("link", name="quelque chose de vous : Lina Morel"))
    main = page.locator("main")
    for words in (NOTED, "Pages 12 à 14.", ANSWERED):
        await expect(main).to_contain_text(words)
    await here.look(here.home.person("org"), "to-report")
    await keys.go(page, page.get_by_role("link", name="Remettre le rapport"))
    await keys.write(page, page.locator("textarea"), "Le livret est joint au dossier.")
    await keys.go(page, page.get_by_role("button", name="Remettre le rapport"))
    await expect(page.locator(".note.ok").first).to_contain_text("C’est enregistré au dossier.")
    await here.look(here.home.person("org"), "reported")


async def informed(here: Affair) -> None:
    """The clerk takes the report; the letter leaves with the paper that is drawn, and arrives."""
    page = await here.at_case(bodies.CLERK)
    await here.noted(page, "Accuser réception du rapport", "Le rapport est reçu")
    await here.noted(page, "Informer le candidat par écrit", "Informer le candidat", words=NOTED,
                     sanctions=["interdiction de se présenter"])
    assert [one for one in await here.home.letters() if "jours pour répondre par écrit" in " ".join(one.split())] != []
    await here.work.home.settled()
    notice = (await here.work.part()).notice
    assert notice is not None
    assert notice.begins is not None


async def answered_in_writing(here: Affair) -> None:
    """By the keyboard alone: read, answered in writing, said to be all (X2)."""
    page = await here.at_home("cand")
    await keys.go(page, page.get_by_role("link", name="Ouvrir : "))
    main = page.locator("main")
    await expect(main).to_contain_text("Vous pouvez répondre jusqu’au")
    await expect(main).to_contain_text("Un soupçon n’est pas une décision")
    await here.look("cand", "own-case")
    async with page.expect_download() as paper:
        await page.locator('section[aria-labelledby="notice-title"] a[download]').first.click()
    assert (await (await paper.value).path()).read_bytes().startswith(b"%PDF-")
    await keys.press(page, page.locator('a[href="#answer"]'))
    await keys.write(page, page.locator("#answer textarea"), IN_WRITING)
    await keys.press(page, page.locator('#answer [name="complete"]'), "Space")
    await keys.go(page, page.get_by_role("button", name="Envoyer ma réponse"))
    await expect(page.locator(".note.ok").first).to_contain_text("Votre réponse est enregistrée.")
    await expect(main).to_contain_text("Votre réponse complète est enregistrée")


async def proposed(here: Affair) -> None:
    page = await here.at_case(bodies.CLERK)
    await expect(page.locator("main")).to_contain_text(IN_WRITING)
    await here.noted(page, "Proposer une suite", "Proposer cette suite", consequence=BAR, words="Les pages concordent.")


async def opinions(here: Affair) -> None:
    """The provider's director agrees, the juror who noted it does not; the others let their days pass."""
    page = await here.at_case(DIRECTOR)
    await here.noted(page, "Donner l’avis de l’organisme de formation", "Donner cet avis", agrees="oui")
    juror = await here.at_home("tra")
    await follow(juror, "Ouvrir : ")
    await expect(juror.locator("main")).not_to_contain_text(IN_WRITING)
    await send(juror, "Envoyer mon avis", agrees="Je ne suis pas d’accord", words="C’est trop sévère.")
    await expect(juror.locator(".note.ok").first).to_contain_text("Votre avis est enregistré.")
    await here.look("tra", "opinion")
    await here.silences()


async def decided(here: Affair) -> None:
    page = await here.at_case(bodies.CLERK)
    await expect(page.locator("main")).to_contain_text("C’est trop sévère.")
    await here.look(bodies.CLERK, "answered")
    await here.noted(page, "Soumettre à la commission", "Soumettre le dossier")
    page = await here.at_case(bodies.MEMBER)
    await here.noted(page, "Valider la suite", "Valider cette suite", consequence=BAR)
    await expect(page.locator("main")).to_contain_text(BAR)
    await here.work.home.settled()
    await here.home.app[parts.BAR_MATCHES].look_again()
    page = await here.signed_in(bodies.CLERK)
    await follow(page, "Interdictions")
    await expect(page.get_by_role("row", name="Lina Morel")).to_be_visible()


# Who comes again


async def registered_again(here: Affair) -> None:
    """Their organizer learns that it is looked at, and nothing of why; the awarding body decides who it is."""
    organizer = await here.signed_in(here.home.person("org"))
    await follow(organizer, "Candidatures", "Inscrire un candidat")
    await send(organizer, "Inscrire le candidat", **REGISTERED_AGAIN)
    await expect(organizer.locator(".note.ok").first).to_contain_text("L’inscription est enregistrée.")
    assert re.findall("interdi|fraud", (await organizer.inner_text("main")).casefold()) == []
    await follow(organizer, "Candidatures")
    row = organizer.get_by_role("row", name="Lina Morrel")
    await expect(row).to_contain_text("inscription en cours d’examen")
    assert re.findall("interdi|fraud", (await row.inner_text()).casefold()) == []
    page = await here.signed_in(bodies.CLERK)
    await follow(page, "À examiner", "Lina Morrel")
    await expect(page.locator("main")).to_contain_text("14 juil. 1998")
    await here.look(bodies.CLERK, "examined")
    await send(page, "Enregistrer la réponse", answer="oui, c’est la même personne", words="La pièce d’identité.")
    await expect(page.locator(".note.ok").first).to_be_visible()
    await organizer.reload()
    await expect(row).to_contain_text("inscription non admise")
