"""What `visiojury export CANDIDACY` gives of a candidate who was certified, and what `visiojury verify` says of it once
one mark, one quote or one number in what is kept is another."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from evaluation.journal import Record
from server.app.kept_data import open_kept, prepare
from server.storage import journal
from server.storage.journal import Batch
from server.storage.rows import Changes
from tests.evaluation.linked import Linked
from tests.evaluation.test_bundle import MARKS, rechained, way
from tests.server.kept import HandClock, config_in
from tests.serving import visiojury

CONFIG = """[server]
port = 0
[storage]
folder = "kept"
"""
REGISTER = "register-b1-2026"


async def kept(folder: Path, streams: Mapping[str, Sequence[Record]]) -> Path:
    """A folder in which these journals lie."""
    (folder / "config.toml").write_text(CONFIG)
    config = config_in(folder / "kept", "sqlite")
    house = open_kept(config, HandClock())
    try:
        await prepare(house, config)
        for stream, records in streams.items():
            first = records[0]
            batch = Batch(stream, first.kind, first.at, records, new=True, closed=False, closed_changed=False,
                          due_at=None, due_changed=False, rows=Changes(), answer=None)
            async with house.database.writing() as connection:
                await journal.write(connection, batch)
    finally:
        await house.database.close()
    return folder


@pytest.mark.rule("X5", "R3.9")
@pytest.mark.parametrize("absent", [False, True])
async def test_a_certified_candidacy_is_proved_from_the_marks_to_the_number(tmp_path: Path, absent: bool) -> None:
    """Candidacy, day, sitting, commission, register: each once; whether all have signed the minutes or one has not."""
    records = Linked(way(absent=absent).journals()).records
    folder = await kept(tmp_path, records)
    exported = visiojury("export", "k1", cwd=folder)
    (folder / "bundle").write_text(exported.stdout)
    verified = visiojury("verify", "bundle", cwd=folder)
    assert (verified.returncode, verified.stderr) == (0, "")
    told = [line for line in verified.stdout.splitlines() if line]
    assert {stream for stream in records if any(stream in line for line in told)} == set(records)
    assert "taken as given" not in verified.stdout
    assert ('"sitting.not_signing_noted"' in exported.stdout) == absent


@pytest.mark.rule("X5")
@pytest.mark.parametrize(("stream", "event", "path", "value"), [
    ("s1", "session.hearing_closed", MARKS, "A"),
    ("t1", "sitting.item_put", ("said", "hash"), "0" * 64),
    (REGISTER, "register.certificate_issued", ("number",), 2),
])
async def test_what_was_altered_is_named(tmp_path: Path, stream: str, event: str, path: tuple[str, ...], value: Any
                                         ) -> None:
    records = dict(Linked(way().journals()).records)
    place = max(one.position for one in records[stream] if one.event == event)
    records[stream] = rechained(records[stream], event, path, value)
    folder = await kept(tmp_path, records)
    (folder / "bundle").write_text(visiojury("export", "k1", cwd=folder).stdout)
    refused = visiojury("verify", "bundle", cwd=folder)
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"{stream}, position {place}: {event}")


