"""What the candidate's camera shows is told to a juror in their browser, and goes when it has passed (R6.4)."""
from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import async_playwright

from server.http import parts
from tests.browser.cameras import Placed, drawn_camera, shows, sitting
from tests.browser.looking import examine
from tests.browser.windows import Window, browser, enter
from tests.evaluation.frameworks import POLISHING
from tests.server.http.at_camera import held
from tests.server.http.house import House, house
from tests.server.identity.specimens import drawn_person
from tests.serving import eventually

pytestmark = [pytest.mark.browser, pytest.mark.alone]

PRESENCE_SECONDS = 2
SAMPLES = 3


class Samples:
    """How many looks at the camera there were."""

    def __init__(self, home: House, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        workers = home.app[parts.WORKERS]
        look = workers.presence

        async def counted(*given: Any, **named: Any) -> Any:
            found = await look(*given, **named)
            self.count += 1
            return found

        monkeypatch.setattr(workers, "presence", counted)

    async def more(self, samples: int) -> None:
        end = self.count + samples
        await eventually(lambda: self._past(end), (samples + 3) * PRESENCE_SECONDS + 20)

    async def _past(self, end: int) -> bool:
        return self.count >= end


async def notices(juror: Window) -> list[str]:
    return await juror.page.evaluate(
        "() => [...document.querySelectorAll('[data-presence]')].map(one => one.dataset.presence)"
    )


async def told(juror: Window, samples: Samples, expected: list[str]) -> int:
    """After how many samples the notices are these."""
    before, shown = samples.count, list[str]()

    async def so() -> bool:
        shown[:] = await notices(juror)
        return shown == expected or samples.count - before > 2 * SAMPLES

    await eventually(so, 8 * PRESENCE_SECONDS + 20)
    assert shown == expected
    return samples.count - before


@pytest.mark.rule("R6.4")
@pytest.mark.further  # `test_presence_at_camera` tries the same without a browser, every time
async def test_what_the_camera_shows_is_told_and_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    often = replace(POLISHING, identity=replace(POLISHING.identity, presence_seconds=PRESENCE_SECONDS))
    folder = tmp_path / "pictures"
    folder.mkdir()
    wall, somebody, else_one = Placed(held(None)), sitting(drawn_person(0)), sitting(drawn_person(1), 640)
    ordinary = [wall, somebody]
    scenes: dict[str, dict[str, Any]] = {
        "dark": {"placed": [], "ground": "rgb(4, 4, 4)"},
        "absent": {"placed": [wall]},
        "several": {"placed": [wall, replace(somebody, x=20), else_one]},
        "frozen": {"placed": ordinary, "still": True},
    }
    async with house(tmp_path / "data", True, often, identity__workers=1) as home, async_playwright() as playwright:
        await home.to_questions()
        samples = Samples(home, monkeypatch)
        async with browser(playwright) as chromium:
            candidate = await enter(chromium, f"{home.url}/i/{home.tokens['cand']}", before=drawn_camera)
            await candidate.see("#room")
            await shows(candidate, *ordinary)
            juror = await enter(chromium, f"{home.url}/i/{home.tokens['tra']}")
            await juror.see("#main")
            await home.act("emp", "RequireVisible", hearing=home.hearing(), required=True)
            await samples.more(6)
            assert await notices(juror) == []
            wrong: list[str] = []
            for name, scene in scenes.items():
                await shows(candidate, *scene.pop("placed"), **scene)
                assert await told(juror, samples, [name]) <= SAMPLES, name
                if name == "dark":
                    wrong += await examine(juror, "juror-presence", folder)
                    await an_incident_is_begun(juror)
                await shows(candidate, *ordinary)
                await told(juror, samples, [])
        assert wrong == []


async def an_incident_is_begun(juror: Window) -> None:
    """The words are there; whether it is an incident, and of what kind, is the juror's to say."""
    await juror.page.click('[data-presence="dark"] button')
    await juror.see("#incident-form")
    assert (await juror.page.input_value("#incident-words")).startswith(
        "L’image de la caméra de la personne évaluée est noire")
    assert await juror.page.locator("#incident-kinds input:checked").count() == 0
    await juror.page.click("#incident-cancel")
