"""`/space/{person}/data.zip`: all that is held on the person, for them to read and to keep (X1)."""
from __future__ import annotations

from aiohttp import web

from server.http import parts
from server.http.entry import entry
from server.http.home import HOME, at_home
from server.people.own_data import OwnData


@entry(at_home)
async def give(request: web.Request) -> web.StreamResponse:
    """`GET data.zip`: written down before it is given out."""
    person = request[HOME].person
    data = OwnData(parts.accounts(request), parts.journals(request), parts.rows(request), parts.vault(request))
    await parts.openings(request).note_person(person, person)
    response = web.StreamResponse(headers={
        "Content-Type": "application/zip", "Content-Disposition": 'attachment; filename="mes-donnees.zip"'})
    await response.prepare(request)
    async for piece in data.zipped(person):
        await response.write(piece)
    await response.write_eof()
    return response
