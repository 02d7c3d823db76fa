"""A candidate is registered by a provider's organizer: found or made, with what they keep from earlier juries."""
from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import pytest

from evaluation.candidacy.registering import quoted
from evaluation.quotes import Quote
from server.http import parts
from server.people.civil_identity import civil_identity_of
from tests.server.http.office.desks import Desks

LINA: dict[str, Any] = {
    "certification": "RNCP26850", "birth_name": "Morel", "used_name": "Morel-Dupré", "first_names": "Lina Marie",
    "sex": "F", "birth_date": "14/07/1998", "birth_country": "99100", "birth_commune": "Lyon", "birth_town": "",
    "email": "lina@example.org", "phone": "06 12 34 56 78", "address": "12, rue des Orfèvres\n69002 Lyon",
    "company": "Atelier Fournier", "company_email": "", "came_by": "continuing_training", "initiative": "candidate",
    "trained_by": "Paul Delmas, dir1@example.org\nRémi Vial, remi@example.org", "interview_by": "",
    "rules_version": "2025", "interview_on": "02/01/2026", "rules_on": "02/01/2026",
}  # fmt: skip
REGISTER = "candidacies/register"


async def register(desks: Desks, person: str = "org1", **changes: Any) -> str:
    """The candidacy's id."""
    status, where = await desks.send(person, REGISTER, **{**LINA, **changes})
    assert status == 303, wrongs(where)
    return where.rpartition("/")[2].partition("?")[0]


async def refused(desks: Desks, person: str = "org1", **changes: Any) -> dict[str, str]:
    """What is said, by field."""
    status, page = await desks.send(person, REGISTER, **{**LINA, **changes})
    assert status == 422, page
    return wrongs(page)


def wrongs(page: str) -> dict[str, str]:
    return {name: re.sub(r"<[^>]+>", "", words).strip()
            for name, words in re.findall(r'id="field-(\w+)-wrong">(.*?)</p>', page, re.DOTALL)}


async def people(desks: Desks) -> int:
    return len(await desks.home.app[parts.ACCOUNTS].names.find("Morel-Dupré", 100))


async def profile_of(desks: Desks, person: str) -> dict[str, Any]:
    found = await desks.home.app[parts.ACCOUNTS].profile(person)
    assert found is not None
    return found


async def civil(desks: Desks, candidacy: str) -> Any:
    state = await desks.of_candidacy(candidacy)
    ref = state.registration.civil.ref
    return civil_identity_of((await desks.home.app[parts.VAULT].read_words((ref,)))[ref])


@pytest.mark.rule("X12", "R4.3", "R4.1", "R1.1")
async def test_a_candidate_is_registered_with_all_that_the_deposit_asks(desks: Desks):
    await desks.in_force()
    candidacy = await register(desks)
    state = await desks.of_candidacy(candidacy)
    one = state.registration
    assert (state.provider, state.certification.version, one.enrolment.sought) == ("b1", "1", ("BC1", "BC2"))
    assert (one.interview.by, one.rules_handed.version, len(one.enrolment.company)) == ("org1", "2025", 64)
    assert one.enrolment.trained_by[0] == "dir1"
    new = one.enrolment.trained_by[1]
    profiles = await desks.home.app[parts.ACCOUNTS].profiles((state.person, new))
    assert (profiles[state.person]["name"], profiles[new]["name"]) == ("Lina Morel-Dupré", "Rémi Vial")
    assert profiles[state.person]["birth_place"] == {"country": "99100", "commune": "69123", "name": "Lyon"}
    assert (await civil(desks, candidacy)).first_names == ("Lina", "Marie")
    page = await desks.page("org1", f"candidacies/{candidacy}")
    for said in ("Lina Morel-Dupré", "14 juillet 1998, Lyon (69123)", "Atelier Fournier", "BC1, BC2",
                 "Paul Delmas, Rémi Vial", "formation continue", "le 2 janv. 2026, par Claire Fabre",
                 "version 2025, le 2 janv. 2026"):
        assert said in page
    assert "Atelier Fournier" not in await desks.page("member", f"candidacies/{candidacy}")
    assert 'value="2025"' in await desks.page("org1", REGISTER)  # the version handed over last
    said = str([(record.event, record.data) for record in await desks.home.app[parts.JOURNALS].records(candidacy)])
    for personal in ("Lina", "Morel", "Lyon", "1998-07-14", "Fournier", "example.org"):
        assert personal not in said


