"""How PostgreSQL is reached, by each of the three that do: statements, the lock of who serves, notices."""
from __future__ import annotations

import os
import ssl
from typing import Any, Literal

import asyncpg
from sqlalchemy.engine import URL, make_url

from server.addresses import parse_address
from server.config import StorageSettings

Tls = ssl.SSLContext | Literal[False]


def tls_of(settings: StorageSettings) -> Tls:
    """As `storage.database_tls` says. ValueError, in words, when the authorities' file cannot be used."""
    url, wanted = make_url(settings.url), settings.database_tls
    if url.get_backend_name() == "sqlite" or wanted == "off" or (wanted == "auto" and _is_here(url)):
        return False
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if wanted == "require":
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    elif settings.database_ca_file is not None:
        context = _of_authorities(settings)
    return context


def _of_authorities(settings: StorageSettings) -> ssl.SSLContext:
    """Those alone, not the system's beside them."""
    path = settings.database_ca_file
    try:
        context = ssl.create_default_context(cafile=path)
    except ssl.SSLError:
        raise ValueError(f"{path}: not certificates in PEM (storage.database_ca_file)") from None
    except OSError as problem:
        raise ValueError(f"{path}: cannot be read: {problem.strerror} (storage.database_ca_file)") from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _is_here(url: URL) -> bool:
    """Whether what is said stays on this machine: a socket's folder, or the loopback."""
    named = url.host or url.query.get("host") or os.environ.get("PGHOST", "")
    hosts = (named,) if isinstance(named, str) else named
    return all(_is_this_machine(host) for host in hosts)


def _is_this_machine(host: str) -> bool:
    address = parse_address(host)
    return host in ("", "localhost") or host.startswith("/") or (address is not None and address.is_loopback)


async def connect(url: str, tls: Tls) -> Any:
    """One connection outside the pool."""
    driver: Any = asyncpg  # it has no types
    return await driver.connect(make_url(url).set(drivername="postgresql").render_as_string(False), ssl=tls)


def in_words(problem: OSError) -> str:
    """Why no connection came about."""
    if isinstance(problem, ssl.SSLCertVerificationError):
        return (f"its certificate is refused: {problem.verify_message} (storage.database_ca_file names the authorities "
                "that vouch for it)")
    if isinstance(problem, ssl.SSLError):
        return f"no TLS came about: {problem.reason}"
    if "rejected SSL" in str(problem):
        return "it offers no TLS, and storage.database_tls asks for it"
    return str(problem)
