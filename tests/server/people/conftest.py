from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from tests.server.databases import sqlite_with_tables
from tests.server.kept import HandClock, House, config_in
from tests.server.people.posting import HOUR, LAST_SECOND, PEOPLE, Mailbox, Post


@pytest.fixture
def mailbox():
    handler = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


@pytest.fixture
async def post(tmp_path: Path, mailbox: tuple[Mailbox, int]) -> AsyncIterator[Post]:
    sqlite_with_tables(tmp_path / "visiojury.sqlite")
    house = await House.open(config_in(tmp_path, "sqlite"), HandClock(LAST_SECOND - HOUR))
    for person, name in PEOPLE.items():
        await house.kept.accounts.save_person(person, {
            "name": name, "first_name": name.split()[0], "email": f"{person}@example.org"})
    await house.plan(h2={"zone": "Indian/Reunion"})
    house.clock.now = LAST_SECOND
    yield Post(house, mailbox[1])
    await house.close()
