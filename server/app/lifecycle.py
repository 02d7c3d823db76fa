"""Starting and stopping: in this order, and back."""
from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

from aiohttp import web

from evaluation.session.indexed import UNFINISHED
from evaluation.sitting.kind import SITTING
from evaluation.sitting.sitting_people import INDEX as SITTING_PEOPLE
from server.app.kept_data import Kept, prepare
from server.clock import Clock, Now
from server.config import Config, ReturnSettings
from server.ending import end
from server.identity.worker import IdentityWorkers
from server.journals.clockwork import Clockwork
from server.mail.return_server import taking_returns
from server.mail.returns import Returned
from server.media.engine import MediaEngine
from server.storage.connecting import tls_of
from server.storage.serving import serving_alone
from server.storage.told_of_changes import listening

Context = Callable[[web.Application], AsyncIterator[None]]


def storage(kept: Kept, config: Config, now: Now) -> Context:
    async def context(_app: web.Application) -> AsyncIterator[None]:
        try:
            await prepare(kept, config)
            async with serving_alone(config.storage.url, tls_of(config.storage)):
                if isinstance(now, Clock):
                    now.not_before(await kept.journals.last_at())
                yield
        finally:
            await kept.database.close()

    return context


def media(engine: MediaEngine) -> Context:
    async def context(_app: web.Application) -> AsyncIterator[None]:
        await engine.start()
        yield
        await engine.stop()

    return context


def workers(workers: IdentityWorkers) -> Context:
    """Processes start with the first question."""
    async def context(_app: web.Application) -> AsyncIterator[None]:
        yield
        await workers.stop()

    return context


def journals(config: Config, kept: Kept, clockwork: Clockwork) -> Context:
    """What is due is read, and where the server may have something to finish; everything else when somebody asks."""
    async def look(stream: str) -> None:
        await kept.accounts.changed(stream)
        await kept.journals.look(stream)

    async def look_at_all() -> None:
        await kept.accounts.all_changed()
        await kept.journals.look_at_all()

    async def context(_app: web.Application) -> AsyncIterator[None]:
        await clockwork.load()
        await kept.sessions.load({one.stream for one in await kept.rows.page(UNFINISHED)})
        for sitting in {one.stream for one in await kept.rows.page(SITTING_PEOPLE) if one.data["open"]}:
            await kept.journals.state(SITTING, sitting)
        async with listening(config.storage.url, look, look_at_all, tls_of(config.storage)):
            yield
        await kept.journals.close()

    return context


def returns(settings: ReturnSettings, handler: Returned) -> Context:
    async def context(_app: web.Application) -> AsyncIterator[None]:
        async with taking_returns(settings, handler):
            yield

    return context


def task(run: Callable[[], Coroutine[Any, Any, None]]) -> Context:
    async def context(_app: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(run())
        yield
        await end(task)

    return context
