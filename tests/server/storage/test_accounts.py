"""X11: links, one live seat, takeover by a mailed code; nothing secret is kept as it was given."""
from __future__ import annotations

import asyncio
import hashlib
import re
from base64 import urlsafe_b64decode

import pytest
from sqlalchemy import Engine, event, select, text

from evaluation.kinds import Row
from server.people.handing_over import hand_over
from server.storage import journal
from server.storage.logins import Ended, LiveLogin, Logins
from server.storage.rows import Changes, write
from server.storage.tables import codes, people
from tests.server.kept import SESSION, House
from tests.server.storage.test_invitations import opened_with_code

MINE = "the browser that asked"
PROFILE = {"name": "Martin", "first_name": "Camille", "email": "camille@example.org", "birth_date": "2001-02-03"}


async def holder(house: House, cookie: str) -> str | None:
    entry = await house.kept.accounts.logins.logged_in(cookie)
    return entry.seat if entry else None


async def everything_kept(house: House) -> str:
    tables = ("people", "invitations", "space_logins", "logins", "codes", "outbox", "streams", "rows", "journal")
    async with house.kept.database.reading() as connection:
        rows = [await connection.execute(text(f"SELECT * FROM {name}")) for name in tables]
        return repr([row for result in rows for row in result])


async def test_a_profile_is_kept_encrypted(house: House):
    await house.kept.accounts.save_person("p", PROFILE)
    again = await house.again()
    assert await again.kept.accounts.profile("p") == PROFILE
    assert await again.kept.accounts.profile("nobody") is None
    assert not [value for value in PROFILE.values() if value in await everything_kept(house)]
    await house.kept.accounts.save_person("p", {"name": "Durand"})
    assert await house.kept.accounts.profile("p") == {"name": "Durand"}
    await again.close()


async def test_what_another_process_wrote_of_somebody_registered_is_read_again(house: House):
    accounts = house.kept.accounts
    async with house.kept.database.writing() as connection:
        await write(connection, "candidacy", "k1", Changes(added=[Row("candidacies", "k1", person="p")]))
    await accounts.save_person("p", PROFILE)
    again = await house.again()
    found: list[str] = []
    for told in (again.kept.accounts.changed("k1"), accounts.changed("k1"), accounts.all_changed()):
        await again.kept.accounts.save_person("p", {"name": f"Durand {len(found)}"})
        await told
        found.append(str((await accounts.profile("p") or {})["name"]))
    assert found == ["Martin", "Durand 1", "Durand 2"]
    await again.close()


async def reads(house: House, people: list[str | None]) -> tuple[set[str], int]:
    """Whose profiles are opened, and by how many statements."""
    asked: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        found = await house.kept.accounts.profiles(people)
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    return set(found), sum(one.startswith("SELECT") for one in asked)


async def test_a_list_of_people_is_opened_in_two_reads_however_long_it_is(house: House):
    names = [f"p{number}" for number in range(1100)]
    key = await house.kept.vault.key("p0")
    for name in names[:40]:
        await house.kept.accounts.save_person(name, PROFILE)
    async with house.kept.database.writing() as connection:  # sealed with another's key
        await connection.execute(people.update().where(people.c.id == "p7").values(sealed=key.seal("person:p7", b"{}")))
    await house.kept.accounts.erase_person("p8")
    again = await house.again()
    assert await reads(again, [*names[:40], None, "p3"]) == ({*names[:40]} - {"p7", "p8"}, 2)
    assert await reads(again, ["p1", "p2"]) == ({"p1", "p2"}, 0)
    assert await reads(await house.again(), [*names, "p3"]) == ({*names[:40]} - {"p7", "p8"}, 4)


async def test_seats_are_found_by_what_the_journal_says(house: House):
    await house.plan()
    entry = await house.kept.accounts.seat("cand1")
    assert entry is not None
    assert (entry.session, entry.person, entry.role, entry.hearing, entry.closed) == (
        SESSION, "p-cand1", "candidate", "h1", False)
    assert await house.kept.accounts.seat("nobody") is None


