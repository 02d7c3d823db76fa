"""Keys, words and files: unreadable without the key, unreadable once erased, whole or absent."""
from __future__ import annotations

import asyncio
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text, update

from server.storage.key_file import make_key_file
from server.storage.keys import Unreadable
from server.storage.master import Master
from server.storage.tables import files
from server.storage.vault import Erased, NoRoom, Room, Vault
from tests.server.kept import House

PICTURE = b"\xff\xd8\xff a face, and the words Camille Martin"


def on_disk(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


# Files


async def test_a_file_is_kept_encrypted(house: House):
    vault, folder = house.kept.vault, house.config.storage.vault_folder
    stored = await vault.put_file("p", "s", "capture", "image/jpeg", PICTURE)
    assert await vault.read_file(stored.id) == PICTURE
    (path,) = on_disk(folder)
    assert b"Camille" not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    info = await vault.file_info(stored.id)
    assert info is not None
    assert (info.subject, info.session, info.kind, info.media_type, info.size) == (
        "p", "s", "capture", "image/jpeg", len(PICTURE))


async def test_files_that_come_together_have_their_limit_together(house: House):
    vault, room = house.kept.vault, Room(("capture",), 250)
    told = await asyncio.gather(
        *(vault.put_file("p", "s", "capture", "image/jpeg", bytes(100), room=room) for _ in range(4)),
        return_exceptions=True)
    assert [one.used for one in told if isinstance(one, NoRoom)] == [200, 200]
    assert len(await vault.files_of("p", "s", "capture")) == 2
    assert len(on_disk(house.config.storage.vault_folder)) == 2


async def test_files_are_unreadable_with_another_master_key(house: House, tmp_path: Path):
    stored = await house.kept.vault.put_file("p", "s", "capture", "image/jpeg", PICTURE)
    folder = house.config.storage.vault_folder
    make_key_file(tmp_path / "other.key")
    other = Master(house.kept.database, tmp_path / "other.key", folder, house.clock)
    stranger = Vault(house.kept.database, other, folder, house.clock)
    with pytest.raises(Unreadable):
        await stranger.read_file(stored.id)


async def test_a_file_altered_or_swapped_is_not_read(house: House):
    vault = house.kept.vault
    one = await vault.put_file("p", "s", "capture", "image/jpeg", PICTURE)
    other = await vault.put_file("p", "s", "capture", "image/jpeg", b"another")
    paths = {path.name: path for path in on_disk(house.config.storage.vault_folder)}
    paths[one.id].write_bytes(paths[other.id].read_bytes())
    with pytest.raises(Unreadable):
        await vault.read_file(one.id)


async def test_a_file_given_to_another_subject_is_not_read(house: House):
    vault = house.kept.vault
    stored = await vault.put_file("p", "s", "capture", "image/jpeg", PICTURE)
    await vault.key("q")
    async with house.kept.database.writing() as connection:
        await connection.execute(update(files).values(subject="q"))
    with pytest.raises(Unreadable):
        await vault.read_file(stored.id)


@pytest.mark.parametrize("name", ["0" * 32, "../../etc/passwd", "", "é", "a/b"])
async def test_a_file_that_is_not_there_is_said_so(house: House, name: str):
    with pytest.raises(FileNotFoundError):
        await house.kept.vault.read_file(name)


async def test_a_disk_that_fails_leaves_no_half_file(house: House, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as full_for_now:
        full_for_now.setattr(os, "replace", full)
        with pytest.raises(OSError, match="no space left"):
            await house.kept.vault.put_file("p", "s", "capture", "image/jpeg", PICTURE)
    assert on_disk(house.config.storage.vault_folder) == []
    async with house.kept.database.reading() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM files")) == 0


async def test_a_discarded_file_is_gone(house: House):
    stored = await house.kept.vault.put_file("p", "s", "capture", "image/jpeg", PICTURE)
    for _ in range(2):
        await house.kept.vault.discard(stored.id)
    assert on_disk(house.config.storage.vault_folder) == []
    assert await house.kept.vault.file_info(stored.id) is None


async def test_what_is_made_again_replaces_what_was_made_before(house: House):
    for data in (b"first", b"second"):
        await house.kept.vault.put_file("p", "s", "page", "image/webp", data, name="doc1page1")
    assert await house.kept.vault.read_file("doc1page1") == b"second"
    assert len(on_disk(house.config.storage.vault_folder)) == 1


# Subjects


async def test_what_one_person_takes_is_counted_by_kind(house: House):
    vault = house.kept.vault
    for subject, session, kind, data in (("p", "s", "capture", PICTURE), ("p", "s", "brief", b"12"),
                                         ("p", "s", "portfolio_a", b"345"), ("q", "s", "brief", b"6"),
                                         ("p", "t", "brief", b"7")):  # fmt: skip
        await vault.put_file(subject, session, kind, "image/jpeg", data)
    for subject, kinds, used in (("p", ("brief", "portfolio_a"), 5), ("p", ("capture",), len(PICTURE)),
                                 ("nobody", ("capture",), 0)):  # fmt: skip
        with pytest.raises(NoRoom) as full:
            await vault.put_file(subject, "s", kinds[0], "image/jpeg", b"x", room=Room(kinds, used))
        assert full.value.used == used


async def test_two_processes_make_one_key(house: House):
    other = await house.again()
    await asyncio.gather(house.kept.vault.key("p"), other.kept.vault.key("p"))
    stored = await house.kept.vault.put_file("p", "s", "capture", "image/jpeg", PICTURE)
    assert await other.kept.vault.read_file(stored.id) == PICTURE
    await other.close()


@pytest.mark.rule("X1")
async def test_erasing_somebody_destroys_theirs_and_nothing_else(house: House):
    vault = house.kept.vault
    theirs = await vault.put_file("p", "s", "capture", "image/jpeg", PICTURE)
    others = await vault.put_file("q", "s", "capture", "image/jpeg", b"q")
    await vault.erase("p")
    with pytest.raises(FileNotFoundError):
        await vault.read_file(theirs.id)
    with pytest.raises(Erased):
        await vault.put_file("p", "s", "capture", "image/jpeg", PICTURE)
    assert await vault.read_file(others.id) == b"q"
    assert [path.name for path in on_disk(house.config.storage.vault_folder)] == [others.id]
    async with house.kept.database.reading() as connection:
        row = (await connection.execute(text("SELECT wrapped_key, erased_at FROM subjects WHERE id = 'p'"))).one()
    assert (row.wrapped_key, row.erased_at) == (None, house.clock.now)


@pytest.mark.rule("X1")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_destroyed_key_is_not_left_in_the_databases_files(house: House):
    """PostgreSQL keeps old rows until VACUUM: an administrator's care, not this program's."""
    await house.kept.vault.key("p")
    async with house.kept.database.reading() as connection:
        wrapped = await connection.scalar(text("SELECT wrapped_key FROM subjects WHERE id = 'p'"))
    await house.kept.vault.erase("p")
    for path in on_disk(house.config.storage.folder):
        assert wrapped not in path.read_bytes(), path.name


async def test_another_process_forgets_who_was_erased(house: House):
    sealed = await house.kept.vault.seal_words("p", "s", "secret")
    async with house.kept.database.writing() as connection:
        await house.kept.vault.keep_words(connection, [sealed])
    await house.kept.accounts.save_person("p", {"name": "Martin"})
    other = await house.again()
    ref = sealed.reference.ref
    assert await other.kept.vault.read_words([ref, "unknown"]) == {ref: "secret"}
    assert await other.kept.accounts.profile("p") == {"name": "Martin"}
    await house.kept.accounts.erase_person("p")
    await other.kept.vault.forget_erased()
    assert await other.kept.vault.read_words([ref]) == {}
    assert await other.kept.accounts.profile("p") is None
    with pytest.raises(Erased):
        await other.kept.vault.key("p")
    await other.close()


@pytest.mark.rule("X1")
@pytest.mark.parametrize("apart", [60_000, 2 * 3_600_000])
async def test_each_erasure_is_told_once_also_when_the_other_machines_clock_is_behind(house: House, apart: int):
    """Two machines on one PostgreSQL, or one whose clock is set back."""
    told: list[str] = []
    other = await house.again()
    other.kept.vault.on_erased.append(told.append)
    for person, ahead in (("p", apart), ("q", 0), ("r", apart)):
        await house.kept.vault.key(person)
        house.clock.now += ahead
        await house.kept.vault.erase(person)
        house.clock.now -= ahead
        for _ in ("at once", "and again"):
            await other.kept.vault.forget_erased()
    assert told == ["p", "q", "r"]
    await other.close()


@pytest.mark.rule("X1")
async def test_a_name_that_was_being_read_as_its_owner_was_erased_is_not_remembered(house: House, monkeypatch):
    await house.kept.accounts.save_person("p", {"name": "Martin"})
    other = await house.again()
    find = other.kept.vault.key

    async def slowly(subject: str, connection: Any = None) -> Any:
        found = await find(subject, connection)
        await house.kept.accounts.erase_person("p")
        await other.kept.vault.forget_erased()
        return found

    monkeypatch.setattr(other.kept.vault, "key", slowly)
    assert await other.kept.accounts.profile("p") is None
    monkeypatch.undo()
    assert await other.kept.accounts.profile("p") is None
    await other.close()
