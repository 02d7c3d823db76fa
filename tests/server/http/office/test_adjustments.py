"""An adjustment from the request to the day's clocks: the opinion is the disability officer's alone to open."""
from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from aiohttp import FormData

from evaluation.slots import HOME
from server.http import parts
from server.http.office.day import adding_one
from server.keeping.opinions import OPINION
from tests.server.http.office.desks import Desks, paper
from tests.server.http.office.test_day_program import MONDAY
from tests.server.http.office.test_registration_form import register, wrongs

EVERYBODY_ELSE = ("clerk", "member", "dir1", "org1", "dep1", "org2", "obs", "none")


async def with_officer(desks: Desks) -> tuple[str, str]:
    """The ids of a registered candidate's candidacy, and of the candidate."""
    await desks.in_force()
    await desks.home.app[parts.ACCOUNTS].save_person("ref", {
        "name": "Ana Duarte", "first_name": "Ana", "email": "ref@example.org"})
    await desks.do("clerk", "GrantOffice", office={
        "id": "of-ref", "person": "ref", "role": "disability_officer", "since": "2026-01-01"})
    candidacy = await register(desks)
    return candidacy, (await desks.of_candidacy(candidacy)).person


async def own(desks: Desks, person: str, path: str, **fields: Any) -> tuple[int, str]:
    """A page of the candidate's space, or what its form is answered."""
    browser, where = await desks.browser(person), f"/space/{person}/{path}"
    if not fields:
        answer = await browser.get(where, Accept="text/html")
    else:
        data = FormData(default_to_multipart="opinion" in fields)
        data.add_field("key", f"{path.replace('/', '-')}{len(str(fields))}".ljust(22, "k")[-40:])
        for name, value in fields.items():
            for one in value if isinstance(value, list) else [value]:
                named: dict[str, Any] = {"filename": "avis.pdf"} if isinstance(one, bytes) else {}
                data.add_field(name, one, **named)
        answer = await browser.send("POST", where, data, Accept="text/html")
    return answer.status, answer.headers.get("Location") or unescape(await answer.text())


def plain(page: str) -> str:
    """With plain spaces."""
    return re.sub(r"\s+", " ", page)


async def opened(desks: Desks, person: str, candidacy: str) -> list[tuple[str, str]]:
    found = await desks.home.app[parts.OPENINGS].about(candidacy, person)
    return [(one.kind, one.seat) for one in found]


@pytest.mark.rule("R10.1", "X1")
async def test_from_the_candidates_request_to_the_decision(desks: Desks):
    candidacy, person = await with_officer(desks)
    page = f"candidacies/{candidacy}/adjustment"
    assert page in (await own(desks, person, ""))[1]
    status, said = await own(desks, person, page, wishes=["nothing"])
    assert (status, "Choisissez dans la liste." in said) == (422, True)
    assert (await own(desks, person, page, wishes=["time", "aid"]))[0] == 303
    status, said = await own(desks, person, f"{page}/opinion", opinion=b"not a paper")
    assert (status, "PDF" in said) == (422, True)
    assert (await own(desks, person, f"{page}/opinion", opinion=paper("Avis")))[0] == 303
    assert "remis le" in (await own(desks, person, page))[1]

    here = f"adjustments/{candidacy}"
    assert "Lina Morel-Dupré" in await desks.page("ref", "adjustments")
    shown = await desks.page("ref", here)
    assert "du temps en plus, l’aide d’une personne" in shown
    (opinion,) = re.findall(rf'office/({here}/opinions/\d+)"', shown)
    for who in EVERYBODY_ELSE:
        assert [(await desks.get(who, one)).status for one in ("adjustments", here, opinion)] == [404] * 3
    assert (await desks.get("ref", here + "/opinions/2")).status == 404
    assert await opened(desks, person, candidacy) == []
    assert (await (await desks.get("ref", opinion)).read()).startswith(b"%PDF")
    assert await opened(desks, person, candidacy) == [(OPINION, "ref")]

    status, said = await desks.send("ref", f"{here}/decide", presentation="cinq", questions="-1")
    assert (status, set(wrongs(said))) == (422, {"presentation", "questions"})
    status, said = await desks.send("ref", f"{here}/decide", presentation="5", questions="10", breaks="5", aid="reader",
                                    equipment="yes")
    assert status == 303, said
    arranged = ("présentation : 5 min de plus", "questions : 10 min de plus", "pauses : 5 min",
                "aide : une personne qui lit")
    for seen in (await own(desks, person, page), (200, await desks.page("org1", f"candidacies/{candidacy}"))):
        assert [one for one in arranged if one not in plain(seen[1])] == []
    said = plain((await desks.home.letters())[-1])
    assert [one for one in (*arranged, "son propre matériel ou logiciel") if one not in said] == []


