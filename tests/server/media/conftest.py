from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import aioice.ice
import pytest

from server.media.engine import SourceChange
from server.media.media_settings import MediaSettings
from server.media.sfu.built_in_engine import Sfu
from tests.server.media.peers import ROOM, everybody


@pytest.fixture(autouse=True)
def loopback_candidates(monkeypatch: pytest.MonkeyPatch) -> None:
    """aioice leaves the loopback out; the server listens there alone."""
    monkeypatch.setattr(aioice.ice, "get_host_addresses", lambda use_ipv4, use_ipv6: ["127.0.0.1"])


@pytest.fixture
def settings() -> MediaSettings:
    return MediaSettings()


@pytest.fixture
async def sfu(settings: MediaSettings) -> AsyncIterator[Sfu]:
    """Started, with one room where candidate, juror1, juror2 and juror3 may do everything."""
    engine = Sfu(settings)
    await engine.start()
    engine.set_rights(ROOM, everybody("candidate", "juror1", "juror2", "juror3"))
    yield engine
    await engine.stop()


@pytest.fixture
def changes(sfu: Sfu) -> list[SourceChange]:
    seen: list[SourceChange] = []
    sfu.on_change(seen.append)
    return seen


@pytest.fixture
async def closing() -> AsyncIterator[Callable[..., object]]:
    """`closing(client)` closes it (its `close`, awaited if need be) at the end of the test."""
    async with AsyncExitStack() as stack:

        def close_at_end(thing):
            async def close():
                result = thing.close()
                if result is not None:
                    await result

            stack.push_async_callback(close)
            return thing

        yield close_at_end
