"""The check at the camera, from the asking to the decision: real streams, real comparisons, real storage."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evaluation.people import SYSTEM
from server.http import parts
from server.http.bodies import FORM, JSON
from server.http.entry import ENTRIES
from server.http.routes import ROUTES
from server.identity.signals import Band, Signal, SignalName, Signals
from server.media.engine import Capture, MediaRefusal
from tests.pace import within
from tests.server.http.at_camera import (
    OWN,
    SIZE,
    ask,
    back,
    before_camera,
    card,
    held,
    identity_view,
    kept_copy,
    png,
    settled,
    supply,
)
from tests.server.http.house import Browser, House, house
from tests.server.http.test_event_streams import reading
from tests.server.identity.held import as_jpeg
from tests.server.media.peers import until

NO_WORDS = ('"face"', "consent", "d’accord", "accordé")


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path, identity__workers=1, check__wait_seconds=30) as here:
        yield here


async def exported(home: House) -> str:
    return b"".join([line async for line in home.app[parts.SESSIONS].export(home.session)]).decode()


def vaulted(home: House) -> set[str]:
    folder = home.app[parts.CONFIG].storage.vault_folder
    return {one.name for one in folder.rglob("*") if one.is_file()}


async def shown_on_page(home: House, browser: Browser, name: str) -> dict[str, Any]:
    """`hearing` as the page itself was drawn with, where no stream is open any more."""
    page = await (await browser.get(f"/seat/{home.seat(name)}/", Accept="text/html")).text()
    found = re.search(r'<script type="application/json" id="view">(.*?)</script>', page, re.S)
    assert found is not None
    return json.loads(found[1])["hearing"]


def pictures(signals: dict[str, Any]) -> list[str]:
    return [row[name] for row in signals["rows"] for name in ("copy", "live") if row[name]]


async def ready(home: House, agreed: bool) -> Any:
    """In the room, with both copies kept, and an answer about faces."""
    await kept_copy(home, card())
    await kept_copy(home, back(), "identity_back")
    await home.call_in()
    await home.act("cand", "AnswerFaceConsent", hearing=home.hearing(), agreed=agreed, wording="w")
    return await home.sit("cand")


@pytest.mark.rule("R6.3", "X1")
async def test_both_sides_are_compared_shown_quoted_and_written_down_without_any_face(home: House):
    candidate = await ready(home, agreed=False)
    camera, client = await before_camera(home, candidate, held(card()))
    juror = await home.sit("tra")
    told = await reading(home, juror, "tra")
    await told.next("live")
    await ask(home, "tra")
    words = {(await told.next("live"))[1].get("check", {}).get("words") for _ in range(2)}
    assert words & {"On attend le recto du document.", "Comparaison en cours."}
    front = await settled(home)
    assert (front.check_failure, front.signals[-1].row("document").band) == (None, "close")
    camera.picture = held(back())
    await asyncio.sleep(1)
    await ask(home, "own", "back")
    both = await settled(home)
    told.response.close()
    rows = {row.name: row for row in both.signals[-1].rows}
    assert rows["document"] == front.signals[-1].row("document")  # the front's, shown before
    assert (rows["mrz"].band, rows["names"].band) == ("close", "close")

    shown = await identity_view(home, juror, "tra")
    assert [row["name"] for row in shown["signals"]["rows"]] == [
        "document", "portrait", "text", "mrz", "expiry", "names"]  # fmt: skip
    assert next(row for row in shown["signals"]["rows"] if row["name"] == "expiry")["meaning"].endswith("04/08/2031.")
    crop = pictures(shown["signals"])[0]
    assert (await juror.get(f"/seat/{home.seat('tra')}/captures/{crop}.jpg")).status == 200
    assert (await candidate.get(f"/seat/{home.seat('cand')}/captures/{crop}.jpg")).status == 403

    for name in ("own", "tra"):
        await home.act(name, "GiveIdentityOpinion", hearing=home.hearing(), conform=True)
    await home.act("emp", "DecideIdentity", hearing=home.hearing(), finding="conform", course="proceed")
    decided = (await home.state()).hearing(home.hearing()).identity
    assert list(decided.evidence) == list(dict.fromkeys(pictures(shown["signals"])))
    lines = (await juror.get(f"/seat/{home.seat('tra')}/records/{home.hearing()}/accesses.jsonl"))
    opened = [json.loads(line) for line in (await lines.text()).splitlines()]
    assert [(one["seat"], one["kind"], one["why"]) for one in opened] == [
        (home.seat("tra"), "identity_front", "check"), (home.seat("tra"), "identity_back", "check"),
        (home.seat("own"), "identity_front", "check"), (home.seat("own"), "identity_back", "check"),
        (home.seat("tra"), "capture", "picture"),
    ]  # fmt: skip
    page = await (await juror.get(f"/seat/{home.seat('tra')}/records/{home.hearing()}", Accept="text/html")).text()
    assert not any(word in json.dumps(shown, ensure_ascii=False).lower() for word in NO_WORDS)
    assert not any(word in page.lower() for word in ("consent", "visage et portrait"))
    assert '"face"' not in await exported(home)
    await client.close()


async def test_a_worker_that_dies_is_told_and_the_session_goes_on(home: House):
    candidate = await ready(home, agreed=False)
    _, client = await before_camera(home, candidate, held(card()))
    workers = home.app[parts.WORKERS]
    check = workers.check

    async def dying(*given: Any) -> Any:
        waiting = asyncio.create_task(check(*given))
        await asyncio.sleep(0.1)
        for one in workers._all:  # pyright: ignore[reportPrivateUsage]
            assert one.process is not None
            one.process.kill()
        return await waiting

    workers.check = dying  # type: ignore[method-assign]
    await until(lambda: workers._idle, 30)  # pyright: ignore[reportPrivateUsage]
    await ask(home, "tra")
    hearing = await settled(home)
    assert (hearing.signals, hearing.check_failure.why) == ((), "died")
    view = await identity_view(home, await home.sit("tra"), "tra")
    assert view["failure"]["words"].startswith("Le calcul s’est arrêté en route. La session continue")
    assert [one.state for one in home.app[parts.ENGINE].sources(home.session)] == ["live"]
    await home.act("own", "GiveIdentityOpinion", hearing=home.hearing(), conform=True)
    await client.close()


@pytest.mark.rule("R6.3")
async def test_without_a_stream_nothing_matches_and_no_page_can_send_a_picture_for_it(tmp_path: Path):
    async with house(tmp_path, check__wait_seconds=1) as home:
        await ready(home, agreed=True)
        before = vaulted(home)
        await ask(home, "tra")
        hearing = await settled(home)
        assert (hearing.signals, hearing.check_failure.why, vaulted(home)) == ((), "no_stream", before)
    takes = {path: ENTRIES[handler].takes for method, path, handler, _ in ROUTES if method in ("POST", "PUT", "PATCH")}
    outside = {path for path in takes if not path.startswith(("/seat/", "/phone"))}
    # No place for a picture but the papers of the offices and what candidates supply, which are no live stream.
    supplied = {"/space/{person}/seats/{seat}/papers/{kind}",
                "/space/{person}/candidacies/{candidacy}/adjustment/opinion",
                "/space/{person}/cases/{case}/{candidacy}/answer"}
    # A try-out publishes live, to itself alone: nothing of it is kept.
    tried = {path for path in outside if path.startswith("/space/{person}/seats/{seat}/try-out/")}
    # The room of a sitting has no candidate in it.
    sitting = {path for path in outside if path.startswith("/space/{person}/sittings/{sitting}/")}
    elsewhere = {path for path in outside if "/office/" not in path} - supplied - tried - sitting
    assert {kind for path in elsewhere for kind in takes[path]} == {FORM, JSON}
    assert set(takes) - outside == {
        "/seat/{seat}/commands", "/seat/{seat}/links", "/seat/{seat}/links/renewed", "/seat/{seat}/leave",
        "/seat/{seat}/whip/{source}", "/seat/{seat}/whep/{peer}/{source}", "/seat/{seat}/media/{resource}",
        "/seat/{seat}/captures", "/seat/{seat}/closed", "/seat/{seat}/documents", "/seat/{seat}/identity/try",
        "/seat/{seat}/phone",
        "/phone-link/{token}", "/phone/{seat}/whip/{source}", "/phone/{seat}/media/{resource}",
    }  # fmt: skip


@pytest.mark.rule("R6.3")
async def test_a_camera_that_stops_before_the_end_leaves_what_was_measured_till_then(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with house(tmp_path, identity__workers=1, check__wait_seconds=2) as home:
        await ready(home, agreed=False)
        wall, left = Capture(as_jpeg(held(None)), *SIZE, home.clock() / 1000), [1, 2]

        async def capture(*_given: Any) -> Capture:
            if not left:
                raise MediaRefusal(404, "nothing is published there")
            left.pop()
            return wall

        monkeypatch.setattr(home.app[parts.ENGINE], "capture", capture)
        await ask(home, "tra", "front")
        hearing = await settled(home)
        assert (hearing.check_failure, len(hearing.signals)) == (None, 1)
        assert hearing.signals[-1].row("document").band == "not_measurable"


def row(name: SignalName, band: Band, code: str) -> Signal:
    return Signal(name, None if band == "not_measurable" else 0.9, band, code, "")


FRONT_SEEN = Signals((row("document", "close", "close"), row("portrait", "close", "close"),
                      row("text", "not_measurable", "glare")), None, False, None)
FRONT_LOWERED = Signals((row("document", "not_measurable", "not_found"),), None, False, None)
BACK_UNREAD = Signals((row("mrz", "not_measurable", "not_read"),), None, False, None)
BACK_READ = Signals((row("mrz", "close", "close"),), None, False, None)


@pytest.mark.rule("R6.2")
@pytest.mark.parametrize(("side", "batches", "kept"), [
    ("front", [FRONT_LOWERED, FRONT_SEEN, *[FRONT_LOWERED] * 60], "glare"),
    ("back", [*[BACK_UNREAD] * 5, BACK_READ], "close"),
], ids=["lowered before all was read", "turned only after a while"])
async def test_what_was_recognised_is_kept_and_lines_are_waited_for(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, side: str, batches: list[Signals], kept: str):
    async with house(tmp_path, check__wait_seconds=4, check__frame_milliseconds=10) as home:
        await ready(home, agreed=False)
        left, frame = list(batches), Capture(as_jpeg(held(None)), *SIZE, home.clock() / 1000)

        async def capture(*_given: Any) -> Capture:
            await asyncio.sleep(0.05)
            return frame

        async def check(*_given: Any) -> Signals:
            return left.pop(0)

        monkeypatch.setattr(home.app[parts.ENGINE], "capture", capture)
        monkeypatch.setattr(home.app[parts.WORKERS], "check", check)
        await ask(home, "tra", side)
        assert (await settled(home)).signals[-1].rows[-1].code == kept


@pytest.mark.rule("R6.2")
async def test_the_wrong_side_is_told_to_the_candidate_and_to_the_jury(tmp_path: Path):
    async with house(tmp_path, identity__workers=1, check__wait_seconds=8) as home:
        candidate = await ready(home, agreed=False)
        _, client = await before_camera(home, candidate, held(back()))
        told = await reading(home, candidate, "cand")
        await ask(home, "tra")
        words, end = set[str](), asyncio.get_running_loop().time() + 60
        while "C’est l’autre côté\u00a0: retournez le document." not in words:
            assert asyncio.get_running_loop().time() < end, words
            with contextlib.suppress(TimeoutError):
                words.add((await told.next("live"))[1].get("check", {}).get("words", ""))
        assert "On compare. Gardez le document devant la caméra." not in words
        told.response.close()
        hearing = await settled(home)
        assert (hearing.signals[-1].row("document").band, hearing.signals[-1].row("document").code) == (
            "not_measurable", "wrong_side")  # fmt: skip
        document = (await identity_view(home, await home.sit("tra"), "tra"))["signals"]["rows"][0]
        assert document["meaning"] == "C’est le verso du document qui a été montré."
        assert document["to_do"].startswith("Demandez de montrer le recto")
        await client.close()


@pytest.mark.rule("R6.2")
async def test_an_expired_document_is_told_at_the_upload_and_at_the_camera_and_decided_by_the_president(home: House):
    expired = replace(OWN, expiry=date(2024, 8, 4))
    candidate = await home.sit("cand")
    await supply(home, candidate, png(card(expired)))
    told = await supply(home, candidate, png(back(expired)), kind="identity_back")
    assert ("back", "expired") in [(one["side"], one["code"]) for one in told["quality"]["findings"]]
    await home.call_in()
    _, client = await before_camera(home, candidate, held(back(expired)))
    await ask(home, "tra", "back")
    row = (await settled(home)).signals[-1].row("expiry")
    assert (row.band, row.code, row.value) == ("far", "expired", None)
    rows = {row["name"]: row for row in (await identity_view(home, await home.sit("tra"), "tra"))["signals"]["rows"]}
    assert "04/08/2024" in rows["expiry"]["meaning"]
    for name in ("own", "tra"):
        await home.act(name, "GiveIdentityOpinion", hearing=home.hearing(), conform=True)
    await home.act("emp", "DecideIdentity", hearing=home.hearing(), finding="conform", course="proceed")
    await client.close()


async def test_ending_a_check_stops_it_and_another_asking_replaces_it(home: House):
    browser = await ready(home, agreed=False)
    checks = home.app[parts.CHECKS]
    await ask(home, "tra")
    await ask(home, "own", "back")
    candidate = await identity_view(home, browser, "cand")
    assert (candidate["check"]["side"], candidate["check"]["words"]) == (
        "back", "Montrez le verso\u00a0: placez-le dans le cadre, bien à plat.")  # fmt: skip
    await home.act("tra", "EndIdentityCheck", hearing=home.hearing())
    assert checks.progress(home.session, home.hearing()) is None
    assert (await identity_view(home, browser, "cand"))["check"] is None


@pytest.mark.rule("R6.3")
async def test_of_two_decisions_at_once_one_stands(home: House):
    await ready(home, agreed=False)
    for name in ("own", "tra"):
        await home.act(name, "GiveIdentityOpinion", hearing=home.hearing(), conform=True)
    president, fields, seen = await home.sit("emp"), {"hearing": home.hearing()}, len(await home.events())
    decides = (home.seat("emp"), "DecideIdentity", None, seen)
    answers = await asyncio.gather(
        president.command(*decides, **fields, finding="conform", course="proceed"),
        president.command(*decides, **fields, finding="doubtful", course="reserve", words="un doute"))
    assert sorted(one.status for one in answers) == [200, 409]
    assert (await home.events()).count("IdentityDecided") == 1


async def test_signals_come_from_the_server_alone(home: House):
    await ready(home, agreed=False)
    juror = await home.sit("tra")
    for name, fields in (("RecordSignals", {"check": 1, "taken_at": 1, "rows": []}),
                         ("FailIdentityCheck", {"check": 1, "why": "died"}),
                         ("ExamineCopy", {"document": "x", "flaws": []})):  # fmt: skip
        answer = await juror.command(home.seat("tra"), name, hearing=home.hearing(), **fields)
        assert (answer.status, name) == (403, name)


async def test_a_check_open_at_a_restart_is_taken_up_again(tmp_path: Path):
    async with house(tmp_path, check__wait_seconds=30) as home:
        await ready(home, agreed=False)
        await ask(home, "tra")
        for name in ("emp", "own", "tra", "cand"):
            await home.act(SYSTEM, "Leave", seat=home.seat(name))
    from server.app.running import running
    from server.config import read_config

    settings = {"storage.folder": str(tmp_path), "server.port": 0, "check.wait_seconds": 1}
    async with running(read_config(None, settings)) as again:
        sessions = again.app[parts.SESSIONS]
        async with within(20):
            while (state := await sessions.state("s1")).hearing("s1-h1").check is not None:  # type: ignore[union-attr]
                await asyncio.sleep(0.05)
        assert state is not None
        assert state.hearing("s1-h1").check_failure.why == "no_stream"  # type: ignore[union-attr]
