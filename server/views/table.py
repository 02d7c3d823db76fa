"""Every list of the office is one table: its columns declared once, its rows read from an index, one page at a time.

What is sorted, filtered and shown stands in the address. A page opens (names, words) the rows it shows and no others.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Literal, Protocol, TypeVar

from evaluation.kinds import Row
from evaluation.rules import N_
from server.i18n import Locale, say
from server.views.case_mark import CaseMark

Order = Literal["key", "person", "scope", "status", "about", "at", "due_at"]
BY_NAME: Final = "name"
"""What a column says that is sorted by people's names: sealed, so only where few rows are left."""
State = Literal["", "ok", "warn", "bad", "info"]
R = TypeVar("R")
F = TypeVar("F", bound=Row, covariant=True)


class Source(Protocol[F]):
    """Rows of an index (`server.storage.rows`). `filters` are values of indexed columns, one or several; None: any."""

    async def page(self, index: str, *, order: Order = "key", descending: bool = False, offset: int = 0,
                   limit: int | None = None, **filters: Any) -> tuple[F, ...]: ...

    async def count(self, index: str, **filters: Any) -> int: ...


@dataclass(frozen=True)
class Cell:
    """What a row shows in a column. `state` (with an icon's name) makes it a tag; `own` words are nobody's to translate
    (names, codes); `href` leads to what the row is about. `mark`: a case is open about the candidacy of the row."""

    text: str
    small: str = ""
    href: str = ""
    state: State = ""
    icon: str = ""
    own: bool = False
    mark: CaseMark | None = None

    @property
    def plain(self) -> str:
        beside = "; ".join(one for one in (self.small, self.mark.words if self.mark else "") if one)
        return f"{self.text} ({beside})" if beside else self.text


@dataclass(frozen=True)
class Column(Generic[R]):
    """`cell` shows one opened row. `sort` is the index's column it is sorted by, or BY_NAME; None: not sorted by."""

    name: str
    title: str
    cell: Callable[[R, Locale], Cell]
    sort: Order | Literal["name"] | None = None


@dataclass(frozen=True)
class Choice:
    """`words` is a French msgid, or what something is called (`own`). `where` are the filters that it stands for."""

    value: str
    words: str
    where: Mapping[str, object]
    own: bool = False


@dataclass(frozen=True)
class Filter:
    name: str
    title: str
    choices: tuple[Choice, ...]

    def chosen(self, value: str) -> Choice | None:
        return next((one for one in self.choices if one.value == value), None)


@dataclass(frozen=True)
class Table(Generic[R]):
    """`name` names its files. `nothing` says what an empty list means, and what to do. `by_person`: searched by
    people's names, in a field that `search` labels; `person` gives the name that a row is sorted by."""

    index: str
    name: str
    caption: str
    columns: tuple[Column[R], ...]
    nothing: str
    filters: tuple[Filter, ...] = ()
    sort: str = ""
    descending: bool = False
    by_person: bool = False
    search: str = N_("Nom")
    person: Callable[[R], str] = field(default=lambda _row: "")

    def __post_init__(self) -> None:
        names = [one.name for one in self.columns]
        if len(set(names)) != len(names):
            raise ValueError(f"{self.index}: two columns of one name")
        if self.sorted_by(self.sort) is None:
            raise ValueError(f"{self.index}: it is sorted by no column of its own")

    def sorted_by(self, name: str) -> Column[R] | None:
        return next((one for one in self.columns if one.name == name and one.sort is not None), None)


# What the page shows


@dataclass(frozen=True)
class Head:
    """`direction` is `aria-sort`'s word, empty for a column that is not sorted by; `href` sorts by it (the other way
    round where it is already)."""

    title: str
    direction: Literal["", "none", "ascending", "descending"] = ""
    href: str = ""


@dataclass(frozen=True)
class FilterView:
    name: str
    title: str
    options: tuple[tuple[str, str, bool], ...]
    """Value, words, whether it is chosen."""


@dataclass(frozen=True)
class TableView:
    """`first` and `last` of `total` rows are shown. `search` is what was searched, None where names are not;
    `search_words` label its field. `kept` are the fields that a new filter keeps. `note` says what could not be done
    as asked."""

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    first: int
    last: int
    before: str
    after: str
    csv: str
    xlsx: str
    filters: tuple[FilterView, ...]
    search: str | None
    search_words: str
    kept: tuple[tuple[str, str], ...]
    narrowed: bool
    all: str
    nothing: str
    note: str = ""


def cells(table: Table[R], rows: Sequence[R], locale: Locale) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(column.cell(row, locale) for column in table.columns) for row in rows)


def filter_views(table: Table[R], chosen: Mapping[str, str], locale: Locale) -> tuple[FilterView, ...]:
    return tuple(
        FilterView(one.name, say(locale, one.title, {}), tuple(
            (choice.value, choice.words if choice.own else say(locale, choice.words, {}),
             chosen.get(one.name) == choice.value) for choice in one.choices))
        for one in table.filters)
