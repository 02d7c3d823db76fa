"""The clockwork: one task that sleeps until the next thing is due, and asks the rules what that is."""
from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from evaluation.codec import FieldError, encode
from evaluation.kinds import Kind
from evaluation.people import SYSTEM
from evaluation.rules import Refusal
from server import logs
from server.journals.ledger import Commit
from server.journals.write_path import Journals
from server.storage.journal import StaleVersion

log = logs.logger(__name__)

LONGEST_SLEEP_MS = 30_000
"""A machine that was suspended meanwhile notices after so long at the latest."""
RETRY_MS = 1_000
"""After something due could not be written."""


@dataclass
class _Chore:
    every_ms: int
    do: Callable[[], Awaitable[object]]
    due: int


class Clockwork:
    """`watch` is a listener of `Journals.on_commit`; `every` adds something to be done again and again."""

    def __init__(self, journals: Journals, now: Callable[[], int]) -> None:
        self._journals, self._now = journals, now
        self._due: dict[str, tuple[Kind[Any], int]] = {}
        self._chores: list[_Chore] = []
        self._changed = asyncio.Event()

    def watch(self, commit: Commit[Any]) -> None:
        """Something happened: what is due next may be another thing."""
        self._schedule(commit.kind, commit.stream, commit.state)
        self._changed.set()

    async def load(self) -> None:
        """At the start: what is due in any stream, none of which need be in memory yet."""
        for stream, (kind, due) in (await self._journals.due()).items():
            self._due.setdefault(stream, (self._journals.kinds.named(kind), due))
        self._changed.set()

    def look_again(self) -> None:
        """At once, whatever is due next."""
        self._changed.set()

    def every(self, seconds: int, do: Callable[[], Awaitable[object]]) -> None:
        """Now, and then after each `seconds`."""
        self._chores.append(_Chore(seconds * 1000, do, self._now()))

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._changed.clear()
            now = self._now()
            for stream in [stream for stream, (_, due) in self._due.items() if due <= now]:
                await self._write_due(stream)
            for chore in [one for one in self._chores if one.due <= now]:
                await self._do(chore)
            await self._sleep()

    async def _sleep(self) -> None:
        now = self._now()
        times = (*(due for _, due in self._due.values()), *(one.due for one in self._chores))
        nearest = min(times, default=now + LONGEST_SLEEP_MS)
        wait = min(max(0, nearest - now), LONGEST_SLEEP_MS) / 1000
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await self._changed.wait()

    def _schedule(self, kind: Kind[Any], stream: str, state: Any) -> None:
        due = None if kind.closed(state) else kind.next_due(state, self._now())
        if due is None:
            self._due.pop(stream, None)
        else:
            self._due[stream] = kind, due

    async def _write_due(self, stream: str) -> None:
        """Have the rules' due commands written. What cannot be written now is tried again a little later."""
        kind = self._due[stream][0]
        self._due[stream] = kind, self._now() + RETRY_MS
        try:
            state = await self._journals.state(kind, stream)
            if state is None:
                return
            for command in kind.due_commands(state, self._now()):
                with contextlib.suppress(Refusal, FieldError):  # somebody ended the phase meanwhile
                    await self._journals.execute(
                        kind, stream, SYSTEM, kind.commands.name_of(command), encode(command), by_server=True)
            state = self._journals.known(kind, stream)
            if state is not None and not kind.due_commands(state, self._now()):
                self._schedule(kind, stream, state)
        except StaleVersion:
            return
        except Exception as error:  # the database may be away for a while: the clockwork stays
            log.error("clockwork.failed", exc_info=error, session=stream)

    async def _do(self, chore: _Chore) -> None:
        chore.due = self._now() + chore.every_ms
        try:
            await chore.do()
        except Exception as error:
            log.error("clockwork.chore_failed", exc_info=error)
