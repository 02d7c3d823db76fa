"""A registration that may be somebody under a bar: what its organizer is told, and what the clerk sees (R6.6)."""
from __future__ import annotations

import asyncio
import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from evaluation.body.kind import BODY
from evaluation.candidacy.kind import CANDIDACY
from evaluation.case.terms import DECIDED, bar_id
from evaluation.codec import encode
from evaluation.deadlines import start_of
from evaluation.journal import GENESIS, chain
from evaluation.people import SYSTEM
from server.http import parts
from server.journals.quoting import reference
from server.journals.write_path import NotDone
from server.people.bar_matches import BarMatches
from server.storage import journal
from server.storage.bar_names import forget_ended
from server.storage.tables import bar_names, bars_named
from tests.evaluation.candidacy.house import REGISTRATION
from tests.pace import patient
from tests.server.http.office.desks import CIVIL, PAPER, Desks

LINA = {"name": "Lina Morel", "first_name": "Lina", "birth_name": "Morel", "first_names": ["Lina", "Marie"],
        "birth_date": "1998-07-14", "email": "lina@example.org"}
MISSPELT = {**LINA, "name": "LINA MORRELL-DUPRÉ", "used_name": "Morrell-Dupré", "birth_name": "Morell"}
BAR: dict[str, Any] = {"first_name": "Lina", "name": "Morel", "email": "lina.m@example.org", "birth_date": "14/07/1998",
                       "certification": "RNCP26850", "words": "Plagiat d’un dossier"}


def matches(desks: Desks) -> BarMatches:
    return desks.home.app[parts.BAR_MATCHES]


async def set_bar(desks: Desks, **changes: Any) -> str:
    before = set((await desks.body()).bars)
    status, page = await desks.send("member", "bars/set", **{**BAR, **desks.met_before(), **changes})
    assert status == 303, re.findall(r'class="[^"]*error[^"]*".*', page)
    (bar,) = set((await desks.body()).bars) - before
    return bar


async def register(desks: Desks, name: str, profile: dict[str, Any], person: str = "") -> None:
    """As the organizer's page does."""
    person, journals, body = person or f"p-{name}", desks.home.app[parts.JOURNALS], await desks.body()
    await desks.home.app[parts.ACCOUNTS].save_person(person, profile)
    office = body.offices["of-org1"].position
    agreement = body.providers["b1"].agreements[0].position
    bars = await matches(desks).possible(body, person, profile, "RNCP26850")
    await journals.execute(CANDIDACY, name, "org1", "OpenCandidacy", {
        "candidacy": name, "person": person, "framework": await desks.quote("cnhbjo", body.in_force[-1].position),
        "office": await desks.quote("cnhbjo", office), "provider": "b1",
        "agreement": await desks.quote("cnhbjo", agreement), "registration": encode(REGISTRATION), "civil": CIVIL,
        "possible_bars": bars.quotes}, together=bars.check)


async def status(desks: Desks, name: str) -> str:
    row = await desks.home.app[parts.ROWS].one("candidacies", name)
    assert row is not None
    return row.status


async def kept(desks: Desks) -> tuple[bool, int]:
    """Whether digests are there, and how many bars' names."""
    async with desks.home.app[parts.DATABASE].reading() as connection:
        digests = await connection.scalar(select(func.count()).select_from(bar_names))
        return bool(digests), await connection.scalar(select(func.count()).select_from(bars_named)) or 0


async def told(desks: Desks) -> list[str]:
    """Everything an organizer can open, without what differs each time."""
    pages = [await desks.page("org1", page) for page in (
        "candidacies", "candidacies?as=csv", "candidacies?q=lina", "candidacies?only=examined", "candidacies/k1",
        "people", "providers/b1", "frameworks")]
    return [re.sub(r'name="key" value="[\w-]+"', "", page) for page in pages]


@pytest.mark.rule("R6.6")
async def test_the_organizer_is_told_that_it_is_looked_at_and_the_clerk_all_of_it(desks: Desks):
    await desks.in_force()
    bar = await set_bar(desks)
    assert await kept(desks) == (True, 1)
    await register(desks, "k1", MISSPELT)
    assert await status(desks, "k1") == "examined"
    shown = await told(desks)
    assert "inscription en cours d’examen" in shown[0]
    secret = ("interdi", "fraud", "plagiat", bar, "barred", "lina.m@", "14/07", "2029")
    assert [word for word in secret for page in shown if word.casefold() in page.casefold()] == []
    for page in ("examinations", f"examinations/k1/{bar}", f"bars/{bar}"):
        assert {(await desks.get(person, page)).status for person in ("org1", "dir1", "org2", "none")} == {404}
    assert "LINA MORRELL-DUPRÉ" in await desks.page("clerk", "examinations?q=lina")
    page = await desks.page("clerk", f"examinations/k1/{bar}")
    assert [word in page for word in ("Plagiat d’un dossier", "Morell", "lina.m@example.org", "14 juil. 1998")] == [
        True, True, True, True]
    wrong, page = await desks.send("clerk", f"examinations/k1/{bar}/decide", f"examinations/k1/{bar}", words="")
    assert (wrong, "Choisissez une réponse" in page, await status(desks, "k1")) == (422, True, "examined")
    done, where = await desks.send("clerk", f"examinations/k1/{bar}/decide", f"examinations/k1/{bar}",
                                   answer="other", words="Autre pièce d’identité")
    assert (done, where) == (303, "/space/clerk/office/examinations?done=match-decided")
    assert await status(desks, "k1") == "registered"
    # What was answered of this person and this bar is not asked again.
    await register(desks, "k2", MISSPELT, "p-k1")
    assert await status(desks, "k2") == "registered"


