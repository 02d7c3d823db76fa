"""Juries in the pages: asked for by the organizer, appointed for several days at once; what the rules refuse is said
beside its day; a substitute; a decision that its day refuses is taken back."""
from __future__ import annotations

import asyncio
import re
from datetime import date, timedelta
from typing import Any

import pytest

from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.terms import CameBy, Initiative, Interview, Registration, RulesHanded
from evaluation.codec import encode
from evaluation.deadlines import start_of
from evaluation.framework_file import framework_to_data
from evaluation.people import Role, Seat
from server.http import parts
from tests.evaluation.frameworks import POLISHING
from tests.pace import within
from tests.server.http.office.desks import Desks, paper

JURORS: dict[str, dict[str, Any]] = {
    "emp": {"categories": ["employees"]}, "own": {"categories": ["employers"]}, "tra": {"categories": ["trainer"]},
    "own2": {"categories": ["employers"]}, "tra2": {"categories": ["trainer"]},
    "tra3": {"categories": ["trainer"], "courses": [{"provider": "b1", "certification": "RNCP26850"}]},
}
PLACES = ("employees", "employers", "trainer")


def main(page: str) -> str:
    return re.sub(r"\s+", " ", page.split('id="main"')[1])


async def pool(desks: Desks) -> None:
    await desks.in_force()
    for name, known in JURORS.items():
        await desks.home.app[parts.ACCOUNTS].save_person(f"p-{name}", {
            "name": f"Juré {name}", "first_name": "Juré", "email": f"{name}@example.org"})
        await desks.do("clerk", "EnterJuror", juror={"person": f"p-{name}", **known})


async def plan(desks: Desks, session: str, days: int = 30, trained_by: tuple[str, ...] = ()) -> None:
    """A day of the first provider's, with one candidate."""
    body = await desks.body()
    stands = {"agreement": body.providers["b1"].agreements[0], "office": body.offices["of-org1"],
              "in_force": body.in_force[0]}
    quotes = {name: await desks.quote("cnhbjo", one.position) for name, one in stands.items()}
    on = date.fromisoformat(desks.today) + timedelta(days=days)
    organizer = Seat(f"{session}-org", "org1", Role.ORGANIZER)
    candidate = Seat(f"{session}-cand", "none", Role.CANDIDATE, hearing=f"{session}-h1")
    execute = desks.home.app[parts.SESSIONS].execute
    await execute(session, organizer.id, "PlanSession", {
        "session": session, "framework": framework_to_data(POLISHING), "date": on.isoformat(),
        "organizer": encode(organizer), **quotes}, by_server=True)
    await execute(session, organizer.id, "AddHearing", {
        "hearing": f"{session}-h1", "candidacy": await registered(desks, f"k-{session}", quotes, trained_by),
        "candidate": encode(candidate), "starts_at": start_of(on) + 10 * 3_600_000}, by_server=True)


async def registered(desks: Desks, name: str, quotes: dict[str, Any], trained_by: tuple[str, ...]) -> dict[str, object]:
    """The quote of a registration by the first provider's organizer."""
    yesterday = date.fromisoformat(desks.today) - timedelta(days=1)
    given = Registration(
        tuple(block.code for block in POLISHING.blocks), CameBy.CONTINUING_TRAINING, Initiative.CANDIDATE,
        Interview(yesterday, "org1"), RulesHanded("2025", yesterday), trained_by)
    await desks.home.app[parts.JOURNALS].execute(CANDIDACY, name, "org1", "OpenCandidacy", {
        "candidacy": name, "person": "none", "provider": "b1", "registration": encode(given), "civil": "{}",
        "framework": quotes["in_force"], "office": quotes["office"], "agreement": quotes["agreement"]}, by_server=True)
    return await desks.quote(name, 2)


async def asked(desks: Desks, session: str, **more: str) -> None:
    status, where = await desks.send("org1", f"days/{session}/jury", f"days/{session}", words="", **more)
    assert (status, where) == (303, f"/space/org1/office/days/{session}?done=jury-asked#jury")


def chosen(session: str, *people: str) -> dict[str, str]:
    return {f"{session}:{place}": f"p-{person}" for place, person in zip(PLACES, people, strict=True)}


def of(desks: Desks, page: str, session: str) -> str:
    """The words against one day."""
    section = page.split(f'aria-labelledby="day-{session} of-{session}"')[1].split("</section>")[0]
    said = "".join(re.findall(r'<p class="wrong".*?</p>', section))
    return re.sub(r"<[^>]+>", "", said).replace("\N{NO-BREAK SPACE}", " ")


async def sits(desks: Desks, session: str) -> list[str]:
    async with within(10):
        while not (state := await desks.home.app[parts.SESSIONS].state(session)) or not state.jurors:
            await asyncio.sleep(0.02)
    return [one.person for one in state.jurors_appointed(None)]


