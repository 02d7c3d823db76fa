"""What is encrypted per person, beside the journal: words in the database, files on disk (X1).

A file has a key of its own, wrapped by its subject's key, which the master key wraps. A subject is a person's id, or
`session:ID` for what is about nobody in particular. Erasing a subject destroys its key; the journal keeps ids and keyed
digests only, so its chain still verifies.
"""
from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.people import Words
from server import logs
from server.durable import sync_folder, write_whole
from server.storage.database import Database, blocks
from server.storage.disk_space import NoSpace, told_apart
from server.storage.keys import Key, Unreadable, new_key
from server.storage.master import Master
from server.storage.subject_keys import Erased, NoKeyYet, SubjectKeys
from server.storage.tables import files, name_parts, outbox, people, subjects, words

log = logs.logger(__name__)

CACHED_TEXTS = 20_000
INFO = tuple(column for column in files.c if column.name != "wrapped_key")


class NoRoom(Exception):
    """The file was not kept: with it there would be more than the limit. `used` is what is kept, in bytes."""

    def __init__(self, used: int) -> None:
        super().__init__(f"{used} bytes are kept already")
        self.used = used


@dataclass(frozen=True)
class Room:
    """At most `limit` bytes may be kept of one person's files of these kinds."""

    kinds: tuple[str, ...]
    limit: int


@dataclass(frozen=True)
class StoredFile:
    """`digest` is keyed, 64 hexadecimal digits; `size` is in bytes of the plain file."""

    id: str
    subject: str
    session: str
    kind: str
    media_type: str
    size: int
    created_at: int
    digest: str


@dataclass(frozen=True)
class Sealed:
    """Words on their way into the database, in the transaction of the event that refers to them."""

    reference: Words
    subject: str
    session: str
    sealed: bytes
    text: str


def session_subject(session: str) -> str:
    return f"session:{session}"


