"""Real databases for tests: SQLite in a folder, and a PostgreSQL cluster of the test run's own. Their tables are made
once in a run and copied: making them takes longer than most of what is asked of them."""
from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import asyncpg
from sqlalchemy import create_engine

from server.durable import private_file
from server.storage.database import open_database, upgrade
from tests import leftovers
from tests.pace import patient

STARTS_WITHIN_S = 30


@contextmanager
def postgresql(certificate: tuple[bytes, bytes] | None = None) -> Iterator[str]:
    """A cluster in a folder of its own on 127.0.0.1, with TLS where it is given a certificate and its key; the URL's
    database name is still to be added."""
    folder, port, as_user = Path(tempfile.mkdtemp(prefix="visiojury-pg-")), _free_port(), _unprivileged()
    if as_user:
        shutil.chown(folder, as_user, as_user)
    data = str(folder / "data")
    subprocess.run([*_sudo(as_user), _tool("initdb"), "-D", data, "-U", "visiojury", "-A", "trust",
                    "-E", "UTF8", "--no-sync"], check=True, capture_output=True, cwd=folder)
    options: dict[str, object] = {
        "listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder, "fsync": "off",
        "max_connections": 60,
    }
    if certificate is not None:
        options |= {"ssl": "on", **_kept(folder, certificate, as_user)}
    arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([*_sudo(as_user), _tool("postgres"), "-D", data, *arguments], cwd=folder,
                                  stdout=log, stderr=log)
    leftovers.spare(server.pid)
    try:
        _wait_for(port)
        yield f"postgresql+asyncpg://visiojury@127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGINT)  # at once: whoever is connected still, after a test that failed, is cut
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _kept(folder: Path, certificate: tuple[bytes, bytes], as_user: str | None) -> dict[str, object]:
    """The settings that name both files. PostgreSQL refuses a key that others can read."""
    paths = {"ssl_cert_file": folder / "server.crt", "ssl_key_file": folder / "server.key"}
    for path, content in zip(paths.values(), certificate, strict=True):
        path.write_bytes(content)
        path.chmod(0o600)
        if as_user:
            shutil.chown(path, as_user, as_user)
    return {**paths}


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise RuntimeError(f"these tests need PostgreSQL: {name} was not found")
    return found


async def new_database(cluster: str, like: str = "template0") -> str:
    """The URL of an empty one, or of one that begins as another is."""
    return f"{cluster}/{await _created(cluster, like)}"


async def _created(cluster: str, like: str) -> str:
    name = f"t{secrets.token_hex(8)}"
    connection = await asyncpg.connect(f"{cluster.replace('+asyncpg', '')}/postgres")
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
    await connection.close()
    return name


_WITH_TABLES: dict[str, str] = {}
"""By cluster: the database that others with tables are made like."""


async def database_with_tables(cluster: str) -> str:
    """The URL of one in which nothing is kept yet."""
    if cluster not in _WITH_TABLES:
        name = await _created(cluster, "template0")
        first = open_database(f"{cluster}/{name}")
        await first.migrate()
        await first.close()
        _WITH_TABLES[cluster] = name
    return await new_database(cluster, _WITH_TABLES[cluster])


def sqlite_with_tables(path: Path) -> None:
    """A file in which nothing is kept yet, as private as the program makes it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    private_file(path)
    path.write_bytes(_sqlite_tables())


@cache
def _sqlite_tables() -> bytes:
    with tempfile.TemporaryDirectory(prefix="visiojury-tables-") as folder:
        engine = create_engine(f"sqlite:///{folder}/tables.sqlite")
        with engine.begin() as connection:
            upgrade(connection)
        engine.dispose()
        return (Path(folder) / "tables.sqlite").read_bytes()


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    pwd.getpwnam("postgres")
    return "postgres"


def _sudo(user: str | None) -> list[str]:
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"] if user else []


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def _wait_for(port: int) -> None:
    end = time.monotonic() + patient(STARTS_WITHIN_S)
    while subprocess.run([_tool("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)], check=False).returncode != 0:
        if time.monotonic() > end:
            raise RuntimeError("PostgreSQL does not start")
        time.sleep(0.05)
