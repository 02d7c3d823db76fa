"""Reading what a browser sends, never more than a stated number of bytes."""
from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final, cast

from aiohttp import BodyPartReader, web

from evaluation.codec import FieldError, read_json
from evaluation.rules import N_
from server.http.problem import Problem
from server.i18n import Size

JSON = "application/json"
SDP = "application/sdp"
SDP_FRAGMENT = "application/trickle-ice-sdpfrag"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
PART_HEADERS_BYTES = 10_000
"""What a multipart body may hold around its files (RFC 7578)."""
MOST: Final = web.RequestKey("most", int)
"""How many bytes the route takes (`entry`)."""


def too_large(most: int) -> Problem:
    return Problem(413, N_("L’envoi est trop volumineux : la limite est de {limit}. Rien n’a été enregistré."),
                   N_("Réduisez-le, puis recommencez."), values={"limit": Size(most)})


async def _gathered(chunks: AsyncIterator[bytes], most: int) -> bytes:
    """Problem 413 as soon as more than `most` bytes have come; the rest is not read."""
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > most:
            raise too_large(most)
    return bytes(body)


def refuse_larger(request: web.Request) -> None:
    """Problem 413 for a body that says itself that it is larger than this route takes, before anything is read."""
    around = PART_HEADERS_BYTES if request.content_type == MULTIPART else 0
    if request.content_length is not None and request.content_length > request[MOST] + around:
        raise too_large(request[MOST])


async def read_bytes(request: web.Request) -> bytes:
    return await _gathered(request.content.iter_any(), request[MOST])


async def read_text(request: web.Request) -> str:
    """UTF-8, as SDP and JSON are (RFC 8866 §5, RFC 8259 §8.1)."""
    try:
        return (await read_bytes(request)).decode()
    except UnicodeDecodeError:
        raise FieldError("", N_("le texte reçu n’est pas de l’UTF-8")) from None


async def read_object(request: web.Request) -> dict[str, object]:
    """A JSON object. FieldError for anything else."""
    value = read_json(await read_text(request))
    if not isinstance(value, dict):
        raise FieldError("", N_("un objet est attendu"))
    return cast("dict[str, object]", value)


async def read_file(request: web.Request) -> tuple[str, bytes]:
    """The one file of a multipart upload: its name and its bytes."""
    try:
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.filename is not None:
                return part.filename, await _gathered(_chunks(part), request[MOST])
    except (ValueError, AssertionError) as error:
        if isinstance(error, FieldError):
            raise
        raise FieldError("file", N_("l’envoi est incomplet")) from None
    raise FieldError("file", N_("ce champ manque"))


@dataclass(frozen=True)
class Part:
    """One part of a form: a file's name (None for a field's text) and the bytes."""

    name: str
    filename: str | None
    data: bytes


async def read_parts(request: web.Request, most_parts: int) -> tuple[Part, ...]:
    """Every part of a multipart form; the limit holds for all of them together."""
    found: list[Part] = []
    left = request[MOST]
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or not part.name or len(found) == most_parts:
                raise FieldError("", N_("ce formulaire a des champs inattendus"))
            found.append(Part(part.name, part.filename, await _gathered(_chunks(part), left)))
            left -= len(found[-1].data)
    except (ValueError, AssertionError) as error:
        if isinstance(error, FieldError):
            raise
        raise FieldError("", N_("l’envoi est incomplet")) from None
    return tuple(found)


async def _chunks(part: BodyPartReader) -> AsyncIterator[bytes]:
    while chunk := await part.read_chunk():
        yield chunk
