"""Follow-ups carried out: what an event leads to in another stream (architecture: follow-ups).

Each was written in its event's transaction. It is carried out after it, in the order of its source, and tried again
until it stands; its idempotency key makes it happen once, whatever is killed in between. One that its target has
refused is tried no more once its event has been taken back.
"""
from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from evaluation.codec import FieldError
from evaluation.people import SYSTEM
from evaluation.rules import Refusal
from server import logs
from server.config import StorageSettings
from server.journals.ledger import Commit
from server.journals.write_path import Journals
from server.rounds import go_rounds
from server.storage.follow_ups import FollowUp, FollowUps
from server.storage.journal import StaleVersion

log = logs.logger(__name__)


class Following:
    def __init__(self, journals: Journals, waiting: FollowUps, now: Callable[[], int], settings: StorageSettings
                 ) -> None:
        self._journals, self._waiting, self._now = journals, waiting, now
        self._soon_ms = settings.follow_seconds * 1000
        self._most_ms = settings.follow_at_most_seconds * 1000
        self._news = asyncio.Event()

    def wake(self, commit: Commit[Any]) -> None:
        """A listener of `Journals.on_commit`: it may have left something to carry out."""
        if commit.records:
            self._news.set()

    async def run(self) -> None:
        """Until cancelled."""
        await go_rounds(self._news, self._round, log, failed="following.failed", again_seconds=self._soon_ms / 1000)

    async def _round(self) -> float | None:
        wait = await self.carry_out()
        return None if wait is None else wait / 1000

    async def carry_out(self) -> int | None:
        """Everything that is due. In how many ms something is due again, None when nothing waits."""
        held, next_at, now = set[tuple[str, str]](), None, self._now()
        for one in await self._waiting.waiting():
            way = one.source, one.target
            if way in held:  # what came before it comes first
                continue
            due = one.due_at if one.attempts and one.due_at > now else await self._carry_out(one)
            if due is not None:
                held.add(way)
                next_at = due if next_at is None else min(next_at, due)
        return None if next_at is None else max(0, next_at - self._now())

    async def again(self, one: FollowUp) -> bool:
        """Now, because somebody asks; whether it stands. What waited for it comes after."""
        due = await self._carry_out(one)
        self._news.set()
        return due is None

    async def _carry_out(self, one: FollowUp) -> int | None:
        """None once it stands; else when it is tried again."""
        try:
            kind = self._journals.kinds.named(one.target_kind)
            await self._journals.execute(kind, one.target, SYSTEM, one.command, one.fields, key=one.key,
                                         by_server=True, final=False, still=one.attempts > 0)
        except Refusal as refusal:
            return await self._refused(one, {"rule": refusal.rule, "text": refusal.text,
                                             "values": dict(refusal.values)})
        except FieldError as error:
            return await self._refused(one, {"field": error.field, "text": error.text, "values": dict(error.values)})
        except (StaleVersion, LookupError) as error:
            return await self._put_off(one, {"text": type(error).__name__})
        except Exception as error:  # a broken journal, say: it holds back what waits for that stream, and nothing else
            log.error("following.failed", exc_info=error, session=one.target)
            return await self._put_off(one, {"text": type(error).__name__})
        await self._waiting.done(one, self._now())
        return None

    async def _refused(self, one: FollowUp, problem: Mapping[str, object]) -> int | None:
        """Tried again, unless what its event says no longer holds: then nobody waits for it, and what corrects it comes
        after it on the same way."""
        if await self._holds(one):
            return await self._put_off(one, problem)
        await self._waiting.done(one, self._now())
        log.warning("following.dropped", kind=one.target_kind, session=one.target, command=one.command,
                    attempts=one.attempts + 1)
        return None

    async def _holds(self, one: FollowUp) -> bool:
        try:
            kind = self._journals.kinds.named(one.source_kind)
            state = await self._journals.state(kind, one.source)
        except Exception as error:  # of a source that cannot be read nothing is concluded
            log.error("following.failed", exc_info=error, session=one.source)
            return True
        return state is None or kind.follows(state, one.position)

    async def _put_off(self, one: FollowUp, problem: Mapping[str, object]) -> int:
        wait = min(self._soon_ms * 2**min(one.attempts, 20), self._most_ms)
        due = self._now() + wait
        await self._waiting.put_off(one, due, problem)
        log.warning("following.refused", kind=one.target_kind, session=one.target, command=one.command,
                    attempts=one.attempts + 1)
        return due
