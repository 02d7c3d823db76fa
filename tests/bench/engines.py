"""The engines compared, each in its own process and spoken to alike: `publish` and `view` return a connected peer."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

import aiohttp

from tests.bench import janus
from tests.bench.peer import Peer
from tests.bench.processes import child, python


class Engine(Protocol):
    name: str
    pid: int
    stamped: bool
    """It passes payloads on as they are."""
    estimate_bps: int
    """What viewers tell it that their line carries."""

    async def publish(self, room: str) -> Peer: ...

    async def view(self, room: str, viewer: str) -> Peer: ...


class Served:
    """tests/bench/media_server.py."""

    def __init__(self, name: str, pid: int, url: str, http: aiohttp.ClientSession, address: str) -> None:
        self.name, self.pid, self.stamped = name, pid, name == "sfu"
        # MediaRelay encodes at what the viewer's line carries: as much as is published, to be compared with it.
        self.estimate_bps = 5_000_000 if self.stamped else 1_000_000
        self._url, self._http, self._address = url, http, address

    async def publish(self, room: str) -> Peer:
        peer = Peer(self._address)
        return await self._connected(peer, f"publish/{room}", peer.offer("publish"))

    async def view(self, room: str, viewer: str) -> Peer:
        peer = Peer(self._address)
        return await self._connected(peer, f"view/{room}/{viewer}", peer.offer("view"))

    async def checking(self, on: bool) -> int:
        """Begin identity checks, or end them; how many were made since they were begun."""
        async with self._http.post(f"{self._url}/checking/{'on' if on else 'off'}") as answer:
            answer.raise_for_status()
            return await answer.json()

    async def _connected(self, peer: Peer, path: str, offer: str) -> Peer:
        async with self._http.post(f"{self._url}/{path}", data=offer) as answer:
            if answer.status != 200:
                raise RuntimeError(await answer.text())
            await peer.connect(await answer.text())
        return peer


@asynccontextmanager
async def served(name: str, address: str, out: Path, pictures: Path | None = None) -> AsyncIterator[Engine]:
    """`sfu` or `relay`; with `pictures` identity checks of them can be made in the same process."""
    command = python("tests.bench.media_server", name, address, *([str(pictures)] if pictures is not None else []))
    with child(command, out / f"{name}.log") as process:
        said = await asyncio.to_thread(process.read)
        async with aiohttp.ClientSession() as http:
            yield Served(name, process.pid, said["url"], http, address)


@asynccontextmanager
async def janus_videoroom(address: str, out: Path) -> AsyncIterator[Engine | None]:
    """None where Debian's janus is not installed, or the address is one it does not use."""
    program = shutil.which("janus")
    plugins = sorted(Path("/usr/lib").glob("*/janus/plugins")) if program else []
    if program is None or not plugins or address.startswith("127."):
        yield None
        return
    folder, port = out / "janus", free_port()
    janus.write_settings(folder, plugins[0].parent, address, port)
    with child([program, "-F", str(folder), "-P", str(plugins[0])], out / "janus.log") as process:
        async with janus.Session(f"http://127.0.0.1:{port}/janus", address, process.pid) as session:
            yield session


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
