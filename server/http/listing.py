"""A list's page by its address: `?q=NAME&sort=COLUMN&down=1&page=2&FILTER=VALUE`, and `as=csv` or `as=xlsx` for the
same rows as a file. What an address asks for that is not there is as if it had not been asked.
"""
from __future__ import annotations

import asyncio
import csv
import io
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Literal, TypeVar
from urllib.parse import urlencode

from aiohttp import web

from evaluation.deadlines import day_of
from evaluation.kinds import Row
from evaluation.rules import N_
from server.config import ListSettings
from server.documents.write_table import MEDIA_TYPE, workbook
from server.http import parts
from server.http.home import HOME
from server.http.language import locale_of
from server.i18n import Locale, say
from server.storage.names import normal
from server.views.table import BY_NAME, Cell, Choice, Column, Head, Order, Source, Table, TableView, cells, filter_views

R = TypeVar("R")
F = TypeVar("F", bound=Row)
SEARCH, SORT, DOWN, PAGE, AS = "q", "sort", "down", "page", "as"
SEARCH_CHARACTERS: Final = 100
BYTE_ORDER_MARK: Final = "\ufeff"
"""By which spreadsheet programs see that a file is UTF-8."""
SEPARATORS: Mapping[Locale, str] = {"fr": ";", "en": ","}
"""What a spreadsheet program of the language expects between two cells."""
FORMULA = re.compile(r"^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\n]")
"""How a cell begins that a spreadsheet program would reckon with instead of showing it (OWASP, CSV injection)."""


@dataclass(frozen=True)
class Asked(Generic[R]):
    """What the address asks for, as far as the table has it."""

    search: str
    column: Column[R]
    descending: bool
    page: int
    chosen: Mapping[str, Choice]

    @property
    def where(self) -> dict[str, object]:
        return {name: value for one in self.chosen.values() for name, value in one.where.items()}


@dataclass(frozen=True)
class Listing(Generic[R, F]):
    """One table over one source. `opened` turns rows into what the columns show; `find` gives the people of a name, at
    most so many; `where` is what holds whatever is asked for: rows outside it are nobody's to see here."""

    table: Table[R]
    source: Source[F]
    opened: Callable[[Sequence[F]], Awaitable[Sequence[R]]]
    where: Mapping[str, object]
    find: Callable[[str, int], Awaitable[Sequence[str]]] | None = None


async def listed(request: web.Request, listing: Listing[R, F]) -> TableView | web.StreamResponse:
    """What the page shows; or the answer itself, where a file is asked for."""
    asked, settings = read_address(request.query, listing.table), parts.config(request).lists
    reading = _Reading(listing, asked, settings)
    await reading.begin()
    file = FILES.get(request.query.get(AS, ""))
    if file is not None:
        return await file(request, reading)
    return await reading.view(request.path, locale_of(request))


def read_address(query: Mapping[str, str], table: Table[R]) -> Asked[R]:
    asked, own = table.sorted_by(query.get(SORT, "")), table.sorted_by(table.sort)
    assert own is not None
    number = query.get(PAGE, "1")
    chosen = {one.name: found for one in table.filters if (found := one.chosen(query.get(one.name, ""))) is not None}
    search = " ".join(query.get(SEARCH, "").split())[:SEARCH_CHARACTERS] if table.by_person else ""
    descending = query.get(DOWN) == "1" if asked is not None else table.descending
    page = int(number) if re.fullmatch(r"[1-9]\d{0,6}", number, re.ASCII) else 1
    return Asked(search, asked or own, descending, page, chosen)


