"""The application's parts by key: `server.app` puts them there, handlers reach for them by request."""
from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import fields
from typing import Final, Protocol
from urllib.parse import urlsplit

from aiohttp import web

from server.addresses import named
from server.checking.checks import IdentityChecks
from server.checking.watching import Watching
from server.clock import calendar_of
from server.config import Config, LimitSettings
from server.cutting.try_out_rooms import TryOutRooms
from server.documents.seals import Seals
from server.http.limits import Limiter, Places, Rate
from server.http.result_reading import ResultPapers
from server.identity.worker import IdentityWorkers
from server.journals.arrivals import Presence
from server.journals.following import Following
from server.journals.of_kind import Sessions
from server.journals.streams import Streams
from server.journals.write_path import Journals
from server.mail.delivery import Delivery
from server.media.engine import MediaEngine
from server.people.bar_matches import BarMatches
from server.people.convening import Convening
from server.people.mass import Runner
from server.people.space_letters import NewLinks
from server.people.ways_in import WaysIn
from server.storage.accounts import Accounts
from server.storage.closed_devices import ClosedDevices
from server.storage.database import Database
from server.storage.follow_ups import FollowUps
from server.storage.imports import Imports
from server.storage.letters import Outbox
from server.storage.mass_acts import MassActs
from server.storage.openings import Openings
from server.storage.rows import Rows
from server.storage.spaces import Spaces
from server.storage.vault import Vault
from server.turns import Turns
from server.views.space import Space

CONFIG: Final = web.AppKey("config", Config)
NOW: Final = web.AppKey[Callable[[], int]]("now")
"""Milliseconds since 1970 UTC."""
DATABASE: Final = web.AppKey("database", Database)
SEALS: Final = web.AppKey("seals", Seals)
VAULT: Final = web.AppKey("vault", Vault)
ACCOUNTS: Final = web.AppKey("accounts", Accounts)
CLOSED: Final = web.AppKey("closed", ClosedDevices)
WAYS_IN: Final = web.AppKey("ways_in", WaysIn)
OUTBOX: Final = web.AppKey("outbox", Outbox)
DELIVERY: Final = web.AppKey("delivery", Delivery)
CONVENING: Final = web.AppKey("convening", Convening)
MASS_ACTS: Final = web.AppKey("mass_acts", MassActs)
MASS: Final = web.AppKey("mass", Runner)
"""Carries them out."""
JOURNALS: Final = web.AppKey("journals", Journals)
SESSIONS: Final = web.AppKey("sessions", Sessions)
STREAMS: Final = web.AppKey("streams", Streams)
PRESENCE: Final = web.AppKey("presence", Presence)
ENGINE: Final = web.AppKey[MediaEngine]("engine")
ROWS: Final = web.AppKey("rows", Rows)
FOLLOW_UPS: Final = web.AppKey("follow_ups", FollowUps)
FOLLOWING: Final = web.AppKey("following", Following)
RESULT_PAPERS: Final = web.AppKey("result_papers", ResultPapers)
BAR_MATCHES: Final = web.AppKey("bar_matches", BarMatches)
IMPORTS: Final = web.AppKey("imports", Imports)
IMPORT_BEGUN: Final = web.AppKey[Callable[[], None]]("import_begun")
"""Says that the lines of one are to be registered."""
OPENINGS: Final = web.AppKey("openings", Openings)
WORKERS: Final = web.AppKey("workers", IdentityWorkers)
TRY_OUTS: Final = web.AppKey("try_outs", TryOutRooms)
CHECKS: Final = web.AppKey("checks", IdentityChecks)
WATCHING: Final = web.AppKey("watching", Watching)
SPACE: Final = web.AppKey("space", Space)
NEW_LINKS: Final = web.AppKey("new_links", NewLinks)
LIMITER: Final = web.AppKey("limiter", Limiter)
PLACES: Final = web.AppKey("places", Places)
STOPPING: Final = web.AppKey("stopping", asyncio.Event)
"""Set when the server begins to stop."""
PAPERS: Final = web.AppKey("papers", Turns)
"""At drawing papers. These six are put there by `routes.setup`."""


