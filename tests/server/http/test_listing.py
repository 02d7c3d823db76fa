"""The one table of every list: sorted, filtered, paged and taken away as a file, all by the address."""
from __future__ import annotations

import csv
import io
import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any, cast

import pytest
from aiohttp import web
from python_calamine import CalamineWorkbook

from evaluation.kinds import Row
from server.documents.write_table import MEDIA_TYPE
from server.http import routes
from server.http.entry import ENTRIES, PUBLIC, entry
from server.http.home import HOME, Home
from server.http.language import locale_of, own_address
from server.http.listing import BYTE_ORDER_MARK, Listing, harmless, listed
from server.http.pages import environment
from server.i18n import Locale
from server.storage.spaces import SpaceLogin
from server.views.desk import Desk, DeskPage
from server.views.table import BY_NAME, Cell, Choice, Column, Filter, Table
from tests.server.http.house import Browser, house

PAGE = """{% extends "office/_page.html" %}{% import "macros/table.html" as tables with context %}
{% block content %}<h1>Fonctions</h1>{{ tables.table(list) }}{% endblock %}"""
DESK = Desk("/space/p/", "Claire Fabre", ["secrétariat"], [DeskPage("/toy", "Fonctions", here=True)])
NAMES = ["Élodie Martin", "=cmd|' /C calc'!A0", "Zoé Durand", "Éric Étienne", "Anne Bel"]


class Fake:
    """Rows in memory, asked as the index is."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows, self.opened = rows, list[str]()

    def _wanted(self, index: str, filters: dict[str, Any]) -> list[Row]:
        def fits(row: Row) -> bool:
            wanted = {name: {one} if isinstance(one, str) else set(one) for name, one in filters.items()}
            return all(getattr(row, name) in values for name, values in wanted.items())

        return [row for row in self.rows if row.index == index and fits(row)]

    async def page(self, index: str, *, order: str = "key", descending: bool = False, offset: int = 0,
                   limit: int | None = None, **filters: Any) -> tuple[Row, ...]:
        found = sorted(self._wanted(index, filters), key=lambda row: row.key)
        found = sorted(found, key=lambda row: getattr(row, order), reverse=descending)
        return tuple(found[offset:][:limit])

    async def count(self, index: str, **filters: Any) -> int:
        return len(self._wanted(index, filters))

    async def open(self, rows: Sequence[Row]) -> list[tuple[Row, str]]:
        self.opened += [row.key for row in rows]
        return [(row, str(row.data["name"])) for row in rows]


def _name(row: tuple[Row, str], _locale: Locale) -> Cell:
    return Cell(row[1], href=f"/toy/{row[0].key}", own=True)


TABLE: Table[tuple[Row, str]] = Table(
    "offices", "fonctions", "Fonctions", (
        Column("name", "Personne", _name, BY_NAME),
        Column("since", "Depuis", lambda row, _locale: Cell(str(row[0].at), small="jour"), "at"),
        Column("state", "État", lambda row, _locale: Cell(row[0].status, state="ok", icon="check"))),
    "Personne n’a encore de fonction.", filters=(
        Filter("role", "Fonction", (Choice("clerk", "secrétariat", {"status": "clerk"}),
                                    Choice("observer", "observation", {"status": "observer"}))),),
    sort="since", by_person=True, person=lambda row: row[1])


def rows(count: int) -> list[Row]:
    return [Row("offices", f"k{number:04}", person=f"p{number}", scope="mine" if number % 7 else "theirs",
                status="clerk" if number % 2 else "observer", at=1000 + number,
                data={"name": NAMES[number] if number < len(NAMES) else f"Personne {number}"})
            for number in range(count)]


FAKE = Fake(())


async def _found(text: str, most: int) -> list[str]:
    return [str(row.person) for row in FAKE.rows if text.casefold() in str(row.data["name"]).casefold()][:most]


@entry(PUBLIC)
async def toy(request: web.Request) -> web.StreamResponse:
    request[HOME] = Home("p-reader", cast("SpaceLogin", None))
    scope = {"scope": request.headers["X-Scope"]} if "X-Scope" in request.headers else {}
    answer = await listed(request, Listing(TABLE, FAKE, FAKE.open, scope, _found))
    if isinstance(answer, web.StreamResponse):
        return answer
    template = environment(locale_of(request)).from_string(PAGE)
    shown = template.render(desk=DESK, done="", list=answer, own_address=own_address(request), own_query="",
                             ended_seat=None)
    return web.Response(text=shown, content_type="text/html")


@pytest.fixture
async def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Browser]:
    monkeypatch.setattr(routes, "ROUTES", (*routes.ROUTES, ("GET", "/toy", toy, "visits")))
    monkeypatch.setattr(FAKE, "opened", [])
    ENTRIES[toy] = ENTRIES[toy]
    async with house(tmp_path, lists__page_rows=10, lists__sorted_by_name=20, lists__found_people=3) as home:
        yield home.browser()


async def shown(browser: Browser, address: str, **headers: str) -> tuple[list[str], str]:
    """The names in the page's rows, and the page."""
    answer = await browser.get(address, Accept="text/html", **headers)
    assert answer.status == 200
    page = await answer.text()
    return re.findall(r'<th scope="row".*?<a href="/toy/(k\d+)', page, re.DOTALL), page


