"""Files of our own: whole or not there, on the disk before the call returns, for the owner alone whatever the umask."""
from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE_MODE, FOLDER_MODE = 0o600, 0o700
OTHERS = 0o077
"""The bits of a mode that let others in, and the umask that keeps them out."""


def private_folder(path: Path) -> None:
    """Make it, with those above it that are not there."""
    for one in reversed([one for one in (path, *path.parents) if not one.exists()]):
        one.mkdir(mode=FOLDER_MODE, exist_ok=True)  # exist_ok: another process may have made it meanwhile


def private_file(path: Path) -> None:
    """Make it, empty, where there is none: what a library opens afterwards keeps its mode."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, FILE_MODE))


def write_whole(path: Path, data: bytes) -> None:
    """In place of what is there. Whoever reads it finds the old one or the new one."""
    with _aside(path, data) as aside:
        os.replace(aside, path)


def write_new(path: Path, data: bytes) -> None:
    """FileExistsError where there is one: of two processes that try at once, one makes it."""
    with _aside(path, data) as aside:
        os.link(aside, path)


@contextmanager
def _aside(path: Path, data: bytes) -> Iterator[Path]:
    """The file under another name, which is gone afterwards."""
    private_folder(path.parent)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield aside
    finally:
        aside.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
