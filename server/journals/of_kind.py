"""The journals of one kind of stream, typed by its state: what whoever works with that kind alone is given."""
from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from evaluation.journal import BrokenJournal, Record
from evaluation.kinds import Kind, State
from evaluation.session.state import SessionState
from server import logs
from server.journals.deciding import Letters, Together
from server.journals.ledger import Commit, event_of
from server.journals.write_path import Journals, Outcome
from server.storage.accounts import Accounts
from server.storage.vault import Vault

log = logs.logger(__name__)
S = TypeVar("S", bound=State)


class OfKind(Generic[S]):
    """`on_commit` and `on_reopening` hear of this kind's streams alone, and before whoever hears of all."""

    def __init__(self, journals: Journals, kind: Kind[S], vault: Vault, accounts: Accounts) -> None:
        self.journals, self.kind = journals, kind
        self._vault, self._accounts = vault, accounts
        self.on_commit: list[Callable[[Commit[S]], None]] = []
        self.on_reopening: list[Callable[[Commit[S]], None]] = []
        journals.before_all(kind, self.on_commit, self.on_reopening)

    @property
    def on_failure(self) -> list[Callable[[str], None]]:
        """Told the stream's id when a write failed in a way that leaves open what was kept: close its doors."""
        return self.journals.on_failure

    def writes(self, letters: Callable[[Commit[S]], Iterable[Any]]) -> None:
        """Commits of this kind make these letters, in their own transaction."""
        name = self.kind.name
        wrapped: Letters = lambda commit: letters(commit) if commit.kind.name == name else ()  # noqa: E731
        self.journals.letters.append(wrapped)

    async def execute(
        self, stream: str, actor: str, command_name: str, fields: Mapping[str, object], *, key: str | None = None,
        expected: int | None = None, by_server: bool = False, together: Together | None = None,
    ) -> Outcome:
        """As `Journals.execute`."""
        return await self.journals.execute(self.kind, stream, actor, command_name, fields, key=key, expected=expected,
                                           by_server=by_server, together=together)

    async def state(self, stream: str) -> S | None:
        """The state now, with what other processes wrote. None when there is no such stream of this kind."""
        return await self.journals.state(self.kind, stream)

    def known(self, stream: str) -> S | None:
        """The state as this process last saw it, at no cost: right after a commit it is the present one."""
        return self.journals.known(self.kind, stream)

    def all_known(self) -> tuple[S, ...]:
        """Every stream of the kind that this process has in memory."""
        return self.journals.all_known(self.kind)

    async def ids(self, open_only: bool = False) -> tuple[str, ...]:
        """The oldest first."""
        return await self.journals.stream_ids(self.kind, open_only)

    async def load(self, streams: Iterable[str]) -> None:
        """Read them, so that listeners apply their rights. A broken journal stays closed."""
        for stream in streams:
            try:
                await self.state(stream)
            except BrokenJournal as broken:
                log.error("journal.broken", session=stream, position=broken.position)

    async def records(self, stream: str, after: int = 0, until: int | None = None) -> tuple[Record, ...]:
        return await self.journals.records(stream, after, until)

    async def events(self, stream: str, after: int = 0) -> tuple[tuple[Record, Any], ...]:
        return tuple((one, event_of(self.kind, one)) for one in await self.records(stream, after))

    async def export(self, stream: str, until: int | None = None) -> AsyncIterator[bytes]:
        """The lines `visiojury verify` reads, up to a position (all). LookupError when there is no such stream."""
        async for line in self.journals.export(stream, until):
            yield line

    async def words(self, refs: Iterable[str]) -> dict[str, str]:
        """The texts by reference; those of an erased person are absent."""
        return await self._vault.read_words(refs)

    async def profile(self, person: str) -> Mapping[str, Any] | None:
        """None for somebody unknown or erased."""
        return await self._accounts.profile(person)

    async def close(self) -> None:
        await self.journals.close()

    def let_go(self, watched: Callable[[str], bool]) -> None:
        self.journals.let_go(watched)


Sessions = OfKind[SessionState]
"""The jury days."""