def keys(*numbers: int) -> list[str]:
    return [f"k{number:04}" for number in numbers]


async def test_a_page_opens_the_rows_it_shows_and_no_others(browser: Browser, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(FAKE, "rows", rows(35))
    found, page = await shown(browser, "/toy?page=2")
    assert found == FAKE.opened == keys(*range(10, 20))
    assert "11 à 20 sur 35" in page
    assert (await shown(browser, "/toy?page=4"))[0] == keys(*range(30, 35))
    assert (await shown(browser, "/toy?page=999"))[0] == keys(*range(30, 35))


async def test_sorting_stands_in_the_address_and_in_the_heads(browser: Browser, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(FAKE, "rows", rows(12))
    found, page = await shown(browser, "/toy?sort=since&down=1")
    assert found == keys(*range(11, 1, -1))
    assert re.findall(r'aria-sort="(\w+)"', page) == ["none", "descending"]
    assert 'href="/toy?sort=since"' in page  # and back again
    found, page = await shown(browser, "/toy?sort=name")
    assert found[:3] == keys(1, 4, 0)  # Anne Bel, Élodie: accents do not sort them apart
    assert re.findall(r'aria-sort="(\w+)"', page) == ["ascending", "none"]


async def test_many_rows_are_not_sorted_by_name(browser: Browser, monkeypatch: pytest.MonkeyPatch):
    """Every one of them would be opened: said, and done once a filter leaves few."""
    monkeypatch.setattr(FAKE, "rows", rows(30))
    found, page = await shown(browser, "/toy?sort=name")
    assert found == FAKE.opened == keys(*range(10))
    assert "Au-delà de 20 lignes" in page
    assert 'role="columnheader">Personne</th>' in page
    assert (await shown(browser, "/toy?sort=name&role=clerk"))[0][:2] == keys(1, 3)


async def test_filters_and_names_narrow_the_list(browser: Browser, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(FAKE, "rows", rows(12))
    found, page = await shown(browser, "/toy?role=clerk&sort=since&down=1")
    assert found == keys(11, 9, 7, 5, 3, 1)
    assert '<option value="clerk" selected>' in page
    assert '<input type="hidden" name="sort" value="since">' in page  # the next filter keeps the order
    assert (await shown(browser, "/toy?q=Durand"))[0] == keys(2)
    found, page = await shown(browser, "/toy?q=personne")
    assert (len(found), "Trop de personnes" in page) == (3, True)
    found, page = await shown(browser, "/toy?q=nobody")
    assert found == []
    assert "Aucune ligne ne correspond" in page


async def test_what_is_not_ours_is_neither_shown_nor_found(browser: Browser, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(FAKE, "rows", rows(12))
    mine, theirs = {"X-Scope": "mine"}, keys(0, 7)
    for address in ("/toy", "/toy?scope=theirs", "/toy?role=clerk", "/toy?sort=name", "/toy?q=martin", "/toy?as=csv",
                    "/toy?as=xlsx"):
        answer = await browser.get(address, **mine)
        text = (await answer.read()).decode(errors="replace")
        assert [key for key in theirs if key in text] == []
        assert "Élodie" not in text
    assert FAKE.opened
    assert set(theirs) & set(FAKE.opened) == set()


async def test_an_empty_list_says_what_that_means(browser: Browser, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(FAKE, "rows", ())
    found, page = await shown(browser, "/toy")
    assert found == []
    assert "Personne n’a encore de fonction." in page
    assert "<table" not in page


@pytest.mark.parametrize("address", [
    "/toy?page=0", "/toy?page=-1", "/toy?page=x", "/toy?page=99999999999999999999", "/toy?sort=state", "/toy?sort=%01",
    "/toy?role=nobody", "/toy?down=maybe", "/toy?as=pdf", "/toy?page=%D9%A1", "/toy?q=%20"])
async def test_what_is_not_there_is_as_if_not_asked(browser: Browser, monkeypatch: pytest.MonkeyPatch, address: str):
    monkeypatch.setattr(FAKE, "rows", rows(12))
    assert (await shown(browser, address))[0] == keys(*range(10))


async def test_the_file_holds_the_same_rows_all_of_them_and_no_formula(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(FAKE, "rows", rows(35))
    answer = await browser.get("/toy?role=clerk&sort=since&down=1&page=2&as=csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="fonctions-\d{4}-\d\d-\d\d\.csv"', answer.headers["Content-Disposition"])
    text = (await answer.read()).decode()
    assert text[0] == BYTE_ORDER_MARK
    lines = list(csv.reader(io.StringIO(text[1:]), delimiter=";"))
    assert lines[0] == ["Personne", "Depuis", "État"]
    assert [line[1] for line in lines[1:]] == [f"{1000 + number} (jour)" for number in range(33, 0, -2)]
    assert lines[-1][0] == "'=cmd|' /C calc'!A0"
    english = (await (await browser.get("/toy?as=csv", **{"Accept-Language": "en"})).read()).decode()
    assert english.splitlines()[1].split(",")[0] == "Élodie Martin"


async def test_the_spreadsheet_holds_the_same_rows_as_texts(browser: Browser, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(FAKE, "rows", rows(35))
    answer = await browser.get("/toy?role=clerk&sort=since&down=1&page=2&as=xlsx")
    assert answer.headers["Content-Type"] == MEDIA_TYPE
    assert re.fullmatch(r'attachment; filename="fonctions-\d{4}-\d\d-\d\d\.xlsx"',
                        answer.headers["Content-Disposition"])
    book = CalamineWorkbook.from_filelike(io.BytesIO(await answer.read()))
    lines = list(book.get_sheet_by_name("Fonctions").iter_rows())
    assert lines[0] == ["Personne", "Depuis", "État"]
    assert [line[1] for line in lines[1:]] == [f"{1000 + number} (jour)" for number in range(33, 0, -2)]
    assert lines[-1][0] == "=cmd|' /C calc'!A0"  # a text: there is nothing to make harmless


@pytest.mark.parametrize(("text", "kept"), [
    ("=1+1", "'=1+1"), ("+33 1", "'+33 1"), ("-5", "'-5"), ("@SUM(A1)", "'@SUM(A1)"), ("  =1", "'  =1"),
    ("\t=1", "'\t=1"), ("\rx", "'\rx"), ("＝1", "'＝1"), ("a=b", "a=b"), ("Jean-Pierre", "Jean-Pierre"), ("", "")])
def test_a_cell_that_a_spreadsheet_would_reckon_with_is_shown_as_it_is(text: str, kept: str):
    assert harmless(text) == kept


def test_a_table_says_what_it_is_sorted_by_and_names_its_columns_once():
    column = TABLE.columns[1]
    with pytest.raises(ValueError, match="two columns"):
        Table("i", "n", "c", (column, column), "", sort="since")
    with pytest.raises(ValueError, match="sorted by no column"):
        Table("i", "n", "c", (column,), "", sort="state")