@pytest.mark.rule("X12")
async def test_everything_that_is_wrong_is_said_at_once_and_nobody_is_left_behind(desks: Desks):
    await desks.in_force()
    said = await refused(desks, birth_date="31/02/1998", email="lina", birth_commune="Nullepart", certification="",
                         interview_on="24/11/2199", came_by="", trained_by="Paul")
    assert set(said) == {"birth_date", "email", "birth_commune", "certification", "interview_on", "came_by",
                         "trained_by"}
    assert set(await refused(desks, birth_date="01/01/2199")) == {"birth_date"}
    other = {"trained_by": "Autre Nom, org2@example.org", "interview_by": "X Y, dir1@example.org"}
    assert set(await refused(desks, **other)) == set(other)
    assert await people(desks) == 0
    assert await desks.home.app[parts.ROWS].count("candidacies", scope="b1") == 0


@pytest.mark.rule("X12")
async def test_what_is_unlikely_is_asked_about_once_more(desks: Desks):
    await desks.in_force()
    unlikely = {"birth_commune": "78001", "birth_date": "14/07/1998"}
    assert set(await refused(desks, **unlikely)) == {"birth_commune", "sure"}
    assert set(await refused(desks, **unlikely, sure="birth_date")) == {"birth_commune", "sure"}
    candidacy = await register(desks, **unlikely, sure="birth_commune")
    assert (await civil(desks, candidacy)).birth_place.commune == "78001"


@pytest.mark.rule("X12")
async def test_a_form_sent_twice_registers_once(desks: Desks):
    await desks.in_force()
    key = await desks.key("org1", REGISTER)
    assert len({await desks.send("org1", REGISTER, key=key, **LINA) for _ in range(2)}) == 1
    assert await desks.home.app[parts.ROWS].count("candidacies", scope="b1") == 1


# Who is who


@pytest.mark.rule("X12", "X15")
async def test_twins_two_of_one_name_and_two_people_with_one_mailbox_are_each_somebody(desks: Desks):
    await desks.in_force()
    found = [await register(desks, **changes) for changes in (
        {}, {"first_names": "Léa Marie"},  # her twin, who reads the same letters
        {"birth_date": "01/02/1970", "birth_commune": "Paris"},  # her mother, of the same name
        {"email": "autre@example.org", "birth_commune": "Dijon"},  # of one name and born on one day, elsewhere
        {"birth_name": "Martin", "used_name": "", "first_names": "Hugo"},
    )]
    persons = [(await desks.of_candidacy(one)).person for one in found]
    assert len(set(persons)) == 5
    assert len(await desks.home.app[parts.ACCOUNTS].people_at("lina@example.org")) == 4


@pytest.mark.rule("X12")
async def test_one_person_is_registered_once_for_one_certification(desks: Desks):
    await desks.in_force()
    await register(desks)
    for changes in ({}, {"first_names": "LINA"}, {"used_name": "", "birth_commune": "69123"}):
        assert set(await refused(desks, **changes)) == {"certification"}
    await desks.in_force(code="RNCP26849")
    assert len({(await desks.of_candidacy(one)).person for one in (
        await register(desks, certification="RNCP26849"),)} | set(
        await desks.home.app[parts.ACCOUNTS].people_at("lina@example.org"))) == 1


@pytest.mark.rule("X12", "X15")
async def test_somebody_known_elsewhere_stays_as_known_there_and_nobody_is_told(desks: Desks):
    await desks.in_force()
    person = (await desks.of_candidacy(await register(desks))).person
    await desks.in_force(code="RNCP26849")
    again = await register(desks, certification="RNCP26849", email="new@example.org")  # her own provider
    known = await profile_of(desks, person)
    assert ((await desks.of_candidacy(again)).person, known["email"]) == (person, "new@example.org")
    await desks.in_force(code="RNCP31394")
    other = await register(desks, "org2", certification="RNCP31394", email="third@example.org", phone="07 00 00 00 00")
    assert ((await desks.of_candidacy(other)).person, await profile_of(desks, person)) == (person, known)
    assert (await civil(desks, other)).email == "third@example.org"
    page = await desks.page("org2", f"candidacies/{other}")
    assert ("third@example.org" in page, known["email"] in page) == (True, False)


@pytest.mark.rule("X12", "X15")
async def test_the_awarding_body_registers_a_new_address_of_anybody(desks: Desks):
    await desks.in_force()
    person = (await desks.of_candidacy(await register(desks))).person
    await desks.in_force(code="RNCP26849")
    by_clerk = await register(desks, "clerk", provider="b2", certification="RNCP26849", email="third@example.org")
    assert (await desks.of_candidacy(by_clerk)).person == person
    assert await desks.home.app[parts.ACCOUNTS].people_at("third@example.org") == (person,)


