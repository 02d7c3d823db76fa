"""What comes before a request: slow ones, too many, and what is no HTTP."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from server.addresses import named
from server.http.security import HEADERS
from tests.pace import patient, within
from tests.server.http.house import House, house, on_its_loop

FEW = {"server__connections_per_address": 3}
HOST = b"Host: x\r\n"


class Line:
    """One TCP connection, spoken to by hand."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def say(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self) -> tuple[str, dict[str, str], bytes]:
        """The status line, the headers, and the body."""
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(one.split(": ", 1) for one in head[1:] if one)
        return head[0], headers, await self.reader.readexactly(int(headers["Content-Length"]))

    async def ended(self) -> bool:
        """The server has closed it."""
        try:
            return await asyncio.wait_for(self.reader.read(1), patient(10)) == b""
        except ConnectionError:
            return True


@asynccontextmanager
async def line(home: House, source: str = "127.0.0.1") -> AsyncIterator[Line]:
    port = int(home.url.rsplit(":", 1)[1])
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
    try:
        yield Line(reader, writer)
    finally:
        writer.close()


ODD = {
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 10 + b"\r\n\r\n",
    "no method": b"\xff\xfe / HTTP/1.1\r\n" + HOST + b"\r\n",
    "another version": b"GET / HTTP/9.9\r\n" + HOST + b"\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "length and pieces":
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a header's name": b"GET / HTTP/1.1\r\nHost: x\r\nA b: x\r\n\r\n",
    "a null byte": b"GET / HTTP/1.1\r\nHost: x\r\nA: \0\r\n\r\n",
    "a long line": b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "a long header": b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 20_000 + b"\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: a\r\n" * 200 + b"\r\n",
}


@pytest.mark.parametrize("odd", ODD)
@on_its_loop
async def test_what_is_no_http_is_refused_in_our_words_with_our_headers(shared: House, odd: str):
    async with line(shared) as here:
        await here.say(ODD[odd])
        status, headers, body = await here.answer()
    assert status.split()[1] == "400"
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert "Server" not in headers
    assert "Le serveur n’a pas compris cette demande. Rien n’a été changé." in body.decode()
    assert "aiohttp" not in body.decode()


async def test_over_https_what_is_no_http_keeps_browsers_there_too(tmp_path: Path):
    async with house(tmp_path, server__public_url="https://jury.example.org") as home, line(home) as here:
        await here.say(ODD["no HTTP"])
        _status, headers, _body = await here.answer()
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


async def test_headers_that_do_not_come_to_an_end_are_not_waited_for(tmp_path: Path):
    async with house(tmp_path, server__header_seconds=1) as home, line(home) as silent, line(home) as slow:
        await slow.say(b"GET /clock HTTP/1.1\r\n")
        assert [await silent.ended(), await slow.ended()] == [True, True]


async def test_a_second_request_has_as_long_for_its_headers(tmp_path: Path):
    async with house(tmp_path, server__header_seconds=1) as home, line(home) as here:
        for _ in range(2):
            await here.say(b"GET /clock HTTP/1.1\r\n" + HOST + b"\r\n")
            assert (await here.answer())[0] == "HTTP/1.1 200 OK"
            await asyncio.sleep(1.2)  # idle between two requests, which it may be
        await here.say(b"GET /clock HTTP/1.1\r\n")
        assert await here.ended()


async def test_a_stream_stays_open_for_longer_than_headers_may_take(tmp_path: Path):
    async with house(tmp_path, server__header_seconds=1, streams__heartbeat_seconds=1) as home:
        browser = await home.sit("org")
        stream = await browser.get(f"/seat/{home.seat('org')}/board/events")
        await asyncio.sleep(1.5)
        assert await asyncio.wait_for(stream.content.readuntil(b":\n\n"), patient(10))


async def test_a_body_that_stops_coming_is_given_up(tmp_path: Path):
    async with house(tmp_path, server__body_silent_seconds=1) as home, line(home) as here:
        await here.say(f"POST /i/{home.tokens['org']}/code HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\n"
                       "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\ncode".encode())
        status, headers, body = await here.answer()
        assert status.split()[1] == "408"
        assert json.loads(body)["refusal"] == (
            "La demande a mis trop de temps à arriver. Rien n’a été enregistré. Vérifiez votre connexion et "
            "recommencez.")
        assert headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


async def test_a_body_that_trickles_is_given_up(tmp_path: Path):
    async with house(tmp_path, server__body_silent_seconds=1) as home, line(home) as here:
        await here.say(f"POST /i/{home.tokens['org']}/code HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\n"
                       "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 900\r\n\r\n".encode())
        said = asyncio.create_task(here.answer())
        while not said.done():
            await here.say(b"c")
            await asyncio.sleep(0.2)
        assert said.result()[0].split()[1] == "408"


