"""`kill -9` in the middle of grading: nothing acknowledged is lost, and everybody is back by themselves."""
from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import aiohttp
import pytest

from server.cli.demo import SESSION
from tests.acting import Room, room
from tests.serving import Person, Refused, Served, serve_demo, visiojury

KILLS, MANY_KILLS = 15, 300
SEED = 20260316


async def grade_until_killed(juror: Person, hearing: str, codes: list[str], acknowledged: dict[str, str]) -> None:
    """Mark for ever, turning each mark over; `acknowledged` holds what was acknowledged last, by competency."""
    turned = {"A": "NA", "NA": "A"}
    try:
        for code in cycle(codes):
            mark = turned[acknowledged.get(code, "NA")]
            await juror.send("SetMark", hearing=hearing, competency=code, mark=mark)
            acknowledged[code] = mark
    except (aiohttp.ClientError, ConnectionError):
        pass


async def graded(hall: Room, juror: Person) -> dict[str, str]:
    view = await juror.view()
    return {code: mark["mark"] for code, mark in view["hearing"]["grid"]["marks"].items()}


@dataclass
class Grading:
    """Three jurors who mark on, whatever becomes of the server."""

    hall: Room
    hearing: str
    codes: list[str]
    acknowledged: list[dict[str, str]]

    @property
    def count(self) -> int:
        return sum(len(marks) for marks in self.acknowledged)

    async def until_killed(self, served: Served, after: float) -> None:
        """Mark for `after` seconds from the first mark that is acknowledged, then `kill -9`."""
        marking = [
            asyncio.create_task(grade_until_killed(juror, self.hearing, self.codes, marks))
            for juror, marks in zip(self.hall.jury, self.acknowledged, strict=True)
        ]
        await asyncio.sleep(after)
        served.kill()
        await asyncio.gather(*marking)

    async def missing(self) -> list[int]:
        """By juror, how many acknowledged marks are not what the server has now.

        One mark at most was on its way when the process died: kept or not, it was not acknowledged.
        """
        kept = [await graded(self.hall, juror) for juror in self.hall.jury]
        lost = [sum(mine.get(code) != mark for code, mark in marks.items())
                for mine, marks in zip(kept, self.acknowledged, strict=True)]
        self.acknowledged = kept
        return lost


@pytest.mark.long
@pytest.mark.rule("R3.5")
@pytest.mark.rule("X9")
async def test_every_acknowledged_mark_survives_kill_9(tmp_path: Path, tries: Callable[[int, int], int]) -> None:
    chance, served = random.Random(SEED), serve_demo(tmp_path, fast=False)
    try:
        async with room(served) as hall:
            await hall.arrive()
            await hall.designate()
            hearing = await hall.present()
            grading = Grading(hall, hearing, await hall.competencies(), [{} for _ in hall.jury])
            before = (await hall.helene.view())["hearing"]["clock"]
            for _ in range(tries(KILLS, MANY_KILLS)):
                await grading.until_killed(served, chance.uniform(0, 0.5))
                served = await asyncio.to_thread(serve_demo, tmp_path, port=served.port, fast=False, forked=True)
                assert max(await grading.missing()) <= 1
            after = (await hall.helene.view())["hearing"]["clock"]
            assert after["elapsed"] - before["elapsed"] == after["read_at"] - before["read_at"]
            assert not after["paused"]
            assert grading.count > 0
    finally:
        served.stop()
    (tmp_path / "config.toml").write_text('[storage]\nfolder = "."\n')
    (tmp_path / "journal.jsonl").write_text(visiojury("export", SESSION, cwd=tmp_path).stdout)
    checked = visiojury("verify", "journal.jsonl", cwd=tmp_path)
    assert checked.returncode == 0, checked.stderr


async def test_the_same_command_after_the_restart_gets_the_same_answer(tmp_path: Path) -> None:
    served = serve_demo(tmp_path)
    again = None
    try:
        async with room(served) as hall:
            await hall.arrive()
            position = await hall.marc.send("DesignatePresident", key="designate-1", choice=hall.helene.seat)
            with pytest.raises(Refused) as refused:
                await hall.marc.send("DesignatePresident", key="designate-2", choice=hall.sofia.seat)
            served.kill()
            again = serve_demo(tmp_path, port=served.port)
            assert await hall.marc.send("DesignatePresident", key="designate-1", choice=hall.helene.seat) == position
            with pytest.raises(Refused) as repeated:
                await hall.marc.send("DesignatePresident", key="designate-2", choice=hall.sofia.seat)
            assert repeated.value.answer == refused.value.answer
    finally:
        for one in (served, again):
            if one is not None:
                one.stop()
