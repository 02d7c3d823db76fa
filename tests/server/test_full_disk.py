"""A full disk: whoever writes hears that nothing was kept, nobody is cut off, the server says so and goes on."""
from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest

from server.http import parts
from server.storage.disk_space import NoSpace
from tests.server.http.house import House, house
from tests.serving import visiojury

SIZE = "3m"
DISK_IS_FULL = "Le disque du serveur est plein"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], check=False)
    if mounted.returncode != 0:
        pytest.skip("only an administrator mounts a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """To the last byte, until the end of the block."""
    path = disk / "filler"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        for size in (65_536, 4096, 1):
            while True:
                try:
                    os.write(descriptor, b"x" * size)
                except OSError:
                    break
        yield
    finally:
        os.close(descriptor)
        path.unlink()


async def health(home: House) -> tuple[int, str]:
    async with aiohttp.ClientSession() as http, http.get(f"{home.url}/healthz") as answer:
        return answer.status, await answer.text()


async def test_nothing_is_kept_nobody_is_cut_and_the_next_one_is_kept(disk: Path) -> None:
    async with house(disk / "data", storage__reserve_bytes=1) as home:
        await home.to_questions()
        seat = home.seat("emp")
        juror, before = await home.sit("emp"), await home.events()
        closed, key = list[str](), str(uuid4())
        home.app[parts.SESSIONS].on_failure.append(closed.append)

        async def marked() -> aiohttp.ClientResponse:
            return await juror.command(seat, "SetMark", key, hearing=home.hearing(), competency="C1.1", mark="A")

        with filled(disk):
            answer = await marked()
            body = await answer.json()
            assert (answer.status, body["refusal"].startswith(DISK_IS_FULL)) == (507, True)
            assert (await home.events(), closed) == (before, [])
            assert [await health(home)] == [(507, "disk: 0 bytes left\n")]
            vault = home.app[parts.CONFIG].storage.vault_folder
            files = {one for one in vault.rglob("*") if one.is_file()}
            with pytest.raises(NoSpace):
                await home.app[parts.VAULT].put_file("p-s1-cand", "s1", "portfolio_a", "application/pdf", b"x" * 10_000)
            assert {one for one in vault.rglob("*") if one.is_file()} == files
        again = await marked()
        assert (again.status, len(await home.events())) == (200, len(before) + 1)
        assert await health(home) == (200, "ok\n")


def test_a_start_on_a_full_disk_is_told_in_words(disk: Path) -> None:
    (disk / "config.toml").write_text("[server]\nport = 0\n")
    with filled(disk):
        refused = visiojury("serve", cwd=disk)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "the disk is full (0 bytes left): make room there and start again" in refused.stderr
    assert "Traceback" not in refused.stderr
