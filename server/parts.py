"""The application's parts by key: `app.py` builds them, handlers ask for them (`request.app[parts.SESSIONS]`)."""
from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from server.config import Config
from server.mail.delivery import Delivery
from server.media.engine import MediaEngine
from server.presence import Presence
from server.sessions import Sessions
from server.storage.accounts import Accounts
from server.storage.engine import Database
from server.storage.outbox import Outbox
from server.storage.vault import Vault
from server.streams import Streams

Now = Callable[[], int]
"""Milliseconds since 1970 UTC."""

CONFIG = web.AppKey("config", Config)
NOW = web.AppKey[Now]("now")
DATABASE = web.AppKey("database", Database)
VAULT = web.AppKey("vault", Vault)
ACCOUNTS = web.AppKey("accounts", Accounts)
OUTBOX = web.AppKey("outbox", Outbox)
DELIVERY = web.AppKey("delivery", Delivery)
SESSIONS = web.AppKey("sessions", Sessions)
STREAMS = web.AppKey("streams", Streams)
PRESENCE = web.AppKey("presence", Presence)
ENGINE = web.AppKey[MediaEngine]("engine")
