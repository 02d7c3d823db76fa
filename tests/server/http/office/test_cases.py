"""A case through the offices' pages: what a day notes, until the commission has decided and the award waits no more."""
from __future__ import annotations

from datetime import date
from html import unescape
from typing import Any

import pytest

from evaluation.case.terms import case_id
from evaluation.deadlines import start_of
from server.http import parts
from tests.server.http.office.desks import PAPER, Desks, paper

LONG = "Marie-Antoinette Guillemette de La Rochefoucauld-Montmorency d’Étampes"
WORDS = "Le moteur s’est arrêté deux fois."


async def opened(desks: Desks) -> str:
    """From an incident of a day of b1; the case."""
    await desks.in_force()
    return await noted(desks, await desks.day("2099-06-15"), "lina", LONG)


async def noted(desks: Desks, day: str, person: str, name: str, *evidence: str, hour: int = 10) -> str:
    """An incident of somebody who is listed for the day, in the candidacy `c-{person}`; its case."""
    if f"h-{person}" not in (await desks.of_day(day)).hearings:
        await desks.listed(day, person, name, start_of(date(2099, 6, 15)) + hour * 3_600_000)
    sessions, state = desks.home.app[parts.SESSIONS], await desks.of_day(day)
    done = await sessions.execute(day, state.organizer.id, "RecordIncident", {
        "hearing": f"h-{person}", "kind": "technical", "suspected_fraud": False, "words": "Coupure de courant",
        "evidence": list(evidence)}, by_server=True)
    await desks.home.settled()
    return case_id("session", day, done.position)


async def status(desks: Desks) -> str:
    await desks.home.settled()
    row = await desks.home.app[parts.ROWS].one("candidacies", "c-lina")
    assert row is not None
    return row.status


async def do(desks: Desks, person: str, case: str, act: str, of: str = "c-lina", /, **fields: Any) -> None:
    page = f"cases/{case}/{of}/{act}"
    assert await desks.send(person, page, **fields) == (
        303, f"/space/{person}/office/cases/{case}?done=case-noted"), act


def acts(page: str, case: str) -> list[str]:
    """The acts that the page offers."""
    return [one.split('"')[0] for one in page.split(f"cases/{case}/c-lina/")[1:]]


@pytest.mark.rule("R7.1", "R7.2")
async def test_from_an_incident_of_a_day_to_the_commissions_decision(desks: Desks):
    case = await opened(desks)
    assert await status(desks) == "held"
    listing, page = await desks.page("org1", "cases"), await desks.page("org1", f"cases/{case}")
    assert (LONG in listing, "Coupure de courant" in page, acts(page, case)) == (
        True, True, ["report", "complete", "evidence"])
    status_then, wrong = await desks.send("org1", f"cases/{case}/c-lina/complete", words=WORDS, seen_at="14:05")
    assert (status_then, "Donnez un jour." in wrong, WORDS in wrong) == (422, True, True)  # the hour is not lost
    await do(desks, "org1", case, "complete", words=WORDS, said="On reprend à 15 h")
    await do(desks, "org1", case, "report", paper=paper("Rapport"))
    await do(desks, "clerk", case, "take-report")
    await do(desks, "org1", case, "propose", consequence="none", words="Rien ne change")
    asked = await desks.page("dir1", f"cases/{case}/c-lina/answer")
    assert ("Rien ne change" in asked, "aucune suite" in asked, WORDS in asked) == (True, True, True)
    await do(desks, "dir1", case, "answer", agrees="yes", words="")
    await do(desks, "clerk", case, "submit", words="")
    page = await desks.page("member", f"cases/{case}")
    assert (WORDS in page, "On reprend à 15 h" in page, acts(page, case)) == (
        True, True, ["validate", "return", "close"])
    await do(desks, "member", case, "validate", consequence="none", words="", meeting_day="")
    assert await status(desks) == "planned"
    page = await desks.page("org1", f"cases/{case}")
    assert ("décidé" in page, acts(page, case)) == (True, [])
    assert "remettre la décision au candidat" in (await desks.page("clerk", f"cases/{case}")).split("<h2")[1]


