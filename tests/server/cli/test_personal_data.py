"""All that is held on one person, in a file for whoever asked, whole or not there (X1)."""
from __future__ import annotations

import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from evaluation.people import SYSTEM
from server.cli.main import BadInput
from server.cli.personal_data import give
from server.people.own_data import OwnData
from tests.server.kept import House, config_in

pytestmark = pytest.mark.rule("X1")


async def test_the_file_is_its_owners_alone_and_half_of_one_is_not_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    config = config_in(tmp_path / "kept", "sqlite")
    house = await House.open(config)
    await house.kept.accounts.save_person("p1", {"name": "Lina Morel"})
    await house.close()
    monkeypatch.chdir(tmp_path)
    with monkeypatch.context() as broken:
        broken.setattr(OwnData, "zipped", half)
        with pytest.raises(OSError, match="no disk"):
            await give(config, "p1")
    assert not Path("p1.zip").exists()
    assert await give(config, "p1") == 0
    assert stat.S_IMODE(Path("p1.zip").stat().st_mode) == 0o600
    with pytest.raises(BadInput, match="there already"):
        await give(config, "p1")
    house = await House.open(config)
    assert [(one.file, one.seat) for one in await house.kept.openings.about("", "p1")] == [("donnees", SYSTEM)] * 2
    await house.close()


async def half(_self: OwnData, _person: str) -> AsyncIterator[bytes]:
    yield b"PK"
    raise OSError("no disk")
