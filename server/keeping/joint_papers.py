"""Papers that name several people, under the key of what they are about: they go years after they were sealed, whoever
of them was erased before (X1)."""
from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from evaluation.deadlines import day_of, due, end_of
from evaluation.sitting.kind import SITTING
from evaluation.sitting.state import SittingState
from server.journals.write_path import Journals
from server.storage.purge import Purge
from server.storage.rows import Rows


class JointPapers:
    """Called, it deletes those that are due now, and counts them. Safe to repeat."""

    def __init__(self, journals: Journals, purge: Purge, rows: Rows, years: int, now: Callable[[], int]) -> None:
        self._journals, self._purge, self._rows, self._years, self._now = journals, purge, rows, years, now

    async def __call__(self) -> Counter[str]:
        done = Counter[str]()
        for stream in await self._purge.streams_with_files(SITTING.name):
            # Folded apart, as `Retention` does.
            state = SITTING.fold(await self._journals.records(stream))
            if state is not None and self._due(state):
                done += await self._purge.documents(stream, f"stream:{stream}")
        return done

    def _due(self, state: SittingState) -> bool:
        """Years after the last of its documents was sealed; of a sitting that was cancelled, after that."""
        sealed = [one.sealed_at for one in state.minutes if one.sealed_at is not None]
        last = max(sealed, default=state.last_at if state.cancelled is not None else None)
        return last is not None and self._now() >= end_of(due(day_of(last), years=self._years))

    async def naming(self, person: str) -> int:
        """In how many sittings somebody was ruled on, or sat: their papers stay when the person is erased."""
        found = {one.stream for index in NAMED for one in await self._rows.page(index, person=person)}
        return len(found)


NAMED = ("sitting_items", "sitting_people")
"""The indexes of whom a sitting's papers name."""
