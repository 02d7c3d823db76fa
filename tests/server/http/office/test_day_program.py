"""Candidates put on a day's list, one by one or several laid over days (R1.1, R4.4)."""
from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from evaluation.slots import HOME, local
from tests.evaluation.frameworks import POLISHING
from tests.server.http.house import house
from tests.server.http.office.desks import PAPER, Desks, founded

MONDAY, TUESDAY = "2099-06-15", "2099-06-16"
REMOTE: dict[str, Any] = {"zone": HOME, "mode": "remote"}


def hours(state: Any) -> list[tuple[str, str]]:
    """Whose hearing begins when, in the order of hours."""
    there = sorted(state.hearings.values(), key=lambda one: one.starts_at)
    return [(one.candidate.person, f"{local(one.starts_at, HOME):%H:%M}") for one in there]


@pytest.mark.rule("R4.4")
async def test_a_candidate_is_put_on_a_days_list_at_the_hour_that_is_proposed(desks: Desks):
    await desks.in_force()
    day = await desks.day(MONDAY)
    assert "Aucun candidat inscrit pour cette certification" in await desks.page("org1", f"days/{day}/add")
    lina, noe = await desks.registered("lina", "Lina Morel-Dupré"), await desks.registered("noe")
    await desks.registered("elsewhere", provider="b2")
    page = await desks.page("org1", f"days/{day}/add")
    assert re.findall(r'<option value="(lina|noe|elsewhere)"', page) == ["lina", "noe"]
    assert 'value="08:30"' in page
    key = await desks.key("org1", f"days/{day}/add")
    for _again in range(2):
        status, where = await desks.send("org1", f"days/{day}/add", key=key, candidacy=lina, hour="8h30", **REMOTE)
        assert (status, where) == (303, f"/space/org1/office/days/{day}?done=hearing-added#program")
    assert hours(await desks.of_day(day)) == [("lina", "08:30")]
    status, page = await desks.send("org1", f"days/{day}/add", candidacy=noe, hour="09:00", **REMOTE)
    assert (status, "Le jury a une autre épreuve à la même heure. (Lina Morel-Dupré)" in page) == (422, True)
    status, page = await desks.send("org1", f"days/{day}/add", candidacy=noe, hour="25:00", **REMOTE)
    assert (status, "Une heure s’écrit 09:30." in page, 'value="25:00"' in page) == (422, True, True)
    assert "Lina Morel-Dupré" in await desks.page("clerk", f"days/{day}")
    assert hours(await desks.of_day(day)) == [("lina", "08:30")]


@pytest.mark.rule("R4.4")
async def test_an_hour_that_something_stands_against_is_chosen_knowing_it(desks: Desks):
    await desks.in_force()
    day, one = await desks.day(MONDAY), await desks.registered("lina")
    far = {"candidacy": one, "hour": "08:30", "zone": "America/Martinique", "mode": "remote"}
    status, page = await desks.send("org1", f"days/{day}/add", **far)
    assert (status, "Là où est la personne évaluée, ce sera de 02:30" in page) == (422, True)
    assert (await desks.of_day(day)).hearings == {}
    status, where = await desks.send("org1", f"days/{day}/add", anyway="yes", **far)
    assert status == 303, where
    assert "02:30 (Martinique)" in await desks.page("org1", f"days/{day}")


@pytest.mark.rule("R1.1")
async def test_who_is_registered_for_another_version_is_named_with_the_days_that_fit(desks: Desks):
    await desks.in_force()
    first, later = await desks.day(MONDAY), await desks.day(TUESDAY)
    await desks.in_force("2026-02-01", version="2")
    await desks.registered("noe", "Noé Second")
    page = await desks.page("org1", f"days/{first}/add")
    assert re.search(r"Noé Second.*RNCP26850, 2.*aucune journée n’est prévue", page, re.DOTALL)
    status, page = await desks.send("org1", f"days/{first}/add", key="k" * 16, candidacy="noe", hour="08:30", **REMOTE)
    assert (status, "Choisissez dans la liste." in page) == (422, True)
    assert (await desks.of_day(first)).hearings == (await desks.of_day(later)).hearings == {}


async def asked(desks: Desks, **query: str) -> dict[str, Any]:
    """What the page's script is answered."""
    answer = await desks.get("org1", f"days/plan/check?{urlencode(query)}")
    assert answer.status == 200
    return json.loads(await answer.text())


