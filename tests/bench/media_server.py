"""A media engine in a process of its own, behind the smallest HTTP edge.

`python -m tests.bench.media_server sfu|relay ADDRESS`: `sfu` is ours; `relay` is the same room on
aiortc's MediaRelay, which decodes and encodes again for every viewer.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Protocol

import aioice.ice
from aiohttp import web
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.contrib.media import MediaRelay
from aiortc.mediastreams import MediaStreamTrack

from server import logs
from server.cli import run_loop, stopped
from server.media.engine import RoomRights
from server.media.settings import MediaSettings
from server.media.sfu.engine import Sfu

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


def application(server: Server) -> web.Application:
    async def publish(request: web.Request) -> web.Response:
        return web.Response(text=await server.publish(request.match_info["room"], await request.text()))

    async def view(request: web.Request) -> web.Response:
        room, viewer = request.match_info["room"], request.match_info["viewer"]
        return web.Response(text=await server.view(room, viewer, await request.text()))

    app = web.Application()
    app.add_routes([web.post("/publish/{room}", publish), web.post("/view/{room}/{viewer}", view)])
    return app


async def serve(server: Server) -> int:
    await server.start()
    runner = web.AppRunner(application(server), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(json.dumps({"url": f"http://127.0.0.1:{runner.addresses[0][1]}", "pid": os.getpid()}), flush=True)
    await stopped()
    await runner.cleanup()
    await server.stop()
    return 0


if __name__ == "__main__":
    kind, where = sys.argv[1:]
    logs.configure()
    raise SystemExit(run_loop(serve({"sfu": SfuServer, "relay": RelayServer}[kind](where))))
