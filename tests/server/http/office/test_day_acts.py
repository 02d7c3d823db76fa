"""What the organizer changes of a day and of one hearing, each act a form of its page (R4.4, X13)."""
from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from evaluation.session.notice_rules import notice_to
from evaluation.session.state import BODY_TOLD
from evaluation.slots import hour_on
from server.http import parts
from tests.server.http.office.desks import Desks
from tests.server.http.office.test_day_program import MONDAY, TUESDAY, hours

AID = {"first_name": "Ivan", "name": "Interprète", "email": "ivan@example.org"}


async def planned(desks: Desks, on: str = MONDAY, *at: str) -> tuple[str, list[str]]:
    """A day with a candidate at each of these hours (c0, c1, …): its id, and its hearings by their hours."""
    day = await desks.day(on, anyway="yes")
    for n, hour in enumerate(at):
        one = await desks.registered(f"c{n}", f"Candidat {n}")
        status, where = await desks.send("org1", f"days/{day}/add", candidacy=one, hour=hour, zone="Europe/Paris",
                                         mode="remote", anyway="yes")
        assert status == 303, where
    there = (await desks.of_day(day)).hearings.values()
    return day, [one.id for one in sorted(there, key=lambda one: one.starts_at)]


async def act(desks: Desks, page: str, what: str, **fields: Any) -> tuple[int, str]:
    return await desks.send("org1", f"{page}/{what}", page, **fields)


@pytest.mark.rule("R4.4")
async def test_a_hearing_is_moved_held_otherwise_helped_and_cancelled(desks: Desks):
    await desks.in_force()
    day, (one, other) = await planned(desks, MONDAY, "08:30", "10:00")
    page = f"days/{day}/hearings/{one}"
    status, said = await act(desks, page, "move", hour="10:30")
    assert (status, "Le jury a une autre épreuve à la même heure. (Candidat 1)" in said) == (422, True)
    assert (await act(desks, page, "move", hour="08:45"))[1] == f"/space/org1/office/{page}?done=hearing-moved"
    assert hours(await desks.of_day(day)) == [("c0", "08:45"), ("c1", "10:00")]
    assert (await act(desks, page, "mode", mode="on_site"))[0] == 303
    status, said = await act(desks, page, "aid", **{**AID, "email": "ivan"})
    assert (status, 'value="Interprète"' in said) == (422, True)
    assert (await act(desks, page, "aid", **AID))[0] == 303
    hearing = (await desks.of_day(day)).hearings[one]
    assert (hearing.mode, len(hearing.aids)) == ("on_site", 1)
    shown = await desks.page("clerk", page)
    assert ("Ivan Interprète" in shown, "sur place" in shown, f'office/{page}/' in shown) == (True, True, False)
    assert (await act(desks, page, "aid-end", seat=hearing.aids[0].id))[0] == 303
    assert (await act(desks, f"days/{day}/hearings/{other}", "cancel"))[0] == 303
    state = await desks.of_day(day)
    assert (state.hearings[one].aids, state.hearings[other].phase.value) == ((), "cancelled")
    assert (await act(desks, page, "move", hour="10:00"))[0] == 303  # an hour that is free again
    assert (await desks.get("org1", f"days/{day}/hearings/nobody")).status == 404
    assert (await act(desks, page, "nothing"))[0] == 404


@pytest.mark.rule("R4.4")
async def test_a_whole_day_is_moved_and_others_come_to_it(desks: Desks):
    await desks.in_force()
    day, _ = await planned(desks, MONDAY, "08:30")
    page = f"days/{day}/change"
    status, said = await act(desks, page, "date", date="2099-07-14")
    assert (status, "Prévoir cette journée quand même" in said) == (422, True)
    organizer = (await desks.of_day(day)).organizer.id
    await desks.home.app[parts.SESSIONS].execute(day, organizer, "InformBody", {}, by_server=True)
    assert (await act(desks, page, "date", date=TUESDAY))[0] == 303
    await desks.home.app[parts.MASS].carry_out()
    told = notice_to(await desks.of_day(day), BODY_TOLD)
    assert (told and told.number, told and told.date) == (2, TUESDAY)
    assert ((await desks.of_day(day)).date, hours(await desks.of_day(day))) == (TUESDAY, [("c0", "08:30")])
    assert (await act(desks, page, "place", words="12 rue des Francs-Bourgeois, salle 2"))[0] == 303
    assert (await act(desks, page, "observer", who="obs"))[0] == 303
    assert (await act(desks, page, "deputy", who="dep1"))[0] == 303
    state = await desks.of_day(day)
    assert ([one.person for one in state.observers], [one.person for one in state.deputies]) == (["obs"], ["dep1"])
    shown = await desks.page("dep1", f"days/{day}")
    enter = f"/space/dep1/seats/{state.deputies[0].id}"
    assert ("12 rue des Francs-Bourgeois" in shown, enter in shown) == (True, True)
    assert (await act(desks, page, "observer-end", seat=state.observers[0].id))[0] == 303
    assert (await act(desks, page, "deputy-end", seat=state.deputies[0].id))[0] == 303
    state = await desks.of_day(day)
    assert (state.observers, state.deputies) == ((), ())
    assert {(await desks.get(one, page)).status for one in ("clerk", "dir1", "dep1", "org2", "none")} == {404}


