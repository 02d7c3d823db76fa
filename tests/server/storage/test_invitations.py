"""X15: what opens a person's space: a link once, by itself; a mailed code in a further browser."""
from __future__ import annotations

import asyncio
import re

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from server.storage.invitations import Invitation, Invitations
from server.storage.logins import WayIn
from server.storage.spaces import How
from tests.server.kept import House

ME, MINE = "p-emp", "the browser that asked"


@pytest.fixture
def links(house: House) -> Invitations:
    return house.kept.accounts.invitations


async def nothing(_connection: AsyncConnection) -> None:
    """Nothing is written together."""


async def opened_with_code(links: Invitations, person: str, code: str, browser: str = MINE) -> str | None:
    return await links.open_with_code(person, browser, code, together=nothing)


async def hows(house: House, person: str = ME) -> list[How]:
    return [one.how for one in await house.kept.accounts.spaces.browsers(person)]


@pytest.mark.rule("X11")
async def test_looking_at_a_link_changes_nothing(house: House, links: Invitations):
    await house.plan()
    token = await house.kept.accounts.invite("cand1")
    for _ in range(3):
        assert await links.found(token) == Invitation("p-cand1", "cand1", opened=False, replaced=False)
    ways_in = house.kept.accounts.logins.ways_in
    assert await ways_in(["cand1"]) == {"cand1": WayIn()}
    assert await links.open(token) is not None
    assert await ways_in(["cand1"]) == {"cand1": WayIn(True)}
    assert await links.found("guess") is None


@pytest.mark.rule("X15")
async def test_a_link_opens_by_itself_once_and_again_in_the_browser_that_it_opened(house: House, links: Invitations):
    token = await links.give(ME)
    first = await links.open(token)
    assert first is not None
    assert [await links.open(token), await links.open(token, "guess")] == [None, None]
    second = await links.open(token, first)
    assert second is not None
    assert await house.kept.accounts.spaces.of(first, ME) is None
    await house.kept.accounts.spaces.end(second, ME)
    assert (await links.open(token), await hows(house)) == (None, [])  # forwarded, say: nobody holds the space now


@pytest.mark.rule("X15")
async def test_a_click_on_a_link_is_no_new_sign_in(house: House, links: Invitations):
    """In a browser that a passkey has proven: it stays proven by that, then, and nothing becomes fresh again."""
    spaces, began = house.kept.accounts.spaces, house.clock.now
    cookie, token = await spaces.open(ME, How.PASSKEY), await links.give(ME)
    house.clock.now += 3_600_000
    again = await links.open(token, cookie)
    assert again is not None
    login = await spaces.of(again, ME)
    assert login is not None
    assert (login.how, login.since) == (How.PASSKEY, began)


@pytest.mark.rule("X15")
async def test_a_new_link_opens_nothing_by_itself_while_another_browser_holds_the_space(
        house: House, links: Invitations):
    first = await links.open(await links.give(ME))
    assert first is not None
    new = await links.give(ME)
    assert await links.open(new) is None
    await house.kept.accounts.spaces.end(first, ME)
    assert await links.open(new) is not None


@pytest.mark.rule("X15")
async def test_two_browsers_with_links_of_one_person_at_once_are_one_and_a_second(house: House, links: Invitations):
    other, tokens = await house.again(), [await links.give(ME) for _ in range(2)]
    found = await asyncio.gather(links.open(tokens[0]), other.kept.accounts.invitations.open(tokens[1]),
                                 links.open(tokens[0]))
    assert len([one for one in found if one is not None]) == 1
    assert await hows(house) == [How.LINK]


