"""The identity check, as the candidate and a juror see it in their browsers."""
from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.async_api import Route, async_playwright, expect

from evaluation.people import SYSTEM
from server.http import parts
from server.identity.pictures import Picture
from server.identity.worker import IdentityWorkers
from tests.browser.cameras import Placed, drawn_camera, shows
from tests.browser.looking import examine
from tests.browser.windows import DESKTOP, PHONE, Window, browser, enter
from tests.pace import patient
from tests.server.http.at_camera import OWN, Showing, back, card, held, png
from tests.server.http.house import House, house
from tests.server.identity.specimens import impostor
from tests.server.media.peers import Client
from tests.serving import eventually

pytestmark = pytest.mark.browser

CLOSE_ROWS = dict.fromkeys(["document", "portrait", "text", "mrz", "expiry", "names"], "close")
FRONT_ROWS = ("document", "portrait", "text")
CHECK_SECONDS = 60.0
FIRST_SIGNALS_SECONDS = 15.0
"""With two browsers on the same machine; the benchmark measures it idle."""
MARGIN = 140


async def bands(juror: Window) -> dict[str, str]:
    """What the panel says, row by row."""
    return await juror.page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('#signals .sig')]
            .map(row => [row.dataset.signal, row.dataset.band]))"""
    )


async def watched_rows(juror: Window) -> None:
    """From now on the page notes when it shows rows that were measured."""
    await juror.page.evaluate(
        """() => {
            window.shownAt = [];
            new MutationObserver(() => window.shownAt.push(Date.now()))
                .observe(document.querySelector('#signals'), { attributeFilter: ['data-position'] });
        }"""
    )


async def seconds_from_the_capture(juror: Window) -> float:
    """Until the newest rows were on the juror's screen; one machine, one clock."""
    shown = await juror.page.evaluate("() => window.shownAt.at(-1)")
    return (shown - (await juror.view())["hearing"]["identity"]["signals"]["taken_at"]) / 1000


async def ask(juror: Window, side: str) -> None:
    """Ask for a side and wait until something was measured on it."""
    before = await juror.page.get_attribute("#signals", "data-position") or ""
    await juror.page.click(f'#ask-sides [data-side="{side}"]')
    newer = f'#signals[data-position]:not([data-position="{before}"])'
    await juror.page.wait_for_selector(newer, state="attached", timeout=patient(CHECK_SECONDS) * 1000)
    await juror.page.wait_for_selector("#check-going", state="hidden")


def scanned(side: Picture) -> Picture:
    """On a sheet of paper, as a scanner gives it."""
    return np.pad(side, ((MARGIN, MARGIN), (MARGIN, MARGIN), (0, 0)), constant_values=250)


async def supply(candidate: Window, folder: Path) -> None:
    """Both sides of a new card; what was seen on a copy never refuses it."""
    step = '[data-screen="identity"]'
    await candidate.page.check(f'{step} input[value="new_card"]', force=True)
    for side, picture in (("front", card()), ("back", back())):
        path = folder / f"{side}.png"
        path.write_bytes(png(scanned(picture)))
        await candidate.page.set_input_files(f'{step} [data-side="{side}"] input[type="file"]', path)
        await expect(candidate.page.locator(f'{step} [data-side="{side}"] .state')).to_contain_text(
            "Reçue à", timeout=patient(CHECK_SECONDS) * 1000)


async def slowly(route: Route) -> None:
    await asyncio.sleep(0.5)
    await route.continue_()


async def at_the_door(candidate: Window, folder: Path) -> list[str]:
    """Through the pages: the rules, the copy and a no, the camera, the waiting room. What is wrong with the new one."""
    await candidate.page.check("#rules-read")
    await candidate.page.click("#rules-form button.main")
    await candidate.see("#identity-title")
    await supply(candidate, folder)
    await candidate.page.click("#identity-done")
    assert await candidate.page.is_visible("#identity-left .wrong"), "neither yes nor no is taken for an answer"
    wrong = await examine(candidate, "door-identity", folder)
    await candidate.page.route("**/commands", slowly)
    await candidate.page.click('[data-screen="identity"] [data-answer="no"]')
    await candidate.page.click("#identity-done")  # the answer is on its way: it is waited for
    await candidate.see("#check-done")
    await candidate.page.unroute("**/commands", slowly)
    await candidate.page.click("#check-done")
    await candidate.see("#waiting-title")
    return wrong


async def answer(candidate: Window, said: str) -> None:
    """The small control of the room."""
    await candidate.page.click("[data-consent]:visible")
    await candidate.page.click(f'dialog[open] [data-answer="{said}"]')
    await candidate.see(f'dialog[open] [data-answer="{said}"][aria-pressed="true"]')
    await candidate.page.click("dialog[open] footer .btn")


async def everything_said(home: House, juror: Window) -> str:
    """The juror's page and view, and the exported journal."""
    exported = b"".join([line async for line in home.app[parts.SESSIONS].export(home.session)]).decode()
    return json.dumps(await juror.view()) + await juror.page.inner_html("#main") + exported


