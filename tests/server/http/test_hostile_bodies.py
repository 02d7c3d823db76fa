"""Nothing that a seat sends may hold everybody else up: bodies, parts, headers, packed and in pieces."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable

import pytest
import pytest_asyncio

from tests.server.http.held import exchange, fifty_milliseconds, watched
from tests.server.http.house import House, on_its_loop

FILE = b'Content-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
MULTIPART, JSON = "multipart/form-data; boundary=b", "application/json"
SIZE = 1_600_000
COMMAND_SIZE = 250_000
Case = tuple[str, bytes, tuple[tuple[str, str], ...]]


def many(one: bytes, size: int = SIZE) -> bytes:
    return one * (size // len(one))


def chunked(pieces: bytes) -> Case:
    return "documents", pieces + b"0\r\n\r\n", (("Content-Type", MULTIPART), ("Transfer-Encoding", "chunked"))


def form(body: bytes) -> Case:
    return "documents", body, (("Content-Type", MULTIPART),)


def told(body: bytes, kind: str = JSON, **more: str) -> Case:
    return "commands", body, (("Content-Type", kind), *more.items())


CASES: dict[str, Callable[[], Case]] = {
    "a file": lambda: form(b"--b\r\n" + FILE + many(b"x") + b"\r\n--b--\r\n"),
    "parts without a name": lambda: form(many(b"--b\r\n\r\n\r\n") + b"--b--\r\n"),
    "parts with a name": lambda: form(
        many(b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n\r\n') + b"--b--\r\n"),
    "empty files": lambda: form(many(b"--b\r\n" + FILE + b"\r\n") + b"--b--\r\n"),
    "headers of a part": lambda: form(b"--b\r\n" + many(b"A: x\r\n") + b"\r\n\r\n--b--\r\n"),
    "an endless header of a part": lambda: form(b"--b\r\nA: " + many(b"x") + b"\r\n\r\n\r\n--b--\r\n"),
    "folded headers of a part": lambda: form(b"--b\r\nA: x\r\n" + many(b" x\r\n") + b"\r\n\r\n--b--\r\n"),
    "a name of backslashes": lambda: form(
        b'--b\r\nContent-Disposition: form-data; name="' + b"\\" * 8000 + b'"\r\n\r\n\r\n--b--\r\n'),
    "parameters of a part": lambda: form(
        b"--b\r\nContent-Disposition: form-data" + b";a=b" * 2000 + b"\r\n\r\n\r\n--b--\r\n"),
    "lines before the first part": lambda: form(many(b"\r\n")),
    "lines after the last part": lambda: form(b"--b\r\n" + FILE + b"x\r\n--b--\r\n" + many(b"\r\n")),
    "almost boundaries": lambda: form(b"--b\r\n" + FILE + many(b"\r\n--") + b"\r\n--b--\r\n"),
    "boundaries alone": lambda: form(many(b"--b\r\n")),
    "forms in forms": lambda: form(many(b"--b\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n")),
    "pieces of one byte": lambda: chunked(many(b"1\r\nx\r\n")),
    "pieces with extensions": lambda: chunked(many(b"1;a=b\r\nx\r\n")),
    "a packed form": lambda: ("documents", gzip.compress(many(b"\r\n", SIZE * 10)),
                              (("Content-Type", MULTIPART), ("Content-Encoding", "gzip"))),
    "a packed command": lambda: told(gzip.compress(many(b"[", SIZE * 20)), **{"Content-Encoding": "gzip"}),
    "a type with parameters": lambda: told(b"{}", JSON + ";a=b" * 1900),
    "a type with quotes": lambda: told(b"{}", JSON + ';a="' + '\\"' * 3900),
    "depth": lambda: told(many(b"[", COMMAND_SIZE)),
    "depth of objects": lambda: told(many(b'{"a":', COMMAND_SIZE)),
    "a number": lambda: told(b'{"command":"X","a":' + many(b"9", COMMAND_SIZE) + b"}"),
    "numbers": lambda: told(b'{"command":"X","a":[' + many(b"9" * 4290 + b",", COMMAND_SIZE) + b"0]}"),
    "names": lambda: told(b"{" + b",".join(b'"%d":1' % n for n in range(25_000)) + b"}"),
    "one name twice": lambda: told(b"{" + many(b'"a":1,', COMMAND_SIZE) + b'"a":1}'),
    "empty objects": lambda: told(b'{"command":"ReportProblem","a":[' + many(b"{},", COMMAND_SIZE) + b"{}]}"),
    "marks on a letter": lambda: told(
        b'{"command":"ReportProblem","words":"a' + many("\u0301\u0316".encode(), 79_000) + b'"}'),
}
HEADERS: dict[str, list[tuple[str, str]]] = {
    "cookies": [("Cookie", "a=b; " * 1600)] * 100,
    "cookies with quotes": [("Cookie", 'a="' + "\\\\" * 3900)] * 100,
    "languages": [("Accept-Language", "fr;q=0.1," * 900)] * 100,
    "qualities": [("Accept-Language", ";" * 8100)] * 100,
    "addresses": [("X-Forwarded-For", "1," * 4000)] * 100,
    "positions": [("Last-Event-ID", "9" * 8100)],
    "ranges": [("Range", "bytes=" + "0-1," * 2000)],
    "tags": [("If-None-Match", '"a",' * 2000)],
    "dates": [("If-Modified-Since", "1 " * 4000)],
    "names": [(f"A{number}", "x") for number in range(50_000)],
}
PATHS = ("/?to=en&" + "a=b&" * 1900, "/?" + "%41" * 2600, "/" + "a/" * 4000, "/seat/" + "%2f" * 2600,
         "/static/css/base.css?" + "&" * 8000, "/" + "a" * 2_000_000)


def request(line: str, headers: list[tuple[str, str]], body: bytes = b"") -> bytes:
    lines = [f"{line} HTTP/1.1", "Host: x", "Sec-Fetch-Site: same-origin", "Connection: close",
             *(f"{name}: {value}" for name, value in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def cookie(house_of_all: House) -> str:
    """Of the first candidate's seat, who is in the room."""
    await house_of_all.call_in()
    return await house_of_all.cookie("cand")