class Vault:
    def __init__(self, database: Database, master: Master, folder: Path, now: Callable[[], int]) -> None:
        self._database, self._master, self._folder, self._now = database, master, folder, now
        self._keys = SubjectKeys(database, master, now)
        self._texts: OrderedDict[str, tuple[str, str]] = OrderedDict()  # ref → (subject, text)
        self.on_erased: list[Callable[[str], None]] = []
        """Told which subject was erased, here or by another process: drop what you remember of them."""

    def digest(self, item: str, plain: bytes) -> str:
        """Keyed with the platform's key: for what is about nobody, such as the hash of a token."""
        return self._master.digest(item, plain)

    async def key(self, subject: str, connection: AsyncConnection | None = None) -> Key:
        """The subject's key: Erased, and inside a transaction NoKeyYet, as `SubjectKeys.key` says."""
        return await self._keys.key(subject, connection)

    async def load_keys(self, wanted: Iterable[str]) -> None:
        """As `SubjectKeys.load`."""
        await self._keys.load(wanted)

    async def drop_key(self, subject: str) -> None:
        """As `SubjectKeys.drop`."""
        await self._keys.drop(subject)

    # Words

    async def seal_words(self, subject: str, session: str, text: str, connection: AsyncConnection | None = None
                         ) -> Sealed:
        """Encrypt; nothing is stored until `keep_words`. `connection` as in `key`."""
        key, ref = await self.key(subject, connection), secrets.token_hex(16)
        plain = text.encode()
        return Sealed(Words(ref, key.digest(ref, plain)), subject, session, key.seal(ref, plain), text)

    async def keep_words(self, connection: AsyncConnection, sealed: Iterable[Sealed]) -> None:
        rows = [{"ref": one.reference.ref, "subject": one.subject, "session": one.session, "sealed": one.sealed}
                for one in sealed]
        if rows:
            await connection.execute(insert(words), rows)

    def remember(self, sealed: Iterable[Sealed]) -> None:
        """After the commit: their next reading costs nothing."""
        for one in sealed:
            self._cache(one.reference.ref, one.subject, one.text)

    async def read_words(self, refs: Iterable[str]) -> dict[str, str]:
        """The texts of those that still can be read: an erased or damaged one is absent."""
        wanted = list(dict.fromkeys(refs))
        found = {ref: self._texts[ref][1] for ref in wanted if ref in self._texts}
        missing = [ref for ref in wanted if ref not in found]
        if missing:
            found.update(await self._load_words(missing))
        return found

    async def _load_words(self, refs: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        async with self._database.reading() as connection:
            for some in blocks(refs):
                rows = await connection.execute(select(words).where(words.c.ref.in_(some)))
                for row in rows.all():
                    try:
                        text = (await self.key(row.subject, connection)).open(row.ref, row.sealed).decode()
                    except Erased:
                        continue
                    except Unreadable:  # one text that is spoiled is missing; it does not close the whole day
                        log.error("vault.words_damaged", record=row.ref)
                        continue
                    found[row.ref] = text
                    self._cache(row.ref, row.subject, text)
        return found

    def _cache(self, ref: str, subject: str, text: str) -> None:
        if self._keys.is_erased(subject):
            return
        self._texts[ref] = (subject, text)
        if len(self._texts) > CACHED_TEXTS:
            self._texts.popitem(last=False)

    # Files

    async def put_file(self, subject: str, session: str, kind: str, media_type: str, data: bytes,
                       name: str | None = None, room: Room | None = None) -> StoredFile:
        """Encrypt and write, durably; NoSpace when the disk is full, NoRoom when `room` is. `discard` it if the
        command that refers to it is refused.

        `name` (letters and digits) is for what was made from another file and can be made again: it replaces the one
        before."""
        key, name, now = await self.key(subject), name or secrets.token_hex(16), self._now()
        own = new_key()
        sealed = await asyncio.to_thread(Key(own).seal, name, data)
        await asyncio.to_thread(self._write, self._path(name), sealed)
        digest = await asyncio.to_thread(key.digest, name, data)
        row: dict[str, Any] = {"id": name, "subject": subject, "session": session, "kind": kind,
                               "media_type": media_type, "size": len(data), "created_at": now}
        try:
            async with self._database.writing() as connection:
                await connection.execute(delete(files).where(files.c.id == name))
                if room is not None:
                    await _check_room(connection, subject, session, room, len(data))
                await connection.execute(insert(files), [{**row, "wrapped_key": key.seal(f"file:{name}", own)}])
        except (NoSpace, NoRoom):  # without the row nobody could ever open what stands there, and the space is wanted
            await asyncio.to_thread(self._path(name).unlink, missing_ok=True)
            raise
        return StoredFile(digest=digest, **row)

    async def file_info(self, file: str) -> StoredFile | None:
        """None when there is no such file (any more). `digest` is empty: it is not kept here."""
        async with self._database.reading() as connection:
            row = (await connection.execute(select(*INFO).where(files.c.id == file))).mappings().one_or_none()
        return None if row is None else StoredFile(digest="", **row)

    async def reference(self, file: str) -> dict[str, str]:
        """A kept file as a command refers to it (`Paper`): its id, and the keyed digest of its bytes. Raises as
        `read_file`."""
        info = await self.file_info(file)
        if info is None:
            raise FileNotFoundError(file)
        key, data = await self.key(info.subject), await self.read_file(file)
        return {"file": file, "digest": await asyncio.to_thread(key.digest, file, data)}

    async def read_file(self, file: str) -> bytes:
        """FileNotFoundError when nothing is kept of it (any more), Erased; Unreadable, with a line in the log, when it
        is still listed but missing on the disk, altered, or cannot be read."""
        query = select(files.c.subject, files.c.wrapped_key).where(files.c.id == file)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            raise FileNotFoundError(file)
        try:
            return await self._opened(file, row.subject, row.wrapped_key)
        except (Unreadable, OSError, ValueError) as problem:
            if await self.file_info(file) is None:  # deleted meanwhile
                raise FileNotFoundError(file) from None
            log.error("vault.file_damaged", document=file, error=type(problem).__name__)
            raise Unreadable(file) from None

    async def _opened(self, file: str, subject: str, wrapped: bytes) -> bytes:
        key = await self.key(subject)
        key = Key(key.open(f"file:{file}", wrapped))
        sealed = await asyncio.to_thread(self._path(file).read_bytes)
        return await asyncio.to_thread(key.open, file, sealed)

    async def files_of(self, subject: str, session: str, kind: str) -> list[str]:
        """The ids of one person's files of one kind."""
        theirs = (files.c.subject == subject) & (files.c.session == session) & (files.c.kind == kind)
        async with self._database.reading() as connection:
            return list(await connection.scalars(select(files.c.id).where(theirs).order_by(files.c.id)))

    async def all_files_of(self, subject: str) -> list[StoredFile]:
        """Of every kind, the oldest first."""
        query = select(*INFO).where(files.c.subject == subject).order_by(files.c.created_at, files.c.id)
        async with self._database.reading() as connection:
            return [StoredFile(digest="", **row) for row in (await connection.execute(query)).mappings()]

    async def discard_words(self, refs: Iterable[str]) -> None:
        """Remove these texts; not an error when they are gone already."""
        gone = list(refs)
        async with self._database.writing() as connection:
            await connection.execute(delete(words).where(words.c.ref.in_(gone)))
        for ref in gone:
            self._texts.pop(ref, None)

    async def discard(self, file: str) -> None:
        """Remove one file and its key; not an error when it is gone already."""
        async with self._database.writing() as connection:
            await connection.execute(delete(files).where(files.c.id == file))
        await asyncio.to_thread(self._path(file).unlink, missing_ok=True)

    async def forget_deleted(self) -> None:
        """After `discard` and `discard_words`: nothing of it stays in the database's own files."""
        await self._database.forget_deleted()

    def _path(self, name: str) -> Path:
        if not (name.isascii() and name.isalnum()):
            raise FileNotFoundError(name)
        return self._folder / name[:2] / name

    def _write(self, path: Path, data: bytes) -> None:
        """All or nothing, and on the disk before it returns."""
        with told_apart("vault"):
            write_whole(path, data)
            sync_folder(path.parent.parent)

    # Erasing

    async def erase(self, subject: str) -> None:
        """Destroy the subject's key and all it sealed. What the journal says of them can no longer be tied to them."""
        async with self._database.writing() as connection:
            found = await connection.execute(select(files.c.id).where(files.c.subject == subject))
            names = list(found.scalars())
            await connection.execute(delete(words).where(words.c.subject == subject))
            await connection.execute(delete(files).where(files.c.subject == subject))
            await connection.execute(delete(outbox).where(outbox.c.person == subject))
            await connection.execute(delete(people).where(people.c.id == subject))
            await connection.execute(delete(name_parts).where(name_parts.c.person == subject))
            await connection.execute(update(subjects).where(subjects.c.id == subject)
                                     .values(wrapped_key=None, erased_at=self._now()))
        self._forget({subject})
        for name in names:
            await asyncio.to_thread(self._path(name).unlink, missing_ok=True)
        await self._database.forget_deleted()

    async def forget_erased(self) -> None:
        """Drop from memory what another process erased since the last look."""
        self._forget(await self._keys.erased_elsewhere())

    def is_erased(self, subject: str) -> bool:
        """As far as this process knows, at no cost: what was read before is not to be remembered any more."""
        return self._keys.is_erased(subject)

    def _forget(self, erased: set[str]) -> None:
        new = self._keys.forget(erased)
        for ref in [ref for ref, (subject, _) in self._texts.items() if subject in new]:
            del self._texts[ref]
        for subject in sorted(new):
            for tell in self.on_erased:
                tell(subject)


async def _check_room(connection: AsyncConnection, subject: str, session: str, room: Room, more: int) -> None:
    """NoRoom. Files of one person that come together are counted one after the other."""
    await connection.execute(select(subjects.c.id).where(subjects.c.id == subject).with_for_update())
    theirs = (files.c.subject == subject) & (files.c.session == session) & files.c.kind.in_(room.kinds)
    used = int(await connection.scalar(select(func.coalesce(func.sum(files.c.size), 0)).where(theirs)) or 0)
    if used + more > room.limit:
        raise NoRoom(used)


__all__ = ["Erased", "NoKeyYet", "NoRoom", "Room", "Sealed", "StoredFile", "Unreadable", "Vault", "session_subject"]
