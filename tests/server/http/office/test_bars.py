"""Bars: recorded by a member, or by the clerk with the meeting and its extract; lifted the same way (R6.6)."""
from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from evaluation.body.terms import certification_of
from evaluation.codec import encode
from server.http import parts
from server.http.office.framework_files import frameworks
from server.storage.tables import files, people, subjects, words
from tests.server.http.office.desks import Desks, paper

ABOUT: dict[str, Any] = {
    "first_name": "Thomas", "name": "Leroy", "email": "none@example.org", "birth_date": "14/07/1998",
    "words": "Fraude établie"}


async def in_force(desks: Desks) -> str:
    one = next(iter(frameworks().values()))
    await desks.do("clerk", "PutFrameworkInForce", certification=encode(certification_of(one)), since="2026-01-01")
    return one.code


@pytest.mark.rule("R6.6")
async def test_a_bar_from_before_the_platform_is_recorded_and_lifted_by_the_clerk_with_the_extract(desks: Desks):
    code = await in_force(desks)
    status, page = await desks.send("member", "bars/set", certification=code, meeting_day=desks.today,
                                    extract=paper("Extrait"), **ABOUT)
    assert (status, "suit de la décision d’un dossier" in page) == (422, True)
    status, where = await desks.send("member", "bars/set", certification=code, **desks.met_before(), **ABOUT)
    assert (status, where) == (303, "/space/member/office/bars?done=bar-set")
    (bar,) = (await desks.body()).bars.values()
    assert (bar.person, bar.certification, bar.decided_on.isoformat()) == ("none", code, desks.before)
    page = await desks.page("clerk", "bars?q=leroy")
    assert ("Thomas Leroy" in page, "en cours" in page) == (True, True)
    status, page = await desks.send("clerk", f"bars/{bar.id}/end", f"bars/{bar.id}", words="Levée", meeting_day="")
    assert (status, "Donnez un jour." in page, ">\nLevée</textarea>" in page) == (422, True, True)
    status, _ = await desks.send("clerk", f"bars/{bar.id}/end", f"bars/{bar.id}", words="Levée",
                                 meeting_day=desks.today, extract=paper("Extrait"))
    assert status == 303
    assert "levée" in await desks.page("member", f"bars/{bar.id}")


async def test_bars_are_nobody_elses_to_see(desks: Desks):
    await in_force(desks)
    for person in ("org1", "dir1", "obs", "none"):
        assert {(await desks.get(person, page)).status for page in ("bars", "bars/set", "bars/x")} == {404}


@pytest.mark.parametrize("person", ["clerk", "member"])
async def test_nobody_decides_a_bar_here(desks: Desks, person: str):
    """Without the meeting, from before the platform, that decided it."""
    code = await in_force(desks)
    status, page = await desks.send(person, "bars/set", certification=code, meeting_day="", **ABOUT)
    assert (status, "Donnez un jour." in page, 'value="Leroy"' in page) == (422, True, True)
    assert (await desks.body()).bars == {}


@pytest.mark.rule("X1")
async def test_who_is_named_by_a_bar_that_is_refused_is_not_kept(desks: Desks):
    """Neither a profile, nor a key that words or an extract were to be sealed with: the body alone has one, under which
    names are compared."""
    code = await in_force(desks)
    await desks.home.app[parts.VAULT].key(f"stream:{(await desks.body()).id}")
    async with desks.home.app[parts.DATABASE].reading() as connection:
        before = [(await connection.execute(select(one))).all() for one in (people, subjects, files, words)]
    about = {**ABOUT, "first_name": "Zoé", "name": "Marchand", "email": "zoe@example.org"}
    later = (date.fromisoformat(desks.today) + timedelta(days=9)).isoformat()
    status, _ = await desks.send("clerk", "bars/set", certification=code, meeting_day=later, extract=paper("Extrait"),
                                 **about)
    async with desks.home.app[parts.DATABASE].reading() as connection:
        after = [(await connection.execute(select(one))).all() for one in (people, subjects, files, words)]
    assert (status, after) == (422, before)
