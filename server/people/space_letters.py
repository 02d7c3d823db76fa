"""What is written to a person about their space: that a further browser has opened it; a new link, when they ask."""
from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncConnection

from server import logs
from server.storage.accounts import Accounts
from server.storage.letters import Letter, Outbox

log = logs.logger(__name__)

Link = Callable[[str], str]
"""A link's whole address, from its token."""


async def open_with_code(accounts: Accounts, outbox: Outbox, person: str, browser: str, code: str, letter: Letter
                         ) -> str | None:
    """The cookie of a further browser, with the letter that tells the person: both are kept or neither. None when the
    code is wrong, another browser's, late, used, or tried too often."""
    sealed = await outbox.seal([letter])

    async def tell(connection: AsyncConnection) -> None:
        await outbox.keep(connection, sealed)

    return await accounts.invitations.open_with_code(person, browser, code, together=tell)


class NewLinks:
    """Whoever asks is answered before anything is looked up: the time an answer takes tells nobody who is known.
    `any_open`: whether something of a person's is; `put`: a letter is in the outbox."""

    def __init__(self, accounts: Accounts, outbox: Outbox, any_open: Callable[[str], Awaitable[bool]],
                 put: Callable[[], None]) -> None:
        self._accounts, self._outbox, self._any_open, self._put = accounts, outbox, any_open, put
        self._asked: set[asyncio.Task[None]] = set()

    def ask(self, email: str, locale: str, link: Link) -> None:
        task = asyncio.create_task(self._answer(email, locale, link))
        self._asked.add(task)
        task.add_done_callback(self._asked.discard)

    async def settled(self) -> None:
        """Once everybody who has asked until now is answered."""
        await asyncio.gather(*self._asked)

    async def close(self, _app: object) -> None:
        await self.settled()

    async def _answer(self, email: str, locale: str, link: Link) -> None:
        try:
            for person in await self._accounts.people_at(email):
                await self._outbox.put(await self._letter(person, locale, link))
                self._put()
        except Exception as error:  # nobody waits for it who could be told
            log.error("link.not_mailed", exc_info=error)

    async def _letter(self, person: str, locale: str, link: Link) -> Letter:
        profile = await self._accounts.profile(person) or {}
        fields = {"locale": locale, "first_name": profile.get("first_name", "")}
        if not await self._any_open(person):
            return Letter(person, "nothing_open", fields)
        return Letter(person, "space_link", {**fields, "url": link(await self._accounts.invitations.give(person))})
