"""A process in which master keys are rotated and killed at each step. `rotating.py URL FOLDER`: one line for each kill.

A step is whatever reaches the disk or the database: a file synced, renamed or taken away, a statement, a commit.
"""
from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from sqlalchemy.engine import default
from sqlalchemy.ext.asyncio import AsyncEngine

from server import logs
from server.storage.rotation import rotate
from tests.server.kept import House, config_in

MOST = 60


class Steps:
    """kill -9 before the n-th."""

    def __init__(self, until: int) -> None:
        self.left = until
        for where, name in ((os, "fsync"), (os, "replace"), (Path, "unlink"), (default.DefaultDialect, "do_commit"),
                            (default.DefaultDialect, "do_executemany"), (AsyncEngine, "begin")):
            setattr(where, name, self.counted(getattr(where, name)))

    def counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **options)

        return step


async def rotated(url: str, folder: Path, killed_at: int) -> None:
    house = await House.open(config_in(folder, url))
    Steps(killed_at)
    await rotate(house.kept.database, house.kept.master)
    os._exit(0)


async def all_opens(url: str, folder: Path) -> None:
    house = await House.open(config_in(folder, url))
    (file,) = await house.kept.vault.files_of("p", "s", "capture")
    assert await house.kept.vault.read_file(file) == b"picture"
    assert await house.kept.accounts.profile("p") == {"name": "Martin"}
    await house.kept.accounts.save_person("q", {"name": "Durand"})  # and a key is made meanwhile
    await house.close()


def forked(work: Coroutine[Any, Any, None]) -> int:
    """Its end, as `os.waitstatus_to_exitcode` tells it."""
    child = os.fork()
    if child == 0:
        asyncio.run(work)
        os._exit(0)
    work.close()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(url: str, folder: Path) -> None:
    for step in range(1, MOST):
        ended = forked(rotated(url, folder, step))
        print(step, ended, forked(all_opens(url, folder)), flush=True)
        if ended != -signal.SIGKILL:
            return


if __name__ == "__main__":
    logs.configure()
    main(sys.argv[1], Path(sys.argv[2]))