@pytest.mark.rule("R6.6")
async def test_a_bar_set_after_a_registration_is_looked_for_among_those_that_stand(desks: Desks):
    """Once; and lifted, it holds nobody back and leaves no name."""
    await desks.in_force()
    await register(desks, "k1", MISSPELT)
    await register(desks, "k2", {**LINA, "birth_date": "1998-07-15"})
    assert [await status(desks, one) for one in ("k1", "k2")] == ["registered", "registered"]
    bar = await set_bar(desks)
    for _ in range(2):
        await matches(desks).look_again()
    assert [await status(desks, one) for one in ("k1", "k2")] == ["examined", "registered"]
    assert await matches(desks).names.not_looked_at() == ()
    await desks.send("clerk", f"examinations/k1/{bar}/decide", f"examinations/k1/{bar}", answer="same", words="Oui")
    assert (await status(desks, "k1"), "inscription non admise" in await desks.page("org1", "candidacies")) == (
        "not_admitted", True)
    assert (await desks.send("member", f"bars/{bar}/end", f"bars/{bar}", words="Levée", meeting_day=""))[0] == 303
    assert await kept(desks) == (False, 0)
    await desks.home.app[parts.FOLLOWING].carry_out()
    assert await status(desks, "k1") == "registered"


@pytest.mark.rule("R6.6")
async def test_a_bar_is_looked_for_as_it_is_set_and_one_that_fails_holds_up_no_other(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
):
    await desks.in_force()
    await register(desks, "k1", MISSPELT)
    names, failed = matches(desks).names, list[str]()
    of_bar = names.of_bar

    async def broken(bar: str) -> frozenset[str]:
        failed.append(bar)
        if bar == failed[0]:
            raise OSError
        return await of_bar(bar)

    monkeypatch.setattr(names, "of_bar", broken)
    other = await set_bar(desks, name="Durand", email="durand@example.org")
    await set_bar(desks)
    async with asyncio.timeout(patient(30)):
        while [one.bar for one in await names.not_looked_at()] != [other]:
            await asyncio.sleep(0.02)
    assert (await status(desks, "k1"), failed[0]) == ("examined", other)


@pytest.mark.rule("R6.6")
async def test_a_bar_set_at_the_very_moment_of_a_registration(desks: Desks):
    await desks.in_force()
    bars = await matches(desks).possible(await desks.body(), "p-k1", LINA, "RNCP26850")
    await set_bar(desks)
    async with desks.home.app[parts.DATABASE].writing() as connection:
        with pytest.raises(NotDone):
            await bars.check(connection)


@pytest.mark.rule("R6.6")
async def test_a_birth_date_that_differs_from_the_one_that_is_known(desks: Desks):
    await desks.in_force()
    await desks.home.app[parts.ACCOUNTS].save_person("lina", LINA)
    known = {"email": "lina@example.org"}
    wrong, page = await desks.send("member", "bars/set", **{
        **BAR, **desks.met_before(), **known, "birth_date": "15/07/1998"})
    assert (wrong, "une autre date de naissance" in page, await kept(desks)) == (422, True, (False, 0))
    await set_bar(desks, **known)
    assert await kept(desks) == (True, 1)


@pytest.mark.rule("R6.6")
async def test_names_of_older_bars_are_kept_too_and_of_those_that_ended_no_more(desks: Desks):
    await desks.in_force()
    await desks.home.app[parts.ACCOUNTS].save_person("lina", LINA)
    await desks.do("member", "SetBar", bar="old", person="lina", certification="RNCP26850", words="Avant",
                   meeting={"day": desks.before, "extract": PAPER})
    await matches(desks).name_older()
    assert await kept(desks) == (True, 1)
    bars = await matches(desks).possible(await desks.body(), "p-k1", MISSPELT, "RNCP26850")
    assert len(bars.quotes) == 1
    async with desks.home.app[parts.DATABASE].writing() as connection:
        await forget_ended(connection, desks.home.clock() + 4 * 366 * 86_400_000)
    assert await kept(desks) == (False, 0)


