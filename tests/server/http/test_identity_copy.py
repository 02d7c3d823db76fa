"""Copies: told about at once, kept whatever a machine says, settled by a person; and the organizer's try-out."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from aiohttp import FormData
from sqlalchemy import text

from evaluation.session.kind import SESSION
from server.http import parts
from server.journals.ledger import Commit
from server.storage.journal import StaleVersion
from server.views.session.board import board_view
from server.views.session.contract.identity_types import DocumentView
from tests.server.documents.samples import pdf
from tests.server.http.at_camera import back, card, held, identity_view, kept_copy, png, supply, when
from tests.server.http.house import Browser, House, house
from tests.serving import eventually

WALL = png(held(None))
HEIC = b"\0\0\0\x18ftypheic" + bytes(64)


async def kept(home: House) -> tuple[int, ...]:
    async with home.app[parts.DATABASE].reading() as connection:
        return tuple([await connection.scalar(text(f"SELECT count(*) FROM {table}"))
                      for table in ("files", "journal", "openings", "words")])  # fmt: skip


async def post_copy(home: House, browser: Browser, data: bytes, name: str, query: str = "") -> Any:
    form = FormData()
    form.add_field("file", data, filename=name, content_type="application/octet-stream")
    path = f"/seat/{home.seat('cand')}/documents?hearing={home.hearing()}&kind=identity_front{query}"
    return await browser.send("POST", path, form)


@pytest.mark.rule("R6.2")
async def test_what_is_wrong_with_a_copy_is_told_at_once_and_a_person_accepts_it(home: House):
    candidate, juror = await home.sit("cand"), await home.sit("emp")
    told = await supply(home, candidate, WALL)
    codes = {one["code"] for one in told["quality"]["findings"]}
    assert {"portrait_not_found", "back_missing"} <= codes
    assert all(one["words"] and one["to_do"] for one in told["quality"]["findings"])
    assert told["quality"]["words"].startswith("La copie est gardée.")
    for browser, name in ((candidate, "cand"), (juror, "emp")):
        (copy,) = (await identity_view(home, browser, name))["copies"]
        assert (copy["identity"], copy["quality"], copy["accepted_by"]) == ("new_card", told["quality"], None)
    organizer = await home.sit("org")
    answer = await organizer.command(home.seat("org"), "AcceptCopy", hearing=home.hearing(), document=told["document"])
    assert answer.status == 200
    (copy,) = (await identity_view(home, juror, "emp"))["copies"]
    assert (copy["accepted_by"], copy["decided"]) == ("Claire Fabre", False)
    mine = await candidate.command(home.seat("cand"), "AcceptCopy", hearing=home.hearing(), document=told["document"])
    assert mine.status == 403


@pytest.mark.parametrize("problem", [StaleVersion("s1", 1), OSError("database away")], ids=["stale", "database"])
async def test_a_copy_is_kept_though_what_was_seen_on_it_cannot_be_written_down(
        home: House, problem: Exception, monkeypatch: pytest.MonkeyPatch):
    sessions = home.app[parts.SESSIONS]
    execute = sessions.execute

    async def failing(session: str, actor: str, name: str, *given: Any, **named: Any) -> Any:
        if name == "ExamineCopy":
            raise problem
        return await execute(session, actor, name, *given, **named)

    monkeypatch.setattr(sessions, "execute", failing)
    told = await supply(home, await home.sit("cand"), WALL)
    assert "portrait_not_found" in {one["code"] for one in told["quality"]["findings"]}
    (document,) = (await home.state()).hearing(home.hearing()).documents
    assert (document.id, document.flaws) == (told["document"], None)


async def test_a_pdf_of_two_pages_holds_both_sides(home: House):
    told = await supply(home, await home.sit("cand"), pdf(2), name="carte.pdf")
    codes = {(one["side"], one["code"]) for one in told["quality"]["findings"]}
    assert told["quality"]["looked"] is True
    assert ("back", "back_missing") not in codes
    assert ("back", "mrz_not_read") in codes


async def board_copies(home: House) -> list[DocumentView]:
    """As the organizer's board has them, for a candidate who is not in the room."""
    board = await board_view(home.app[parts.SESSIONS], await home.state(), home.person("org"), "fr", home.clock(),
                             level=lambda *_: None, ways_in=lambda _: asyncio.sleep(0, result={}))  # fmt: skip
    (row,) = [one for one in board["sessions"][0]["hearings"] if one["id"] == home.hearing()]
    return row["copies"]


