"""One letter of a result, put together from its candidacy's journal: for the mail that carries it, for the candidate's
space, for the clerk who hands it over."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evaluation.body.kind import BODY
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.results_told import letter_of
from evaluation.candidacy.state import CandidacyState
from evaluation.candidacy.validated import AwardReturned
from evaluation.codec import decode
from evaluation.quoted_events import RULING_SEALED
from evaluation.quotes import Quote
from evaluation.sitting.terms import Ruling
from server.documents.case_pdf import case_pdf
from server.http.office.framework_files import framework_of
from server.journals.ledger import event_of
from server.journals.write_path import Journals
from server.storage.accounts import Accounts
from server.storage.vault import Vault
from server.views.candidacy.result_paper import ResultReading, result_paper, words_of


@dataclass(frozen=True)
class ResultPapers:
    journals: Journals
    accounts: Accounts
    vault: Vault

    async def reading(self, state: CandidacyState, position: int) -> ResultReading | None:
        """None where no letter is about what stands at this position."""
        letter = letter_of(state, position)
        if letter is None:
            return None
        event = await self._event(state, position)
        ruling = _ruling(event.said)
        words = event.words if isinstance(event, AwardReturned) else None
        profile = await self.accounts.profile(state.person) or {}
        body = await self.journals.state(BODY, state.body)
        return ResultReading(
            state, letter, str(profile.get("name", "")), body.name if body is not None else "", ruling, words,
            await self.vault.read_words([one.ref for one in words_of(ruling, words)]),
            framework_of(state.certification), tuple(str(profile.get("address") or "").splitlines()))

    async def pdf(self, state: CandidacyState, position: int) -> tuple[str, bytes] | None:
        """The file's name, and the paper."""
        reading = await self.reading(state, position)
        if reading is None:
            return None
        paper = result_paper(reading)
        return f"{paper['number'].replace('/', '-')}.pdf", await case_pdf(paper)

    async def _event(self, state: CandidacyState, position: int) -> Any:
        (record,) = await self.journals.records(state.id, position - 1, position)
        return event_of(CANDIDACY, record)


def _ruling(said: Quote) -> Ruling | None:
    """What the sitting ruled, as its sealed minutes say it."""
    return decode(Ruling, said.data["ruling"]) if said.event == RULING_SEALED else None
