"""A registration is put right and leaves its trace; a candidate withdraws."""
from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from evaluation.codec import encode
from evaluation.deadlines import start_of
from evaluation.people import Role, Seat
from evaluation.session.kind import SESSION
from server.http import parts
from tests.server.http.office.desks import Desks
from tests.server.http.office.test_registration_form import LINA, civil, profile_of, refused, register, wrongs


async def correct(desks: Desks, candidacy: str, person: str = "org1", **changes: Any) -> tuple[int, str]:
    fields = {name: value for name, value in LINA.items() if name not in ("certification", "provider")}
    return await desks.send(person, f"candidacies/{candidacy}/correct", **{**fields, "reason": "Mal lu", **changes})


@pytest.mark.rule("X12")
async def test_a_correction_leaves_its_trace(desks: Desks):
    await desks.in_force()
    candidacy = await register(desks)
    page = await desks.page("org1", f"candidacies/{candidacy}/correct")
    for held in ("Lina Marie", "14/07/1998", "Lyon (69123)", "Rémi Vial, remi@example.org", "02/01/2026"):
        assert held in page
    status, where = await correct(desks, candidacy, birth_name="Morrel", birth_commune="Lyon (69123)", company="",
                                  trained_by="")
    assert (status, where) == (303, f"/space/org1/office/candidacies/{candidacy}?done=corrected")
    state = await desks.of_candidacy(candidacy)
    assert [len(one.enrolment.trained_by) for one in state.registrations] == [2, 0]
    assert state.registration.enrolment.company is None
    profile = await profile_of(desks, state.person)
    assert (profile["birth_name"], profile["company"], profile["other_names"]) == ("Morrel", None, ["Morrel"])
    page = await desks.page("clerk", f"candidacies/{candidacy}")
    for said in ("par Claire Fabre", "« Mal lu »", "Morel</span> → <span", "Morrel"):
        assert said in page
    assert "1 ligne<" in await desks.page("org1", "candidacies?q=morrel")
    status, page = await correct(desks, candidacy, reason=" ", birth_date="1/1/2199")
    assert (status, set(wrongs(page))) == (422, {"reason", "birth_date"})


@pytest.mark.rule("X12")
async def test_a_correction_is_decided_on_what_stands(desks: Desks):
    await desks.in_force()
    candidacy = await register(desks)
    shown = await desks.page("org1", f"candidacies/{candidacy}/correct")
    assert 'name="seen" value="2"' in shown
    assert (await correct(desks, candidacy, used_name=""))[0] == 303
    fields = {name: value for name, value in LINA.items() if name != "certification"}
    status, _page = await desks.send("dep1", f"candidacies/{candidacy}/correct", key="k" * 22, seen="2", reason="Autre",
                                     **fields)
    assert status == 409


@pytest.mark.rule("X8", "X12")
async def test_the_blocks_follow_from_what_earlier_juries_ruled_meanwhile(desks: Desks):
    await desks.in_force()
    first = await register(desks)
    person = (await desks.of_candidacy(first)).person
    await desks.candidacy("past", person, "2025-06-01", "b1", "partial", "BC2")
    assert (await correct(desks, first))[0] == 303
    assert (await desks.of_candidacy(first)).registration.enrolment.sought == ("BC1",)


@pytest.mark.rule("X12")
async def test_who_withdraws_may_be_registered_again(desks: Desks):
    await desks.in_force()
    candidacy = await register(desks)
    status, where = await desks.send("org1", f"candidacies/{candidacy}/withdraw", words="Parti travailler ailleurs")
    assert (status, where) == (303, f"/space/org1/office/candidacies/{candidacy}?done=withdrawn")
    page = await desks.page("org1", f"candidacies/{candidacy}")
    assert "Parti travailler ailleurs" in page
    assert "désistement" in await desks.page("org1", "candidacies?only=withdrawn")
    for more in ("correct", "withdraw"):
        assert (await desks.get("org1", f"candidacies/{candidacy}/{more}")).status == 404
    assert await register(desks) != candidacy


