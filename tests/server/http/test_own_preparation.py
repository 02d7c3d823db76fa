"""A juror prepares in their space: says whether they sit, for whom they can judge, what they have read."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

import pytest
from aiohttp import ClientResponse

from evaluation.session.state import SessionState
from server.http import parts
from tests.server.http.house import FORM, Browser, House
from tests.server.http.test_own_papers import place, shown

PAGE = {"Accept": "text/html"}


async def press(browser: Browser, path: str, key: str = "", **fields: str) -> ClientResponse:
    return await browser.send("POST", path, {"key": key or uuid4().hex, **fields}, **{**PAGE, **FORM})


async def day_of(home: House) -> SessionState:
    state = await home.app[parts.SESSIONS].state(home.session)
    assert state is not None
    return state


@pytest.mark.rule("R1.2", "R1.4", "R1.5")
async def test_a_juror_accepts_by_one_click_declares_and_reads(home: House):
    browser, here = await home.at_home("emp"), place(home, "emp")
    page = await shown(browser, home.space("emp"))
    assert f'href="{here}preparation"' in page
    assert "dire si vous pourrez siéger" in page
    page = await shown(browser, here + "preparation")
    assert re.findall(r'<h3 id="of-[^"]*"><span translate="no">([^<]*)', page) == ["Lina Morel", "Noé Second"]
    answer = await press(browser, here + "answer/accept")
    assert (answer.status, answer.headers["Location"]) == (303, here.rstrip("/") + "/preparation?done=answered")
    assert (await press(browser, here + f"impartial/{home.hearing()}")).status == 303
    for what in ("framework", "grid"):
        assert "C1.1" in await shown(browser, f"{here}preparation/{what}")
        assert (await press(browser, f"{here}preparation/{what}")).status == 303
    state = await day_of(home)
    seat = home.seat("emp")
    assert (state.answers[seat].accepted, state.hearing(home.hearing()).impartial) == (True, {seat})
    assert {one.what for one in state.read[seat]} == {"framework", "grid"}
    assert "Vous avez accepté de siéger" in await shown(browser, here + "preparation")


@pytest.mark.rule("R1.2")
async def test_a_form_sent_twice_is_done_once_and_a_decline_is_told(home: House):
    browser, here, key = await home.at_home("own"), place(home, "own"), uuid4().hex
    for _ in range(2):
        assert (await press(browser, here + "answer/decline", key, words="souffrante")).status == 303
    assert "un remplaçant est recherché" in await shown(browser, here + "preparation")
    records = await home.app[parts.JOURNALS].records(home.session)
    assert [one.event for one in records].count("session.appointment_answered") == 1


@pytest.mark.rule("R1.4")
async def test_who_knows_a_candidate_withdraws_and_what_is_refused_is_said(home: House):
    browser, here = await home.at_home("tra"), place(home, "tra")
    assert (await press(browser, here + f"recuse/{home.hearing()}", words="mon voisin")).status == 303
    assert "Votre retrait pour cette épreuve est enregistré" in await shown(browser, here + "preparation")
    answer = await press(browser, here + f"recuse/{home.hearing()}")
    assert (answer.status, "déjà enregistrée" in unescape(await answer.text())) == (422, True)


@pytest.mark.rule("R1.5", "X11")
async def test_only_a_jurors_own_seat_and_only_what_they_have_to_read(home: House):
    browser, here = await home.at_home("emp"), place(home, "emp")
    await shown(browser, here + "preparation/nothing", 404)
    assert (await press(browser, here + "preparation/portfolio_a/doc0")).status == 404
    for other in ("own", "cand"):
        await shown(browser, f"{home.space('emp')}seats/{home.seat(other)}/preparation", 404)
    candidate = await home.at_home("cand")
    await shown(candidate, place(home, "cand") + "preparation", 403)
