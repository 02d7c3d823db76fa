"""`visiojury doctor`: what works on this machine with these settings, one line each. It leaves nothing behind."""
from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from server.config import Config
from server.descriptors import raise_descriptors
from server.documents.fonts import FAMILIES, lacking
from server.identity.available import availability
from server.storage.engine import open_database
from server.storage.keys import read_master_key


@dataclass(frozen=True)
class Finding:
    what: str
    well: bool
    words: str


async def examine(config: Config) -> AsyncIterator[Finding]:
    """Look at everything a server needs."""
    yield await _database(config)
    yield _look("master key", lambda: _master_key(config.storage.master_key_file))
    yield _look("vault", lambda: _writable(config.storage.vault_folder))
    yield _look("web port", lambda: _port(config.server.host, config.server.port, socket.SOCK_STREAM))
    yield _look("media UDP port", lambda: _port(config.media.bind, config.media.udp_port, socket.SOCK_DGRAM))
    if config.media.tcp_port is not None:
        tcp_port = config.media.tcp_port
        yield _look("media TCP port", lambda: _port(config.media.bind, tcp_port, socket.SOCK_STREAM))
        yield _descriptors(config)
    yield _look("media receive buffer", lambda: _buffer(config.media.receive_buffer_bytes))
    yield _fonts()
    for one in availability(config.identity):  # none is needed to serve: people can always compare by eye
        yield Finding(f"identity: {one.signal}", True, one.by if one.there else f"not available: {one.by}")
    if config.mail.kind == "folder":
        yield _look("mail folder", lambda: _writable(config.mail.folder))
    else:
        yield await _smtp(config)


def _look(what: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(what, True, check())
    except (OSError, ValueError) as problem:
        return Finding(what, False, str(problem))


async def _database(config: Config) -> Finding:
    if config.storage.database == "sqlite" and not (config.storage.folder / "visiojury.sqlite").exists():
        finding = _look("database", lambda: _writable(config.storage.folder))
        return Finding("database", finding.well, f"SQLite, to be made at the first start; {finding.words}")
    try:
        database = open_database(config.storage.url)
        try:
            async with database.reading() as connection:
                await connection.exec_driver_sql("SELECT 1")
        finally:
            await database.close()
    except (OSError, SQLAlchemyError) as problem:
        return Finding("database", False, type(problem).__name__)
    return Finding("database", True, "SQLite" if database.sqlite else "PostgreSQL")


def _master_key(path: Path) -> str:
    if not path.exists():
        return f"to be made at the first start; {_writable(path.parent)}"
    key = read_master_key(path, create=False)
    key.open("doctor", key.seal("doctor", b"well"))
    return str(path)


def _writable(folder: Path) -> str:
    """The folder, or the nearest one above it that is there, takes a file and makes it durable."""
    there = folder
    while not there.exists():
        there = there.parent
    with tempfile.TemporaryFile(dir=there) as file:
        file.write(b"well")
        file.flush()
        os.fsync(file.fileno())
    return f"{folder} can be written"


def _port(host: str, port: int, kind: int) -> str:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, kind) as trial:
        if kind == socket.SOCK_STREAM:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind((host, port))
        return f"{host} port {trial.getsockname()[1]} is free"


def _descriptors(config: Config) -> Finding:
    """Each page open in a browser, and each media connection over TCP, takes one."""
    there, wanted = raise_descriptors(), config.media.tcp_connections
    share = int(there * config.media.tcp_share)
    if share < wanted:
        return Finding("file descriptors", False,
                       f"{there}: media TCP may take {share} of them, not {wanted}; raise the hard limit (ulimit -n, "
                       "LimitNOFILE=) or lower media.tcp_connections")
    return Finding("file descriptors", True, f"{there}, of which media TCP may take {wanted}")


def _buffer(wanted: int) -> str:
    """A cap is no failure, but packets are lost sooner."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, wanted)
        granted = trial.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF) // 2  # Linux counts its own overhead
    if granted < wanted:
        return f"{granted} of {wanted} bytes; raise net.core.rmem_max for many rooms"
    return f"{granted} bytes"


def _fonts() -> Finding:
    """Papers are set without the missing ones too: their letters stand as codes."""
    missing = lacking()
    if missing:
        return Finding("fonts of papers", False, f"missing: {', '.join(missing)}")
    return Finding("fonts of papers", True, f"{len(FAMILIES)} families, none of the system's")


async def _smtp(config: Config) -> Finding:
    where = f"{config.mail.smtp_host} port {config.mail.smtp_port}"
    try:
        async with asyncio.timeout(config.mail.smtp_timeout_seconds):
            _, writer = await asyncio.open_connection(config.mail.smtp_host, config.mail.smtp_port)
    except (OSError, TimeoutError) as problem:
        return Finding("mail server", False, f"{where}: {problem or 'no answer'}")
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return Finding("mail server", True, f"{where} answers")
