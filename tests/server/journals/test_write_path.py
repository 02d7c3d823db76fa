"""The single write path, on both databases: durable, words put away, and nothing read that was altered."""
from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import text, update

from evaluation.codec import FieldError
from evaluation.journal import BrokenJournal, check_chain, read_bundle
from evaluation.people import SYSTEM
from evaluation.rules import Refusal
from evaluation.session.events import MarkSet, SeatJoined
from server.storage.tables import journal as journal_table
from tests.server.kept import SESSION, House


def said(event: Any) -> Any:
    """The event's words: their reference and digest, or None."""
    return event.words


async def test_a_day_is_written_and_read_again(house: House):
    await (await house.plan()).call_in()
    state = await house.kept.sessions.state(SESSION)
    other = await house.again()
    assert await other.kept.sessions.state(SESSION) == state
    assert state is not None
    assert await house.positions() == list(range(1, state.position + 1))
    check_chain(await house.kept.sessions.records(SESSION))
    await other.close()


async def test_nothing_is_known_of_another_session(house: House):
    assert await house.kept.sessions.state("nowhere") is None
    with pytest.raises(Refusal):
        await house.do("org", "WriteToRoom", words="Bonjour")
    assert await house.positions() == []


async def test_a_session_is_planned_under_its_own_id_only(house: House):
    await house.plan()
    fields = (await house.kept.sessions.records(SESSION))[0].data
    fields.pop("observers_in_deliberation")
    fields.pop("rules_edition")
    with pytest.raises(FieldError) as refused:
        await house.kept.sessions.execute("s2", "org", "PlanSession", fields, by_server=True)
    assert refused.value.field == "session"
    with pytest.raises(FieldError) as refused:
        await house.kept.sessions.execute("s2", "org", "PlanSession", {**fields, "session": "s2"}, by_server=True)
    assert refused.value.field == "seats"  # "org" is a seat of s1
    assert await house.kept.sessions.ids() == (SESSION,)


@pytest.mark.rule("X1")
async def test_words_lie_outside_the_journal_under_the_candidates_key(house: House):
    await (await house.plan()).call_in()
    secret = "Le badge ne correspond pas à Camille"
    outcome = await house.do("own", "RecordIncident", hearing="h1", kind="identity", suspected_fraud=False,
                             words=secret)
    ref = said(outcome.events[0]).ref
    assert await house.kept.sessions.words([ref]) == {ref: secret}
    assert secret.encode() not in b"".join([line async for line in house.kept.sessions.export(SESSION)])
    again = await house.again()
    assert await again.kept.sessions.words([ref]) == {ref: secret}
    async with house.kept.database.reading() as connection:
        query = text("SELECT subject, sealed FROM words WHERE ref = :r")
        row = (await connection.execute(query, {"r": ref})).one()
    assert row.subject == "p-cand1"
    assert secret.encode() not in bytes(row.sealed)
    await again.close()


@pytest.mark.rule("X1")
async def test_words_about_nobody_are_under_the_sessions_key(house: House):
    await house.plan()
    outcome = await house.do("org", "WriteToRoom", words=" Pause de dix minutes \r\n")
    async with house.kept.database.reading() as connection:
        (subject,) = await connection.scalars(text("SELECT subject FROM words WHERE subject LIKE 'session:%'"))
    assert subject == f"session:{SESSION}"
    assert list((await house.kept.sessions.words([said(outcome.events[0]).ref])).values()) == ["Pause de dix minutes"]


@pytest.mark.rule("X1")
async def test_erasing_a_candidate_leaves_a_journal_that_verifies(house: House):
    await (await house.plan()).present()
    await house.kept.accounts.save_person("p-cand1", {"name": "Martin"})
    signed = [event for _, event in await house.kept.sessions.events(SESSION) if type(event).__name__ == "SheetSigned"]
    assert list((await house.kept.sessions.words([said(signed[0]).ref])).values()) == ["Camille Martin"]
    before = [line async for line in house.kept.sessions.export(SESSION)]
    await house.kept.accounts.erase_person("p-cand1")
    again = await house.again()
    for one in (house, again):
        assert await one.kept.sessions.words([said(signed[0]).ref]) == {}
        assert await one.kept.sessions.profile("p-cand1") is None
    after = [line async for line in again.kept.sessions.export(SESSION)]
    assert after == before
    assert [len(records) for records in read_bundle(after)] == [len(after) - 1]
    with pytest.raises(Refusal) as refusal:
        await house.do("own", "WriteNote", hearing="h1", words="encore")
    assert refusal.value.rule == "X1"
    await again.close()


