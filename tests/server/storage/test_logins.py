"""Logins end: by time, with the session, by the organizer; and codes belong to the browser that asked."""
from __future__ import annotations

import pytest
from sqlalchemy import text

from evaluation.deadlines import day_of
from evaluation.people import SYSTEM
from server.clock import Clock
from server.people.handing_over import hand_over, renew_link
from server.storage.letters import Letter
from server.storage.logins import DAY_MS, SEEN_STEP_MS, Ended, LiveLogin, WayIn, last_night
from tests.server.kept import SESSION, House


async def entered(house: House, seat: str) -> LiveLogin:
    login = await house.enter(seat)
    assert login is not None
    return login


async def ended(house: House, login: LiveLogin) -> Ended | None:
    found = await house.kept.accounts.logins.standing(login.cookie)
    assert found is not None
    return found.ended


def told(house: House) -> list[tuple[str, str, Ended]]:
    heard: list[tuple[str, str, Ended]] = []
    house.kept.accounts.logins.on_ended.append(lambda session, seat, why: heard.append((session, seat, why)))
    return heard


async def close(house: House) -> None:
    for hearing in ("h1", "h2"):
        await house.do("org", "PostponeHearing", hearing=hearing, words="un autre jour")
    await house.do("org", "CloseSession")


async def test_a_browser_that_stays_away_holds_its_seat_no_more(house: House):
    await house.plan()
    login, heard, days = await entered(house, "emp"), told(house), house.config.limits.login_days
    house.clock.now += days * DAY_MS
    assert await ended(house, login) is None  # and it has been seen now
    house.clock.now += days * DAY_MS + 1
    assert await ended(house, login) is Ended.IDLE
    again = await house.again()  # nor for another process
    assert await again.kept.accounts.logins.logged_in(login.cookie) is None
    await house.kept.accounts.logins.tend(())
    assert heard == [(SESSION, "emp", Ended.IDLE)]
    await house.kept.accounts.logins.tend(())
    assert len(heard) == 1
    assert await house.kept.accounts.logins.ways_in(["emp"]) == {
        "emp": WayIn(True, None, house.clock.now, Ended.IDLE)}


async def test_a_page_that_stays_open_is_no_absence(house: House):
    await house.plan()
    login, days = await entered(house, "emp"), house.config.limits.login_days
    for _ in range(2):
        house.clock.now += days * DAY_MS - 1
        await house.kept.accounts.logins.tend({"emp"})
    again = await house.again()
    assert await again.kept.accounts.logins.logged_in(login.cookie) is not None


async def test_that_somebody_was_seen_is_written_now_and_then_and_outlives_a_restart(house: House):
    await house.plan()
    login = await entered(house, "emp")

    async def written() -> int:
        async with house.kept.database.reading() as connection:
            return (await connection.execute(text("SELECT seen_at FROM logins"))).scalar_one()

    first = await written()
    for step, expected in ((SEEN_STEP_MS - 1, first), (1, first + SEEN_STEP_MS)):
        house.clock.now += step
        assert await ended(house, login) is None
        await house.kept.accounts.logins.tend(())
        assert await written() == expected


async def test_a_login_ends_in_the_night_after_its_longest_time_however_often_it_is_used(house: House):
    await house.plan()
    login, heard = await entered(house, "emp"), told(house)
    most = house.config.limits.login_most_days
    end = last_night(house.clock.now, most)
    assert (day_of(end) - day_of(house.clock.now)).days == most + 1
    assert day_of(end - 1) != day_of(end)  # at midnight
    while house.clock.now + DAY_MS < end:
        house.clock.now += DAY_MS
        await house.kept.accounts.logins.tend({"emp"})
    house.clock.now = end - 1
    assert await ended(house, login) is None
    house.clock.now = end
    await house.kept.accounts.logins.tend({"emp"})
    assert (await ended(house, login), heard) == (Ended.OLD, [(SESSION, "emp", Ended.OLD)])