@pytest.mark.rule("R6.2")
async def test_copies_nobody_looked_at_are_looked_at_when_the_server_starts(tmp_path: Path):
    async with house(tmp_path) as home:
        document = await kept_copy(home, held(None))
        assert (await home.state()).hearing(home.hearing()).document("identity_front").flaws is None
        sessions, checks = home.app[parts.SESSIONS], home.app[parts.CHECKS]
        checks.committed(Commit(SESSION, home.session, None, await home.state(), (), ()))
        hearing = await when(home, lambda hearing: hearing.document("identity_front").flaws is not None)
        assert "portrait_not_found" in hearing.document("identity_front").flaws
        (copy,) = await board_copies(home)
        assert (copy["id"], copy["quality"]["looked"], copy["accepted_by"]) == (document, True, None)
        await home.act("org", "AcceptCopy", hearing=home.hearing(), document=document)
        position = (await home.state()).position
        checks.committed(Commit(SESSION, home.session, None, await home.state(), (), ()))
        await asyncio.gather(*checks._tasks)  # pyright: ignore[reportPrivateUsage]
        state = await sessions.state(home.session)
        assert state is not None
        assert state.position == position


async def test_the_end_of_the_server_waits_for_no_copy_to_be_looked_at(tmp_path: Path):
    async with house(tmp_path) as home:
        await kept_copy(home, held(None))
        checks, workers = home.app[parts.CHECKS], home.app[parts.WORKERS]

        async def starts() -> bool:
            return any(one.process is not None for one in workers._all)  # pyright: ignore[reportPrivateUsage]

        checks.committed(Commit(SESSION, home.session, None, await home.state(), (), ()))
        await eventually(starts)
        await checks.close()
        assert (await home.state()).hearing(home.hearing()).document("identity_front").flaws is None
        assert not await starts()


async def test_without_a_machine_to_look_the_copy_is_kept_all_the_same(home: House):
    await home.app[parts.WORKERS].stop()
    told = await supply(home, await home.sit("cand"), WALL)
    assert (told["quality"]["looked"], told["quality"]["findings"]) == (False, [])
    assert "une personne la regardera" in told["quality"]["words"]
    assert (await home.state()).hearing(home.hearing()).document("identity_front").id == told["document"]


@pytest.mark.parametrize(("data", "name", "query", "status", "said"), [
    (HEIC, "carte.heic", "&identity=new_card", 422, "HEIC"),
    (WALL, "carte.png", "&identity=licence", 422, "n’est pas acceptée"),
    (WALL, "carte.png", "&identity=library_card", 400, "n’existe pas"),
    (WALL, "carte.png", "", 400, "manque"),
    (WALL[:3000], "carte.png", "&identity=new_card", 422, "abîmé"),
])  # fmt: skip
async def test_what_cannot_be_taken_leaves_nothing(home: House, data: bytes, name: str, query: str, status: int,
                                                   said: str):  # fmt: skip
    before = await kept(home)
    answer = await post_copy(home, await home.sit("cand"), data, name, query)
    assert (answer.status, said in (await answer.json())["refusal"]) == (status, True)
    assert await kept(home) == before


async def test_the_candidate_is_told_which_sides_each_kind_wants(home: House):
    kinds = (await identity_view(home, await home.sit("cand"), "cand"))["kinds"]
    assert [(one["identity"], [(side["side"], side["lines"]) for side in one["sides"]]) for one in kinds] == [
        ("new_card", [("front", False), ("back", True)]), ("old_card", [("front", True), ("back", False)]),
        ("passport", [("front", True)]), ("residence_permit", [("front", False), ("back", True)]),
    ]  # fmt: skip


