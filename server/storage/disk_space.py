"""No space left on the disk: nothing of what was being written was kept, and that is known."""
from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from server import logs

log = logs.logger(__name__)

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
SQLITE_FULL = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE})
"""Both before anything is committed (sqlite.org/rescode.html)."""
POSTGRESQL_FULL = "53100"
"""disk_full: the statement failed, and its transaction with it."""


class NoSpace(OSError):
    """The disk, or a quota, is full."""

    def __init__(self, where: str) -> None:
        super().__init__(errno.ENOSPC, os.strerror(errno.ENOSPC), where)


def is_full(error: BaseException) -> bool:
    """Whether a database or the system refused for want of space."""
    if isinstance(error, DBAPIError):
        original = error.orig
        cause = original.__cause__ if original is not None else None
        codes = {getattr(one, "sqlite_errorcode", None) for one in (original, cause)}
        states = {getattr(one, "sqlstate", None) for one in (original, cause)}
        return bool(codes & SQLITE_FULL) or POSTGRESQL_FULL in states
    return isinstance(error, OSError) and error.errno in FULL


@contextmanager
def told_apart(where: str) -> Iterator[None]:
    """Raises NoSpace for what failed for want of space."""
    try:
        yield
    except (DBAPIError, OSError) as error:
        if is_full(error):
            log.error("storage.no_space", where=where)
            raise NoSpace(where) from error
        raise


def free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free
