"""Medical opinions go once the decision on them can be contested no more, or nothing is left to decide (X1, R10.1)."""
from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from evaluation.candidacy.adjusting import opinions_to_delete
from evaluation.candidacy.kind import CANDIDACY
from evaluation.deadlines import day_of
from server.journals.write_path import Journals
from server.storage.purge import Purge
from server.storage.vault import Vault

OPINION = "medical_opinion"
"""The kind of file that the disability officer alone opens."""


class Opinions:
    """Called, it deletes those that are due now, and counts them. Safe to repeat."""

    def __init__(self, journals: Journals, purge: Purge, vault: Vault, now: Callable[[], int]) -> None:
        self._journals, self._purge, self._vault, self._now = journals, purge, vault, now

    async def __call__(self) -> Counter[str]:
        done = Counter[str]()
        for stream in await self._purge.streams_with_files(CANDIDACY.name, OPINION):
            # Folded apart, as `Retention` does.
            state = CANDIDACY.fold(await self._journals.records(stream))
            for paper in opinions_to_delete(state, day_of(self._now())) if state is not None else ():
                if await self._vault.file_info(paper.file) is not None:
                    await self._vault.discard(paper.file)
                    done[OPINION] += 1
        if done:
            await self._vault.forget_deleted()
        return done
