"""A candidate's part of a case in their space: what they read, what they may do, and what nobody else sees."""
from __future__ import annotations

import pytest

from evaluation.deadlines import day_of, due
from server.views.when import day_words
from tests.server.documents.samples import pdf
from tests.server.http.casework import Casework
from tests.server.http.house import House, on_its_loop

pytestmark = pytest.mark.rule("R7.2")
DAY = 86_400_000


@pytest.fixture
def work(shared: House) -> Casework:
    return Casework(shared)


def done(work: Casework, what: str) -> tuple[int, str]:
    return 303, f"{work.path(work.person('cand'))}?done={what}"


@on_its_loop
async def test_a_candidate_reads_what_is_noted_and_nothing_is_asked_of_them_yet(work: Casework):
    await work.noted("tra", 1, True, "Un téléphone sonne près de la candidate", _0="Un écran allumé")
    cand = work.person("cand")
    status, page = await work.page(cand)
    assert status == 200
    assert {words: words in page for words in (
        "Un soupçon a été signalé", "rien n’est décidé", "Rien ne vous est demandé pour le moment.",
        "Un téléphone sonne près de la candidate", "Tom Formateur", "Étape par étape")} == dict.fromkeys((
            "Un soupçon a été signalé", "rien n’est décidé", "Rien ne vous est demandé pour le moment.",
            "Un téléphone sonne près de la candidate", "Tom Formateur", "Étape par étape"), True)
    assert "Qu’avez-vous vu ou entendu ? Un écran allumé" in page.replace("\u202f", " ")
    assert ("coupable" in page.lower(), 'id="heard"' in page) == (False, False)
    assert f'href="{work.path(cand)}"' in await work.space(cand)


@on_its_loop
async def test_an_incident_accuses_nobody(work: Casework):
    await work.noted("org", 1, False, "Coupure de courant")
    _status, page = await work.page(work.person("cand"))
    assert ("Vous n’êtes mis en cause de rien." in page, "soupçon" in page.lower()) == (True, False)
    assert ("Ce que vous avez vécu" in page, "Votre réponse" in page, "pas d’accord" in page) == (True, False, False)
    sent = await work.send(work.person("cand"), "answer", words="Je n’ai rien entendu pendant dix minutes.")
    assert (sent, (await work.part()).answers[-1].notice) == (done(work, "answered"), 0)


@on_its_loop
@pytest.mark.rule("X6")
async def test_the_notice_says_until_when_and_how_that_is_counted(work: Casework):
    await work.noted()
    paper = await work.notified(words="On vous a vue lire un message")
    cand = work.person("cand")
    _status, page = await work.page(cand)
    last = day_words(due(day_of(work.home.clock()), days=15), "fr")
    title = f"Vous pouvez répondre jusqu’au {last} à minuit, heure de Paris."
    assert {one: one in page for one in (
        title, "On vous a vue lire un message", "candidature éliminée", "Ce jour ne compte pas",
        f'href="{work.path(cand)}/papers/{paper}"')} == dict.fromkeys((
            title, "On vous a vue lire un message", "candidature éliminée", "Ce jour ne compte pas",
            f'href="{work.path(cand)}/papers/{paper}"'), True)
    assert await work.status(cand, f"{work.path(cand)}/papers/{paper}") == 200
    space = await work.space(cand)
    assert space.index("Ce qui vous attend") < space.index(title) < space.index("Vos places")


@on_its_loop
async def test_a_notice_that_is_not_known_to_have_arrived_begins_no_delay(work: Casework):
    await work.noted()
    await work.notified(arrives=False)
    _status, page = await work.page(work.person("cand"))
    assert "Votre délai n’a pas encore commencé" in page


@on_its_loop
async def test_a_candidate_answers_with_papers_more_than_once_and_asks_to_be_heard(work: Casework):
    await work.noted()
    await work.notified()
    cand = work.person("cand")
    assert await work.send(cand, "answer", words="C’était le réveil.", paper1=("facture.pdf", pdf(1, "Facture")),
                           paper2=("b.pdf", pdf(1, "Attestation"))) == done(work, "answered")
    assert await work.send(cand, "answer", words="Et il était éteint.") == done(work, "answered")
    part = await work.part()
    assert [(len(one.papers), one.notice, one.complete) for one in part.answers] == [(2, 1, False), (0, 1, False)]
    _status, page = await work.page(cand)
    assert ("C’était le réveil." in page, "Vous pouvez compléter votre réponse" in page) == (True, True)
    assert [await work.status(cand, f"{work.path(cand)}/papers/{one.file}") for one in part.answers[0].papers] == [
        200, 200]
    assert await work.send(cand, "heard", words="le matin") == done(work, "asked")
    _status, page = await work.page(cand)
    assert ("Vous avez demandé à être entendu." in page, 'id="heard"' in page, "le matin" in page) == (
        True, False, True)


