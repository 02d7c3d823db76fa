"""What `visiojury demo` gives to whoever starts it: a way in to every seat and to the offices."""
from __future__ import annotations

import re
import time
from pathlib import Path

import aiohttp
import pytest
from pyotp.totp import TOTP

from tests.server.http.staff import PASSWORD
from tests.serving import Served, serve_demo


@pytest.mark.rule("X15")
@pytest.mark.parametrize("office", ["awarding_body", "commission"])
async def test_an_office_is_entered_by_its_link_once_and_then_by_what_was_chosen(tmp_path: Path, office: str):
    served = serve_demo(tmp_path / "data")
    try:
        space, first = await _entered(served, office)
        assert first == "Journées de jury"
        async with aiohttp.ClientSession() as browser:
            assert (await browser.get(served.links[office])).status == 410
            assert (await browser.get(served.url + space)).status == 401
    finally:
        served.stop()


async def _entered(served: Served, office: str) -> tuple[str, str]:
    """The address of the space, and the first page of an office that it leads to."""
    link, headers = served.links[office], {"Origin": served.url}
    async with aiohttp.ClientSession(headers=headers) as browser:
        await browser.post(f"{link}/password", data={"password": PASSWORD, "again": PASSWORD})
        found = re.search(r'<code translate="no">([A-Z2-7 ]+)</code>', await (await browser.get(f"{link}/code")).text())
        assert found is not None
        code = TOTP(found[1].replace(" ", "")).at(int(time.time()))
        answer = await browser.post(f"{link}/code", data={"code": code}, allow_redirects=False)
        assert answer.status == 303
        space = answer.headers["Location"]
        page = await (await browser.get(served.url + space)).text()
        named = re.search(r'href="(' + re.escape(space) + r'office/\w+)"[^>]*>([^<]+)<', page)
        assert named is not None, page
        assert (await browser.get(served.url + named[1])).status == 200
        return space, named[2].strip()
