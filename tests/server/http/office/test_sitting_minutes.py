"""The minutes of a sitting at the clerk's desk: presented, signed, sealed, each candidate's extract, and how long they
are kept."""
from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from evaluation.body.granting import GrantOffice
from evaluation.offices import Office, OfficeRole
from server.documents.seal_check import find_seal
from server.documents.sealing import SealUnavailable
from server.http import parts
from server.keeping.joint_papers import JointPapers
from server.storage.purge import Purge
from server.storage.vault import StoredFile, Vault
from tests.pace import patient
from tests.server import bodies
from tests.server.http.office.desks import paper
from tests.server.http.office.sitting_desk import Desk, at_the_desk, words
from tests.server.http.sittingwork import MEMBERS
from tests.serving import eventually

pytestmark = pytest.mark.rule("R3.9")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with at_the_desk(tmp_path) as found:
        yield found


async def awaited(desk: Desk) -> str:
    """What the clerk's space says first."""
    answer = await (await desk.desks.browser(bodies.CLERK)).get(f"/space/{bodies.CLERK}/", Accept="text/html")
    page = unescape(await answer.text()).replace("\u00a0", " ")
    return page.partition('aria-labelledby="awaits-title"')[2].partition("</section>")[0]


@pytest.mark.rule("R1.3", "R8.1")
async def test_from_what_waits_to_sealed_minutes_by_pages_alone(desk: Desk):
    listing, waiting = await desk.page("sittings"), await desk.page("sittings/waiting")
    assert ("1 candidature attend une séance" in listing, "Lina Morel" in waiting, "attribution partielle" in waiting
            ) == (True, True, True)
    await desk.people()
    await desk.convene()
    page = await desk.page(f"sittings/{desk.found}")
    assert ("Lina Morel" in page, "Personne encore." in page, "À vous : désigner qui préside" in page
            ) == (True, True, True)
    await desk.seated_by_pages()
    page = await desk.page(f"sittings/{desk.found}")
    assert {name: MEMBERS[name] in page for name in MEMBERS} == dict.fromkeys(MEMBERS, True)
    assert "N’a pas encore répondu sur 1 candidat." in page
    told = "a tout décidé : présentez son procès-verbal à la signature."
    presents = "procès-verbal à présenter"
    assert [told in await awaited(desk), presents in await desk.page("sittings")] == [False] * 2
    await desk.deliberated()
    assert [told in await awaited(desk), presents in await desk.page("sittings")] == [True] * 2
    await desk.done("act/complete", words="Tout s’est bien passé.")
    draft = await (await desk.desks.get(bodies.CLERK, f"sittings/{desk.found}/draft.pdf")).read()
    assert ("le bloc BC2 est acquis." in words(draft), "Tout s’est bien passé." in words(draft),
            "aperçu, sans numéro" in words(draft)) == (True, True, True)
    await desk.done("act/present")
    assert told not in await awaited(desk)
    await desk.signed("employees", "employers")
    page = await desk.page(f"sittings/{desk.found}")
    assert (page.count("avec une clé d’accès"), page.count("n’a pas encore signé")) == (2, 1)
    await desk.signed("presides")
    await check_sealed(desk, (await desk.sealed()).number)
    assert "scellé" in await desk.page(f"sittings/{desk.found}")
    row = await desk.home.app[parts.ROWS].one("candidacies", desk.candidacy())
    assert row is not None


async def check_sealed(desk: Desk, number: int) -> None:
    """What is given out is sealed, has the signatures, and an extract names nobody else."""
    whole = await (await desk.desks.get(bodies.CLERK, f"sittings/{desk.found}/documents/{number}")).read()
    assert await find_seal(whole, ()) is not None
    assert words(whole).count("signature électronique simple, avec une clé d’accès") == 3
    extract = await (await desk.desks.get(
        bodies.CLERK, f"sittings/{desk.found}/extracts/{desk.candidacy()}")).read()
    assert await find_seal(extract, ()) is not None
    assert "Lina Morel" in words(extract)
    for name in MEMBERS.values():
        assert (name in words(whole) or name == MEMBERS["substitute"], name in words(extract)) == (True, False)


