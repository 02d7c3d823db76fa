"""A check while the room is live: how soon its rows reach a juror, and what it does to the forwarding beside it.

Both by real peers on this machine: the first over HTTP and the event stream, from the capture's time to the event that
carries the rows; the second with the media server and its checks in one process, turns without and with in one run.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from server import logs
from server.http import parts
from tests.bench.clip import make_clip
from tests.bench.engines import Served, served
from tests.bench.figures import Reach, Teller, median
from tests.bench.rooms import Measured, Rooms
from tests.server.http.at_camera import ask, back, before_camera, card, held, kept_copy, png, settled
from tests.server.http.house import House, house
from tests.server.http.test_event_streams import Reading, reading
from tests.server.identity.held import as_jpeg, vp8

ROOMS, TURNS, SECONDS = 8, 3, 6.0
ASKED = 5
CLIP_SECONDS = 4.0


def run(out: Path, quick: bool = False) -> Iterator[dict[str, Any]]:
    logs.configure()
    tell = Teller("identity_live", quick)
    yield asyncio.run(_first_rows(tell, 1 if quick else ASKED))
    yield from asyncio.run(_forwarding(out, tell, quick))


# From the capture to the juror ------------------------------------------------------------------------------------


async def _first_rows(tell: Teller, times: int) -> dict[str, Any]:
    spent: list[float] = []
    with tempfile.TemporaryDirectory(prefix="visiojury-bench-") as folder:
        async with house(Path(folder)) as home:
            await kept_copy(home, card())
            await kept_copy(home, back(), "identity_back")
            await home.call_in()
            await home.app[parts.WORKERS].start()
            candidate, juror = await home.sit("cand"), await home.sit("tra")
            _, client = await before_camera(home, candidate, held(card()))
            stream = await reading(home, juror, "tra")
            for _ in range(times):
                spent.append(await _asked_once(home, stream))
            stream.response.close()
            await client.close()
    reach = Reach("at most", 2.0)
    return tell.line("from the capture to the juror's event stream", median(spent), "s", reach, runs=spent)


async def _asked_once(home: House, stream: Reading) -> float:
    waiting = asyncio.create_task(_rows(home, stream))
    await ask(home, "tra")
    arrived = await waiting
    measured = (await settled(home)).signals[-1]
    return arrived - measured.taken_at / 1000


async def _rows(home: House, stream: Reading) -> float:
    """When the next rows came."""
    before = len((await home.state()).hearing(home.hearing()).signals)
    while True:
        block = (await asyncio.wait_for(stream.response.content.readuntil(b"\n\n"), 60)).decode()
        if '"rows":[' in block and len((await home.state()).hearing(home.hearing()).signals) > before:
            return time.time()


# Forwarding beside it ---------------------------------------------------------------------------------------------


async def _forwarding(out: Path, tell: Teller, quick: bool) -> list[dict[str, Any]]:
    rooms_wanted, turns, seconds = (1, 1, 1.0) if quick else (ROOMS, TURNS, SECONDS)
    pictures = _pictures(out)
    runs: dict[str, list[Measured]] = {"without": [], "with": []}
    async with AsyncExitStack() as stack:
        engine = await stack.enter_async_context(served("sfu", "127.0.0.1", out, pictures))
        assert isinstance(engine, Served)
        rooms = Rooms(engine, await asyncio.to_thread(make_clip, CLIP_SECONDS))
        stack.callback(rooms.close)
        await rooms.open(rooms_wanted)
        checks = 0
        for _ in range(turns):
            for how, measured in runs.items():
                await engine.checking(how == "with")
                measured.append(await rooms.measure(seconds))
                checks += await engine.checking(False)
    p99 = {how: [delay for one in measured if (delay := one.delay_p99_ms) is not None]
           for how, measured in runs.items()}  # fmt: skip
    p50 = {how: median([one.delay_p50_ms or 0.0 for one in measured]) for how, measured in runs.items()}
    without, beside = median(p99["without"]), median(p99["with"])
    # Within noise: no more than the runs without a check differ among themselves, and never past what is asked of all.
    noise = max(p99["without"], default=0.0) - min(p99["without"], default=0.0)
    more = beside - without if without is not None and beside is not None else None
    reach = Reach("at most", max(noise, 1.0))
    return [
        tell.line("forwarding delay p99, no check", without, "ms", Reach("under", 10.0), runs=p99["without"],
                  p50=p50["without"], rooms=rooms_wanted),
        tell.line("forwarding delay p99, a check running", beside, "ms", Reach("under", 10.0),
                  runs=p99["with"], p50=p50["with"], rooms=rooms_wanted, checks=checks),
        tell.line("forwarding delay p99, what a check adds", more, "ms", reach, noise=noise),
    ]  # fmt: skip


def _pictures(out: Path) -> Path:
    """Both sides of a copy and the frames of one check."""
    folder = out / "check"
    folder.mkdir(parents=True, exist_ok=True)
    for name, side in (("front.png", card()), ("back.png", back())):
        (folder / name).write_bytes(png(side))
    for number, frame in enumerate(vp8([held(card())] * 3)):
        (folder / f"frame{number}.jpg").write_bytes(as_jpeg(frame))
    return folder
