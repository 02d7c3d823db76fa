"""A seat changes browsers with a mailed code (X11): the old login's end, the new one and the journal's line are written
together or not at all."""
from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.people import SYSTEM
from server.sessions import NotDone, Sessions
from server.storage.accounts import Accounts, LiveLogin, SeatEntry


async def hand_over(sessions: Sessions, accounts: Accounts, entry: SeatEntry, code: str) -> LiveLogin | None:
    """None when the code is wrong, late, used, or tried too often, and when another browser entered a free seat at that
    very moment: the code is still good then. Refusal when the session closed meanwhile."""
    if not await accounts.check_code(entry.seat, code):
        return None
    given: list[LiveLogin] = []

    async def log_in(connection: AsyncConnection) -> None:
        try:
            given.append(await accounts.take_over(connection, entry.seat, code))
        except LookupError as used:
            raise NotDone(entry.seat) from used

    try:
        await sessions.execute(
            entry.session, SYSTEM, "TakeOverSeat", {"seat": entry.seat}, by_server=True, together=log_in)
    except NotDone:
        return None
    return given[-1]  # what was written before a conflict was dropped with its transaction
