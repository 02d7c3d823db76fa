"""Two processes, or two pages, write to one session: nothing is lost, nothing decided on what is gone."""
from __future__ import annotations

import asyncio

import pytest

from evaluation.journal import check_chain
from evaluation.rules import Refusal
from server.storage import journal
from server.storage.journal import StaleVersion
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.session import day
from tests.server.kept import SESSION, House


async def test_two_processes_write_at_once_and_lose_nothing(house: House):
    await (await house.plan()).present()
    other = await house.again()
    count = len(await house.positions())
    told: list[int] = []
    house.kept.sessions.on_commit.append(lambda commit: told.extend(one.position for one in commit.records))

    async def grade(one: House, juror: str) -> None:
        for number in range(1, 7):
            await one.do(juror, "SetMark", key=f"{juror}{number}", hearing="h1", competency=f"C1.{number}", mark="A")

    await asyncio.gather(grade(house, "emp"), grade(other, "own"), grade(house, "tra"))
    assert await house.positions() == list(range(1, count + 19))
    check_chain(await house.kept.sessions.records(SESSION))
    assert await house.kept.sessions.state(SESSION) == await other.kept.sessions.state(SESSION)
    assert told == list(range(count + 1, count + 19))  # each once and in order, the other process's too
    await other.close()


async def test_a_taken_position_is_stale(house: House):
    await house.plan()
    records = await house.kept.sessions.records(SESSION)
    with pytest.raises(StaleVersion):
        async with house.kept.database.writing() as connection:
            await journal.append(connection, records[-1:])


async def test_a_decision_on_an_old_page_is_stale(house: House):
    await (await house.plan()).call_in()
    state = await house.kept.sessions.state(SESSION)
    assert state is not None
    await house.do("own", "GiveIdentityOpinion", hearing="h1", conform=False)
    with pytest.raises(StaleVersion) as stale:
        await house.do("emp", "DecideIdentity", key="k", expected=state.position, hearing="h1", finding="conform",
                       course="proceed")
    assert stale.value.position == state.position + 1
    await house.do("tra", "GiveIdentityOpinion", expected=1, hearing="h1", conform=True)  # no decision: not stale
    await house.do("aid1", "ReportProblem", kind="frozen")  # nor does this change what is decided on
    decided = await house.do("emp", "DecideIdentity", key="k", expected=state.position + 2, hearing="h1",
                             finding="doubtful", course="reserve", words="La photo est floue")
    again = await house.do("emp", "DecideIdentity", key="k", expected=1, hearing="h1",
                           finding="doubtful", course="reserve", words="La photo est floue")
    assert again == decided


@pytest.mark.rule("X7")
async def test_nobody_signs_a_recommendation_they_have_not_seen(house: House):
    await (await house.plan()).present()
    await house.do("emp", "StartQuestions", hearing="h1")
    await house.do("emp", "DismissCandidate", hearing="h1", words="Tout est dit")
    acquired = {one.code: "A" for one in POLISHING.competencies(("BC1", "BC2"))}
    for juror in day.JURY:
        for code in acquired:
            await house.do(juror.id, "SetMark", hearing="h1", competency=code, mark="A")
        await house.do(juror.id, "CloseGrid", hearing="h1")
    await house.do("emp", "OpenDeliberation", hearing="h1")
    await house.do("emp", "ProposeConsensus", hearing="h1", marks=acquired)
    for juror in ("own", "tra"):
        await house.do(juror, "ConfirmConsensus", hearing="h1", marks=acquired)
    for block in ("BC1", "BC2", None):
        read = (await house.do("emp", "Recommend", hearing="h1", block=block, advice="award")).position
    changed = await house.do("emp", "Recommend", hearing="h1", block=None, advice="refuse", words="À revoir")
    for signs in ({"command": "SignDeliberation"}, {"command": "RefuseSignature", "words": "Non"}):
        with pytest.raises(StaleVersion):
            await house.do("own", hearing="h1", expected=read, **signs)
    await house.do("own", "SignDeliberation", hearing="h1", expected=changed.position)
    await house.do("tra", "SignDeliberation", hearing="h1", expected=changed.position)  # a signature changes nothing


async def test_two_designations_at_once(house: House):
    await house.plan()
    other = await house.again()
    results = await asyncio.gather(house.do("own", "DesignatePresident", choice="own"),
                                   other.do("tra", "DesignatePresident", choice="own"), return_exceptions=True)
    state = await other.kept.sessions.state(SESSION)
    assert state == await house.kept.sessions.state(SESSION)
    check_chain(await house.kept.sessions.records(SESSION))
    assert all(not isinstance(one, BaseException) or isinstance(one, Refusal) for one in results)
    await other.close()


async def test_time_never_runs_backwards(house: House):
    await house.plan()
    last = (await house.kept.sessions.records(SESSION))[-1].at
    house.clock.now -= 3_600_000
    await house.do("org", "WriteToRoom", words="Bonjour")
    assert (await house.kept.sessions.records(SESSION))[-1].at == last
