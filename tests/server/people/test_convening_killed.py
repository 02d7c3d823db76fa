"""Killed before the mail server's answer: each letter once, or said to be possibly twice, never zero."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable

import pytest

from evaluation.people import SYSTEM
from evaluation.session.notice_rules import status
from tests.pace import within
from tests.server.people.posting import HOUR, ROOT, Mailbox, Post

KILLED = """
import asyncio, sys
from pathlib import Path
from tests.server.kept import HandClock, House, config_in
from tests.server.people.posting import Post

async def main():
    house = await House.open(config_in(Path(sys.argv[1]), "sqlite"), HandClock(int(sys.argv[3])))
    post = Post(house, int(sys.argv[2]))
    print("ready", flush=True)
    await post.runner.carry_out()
    await post.send()
    print("sent", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""
MOMENTS = ("before it is taken", "before the answer", "after the answer", "any")


async def kill_while_sending(post: Post, box: Mailbox, moment: str, after: float) -> None:
    """A process of its own, ended by SIGKILL."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, str(post.house.config.storage.folder), str(post.port), str(post.house.clock.now),
        cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert child.stdout is not None
    box.kill = moment, lambda: os.kill(child.pid, signal.SIGKILL)
    async with within(60):
        assert await child.stdout.readline() == b"ready\n"
        if moment == "any":
            await asyncio.sleep(after)
            child.kill()
        await child.wait()
    box.kill = None


@pytest.mark.long
@pytest.mark.rule("R4.2")
async def test_killed_while_a_letter_leaves(post: Post, mailbox: tuple[Mailbox, int], tries: Callable[[int, int], int]):
    """Each letter once, or said to be possibly twice, never zero."""
    box, _ = mailbox
    for number in range(tries(4, 200)):
        moment, before = MOMENTS[number % len(MOMENTS)], len(box.to("p-cand1"))
        await post.house.do(SYSTEM, "NoticeFailed", seat="cand1", number=number, at=1, bounce="refused", why="x")
        await post.send()
        await post.begin(f"act{number}", "cand1")
        await kill_while_sending(post, box, moment, (number * 7 % 97) / 1000)
        await post.restart()
        await post.runner.carry_out()
        await post.send()
        notice, arrived = await post.notice(), len(box.to("p-cand1")) - before
        assert (notice.number, notice.taken_at) == (number + 1, post.house.clock.now)
        assert arrived == 1 or (arrived, notice.twice) == (2, True), (moment, arrived, notice)


@pytest.mark.rule("R4.2")
async def test_a_mail_server_that_dies_after_it_took_a_letter(post: Post, mailbox: tuple[Mailbox, int]):
    """Nobody knows whether it has it: it is sent again, and said to be possibly twice."""
    box, _ = mailbox
    box.dies = 1
    await post.all("act", "cand1")
    assert (await post.notice()).taken_at is None
    post.house.clock.now += HOUR
    await post.send()
    assert (await post.notice()).twice
    assert [one["Message-ID"] for one in box.to("p-cand1")] == [box.to("p-cand1")[0]["Message-ID"]] * 2


@pytest.mark.rule("R4.2")
async def test_an_act_for_many_goes_on_after_a_kill(post: Post, mailbox: tuple[Mailbox, int]):
    await post.begin()
    carrying = asyncio.create_task(post.runner.carry_out())
    for _ in range(12):
        await asyncio.sleep(0)
    carrying.cancel()
    await asyncio.gather(carrying, return_exceptions=True)
    await post.restart()
    assert await post.runner.carry_out() is False
    await post.send()
    boxes = [one.rcpt_tos[0] for one, _ in mailbox[0].got]
    assert len(boxes) == len(set(boxes))
    assert status(await post.state(), "cand2") == "taken"
