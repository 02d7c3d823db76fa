"""An appeal that the commission admits, and the sitting of others that rules again, by the pages alone; the first
decision stays beside the second (R9.2)."""
from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import expect

from evaluation.deadlines import day_of
from tests.browser import certificate_steps as certificates
from tests.browser import sitting_steps as sitting
from tests.browser.awarded_cast import CLERK, COMMISSION, OTHERS, Awarding, cast_after
from tests.browser.awarded_days import NAMES, NOE, others_enter, two_ruled
from tests.browser.filling import follow, pdf_file, send
from tests.server.http.office.desks import paper

pytestmark = pytest.mark.browser
WEEK = 7 * 86_400_000
AGAIN = "nouvel examen du dossier"
TURN = "quelque chose de vous"
WHY = "Interrogés, les jurés disent que la pièce n’a pas été regardée sous la loupe."


@pytest.mark.rule("R9.2", "R1.3", "R8.1")
async def test_others_rule_again_and_nothing_is_taken_away(tmp_path: Path) -> None:
    async with cast_after(tmp_path, two_ruled) as cast:
        await others_enter(cast.home)
        cast.goes_on(cast.home.clock() + WEEK)
        await appeal(cast)
        await decided_upon(cast)
        cast.three = OTHERS
        await sitting.hold(cast, cast.tomorrow)
        await sitting.propose(cast, NAMES[NOE])
        await sitting.agree(cast, NAMES[NOE], "Attribution partielle : BC1")
        await sitting.seal(cast)
        words = await certificates.letter(cast, NOE, 2)
        assert "vous attribue une partie de la certification" in words
        await certificates.validate(cast)
        await both_stand(cast)
        assert cast.problems == []


async def appeal(cast: Awarding) -> None:
    """Recorded by the clerk, in time and by registered letter; the commission admits it."""
    today = day_of(cast.home.clock())
    page = await cast.at(CLERK, "Candidatures", NAMES[NOE], "Enregistrer un recours")
    await send(page, "Enregistrer le recours", against="Résultat du jury du",
               posted_on=(today - timedelta(days=2)).isoformat(), received_on=today.isoformat(),
               means="lettre recommandée", number="1A 000 1", reasoned="oui", reasons=WHY,
               scan=pdf_file("recours.pdf", paper("Recours")))
    await sitting.noted(page)
    await cast.settled()
    page = await cast.at(COMMISSION, TURN, "Se prononcer sur la recevabilité")
    await send(page, "Enregistrer", admissible="oui", words="Dans les délais, et motivé")
    await sitting.noted(page)
    await cast.settled()


async def decided_upon(cast: Awarding) -> None:
    """The clerk proposes to examine again, and submits it; the commission says so."""
    page = await cast.at(CLERK, TURN, "Proposer une suite")
    await send(page, "Proposer cette suite", consequence=AGAIN, words="La pièce n’a pas été vue")
    await cast.settled()
    await follow(page, "Soumettre à la commission")
    await send(page, "Soumettre le dossier")
    await cast.settled()
    page = await cast.at(COMMISSION, TURN, "Valider la suite")
    await send(page, "Valider cette suite", consequence=AGAIN)
    await cast.settled()


async def both_stand(cast: Awarding) -> None:
    page = await cast.at(CLERK, "Candidatures", NAMES[NOE])
    ruled = page.locator("section").filter(has=page.get_by_role("heading", name="Ce que les jurys ont décidé"))
    await expect(ruled.locator("li")).to_have_count(2)
    await expect(page.locator("section[aria-labelledby=kept] li")).to_contain_text(["BC1"])
    page = await certificates.scanned(cast, f"CQP-{day_of(cast.home.clock()).year}-00001")
    await expect(page.locator("main")).to_contain_text("authentique")
