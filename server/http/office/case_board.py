"""The rows of the list of cases, narrowed and sorted by what no column of an index holds: by which door each came in,
whom it waits for, and whether that is whoever reads."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, cast

from evaluation.case.case_rows import awaited_as, of_erased
from evaluation.case.terms import STAGES_OVER, Awaited, Stage
from evaluation.kinds import Row
from evaluation.offices import AT_PROVIDER
from server.http import parts
from server.http.office.case_marks import hidden_cases
from server.http.office.door import AtDesk
from server.storage.rows import Entry, Rows
from server.views.body.cases import MINE
from server.views.table import Order

NEVER: Final = 1 << 62


def _nobody(_person: str) -> bool:
    return False


@dataclass
class CaseBoard:
    """A `Source` for whoever holds the offices that are named by `mine`. `asked` are the keys of the parts that wait
    for the opinion of a provider of theirs; `hidden` are cases of which they see nothing."""

    rows: Rows
    mine: frozenset[Awaited]
    asked: frozenset[str]
    hidden: frozenset[str]
    now: int
    erased: Callable[[str], bool] = _nobody
    """Whether a person's key was destroyed: an index does not hold that."""
    _found: dict[str, tuple[Entry, ...]] = field(default_factory=dict[str, tuple[Entry, ...]])

    def turn(self, row: Row) -> bool:
        """Whether it waits for whoever reads: of a candidate who is awaited, for the clerk once their hour has passed.
        """
        awaited = set(awaits_of(row))
        if row.status == Stage.TOLD and "candidate" in awaited and row.due_at is not None:
            awaited = awaited | {"clerk"} if row.due_at <= self.now else awaited - {"clerk"}
        return bool(self.mine & awaited) or row.key in self.asked

    async def page(self, index: str, *, order: Order = "key", descending: bool = False, offset: int = 0,
                   limit: int | None = None, **filters: Any) -> tuple[Entry, ...]:
        """By `due_at` in the order in which they are to be done: one's own turn first, then what is due first, then
        what was opened first; what is over last."""
        found = await self._all(index, filters)
        if order == "due_at":
            ordered = sorted(found, key=self._to_do, reverse=descending)
        else:
            ordered = _by(found, order, descending)
        return tuple(ordered[offset:][:limit])

    async def count(self, index: str, **filters: Any) -> int:
        return len(await self._all(index, filters))

    def _to_do(self, row: Row) -> tuple[bool, bool, int, int, str]:
        due = row.due_at if row.due_at is not None else NEVER
        return not self.turn(row), row.status in STAGES_OVER, due, row.at or 0, row.key

    async def _all(self, index: str, filters: dict[str, Any]) -> tuple[Entry, ...]:
        key = repr(sorted(filters.items()))
        if key not in self._found:
            own = {name: filters.pop(name, None) for name in ("door", "awaits", "code")}
            rows = await self.rows.page(index, **filters)
            told = (self._told(one) for one in rows if self._shown(one))
            self._found[key] = tuple(one for one in told if self._fits(one, own))
        return self._found[key]

    def _told(self, row: Entry) -> Entry:
        if not self.erased(row.person or ""):
            return row
        return replace(row, data={**row.data, "awaits": list(of_erased(Stage(row.status or "")))})

    def _shown(self, row: Row) -> bool:
        """Not what has gone into another case, which is shown instead."""
        return row.data["case"] not in self.hidden and (row.status != Stage.JOINED or bool(row.data["open"]))

    def _fits(self, row: Row, own: dict[str, Any]) -> bool:
        checks: dict[str, Callable[[Any], bool]] = {
            "door": lambda door: row.data["door"] == door, "code": lambda code: row.data["code"] == code,
            "awaits": lambda whom: self.turn(row) if whom == MINE else whom in awaits_of(row)}
        return all(checks[name](value) for name, value in own.items() if value is not None)


def _by(found: Sequence[Entry], order: Order, descending: bool) -> list[Entry]:
    """As an index has them: those without a value last."""
    def value(row: Row) -> Any:
        return getattr(row, order)

    there = sorted((one for one in found if value(one) is not None), key=lambda one: (value(one), one.key),
                   reverse=descending)
    return [*there, *(one for one in found if value(one) is None)]


def awaits_of(row: Row) -> tuple[Awaited, ...]:
    return tuple(cast("list[Awaited]", row.data["awaits"]))


async def board_of(request: parts.OfTheApplication, at: AtDesk) -> CaseBoard:
    rows = parts.rows(request)
    mine = awaited_as(at.offices)
    providers = tuple(sorted({one.provider for one in at.offices if one.role in AT_PROVIDER and one.provider}))
    answers = await rows.page("case_parties", body=at.body.id, scope=providers, status="waiting") if providers else ()
    asked = frozenset(f"{one.data['case']}/{one.about}" for one in answers if one.data["open"])
    return CaseBoard(rows, mine, asked, await hidden_cases(request, at), parts.now(request),
                     parts.vault(request).is_erased)
