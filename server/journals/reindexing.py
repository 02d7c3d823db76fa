"""`visiojury reindex`: the index rows made anew from the journals, and whether they differed."""
from __future__ import annotations

from dataclasses import dataclass

from evaluation.kinds import Kinds
from server.journals.ledger import Ledger
from server.storage import journal
from server.storage import rows as index
from server.storage.database import Database
from server.storage.rows import Changes


@dataclass
class Reindexed:
    """How many streams were read, and how many rows were missing, wrong, or of nothing."""

    streams: int = 0
    missing: int = 0
    wrong: int = 0
    spare: int = 0

    @property
    def differed(self) -> bool:
        return bool(self.missing or self.wrong or self.spare)


async def reindex(database: Database, kinds: Kinds) -> Reindexed:
    """Each stream in a transaction of its own, so that nobody waits long. BrokenJournal for one that is broken: the
    streams before it are done."""
    done = Reindexed()
    async with database.reading() as connection:
        streams = await journal.stream_ids(connection)
    for stream in streams:
        await _reindex(database, kinds, stream, done)
    return done


async def _reindex(database: Database, kinds: Kinds, stream: str, done: Reindexed) -> None:
    async with database.writing() as connection:
        await journal.take_turns(connection, stream)
        records = await journal.read(connection, stream)
        kind = kinds.named(records[0].kind)
        state = Ledger(kind, stream).follow(records).state
        changes = Changes.between(await index.of_stream(connection, stream), kind.rows(state))
        await index.write(connection, kind.name, stream, changes)
    done.streams += 1
    done.missing += len(changes.added)
    done.wrong += len(changes.changed)
    done.spare += len(changes.gone)
