"""What the frame of every page of a person's space shows: whose it is, and the way back to it."""
from __future__ import annotations

from typing import Any

from aiohttp import web

from server.http import parts
from server.http.home import HOME, space_path


async def frame(request: web.Request) -> dict[str, Any]:
    person = request[HOME].person
    profile = await parts.accounts(request).profile(person) or {}
    return {"space_path": space_path(person), "name": str(profile.get("name", "")),
            "first_name": str(profile.get("first_name", ""))}