@pytest.mark.rule("X11")
async def test_one_browser_holds_a_seat_whatever_two_do_at_once(house: House):
    await house.plan()
    other = await house.again()
    logins = await asyncio.gather(*[one.enter("emp") for one in (house, other, house, other)])
    (held,) = [one for one in logins if one is not None]
    entry = await house.kept.accounts.logins.logged_in(held.cookie)
    assert entry is not None
    assert entry.seat == "emp"
    assert await house.kept.accounts.logins.logged_in("guess") is None
    await other.close()


async def taken(house: House, seat: str, code: str, browser: str = MINE) -> LiveLogin | None:
    entry = await house.kept.accounts.seat(seat)
    assert entry is not None
    return await hand_over(house.kept.sessions, house.kept.accounts, entry, browser, code)


@pytest.mark.rule("X11")
@pytest.mark.parametrize("broken", ["journal", "login"])
async def test_a_takeover_is_written_whole_or_not_at_all(house: House, monkeypatch: pytest.MonkeyPatch, broken: str):
    """Whatever stops it half-way: the old browser keeps its seat, the code is still good, the journal says nothing."""
    await house.plan()
    accounts = house.kept.accounts
    first = await house.enter("emp")
    assert first is not None
    code, before = await accounts.codes.open("emp", MINE), await house.kept.sessions.records(SESSION)

    async def stops(*_given: object) -> None:
        raise OSError("stopped")

    if broken == "journal":
        monkeypatch.setattr(journal, "append", stops)
    else:
        monkeypatch.setattr(Logins, "begin", stops)
    with pytest.raises(OSError, match="stopped"):
        await taken(house, "emp", code)
    monkeypatch.undo()
    assert await holder(house, first.cookie) == "emp"
    assert await house.kept.sessions.records(SESSION) == before
    second = await taken(house, "emp", code)
    assert second is not None
    assert await holder(house, second.cookie) == "emp"
    assert [one.event for one in (await house.kept.sessions.records(SESSION))[len(before):]] == [
        "session.seat_taken_over"]


@pytest.mark.rule("X11")
async def test_two_browsers_with_the_same_code_at_once(house: House):
    await house.plan()
    other, code = await house.again(), await house.kept.accounts.codes.open("emp", MINE)
    logins = await asyncio.gather(*[taken(one, "emp", code) for one in (house, other)])
    (won,) = [one for one in logins if one is not None]
    assert await holder(house, won.cookie) == "emp"
    kinds = [one.event for one in await house.kept.sessions.records(SESSION)]
    assert kinds.count("session.seat_taken_over") == 1


@pytest.mark.rule("X11")
async def test_one_browser_enters_a_free_seat_while_another_uses_a_code(house: House):
    """Whoever comes second is told to try again; no door is closed for it, and the code is still good."""
    await house.plan()
    failed = list[str]()
    house.kept.sessions.on_failure.append(failed.append)
    accounts, code = house.kept.accounts, await house.kept.accounts.codes.open("emp", MINE)
    async with house.kept.database.writing() as connection:
        entered = await accounts.logins.begin(connection, "emp")
        taking = asyncio.create_task(taken(house, "emp", code))
        await asyncio.sleep(0.3)
    second = await taking
    if second is None:  # PostgreSQL, where two write at once
        assert await holder(house, entered.cookie) == "emp"
        second = await taken(house, "emp", code)
    assert second is not None
    assert (await holder(house, second.cookie), await holder(house, entered.cookie), failed) == ("emp", None, [])


@pytest.mark.rule("X11")
async def test_the_mailed_code_takes_the_seat_over_once(house: House):
    await house.plan()
    accounts = house.kept.accounts
    first = await house.enter("emp")
    assert first is not None
    code = await accounts.codes.open("emp", MINE)
    second = await taken(house, "emp", code)
    assert isinstance(second, LiveLogin)
    assert await accounts.logins.logged_in(first.cookie) is None
    assert [one.ended for one in [await accounts.logins.standing(one.cookie) for one in (first, second)] if one] == [
        Ended.TAKEN_OVER, None]
    assert await holder(house, second.cookie) == "emp"
    assert await taken(house, "emp", code) is None  # used
    assert await holder(house, second.cookie) == "emp"


async def test_a_code_is_for_one_seat_for_a_while_and_a_few_attempts(house: House):
    await house.plan()
    accounts, limits = house.kept.accounts, house.config.limits
    code = await accounts.codes.open("emp", MINE)
    assert await taken(house, "own", code) is None
    house.clock.now += limits.takeover_seconds * 1000
    assert await taken(house, "emp", code) is None
    code = await accounts.codes.open("emp", MINE)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(limits.takeover_attempts):
        assert await taken(house, "emp", wrong) is None
    assert await taken(house, "emp", code) is None