@on_its_loop
async def test_a_summons_says_when_and_where_or_by_which_link(work: Casework):
    await work.noted()
    await work.notified()
    cand, place = work.person("cand"), "12 rue de la Paix, ou https://salle.example.org/b7"
    at, paper = work.home.clock() + 8 * DAY, await work.file()
    await work.send(cand, "heard", words="")
    await work.clerk("SummonToBeHeard", candidacy=work.candidacy(), number=1, at=at, place=place, paper=paper)
    _status, page = await work.page(cand)
    title = f"Vous êtes attendu {day_words(day_of(at), 'fr')}"
    assert 'href="https://salle.example.org/b7"' in page
    assert [one in page for one in (title, place, f"papers/{paper['file']}", "C’est ma réponse complète")] == [
        True, True, True, False]
    assert title in await work.space(cand)
    assert await work.status(cand, f"{work.path(cand)}/papers/{paper['file']}") == 200
    ahead = work.home.clock.ahead
    work.home.clock.ahead += 9 * DAY
    try:
        _status, page = await work.page(cand)
        assert ("Vous étiez attendu" in page, title in await work.space(cand)) == (True, False)
    finally:
        work.home.clock.ahead = ahead


@on_its_loop
async def test_a_whole_answer_says_what_follows_and_ends_the_delay(work: Casework):
    await work.noted()
    await work.notified()
    cand = work.person("cand")
    _status, page = await work.page(cand)
    assert "votre temps pour répondre se termine alors tout de suite" in page
    assert await work.send(cand, "answer", words="Tout est là.", complete="yes") == done(work, "answered")
    _status, page = await work.page(cand)
    assert ("Votre réponse complète est enregistrée" in page, (await work.part()).answers[-1].complete) == (True, True)


@on_its_loop
async def test_what_was_typed_for_an_older_notice_is_kept_beside_the_new_one(work: Casework):
    await work.noted()
    await work.notified()
    cand = work.person("cand")
    _status, before = await work.page(cand)
    await work.notified(words="Un autre fait, aussi")
    status, page = await work.send(cand, "answer", before, words="Ce que j’ai écrit longuement")
    assert (status, "Ce que j’ai écrit longuement" in page, "Un autre fait, aussi" in page) == (422, True, True)
    assert await work.send(cand, "answer", page, words="Ce que j’ai écrit longuement") == done(work, "answered")
    assert [one.notice for one in (await work.part()).answers] == [2]


@on_its_loop
async def test_a_file_that_cannot_be_taken_stands_beside_its_field_and_the_words_stay(work: Casework):
    await work.noted()
    await work.notified()
    cand = work.person("cand")
    status, page = await work.send(cand, "answer", words="Gardez mes mots", paper1=("bon.pdf", pdf(1, "Bon")),
                                   paper2=("virus.exe", b"MZ\x90\x00" * 100))
    assert (status, "Gardez mes mots" in page, 'id="field-answer-paper2-wrong"' in page,
            'id="field-answer-paper1-wrong"' in page) == (422, True, True, False)
    huge = ("gros.pdf", b"%PDF-1.7" + bytes(27_000_000))
    status, page = await work.send(cand, "answer", words="Gardez mes mots", paper1=huge)
    assert (status, (await work.part()).answers) == (413, ())
    status, page = await work.send(cand, "answer", words="")
    assert (status, "Rien n’a été enregistré." in page) == (422, True)


@on_its_loop
async def test_an_answer_after_the_delay_is_taken_and_said_to_be_late(work: Casework):
    await work.noted()
    await work.notified()
    ahead = work.home.clock.ahead
    work.home.clock.ahead += 17 * DAY
    try:
        assert await work.send(work.person("cand"), "answer", words="Je n’avais pas vu") == done(work, "answered")
        _status, page = await work.page(work.person("cand"))
        assert ("reçue après le délai" in page, (await work.part()).answers[-1].late) == (True, True)
    finally:
        work.home.clock.ahead = ahead


@on_its_loop
@pytest.mark.rule("R9.2")
async def test_the_decision_is_received_once_and_says_the_last_day_to_appeal(work: Casework):
    await work.noted()
    cand, candidacy = work.person("cand"), work.candidacy()
    await work.proposed()
    await work.submitted()
    await work.commission("ValidateCase", candidacy=candidacy, number=1, consequence="none", words="Pas de preuve")
    _status, page = await work.page(cand)
    assert ("La commission a décidé." in page, "Pas de preuve" in page) == (True, False)
    paper = await work.file()
    await work.clerk("HandDecision", candidacy=candidacy, paper=paper)
    _status, page = await work.page(cand)
    last = day_words(due(day_of(work.home.clock()), months=2), "fr")
    assert (f"jusqu’au {last}" in page, f"papers/{paper['file']}" in page) == (True, True)
    assert "Ce qui est décidé\u00a0: aucune suite." in page
    assert "Une décision vous est remise." in await work.space(cand)
    assert await work.send(cand, "received", page) == done(work, "received")
    _status, page = await work.page(cand)
    assert ("Vous avez dit l’avoir reçue" in page, "J’ai reçu cette décision" in page) == (True, False)
    assert "Une décision vous est remise." not in await work.space(cand)


