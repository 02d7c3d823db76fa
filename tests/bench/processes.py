"""Processes that a benchmark starts, watches and ends; what the scheduler says they used."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def cpu_seconds(pid: int) -> float:
    """Time on a processor of all living threads, from /proc/PID/task/*/schedstat (nanoseconds, not ticks)."""
    total = 0
    for thread in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with contextlib.suppress(OSError, IndexError):  # a thread that ended meanwhile
            total += int(thread.read_text().split()[0])
    return total / 1e9


def memory_kib(pid: int) -> float:
    """Resident memory that is this process' own (private pages)."""
    words = (line.split() for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    return float(sum(int(one[1]) for one in words if one[0] in ("Private_Clean:", "Private_Dirty:")))


class Child:
    """A process that says what must be known of it in the first line of its standard output, as JSON."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process, self.log = process, log

    @property
    def pid(self) -> int:
        return self.process.pid

    def read(self) -> dict[str, Any]:
        """The next line. RuntimeError with the end of its log when there is none."""
        output: IO[bytes] | None = self.process.stdout
        line = output.readline() if output is not None else b""
        if not line:
            raise RuntimeError(f"{self.log.name} ends with {self.log.read_text(errors='replace')[-2000:]}")
        return json.loads(line)

    def ask(self, words: str) -> dict[str, Any]:
        """One line to its standard input, and its answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{words}\n".encode())
        self.process.stdin.flush()
        return self.read()


@contextmanager
def child(command: Sequence[str], log: Path) -> Iterator[Child]:
    """Runs inside; ended at the end, and by the system should this process be killed."""
    with log.open("wb") as errors:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, preexec_fn=die_with_parent
        )
    try:
        yield Child(process, log)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def python(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", module, *arguments]


def end_on_terminate() -> None:
    """SIGTERM ends this process as Ctrl+C does: through every `finally`."""

    def interrupt(_signal: int, _frame: object) -> None:
        raise SystemExit(128 + signal.SIGTERM)

    signal.signal(signal.SIGTERM, interrupt)


def die_with_parent() -> None:
    """The system ends this process when the one that started it is gone."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() == 1:
        os._exit(1)
