"""Jurors say whether they agree to what is proposed; who raised a suspicion withdraws it (R6.5, R7.2)."""
from __future__ import annotations

import pytest

from tests.server.http.casework import Casework
from tests.server.http.house import House, on_its_loop

pytestmark = pytest.mark.rule("R7.2")


@pytest.fixture
def work(shared: House) -> Casework:
    return Casework(shared)


@on_its_loop
async def test_a_juror_reads_what_is_proposed_and_says_why_they_disagree(work: Casework):
    await work.noted("org", 1, True, "Un téléphone sonne")
    await work.notified(words="Ce que lit la candidate")
    await work.send(work.person("cand"), "answer", words="Ma défense")
    emp = work.person("emp")
    _status, page = await work.page(emp)
    assert {one: one in page for one in ("Un téléphone sonne", "Rien ne vous est demandé", "Ma défense",
                                         "Ce que lit la candidate", "Donner votre avis")} == {
        "Un téléphone sonne": True, "Rien ne vous est demandé": True, "Ma défense": False,
        "Ce que lit la candidate": False, "Donner votre avis": False}
    await work.proposed()
    assert "donner votre avis sur la suite proposée" in await work.space(emp)
    _status, page = await work.page(emp)
    assert ("Rien ne change" in page, "Répondez avant la fin du" in page) == (True, True)
    status, page = await work.send(emp, "opinion", agrees="no", words="")
    assert (status, "dites pourquoi" in page) == (422, True)
    assert (await work.send(emp, "opinion", agrees="no", words="Trop peu"))[0] == 303
    _status, page = await work.page(emp)
    assert ("Trop peu" in page, "Changer votre avis" in page) == (True, True)
    assert "donner votre avis sur la suite proposée" not in await work.space(emp)
    proposal = (await work.part()).proposal
    assert proposal is not None
    assert {one: said.answer for one, said in proposal.answers.items()} == {emp: "disagrees"}


@on_its_loop
async def test_a_juror_opens_none_of_the_candidates_papers_and_learns_no_decision(work: Casework):
    await work.noted("org", 1, True, "Un téléphone")
    paper, emp, candidacy = await work.notified(), work.person("emp"), work.candidacy()
    assert await work.status(emp, f"{work.path(emp)}/papers/{paper}") == 404
    await work.proposed()
    await work.submitted()
    await work.commission("ValidateCase", candidacy=candidacy, number=1, consequence="none", words="Secret de l’avis")
    _status, page = await work.page(emp)
    assert ("Le dossier est terminé." in page, "Secret de l’avis" in page, "Suite proposée" in page) == (
        True, False, False)


@on_its_loop
async def test_an_opinion_on_a_proposal_that_was_replaced_is_kept_beside_the_new_one(work: Casework):
    await work.noted()
    await work.proposed()
    emp, candidacy = work.person("emp"), work.candidacy()
    _status, before = await work.page(emp)
    await work.submitted()
    await work.commission("ReturnCase", candidacy=candidacy, number=1, words="À revoir")
    await work.proposed("Une autre")
    status, page = await work.send(emp, "opinion", before, agrees="no", words="Mes raisons")
    assert (status, "Mes raisons" in page, "Une autre" in page) == (422, True, True)
    assert (await work.send(emp, "opinion", page, agrees="no", words="Mes raisons"))[0] == 303


@on_its_loop
@pytest.mark.rule("R6.5")
async def test_who_raised_a_suspicion_withdraws_it_and_no_later_juror_finds_it(work: Casework):
    await work.noted("tra", 1, True, "Un soupçon infondé")
    tra, emp, cand = work.person("tra"), work.person("emp"), work.person("cand")
    _status, page = await work.page(emp)
    assert "Retirer mon signalement" not in page
    status, page = await work.send(tra, "withdraw", words="")
    assert status == 422
    assert await work.send(tra, "withdraw", words="C’était une alarme") == (303, f"/space/{tra}/cases?done=withdrawn")
    assert [await work.status(one, work.path(one)) for one in (tra, emp, work.person("own"), work.person("obs"))] == [
        404, 404, 404, 404]
    assert [work.case in await work.space(one) for one in (tra, emp)] == [False, False]
    status, page = await work.page(cand)
    assert (status, "Le soupçon est retiré" in page) == (200, True)
