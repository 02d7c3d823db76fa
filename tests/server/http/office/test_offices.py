"""People and offices: a clerk grants, delegates and ends; a provider's people do so for their own alone (X15)."""
from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import func, select

from evaluation.offices import Act, OfficeRole
from server.http import parts
from server.storage.tables import files, name_parts, openings, people, subjects
from tests.server.http.office.desks import Desks, paper

NEW = {"first_name": "Zoé", "name": "D’Étienne", "email": "zoe@example.org", "since": "2026-01-01"}


def named(desks: Desks, page: str) -> list[str]:
    return [name for name in ("Paul Delmas", "Claire Fabre", "Inès Caron", "Hugo Lambert", "Odile Vasseur",
                              "Karim Haddad", "Laurence Chevillon") if name in page.split('id="main"')[1]]


async def test_the_clerk_sees_everybody_and_a_providers_people_their_own(desks: Desks):
    assert len(named(desks, await desks.page("clerk", "people"))) == 7
    assert named(desks, await desks.page("org1", "people")) == ["Paul Delmas", "Claire Fabre", "Inès Caron"]
    assert named(desks, await desks.page("org2", "people")) == ["Hugo Lambert"]
    assert named(desks, await desks.page("org2", "people?q=Fabre")) == []
    assert named(desks, await desks.page("clerk", "people?q=fabre")) == ["Claire Fabre"]
    assert named(desks, await desks.page("clerk", "people?role=observer")) == ["Odile Vasseur"]


async def test_an_office_is_granted_to_somebody_new(desks: Desks):
    status, where = await desks.send("clerk", "people/grant", role="organizer", provider="b2", until="", **NEW)
    assert (status, where) == (303, "/space/clerk/office/people?done=granted")
    assert "La fonction est attribuée." in await desks.page("clerk", "people?done=granted")
    (granted,) = [one.office for one in (await desks.body()).offices.values() if one.office.person not in
                  ("clerk", "member", "dir1", "org1", "dep1", "org2", "obs")]
    assert (granted.role, granted.provider, granted.until) == (OfficeRole.ORGANIZER, "b2", None)
    profile = await desks.home.app[parts.ACCOUNTS].profile(granted.person)
    assert profile == {"name": "Zoé D’Étienne", "first_name": "Zoé", "email": "zoe@example.org"}
    assert "Zoé D’Étienne" in await desks.page("org2", "people?q=etienne")


async def test_one_person_keeps_one_way_in(desks: Desks):
    """Whose address and name are known gets the office; another name at the address is asked about, nobody's told."""
    status, _ = await desks.send("clerk", "people/grant", role="observer", first_name="claire", name="FABRE",
                                 email="ORG1@example.org", since=desks.today, provider="", until="")
    assert status == 303
    assert [one.office.role for one in (await desks.body()).offices.values() if one.office.person == "org1"] == [
        OfficeRole.ORGANIZER, OfficeRole.OBSERVER]
    status, page = await desks.send("clerk", "people/grant", role="observer", first_name="Zoé", name="Autre",
                                    email="org1@example.org", since=desks.today, provider="", until="")
    assert status == 422
    assert "déjà connue ici, sous un autre nom" in page
    assert "Fabre" not in page.split('id="main"')[1]


async def test_what_the_rules_refuse_keeps_what_was_typed(desks: Desks):
    before = (await desks.body()).position
    status, page = await desks.send("clerk", "people/grant", role="director", provider="b1", until="2026-12-01", **NEW)
    assert status == 422
    assert "Joignez le document qui attribue cette fonction." in page
    for kept in ('value="Zoé"', 'value="zoe@example.org"', 'value="2026-12-01"',
                 '<option value="director" selected>', '<option value="b1" selected>'):
        assert kept in page
    assert (await desks.body()).position == before


