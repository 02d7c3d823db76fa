"""Somebody comes in by a link that lets in once (X15): the link is used, what they sign in with from now on is kept,
what they had before ends, and their browser holds their space. All of it together, or nothing."""
from __future__ import annotations

from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncConnection

from server.journals.write_path import NotDone
from server.people.ways_in import WaysIn
from server.storage.accounts import Accounts
from server.storage.database import Database
from server.storage.entry_links import EntryLink, LinkKind
from server.storage.spaces import How

Keep = Callable[[AsyncConnection], Awaitable[None]]
"""Writes what somebody signs in with from now on."""


class AlreadyUsed(Exception):
    """The link let somebody in a moment before."""


async def join(database: Database, ways: WaysIn, accounts: Accounts, link: EntryLink, keep: Keep, how: How, body: str
               ) -> str:
    """The cookie of the browser. Whoever makes the first account is the clerk of the awarding body of this name.
    AlreadyUsed; Taken for a passkey that somebody has; Refusal for a first account that is none any more."""
    person, given = link.person, list[str]()
    if person is None:
        raise AlreadyUsed(link.key)

    async def write(connection: AsyncConnection) -> None:
        if not await ways.links.use(connection, link):
            raise AlreadyUsed(link.key)
        await ways.credentials.forget(connection, person)
        await accounts.spaces.put_out(connection, person)
        await keep(connection)
        given.append(await accounts.spaces.begin(connection, person, how))

    if link.kind is LinkKind.FIRST:
        await _begin(ways, person, body, write)
    else:
        async with database.writing() as connection:
            await write(connection)
    return given[-1]  # what was written before a conflict was dropped with its transaction


async def _begin(ways: WaysIn, person: str, body: str, write: Keep) -> None:
    """What stands against it comes out as it is, and not as a failed write."""
    async def together(connection: AsyncConnection) -> None:
        try:
            await write(connection)
        except Exception as against:
            raise NotDone(person) from against

    try:
        await ways.holders.begin(person, body, together)
    except NotDone as undone:
        raise undone.__cause__ or undone from None
