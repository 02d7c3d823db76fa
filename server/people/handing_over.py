"""What ends a browser's hold of a seat and stands in the journal (X11): another browser takes the seat over with a
mailed code, or the organizer renews the link. The login's end, what comes after it and the journal's line are written
together or not at all."""
from __future__ import annotations

import secrets
from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.people import SYSTEM
from server.journals.of_kind import Sessions
from server.journals.write_path import NotDone
from server.storage.accounts import Accounts
from server.storage.letters import Letter, Outbox
from server.storage.logins import LiveLogin
from server.storage.seats import SeatEntry


async def hand_over(sessions: Sessions, accounts: Accounts, entry: SeatEntry, browser: str, code: str,
                    space: str = "") -> LiveLogin | None:
    """`space`: the browser's hold of the space it comes from (`SpaceLogin.key`).

    None when the code is wrong, another browser's, late, used, or tried too often, and when another browser entered a
    free seat at that very moment: the code is still good then. Refusal when the session closed meanwhile."""
    kept = await accounts.codes.check(entry.seat, browser, code)
    if kept is None:
        return None
    given: list[LiveLogin] = []

    async def log_in(connection: AsyncConnection) -> None:
        try:
            given.append(await accounts.codes.use(connection, entry.seat, browser, kept, space))
        except LookupError as used:
            raise NotDone(entry.seat) from used

    try:
        await sessions.execute(
            entry.session, SYSTEM, "TakeOverSeat", {"seat": entry.seat}, by_server=True, together=log_in)
    except NotDone:
        return None
    return given[-1]  # what was written before a conflict was dropped with its transaction


async def renew_link(sessions: Sessions, accounts: Accounts, outbox: Outbox, session: str, organizer: str, seat: str,
                     letter: Callable[[str], Letter]) -> None:
    """`letter` makes what is mailed from the new link's token. Refusal for a seat that is not there."""
    token = secrets.token_urlsafe(32)
    sealed = await outbox.seal([letter(token)])

    async def renew(connection: AsyncConnection) -> None:
        await accounts.renew(connection, seat, token)
        await outbox.keep(connection, sealed)

    await sessions.execute(session, organizer, "RenewLink", {"seat": seat}, by_server=True, together=renew)
