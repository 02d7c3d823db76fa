"""A juror's identity check, from the asking to the signals (R6.3): frames of the live stream, taken here, compared in
processes of their own, journalled once. What the candidate is to do meanwhile is told as it goes, and never kept.

No picture comes from a browser. Frames stay in memory; only the crops shown with a row are kept, encrypted.
"""
from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from evaluation.deadlines import day_of
from evaluation.people import SYSTEM
from evaluation.rules import Refusal
from evaluation.session.measured import Check, CheckFailure, Side
from evaluation.session.phases import Phase
from evaluation.session.state import Hearing, SessionState
from server import logs
from server.checking.copy_examiner import CopyExaminer, unexamined
from server.checking.evidence import Evidence
from server.checking.progress import Progress, progress
from server.checking.supplied import CopyPictures, copies_of, lines_on
from server.config import Config
from server.documents.document_refusals import DocumentRefusal
from server.identity.identity_refusals import IdentityRefusal, IdentityUnavailable
from server.identity.signals import Registered, Signals
from server.identity.worker import IdentityWorkers
from server.journals.ledger import Commit
from server.journals.of_kind import Sessions
from server.media.engine import MediaEngine, MediaRefusal
from server.storage.accounts import Accounts
from server.storage.openings import Openings
from server.storage.vault import Erased, Unreadable, Vault

log = logs.logger(__name__)
Place = tuple[str, str]
NO_STREAM_PAUSE_S = 0.5
IN_VAIN = frozenset({"not_installed", "no_detector", "no_print"})
"""What no other picture of the camera would change."""


@dataclass
class _Running:
    """One check under way. `faces`: whether faces may be compared in it."""

    check: Check
    faces: bool
    task: asyncio.Task[None]


@dataclass(frozen=True)
class _Batch:
    frames: list[bytes] = field(default_factory=list[bytes])
    taken_at: int = 0


