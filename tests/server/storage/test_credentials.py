"""What people sign in with, as it is kept: on both databases, whatever two processes do at once."""
from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text

from server.storage.ceremonies import Purpose
from server.storage.credentials import Credentials, NewPasskey, Password, Taken
from server.storage.sign_ins import INDEX, Means, Result, sign_in
from tests.server.http.staff import can_sign_in
from tests.server.kept import House

ME, OTHER = "p-emp", "p-own"


@pytest.fixture
async def credentials(house: House) -> Credentials:
    for person in (ME, OTHER):
        await house.kept.accounts.save_person(person, {"name": person, "email": f"{person}@example.org"})
    return house.kept.ways.credentials


async def add(house: House, person: str, credential: bytes, count: int = 0) -> None:
    async with house.kept.database.writing() as connection:
        await house.kept.ways.credentials.add_passkey(
            connection, person, NewPasskey(credential, b"public", count, "Clé de Paul"))


async def with_password(house: House, person: str = ME, last_step: int = 0) -> None:
    async with house.kept.database.writing() as connection:
        await house.kept.ways.credentials.set_password(connection, person, Password("$argon2id$x", "SECRET", last_step))


async def test_a_passkey_is_one_person_s(house: House, credentials: Credentials):
    await add(house, ME, b"one", 5)
    with pytest.raises(Taken):
        await add(house, OTHER, b"one")
    found = await credentials.passkey(b"one")
    assert found is not None
    assert (found.person, found.public_key, found.sign_count, found.name) == (ME, b"public", 5, "Clé de Paul")
    assert (await credentials.passkeys(OTHER), await credentials.passkey(b"two")) == ((), None)


async def test_a_count_goes_on_or_is_refused(house: House, credentials: Credentials):
    await add(house, ME, b"one", 5)
    (key,) = await credentials.passkeys(ME)
    assert [await credentials.count_passkey(key.key, count) for count in (6, 6, 5, 0, 7)] == [
        True, False, False, False, True]


async def test_two_processes_take_away_one_of_two_keys_and_one_stays(house: House, credentials: Credentials):
    for name in (b"one", b"two"):
        await add(house, ME, name)
    other = (await house.again()).kept.ways.credentials
    one, two = await credentials.passkeys(ME)
    removed = await asyncio.gather(credentials.remove_passkey(ME, one.key), other.remove_passkey(ME, two.key))
    assert sorted(removed) == [False, True]
    assert len(await credentials.passkeys(ME)) == 1


async def test_a_code_is_used_once_by_two_processes_too(house: House, credentials: Credentials):
    await with_password(house)
    other = (await house.again()).kept.ways.credentials
    used = await asyncio.gather(credentials.use_code(ME, 7), other.use_code(ME, 7))
    assert sorted(used) == [False, True]
    assert [await credentials.use_code(ME, step) for step in (6, 8)] == [False, True]


async def test_nothing_secret_and_no_name_is_readable_in_the_tables(house: House, credentials: Credentials):
    await add(house, ME, b"credential-id")
    await with_password(house)
    token = await house.kept.ways.links.first()
    await house.kept.ways.ceremonies.begin(Purpose.PASSWORD, "browser", person=ME, held=b"pending secret")
    async with house.kept.database.reading() as connection:
        rows = [tuple(row) for table in ("passkeys", "passwords", "entry_links", "ceremonies", "people")
                for row in await connection.execute(text(f"SELECT * FROM {table}"))]
    told = repr(rows)
    assert [one for one in ("credential-id", "Clé de Paul", "argon2", "SECRET", token, "browser", "pending", "example")
            if one in told] == []


async def test_a_ceremony_ends_once_and_by_time(house: House, credentials: Credentials):
    ceremonies = house.kept.ways.ceremonies
    await ceremonies.begin(Purpose.PASSWORD, "s", person=ME, held=b"x")
    other = (await house.again()).kept.ways.ceremonies
    assert await ceremonies.end(Purpose.SIGN_IN, "s") is None
    ended = await asyncio.gather(ceremonies.end(Purpose.PASSWORD, "s"), other.end(Purpose.PASSWORD, "s"))
    assert [one.held for one in ended if one is not None] == [b"x"]
    await ceremonies.begin(Purpose.SIGN_IN, "s")
    house.clock.now += house.config.sign_in.ceremony_seconds * 1000
    assert (await ceremonies.look(Purpose.SIGN_IN, "s"), await ceremonies.end(Purpose.SIGN_IN, "s")) == (None, None)


async def test_a_link_is_used_once_and_a_new_one_replaces_it(house: House, credentials: Credentials):
    links = house.kept.ways.links
    async with house.kept.database.writing() as connection:
        old = await links.recovery(connection, ME, OTHER)
        token = await links.recovery(connection, ME, OTHER)
    link = await links.find(token)
    assert (await links.find(old), link is not None and (link.person, link.issuer, link.used)) == (
        None, (ME, OTHER, False))
    assert link is not None
    used = list[bool]()
    for _ in range(2):
        async with house.kept.database.writing() as connection:
            used.append(await links.use(connection, link))
    assert used == [True, False]


async def test_a_subject_of_the_provider_is_one_person_and_a_person_one_subject(
    house: House, credentials: Credentials
):
    linked = [await credentials.link_subject("https://a", subject, person)
              for subject, person in (("1", ME), ("1", ME), ("1", OTHER), ("2", ME), ("2", OTHER))]
    assert linked == [True, True, False, False, True]
    assert await credentials.person_of_subject("https://b", "1") is None


async def test_an_erased_person_leaves_nothing_to_sign_in_with(house: House, credentials: Credentials):
    await add(house, ME, b"one")
    await with_password(house)
    await credentials.link_subject("https://a", "1", ME)
    await house.kept.ways.log.write(ME, Means.PASSKEY, Result.DONE, address="192.0.2.1", browser="Firefox")
    await house.kept.accounts.erase_person(ME)
    left = (await can_sign_in(house.kept.database), await house.kept.ways.log.page(INDEX),
            await credentials.passkey(b"one"), await house.kept.accounts.people_at(f"{ME}@example.org"))
    assert left == (set(), (), None, ())


async def test_an_address_is_found_however_it_is_written(house: House, credentials: Credentials):
    found = await house.kept.accounts.people_at(" P-Emp@Example.ORG ")
    assert (found, await house.kept.accounts.people_at("")) == ((ME,), ())


async def test_the_log_of_sign_ins_goes_by_age(house: House, credentials: Credentials):
    log = house.kept.ways.log
    await log.write(ME, Means.PASSWORD, Result.WRONG, address=None, browser="")
    house.clock.now += 1000
    await log.write(OTHER, Means.PASSKEY, Result.DONE, address="192.0.2.1", browser="Firefox, Linux")
    newest = [sign_in(one) for one in await log.page(INDEX, order="at", descending=True)]
    assert [(one.person, one.result) for one in newest] == [(OTHER, Result.DONE), (ME, Result.WRONG)]
    assert [await log.count(INDEX, **asked) for asked in (
        {}, {"person": ME}, {"status": ("wrong", "done")}, {"about": "passkey", "person": (ME, OTHER)})] == [2, 1, 2, 1]
    house.clock.now += house.config.retention.sign_in_days * 86_400_000
    await house.kept.purge()
    assert [one.person for one in await log.page(INDEX)] == [OTHER]
