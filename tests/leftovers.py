"""What a test started is gone when it ends, however it ends: by its last line, a failed one, or a time limit.

A pytest plugin. Servers and browsers end by themselves where their test got so far as to ask for it; here the rest is
ended, so that no test runs beside another's browsers. Processes of the whole run are named by `spare`.
"""
from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import time
import warnings
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.pace import patient

BECOME_PARENT_OF_ORPHANS = 36
"""PR_SET_CHILD_SUBREAPER, linux/prctl.h: a browser whose driver was killed is still found below this process."""
GOES_BY_ITSELF_S = 1.0
OF_PYTHON = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")
"""Helpers of the interpreter, as old as the process they serve."""

_spared: set[int] = set()


def spare(pid: int) -> None:
    """This process, with all below it, outlives the test that started it: a session's database server."""
    _spared.add(pid)


def below(root: int) -> dict[int, str]:
    """Every process below `root`, but what is spared: its number and command line."""
    found: dict[int, str] = {}
    waiting = _children(root)
    while waiting:
        pid = waiting.pop()
        words = _command(pid)
        if pid not in _spared and _alive(pid) and not any(name in words for name in OF_PYTHON):
            found[pid] = words
            waiting += _children(pid)
    return found


def _children(pid: int) -> list[int]:
    """Those that any of its threads started, or was handed: asked of the process itself, since a look through all
    processes of a machine, twice for each test, is what takes longest of many tests."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            with contextlib.suppress(OSError):
                found += map(int, (thread / "children").read_text().split())
    return found


def _alive(pid: int) -> bool:
    """Neither gone nor a zombie."""
    try:
        # The name, in parentheses, may hold anything: the state follows the last one.
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def end(pids: set[int]) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    for pid in pids:
        # Not ours yet where its own parent is among those that end: it is handed to us then.
        while Path(f"/proc/{pid}").exists():
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
            time.sleep(0.01)


def remaining(before: dict[int, str]) -> dict[int, str]:
    """What was started since and is still there after a moment."""
    until = time.monotonic() + patient(GOES_BY_ITSELF_S)
    while True:
        left = {pid: words for pid, words in below(os.getpid()).items() if pid not in before}
        if not left or time.monotonic() > until:
            return left
        time.sleep(0.02)


def pytest_configure() -> None:
    ctypes.CDLL(None).prctl(BECOME_PARENT_OF_ORPHANS, 1)


@pytest.hookimpl(wrapper=True, tryfirst=True)  # outside the time limit, which would end this as well
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    before = below(os.getpid())
    try:
        return (yield)
    finally:
        if left := remaining(before):
            warnings.warn(f"{item.nodeid} left {sorted(left.values())}", stacklevel=1)
            end(set(left))
