"""What was compared with a consent that was withdrawn since is deleted: at once, and as often as it takes (X1)."""
from __future__ import annotations

from evaluation.session.state import Hearing, SessionState
from server import logs
from server.config import StorageSettings
from server.journals.ledger import Commit
from server.journals.of_kind import Sessions
from server.journals.retrying import Retrying
from server.storage.purge import FACE_CROP
from server.storage.vault import Vault

log = logs.logger(__name__)


class Withdrawals:
    """A listener of `Sessions.on_commit`; a session that was just read is looked at too. What could not be deleted
    before the server stopped goes at its next start, and with `Retention` where the session is closed."""

    def __init__(self, sessions: Sessions, vault: Vault, settings: StorageSettings) -> None:
        self._sessions, self._vault = sessions, vault
        self._retrying = Retrying(self._attempt, 0, settings.withdraw_seconds, settings.withdraw_at_most_seconds)

    def committed(self, commit: Commit[SessionState]) -> None:
        for hearing in commit.state.hearings.values():
            before = commit.before.hearings.get(hearing.id) if commit.before else None
            if hearing.face_consent == "no" and (before is None or before.face_consent != "no"):
                self._retrying.begin(commit.stream)

    async def close(self, _app: object = None) -> None:
        await self._retrying.close()

    async def _attempt(self, session: str) -> bool:
        state = self._sessions.known(session)
        whole = True
        for one in state.hearings if state is not None else ():  # None: closed, and let go of
            # As it is now: somebody may have said yes while another's pictures were deleted.
            now = self._sessions.known(session)
            if now is None:
                break
            try:
                await take_away(self._vault, session, now.hearing(one))
            except Exception as error:
                log.warning("consent.not_deleted_yet", session=session, error=type(error).__name__)
                whole = False
        return whole


async def take_away(vault: Vault, session: str, hearing: Hearing) -> None:
    """Delete what the journal names as withdrawn and, without a consent now, every crop of a face: one that was stored
    before the journal could name it is named nowhere. Safe to repeat."""
    ids = set(hearing.withdrawn)
    if hearing.face_consent != "yes":
        ids.update(await vault.files_of(hearing.candidate.person, session, FACE_CROP))
    if not ids:
        return
    await vault.discard_words(ids)
    for one in ids:
        await vault.discard(one)
    await vault.forget_deleted()
