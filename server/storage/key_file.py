"""The file of the master key: text, a line for each key. Two stand in it only while one takes the other's place."""
from __future__ import annotations

import base64
import binascii
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from server.durable import OTHERS, write_new, write_whole
from server.storage.keys import KEY_BYTES, MasterKey, new_key

FORM = "visiojury-key-1"
HEAD = "# The master key of Visiojury. Keep a copy apart: without it, nothing that is kept can be read.\n"
LARGEST = 4096


def read_key_file(path: Path) -> dict[bytes, MasterKey]:
    """The keys by their id, in the file's order; empty where there is no file. ValueError, in words, when what is there
    is not a key, cannot be read, or can be read by others."""
    text = _text(path)
    if text is None:
        return {}
    keys = [_key(path, line) for line in text.splitlines() if not line.startswith("#")]
    if not keys:
        raise _damaged(path)
    return {key.id: key for key in keys}


def make_key_file(path: Path) -> dict[bytes, MasterKey]:
    """A new key, or the one that another process has just made. ValueError as above."""
    key = MasterKey(new_key())
    try:
        write_new(path, _written([key]))
    except FileExistsError:
        return read_key_file(path)
    return {key.id: key}


def write_key_file(path: Path, keys: Iterable[MasterKey]) -> None:
    """At once: a process that is killed leaves the file as it was or as it should be."""
    write_whole(path, _written(keys))


def _written(keys: Iterable[MasterKey]) -> bytes:
    lines = [f"{FORM} {key.id.hex()} {base64.b64encode(key.raw).decode()}\n" for key in keys]
    return "".join([HEAD, *lines]).encode()


def _text(path: Path) -> str | None:
    """None where there is no file: an empty one is damaged, never "none yet"."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # a pipe would keep us waiting
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise ValueError(f"{path}: cannot be read: {problem.strerror}") from None
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise ValueError(f"{path}: not a file")
        if mode & OTHERS:
            raise ValueError(f"{path}: others may read this key; chmod 600 it")
        return os.read(descriptor, LARGEST).decode("ascii", "replace")
    finally:
        os.close(descriptor)


def _key(path: Path, line: str) -> MasterKey:
    """The id, which follows from the key, shows that the line is whole."""
    form, _, rest = line.partition(" ")
    identity, _, raw = rest.partition(" ")
    try:
        key = MasterKey(base64.b64decode(raw, validate=True))
    except (binascii.Error, ValueError):
        raise _damaged(path) from None
    if form != FORM or len(key.raw) != KEY_BYTES or identity != key.id.hex():
        raise _damaged(path)
    return key


def _damaged(path: Path) -> ValueError:
    return ValueError(f"{path}: not a master key, or damaged; put a copy of it back")
