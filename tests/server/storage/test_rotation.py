"""`visiojury rotate-key`: another master key, all that is kept still opens, the key before is good for nothing."""
from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, text

from server.cli.main import BadInput
from server.cli.rotate_key import rotate_key
from server.storage.key_file import read_key_file
from server.storage.keys import Unreadable
from server.storage.serving import serving_alone
from server.storage.tables import subjects
from tests.pace import patient
from tests.server.kept import House, config_in
from tests.serving import ROOT


async def written(house: House) -> str:
    """A name and a picture; the picture's id."""
    await house.kept.accounts.save_person("p", {"name": "Martin"})
    return (await house.kept.vault.put_file("p", "s", "capture", "image/jpeg", b"picture")).id


async def wrapped(house: House) -> dict[str, bytes]:
    async with house.kept.database.reading() as connection:
        rows = await connection.execute(select(subjects.c.id, subjects.c.wrapped_key).where(
            subjects.c.wrapped_key.is_not(None)))
        return {row.id: row.wrapped_key for row in rows}


async def test_all_opens_with_the_new_key_and_nothing_with_the_one_before(house: House, capsys):
    file, path = await written(house), house.config.storage.master_key_file
    await house.kept.accounts.save_person("gone", {"name": "Durand"})
    await house.kept.accounts.erase_person("gone")
    before, (old,) = path.read_bytes(), read_key_file(path).values()
    assert await rotate_key(house.config) == 0
    assert capsys.readouterr().out.startswith(f"{path}: a new key, and 2 keys sealed anew with it. ")  # p, platform
    (new,) = read_key_file(path).values()
    assert new.raw != old.raw
    now = await wrapped(house)
    assert sorted(now) == ["p", "platform"]
    for subject, one in now.items():
        new.open(f"key:{subject}", one)
        with pytest.raises(Unreadable):
            old.open(f"key:{subject}", one)
    again = await house.again()
    assert await again.kept.vault.read_file(file) == b"picture"
    assert await again.kept.accounts.profile("p") == {"name": "Martin"}
    path.write_bytes(before)
    with pytest.raises(ValueError, match="not the key that sealed what is kept here"):
        await house.again()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_nothing_wrapped_by_the_key_before_stays_in_the_files_of_the_database(house: House):
    await written(house)
    before = await wrapped(house)
    await rotate_key(house.config)
    kept = b"".join(path.read_bytes() for path in house.config.storage.folder.glob("visiojury.sqlite*"))
    assert [subject for subject, one in before.items() if one in kept] == []


async def test_links_and_what_was_sent_before_are_known_after_it(house: House):
    await house.plan()
    first = await house.do("org", "WriteToRoom", key="k", words="Bonjour")
    token = await house.kept.accounts.invite("emp")
    await rotate_key(house.config)
    again = await house.again()
    assert await again.do("org", "WriteToRoom", key="k", words="Bonjour") == first
    found = await again.kept.accounts.invitations.found(token)
    assert found is not None
    assert found.seat == "emp"


async def test_a_process_that_runs_meanwhile_goes_on(house: House):
    """`visiojury erase`, say, or an export."""
    file = await written(house)
    other = await house.again()
    await rotate_key(house.config)
    await other.kept.accounts.save_person("q", {"name": "Durand"})  # a new key
    assert await other.kept.vault.read_file(file) == b"picture"
    assert await (await house.again()).kept.accounts.profile("q") == {"name": "Durand"}


async def test_it_is_refused_while_a_server_serves(house: House):
    path = house.config.storage.master_key_file
    before = path.read_bytes()
    async with serving_alone(house.config.storage.url):
        with pytest.raises(BadInput, match="another process serves what is kept here"):
            await rotate_key(house.config)
    assert path.read_bytes() == before


async def test_a_damaged_key_is_named_and_nothing_is_changed(house: House):
    await written(house)
    async with house.kept.database.writing() as connection:
        await connection.execute(text("UPDATE subjects SET wrapped_key = :spoiled WHERE id = 'p'"),
                                 {"spoiled": b"spoiled"})
    path, before = house.config.storage.master_key_file, await wrapped(house)
    key = path.read_bytes()
    with pytest.raises(BadInput, match="key:p: damaged, so nothing was changed"):
        await rotate_key(house.config)
    assert (path.read_bytes(), await wrapped(house)) == (key, before)


async def test_killed_at_any_step_all_opens(database_url: str, tmp_path: Path):
    house = await House.open(config_in(tmp_path / "kept", database_url))
    await written(house)
    await house.close()
    ran = subprocess.run([sys.executable, "-m", "tests.server.storage.rotating", database_url, str(tmp_path / "kept")],
                         cwd=ROOT, capture_output=True, text=True, timeout=patient(120), env=os.environ, check=False)
    lines = [tuple(map(int, line.split())) for line in ran.stdout.splitlines()]
    killed = len(lines) - 1
    assert lines == [*((step, -signal.SIGKILL, 0) for step in range(1, killed + 1)), (killed + 1, 0, 0)], ran.stderr
    assert killed >= 10
    assert len(read_key_file(tmp_path / "kept" / "master.key")) == 1
