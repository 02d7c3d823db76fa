"""A line of limited rate, made of the tests' UDP relay: what waits too long is dropped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from tests.server.media.peers import Relay


@dataclass
class TokenBucket:
    """`bps` bit/s, of which `burst_bytes` may go at once; what would wait longer than `queue_s` is refused."""

    bps: float
    burst_bytes: int = 6_000
    queue_s: float = 0.3
    _full_at: float = float("-inf")
    """When the bucket will be full again."""

    def wait(self, size: int, now: float) -> float | None:
        """Seconds until so many bytes may go; None: they are dropped."""
        full_at = max(self._full_at, now) + size * 8 / self.bps
        wait = max(0.0, full_at - now - self.burst_bytes * 8 / self.bps)
        if wait > self.queue_s:
            return None
        self._full_at = full_at
        return wait


class Line(Relay):
    """Both ways at the same rate; `dropped` counts what did not fit."""

    def __init__(self, server_port: int, bps: float) -> None:
        super().__init__(server_port)
        self.dropped = 0
        self._buckets = TokenBucket(bps), TokenBucket(bps)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._later(self._buckets[0], data, addr, super().datagram_received)

    def down(self, data: bytes, addr: tuple[str, int]) -> None:
        self._later(self._buckets[1], data, addr, super().down)

    def _later(
        self, bucket: TokenBucket, data: bytes, addr: tuple[str, int], pass_on: Callable[[bytes, tuple[str, int]], None]
    ) -> None:
        loop = asyncio.get_running_loop()
        wait = bucket.wait(len(data), loop.time())
        if wait is None:
            self.dropped += 1
        elif wait:
            loop.call_later(wait, pass_on, data, addr)
        else:
            pass_on(data, addr)