@pytest.mark.rule("X1")
async def test_each_opening_is_written_down_and_shown_on_the_record(home: House):
    document = await kept_copy(home, card())
    juror, organizer = await home.sit("emp"), await home.sit("org")
    for name, browser in (("emp", juror), ("emp", juror), ("org", organizer)):
        page = await browser.get(f"/seat/{home.seat(name)}/documents/{document}/pages/1.webp")
        assert page.status == 200
    stranger = await home.sit("obs")
    assert (await stranger.get(f"/seat/{home.seat('obs')}/documents/{document}/pages/1.webp")).status == 403
    path = f"/seat/{home.seat('org')}/records/{home.hearing()}/accesses.jsonl"
    lines = (await (await organizer.get(path)).text()).splitlines()
    assert [(json.loads(one)["seat"], json.loads(one)["why"]) for one in lines] == [
        (home.seat("emp"), "page"), (home.seat("emp"), "page"), (home.seat("org"), "page")]  # fmt: skip
    assert (await stranger.get(path.replace("-org/", "-obs/"))).status == 403
    state = await home.state()
    from server.views.session.record import record_of

    opened = await home.app[parts.OPENINGS].about(home.session, state.hearing(home.hearing()).candidate.person)
    record = await record_of(home.app[parts.SESSIONS], state, home.seat("org"), home.hearing(), "fr", home.clock(),
                             opened)  # fmt: skip
    assert record is not None
    assert [(one["what"], one["who"], one["why"], one["times"]) for one in record["accesses"]] == [
        ("Pièce d’identité, recto", "Marc Oudin", "lu à l’écran", 2),
        ("Pièce d’identité, recto", "Claire Fabre", "lu à l’écran", 1)]  # fmt: skip


# The try-out -----------------------------------------------------------------------------------------------------


async def tried(home: House, name: str, **fields: Any) -> Any:
    form = FormData()
    for field, value in fields.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, bytes):
                form.add_field(field, one, filename="image.png", content_type="image/png")
            else:
                form.add_field(field, one)
    browser = home.browsers[0] if home.browsers and name == "org" else await home.sit(name)
    return await browser.send("POST", f"/seat/{home.seat(name)}/identity/try", form)


async def test_the_organizer_tries_a_copy_and_a_camera_and_nothing_is_kept(home: House):
    before = await kept(home)
    answer = await tried(home, "org", copy=png(card()), back=png(back()), frame=[png(held(card()))],
                         identity="new_card", family="Morel", given="Lina")  # fmt: skip
    told = await answer.json()
    rows = {row["name"]: row for row in told["rows"]}
    assert (answer.status, rows["document"]["band"], "face" in rows) == (200, "close", False)
    assert rows["document"]["live"].startswith("data:image/jpeg;base64,")
    assert {"looked", "words", "findings"} == told["quality"].keys()
    assert await kept(home) == before
    agreed = await tried(home, "org", copy=png(card()), frame=[WALL], identity="new_card", face="yes")
    assert "face" in [row["name"] for row in (await agreed.json())["rows"]]


@pytest.mark.parametrize(("fields", "status", "field"), [
    ({"copy": WALL, "identity": "new_card"}, 400, "frame"),
    ({"frame": [WALL], "identity": "new_card"}, 400, "copy"),
    ({"copy": WALL, "frame": [WALL]}, 400, "identity"),
    ({"copy": HEIC, "frame": [WALL], "identity": "new_card"}, 422, "file"),
    ({"copy": WALL, "frame": [b"no picture"], "identity": "new_card"}, 422, "frame"),
])  # fmt: skip
async def test_a_try_out_that_cannot_be_made_says_which_field(home: House, fields: Any, status: int, field: str):
    answer = await tried(home, "org", **fields)
    assert (answer.status, (await answer.json())["field"]) == (status, field)


async def test_the_try_out_is_the_organizers(home: House):
    for name in ("emp", "cand", "obs"):
        assert (await tried(home, name, copy=WALL, frame=[WALL], identity="new_card")).status == 403


async def test_a_try_out_without_workers_says_so(tmp_path: Path):
    async with house(tmp_path) as home:
        await home.app[parts.WORKERS].stop()
        answer = await tried(home, "org", copy=WALL, frame=[WALL], identity="new_card")
        assert (answer.status, "n’est pas disponible" in (await answer.json())["refusal"]) == (503, True)
