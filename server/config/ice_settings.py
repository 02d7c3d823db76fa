"""[ice]: what browsers use to reach the media port where a direct way is blocked."""
from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.config.fields import Positive


@dataclass(frozen=True)
class IceSettings:
    """What browsers use to reach the media port where a direct way is blocked."""

    stun_urls: tuple[str, ...] = ()
    turn_urls: tuple[str, ...] = ()
    turn_secret_file: Path | None = None
    """The secret shared with the TURN server (coturn: `use-auth-secret`, `static-auth-secret`)."""
    ttl_seconds: Positive = 12 * 3600


def ice_servers(settings: IceSettings, seat: str, now: int) -> list[dict[str, Any]]:
    """`RTCConfiguration.iceServers` for one seat. TURN credentials end after `ttl_seconds` (the TURN REST API:
    username `EXPIRY:ID`, credential base64 of its HMAC-SHA1). `now` is in ms since the epoch."""
    servers: list[dict[str, Any]] = []
    if settings.stun_urls:
        servers.append({"urls": list(settings.stun_urls)})
    if settings.turn_urls and settings.turn_secret_file is not None:
        secret = settings.turn_secret_file.read_bytes().strip()
        username = f"{now // 1000 + settings.ttl_seconds}:{seat}"
        credential = base64.b64encode(hmac.new(secret, username.encode(), hashlib.sha1).digest()).decode()
        servers.append({"urls": list(settings.turn_urls), "username": username, "credential": credential})
    return servers
