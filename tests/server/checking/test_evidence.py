"""What a check leaves behind when the journal could not take it at once."""
from __future__ import annotations

from typing import Any

import pytest

from evaluation.codec import FieldError
from evaluation.session.state import Hearing
from server.checking.evidence import Evidence
from server.identity.signals import Crop, Signal, Signals
from server.storage.journal import StaleVersion
from tests.server.kept import SESSION, House

SEEN = Signals((Signal("portrait", 0.8, "close", "close", "", copy=Crop(b"a"), live=Crop(b"b")),
                Signal("face", 0.3, "close", "close", "", copy=Crop(b"c"), live=Crop(b"d"))), None, False, 0)


async def asked(house: House) -> Hearing:
    """A check is under way; the candidate has said yes."""
    await house.plan()
    copy = await house.kept.vault.put_file("p-cand1", SESSION, "identity_front", "image/png", b"a card")
    await house.do("cand1", "SupplyDocument", hearing="h1", document=copy.id, kind="identity_front",
                   digest=copy.digest, pages=1, identity="new_card")
    await house.call_in()
    await house.do("cand1", "AnswerFaceConsent", hearing="h1", agreed=True, wording="w")
    await house.do("tra", "AskIdentityCheck", hearing="h1", side="front")
    return await hearing(house)


async def hearing(house: House) -> Hearing:
    state = await house.kept.sessions.state(SESSION)
    assert state is not None
    return state.hearing("h1")


async def recorded(house: House, before: Hearing) -> None:
    assert before.check is not None
    await Evidence(house.kept.sessions, house.kept.vault).record((SESSION, "h1"), before.check, house.clock.now, SEEN)


def refusing(house: House, monkeypatch: pytest.MonkeyPatch, problem: Exception, times: int) -> None:
    execute, left = house.kept.sessions.execute, [problem] * times

    async def failing(*given: Any, **named: Any) -> Any:
        if left and given[2] == "RecordSignals":
            raise left.pop()
        return await execute(*given, **named)

    monkeypatch.setattr(house.kept.sessions, "execute", failing)


async def kept(house: House) -> int:
    return len([one for one in house.config.storage.vault_folder.rglob("*") if one.is_file()])


@pytest.mark.rule("X1")
async def test_a_session_that_moves_on_costs_no_agreed_comparison(house: House, monkeypatch: pytest.MonkeyPatch):
    before = await asked(house)
    refusing(house, monkeypatch, StaleVersion(SESSION, 1), 2)
    await recorded(house, before)
    measured = (await hearing(house)).signals[-1]
    assert ([row.name for row in measured.rows], measured.apart is not None) == (["portrait"], True)
    assert await kept(house) == 5


@pytest.mark.rule("X1")
async def test_only_a_consent_withdrawn_meanwhile_drops_the_face(house: House):
    before = await asked(house)
    await house.do("cand1", "WithdrawFaceConsent", hearing="h1")
    await recorded(house, before)
    measured = (await hearing(house)).signals[-1]
    assert ([row.name for row in measured.rows], measured.apart, await kept(house)) == (["portrait"], None, 3)


@pytest.mark.parametrize("problem", [StaleVersion(SESSION, 1), FieldError("rows", "no")], ids=["stale", "field"])
async def test_what_cannot_be_kept_at_all_leaves_no_picture_and_is_told(
        house: House, monkeypatch: pytest.MonkeyPatch, problem: Exception):
    before = await asked(house)
    refusing(house, monkeypatch, problem, 100)
    with pytest.raises(type(problem)):
        await recorded(house, before)
    assert ((await hearing(house)).signals, await kept(house)) == ((), 1)


async def test_a_check_that_was_ended_meanwhile_leaves_nothing(house: House):
    before = await asked(house)
    await house.do("tra", "EndIdentityCheck", hearing="h1")
    await recorded(house, before)
    assert ((await hearing(house)).signals, await kept(house)) == ((), 1)


async def test_a_crop_that_cannot_be_stored_leaves_none_of_the_others(house: House, monkeypatch: pytest.MonkeyPatch):
    before = await asked(house)
    put, left = house.kept.vault.put_file, [OSError("full"), None, None]

    async def full(*given: Any, **named: Any) -> Any:
        problem = left.pop() if left else None
        if problem is not None:
            raise problem
        return await put(*given, **named)

    monkeypatch.setattr(house.kept.vault, "put_file", full)
    with pytest.raises(OSError, match="full"):
        await recorded(house, before)
    assert ((await hearing(house)).signals, await kept(house)) == ((), 1)
