"""Security events that follow from a request: with the address it came from, as far as the settings keep it."""
from __future__ import annotations

from aiohttp import web

from server import logs
from server.addresses import network_of, parse_address
from server.config import ServerSettings
from server.http import parts
from server.security_events import REFUSALS, SecurityEvent

log = logs.logger(__name__)

NETWORK_BITS = {4: 24, 6: 48}


def note(request: web.Request, event: SecurityEvent, *, seat: str | None = None, session: str | None = None,
         person: str | None = None, **more: object) -> None:
    address = address_kept(parts.config(request).server, parts.client_address(request))
    known = {"seat": seat, "session": session, "person": person, "address": address, **more}
    tell = log.warning if event in REFUSALS else log.info
    tell(event.value, **{name: value for name, value in known.items() if value is not None})


def address_kept(settings: ServerSettings, address: str) -> str | None:
    """As far as `log_addresses` allows."""
    kept = settings.log_addresses
    if kept == "none":
        return None
    parsed = parse_address(address)
    if parsed is None or kept == "whole":
        return str(parsed) if parsed else None
    return str(network_of(parsed, NETWORK_BITS[parsed.version]))
