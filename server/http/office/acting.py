"""Acts from the forms of the offices: the command with the form's key, its papers, and ids made of the key, so that a
form sent twice asks for one and the same thing."""
from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Final

from aiohttp import web

from evaluation.codec import FieldError
from evaluation.kinds import Kind
from evaluation.rules import Refusal
from server.checking.supplied import intake_limits
from server.documents.document_refusals import DocumentRefusal
from server.documents.intake import intake
from server.http import parts
from server.http.form_fields import Uploaded
from server.http.forms import Sent, Wrong
from server.http.home import HOME
from server.journals.deciding import ERASED
from server.journals.write_path import KeyReused, NotDone, Outcome
from server.storage.disk_space import NoSpace
from server.storage.journal import StaleVersion
from server.storage.vault import Erased, Vault

PAPER: Final = "paper"
"""The kind of file that a paper of an office is."""


def making(request: parts.OfTheApplication, file: str) -> AbstractAsyncContextManager[None]:
    """Whoever else is to make this file waits for it, and finds it kept: two would each seal it with another key.
    Nobody waits for another file, whose seal may wait for its timestamp."""
    return request.app[parts.PLACES].place("made", file, 1)


def made_id(request: web.Request, sent: Sent, what: str) -> str:
    """An id for what a form makes: the same when it is sent again."""
    return made_for(parts.vault(request), request[HOME].person, sent, what)


def made_for(vault: Vault, person: str, sent: Sent, what: str) -> str:
    return vault.digest(f"made {what}", f"{person} {sent.key}".encode())[:32]


class Papers:
    """The papers of one form, kept before the command that refers to them."""

    def __init__(self, request: web.Request, subject: str, stream: str, sent: Sent) -> None:
        self._request, self._subject, self._stream, self._sent = request, subject, stream, sent
        self.new: list[str] = []

    async def keep(self, name: str, kind: str = PAPER) -> dict[str, str] | None:
        """The paper in the form's field of this name, as a command refers to it; None where there is none.
        DocumentRefusal for a file that cannot be taken, Refusal where the data of who it is about were erased."""
        given: Uploaded | None = self._sent.values.get(name)
        if given is None:
            return None
        vault = parts.vault(self._request)
        content = vault.digest(PAPER, given.data)
        file = made_id(self._request, self._sent, f"{PAPER} {name} {content} {self._subject}")
        try:
            return await self._kept(file, given, kind)
        except Erased:
            raise Refusal("X1", ERASED) from None

    async def keep_drawn(self, what: str, draw: Callable[[], Awaitable[bytes]], media_type: str = "application/pdf"
                         ) -> dict[str, str]:
        """A PDF, or another file, that is drawn for this form, kept as it is, as a command refers to it: `draw` is
        asked once, however often the form is sent. `what` tells it from the form's other papers."""
        vault, file = parts.vault(self._request), made_id(self._request, self._sent, f"{what} {self._subject}")
        try:
            async with making(self._request, file):
                if await vault.file_info(file) is None:
                    await vault.put_file(self._subject, self._stream, PAPER, media_type, await draw(), name=file)
                    self.new.append(file)
            return await vault.reference(file)
        except Erased:
            raise Refusal("X1", ERASED) from None

    async def _kept(self, file: str, given: Uploaded, kind: str) -> dict[str, str]:
        vault = parts.vault(self._request)
        async with making(self._request, file):
            if await vault.file_info(file) is None:
                taken = await intake(given.data, given.filename, intake_limits(parts.config(self._request)))
                await vault.put_file(self._subject, self._stream, kind, taken.media_type, taken.data, name=file)
                self.new.append(file)
            return await vault.reference(file)


REFUSED: Final = (Refusal, FieldError, StaleVersion, KeyReused, NotDone, Wrong, DocumentRefusal, NoSpace)
"""After one of these nothing of the command was kept."""


@asynccontextmanager
async def papers(request: web.Request, subject: str, stream: str, sent: Sent, person: str = ""
                 ) -> AsyncIterator[Papers]:
    """What is refused leaves nothing behind: no file, and nothing of a `person` who would have been new. After any
    other failure what was kept stays: the command may have been, too."""
    vault, kept = parts.vault(request), Papers(request, subject, stream, sent)
    try:
        yield kept
    except REFUSED:
        for file in kept.new:
            await vault.discard(file)
        if person:
            await vault.drop_key(person)
        raise


async def act(request: web.Request, kind: Kind[Any], stream: str, command: str, fields: Mapping[str, object],
              sent: Sent, **more: Any) -> Outcome:
    """As the person at this desk, once for the form's key."""
    return await parts.journals(request).execute(
        kind, stream, request[HOME].person, command, fields, key=sent.key, **more)
