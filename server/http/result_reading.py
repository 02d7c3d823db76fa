"""One letter of a result, put together from its candidacy's journal, sealed and kept under the candidate's own key:
the mail carries, the candidate reads years later and the clerk hands over the same file."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from evaluation.body.kind import BODY
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.results_told import letter_of
from evaluation.candidacy.state import CandidacyState
from evaluation.candidacy.validated import AwardReturned
from evaluation.codec import decode
from evaluation.quoted_events import RULING_SEALED
from evaluation.quotes import Quote
from evaluation.sitting.terms import Ruling
from server.documents.result_pdf import result_pdf
from server.documents.seals import Seals
from server.http.limits import Places
from server.http.office.framework_files import framework_of
from server.journals.ledger import event_of
from server.journals.write_path import Journals
from server.storage.accounts import Accounts
from server.storage.vault import Erased, Unreadable, Vault
from server.views.candidacy.result_paper import ResultReading, number_of, result_paper, words_of

PAPER: Final = "result_letter"


@dataclass(frozen=True)
class ResultPapers:
    """One in an application: a seal says when it was made, so that no two are alike, and a letter is drawn once."""

    journals: Journals
    accounts: Accounts
    vault: Vault
    seals: Seals
    drawing: Places = field(default_factory=Places)

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
            framework_of(state.certification), tuple(str(profile.get("address") or "").splitlines()),
            self.seals.demonstration)

    async def pdf(self, state: CandidacyState, position: int) -> tuple[str, bytes] | None:
        """The file's name, and the paper, made when it is first wanted: that is before its mail leaves. Erased where
        the person's key is gone; SealUnavailable where it cannot be sealed now, and then nothing is kept."""
        letter = letter_of(state, position)
        if letter is None:
            return None
        file = self._file(state.id, position)
        async with self.drawing.place(PAPER, file, 1):
            if await self.vault.file_info(file) is None:
                await self.vault.put_file(state.person, state.id, PAPER, "application/pdf",
                                          await self._drawn(state, position), name=file)
        return f"{number_of(state, letter).replace('/', '-')}.pdf", await self.vault.read_file(file)

    async def kept(self, candidacy: str, position: int) -> dict[str, str] | None:
        """The letter as a command refers to it; None where it was not made, or is not kept any more."""
        try:
            return await self.vault.reference(self._file(candidacy, position))
        except (FileNotFoundError, Unreadable, Erased):
            return None

    def _file(self, candidacy: str, position: int) -> str:
        return self.vault.digest(PAPER, f"{candidacy} {position}".encode())[:32]

    async def _drawn(self, state: CandidacyState, position: int) -> bytes:
        await self.vault.key(state.person)  # of who was erased, no letter without a name is made
        reading = await self.reading(state, position)
        assert reading is not None, "a letter is about what stands here"
        paper = result_paper(reading)
        return (await self.seals.seal(await result_pdf(paper), f"{paper['title']} {paper['number']}")).content

    async def _event(self, state: CandidacyState, position: int) -> Any:
        (record,) = await self.journals.records(state.id, position - 1, position)
        return event_of(CANDIDACY, record)


def _ruling(said: Quote) -> Ruling | None:
    """What the sitting ruled, as its sealed minutes say it."""
    return decode(Ruling, said.data["ruling"]) if said.event == RULING_SEALED else None
