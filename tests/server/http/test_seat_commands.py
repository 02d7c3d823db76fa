"""Commands over HTTP: one answer per key, refusals that name the rule or the field."""

from __future__ import annotations

import asyncio
import json
from typing import get_args
from uuid import uuid4

import pytest

from evaluation.session import acts
from evaluation.session.commands import Command
from tests.server.http.house import House, on_its_loop


async def test_a_command_is_done_once_however_often_it_is_sent(home: House):
    browser, key = await home.sit("org"), str(uuid4())
    first = await browser.command(home.seat("org"), "WriteToRoom", key, words="bonjour")
    again = await asyncio.gather(*[
        browser.command(home.seat("org"), "WriteToRoom", key, words="bonjour") for _ in range(4)])
    answers = [(one.status, await one.json()) for one in (first, *again)]
    assert answers == [(200, {"position": len(await home.events())})] * 5
    assert (await home.events()).count("RoomMessageWritten") == 1


async def test_a_refusal_is_the_same_however_often_it_is_asked(home: House):
    browser, key = await home.sit("emp"), str(uuid4())
    choice = home.seat("tra")
    answers = [await browser.command(home.seat("emp"), "DesignatePresident", key, choice=choice) for _ in range(2)]
    bodies = [(one.status, await one.json()) for one in answers]
    assert bodies[0] == bodies[1]
    assert (bodies[0][0], bodies[0][1]["rule"], sorted(bodies[0][1])) == (422, "R3.1", ["refusal", "rule"])


async def test_who_may_not_is_told_so_every_time(home: House):
    await home.call_in()
    browser, key = await home.sit("own"), str(uuid4())
    seat, hearing = home.seat("own"), home.hearing()
    answers = [await browser.command(seat, "StartPresentation", key, hearing=hearing) for _ in range(2)]
    assert [(one.status, (await one.json())["rule"]) for one in answers] == [(403, "R3.1")] * 2


async def test_a_key_serves_one_command(home: House):
    browser, key = await home.sit("org"), str(uuid4())
    assert (await browser.command(home.seat("org"), "WriteToRoom", key, words="un")).status == 200
    answer = await browser.command(home.seat("org"), "WriteToRoom", key, words="deux")
    assert (answer.status, (await answer.json())["field"]) == (400, "Idempotency-Key")


@pytest.mark.parametrize("name", sorted(one.__name__ for one in get_args(Command) if one not in acts.FROM_BROWSERS))
@on_its_loop
async def test_what_only_the_server_asks_no_page_can(shared: House, name: str):
    before = await shared.events()
    for seat in ("org", "emp", "cand"):
        browser = await shared.seated(seat)
        answer = await browser.command(shared.seat(seat), name, seat=shared.seat("emp"), hearing=shared.hearing())
        assert (answer.status, (await answer.json())["field"]) == (403, "command")
    assert await shared.events() == before


@pytest.mark.parametrize(("headers", "body", "status", "field"), [
    ({}, '{"command": "CloseSession"}', 400, "Idempotency-Key"),
    ({"Idempotency-Key": "short"}, '{"command": "CloseSession"}', 400, "Idempotency-Key"),
    ({"Idempotency-Key": "k" * 65}, '{"command": "CloseSession"}', 400, "Idempotency-Key"),
    ({"Idempotency-Key": "k" * 8, "X-Position": "-1"}, '{"command": "CloseSession"}', 400, "X-Position"),
    ({"Idempotency-Key": "k" * 8}, "", 400, ""),
    ({"Idempotency-Key": "k" * 8}, "[1]", 400, ""),
    ({"Idempotency-Key": "k" * 8}, '{"command": 3}', 400, "command"),
    ({"Idempotency-Key": "k" * 8}, '{"command": "Nope"}', 400, "command"),
    ({"Idempotency-Key": "k" * 8}, '{"command": "WriteToRoom"}', 400, "words"),
    ({"Idempotency-Key": "k" * 8}, '{"command": "WriteToRoom", "words": {"ref": "x", "digest": "y"}}', 400, "words"),
    ({"Idempotency-Key": "k" * 8}, '{"command": "WriteToRoom", "words": "x", "session": "s2"}', 400, "session"),
    ({"Idempotency-Key": "k" * 8}, '{"command": "CloseSession", "command": "WriteToRoom"}', 400, "command"),
])
@on_its_loop
async def test_what_is_malformed_is_refused_by_its_field(shared: House, headers, body: str, status: int, field: str):
    browser = await shared.seated("org")
    before = await shared.events()
    answer = await browser.send("POST", f"/seat/{shared.seat('org')}/commands", body, **{
        "Content-Type": "application/json", **headers})
    told = await answer.json()
    assert (answer.status, told["field"], bool(told["refusal"])) == (status, field, True)
    assert await shared.events() == before


async def test_a_body_too_large_is_not_read_to_its_end(home: House):
    browser = await home.sit("org")
    path = f"/seat/{home.seat('org')}/commands"
    headers = {"Content-Type": "application/json", "Idempotency-Key": "k" * 8}
    stated = await browser.send("POST", path, b"{" + b" " * 300_000, **headers)
    assert stated.status == 413
    assert "la limite est de 262\u00a0ko. " in (await stated.json())["refusal"]

    async def endless():
        for _ in range(300):
            yield b" " * 1000

    chunked = await browser.send("POST", path, endless(), **headers)
    assert chunked.status == 413


async def test_a_decision_on_an_old_page_is_stale(home: House):
    await home.call_in()
    await home.act("own", "GiveIdentityOpinion", hearing=home.hearing(), conform=False, words="Ce n’est pas lui.")
    browser = await home.sit("emp")
    seen = (await home.state()).position
    await home.act("own", "GiveIdentityOpinion", hearing=home.hearing(), conform=False)
    headers = {"Content-Type": "application/json", "Idempotency-Key": "k" * 8, "X-Position": str(seen)}
    body = {"command": "DecideIdentity", "hearing": home.hearing(), "finding": "conform", "course": "proceed"}
    answer = await browser.send("POST", f"/seat/{home.seat('emp')}/commands", json.dumps(body), **headers)
    assert (answer.status, list(await answer.json())) == (409, ["refusal"])
    assert "IdentityDecided" not in await home.events()


@pytest.mark.rule("X7")
@pytest.mark.parametrize("name", ["DecideIdentity", "DecideRefusal", "DeclareDispute", "Recommend",
                                  "SignDeliberation", "RefuseSignature"])
@on_its_loop
async def test_a_decision_says_which_page_it_follows(shared: House, name: str):
    browser, before = await shared.seated("emp"), await shared.events()
    answer = await browser.command(shared.seat("emp"), name, hearing=shared.hearing())
    assert (answer.status, (await answer.json())["field"]) == (400, "X-Position")
    assert await shared.events() == before


async def test_words_reach_the_reader_and_not_the_journal(home: House):
    browser = await home.sit("org")
    await browser.command(home.seat("org"), "WriteToRoom", words="un secret de polissage")
    journal = await (await browser.get(f"/seat/{home.seat('org')}/journal.jsonl")).text()
    assert "session.room_message_written" in journal
    assert "secret" not in journal