@pytest.mark.rule("X11")
async def test_a_login_that_gives_way_because_it_was_over_is_told(house: House):
    """What was opened with it closes, whoever notices first: the sweep, or the next browser."""
    await house.plan()
    await entered(house, "emp")
    heard = told(house)
    house.clock.now += (house.config.limits.login_days + 1) * DAY_MS
    await entered(house, "emp")
    assert heard == [(SESSION, "emp", Ended.IDLE)]


async def test_days_follow_the_corrected_clock_of_the_machine(house: House):
    """Started ten hours behind and corrected: the night in which a login ends is the calendar's."""
    wall = house.clock.now
    clock = Clock(lambda: wall, lambda: 0)
    other = await House.open(house.config, clock)  # pyright: ignore[reportArgumentType]
    await other.plan()
    wall += 36_000_000
    login = await entered(other, "emp")
    wall = last_night(wall, house.config.limits.login_most_days) - 1
    before = await ended(other, login)
    wall += 1
    assert (before, await ended(other, login)) == (Ended.IDLE, Ended.OLD)
    await other.close()


@pytest.mark.rule("X11")
async def test_a_seat_whose_login_is_over_is_free(house: House):
    await house.plan()
    first = await house.enter("emp")
    assert await house.enter("emp") is None
    house.clock.now += house.config.limits.login_days * DAY_MS + 1
    second = await house.enter("emp")
    assert first is not None
    assert second is not None
    assert [await ended(house, one) for one in (first, second)] == [Ended.IDLE, None]


async def test_each_entering_makes_a_new_secret_and_ends_the_one_before(house: House):
    """The person went in again with the same browser: what it had opened stays open, a phone included."""
    await house.plan()
    accounts, heard = house.kept.accounts, told(house)
    first = await house.enter("cand1")
    assert first is not None
    phone = await accounts.phones.pair(await accounts.phones.offer(first.cookie))
    assert phone is not None
    second = await house.enter("cand1", first.cookie)
    assert second is not None
    assert await accounts.logins.standing(first.cookie) is None
    assert await accounts.logins.logged_in(second.cookie) is not None
    assert await accounts.phones.at(phone.cookie) is not None
    # The answer with the second secret got lost: the browser presses the button again with the first.
    third = await house.enter("cand1", first.cookie)
    assert third is not None
    assert [await accounts.logins.standing(one.cookie) is None for one in (first, second, third)] == [True, True, False]
    assert (await house.enter("cand1", "guess"), heard) == (None, [])


@pytest.mark.rule("X11")
async def test_with_the_session_ends_what_has_nothing_left_to_do(house: House):
    await house.plan()
    logins = {seat: await entered(house, seat) for seat in ("emp", "aid1", "obs", "org", "cand1")}
    heard = told(house)
    await close(house)
    over = {"emp": Ended.CLOSED, "aid1": Ended.CLOSED, "obs": Ended.CLOSED, "org": None, "cand1": None}
    assert {seat: await ended(house, one) for seat, one in logins.items()} == over
    await house.kept.accounts.logins.tend(())
    assert sorted(heard) == [(SESSION, seat, Ended.CLOSED) for seat in ("aid1", "emp", "obs")]
    house.clock.now += house.config.limits.login_days * DAY_MS + 1
    assert {await ended(house, logins[seat]) for seat in ("org", "cand1")} == {Ended.IDLE}


async def test_logging_out(house: House):
    await house.plan()
    login, heard = await entered(house, "emp"), told(house)
    entry = await house.kept.accounts.logins.leave(login.cookie)
    assert entry is not None
    assert (entry.seat, heard, await ended(house, login)) == (
        "emp", [(SESSION, "emp", Ended.LEFT)], Ended.LEFT)
    assert await house.kept.accounts.logins.leave(login.cookie) is None
    assert await house.kept.accounts.logins.leave("guess") is None


# The organizer renews a link


def letter(token: str) -> Letter:
    return Letter("p-emp", "link_renewed", {"url": token})


