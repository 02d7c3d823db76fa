"""Whether the candidate is at the camera, while the jury asks for it (R6.4): one frame every few seconds, and now and
then what follows it for two seconds, looked at in a process apart. What shows is told to the jury alone, in neutral
words; it goes when it passes, and is never written.
"""
from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from evaluation.rules import N_
from evaluation.session.state import Hearing, SessionState
from evaluation.session.visibility import presence_seconds
from server import logs
from server.identity.identity_refusals import IdentityRefusal, IdentityUnavailable
from server.identity.identity_settings import WatchSettings
from server.identity.watched import Memory, PresenceName
from server.identity.worker import IdentityWorkers
from server.journals.ledger import Commit
from server.media.engine import NO_BURST, Burst, MediaEngine, MediaRefusal

log = logs.logger(__name__)
STOPPED = N_("La caméra de la personne évaluée n’envoie plus d’image depuis {time}.")


@dataclass(frozen=True)
class Seen:
    """`words` is a French msgid with the place {time}; `since` the time of the first picture that showed it, in ms."""

    name: PresenceName | Literal["stopped"]
    words: str
    since: int


@dataclass
class _Watched:
    hearing: str
    seconds: int
    task: asyncio.Task[None]
    seen: tuple[Seen, ...] = ()


@dataclass
class _Looks:
    """One candidate's, so far. `silent` holds the times of those in a row that brought no picture."""

    every: int
    """From one search for a clip that goes round to the next; 0: never."""
    memory: Memory = field(default_factory=Memory)
    taken: int = 0
    silent: list[int] = field(default_factory=list[int])

    def closer(self, samples: int) -> bool:
        """Whether the next one is to bring what follows it: the first few of each search, and while something is found.
        """
        return self.every > 0 and (self.taken % self.every < samples or self.memory.suspects_loop)


class Watching:
    """A listener of `Sessions.on_commit`. `on_change` is told the session's id."""

    def __init__(self, engine: MediaEngine, workers: IdentityWorkers, settings: WatchSettings,
                 now: Callable[[], int]) -> None:
        self._engine, self._workers, self._settings, self._now = engine, workers, settings, now
        self._watched: dict[str, _Watched] = {}
        self._stopping = False
        self.on_change: list[Callable[[str], None]] = []

    def seen(self, session: str, hearing: str) -> tuple[Seen, ...]:
        watched = self._watched.get(session)
        return watched.seen if watched is not None and watched.hearing == hearing else ()

    def committed(self, commit: Commit[SessionState]) -> None:
        if self._stopping:
            return
        state, hearing = commit.state, commit.state.in_room
        seconds = presence_seconds(state, hearing) if hearing is not None else 0
        watched = self._watched.get(commit.stream)
        if watched is not None and (hearing is None or (watched.hearing, watched.seconds) != (hearing.id, seconds)):
            watched.task.cancel()
            del self._watched[commit.stream]
            self._tell(commit.stream)
            watched = None
        if hearing is not None and seconds and watched is None:
            self._start(state, hearing, seconds)

    async def close(self, _app: object = None) -> None:
        self._stopping = True
        tasks = [one.task for one in self._watched.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _start(self, state: SessionState, hearing: Hearing, seconds: int) -> None:
        looks = _Looks(state.framework.identity.loop_samples)
        task = asyncio.create_task(self._watch(state.id, hearing.candidate.id, seconds, looks))
        self._watched[state.id] = _Watched(hearing.id, seconds, task)

    async def _watch(self, session: str, candidate: str, seconds: int, looks: _Looks) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + seconds
            try:
                self._show(session, await self._sample(session, candidate, looks))
            except (IdentityUnavailable, IdentityRefusal) as problem:  # nothing is known: nothing is said
                log.info("presence.not_looked", session=session, code=problem.code)
                self._show(session, ())
            except Exception as error:
                log.error("presence.failed", exc_info=error, session=session)
                self._show(session, ())
            await asyncio.sleep(max(0.0, due - loop.time()))

    async def _sample(self, session: str, candidate: str, looks: _Looks) -> tuple[Seen, ...]:
        burst = self._burst() if looks.closer(self._settings.burst_samples) else NO_BURST
        try:
            taken = await self._engine.capture(session, candidate, "main", burst)
        except MediaRefusal:
            looks.silent.append(self._now())
            enough = len(looks.silent) >= self._settings.samples
            return (Seen("stopped", STOPPED, looks.silent[0]),) if enough else ()
        looks.silent.clear()
        looks.taken += 1
        found = await self._workers.presence(
            taken.taken_at, taken.jpeg, taken.burst, burst.step_s, self._settings, looks.memory)
        looks.memory = looks.memory.followed_by(found.memory, self._settings.loop_memory)
        return tuple(Seen(one.name, one.words, round(one.since * 1000)) for one in found.signals)

    def _burst(self) -> Burst:
        return Burst(self._workers.burst_frames, self._settings.burst_step_milliseconds / 1000)

    def _show(self, session: str, seen: tuple[Seen, ...]) -> None:
        watched = self._watched.get(session)
        if watched is not None and watched.seen != seen:
            watched.seen = seen
            self._tell(session)

    def _tell(self, session: str) -> None:
        for tell in self.on_change:
            tell(session)
