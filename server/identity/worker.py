"""The processes that look at pictures, seen from the event loop.

Processes, because dlib keeps the interpreter's lock for 60 ms a face and live media must not wait; and because a
picture is somebody else's file: a process that dies or hangs on one takes nothing with it. Each gets none of the
server's environment. One that was interrupted is ended, not reused: when the awaiting task is cancelled (consent
withdrawn while it runs), whatever was computed is gone with the process at once.
"""
from __future__ import annotations

import asyncio
import json
import struct
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import structlog
from pydantic import TypeAdapter

from server.ending import end_process
from server.identity.answers import HEAD, opened, packed
from server.identity.findings import CopyQuality, IdentityDocument
from server.identity.identity_refusals import IdentityRefusal, IdentityUnavailable
from server.identity.identity_settings import IdentitySettings, WatchSettings
from server.identity.signals import Registered, Signals
from server.identity.watched import Looked, Memory
from server.identity.words import TROUBLE

log = structlog.get_logger(__name__)
ROOT = Path(__file__).resolve().parents[2]
T = TypeVar("T")


class IdentityWorkers:
    """Safe to use from one event loop. `start` is optional: the first question starts a process too, and waits."""

    def __init__(self, settings: IdentitySettings) -> None:
        self._settings = settings
        self._idle: list[_Child] = []
        self._all: set[_Child] = set()
        self._refills: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Semaphore(settings.workers)
        self._stopped = False

    @property
    def burst_frames(self) -> int:
        """As many of a burst are looked at; 0: none."""
        return self._settings.burst_frames

    async def start(self) -> None:
        """Load the models of every process that is not there yet. Raises IdentityUnavailable `not_started` where one
        could not; the others are ready."""
        missing = self._settings.workers - len(self._all)
        ended = await asyncio.gather(*(self._another() for _ in range(missing)), return_exceptions=True)
        for problem in ended:
            if problem is not None:
                raise problem

    async def stop(self) -> None:
        self._stopped = True
        for task in self._refills:
            task.cancel()
        await asyncio.gather(*self._refills, return_exceptions=True)
        await asyncio.gather(*(child.end() for child in tuple(self._all)))
        self._all.clear()
        self._idle.clear()

    async def check(self, copy_front: bytes, copy_back: bytes | None, frames: Sequence[bytes],
                    registered: Registered | None, consent_to_face: bool, today: date) -> Signals:  # fmt: skip
        """Compare frames of the live stream with the copy; all pictures as JPEG, PNG or WebP. The sharpest frames
        are used, up to `frames` of the settings.

        Raises IdentityRefusal (the copy or every frame cannot be read), IdentityUnavailable (the process died, was
        too slow, or did not start). Cancelling ends the process.
        """
        blobs = [copy_front, *([] if copy_back is None else [copy_back]), *frames]
        question = {"has_back": copy_back is not None, "consent_to_face": consent_to_face, "today": today.isoformat(),
                    "registered": None if registered is None else vars(registered)}  # fmt: skip
        return await self._asked("check", question, blobs, Signals, self._settings.check_wall_seconds)

    async def presence(self, at: float, frame: bytes, burst: Sequence[bytes], step: float, watch: WatchSettings,
                       memory: Memory) -> Looked:  # fmt: skip
        """One sample of a candidate, taken at `at` (seconds), compared with what is remembered of them. `burst`: small
        frames that follow it, `step` seconds apart, to see a clip that goes round within three samples. Raises as
        `check` does."""
        question = {"at": at, "step": step, "watch": vars(watch)}
        needed = packed(Memory, memory.needed(bool(burst)))
        return await self._asked("presence", question, [needed, frame, *burst], Looked,
                                 self._settings.presence_wall_seconds)  # fmt: skip

    async def copy_quality(self, kind: IdentityDocument, front: bytes | None, back: bytes | None,
                           today: date) -> CopyQuality:  # fmt: skip
        """What to tell the person who supplies the copy. Raises IdentityUnavailable."""
        blobs = [data for data in (front, back) if data is not None]
        question = {"kind": kind, "has_front": front is not None, "has_back": back is not None,
                    "today": today.isoformat()}  # fmt: skip
        return await self._asked("copy_quality", question, blobs, CopyQuality, self._settings.check_wall_seconds)

    async def _asked(self, job: str, question: dict[str, Any], blobs: Sequence[bytes], kind: type[T],
                     wall_seconds: float) -> T:  # fmt: skip
        async with self._turn:
            child = await self._ready()
            try:
                async with asyncio.timeout(wall_seconds):
                    answer = await child.ask({"job": job, **question}, blobs)
                return _opened(answer, kind)
            except TimeoutError:
                await self._replaced(child)
                log.warning("identity.too_slow", job=job)
                raise IdentityUnavailable("too_slow") from None
            # RuntimeError: what uvloop says of a pipe nobody reads any more.
            except (OSError, RuntimeError, asyncio.IncompleteReadError, _Nonsense):
                await self._replaced(child)
                if not self._stopped:
                    log.warning("identity.worker_died", job=job)
                raise IdentityUnavailable("died") from None
            except asyncio.CancelledError:
                await asyncio.shield(self._replaced(child))
                raise
            finally:
                if child in self._all:
                    self._idle.append(child)

    async def _started(self) -> _Child:
        if self._stopped:
            raise IdentityUnavailable("not_started")
        child = _Child(self._settings)
        self._all.add(child)
        try:
            async with asyncio.timeout(self._settings.start_wall_seconds):
                await child.start()
        except (TimeoutError, OSError, asyncio.IncompleteReadError):
            await self._ended(child)
            if not self._stopped:
                log.error("identity.worker_not_started")
            raise IdentityUnavailable("not_started") from None
        except asyncio.CancelledError:
            await asyncio.shield(self._ended(child))
            raise
        if self._stopped:  # meanwhile: `stop` found no process yet that it could end
            await self._ended(child)
            raise IdentityUnavailable("not_started")
        return child

    async def _ready(self) -> _Child:
        """An idle process that still lives: one that was killed meanwhile is replaced, not asked."""
        for child in [one for one in self._idle if not one.alive]:
            self._idle.remove(child)
            log.warning("identity.worker_died")
            await self._replaced(child)
        while not self._idle and self._refills:
            await asyncio.wait(self._refills, return_when=asyncio.FIRST_COMPLETED)
        return self._idle.pop() if self._idle else await self._started()

    async def _replaced(self, child: _Child) -> None:
        """End it, and have another one load its models meanwhile: whoever asks again need not wait for all of that."""
        await self._ended(child)
        if not self._stopped:
            self._another()

    def _another(self) -> asyncio.Task[None]:
        """One more process, on its way: a question that finds none idle waits for it."""
        task = asyncio.create_task(self._refill())
        self._refills.add(task)
        task.add_done_callback(self._refilled)
        return task

    async def _refill(self) -> None:
        self._idle.append(await self._started())

    def _refilled(self, task: asyncio.Task[None]) -> None:
        self._refills.discard(task)
        if not task.cancelled():
            task.exception()  # told in the log by `_started`; whoever asks next starts one, and is told

    async def _ended(self, child: _Child) -> None:
        self._all.discard(child)
        await child.end()


