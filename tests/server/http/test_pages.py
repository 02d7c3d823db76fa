"""The page of each seat: what is written into it, and nothing that would run from within it."""

from __future__ import annotations

import json
import re

import pytest

from server.http import parts
from tests.server.http.house import House, house

ROLES = ("cand", "aid", "emp", "obs", "org")


def blocks(page: str) -> dict[str, object]:
    """The JSON blocks by id."""
    found = re.findall(r'<script type="application/json" id="([\w-]+)">(.*?)</script>', page, re.S)
    return {name: json.loads(text) for name, text in found}


@pytest.mark.parametrize("name", ROLES)
async def test_a_seat_sees_its_page_with_its_view(home: House, name: str):
    browser = await home.sit(name)
    answer = await browser.get(f"/seat/{home.seat(name)}/", Accept="text/html")
    page = await answer.text()
    assert (answer.status, answer.content_type, answer.headers["Content-Language"]) == (200, "text/html", "fr")
    view = blocks(page)["view"]
    assert (view["seat"]["seat"], view["seat"]["you"]) == (home.seat(name), True)  # type: ignore[index]
    assert f'data-seat-path="/seat/{home.seat(name)}/"' in page
    scripts = re.findall(r"<script(?![^>]*application/json)([^>]*)>(.*?)</script>", page, re.S)
    assert scripts
    for attributes, text in scripts:
        assert 'src="/static/' in attributes
        assert text.strip() == ""
    assert re.findall(r'\s(?:on\w+|style)="', page) == []
    for address in set(re.findall(r'(?:src|href)="(/static/[^"#]+)', page)):
        assert (await browser.get(address)).status == 200


async def test_a_name_is_never_markup(home: House):
    name = "</script><script>alert(1)</script>"
    for seat in ("cand", "cand2", "org"):
        profile = {"name": name, "first_name": name, "email": "l@example.org", "company": name}
        await home.app[parts.ACCOUNTS].save_person(home.person(seat), profile)
    browser = await home.sit("cand")
    page = await (await browser.get(f"/seat/{home.seat('cand')}/")).text()
    assert "<script>alert" not in page
    assert blocks(page)["view"]["seat"]["name"] == name  # type: ignore[index]
    for path in (f"/i/{home.tokens['cand2']}", home.space("cand")):
        assert "<script>alert" not in await (await browser.get(path)).text()


async def test_turn_credentials_go_to_the_page_and_end(tmp_path):
    secret = tmp_path / "turn.secret"
    secret.write_text("secret")
    async with house(tmp_path, ice__turn_urls=["turn:turn.example.org"], ice__turn_secret_file=str(secret)) as home:
        browser = await home.sit("emp")
        page = await (await browser.get(f"/seat/{home.seat('emp')}/")).text()
        (server,) = blocks(page)["ice-servers"]  # type: ignore[misc]
        ends, seat = server["username"].split(":")
        assert (server["urls"], seat) == (["turn:turn.example.org"], home.seat("emp"))
        assert abs(int(ends) - home.clock() / 1000 - 12 * 3600) < 5


async def test_the_record_page_is_for_the_jury_and_the_organizer(home: House):
    seen = {}
    for name in ROLES:
        browser = await home.sit(name)
        path = f"/seat/{home.seat(name)}/records/{home.hearing()}"
        seen[name] = (await browser.get(path, Accept="text/html")).status
    assert seen == {"cand": 403, "aid": 403, "emp": 200, "obs": 403, "org": 200}
