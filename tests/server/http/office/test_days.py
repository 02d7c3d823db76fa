"""The juries' days in the offices: planned by a provider's organizer, read by the awarding body (R1.1, R1.7, R4.4)."""
from __future__ import annotations

import re

import pytest

from server.http import parts
from tests.server.http.office.desks import Desks

MONDAY, HOLIDAY = "2099-06-15", "2099-07-14"


async def version(desks: Desks) -> str:
    return str((await desks.body()).in_force[-1].position)


@pytest.mark.rule("R4.4")
async def test_an_organizer_plans_a_day_and_goes_from_its_page_to_its_board(desks: Desks):
    await desks.in_force()
    assert "Aucune journée" in await desks.page("org1", "days")
    day = await desks.day(MONDAY, observers=["obs"])
    state = await desks.home.app[parts.SESSIONS].state(day)
    assert state is not None
    assert (state.date, state.provider, state.body, state.organizer.person) == (MONDAY, "b1", "cnhbjo", "org1")
    assert [one.person for one in state.observers] == ["obs"]
    assert state.framework.code == "RNCP26850"
    page = await desks.page("org1", f"days/{day}?done=day-planned")
    for said in ("La journée est prévue.", "lundi 15 juin 2099", "Aucun candidat n’est encore sur la liste",
                 "n’est pas encore demandé à la commission", "BJO Formation", "Claire Fabre", "Odile Vasseur"):
        assert said in page
    assert re.search(r"15 juin 2099.*RNCP26850.*à venir", await desks.page("org1", "days"), re.DOTALL)
    enter = re.findall(r'action="(/space/org1/seats/[^"]+)"', page)
    answer = await (await desks.browser("org1")).click(enter[0])
    assert (answer.status, answer.headers["Location"]) == (303, f"/seat/{state.organizer.id}/")


@pytest.mark.rule("X15")
async def test_the_awarding_body_reads_days_and_a_provider_its_own_alone(desks: Desks):
    await desks.in_force()
    ours, theirs = await desks.day(MONDAY), await desks.day(MONDAY, "org2")
    people = ("clerk", "member", "dir1", "org1", "dep1", "org2")
    seen = {one: set(re.findall(r"office/days/(\w{32})", await desks.page(one, "days"))) for one in people}
    both = {ours, theirs}
    assert seen == {"clerk": both, "member": both, "dir1": {ours}, "org1": {ours}, "dep1": {ours}, "org2": {theirs}}
    opened = {one: (await desks.get(one, f"days/{ours}")).status for one in (*people, "obs", "none")}
    assert opened == {**dict.fromkeys(people, 200), "org2": 404, "obs": 404, "none": 404}
    assert {one: (await desks.get(one, "days/new")).status for one in (*people, "obs", "none")} == {
        "clerk": 404, "member": 404, "dir1": 404, "org1": 200, "dep1": 200, "org2": 200, "obs": 404, "none": 404}
    for reader in ("clerk", "dep1"):
        page = await desks.page(reader, f"days/{ours}")
        assert ("Vous lisez cette page" in page, "/seats/" in page) == (True, False)
    assert (await desks.get("org1", "days/nowhere")).status == 404


async def test_what_was_typed_is_kept_beside_what_is_wrong(desks: Desks):
    await desks.in_force()
    known = await version(desks)
    status, page = await desks.send("org1", "days/new", provider="b1", framework=known, date="31/02/2099")
    assert (status, "Ce jour n’existe pas au calendrier." in page, 'value="31/02/2099"' in page) == (422, True, True)
    status, page = await desks.send("org1", "days/new", provider="b2", framework="", date="2020-01-06")
    assert (status, page.count("Choisissez dans la liste."), page.count("Choisissez une réponse.")) == (422, 2, 2)
    status, page = await desks.send("org1", "days/new", provider="b1", framework=known, date="2020-01-06")
    assert (status, "Ce jour est passé" in page) == (422, True)
    assert "Aucune journée" in await desks.page("org1", "days")


async def test_a_holiday_is_warned_of_and_may_be_meant(desks: Desks):
    await desks.in_force()
    assert "jour ouvré" not in await desks.page("org1", "days/new")
    status, page = await desks.send("org1", "days/new", provider="b1", framework=await version(desks), date=HOLIDAY)
    assert (status, "Prévoir cette journée quand même" in page, f'value="{HOLIDAY}"' in page) == (422, True, True)
    assert "14 juil. 2099" not in await desks.page("org1", "days")
    await desks.day(HOLIDAY, anyway="yes")
    assert "14 juil. 2099" in await desks.page("org1", "days")


@pytest.mark.rule("R1.7")
async def test_a_day_without_an_agreement_is_not_planned(desks: Desks):
    await desks.in_force()
    await desks.do("clerk", "EndAgreement", provider="b1", on=MONDAY, words="fin de la convention", paper=None)
    status, page = await desks.send("org1", "days/new", provider="b1", framework=await version(desks), date=MONDAY)
    assert (status, "Aucune convention de l’organisme" in page) == (422, True)


@pytest.mark.rule("R1.1")
async def test_a_day_is_planned_under_a_version_whose_file_is_here_and_in_force_by_then(desks: Desks):
    assert "Aucune journée ne peut être prévue pour le moment." in await desks.page("org1", "days/new")
    await desks.in_force("2100-01-01")
    known = await version(desks)
    await desks.in_force("2101-01-01", version="of no file")
    page = await desks.page("org1", "days/new")
    assert re.findall(r'<option value="(\d+)"', page) == [known]
    status, page = await desks.send("org1", "days/new", provider="b1", framework=known, date=MONDAY)
    assert (status, "qu’à partir du 1er janvier 2100" in page) == (422, True)


async def test_a_form_sent_twice_plans_one_day(desks: Desks):
    await desks.in_force()
    key = await desks.key("org1", "days/new")
    given = {"provider": "b1", "framework": await version(desks), "date": MONDAY}
    answers = [await desks.send("org1", "days/new", key=key, **given) for _ in range(2)]
    assert (answers[0] == answers[1], answers[0][0]) == (True, 303)
    assert "1 ligne<" in await desks.page("org1", "days")
