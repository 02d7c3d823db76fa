"""Acts for many, carried out one by one: each for itself through the write path, so that one that is refused holds up
nobody, and what a restart interrupts goes on where it was.
"""
from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping

from evaluation.codec import FieldError
from evaluation.rules import Refusal
from server import logs
from server.storage.mass_acts import MassAct, MassActs, MassItem

log = logs.logger(__name__)

Handler = Callable[[MassAct, str, str], Awaitable[None]]
"""Does the act for one item, once for the key that it is given. Refusal and FieldError are what came of it; after any
other failure it is tried again."""


class Runner:
    """`handlers` by the act's kind."""

    def __init__(self, acts: MassActs, handlers: Mapping[str, Handler], retry_seconds: float) -> None:
        self._acts, self._handlers, self._retry = acts, handlers, retry_seconds
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """One was begun."""
        self._woken.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._woken.clear()
            try:
                again = await self.carry_out()
            except Exception as error:  # the database may be away for a while
                log.error("mass.failed", exc_info=error)
                again = True
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._retry if again else None):
                    await self._woken.wait()

    async def carry_out(self) -> bool:
        """Everything that waits; whether something has to be tried again."""
        left = [await self._do(act, item) for act, item in await self._acts.waiting()]
        return not all(left)

    async def _do(self, act: MassAct, item: MassItem) -> bool:
        try:
            await self._handlers[act.kind](act, item.item, f"mass {act.id} {item.number}")
        except Refusal as refusal:
            await self._acts.settle(act.id, item.number, {
                "rule": refusal.rule, "text": refusal.text, "values": dict(refusal.values)})
        except FieldError as error:
            await self._acts.settle(act.id, item.number, {"text": error.text, "values": dict(error.values)})
        except Exception as error:
            log.error("mass.failed", exc_info=error, kind=act.kind, session=act.stream)
            return False
        else:
            await self._acts.settle(act.id, item.number)
        return True