@pytest.mark.rule("R4.4")
async def test_on_the_day_somebody_is_late_and_the_order_changes(desks: Desks):
    await desks.in_force()
    day, (one, other) = await planned(desks, MONDAY, "08:30", "09:45")
    page = f"days/{day}/change"
    status, said = await act(desks, page, "order", place0=one, place1=one)
    assert (status, "Cette personne a déjà une heure" in said) == (422, True)
    assert (await act(desks, page, "order", place0=other, place1=one))[0] == 303
    assert hours(await desks.of_day(day)) == [("c1", "08:30"), ("c0", "09:45")]
    late = f"days/{day}/hearings/{other}"
    assert "Noter le retard" not in await desks.page("org1", late)
    desks.home.clock.ahead += hour_on(date.fromisoformat(MONDAY), "08:20") - desks.home.clock()
    await desks.renewed("org1")
    status, said = await act(desks, late, "late", minutes="dix")
    assert (status, "Donnez un nombre entier" in said) == (422, True)
    assert (await act(desks, late, "late", minutes="20"))[0] == 303
    assert hours(await desks.of_day(day)) == [("c1", "08:50"), ("c0", "10:05")]


@pytest.mark.rule("R7.1", "X9")
async def test_one_failure_is_noted_once_for_several_hearings(desks: Desks):
    """What was typed is kept; the one that was chosen alone is not noted here; what has not begun waits for another
    day."""
    await desks.in_force()
    day, (one, other, third) = await planned(desks, MONDAY, "08:30", "09:45", "11:00")
    page, cut = f"days/{day}/change", {"kind": "technical", "words": "Coupure de courant dans le quartier."}
    status, said = await act(desks, page, "failure", hearings=[one], sure="yes", **cut)
    assert (status, "Choisissez au moins deux épreuves" in said, cut["words"] in said) == (422, True, True)
    status, where = await act(desks, page, "failure", hearings=[one, other], postpone="yes", sure="yes", **cut)
    assert (status, where) == (303, f"/space/org1/office/{page}?done=failure-noted")
    found = [(await desks.of_day(day)).hearings[name] for name in (one, other, third)]
    assert [(each.phase.value, len(each.incidents)) for each in found] == [
        ("postponed", 1), ("postponed", 1), ("scheduled", 0)]
    assert "Un seul dossier les réunit" in await desks.page("org1", f"{page}?done=failure-noted")


@pytest.mark.rule("R4.4")
async def test_two_who_move_one_hearing_are_told_of_each_other(desks: Desks):
    """The organizer and a deputy look at the same page: whoever is second decides on what the first has changed."""
    await desks.in_force()
    day, (one,) = await planned(desks, MONDAY, "08:30")
    assert (await act(desks, f"days/{day}/change", "deputy", who="dep1"))[0] == 303
    page = f"days/{day}/hearings/{one}"
    seen = re.findall(r'name="seen" value="(\d+)"', await desks.page("dep1", page))[0]
    assert (await act(desks, page, "move", hour="09:00"))[0] == 303
    status, said = await desks.send("dep1", f"{page}/move", key="k" * 16, seen=seen, hour="10:00")
    assert (status, "Quelqu’un d’autre a agi juste avant vous" in said, 'value="10:00"' in said) == (409, True, True)
    assert hours(await desks.of_day(day)) == [("c0", "09:00")]


@pytest.mark.rule("R4.4")
async def test_after_the_notice_a_change_says_why(desks: Desks):
    await desks.in_force()
    day, (one,) = await planned(desks, MONDAY, "08:30")
    page, state = f"days/{day}/hearings/{one}", await desks.of_day(day)
    assert "Pourquoi" not in await desks.page("org1", page)
    agreed = (await desks.body()).providers["b1"].agreements[0]
    await desks.home.app[parts.SESSIONS].execute(day, state.organizer.id, "GiveNotice", {
        "hearing": one, "agreement": await desks.quote("cnhbjo", agreed.position)}, by_server=True)
    status, said = await act(desks, page, "move", hour="09:00", words="")
    assert (status, "Écrivez quelques mots ici." in said, 'value="09:00"' in said) == (422, True, True)
    assert (await act(desks, page, "move", hour="09:00", words="salle indisponible avant 9 h"))[0] == 303
    assert (await act(desks, page, "agreed", date=TUESDAY, words="par téléphone, ce matin"))[0] == 303
    assert (await desks.of_day(day)).hearings[one].move_agreed.date == TUESDAY
    said = await desks.page("org1", f"days/{day}")
    assert ("à refaire" in said, "déplacée avec son accord" in said, "n’est pas convoqué." in said) == (
        True, False, True)
    assert (await act(desks, page, "agreed", date=MONDAY, words="par téléphone, ce matin"))[0] == 303
    said = await desks.page("org1", f"days/{day}")
    assert ("à refaire" in said, "déplacée avec son accord" in said, "n’est pas convoqué." in said) == (
        False, True, False)
