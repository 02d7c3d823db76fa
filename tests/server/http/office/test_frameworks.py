"""Frameworks in force: put there by the clerk from the platform's own files, one code after another (R1.1)."""
from __future__ import annotations

import pytest

from server.http.office.framework_files import frameworks
from tests.server.http.office.desks import Desks


@pytest.mark.rule("R1.1")
async def test_a_framework_is_put_in_force_and_another_takes_its_place(desks: Desks):
    assert "Aucun référentiel n’est encore en vigueur" in await desks.page("clerk", "frameworks")
    first, second, *_ = frameworks()
    for one in (first, second):
        status, where = await desks.send("clerk", "frameworks/put", "frameworks", framework=one, since="2026-01-01")
        assert (status, where) == (303, "/space/clerk/office/frameworks?done=in-force")
    page = await desks.page("clerk", "frameworks")
    assert f'<option value="{first}">' not in page  # it is there already
    codes = [frameworks()[one].code for one in (first, second)]
    status, page = await desks.send("clerk", "frameworks/supersede", "frameworks", code=codes[0], by=codes[0],
                                    since="2026-02-01")
    assert status == 422
    status, _ = await desks.send("clerk", "frameworks/supersede", "frameworks", code=codes[0], by=codes[1],
                                 since="2026-02-01")
    assert status == 303
    assert f"remplacée par {codes[1]}" in await desks.page("org1", "frameworks?only=superseded")


async def test_no_framework_comes_from_a_browser(desks: Desks):
    status, page = await desks.send("clerk", "frameworks/put", "frameworks", framework="RNCP1/1", since="2026-01-01")
    assert (status, "Choisissez dans la liste." in page) == (422, True)
    for page in ("put", "supersede"):
        status, _ = await desks.send("org1", f"frameworks/{page}", key="k" * 16)
        assert status in (404, 415)
    assert (await desks.body()).in_force == ()