@on_its_loop
async def test_to_anybody_who_is_not_named_there_is_no_such_case(work: Casework):
    await work.noted("org", 1, True, "Un téléphone")
    paper = await work.notified()
    for name in ("cand2", "obs", "aid"):
        other = work.person(name)
        for more in ("", f"/papers/{paper}"):
            assert await work.status(other, work.path(other) + more) == 404
        browser = await work.browser(other)
        for act in ("answer", "heard", "received", "assistant", "assistant/end", "accept", "decline", "opinion",
                    "withdraw"):
            form = {"key": f"{name}-{act}-0123456789".replace("/", "-"), "number": "1", "words": "moi", "agrees": "yes",
                    "first_name": "A", "name": "B", "email": "a@example.org", "person": other}
            assert (await browser.click(f"{work.path(other)}/{act}", **form)).status in (404, 415), act
        assert work.case not in await work.space(other)
    assert (await work.part()).answers == ()


@on_its_loop
async def test_several_cases_and_none(work: Casework):
    obs = work.person("obs")
    status, page = await work.get(obs, f"/space/{obs}/cases")
    assert (status, "Aucun dossier n’est ouvert à votre nom" in page) == (200, True)
    seen = {await work.noted("org", 1, fraud) for fraud in (True, False)}
    cand = work.person("cand")
    status, page = await work.get(cand, f"/space/{cand}/cases")
    assert (status, {case for case in seen if work.path(cand, case=case) in page}) == (200, seen)


@on_its_loop
async def test_what_was_typed_while_it_was_decided_is_not_lost(work: Casework):
    await work.noted()
    cand = work.person("cand")
    _status, before = await work.page(cand)
    await work.proposed()
    await work.submitted()
    await work.commission("ValidateCase", candidacy=work.candidacy(), number=1, consequence="none", words="Rien")
    status, page = await work.send(cand, "answer", before, words="Ce que j’écrivais")
    assert (status, "Ce que j’écrivais" in page, "rien n’y est plus ajouté" in page) == (422, True, True)
    assert (await work.part()).answers == ()


@on_its_loop
async def test_a_browser_that_is_not_in_the_space_any_more_is_told_how_to_come_back(work: Casework):
    await work.noted()
    path, stranger = work.path(work.person("cand")), work.home.browser()
    refused = await stranger.get(path, Accept="text/html")
    assert (refused.status, "lien reçu par courriel" in await refused.text()) == (401, True)
    assert (await stranger.click(f"{path}/heard", key="k" * 16, number="0", words="moi")).status == 401


async def test_two_candidates_of_one_case_see_nothing_of_each_other(home: House):
    """Both files open: pages, pictures, papers, and who may assist."""
    work = Casework(home)
    await home.call_in()
    own = await work.picture(1)
    first = await work.noted("org", 1, True, "Ce qui ne concerne que Lina", own)
    await work.second_called_in()
    others = await work.picture(2)
    second = await work.noted("org", 2, True, "Ce qui ne concerne que Noé", others)
    await work.clerk("JoinCase", case=first, into=await work.opening(second), words="une seule cause")
    work.case = second
    papers = {"cand": await work.notified("cand", "Notifié à Lina"), "cand2": await work.notified("cand2", "À Noé")}
    said = {"cand": "bleu ciel", "cand2": "rouge vif"}
    for name in papers:
        await work.send(work.person(name), "answer", whose=name, words=said[name])
    for name, other, secret in (("cand", "cand2", "Noé"), ("cand2", "cand", "Lina")):
        person, (mine, theirs) = work.person(name), (own, others) if name == "cand" else (others, own)
        (status, page), space = await work.page(person, name=name), await work.space(person)
        theirs_all = (secret, said[other], papers[other], theirs, f'/{work.candidacy(other)}"',
                      f"/{work.candidacy(other)}/")
        assert (status, [word for word in theirs_all if word in page or word in space]) == (200, [])
        assert await work.status(person, work.path(person, other)) == 404
        reached = [await work.status(person, f"{work.path(person, whose)}/{what}") for whose in (name, other)
                   for what in (f"pictures/{mine}.jpg", f"pictures/{theirs}.jpg", f"papers/{papers[name]}",
                                f"papers/{papers[other]}")]
        assert reached == [200, 404, 200, 404, 404, 404, 404, 404]
    # The case that went into the other leads there, to one's own part alone.
    cand = work.person("cand")
    browser = await work.browser(cand)
    answer = await browser.get(work.path(cand, "cand", first))
    assert (answer.status, answer.headers["Location"]) == (303, work.path(cand, "cand", second))
    # Nor does asking the other to assist tell that they are in it.
    assert await work.send(cand, "assistant", first_name="Noé", name="Second",
                           email=f"{work.home.seat('cand2')}@example.org") == done(work, "invited")
