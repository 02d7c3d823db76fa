"""Who lacks a block registers again for that one, and comes to the whole certification: by the pages, past which only
the second jury's day is played (R9.1, X8)."""
from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from evaluation.deadlines import day_of
from tests.browser import certificate_steps as certificates
from tests.browser import sitting_steps as sitting
from tests.browser.awarded_cast import Awarding, cast_after
from tests.browser.awarded_days import NAMES, NOE, heard_again, two_ruled
from tests.browser.filling import send

pytestmark = pytest.mark.browser
WEEKS = 21 * 86_400_000


@pytest.mark.rule("R9.1", "X8", "R5.4")
async def test_a_resit_completes_the_certification(tmp_path: Path) -> None:
    async with cast_after(tmp_path, two_ruled) as cast:
        cast.goes_on(cast.home.clock() + WEEKS)
        await heard_again(cast.home, await register(cast))
        await sitting.hold(cast, cast.tomorrow)
        await sitting.propose(cast, NAMES[NOE])
        await sitting.agree(cast, NAMES[NOE], "Attribution de la certification")
        await sitting.seal(cast)
        words = await certificates.letter(cast, NOE, 2)
        assert "vous attribue la certification entière" in words
        assert re.search(r"Déjà obtenu : jury du .*?, version 1\.", words)
        await certificates.validate(cast)
        await certificates.issue(cast)
        page = await certificates.scanned(cast, f"CQP-{day_of(cast.home.clock()).year}-00002")
        for shown in (NAMES[NOE], "Certificat", "authentique"):
            await expect(page.locator("main")).to_contain_text(shown)
        assert cast.problems == []


async def register(cast: Awarding) -> str:
    """By the organizer, from the candidacy that ended: for what lacks alone. The new candidacy's id."""
    today = day_of(cast.home.clock()).strftime("%d/%m/%Y")
    page = await cast.at(cast.home.person("org"), "Candidatures", NAMES[NOE], "Inscrire au rattrapage")
    await send(page, "Inscrire le candidat", interview_on=today, rules_on=today)
    facts = page.locator("dl.facts")
    await expect(facts.filter(has_text="Blocs à présenter")).to_contain_text(re.compile(r"Blocs à présenter\s*BC2\s"))
    return page.url.rpartition("/")[2].partition("?")[0]