class _Reading(Generic[R, F]):
    """One answer's way through the rows."""

    def __init__(self, listing: Listing[R, F], asked: Asked[R], settings: ListSettings) -> None:
        self.table, self.asked, self._listing, self._settings = listing.table, asked, listing, settings
        self._where: dict[str, Any] = {**asked.where, **listing.where}
        assert asked.column.sort is not None
        self.order: Order | Literal["name"] = asked.column.sort
        self.sorted, self.descending = asked.column.name, asked.descending
        self.total, self.note = 0, ""
        self.body = str(listing.where.get("body", ""))

    async def begin(self) -> None:
        """How many rows there are, and in which order they can be shown."""
        if self.asked.search and self._listing.find is not None:
            most = self._settings.found_people
            found = tuple(await self._listing.find(self.asked.search, most + 1))
            if len(found) > most:
                self.note = N_("Trop de personnes portent ce nom : ajoutez un prénom, ou un autre nom.")
            self._where["person"] = _both(found[:most], self._where.get("person"))
        self.total = await self._listing.source.count(self.table.index, **self._where)
        if self.order == BY_NAME and self.total > self._settings.sorted_by_name:
            self.order, self.sorted, self.descending = "key", "", False
            if self.asked.column.name != self.table.sort:
                self.note = N_("Au-delà de {most} lignes, la liste ne se trie pas par nom : choisissez un filtre, ou "
                               "cherchez un nom.")

    async def rows(self, offset: int, limit: int) -> Sequence[R]:
        table = self.table
        if self.order == BY_NAME:  # names are sealed: all of the few are opened, then sorted
            every = await self._opened(offset=0, limit=self._settings.sorted_by_name, order="key")
            ordered = sorted(every, key=lambda row: normal(table.person(row)), reverse=self.descending)
            return ordered[offset:offset + limit]
        return await self._opened(offset=offset, limit=limit, order=self.order, descending=self.descending)

    async def _opened(self, **page: Any) -> Sequence[R]:
        return await self._listing.opened(await self._listing.source.page(self.table.index, **page, **self._where))

    async def view(self, path: str, locale: Locale) -> TableView:
        size, asked = self._settings.page_rows, self.asked
        number = min(asked.page, max(1, -(-self.total // size)))
        offset = (number - 1) * size
        shown = await self.rows(offset, size)
        chosen = {name: one.value for name, one in asked.chosen.items()}
        narrowing = {**({SEARCH: asked.search} if asked.search else {}), **chosen}
        sorting = _sorting(asked.column.name, asked.descending, self.table)

        def address(**more: str) -> str:
            query = urlencode({**narrowing, **sorting, **more})
            return f"{path}?{query}" if query else path

        return TableView(
            caption=say(locale, self.table.caption, {}), heads=self._heads(path, narrowing, locale),
            rows=cells(self.table, shown, locale), total=self.total, first=offset + 1 if shown else 0,
            last=offset + len(shown), before=address(page=str(number - 1)) if number > 1 else "",
            after=address(page=str(number + 1)) if offset + len(shown) < self.total else "",
            csv=address(**{AS: "csv"}), xlsx=address(**{AS: "xlsx"}), filters=filter_views(self.table, chosen, locale),
            search=asked.search if self.table.by_person else None,
            search_words=say(locale, self.table.search, {}), kept=tuple(sorting.items()),
            narrowed=bool(narrowing), all=path, nothing=say(locale, self.table.nothing, {}),
            note=say(locale, self.note, {"most": self._settings.sorted_by_name}) if self.note else "")

    def _heads(self, path: str, narrowing: Mapping[str, str], locale: Locale) -> tuple[Head, ...]:
        return tuple(self._head(one, path, narrowing, locale) for one in self.table.columns)

    def _head(self, column: Column[R], path: str, narrowing: Mapping[str, str], locale: Locale) -> Head:
        title = say(locale, column.title, {})
        too_many = column.sort == BY_NAME and self.total > self._settings.sorted_by_name
        if column.sort is None or too_many:
            return Head(title)
        here = column.name == self.sorted
        down = here and not self.descending
        href = f"{path}?{urlencode({**narrowing, SORT: column.name, **({DOWN: '1'} if down else {})})}"
        direction = ("descending" if self.descending else "ascending") if here else "none"
        return Head(title, direction, href)

    async def every(self) -> AsyncIterator[R]:
        """All rows, block by block, as many as a file may hold."""
        size = self._settings.sorted_by_name if self.order == BY_NAME else self._settings.page_rows
        most = min(self.total, self._settings.file_rows)
        for offset in range(0, most, size):
            for row in await self.rows(offset, min(size, most - offset)):
                yield row


def _both(found: Sequence[str], allowed: object) -> tuple[str, ...]:
    """People who were found, and may be seen here."""
    if allowed is None:
        return tuple(found)
    seen = {allowed} if isinstance(allowed, str) else set(_strings(allowed))
    return tuple(one for one in found if one in seen)


def _strings(several: object) -> Iterable[str]:
    return several if isinstance(several, (tuple, list, set, frozenset)) else ()  # pyright: ignore


def _sorting(name: str, descending: bool, table: Table[R]) -> dict[str, str]:
    if (name, descending) == (table.sort, table.descending):
        return {}
    return {SORT: name, **({DOWN: "1"} if descending else {})}




# The same rows as a file


async def _csv(request: web.Request, reading: _Reading[R, F]) -> web.StreamResponse:
    """RFC 4180, in UTF-8, as spreadsheet programs open it."""
    locale, table = locale_of(request), reading.table
    await _note(request, reading)
    response = web.StreamResponse(headers={
        "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": _attachment(request, table.name, "csv")})
    await response.prepare(request)
    titles = [Cell(say(locale, one.title, {})) for one in table.columns]
    await response.write((BYTE_ORDER_MARK + line(titles, SEPARATORS[locale])).encode())
    async for row in reading.every():
        shown = [column.cell(row, locale) for column in table.columns]
        await response.write(line(shown, SEPARATORS[locale]).encode())
    await response.write_eof()
    return response


async def _xlsx(request: web.Request, reading: _Reading[R, F]) -> web.StreamResponse:
    locale, table = locale_of(request), reading.table
    await _note(request, reading)
    titles = [say(locale, one.title, {}) for one in table.columns]
    rows = [[column.cell(row, locale).plain for column in table.columns] async for row in reading.every()]
    written = await asyncio.to_thread(workbook, say(locale, table.caption, {}), titles, rows)
    return web.Response(body=written, content_type=MEDIA_TYPE, headers={
        "Content-Disposition": _attachment(request, table.name, "xlsx")})


FILES: Mapping[str, Callable[[web.Request, _Reading[Any, Any]], Awaitable[web.StreamResponse]]] = {
    "csv": _csv, "xlsx": _xlsx}


async def _note(request: web.Request, reading: _Reading[R, F]) -> None:
    """Before it is given out, as with any file about people (X1)."""
    if reading.table.by_person:
        await parts.openings(request).note_list(reading.table.name, reading.body, request[HOME].person)


def _attachment(request: web.Request, name: str, ending: str) -> str:
    return f'attachment; filename="{name}-{day_of(parts.now(request)).isoformat()}.{ending}"'


def line(shown: Iterable[Cell], separator: str) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator="\r\n").writerow([harmless(one.plain) for one in shown])
    return written.getvalue()


def harmless(text: str) -> str:
    """The same words, which no spreadsheet program takes for a formula."""
    return f"'{text}" if FORMULA.search(text) else text
