"""A supplied copy looked at by a machine, and what it saw written down: told to whoever supplied it, never a refusal
(R6.2). At the upload; and at the start of the server, for copies that nobody could look at before."""
from __future__ import annotations

from collections.abc import Callable

from evaluation.deadlines import day_of
from evaluation.people import SYSTEM
from evaluation.rules import Refusal
from evaluation.session.hearing_parts import Document
from evaluation.session.measured import Side
from evaluation.session.phases import OVER
from evaluation.session.state import Hearing, SessionState
from evaluation.session.terms import IDENTITY_KINDS
from server import logs
from server.checking.supplied import as_pictures, look
from server.config import Config
from server.documents.document_refusals import DocumentRefusal
from server.identity.findings import Finding
from server.identity.identity_refusals import IdentityUnavailable
from server.identity.worker import IdentityWorkers
from server.journals.of_kind import Sessions
from server.storage.openings import Openings
from server.storage.vault import Erased, StoredFile, Unreadable, Vault

log = logs.logger(__name__)


class CopyExaminer:
    def __init__(self, sessions: Sessions, workers: IdentityWorkers, vault: Vault, openings: Openings, config: Config,
                 now: Callable[[], int]) -> None:
        self._sessions, self._workers, self._vault, self._openings = sessions, workers, vault, openings
        self._config, self._now = config, now
        self._looked_at = set[str]()
        """Documents under way."""

    async def examined(self, session: str, hearing: str, document: Document, stored: StoredFile,
                       data: bytes) -> list[Finding] | None:
        """What was seen, in the journal too; None when nothing could look."""
        side: Side = "front" if document.kind == "identity_front" else "back"
        try:
            pictures = await as_pictures(data, stored.media_type, document.pages, self._config)
            found = await look(self._workers, document.identity, side, pictures, day_of(self._now()))
        except (IdentityUnavailable, DocumentRefusal):
            return None
        flaws = list(dict.fromkeys(one.code for one in found))
        fields = {"hearing": hearing, "document": document.id, "flaws": flaws}
        try:
            await self._openings.note(stored, SYSTEM, "quality")
            await self._sessions.execute(session, SYSTEM, "ExamineCopy", fields, by_server=True)
        except Refusal:  # it was replaced meanwhile
            pass
        except Exception as error:  # the copy is kept all the same, and looked at again at the next start
            log.warning("copy.not_written_down", session=session, error=type(error).__name__)
        return found

    async def left(self, state: SessionState) -> None:
        """Every copy of a day that nobody has looked at yet, one after the other; not what is looked at just now."""
        for hearing in state.hearings.values():
            for document in unexamined(hearing):
                if document.id in self._looked_at:
                    continue
                self._looked_at.add(document.id)
                try:
                    stored = await self._vault.file_info(document.id)
                    if stored is not None:
                        data = await self._vault.read_file(document.id)
                        await self.examined(state.id, hearing.id, document, stored, data)
                except (FileNotFoundError, Erased, Unreadable) as problem:
                    log.warning("copy.not_examined", session=state.id, error=type(problem).__name__)
                finally:
                    self._looked_at.discard(document.id)


def unexamined(hearing: Hearing) -> list[Document]:
    """The newest of each side that no machine has looked at and no person has accepted."""
    if hearing.phase in OVER:
        return []
    newest = [found for kind in IDENTITY_KINDS if (found := hearing.document(kind)) is not None]
    return [one for one in newest if one.flaws is None and one.accepted_by is None]
