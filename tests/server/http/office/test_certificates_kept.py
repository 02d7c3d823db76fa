"""How long the register keeps whom a certificate names: for years, whoever was erased meanwhile (X1, X10)."""
from __future__ import annotations

from dataclasses import replace

import pytest

from server.http import parts
from server.keeping.register_papers import RegisterPapers
from server.storage.purge import Purge
from tests.server.http.office.desks import Desks
from tests.server.http.office.test_certificates import awarded, issued, public, register
from tests.server.http.office.test_deposit_pages import FIRST, LINA, contracted, receipt, registered, sent

__all__ = ["contracted"]

YEAR_MS = 365 * 86_400_000


def keeping(desks: Desks, **years: int) -> RegisterPapers:
    app, clock = desks.home.app, desks.home.clock
    settings = replace(app[parts.CONFIG].retention, **years)
    purge = Purge(app[parts.DATABASE], app[parts.VAULT], settings, clock)
    return RegisterPapers(app[parts.JOURNALS], purge, app[parts.VAULT], settings, clock)


@pytest.mark.rule("X1", "X10")
async def test_names_and_papers_go_years_after_the_ruling_and_the_number_stays(desks: Desks):
    await desks.in_force()
    await awarded(desks, "lina", ("Lina",), "Morel")
    one = (await issued(desks, "lina")).certificates[1]
    app, clock = desks.home.app, desks.home.clock
    names = keeping(desks, certificate_years=2)
    await app[parts.VAULT].erase("lina")
    clock.ahead += YEAR_MS
    assert (await names(), "Lina Morel" in (await public(desks, one.text, one.code))[1]) == ({}, True)
    clock.ahead += YEAR_MS + YEAR_MS // 2
    await desks.renewed("clerk")
    assert (await names(), await names()) == ({"paper": 1}, {})
    status, page = await public(desks, one.text, one.code)
    assert (status, one.text in page, "authentique" in page, "Lina" in page) == (200, True, True, False)
    assert (await desks.get("clerk", f"certificates/{one.text}/paper")).status == 410


@pytest.mark.rule("X1")
async def test_files_of_the_deposit_go_years_after_they_were_made_and_what_they_said_stays(contracted: Desks):
    desks = contracted
    await registered(desks, "lina", LINA)
    await issued(desks, "lina")
    flux = await sent(desks, FIRST)
    here = f"certificates/deposit/files/{flux}"
    status, _ = await desks.send("clerk", f"{here}/receipt", here, receipt=receipt(flux, FIRST))
    assert status == 303
    clock = desks.home.clock
    papers = keeping(desks, paper_years=2)
    clock.ahead += YEAR_MS
    assert await papers() == {}
    clock.ahead += YEAR_MS + YEAR_MS // 2
    assert (await papers(), await papers()) == ({"paper": 2}, {})
    assert [one.answers.keys() for one in (await register(desks)).deposits.values()] == [{1}]
