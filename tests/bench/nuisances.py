"""One seat that misbehaves: `python -m tests.bench.nuisances WAY`, what the server has planned on standard input.

It says `{}` once it is at it, and goes on until it is ended. Each way takes what it needs of a browser: the seat's
cookie, and as many connections as the machine gives.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import sys
import uuid
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from tests.server.documents.samples import pdf
from tests.serving import Person, seated

Way = Callable[["Nuisance"], Awaitable[None]]
WAYS: dict[str, tuple[str, Way]] = {}
"""By name: the seat that does it, and how."""
PARTS = b"--b\r\n\r\n\r\n" * 53_000 + b"--b--\r\n"
MULTIPART = {"Content-Type": "multipart/form-data; boundary=b"}


@dataclass
class Nuisance:
    """`sit` gives one more browser's worth of connections to the same seat."""

    planned: dict[str, Any]
    url: str
    media_tcp: int
    person: Person
    http: aiohttp.ClientSession

    @property
    def hearing(self) -> str:
        return self.planned["hearing"]

    async def ask(self, method: str, name: str, **options: Any) -> None:
        """Whatever is answered is read and forgotten; a refusal or a cut line is no reason to stop."""
        headers = {"Origin": self.url, "Idempotency-Key": str(uuid.uuid4()), **options.pop("headers", {})}
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            address = f"{self.url}{self.person.path}{name}"
            async with self.http.request(method, address, headers=headers, **options) as answer:
                await answer.read()

    async def again(self, lines: int, one: Callable[[int], Coroutine[Any, Any, None]]) -> None:
        """So many at once, each again and again without a pause."""
        numbers = count()

        async def go_on() -> None:
            while True:
                await one(next(numbers))
                await asyncio.sleep(0)

        await asyncio.gather(*(go_on() for _ in range(lines)))


def way(seat: str) -> Callable[[Way], Way]:
    def named(function: Way) -> Way:
        WAYS[function.__name__] = seat, function
        return function

    return named


@way("candidate")
async def empty_parts(at: Nuisance) -> None:
    """480 kB of a form's empty parts."""
    name = f"documents?hearing={at.hearing}&kind=portfolio_a"
    await at.again(4, lambda _: at.ask("POST", name, data=PARTS, headers=MULTIPART))


@way("candidate")
async def streams(at: Nuisance) -> None:
    """A hundred event streams, each opened again when it ends."""
    await at.again(100, lambda _: at.ask("GET", "events"))


@way("candidate")
async def pages(at: Nuisance) -> None:
    await at.again(16, lambda _: at.ask("GET", ""))


@way("trainer")
async def pictures(at: Nuisance) -> None:
    """Of all pages, from the first to the last and again."""
    async def one(number: int) -> None:
        await at.ask("GET", f"documents/{at.planned['document']}/pages/{number % at.planned['pages'] + 1}.webp")

    await at.again(16, one)


@way("organizer")
async def papers(at: Nuisance) -> None:
    names = (f"records/{at.hearing}", "journal.jsonl", f"records/{at.hearing}/accesses.jsonl")
    await at.again(16, lambda number: at.ask("GET", names[number % 3]))


@way("candidate")
async def uploads(at: Nuisance) -> None:
    """Eleven at once."""
    data = pdf(10)

    async def one(_number: int) -> None:
        form = aiohttp.FormData()
        form.add_field("file", data, filename="livret.pdf")
        await at.ask("POST", f"documents?hearing={at.hearing}&kind=portfolio_a", data=form)

    await at.again(11, one)


@way("candidate")
async def calls(at: Nuisance) -> None:
    """For help, without end."""
    body = {"command": "ReportProblem", "kind": None, "words": "à l’aide"}
    await at.again(8, lambda _: at.ask("POST", "commands", json=body))


@way("trainer")
async def marks(at: Nuisance) -> None:
    """Turned over and over."""
    async def one(number: int) -> None:
        code = at.planned["competencies"][number % len(at.planned["competencies"])]
        mark = ("A", "NA")[number // len(at.planned["competencies"]) % 2]
        body = {"command": "SetMark", "hearing": at.hearing, "competency": code, "mark": mark, "words": None}
        await at.ask("POST", "commands", json=body)

    await at.again(8, one)


@way("candidate")
async def offers(at: Nuisance) -> None:
    """SDP of thousands of lines."""
    body = "v=0\r\n" + "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n" + "a=rtpmap:0 opus/48000\r\n" * 2600
    kind = {"Content-Type": "application/sdp"}
    await at.again(8, lambda _: at.ask("POST", "whip/main", data=body, headers=kind))


@way("candidate")
async def strangers(at: Nuisance) -> None:
    """Addresses that are not there."""
    await at.again(16, lambda number: at.ask("GET", f"../../wp-{number}"))


@way("candidate")
async def slow_bodies(at: Nuisance) -> None:
    """A hundred connections, each with a body of which one byte comes a second."""
    cookies = at.http.cookie_jar.filter_cookies(URL(f"{at.url}{at.person.path}"))
    head = (f"POST {at.person.path}commands HTTP/1.1\r\nHost: x\r\nOrigin: {at.url}\r\nIdempotency-Key: kkkkkkkk\r\n"
            f"Cookie: {'; '.join(f'{one.key}={one.value}' for one in cookies.values())}\r\n"
            "Content-Type: application/json\r\nContent-Length: 200000\r\n\r\n").encode()
    await at.again(100, lambda _: trickle(urlsplit(at.url).port or 0, head, b"["))


@way("candidate")
async def idle_connections(at: Nuisance) -> None:
    """Hundreds that say nothing, on both ports."""
    await at.again(300, lambda number: trickle(
        (urlsplit(at.url).port or 0, at.media_tcp)[number % 2], b"", b""))


async def trickle(port: int, head: bytes, byte: bytes) -> None:
    """Until the other side has had enough; then a moment's rest, so that it is not the load that is measured."""
    with contextlib.suppress(OSError):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head)
        while not reader.at_eof() and not writer.is_closing():
            writer.write(byte)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(reader.read(1000), 1.0)
        writer.close()
    await asyncio.sleep(0.05)


async def misbehave(name: str, said: dict[str, Any]) -> None:
    seat, function = WAYS[name]
    planned = said["sessions"][0]
    async with AsyncExitStack() as stack:
        person = await stack.enter_async_context(seated(said["url"], said["url"] + planned["links"][seat]))
        connector = aiohttp.TCPConnector(limit=0)
        http = await stack.enter_async_context(
            aiohttp.ClientSession(cookie_jar=person.http.cookie_jar, connector=connector))
        at = Nuisance(planned, said["url"], said["media_tcp"], person, http)
        print("{}", flush=True)
        await function(at)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("way", choices=WAYS)
    given = parser.parse_args()
    asyncio.run(misbehave(given.way, json.loads(sys.stdin.readline())))
