"""The SMTP server that takes letters that come back, in this process ([mail_returns])."""
from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

from aiosmtpd.smtp import SMTP

from server.config import ReturnSettings
from server.mail.returns import Returned


class _Connection(SMTP):
    """Counted while it is there."""

    def __init__(self, there: set[_Connection], settings: ReturnSettings, handler: Returned) -> None:
        super().__init__(handler, data_size_limit=settings.message_bytes, timeout=settings.silent_seconds,
                         hostname=settings.domain, ident="Visiojury", enable_SMTPUTF8=True,
                         loop=asyncio.get_running_loop())
        self._there, self._most = there, settings.connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if len(self._there) >= self._most:
            cast("asyncio.Transport", transport).write(b"421 4.3.2 busy, try again later\r\n")
            transport.close()
            return
        self._there.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self in self._there:
            self._there.discard(self)
            super().connection_lost(error)

    def end(self) -> None:
        if self.transport is not None:
            self.transport.close()


@asynccontextmanager
async def taking_returns(settings: ReturnSettings, handler: Returned) -> AsyncIterator[int]:
    """While inside; the port it listens on. OSError when that is taken."""
    there = set[_Connection]()
    server = await asyncio.get_running_loop().create_server(
        lambda: _Connection(there, settings, handler), settings.host, settings.port, backlog=settings.connections)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for one in tuple(there):
            one.end()
