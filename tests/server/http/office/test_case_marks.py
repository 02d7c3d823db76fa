"""The one mark of an open case, on every list and page of the offices that shows a candidacy."""
from __future__ import annotations

import re
from typing import Any

import pytest

from evaluation.body.kind import BODY
from evaluation.case.kind import CASE
from server.http import parts
from server.http.office.routes import PAGES
from tests.server.http.office.desks import PAPER, Desks
from tests.server.http.office.test_cases import LONG, do, opened

MARK = re.compile(r'<a class="case-mark" href="[^"]*cases/(\w+)#part-([\w-]+)">')
SHOWN = {
    "candidacies": "list", "candidacies/c-lina": "page", "candidacies/c-lina/correct": "page",
    "candidacies/c-lina/withdraw": "page", "candidacies/c-lina/adjustment": "page",
    "days/{day}": "program, notices, papers, held papers, try-outs", "days/{day}/hearings/h-lina": "page",
    "days/{day}/notices/h-lina": "page", "days/{day}/papers/h-lina": "page", "days/{day}/transcripts/h-lina": "page",
}
"""What an organizer opens that shows a candidate."""
OF_THE_CLERK = ("candidacies", "candidacies/c-lina", "candidacies/c-lina/outcomes/record", "days/{day}",
                "days/{day}/hearings/h-lina", "days/{day}/notices/h-lina")
ELSEWHERE = {
    "cases", "candidacies/open", "candidacies/register", "candidacies/communes", "candidacies/import",
    "candidacies/import/template", "candidacies/import/{import}",
}
"""Addresses of candidacies that show none, or the case itself."""


def marked(page: str) -> list[str]:
    return [candidacy for _case, candidacy in MARK.findall(page)]


async def _day(desks: Desks) -> str:
    (row,) = await desks.home.app[parts.ROWS].page("hearings", person="lina")
    return str(row.about)


@pytest.mark.rule("R7.1")
async def test_every_page_that_shows_the_candidacy_says_that_a_case_is_open(desks: Desks):
    case = await opened(desks)
    day = await _day(desks)
    for page in SHOWN:
        shown = await desks.page("org1", page.format(day=day))
        assert set(MARK.findall(shown)) == {(case, "c-lina")}, page
    assert marked(await desks.page("org1", f"days/{day}")).count("c-lina") == 5  # once in each section
    for page in OF_THE_CLERK:
        assert set(marked(await desks.page("clerk", page.format(day=day)))) == {"c-lina"}, page
    listed = await (await desks.get("org1", "candidacies?as=csv")).text()
    assert f"{LONG} (Dossier ouvert)" in listed
    await do(desks, "member", case, "close", words="", meeting_day="")
    for page in SHOWN:
        assert marked(await desks.page("org1", page.format(day=day))) == [], page


async def test_who_plans_sees_it_of_their_own_candidates(desks: Desks):
    """Beside the name to choose, and in a list of choices that can hold no link."""
    await desks.in_force()
    await desks.registered("zoe", LONG)
    await desks.registered("ana")
    case = await by_hand(desks, "zoe")
    plan = await desks.page("org1", "days/plan")
    assert set(MARK.findall(plan)) == {(case, "zoe")}
    day = await desks.day("2099-06-15")
    assert f"{LONG} (Dossier ouvert)" in await desks.page("org1", f"days/{day}/add")
    assert marked(await desks.page("org1", f"days/plan?day-{day}=yes")) == ["zoe", "zoe"]
    assert marked(await desks.page("org2", "days/plan")) == []


async def by_hand(desks: Desks, candidacy: str, case: str = "ca5e" * 8, **more: Any) -> str:
    """What the clerk found after the day, past the pages."""
    body = await desks.body()
    await desks.home.app[parts.JOURNALS].execute(
        CASE, case, "clerk", "OpenCase", {
            "case": case, "person": candidacy, "source": await desks.quote(candidacy, 1), "door": "fraud",
            "kind": "own_work", "given": None, "words": "Une page d’un livre",
            "office": await desks.quote("cnhbjo", body.offices["of-clerk"].position), **more}, by_server=True)
    await desks.home.settled()
    return case


async def test_whom_the_facts_concern_sees_nothing_of_it(desks: Desks):
    """An organizer who is its subject: neither list, mark, number, nor page."""
    await desks.in_force()
    await desks.registered("zoe", LONG)
    case = await by_hand(desks, "zoe", subjects=["org1"])
    number = f"2026-{case[:8].upper()}"
    told = [await desks.page(one, "candidacies") for one in ("org1", "dep1")]
    assert [marked(one) for one in told] == [[], ["zoe"]]
    assert [LONG in await desks.page(one, "cases") for one in ("org1", "dep1")] == [False, True]
    assert LONG not in await (await desks.get("org1", "cases?as=csv")).text()
    assert [(await desks.get(one, f"cases?q={number}")).status for one in ("org1", "dep1")] == [200, 303]
    assert (await desks.get("org1", f"cases/{case}")).status == 404


async def test_who_may_not_know_of_cases_sees_no_mark(desks: Desks):
    """The disability officer, beside a request of a candidate with an open case."""
    await desks.in_force()
    await desks.home.app[parts.JOURNALS].execute(
        BODY, "cnhbjo", "clerk", "GrantOffice", {"office": {
            "id": "of-obs2", "person": "none", "role": "disability_officer", "since": "2026-01-01", "provider": None,
            "paper": PAPER}}, by_server=True)
    await desks.registered("zoe", LONG)
    assert (await desks.send("org1", "candidacies/zoe/adjustment", wishes="time"))[0] == 303
    await by_hand(desks, "zoe")
    for page in ("adjustments", "adjustments/zoe"):
        shown = await desks.page("none", page)
        assert (LONG in shown, marked(shown)) == (True, []), page


def test_no_page_of_a_candidacy_or_a_hearing_is_forgotten():
    """Each has the mark from the frame, by what its address names."""
    wanted = [path for method, path, _handler, rate in PAGES if method == "GET" and rate == "pages"
              and path.startswith("candidacies") and path not in {*ELSEWHERE, "candidacies"}]
    assert all("{candidacy}" in path for path in wanted), wanted
    hearings = [path for method, path, _handler, rate in PAGES if method == "GET" and rate == "pages"
                and path.startswith("days/{session}/") and "/hearings" in path]
    assert all("{hearing}" in path for path in hearings), hearings
