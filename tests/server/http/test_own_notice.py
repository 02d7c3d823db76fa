"""A candidate's notice in their space: opening it acknowledges nothing, the button does (R4.2)."""

from __future__ import annotations

import re

import pytest

from evaluation.session.hearing_parts import Notice
from server.http import parts
from tests.server.http.house import Browser, House
from tests.server.http.test_own_papers import place, shown


async def notice_of(home: House) -> Notice | None:
    return (await home.state()).hearing(home.hearing()).notice


async def give(home: House) -> None:
    """On the day itself, with the candidate's agreement."""
    agreement = await home.app[parts.CONVENING].agreement(await home.state())
    await home.act("org", "GiveNotice", hearing=home.hearing(), agreement=agreement, words="tard", agreed="d’accord")


async def press(browser: Browser, page: str) -> tuple[int, str]:
    answer = await browser.click(page, key="k" * 20)
    return answer.status, answer.headers.get("Location", "")


@pytest.mark.rule("R4.2")
async def test_a_candidate_acknowledges_by_a_click_and_a_look_changes_nothing(home: House):
    browser, page = await home.at_home("cand"), place(home, "cand") + "notice"
    await shown(browser, page, 403)
    await give(home)
    assert "confirmer que vous avez reçu votre convocation" in await shown(browser, home.space("cand"))
    state = await home.state()
    for said in ("Votre convocation", "J’ai bien reçu ma convocation", "une caméra", *state.framework.sanctions):
        assert said in await shown(browser, page)
    letters = [one for one in await home.letters() if "Voici votre convocation" in one]
    assert len(letters) == 1
    link = letters[0].split("/i/")[1].split()[0]
    assert (await home.browser().get(f"/i/{link}")).status == 200
    notice = await notice_of(home)
    assert notice is not None
    assert notice.acknowledged_at is None
    assert await press(browser, page) == (303, f"{page}?done=acknowledged")
    notice = await notice_of(home)
    assert notice is not None
    assert notice.acknowledged_at is not None
    assert "Vous avez confirmé" in await shown(browser, page)
    assert "confirmer que vous avez" not in await shown(browser, home.space("cand"))
    await home.act("org", "NamePlace", words="12 rue Haute, salle 3")
    await home.act("org", "ChangeMode", hearing=home.hearing(), mode="on_site", words="sa connexion")
    words = await shown(browser, page)
    assert ("12 rue Haute, salle 3" in words, "Sur place, présentez-vous" in words, "une caméra" in words) == (
        True, True, False)


@pytest.mark.rule("R4.2", "X7")
async def test_who_read_the_hour_before_has_not_received_the_new_one(home: House):
    await give(home)
    browser, page = await home.at_home("cand"), place(home, "cand") + "notice"
    sent = dict(re.findall(r'name="(key|seen)" value="([^"]+)"', await shown(browser, page)))
    hearing = (await home.state()).hearing(home.hearing())
    moved = {"hearing": hearing.id, "date": (await home.state()).date, "words": "d’accord"}
    await home.act("org", "AgreeToMove", **moved)
    earlier = hearing.starts_at - 15 * 60_000
    await home.act("org", "MoveHearing", hearing=hearing.id, starts_at=earlier, words="la salle")
    await give(home)
    assert (await browser.click(page, **sent)).status == 409
    notice = await notice_of(home)
    assert notice is not None
    assert (notice.starts_at < hearing.starts_at, notice.acknowledged_at) == (True, None)


@pytest.mark.rule("R4.2", "X15")
async def test_nobody_else_has_it(home: House):
    await give(home)
    for name in ("emp", "cand2", "aid"):
        browser = await home.at_home(name)
        await shown(browser, place(home, name) + "notice", 403)
        await shown(browser, f"{home.space(name)}seats/{home.seat('cand')}/notice", 404)