@pytest.mark.rule("X8")
async def test_what_an_earlier_jury_awarded_is_not_sought_again(desks: Desks):
    await desks.in_force()
    first = await register(desks)
    person = (await desks.of_candidacy(first)).person
    await desks.in_candidacy(first, "RecordOutcome", ruled_on=desks.today, award="none", blocks=[],
                             paper={"file": "0" * 32, "digest": "d"}, office=await desks.quote("cnhbjo", 2))
    await desks.candidacy("past", person, desks.before, "b1", "partial", "BC1")
    second = await register(desks)
    one = (await desks.of_candidacy(second)).registration
    assert (one.enrolment.person, one.enrolment.sought) == (person, ("BC2",))
    (record,) = await desks.home.app[parts.JOURNALS].records(second, 1, 2)
    enrolment = quoted(Quote("candidacy", second, 2, record.hash, record.event, record.data))
    assert [one.stream for one in enrolment.outcomes] == ["past"]


# Under which version, by whom


@pytest.mark.rule("R1.1")
async def test_the_version_is_that_of_the_day_and_stays(desks: Desks):
    await desks.in_force()
    first = await register(desks)
    await desks.in_force(since=desks.today, version="2")
    second = await register(desks, first_names="Jeanne", email="jeanne@example.org")
    assert [(await desks.of_candidacy(one)).certification.version for one in (first, second)] == ["1", "2"]


@pytest.mark.rule("R1.7")
async def test_a_provider_whose_agreement_ended_registers_nobody(desks: Desks):
    await desks.in_force()
    await desks.do("clerk", "EndAgreement", provider="b1", on=desks.today, words="Fin")
    assert "n’a pas de convention en cours" in await desks.page("org1", REGISTER)
    status, page = await desks.send("org1", REGISTER, **LINA)
    assert (status, "n’a pas de convention en cours" in page) == (422, True)
    assert await people(desks) == 0


@pytest.mark.rule("X15")
async def test_who_registers_and_sees(desks: Desks):
    await desks.in_force()
    by_deputy = await register(desks, "dep1")
    assert {person: (await desks.get(person, REGISTER)).status for person in (
        "clerk", "org1", "org2", "dir1", "member", "obs", "none")} == {
        "clerk": 200, "org1": 200, "org2": 200, "dir1": 404, "member": 404, "obs": 404, "none": 404}
    pages = [f"candidacies/{by_deputy}{more}" for more in ("", "/correct", "/withdraw")]
    seen = {person: [(await desks.get(person, page)).status for page in pages] for person in (
        "clerk", "org1", "dir1", "member", "org2")}
    assert seen == {"clerk": [200] * 3, "org1": [200] * 3, "dir1": [200, 404, 404], "member": [200, 404, 404],
                    "org2": [404] * 3}
    assert set(await refused(desks, "clerk", first_names="Autre")) == {"provider"}


@pytest.mark.rule("R6.6")
async def test_who_may_be_under_a_bar_is_registered_and_looked_at(desks: Desks):
    await desks.in_force()
    status, page = await desks.send(
        "member", "bars/set", first_name="Lina", name="Morel", email="barred@example.org", birth_date="14/07/1998",
        certification="RNCP26850", words="Plagiat", **desks.met_before())
    assert status == 303, page
    candidacy = await register(desks, birth_name="Morrel")
    row = await desks.home.app[parts.ROWS].one("candidacies", candidacy)
    assert (row.status if row else "") == "examined"
    assert set(await refused(desks, birth_name="Morrel")) == {"certification"}
    assert (await register(desks, first_names="Hugo", email="hugo@example.org")) != candidacy


async def test_communes_are_proposed_as_they_were_on_the_day_of_the_birth(desks: Desks):
    async def proposed(**query: str) -> list[str]:
        return await (await desks.get("org1", f"candidacies/communes?{urlencode(query)}")).json()

    assert "Bellegarde-sur-Valserine (01033)" in await proposed(q="bellegarde sur", on="14/07/1998")
    assert await proposed(q="valserhône", on="14/07/1998") == []
    assert await proposed(q="valserhône", on="") == ["Valserhône (01033)"]
    assert await proposed(q="6912", on="14/07/1998") != []
    assert await proposed(q="l") == []
    assert len(await proposed(q="saint", on="hier")) == 20
    for person in ("member", "none"):
        assert (await desks.get(person, "candidacies/communes?q=lyon")).status == 404
