"""`kill -9` in the middle of grading: nothing acknowledged is lost, and everybody is back by themselves."""
from __future__ import annotations

import asyncio
import time
from pathlib import Path

import aiohttp
import pytest

from tests.acting import Room, room
from tests.serving import Person, Refused, eventually, serve_demo


async def grade_until_killed(juror: Person, hearing: str, codes: list[str], acknowledged: dict[str, str]) -> None:
    """Mark for ever, turning each mark over; `acknowledged` holds what was acknowledged last, by competency."""
    try:
        for number in range(10**6):
            code, mark = codes[number % len(codes)], ("A", "NA")[(number // len(codes)) % 2]
            await juror.send("SetMark", hearing=hearing, competency=code, mark=mark)
            acknowledged[code] = mark
    except (aiohttp.ClientError, ConnectionError):
        pass


async def graded(hall: Room, juror: Person) -> dict[str, str]:
    view = await juror.view()
    return {code: mark["mark"] for code, mark in view["hearing"]["grid"]["marks"].items()}


@pytest.mark.rule("R3.5")
@pytest.mark.rule("X9")
async def test_every_acknowledged_mark_survives_kill_9(tmp_path: Path) -> None:
    served = serve_demo(tmp_path, fast=False)
    again = None
    try:
        async with room(served) as hall:
            await hall.arrive()
            await hall.designate()
            hearing = await hall.present()
            codes = await hall.competencies()
            before = (await hall.helene.view())["hearing"]["clock"]
            acknowledged: list[dict[str, str]] = [{} for _ in hall.jury]
            grading = [
                asyncio.create_task(grade_until_killed(juror, hearing, codes, marks))
                for juror, marks in zip(hall.jury, acknowledged, strict=True)
            ]

            async def all_marked() -> bool:
                return [len(marks) for marks in acknowledged] == [len(codes)] * 3

            await eventually(all_marked, 30)
            served.kill()
            await asyncio.gather(*grading)

            again = serve_demo(tmp_path, port=served.port, fast=False)
            started = time.monotonic()
            for juror, marks in zip(hall.jury, acknowledged, strict=True):
                kept = await graded(hall, juror)
                # One mark at most was on its way when the process died: kept or not, it was not acknowledged.
                assert sum(kept[code] != mark for code, mark in marks.items()) <= 1
            after = (await hall.helene.view())["hearing"]["clock"]
            assert time.monotonic() - started < 10
            ran = after["read_at"] - before["read_at"]
            assert after["elapsed"] - before["elapsed"] == ran
            assert not after["paused"]
    finally:
        for one in (served, again):
            if one is not None:
                one.stop()


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
