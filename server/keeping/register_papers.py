"""What the register keeps under its own key, for years, whoever was erased meanwhile: whom each certificate names, with
its papers; and the files of the deposit, which name several people (X1)."""
from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from evaluation.deadlines import end_of
from evaluation.people import Paper
from evaluation.register.kind import REGISTER
from evaluation.register.retention_periods import deposit_due, name_due
from evaluation.register.state import Certificate, RegisterState
from server.config import RetentionSettings
from server.journals.write_path import Journals
from server.storage.purge import Purge
from server.storage.vault import Vault


class RegisterPapers:
    """Called, it deletes what is due now, and counts the papers. Safe to repeat."""

    def __init__(self, journals: Journals, purge: Purge, vault: Vault, settings: RetentionSettings,
                 now: Callable[[], int]) -> None:
        self._journals, self._purge, self._vault, self._settings, self._now = journals, purge, vault, settings, now

    async def __call__(self) -> Counter[str]:
        done = Counter[str]()
        for stream in await self._purge.streams_with_files(REGISTER.name):
            # Folded apart, as `Retention` does.
            state = REGISTER.fold(await self._journals.records(stream))
            if state is not None:
                done += await self._of_register(state)
        if done:
            await self._vault.forget_deleted()
        return done

    async def _of_register(self, state: RegisterState) -> Counter[str]:
        done, now = Counter[str](), self._now()
        over = [one for one in state.certificates.values()
                if now >= end_of(name_due(one, self._settings.certificate_years))]
        sent = [one for one in state.deposits.values() if now >= end_of(deposit_due(one, self._settings.paper_years))]
        await self._vault.discard_words([one.holder.ref for one in over])
        papers = [*(paper for one in over for paper in _papers(one)),
                  *(paper for one in sent for paper in (one.paper, *one.receipts))]
        for paper in papers:
            info = await self._vault.file_info(paper.file)
            if info is not None:
                await self._vault.discard(paper.file)
                done[info.kind] += 1
        return done


def _papers(one: Certificate) -> Iterator[Paper]:
    """The certificate, its duplicates, and what a correction of its name rests on."""
    for paper in (one.paper, one.proof, *(copy.paper for copy in one.duplicates)):
        if paper is not None:
            yield paper