@pytest.mark.rule("X7")
async def test_nothing_is_changed_in_what_somebody_has_signed_unless_it_is_taken_back_and_signed_anew(desk: Desk):
    await desk.people()
    await desk.convene()
    await desk.seated_by_pages()
    await desk.deliberated()
    await desk.done("act/present")
    await desk.signed("employees")
    here, key = f"sittings/{desk.found}", "k" * 20
    for act in ("complete", "present", "move", "take-off", "substitute"):
        assert (await desk.desks.get(bodies.CLERK, f"{here}/act/{act}")).status == 404, act
    status, page = await desk.desks.send(bodies.CLERK, f"{here}/act/complete", key=key, words="Après coup")
    assert (status, "reprenez-le pour le changer" in page) == (422, True)
    await desk.done("act/take-back", words="Une faute dans un nom")
    await desk.done("act/complete", words="Après coup")
    await desk.done("act/present")
    minutes = (await desk.state()).presented
    assert minutes is not None
    assert (len(minutes.unsigned), minutes.signatures) == (3, {})


@pytest.mark.rule("X5")
async def test_minutes_wait_for_their_seal_when_no_timestamp_is_to_be_had_and_are_sealed_after_it(
        desk: Desk, monkeypatch: pytest.MonkeyPatch):
    async def away(*_given: object) -> None:
        raise SealUnavailable

    await desk.people()
    await desk.convene()
    await desk.seated_by_pages()
    await desk.deliberated()
    await desk.done("act/present")
    monkeypatch.setattr(desk.home.app[parts.SEALS], "seal", away)
    await desk.signed("presides", "employees", "employers")
    page = await desk.page(f"sittings/{desk.found}")
    assert "Tout est signé : le cachet est apposé dans un instant" in page
    monkeypatch.undo()
    assert (await desk.sealed()).extracts.keys() == {desk.candidacy()}


@pytest.mark.rule("X1", "R8.1")
async def test_minutes_that_are_taken_back_while_they_are_sealed_leave_no_extract_to_read(
        desk: Desk, monkeypatch: pytest.MonkeyPatch):
    journals = desk.home.app[parts.JOURNALS]
    execute = journals.execute

    async def taken_back_first(kind: Any, stream: str, actor: str, command: str, fields: Any, **more: Any) -> Any:
        if command == "SealMinutes":
            await execute(kind, stream, desk.member("presides"), "TakeBackMinutes", {
                "number": 1, "words": "Une erreur de date"}, by_server=True)
        return await execute(kind, stream, actor, command, fields, **more)

    await desk.people()
    await desk.convene()
    await desk.seated_by_pages()
    await desk.deliberated()
    await desk.done("act/present")
    vault, person = desk.home.app[parts.VAULT], desk.home.person("cand")
    before = await vault.all_files_of(person)
    monkeypatch.setattr(journals, "execute", taken_back_first)
    await desk.signed("presides", "employees", "employers")

    async def taken_back() -> bool:
        return (await desk.state()).minutes[-1].taken_back is not None

    await eventually(taken_back, patient(10))
    await eventually(as_before(vault, person, before), patient(10))
    monkeypatch.undo()
    await desk.done("act/present")
    await desk.signed("presides", "employees", "employers")
    assert (await desk.sealed()).extracts.keys() == {desk.candidacy()}


def as_before(vault: Vault, person: str, before: list[StoredFile]) -> Callable[[], Awaitable[bool]]:
    async def asked() -> bool:
        return await vault.all_files_of(person) == before

    return asked


@pytest.mark.rule("X7")
async def test_a_scan_signed_by_hand_takes_the_place_of_signatures_and_an_addition_follows_the_seal(desk: Desk):
    await desk.people()
    await desk.convene()
    await desk.seated_by_pages()
    await desk.deliberated()
    await desk.done("act/present")
    await desk.done("act/take-back", words="Une faute dans un nom")
    await desk.done("act/present")
    await desk.done("act/scan", scan=paper("Signé à la main"))
    sealed = await desk.sealed()
    whole = await (await desk.desks.get(bodies.CLERK, f"sittings/{desk.found}/documents/{sealed.number}")).read()
    assert "signé à la main : la copie signée est jointe" in words(whole)
    scan = await desk.desks.get(bodies.CLERK, f"sittings/{desk.found}/documents/{sealed.number}/scan")
    assert scan.status == 200
    await desk.done("act/complete", words="La pièce a été rendue.")
    await desk.done("act/present")
    await desk.signed("presides", "employees", "employers")
    last = await desk.sealed()
    added = words(await (await desk.desks.get(
        bodies.CLERK, f"sittings/{desk.found}/documents/{last.number}")).read())
    assert (last.amends, "Complément au procès-verbal" in added, "La pièce a été rendue." in added,
            "Lina Morel" in added) == (sealed.number, True, True, False)