@pytest.mark.rule("R1.2", "R4.4")
async def test_several_days_at_once_and_three_refusals_beside_theirs(desks: Desks):
    await pool(desks)
    for session, days, trained_by in (("x1", 30, ()), ("x2", 30, ()), ("x3", 31, ("p-tra",)), ("x4", 32, ())):
        await plan(desks, session, days, trained_by)
        await asked(desks, session)
    page = main(await desks.page("member", "juries"))
    assert [page.index(f'id="day-{one}"') for one in ("x1", "x2", "x3", "x4")] == sorted(
        page.index(f'id="day-{one}"') for one in ("x1", "x2", "x3", "x4"))
    assert page.count("A formé Thomas Leroy : ne peut siéger.") == 1
    assert page.count("Intervient dans le parcours des candidats : ne peut siéger") == 4
    two_employers = {**chosen("x4", "emp", "own", "tra"), "x4:employees": "", "x4:employees-other": "p-own2"}
    status, page = await desks.send("member", "juries", meeting_day="", **chosen("x1", "emp", "own", "tra"), **chosen(
        "x2", "emp", "own2", "tra2"), **chosen("x3", "emp", "own", "tra"), **two_employers)
    assert status == 422
    assert await sits(desks, "x1") == ["p-emp", "p-own", "p-tra"]
    assert ("1 journée a son jury" in page, 'id="day-x1"' in page) == (True, False)
    assert "Juré emp : Cette personne siège déjà sur une autre journée à la même heure" in of(desks, page, "x2")
    assert "Juré tra : Qui a formé la personne évaluée ne peut siéger" in of(desks, page, "x3")
    assert "un représentant des salariés, un représentant des employeurs" in of(desks, page, "x4")
    page = main(await desks.page("member", "juries"))
    assert page.count("Siège sur une autre journée à la même heure") == 3
    status, where = await desks.send("member", "juries", meeting_day="", **chosen("x3", "emp", "own", "tra2"))
    assert (status, where) == (303, "/space/member/office/juries?done=jury-appointed")
    assert await sits(desks, "x3") == ["p-emp", "p-own", "p-tra2"]


async def test_what_is_not_chosen_whole_and_who_may_decide(desks: Desks):
    await pool(desks)
    await plan(desks, "x1")
    await asked(desks, "x1")
    status, page = await desks.send("member", "juries", meeting_day="")
    assert (status, "Choisissez d’abord les jurés d’une journée" in page) == (422, True)
    some = {"x1:employers": "p-own", "x1:trainer": "p-tra"}
    status, page = await desks.send("member", "juries", meeting_day="", **some)
    assert (status, "une personne pour chacune des trois places" in of(desks, page, "x1")) == (422, True)
    assert len(re.findall(r'value="p-(own|tra)" checked', page)) == 2
    status, page = await desks.send("clerk", "juries", meeting_day="", **chosen("x1", "emp", "own", "tra"))
    assert (status, "Donnez la date de la réunion" in of(desks, page, "x1")) == (422, True)
    status, page = await desks.send("member", "juries", meeting_day="", **chosen("x1", "emp", "own", "tra3"))
    assert (status, "sans lien avec le parcours" in of(desks, page, "x1")) == (422, True)
    for person in ("org1", "dir1", "obs", "none"):
        assert [(await desks.get(person, one)).status for one in ("juries", "juries/x1", "juries/x1/s")] == [404] * 3


@pytest.mark.rule("R4.4")
async def test_two_who_decide_at_once_do_not_put_somebody_on_two_days(desks: Desks):
    await pool(desks)
    for session in ("x1", "x2"):
        await plan(desks, session)
        await asked(desks, session)
    status = await asyncio.gather(
        desks.send("member", "juries", meeting_day="", **chosen("x1", "emp", "own", "tra")),
        desks.send("clerk", "juries", meeting_day="2026-01-05", extract=paper(), **chosen("x2", "emp", "own2", "tra2")))
    assert sorted(code for code, _page in status) == [303, 422]
    assert len((await desks.body()).juries) == 1