@pytest.mark.rule("R10.1")
async def test_the_organizer_asks_and_learns_nothing_of_why(desks: Desks):
    candidacy, person = await with_officer(desks)
    page = f"candidacies/{candidacy}/adjustment"
    assert [(await desks.get(who, page)).status for who in ("org2", "obs", "member", "dir1")] == [404] * 4
    assert (await desks.send("org1", page, wishes=["breaks"]))[0] == 303
    assert (await desks.send("ref", f"adjustments/{candidacy}/seen", on="2099-01-01"))[0] == 422
    assert (await desks.send("ref", f"adjustments/{candidacy}/seen", on=desks.today))[0] == 303
    assert (await desks.send("ref", f"adjustments/{candidacy}/decide"))[0] == 303
    assert "rien à aménager" in await desks.page("org1", f"candidacies/{candidacy}")
    answer = await desks.get("org1", "candidacies?as=csv")
    assert not re.search("aménag|breaks|pause|adjust", await answer.text())
    other = await desks.browser("none")
    assert (await other.get(f"/space/none/{page}", Accept="text/html")).status == 404
    assert person != "none"


@pytest.mark.rule("R10.1")
async def test_a_decision_after_the_planning_is_in_the_days_clocks(desks: Desks):
    await with_officer(desks)
    lina = await desks.registered("lina", "Lina Candidat")
    day = await desks.day(MONDAY)
    status, where = await desks.send("org1", f"days/{day}/add", candidacy=lina, hour="09:00", zone=HOME, mode="remote")
    assert status == 303, where
    assert (await desks.send("org1", f"candidacies/{lina}/adjustment", wishes=["time", "aid"]))[0] == 303
    assert (await desks.send("ref", f"adjustments/{lina}/seen", on=desks.today))[0] == 303
    assert (await desks.send("ref", f"adjustments/{lina}/decide", questions="10", aid="reader"))[0] == 303
    await desks.home.app[parts.FOLLOWING].carry_out()
    (hearing,) = (await desks.of_day(day)).hearings.values()
    assert (dict(hearing.extra_seconds), hearing.aid_kind) == ({"questions": 600}, "reader")
    said = plain(await desks.page("org1", f"days/{day}"))
    assert "Une aide est décidée pour Lina Candidat (une personne qui lit) : donnez-lui une place." in said
    assert "10 min de plus" in said


@pytest.mark.rule("R10.1")
async def test_a_decision_while_the_candidate_is_put_on_a_list_is_not_lost(
        desks: Desks, monkeypatch: pytest.MonkeyPatch):
    await with_officer(desks)
    lina, day = await desks.registered("lina", "Lina Candidat"), await desks.day(MONDAY)
    assert (await desks.send("org1", f"candidacies/{lina}/adjustment", wishes=["time"]))[0] == 303
    assert (await desks.send("ref", f"adjustments/{lina}/seen", on=desks.today))[0] == 303
    asked = {"candidacy": lina, "hour": "09:00", "zone": HOME, "mode": "remote"}
    read = adding_one.enrolled

    async def decided_meanwhile(request: Any, waiting: Any) -> Any:
        found = await read(request, waiting)
        monkeypatch.undo()
        assert (await desks.send("ref", f"adjustments/{lina}/decide", questions="10"))[0] == 303
        return found

    monkeypatch.setattr(adding_one, "enrolled", decided_meanwhile)
    status, page = await desks.send("org1", f"days/{day}/add", **asked)
    assert (status, "Un aménagement vient d’être décidé" in page) == (422, True)
    assert (await desks.send("org1", f"days/{day}/add", **asked))[0] == 303
    (hearing,) = (await desks.of_day(day)).hearings.values()
    assert dict(hearing.extra_seconds) == {"questions": 600}
