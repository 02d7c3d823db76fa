"""The media TCP port under people who connect and say nothing, or nonsense: others go on being served."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import errno
import json
import os
import resource
import socket
import struct
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from structlog.testing import capture_logs

from server.addresses import who_at
from server.media.media_settings import MediaSettings
from server.media.sfu.tcp_admission import Door
from tests.pace import patient
from tests.server.media.peers import TcpBridge, publish, until, view

DESCRIPTORS = 256


@pytest.fixture
def settings() -> MediaSettings:
    return dataclasses.replace(MediaSettings(), tcp_connections=12, tcp_unproven_per_address=4, tcp_rest_s=0.2)


class Idle:
    """Connections from one address that say nothing."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self._port, self._host = port, host
        self.sockets: list[socket.socket] = []

    async def connect(self, count: int) -> None:
        for _ in range(count):
            one = socket.socket()
            one.setblocking(False)
            one.bind((self._host, 0))
            with contextlib.suppress(OSError):
                connected = asyncio.get_running_loop().sock_connect(one, ("127.0.0.1", self._port))
                await asyncio.wait_for(connected, patient(1))
            self.sockets.append(one)

    def open(self) -> int:
        """How many the server still holds."""
        held = 0
        for one in self.sockets:
            try:
                held += one.recv(1) != b""
            except BlockingIOError:
                held += 1
            except OSError:
                pass
        return held

    def close(self) -> None:
        for one in self.sockets:
            one.close()


async def test_one_address_holds_only_so_many_that_prove_nothing(sfu, closing):
    idle = closing(Idle(sfu.tcp_port))
    await idle.connect(30)
    await until(lambda: idle.open() == 4)


async def test_who_sits_behind_an_address_that_holds_all_it_may_is_let_in(sfu, closing):
    idle, late = closing(Idle(sfu.tcp_port)), closing(Idle(sfu.tcp_port))
    await idle.connect(4)
    await until(lambda: len(sfu._port._door._paths) == 4)
    await late.connect(1)
    await until(lambda: idle.open() + late.open() == 4)
    assert late.open() == 1


async def test_the_oldest_unproven_of_whoever_has_most_gives_way(sfu, closing):
    crowd = [closing(Idle(sfu.tcp_port, f"127.0.0.{i}")) for i in (2, 3, 4)]
    for one in crowd:
        await one.connect(4)
    late = closing(Idle(sfu.tcp_port, "127.0.0.9"))
    await late.connect(2)
    await until(lambda: sum(one.open() for one in crowd) == 10)
    assert late.open() == 2


async def test_media_flows_over_tcp_while_others_hold_all_they_can(sfu, closing):
    crowd = [closing(Idle(sfu.tcp_port, f"127.0.0.{i}")) for i in range(2, 8)]
    for one in crowd:
        await one.connect(4)
    up, down = closing(TcpBridge(sfu.tcp_port)), closing(TcpBridge(sfu.tcp_port))
    closing(await publish(sfu, "candidate", port=await up.open()))
    viewer = closing(await view(sfu, "juror1", "candidate", port=await down.open()))
    for one in crowd:
        await one.connect(4)
    seen = viewer.frames["video"]
    await until(lambda: viewer.frames["video"] > seen + 5)


@pytest.mark.parametrize("packet", [b"", b"\x00", bytes(19), bytes(2049)])
async def test_who_proves_nothing_and_sends_what_cannot_prove_anything_is_cut(sfu, packet):
    reader, writer = await asyncio.open_connection("127.0.0.1", sfu.tcp_port)
    writer.write(struct.pack("!H", len(packet)) + packet)
    with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
        await asyncio.wait_for(reader.readexactly(1), patient(2))
    writer.close()


async def test_without_descriptors_the_door_rests_instead_of_asking_again_and_again(monkeypatch, settings):
    door = Door(settings, lambda: pytest.fail("nobody comes"))
    port = door.open()
    asked: list[OSError] = []

    class Exhausted:
        def __init__(self, listener: socket.socket) -> None:
            self.fileno, self.close = listener.fileno, listener.close

        def accept(self) -> None:
            asked.append(OSError(errno.EMFILE, "no descriptor left"))
            raise asked[-1]

    assert door._listener is not None
    door._listener = Exhausted(door._listener)  # type: ignore[assignment]
    waiting = Idle(port)
    await waiting.connect(3)
    await until(lambda: len(asked) == 1)
    turns = 0
    while len(asked) == 1:  # it comes back by itself
        await asyncio.sleep(0.01)
        turns += 1
    assert turns >= 5
    assert waiting.open() == 3
    waiting.close()
    door.close()


async def test_few_descriptors_leave_the_port_its_share_and_the_log_says_so(monkeypatch, settings):
    monkeypatch.setattr("server.media.sfu.tcp_admission.descriptors", lambda: 40)
    door = Door(settings, lambda: pytest.fail("nobody comes"))
    with capture_logs() as logs:
        door.open()
    door.close()
    assert door.most == 10
    assert [(entry["event"], entry["wanted"], entry["granted"]) for entry in logs] == [
        ("media.tcp_connections_capped", 12, 10)
    ]


@pytest.mark.parametrize(("one", "other", "same"), [
    ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
    ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ("::ffff:192.0.2.1", "192.0.2.1", True),
    ("192.0.2.1", "192.0.2.2", False),
    ("fe80::1%eth0", "fe80::2%eth1", True),
])
def test_a_limit_counts_a_subscriber_not_an_address(one, other, same):
    assert (who_at(one) == who_at(other)) is same


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[tuple[str, int]]:
    """A server of its own that may open few descriptors: its address, and its media TCP port."""
    log = tmp_path / "log.jsonl"
    with log.open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "server", "demo", "--json", "--data", str(tmp_path / "data"),
            stdout=subprocess.PIPE, stderr=errors, env=os.environ,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (128, DESCRIPTORS)))
    assert process.stdout is not None
    try:
        links = json.loads(await process.stdout.readline())
        lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
        started = next(line for line in lines if line["event"] == "media.started")
        yield links["url"], started["tcp_port"]
    finally:
        process.terminate()
        await process.wait()


async def test_pages_are_served_while_the_media_port_is_besieged(small, closing):
    url, port = small
    crowd = [closing(Idle(port, f"127.0.0.{i}")) for i in range(2, 12)]
    for one in crowd:
        await one.connect(40)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(patient(10))) as client:
        for _ in range(3):
            async with client.get(f"{url}/healthz", headers={"Connection": "close"}) as answer:
                assert answer.status == 200
    assert sum(one.open() for one in crowd) <= DESCRIPTORS // 4
