"""When evidence of identity has been kept long enough, and what holds it back (X1, R9.2): the framework's delay after
the appeal's, unless an appeal or an incident is open. Runs by itself every day, and by `visiojury purge`."""
from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from evaluation.deadlines import day_of, end_of, evidence_due
from evaluation.identity import held_for
from evaluation.phases import OVER
from evaluation.session import fold
from evaluation.state import Hearing, SessionState
from server import logs
from server.sessions import Sessions
from server.storage.holds import Hold, Holds
from server.storage.purge import Purge, Purged
from server.storage.vault import Vault
from server.withdrawing import take_away

log = logs.logger(__name__)


class Retention:
    """Called, it deletes all that is due now. Safe to repeat, and to run beside the server."""

    def __init__(self, sessions: Sessions, purge: Purge, vault: Vault, holds: Holds, now: Callable[[], int]) -> None:
        self._sessions, self._purge, self._vault, self._holds, self._now = sessions, purge, vault, holds, now

    async def __call__(self) -> Purged:
        done = await self._purge.by_age()
        kinds, held = Counter(done.kinds), list[tuple[str, tuple[str, ...]]]()
        for session in await self._purge.sessions_with_evidence():
            # Folded apart: a session of long ago is not kept in memory for having been looked at.
            state = fold(await self._sessions.records(session))
            if state is not None:
                kinds += await self._of_session(state, held)
        done = replace(done, kinds=kinds, held=tuple(held))
        log.info("retention.purged", **done.kinds, answers=done.answers, letters=done.letters, openings=done.openings,
                 held=len(held))
        return done

    async def _of_session(self, state: SessionState, held: list[tuple[str, tuple[str, ...]]]) -> Counter[str]:
        deleted = Counter[str]()
        holds = await self._holds.of(state.id)
        for hearing in state.hearings.values():
            if state.closed:  # of an open one, `Withdrawals` takes care
                await take_away(self._vault, state.id, hearing)
            if not self._due(state, hearing):
                continue
            reasons = reasons_to_hold(hearing, holds)
            if not reasons:
                words = [one.ref for each in (*hearing.past_signals, *hearing.signals) for one in each.words()]
                deleted += await self._purge.evidence(state.id, hearing.candidate.person, words)
            elif await self._purge.evidence_of(state.id, hearing.candidate.person):
                held.append((hearing.id, reasons))
        return deleted

    def _due(self, state: SessionState, hearing: Hearing) -> bool:
        """What may still be called in is not over, unless its session is."""
        if hearing.phase not in OVER and not state.closed:
            return False
        held_on = date.fromisoformat(state.date)
        if hearing.dismissed_at is not None:
            held_on = max(held_on, day_of(hearing.dismissed_at))
        return self._now() >= end_of(evidence_due(state.framework, held_on))


def reasons_to_hold(hearing: Hearing, holds: tuple[Hold, ...]) -> tuple[str, ...]:
    """What somebody holds it for, and what follows from its incidents unless somebody has released it."""
    mine = [one for one in holds if one.hearing == hearing.id]
    placed = [one.reason for one in mine if one.released_at is None]
    released = any(one.released_at is not None for one in mine)
    return tuple(dict.fromkeys((*placed, *(() if released else held_for(hearing)))))
