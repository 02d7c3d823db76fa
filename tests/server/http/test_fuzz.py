"""Every route with every method and odd input of every kind: no 500, no version, our headers, and nobody is lost.

The seed makes the requests: a failure names its own, and `--long` tries far more.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from server.config import LimitSettings
from server.http import routes
from server.http.security import HEADERS
from tests.server.http.held import exchange
from tests.server.http.house import House, house

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "CONNECT", "PROPFIND", "get", "M" * 60)
ODD = (b"", b"\xff\xfe", "é".encode(), "é".encode("latin-1"), b"\xed\xa0\x80", b"'\"<script>", b"../../etc/passwd",
       b"%00", b"%ff", b"%ed%a0%80", b"%2e%2e%2f", b"%", b"%zz", b"{seat}", b"-1", b"0", b"9" * 400, b"a" * 7000,
       b";", b",", b"=", b"[", b"//x", b"\\x", "\u2028\u202e\U0001f600".encode(), b"null", b"*", b'"', b"\t",
       b"http://[", b"a:b@c:99999")
NAMES = ("Cookie", "Origin", "Sec-Fetch-Site", "Host", "Accept", "Accept-Language", "Content-Type", "Content-Length",
         "Content-Encoding", "Transfer-Encoding", "Expect", "Idempotency-Key", "X-Position", "Last-Event-ID",
         "If-Match", "If-None-Match", "If-Modified-Since", "If-Range", "Range", "X-Forwarded-For", "Forwarded",
         "Upgrade", "Connection", "X-HTTP-Method-Override", "Authorization", "Referer", "User-Agent", "Via", "Te",
         "Max-Forwards")
USUAL = {
    "Content-Type": (b"application/json", b"application/sdp", b"application/trickle-ice-sdpfrag", b"text/plain",
                     b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=b", b"multipart/form-data"),
    "Sec-Fetch-Site": (b"same-origin", b"cross-site"), "Expect": (b"100-continue", b"200-ok"),
    "Upgrade": (b"websocket", b"h2c"), "Connection": (b"close", b"upgrade"), "Accept": (b"text/html",),
    "Range": (b"bytes=0-1", b"bytes=9-1"), "Transfer-Encoding": (b"chunked", b"gzip, chunked"),
    "Content-Encoding": (b"gzip", b"br"), "Idempotency-Key": (b"k" * 8,), "X-Position": (b"1",),
    "Last-Event-ID": (b"1",),
}
BODIES = (
    b"", b"{}", b"[]", b"null", b"\xff", b'{"command": "SetMark"}', b'{"command": "\\ud800"}', b'{"command": {"a": 1}}',
    b'{"command": "ReportProblem", "words": "\\u0000"}', b'{"command": "ReportProblem", "words": ["a"]}',
    b"[" * 5000,
    b'{"hearing": null, "seat": 1, "source": []}', b'{"seat": "\\udfff"}', b"v=0\r\n", b"v=0\r\nm=audio 9 X 0\r\n",
    b"\0" * 50,
    b"code=%ff&code", b"code=" + "١٢٣٤٥٦".encode(), b"--b\r\n\r\n\r\n--b--\r\n", b"--b--\r\n", b"--b\r\n",
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="\xff\xfe.pdf"\r\n\r\nx\r\n--b--\r\n',
    b'--b\r\nContent-Disposition: form-data; name="\xff"\r\n\r\nx\r\n--b--\r\n',
    b"--b\r\nContent-Disposition: form-data; name*=utf-8''%ff; filename*=utf-9''a\r\n\r\nx\r\n--b--\r\n",
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\nContent-Length: -1\r\n\r\nx\r\n--b--\r\n',
    b'--b\r\n\xff: \xff\r\n\r\nx\r\n--b--\r\n',
)
SEATS = ("cand", "emp", "org", "obs")
AT_A_TIME = 24


@dataclass(frozen=True)
class Fuzz:
    """Makes requests. `places` fill a route's pattern, `cookies` are those of seats."""

    dice: random.Random
    places: Mapping[str, tuple[str, ...]]
    cookies: Mapping[str, str]

    def request(self, route: tuple[str, str, object, str]) -> bytes:
        method, pattern, *_ = route
        if self.dice.random() < 0.3:
            method = self.dice.choice(METHODS)
        body = self.dice.choice(BODIES) if self.dice.random() < 0.7 else b""
        seat = self.dice.choice(SEATS)
        lines = [b" ".join((method.encode(), self._address(pattern, seat), b"HTTP/1.1")), *self._headers(seat, body)]
        return b"\r\n".join(lines) + b"\r\n\r\n" + body

    def _address(self, pattern: str, seat: str) -> bytes:
        def place(found: re.Match[str]) -> str:
            if self.dice.random() < 0.15:
                return self.dice.choice(ODD).decode("latin-1").replace("\t", "%09")
            known = self.places.get(found[1], ("x1",))
            return known[SEATS.index(seat)] if found[1] == "seat" else self.dice.choice(known)

        path = re.sub(r"\{(\w+)[^/]*?\}(?=[/.]|$)", place, pattern)
        if self.dice.random() < 0.4:
            query = "&".join(f"{name}={self.dice.choice(ODD).decode('latin-1').replace(chr(9), '%09')}"
                             for name in ("hearing", "kind", "to", "back", "identity"))
            path += "?" + query
        return path.encode("latin-1")

    def _headers(self, seat: str, body: bytes) -> list[bytes]:
        sent = {"Host": b"x", "Cookie": self.cookies[seat].encode(), "Sec-Fetch-Site": b"same-origin",
                "Content-Type": self.dice.choice(USUAL["Content-Type"]),
                "Idempotency-Key": b"k%07d" % self.dice.randrange(10**7),
                "Content-Length": b"%d" % len(body), "Connection": b"close"}
        for name in self.dice.sample(NAMES, self.dice.randrange(4)):
            sent[name] = self.dice.choice((*USUAL.get(name, ()), *ODD))
        if self.dice.random() < 0.1:  # the seat's own, with something else in it
            sent["Cookie"] = self.cookies[seat].split("=")[0].encode() + b"=" + self.dice.choice(ODD)
        return [name.encode() + b": " + value for name, value in sent.items()]