@pytest.mark.rule("R1.2", "X15")
async def test_the_organizer_proposes_their_own_people_and_asks_for_a_substitute(desks: Desks):
    await pool(desks)
    await desks.do("org1", "ProposeJuror", provider="b1", juror={"person": "dep1", "categories": ["employees"]})
    await desks.do("clerk", "EnterJuror", juror={"person": "dep1", "categories": ["employees"]})
    await plan(desks, "x1")
    page = main(await desks.page("org1", "days/x1"))
    assert ('<option value="dep1">Inès Caron' in page, "p-emp" in page) == (True, False)
    for person, status in (("org2", 404), ("dir1", 404), ("clerk", 404)):
        key = await desks.key("org1", "days/x1")
        assert (await desks.send(person, "days/x1/jury", key=key, words=""))[0] == status
    await asked(desks, "x1", employees="dep1")
    page = main(await desks.page("member", "juries"))
    assert ("Proposé par le responsable de l’organisation." in page, "Demandé par" in page) == (True, True)
    await desks.send("member", "juries", meeting_day="", **{
        **chosen("x1", "emp", "own", "tra"), "x1:employees": "dep1"})
    assert await sits(desks, "x1") == ["dep1", "p-own", "p-tra"]
    status, page = await desks.send("org1", "days/x1/jury", "days/x1", words="")
    assert (status, "Écrivez quelques mots ici" in page) == (422, True)
    await desks.send("org1", "days/x1/jury", "days/x1", words="M. Tra est souffrant.")
    page = main(await desks.page("member", "juries"))
    assert "M. Tra est souffrant." in page
    seat = (await desks.body()).juries["x1"].jurors[2].id
    await desks.home.app[parts.SESSIONS].execute("x1", seat, "AnswerAppointment", {"hearing": None, "accepted": False})
    page = main(await desks.page("org1", "days/x1"))
    assert [page.count(words) for words in (
        "sans réponse encore", '<span class="tag bad">ne siégera pas', "1 candidat sans déclaration d’impartialité",
        "Juré tra ne siégera pas : la commission est saisie", "2 jurés n’ont pas encore dit",
        "2 jurés n’ont pas fini")] == [2, 1, 2, 1, 1, 1]
    page = main(await desks.page("member", "juries/x1"))
    assert (page.count("sans réponse encore"), page.count("ne siégera pas")) == (2, 1)
    page = main(await desks.page("member", f"juries/x1/{seat}"))
    assert ("Juré tra2" in page, "M. Tra est souffrant." in page) == (True, True)
    where = f"juries/x1/{seat}"
    status, page = await desks.send("member", where, trainer="p-tra3", hearing="", meeting_day="")
    assert (status, "sans lien avec le parcours" in page) == (422, True)
    status, _ = await desks.send("member", where, trainer="p-tra2", hearing="", meeting_day="")
    async with within(10):
        while await sits(desks, "x1") != ["dep1", "p-own", "p-tra2"]:
            await asyncio.sleep(0.02)
    await plan(desks, "x2")
    await asked(desks, "x2")
    page = main(await desks.page("member", "juries"))  # the one who was replaced is free again
    assert page.count("Siège sur une autre journée à la même heure") == 3


@pytest.mark.rule("R1.2")
async def test_a_decision_that_its_day_refuses_is_taken_back_and_another_stands(desks: Desks):
    await pool(desks)
    seats = [{"id": f"y-{one}", "person": f"p-{one}", "role": "juror", "category": place}
             for place, one in zip(PLACES, ("emp", "own", "tra"), strict=True)]
    await plan(desks, "x1", trained_by=("p-tra",))
    await asked(desks, "x1")
    await desks.do("member", "DecideJury", decision="d1", session="x1", jurors=seats)
    async with within(10):
        while not any(one.attempts for one in await desks.home.app[parts.FOLLOW_UPS].of("cnhbjo")):
            await asyncio.sleep(0.02)
    page = main(await desks.page("member", "decisions/d1"))
    assert ("ne peut prendre effet" in page, "Qui a formé" in page) == (True, True)
    key = await desks.key("member", "decisions/d1")
    for person, status in (("org1", 404), ("none", 404)):
        assert (await desks.send(person, "decisions/d1/take-back", key=key, words="Non.", extract=paper()))[0] == status
    status, page = await desks.send("member", "decisions/d1/take-back", "decisions/d1", words="", meeting_day="")
    assert (status, "Écrivez quelques mots ici" in page) == (422, True)
    status, where = await desks.send("member", "decisions/d1/take-back", "decisions/d1", words="A formé le candidat.",
                                     meeting_day="")
    assert (status, where) == (303, "/space/member/office/decisions/d1?done=taken-back")
    page = main(await desks.page("member", "decisions/d1"))
    assert ("A formé le candidat." in page, "ne peut prendre effet" in page) == (True, False)
    again = await desks.send("member", "decisions/d1/take-back", key="k" * 22, words="Encore.", extract=paper())
    assert again[0] == 404
    status, _ = await desks.send("member", "juries", meeting_day="", **chosen("x1", "emp", "own", "tra2"))
    desks.home.clock.ahead += 3_600_000
    for one in await desks.home.app[parts.FOLLOW_UPS].of("cnhbjo"):
        await desks.home.app[parts.FOLLOWING].again(one)
    assert (status, await sits(desks, "x1")) == (303, ["p-emp", "p-own", "p-tra2"])
