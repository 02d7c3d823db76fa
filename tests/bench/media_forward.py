"""Forwarding: what it costs beside aiortc's MediaRelay and Debian's Janus, what it loses, how long it takes.

The load encodes and decodes nothing while it measures. All of it runs in a network namespace of its own where the
system permits one: Janus does not use the loopback address.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import socket
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aioice.ice
import uvloop

from tests.bench.clip import Clip, make_clip
from tests.bench.engines import janus_videoroom, served
from tests.bench.figures import NOT_MEASURED, Reach, Teller, median, ratio
from tests.bench.peer import RECEIVE_BUFFER
from tests.bench.processes import child, die_with_parent, end_on_terminate, python
from tests.bench.rooms import VIEWERS, Measured, Rooms

BENCH = "media_forward"
RATIO = Reach("at most", 1 / 15)
LOSS, DELAY = Reach("at most", 0.0), Reach("under", 10.0)
ADDRESS = "198.18.0.1"
"""Of RFC 2544's range for benchmarks."""
NAMESPACE = ["unshare", "--user", "--map-root-user", "--net", "sh", "-c", f"""
ip link set lo up && ip link add bench0 type veth peer name bench1 && ip addr add {ADDRESS}/24 dev bench0 &&
ip link set bench0 up && ip link set bench1 up && exec "$@"
""", "sh"]


@dataclass(frozen=True)
class Plan:
    """How much of everything. `turns` are taken in turn: A B A B."""

    sizes: tuple[int, ...] = (24, 48)
    turns: int = 3
    seconds: float = 5.0
    idle_seconds: float = 5.0
    clip_seconds: float = 4.0
    relay_settle_seconds: float = 3.0
    floor_packets: int = 100_000


QUICK = Plan(sizes=(1, 2), turns=1, seconds=1.0, idle_seconds=1.0, clip_seconds=1.0, relay_settle_seconds=1.0,
             floor_packets=5_000)


def run(out: Path, quick: bool = False) -> Iterator[dict[str, Any]]:
    inside = ADDRESS if _namespaces() else _own_address()
    command = python("tests.bench.media_forward", inside, "--out", str(out), *(["--quick"] if quick else []))
    if inside == ADDRESS:
        command = [*NAMESPACE, *command]
    with child(command, out / f"{BENCH}.log") as process:
        while said := process.read():
            yield said


def _namespaces() -> bool:
    try:
        return subprocess.run([*NAMESPACE, "true"], capture_output=True, timeout=10).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _own_address() -> str:
    return next(iter(aioice.ice.get_host_addresses(True, False)), "127.0.0.1")


async def measure(address: str, out: Path, plan: Plan, tell: Teller) -> AsyncIterator[dict[str, Any]]:
    clip = await asyncio.to_thread(make_clip, plan.clip_seconds)
    async for line in beside_relay(address, out, plan, tell, clip):
        yield line
    async for line in beside_janus(address, out, plan, tell, clip):
        yield line


async def beside_relay(
    address: str, out: Path, plan: Plan, tell: Teller, clip: Clip
) -> AsyncIterator[dict[str, Any]]:
    """One room, on ours and on MediaRelay."""
    runs: dict[str, list[Measured]] = {"sfu": [], "relay": []}
    async with AsyncExitStack() as stack:
        both = [Rooms(await stack.enter_async_context(served(name, address, out)), clip) for name in runs]
        for rooms in both:
            stack.callback(rooms.close)
            await rooms.open(1)
        for _ in range(plan.turns):
            for rooms in both:
                runs[rooms.engine.name].append(await rooms.measure(plan.seconds, plan.relay_settle_seconds))
    cpu = {name: [one.cpu for one in measured] for name, measured in runs.items()}
    value = ratio(median(cpu["sfu"]), median(cpu["relay"]))
    yield tell.line(
        "cpu_ratio_to_mediarelay", value, "share", RATIO, runs=cpu, viewers=VIEWERS,
        in_bps=median([one.in_bps for one in runs["sfu"]]), feedback_per_s=_medians(runs, "feedback_per_s"),
        out_packets_per_s=_medians(runs, "out_per_s"),
    )


async def beside_janus(
    address: str, out: Path, plan: Plan, tell: Teller, clip: Clip
) -> AsyncIterator[dict[str, Any]]:
    """Many rooms, on ours and on Janus' VideoRoom, and the floor beside."""
    async with AsyncExitStack() as stack:
        engines = [await stack.enter_async_context(served("sfu", address, out))]
        janus = await stack.enter_async_context(janus_videoroom(address, out))
        everybody = [Rooms(engine, clip) for engine in (*engines, janus) if engine is not None]
        for rooms in everybody:
            stack.callback(rooms.close)
        cipher: dict[str, str] = {}
        for size in plan.sizes:
            for rooms in everybody:
                await rooms.open(size)
            if size == plan.sizes[0]:
                for rooms in everybody:
                    async for line in _connections(rooms, plan, tell):
                        yield line
                cipher = {rooms.engine.name: rooms.publishers[0].peer.cipher for rooms in everybody}
                yield await _floor(address, plan, tell, clip, cipher["sfu"])
            runs: dict[str, list[Measured]] = {rooms.engine.name: [] for rooms in everybody}
            for _ in range(plan.turns):
                for rooms in everybody:
                    runs[rooms.engine.name].append(await rooms.measure(plan.seconds))
            for line in _forwarding(tell, size, runs, cipher):
                yield line


