"""X15: which browsers hold a person's space, and what ends it."""
from __future__ import annotations

import re
from base64 import urlsafe_b64decode

import pytest
from sqlalchemy import text

from server.storage.logins import DAY_MS, SEEN_STEP_MS, last_night
from server.storage.spaces import How, SpaceEnded, Spaces
from tests.server.kept import House

ME, OTHER = "p-emp", "p-own"


@pytest.fixture
def spaces(house: House) -> Spaces:
    return house.kept.accounts.spaces


async def ended(spaces: Spaces, cookie: str, person: str = ME) -> SpaceEnded | None:
    found = await spaces.standing(cookie, person)
    assert found is not None
    return found.ended


@pytest.mark.rule("X15")
async def test_several_browsers_hold_a_space_each_as_it_was_proven(house: House, spaces: Spaces):
    one, began = await spaces.open(ME, How.LINK), house.clock.now
    house.clock.now += 1000
    two = await spaces.open(ME, How.PASSKEY)
    assert [(login.how, login.since) for login in await spaces.browsers(ME)] == [
        (How.PASSKEY, began + 1000), (How.LINK, began)]
    first = await spaces.of(one, ME)
    assert first is not None
    assert (first.person, first.how, first.since, first.ended) == (ME, How.LINK, began, None)
    again = await house.again()
    assert await again.kept.accounts.spaces.of(two, ME) is not None


@pytest.mark.rule("X15")
async def test_a_cookie_opens_its_own_person_s_space_alone(spaces: Spaces):
    cookie = await spaces.open(ME, How.LINK)
    assert [await spaces.of(*asked) for asked in ((cookie, OTHER), ("guess", ME), ("", ME))] == [None] * 3
    assert not await spaces.end(cookie, OTHER)
    assert await spaces.of(cookie, ME) is not None


async def test_a_browser_that_comes_again_has_a_new_secret_in_the_place_of_the_one_before(spaces: Spaces):
    before = await spaces.open(ME, How.LINK)
    after = await spaces.open(ME, How.CODE, before=before)
    assert (await ended(spaces, before), await ended(spaces, after)) == (SpaceEnded.AGAIN, None)
    theirs = await spaces.open(OTHER, How.LINK)
    await spaces.open(ME, How.LINK, before=theirs)  # of another person: it stays
    assert await ended(spaces, theirs, OTHER) is None


@pytest.mark.rule("X15")
async def test_who_logs_out_leaves_the_other_browsers_and_who_ends_all_keeps_their_own(spaces: Spaces):
    one, two, three = [await spaces.open(ME, How.LINK) for _ in range(3)]
    theirs = await spaces.open(OTHER, How.LINK)
    assert [await spaces.end(one, ME), await spaces.end(one, ME)] == [True, False]
    assert [await ended(spaces, each) for each in (one, two, three)] == [SpaceEnded.LEFT, None, None]
    assert await spaces.end_all(ME, but=two) == 1
    assert [await ended(spaces, each) for each in (one, two, three)] == [SpaceEnded.LEFT, None, SpaceEnded.PUT_OUT]
    assert (await spaces.end_all(ME), await spaces.browsers(ME)) == (1, ())
    assert await spaces.of(theirs, OTHER) is not None


async def test_a_space_is_closed_in_a_browser_that_stays_away(house: House, spaces: Spaces):
    cookie, days = await spaces.open(ME, How.LINK), house.config.limits.login_days
    house.clock.now += days * DAY_MS
    assert await spaces.of(cookie, ME) is not None  # and it has been seen now
    house.clock.now += days * DAY_MS + 1
    assert (await spaces.of(cookie, ME), await ended(spaces, cookie)) == (None, SpaceEnded.IDLE)
    assert await spaces.browsers(ME) == ()


async def test_a_space_is_closed_in_the_night_after_its_longest_time(house: House, spaces: Spaces):
    cookie = await spaces.open(ME, How.LINK)
    end = last_night(house.clock.now, house.config.limits.login_most_days)
    while house.clock.now + DAY_MS < end:
        house.clock.now += DAY_MS
        assert await spaces.of(cookie, ME) is not None
    house.clock.now = end - 1
    assert await ended(spaces, cookie) is None
    house.clock.now = end
    assert await ended(spaces, cookie) is SpaceEnded.OLD


@pytest.mark.rule("X15")
async def test_what_was_opened_with_a_hold_that_is_over_by_time_alone_is_told_to_end(house: House, spaces: Spaces):
    heard = list[str]()
    spaces.on_ended.append(heard.append)
    old = await spaces.open(ME, How.LINK)
    limits = house.config.limits
    for _ in range(limits.login_days - 1):
        house.clock.now += DAY_MS
        await spaces.of(old, ME)
    idle = await spaces.open(OTHER, How.LINK)
    house.clock.now += limits.login_days * DAY_MS
    await spaces.of(old, ME)
    await spaces.tend()
    assert heard == []
    house.clock.now += 1
    await spaces.tend()
    assert (heard, await ended(spaces, idle, OTHER), await ended(spaces, old)) == ([OTHER], SpaceEnded.IDLE, None)
    while await spaces.of(old, ME):
        house.clock.now += DAY_MS
    await spaces.tend()
    await spaces.tend()
    assert (heard, await ended(spaces, old)) == ([OTHER, ME], SpaceEnded.OLD)


async def test_that_a_browser_was_seen_is_written_now_and_then(house: House, spaces: Spaces):
    cookie, began = await spaces.open(ME, How.LINK), house.clock.now
    for step, expected in ((SEEN_STEP_MS - 1, began), (1, began + SEEN_STEP_MS)):
        house.clock.now += step
        await spaces.of(cookie, ME)
        async with house.kept.database.reading() as connection:
            assert (await connection.execute(text("SELECT seen_at FROM space_logins"))).scalar_one() == expected


async def test_cookies_are_kept_hashed_and_hold_more_chance_than_can_be_tried(house: House, spaces: Spaces):
    cookies = [await spaces.open(ME, How.LINK) for _ in range(10)]
    assert (len(set(cookies)), {len(urlsafe_b64decode(one + "=")) for one in cookies}) == (10, {32})
    async with house.kept.database.reading() as connection:
        kept = repr((await connection.execute(text("SELECT * FROM space_logins"))).all())
    assert [one for one in cookies if re.search(re.escape(one), kept)] == []


@pytest.mark.rule("X1")
async def test_an_erased_person_holds_no_space(house: House, spaces: Spaces):
    await house.plan()
    cookie = await spaces.open("p-cand1", How.LINK)
    await house.kept.accounts.erase_person("p-cand1")
    assert await spaces.standing(cookie, "p-cand1") is None
