"""What a person has closed of their own camera and microphone follows them to every page and browser of their seat."""
from __future__ import annotations

import json
from typing import Any

import pytest

from tests.server.http.house import Browser, House
from tests.server.http.test_event_streams import reading

JSON = {"Content-Type": "application/json"}


async def close(home: House, browser: Browser, name: str, **devices: Any) -> tuple[int, dict[str, Any]]:
    answer = await browser.send("POST", f"/seat/{home.seat(name)}/closed", json.dumps(devices), **JSON)
    return answer.status, await answer.json()


async def test_the_seats_pages_are_told_and_nobody_else_is(home: House):
    juror, colleague = await home.sit("emp"), await home.sit("own")
    mine, theirs = await reading(home, juror, "emp"), await reading(home, colleague, "own")
    assert (await mine.next())[1]["closed"] == {"camera": False, "microphone": False, "version": 0}
    await theirs.next()
    closed = {"camera": False, "microphone": True, "version": 1}
    assert await close(home, juror, "emp", microphone=True) == (200, closed)
    while "closed" not in (told := (await mine.next())[1]):
        pass
    assert told["closed"] == closed
    assert {kind for kind in await home.events() if not kind.startswith("Seat")} == {
        "SessionPlanned", "JuryAppointed", "HearingAdded"}
    await home.act("org", "WriteToRoom", words="à tous")
    while "messages" not in (other := (await theirs.next())[1]):
        assert "closed" not in other
    assert "closed" not in other
    mine.response.close()
    theirs.response.close()


@pytest.mark.rule("X11")
async def test_the_browser_that_takes_the_seat_over_is_told_what_was_closed(home: House):
    first = await home.sit("emp")
    closed = {"camera": True, "microphone": True, "version": 1}
    assert await close(home, first, "emp", camera=True, microphone=True) == (200, closed)
    second = home.browser()
    assert (await home.take_over(second, "emp")).status == 303
    page = await (await second.get(f"/seat/{home.seat('emp')}/")).text()
    view = json.loads(page.split('id="view"')[1].split(">", 1)[1].split("</script>")[0])
    assert view["closed"] == closed
    # What the first one pressed too late changes nothing any more.
    assert (await close(home, first, "emp", microphone=False))[0] == 401
    stream = await reading(home, second, "emp")
    assert (await stream.next())[1]["closed"] == closed
    stream.response.close()


@pytest.mark.parametrize("body", ["[]", '{"camera": 1}', '{"microphone": "yes"}', '{"screen": true}'])
async def test_anything_else_is_refused(home: House, body: str):
    juror = await home.sit("emp")
    answer = await juror.send("POST", f"/seat/{home.seat('emp')}/closed", body, **JSON)
    assert answer.status == 400
