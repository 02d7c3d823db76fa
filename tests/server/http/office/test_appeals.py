"""An appeal as the clerk records it, as the commission reads it, and where it leads (R9.2): through pages alone."""
from __future__ import annotations

import re
from typing import Any

import pytest

from evaluation.case.kind import CASE
from server.http import parts
from tests.server.http.office import test_cases as cases
from tests.server.http.office.desks import Desks, paper
from tests.server.http.office.test_candidacies import words

RECORD = "candidacies/k1/appeals/record"
RULED = "2025-06-01"
REASONS = "Ma pièce a été jugée sans que je puisse la présenter."


async def ruled(desks: Desks) -> None:
    """The clerk has recorded what a jury ruled on Thomas Leroy, a candidate of b1."""
    await desks.in_force()
    await desks.candidacy("k1", "none", RULED)


async def record(desks: Desks, page: str = RECORD, /, **changes: Any) -> tuple[int, str]:
    fields: dict[str, Any] = {
        "against": "candidacy-2", "posted_on": "2025-07-20", "received_on": "2025-07-22",
        "means": "registered_letter", "number": "1A 234 567 8901 2", "reasoned": "yes", "reasons": REASONS,
        "told_on": "2025-06-20", "scan": paper("Recours")}
    return await desks.send("clerk", page, **{**fields, **changes})


async def recorded(desks: Desks, **changes: Any) -> str:
    """The address of its page."""
    await ruled(desks)
    status, where = await record(desks, **changes)
    assert status == 303, where
    await desks.home.settled()
    return where.partition("/office/")[2].partition("?")[0]


async def status(desks: Desks) -> str:
    row = await desks.home.app[parts.ROWS].one("candidacies", "k1")
    assert row is not None
    return row.status


@pytest.mark.rule("R9.2")
async def test_admitted_against_an_outcome_that_the_clerk_recorded_and_examined_again(desks: Desks):
    appeal = await recorded(desks)
    shown = await desks.page("member", appeal)
    page, (case, *_) = words(shown), re.findall(r"/office/cases/(\w+)", shown)
    assert [one in page for one in (
        "le résultat du jury du 1er juin 2025", "20 juil. 2025, 49 jours après la décision", REASONS,
        "lettre recommandée, n° 1A 234 567 8901 2", "Rien à signaler")] == [True] * 5
    assert await status(desks) == "held"

    async def do(person: str, act: str, **fields: Any) -> None:
        done = await desks.send(person, f"cases/{case}/k1/{act}", **fields)
        assert done == (303, f"/space/{person}/office/cases/{case}?done=case-noted"), act

    forms = [words(await desks.page(one, f"cases/{case}/k1/admit")) for one in ("member", "clerk")]
    assert ["Jour de la réunion" in one for one in forms] == [False, True]
    assert "Raisons du candidat, notées à la réception" in words(await desks.page("member", f"cases/{case}"))
    await do("member", "admit", admissible="yes", words="Dans le délai", meeting_day="")
    proposing = words(await desks.page("clerk", f"cases/{case}/k1/propose"))
    assert ("recours rejeté" in proposing, "aucune suite" in proposing) == (True, False)
    await do("clerk", "propose", consequence="reexamine", words="La pièce n’a pas été vue")
    await do("clerk", "submit", words="")
    await do("member", "validate", consequence="reexamine", words="", meeting_day="")
    await desks.home.settled()
    assert "nouvel examen ordonné" in words(await desks.page("clerk", appeal))
    assert "1 nouvel examen à tenir" in words(await desks.page("clerk", "appeals"))
    again = words(await desks.page("clerk", "appeals/again"))
    assert ("Thomas Leroy" in again, "réunir un jury d’autres membres" in again) == (True, True)
    assert await status(desks) == "none"


@pytest.mark.rule("R9.2")
async def test_what_is_flagged_is_said_with_its_meaning_and_decides_nothing(desks: Desks):
    appeal = await recorded(desks, posted_on="2025-08-04", received_on="2025-08-06", means="letter", reasoned="no",
                            reasons="", told_on="2025-07-20")
    page = words(await desks.page("member", appeal))
    assert [one in page for one in (
        "Hors délai", "Il a été posté le 4 août 2025 ; le dernier jour était le 1er août 2025.", "Sans raisons",
        "Pas en recommandé", "Résultat reçu tard", "Rien de cela ne décide", "Se prononcer sur la recevabilité"
    )] == [True] * 7
    listing = words(await desks.page("clerk", "appeals"))
    assert "hors délai, sans raisons, pas en recommandé, résultat reçu tard" in listing
    candidacy = words(await desks.page("clerk", "candidacies/k1"))
    assert "posté le 4 août 2025, reçu le 6 août 2025, hors délai" in candidacy


@pytest.mark.rule("R9.2")
async def test_the_longest_waiting_first_also_as_a_file(desks: Desks):
    await recorded(desks)
    await desks.candidacy("k2", "obs", "2025-03-01")
    status, where = await record(desks, "candidacies/k2/appeals/record", posted_on="2025-04-20", number="7")
    assert status == 303, where
    for page in ("appeals", "appeals?as=csv", "appeals?only=open"):
        text = await (await desks.get("clerk", page)).text()
        assert 0 < text.find("Odile Vasseur") < text.find("Thomas Leroy"), page