@pytest.mark.rule("X1")
async def test_papers_that_name_several_go_years_after_their_seal_and_an_erasure_leaves_them(desk: Desk):
    await desk.people()
    await desk.convene()
    await desk.seated_by_pages()
    await desk.deliberated()
    await desk.done("act/present")
    await desk.signed("presides", "employees", "employers")
    minutes = await desk.sealed()
    app = desk.home.app
    purge = Purge(app[parts.DATABASE], app[parts.VAULT], app[parts.CONFIG].retention, desk.home.clock)
    joint = JointPapers(app[parts.JOURNALS], purge, app[parts.ROWS], 1, desk.home.clock)
    assert await joint.naming(desk.home.person("cand")) == 1
    await app[parts.VAULT].erase(desk.home.person("cand"))
    assert (await joint(), (await desk.desks.get(
        bodies.CLERK, f"sittings/{desk.found}/documents/{minutes.number}")).status) == ({}, 200)
    assert (await desk.desks.get(
        bodies.CLERK, f"sittings/{desk.found}/extracts/{desk.candidacy()}")).status == 410
    desk.home.clock.ahead += 366 * 86_400_000
    assert (await joint())["paper"] == 2
    await desk.desks.renewed(bodies.CLERK)
    assert (await desk.desks.get(
        bodies.CLERK, f"sittings/{desk.found}/documents/{minutes.number}")).status == 410


async def presided_by_another(desk: Desk) -> None:
    """Whoever presides is recused from the one candidate, and a delegate presides on that one; it is decided."""
    presides, other = desk.member("presides"), desk.member("standin")
    await desk.home.app[parts.ACCOUNTS].save_person(other, {
        "name": "Yann Le Goff", "first_name": "Yann", "email": "standin@example.org"})
    await bodies.do(desk.home.app[parts.JOURNALS], bodies.CLERK, GrantOffice(Office(
        "o-standin", other, OfficeRole.PRESIDENT_DELEGATE, bodies.SINCE, None, None, bodies.PAPER)))
    await desk.do(presides, "RecuseMember", candidacy=desk.candidacy(), words="Ma nièce")
    await desk.done("act/substitute", member=presides, substitute="office:o-standin", candidacies=[desk.candidacy()])
    desk.home.clock.ahead += 86_400_000
    for name in ("standin", "employees", "employers"):
        await desk.do(desk.member(name), "DeclareImpartial", candidacies=[desk.candidacy()])
    await desk.do(presides, "OpenSitting")
    await desk.do(other, "ProposeDecision", candidacy=desk.candidacy())
    for name in ("employees", "employers"):
        await desk.do(desk.member(name), "AnswerDecision", candidacy=desk.candidacy(), agrees=True, number=1)


@pytest.mark.rule("R1.4")
async def test_who_presides_and_is_recused_reads_nothing_of_that_candidate_under_their_office_either(desk: Desk):
    await desk.people()
    await desk.convene()
    await desk.seated_by_pages()
    await presided_by_another(desk)
    here = f"sittings/{desk.found}"

    async def read() -> dict[str, list[int]]:
        papers = ("draft.pdf", "documents/1", f"extracts/{desk.candidacy()}")
        return {person: [(await desk.desks.get(person, f"{here}/{one}")).status for one in papers]
                for person in (desk.member("presides"), desk.member("standin"), bodies.CLERK)}

    none, draft, sealed = [404, 404, 404], [200, 404, 404], [404, 200, 200]
    assert list((await read()).values()) == [none, draft, draft]
    pages = [await desk.page(here, person) for person in (desk.member("presides"), bodies.CLERK)]
    assert [("attribution partielle" in page, "vous ne délibérez pas" in page, "draft.pdf" in page)
            for page in pages] == [(False, True, False), (True, False, True)]
    await desk.done("act/present")
    await desk.signed("standin", "employees", "employers")
    await desk.sealed()
    assert list((await read()).values()) == [none, sealed, sealed]
    assert "documents/1" not in await desk.page(here, desk.member("presides"))
