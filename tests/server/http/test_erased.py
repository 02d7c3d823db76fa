"""Somebody is erased by another process (`visiojury erase`) while the server runs: it notices within seconds (X1)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aiohttp import ClientResponse

from server.app.kept_data import open_kept
from server.http import parts
from tests.pace import within
from tests.server.http.house import House, house


async def erase_beside(home: House, person: str) -> None:
    """As `visiojury erase PERSON` does it: another process's storage, the same folder."""
    kept = open_kept(home.app[parts.CONFIG], home.clock)
    try:
        await kept.accounts.erase_person(person)
    finally:
        await kept.database.close()


async def opened(home: House, name: str, path: str = "events") -> ClientResponse:
    browser = await home.sit(name)
    answer = await browser.get(f"/seat/{home.seat(name)}/{path}")
    assert answer.status == 200
    return answer


async def told(stream: ClientResponse, event: str) -> Any:
    """The data of the next message of this kind."""
    while True:
        block = (await stream.content.readuntil(b"\n\n")).decode()
        fields = dict(line.split(": ", 1) for line in block.strip().splitlines() if ": " in line)
        if fields.get("event") == event:
            return json.loads(fields["data"])


def names(people: list[dict[str, Any]], seat: str) -> list[str]:
    return [one["name"] for one in people if one["seat"] == seat]


@pytest.mark.rule("X1")
async def test_who_is_erased_beside_the_running_server_is_put_out_and_named_no_more(tmp_path, monkeypatch) -> None:
    async with house(tmp_path, storage__forget_seconds=1) as home:
        await home.call_in()
        cut: list[tuple[str, str]] = []
        monkeypatch.setattr(home.app[parts.ENGINE], "cut", lambda room, seat: cut.append((room, seat)))
        candidate, juror = await opened(home, "cand"), await opened(home, "emp")
        board = await opened(home, "org", "board/events")
        async with within(8):
            while names((await told(juror, "view"))["people"], home.seat("cand")) != ["Lina Morel"]:
                pass
            assert "Lina Morel" in json.dumps(await told(board, "board"), ensure_ascii=False)
            await erase_beside(home, f"p-{home.session}-cand")
            await told(candidate, "closed")
            while "people" not in (view := await told(juror, "view")):
                pass
            assert names(view["people"], home.seat("cand")) == ["nom effacé"]
            while "Lina Morel" in json.dumps(await told(board, "board"), ensure_ascii=False):
                pass
        assert cut == [(home.session, home.seat("cand"))]
        assert await home.app[parts.SESSIONS].profile(f"p-{home.session}-cand") is None
        for one in (candidate, juror, board):
            one.close()
