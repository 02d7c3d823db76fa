"""A decision that what it leads to cannot follow: told to who keeps the registers, and tried again by them."""
from __future__ import annotations

import asyncio
from typing import Any

import pytest

from evaluation.body.kind import BODY
from evaluation.codec import encode
from evaluation.framework_file import framework_to_data
from evaluation.people import SYSTEM, JurorCategory, Role, Seat
from server.follow_up_edges import EDGES
from server.http import parts
from server.storage.spaces import How
from server.views.body import follow_ups as views
from server.views.when import day_words
from tests.evaluation.frameworks import POLISHING
from tests.pace import within
from tests.server.http.office.desks import Desks

JURORS = tuple(Seat(f"x-{one}", f"p-{one}", Role.JUROR, one) for one in (
    JurorCategory.EMPLOYEES, JurorCategory.EMPLOYERS, JurorCategory.TRAINER))
WAITING = "La commission a désigné un jury."


async def stuck(desks: Desks, session: str = "x1") -> None:
    """The jury of a session that is not planned yet."""
    await desks.do("member", "DecideJury", decision="d1", session=session, jurors=[encode(one) for one in JURORS])
    async with within(10):
        while not any(one.attempts for one in await desks.home.app[parts.FOLLOW_UPS].of("cnhbjo")):
            await asyncio.sleep(0.02)


async def plan(desks: Desks, session: str = "x1") -> None:
    await desks.in_force()
    body = await desks.body()
    stands = {"agreement": body.providers["b1"].agreements[0], "office": body.offices["of-org1"],
              "in_force": body.in_force[0]}
    quotes = {name: await desks.quote("cnhbjo", one.position) for name, one in stands.items()}
    organizer = Seat(f"{session}-org", "org1", Role.ORGANIZER)
    fields: dict[str, Any] = {
        "session": session, "framework": framework_to_data(POLISHING), "date": desks.today,
        "organizer": encode(organizer), **quotes}
    await desks.home.app[parts.SESSIONS].execute(session, organizer.id, "PlanSession", fields, by_server=True)


def test_every_edge_is_told():
    assert set(views.EDGES) == {one.name for one in EDGES.all}


async def test_what_is_stuck_is_told_and_tried_again(desks: Desks):
    assert "Aucune décision n’attend" in await desks.page("clerk", "follow-ups")
    await stuck(desks)
    page = await desks.page("clerk", "follow-ups")
    said = [WAITING, "Ce jury prend place dans une session qui n’est pas dans les listes",
            "Cette session n’existe pas.", "un essai refusé"]
    assert [words for words in said if words not in page] == []
    again = "/follow-ups/" + page.split("/office/follow-ups/")[1].split('"')[0]
    browser = await desks.browser("clerk")
    answer = await browser.send("POST", f"/space/clerk/office{again}", {}, Accept="text/html")
    assert (answer.status, answer.headers["Location"]) == (303, "/space/clerk/office/follow-ups?refused")
    page = await desks.page("clerk", "follow-ups?refused")
    assert ("Cela n’a pas encore été possible." in page, "2 essais refusés" in page) == (True, True)
    await plan(desks)
    assert f"la session du {day_words(desks.today, 'fr')}" in await desks.page("clerk", "follow-ups")
    answer = await browser.send("POST", f"/space/clerk/office{again}", {}, Accept="text/html")
    assert (answer.status, answer.headers["Location"]) == (303, "/space/clerk/office/follow-ups?done=carried-out")
    assert WAITING not in await desks.page("clerk", "follow-ups?done=carried-out")
    state = await desks.home.app[parts.SESSIONS].state("x1")
    assert state is not None
    assert state.jurors == JURORS
    answer = await browser.send("POST", f"/space/clerk/office{again}", {}, Accept="text/html")
    assert answer.status == 404


async def test_it_awaits_the_clerk_in_their_space(desks: Desks):
    awaits = "Une décision n’a pas pu être suivie d’effet"
    browser = await desks.browser("clerk")

    async def space(person: str) -> bool:
        answer = await (await desks.browser(person)).get(f"/space/{person}/", Accept="text/html")
        return awaits in await answer.text()

    assert not await space("clerk")
    await stuck(desks)
    assert [await space(one) for one in ("clerk", "member", "org1", "dir1", "obs", "none")] == [
        True, True, False, False, False, False]
    desks.browsers.clear()
    await desks.browser("clerk", How.LINK)
    assert not await space("clerk")
    await browser.close()


@pytest.mark.rule("X15")
async def test_nobody_else_sees_it_nor_tries_again(desks: Desks):
    await stuck(desks)
    for person in ("org1", "dir1", "dep1", "obs", "none"):
        assert (await desks.get(person, "follow-ups")).status == 404
        answer = await (await desks.browser(person)).send(
            "POST", f"/space/{person}/office/follow-ups/cnhbjo/1/jury/again", {}, Accept="text/html")
        assert answer.status == 404


async def test_another_bodys_is_not_there(desks: Desks):
    await stuck(desks)
    (one,) = await desks.home.app[parts.FOLLOW_UPS].of("cnhbjo")
    journals = desks.home.app[parts.JOURNALS]
    await journals.execute(BODY, "other", SYSTEM, "FoundBody", {
        "body": "other", "name": "Autre", "office": "of-other", "clerk": "none"}, by_server=True)
    assert WAITING not in await desks.page("none", "follow-ups")
    answer = await (await desks.browser("none")).send(
        "POST", f"/space/none/office/follow-ups/{one.source}/{one.position}/{one.edge}/again", {}, Accept="text/html")
    assert answer.status == 404
