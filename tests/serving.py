"""A demo server as users start it, and people who sit in its seats by plain HTTP."""
from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from evaluation.session.kind import SESSION
from server.http.seat_commands import DECIDES_ON_WHAT_IS_SHOWN
from tests.loaded import Forked, loaded
from tests.pace import patient, within

FORM = {"Content-Type": "application/x-www-form-urlencoded"}

ROOT = Path(__file__).parents[1]


def visiojury(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command as an administrator types it in a folder: a process of its own, which need not load first."""
    return loaded().run(arguments, cwd, patient(60))


@dataclass
class Served:
    """One running `visiojury demo`."""

    process: subprocess.Popen[bytes] | Forked
    links: dict[str, Any]
    log: Path

    @property
    def url(self) -> str:
        return self.links["url"]

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    def kill(self) -> None:
        """kill -9: nothing is flushed, nobody is told."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(patient(20))


def serve_demo(data: Path, *, port: int = 0, fast: bool = True, earlier: bool = False,
               forked: bool = False) -> Served:
    """Start the demo and wait for its links. `earlier`: with its earlier days. `forked`: it need not load first."""
    data.mkdir(parents=True, exist_ok=True)
    log = data / "log.jsonl"
    arguments = ["demo", "--json", "--port", str(port), "--data", str(data), *(["--fast"] if fast else []),
                 *([] if earlier else ["--today"])]
    reads, writes = os.pipe()
    with log.open("ab") as errors, open(writes, "wb") as told:
        if forked:
            process = loaded().start(arguments, told.fileno(), errors.fileno())
        else:
            process = subprocess.Popen([sys.executable, "-m", "server", *arguments], stdout=told, stderr=errors)
    with open(reads, encoding="utf-8") as links:
        line = links.readline()
    assert line, log.read_text()
    return Served(process, json.loads(line), log)


class Refused(Exception):
    """The server's answer to a command it did not take."""

    def __init__(self, status: int, answer: dict[str, Any]) -> None:
        super().__init__(f"{status} {answer}")
        self.status, self.answer = status, answer


class Person:
    """Somebody in a seat, with a cookie jar of their own."""

    def __init__(self, url: str, http: aiohttp.ClientSession, path: str) -> None:
        self.url, self.http, self.path = url, http, path
        self.seat = path.strip("/").split("/")[1]

    async def get(self, name: str, **headers: str) -> aiohttp.ClientResponse:
        return await self.http.get(f"{self.url}{self.path}{name}", headers=headers)

    async def post(self, name: str, **options: Any) -> aiohttp.ClientResponse:
        headers = {"Origin": self.url, **options.pop("headers", {})}
        return await self.http.post(f"{self.url}{self.path}{name}", headers=headers, **options)

    async def send(self, command: str, key: str | None = None, **fields: Any) -> int:
        """The journal's position after the command. Raises Refused."""
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        if SESSION.commands.classes[command] in DECIDES_ON_WHAT_IS_SHOWN:
            headers["X-Position"] = str((await self.view())["position"])
        answer = await self.post("commands", json={"command": command, **fields}, headers=headers)
        while answer.status == 429:  # faster than any person: as a page does, the same act again
            await asyncio.sleep(float(answer.headers["Retry-After"]))
            answer = await self.post("commands", json={"command": command, **fields}, headers=headers)
        body = await answer.json()
        if answer.status != 200:
            raise Refused(answer.status, body)
        return body["position"]

    async def view(self, last_event_id: int | None = None) -> dict[str, Any]:
        """The first view of a fresh event stream. Raises Refused when the door is closed."""
        headers = {} if last_event_id is None else {"Last-Event-ID": str(last_event_id)}
        async with self.http.get(f"{self.url}{self.path}events", headers=headers) as stream:
            if stream.status != 200:
                raise Refused(stream.status, {})
            return await anext(views(stream))


async def views(stream: aiohttp.ClientResponse) -> AsyncIterator[dict[str, Any]]:
    """The `view` messages of an event stream."""
    kind = ""
    async for raw in stream.content:
        line = raw.decode().rstrip("\n")
        if line.startswith("event:"):
            kind = line[6:].strip()
        elif line.startswith("data:") and kind == "view":
            yield json.loads(line[5:])


@asynccontextmanager
async def seated(url: str, link: str) -> AsyncIterator[Person]:
    """Open a link as its button does, and enter the first seat of the space that it leads to as its button does."""
    connector = aiohttp.TCPConnector(force_close=True)  # a killed server leaves no dead connection behind
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), connector=connector) as http:
        answer = await http.post(link, data={}, headers={"Origin": url, **FORM}, allow_redirects=False)
        assert answer.status == 303, (answer.status, await answer.text())
        space = answer.headers["Location"]
        page = await (await http.get(url + space)).text()
        found = re.search(r'action="(/space/[^"]+/seats/[^"]+)"', page)
        assert found is not None, page
        answer = await http.post(url + found[1], data={}, headers={"Origin": url, **FORM}, allow_redirects=False)
        assert answer.status == 303, (answer.status, await answer.text())
        yield Person(url, http, answer.headers["Location"])


async def eventually(holds: Callable[[], Awaitable[bool]], seconds: float = 10.0) -> None:
    """Wait until something holds, or fail."""
    async with within(seconds):
        while not await holds():
            await asyncio.sleep(0.05)
