"""A withdrawn consent leaves no picture of a face and no row about one, whatever failed meanwhile (X1)."""
from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from evaluation.people import SYSTEM
from evaluation.session.state import Hearing
from server.keeping.withdrawing import Withdrawals, take_away
from server.storage.purge import FACE_CROP
from server.storage.vault import StoredFile, Vault
from tests.pace import patient, within
from tests.server.kept import SESSION, House

pytestmark = pytest.mark.rule("X1")


@pytest.fixture
async def watched(house: House) -> AsyncIterator[House]:
    async for one in deleting(await house.plan()):
        yield one


async def deleting(house: House) -> AsyncIterator[House]:
    """As the server does it."""
    settings = replace(house.config.storage, withdraw_seconds=0.01, withdraw_at_most_seconds=1)
    withdrawals = Withdrawals(house.kept.sessions, house.kept.vault, settings)
    house.kept.sessions.on_commit.append(withdrawals.committed)
    yield house
    await withdrawals.close()


async def crop(house: House, person: str = "p-cand1", kind: str = FACE_CROP) -> StoredFile:
    return await house.kept.vault.put_file(person, SESSION, kind, "image/jpeg", b"a face")


async def hearing(house: House) -> Hearing:
    state = await house.kept.sessions.state(SESSION)
    assert state is not None
    return state.hearing("h1")


async def compared(house: House) -> set[str]:
    """With a yes, faces were compared. What must go, once it is withdrawn: two crops and the row's words."""
    copy = await crop(house, kind="identity_front")
    await house.do("cand1", "SupplyDocument", hearing="h1", document=copy.id, kind="identity_front",
                   digest=copy.digest, pages=1, identity="new_card")
    await house.call_in()
    await house.do("cand1", "AnswerFaceConsent", hearing="h1", agreed=True, wording="w")
    await house.do("tra", "AskIdentityCheck", hearing="h1", side="front")
    pictures = [{"id": one.id, "digest": one.digest} for one in (await crop(house), await crop(house))]
    row = {"name": "face", "band": "close", "code": "close", "value": 312, "copy": pictures[0], "live": pictures[1]}
    check = (await hearing(house)).check
    assert check is not None
    await house.do(SYSTEM, "RecordSignals", hearing="h1", check=check.position, taken_at=1, rows=[],
                   apart=json.dumps(row), apart_pictures=pictures)
    apart = (await hearing(house)).signals[-1].apart
    assert apart is not None
    return {one["id"] for one in pictures} | {apart.ref}


async def left(house: House, ids: Iterable[str]) -> set[str]:
    """In the database or on the disk."""
    found = {one.name for one in house.config.storage.vault_folder.rglob("*")}
    async with house.kept.database.reading() as connection:
        for query in ("SELECT id FROM files", "SELECT ref FROM words"):
            found |= set((await connection.execute(text(query))).scalars())
    return found & set(ids)


async def until_gone(house: House, ids: Iterable[str]) -> None:
    async with within(10):
        while await left(house, ids):
            await asyncio.sleep(0.01)


async def withdraw(house: House) -> None:
    await house.do("cand1", "WithdrawFaceConsent", hearing="h1")


async def test_a_deletion_that_fails_is_tried_until_nothing_is_left(watched: House, monkeypatch: pytest.MonkeyPatch):
    discard, database = Vault.discard, watched.kept.database
    failed, forgotten, forget = list[str](), asyncio.Event(), database.forget_deleted

    async def failing(self: Vault, file: str) -> None:
        if len(failed) < 3:
            failed.append(file)
            raise OSError(f"Lina Morel: {file}")
        await discard(self, file)

    async def noted() -> None:
        assert await left(watched, gone) == set()
        await forget()
        forgotten.set()

    gone = await compared(watched)
    assert await left(watched, gone) == gone
    monkeypatch.setattr(Vault, "discard", failing)
    monkeypatch.setattr(database, "forget_deleted", noted)
    with capture_logs() as lines:
        await withdraw(watched)
        await asyncio.wait_for(forgotten.wait(), patient(10))
    told = {"event": "consent.not_deleted_yet", "log_level": "warning", "session": SESSION, "error": "OSError"}
    assert [{name: one[name] for name in told} for one in lines] == [told] * 3
    assert "Morel" not in repr(lines)


@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed"])
async def test_what_still_lies_there_goes_when_the_server_starts_again(house: House, closed: bool):
    gone = await compared(await house.plan())
    if closed:
        await house.do("emp", "StopHearing", hearing="h1", words="malaise")
        await house.do("org", "PostponeHearing", hearing="h2", words="un autre jour")
        await house.do("org", "CloseSession")
    await withdraw(house)  # and the power fails
    assert await left(house, gone) == gone
    async for again in deleting(await house.again()):
        await again.kept.sessions.load([SESSION])
        await again.kept.purge()
        await until_gone(again, gone)


async def test_crops_that_no_line_of_the_journal_names_go_too(house: House):
    """Another candidate's stay, who said yes; who has not said yes (yet) has none either."""
    gone, orphan = await compared(await house.plan()), (await crop(house)).id
    documents, others = {one.id for one in (await hearing(house)).documents}, {(await crop(house, "p-cand2")).id}
    await withdraw(house)

    await house.do("cand2", "AnswerFaceConsent", hearing="h2", agreed=True, wording="w")
    await taken_away(house)
    assert await left(house, {*gone, orphan, *documents, *others}) == documents | others

    await house.do("cand2", "WithdrawFaceConsent", hearing="h2")
    await taken_away(house)
    assert await left(house, documents | others) == documents


async def taken_away(house: House) -> None:
    state = await house.kept.sessions.state(SESSION)
    assert state is not None
    for one in state.hearings.values():
        await take_away(house.kept.vault, SESSION, one)


async def test_looking_at_a_face_is_written_down_as_at_any_image(house: House):
    await house.kept.openings.note(await crop(house), "tra", "picture")
    assert [one.kind for one in await house.kept.openings.about(SESSION, "p-cand1")] == ["capture"]


async def test_one_hearing_that_cannot_be_cleared_keeps_no_other_from_it(
        watched: House, monkeypatch: pytest.MonkeyPatch):
    discard = Vault.discard
    stuck, other = await compared(watched), (await crop(watched, "p-cand2")).id

    async def failing(self: Vault, file: str) -> None:
        if file in stuck:
            raise OSError
        await discard(self, file)

    monkeypatch.setattr(Vault, "discard", failing)
    await withdraw(watched)
    await until_gone(watched, {other})
    assert await left(watched, stuck) != set()