class _Nonsense(Exception):
    """An answer that is none, or is too long."""


def _opened(answer: bytes, kind: type[T]) -> T:
    if answer[:1] == b"-":
        code = answer[1:].decode("ascii", "replace")
        if code in TROUBLE:
            raise IdentityRefusal(code)
    if answer[:1] != b"+":
        raise _Nonsense
    try:
        return opened(kind, answer[1:])
    except ValueError:
        raise _Nonsense from None


class _Child:
    """One process, asked one question at a time."""

    def __init__(self, settings: IdentitySettings) -> None:
        self._settings = settings
        self.process: asyncio.subprocess.Process | None = None

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.returncode is None

    async def start(self) -> None:
        settings = TypeAdapter(IdentitySettings).dump_json(self._settings).decode()
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-B", "-m", "server.identity.child", settings,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, cwd="/",
            env={"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
                 "OPENCV_LOG_LEVEL": "SILENT"},
        )  # fmt: skip
        assert self.process.stdout is not None
        if await self.process.stdout.readexactly(1) != b"R":
            raise OSError("the identity process did not start")

    async def ask(self, question: dict[str, Any], blobs: Sequence[bytes]) -> bytes:
        assert self.process is not None
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        head = json.dumps({**question, "blobs": [len(blob) for blob in blobs]}).encode()
        self.process.stdin.write(HEAD.pack(len(head), sum(map(len, blobs))) + head)
        for blob in blobs:
            self.process.stdin.write(blob)
        await self.process.stdin.drain()
        (length,) = struct.unpack(">I", await self.process.stdout.readexactly(4))
        if length > self._settings.reply_bytes:
            raise _Nonsense
        return await self.process.stdout.readexactly(length)

    async def end(self) -> None:
        if self.process is None:
            return
        await end_process(self.process)
