"""What whoever looks after the server is told: who came in, who was turned away, what passes by a page's checks."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import FormData

from server import logs
from server.http import parts
from server.security_events import SecurityEvent
from tests.server.http.authenticator import Authenticator
from tests.server.http.house import FORM, House, house
from tests.server.http.staff import add_key, office, staff, use_key
from tests.server.http.test_logins import leave, renew


@pytest.fixture
def told() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """The security events since it was last called, as they were logged."""
    stream = io.StringIO()
    logs.configure(stream)

    def read() -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in stream.getvalue().splitlines()]
        stream.seek(0)
        stream.truncate()
        return [{name: value for name, value in line.items() if name not in ("timestamp", "module", "level")}
                for line in lines if line["event"].startswith("security.")]

    yield read
    logs.configure()


async def test_who_comes_in_and_goes_out_is_a_security_event(home: House, told: Callable[[], list[dict[str, Any]]]):
    seat = {"seat": home.seat("cand"), "session": "s1", "address": "127.0.0.1"}
    whose = {"person": home.person("cand"), "address": "127.0.0.1"}
    link, second, at = f"/i/{home.tokens['cand']}", home.browser(), f"{home.space('cand')}seats/{home.seat('cand')}"
    first = await home.sit("cand")
    await first.click(link)
    await home.enter(first, "cand")
    for browser_at in (link, at):
        await second.click(browser_at)
        await second.click(browser_at + "/ask-code")
        await second.click(browser_at + "/code", code="12")
        await second.click(browser_at + "/code", code=await home.code())
    await leave(home, second, "cand")
    await second.click("/link", email="lina@example.org")
    await home.browser().click("/i/" + "x" * 43)
    opened = {"event": "security.space_opened", **whose}
    assert told() == [
        {**opened, "kind": "link", "again": False}, {"event": "security.entered", **seat, "again": False},
        {**opened, "kind": "link", "again": True}, {"event": "security.entered", **seat, "again": True},
        {"event": "security.space_held", **whose}, {"event": "security.code_asked", **whose},
        {"event": "security.code_wrong", **whose}, {**opened, "kind": "code", "again": False},
        {"event": "security.seat_held", **seat}, {"event": "security.code_asked", **seat},
        {"event": "security.code_wrong", **seat}, {"event": "security.taken_over", **seat},
        {"event": "security.logged_out", **seat}, {"event": "security.space_left", **whose},
        {"event": "security.link_asked", "address": "127.0.0.1"},
        {"event": "security.link_refused", "address": "127.0.0.1", "kind": "unknown"}]


async def test_who_is_turned_away_is_a_security_event(home: House, told: Callable[[], list[dict[str, Any]]]):
    organizer, juror = await home.sit("org"), await home.sit("emp")
    told()
    here = {"event": "security.door_refused", "address": "127.0.0.1", "method": "GET"}
    board, page = "/seat/{seat}/board/events", "/seat/{seat}/"
    await juror.get(f"/seat/{home.seat('emp')}/board/events")
    await home.browser().get("/seat/Lina-Morel/")
    await renew(home, organizer, "emp")
    await juror.get(f"/seat/{home.seat('emp')}/")
    await home.browser().client.post(f"{home.url}/seat/x/leave", headers={"Origin": "https://evil.example", **FORM})
    assert told() == [
        {**here, "seat": home.seat("emp"), "session": "s1", "status": 403, "route": board},
        {**here, "status": 401, "route": page},  # what stands in an address may be anything
        {"event": "security.link_renewed", "seat": home.seat("emp"), "session": "s1", "address": "127.0.0.1"},
        {**here, "seat": home.seat("emp"), "status": 401, "route": page},
        {"event": "security.cross_site", "address": "127.0.0.1", "method": "POST", "route": "/seat/{seat}/leave"},
        {**here, "status": 403, "method": "POST", "route": "/seat/{seat}/leave"}]


async def test_what_a_handler_itself_refuses_was_let_in_at_the_door(
        home: House, told: Callable[[], list[dict[str, Any]]]):
    """A knock at a closed deliberation is an act that is not theirs; a door that the handler asks for is one."""
    await home.to_private()
    candidate, organizer = await home.sit("cand"), await home.sit("org")
    told()
    here, doors = {"session": "s1", "address": "127.0.0.1"}, "/seat/{seat}/captures"
    refused = await organizer.command(home.seat("org"), "RecordIncident", hearing=home.hearing(),
                                      kind="conduct", suspected_fraud=False, words="Un bruit.")
    body = json.dumps({"hearing": home.hearing(), "seat": home.seat("emp"), "source": "main"})
    closed = await candidate.send("POST", f"/seat/{home.seat('cand')}/captures", body,
                                  **{"Content-Type": "application/json"})
    assert (refused.status, closed.status) == (403, 403)
    assert told() == [
        {"event": "security.act_forbidden", "seat": home.seat("org"), **here, "rule": "R3.6",
         "route": "/seat/{seat}/commands"},
        {"event": "security.door_refused", "seat": home.seat("cand"), **here, "status": 403, "method": "POST",
         "route": doors}]


async def test_what_passes_by_the_checks_of_a_page_is_a_security_event(
        home: House, told: Callable[[], list[dict[str, Any]]]):
    candidate, seat, juror = await home.sit("cand"), home.seat("cand"), await home.sit("emp")
    told()
    here = {"seat": seat, "session": "s1", "address": "127.0.0.1"}
    commands, documents = "/seat/{seat}/commands", "/seat/{seat}/documents"
    await candidate.command(seat, "SetMark", hearing=7)
    await candidate.send("POST", f"/seat/{seat}/commands", "x", **{"Content-Type": "text/plain"})
    await juror.command(home.seat("emp"), "DesignatePresident", choice=home.seat("tra"))
    form = FormData()
    form.add_field("file", b"MZ", filename="livret.exe")
    await candidate.send("POST", f"/seat/{seat}/documents?hearing={home.hearing()}&kind=portfolio_a", form)
    assert told() == [
        {"event": "security.malformed", **here, "status": 400, "route": commands},
        {"event": "security.malformed", **here, "status": 415, "route": commands},
        {"event": "security.rule_refused", **here, "seat": home.seat("emp"), "rule": "R3.1", "route": commands},
        {"event": "security.file_refused", **here, "kind": "kind", "route": documents}]


async def test_what_is_no_http_is_a_security_event(home: House, told: Callable[[], list[dict[str, Any]]]):
    reader, writer = await asyncio.open_connection("127.0.0.1", int(home.url.rsplit(":", 1)[1]))
    writer.write(b"\x16\x03\x01 Lina Morel\r\n\r\n")
    await reader.readline()
    writer.close()
    assert told() == [{"event": "security.malformed", "status": 400, "address": "127.0.0.1"}]


async def test_a_login_that_ended_by_time_is_a_security_event(home: House, told: Callable[[], list[dict[str, Any]]]):
    await home.sit("emp")
    await home.end_session()
    told()
    await home.app[parts.ACCOUNTS].logins.tend(())
    assert told() == [{"event": "security.login_ended", "seat": home.seat("emp"), "session": "s1", "kind": "closed"}]


@pytest.mark.parametrize(("kept", "address", "said"), [
    ("whole", "203.0.113.77", "203.0.113.77"), ("network", "203.0.113.77", "203.0.113.0"),
    ("none", "203.0.113.77", None),
    ("whole", "2001:db8:1:2::3", "2001:db8:1:2::3"), ("network", "2001:db8:1:2::3", "2001:db8:1::"),
    ("whole", "Lina Morel", None),
])
async def test_addresses_are_logged_as_far_as_the_setting_says(
        tmp_path: Any, told: Callable[[], list[dict[str, Any]]], kept: str, address: str, said: str | None):
    async with house(tmp_path, server__log_addresses=kept, server__trusted_proxies=("127.0.0.1",)) as home:
        await home.browser().send("POST", "/i/x", **FORM, **{"X-Forwarded-For": address})
        assert [(one["event"], one.get("address")) for one in told()] == [("security.link_refused", said)]


def test_the_names_of_security_events_are_stable():
    """Alarms rest on them: one may be added, none renamed."""
    assert {one.value for one in SecurityEvent} == {
        "security.space_opened", "security.space_held", "security.space_left", "security.link_asked",
        "security.entered", "security.seat_held", "security.link_refused", "security.code_asked", "security.code_wrong",
        "security.taken_over", "security.logged_out", "security.login_ended", "security.link_sent",
        "security.link_renewed", "security.signed_in", "security.sign_in_refused", "security.credential_added",
        "security.credential_removed", "security.entry_link_issued", "security.entry_link_refused", "security.put_out",
        "security.phone_paired", "security.door_refused", "security.cross_site", "security.slowed_down",
        "security.malformed", "security.file_refused", "security.act_forbidden", "security.rule_refused"}

async def test_signing_in_and_what_one_signs_in_with_are_security_events(
    tmp_path: Path, told: Callable[[], list[dict[str, Any]]]
):
    async with office(tmp_path) as home:
        claire, paul = await staff(home), await staff(home, "Paul Autre", "p-paul")
        key, here = Authenticator(home.url), {"address": "127.0.0.1"}
        await claire.enter(home.browser(), password="x")
        browser = await claire.signed_in()
        await add_key(browser, claire.at("security"), key)
        key.count = -1
        await use_key(home.browser(), key)
        await browser.click(claire.at("let-in"), email=paul.email)
        await browser.click(claire.at("security/browsers"), key="")
        await browser.get("/recover/x")
        mine = {"person": claire.person, **here}
        refused = {"event": "security.sign_in_refused", "kind": "password", "error": "wrong", **mine}
        assert told() == [
            refused, {"event": "security.signed_in", "kind": "password", **mine},
            {"event": "security.credential_added", "kind": "passkey", **mine},
            {"event": "security.signed_in", "kind": "passkey", **mine},
            {"event": "security.entry_link_issued", "kind": "recovery", "person": paul.person, **here},
            {"event": "security.put_out", "count": 1, **mine},
            {"event": "security.entry_link_refused", "kind": "unknown", **here}]