@pytest.mark.rule("X1")
async def test_of_somebody_erased_nothing_personal_is_left(desks: Desks):
    await desks.in_force()
    candidacy = await register(desks)
    person = (await desks.of_candidacy(candidacy)).person
    assert (await civil(desks, candidacy)).birth_name == "Morel"
    await desks.home.app[parts.ACCOUNTS].erase_person(person)
    page = await desks.page("org1", f"candidacies/{candidacy}")
    assert "BC1, BC2" in page
    assert [personal for personal in ("Morel", "juillet 1998", "Fournier") if personal in page] == []
    assert (await desks.get("org1", f"candidacies/{candidacy}/correct")).status == 404
    assert await refused(desks, certification="") != {}


@pytest.mark.rule("X15", "R6.6")
async def test_the_address_of_a_providers_own_candidate_is_corrected_also_while_a_match_is_looked_at(desks: Desks):
    """Nothing that the awarding body keeps to itself shows in what the organizer may do."""
    await desks.in_force()
    await desks.send("member", "bars/set", first_name="Lina", name="Morel", email="barred@example.org",
                     birth_date="14/07/1998", certification="RNCP26850", words="Plagiat",
                     **desks.met_before())
    candidacy = await register(desks)
    assert (await correct(desks, candidacy, email="lina.new@example.org"))[0] == 303
    person = (await desks.of_candidacy(candidacy)).person
    assert (await profile_of(desks, person))["email"] == "lina.new@example.org"
    await desks.do("clerk", "GrantOffice", office={
        "id": "of-lina", "person": person, "role": "observer", "since": "2026-01-01"})
    status, page = await correct(desks, candidacy, email="lina.third@example.org")
    assert (status, set(wrongs(page))) == (422, {"email"})
    assert (await correct(desks, candidacy, "clerk", email="lina.third@example.org"))[0] == 303


@pytest.mark.rule("R4.4", "X12", "X8")
async def test_of_who_is_planned_the_person_is_corrected_and_what_the_hearing_rests_on_is_not(desks: Desks):
    await desks.in_force()
    candidacy = await register(desks)
    await planned(desks, candidacy)
    person = (await desks.of_candidacy(candidacy)).person
    assert set(await refused(desks)) == {"certification"}  # nor is anybody registered twice
    await desks.candidacy("past", person, "2025-06-01", "b1", "partial", "BC2")
    assert (await correct(desks, candidacy, email="lina.new@example.org", phone=""))[0] == 303
    assert (await desks.of_candidacy(candidacy)).registration.enrolment.sought == ("BC1", "BC2")
    assert (await profile_of(desks, person))["email"] == "lina.new@example.org"
    status, page = await correct(desks, candidacy, company="Autre maison", email="lina.new@example.org")
    assert (status, "annulez-la" in page) == (422, True)
    status, page = await desks.send("org1", f"candidacies/{candidacy}/withdraw", words="Parti")
    assert (status, "annulez-la" in page) == (422, True)


async def planned(desks: Desks, candidacy: str) -> None:
    """On a day of its own, past the pages."""
    day, journals = await desks.day("2099-06-15"), desks.home.app[parts.JOURNALS]
    session, state = await desks.home.app[parts.SESSIONS].state(day), await desks.of_candidacy(candidacy)
    assert session is not None
    seat = Seat("s-lina", state.person, Role.CANDIDATE, hearing="h-lina")
    await journals.execute(SESSION, day, session.organizer.id, "AddHearing", {
        "hearing": "h-lina", "candidate": encode(seat), "starts_at": start_of(date(2099, 6, 15)) + 9 * 3_600_000,
        "candidacy": await desks.quote(candidacy, state.registration.position)}, by_server=True)
    await desks.home.app[parts.FOLLOWING].carry_out()
    row = await desks.home.app[parts.ROWS].one("candidacies", candidacy)
    assert (row.status if row else "") == "planned"
