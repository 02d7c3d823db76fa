"""A juror who is recused leaves everything of that candidate, whatever cookie they still hold."""
from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from evaluation.people import SYSTEM, JurorCategory, Role, Seat
from server.http import parts
from tests.browser.doors import Known, doors
from tests.browser.windows import browser, enter
from tests.server.documents.samples import pdf
from tests.server.http.house import House, commission, house
from tests.serving import eventually

pytestmark = [pytest.mark.browser, pytest.mark.rule("X7"), pytest.mark.rule("R3.6")]


async def supplied(home: House) -> str:
    """A document of the candidate."""
    stored = await home.app[parts.VAULT].put_file("p-s1-cand", "s1", "portfolio_a", "application/pdf", pdf(1))
    await home.act("cand", "SupplyDocument", hearing=home.hearing(), document=stored.id, kind="portfolio_a",
                   digest=stored.digest, pages=1)
    return stored.id


async def captured(home: House, juror: str) -> str:
    """A frame of the candidate's camera, once there is one."""
    told: list[str] = []
    asking = await home.sit(juror)

    async def taken() -> bool:
        asked = f'{{"hearing": "{home.hearing()}", "seat": "{home.seat("cand")}", "source": "main"}}'
        answer = await asking.send(
            "POST", f"/seat/{home.seat(juror)}/captures", asked, **{"Content-Type": "application/json"})
        if answer.status == 201:
            told.append((await answer.json())["capture"])
        return bool(told)

    await eventually(taken, 20)
    return told[0]


async def deliberation_without(home: House, recused: str) -> None:
    """Another trainer takes the place; the three dismiss the candidate, close their grids and open the deliberation."""
    substitute = Seat("s1-sub", "p-s1-sub", Role.JUROR, JurorCategory.TRAINER, home.hearing())
    await commission(home.app).replaces("s1", recused, substitute)
    await home.act(SYSTEM, "Join", seat=substitute.id)
    framework = (await home.state()).framework
    for juror in ("emp", "own", "sub"):
        for block in framework.blocks:
            for one in block.competencies:
                await home.act(juror, "SetMark", hearing=home.hearing(), competency=one.code, mark="A")
    await home.act("emp", "DismissCandidate", hearing=home.hearing(), words="Le jury a tout examiné.")
    for juror in ("emp", "own", "sub"):
        await home.act(juror, "CloseGrid", hearing=home.hearing())
    await home.act("emp", "OpenDeliberation", hearing=home.hearing())


async def test_a_recused_juror_replays_their_cookies(tmp_path: Path) -> None:
    async with house(tmp_path) as home, async_playwright() as playwright, browser(playwright) as chromium:
        document = await supplied(home)
        await home.to_questions()
        candidate = await enter(chromium, f"{home.url}/i/{home.tokens['cand']}")
        juror = await enter(chromium, f"{home.url}/i/{home.tokens['tra']}")
        capture = await captured(home, "emp")
        known = Known(document, capture, len(await home.events()), home.seat("cand"))
        before = {"events": 200, "whep": 400, "document": 200, "capture": 200}
        assert await doors(juror, known) == before
        await home.act("tra", "Recuse", hearing=home.hearing())
        # R1.4: they take no part in the deliberation; what the room hears before it, they may still hear.
        assert await doors(juror, known) == {**before, "capture": 403}
        await deliberation_without(home, home.seat("tra"))
        assert await doors(juror, known) == dict.fromkeys(before, 403)
        assert await doors(candidate, known) == dict.fromkeys(before, 403)
