"""From signed recommendations to the certificate that a stranger checks, by the pages: only the clock is moved."""
from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from evaluation.deadlines import day_of
from server.http import parts
from tests.browser import certificate_steps as certificates
from tests.browser import sitting_steps as sitting
from tests.browser.awarded_cast import Awarding, cast_after
from tests.browser.awarded_days import DISPUTED, LINA, MAIA, NAMES, NOE, three_heard

pytestmark = pytest.mark.browser
WHY = "La reprise est plane et l’outil bien choisi : la compétence est là."
SEEN = "Des traits d’émeri restaient visibles."


@pytest.mark.rule("R1.3", "R1.5", "R1.6", "R3.9", "R8.1", "R8.2", "R8.3", "X10")
async def test_three_candidates_from_recommendations_to_certificates(tmp_path: Path) -> None:
    async with cast_after(tmp_path, three_heard) as cast:
        on = cast.tomorrow
        await sitting.hold(cast, on)
        await sitting.propose(cast, NAMES[LINA], **{f"mark-{DISPUTED}": "Acquise", f"why-{DISPUTED}": WHY})
        await sitting.agree(cast, NAMES[LINA], "Attribution de la certification")
        await sitting.propose(cast, NAMES[NOE], **{"letter-C2.1": SEEN})
        await sitting.agree(cast, NAMES[NOE], "Attribution partielle : BC1")
        await sitting.propose(cast, NAMES[MAIA])
        await sitting.agree(cast, NAMES[MAIA], "Aucune attribution")
        await sitting.seal(cast)
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
    for words in ("vous attribue une partie de la certification", SEEN, "Ce que vous gardez • BC1",
                  "pour ce qui manque seulement : BC2"):
        assert words in partial
    assert "ne vous attribue pas la certification" in none
    assert [NAMES[one] for one in (LINA, NOE) if NAMES[one] in none] == []


async def checked(cast: Awarding) -> None:
    """A stranger reads the two codes: a certificate, and an attestation of the one block. Nobody has a third."""
    year = day_of(cast.home.clock()).year
    for number, seat, kind in (("00001", LINA, "Certificat"), ("00002", NOE, "Attestation")):
        page = await certificates.scanned(cast, f"CQP-{year}-{number}")
        for words in (NAMES[seat], kind, "authentique"):
            await expect(page.locator("main")).to_contain_text(words)
    assert await cast.home.app[parts.ROWS].count("certificates") == 2
