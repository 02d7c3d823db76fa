"""The bars that may be a candidate's, beside the act that registers them (R6.6): who registers is told nothing of it.

`register` gives its command `possible_bars=bars.quotes`, and does it together with `bars.check`.
"""
from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypeVar

from evaluation.body.kind import BODY
from server.http import parts
from server.http.office.door import DESK, Asking, not_there
from server.people.bar_matches import BarsChanged, Possible

T = TypeVar("T")
TIMES: Final = 3
"""How often the bars are looked for, where one is set at the same moment."""


async def with_possible_bars(request: Asking, person: str, profile: Mapping[str, Any], certification: str,
                             register: Callable[[Possible], Awaitable[T]]) -> T:
    """`profile` is the person's as the act leaves it."""
    for again in range(TIMES, 0, -1):
        bars = await _possible(request, person, profile, certification)
        try:
            return await register(bars)
        except BarsChanged:
            if again == 1:
                raise
    raise BarsChanged


async def _possible(request: Asking, person: str, profile: Mapping[str, Any], certification: str) -> Possible:
    matches, stream = request.app[parts.BAR_MATCHES], request[DESK].body.id
    body = await parts.journals(request).state(BODY, stream)
    if body is None:
        raise not_there()
    return await matches.possible(body, person, profile, certification)
