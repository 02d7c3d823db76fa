"""Links to the first account (X15): printed by `visiojury serve` while nobody can sign in, and by `visiojury office
--first` when nobody is left who can."""
from __future__ import annotations

import sys

from server import logs
from server.addresses import named
from server.cli.main import DONE, kept_in
from server.config import Config
from server.people.ways_in import WaysIn
from server.security_events import SecurityEvent
from server.storage.sign_ins import Means, Result

log = logs.logger(__name__)


async def first_link(ways: WaysIn, url: str) -> str:
    """A new link, in the place of those before."""
    token = await ways.links.first()
    log.info(SecurityEvent.ENTRY_LINK_ISSUED.value, kind=Means.FIRST.value)
    await ways.log.write(None, Means.FIRST, Result.ISSUED, address=None, browser="")
    return f"{url}/first/{token}"


async def first(config: Config) -> int:
    """Beside a running server or without one. Whoever may do this may read all that is kept."""
    async with kept_in(config) as kept:
        if not await kept.ways.holders.nobody():
            print("visiojury: somebody can still sign in, and can let others in from their space; this link makes "
                  "another account all the same", file=sys.stderr)
        url = config.server.public_url or f"http://{named(config.server.host)}:{config.server.port}"
        print(await first_link(kept.ways, url))
    return DONE
