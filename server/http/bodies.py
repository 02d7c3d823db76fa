"""Reading what a browser sends, never more than a stated number of bytes."""
from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from email.message import Message
from typing import Final, cast
from urllib.parse import parse_qs

from aiohttp import web
from multipart import MultipartError, MultipartSegment, PushMultipartParser

from evaluation.codec import FieldError, read_json
from evaluation.rules import N_
from server.http import parts
from server.http.problem import Problem
from server.i18n import Size

JSON = "application/json"
SDP = "application/sdp"
SDP_FRAGMENT = "application/trickle-ice-sdpfrag"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
PART_HEADERS_BYTES = 10_000
"""What a multipart body may hold around its files (RFC 7578)."""
PART_HEADERS, PART_HEADER_BYTES, BOUNDARY_CHARACTERS = 8, 1024, 70
"""Of each part (RFC 7578 §4 knows three headers), and of what stands between two of them (RFC 2046 §5.1.1)."""
FIELDS_BESIDE_A_FILE = 3
MOST: Final = web.RequestKey("most", int)
"""How many bytes the route takes (`entry`)."""


def too_large(most: int) -> Problem:
    return Problem(413, N_("L’envoi est trop volumineux : la limite est de {limit}. Rien n’a été enregistré."),
                   N_("Réduisez-le, puis recommencez."), values={"limit": Size(most)})


async def _chunks(request: web.Request) -> AsyncIterator[bytes]:
    """The body as it comes. Between two pieces everybody else has a turn, also where all of it is there already."""
    server, clock = parts.config(request).server, asyncio.get_running_loop().time
    began, size = clock(), 0
    while chunk := await _next(request, server.body_silent_seconds):
        size, seconds = size + len(chunk), clock() - began
        if seconds > server.body_silent_seconds and size < seconds * server.body_bytes_per_second:
            raise web.HTTPRequestTimeout
        yield chunk
        await asyncio.sleep(0)


async def _next(request: web.Request, seconds: float) -> bytes:
    """Empty at the end; HTTPRequestTimeout when nothing comes for so long."""
    try:
        async with asyncio.timeout(seconds):
            return await request.content.readany()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None


def refuse_larger(request: web.Request) -> None:
    """Problem 413 for a body that says itself that it is larger than this route takes, before anything is read."""
    around = PART_HEADERS_BYTES if request.content_type == MULTIPART else 0
    if request.content_length is not None and request.content_length > request[MOST] + around:
        raise too_large(request[MOST])


async def read_bytes(request: web.Request) -> bytes:
    """Problem 413 as soon as more has come than the route takes; the rest is not read."""
    body = bytearray()
    async for chunk in _chunks(request):
        body += chunk
        if len(body) > request[MOST]:
            raise too_large(request[MOST])
    return bytes(body)


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


async def read_form(request: web.Request) -> dict[str, str]:
    """The fields of a form, each once."""
    read = parse_qs(await read_text(request), keep_blank_values=True)
    return {name: values[0] for name, values in read.items()}


# Forms with files -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """One part of a form: a file's name (None for a field's text) and the bytes."""

    name: str
    filename: str | None
    data: bytes


async def read_file(request: web.Request) -> tuple[str, bytes]:
    """The one file of a multipart upload: its name and its bytes."""
    found = next((one for one in await read_parts(request, FIELDS_BESIDE_A_FILE + 1) if one.filename is not None), None)
    if found is None or found.filename is None:
        raise FieldError("file", N_("ce champ manque"))
    return found.filename, found.data


async def read_parts(request: web.Request, most_parts: int) -> tuple[Part, ...]:
    """Every part of a multipart form; the limit of bytes holds for all of them together."""
    try:
        with PushMultipartParser(_boundary(request), max_header_size=PART_HEADER_BYTES, max_header_count=PART_HEADERS,
                                 max_segment_count=most_parts, strict=True) as parser:
            return await _parsed(parser, request)
    except MultipartError:
        raise FieldError("file", N_("l’envoi est incomplet, ou n’a pas la forme d’un formulaire")) from None


async def _parsed(parser: PushMultipartParser, request: web.Request) -> tuple[Part, ...]:
    found: list[Part] = []
    data, left = bytearray(), request[MOST]
    async for chunk in _chunks(request):
        for event in parser.parse(chunk):
            if isinstance(event, MultipartSegment):
                found.append(Part(event.name or "", event.filename, b""))
            elif event is None:
                found[-1], data = replace(found[-1], data=bytes(data)), bytearray()
            else:
                data += event
                left -= len(event)
                if left < 0:
                    raise too_large(request[MOST])
    return tuple(found)


def _boundary(request: web.Request) -> str:
    """RFC 2046 §5.1.1. MultipartError where there is none that could be."""
    kind = request.headers.get("Content-Type", "")
    if not kind.isascii():
        raise MultipartError("boundary")
    header = Message()
    header["Content-Type"] = kind
    boundary = header.get_boundary("")
    if not 1 <= len(boundary) <= BOUNDARY_CHARACTERS or not boundary.isprintable():
        raise MultipartError("boundary")
    return boundary