async def _connections(rooms: Rooms, plan: Plan, tell: Teller) -> AsyncIterator[dict[str, Any]]:
    """What a connection costs, of ours and of the other engine."""
    said: dict[str, Any] = {"engine": rooms.engine.name, "connections": rooms.connections}
    yield tell.line("memory_per_connection", rooms.memory_per_connection(), "KiB", **said)
    yield tell.line("setup", median(rooms.setup_ms), "ms", **said)
    yield tell.line("setup_cpu", rooms.setup_cpu_ms / rooms.connections, "ms", **said)
    idle = await rooms.idle_cpu_per_connection(plan.idle_seconds)
    yield tell.line("idle_cpu_per_connection", idle * 100, "% of a core", **said)


def _forwarding(
    tell: Teller, size: int, runs: dict[str, list[Measured]], cipher: dict[str, str]
) -> Iterator[dict[str, Any]]:
    """Ours is judged, the other engine's figures stand beside."""
    others = _median(runs["janus"], "cpu_per_packet_us") if "janus" in runs else None
    per_packet = Reach("at most", others, "janus")
    for name, measured in runs.items():
        judged = name == "sfu"
        said: dict[str, Any] = {"engine": name, "rooms": size}
        more: dict[str, Any] = {
            "cipher": cipher[name],
            "buffers": _buffers(name),
            "out_packets_per_s": _median(measured, "out_per_s"),
            "feedback_per_s": _median(measured, "feedback_per_s"),
            "generator_cpu": _median(measured, "generator_cpu"),
        }
        # The worst of all turns: a lost packet is not made good by a turn without.
        losses = [one.loss for one in measured]
        yield tell.line("loss", max(losses), "share", LOSS if judged else None, **said, runs=losses)
        for figure, reach in (("delay_p50", None), ("delay_p99", DELAY if judged else None)):
            delays = _series(measured, f"{figure}_ms")
            yield tell.line(figure, median(delays), "ms", reach, **said, runs=delays)
        costs = _series(measured, "cpu_per_packet_us")
        yield tell.line(
            "cpu_per_packet", median(costs), "µs", per_packet if judged else None, **said, runs=costs, **more
        )
    if "janus" not in runs:
        yield tell.line("cpu_per_packet", None, "µs", engine="janus", rooms=size, cases=NOT_MEASURED)


async def _floor(address: str, plan: Plan, tell: Teller, clip: Clip, cipher: str) -> dict[str, Any]:
    """Read here, sent by a process of its own."""
    runs: list[float] = []
    with _sink(address) as port:
        for _ in range(plan.turns):
            process = await asyncio.create_subprocess_exec(
                *python("tests.bench.floor", address, str(port), str(plan.floor_packets), cipher),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            )
            said, _ = await process.communicate(json.dumps(clip.sizes()).encode())
            runs.append(json.loads(said))
    return tell.line("floor_cpu_per_packet", median(runs), "µs", runs=runs, cipher=cipher)


@contextmanager
def _sink(address: str) -> Iterator[int]:
    """A socket that takes whatever comes."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taking:
        taking.setblocking(False)
        taking.bind((address, 0))

        def take() -> None:
            try:
                for _ in range(256):
                    taking.recv(2048)
            except BlockingIOError:
                pass

        loop = asyncio.get_running_loop()
        loop.add_reader(taking.fileno(), take)
        yield taking.getsockname()[1]
        loop.remove_reader(taking.fileno())


def _buffers(engine: str) -> dict[str, object]:
    """Bytes of the sockets that receive: of the engine (ours has one for all, Janus one for each connection), and of
    every viewer."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        usual = one.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF) // 2  # Linux says twice what it grants
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
        largest = one.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF) // 2
    mine = {"bytes": largest, "sockets": "one"} if engine == "sfu" else {"bytes": usual, "sockets": "one a connection"}
    return {**mine, "viewer_bytes": min(RECEIVE_BUFFER, largest)}


def _series(measured: list[Measured], name: str) -> list[float]:
    return [value for one in measured if (value := getattr(one, name)) is not None]


def _median(measured: list[Measured], name: str) -> float | None:
    return median(_series(measured, name))


def _medians(runs: dict[str, list[Measured]], name: str) -> dict[str, float | None]:
    return {engine: _median(measured, name) for engine, measured in runs.items()}


async def _inside(address: str, out: Path, plan: Plan, tell: Teller) -> None:
    async for line in measure(address, out, plan, tell):
        print(json.dumps(line, ensure_ascii=False), flush=True)
    print("null", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    end_on_terminate()
    die_with_parent()  # a namespace of its own has forgotten that
    uvloop.run(_inside(given.address, given.out, QUICK if given.quick else Plan(), Teller(BENCH, given.quick)))
