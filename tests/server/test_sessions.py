"""The single write path, on both databases: durable, idempotent, in order, told in order."""
from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import text, update

from evaluation.codec import FieldError
from evaluation.events import JuryAppointed, MarkSet, SeatJoined
from evaluation.journal import BrokenJournal, check_chain, read_export
from evaluation.people import SYSTEM
from evaluation.rules import Refusal
from server.sessions import Commit, KeyReused
from server.storage import journal
from server.storage.journal import StaleVersion
from server.storage.outbox import Letter
from server.storage.tables import journal as journal_table
from tests.evaluation import day
from tests.evaluation.frameworks import POLISHING
from tests.server.kept import SESSION, House


def said(event: Any) -> Any:
    """The event's words: their reference and digest, or None."""
    return event.words


async def positions(house: House) -> list[int]:
    return [one.position for one in await house.kept.sessions.records(SESSION)]


async def test_a_day_is_written_and_read_again(house: House):
    await (await house.plan()).call_in()
    state = await house.kept.sessions.state(SESSION)
    other = await house.again()
    assert await other.kept.sessions.state(SESSION) == state
    assert state is not None
    assert await positions(house) == list(range(1, state.position + 1))
    check_chain(await house.kept.sessions.records(SESSION))
    await other.close()


async def test_nothing_is_known_of_another_session(house: House):
    assert await house.kept.sessions.state("nowhere") is None
    with pytest.raises(Refusal):
        await house.do("org", "WriteToRoom", words="Bonjour")
    assert await positions(house) == []


async def test_a_session_is_planned_under_its_own_id_only(house: House):
    await house.plan()
    fields = (await house.kept.sessions.records(SESSION))[0].data
    fields.pop("observers_in_deliberation")
    with pytest.raises(FieldError) as refused:
        await house.kept.sessions.execute("s2", "org", "PlanSession", fields, by_server=True)
    assert refused.value.field == "session"
    with pytest.raises(FieldError) as refused:
        await house.kept.sessions.execute("s2", "org", "PlanSession", {**fields, "session": "s2"}, by_server=True)
    assert refused.value.field == "seat"  # "org" is a seat of s1
    assert await house.kept.sessions.session_ids() == (SESSION,)


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
        subject = await connection.scalar(text("SELECT subject FROM words"))
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
    assert len(read_export(after)) == len(after) - 1
    with pytest.raises(Refusal) as refusal:
        await house.do("own", "WriteNote", hearing="h1", words="encore")
    assert refusal.value.rule == "X1"
    await again.close()


@pytest.mark.parametrize("blank", ["", "  \n", None])
async def test_blank_words_are_none_or_refused_by_name(house: House, blank: str | None):
    await (await house.plan()).call_in()
    outcome = await house.do("own", "GiveIdentityOpinion", hearing="h1", conform=True, words=blank)
    assert said(outcome.events[0]) is None
    with pytest.raises(FieldError) as refused:
        await house.do("org", "WriteToRoom", words=blank)
    assert refused.value.field == "words"


@pytest.mark.parametrize("words", [3, ["a"], {"ref": "r", "digest": "d"}, "x" * 20_001, "a\0b", "\ud800"])
async def test_what_is_not_words_is_refused_by_name(house: House, words: object):
    await house.plan()
    count = len(await positions(house))
    with pytest.raises(FieldError) as refused:
        await house.do("org", "WriteToRoom", words=words)
    assert refused.value.field == "words"
    assert len(await positions(house)) == count


@pytest.mark.parametrize(("command", "fields"), [
    ("Join", {"seat": "emp"}), ("TakeCapture", {}), ("AddHearing", {}), ("PlanSession", {}), ("NoSuch", {}),
])
async def test_a_browser_cannot_send_what_the_server_makes(house: House, command: str, fields: dict[str, str]):
    await house.plan()
    with pytest.raises(FieldError) as refused:
        await house.kept.sessions.execute(SESSION, SYSTEM, command, fields)
    assert refused.value.field == "command"


# The same key, the same answer ------------------------------------------------------------------------------------


async def test_the_same_key_is_answered_the_same_and_written_once(house: House):
    await house.plan()
    first = await house.do("org", "WriteToRoom", key="k", words="Bonjour")
    await house.do("org", "WriteToRoom", words="Autre chose")
    count = len(await positions(house))
    assert await house.do("org", "WriteToRoom", key="k", words="Bonjour") == first
    again = await house.again()
    assert await again.do("org", "WriteToRoom", key="k", words="Bonjour") == first
    assert len(await positions(house)) == count
    await again.close()


async def test_the_same_key_at_once_from_two_processes_is_written_once(house: House):
    await house.plan()
    other = await house.again()
    count = len(await positions(house))
    outcomes = await asyncio.gather(*[one.do("org", "WriteToRoom", key="k", words="Bonjour")
                                      for one in (house, other, house, other)])
    assert [one.position for one in outcomes] == [count + 1] * 4
    assert len(await positions(house)) == count + 1
    await other.close()


async def test_a_refusal_is_remembered_too(house: House):
    await house.plan()
    with pytest.raises(Refusal) as first:
        await house.do("emp", "StartPresentation", key="k", hearing="h1")
    await house.present()  # now it would be another refusal, or none
    again = await house.again()
    with pytest.raises(Refusal) as second:
        await again.do("emp", "StartPresentation", key="k", hearing="h1")
    assert (second.value.rule, second.value.text, second.value.values) == (
        first.value.rule, first.value.text, first.value.values)
    await again.close()