class IdentityChecks:
    """A listener of `Sessions.on_commit`. `on_progress` is told the session's id when there are other words."""

    def __init__(self, sessions: Sessions, engine: MediaEngine, workers: IdentityWorkers, vault: Vault,
                 accounts: Accounts, openings: Openings, config: Config, now: Callable[[], int]) -> None:
        self._sessions, self._engine, self._workers = sessions, engine, workers
        self._vault, self._accounts, self._openings = vault, accounts, openings
        self._config, self._settings, self._now = config, config.check, now
        self._evidence = Evidence(sessions, vault)
        self.examiner = CopyExaminer(sessions, workers, vault, openings, config, now)
        self._running: dict[Place, _Running] = {}
        self._shown: dict[Place, Progress] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._warm = self._stopping = False
        self.on_progress: list[Callable[[str], None]] = []

    def progress(self, session: str, hearing: str) -> Progress | None:
        return self._shown.get((session, hearing))

    async def close(self, _app: object = None) -> None:
        """What was asked for stays asked: the next process takes it up. Nobody waits for models to be loaded, nor for
        copies to be looked at: they are when the server starts again. What is being written down is written whole."""
        self._stopping = True
        running = [one.task for one in self._running.values()]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await self._workers.stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # What the journal says

    def committed(self, commit: Commit[SessionState]) -> None:
        if self._stopping:
            return
        if commit.before is None and any(unexamined(one) for one in commit.state.hearings.values()):
            self._spawn(self.examiner.left(commit.state))
        for hearing in commit.state.hearings.values():
            self._follow(commit.state, hearing)

    def _follow(self, state: SessionState, hearing: Hearing) -> None:
        place, check = (state.id, hearing.id), hearing.check
        faces = hearing.face_consent == "yes"
        running = self._running.get(place)
        if running is not None and (check is None or (running.check, running.faces) != (check, faces)):
            # Cancelling ends the process that compares: whatever it had computed is gone with it (X1).
            running.task.cancel()
            self._ended(place, running)
            running = None
        if check is not None and running is None:
            task = asyncio.create_task(self._run(place, check, faces))
            self._running[place] = now_running = _Running(check, faces, task)
            task.add_done_callback(lambda _: self._ended(place, now_running))
        if hearing.phase is Phase.WELCOME and hearing.document("identity_front") is not None and not self._warm:
            self._warm = True
            self._spawn(self._load())

    async def _load(self) -> None:
        """Once somebody with a copy is called in: the first check need not wait for the models."""
        with contextlib.suppress(IdentityUnavailable):
            await self._workers.start()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _ended(self, place: Place, running: _Running) -> None:
        if self._running.get(place) is running:
            del self._running[place]
            self._show(place, None)

    def _show(self, place: Place, shown: Progress | None) -> None:
        if self._shown.get(place) == shown:
            return
        self._shown.pop(place, None)
        if shown is not None:
            self._shown[place] = shown
        for tell in self.on_progress:
            tell(place[0])

    # One check

    async def _run(self, place: Place, check: Check, faces: bool) -> None:
        try:
            why = await self._measured(place, check, faces)
        except IdentityUnavailable as problem:
            why = _failure(problem.code)
        except IdentityRefusal as problem:
            why = _failure(problem.code)
        except (FileNotFoundError, Erased, Unreadable, DocumentRefusal):
            why = "copy_unreadable"
        except Exception as error:
            log.error("check.failed", exc_info=error, session=place[0])
            why = "failed"
        if why is not None:
            try:
                await self._sessions.execute(place[0], SYSTEM, "FailIdentityCheck", {
                    "hearing": place[1], "check": check.position, "why": why}, by_server=True)
            except Refusal:  # nobody waits for it any more
                pass
            except Exception as error:  # taken up again at the session's next commit
                log.error("check.failure_not_told", exc_info=error, session=place[0])

    async def _measured(self, place: Place, check: Check, faces: bool) -> CheckFailure | None:
        """None once signals are journalled, or nobody waits for them any more."""
        self._show(place, progress("waiting", check.side))
        hearing = self._hearing(place)
        copies, registered = await self._compared_with(hearing, check)
        end = asyncio.get_running_loop().time() + self._settings.wait_seconds
        batches, last = 0, None
        while True:
            batch = await self._batch(place, check, hearing)
            late = asyncio.get_running_loop().time() >= end
            if batch.frames:
                if batches:  # something was recognised: until then the candidate is told what to show
                    self._show(place, progress("comparing", check.side))
                seen = await self._workers.check(copies.front, copies.back, batch.frames, registered, faces,
                                                 day_of(self._now()))
                found = _found(hearing, seen, check.side)
                batches += found
                if last is None or found or not _found(hearing, last[1], check.side):
                    last = batch, seen  # what was recognised is not lost because the document is lowered
                if late or self._enough(hearing, check.side, seen, batches):
                    break
                self._show(place, progress("looking", check.side, seen))
            elif late:
                if last is None:
                    return "no_stream"
                break
            else:
                await asyncio.sleep(NO_STREAM_PAUSE_S)
        batch, signals = last
        # Once begun it ends: what is journalled and what is kept go together.
        await asyncio.shield(self._spawn(self._evidence.record(place, check, batch.taken_at, signals)))
        return None

    def _hearing(self, place: Place) -> Hearing:
        state = self._sessions.known(place[0])
        assert state is not None
        return state.hearing(place[1])

    async def _compared_with(self, hearing: Hearing, check: Check) -> tuple[CopyPictures, Registered | None]:
        copies = await copies_of(self._vault, hearing, self._config)
        if copies is None:
            raise FileNotFoundError("identity_front")
        for kind in ("identity_front", "identity_back"):
            document = hearing.document(kind)
            info = await self._vault.file_info(document.id) if document is not None else None
            if info is not None:
                await self._openings.note(info, check.by, "check")
        profile = await self._accounts.profile(hearing.candidate.person)
        return copies, registered_as(profile)

    async def _batch(self, place: Place, check: Check, hearing: Hearing) -> _Batch:
        """Some frames in a row; empty while nothing comes from the camera."""
        frames: list[bytes] = []
        taken_at, candidate = 0, hearing.candidate.id
        lines = (lines_on(hearing) or "back") == check.side
        for number in range(self._settings.lines_frames if lines else self._settings.batch_frames):
            if number:
                await asyncio.sleep(self._settings.frame_milliseconds / 1000)
            try:
                taken = await self._engine.capture(place[0], candidate, check.source)
            except MediaRefusal:
                break
            frames.append(taken.jpeg)
            taken_at = round(taken.taken_at * 1000)
        return _Batch(frames, taken_at)

    def _enough(self, hearing: Hearing, side: Side, signals: Signals, batches: int) -> bool:
        """All that this side can give is measured, or was waited for long enough since it was recognised."""
        wanted = ["document", "portrait", "text"] if side == "front" else []
        if lines_on(hearing) == side:
            wanted.append("mrz")
        rows = {row.name: row for row in signals.rows}
        measured = all(rows[name].band != "not_measurable" or rows[name].code in IN_VAIN for name in wanted)
        return (bool(wanted) and measured) or batches >= self._settings.back_batches


def _found(hearing: Hearing, signals: Signals, side: Side) -> bool:
    """Whether this batch counts as the side having been shown: its print is recognised, or its lines are read. A back
    without lines has nothing that it is recognised by."""
    if side == "back":
        lines = signals.row("mrz")
        return lines_on(hearing) != "back" or (lines is not None and lines.code != "not_read")
    row = signals.row("document")
    return row is not None and row.band != "not_measurable"


def _failure(code: str) -> CheckFailure:
    known: dict[str, CheckFailure] = {
        "copy_unreadable": "copy_unreadable", "frames_unreadable": "frames_unreadable", "died": "died",
        "too_slow": "too_slow", "not_started": "not_started"}
    return known.get(code, "failed")


def registered_as(profile: Any) -> Registered | None:
    """The names of a profile: `name` in full, `first_name`, and (`other_names`) further family names."""
    if not profile or not profile.get("name"):
        return None
    given = str(profile.get("first_name") or "")
    family = _without(str(profile["name"]).split(), given.split())
    return Registered(family, given, tuple(profile.get("other_names") or ()))


def _without(words: list[str], given: list[str]) -> str:
    """Whole words only: taking `Le` away leaves Lemaire as it is. Where they stand twice, those in front go."""
    places = [i for i in range(len(words) - len(given) + 1) if words[i : i + len(given)] == given] if given else []
    at = places[0] if places else len(words)
    return " ".join(words[:at] + words[at + len(given) :])
