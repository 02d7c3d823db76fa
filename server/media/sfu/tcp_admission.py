"""The TCP port's door: connections are taken while there is room, and never so many that none is left for others.

Anybody can connect, and a connection proves nothing before its first authenticated check. So each address has only so
many unproven ones, of which the oldest gives way to a new one: somebody else may sit there, too. Where all are taken
that of whoever has most does.
"""

from __future__ import annotations

import asyncio
import errno
import socket
from collections import Counter
from collections.abc import Callable, Iterator

import structlog

from server.addresses import who_at
from server.descriptors import descriptors
from server.media.media_settings import MediaSettings
from server.media.sfu.tcp import AT_ONCE, TcpPath

log = structlog.get_logger(__name__)

BURST = 16  # connections taken per wake-up, so that other work gets its turn
BACKLOG = 128
FULL = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}


class Door:
    """`make` makes the protocol of one connection. `open` before use, `lost` for each that ended."""

    def __init__(self, settings: MediaSettings, make: Callable[[], TcpPath]) -> None:
        self._settings, self._make = settings, make
        self._listener: socket.socket | None = None
        self._paths: dict[TcpPath, str] = {}  # whom each counts for, the oldest first
        self._tasks: set[asyncio.Task[None]] = set()
        self._pause: asyncio.TimerHandle | None = None
        self.most = 0
        """Connections at once."""
        self.refused = 0

    def open(self) -> int:
        """Raises OSError when the port is taken; returns its number."""
        settings, most = self._settings, descriptors()
        self.most = min(settings.tcp_connections, int(most * settings.tcp_share))
        if self.most < settings.tcp_connections:
            log.warning("media.tcp_connections_capped", wanted=settings.tcp_connections, granted=self.most,
                        setting="LimitNOFILE")
        family = socket.AF_INET6 if ":" in settings.bind else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        try:
            listener.setblocking(False)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((settings.bind, settings.tcp_port or 0))
            listener.listen(BACKLOG)
        except OSError:
            listener.close()
            raise
        self._listener = listener
        self._watch()
        return listener.getsockname()[1]

    def close(self) -> None:
        if self._pause is not None:
            self._pause.cancel()
        if self._listener is not None:
            asyncio.get_running_loop().remove_reader(self._listener.fileno())
            self._listener.close()
            self._listener = None
        for path in list(self._paths):
            path.reset()
        for task in self._tasks:
            task.cancel()

    def lost(self, path: TcpPath) -> None:
        self._paths.pop(path, None)

    def unproven(self) -> Iterator[TcpPath]:
        """The oldest first."""
        return (path for path in list(self._paths) if not path.proven)

    def _watch(self) -> None:
        self._pause = None
        if self._listener is not None:
            asyncio.get_running_loop().add_reader(self._listener.fileno(), self._accept)

    def _accept(self) -> None:
        for _ in range(BURST):
            if self._listener is None:
                return
            try:
                taken, peer = self._listener.accept()
            except BlockingIOError:
                return
            except OSError as error:
                if error.errno in FULL:
                    self._rest(error)
                    return
                continue  # it left while it waited
            self._take(taken, who_at(peer[0]))

    def _rest(self, error: OSError) -> None:
        """The connections keep waiting in the system, and so does what would otherwise wake us again and again."""
        log.warning("media.tcp_out_of_descriptors", error=errno.errorcode[error.errno or 0],
                    connections=len(self._paths))
        loop = asyncio.get_running_loop()
        if self._listener is not None:
            loop.remove_reader(self._listener.fileno())
        self._pause = loop.call_later(self._settings.tcp_rest_s, self._watch)

    def _take(self, taken: socket.socket, who: str) -> None:
        if not self._room_for(who):
            self.refused += 1
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
            taken.close()
            return
        taken.setblocking(False)
        path = self._make()
        self._paths[path] = who
        task = asyncio.get_running_loop().create_task(self._connect(taken, path))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _connect(self, taken: socket.socket, path: TcpPath) -> None:
        try:
            await asyncio.get_running_loop().connect_accepted_socket(lambda: path, taken)
        except OSError:
            self.lost(path)
            taken.close()

    def _room_for(self, who: str) -> bool:
        """Makes room where somebody unproven must give way for it."""
        counts = Counter(self._paths[path] for path in self.unproven())
        at_limit = counts[who] >= self._settings.tcp_unproven_per_address
        if not at_limit and len(self._paths) < self.most:
            return True
        if not counts:
            return False
        whose = who if at_limit else counts.most_common(1)[0][0]
        oldest = next(path for path in self.unproven() if self._paths[path] == whose)
        self.lost(oldest)
        oldest.reset()
        return True
