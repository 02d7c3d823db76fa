"""A new master key is made where nothing is sealed yet, and nowhere else."""
from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from server.app.kept_data import prepare
from server.app.running import running
from server.storage.key_file import make_key_file, read_key_file
from tests.server.databases import new_database
from tests.server.kept import HandClock, House, config_in

MISSING = "master.key: missing, and what is kept here was sealed with it; put it back"
ANOTHER = "master.key: not the key that sealed what is kept here; put that one back"


async def test_the_first_start_makes_a_key_and_the_next_ones_read_it(house: House):
    path = house.config.storage.master_key_file
    made = path.read_bytes()
    digest = house.kept.vault.digest("body", b"words")
    assert (await house.again()).kept.vault.digest("body", b"words") == digest
    assert path.read_bytes() == made


@pytest.mark.parametrize("kept", ["a name", "nothing yet"])
async def test_no_key_is_made_where_one_is_missing(house: House, kept: str):
    if kept == "a name":
        await house.kept.accounts.save_person("p", {"name": "Martin"})
    path = house.config.storage.master_key_file
    right = path.read_bytes()
    path.unlink()
    for _ in range(2):
        with pytest.raises(ValueError, match=MISSING):
            async with running(house.config, house.clock):
                pass
        assert not path.exists()
    path.write_bytes(right)
    path.chmod(0o600)
    async with running(house.config, house.clock):
        pass


async def test_another_key_is_refused_and_stays_as_it_is(house: House):
    path = house.config.storage.master_key_file
    path.unlink()
    make_key_file(path)
    wrong = path.read_bytes()
    with pytest.raises(ValueError, match=ANOTHER):
        await House.open(house.config)
    assert path.read_bytes() == wrong


async def test_files_of_the_vault_alone_want_their_key(tmp_path: Path):
    config = config_in(tmp_path / "kept", "sqlite")
    house = await House.open(config)
    await house.kept.vault.put_file("p", "s", "capture", "image/jpeg", b"picture")
    await house.close()
    for path in [config.storage.master_key_file, *config.storage.folder.glob("visiojury.sqlite*")]:
        path.unlink()
    with pytest.raises(ValueError, match=MISSING):
        await House.open(config)
    assert not config.storage.master_key_file.exists()


async def test_two_that_start_at_once_have_one_key(empty_url: str, tmp_path: Path):
    config = config_in(tmp_path / "kept", empty_url)
    houses = await asyncio.gather(*[House.open(config) for _ in range(4)])
    assert len({one.kept.vault.digest("body", b"words") for one in houses}) == 1
    await houses[0].kept.accounts.save_person("p", {"name": "Martin"})
    assert [await one.kept.accounts.profile("p") for one in houses] == [{"name": "Martin"}] * 4
    assert len(read_key_file(config.storage.master_key_file)) == 1
    for one in houses:
        await one.close()


async def test_one_that_was_slower_than_another_reads_what_that_one_made(database_url: str, tmp_path: Path):
    config = config_in(tmp_path / "kept", database_url)
    from server.app.kept_data import open_kept
    slow = open_kept(config, HandClock())  # it found no key
    house = await House.open(config)
    await prepare(slow, config)
    assert slow.vault.digest("body", b"words") == house.kept.vault.digest("body", b"words")
    await slow.database.close()
    await house.close()


async def test_a_database_of_another_machine_wants_that_ones_key(cluster: str, tmp_path: Path):
    url = await new_database(cluster)
    first = await House.open(config_in(tmp_path / "first", url))
    await first.close()
    config = config_in(tmp_path / "second", url)
    with pytest.raises(ValueError, match=MISSING):
        await House.open(config)
    make_key_file(config.storage.master_key_file)
    with pytest.raises(ValueError, match=ANOTHER):
        await House.open(config)


async def test_a_key_made_by_a_start_that_was_killed_is_used(database_url: str, tmp_path: Path):
    config = config_in(tmp_path / "kept", database_url)
    made = make_key_file(config.storage.master_key_file)
    house = await House.open(replace(config))
    assert read_key_file(config.storage.master_key_file).keys() == made.keys()
    async with house.kept.database.reading() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM subjects")) == 1
    await house.close()
