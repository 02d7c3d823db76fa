"""Who is told of a commit: in order, after it and before its answer; a failed write closes the doors."""
from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from evaluation.session.events import JuryAppointed
from evaluation.session.state import SessionState
from server.journals.ledger import Commit
from server.storage import journal
from server.storage.letters import Letter
from tests.server.kept import SESSION, House


async def test_listeners_hear_in_order_after_the_commit_and_before_the_answer(house: House):
    heard: list[str] = []

    def first(commit: Commit[SessionState]) -> None:
        heard.append(f"rights {commit.state.position}")
        raise RuntimeError("a listener that fails loses nothing")

    house.kept.sessions.on_commit += [first, lambda commit: heard.append(f"streams {commit.state.position}")]
    await house.plan()
    last = await house.do("org", "WriteToRoom", words="Bonjour")
    assert heard[-2:] == [f"rights {last.position}", f"streams {last.position}"]
    assert heard == [f"{who} {commit}" for commit in sorted({int(one.split()[1]) for one in heard})
                     for who in ("rights", "streams")]
    assert len(await house.positions()) == last.position


async def test_listeners_hear_of_an_old_session_when_it_is_loaded(house: House):
    await house.plan()
    again = await house.again()
    heard: list[Commit[SessionState]] = []
    again.kept.sessions.on_commit.append(heard.append)
    await again.kept.sessions.load([SESSION])
    assert [(one.stream, one.before) for one in heard] == [(SESSION, None)]
    assert heard[0].state == await house.kept.sessions.state(SESSION)
    await again.close()


async def test_letters_are_put_with_their_event_or_not_at_all(house: House):
    def letters(commit: Commit[SessionState]) -> list[Letter]:
        return [Letter("p-org", "told", {"count": len(one.jurors)})
                for one in commit.events if isinstance(one, JuryAppointed)]

    heard: list[int] = []
    house.kept.sessions.writes(letters)
    house.kept.sessions.on_commit.append(lambda commit: heard.append(commit.letters))
    await house.plan()
    due = await house.kept.outbox.due()
    assert [one.letter for one in due] == [Letter("p-org", "told", {"count": 3})]
    assert heard[:3] == [0, 1, 0]


async def test_a_caller_that_goes_away_stops_nothing(house: House):
    await house.plan()
    heard: list[str] = []
    house.kept.sessions.on_commit.append(lambda commit: heard.append(type(commit.events[0]).__name__))
    task = asyncio.create_task(house.do("org", "WriteToRoom", words="Bonjour"))
    await asyncio.sleep(0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    await house.kept.sessions.close()
    assert heard == ["RoomMessageWritten"]


async def test_a_failed_write_closes_the_doors_and_says_so(house: House, monkeypatch: pytest.MonkeyPatch):
    await house.plan()
    closed: list[str] = []
    house.kept.sessions.on_failure.append(closed.append)
    count = len(await house.positions())

    async def broken(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as broken_for_now:
        broken_for_now.setattr(journal, "append", broken)
        with pytest.raises(OSError, match="no space left"):
            await house.do("org", "WriteToRoom", key="k", words="Bonjour")
    assert closed == [SESSION]
    assert len(await house.positions()) == count
    assert (await house.do("org", "WriteToRoom", key="k", words="Bonjour")).position == count + 1
