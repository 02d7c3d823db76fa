"""Somebody with offices in two awarding bodies: each page's address names the body, and nothing of the other shows."""
from __future__ import annotations

from typing import Any

import pytest

from evaluation.body.kind import BODY
from evaluation.people import SYSTEM
from server.http import parts
from tests.server.http.office.desks import PAPER, Desks

pytestmark = pytest.mark.rule("X15")
OURS, THEIRS = "BJO Formation", "École du Nord"


@pytest.fixture
async def both(desks: Desks) -> Desks:
    """The clerk of one awarding body is of the commission in another one."""
    async def do(actor: str, command: str, **fields: Any) -> None:
        await desks.home.app[parts.JOURNALS].execute(BODY, "nord", actor, command, fields, by_server=True)

    await do(SYSTEM, "FoundBody", body="nord", name="Branche du Nord", office="of-nord", clerk="none")
    await do("none", "AccreditProvider", name=THEIRS, agreement={
        "provider": "n1", "since": "2026-01-01", "until": None, "paper": PAPER})
    await do("none", "GrantOffice", office={
        "id": "of-both", "person": "clerk", "role": "commission_member", "since": "2026-01-01", "provider": None,
        "paper": PAPER})
    return desks


def seen(page: str) -> list[bool]:
    return [name in page.split('id="main"')[1] for name in (OURS, THEIRS)]


async def test_the_space_lets_them_choose(both: Desks):
    page = await (await (await both.browser("clerk")).get("/space/clerk/", Accept="text/html")).text()
    for body, name in (("cnhbjo", "CNHBJO"), ("nord", "Branche du Nord")):
        assert (f">{name}</h3>" in page, f"/space/clerk/office/in/{body}/providers" in page) == (True, True)


async def test_nothing_of_one_body_shows_in_the_other(both: Desks):
    assert seen(await both.page("clerk", "in/cnhbjo/providers")) == [True, False]
    page = await both.page("clerk", "in/nord/providers")
    assert (seen(page), "Habiliter un organisme" in page, "Branche du Nord" in page) == ([False, True], False, True)
    assert "/office/in/cnhbjo/" not in page
    own = await (await both.browser("clerk")).get("/space/clerk/sign-ins", Accept="text/html")
    assert own.status == 200
    for address in ("in/nord/providers/b1", "in/cnhbjo/providers/n1", "in/nord/people/of-org1", "in/nobody/providers",
                    "in/nord/providers/accredit"):
        assert (await both.get("clerk", address)).status == 404


async def test_a_form_acts_in_the_body_whose_page_showed_it(both: Desks):
    status, where = await both.send("clerk", "in/cnhbjo/people/grant", first_name="Zoé", name="Marchand", until="",
                                    email="zoe@example.org", role="observer", provider="", since=both.today)
    assert (status, where) == (303, "/space/clerk/office/in/cnhbjo/people?done=granted")
    assert (await both.get("clerk", "in/nord/people/grant")).status == 404


async def test_who_has_offices_in_one_body_keeps_plain_addresses(both: Desks):
    page = await both.page("member", "providers")
    assert ("/office/in/" in page, seen(page)) == (False, [True, False])
    assert (await both.get("member", "in/nord/providers")).status == 404
