"""When what is kept of a candidate has been kept long enough, and what holds it back (X1, R9.2).

Nothing of a candidate goes, by age or by erasure, while the outcome, an appeal, an incident or a hold is open. Runs by
itself every day, and by `visiojury purge`."""
from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from evaluation.deadlines import day_of, end_of
from evaluation.framework import Framework
from evaluation.session.kind import SESSION
from evaluation.session.phases import OVER
from evaluation.session.retention_periods import Reason, documents_due, evidence_due, held_by_itself, open_for
from evaluation.session.state import Hearing, SessionState
from server import logs
from server.config import RetentionSettings
from server.journals.of_kind import Sessions
from server.keeping.joint_papers import JointPapers
from server.keeping.open_cases import CasesOf, OpenCases
from server.keeping.opinions import Opinions
from server.keeping.register_papers import RegisterPapers
from server.keeping.ruling_days import RulingDays
from server.keeping.withdrawing import take_away
from server.storage.holds import Hold, Holds
from server.storage.purge import Purge, Purged
from server.storage.vault import Vault

log = logs.logger(__name__)


@dataclass(frozen=True)
class Candidacy:
    """One hearing, with what was recorded about what came of it."""

    hearing: Hearing
    ruled_on: date | None
    """The day of the certification jury, once one has ruled."""
    reasons: tuple[Reason, ...]
    """Why nothing of it may go; none: only its delays are left to run."""

    @property
    def person(self) -> str:
        return self.hearing.candidate.person

    def due(self, now: int, last_day: Callable[[date], date]) -> bool:
        """Nothing is open, and the delay that ends on `last_day` of the day of the ruling is over."""
        return not self.reasons and self.ruled_on is not None and now >= end_of(last_day(self.ruled_on))


class Retention:
    """Called, it deletes all that is due now. Safe to repeat, and to run beside the server."""

    def __init__(self, sessions: Sessions, purge: Purge, vault: Vault, holds: Holds, ruling_days: RulingDays,
                 opinions: Opinions, joint: JointPapers, register: RegisterPapers, cases: OpenCases,
                 settings: RetentionSettings, now: Callable[[], int]) -> None:
        self._sessions, self._purge, self._vault = sessions, purge, vault
        self._holds, self._ruling_days, self._settings, self._now = holds, ruling_days, settings, now
        self._opinions, self.joint, self._register, self._cases = opinions, joint, register, cases

    async def __call__(self) -> Purged:
        done = await self._purge.by_age()
        kinds, held = Counter(done.kinds), list[tuple[str, tuple[Reason, ...]]]()
        kinds += await self._opinions() + await self.joint() + await self._register()
        for session in await self._purge.streams_with_files(SESSION.name):
            # Folded apart: a session of long ago is not kept in memory for having been looked at.
            state = SESSION.fold(await self._sessions.records(session))
            if state is not None:
                kinds += await self._of_session(state, held)
        done = replace(done, kinds=kinds, held=tuple(held))
        log.info("retention.purged", **done.kinds, answers=done.answers, letters=done.letters, openings=done.openings,
                 held=len(held))
        return done

    async def against_erasing(self, person: str) -> tuple[tuple[str, tuple[Reason, ...]], ...]:
        """Each hearing that somebody's data are still needed for, with why: their own, or one of a day on which they
        held another seat, whose papers name them."""
        found: list[tuple[str, tuple[Reason, ...]]] = []
        for session in await self._purge.sessions_of(person):
            state = SESSION.fold(await self._sessions.records(session))
            everybody = await self._candidacies(state) if state is not None else []
            own = [one for one in everybody if one.person == person]
            found += [(one.hearing.id, one.reasons) for one in own or everybody if one.reasons]
        return (*found, *((one, ("case",)) for one in await self._cases.on(person)))

    async def _of_session(self, state: SessionState, held: list[tuple[str, tuple[Reason, ...]]]) -> Counter[str]:
        deleted, candidacies, now = Counter[str](), await self._candidacies(state), self._now()
        for one in candidacies:
            hearing = one.hearing
            if state.closed:  # of an open one, `Withdrawals` takes care
                await take_away(self._vault, state.id, hearing)
            theirs = [each for each in candidacies if each.person == one.person]
            if all(each.due(now, lambda day: evidence_due(state.framework, day)) for each in theirs):
                words = [each.ref for measured in (*hearing.past_signals, *hearing.signals)
                         for each in measured.words()]
                deleted += await self._purge.evidence(state.id, one.person, words)
            if all(each.due(now, lambda day: self._documents_due(state.framework, day)) for each in theirs):
                deleted += await self._purge.documents(state.id, one.person)
            if (state.closed or hearing.phase in OVER) and await self._is_held(state.id, one):
                held.append((hearing.id, one.reasons))
        if candidacies and all(one.due(now, lambda day: self._documents_due(state.framework, day))
                               for one in candidacies):
            deleted += await self._purge.documents_of_others(state.id, (one.person for one in candidacies))
        return deleted

    def _documents_due(self, framework: Framework, ruled_on: date) -> date:
        return documents_due(framework, ruled_on, self._settings.document_days)

    async def _is_held(self, session: str, one: Candidacy) -> bool:
        """By more than a delay that ends by itself."""
        return bool(set(one.reasons) - {"appeal_delay"}) and await self._purge.keeps(session, one.person)

    async def _candidacies(self, state: SessionState) -> list[Candidacy]:
        holds, ruled, today = await self._holds.of(state.id), await self._ruling_days.of(state), day_of(self._now())
        cases = await self._cases.of(state.id, state.hearings.values())
        return [Candidacy(hearing, on, (*open_for(state.framework, on, today),
                                        *holding(hearing, holds, cases[hearing.id])))
                for hearing in state.hearings.values() for on in (ruled.get(hearing.id),)]


def holding(hearing: Hearing, holds: Iterable[Hold], cases: CasesOf) -> tuple[Reason, ...]:
    """What somebody holds it for, and what holds it by itself unless somebody has released it since. An open case is
    released by its decision alone."""
    mine = [one for one in holds if one.hearing == hearing.id]
    placed: list[Reason] = [one.reason for one in mine if one.released_at is None]
    settled_at = max((one.released_at for one in mine if one.released_at is not None), default=None)
    by_itself = held_by_itself(hearing, settled_at, cases.decided, cases.settled)
    return tuple(dict.fromkeys((*placed, *(("case",) if cases.open else ()), *by_itself)))
