"""A media engine in a process of its own, behind the smallest HTTP edge.

`python -m tests.bench.media_server sfu|relay ADDRESS [PICTURES]`: `sfu` is ours; `relay` is the same room on
aiortc's MediaRelay, which decodes and encodes again for every viewer. PICTURES is a folder with a copy (`front.png`,
`back.png`) and `frame*.jpg`: identity checks of them run in the same process while they are asked for.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Protocol

import aioice.ice
from aiohttp import web
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.contrib.media import MediaRelay
from aiortc.mediastreams import MediaStreamTrack

from server import logs
from server.cli.main import all_loaded, run_loop, stopped
from server.identity.identity_settings import IdentitySettings
from server.identity.worker import IdentityWorkers
from server.media.engine import RoomRights
from server.media.media_settings import MediaSettings
from server.media.sfu.built_in_engine import Sfu

PUBLISHER = "publisher"


class Server(Protocol):
    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def publish(self, room: str, offer: str) -> str: ...

    async def view(self, room: str, viewer: str, offer: str) -> str: ...


class SfuServer:
    """Any seat may view the room's one publisher."""

    def __init__(self, address: str) -> None:
        self._sfu = Sfu(MediaSettings(addresses=(address,), bind=address, tcp_port=None))
        self._viewers: dict[str, set[str]] = {}

    async def start(self) -> None:
        await self._sfu.start()

    async def stop(self) -> None:
        await self._sfu.stop()

    async def publish(self, room: str, offer: str) -> str:
        self._allow(room)
        return (await self._sfu.publish(room, PUBLISHER, "main", offer)).sdp

    async def view(self, room: str, viewer: str, offer: str) -> str:
        self._viewers.setdefault(room, set()).add(viewer)
        self._allow(room)
        return (await self._sfu.view(room, viewer, PUBLISHER, "main", offer)).sdp

    def _allow(self, room: str) -> None:
        viewers = self._viewers.get(room, set[str]())
        view = {one: frozenset({PUBLISHER}) for one in viewers}
        self._sfu.set_rights(room, RoomRights({PUBLISHER: frozenset({"main"})}, view))


class RelayServer:
    """aiortc as its documentation has it: one MediaRelay, a proxy of each track for each viewer."""

    def __init__(self, address: str) -> None:
        aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: [address]
        self._relay = MediaRelay()
        self._tracks: dict[str, list[MediaStreamTrack]] = {}
        self._connections: list[RTCPeerConnection] = []

    async def start(self) -> None:
        pass

    async def stop(self) -> None:
        for one in self._connections:
            await one.close()

    async def publish(self, room: str, offer: str) -> str:
        connection = self._connection()
        connection.on("track", self._tracks.setdefault(room, []).append)
        return await self._answer(connection, offer, [])

    async def view(self, room: str, viewer: str, offer: str) -> str:
        return await self._answer(self._connection(), offer, self._tracks[room])

    def _connection(self) -> RTCPeerConnection:
        configuration = RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        self._connections.append(RTCPeerConnection(configuration))
        return self._connections[-1]

    async def _answer(self, connection: RTCPeerConnection, offer: str, tracks: list[MediaStreamTrack]) -> str:
        await connection.setRemoteDescription(RTCSessionDescription(offer, "offer"))
        for track in tracks:
            connection.addTrack(self._relay.subscribe(track))
        await connection.setLocalDescription()
        return connection.localDescription.sdp


class Checking:
    """One check after the other, as the platform makes them beside its media."""

    def __init__(self, folder: Path) -> None:
        self._workers = IdentityWorkers(IdentitySettings())
        self._front, self._back = ((folder / name).read_bytes() for name in ("front.png", "back.png"))
        self._frames = [one.read_bytes() for one in sorted(folder.glob("frame*.jpg"))]
        self._task: asyncio.Task[None] | None = None
        self.done = 0

    async def start(self) -> None:
        await self._workers.start()
        self._task = asyncio.create_task(self._check())

    async def stop(self) -> int:
        """How many were made."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            await self._workers.stop()
            self._workers = IdentityWorkers(IdentitySettings())
        self._task, done, self.done = None, self.done, 0
        return done

    async def _check(self) -> None:
        while True:
            await self._workers.check(self._front, self._back, self._frames, None, True, date(2026, 1, 15))
            self.done += 1


def application(server: Server, checking: Checking | None = None) -> web.Application:
    async def publish(request: web.Request) -> web.Response:
        return web.Response(text=await server.publish(request.match_info["room"], await request.text()))

    async def view(request: web.Request) -> web.Response:
        room, viewer = request.match_info["room"], request.match_info["viewer"]
        return web.Response(text=await server.view(room, viewer, await request.text()))

    async def check(request: web.Request) -> web.Response:
        assert checking is not None
        on, done = request.match_info["on"] == "on", await checking.stop()
        if on:
            await checking.start()
        return web.json_response(done)

    app = web.Application()
    app.add_routes([web.post("/publish/{room}", publish), web.post("/view/{room}/{viewer}", view)])
    if checking is not None:
        app.add_routes([web.post("/checking/{on}", check)])
    return app


async def serve(server: Server, pictures: Path | None) -> int:
    await server.start()
    checking = Checking(pictures) if pictures is not None else None
    runner = web.AppRunner(application(server, checking), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(json.dumps({"url": f"http://127.0.0.1:{runner.addresses[0][1]}", "pid": os.getpid()}), flush=True)
    all_loaded()
    await stopped()
    if checking is not None:
        await checking.stop()
    await runner.cleanup()
    await server.stop()
    return 0


if __name__ == "__main__":
    kind, where, *pictures = sys.argv[1:]
    logs.configure()
    server = {"sfu": SfuServer, "relay": RelayServer}[kind](where)
    raise SystemExit(run_loop(serve(server, Path(pictures[0]) if pictures else None)))
