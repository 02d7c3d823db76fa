"""Debian's Janus, VideoRoom plugin: its settings, and the little of its HTTP interface that a room needs."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from pathlib import Path
from types import TracebackType
from typing import Any

import aiohttp

from tests.bench import sdp
from tests.bench.peer import Peer

PLUGIN, TRANSPORT = "libjanus_videoroom.so", "libjanus_http.so"
ANSWER_S = 15.0


def write_settings(folder: Path, libraries: Path, address: str, port: int) -> None:
    """As ours is run: ICE-lite, one event loop, this one plugin and HTTP alone; the rest as Debian has it."""
    folder.mkdir(parents=True, exist_ok=True)

    def others(kind: str, wanted: str) -> str:
        return ",".join(one.name for one in sorted((libraries / kind).glob("*.so")) if one.name != wanted)

    (folder / "janus.jcfg").write_text(f"""
general: {{
    configs_folder = "{folder}"
    plugins_folder = "{libraries / 'plugins'}"
    transports_folder = "{libraries / 'transports'}"
    events_folder = "{libraries / 'events'}"
    loggers_folder = "{libraries / 'loggers'}"
    debug_level = 3
    event_loops = 1
    session_timeout = 0
}}
media: {{ ipv6 = false, rtp_port_range = "20000-40000" }}
nat: {{ ice_lite = true, full_trickle = false, ice_enforce_list = "{address}" }}
plugins: {{ disable = "{others('plugins', PLUGIN)}" }}
transports: {{ disable = "{others('transports', TRANSPORT)}" }}
events: {{ broadcast = false }}
""")
    (folder / "janus.plugin.videoroom.jcfg").write_text("general: { }\n")
    (folder / "janus.transport.http.jcfg").write_text(
        f'general: {{ json = "plain", base_path = "/janus", http = true, port = {port}, ip = "127.0.0.1", '
        "https = false }\nadmin: { admin_http = false }\n"
    )


class Session:
    """One Janus session, and all handles of it. Its events come by long polling."""

    name, stamped, estimate_bps = "janus", True, 5_000_000

    def __init__(self, url: str, address: str, pid: int) -> None:
        self.pid = pid
        self._url, self._address = url, address
        self._rooms: dict[str, int] = {}
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}

    async def __aenter__(self) -> Session:
        self._http = aiohttp.ClientSession()
        try:
            self._session = await self._started()
        except BaseException:
            await self._http.close()
            raise
        self._polling = asyncio.create_task(self._poll())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._polling.cancel()
        await self._http.close()

    async def publish(self, room: str) -> Peer:
        number = self._rooms.setdefault(room, len(self._rooms) + 1)
        handle, peer = await self._attach(), Peer(self._address)
        create = {"request": "create", "room": number, "publishers": 1, "bitrate": 3_000_000}
        await self._message(handle, create)
        await self._message(handle, {"request": "join", "ptype": "publisher", "room": number, "id": number})
        body = {"request": "publish", "audiocodec": "opus", "videocodec": "vp8"}
        said = await self._message(handle, body, {"type": "offer", "sdp": peer.offer("publish")})
        await peer.connect(said["jsep"]["sdp"])
        return peer

    async def view(self, room: str, viewer: str) -> Peer:
        number = self._rooms[room]
        handle, peer = await self._attach(), Peer(self._address)
        join = {"request": "join", "ptype": "subscriber", "room": number, "streams": [{"feed": number}]}
        offered = await self._offered(handle, join)
        reply = {"type": "answer", "sdp": sdp.answer(offered, peer.local)}
        await self._message(handle, {"request": "start"}, reply)
        await peer.connect(offered)
        return peer

    async def _offered(self, handle: int, join: dict[str, Any]) -> str:
        """Janus knows of a feed a moment after its publisher is connected."""
        async with asyncio.timeout(ANSWER_S):
            while True:
                try:
                    return (await self._message(handle, join))["jsep"]["sdp"]
                except RuntimeError as refused:
                    if "No such feed" not in str(refused):
                        raise
                await asyncio.sleep(0.05)

    async def _started(self) -> int:
        for _ in range(100):
            with contextlib.suppress(aiohttp.ClientConnectionError):
                return (await self._post("", janus="create"))["data"]["id"]
            await asyncio.sleep(0.05)
        raise RuntimeError("janus does not answer")

    async def _attach(self) -> int:
        return (await self._post(f"/{self._session}", janus="attach", plugin="janus.plugin.videoroom"))["data"]["id"]

    async def _message(self, handle: int, body: dict[str, Any], jsep: dict[str, str] | None = None) -> dict[str, Any]:
        """The plugin's answer, at once or as an event. RuntimeError when it refuses."""
        transaction = secrets.token_hex(6)
        self._waiting[transaction] = asyncio.get_running_loop().create_future()
        more = {"jsep": jsep} if jsep else {}
        said = await self._post(
            f"/{self._session}/{handle}", janus="message", body=body, transaction=transaction, **more
        )
        if said["janus"] == "ack":
            async with asyncio.timeout(ANSWER_S):
                said = await self._waiting[transaction]
        del self._waiting[transaction]
        refused = said.get("error") or said.get("plugindata", {}).get("data", {}).get("error")
        if refused:
            raise RuntimeError(f"janus: {refused}")
        return said

    async def _post(self, path: str, **message: Any) -> dict[str, Any]:
        message.setdefault("transaction", secrets.token_hex(6))
        async with self._http.post(self._url + path, json=message) as answer:
            return await answer.json(content_type=None)

    async def _poll(self) -> None:
        while True:
            async with self._http.get(f"{self._url}/{self._session}?maxev=10") as answer:
                events = await answer.json(content_type=None)
            for event in events if isinstance(events, list) else [events]:
                waiting = self._waiting.get(event.get("transaction", ""))
                if waiting is not None and not waiting.done():
                    waiting.set_result(event)