async def test_a_paper_is_kept_with_its_office_and_refused_papers_are_not(desks: Desks):
    status, _ = await desks.send("clerk", "people/grant", role="director", provider="b2", until="2020-01-01",
                                 paper=paper(), **NEW)
    assert status == 422  # it ends before it begins: nothing of it stays
    vault = desks.home.app[parts.VAULT]
    assert await vault.files_of("stream:cnhbjo", "cnhbjo", "paper") == []
    status, page = await desks.send("clerk", "people/grant", role="director", provider="b2", until="", paper=b"no pdf",
                                    **NEW)
    assert (status, "n’est ni un PDF ni une image" in page) == (422, True)
    key = await desks.key("clerk", "people/grant")
    document = paper()
    for _ in range(2):  # a double click
        status, _ = await desks.send("clerk", "people/grant", key=key, role="director", provider="b2", until="",
                                     paper=document, **NEW)
        assert status == 303
    (kept,) = await vault.files_of("stream:cnhbjo", "cnhbjo", "paper")
    (granted,) = [one.office for one in (await desks.body()).offices.values() if one.office.paper and
                  one.office.paper.file == kept]
    answer = await desks.get("clerk", f"people/{granted.id}/paper")
    assert (answer.status, answer.content_type, (await answer.read())[:5]) == (200, "application/pdf", b"%PDF-")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="document.pdf"'
    (opened,) = await desks.home.app[parts.OPENINGS].about("cnhbjo", "stream:cnhbjo")
    assert (opened.file, opened.seat, opened.why) == (kept, "clerk", "paper")
    assert (await desks.get("org1", f"people/{granted.id}/paper")).status == 404


async def test_an_organizer_grants_what_theirs_may_and_no_more(desks: Desks):
    page = await desks.page("org1", "people/grant")
    assert '<option value="deputy">' in page
    assert '<option value="organizer">' not in page
    assert "Atelier du Marais" not in page
    status, page = await desks.send("org1", "people/grant", role="deputy", provider="b2", until="", **NEW)
    assert (status, "Choisissez dans la liste." in page) == (422, True)
    status, _ = await desks.send("org1", "people/grant", role="deputy", provider="b1", until="", **NEW)
    assert status == 303


async def test_an_office_that_ended_is_over_at_once(desks: Desks):
    assert (await desks.get("org1", "people")).status == 200
    status, where = await desks.send("clerk", "people/of-org1/end", "people/of-org1", words="Changement de poste")
    assert (status, where) == (303, "/space/clerk/office/people?done=ended")
    assert (await desks.get("org1", "people")).status == 404
    assert "Mettre fin à cette fonction" not in await desks.page("clerk", "people/of-org1")


async def test_from_an_office_its_holder_is_given_access_without_writing_their_address(desks: Desks):
    (link,) = re.findall(r'/space/clerk/(let-in[^"]+)', await desks.page("clerk", "people/of-org2"))
    assert link == "let-in?office=of-org2"
    written = list[str]()
    for person, page in (("clerk", link), ("clerk", "let-in?office=x"), ("org1", link)):
        answer = await (await desks.browser(person)).get(f"/space/{person}/{page}", Accept="text/html")
        written += re.findall(r'name="email" type="email" value="([^"]*)"', await answer.text())
    assert written == ["org2@example.org", "", ""]


async def test_who_signed_in_and_logs_out_is_shown_where_to_sign_in_again(desks: Desks):
    answer = await (await desks.browser("org1")).click("/space/org1/leave")
    page = await answer.text()
    assert ("La déconnexion est faite" in page, "lien reçu par courriel" in page) == (True, False)
    assert re.findall(r'<a class="btn" href="([^"]+)">([^<]+)</a>', page) == [("/sign-in", "Se connecter")]


async def test_the_last_clerk_stays(desks: Desks):
    status, page = await desks.send("clerk", "people/of-clerk/end", "people/of-clerk", words="")
    assert (status, "Il ne resterait personne au secrétariat" in page) == (422, True)


async def test_the_clerk_records_a_delegation_with_the_meeting(desks: Desks):
    given: dict[str, Any] = {**NEW, "acts": ["jury", "bar"], "until": "", "paper": paper()}
    status, page = await desks.send("clerk", "people/delegate", **given)
    assert (status, "Donnez un jour." in page, 'id="field-extract-wrong"' in page) == (422, True, True)
    status, page = await desks.send("clerk", "people/delegate", meeting_day="2026-01-05", **given)
    assert (status, 'id="field-extract-wrong"' in page, 'value="jury" checked' in page) == (422, True, True)
    status, _ = await desks.send("clerk", "people/delegate", meeting_day="2026-01-05", extract=paper("Extrait"),
                                 **given)
    assert status == 303
    (office,) = [one.office for one in (await desks.body()).offices.values() if one.office.role is OfficeRole.DELEGATE]
    assert office.acts == (Act.JURY, Act.BAR)
    page = await desks.page("member", f"people/{office.id}")
    assert "prononcer ou lever une interdiction" in page
    status, _ = await desks.send("member", f"people/{office.id}/end", f"people/{office.id}", words="Retirée",
                                 meeting_day="")
    assert status == 303
    assert (await desks.get("org1", "people/delegate")).status == 404


