"""Somebody comes in by a link that lets in once (X15): the link is used, what they sign in with from now on is kept,
what they had before ends, and their browser holds their space. All of it together, or nothing."""
from __future__ import annotations

from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncConnection

from server.people.ways_in import WaysIn
from server.storage.accounts import Accounts
from server.storage.engine import Database
from server.storage.entry_links import EntryLink
from server.storage.spaces import How

Keep = Callable[[AsyncConnection], Awaitable[None]]
"""Writes what somebody signs in with from now on."""


class AlreadyUsed(Exception):
    """The link let somebody in a moment before."""


async def join(database: Database, ways: WaysIn, accounts: Accounts, link: EntryLink, keep: Keep, how: How) -> str:
    """The cookie of the browser. AlreadyUsed; Taken for a passkey that somebody has."""
    person = link.person
    if person is None:
        raise AlreadyUsed(link.key)
    async with database.writing() as connection:
        if not await ways.links.use(connection, link):
            raise AlreadyUsed(link.key)
        await ways.credentials.forget(connection, person)
        await accounts.spaces.put_out(connection, person)
        await keep(connection)
        return await accounts.spaces.begin(connection, person, how)
