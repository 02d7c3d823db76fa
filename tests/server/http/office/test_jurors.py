"""The pool in the pages: the clerk keeps it, an organizer proposes and sees their own provider's alone."""
from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from evaluation.body.state import Standing
from evaluation.body.terms import Course, Span
from evaluation.codec import FieldError
from server.http import parts
from server.http.office.spans import Days, typed
from server.people.companies import company_digest
from tests.server.http.office.desks import Desks

NADIA: dict[str, Any] = {
    "first_name": "Nadia", "name": "Belkacem", "email": "nadia@example.org", "categories": ["employees"],
    "company": "Atelier Doré SARL", "trade": "polisseuse"}


def main(page: str) -> str:
    return page.split('id="main"')[1]


async def pool(desks: Desks) -> dict[str, Any]:
    """By name."""
    found = (await desks.body()).pool
    names = await desks.home.app[parts.ACCOUNTS].profiles(found)
    return {str(names[person]["name"]): one for person, one in found.items()}


@pytest.mark.rule("X15", "R1.2")
async def test_an_organizer_proposes_the_clerk_confirms_and_others_see_nothing(desks: Desks):
    await desks.in_force()
    assert "Vous n’avez encore proposé personne" in await desks.page("org1", "jurors")
    status, where = await desks.send("org1", "jurors/enter", **NADIA)
    assert (status, where.partition("?")[2]) == (303, "done=juror-proposed")
    person = where.partition("?")[0].rpartition("/")[2]
    assert "proposé, à confirmer" in main(await desks.page("org1", "jurors"))
    for other in ("org2", "none", "obs"):
        answer = await desks.get(other, f"jurors/{person}")
        assert answer.status == 404
    assert "Belkacem" not in await desks.page("org2", "jurors")
    page = main(await desks.page("clerk", f"jurors/{person}"))
    assert ("BJO Formation" in page, "Atelier Doré SARL" in page) == (True, True)
    status, where = await desks.send("clerk", f"jurors/{person}/change", f"jurors/{person}", categories=["employees"],
                                     company="Atelier Dore", trade="polisseuse", trained_on="2025-09-01",
                                     offered="02/03/2026\ndu 9/3/2026 au 13/3/2026", away="")
    assert (status, where.partition("?")[2]) == (303, "done=juror-entered")
    one = (await pool(desks))["Nadia Belkacem"]
    vault = desks.home.app[parts.JOURNALS]._vault  # pyright: ignore
    assert (one.standing, one.juror.company) == (
        Standing.ENTERED, await company_digest(vault, "cnhbjo", "ATELIER DORÉ"))
    assert [(span.since.day, span.until.day) for span in one.juror.offered] == [(2, 2), (9, 13)]
    assert "Atelier Dore" in main(await desks.page("clerk", f"jurors/{person}"))
    assert "Nadia Belkacem" in main(await desks.page("member", "jurors?category=employees&standing=entered"))
    assert "Nadia Belkacem" not in main(await desks.page("member", "jurors?category=trainer"))


async def test_every_error_is_told_at_once_beside_its_field_and_nothing_is_lost(desks: Desks):
    await desks.in_force()
    status, page = await desks.send(
        "clerk", "jurors/enter", first_name="", name="Belkacem", email="nadia", offered="demain", away=(
            "05/03/2026 au 02/03/2026"), trained_on="2999-01-01", company="Atelier Doré")
    assert status == 422
    wrong = re.findall(r'<p class="wrong" id="field-([\w]+)-wrong">', page)
    assert wrong == ["first_name", "email", "categories", "offered", "away"]
    assert ("demain" in page, "Atelier Doré" in page) == (True, True)
    late: dict[str, Any] = {**NADIA, "trained_on": "2999-01-01"}
    status, page = await desks.send("clerk", "jurors/enter", **late)
    assert (status, "n’a pas encore eu lieu" in page) == (422, True)
    assert await pool(desks) == {}
    assert await desks.home.app[parts.ACCOUNTS].people_at("nadia@example.org") == ()


@pytest.mark.rule("R1.4")
async def test_a_trainers_courses_and_a_link_with_a_candidate(desks: Desks):
    await desks.in_force()
    await desks.candidacy("k1", "none", "2026-01-10")
    trainer: dict[str, Any] = {**NADIA, "categories": ["trainer"], "courses": ["b1/RNCP26850"], "provider": "b1"}
    status, where = await desks.send("clerk", "jurors/enter", **trainer)
    person = where.partition("?")[0].rpartition("/")[2]
    assert (status, (await pool(desks))["Nadia Belkacem"].juror.courses) == (303, (Course("b1", "RNCP26850"),))
    here = f"jurors/{person}"
    status, page = await desks.send("clerk", f"{here}/links", here, email="clerk@example.org", words="Cousins.")
    assert (status, "Aucun candidat n’a cette adresse" in page) == (422, True)
    status, _ = await desks.send("clerk", f"{here}/links", here, email="none@example.org", words="Cousins.")
    page = main(await desks.page("member", here))
    assert (status, "Thomas Leroy" in page, "Cousins." in page) == (303, True, True)
    (link,) = (await desks.body()).links
    status, _ = await desks.send("clerk", f"{here}/links/{link}/end", here)
    assert (status, "Cousins." in await desks.page("member", here)) == (303, False)
    status, _ = await desks.send("clerk", f"{here}/retire", here)
    assert (status, (await pool(desks))["Nadia Belkacem"].standing) == (303, Standing.RETIRED)


@pytest.mark.parametrize("text", [
    "02/03/2026 au 05/03/2026\n09/03/2026", "2026-03-02 - 2026-03-05\n\n9.3.2026",
    "du 2/3/2026 à 5/3/2026\n 9/3/2026 "])
def test_days_as_they_are_typed(text: str):
    days = Days("away", "")
    read = days.parsed(text)
    assert read == (Span(date(2026, 3, 2), date(2026, 3, 5)), Span(date(2026, 3, 9), date(2026, 3, 9)))
    assert days.parsed(typed(read)) == read


@pytest.mark.parametrize("text", [
    "demain", "02/03/2026 au", "31/02/2026", "05/03/2026 au 02/03/2026", "1/3/2026 au 2/3/2026 au 3/3/2026",
    "1/3/2026\n" * 61])
def test_days_that_are_none(text: str):
    with pytest.raises(FieldError):
        Days("away", "").parsed(text)