async def test_in_english(desks: Desks):
    browser = await desks.browser("clerk")
    answer = await browser.get("/space/clerk/office/people", Accept="text/html", **{"Accept-Language": "en"})
    page = await answer.text()
    assert "People and offices" in page
    words = (">Person<", "current</span>", ">Nobody<", "connecting</span>")
    assert [one for one in words if one in page] == [*words[:2]]


@pytest.mark.parametrize("page", ["people?as=csv", "people?as=csv&sort=name"])
async def test_the_list_as_a_file_holds_no_more_than_the_page(desks: Desks, page: str):
    text = await (await desks.get("org2", page)).text()
    assert ("Hugo Lambert" in text, "Claire Fabre" in text) == (True, False)


async def _traces(desks: Desks) -> list[int]:
    """How many rows are kept of people: profiles, keys, parts of names, files."""
    async with desks.home.app[parts.DATABASE].reading() as connection:
        return [(await connection.scalar(select(func.count()).select_from(one))) or 0
                for one in (people, subjects, name_parts, files)]


@pytest.mark.rule("X1")
async def test_who_is_named_by_what_is_refused_is_not_kept(desks: Desks):
    await desks.home.app[parts.VAULT].key("stream:cnhbjo")
    before = await _traces(desks)
    named: dict[str, Any] = {"first_name": "Zoé", "name": "Marchand", "email": "zoe@example.org"}
    backwards: dict[str, Any] = {"since": "2026-12-31", "until": "2026-01-01", "paper": paper()}
    status, _ = await desks.send("clerk", "people/grant", role="commission_member", provider="", **named, **backwards)
    assert (status, await _traces(desks)) == (422, before)
    unfinished: dict[str, Any] = {"since": desks.today, "until": "", "paper": paper(), "meeting_day": "",
                                  "extract": paper("Extrait")}
    status, _ = await desks.send("clerk", "people/delegate", acts=["jury"], **named, **unfinished)
    assert (status, await _traces(desks)) == (422, before)
    status, _ = await desks.send("clerk", "people/grant", role="observer", provider="", since=desks.today, until="",
                                 **named)
    assert status == 303
    assert [after - was for after, was in zip(await _traces(desks), before, strict=True)] == [1, 1, 2, 0]
    assert len(await desks.home.app[parts.ACCOUNTS].people_at("zoe@example.org")) == 1


async def test_a_list_stays_as_it_was_asked_for_in_the_other_language(desks: Desks):
    asked = "q=caron&sort=name&down=1"
    page = await desks.page("clerk", f"people?{asked}")
    switches = re.findall(r'href="([^"]*)" hreflang', page)
    assert switches == [f"/space/clerk/office/people?{asked}&to={one}" for one in ("fr", "en")]
    browser = await desks.browser("clerk")
    chosen = await browser.get(switches[1])
    assert (chosen.status, chosen.headers["Location"]) == (303, f"/space/clerk/office/people?{asked}")
    page = await desks.page("clerk", f"people?{asked}")
    assert ("People and offices" in page, named(desks, page)) == (True, ["Inès Caron"])


@pytest.mark.rule("X1")
async def test_who_takes_away_a_list_with_names_is_written_down(desks: Desks):
    """A list read on the page is not, nor one without people."""
    await desks.page("clerk", "people")
    for person, page in (("clerk", "people?as=csv"), ("org1", "people?as=csv&q=fabre"), ("clerk", "providers?as=csv")):
        assert (await desks.get(person, page)).status == 200
    answer = await (await desks.browser("clerk")).get("/space/clerk/sign-ins?as=csv", Accept="text/html")
    assert answer.status == 200
    async with desks.home.app[parts.DATABASE].reading() as connection:
        found = (await connection.execute(select(openings).order_by(openings.c.at, openings.c.id))).all()
    assert sorted((one.seat, one.session, one.kind, one.why) for one in found) == [
        ("clerk", "", "list", "list"), ("clerk", "cnhbjo", "list", "list"), ("org1", "cnhbjo", "list", "list")]