async def test_a_key_sent_with_another_body_is_refused(house: House):
    await house.plan()
    await house.do("org", "WriteToRoom", key="k", words="Bonjour")
    changed: list[dict[str, Any]] = [{"words": "Bonsoir"}, {"words": "Bonjour", "more": 1.5}]
    for fields in changed:
        with pytest.raises(KeyReused):
            await house.do("org", "WriteToRoom", key="k", **fields)
    with pytest.raises(KeyReused):
        await house.do("org", "ReportProblem", key="k", words="Bonjour")


async def test_another_seat_may_use_the_same_key(house: House):
    await house.plan()
    first = await house.do("org", "ReportProblem", key="k", words="Bonjour")
    assert (await house.do("emp", "ReportProblem", key="k", words="Bonjour")).position == first.position + 1


async def test_a_command_that_changes_nothing_is_answered_with_the_present_position(house: House):
    await house.plan()
    count = len(await positions(house))
    for _ in range(2):
        outcome = await house.do(SYSTEM, "Join", key="k", seat="emp")
        assert (outcome.position, outcome.events) == (count, ())


# Two writers ------------------------------------------------------------------------------------------------------


async def test_two_processes_write_at_once_and_lose_nothing(house: House):
    await (await house.plan()).present()
    other = await house.again()
    count = len(await positions(house))
    told: list[int] = []
    house.kept.sessions.on_commit.append(lambda commit: told.extend(one.position for one in commit.records))

    async def grade(one: House, juror: str) -> None:
        for number in range(1, 7):
            await one.do(juror, "SetMark", key=f"{juror}{number}", hearing="h1", competency=f"C1.{number}", mark="A")

    await asyncio.gather(grade(house, "emp"), grade(other, "own"), grade(house, "tra"))
    assert await positions(house) == list(range(1, count + 19))
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


# Being told -------------------------------------------------------------------------------------------------------


async def test_listeners_hear_in_order_after_the_commit_and_before_the_answer(house: House):
    heard: list[str] = []

    def first(commit: Commit) -> None:
        heard.append(f"rights {commit.state.position}")
        raise RuntimeError("a listener that fails loses nothing")

    house.kept.sessions.on_commit += [first, lambda commit: heard.append(f"streams {commit.state.position}")]
    await house.plan()
    last = await house.do("org", "WriteToRoom", words="Bonjour")
    assert heard[-2:] == [f"rights {last.position}", f"streams {last.position}"]
    assert heard == [f"{who} {commit}" for commit in sorted({int(one.split()[1]) for one in heard})
                     for who in ("rights", "streams")]
    assert len(await positions(house)) == last.position


async def test_listeners_hear_of_an_old_session_when_it_is_loaded(house: House):
    await house.plan()
    again = await house.again()
    heard: list[Commit] = []
    again.kept.sessions.on_commit.append(heard.append)
    await again.kept.sessions.load_open()
    assert [(one.session, one.before) for one in heard] == [(SESSION, None)]
    assert heard[0].state == await house.kept.sessions.state(SESSION)
    await again.close()


async def test_letters_are_put_with_their_event_or_not_at_all(house: House):
    def letters(commit: Commit) -> list[Letter]:
        return [Letter("p-org", "told", {"count": len(one.jurors)})
                for one in commit.events if isinstance(one, JuryAppointed)]

    heard: list[int] = []
    house.kept.sessions.letters.append(letters)
    house.kept.sessions.on_commit.append(lambda commit: heard.append(commit.letters))
    await house.plan()
    due = await house.kept.outbox.due()
    assert [one.letter for one in due] == [Letter("p-org", "told", {"count": 3})]
    assert heard[:3] == [0, 1, 0]


async def test_a_caller_that_goes_away_stops_nothing(house: House):
    await house.plan()
    heard: list[str] = []
    house.kept.sessions.on_commit.append(lambda commit: heard.append(type(commit.events[0]).__name__))
    task = asyncio.create_task(house.do("org", "WriteToRoom", words="Bonjour"))
    await asyncio.sleep(0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    await house.kept.sessions.close()
    assert heard == ["RoomMessageWritten"]


async def test_a_failed_write_closes_the_doors_and_says_so(house: House, monkeypatch: pytest.MonkeyPatch):
    await house.plan()
    closed: list[str] = []
    house.kept.sessions.on_failure.append(closed.append)
    count = len(await positions(house))

    async def broken(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as broken_for_now:
        broken_for_now.setattr(journal, "append", broken)
        with pytest.raises(OSError, match="no space left"):
            await house.do("org", "WriteToRoom", key="k", words="Bonjour")
    assert closed == [SESSION]
    assert len(await positions(house)) == count
    assert (await house.do("org", "WriteToRoom", key="k", words="Bonjour")).position == count + 1


# Trust ------------------------------------------------------------------------------------------------------------


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
    await again.kept.sessions.load_open()
    assert set(closed) == {SESSION}
    await again.close()


async def test_closed_sessions_are_not_loaded_at_start(house: House):
    await house.plan()
    await house.do(SYSTEM, "Leave", seat="cand1")
    house.clock.now += 6 * 3_600_000
    for hearing in ("h1", "h2"):
        await house.do("org", "RecordNoShow", hearing=hearing)
    await house.do("emp", "CloseSession")
    assert await house.kept.sessions.session_ids() == (SESSION,)
    assert await house.kept.sessions.session_ids(open_only=True) == ()


async def test_marks_keep_who_and_what(house: House):
    await (await house.plan()).present()
    outcome = await house.do("own", "SetMark", hearing="h1", competency="C1.1", mark="NA", words="Rayures visibles")
    (event,) = outcome.events
    assert isinstance(event, MarkSet)
    assert (event.competency, event.mark.value if hasattr(event.mark, "value") else event.mark) == ("C1.1", "NA")