@pytest.mark.rule("R6.6")
async def test_on_a_day_it_is_said_that_a_registration_is_looked_at_or_was_not_accepted(desks: Desks):
    await desks.in_force()
    await register(desks, "k1", MISSPELT)
    day = await desks.day("2099-06-15")
    sessions = desks.home.app[parts.SESSIONS]
    state = await sessions.state(day)
    assert state is not None
    await sessions.execute(day, state.organizer.id, "AddHearing", {
        "hearing": "h1", "candidacy": await desks.quote("k1", 2), "starts_at": start_of(date(2099, 6, 15)) + 36_000_000,
        "candidate": {"id": "seat1", "person": "p-k1", "role": "candidate", "hearing": "h1"}}, by_server=True)
    assert "inscription" not in await desks.page("org1", f"days/{day}")
    bar = await set_bar(desks)
    await matches(desks).look_again()
    page = await settled(desks, day)
    assert ("inscription en cours d’examen" in page, "interdi" in page.casefold(), bar in page) == (True, False, False)
    await desks.send("clerk", f"examinations/k1/{bar}/decide", f"examinations/k1/{bar}", answer="same", words="Oui")
    assert "inscription non admise" in await settled(desks, day)
    # What the day's own journal says of it names no bar.
    noted = [one.data["said"] for one in await sessions.records(day) if one.event == "session.admission_noted"]
    assert [one["data"] for one in noted] == [{"admission": "examined"}, {"admission": "not_admitted"}]
    await desks.send("member", f"bars/{bar}/end", f"bars/{bar}", words="Levée", meeting_day="")
    assert "inscription" not in await settled(desks, day)


async def settled(desks: Desks, day: str) -> str:
    """The day's page, once what the candidacies tell has arrived: the server carries it out too, at the same time."""
    following, waiting = desks.home.app[parts.FOLLOWING], desks.home.app[parts.FOLLOW_UPS]
    while await waiting.waiting():
        await following.carry_out()
        await asyncio.sleep(0.01)
    return await desks.page("org1", f"days/{day}")


async def case_decided(desks: Desks, case: str, **said: str) -> dict[str, object]:
    """What the commission decided in a case, written past its pages; its quote."""
    record = chain(GENESIS, 1, case, "case", desks.home.clock(), "member", DECIDED, {
        "candidacy": "k1", "person": "p-k1", "certification": "RNCP26850", "decided_on": desks.today, **said})
    async with desks.home.app[parts.DATABASE].writing() as connection:
        await journal.append(connection, [record])
    return reference(record)


async def carried_out(desks: Desks, command: str, **fields: Any) -> None:
    await desks.home.app[parts.JOURNALS].execute(BODY, "cnhbjo", SYSTEM, command, {
        "bar": bar_id("case1", "k1"), "words": None, **fields}, by_server=True)


@pytest.mark.rule("R6.6")
async def test_a_bar_that_a_case_set_is_known_when_its_person_registers_anew_and_lifted_by_the_appeal(desks: Desks):
    """A person at the awarding body decides; the candidacy that the case was about is asked nothing."""
    await desks.in_force()
    await register(desks, "k1", LINA)
    await carried_out(desks, "SetBar", person="p-k1", certification="RNCP26850",
                      decision=await case_decided(desks, "case1", consequence="bar"))
    bar = bar_id("case1", "k1")
    await matches(desks).look_again()
    assert (await kept(desks), await status(desks, "k1")) == ((True, 1), "registered")
    await register(desks, "k2", {**MISSPELT, "email": "other@example.org"})
    assert await status(desks, "k2") == "examined"
    assert (await desks.send("clerk", f"examinations/k2/{bar}/decide", f"examinations/k2/{bar}", answer="same",
                             words="Même pièce d’identité"))[0] == 303
    assert await status(desks, "k2") == "not_admitted"
    for page in ("bars", f"bars/{bar}"):
        shown = await desks.page("clerk", page)
        assert ("cases/case1" in shown, "la décision d’un dossier" in shown, "Lina Morel" in shown) == (True,) * 3
    await carried_out(desks, "EndBar", decision=await case_decided(
        desks, "appeal1", consequence="lift", against="case1"))
    await matches(desks).look_again()
    page = await desks.page("clerk", f"bars/{bar}")
    assert ("cases/appeal1" in page, "sur un recours" in page, "Lina Morel" in page, await kept(desks)) == (
        True, True, False, (False, 0))
    assert "Lina Morel" not in await desks.page("clerk", "bars")
    await desks.home.app[parts.FOLLOWING].carry_out()
    assert await status(desks, "k2") == "registered"
