"""Rooms of one engine: opened, played, and measured for a while."""

from __future__ import annotations

import asyncio
import gc
import os
import time
from dataclasses import dataclass, field

from tests.bench.clip import Clip
from tests.bench.engines import Engine
from tests.bench.figures import percentile
from tests.bench.processes import cpu_seconds, memory_kib
from tests.bench.traffic import Delays, Publisher, Viewer

VIEWERS = 3
SETTLE_S = 1.0
"""Between the first packet and the first that counts; a keyframe has come by then."""


@dataclass(frozen=True)
class Measured:
    """One engine for a while. Seconds of CPU a second, microseconds a packet, milliseconds, a share 0..1."""

    cpu: float
    cpu_per_packet_us: float
    loss: float
    delay_p50_ms: float | None
    delay_p99_ms: float | None
    out_per_s: float
    in_bps: float
    feedback_per_s: float
    generator_cpu: float


@dataclass
class Rooms:
    """All rooms opened on one engine so far. `setup_ms` is by connection, from the request to keys in place."""

    engine: Engine
    clip: Clip
    publishers: list[Publisher] = field(default_factory=list[Publisher])
    viewers: list[Viewer] = field(default_factory=list[Viewer])
    setup_ms: list[float] = field(default_factory=list[float])
    setup_cpu_ms: float = 0.0
    memory_before: float = 0.0
    delays: Delays = field(default_factory=Delays)

    @property
    def connections(self) -> int:
        return len(self.publishers) + len(self.viewers)

    async def open(self, count: int) -> None:
        """Until there are so many rooms; one connection after the other, nobody sending."""
        self.memory_before = self.memory_before or memory_kib(self.engine.pid)
        cpu = cpu_seconds(self.engine.pid)
        for number in range(len(self.publishers), count):
            room = f"room{number}"
            start = time.perf_counter()
            publishing = await self.engine.publish(room)
            self._took(start)
            self.publishers.append(Publisher(publishing, self.clip, self.engine.stamped))
            for i in range(VIEWERS):
                start = time.perf_counter()
                viewing = await self.engine.view(room, f"viewer{i}")
                self._took(start)
                self.viewers.append(Viewer(viewing, self.delays, self.engine.estimate_bps))
        self.setup_cpu_ms += (cpu_seconds(self.engine.pid) - cpu) * 1e3

    def _took(self, start: float) -> None:
        self.setup_ms.append((time.perf_counter() - start) * 1e3)

    def memory_per_connection(self) -> float:
        """KiB; before anything was sent."""
        return (memory_kib(self.engine.pid) - self.memory_before) / self.connections

    async def idle_cpu_per_connection(self, seconds: float) -> float:
        """Seconds of CPU a second, nobody sending."""
        before, start = cpu_seconds(self.engine.pid), time.perf_counter()
        await asyncio.sleep(seconds)
        return (cpu_seconds(self.engine.pid) - before) / (time.perf_counter() - start) / self.connections

    async def measure(self, seconds: float, settle: float = SETTLE_S) -> Measured:
        """Everybody plays; then silence again, so that another engine can have its turn."""
        # Before anybody plays: a load that stands still for a moment sends all it owes at once, and the engine's queue
        # of that moment would count as its delay.
        gc.collect()
        gc.disable()
        try:
            for one in self.publishers:
                one.playing.set()
            await asyncio.sleep(settle)
            return await self._measure(seconds)
        finally:
            gc.enable()
            for one in self.publishers:
                one.playing.clear()
            await asyncio.sleep(0.2)

    async def _measure(self, seconds: float) -> Measured:
        streams = [s for viewer in self.viewers for s in viewer.streams.values()]
        for stream in streams:
            stream.begin()
        self.delays.seconds.clear()
        self.delays.on = True
        sent, feedback = (sum(getattr(p, name) for p in self.publishers) for name in ("bytes", "feedback"))
        cpu, own, start = cpu_seconds(self.engine.pid), cpu_seconds(os.getpid()), time.perf_counter()
        await asyncio.sleep(seconds)
        took = time.perf_counter() - start
        cpu, own = (cpu_seconds(self.engine.pid) - cpu) / took, (cpu_seconds(os.getpid()) - own) / took
        self.delays.on = False
        expected, received = sum(s.expected for s in streams), sum(s.received for s in streams)
        if len(streams) < 2 * len(self.viewers) or not received:
            raise RuntimeError(f"{self.engine.name}: {len(streams)} streams for {len(self.viewers)} viewers")
        p50, p99 = (percentile(self.delays.seconds, share) for share in (0.5, 0.99))
        return Measured(
            cpu=cpu,
            cpu_per_packet_us=cpu * 1e6 / (received / took),
            loss=max(0, expected - received) / expected,
            delay_p50_ms=None if p50 is None else p50 * 1e3,
            delay_p99_ms=None if p99 is None else p99 * 1e3,
            out_per_s=received / took,
            in_bps=(sum(p.bytes for p in self.publishers) - sent) * 8 / took,
            feedback_per_s=(sum(p.feedback for p in self.publishers) - feedback) / took / len(self.publishers),
            generator_cpu=own,
        )

    def close(self) -> None:
        for one in (*self.publishers, *self.viewers):
            one.task.cancel()
            one.peer.close()
