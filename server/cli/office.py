"""Links that let in once (X15), for who looks after the machine: `visiojury serve` prints one to the first account
while there is none, and `visiojury office --first` makes one when nobody is left who can sign in."""
from __future__ import annotations

from typing import Any

from server import logs
from server.addresses import named
from server.app.kept_data import Kept
from server.cli.main import DONE, kept_in
from server.config import Config
from server.people.access_letter import access_letter
from server.people.ways_in import WaysIn
from server.security_events import SecurityEvent
from server.storage.entry_links import LinkKind
from server.storage.sign_ins import Means, Result

log = logs.logger(__name__)


async def first_link(ways: WaysIn, url: str) -> str:
    """A new link to the first account, in the place of those before."""
    token = await ways.links.first()
    log.info(SecurityEvent.ENTRY_LINK_ISSUED.value, kind=LinkKind.FIRST.value)
    await ways.log.write(None, Means.FIRST, Result.ISSUED, address=None, browser="")
    return f"{url}/first/{token}"


async def first(config: Config) -> int:
    """Beside a running server or without one. Where the awarding body has clerks who are shut out, a link for each."""
    url = config.server.public_url or f"http://{named(config.server.host)}:{config.server.port}"
    async with kept_in(config) as kept:
        clerks = await kept.ways.holders.clerks()
        for person in clerks:
            profile: dict[str, Any] = await kept.accounts.profile(person) or {}
            print(f"{profile.get('name', person)}: {await link_back(kept, config, person, url)}")
        if not clerks:
            print(await first_link(kept.ways, url))
    return DONE


async def link_back(kept: Kept, config: Config, person: str, url: str) -> str:
    """A new link for somebody who has nothing to sign in with, or has it no more. The person is told by mail."""
    profile: dict[str, Any] = await kept.accounts.profile(person) or {}
    sealed = await kept.outbox.seal([access_letter(person, profile, None, config.server.locale)])
    async with kept.database.writing() as connection:
        token = await kept.ways.links.recovery(connection, person, None)
        await kept.outbox.keep(connection, sealed)
    log.info(SecurityEvent.ENTRY_LINK_ISSUED.value, kind=LinkKind.RECOVERY.value, person=person)
    await kept.ways.log.write(person, Means.RECOVERY, Result.ISSUED, address=None, browser="")
    return f"{url}/recover/{token}"