class OfTheApplication(Protocol):
    """A request; or what goes on beside requests."""

    @property
    def app(self) -> web.Application: ...


def config(request: OfTheApplication) -> Config:
    return request.app[CONFIG]


def limits(request: web.Request) -> LimitSettings:
    return request.app[CONFIG].limits


def journals(request: OfTheApplication) -> Journals:
    return request.app[JOURNALS]


def rows(request: OfTheApplication) -> Rows:
    return request.app[ROWS]


def sessions(request: web.Request) -> Sessions:
    return request.app[SESSIONS]


def accounts(request: OfTheApplication) -> Accounts:
    return request.app[ACCOUNTS]


def spaces(request: web.Request) -> Spaces:
    return request.app[ACCOUNTS].spaces


def ways(request: web.Request) -> WaysIn:
    return request.app[WAYS_IN]


def closed(request: web.Request) -> ClosedDevices:
    return request.app[CLOSED]


def vault(request: OfTheApplication) -> Vault:
    return request.app[VAULT]


def seals(request: OfTheApplication) -> Seals:
    return request.app[SEALS]


def engine(request: web.Request) -> MediaEngine:
    return request.app[ENGINE]


def try_outs(request: web.Request) -> TryOutRooms:
    return request.app[TRY_OUTS]


def openings(request: web.Request) -> Openings:
    return request.app[OPENINGS]


def workers(request: web.Request) -> IdentityWorkers:
    return request.app[WORKERS]


def limiter(request: web.Request) -> Limiter:
    return request.app[LIMITER]


def now(request: OfTheApplication) -> int:
    return request.app[NOW]()


def calendar(request: web.Request) -> int:
    """The machine's own clock: what another machine compares with its own."""
    return calendar_of(request.app[NOW])()


_LIMITS: Final = frozenset(one.name for one in fields(LimitSettings))


def is_rate(name: str) -> bool:
    return f"{name}_per_minute" in _LIMITS


def rate(request: web.Request, name: str) -> Rate:
    """`limits.NAME_per_minute`. Of these come at once what is due in `burst_seconds`, or `burst_at_least`."""
    held = limits(request)
    per_minute = int(getattr(held, f"{name}_per_minute"))
    burst = max(per_minute * held.burst_seconds // 60, held.burst_at_least)
    return Rate(burst=min(burst, per_minute), per_minute=float(per_minute))


def at_once(request: web.Request, rate: str, *, known: bool) -> int:
    """How many requests one seat or one person, or else one address, may have under way of those counted by this rate.
    """
    held = limits(request)
    if not known:
        return held.address_requests_at_once
    return held.uploads_at_once if rate == "uploads" else held.requests_at_once


def setting(request: web.Request, name: str) -> int:
    """A whole number of config.toml by its full name, as `limits.command_bytes`."""
    section, name = name.split(".")
    return int(getattr(getattr(request.app[CONFIG], section), name))


def https(request: web.Request) -> bool:
    """Whether browsers reach us by https: cookies are then for https alone."""
    return config(request).server.https


def public_host(request: web.Request) -> str:
    """HOST[:PORT] as browsers write it, empty where it is not set."""
    return urlsplit(config(request).server.public_url).netloc.lower()


def client_address(request: web.Request) -> str:
    """Whose request it is; behind our own proxies, the last address in X-Forwarded-For that is not theirs."""
    trusted = config(request).server.trusted_proxies
    address = request.remote or ""
    # Some proxies write a line of their own below the one that came: all lines are one list (RFC 9110 §5.3).
    forwarded = ",".join(request.headers.getall("X-Forwarded-For", ()))
    for one in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
        if address not in trusted:
            break
        address = one
    return address


def public_url(request: web.Request) -> str:
    """What links in letters begin with."""
    server = config(request).server
    if server.public_url:
        return server.public_url
    # Of all that a request may name as its host, what is this machine's: whoever has a link mailed to somebody else
    # must not choose where it leads.
    address, port, *_ = request.get_extra_info("sockname")
    own = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
    local = f"{named(address)}:{port}"
    return f"http://{own if request.host == own else local}"
