"""What sign-in asks about offices (X15), in one place: whether anybody is left who can act, and who lets others in."""
from __future__ import annotations

from server.storage.credentials import Credentials


class Holders:
    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    async def nobody(self) -> bool:
        """Whether the platform waits for its first account."""
        return not await self._credentials.anybody()

    async def may_let_in(self, issuer: str, person: str) -> bool:
        """Whether somebody may give another person a link by which they set up what they sign in with. Nobody lets
        themselves in."""
        return issuer != person and issuer in await self._credentials.anybody()

    async def may_see_all(self, person: str) -> bool:
        """Whether somebody sees everybody's sign-ins."""
        return person in await self._credentials.anybody()
