"""A file that belongs to the whole day, or names several people of it: under the session's own key, with the command
that refers to it; neither without the other."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from aiohttp import web

from server.checking.supplied import intake_limits
from server.documents.intake import intake
from server.http import parts
from server.http.form_fields import Uploaded
from server.http.forms import Sent
from server.http.office.acting import REFUSED, made_id, making
from server.http.office.day.one_day import OneDay, act_in
from server.storage.vault import StoredFile, session_subject

Fields = Callable[[StoredFile, int], Mapping[str, object]]
"""The command's fields, from the file that is kept and its pages."""


async def keep_with(request: web.Request, day: OneDay, sent: Sent, given: Uploaded, kind: str, command: str,
                    fields: Fields, person: str | None = None) -> None:
    """Sent twice, it is kept once. `person`: whose own it is, and is erased with them; else the session's."""
    vault, session = parts.vault(request), day.state.id
    subject = person or session_subject(session)
    content = vault.digest(kind, given.data)
    file = made_id(request, sent, f"{kind} {session} {subject} {content}")
    taken = await intake(given.data, given.filename, intake_limits(parts.config(request)))
    async with making(request, file):
        new = await vault.file_info(file) is None
        if new:
            await vault.put_file(subject, session, kind, taken.media_type, taken.data, name=file)
    stored = await vault.file_info(file)
    assert stored is not None
    digest = (await vault.reference(file))["digest"]
    try:
        await act_in(request, day, command, fields(replace(stored, digest=digest), taken.pages), sent)
    except REFUSED:
        if new:
            await vault.discard(file)
        raise
