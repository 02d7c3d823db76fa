"""One jury day in real browsers: a whole hearing with every seat open, and the next candidate called in."""
from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.day import Day, everybody
from tests.browser.doors import Known, doors
from tests.browser.windows import Window
from tests.serving import eventually, serve_demo

pytestmark = [pytest.mark.browser, pytest.mark.alone]

CODES = [f"C{block}.{number}" for block in (1, 2) for number in range(1, 7)]
FULL = {"C1.5": "NA", "C1.6": "NA", "C2.5": "NA", "C2.6": "NA"}
"""4 of 6 with every mandatory one: both blocks are validated."""
HALF = {"C1.2": "NA"}
"""5 of 6, but a mandatory one is missing: BC1 is not validated."""


def marks(missing: dict[str, str]) -> dict[str, str]:
    return {code: missing.get(code, "A") for code in CODES}


async def plays(window: Window, seats: set[str], seconds: float = 60.0) -> None:
    """Frames of exactly these people are decoded from now on."""
    first = await window.decoded()
    seen: set[str] = set()

    async def moving() -> bool:
        await asyncio.sleep(0.5)
        seen.update(seat for seat, count in (await window.decoded()).items() if count > first.get(seat, 0))
        return seen >= seats

    with contextlib.suppress(TimeoutError):
        await eventually(moving, seconds)
    assert seen == seats


async def the_clock_is_right(window: Window) -> None:
    """The page's reading of the clock is within 200 ms of the server's."""
    apart = await window.page.evaluate(
        """async () => {
            const {serverTime} = await import(document.querySelector('script[type=module]').src
                .replace(/[^/]+\\/[^/]+$/, 'lib/clock.js'));
            const asked = performance.now();
            const {now} = await (await fetch('/clock', {cache: 'no-store'})).json();
            const trip = performance.now() - asked;
            return Math.abs(serverTime.now() - (now + trip / 2)) - trip / 2;
        }"""
    )
    assert apart < 200


async def test_a_jury_day(tmp_path: Path) -> None:
    served = serve_demo(tmp_path / "data")
    try:
        async with everybody(served, tmp_path) as day:
            await first_hearing(day)
            journal = await exported(day)
            await the_next_is_called_in(day)
            await quiet(day)
    finally:
        served.stop()
    check_journal(journal, tmp_path)


async def first_hearing(day: Day) -> None:
    lina, hall = day.lina, {"seat-lina/main", "seat-nadia/main"}
    await day.designate()
    await day.at_the_door(lina)
    await day.helene.act("CallIn")
    await lina.see("#room")
    jurors = {f"seat-{name}/main" for name in ("marc", "helene", "sofia")}
    for juror, seat in zip(day.jury, ("marc", "helene", "sofia"), strict=True):
        await plays(juror, hall | jurors - {f"seat-{seat}/main"})
    await plays(lina, jurors | {"seat-nadia/main"})
    await plays(day.observer, hall | jurors)
    await day.welcome(lina)
    await day.helene.act("StartPresentation")
    await the_clock_is_right(lina)
    await the_clock_is_right(day.marc)
    known = await open_doors(day)
    for onlooker in (day.organizer, day.observer, day.aid):
        await onlooker.leave()
    await day.marc.page.click("#tab-panel-incidents")
    await day.marc.page.click("#door-incident")
    await day.marc.page.check('#incident-kinds input[value="technical"]', force=True)
    await day.marc.page.fill("#incident-words", "Le son a coupé dix secondes.")
    await day.marc.page.click("#incident-send")
    await day.marc.see("[data-incident]")
    await day.helene.act("StartQuestions")
    for juror in day.jury:
        await day.mark(juror, marks(FULL))
    await day.dismiss()
    await lina.see('[data-screen="after"]')
    await day.close_grids()
    await closed_doors(day, known)
    await day.agree(marks(FULL))
    await day.recommend({"BC1": "award", "BC2": "award", "whole": "award"})
    await day.sign()


async def open_doors(day: Day) -> Known:
    """What candidate, aid and organizer may ask for while they are there."""
    state = await day.helene.view()
    hearing = state["hearing"]
    document = next(one["id"] for one in hearing["documents"] if one["kind"] == "portfolio_a")
    capture = hearing["identity"]["captures"][0]["id"]
    known = Known(document, capture, state["position"], "seat-helene")
    assert await doors(day.lina, known) == {"events": 200, "whep": 400, "document": 200, "capture": 403}
    assert await doors(day.aid, known) == {"events": 200, "whep": 400, "document": 200, "capture": 403}
    assert await doors(day.organizer, known) == {"events": 200, "whep": 400, "document": 200, "capture": 200}
    return known


async def closed_doors(day: Day, known: Known) -> None:
    """In deliberation the same requests with the same cookies are all refused."""
    for window in (day.lina, day.aid, day.organizer):
        assert set((await doors(window, known)).values()) == {403}


async def the_next_is_called_in(day: Day) -> None:
    """The room that the first candidate has left is the second one's."""
    karim = await day.next_candidate()
    await day.at_the_door(karim)
    await day.helene.act("CallIn")
    await karim.see("#room")
    await plays(karim, {f"seat-{name}/main" for name in ("marc", "helene", "sofia")})


async def exported(day: Day) -> bytes:
    """The journal, as the organizer downloads it once all is signed."""
    answer = await day.organizer.context.request.get(
        f"{day.served.url}/seat/{day.organizer.seat}/journal.jsonl"
    )
    assert answer.status == 200
    picture = await day.organizer.context.request.get(
        f"{day.served.url}/seat/{day.organizer.seat}/records/hearing-1"
    )
    assert picture.status == 200
    assert "Le son a coupé dix secondes." in await picture.text()
    return await answer.body()


async def quiet(day: Day) -> None:
    """No page has complained of anything but the doors that were tried or closed, and of decisions that crossed what
    somebody else did: the page asks them again by itself (`X-Position`)."""
    for window in day.everybody():
        crossed = f"409 POST {day.served.url}/seat/{window.seat}/commands"
        assert window.problems.count(crossed) <= 3
        problems = [p for p in window.problems if not p.startswith("403 ") and p != crossed]
        tried = [p for p in problems if p.startswith("400 POST ") and "/whep/seat-helene/" in p]
        assert problems == tried
        assert len(tried) <= 1


def check_journal(journal: bytes, folder: Path) -> None:
    records = [json.loads(line) for line in journal.splitlines()]
    results = [r["data"]["result"] for r in records if r.get("event") == "session.hearing_closed"]
    assert [r["outcome"] for r in results] == ["full"]
    assert [[b["validated"] for b in r["blocks"]] for r in results] == [[True, True]]
    incidents = [r for r in records if r.get("event") == "session.incident_recorded"]
    assert [(i["data"]["kind"], i["data"]["phase"], i["actor"]) for i in incidents] == [
        ("technical", "presentation", "seat-marc")
    ]
    assert verified(journal, folder) == 0
    changed = bytearray(journal)
    changed[len(changed) // 2] ^= 1
    assert verified(bytes(changed), folder) == 1


def verified(journal: bytes, folder: Path) -> int:
    path = folder / "journal.jsonl"
    path.write_bytes(journal)
    return subprocess.run([sys.executable, "-m", "server", "verify", str(path)], capture_output=True).returncode