@pytest.mark.rule("R9.2")
@pytest.mark.parametrize(("changes", "said"), [
    ({"posted_on": "2099-01-01", "received_on": "2099-01-02"}, (
        "Un recours ne se poste pas un jour à venir.", "Un recours ne se reçoit pas un jour à venir.")),
    ({"posted_on": "2025-05-31"}, ("Un recours est posté après la décision qu’il vise.",)),
    ({"received_on": "2025-07-19", "told_on": "2025-05-01"}, (
        "Un recours est reçu après son envoi.", "Le résultat est arrivé après la décision")),
    ({"against": "candidacy-1"}, ("Choisissez dans la liste.",)), ({"against": ""}, ("Choisissez une réponse.",)),
    ({"scan": b"GIF89a not a paper"}, ("PDF",)), ({"scan": b""}, ("Ce fichier est vide",)),
    ({"reasoned": "no"}, ("Vous avez noté des raisons",)),
])
async def test_what_cannot_be_is_said_beside_its_field(desks: Desks, changes: dict[str, Any], said: tuple[str, ...]):
    await ruled(desks)
    status, page = await record(desks, **changes)
    assert (status, [one in words(page) for one in said]) == (422, [True] * len(said))
    assert (REASONS in page, (await desks.of_candidacy("k1")).appeals) == (True, ())


@pytest.mark.rule("R9.2")
async def test_the_same_letter_is_recorded_once(desks: Desks):
    await recorded(desks)
    status, page = await record(desks, number="1a23456789012")
    assert (status, "Ce recours est déjà enregistré" in page) == (422, True)
    assert len((await desks.of_candidacy("k1")).appeals) == 1


@pytest.mark.rule("R9.2", "X15")
async def test_the_clerk_records_and_the_awarding_body_alone_sees_it(desks: Desks):
    appeal = await recorded(desks)
    for person in ("org1", "org2", "obs", "none", "dir1"):
        for page in ("appeals", "appeals/again", appeal, f"{appeal}/scan", RECORD):
            assert (await desks.get(person, page)).status == 404, (person, page)
    assert (await desks.get("member", RECORD)).status == 404
    assert [(await desks.get("clerk", page)).status for page in (
        f"{appeal}x", "appeals/k9/x", "candidacies/k9/appeals/record", f"{appeal}/scan")] == [404, 404, 404, 200]
    assert "Recours" not in words(await desks.page("org1", "candidacies/k1"))


@pytest.mark.rule("R9.2")
async def test_what_is_known_of_it_stands_where_it_is_admitted(desks: Desks):
    appeal = await recorded(desks, posted_on="2025-08-04", received_on="2025-08-06")
    (case, *_) = re.findall(r"/office/cases/(\w+)", await desks.page("member", appeal))
    for page in (f"cases/{case}", f"cases/{case}/k1/admit"):
        shown = words(await desks.page("member", page))
        assert [one in shown for one in ("Dernier jour pour le poster", "Hors délai", "1er août 2025")] == [
            True] * 3, page
        assert "faits à compléter" not in shown
    assert "Dossier ouvert" in await desks.page("member", "appeals")
    assert "recours reçu" in await desks.page("member", "cases")


@pytest.mark.rule("R9.2", "X15")
async def test_whom_it_concerns_finds_it_nowhere(desks: Desks):
    appeal = await recorded(desks)
    (case, *_) = re.findall(r"/office/cases/(\w+)", await desks.page("clerk", appeal))
    await desks.home.app[parts.JOURNALS].execute(CASE, case, "clerk", "NameSubject", {
        "person": "member", "words": "A siégé au jury", "office": await desks.quote("cnhbjo", 2)})
    assert [(await desks.get("member", page)).status for page in (appeal, f"{appeal}/scan")] == [404, 404]
    for page in ("appeals", "appeals?as=csv", "candidacies/k1"):
        assert "49 jours" not in await desks.page("member", page)
    assert "Recours" not in words(await desks.page("member", "candidacies/k1")).partition("Ce que les jurys")[2]


@pytest.mark.rule("R9.2")
async def test_what_a_case_decided_is_appealed_against_from_the_candidacys_page(desks: Desks):
    page = "candidacies/c-lina/appeals/record"
    case = await cases.opened(desks)
    assert (await desks.get("clerk", page)).status == 404
    await cases.do(desks, "org1", case, "complete", words="Le moteur s’est arrêté.")
    await cases.do(desks, "org1", case, "report", paper=paper("Rapport"))
    await cases.do(desks, "clerk", case, "take-report")
    await cases.do(desks, "org1", case, "propose", consequence="none", words="Rien ne change")
    await cases.do(desks, "dir1", case, "answer", agrees="yes", words="")
    await cases.do(desks, "clerk", case, "submit", words="")
    await cases.do(desks, "member", case, "validate", consequence="none", words="", meeting_day="")
    await desks.home.settled()
    shown = words(await desks.page("clerk", page))
    assert re.search(r"Décision du [^:]* : aucune suite", shown)
    status, where = await record(desks, page, against=f"case-{case}", posted_on=desks.today, received_on=desks.today,
                                 told_on=desks.today)
    assert status == 303, where
    await desks.home.settled()
    listing = words(await desks.page("member", "appeals"))
    assert ("dans un dossier" in listing, "0 jour après la décision" in listing) == (True, True)
    assert "Contre la décision du" in words(await desks.page("clerk", "candidacies/c-lina"))
