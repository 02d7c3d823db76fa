"""A yes about the face at the camera: taken back at any moment, it leaves nothing of the face."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from server.http import parts
from server.storage.purge import FACE_CROP
from tests.pace import patient
from tests.server.http.at_camera import (
    ask,
    before_camera,
    card,
    held,
    identity_view,
    settled,
    when,
    whole_view,
)
from tests.server.http.house import House, house
from tests.server.http.test_identity_check import NO_WORDS, exported, ready, shown_on_page, vaulted


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path, identity__workers=1, check__wait_seconds=30) as here:
        yield here


@pytest.mark.rule("X1")
async def test_consent_withdrawn_while_it_is_computed_ends_the_process_and_leaves_no_face(home: House, monkeypatch):
    candidate = await ready(home, agreed=True)
    _, client = await before_camera(home, candidate, held(card()))
    workers, asked = home.app[parts.WORKERS], list[bool]()
    check, begun, ended = workers.check, asyncio.Event(), list[BaseException]()

    async def seen(*given: Any) -> Any:
        asked.append(given[4])
        begun.set()
        try:
            return await check(*given)
        except BaseException as error:
            ended.append(error)
            raise

    monkeypatch.setattr(workers, "check", seen)
    await ask(home, "tra")
    await asyncio.wait_for(begun.wait(), patient(20))
    answer = await candidate.command(home.seat("cand"), "WithdrawFaceConsent", hearing=home.hearing())
    assert answer.status == 200
    hearing = await settled(home)
    assert (asked[0], set(asked[1:]), [type(one) for one in ended]) == (True, {False}, [asyncio.CancelledError])
    assert "face" not in [row.name for row in hearing.signals[-1].rows]
    assert '"face"' not in await exported(home)
    assert vaulted(home) == set(hearing.pictures) | {one.id for one in hearing.documents}
    await client.close()


@pytest.mark.rule("X1")
async def test_consent_withdrawn_afterwards_takes_rows_and_pictures_away(home: House):
    candidate = await ready(home, agreed=True)
    _, client = await before_camera(home, candidate, held(card()))
    await ask(home, "tra")
    before = await settled(home)
    apart = before.signals[-1].apart
    assert apart is not None
    sessions, juror = home.app[parts.SESSIONS], await home.sit("tra")
    row = json.loads((await sessions.words([apart.ref]))[apart.ref])
    shown = await identity_view(home, juror, "tra")
    assert [one["name"] for one in shown["signals"]["rows"]][:4] == ["document", "portrait", "text", "face"]
    assert '"face"' not in await exported(home)
    await home.act("cand", "WithdrawFaceConsent", hearing=home.hearing())
    gone = {row[name]["id"] for name in ("copy", "live") if row[name]}
    assert gone == {one.id for one in before.signals[-1].apart_pictures}
    vault, person = home.app[parts.VAULT], before.candidate.person
    assert set(await vault.files_of(person, home.session, FACE_CROP)) == gone
    await when(home, lambda _: not gone & vaulted(home))
    assert await sessions.words([apart.ref]) == {}
    shown = await identity_view(home, juror, "tra")
    assert "face" not in [row["name"] for row in shown["signals"]["rows"]]
    for one in gone:
        assert (await juror.get(f"/seat/{home.seat('tra')}/captures/{one}.jpg")).status == 403
    await client.close()


@pytest.mark.rule("X1")
async def test_what_each_seat_is_told_about_consent(home: House):
    candidate = await ready(home, agreed=False)
    mine = await identity_view(home, candidate, "cand")
    assert (mine["consent"]["state"], mine["consent"]["over"], len(mine["consent"]["text"])) == ("no", False, 4)
    answer = await candidate.command(home.seat("cand"), "AnswerFaceConsent", hearing=home.hearing(), agreed=True,
                                     wording="w")  # fmt: skip
    assert answer.status == 200
    for name in ("emp", "org", "obs"):
        view = json.dumps(await whole_view(home, await home.sit(name), name), ensure_ascii=False)
        assert not any(word in view.lower() for word in NO_WORDS)
    refused = await (await home.sit("tra")).command(home.seat("tra"), "AnswerFaceConsent", hearing=home.hearing(),
                                                    agreed=True, wording="w")  # fmt: skip
    assert refused.status == 403


@pytest.mark.rule("X1")
@pytest.mark.parametrize("moment", ["after", "closed"])
async def test_consent_is_withdrawn_at_any_time_from_the_page_of_its_browser(home: House, moment: str):
    browser = await home.sit("cand")
    await home.act("cand", "AnswerFaceConsent", hearing=home.hearing(), agreed=True, wording="w")
    await home.to_questions()
    if moment == "after":
        await home.act("emp", "DismissCandidate", hearing=home.hearing(), words="fini plus tôt")
    else:
        await home.from_questions_to_closed()
        await home.act("org", "PostponeHearing", hearing=home.hearing(2), words="un autre jour")
        await home.act("org", "CloseSession")
    mine = await shown_on_page(home, browser, "cand")
    assert (mine["identity"].keys(), mine["identity"]["consent"]["state"]) == ({"state", "consent"}, "yes")
    answer = await browser.command(home.seat("cand"), "WithdrawFaceConsent", hearing=home.hearing())
    assert answer.status == 200, await answer.text()
    assert (await home.state()).hearing(home.hearing()).face_consent == "no"
    assert (await shown_on_page(home, browser, "cand"))["identity"] == {"state": "decided"}
