"""Minutes that everybody has signed are sealed, beside requests: what a stop of the server, or an authority that does
not answer, holds up is done after it (R3.9, X5)."""
from __future__ import annotations

import asyncio
from typing import Any, Final

from aiohttp import web

from evaluation.rules import Refusal
from evaluation.sitting.kind import SITTING
from server import logs
from server.http import parts
from server.http.office.sitting_papers import seal
from server.journals.ledger import Commit
from server.rounds import go_rounds
from server.storage.journal import StaleVersion

log = logs.logger(__name__)
SIGNED: Final = "signed"
"""The status of a sitting's row whose minutes wait to be sealed."""


class MinutesSealing:
    """What could not be done is tried again after `retry_seconds`, then after twice as long, up to `at_most_seconds`.
    """

    def __init__(self, app: web.Application, retry_seconds: float, at_most_seconds: float) -> None:
        self.app, self._retry, self._at_most = app, retry_seconds, at_most_seconds
        self._wait = retry_seconds
        self._woken = asyncio.Event()

    def committed(self, commit: Commit[Any]) -> None:
        """Something was signed, say."""
        if commit.kind.name == SITTING.name:
            self._woken.set()

    async def run(self) -> None:
        """Until cancelled."""
        await go_rounds(self._woken, self._round, log, failed="sealing.failed", again_seconds=self._retry)

    async def _round(self) -> float | None:
        if await self.seal_all():
            self._wait = self._retry
            return None
        wait, self._wait = self._wait, min(2 * self._wait, self._at_most)
        return wait

    async def seal_all(self) -> bool:
        """Everything that waits; whether nothing is left."""
        done = [await self._seal(row.stream) for row in await parts.rows(self).page("sittings", status=SIGNED)]
        return all(done)

    async def _seal(self, sitting: str) -> bool:
        state = await parts.journals(self).state(SITTING, sitting)
        minutes = state.presented if state is not None else None
        if state is None or minutes is None or minutes.unsigned:
            return True
        from server.documents.sealing import SealUnavailable  # what seals takes long to load

        try:
            await seal(self, state, minutes)
        except Refusal:  # taken back, or sealed, in the meantime: the next commit says so
            return True
        except StaleVersion:
            return False
        except SealUnavailable:
            log.warning("sealing.no_timestamp", session=sitting)
            return False
        except Exception as error:
            log.error("sealing.failed", exc_info=error, session=sitting)
            return False
        return True
