"""How a hearing ended, in words with what comes next; an absence excused, a reservation settled (R4.5, R6.3)."""
from __future__ import annotations

from typing import Any

import pytest

from evaluation.candidacy.kind import CANDIDACY
from evaluation.journal import GENESIS, chain
from evaluation.people import SYSTEM
from server.http import parts
from server.journals.quoting import reference
from server.storage import journal
from tests.server.http.office.desks import CIVIL, Desks, paper
from tests.server.http.office.test_candidacies import words
from tests.server.http.office.test_cases import LONG

PAGE = "candidacies/lina"
EXCUSE, SETTLE = f"{PAGE}/endings/room-1/h1/excuse", f"{PAGE}/reservations/1/settle"
WHY = "Hospitalisation, bulletin joint"
SEEN = "Passeport vu le lendemain : c’est bien la même personne."


async def prepared(desks: Desks) -> None:
    await desks.in_force()
    await desks.registered("lina", LONG, civil=CIVIL)


async def told(desks: Desks, number: int, event: str, command: str, **more: str) -> None:
    """What a room wrote of the candidate's hearing, as the candidacy is told."""
    said = {"hearing": f"h{number}"} if command == "NoteEnding" else {"hearing": f"h{number}", "course": "reserve"}
    record = chain(GENESIS, 1, f"room-{number}", "session", desks.home.clock(), "president", f"session.{event}", said)
    async with desks.home.app[parts.DATABASE].writing() as connection:
        await journal.append(connection, [record])
    await desks.home.app[parts.JOURNALS].execute(CANDIDACY, "lina", SYSTEM, command, {
        "hearing": f"h{number}", "said": reference(record), **more}, by_server=True)


async def ended(desks: Desks, event: str = "no_show_recorded", ending: str = "absent", number: int = 1) -> None:
    await told(desks, number, event, "NoteEnding", ending=ending)


@pytest.mark.rule("R4.5")
async def test_each_ending_is_said_with_what_comes_next(desks: Desks):
    await prepared(desks)
    assert "Épreuves" not in words(await desks.page("org1", PAGE))
    again = "Ce qui suit : ajoutez le candidat à une autre journée."
    for number, (event, ending, said, next_day) in enumerate((
            ("no_show_recorded", "absent", "Avec un justificatif, l’absence peut être excusée.", True),
            ("session_closed", "never_begun", "avant que le candidat soit appelé", True),
            ("session_closed", "unfinished", "avant la fin de l’épreuve", True),
            ("hearing_stopped", "stopped", "Le président a arrêté l’épreuve", False),
            ("hearing_closed", "heard", "Ce que le jury de certification décide est dit plus bas", False)), 1):
        await ended(desks, event, ending, number)
        page = words(await desks.page("org1", PAGE))
        assert (said in page, again in page) == (True, next_day), ending


@pytest.mark.rule("R4.5")
async def test_an_absence_is_excused_with_its_proof_by_whoever_registers(desks: Desks):
    await prepared(desks)
    assert (await desks.get("org1", EXCUSE)).status == 404
    await ended(desks)
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"proof": b"MZ no paper"}, "PDF"), ({"words": ""}, "Écrivez quelques mots ici."))
    for changes, said in wrong:
        fields: dict[str, Any] = {"words": WHY, "proof": paper(), **changes}
        status, page = await desks.send("org1", EXCUSE, **fields)
        assert (status, said in words(page)) == (422, True)
    for person in ("org2", "member", "dir1", "obs"):
        assert (await desks.get(person, EXCUSE)).status == 404, person
    late = await desks.key("clerk", EXCUSE)
    assert await desks.send("org1", EXCUSE, words=WHY, proof=paper()) == (
        303, f"/space/org1/office/{PAGE}?done=absence-excused")
    page = words(await desks.page("org1", PAGE))
    assert [one in page for one in ("absence excusée", WHY, "Télécharger le justificatif", "Excuser l’absence")] == [
        True, True, True, False]
    status, page = await desks.send("clerk", EXCUSE, key=late, words=WHY, proof=paper())
    assert (status, "Aucune absence n’est à excuser à cette épreuve." in page) == (422, True)
    proof = f"{PAGE}/endings/room-1/h1/proof"
    assert [(await desks.get(person, proof)).status for person in ("org1", "member", "org2")] == [200, 404, 404]
    assert WHY not in words(await desks.page("member", PAGE))


@pytest.mark.rule("R4.5")
async def test_what_was_no_absence_is_not_excused(desks: Desks):
    await prepared(desks)
    await ended(desks, "hearing_closed", "heard")
    for hearing in ("room-1/h1", "room-1/h2", "room-2/h1"):
        assert (await desks.get("org1", f"{PAGE}/endings/{hearing}/excuse")).status == 404


@pytest.mark.rule("R6.3")
async def test_a_reservation_is_settled_once_by_the_clerk(desks: Desks):
    await prepared(desks)
    await told(desks, 1, "identity_decided", "NoteReservation")
    page = words(await desks.page("org1", PAGE))
    assert [one in page for one in ("Réserve sur l’identité", "à lever", "Lever la réserve")] == [True, True, False]
    for person in ("org1", "member", "org2"):
        assert (await desks.get(person, SETTLE)).status == 404, person
    assert (await desks.get("clerk", f"{PAGE}/reservations/2/settle")).status == 404
    late = await desks.key("clerk", SETTLE)
    assert (await desks.send("clerk", SETTLE, words=""))[0] == 422
    assert await desks.send("clerk", SETTLE, words=SEEN) == (
        303, f"/space/clerk/office/{PAGE}?done=reservation-settled")
    assert SEEN in words(await desks.page("org1", PAGE))
    status, page = await desks.send("clerk", SETTLE, key=late, words="Encore")
    assert (status, "elle est déjà levée" in page, "Encore" in page) == (422, True, True)
