"""A file and the command that refers to it: both are kept, or neither."""
from __future__ import annotations

from collections.abc import Callable, Mapping

from aiohttp import web

from evaluation.codec import FieldError
from evaluation.rules import N_, Refusal
from server.http import parts
from server.http.entry import VISIT, Visit
from server.http.problem import Problem
from server.sessions import Outcome
from server.storage.journal import StaleVersion
from server.storage.openings import Why
from server.storage.vault import Erased, StoredFile, Unreadable

Fields = Callable[[StoredFile], Mapping[str, object]]


async def file_away(request: web.Request, visit: Visit, hearing: str, kind: str, media_type: str, data: bytes,
                    command: str, fields: Fields) -> tuple[StoredFile, Outcome]:
    """Encrypt `data` with the key of the hearing's candidate, then execute `command` as the seat.

    What the rules refuse leaves no file behind. After any other failure the file stays: the command may have been kept.
    """
    vault = parts.vault(request)
    about = visit.state.hearing(hearing).candidate.person
    stored = await vault.put_file(about, visit.session, kind, media_type, data)
    try:
        outcome = await parts.sessions(request).execute(
            visit.session, visit.seat.id, command, fields(stored), by_server=True)
    except (Refusal, FieldError, StaleVersion):
        await vault.discard(stored.id)
        raise
    return stored, outcome


async def write_down(request: web.Request, file: str, why: Why) -> None:
    """X1: who opens what, before it is given out. Nothing where the file is gone."""
    info = await parts.vault(request).file_info(file)
    if info is not None:
        await parts.openings(request).note(info, request[VISIT].seat.id, why)


async def read_away(request: web.Request, file: str, why: Why) -> bytes:
    """Problem 410 when it is not kept any more."""
    try:
        data = await parts.vault(request).read_file(file)
        await write_down(request, file, why)
        return data
    except (FileNotFoundError, Erased, Unreadable):
        raise Problem(410, N_("Cette image n’est plus conservée : son délai est passé, ou la personne a demandé son "
                              "effacement.")) from None