@pytest.mark.rule("R4.4")
async def test_candidates_are_laid_over_days_moved_and_accepted_as_a_whole(desks: Desks):
    await desks.in_force()
    days = [await desks.day(MONDAY), await desks.day(TUESDAY)]
    people = [await desks.registered(f"c{n}", f"Candidat {n}") for n in range(3)]
    chosen = {**{f"pick-{one}": "yes" for one in people}, **{f"day-{one}": "yes" for one in days}}
    assert "Enregistrer ce plan" in await desks.page("org1", "days/plan")
    laid = await asked(desks)
    first = [(card["key"], card["hour"]) for card in laid["days"][0]["cards"]]
    assert (len(first), first[0][1], laid["days"][1]["cards"], laid["without"]) == (3, "08:30", [], [])
    put: dict[str, str] = {f"session-{key}": days[0] for key, _hour in first}
    put |= {f"hour-{key}": hour for key, hour in first}
    key = first[2][0]
    moved = await asked(desks, **put, move=key, onto=days[1], after="first")
    assert [(card["key"], card["hour"], card["keep"]) for card in moved["days"][1]["cards"]] == [(key, "08:30", True)]
    assert [(await desks.of_day(day)).hearings for day in days] == [{}, {}]
    clash = {**put, f"hour-{key}": first[0][1]}
    said = next(card["said"] for card in (await asked(desks, **clash))["days"][0]["cards"] if card["key"] == key)
    assert [one["grave"] for one in said] == [True]
    status, page = await desks.send("org1", "days/plan", mode="remote", **chosen, **clash)
    assert (status, "ne peut se tenir à l’heure choisie" in page) == (422, True)
    put |= {f"session-{key}": days[1], f"hour-{key}": "08:30"}
    form = await desks.key("org1", "days/plan")
    for _again in range(2):
        status, where = await desks.send("org1", "days/plan", key=form, mode="on_site", **chosen, **put)
        assert (status, where) == (303, "/space/org1/office/days?done=laid")
    assert [hours(await desks.of_day(day)) for day in days] == [first[:2], [(key, "08:30")]]
    assert {one.mode for one in (await desks.of_day(days[0])).hearings.values()} == {"on_site"}
    assert "Aucun candidat inscrit n’attend de journée." in await desks.page("org1", "days/plan")


@pytest.mark.rule("R4.4")
async def test_what_stands_against_a_plan_is_shown_before_it_is_kept(desks: Desks):
    await desks.in_force()
    day, one = await desks.day("2099-06-14", anyway="yes"), await desks.registered("lina")
    put = {f"pick-{one}": "yes", f"day-{day}": "yes", "mode": "remote", f"session-{one}": day, f"hour-{one}": "08:30"}
    status, page = await desks.send("org1", "days/plan", **put)
    assert (status, "Ce jour est un samedi ou un dimanche." in page, 'value="08:30"' in page) == (422, True, True)
    assert (await desks.of_day(day)).hearings == {}
    shown = re.findall(r'name="told" value="(\w+)"', page)[0]
    assert (await desks.send("org1", "days/plan", **{**put, "told": shown}))[0] == 303
    assert hours(await desks.of_day(day)) == [("lina", "08:30")]


@pytest.mark.rule("R4.4")
async def test_two_who_plan_at_once_put_nobody_on_two_days(desks: Desks):
    await desks.in_force()
    await desks.do("clerk", "GrantOffice", office={
        "id": "of-none", "person": "none", "role": "organizer", "since": "2026-01-01", "provider": "b1",
        "paper": PAPER})
    framework = str((await desks.body()).in_force[-1].position)
    _, where = await desks.send("none", "days/new", provider="b1", framework=framework, date=TUESDAY)
    days = {"org1": await desks.day(MONDAY), "none": where.rpartition("/")[2].partition("?")[0]}
    await desks.registered("lina")
    keys = {who: await desks.key(who, f"days/{day}/add") for who, day in days.items()}
    asked = [desks.send(who, f"days/{day}/add", key=keys[who], candidacy="lina", hour="08:30", **REMOTE)
             for who, day in days.items()]
    answers = sorted(await asyncio.gather(*asked))
    assert [status for status, _said in answers] == [303, 422]
    assert "vient d’être mise sur la liste d’une autre journée" in answers[1][1]
    assert sorted([len((await desks.of_day(day)).hearings) for day in days.values()]) == [0, 1]


@pytest.mark.rule("R4.4")
async def test_no_more_are_laid_at_once_than_one_page_can_ask_about(tmp_path: Path):
    async with house(tmp_path, True, POLISHING, founded, lists__laid_at_once=2) as home:
        desks = Desks(home)
        await desks.in_force()
        await desks.day(MONDAY)
        for name in ("anne", "lina", "noe"):
            await desks.registered(name)
        page = await desks.page("org1", "days/plan")
        assert (re.findall(r'type="hidden" name="pick-(\w+)"', page), "2 candidats au plus" in page) == (
            ["anne", "lina"], True)
        page = await desks.page("org1", "days/plan?pick-lina=yes&pick-noe=yes")
        assert (re.findall(r'type="hidden" name="pick-(\w+)"', page), "candidats au plus" in page) == (
            ["lina", "noe"], False)


@pytest.mark.rule("X15")
async def test_who_plans_for_nobody_lays_nothing(desks: Desks):
    await desks.in_force()
    day = await desks.day(MONDAY)
    await desks.registered("lina")
    for person in ("clerk", "member", "dir1", "none"):
        found = {(await desks.get(person, f"days/{page}")).status for page in ("plan", "plan/check", f"{day}/add")}
        assert found == {404}
    page = await desks.page("org2", "days/plan")
    assert ("lina" in page, "Aucun candidat inscrit n’attend de journée." in page) == (False, True)
