"""`visiojury doctor`: what works on this machine with these settings, one line each. It leaves nothing behind."""
from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import ssl
import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from server.checking.supplied import office_converter
from server.clock import MS_PER_HOUR, wall_clock
from server.config import Config, StorageSettings
from server.descriptors import raise_descriptors
from server.documents.fonts import FAMILIES, lacking
from server.documents.office_files import confines
from server.documents.seals import in_words as seal_in_words
from server.durable import OTHERS
from server.identity.available import availability
from server.storage.connecting import in_words, tls_of
from server.storage.database import open_database
from server.storage.follow_ups import FollowUps
from server.storage.journal import last_at
from server.storage.keys import Unreadable
from server.storage.master import ANOTHER_KEY, ROTATE_AGAIN, Master


@dataclass(frozen=True)
class Finding:
    what: str
    well: bool
    words: str


async def examine(config: Config) -> AsyncIterator[Finding]:
    """Look at everything a server needs."""
    yield await _database(config)
    yield await _master_key(config.storage)
    yield await _clock(config)
    yield await _follow_ups(config)
    for secret in (config.mail.smtp_password_file, config.ice.turn_secret_file, config.openid.client_secret_file,
                   config.seal.certificate_file, config.seal.password_file):
        if secret is not None:
            yield _look("secret", partial(_secret, secret))
    yield _look("vault", lambda: _writable(config.storage.vault_folder))
    yield _look("web port", lambda: _port(config.server.host, config.server.port, socket.SOCK_STREAM))
    yield _look("media UDP port", lambda: _port(config.media.bind, config.media.udp_port, socket.SOCK_DGRAM))
    if config.media.tcp_port is not None:
        tcp_port = config.media.tcp_port
        yield _look("media TCP port", lambda: _port(config.media.bind, tcp_port, socket.SOCK_STREAM))
        yield _descriptors(config)
    yield _look("media receive buffer", lambda: _buffer(config.media.receive_buffer_bytes))
    yield _fonts()
    yield await _office_files(config)
    yield _look("seal", lambda: seal_in_words(config.seal, config.storage.folder))
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
    if _to_be_made(config.storage):
        finding = _look("database", lambda: _writable(config.storage.folder))
        return Finding("database", finding.well, f"SQLite, to be made at the first start; {finding.words}")
    try:
        database = open_database(config.storage.url, tls_of(config.storage))
        try:
            async with database.reading() as connection:
                await connection.exec_driver_sql("SELECT 1")
        finally:
            await database.close()
    except (OSError, ValueError) as problem:
        return Finding("database", False, in_words(problem) if isinstance(problem, OSError) else str(problem))
    except SQLAlchemyError as problem:
        return Finding("database", False, type(problem).__name__)
    return Finding("database", True, "SQLite" if database.sqlite else "PostgreSQL")


async def _master_key(settings: StorageSettings) -> Finding:
    try:
        return Finding("master key", True, await _key_in_words(settings))
    except Unreadable:
        return Finding("master key", False, f"{settings.master_key_file}: {ANOTHER_KEY}")
    except (OSError, ValueError) as problem:
        return Finding("master key", False, str(problem))


async def _key_in_words(settings: StorageSettings) -> str:
    database = open_database(settings.url, tls_of(settings))
    try:
        master = Master(database, settings.master_key_file, settings.vault_folder, wall_clock)
        if _to_be_made(settings):
            master.check_beside_files()
        else:
            await master.check()
    except (DBAPIError, ConnectionError, ssl.SSLError):
        return f"{settings.master_key_file}; the database could not be asked whether it is the one in force"
    finally:
        await database.close()
    if master.unfinished:
        raise ValueError(f"{settings.master_key_file}: {ROTATE_AGAIN}")
    there = settings.master_key_file
    return str(there) if there.exists() else f"to be made at the first start; {_writable(there.parent)}"


async def _follow_ups(config: Config) -> Finding:
    """What an event leads to elsewhere is carried out by itself; what is refused again and again, a person looks at."""
    if _to_be_made(config.storage):
        return Finding("follow-ups", True, "nothing is written yet")
    database = open_database(config.storage.url, tls_of(config.storage))
    try:
        waiting = await FollowUps(database).waiting()
    except (OSError, SQLAlchemyError):  # which `_database` tells
        return Finding("follow-ups", True, "the database could not be asked what waits to be carried out")
    finally:
        await database.close()
    stuck = [one for one in waiting if one.attempts]
    if not stuck:
        return Finding("follow-ups", True, f"{len(waiting)} wait to be carried out, none was refused")
    told = "; ".join(
        f"{one.key}: {one.command} on {one.target_kind} {one.target}, {one.attempts} times" for one in stuck)
    return Finding("follow-ups", False, f"refused, and tried again by themselves: {told}")


async def _clock(config: Config) -> Finding:
    """A start goes on from what is written, unless that lies too far ahead (`Clock.not_before`)."""
    if _to_be_made(config.storage):
        return Finding("clock", True, "nothing is written yet")
    database = open_database(config.storage.url, tls_of(config.storage))
    try:
        async with database.reading() as connection:
            written = await last_at(connection)
    except (OSError, SQLAlchemyError):  # which `_database` tells
        return Finding("clock", True, "the database could not be asked when it was last written")
    finally:
        await database.close()
    now, server = wall_clock(), config.server
    ahead = {session: at - now for session, at in written.items() if at - now >= server.clock_step_milliseconds}
    far = [session for session, by in ahead.items() if by > server.clock_ahead_hours * MS_PER_HOUR]
    if far:
        return Finding("clock", False, "dated more than server.clock_ahead_hours after the machine's clock, their time "
                       f"stands still until then: {', '.join(sorted(far))}")
    if ahead:
        return Finding("clock", True, f"{max(ahead.values())} ms behind what is written, from which a start goes on: "
                                      f"{', '.join(sorted(ahead))}")
    return Finding("clock", True, "not behind what is written")


def _secret(path: Path) -> str:
    if path.stat().st_mode & OTHERS:
        raise ValueError(f"{path}: others may read this secret; chmod 600 it")
    return str(path)


def _to_be_made(settings: StorageSettings) -> bool:
    """SQLite would make the file that it is asked about."""
    return settings.database == "sqlite" and not (settings.folder / "visiojury.sqlite").exists()


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


async def _office_files(config: Config) -> Finding:
    """None is needed to serve: people are told how to save a PDF."""
    converter = office_converter(config)
    if converter is None:
        return Finding("office files", True, "LibreOffice not found: .docx, .odt, .doc and .pptx are refused, and the "
                                             "way to a PDF is told")
    if not await confines(converter):
        return Finding("office files", False, f"{converter.program}: it cannot be cut off from the network here (user "
                                              "namespaces); nothing is converted")
    return Finding("office files", True, f"converted by {converter.program}")


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
