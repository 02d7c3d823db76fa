"""The command line in processes that have it loaded already: one loads everything, and forks one for each that is asked
for. For tests that start many; how a command starts by itself is shown by those that start one.
"""
from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tests import leftovers

ROOT = Path(__file__).parents[1]
LONGEST = 1 << 16
"""Of what is asked for, in bytes."""


class Forked:
    """One process, as `subprocess.Popen` has it. It is nobody's child but ours: `tests.leftovers` makes us the parent
    of orphans."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def poll(self) -> int | None:
        if self.returncode is None:
            with contextlib.suppress(ChildProcessError):  # not ours yet: its own parent has just begun to end
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        until = time.monotonic() + timeout if timeout is not None else None
        while (code := self.poll()) is None:
            if until is not None and time.monotonic() > until:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0.0)
            time.sleep(0.002)
        return code


class Loaded:
    """The process that forks; it ends with the run, whose end of the line it reads from."""

    def __init__(self) -> None:
        self._asking, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            # numpy's threads would not be there after the fork.
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.loaded", str(theirs.fileno())], cwd=ROOT, pass_fds=[theirs.fileno()],
                env=os.environ | {"OPENBLAS_NUM_THREADS": "1"})
        leftovers.pytest_configure()  # where no run has: what is forked is handed to this process
        leftovers.spare(process.pid)

    def start(self, arguments: Sequence[str], stdout: int, stderr: int, cwd: Path = ROOT) -> Forked:
        """`visiojury ARGUMENTS` as typed in a folder, writing to these descriptors."""
        asked = json.dumps({"arguments": list(arguments), "cwd": str(cwd)}).encode()
        socket.send_fds(self._asking, [asked], [stdout, stderr])
        return Forked(int(self._asking.recv(LONGEST)))

    def run(self, arguments: Sequence[str], cwd: Path, timeout: float) -> subprocess.CompletedProcess[str]:
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
            code = self.start(arguments, out.fileno(), errors.fileno(), cwd).wait(timeout)
            for file in (out, errors):
                file.seek(0)
            return subprocess.CompletedProcess(arguments, code, out.read(), errors.read())


@cache
def loaded() -> Loaded:
    """One for all that this process starts."""
    return Loaded()


def main(descriptor: int) -> None:
    """Load, then fork until nobody asks any more."""
    from server.cli import demo
    from server.cli.main import main as command

    assert demo  # the command that loads most
    gc.collect()
    gc.freeze()
    asked = socket.socket(fileno=descriptor)
    while True:
        words, descriptors, _, _ = socket.recv_fds(asked, LONGEST, 2)
        if not words:
            return
        if (child := os.fork()) == 0:
            if os.fork():
                os._exit(0)  # the other is handed to whoever runs the test
            asked.send(str(os.getpid()).encode())
            asked.close()
            for source, target in zip(descriptors, (1, 2), strict=True):
                os.dup2(source, target)
                os.close(source)
            what = json.loads(words)
            os.chdir(what["cwd"])
            raise SystemExit(command(what["arguments"]))
        os.waitpid(child, 0)
        for one in descriptors:
            os.close(one)


if __name__ == "__main__":
    main(int(sys.argv[1]))
