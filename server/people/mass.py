"""Acts for many, carried out one by one: each for itself through the write path, so that one that is refused holds up
nobody, and what a restart interrupts goes on where it was.
"""
from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from evaluation.codec import FieldError
from evaluation.rules import N_, Refusal
from server import logs
from server.rounds import go_rounds
from server.storage.mass_acts import MassAct, MassActs, MassItem

log = logs.logger(__name__)

Handler = Callable[[MassAct, str, str], Awaitable[None]]
"""Does the act for one item, once for the key that it is given. Refusal and FieldError are what came of it, and
LookupError, where what it is about is not there; after any other failure it is tried again."""

NOT_THERE: Final = N_("Ce que cela concerne n’est plus là : rien n’a été fait. Revoyez la page, puis recommencez.")


class NotYet(Exception):
    """What the act for one item needs is on its way: it is tried again."""


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
        await go_rounds(self._woken, self._round, log, failed="mass.failed", again_seconds=self._retry)

    async def _round(self) -> float | None:
        return self._retry if await self.carry_out() else None

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
        except LookupError as error:  # trying again would not help
            log.error("mass.failed", exc_info=error, kind=act.kind, session=act.stream)
            await self._acts.settle(act.id, item.number, {"text": NOT_THERE, "values": {}})
        except NotYet:
            return False
        except Exception as error:
            log.error("mass.failed", exc_info=error, kind=act.kind, session=act.stream)
            return False
        else:
            await self._acts.settle(act.id, item.number)
        return True