async def test_blank_words_are_none_or_refused_by_name(house: House):
    await (await house.plan()).call_in()
    for juror, blank in {"emp": "", "own": "  \n", "tra": None}.items():
        outcome = await house.do(juror, "GiveIdentityOpinion", hearing="h1", conform=True, words=blank)
        assert said(outcome.events[0]) is None
        with pytest.raises(FieldError) as refused:
            await house.do("org", "WriteToRoom", words=blank)
        assert refused.value.field == "words"


async def test_what_is_not_words_is_refused_by_name(house: House):
    await house.plan()
    count = len(await house.positions())
    for words in (3, ["a"], {"ref": "r", "digest": "d"}, "x" * 20_001, "a\0b", "\ud800"):
        with pytest.raises(FieldError) as refused:
            await house.do("org", "WriteToRoom", words=words)
        assert refused.value.field == "words"
    assert len(await house.positions()) == count


async def test_a_browser_cannot_send_what_the_server_makes(house: House):
    await house.plan()
    for command, fields in {"Join": {"seat": "emp"}, "TakeCapture": {}, "AddHearing": {}, "PlanSession": {},
                            "NoSuch": {}}.items():
        with pytest.raises(FieldError) as refused:
            await house.kept.sessions.execute(SESSION, SYSTEM, command, fields)
        assert (command, refused.value.field) == (command, "command")


# Trust ----------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("X5")
@pytest.mark.parametrize("change", [{"data": '{"seat":"tra"}'}, {"actor": "org"}, {"at": 1}, {"hash": "0" * 64}])
async def test_a_tampered_journal_is_not_read(house: House, change: dict[str, object]):
    await house.plan()
    position = next(one.position for one, event in await house.kept.sessions.events(SESSION)
                    if isinstance(event, SeatJoined))
    async with house.kept.database.writing() as connection:
        await connection.execute(update(journal_table).where(journal_table.c.position == position).values(**change))
    again = await house.again()
    closed: list[str] = []
    again.kept.sessions.on_failure.append(closed.append)
    with pytest.raises(BrokenJournal) as broken:
        await again.kept.sessions.state(SESSION)
    assert broken.value.position == position
    with pytest.raises(BrokenJournal):
        await again.do("org", "WriteToRoom", words="Bonjour")
    await again.kept.sessions.load([SESSION])
    assert set(closed) == {SESSION}
    await again.close()


async def test_closed_sessions_are_not_loaded_at_start(house: House):
    await house.plan()
    await house.do(SYSTEM, "Leave", seat="cand1")
    house.clock.now += 6 * 3_600_000
    for hearing in ("h1", "h2"):
        await house.do("org", "RecordNoShow", hearing=hearing)
    await house.do("emp", "CloseSession")
    assert await house.kept.sessions.ids() == (SESSION,)
    assert await house.kept.sessions.ids(open_only=True) == ()


async def test_marks_keep_who_and_what(house: House):
    await (await house.plan()).present()
    outcome = await house.do("own", "SetMark", hearing="h1", competency="C1.1", mark="NA", words="Rayures visibles")
    (event,) = outcome.events
    assert isinstance(event, MarkSet)
    assert (event.competency, event.mark.value if hasattr(event.mark, "value") else event.mark) == ("C1.1", "NA")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_session_nobody_acts_in_is_let_go_and_read_again_when_somebody_asks(house: House):
    sessions = house.kept.sessions
    await house.plan()
    await house.present()
    sessions.let_go(lambda _session: False)
    assert [state.id for state in sessions.all_known()] == [SESSION]  # its clock runs
    await house.do("emp", "StopHearing", hearing="h1", words="La ligne est perdue")
    sessions.let_go(lambda _session: False)
    assert sessions.all_known() == ()  # nobody acts in it, and nothing is due
    for hearing in ("h2",):
        await house.do("org", "PostponeHearing", hearing=hearing, words="un autre jour")
    await house.do("org", "CloseSession")
    last = sessions.known(SESSION)
    sessions.let_go(lambda session: session == SESSION)
    assert sessions.known(SESSION) is last  # somebody looks at it
    sessions.let_go(lambda _session: False)
    assert sessions.all_known() == ()
    assert await sessions.state(SESSION) == last


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_stream_is_not_let_go_while_its_turn_changes_hands(house: House):
    sessions = house.kept.sessions
    await house.plan()
    ledger = sessions.journals._ledgers[SESSION]
    await house.present()
    await house.do("emp", "StopHearing", hearing="h1", words="La ligne est perdue")
    async with ledger.turn():
        waiting = asyncio.create_task(house.do("org", "PostponeHearing", hearing="h2", words="un autre jour"))
        while ledger.wanted < 2:
            await asyncio.sleep(0)
    sessions.let_go(lambda _session: False)  # the turn was given back, and nobody has taken it yet
    assert sessions.journals._ledgers.get(SESSION) is ledger
    await waiting
    sessions.let_go(lambda _session: False)
    assert sessions.journals._ledgers.get(SESSION) is None