@pytest.mark.rule("R7.2")
async def test_the_commission_closes_one_without_a_consequence(desks: Desks):
    """By its member; the clerk records it with the meeting, and what was typed stays where that is missing."""
    case = await opened(desks)
    close = f"cases/{case}/c-lina/close"
    wrong, page = await desks.send("clerk", close, words=WORDS, meeting_day="")
    assert (wrong, WORDS in page, await status(desks)) == (422, True, "held")
    stale = await desks.key("member", close)
    await do(desks, "member", case, "close", words="", meeting_day="")
    assert await status(desks) == "planned"
    late, page = await desks.send("member", close, key=stale, words=WORDS)
    assert (late, WORDS in page) == (422, True)


@pytest.mark.rule("R7.2", "X15")
async def test_to_another_provider_there_is_no_such_case(desks: Desks):
    case = await opened(desks)
    for page in (f"cases/{case}", f"cases/{case}/c-lina/complete", f"cases/{case}/c-lina/close"):
        assert {(await desks.get(person, page)).status for person in ("org2", "obs", "none")} == {404}
    assert (LONG in await desks.page("org2", "cases"), LONG in await desks.page("org2", "cases?as=csv")) == (
        False, False)
    assert (await desks.get("org1", f"cases/{case}/c-lina/close")).status == 404
    assert LONG in await desks.page("clerk", "cases?only=open&q=guillemette")


async def test_what_waits_for_whoever_reads_is_told_in_their_space(desks: Desks):
    case = await opened(desks)
    told = f"{LONG}, Panne"

    async def waits(person: str) -> bool:
        browser = await desks.browser(person)
        return told in unescape(await (await browser.get(f"/space/{person}/", Accept="text/html")).text())

    assert [await waits(one) for one in ("org1", "clerk", "member", "org2")] == [True, False, False, False]
    await do(desks, "org1", case, "report", paper=paper("Rapport"))
    assert [await waits(one) for one in ("org1", "clerk", "member", "org2")] == [True, True, False, False]


async def test_a_form_sent_twice_is_one_act_and_an_ended_office_none(desks: Desks):
    case = await opened(desks)
    page = f"cases/{case}/c-lina/complete"
    key = await desks.key("org1", page)
    twice = [await desks.send("org1", page, key=key, words=WORDS) for _ in range(2)]
    assert twice == [(303, f"/space/org1/office/cases/{case}?done=case-noted")] * 2
    assert (await desks.page("org1", f"cases/{case}")).count(WORDS) == 1
    await desks.do("clerk", "EndOffice", office="of-org1")
    assert [(await desks.get("org1", one)).status for one in ("cases", f"cases/{case}", page)] == [404] * 3
    assert (await desks.send("org1", page, key="another-key-of-theirs", words=WORDS))[0] == 404


async def delegate(desks: Desks, *acts: str) -> None:
    """`none` is the commission's delegate for these acts."""
    await desks.do("member", "GrantOffice", office={
        "id": "of-none", "person": "none", "role": "delegate", "since": "2026-01-01", "until": "2099-01-01",
        "provider": None, "paper": PAPER, "acts": list(acts)})


@pytest.mark.rule("X15")
@pytest.mark.parametrize("acts", [("case",), ("jury", "bar")])
async def test_a_delegate_decides_what_was_delegated_alone(desks: Desks, acts: tuple[str, ...]):
    case = await opened(desks)
    await delegate(desks, *acts)
    if acts != ("case",):
        assert [(await desks.get("none", one)).status for one in ("cases", f"cases/{case}")] == [404, 404]
        return
    assert LONG in await desks.page("none", "cases")
    await do(desks, "none", case, "close", words="Rien à retenir", meeting_day="")
    assert "Clos sans suite" in await desks.page("none", f"cases/{case}")


async def test_a_deputy_acts_in_the_organizers_place(desks: Desks):
    case = await opened(desks)
    await do(desks, "dep1", case, "complete", words=WORDS)
    assert "suppléance du responsable de l’organisation" in await desks.page("clerk", f"cases/{case}")
