"""Copies of identity documents told about at once (R6.2), and the organizer's try-out before the day: nothing of it is
kept. There is no route that takes a picture for a check: those are taken from the live stream, by the server."""
from __future__ import annotations

import base64
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import cast, get_args

from aiohttp import web

from evaluation.codec import FieldError
from evaluation.deadlines import day_of
from evaluation.rules import N_
from evaluation.session.hearing_parts import Document
from evaluation.session.measured import IdentityDocument, Side
from evaluation.session.state import Hearing
from server.checking.evidence import journal_row
from server.checking.supplied import CopyPictures, as_pictures, back_missing, intake_limits
from server.documents.intake import intake
from server.http import parts
from server.http.board import organizes
from server.http.bodies import MULTIPART, Part, read_parts
from server.http.entry import VISIT, entry
from server.http.language import locale_of
from server.http.problem import Problem
from server.i18n import Locale
from server.identity.findings import Finding
from server.identity.identity_refusals import IdentityRefusal, IdentityUnavailable
from server.identity.signals import Crop, Registered, Signal
from server.storage.vault import Erased
from server.views.session.contract.identity_types import CopyFinding, CopyQuality, SignalRow, Tried, TryOut
from server.views.session.signal_rows import flaw_view, quality_view, row_view

MOST_FRAMES = 12
MOST_PARTS = 20


# A copy just supplied --------------------------------------------------------------------------------------------


async def examined(request: web.Request, hearing_id: str, document: Document) -> CopyQuality:
    """For a copy that is kept already. What is seen the first time goes into the journal."""
    session, locale = request[VISIT].session, locale_of(request)
    if document.flaws is not None:
        side: Side = "front" if document.kind == "identity_front" else "back"
        told = [flaw_view(locale, side, code) for code in document.flaws]
    else:
        found = await _looked_at(request, hearing_id, document)
        if found is None:
            return quality_view(locale, None)
        told = _told(request, found)
    state = parts.sessions(request).known(session)
    assert state is not None
    return quality_view(locale, [*told, *_back(request, state.hearing(hearing_id))])


async def _looked_at(request: web.Request, hearing: str, document: Document) -> Sequence[Finding] | None:
    """None when nothing could look, or when the copy has been erased meanwhile."""
    vault = parts.vault(request)
    try:
        stored, data = await vault.file_info(document.id), await vault.read_file(document.id)
    except (FileNotFoundError, Erased):
        return None
    if stored is None:
        return None
    examiner = request.app[parts.CHECKS].examiner
    return await examiner.examined(request[VISIT].session, hearing, document, stored, data)


def _told(request: web.Request, found: Sequence[Finding]) -> list[CopyFinding]:
    return [flaw_view(locale_of(request), one.side, one.code) for one in found]


def _back(request: web.Request, hearing: Hearing) -> list[CopyFinding]:
    return [flaw_view(locale_of(request), "back", "back_missing")] if back_missing(hearing) else []


# The organizer's try-out -----------------------------------------------------------------------------------------


@entry(organizes, takes=(MULTIPART,), most="limits.upload_bytes")
async def try_out(request: web.Request) -> web.StreamResponse:
    """`POST identity/try`: a copy and pictures of a camera → `TryOut` of view.d.ts. Nothing is kept, nobody is told."""
    form = await read_parts(request, MOST_PARTS)
    kind = _text(form, "identity")
    if kind not in get_args(IdentityDocument):
        raise FieldError("identity", N_("cette valeur n’existe pas (possibles : {choices})"),
                         choices=", ".join(get_args(IdentityDocument)))
    copies = await _copies(request, form)
    frames = [one.data for one in form if one.name == "frame"]
    if not 1 <= len(frames) <= MOST_FRAMES:
        raise FieldError("frame", N_("il faut de 1 à {most} images de la caméra"), most=MOST_FRAMES)
    started = time.monotonic()
    try:
        answer = await _tried(request, form, cast("IdentityDocument", kind), copies, frames)
    except IdentityRefusal as refusal:
        raise Problem(422, refusal.text, field="copy" if refusal.code == "copy_unreadable" else "frame") from None
    except IdentityUnavailable as problem:
        raise Problem(503, problem.text) from None
    tried: TryOut = {**answer, "seconds": round(time.monotonic() - started, 1)}
    return web.json_response(tried)


async def _tried(request: web.Request, form: Sequence[Part], kind: IdentityDocument, copies: CopyPictures,
                 frames: Sequence[bytes]) -> Tried:
    workers, today, locale = parts.workers(request), day_of(parts.now(request)), locale_of(request)
    quality = await workers.copy_quality(kind, copies.front, copies.back, today)
    names = Registered(_text(form, "family"), _text(form, "given"))
    registered = names if names.family or names.given else None
    signals = await workers.check(copies.front, copies.back, frames, registered, _text(form, "face") == "yes", today)
    return {"quality": quality_view(locale, _told(request, quality.findings)),
            "rows": [_row(locale, one) for one in signals.rows]}


def _row(locale: Locale, signal: Signal) -> SignalRow:
    plain = row_view(locale, journal_row(signal), dict(signal.values))
    return {**plain, "copy": _data_url(signal.copy), "live": _data_url(signal.live)}


def _data_url(crop: Crop | None) -> str | None:
    return None if crop is None else f"data:image/jpeg;base64,{base64.b64encode(crop.jpeg).decode()}"


async def _copies(request: web.Request, form: Sequence[Part]) -> CopyPictures:
    """As an upload would be taken in: a hostile file is refused here too."""
    front = await _drawn(request, form, "copy")
    if not front:
        raise FieldError("copy", N_("ce champ manque"))
    back = await _drawn(request, form, "back")
    copies = CopyPictures(front[0], front[1] if len(front) > 1 else None)
    return replace(copies, back=back[0]) if back else copies


async def _drawn(request: web.Request, form: Sequence[Part], name: str) -> list[bytes]:
    part = next((one for one in form if one.name == name and one.data), None)
    if part is None:
        return []
    config = parts.config(request)
    taken = await intake(part.data, part.filename or "", intake_limits(config))
    return await as_pictures(taken.data, taken.media_type, taken.pages, config)


def _text(form: Sequence[Part], name: str) -> str:
    """A field's text, empty where it is not there."""
    data = next((one.data for one in form if one.name == name and one.filename is None), b"")
    return data[:200].decode("utf-8", "replace").strip()
