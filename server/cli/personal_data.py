"""What an administrator does about what is kept: `visiojury purge | hold | erase | person` (X1, R9.2)."""
from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from evaluation.people import SYSTEM
from evaluation.session.retention_periods import Reason
from evaluation.session.state import Hearing, SessionState
from server.app.kept_data import Kept
from server.cli.main import DONE, FAILED, BadInput, kept_in
from server.config import Config
from server.durable import FILE_MODE
from server.people.own_data import OwnData
from server.storage.holds import Reason as HoldReason

SAYS: dict[Reason, str] = {
    "outcome": "no certification jury has ruled",
    "appeal_delay": "an appeal is still possible",
    "appeal": "an appeal is pending (visiojury hold)",
    "incident": "an incident is open (visiojury hold --release)",
    "case": "a case is open: it ends with the commission's decision",
    "reservation": "its identity was decided with a reservation (visiojury hold --release)",
    "other": "somebody holds it (visiojury hold)",
}


async def purge(config: Config) -> int:
    async with kept_in(config) as kept:
        done = await kept.purge()
    print(f"deleted: {done.files} files, {done.answers} answers, {done.letters} letters, {done.openings} openings")
    for kind, count in sorted(done.kinds.items()):
        print(f"  {kind}: {count}")
    for hearing, reasons in done.held:
        print(f"held back: {hearing}: {told(reasons)}")
    return DONE


async def hold(config: Config, session: str, hearing: str, reason: HoldReason) -> int:
    async with kept_in(config) as kept:
        await found(kept, session, hearing)
        await kept.holds.place(session, hearing, reason)
    print(f"{hearing}: held")
    return DONE


async def release(config: Config, session: str, hearing: str, _reason: HoldReason) -> int:
    async with kept_in(config) as kept:
        await found(kept, session, hearing)
        await kept.holds.release(session, hearing)
    print(f"{hearing}: released")
    return DONE


async def erase(config: Config, person: str) -> int:
    """Nothing, and why, while their data may still be needed."""
    async with kept_in(config) as kept:
        profile = await kept.accounts.profile(person)
        if profile is None:
            raise BadInput(f"{person}: no such person, or erased already")
        against, named = await kept.purge.against_erasing(person), await kept.purge.joint.naming(person)
        if not against:
            await kept.imports.forget_about(person, str(profile.get("email") or ""))
            await kept.accounts.erase_person(person)
    for hearing, reasons in against:
        print(f"visiojury: {person}: nothing was erased: {hearing}: {told(reasons)}", file=sys.stderr)
    if against:
        return FAILED
    print(f"{person}: erased")
    if named:
        print(f"  {named} sittings of the certification jury keep papers that name them among others, for "
              f"{config.retention.paper_years} years from their seal")
    return DONE


async def give(config: Config, person: str) -> int:
    """All that is held on one person, in a new file beside."""
    target = Path(f"{person}.zip")
    async with kept_in(config) as kept:
        if await kept.accounts.profile(person) is None:
            raise BadInput(f"{person}: no such person, or erased already")
        try:
            descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        except FileExistsError:
            raise BadInput(f"{target}: this file is there already") from None
        try:
            with os.fdopen(descriptor, "wb") as file:
                await kept.openings.note_person(person, SYSTEM)
                async for piece in OwnData(kept.accounts, kept.journals, kept.rows, kept.vault).zipped(person):
                    await asyncio.to_thread(file.write, piece)
        except BaseException:  # half of it is nothing that anybody should keep
            os.unlink(target)
            raise
    print(f"{target}: all that is held on {person}")
    return DONE


async def found(kept: Kept, session: str, hearing: str) -> tuple[SessionState, Hearing]:
    state = await kept.sessions.state(session)
    if state is None or hearing not in state.hearings:
        raise BadInput(f"{session} {hearing}: no such hearing")
    return state, state.hearings[hearing]


def told(reasons: tuple[Reason, ...]) -> str:
    return ", ".join(SAYS[one] for one in reasons)