async def held_by(home: House, raw: bytes) -> float:
    async with watched() as held:
        answer = await asyncio.to_thread(exchange, int(home.url.rsplit(":", 1)[1]), raw)
    assert answer[:7] == b"HTTP/1."
    assert answer[9:12] not in (b"500", b"429")
    return held.longest


@pytest.mark.parametrize("case", CASES)
@on_its_loop
async def test_no_body_holds_the_others_up(shared: House, cookie: str, case: str):
    path, body, headers = CASES[case]()
    where = f"/seat/{shared.seat('cand')}/{path}?hearing={shared.hearing()}&kind=portfolio_a"
    sent = [("Cookie", cookie), ("Idempotency-Key", "k" * 8), *headers]
    if "Transfer-Encoding" not in dict(headers):
        sent.append(("Content-Length", str(len(body))))
    assert await held_by(shared, request(f"POST {where}", sent, body)) <= fifty_milliseconds()


@pytest.mark.parametrize("case", HEADERS)
@pytest.mark.parametrize("path", ["/", "/static/css/base.css"])
@on_its_loop
async def test_no_header_holds_the_others_up(shared: House, case: str, path: str):
    await shared.browser().get(path)  # templates and catalogues are read once
    assert await held_by(shared, request(f"GET {path}", HEADERS[case])) <= fifty_milliseconds()


@pytest.mark.parametrize("path", PATHS, ids=range(len(PATHS)))
@on_its_loop
async def test_no_address_holds_the_others_up(shared: House, path: str):
    assert await held_by(shared, request(f"GET {path}", [])) <= fifty_milliseconds()
