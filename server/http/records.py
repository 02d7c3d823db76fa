"""The journal of a session as a file that `visiojury verify` reads."""
from __future__ import annotations

from typing import Final

from aiohttp import web

from server.http import parts
from server.http.entry import VISIT, Visit, entry

JSON_LINES: Final = "application/jsonl"


def _exports(visit: Visit, _request: web.Request) -> bool:
    return visit.rights.journal


@entry(_exports)
async def journal(request: web.Request) -> web.StreamResponse:
    lines = [line async for line in parts.sessions(request).export(request[VISIT].session)]
    return web.Response(body=b"".join(lines), content_type=JSON_LINES, headers=_named("journal.jsonl"))


def _named(filename: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{filename}"'}
