"""Every address of the server, and the one function that puts them into an application."""
from __future__ import annotations

import time
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from server.http import (
    board,
    captures,
    commands,
    documents,
    events,
    identity,
    invitation,
    language,
    links,
    media,
    parts,
    phone,
    public,
    records,
    seat,
    static,
)
from server.http.entry import check_entries, let_in
from server.http.errors import explain_failures
from server.http.events import RECENT
from server.http.limits import Limiter
from server.http.live import LIVE, LiveRooms
from server.http.page_pictures import PICTURES, PagePictures
from server.http.requestlog import log_requests
from server.http.security import add_headers
from server.views.feed import Recent

ROUTES: Final[tuple[tuple[str, str, Handler], ...]] = (
    ("GET", "/", public.front),
    ("GET", "/healthz", public.health),
    ("GET", "/clock", public.clock),
    ("GET", "/locale", language.choose),
    ("GET", "/static/{path:.+}", static.serve),
    ("GET", "/i/{token}", invitation.show),
    ("POST", "/i/{token}", invitation.enter),
    ("POST", "/i/{token}/ask-code", invitation.ask_code),
    ("POST", "/i/{token}/code", invitation.take_over),
    ("GET", "/seat/{seat}/", seat.show),
    ("GET", "/seat/{seat}/events", events.events),
    ("GET", "/seat/{seat}/board/events", board.events),
    ("POST", "/seat/{seat}/commands", commands.command),
    ("POST", "/seat/{seat}/links", links.send_again),
    ("POST", "/seat/{seat}/whip/{source}", media.publish),
    ("OPTIONS", "/seat/{seat}/whip/{source}", media.options),
    ("POST", "/seat/{seat}/whep/{peer}/{source}", media.view),
    ("OPTIONS", "/seat/{seat}/whep/{peer}/{source}", media.options),
    ("PATCH", "/seat/{seat}/media/{resource}", media.restart),
    ("DELETE", "/seat/{seat}/media/{resource}", media.close),
    ("POST", "/seat/{seat}/captures", captures.take),
    ("GET", r"/seat/{seat}/captures/{capture:\w+}.jpg", captures.show),
    ("POST", "/seat/{seat}/documents", documents.upload),
    ("GET", r"/seat/{seat}/documents/{document:\w+}/pages/{page:\d{1,4}}.webp", documents.picture),
    ("GET", r"/seat/{seat}/documents/{document:\w+}/pages/{page:\d{1,4}}/text", documents.text),
    ("GET", "/seat/{seat}/records/{hearing}", records.show),
    ("GET", "/seat/{seat}/records/{hearing}/grid.pdf", records.grid),
    ("GET", "/seat/{seat}/records/{hearing}/accesses.jsonl", records.accesses),
    ("GET", "/seat/{seat}/journal.jsonl", records.journal),
    ("POST", "/seat/{seat}/identity/try", identity.try_out),
    ("POST", "/seat/{seat}/phone", phone.offer),
    ("DELETE", "/seat/{seat}/phone", phone.end),
    ("GET", "/phone-link/{token}", phone.show_link),
    ("POST", "/phone-link/{token}", phone.pair),
    ("GET", "/phone/{seat}/", phone.show),
    ("DELETE", "/phone/{seat}/", phone.end),
    ("POST", "/phone/{seat}/whip/{source}", media.publish),
    ("OPTIONS", "/phone/{seat}/whip/{source}", media.options),
    ("PATCH", "/phone/{seat}/media/{resource}", media.restart),
    ("DELETE", "/phone/{seat}/media/{resource}", media.close),
)


def setup(app: web.Application) -> None:
    """Routes, middlewares and headers. The parts under `parts.*` must be in `app` before. RuntimeError for a route that
    does not say who it is open to."""
    config = app[parts.CONFIG]
    app[parts.LIMITER] = Limiter(time.monotonic)
    app[RECENT] = Recent(app[parts.SESSIONS])
    app[PICTURES] = PagePictures(app[parts.VAULT], config)
    app[LIVE] = live = LiveRooms(app[parts.ENGINE], app[parts.SESSIONS], app[parts.CHECKS], app[parts.WATCHING],
                                config.quality, time.monotonic)
    app[parts.ENGINE].on_change(lambda change: live.changed(change.room))
    app.middlewares.extend((log_requests, explain_failures, let_in))
    app.on_response_prepare.append(add_headers(config.server.public_url.startswith("https://")))
    for method, path, handler in ROUTES:
        # No HEAD beside GET: it would open a stream, or write a line into the record of who looked.
        app.router.add_route(method, path, handler)
    check_entries(app)
    app.on_startup.append(_check_again)


async def _check_again(app: web.Application) -> None:
    """Whatever was added after `setup` declares its door too."""
    check_entries(app)