def faults(answer: bytes) -> list[str]:
    """What is wrong with an answer. None at all is what a request without an end gets."""
    if not answer:
        return []
    head = answer.split(b"\r\n\r\n", 1)[0].decode("latin-1").split("\r\n")
    status = head[0].split(" ")[1]
    if status == "100":
        return faults(answer.split(b"\r\n\r\n", 1)[1])
    names = {one.split(":")[0].lower() for one in head[1:]}
    found = [f"status {status}"] if status.startswith("5") and status != "503" else []
    found += [f"no {name}" for name in HEADERS if name.lower() not in names]
    found += ["Server"] if "server" in names else []
    return found + [word for word in ("aiohttp", "Python/", "Traceback") if word.encode() in answer]


async def places_of(home: House) -> dict[str, tuple[str, ...]]:
    return {"seat": tuple(home.seat(name) for name in SEATS), "hearing": (home.hearing(),),
            "token": tuple(home.tokens.values()), "source": ("main", "second"),
            "peer": (home.seat("cand"),), "page": ("1", "0"), "path": ("css/base.css", "x")}


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
async def test_odd_requests_are_answered_in_our_way(tmp_path: Path, seed: int, tries: Callable[[int, int], int]):
    free = {f"limits__{name}": 10**6 for name in vars(LimitSettings()) if name.endswith("_per_minute")}
    async with house(tmp_path, **free, server__header_seconds=1, server__body_silent_seconds=1) as home:
        await home.to_questions()
        cookies = {name: await home.cookie(name) for name in SEATS}
        fuzz = Fuzz(random.Random(seed), await places_of(home), cookies)
        requests = [fuzz.request(route) for _ in range(tries(3, 300)) for route in routes.ROUTES]
        wrong = await _tried(int(home.url.rsplit(":", 1)[1]), requests)
        assert wrong == {}
        assert (await (await home.browser().get("/healthz")).text()) == "ok\n"


async def _tried(port: int, requests: list[bytes]) -> dict[bytes, list[str]]:
    """Some at a time, most of which wait; of each request that was answered otherwise, what was wrong."""
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(AT_A_TIME) as threads:
        # A stream has no end: what has come within a second is looked at.
        answers = [loop.run_in_executor(threads, exchange, port, request, 1.0) for request in requests]
        found = [faults(answer) for answer in await asyncio.gather(*answers)]
    return {request: wrong for request, wrong in zip(requests, found, strict=True) if wrong}
