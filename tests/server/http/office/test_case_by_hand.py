"""A case that is opened by hand from a candidacy's page, for what is found after the day (R6.5)."""
from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from evaluation.case.kind import CASE
from evaluation.deadlines import start_of
from server.http import parts
from tests.server.http.office.desks import Desks, paper
from tests.server.http.office.test_cases import LONG

FOUND = {"kind": "fraud/own_work", "words": "La page 4 vient d’un livre."}


async def registered(desks: Desks) -> None:
    await desks.in_force()
    await desks.listed(await desks.day("2099-06-15"), "zoe", LONG, start_of(date(2099, 6, 15)) + 36_000_000)


async def cases(desks: Desks) -> list[Any]:
    rows = await desks.home.app[parts.ROWS].page("cases")
    return [await desks.home.app[parts.JOURNALS].state(CASE, row.stream) for row in rows]


@pytest.mark.rule("R6.5")
@pytest.mark.parametrize("person", ["clerk", "org1", "dir1"])
async def test_it_is_opened_once_with_what_shows_it(desks: Desks, person: str):
    await registered(desks)
    page = "candidacies/c-zoe/case"
    assert "Ouvrir un dossier" in await desks.page(person, "candidacies/c-zoe")
    key = await desks.key(person, page)
    given: dict[str, Any] = {**FOUND, "paper": paper("Livre")}
    sent = [await desks.send(person, page, key=key, **given) for _ in range(2)]
    (case,) = await cases(desks)
    assert sent == [(303, f"/space/{person}/office/cases/{case.id}?done=case-opened")] * 2
    assert (case.kind.door, case.kind.code, case.by_clerk, len(case.evidence)) == (
        "fraud", "own_work", person == "clerk", 1)
    shown = await desks.page(person, f"cases/{case.id}")
    assert ("La page 4 vient d’un livre." in shown, LONG in shown, "Pièce du dossier" in shown) == (True, True, True)


@pytest.mark.rule("R6.5", "X15")
async def test_it_is_nobody_elses_to_open_and_never_without_facts(desks: Desks):
    await registered(desks)
    page = "candidacies/c-zoe/case"
    for person in ("org2", "obs", "none", "member"):
        assert (await desks.get(person, page)).status == 404, person
        key = await desks.key("org1", page)
        assert (await desks.send(person, page, key=key, **FOUND, paper=paper()))[0] == 404, person
    assert (await desks.get("org1", "candidacies/nobody/case")).status == 404
    for wrong in ({"words": ""}, {"kind": "appeal/award"}, {"kind": "fraud/nothing"}):
        status, shown = await desks.send("org1", page, **{**FOUND, **wrong})
        assert (status, "Rien n’a été enregistré." in shown) == (422, True), wrong
    assert await cases(desks) == []


async def test_of_somebody_erased_nothing_is_opened(desks: Desks):
    await registered(desks)
    await desks.home.app[parts.ACCOUNTS].erase_person("zoe")
    await desks.home.app[parts.VAULT].erase("zoe")
    assert "Ouvrir un dossier" not in await desks.page("clerk", "candidacies/c-zoe")
    assert (await desks.get("clerk", "candidacies/c-zoe/case")).status == 404
