"""What the cases of a candidacy keep back: everything, as long as one is open (X1). It follows from the journals, by
their rows; nobody places or releases it."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from evaluation.case.terms import case_id
from evaluation.session.kind import SESSION
from evaluation.session.state import Hearing
from server.storage.rows import Rows

CASES = "cases"


@dataclass(frozen=True)
class CasesOf:
    """Of one hearing: whether a case is open on its candidacy, the incidents that have had their case, and whether the
    candidacy says that no reservation is left to settle."""

    open: bool = False
    decided: frozenset[int] = frozenset()
    settled: bool = False


class OpenCases:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def of(self, session: str, hearings: Iterable[Hearing]) -> Mapping[str, CasesOf]:
        """By hearing."""
        return {one.id: await self._of(session, one) for one in hearings}

    async def _of(self, session: str, hearing: Hearing) -> CasesOf:
        if not hearing.candidacy:
            return CasesOf()
        rows = await self._rows.page(CASES, about=hearing.candidacy)
        known = {row.stream for row in rows if not row.data["open"]}
        decided = (one.position for one in hearing.incidents
                   if case_id(SESSION.name, session, one.position) in known)
        row = await self._rows.one("candidacies", hearing.candidacy)
        settled = row is not None and hearing.id in _settled(row.data.get("settled"))
        return CasesOf(any(row.data["open"] for row in rows), frozenset(decided), settled)

    async def known_to(self, reader: str, candidacies: Iterable[str]) -> frozenset[str]:
        """Those of the candidacies with an open case, for somebody who may know of cases; of one whose facts concern
        the reader nothing is told (X15)."""
        wanted = tuple(dict.fromkeys(one for one in candidacies if one))
        rows = [row for row in await self._rows.page(CASES, about=wanted) if row.data["open"]] if wanted else []
        if not rows:
            return frozenset()
        hidden = {row.stream for row in await self._rows.page("case_subjects", person=reader)}
        return frozenset(row.about or "" for row in rows if row.stream not in hidden)

    async def on(self, person: str) -> tuple[str, ...]:
        """The keys of the open cases that are about a person."""
        rows = await self._rows.page(CASES, person=person)
        return tuple(row.key for row in rows if row.data["open"])


def _settled(hearings: object) -> list[str]:
    return [str(one) for one in cast("list[object]", hearings)] if isinstance(hearings, list) else []
