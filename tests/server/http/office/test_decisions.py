"""The commission's decisions: recorded by a member, or by the clerk with the meeting and its extract (X15)."""
from __future__ import annotations

import re

import pytest

from tests.server.http.office.desks import Desks, paper

WORDS = "La session du 16 mars est\nreportée au 30 mars."


@pytest.mark.rule("X15")
async def test_a_member_records_a_decision_and_the_clerk_one_with_its_extract(desks: Desks):
    assert "Aucune décision" in await desks.page("clerk", "decisions")
    status, where = await desks.send("member", "decisions/record", words=WORDS, meeting_day="")
    assert (status, where) == (303, "/space/member/office/decisions?done=decided")
    status, page = await desks.send("clerk", "decisions/record", words=WORDS, meeting_day="")
    assert (status, "Donnez un jour." in page, "Joignez le document." in page, WORDS in page) == (422, True, True, True)
    status, _ = await desks.send("clerk", "decisions/record", words=WORDS, meeting_day="2026-01-05",
                                 extract=paper("Extrait"))
    assert status == 303
    page = await desks.page("clerk", "decisions")
    assert re.findall(r"Karim Haddad|Laurence Chevillon", page.split('id="main"')[1]) == [
        "Laurence Chevillon", "Karim Haddad"]  # the newest first
    (first, _second) = (await desks.body()).decisions.values()
    page = await desks.page("clerk", f"decisions/{first.id}")
    assert (WORDS in page, "Karim Haddad, membre de la commission" in re.sub(r"<[^>]+>", "", page)) == (True, True)


async def test_an_extract_is_given_out_and_decisions_are_nobody_elses(desks: Desks):
    await desks.send("clerk", "decisions/record", words=WORDS, meeting_day="2026-01-05", extract=paper("Extrait"))
    (decided,) = (await desks.body()).decisions.values()
    answer = await desks.get("member", f"decisions/{decided.id}/paper")
    assert (answer.status, (await answer.read())[:5]) == (200, b"%PDF-")
    for person in ("org1", "dir1", "obs", "none"):
        for page in ("decisions", "decisions/record", f"decisions/{decided.id}", f"decisions/{decided.id}/paper"):
            assert (await desks.get(person, page)).status == 404
