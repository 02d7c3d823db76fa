"""The minutes of a sitting at the clerk's desk: presented, signed, sealed, each candidate's extract, and how long they
are kept."""
from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.documents.seal_check import find_seal
from server.documents.sealing import SealUnavailable
from server.http import parts
from server.keeping.joint_papers import JointPapers
from server.storage.purge import Purge
from tests.server import bodies
from tests.server.http.office.desks import paper
from tests.server.http.office.sitting_desk import Desk, at_the_desk, words
from tests.server.http.sittingwork import MEMBERS

pytestmark = pytest.mark.rule("R3.9")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with at_the_desk(tmp_path) as found:
        yield found


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
    await desk.deliberated()
    await desk.done("act/complete", words="Tout s’est bien passé.")
    draft = await (await desk.desks.get(bodies.CLERK, f"sittings/{desk.found}/draft.pdf")).read()
    assert ("le bloc BC2 est acquis." in words(draft), "Tout s’est bien passé." in words(draft),
            "aperçu, sans numéro" in words(draft)) == (True, True, True)
    await desk.done("act/present")
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
