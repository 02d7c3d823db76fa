"""Letters wait encrypted until they have left; what was kept long enough is purged."""
from __future__ import annotations

import pytest
from sqlalchemy import text

from server.storage.letters import Letter
from tests.server.kept import House

DAY = 86_400_000


async def count(house: House, table: str) -> int:
    async with house.kept.database.reading() as connection:
        return await connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0


async def test_a_letter_waits_until_it_was_sent(house: House):
    letter = Letter("p", "link", {"url": "https://jury.example.org/i/secret"})
    await house.kept.outbox.put(letter, Letter("p", "code", {"code": "123456"}))
    again = await house.again()
    assert sorted(one.letter.template for one in await again.kept.outbox.due()) == ["code", "link"]
    waiting = next(one for one in await again.kept.outbox.due() if one.letter == letter)
    await again.kept.outbox.sent(waiting.id)
    assert [one.letter.template for one in await house.kept.outbox.due()] == ["code"]
    await again.close()


async def test_its_content_is_encrypted_and_forgotten_once_sent(house: House):
    await house.kept.outbox.put(Letter("p", "link", {"url": "https://jury.example.org/i/secret"}))
    async with house.kept.database.reading() as connection:
        sealed = await connection.scalar(text("SELECT sealed FROM outbox"))
    assert b"secret" not in bytes(sealed)
    await house.kept.outbox.sent((await house.kept.outbox.due())[0].id)
    async with house.kept.database.reading() as connection:
        assert bytes(await connection.scalar(text("SELECT sealed FROM outbox"))) == b""


async def test_a_letter_that_failed_comes_again_later_or_never(house: House):
    outbox = house.kept.outbox
    await outbox.put(Letter("p", "link", {}))
    (waiting,) = await outbox.due()
    await outbox.postpone(waiting.id, house.clock.now + 60_000)
    assert (await outbox.due(), await outbox.next_due()) == ([], house.clock.now + 60_000)
    house.clock.now += 60_000
    (waiting,) = await outbox.due()
    assert waiting.attempts == 1
    await outbox.postpone(waiting.id, None)
    assert (await outbox.due(), await outbox.next_due()) == ([], None)


@pytest.mark.rule("X1")
async def test_nobody_writes_to_somebody_who_was_erased(house: House):
    await house.kept.outbox.put(Letter("p", "link", {}))
    await house.kept.vault.erase("p")
    assert await house.kept.outbox.due() == []
    await house.kept.outbox.put(Letter("p", "link", {}), Letter("q", "link", {}))
    assert [one.letter.person for one in await house.kept.outbox.due()] == ["q"]


async def test_old_answers_and_letters_that_left_are_purged(house: House):
    await house.plan()
    await house.do("org", "WriteToRoom", key="k", words="Bonjour")
    await house.kept.outbox.put(Letter("p", "one", {}), Letter("p", "two", {}))
    await house.kept.outbox.sent((await house.kept.outbox.due())[0].id)
    house.clock.now += house.config.retention.answer_days * DAY + 1
    purged = await house.kept.purge()
    assert (purged.answers, purged.letters) == (2, 1)  # also the answer to the follow-up that appointed the jury
    assert (await count(house, "answers"), await count(house, "outbox")) == (0, 1)


@pytest.mark.rule("X1")
async def test_a_letter_put_while_its_person_was_being_erased_holds_nobody_else_up(house: House):
    await house.kept.outbox.put(Letter("p", "link", {}))
    again = await house.again()
    await again.kept.vault.erase("p")
    await house.kept.outbox.put(Letter("p", "link", {}), Letter("q", "link", {}))  # it still had the key
    assert await count(house, "outbox") == 2
    assert [one.letter.person for one in await again.kept.outbox.due()] == ["q"]
    assert await count(house, "outbox") == 1
    await again.close()


async def test_a_letter_spoiled_where_it_lies_holds_nobody_else_up(house: House):
    await house.kept.outbox.put(Letter("p", "link", {}), Letter("q", "link", {}))
    async with house.kept.database.writing() as connection:
        await connection.execute(text("UPDATE outbox SET sealed = :junk WHERE person = 'p'"), {"junk": b"x" * 40})
    assert [one.letter.person for one in await house.kept.outbox.due()] == ["q"]
    async with house.kept.database.reading() as connection:
        assert await connection.scalar(text("SELECT person FROM outbox WHERE given_up")) == "p"