async def mailed(house: House) -> str:
    (waiting,) = [one for one in await house.kept.outbox.due() if one.letter.template == "link_renewed"]
    return str(waiting.letter.data["url"])


async def renewed(house: House) -> None:
    await renew_link(house.kept.sessions, house.kept.accounts, house.kept.outbox, SESSION, "org", "emp", letter)


@pytest.mark.rule("X11")
async def test_a_renewed_link_ends_links_logins_and_codes_from_before(house: House):
    await house.plan()
    accounts = house.kept.accounts
    old = [await accounts.invite("emp") for _ in range(2)]
    other = await entered(house, "own")
    login, code = await entered(house, "emp"), await accounts.codes.open("emp", "thief")
    await renewed(house)
    found = [await accounts.invitations.found(one) for one in (*old, "guess")]
    assert [one and (one.person, one.seat, one.replaced) for one in found] == [
        ("p-emp", "emp", True), ("p-emp", "emp", True), None]
    for one in old:
        with pytest.raises(LookupError):
            await accounts.invitations.open(one)
    assert (await ended(house, login), await ended(house, other)) == (Ended.RENEWED, None)
    entry = await accounts.seat("emp")
    assert entry is not None
    assert await hand_over(house.kept.sessions, accounts, entry, "thief", code) is None
    assert (await accounts.logins.ways_in(["emp"]))["emp"] == WayIn(False, None, house.clock.now, Ended.RENEWED)
    assert await accounts.invitations.open(await mailed(house)) is not None
    assert await house.enter("emp") is not None
    assert [one.event for one in await house.kept.sessions.records(SESSION)][-1] == "session.link_renewed"


@pytest.mark.rule("X11")
async def test_a_renewal_is_written_whole_or_not_at_all(house: House, monkeypatch: pytest.MonkeyPatch):
    await house.plan()
    token = await house.kept.accounts.invite("emp")
    login, before = await entered(house, "emp"), await house.positions()

    async def stops(*_given: object) -> None:
        raise OSError("stopped")

    monkeypatch.setattr(house.kept.outbox, "keep", stops)
    with pytest.raises(OSError, match="stopped"):
        await renewed(house)
    assert (await ended(house, login), await house.positions()) == (None, before)
    found = await house.kept.accounts.invitations.found(token)
    assert found is not None
    assert not found.replaced


# Codes belong to a browser


async def test_a_code_is_good_in_the_browser_that_asked_for_it_alone(house: House):
    """Somebody who reads the mail, or asks for codes all the time, takes nothing from whoever asked first."""
    await house.plan()
    await entered(house, "emp")
    codes, entry = house.kept.accounts.codes, await house.kept.accounts.seat("emp")
    assert entry is not None
    mine = await codes.open("emp", "mine")
    for _ in range(house.config.limits.takeover_attempts + 1):
        assert await hand_over(house.kept.sessions, house.kept.accounts, entry, "theirs", mine) is None
    await codes.open("emp", "theirs")
    assert await hand_over(house.kept.sessions, house.kept.accounts, entry, "theirs", mine) is None
    assert await hand_over(house.kept.sessions, house.kept.accounts, entry, "mine", mine) is not None


async def test_codes_that_are_over_are_not_kept(house: House):
    await house.plan()
    for browser in ("one", "two"):
        await house.kept.accounts.codes.open("emp", browser)
        house.clock.now += house.config.limits.takeover_seconds * 1000
    async with house.kept.database.reading() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM codes"))).scalar_one() == 1


async def test_nobody_but_the_system_closes_a_door_twice(house: House):
    """A seat that left and came back by its link is another login, which the first one's end does not touch."""
    await house.plan()
    first = await entered(house, "emp")
    await house.kept.accounts.logins.leave(first.cookie)
    second = await entered(house, "emp")
    await house.do(SYSTEM, "Join", seat="emp")
    assert [await ended(house, one) for one in (first, second)] == [Ended.LEFT, None]
