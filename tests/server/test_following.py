"""What the awarding body decides reaches the juries' days: once, whatever is killed in between."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evaluation.body.accrediting import EndAgreement, RenewAgreement
from evaluation.body.terms import Agreement
from evaluation.codec import FieldError, encode
from evaluation.people import SYSTEM, Words
from evaluation.session.state import SessionState
from server.journals.following import Following
from tests.evaluation.session import day
from tests.server import bodies
from tests.server.kept import House

PLANNED = {"s1": "2026-03-16", "s2": "2026-04-20", "s3": "2026-05-11"}
WHY = Words("w", "d" * 8)
pytestmark = pytest.mark.rule("R1.7")


async def plan(house: House, session: str, on: str | None = None, quote: dict[str, Any] | None = None) -> None:
    organizer = replace(day.ORGANIZER, id=f"org-{session}")
    planned = day.plan(session=session, on=on or PLANNED[session], organizer=organizer, observers=())
    under = await bodies.planned_under(house.kept.journals, organizer.person)
    fields = {**encode(planned), **under, **({"agreement": quote} if quote else {})}
    await house.kept.sessions.execute(session, organizer.id, "PlanSession", fields, by_server=True)


async def end(house: House, on: date) -> None:
    fields = {**encode(EndAgreement("of1", on, WHY)), "words": "Audit défavorable."}
    await house.kept.journals.execute(bodies.BODY, bodies.STREAM, bodies.CLERK, "EndAgreement", fields)


async def carried_out(house: House) -> None:
    following = Following(house.kept.journals, house.kept.followups, house.clock, house.config.storage)
    assert await following.carry_out() is None


async def flagged(house: House) -> dict[str, str | None]:
    found = {session: await house.kept.sessions.state(session) for session in PLANNED}
    return {session: state.without_agreement for session, state in found.items() if isinstance(state, SessionState)}


async def test_an_agreement_that_ends_flags_the_days_planned_after_it(house: House):
    """Of three days one is before the end, and one is closed already."""
    for session in PLANNED:
        await plan(house, session)
    await house.kept.sessions.execute("s3", "org-s3", "CloseSession", {})
    await end(house, date(2026, 4, 1))
    assert [one.target for one in await house.kept.followups.waiting()] == ["s2"]
    await carried_out(house)
    assert await flagged(house) == {"s1": None, "s2": "2026-04-01", "s3": None}
    last = (await house.kept.sessions.records("s2"))[-1]
    assert (last.event, last.actor) == ("session.agreement_lapsed", SYSTEM)
    state = await house.kept.sessions.state("s2")
    assert state is not None
    assert state.closed is False


async def test_a_day_closed_between_the_end_and_what_follows_is_left_as_it_was(house: House):
    await plan(house, "s2")
    await end(house, date(2026, 4, 1))
    await house.kept.sessions.execute("s2", "org-s2", "CloseSession", {})
    await carried_out(house)
    assert await flagged(house) == {"s2": None}


async def test_an_end_in_the_future_flags_what_is_planned_after_it(house: House):
    for session in PLANNED:
        await plan(house, session)
    await end(house, date(2026, 5, 11))
    await carried_out(house)
    assert await flagged(house) == {"s1": None, "s2": None, "s3": "2026-05-11"}


async def test_a_day_is_planned_under_the_agreement_as_it_now_ends_or_not_at_all(house: House):
    quote = await bodies.found(house.kept.journals)
    await end(house, date(2026, 4, 1))
    with pytest.raises(FieldError):
        await plan(house, "s1", quote=quote)
    assert await house.kept.followups.waiting() == ()


async def test_an_agreement_renewed_over_the_day_takes_the_flag_away(house: House):
    for session in PLANNED:
        await plan(house, session)
    await end(house, date(2026, 4, 1))
    renewed = RenewAgreement(Agreement("of1", date(2026, 4, 15), date(2026, 4, 30), bodies.PAPER))
    await bodies.do(house.kept.journals, bodies.CLERK, renewed)
    await carried_out(house)
    assert await flagged(house) == {"s1": None, "s2": None, "s3": "2026-04-01"}
    events = [one.event for one in await house.kept.sessions.records("s2")]
    assert events == ["session.session_planned", "session.agreement_lapsed", "session.agreement_restored"]


KILLED = """
import asyncio, os, signal, sys
from datetime import date
from pathlib import Path
from tests.server.kept import House, config_in
from tests.server.test_following import end

async def main():
    house = await House.open(config_in(Path(sys.argv[1]), sys.argv[2]))
    await end(house, date(2026, 4, 1))
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


async def test_a_kill_between_the_end_and_the_flags_loses_none(house: House, tmp_path: Path):
    for session in PLANNED:
        await plan(house, session)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "kept"), house.config.storage.url],
                            cwd=Path(__file__).parents[2], timeout=60)
    assert killed.returncode == -signal.SIGKILL
    for _ in range(2):
        await carried_out(house)
    assert await flagged(house) == {"s1": None, "s2": "2026-04-01", "s3": "2026-04-01"}
    assert [len(await house.kept.sessions.records(one)) for one in PLANNED] == [1, 2, 2]
