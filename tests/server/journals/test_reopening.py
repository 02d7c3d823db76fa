"""A write whose end is unknown closes the room; it opens again by itself once what was kept has been read."""
from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from sqlalchemy import text

from evaluation.session.kind import SESSION as KIND
from evaluation.session.state import SessionState
from server.journals.ledger import Commit
from server.journals.write_path import Journals
from server.storage import journal
from server.storage.database import Database
from tests.pace import within
from tests.server.kept import SESSION, House


@pytest.fixture
async def quick(house: House) -> AsyncIterator[House]:
    """The same storage, tried again every few milliseconds, with a planned day."""
    await house.plan()
    storage = replace(house.config.storage, reopen_seconds=0.01, reopen_at_most_seconds=1)
    opened = await House.open(replace(house.config, storage=storage), house.clock)
    await opened.kept.sessions.load([SESSION])
    await write(opened)  # the session's key is made
    yield opened
    await opened.close()


def doors(house: House) -> list[str | Commit[SessionState]]:
    """What happens to the session's doors from now on."""
    heard: list[str | Commit[SessionState]] = []
    house.kept.sessions.on_failure.append(heard.append)
    house.kept.sessions.on_reopening.append(heard.append)
    return heard


async def until(heard: list[str | Commit[SessionState]], count: int) -> None:
    async with within(5):
        while len(heard) < count:
            await asyncio.sleep(0.01)


async def write(house: House) -> None:
    await house.do("org", "WriteToRoom", words="Bonjour")


async def test_the_room_opens_again_without_another_act(quick: House, monkeypatch: pytest.MonkeyPatch):
    heard = doors(quick)
    before = quick.kept.sessions.known(SESSION)
    monkeypatch.setattr(Database, "writing", lambda _self: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        await write(quick)
    await until(heard, 2)
    assert heard == [SESSION, Commit(KIND, SESSION, before, before, (), ())]  # type: ignore[arg-type]
    assert quick.kept.sessions.known(SESSION) == before


async def test_what_was_kept_after_all_is_known_before_the_room_opens(quick: House, monkeypatch: pytest.MonkeyPatch):
    """The connection dies after the commit: the answer is lost, the record is not."""
    heard, before = doors(quick), await quick.kept.sessions.state(SESSION)
    assert before is not None
    writing = Database.writing

    @asynccontextmanager
    async def dies(self: Database):
        async with writing(self) as connection:
            yield connection
        raise OSError("connection lost")

    monkeypatch.setattr(Database, "writing", dies)
    with pytest.raises(OSError, match="connection lost"):
        await write(quick)
    await until(heard, 2)
    opened = heard[1]
    assert isinstance(opened, Commit)
    assert (heard[0], opened.state.position) == (SESSION, before.position + 1)
    assert len(opened.state.messages) == len(before.messages) + 1


async def test_it_is_tried_until_the_storage_answers(quick: House, monkeypatch: pytest.MonkeyPatch):
    heard, asked = doors(quick), list[str]()
    reading = Database.reading

    def gone(self: Database):
        asked.append("read")
        if len(asked) < 4:
            raise OSError("gone")
        return reading(self)

    monkeypatch.setattr(Database, "writing", lambda _self: (_ for _ in ()).throw(OSError("gone")))
    with pytest.raises(OSError, match="gone"):
        await write(quick)
    monkeypatch.setattr(Database, "reading", gone)
    await until(heard, 2)
    assert (len(asked), heard[0], isinstance(heard[1], Commit)) == (4, SESSION, True)


@pytest.mark.rule("X5")
async def test_a_journal_that_was_altered_meanwhile_stays_closed(quick: House, monkeypatch: pytest.MonkeyPatch):
    heard = doors(quick)
    other = await quick.again()
    await other.do("org", "WriteToRoom", words="Bonjour")
    async with quick.kept.database.writing() as connection:
        await connection.execute(text("UPDATE journal SET actor = 'emp' WHERE event = 'session.room_message_written'"))
    state = quick.kept.sessions.known(SESSION)
    monkeypatch.setattr(journal, "take_turns", lambda *_given: (_ for _ in ()).throw(OSError("gone")))
    monkeypatch.setattr(Journals, "_at_once", Journals._in_turn)  # pyright: ignore[reportPrivateUsage]
    with pytest.raises(OSError, match="gone"):
        await write(quick)
    await until(heard, 2)
    await asyncio.sleep(0.1)
    assert heard == [SESSION, SESSION]
    assert quick.kept.sessions.known(SESSION) is state


async def test_nothing_is_tried_any_more_once_the_server_stops(quick: House, monkeypatch: pytest.MonkeyPatch):
    heard = doors(quick)
    monkeypatch.setattr(Database, "writing", lambda _self: (_ for _ in ()).throw(OSError("gone")))
    with pytest.raises(OSError, match="gone"):
        await write(quick)
    await quick.kept.sessions.close()
    await asyncio.sleep(0.1)
    assert heard == [SESSION]


async def test_a_command_that_fails_while_the_server_stops_leaves_nothing_running(
        quick: House, monkeypatch: pytest.MonkeyPatch):
    heard, stopping = doors(quick), asyncio.Event()

    @asynccontextmanager
    async def gone(_self: Database) -> AsyncIterator[None]:
        await stopping.wait()
        raise OSError("gone")
        yield

    monkeypatch.setattr(Database, "writing", gone)
    writing = asyncio.create_task(write(quick))
    await asyncio.sleep(0.1)
    closing = asyncio.create_task(quick.kept.sessions.close())
    await asyncio.sleep(0)
    stopping.set()
    await closing
    with pytest.raises(OSError, match="gone"):
        await writing
    await asyncio.sleep(0.1)
    assert heard == [SESSION]
