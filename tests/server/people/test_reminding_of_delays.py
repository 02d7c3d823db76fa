"""The board of delays reminds by itself: one letter a day and person, each line once when it is due soon and once when
it is late, however often the server starts again or is killed (X6)."""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from evaluation.body.delay_reminding import Reminding
from evaluation.deadlines import end_of, start_of
from evaluation.kinds import Row
from server.app.delay_filling import DelayFilling
from server.people.reminding_of_delays import RemindingOfDelays
from server.storage import rows
from server.storage.delay_reminders import DelayReminders
from server.storage.letters import Letter
from tests.pace import within
from tests.server import bodies
from tests.server.databases import sqlite_with_tables
from tests.server.kept import HandClock, House, config_in
from tests.server.people.posting import HOUR, ROOT

TODAY = date(2026, 3, 16)
SOON, LATE = TODAY + timedelta(days=7), TODAY - timedelta(days=1)
REMINDING = Reminding(soon_days=7, waits_days=15)


def reminding(house: House, wake: Any = lambda: None) -> RemindingOfDelays:
    """As after a restart."""
    kept = house.kept
    return RemindingOfDelays(kept.journals, kept.rows, DelayReminders(kept.database, kept.outbox), house.clock,
                             REMINDING, wake)


def line(kind: str, key: str, due: date | None, waits_for: str = "clerk", since: date = TODAY) -> Row:
    return Row("delays", f"{kind}/{key}", body=bodies.STREAM, status=kind, at=start_of(since),
               due_at=end_of(due) if due is not None else None, data={"stream": key, "waits_for": waits_for})


async def board(house: House, *lines: Row, gone: tuple[tuple[str, str], ...] = ()) -> None:
    async with house.kept.database.writing() as connection:
        await rows.write(connection, "candidacy", "k", rows.Changes(added=lines, gone=gone))


async def begun(house: House, *lines: Row) -> None:
    house.clock.now = start_of(TODAY) + 9 * HOUR
    await bodies.found(house.kept.journals)
    for person in (bodies.CLERK, bodies.MEMBER):
        await house.kept.accounts.save_person(person, {"name": person, "first_name": "Laurence",
                                                       "email": f"{person}@example.org"})
    await board(house, *lines)


async def letters(house: House) -> list[Letter]:
    """Those that wait, taken from the outbox."""
    found = await house.kept.outbox.due()
    for one in found:
        await house.kept.outbox.sent(one.id)
    return sorted((one.letter for one in found), key=lambda one: one.person)


def letter(person: str = bodies.CLERK, **said: dict[str, int]) -> Letter:
    return Letter(person, "delays_due", {"body": bodies.STREAM, "late": {}, "soon": {}, "waits": {}, **said})


@pytest.mark.rule("X6", "X15")
async def test_one_letter_gathers_what_is_late_and_due_for_each_whose_turn_it_is(house: House):
    await begun(
        house, line("certificate", "k1", LATE), line("certificate", "k2", LATE), line("deposit", "d1", SOON),
        line("posting", "p1", SOON + timedelta(days=1), "company"),
        line("validation", "k3", None, "commission", TODAY - timedelta(days=15)),
        line("validation", "k4", None, "commission", TODAY - timedelta(days=14)))
    await reminding(house).remind()
    assert await letters(house) == [letter(late={"certificate": 2}, soon={"deposit": 1}),
                                    letter(bodies.MEMBER, waits={"validation": 1})]
    await reminding(house).remind()
    assert await letters(house) == []


@pytest.mark.rule("X6")
async def test_a_line_is_reminded_of_soon_and_late_and_never_again_once_done(house: House):
    await begun(house, line("certificate", "k1", SOON), line("deposit", "d1", SOON))
    found = dict[date, list[Letter]]()
    for days in range(20):
        house.clock.now = start_of(TODAY + timedelta(days=days)) + 9 * HOUR
        if days == 3:
            await board(house, gone=(("delays", "deposit/d1"),))
        await reminding(house).remind()
        if written := await letters(house):
            found[TODAY + timedelta(days=days)] = written
    assert found == {TODAY: [letter(soon={"certificate": 1, "deposit": 1})],
                     SOON + timedelta(days=1): [letter(late={"certificate": 1})]}
    kept = await DelayReminders(house.kept.database, house.kept.outbox).told()
    assert {one.delay for one in kept} == {"delays/certificate/k1"}


@pytest.mark.rule("X6")
async def test_what_comes_up_later_in_a_day_waits_for_the_next(house: House):
    await begun(house, line("certificate", "k1", LATE))
    await reminding(house).remind()
    await board(house, line("deposit", "d1", LATE))
    house.clock.now += HOUR
    await reminding(house).remind()
    assert await letters(house) == [letter(late={"certificate": 1})]
    house.clock.now = start_of(TODAY + timedelta(days=1))
    await reminding(house).remind()
    assert await letters(house) == [letter(late={"certificate": 1, "deposit": 1})]


@pytest.mark.rule("X6")
async def test_a_candidacy_that_nobody_ended_is_the_clerks(house: House):
    await begun(house, Row("unended", "k1", body=bodies.STREAM, at=start_of(TODAY), due_at=end_of(LATE),
                           data={"stream": "k1"}))
    await reminding(house).remind()
    assert await letters(house) == [letter(late={"unended": 1})]


@pytest.mark.rule("X6")
async def test_the_letter_says_how_much_and_opens_the_board_without_a_secret(house: House):
    await begun(house, line("certificate", "k1", LATE))
    filling = DelayFilling(house.kept.journals, "https://jury.example.org", "fr")
    fields, enclosed = await filling.complete(letter(late={"certificate": 2, "unended": 1}), {"first_name": "Laurence"})
    assert (fields, enclosed) == ({
        "locale": "fr", "first_name": "Laurence", "body": "CNHBJO",
        "late": "Établir le certificat (2) ; Candidatures que personne n’a terminées (1)", "soon": "", "waits": "",
        "url": "https://jury.example.org/space/p-clerk/office/delays"}, [])


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from server.storage.letters import Outbox
from tests.server.kept import HandClock, House, config_in
from tests.server.people.test_reminding_of_delays import reminding

def die():
    os.kill(os.getpid(), signal.SIGKILL)

class Dying(Outbox):
    async def keep(self, connection, rows):
        if sys.argv[3] == "before the letter":
            die()
        await super().keep(connection, rows)
        if sys.argv[3] == "before the end":
            die()

async def main():
    house = await House.open(config_in(Path(sys.argv[1]), "sqlite"), HandClock(int(sys.argv[2])))
    house.kept.outbox.__class__ = Dying
    await reminding(house, die).remind()

asyncio.run(main())
"""


@pytest.mark.rule("X6")
@pytest.mark.parametrize("moment", ["before the letter", "before the end", "after it"])
async def test_killed_while_it_reminds(tmp_path: Path, moment: str):
    """Each line in one letter, never in two, never in none."""
    sqlite_with_tables(tmp_path / "visiojury.sqlite")
    house = await House.open(config_in(tmp_path, "sqlite"), HandClock())
    await begun(house, line("certificate", "k1", LATE), line("validation", "k2", LATE, "commission"))
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, str(tmp_path), str(house.clock.now), moment, cwd=ROOT)
    async with within(60):
        assert await child.wait() == -signal.SIGKILL
    await reminding(house).remind()
    assert await letters(house) == [letter(late={"certificate": 1}), letter(bodies.MEMBER, late={"validation": 1})]
    await house.close()
