"""Firefox in a network of its own, joined to ours by a pair of virtual cards: it does no WebRTC on the loopback.

Driven by WebDriver BiDi (https://www.w3.org/TR/webdriver-bidi/), which it speaks itself.
"""
from __future__ import annotations

import asyncio
import ctypes
import json
import os
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp

from tests.pace import patient

CLONE_NEWNET = 0x40000000
REMOTE_PORT = 9333
"""In the other network nobody else listens."""

QUIET = {
    "media.navigator.permission.disabled": True, "media.navigator.streams.fake": True,
    "media.autoplay.default": 0, "media.autoplay.blocking_policy": 0,
    "network.proxy.type": 0, "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False, "app.update.enabled": False, "app.normandy.enabled": False,
    "browser.safebrowsing.malware.enabled": False, "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False, "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False, "media.gmp-manager.url": "",
    "services.settings.server": "data:,#remote-settings-dummy/v1", "intl.accept_languages": "fr-FR, fr",
}


def firefox_path() -> str | None:
    return shutil.which("firefox-esr") or shutil.which("firefox")


@dataclass(frozen=True)
class Network:
    """Another network on this machine, and our address on the wire between."""

    name: str
    ours: str

    @contextmanager
    def inside(self) -> Iterator[None]:
        """This thread is in the other network for as long; what is opened meanwhile stays there."""
        with Path("/proc/self/ns/net").open("rb") as own, Path(f"/run/netns/{self.name}").open("rb") as other:
            _enter(other.fileno())
            try:
                yield
            finally:
                _enter(own.fileno())


def _enter(descriptor: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(descriptor, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


@contextmanager
def other_network() -> Iterator[Network | None]:
    """None where this machine does not let us make one."""
    number = os.getpid() % 250
    name, ours, theirs = f"visiojury{number}", f"10.77.{number}.1", f"10.77.{number}.2"
    here, there = f"vj{number}a", f"vj{number}b"
    try:
        _ip("netns", "add", name)
    except (OSError, subprocess.CalledProcessError):
        yield None
        return
    try:
        try:
            _ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", name)
            _ip("addr", "add", f"{ours}/30", "dev", here)
            _ip("link", "set", here, "up")
            _ip("-n", name, "addr", "add", f"{theirs}/30", "dev", there)
            _ip("-n", name, "link", "set", "lo", "up")
            _ip("-n", name, "link", "set", there, "up")
            _ip("-n", name, "route", "add", "default", "via", ours)
            made = Network(name, ours)
            with made.inside():
                pass
        except (OSError, subprocess.CalledProcessError):
            made = None
        yield made
    finally:
        _ip("netns", "del", name)


@dataclass
class Fox:
    """One tab of Firefox."""

    socket: aiohttp.ClientWebSocketResponse
    numbers: Iterator[int]
    context: str = ""

    async def ask(self, method: str, **params: Any) -> Any:
        number = next(self.numbers)
        await self.socket.send_json({"id": number, "method": method, "params": params})
        while True:
            answer = await self.socket.receive_json(timeout=patient(30))
            if answer.get("id") != number:
                continue
            assert answer["type"] == "success", answer
            return answer["result"]

    async def go(self, url: str) -> None:
        await self.ask("browsingContext.navigate", context=self.context, url=url, wait="complete")

    async def run(self, expression: str) -> Any:
        """The value of a JavaScript expression, which may be a promise."""
        answer = await self.ask(
            "script.evaluate", expression=f"(async () => JSON.stringify((await ({expression})) ?? null))()",
            target={"context": self.context}, awaitPromise=True, userActivation=True,
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"]["value"])


@asynccontextmanager
async def firefox(network: Network, folder: Path, origin: str) -> AsyncIterator[Fox]:
    """`origin` is treated as secure, as https would be."""
    profile = folder / "firefox"
    profile.mkdir()
    secure = {
        "dom.securecontext.allowlist": origin.split("//")[1].split(":")[0],
        "security.warn_submit_secure_to_insecure": False, "media.devices.insecure.enabled": True,
        "media.getusermedia.insecure.enabled": True,
    }
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in {**QUIET, **secure}.items()]
    (profile / "user.js").write_text("\n".join(lines))
    program = firefox_path()
    assert program is not None
    with (folder / "firefox.log").open("wb") as log:
        process = subprocess.Popen(
            ["ip", "netns", "exec", network.name, program, "--headless", "--no-remote", "--profile", str(profile),
             "--remote-debugging-port", str(REMOTE_PORT)],
            stdout=log, stderr=log, env={**os.environ, "HOME": str(profile), "MOZ_DISABLE_AUTO_SAFE_MODE": "1"},
        )
    try:
        async with (
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(socket_factory=_factory(network))) as http,
            await _connected(http, process) as connection,
        ):
            fox = Fox(connection, count(1))
            await fox.ask("session.new", capabilities={})
            fox.context = (await fox.ask("browsingContext.create", type="tab"))["context"]
            yield fox
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 20)


def _factory(network: Network) -> Any:
    def make(info: tuple[Any, ...]) -> socket.socket:
        with network.inside():
            return socket.socket(info[0], info[1], info[2])

    return make


async def _connected(
    http: aiohttp.ClientSession, process: subprocess.Popen[bytes]
) -> aiohttp.ClientWebSocketResponse:
    for _ in range(80):
        assert process.poll() is None, "Firefox ended"
        try:
            return await http.ws_connect(f"ws://127.0.0.1:{REMOTE_PORT}/session", max_msg_size=0)
        except aiohttp.ClientError:
            await asyncio.sleep(0.5)
    raise TimeoutError("Firefox does not answer")
