"""A medical opinion goes two months after its decision, or with the candidate's data."""
from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.terms import Adjustment
from evaluation.codec import encode
from evaluation.deadlines import end_of
from evaluation.offices import Office, OfficeRole
from server.keeping.opinions import OPINION
from tests.server import bodies
from tests.server.kept import House

OFFICER, CANDIDATE, KEPT = "p-officer", "p-cand1", "c-p-cand1"


async def decided(house: House) -> None:
    """On 16 March 2026; another candidate's request waits."""
    journals, vault = house.kept.journals, house.kept.vault
    await house.plan()
    officer = Office("o-officer", OFFICER, OfficeRole.DISABILITY_OFFICER, bodies.SINCE)
    await bodies.do(journals, bodies.CLERK, bodies.GrantOffice(officer))
    office = await bodies.quote(journals, bodies.STREAM, (await bodies.offices_at(journals))["o-officer"].position)
    for person in (CANDIDATE, "p-cand2"):
        stream = f"c-{person}"
        file = await vault.put_file(person, stream, OPINION, "application/pdf", b"an opinion")
        await journals.execute(CANDIDACY, stream, person, "AskAdjustment", {"wishes": ["time"]})
        await journals.execute(CANDIDACY, stream, person, "HandOpinion", {
            "paper": {"file": file.id, "digest": file.digest}})
    await vault.put_file(CANDIDATE, KEPT, "paper", "application/pdf", b"a paper")
    await journals.execute(CANDIDACY, KEPT, OFFICER, "DecideAdjustment", {
        "adjustment": encode(Adjustment(CANDIDATE, {"questions": 600})), "office": office})


async def kinds(house: House, person: str) -> list[str]:
    async with house.kept.database.reading() as connection:
        found = await connection.execute(text("SELECT kind FROM files WHERE subject = :who ORDER BY kind"),
                                         {"who": person})
        return [row.kind for row in found]


@pytest.mark.rule("X1", "R10.1")
async def test_an_opinion_goes_when_its_decision_can_be_contested_no_more(house: House):
    await decided(house)
    house.clock.now = end_of(date(2026, 5, 16)) - 1
    assert (await house.kept.purge()).kinds[OPINION] == 0
    house.clock.now = end_of(date(2026, 5, 16))
    assert [(await house.kept.purge()).kinds[OPINION] for _ in range(2)] == [1, 0]
    assert [await kinds(house, person) for person in (CANDIDATE, "p-cand2")] == [["paper"], [OPINION]]
    await house.kept.vault.erase("p-cand2")
    assert await kinds(house, "p-cand2") == []
