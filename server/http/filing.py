"""A file and the command that refers to it: both are kept, or neither."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import get_args

from aiohttp import web

from evaluation.codec import FieldError
from evaluation.rules import N_, Refusal
from evaluation.session.terms import DocumentKind
from server import logs
from server.http import parts
from server.http.entry import VISIT, Visit
from server.http.problem import Problem
from server.i18n import Size
from server.journals.write_path import KeyReused, Outcome
from server.storage.journal import StaleVersion
from server.storage.openings import Why
from server.storage.vault import Erased, NoRoom, Room, StoredFile

log = logs.logger(__name__)

DOCUMENTS: tuple[str, ...] = get_args(DocumentKind)


@dataclass(frozen=True)
class Once:
    """An upload that may be sent again: its idempotency key, and the document's id that follows from it."""

    key: str
    document: str


Fields = Callable[[StoredFile], Mapping[str, object]]


async def file_away(request: web.Request, visit: Visit, hearing: str, kind: str, media_type: str, data: bytes,
                    command: str, fields: Fields, once: Once | None = None) -> tuple[StoredFile, Outcome]:
    """Encrypt `data` with the key of the hearing's candidate, then execute `command` as the seat.

    What the rules refuse, or a key that was used for something else, leaves no file behind. After any other failure the
    file stays: the command may have been kept.
    """
    vault = parts.vault(request)
    about = visit.state.hearing(hearing).candidate.person
    setting, kinds = ("documents_bytes", DOCUMENTS) if kind in DOCUMENTS else ("captures_bytes", (kind,))
    key, name = (once.key, once.document) if once is not None else (None, None)
    room = Room(kinds, parts.setting(request, f"limits.{setting}"))
    try:
        stored = await vault.put_file(about, visit.session, kind, media_type, data, name=name, room=room)
    except NoRoom as full:
        log.warning("vault.full", session=visit.session, kind=kind, setting=setting)
        raise _no_room(full.used, room.limit, f"limits.{setting}") from None
    try:
        outcome = await parts.sessions(request).execute(
            visit.session, visit.seat.id, command, fields(stored), key=key, by_server=True)
    except (Refusal, FieldError, StaleVersion, KeyReused):
        await vault.discard(stored.id)
        raise
    return stored, outcome


def _no_room(used: int, limit: int, setting: str) -> Problem:
    """One candidate's documents, or the images taken of them, would fill the disk."""
    return Problem(413, N_("Ce qui est conservé de cette épreuve occupe déjà {used}, et la limite est de {limit} : "
                           "ceci n’a pas été enregistré, le reste l’est toujours."),
                   N_("Envoyez un fichier plus léger, ou demandez à la personne qui organise la session de faire "
                      "relever la limite ({setting})."), field="file",
                   values={"used": Size(used), "limit": Size(limit), "setting": setting})


async def write_down(request: web.Request, file: str, why: Why) -> None:
    """X1: who opens what, before it is given out. Nothing where the file is gone."""
    info = await parts.vault(request).file_info(file)
    if info is not None:
        await parts.openings(request).note(info, request[VISIT].seat.id, why)


async def read_away(request: web.Request, file: str, why: Why) -> bytes:
    """Problem 410 when it is not kept any more; Unreadable when it is damaged."""
    try:
        data = await parts.vault(request).read_file(file)
        await write_down(request, file, why)
        return data
    except (FileNotFoundError, Erased):
        raise Problem(410, N_("Cette image n’est plus conservée : son délai est passé, ou la personne a demandé son "
                              "effacement.")) from None