@pytest.mark.rule("X15")
async def test_a_mailed_code_opens_the_space_in_the_browser_that_asked_once(house: House, links: Invitations):
    first = await links.open(await links.give(ME))
    code = await links.ask_code(ME, MINE)
    assert await opened_with_code(links, ME, code, "another browser") is None
    assert await opened_with_code(links, "p-own", code) is None
    house.clock.now += 1
    second = await opened_with_code(links, ME, code)
    assert second is not None
    assert await opened_with_code(links, ME, code) is None
    assert first is not None
    assert [await house.kept.accounts.spaces.of(one, ME) is None for one in (first, second)] == [False, False]
    assert await hows(house) == [How.CODE, How.LINK]


@pytest.mark.rule("X15")
async def test_a_code_is_good_for_minutes_and_a_few_attempts(house: House, links: Invitations):
    limits, code = house.config.limits, await links.ask_code(ME, MINE)
    house.clock.now += limits.takeover_seconds * 1000
    assert await opened_with_code(links, ME, code) is None
    code = await links.ask_code(ME, MINE)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    assert [await opened_with_code(links, ME, one) for one in [wrong] * limits.takeover_attempts + [code]] == [
        None] * (limits.takeover_attempts + 1)


async def test_a_code_opens_nothing_where_what_goes_with_it_is_not_written(house: House, links: Invitations):
    code = await links.ask_code(ME, MINE)

    async def stops(_connection: AsyncConnection) -> None:
        raise OSError("stopped")

    with pytest.raises(OSError, match="stopped"):
        await links.open_with_code(ME, MINE, code, together=stops)
    assert await hows(house) == []
    assert await opened_with_code(links, ME, code) is not None  # still good


async def test_a_code_for_a_seat_opens_no_space_and_the_other_way_round(house: House, links: Invitations):
    """Also where a seat has a person's id."""
    seat, space = await house.kept.accounts.codes.open(ME, MINE), await links.ask_code(ME, MINE)
    assert (await opened_with_code(links, ME, seat) is None) or seat == space
    assert (await house.kept.accounts.codes.check(ME, MINE, space) is None) or seat == space


@pytest.mark.rule("X15")
async def test_a_replaced_link_ends_what_was_given_for_that_seat_alone(house: House, links: Invitations):
    """The rest of the space is the person's: another provider's link and the open browser stay."""
    await house.plan()
    accounts = house.kept.accounts
    theirs, mine = await links.give(ME), await links.open(await accounts.invite("emp"))
    assert mine is not None
    login = await accounts.spaces.of(mine, ME)
    assert login is not None
    assert await links.lets_in(login, "emp")
    async with house.kept.database.writing() as connection:
        await accounts.renew(connection, "emp", "new")
    assert (await links.lets_in(login, "emp"), await links.lets_in(login, "own")) == (False, True)
    found = await links.found(theirs)
    assert found is not None
    assert not found.replaced
    again = await links.open(theirs, mine)  # given before: it proves nothing newer
    assert again is not None
    login = await accounts.spaces.of(again, ME)
    assert login is not None
    assert not await links.lets_in(login, "emp")
    newest = await links.open("new", again)
    assert newest is not None
    login = await accounts.spaces.of(newest, ME)
    assert login is not None
    assert await links.lets_in(login, "emp")


@pytest.mark.rule("X15")
async def test_a_person_is_found_by_their_address_however_it_is_written(house: House):
    accounts = house.kept.accounts
    await accounts.save_person("p-1", {"name": "Lina", "email": "Lina.Morel@Example.org "})
    await accounts.save_person("p-2", {"name": "Noé", "email": "lina.morel@example.org"})
    await accounts.save_person("p-3", {"name": "Tom"})
    assert await accounts.people_at(" LINA.MOREL@example.org") == ("p-1", "p-2")
    await accounts.save_person("p-2", {"name": "Noé", "email": "noe@example.org"})
    assert await accounts.people_at("lina.morel@example.org") == ("p-1",)
    assert await accounts.people_at("") == ()


async def test_an_address_is_kept_as_a_digest_alone(house: House):
    from tests.server.storage.test_accounts import everything_kept

    await house.kept.accounts.save_person("p", {"email": "lina@example.org"})
    assert re.search("lina|example", await everything_kept(house)) is None