async def test_guesses_at_once_are_counted_each(house: House):
    await house.plan()
    accounts, other = house.kept.accounts, await house.again()
    code = await accounts.codes.open("emp", MINE)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    await asyncio.gather(*[taken(one, "emp", wrong) for one in (house, other) * 5])
    assert await taken(house, "emp", code) is None
    await other.close()


async def test_secrets_are_kept_hashed(house: House):
    await house.plan()
    accounts = house.kept.accounts
    token = await accounts.invite("emp")
    space, login = await accounts.invitations.open(token), await house.enter("emp")
    code = await accounts.codes.open("emp", MINE)
    assert space is not None
    assert login is not None
    kept = await everything_kept(house)
    assert [secret for secret in (token, space, login.cookie, f"'{code}'") if secret in kept] == []


async def test_a_code_is_kept_as_passwords_are(house: House, monkeypatch: pytest.MonkeyPatch):
    """Slowly, and salted: of two browsers with the same code nobody sees that it is the same, or which (ASVS 6.5.2)."""
    await house.plan()
    asked = list[int]()
    monkeypatch.setattr("secrets.randbelow", lambda most: (asked.append(most), 123)[1])
    for browser in ("a" * 43, "b" * 43):
        assert await house.kept.accounts.codes.open("emp", browser) == "000123"
    async with house.kept.database.reading() as connection:
        kept = list(await connection.scalars(select(codes.c.code_hash).order_by(codes.c.browser_hash)))
    slow = sorted(house.kept.vault.digest("code:seat:emp", hashlib.scrypt(
        b"000123", salt=salt * 43, n=2**14, r=8, p=5, dklen=32)) for salt in (b"a", b"b"))
    assert (sorted(kept), len(set(kept)), asked) == (slow, 2, [10**6] * 2)


async def test_secrets_hold_more_chance_than_can_be_tried(house: House):
    """Of a link and of a browser's cookies: 256 bits each, never the same twice (ASVS 7.2.3 asks for 128)."""
    await house.plan()
    accounts, given = house.kept.accounts, list[str]()
    space = cookie = ""
    for _ in range(10):
        token = await accounts.invite("emp")
        space, login = await accounts.invitations.open(token, space) or "", await house.enter("emp", cookie)
        assert login is not None
        cookie = login.cookie
        given += [token, space, cookie]
    assert (len(set(given)), {len(urlsafe_b64decode(one + "=")) for one in given}) == (30, {32})


async def test_a_new_database_knows_nobody(house: House):
    """No account comes with the software."""
    assert set(re.findall(r"[a-z]+", await everything_kept(house))) == set()


@pytest.mark.rule("X1")
async def test_an_erased_person_holds_no_link_and_no_seat(house: House):
    await house.plan()
    accounts = house.kept.accounts
    await accounts.save_person("p-cand1", PROFILE)
    token = await accounts.invite("cand1")
    held = await house.enter("cand1")
    assert held is not None
    codes = (await accounts.codes.open("cand1", MINE), await accounts.invitations.ask_code("p-cand1", MINE))
    await accounts.erase_person("p-cand1")
    assert await accounts.invitations.found(token) is None
    assert await accounts.logins.logged_in(held.cookie) is None
    assert await accounts.codes.check("cand1", MINE, codes[0]) is None
    assert await opened_with_code(accounts.invitations, "p-cand1", codes[1]) is None
    assert await accounts.people_at("camille@example.org") == ()


async def test_who_is_kept_in_a_transaction_is_shown_as_they_are_now(house: House):
    """To open pages, too, which look again when somebody was dropped from memory."""
    accounts = house.kept.accounts
    await accounts.save_person("p1", {"name": "Lina Morel"})
    before = accounts.forgotten
    async with house.kept.database.writing() as connection:
        await accounts.keep_person(connection, "p1", {"name": "Lina Morel-Dupré"})
    accounts.read_again("p1")
    assert (accounts.forgotten, await accounts.profile("p1")) == (before + 1, {"name": "Lina Morel-Dupré"})
