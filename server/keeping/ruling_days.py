"""On which day a certification jury ruled on what a session examined: every delay of keeping runs from it (X1). It
follows from the candidacies' outcomes, by their rows."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from evaluation.session.state import Hearing, SessionState
from server.storage.rows import Rows


class RulingDays:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def of(self, state: SessionState) -> Mapping[str, date]:
        """By hearing, the last outcome that holds, of a jury on the session's day or later: none where no jury has
        ruled."""
        found = {one.id: await self._of(state, one) for one in state.hearings.values()}
        return {hearing: on for hearing, on in found.items() if on is not None}

    async def _of(self, state: SessionState, hearing: Hearing) -> date | None:
        rows = await self._rows.page("outcomes", person=hearing.candidate.person)
        days = (date.fromisoformat(str(one.data["ruled_on"])) for one in rows if one.stream == hearing.candidacy)
        return max((day for day in days if day >= date.fromisoformat(state.date)), default=None)
