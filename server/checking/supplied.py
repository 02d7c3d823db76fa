"""Supplied copies of identity documents as pictures, and what a machine says of them at once (R6.2).

A copy is a picture, or a PDF whose first page is the front and whose second, if it has one, the back.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evaluation.session.hearing_parts import Document
from evaluation.session.measured import IdentityDocument, Side
from evaluation.session.state import Hearing
from server.config import Config
from server.documents.confined import WorkerLimits
from server.documents.intake import IntakeLimits
from server.documents.office_files import Converter, found
from server.documents.rendered_page import render_page
from server.identity.findings import SIDES, Finding
from server.identity.worker import IdentityWorkers
from server.storage.vault import Vault

PDF = "application/pdf"
MISSING = ("front_missing", "back_missing")
KIND_WITHOUT_LINES: IdentityDocument = "licence"
"""How a copy is looked at whose kind nobody has said: no machine-readable lines are expected on it."""


@dataclass(frozen=True)
class CopyPictures:
    """JPEG, PNG or WebP."""

    front: bytes
    back: bytes | None = None


def worker_limits(config: Config) -> WorkerLimits:
    pages = config.pages
    return WorkerLimits(pages.cpu_seconds, pages.wall_seconds, pages.address_space_bytes, pages.reply_bytes,
                        pages.parallel)


def intake_limits(config: Config) -> IntakeLimits:
    limits = config.limits
    return IntakeLimits(limits.upload_bytes, limits.upload_pages, limits.upload_pixels, worker_limits(config),
                        office_converter(config))


def office_converter(config: Config) -> Converter | None:
    """None where LibreOffice is not installed. It sees nothing of what is kept here, nor a secret."""
    pages, program = config.pages, found(config.pages.office_program)
    if program is None:
        return None
    secrets = (config.storage.master_key_file, config.mail.smtp_password_file, config.ice.turn_secret_file,
               config.openid.client_secret_file)
    kept = (config.storage.folder, config.storage.vault_folder, *(one for one in secrets if one is not None))
    return Converter(program, pages.office_cpu_seconds, pages.office_wall_seconds, pages.office_address_space_bytes,
                     pages.office_written_bytes, pages.parallel, tuple(one.resolve() for one in kept))


async def as_pictures(data: bytes, media_type: str, pages: int, config: Config) -> list[bytes]:
    """One clean document's first two pages. Raises DocumentRefusal where they cannot be drawn."""
    if media_type != PDF:
        return [data]
    limits = worker_limits(config)
    return [(await render_page(data, "pdf", page, config.pages.width_pixels, limits)).data
            for page in range(1, min(pages, 2) + 1)]


async def copies_of(vault: Vault, hearing: Hearing, config: Config) -> CopyPictures | None:
    """The copies as they are now; None without a front. Raises FileNotFoundError, Erased, Unreadable, DocumentRefusal.
    """
    front, back = hearing.document("identity_front"), hearing.document("identity_back")
    if front is None:
        return None
    drawn = await _drawn(vault, front, config)
    behind = (await _drawn(vault, back, config))[0] if back is not None else drawn[1] if len(drawn) > 1 else None
    return CopyPictures(drawn[0], behind)


async def _drawn(vault: Vault, document: Document, config: Config) -> list[bytes]:
    info = await vault.file_info(document.id)
    if info is None:
        raise FileNotFoundError(document.id)
    return await as_pictures(await vault.read_file(document.id), info.media_type, document.pages, config)


async def look(workers: IdentityWorkers, kind: IdentityDocument | None, side: Side, pictures: Sequence[bytes],
               today: date) -> list[Finding]:
    """What is wrong with the pictures of one copy, supplied for one side. Raises IdentityUnavailable."""
    front = pictures[0] if side == "front" else None
    back = pictures[0] if side == "back" else pictures[1] if len(pictures) > 1 else None
    found = await workers.copy_quality(kind or KIND_WITHOUT_LINES, front, back, today)
    return [one for one in found.findings if one.code not in MISSING]


def wants_back(kind: IdentityDocument | None) -> bool:
    return kind is not None and "back" in SIDES[kind].needed


def back_missing(hearing: Hearing) -> bool:
    """A kind of document that has something on its back, supplied by its front alone."""
    front = hearing.document("identity_front")
    return (front is not None and wants_back(front.identity) and front.pages < 2
            and hearing.document("identity_back") is None)


def lines_on(hearing: Hearing) -> Side | None:
    """The side that bears the machine-readable lines, as far as the kind was said."""
    front = hearing.document("identity_front")
    return SIDES[front.identity].lines_on if front is not None and front.identity is not None else None


def sides_of(hearing: Hearing) -> tuple[Side, ...]:
    """The sides to be shown: those of the document's kind, or both where nobody has said which kind it is."""
    front = hearing.document("identity_front")
    if front is None or front.identity is None:
        return ("front", "back")
    return SIDES[front.identity].needed
