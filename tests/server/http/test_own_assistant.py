"""A candidate is assisted by whom they choose, who sees nothing before they accept (R7.2)."""
from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from server.http import parts
from tests.server.http.casework import Casework
from tests.server.http.house import House, on_its_loop

pytestmark = pytest.mark.rule("R7.2")
ZOE = {"first_name": "Zoé", "name": "Lambert", "email": "zoe.lambert@example.org"}


@pytest.fixture
def work(shared: House) -> Casework:
    return Casework(shared)


async def invited(work: Casework) -> str:
    """A case, and who was asked to assist its candidate."""
    await work.noted("tra", 1, True, "Un secret")
    await work.notified()
    assert (await work.send(work.person("cand"), "assistant", **ZOE))[0] == 303
    return (await work.part()).invited[-1]


@on_its_loop
async def test_who_is_asked_sees_who_asks_and_nothing_else_until_they_accept(work: Casework):
    zoe = await invited(work)
    letter = next(one for one in reversed(await work.home.letters()) if "Zoé" in one)
    said = [one in letter for one in ("Lina Morel", "/i/", "secret", "oupçon")]
    assert said == [True, True, False, False]
    paper = (await work.part()).notices[0].paper
    assert paper is not None
    status, page = await work.page(zoe)
    assert (status, "Lina Morel vous demande de l’assister" in page, "Un secret" in page, "oupçon" in page) == (
        200, True, False, False)
    assert "Lina Morel vous demande de l’assister" in await work.space(zoe)
    assert await work.status(zoe, f"{work.path(zoe)}/papers/{paper.file}") == 404
    assert (await work.send(zoe, "accept"))[0] == 303
    status, page = await work.page(zoe)
    assert (status, "Un secret" in page, "Vous assistez Lina Morel." in page) == (200, True, True)
    assert await work.status(zoe, f"{work.path(zoe)}/papers/{paper.file}") == 200
    assert ("C’est ma réponse complète" in page, "Inviter cette personne" in page) == (False, False)
    assert (await work.send(zoe, "answer", words="Pour elle"))[0] == 303
    assert [(one.by, one.complete) for one in (await work.part()).answers] == [(zoe, False)]
    own = BytesIO(await (await (await work.browser(zoe)).get(f"/space/{zoe}/data.zip")).read())
    assert "Pour elle" in ZipFile(own).read("donnees.json").decode()
    _status, page = await work.page(work.person("cand"))
    assert ("Zoé Lambert" in page, "Pour elle" in page) == (True, True)


@on_its_loop
async def test_who_declines_or_is_dismissed_sees_nothing_more(work: Casework):
    zoe = await invited(work)
    status, where = await work.send(zoe, "decline")
    assert (status, where) == (303, f"/space/{zoe}/cases?done=declined")
    assert await work.status(zoe, work.path(zoe)) == 404
    zoe = await invited(work)
    await work.send(zoe, "accept")
    assert (await work.send(work.person("cand"), "assistant/end"))[0] == 303
    assert (await work.status(zoe, work.path(zoe)), work.case in await work.space(zoe)) == (404, False)
    assert (await work.part()).assistants == ()


@on_its_loop
async def test_one_address_is_one_person_and_a_juror_assists_nobody(work: Casework):
    first = await invited(work)
    assert await invited(work) == first
    for typed in ({"first_name": "Anne", "name": "Patron"}, {"first_name": "Un", "name": "Autre"}):
        status, page = await work.send(work.person("cand"), "assistant", **typed,
                                       email=f"{work.home.seat('own')}@example.org")
        assert (status, typed["name"] in page) == (422, True)
    other = {**ZOE, "first_name": "Yves"}
    assert (await work.send(work.person("cand"), "assistant", **other))[0] == 303
    assert len({*(await work.part()).invited}) == 2


@on_its_loop
async def test_who_is_asked_finds_a_link_as_long_as_it_is_open(work: Casework):
    zoe = await invited(work)
    assert await work.home.app[parts.SPACE].any_open(zoe)
    await work.send(zoe, "decline")
