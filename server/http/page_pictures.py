"""The pictures of documents' pages: drawn once in a confined process, then kept in the vault."""
from __future__ import annotations

import asyncio
import json
from dataclasses import asdict, dataclass
from typing import Final

from aiohttp import web

from evaluation.rules import N_
from server import logs
from server.checking.supplied import worker_limits
from server.config import Config
from server.documents.document_refusals import DocumentRefusal
from server.documents.rendered_page import PagePicture, render_page
from server.http.bodies import JSON
from server.http.problem import Problem
from server.storage.vault import Erased, StoredFile, Unreadable, Vault

log = logs.logger(__name__)

WEBP: Final = "image/webp"


@dataclass(frozen=True)
class Page:
    """`picture` is WebP, `text` a JSON object (see `supplied_documents.text`)."""

    picture: bytes
    text: bytes


class PagePictures:
    def __init__(self, vault: Vault, config: Config) -> None:
        self._vault, self._width, self._limits = vault, config.pages.width_pixels, worker_limits(config)
        self._drawing: dict[tuple[str, int], asyncio.Task[Page]] = {}

    async def page(self, document: str, number: int) -> Page:
        """Problem 410 when the document is not kept any more, 503 when it cannot be drawn; Unreadable when damaged."""
        names = self._names(document, number)
        try:
            return Page(*[await self._vault.read_file(name) for name in names])
        except (FileNotFoundError, Unreadable):  # not drawn yet, or the server was killed while it was kept
            return await self._draw_once(document, number)
        except Erased:
            raise gone() from None

    async def _draw_once(self, document: str, number: int) -> Page:
        """Three jurors open a document together: it is drawn for all of them at once."""
        key = (document, number)
        if key not in self._drawing:
            self._drawing[key] = asyncio.create_task(self._draw(document, number))
            self._drawing[key].add_done_callback(lambda _: self._drawing.pop(key, None))
        return await asyncio.shield(self._drawing[key])

    async def _draw(self, document: str, number: int) -> Page:
        info = await self._vault.file_info(document)
        if info is None:
            raise gone()
        try:
            data = await self._vault.read_file(document)
        except (FileNotFoundError, Erased):
            raise gone() from None
        kind = "pdf" if info.media_type == "application/pdf" else "image"
        try:
            drawn = await render_page(data, kind, number, self._width, self._limits)
        except (DocumentRefusal, ValueError) as problem:  # it was drawn when it was taken in
            log.error("page.not_drawn", document=document, error=type(problem).__name__)
            raise not_drawn() from None
        page = Page(drawn.data, _text(drawn))
        await self._keep(info, number, page)
        return page

    async def _keep(self, info: StoredFile, number: int, page: Page) -> None:
        picture, text = self._names(info.id, number)
        # Of the document's own kind, so that they are purged when it is.
        await self._vault.put_file(info.subject, info.session, info.kind, WEBP, page.picture, name=picture)
        await self._vault.put_file(info.subject, info.session, info.kind, JSON, page.text, name=text)

    def _names(self, document: str, number: int) -> tuple[str, str]:
        """Computed, so that a page is found again without a table of pages."""
        digest = self._vault.digest("page", f"{document}/{number}/{self._width}".encode())
        return digest[:32], digest[32:]


PICTURES: Final = web.AppKey("page_pictures", PagePictures)


def pictures(request: web.Request) -> PagePictures:
    return request.app[PICTURES]


def gone() -> Problem:
    return Problem(410, N_("Ce document n’est plus conservé : son délai est passé, ou la personne a demandé son "
                           "effacement."))


def not_drawn() -> Problem:
    return Problem(503, N_("Cette page n’a pas pu être dessinée."),
                   N_("Rouvrez-la dans un instant. Si cela se reproduit, prévenez la personne qui organise la "
                      "session."))


def _text(drawn: PagePicture) -> bytes:
    runs = [asdict(run) for run in drawn.text]
    return json.dumps({"width": drawn.width, "height": drawn.height, "runs": runs}, ensure_ascii=False).encode()