@pytest.mark.alone
@pytest.mark.rule("R6.2", "R6.3", "X1")
async def test_the_card_is_compared_row_by_row_and_no_face_without_a_yes(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    async with house(tmp_path / "data", identity__workers=1) as home, async_playwright() as playwright:
        for juror in ("emp", "own"):
            await home.act(juror, "DesignatePresident", choice=home.seat("emp"))
        async with browser(playwright) as chromium:
            candidate = await enter(chromium, f"{home.url}/i/{home.tokens['cand']}", before=drawn_camera)
            wrong = await at_the_door(candidate, folder)
            juror = await enter(chromium, f"{home.url}/i/{home.tokens['tra']}")
            await juror.see("#main")
            for absent in ("emp", "own", "tra"):
                await home.act(SYSTEM, "Join", seat=home.seat(absent))
            await home.act("emp", "CallIn", hearing=home.hearing())
            await juror.see("#ask-sides")
            await candidate.see('[data-mode="identity"]')

            await watched_rows(juror)
            wrong += await the_wrong_side(candidate, juror, folder)
            await shows(candidate, Placed(held(card())))
            await ask(juror, "front")
            assert await candidate.page.evaluate("() => codecsSent()") == ["video/VP8"]
            seconds = [await seconds_from_the_capture(juror)]
            await shows(candidate, Placed(held(back())))
            await ask(juror, "back")
            seconds.append(await seconds_from_the_capture(juror))
            print(f"from the capture to the juror's screen: {seconds} s")
            assert max(seconds) < patient(FIRST_SIGNALS_SECONDS)
            assert await bands(juror) == CLOSE_ROWS
            said = await everything_said(home, juror)
            assert not any(word in said for word in ('"face"', "Visage et portrait", '"consent"'))

            await answer(candidate, "yes")
            await shows(candidate, Placed(held(card())))
            await ask(juror, "front")
            assert set(await bands(juror)) == {*CLOSE_ROWS, "face"}
            wrong += await examine_at(juror, "#measured", "juror-signals", folder)
            await answer(candidate, "no")
            await juror.page.wait_for_selector('[data-signal="face"]', state="detached")

            await shows(candidate, Placed(held(card(impostor(OWN, 3)))))
            await ask(juror, "front")
            found = await bands(juror)
            assert (found["portrait"], found["text"]) == ("far", "far")
            wrong += await shown_while_asked(candidate, juror, folder)
            await shows(candidate, Placed(held(card())))
            wrong += await a_check_that_dies(home, juror, folder)
            wrong += await a_second_camera(home, juror, folder)
            organizer = await enter(chromium, f"{home.url}/i/{home.tokens['org']}")
            await organizer.page.goto(organizer.page.url + f"records/{home.hearing()}")
            for part in ("#identity", "#accesses"):
                await organizer.page.click(f"{part} summary")
            assert await organizer.page.locator("#identity .sig").count() == len(CLOSE_ROWS)
            assert await organizer.page.locator('[data-signal="face"]').count() == 0
            wrong += await examine(organizer, "record-identity", folder)
        assert wrong == []


@pytest.mark.rule("X1")
async def test_a_yes_is_taken_back_once_the_day_is_closed(tmp_path: Path) -> None:
    async with house(tmp_path) as home, async_playwright() as playwright, browser(playwright) as chromium:
        candidate = await enter(chromium, f"{home.url}/i/{home.tokens['cand']}")
        await home.act("cand", "AnswerFaceConsent", hearing=home.hearing(), agreed=True, wording="w")
        await home.to_questions()
        await home.from_questions_to_closed()
        await home.act("org", "PostponeHearing", hearing=home.hearing(2), words="un autre jour")
        await home.act("org", "CloseSession")
        await candidate.see("#after-title")
        await candidate.page.reload()
        await candidate.see("#after-title")
        await candidate.page.click("[data-consent]:visible")
        await candidate.page.click('dialog[open] [data-answer="no"]')
        await expect(candidate.page.locator("dialog[open] .state")).to_have_text(
            "Vous avez dit non. Rien n’est gardé d’une comparaison de visage.")
        await candidate.page.click("dialog[open] footer .btn")
        assert await candidate.page.locator("[data-consent]:visible").count() == 0
        assert (await home.state()).hearing(home.hearing()).face_consent == "no"


@pytest.mark.rule("X4")
async def test_the_organizer_tries_a_copy_and_a_camera_and_nothing_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    copy = folder / "copy.png"
    copy.write_bytes(png(scanned(card())))
    async with house(tmp_path / "data", identity__workers=1) as home, async_playwright() as playwright:
        async with browser(playwright) as chromium:
            organizer = await enter(chromium, f"{home.url}/i/{home.tokens['org']}", before=drawn_camera)
            await organizer.see("#tab-panel-try")
            await shows(organizer, Placed(held(card())))
            await eventually(lambda: _joined(home))
            before = await home.events(), kept(tmp_path / "data")
            await organizer.page.click("#tab-panel-try")
            await organizer.page.click("#try-send")
            assert await organizer.page.is_visible("#try-near .wrong")
            await organizer.page.set_input_files("#try-copy", copy)
            await organizer.page.fill("#family", "Morel")
            await organizer.page.fill("#given", "Lina")
            await organizer.page.click("#try-open")
            for taken in (1, 2):
                await organizer.page.click("#try-take")
                await expect(organizer.page.locator("#try-frames li")).to_have_count(taken)
            await organizer.page.click("#try-send")
            await organizer.see("#try-result", CHECK_SECONDS)
            rows = organizer.page.locator("#try-rows .sig")
            found = [await row.get_attribute("data-signal") for row in await rows.all()]
            assert found == list(CLOSE_ROWS)
            assert await organizer.page.locator('#try-rows [data-band="close"]').count() == len(FRONT_ROWS)
            wrong = await examine(organizer, "organizer-try", folder)
            assert (await home.events(), kept(tmp_path / "data")) == before
        assert wrong == []


async def shown_while_asked(candidate: Window, juror: Window, folder: Path) -> list[str]:
    """The frame, a gesture, and the juror's panel meanwhile."""
    await shows(candidate)
    await juror.page.click('#ask-sides [data-side="front"]')
    await candidate.see('.frame[data-state="looking"]', CHECK_SECONDS)
    wrong = await examine(candidate, "candidate-frame", folder)
    wrong += await examine(juror, "juror-asking", folder)
    await juror.page.click('[data-gesture="tilt_card"]')
    await candidate.see(".gesture p")
    wrong += await examine(candidate, "candidate-gesture", folder)
    await juror.page.click("#check-end")
    await juror.page.wait_for_selector("#check-going", state="hidden")
    return wrong


async def examine_at(window: Window, part: str, name: str, folder: Path) -> list[str]:
    """With this part of the page in sight."""
    for label, size in (("1280", DESKTOP), ("390", PHONE)):
        await window.page.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
        await window.page.evaluate("part => document.querySelector(part).scrollIntoView()", part)
        await window.page.screenshot(path=folder / f"{name}-part-{label}.png")
    return await examine(window, name, folder)


async def the_wrong_side(candidate: Window, juror: Window, folder: Path) -> list[str]:
    """The candidate reads what to turn over; the jury that they are guided."""
    await shows(candidate, Placed(held(back())))
    await juror.page.click('#ask-sides [data-side="front"]')
    await expect(candidate.page.locator(".showing .say")).to_contain_text(
        "retournez le document", timeout=patient(CHECK_SECONDS) * 1000)
    wrong = await examine(candidate, "candidate-wrong-side", folder)
    await juror.page.click("#check-end")
    await juror.page.wait_for_selector("#check-going", state="hidden")
    return wrong


async def a_check_that_dies(home: House, juror: Window, folder: Path) -> list[str]:
    """A process that ends in the middle is told beside the button; asking again works."""
    workers = home.app[parts.WORKERS]
    check = workers.check

    async def dying(*given: Any) -> Any:
        waiting = asyncio.create_task(check(*given))
        await asyncio.sleep(0.1)
        for one in workers._all:  # pyright: ignore[reportPrivateUsage]
            assert one.process is not None
            one.process.kill()
        return await waiting

    await eventually(lambda: _idle(workers), CHECK_SECONDS)
    workers.check = dying  # type: ignore[method-assign]
    await juror.page.click('#ask-sides [data-side="front"]')
    await expect(juror.page.locator("#failure-words")).to_contain_text(
        "s’est arrêté en route", timeout=patient(CHECK_SECONDS) * 1000)
    wrong = await examine(juror, "juror-failure", folder)
    workers.check = check  # type: ignore[method-assign]
    await ask(juror, "front")
    assert await juror.page.is_hidden("#check-failure")
    return wrong


async def a_second_camera(home: House, juror: Window, folder: Path) -> list[str]:
    """Once the candidate shows something by a second camera, a side can be asked for there."""
    client, engine = Client(), home.app[parts.ENGINE]
    client.pc.addTransceiver(Showing(held(card())), "sendonly")
    await client.accept(await engine.publish(home.session, home.seat("cand"), "second", await client.offer()))
    await client.connected()
    second = '#ask-sides [data-side="front"][data-source="second"]'
    await juror.see(second)
    wrong = await examine_at(juror, "#asking", "juror-second-camera", folder)
    before = await juror.page.get_attribute("#signals", "data-position")
    await juror.page.click(second)
    newer = f'#signals[data-position]:not([data-position="{before}"])'
    await juror.page.wait_for_selector(newer, state="attached", timeout=patient(CHECK_SECONDS) * 1000)
    assert {name: (await bands(juror))[name] for name in FRONT_ROWS} == dict.fromkeys(FRONT_ROWS, "close")
    await client.close()
    return wrong


async def _idle(workers: IdentityWorkers) -> bool:
    return bool(workers._idle)  # pyright: ignore[reportPrivateUsage]


async def _joined(home: House) -> bool:
    return "SeatJoined" in await home.events()


def kept(folder: Path) -> list[str]:
    return sorted(str(one) for one in folder.rglob("*"))
