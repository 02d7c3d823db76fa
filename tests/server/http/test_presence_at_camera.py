"""Presence at the camera: told to the jury alone while it is asked for, gone when it passes, never written."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evaluation.session.visibility import presence_seconds
from server.checking import watching as watching_module
from server.http import parts
from tests.evaluation.frameworks import POLISHING
from tests.pace import within
from tests.server.http.at_camera import CLIP_RATE, SIZE, Playing, before_camera, held, sends
from tests.server.http.house import House, house
from tests.server.http.test_event_streams import Reading, reading
from tests.server.identity.scenes import sitting
from tests.server.identity.specimens import drawn_person
from tests.server.media.peers import until

SEARCH = 6
"""Samples from one search for a clip that goes round to the next."""
DARK = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    quick = replace(POLISHING, identity=replace(POLISHING.identity, presence_seconds=1, loop_samples=SEARCH))
    async with house(tmp_path, True, quick, identity__workers=1) as here:
        yield here


async def shows(stream: Reading, name: str) -> dict[str, Any]:
    async with within(40):
        while True:
            block = (await stream.response.content.readuntil(b"\n\n")).decode()
            fields = dict(line.split(": ", 1) for line in block.strip().splitlines() if ": " in line)
            told = json.loads(fields["data"]) if fields.get("event") == "live" else {}
            found = [one for one in told.get("presence", []) if one["name"] == name]
            if found:
                return found[0]


def looked_at(home: House, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every sample that the workers have looked at from now on."""
    workers, taken = home.app[parts.WATCHING]._workers, list[object]()  # pyright: ignore[reportPrivateUsage]
    look = workers.presence

    async def noted(*given: Any) -> object:
        taken.append(await look(*given))
        return taken[-1]

    monkeypatch.setattr(workers, "presence", noted)
    return taken


@pytest.mark.rule("R6.4")
async def test_a_dark_camera_is_told_to_the_jury_alone_and_goes_when_it_passes(home: House):
    await home.to_questions()
    candidate, juror, organizer = await home.sit("cand"), await home.sit("tra"), await home.sit("org")
    camera, client = await before_camera(home, candidate, DARK)
    watching, hearing = home.app[parts.WATCHING], home.hearing()
    await asyncio.sleep(1)
    assert watching._watched == {}  # pyright: ignore[reportPrivateUsage]
    await home.act("emp", "RequireVisible", hearing=hearing, required=True)
    stream = await reading(home, juror, "tra")
    dark = await shows(stream, "dark")
    assert dark["words"].startswith("L’image de la caméra de la personne évaluée est noire depuis ")
    for name, browser in (("cand", candidate), ("org", organizer)):
        other = await reading(home, browser, name)
        assert "presence" not in (await other.next("live"))[1]
        other.response.close()
    camera.picture = held(None)
    absent = await shows(stream, "absent")
    assert absent["since"] > dark["since"]
    await client.close()
    stopped = await shows(stream, "stopped")
    assert stopped["words"].startswith("La caméra de la personne évaluée n’envoie plus d’image depuis ")
    await home.act("tra", "RecordIncident", hearing=hearing, kind="conduct", suspected_fraud=False,
                   words="La caméra s’est arrêtée.")
    await home.act("emp", "RequireVisible", hearing=hearing, required=False)
    assert watching.seen(home.session, hearing) == ()
    stream.response.close()
    lines = b"".join([line async for line in home.app[parts.SESSIONS].export(home.session)]).decode()
    assert not any(word in lines for word in ("dark", "absent", "stopped"))


@pytest.mark.rule("R6.4")
async def test_a_clip_that_goes_round_is_told_and_somebody_who_moves_is_not(
    home: House, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(watching_module, "presence_seconds", lambda *given: presence_seconds(*given) / 5)
    await home.to_questions()
    candidate, juror = await home.sit("cand"), await home.sit("tra")
    live = sitting(drawn_person(1), noise=1.5, sway=6, size=(320, 240))
    playing = Playing([live(i) for i in range(30 * CLIP_RATE)])
    await sends(home, candidate, playing)
    watching, hearing = home.app[parts.WATCHING], home.hearing()
    told: list[str] = []
    watching.on_change.append(lambda _: told.extend(one.name for one in watching.seen(home.session, hearing)))
    await home.act("emp", "RequireVisible", hearing=hearing, required=True)
    taken = looked_at(home, monkeypatch)
    await until(lambda: len(taken) > SEARCH, 40)  # one whole search, and the next has begun
    assert told == []
    playing.clip = playing.clip[: 3 * CLIP_RATE]
    stream = await reading(home, juror, "tra")
    looped = await shows(stream, "looped")
    assert looped["words"].startswith("L’image de la caméra de la personne évaluée semble se répéter depuis ")
    stream.response.close()


async def test_nothing_is_looked_at_once_the_candidate_has_left(home: House):
    await home.to_questions()
    await home.act("emp", "RequireVisible", hearing=home.hearing(), required=True)
    watching = home.app[parts.WATCHING]
    await until(lambda: watching.seen(home.session, home.hearing()))
    await home.act("emp", "DismissCandidate", hearing=home.hearing(), words="fini plus tôt")
    assert (watching.seen(home.session, home.hearing()), watching._watched) == ((), {})  # pyright: ignore[reportPrivateUsage]
