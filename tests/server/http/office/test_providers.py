"""Providers and their agreements: accredited, renewed, ended by the clerk (R1.7)."""
from __future__ import annotations

import pytest

from tests.server.http.office.desks import Desks, paper


@pytest.mark.rule("R1.7")
async def test_a_provider_is_accredited_renewed_and_its_agreement_ended(desks: Desks):
    status, where = await desks.send("clerk", "providers/accredit", name="École d’Orfèvrerie", since="2026-01-01",
                                     until="2026-12-31", paper=paper())
    assert status == 303
    provider = where.split("/")[-1].split("?")[0]
    assert "École d’Orfèvrerie" in await desks.page("clerk", "providers")
    page = await desks.page("clerk", f"providers/{provider}?done=accredited")
    assert "La convention est enregistrée." in page
    status, page = await desks.send("clerk", f"providers/{provider}/renew", f"providers/{provider}",
                                    since="2026-06-01", until="", paper=paper())
    assert (status, "Une autre convention court pendant cette période." in page) == (422, True)
    assert 'value="2026-06-01"' in page
    status, _ = await desks.send("clerk", f"providers/{provider}/renew", f"providers/{provider}",
                                 since="2027-01-01", until="2027-12-31", paper=paper())
    assert status == 303
    status, page = await desks.send("clerk", f"providers/{provider}/end", f"providers/{provider}",
                                    on="2026-01-02", words="Fin d’activité")
    assert (status, "Une convention ne finit pas dans le passé." in page) == (422, True)
    status, _ = await desks.send("clerk", f"providers/{provider}/end", f"providers/{provider}", on=desks.today,
                                 words="Fin d’activité", paper=paper("Lettre"))
    assert status == 303
    assert "Aucune convention n’est en cours." in await desks.page("clerk", f"providers/{provider}")
    answer = await desks.get("clerk", f"providers/{provider}/agreements/2/paper")
    assert (answer.status, (await answer.read())[:5]) == (200, b"%PDF-")


async def test_a_providers_people_see_their_own_and_change_nothing(desks: Desks):
    page = await desks.page("org1", "providers")
    assert ("BJO Formation" in page, "Atelier du Marais" in page, "Habiliter" in page) == (True, False, False)
    page = await desks.page("org1", "providers/b1")
    assert "Renouveler" not in page
    before = (await desks.body()).position
    for where in ("providers/accredit", "providers/b1/renew", "providers/b1/end"):
        status, _ = await desks.send("org1", where, key="k" * 16, name="X", since="2026-01-01", on=desks.today,
                                     words="x", paper=paper())
        assert status == 404
    assert (await desks.body()).position == before
