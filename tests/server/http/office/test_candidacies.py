"""Candidacies: past ones opened by the clerk, each seen by who may (X8, X15)."""
from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from evaluation.body.kind import BODY
from evaluation.candidacy.kind import CANDIDACY
from evaluation.people import SYSTEM
from server.http import parts
from tests.server.http.office.desks import PAPER, Desks, paper

WHO = {"first_name": "Lina", "name": "Morel-Dupré", "email": "lina@example.org"}
PAST: dict[str, Any] = {**WHO, "certification": "RNCP26850", "first_jury": "2024-06-10", "provider": "b1"}


async def opened(desks: Desks, **changes: Any) -> str:
    """By the clerk's form; the candidacy's id."""
    status, where = await desks.send("clerk", "candidacies/open", **{**PAST, **changes})
    assert status == 303, where
    return where.rpartition("/")[2].partition("?")[0]


def words(page: str) -> str:
    """Of the page's own part."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split('id="main"')[1]))


@pytest.mark.rule("X8")
async def test_a_past_candidacy_is_opened_and_what_its_jury_ruled_is_recorded_with_its_paper(desks: Desks):
    await desks.in_force()
    assert "Aucune candidature" in await desks.page("clerk", "candidacies")
    one = await opened(desks)
    state = await desks.of_candidacy(one)
    assert (state.first_jury.isoformat(), state.provider, state.certification.version) == ("2024-06-10", "b1", "1")
    page = await desks.page("clerk", f"candidacies/{one}/outcomes/record")
    assert 'value="2024-06-10"' in page
    status, where = await desks.send(
        "clerk", f"candidacies/{one}/outcomes/record", ruled_on="2024-06-10", award="full", blocks=["BC1", "BC2"],
        paper=paper("Procès-verbal"))
    assert (status, where) == (303, f"/space/clerk/office/candidacies/{one}?done=outcome")
    status, where = await desks.send("clerk", f"candidacies/{one}/certificates/note", number="2024-017",
                                     dated="2024-07-01", paper=paper("Certificat"))
    assert (status, where) == (303, f"/space/clerk/office/candidacies/{one}?done=certificate")
    page = words(await desks.page("member", f"candidacies/{one}"))
    for said in ("Lina Morel-Dupré", "BJO Formation", "Jury du 10 juin 2024", "BC1, BC2", "Certificat n° 2024-017",
                 "certification attribuée", "gardé sans limite de durée"):
        assert said in page
    answer = await desks.get("org1", f"candidacies/{one}/papers/2")
    assert (answer.status, (await answer.read())[:5]) == (200, b"%PDF-")
    assert (await desks.get("clerk", f"candidacies/{one}/papers/1")).status == 404


@pytest.mark.rule("X15")
async def test_a_provider_sees_its_own_and_the_clerk_alone_writes(desks: Desks):
    await desks.in_force()
    one = await opened(desks)
    nowhere = await opened(desks, provider="", first_jury="2023-06-10")
    shown = {person: ("Morel-Dupré" in await desks.page(person, "candidacies"))
             for person in ("clerk", "member", "dir1", "org1", "dep1", "org2")}
    assert shown == {"clerk": True, "member": True, "dir1": True, "org1": True, "dep1": True, "org2": False}
    assert "1 ligne<" in await desks.page("org1", "candidacies?q=morel")
    assert "0 ligne" not in await desks.page("org2", "candidacies?q=morel")
    for page in (f"candidacies/{one}", f"candidacies/{nowhere}"):
        assert [(await desks.get(person, page)).status for person in ("member", "org1", "org2")] == [
            200, 200 if one in page else 404, 404]
    forms = ("open", f"{one}/outcomes/record", f"{one}/certificates/note")
    for person in ("member", "org1", "dir1"):
        assert {(await desks.get(person, f"candidacies/{form}")).status for form in forms} == {404}
        assert "outcomes/record" not in await desks.page(person, f"candidacies/{one}")
    for person in ("obs", "none"):
        assert {(await desks.get(person, f"candidacies/{one}{more}")).status for more in ("", "/papers/1")} == {404}
        assert (await desks.get(person, "candidacies")).status == 404


@pytest.mark.rule("X15")
async def test_a_candidacy_of_another_awarding_body_is_not_there(desks: Desks):
    journals = desks.home.app[parts.JOURNALS]
    await journals.execute(BODY, "other", SYSTEM, "FoundBody", {
        "body": "other", "name": "Autre", "office": "of-other", "clerk": "none"}, by_server=True)
    await desks.in_force()
    await desks.candidacy("ours", "cand", "2025-06-01")
    for command, fields in (
        ("AccreditProvider", {"name": "Ailleurs", "agreement": {
            "provider": "b9", "since": "2020-01-01", "until": None, "paper": PAPER}}),
        ("PutFrameworkInForce", {"certification": (await _certification(desks)), "since": "2020-01-01"}),
    ):
        await journals.execute(BODY, "other", "none", command, fields, by_server=True)
    await journals.execute(CANDIDACY, "theirs", "none", "OpenCandidacy", {
        "candidacy": "theirs", "person": "cand", "framework": await desks.quote("other", 4),
        "office": await desks.quote("other", 2), "provider": "b9", "first_jury": "2025-06-01"}, by_server=True)
    assert {one: (await desks.get("clerk", f"candidacies/{one}")).status for one in ("ours", "theirs")} == {
        "ours": 200, "theirs": 404}
    assert re.findall(r"candidacies/(ours|theirs)", await desks.page("clerk", "candidacies")) == ["ours"]
    assert re.findall(r"candidacies/(ours|theirs)", await desks.page("none", "candidacies")) == ["theirs"]


async def _certification(desks: Desks) -> dict[str, object]:
    (found,) = await desks.home.app[parts.JOURNALS].records("cnhbjo", (await desks.body()).in_force[0].position - 1,
                                                            (await desks.body()).in_force[0].position)
    said = found.data["certification"]
    assert isinstance(said, dict)
    return {**said}


@pytest.mark.rule("X8")
async def test_the_version_is_that_of_the_jurys_day(desks: Desks):
    await desks.in_force("2020-01-01")
    await desks.in_force("2025-01-01", version="2")
    found = [(await desks.of_candidacy(await opened(desks, first_jury=day))).certification.version
             for day in ("2024-12-31", "2025-01-01")]
    assert found == ["1", "2"]
    status, page = await desks.send("clerk", "candidacies/open", **{**PAST, "first_jury": "2019-12-31"})
    assert (status, "Aucune version de ce référentiel n’était en vigueur à cette date" in page) == (422, True)
    assert 'value="Morel-Dupré"' in page


@pytest.mark.rule("X8")
async def test_a_jury_of_tomorrow_opens_no_past_candidacy(desks: Desks):
    await desks.in_force()
    status, page = await desks.send("clerk", "candidacies/open", **{**PAST, "first_jury": "2099-01-01"})
    assert (status, "ne s’est pas encore réuni" in page, 'value="2099-01-01"' in page) == (422, True, True)
    assert "Aucune candidature" in await desks.page("clerk", "candidacies")


async def test_a_past_candidacy_is_recorded_once(desks: Desks):
    await desks.in_force()
    key = await desks.key("clerk", "candidacies/open")
    answers = [await desks.send("clerk", "candidacies/open", key=key, **PAST) for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0][0] == 303
    status, page = await desks.send("clerk", "candidacies/open", **PAST)
    assert (status, "est déjà enregistrée" in page) == (422, True)
    assert "1 ligne<" in await desks.page("clerk", "candidacies")


async def test_two_pages_that_record_the_same_at_once_record_it_once(desks: Desks):
    """Of somebody new: each page would have made them, and the register would hold two people and two candidacies."""
    await desks.in_force()
    keys = [await desks.key("clerk", "candidacies/open") for _ in range(3)]
    answers = await asyncio.gather(*(desks.send("clerk", "candidacies/open", key=key, **PAST) for key in keys))
    assert sorted(status for status, _ in answers) == [303, 422, 422]
    assert len(await desks.home.app[parts.ACCOUNTS].people_at(WHO["email"])) == 1
    assert "1 ligne<" in await desks.page("clerk", "candidacies")


async def test_the_list_is_sorted_narrowed_searched_and_given_as_a_file(desks: Desks):
    await desks.in_force()
    for number, (person, provider) in enumerate((("obs", "b1"), ("cand", "b2"), ("none", "b1"))):
        await desks.candidacy(f"k{number}", person, f"2025-0{number + 1}-01", provider,
                              *(("none",), ("partial", "BC1"), ("full", "BC1", "BC2"))[number])

    async def order(query: str, person: str = "clerk") -> list[str]:
        return re.findall(r'office/candidacies/(k\d)"', await desks.page(person, f"candidacies?{query}"))

    assert await order("") == ["k2", "k1", "k0"]
    assert await order("sort=day") == ["k0", "k1", "k2"]
    assert await order("sort=name") == ["k1", "k0", "k2"]  # nobody is called `cand`
    assert await order("only=partial") == ["k1"]
    assert await order("provider=b1") == ["k2", "k0"]
    assert await order("provider=b1", "org2") == ["k1"]  # no filter of theirs
    assert await order("q=leroy") == ["k2"]
    answer = await desks.get("clerk", "candidacies?as=csv&only=full")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert (await answer.text()).splitlines()[1:] == [
        "Thomas Leroy;RNCP26850 (version 1);BJO Formation;certification attribuée;"
        "1er mars 2025 (premier jury)"]


@pytest.mark.rule("X1")
async def test_of_somebody_who_was_erased_nothing_more_is_recorded(desks: Desks):
    await desks.in_force()
    one = await opened(desks)
    person = (await desks.of_candidacy(one)).person
    page = f"candidacies/{one}/outcomes/record"
    key = await desks.key("clerk", page)
    await desks.home.app[parts.ACCOUNTS].erase_person(person)
    await desks.home.app[parts.VAULT].erase(person)
    assert "nom effacé" in await desks.page("clerk", "candidacies")
    shown = await desks.page("clerk", f"candidacies/{one}")
    assert ("nom effacé" in shown, "outcomes/record" in shown) == (True, False)
    status, answered = await desks.send("clerk", page, key=key, ruled_on="2024-06-10", award="none", paper=paper())
    assert (status, "Les données de cette personne ont été effacées" in answered) == (422, True)
