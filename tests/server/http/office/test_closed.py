"""To whoever may not, there is no such page: as with any address that does not exist (X15)."""
from __future__ import annotations

import re

import pytest
from aiohttp import FormData

from server.http.bodies import MULTIPART
from server.http.entry import ENTRIES
from server.http.office.routes import OFFICE
from server.storage.spaces import How
from tests.server.http.office.desks import Desks

GUESSES = {"office": "of-org1", "provider": "b1", "number": "1", "candidacy": "k-b1", "position": "2",
           "body": "cnhbjo", "year": "2026", "action": "creation"}
"""Ids of another provider's things; the awarding body is everybody's."""
OWNED = {"office", "provider", "candidacy", "session"}
"""What in an address names a provider's own thing."""


def addresses(person: str, **ids: str) -> list[tuple[str, str, bool]]:
    """Method, path, and whether its form has files. `ids` stand before those that are guessed."""

    def filled(path: str) -> str:
        plain = re.sub(r":\\d\{[\d,]+\}", "", path)
        return re.sub(r"\{(\w+)[^}]*\}", lambda found: {**GUESSES, **ids}.get(found[1], person), plain)

    return [(method, filled(path), MULTIPART in ENTRIES[handler].takes) for method, path, handler, _ in OFFICE]


def naming(owned: set[str], person: str, **ids: str) -> set[tuple[str, str]]:
    """Method and address of all that name one of these."""
    routes = zip(OFFICE, addresses(person, **ids), strict=True)
    return {(method, address) for (_, path, _, _), (method, address, _) in routes
            if owned & set(re.findall(r"\{(\w+)", path))}


async def answers(desks: Desks, person: str, only: str = "", **ids: str) -> dict[tuple[str, str], tuple[int, str]]:
    """Status of each address, and the words of the page's card."""
    browser, found = await desks.browser(person), dict[tuple[str, str], tuple[int, str]]()
    for method, path, multipart in addresses(person, **ids):
        if only in path:
            data = FormData({"key": "k" * 16}, default_to_multipart=multipart)
            answer = await browser.send(method, path, data if method == "POST" else None, Accept="text/html")
            found[method, path] = answer.status, re.sub(r"\s+", " ", await answer.text()).split("<h1")[-1][:200]
    return found


async def nowhere(desks: Desks, person: str) -> tuple[int, str]:
    """What an address that does not exist answers."""
    answer = await (await desks.browser(person)).get("/nothing/here", Accept="text/html")
    return answer.status, re.sub(r"\s+", " ", await answer.text()).split("<h1")[-1][:200]


@pytest.mark.rule("X15")
@pytest.mark.parametrize("person", ["none", "cand"])
async def test_who_holds_no_office_finds_nothing(desks: Desks, person: str):
    assert set((await answers(desks, person)).values()) == {await nowhere(desks, person)}


@pytest.mark.rule("X15")
async def test_an_office_is_not_held_by_a_mailed_link(desks: Desks):
    await desks.browser("clerk", How.LINK)
    assert set((await answers(desks, "clerk")).values()) == {await nowhere(desks, "clerk")}


@pytest.mark.rule("X15")
async def test_another_providers_organizer_who_guesses_ids_gets_what_a_stranger_gets(desks: Desks):
    await desks.in_force()
    await desks.candidacy("k-b1", "cand", "2025-06-01", "b1", "partial", "BC1")
    day = await desks.day("2099-06-15")
    before = (await desks.body()).position
    stranger = await nowhere(desks, "org2")
    guessed = {where: what for part in ("of-org1", "b1", day) for where, what in (
        await answers(desks, "org2", part, session=day)).items()}
    assert set(guessed) == naming(OWNED, "org2", session=day)
    assert set(guessed.values()) == {stranger}
    for who in ("of-clerk", "of-member", "of-obs", "of-nobody"):
        answer = await desks.get("org2", f"people/{who}")
        assert answer.status == 404
    assert ((await desks.body()).position, (await desks.of_candidacy("k-b1")).position) == (before, 2)


async def test_without_the_cookie_nothing_is_told(desks: Desks):
    browser = desks.home.browser()
    for method, path, _multipart in addresses("clerk"):
        answer = await browser.send(method, path, Accept="text/html")
        assert answer.status == 401


async def test_an_office_of_tomorrow_or_of_yesterday_opens_nothing(desks: Desks):
    await desks.do("clerk", "GrantOffice", office={
        "id": "of-later", "person": "none", "role": "observer", "since": "2099-01-01"})
    assert (await desks.get("none", "people")).status == 404
