"""How far an act for many has come: how many are done, and what came of each."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from evaluation.rules import N_
from server.http import parts
from server.http.language import locale_of
from server.i18n import say

ERASED: Final = N_("données effacées")


@dataclass(frozen=True)
class MassLine:
    """`status` is waiting, done or refused; `why` says what stood against it."""

    name: str
    status: str
    why: str


@dataclass(frozen=True)
class MassView:
    """`again` is the address to look at once more."""

    lines: tuple[MassLine, ...]
    again: str

    @property
    def done(self) -> int:
        return sum(one.status != "waiting" for one in self.lines)

    @property
    def goes_on(self) -> bool:
        return self.done < len(self.lines)

    @property
    def refused(self) -> int:
        return sum(one.status == "refused" for one in self.lines)


async def progress(request: web.Request, stream: str, kind: str, names: Mapping[str, str], again: str
                   ) -> MassView | None:
    """Of the act of this kind that was begun last in a stream; None where there was none. `names` of its items."""
    acts, locale = request.app[parts.MASS_ACTS], locale_of(request)
    act = await acts.last(stream, kind)
    if act is None:
        return None
    lines = tuple(
        MassLine(names.get(one.item, say(locale, ERASED, {})), one.status,
                 say(locale, str(one.problem["text"]), dict(one.problem["values"])) if one.problem else "")
        for one in await acts.items(act.id))
    return MassView(lines, again)
