"""From signed recommendations to the certificate that a stranger checks, by the pages: only the clock is moved."""
from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.async_api import async_playwright, expect

from evaluation.deadlines import day_of
from evaluation.slots import hour_on
from server.http import parts
from tests.browser import certificate_steps as certificates
from tests.browser import sitting_steps as sitting
from tests.browser.awarded_cast import Awarding
from tests.browser.awarded_days import DISPUTED, LINA, MAIA, NAMES, NOE, three_heard
from tests.browser.windows import browser
from tests.evaluation.frameworks import POLISHING
from tests.server.http.house import house

pytestmark = pytest.mark.browser
WHY = "La reprise est plane et l’outil bien choisi : la compétence est là."


@asynccontextmanager
async def cast_in(folder: Path) -> AsyncIterator[Awarding]:
    async with (house(folder, True, POLISHING, three_heard) as home, async_playwright() as playwright,
                browser(playwright) as chromium):
        cast = Awarding(home, chromium, folder)
        try:
            yield cast
        except BaseException:
            await cast.last_sight()
            raise


@pytest.mark.rule("R1.3", "R1.5", "R1.6", "R3.9", "R8.1", "R8.2", "R8.3", "X10")
async def test_three_candidates_from_recommendations_to_certificates(tmp_path: Path) -> None:
    async with cast_in(tmp_path) as cast:
        on = date.fromordinal(day_of(cast.home.clock()).toordinal() + 1)
        await sitting.convene(cast, on)
        for member in sitting.MEMBERS:
            await sitting.prepare(cast, member, reads=member == "employees")
        cast.goes_on(hour_on(on, "14:00"))
        await sitting.open_sitting(cast)
        await sitting.propose(cast, NAMES[LINA], **{f"mark-{DISPUTED}": "Acquise", f"why-{DISPUTED}": WHY})
        await sitting.agree(cast, NAMES[LINA], "Attribution de la certification")
        await sitting.propose(cast, NAMES[NOE], **{"letter-C2.1": "Des traits d’émeri restaient visibles."})
        await sitting.agree(cast, NAMES[NOE], "Attribution partielle : BC1")
        await sitting.propose(cast, NAMES[MAIA])
        await sitting.agree(cast, NAMES[MAIA], "Aucune attribution")
        await sitting.write_minutes(cast)
        for member in ("employees", "employers"):
            await sitting.sign_by_mail(cast, member)
        await sitting.sign_at_office(cast)
        await cast.settled()
        await told(cast)
        await certificates.validate(cast)
        await certificates.issue(cast)
        await certificates.post(cast, LINA, "1A 204 118", on.isoformat())
        await checked(cast)
        assert cast.problems == []


async def told(cast: Awarding) -> None:
    """Each reads their own letter, with its reserve and the last day of an appeal."""
    whole, partial, none = [await certificates.letter(cast, one) for one in (LINA, NOE, MAIA)]
    for words in (whole, partial, none):
        assert "sous réserve de validation par la CPNEFP" in words
        assert "postez-le au plus tard le" in words
    assert "vous attribue la certification entière" in whole
    assert "vous attribue une partie de la certification" in partial
    assert "Des traits d’émeri restaient visibles." in partial
    assert "Ce que vous gardez • BC1" in partial
    assert "pour ce qui manque seulement : BC2" in partial
    assert "ne vous attribue pas la certification" in none
    assert [name for name in (NAMES[LINA], NAMES[NOE]) if name in none] == []


async def checked(cast: Awarding) -> None:
    """A stranger reads the two codes: a certificate, and an attestation of the one block. Nobody has a third."""
    year = day_of(cast.home.clock()).year
    for number, seat, kind in (("00001", LINA, "Certificat"), ("00002", NOE, "Attestation")):
        page = await certificates.scanned(cast, f"CQP-{year}-{number}")
        await expect(page.locator("main")).to_contain_text(NAMES[seat])
        await expect(page.locator("main")).to_contain_text(kind)
        await expect(page.locator("main")).to_contain_text("authentique")
    assert await cast.home.app[parts.ROWS].count("certificates") == 2