async def test_a_server_that_stops_reads_nothing_more_of_a_body_that_it_has_refused(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    made = web.RequestHandler.__init__.__kwdefaults__ or {}
    monkeypatch.setitem(made, "lingering_time", 3600.0)
    async with within(30), AsyncExitStack() as stopping:
        home = await stopping.enter_async_context(house(tmp_path))
        async with line(home) as here:
            await here.say(f"POST /i/{home.tokens['org']}/code HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\n"
                           "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 900000\r\n\r\n".encode())
            assert (await here.answer())[0].split()[1] == "413"
            await stopping.aclose()


def unread(home: House, path: str) -> socket.socket:
    """A browser that asks for much and reads nothing, over a line of small packets."""
    taken = socket.socket()
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
    taken.connect(("127.0.0.1", int(home.url.rsplit(":", 1)[1])))
    taken.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n\r\n".encode() * 200)
    return taken


@pytest.mark.parametrize("path", ["/", "/static/css/base.css"])
async def test_an_answer_that_nobody_reads_is_given_up(tmp_path: Path, path: str):
    """Whoever asks and asks and reads nothing holds a place for seconds alone."""
    async with house(tmp_path, **FEW, server__body_silent_seconds=1, limits__visits_per_minute=100_000) as home:
        silent = [unread(home, path) for _ in range(3)]
        await asyncio.sleep(0.5)  # until they are answered as far as they read
        async with within(10):
            while not await answered(home):
                await asyncio.sleep(0.1)
        for one in silent:
            one.close()


async def answered(home: House) -> bool:
    """Whether one more of this address is let in."""
    async with line(home) as here:
        try:
            await here.say(b"GET /clock HTTP/1.1\r\n" + HOST + b"\r\n")
            return (await here.answer())[0] == "HTTP/1.1 200 OK"
        except (ConnectionError, asyncio.IncompleteReadError):
            return False


async def test_one_address_holds_so_many_connections_and_its_idle_ones_give_way(tmp_path: Path):
    """Whoever sits behind the same address is still let in; another address is not concerned."""
    async with (house(tmp_path, **FEW) as home, line(home, "127.0.0.2") as other,
                line(home) as one, line(home) as two, line(home) as three, line(home) as four):
        assert await one.ended()
        for here in (two, three, four, other):
            await here.say(b"GET /clock HTTP/1.1\r\n" + HOST + b"\r\n")
            assert (await here.answer())[0] == "HTTP/1.1 200 OK"


async def test_where_none_of_an_address_is_idle_no_more_of_it_are_taken(tmp_path: Path):
    async with house(tmp_path, **FEW) as home:
        browser = await home.sit("org")
        path = f"/seat/{home.seat('org')}/board/events"
        streams = [await browser.get(path) for _ in range(3)]
        async with line(home) as one, line(home, "127.0.0.2") as other:
            assert await one.ended()
            await other.say(b"GET /clock HTTP/1.1\r\n" + HOST + b"\r\n")
            assert (await other.answer())[0] == "HTTP/1.1 200 OK"
        assert [stream.status for stream in streams] == [200] * 3


async def test_a_proxy_of_ours_holds_as_many_as_it_likes(tmp_path: Path):
    proxy = ("127.0.0.1",)
    async with (house(tmp_path, **FEW, server__trusted_proxies=proxy) as home,
                line(home), line(home), line(home), line(home) as four):
        await four.say(b"GET /clock HTTP/1.1\r\n" + HOST + b"\r\n")
        assert (await four.answer())[0] == "HTTP/1.1 200 OK"


async def test_where_all_are_taken_the_one_idle_for_longest_gives_way(tmp_path: Path):
    async with house(tmp_path, server__connections=2) as home, line(home) as one, line(home) as two:
        for held in (two, one):
            await held.say(b"GET /clock HTTP/1.1\r\n" + HOST + b"\r\n")
            await held.answer()
        async with line(home) as three:
            await three.say(b"GET /clock HTTP/1.1\r\n" + HOST + b"\r\n")
            assert (await three.answer())[0] == "HTTP/1.1 200 OK"
            assert await two.ended()
            await one.say(b"GET /clock HTTP/1.1\r\n" + HOST + b"\r\n")
            assert (await one.answer())[0] == "HTTP/1.1 200 OK"


@pytest.mark.parametrize(("host", "name"), [
    ("127.0.0.1", "localhost"), ("::1", "localhost"), ("127.0.0.2", "127.0.0.2"), ("0.0.0.0", "0.0.0.0"),
    ("2001:db8::1", "[2001:db8::1]"), ("jury.example.org", "jury.example.org"),
])
def test_this_machine_is_called_by_its_name_since_a_passkey_has_none_at_a_number(host: str, name: str):
    assert named(host) == name
