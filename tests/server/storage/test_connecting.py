"""TLS to PostgreSQL: asked for by a setting, by each of the three connections, and refused in words."""
from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest

from server.app.running import running
from server.cli.doctor import examine
from server.config import Config, ConfigError, StorageSettings, read_config
from server.storage.connecting import tls_of
from tests.pace import within
from tests.server.certificates import Authority
from tests.server.databases import new_database, postgresql
from tests.server.kept import HandClock, House, config_in

CONNECTIONS = ("SELECT s.ssl, s.version FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid) "
               "WHERE a.datname = current_database() AND pid <> pg_backend_pid()")
REFUSED = "its certificate is refused: "


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.make("right")


@pytest.fixture(scope="module")
def with_tls(authority: Authority) -> Iterator[str]:
    with postgresql(authority.for_address("127.0.0.1")) as url:
        yield url


def config_of(folder: Path, url: str, tls: str, authority: Authority | None = None, host: str = "127.0.0.1") -> Config:
    config = config_in(folder / "kept", url.replace("@127.0.0.1", f"@{host}"))
    path = None
    if authority is not None:
        path = folder / "ca.pem"
        path.write_bytes(authority.pem)
    return replace(config, storage=replace(config.storage, database_tls=tls, database_ca_file=path))


@pytest.mark.parametrize("tls", ["verify-full", "require"])
async def test_all_that_is_said_to_the_database_is_encrypted(with_tls: str, authority: Authority, tmp_path: Path,
                                                             tls: str):
    url = await new_database(with_tls)
    config = config_of(tmp_path, url, tls, authority if tls == "verify-full" else None)
    async with running(config, HandClock()):
        watching = await asyncpg.connect(url.replace("+asyncpg", ""), ssl=False)
        async with within(10):
            while len(rows := await watching.fetch(CONNECTIONS)) < 3:  # statements, the lock of who serves, notices
                await asyncio.sleep(0.05)
        await watching.close()
    assert {tuple(row) for row in rows} == {(True, "TLSv1.3")}


async def test_a_certificate_of_another_authority_or_for_another_host_is_refused(with_tls: str, authority: Authority,
                                                                                 tmp_path: Path):
    url = await new_database(with_tls)
    other = config_of(tmp_path, url, "verify-full", Authority.make("another"))
    with pytest.raises(OSError, match=f"database: {REFUSED}unable to get local issuer certificate"):
        await House.open(other)
    named = config_of(tmp_path, url, "verify-full", authority, "localhost")
    with pytest.raises(OSError, match="Hostname mismatch, certificate is not valid for 'localhost'"):
        await House.open(named)
    system = config_of(tmp_path, url, "verify-full")
    with pytest.raises(OSError, match=f"database: {REFUSED}"):
        await House.open(system)
    (database, *_) = [one async for one in examine(system)]
    assert (database.what, database.well, database.words.startswith(REFUSED)) == ("database", False, True)


@pytest.mark.parametrize("tls", ["require", "verify-full"])
async def test_a_database_without_tls_is_refused_where_it_is_asked_for(cluster: str, tmp_path: Path, tls: str):
    with pytest.raises(OSError, match=r"database: it offers no TLS, and storage\.database_tls asks for it"):
        await House.open(config_of(tmp_path, await new_database(cluster), tls))


@pytest.mark.parametrize(("database", "asked"), [
    ("sqlite", False), ("postgresql://u@127.0.0.1/n", False), ("postgresql://u@[::1]:5433/n", False),
    ("postgresql://u@localhost/n", False), ("postgresql://u@/n?host=/run/postgresql", False),
    ("postgresql:///n", False),
    ("postgresql://u@db.example.org/n", True), ("postgresql://u@10.0.0.7/n", True),
    ("postgresql://u@/n?host=db1:5432&host=/run/postgresql", True),
])  # fmt: skip
def test_another_machine_must_show_who_it_is_and_this_one_need_not(database: str, asked: bool, monkeypatch):
    monkeypatch.delenv("PGHOST", raising=False)
    tls = tls_of(StorageSettings(database=database))
    assert (tls is not False and tls.check_hostname) is asked
    assert tls_of(StorageSettings(database=database, database_tls="off")) is False


def test_a_file_of_authorities_that_is_none_is_told_in_words(tmp_path: Path):
    settings = StorageSettings(database="postgresql://u@db.example.org/n", database_ca_file=tmp_path / "ca.pem")
    with pytest.raises(ValueError, match=r"ca\.pem: cannot be read: No such file .* \(storage\.database_ca_file"):
        tls_of(settings)
    (tmp_path / "ca.pem").write_text("no certificate")
    with pytest.raises(ValueError, match=r"ca\.pem: not certificates in PEM \(storage\.database_ca_file\)"):
        tls_of(settings)


@pytest.mark.parametrize("given", [
    {"storage.database": "postgresql://u@h/n?sslmode=disable"},
    {"storage.database_tls": "require", "storage.database_ca_file": "ca.pem"}, {"storage.database_tls": "maybe"},
])
def test_settings_that_contradict_each_other_are_refused(given: dict[str, object]):
    with pytest.raises(ConfigError):
        read_config(None, given)
