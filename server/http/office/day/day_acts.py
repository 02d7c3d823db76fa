"""Small acts about a day or one of its hearings, each a form that opens on its page: told once here, shown and done by
`act_pages`."""
from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from server.http.forms import Form, Sent
from server.http.office.day.one_day import OneDay


@dataclass(frozen=True)
class DayAct:
    """`name` stands in the address. `form` is None where the act cannot be done now. `first` are what its fields hold
    before anybody typed. `done` is the word of the page after it (`door.DONE`)."""

    name: str
    title: str
    form: Callable[[web.Request, OneDay, str], Awaitable[Form | None]]
    does: Callable[[web.Request, OneDay, str, Sent], Awaitable[None]]
    done: str
    first: Callable[[OneDay, str], Mapping[str, Any]] = lambda _day, _hearing: {}
