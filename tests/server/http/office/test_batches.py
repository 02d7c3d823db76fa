"""Outcomes presented to the commission in batches, validated or returned; the board of delays with them (R8.1)."""
from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from evaluation.deadlines import due, end_of
from server.http import parts
from server.views.body.periods import short_day
from server.views.when import day_words
from tests.evaluation.frameworks import POLISHING
from tests.server.http.office.awards import heard, ruled
from tests.server.http.office.desks import Desks
from tests.server.http.office.test_candidacies import words

WHY = "Le procès-verbal ne dit pas qui présidait."


async def presented(desks: Desks, *names: str) -> str:
    """A batch of them; its page."""
    await desks.in_force()
    for name in names:
        await ruled(desks, name)
    status, where = await desks.send("clerk", "batches/present", outcomes=list(names))
    assert status == 303, where
    await carried_out(desks)
    return where.partition("office/")[2].partition("?")[0]


async def space(desks: Desks, person: str) -> str:
    return words(await (await (await desks.browser(person)).get(f"/space/{person}/", Accept="text/html")).text())


async def carried_out(desks: Desks) -> None:
    await desks.home.app[parts.FOLLOWING].carry_out()


@pytest.mark.rule("R8.1")
async def test_one_is_returned_and_the_others_are_validated(desks: Desks):
    page = await presented(desks, "lina", "marc", "zoe")
    assert "Un lot attend la décision de la commission." in await space(desks, "member")
    assert "attend d’être présenté" not in await space(desks, "clerk")
    assert "Aucun résultat n’attend d’être présenté." in words(await desks.page("clerk", "batches"))
    assert "La commission n’a pas encore décidé de ce lot." not in words(await desks.page("member", page))
    shown = words(await desks.page("clerk", page))
    assert [name in shown for name in ("Lina Candidat", "Marc Candidat", "toute la certification")] == [True] * 3
    done = await desks.send("member", f"{page}/validate", page, **{"why-1": WHY})
    assert done == (303, f"/space/member/office/{page}?done=batch-decided")
    await carried_out(desks)
    states = [await desks.of_candidacy(name) for name in ("lina", "marc", "zoe")]
    assert [len(one.standing()) for one in states] == [1, 0, 1]
    assert [[one.about for one in state.letters] for state in states] == [
        ["result"], ["result", "returned"], ["result"]]
    decided = words(await desks.page("clerk", page))
    marks = decided.count("toute la certification"), len(re.findall(r"\brenvoyé\b", decided))
    assert (WHY in decided, marks) == (True, (2, 1))
    await desks.home.app[parts.ACCOUNTS].erase_person("marc")
    assert WHY not in words(await desks.page("clerk", page))
    again = await desks.send("clerk", f"{page}/validate", key="k" * 22, **desks.met_before())
    assert (again[0], "a déjà décidé de ce lot" in again[1]) == (422, True)


@pytest.mark.rule("R8.1")
async def test_a_sitting_on_what_was_returned_has_the_time_that_the_return_gives(desks: Desks):
    """Not what the hearing of two months before gave."""
    page = await presented(desks, "lina", "marc")
    desks.home.clock.ahead += 60 * 86_400_000
    await desks.renewed("clerk")
    await desks.send("member", f"{page}/validate", page, **{"why-1": WHY})
    await carried_out(desks)
    day = date.fromisoformat(desks.today) + timedelta(days=3)
    status, where = await desks.send("clerk", "sittings/convene", day=day.isoformat(), hour="14:00", mode="remote",
                                     place="", candidacies=["marc"])
    assert (status, where.endswith("?done=sitting-convened")) == (303, True), where
    shown = words(await desks.page("clerk", where.partition("office/")[2].partition("?")[0]))
    last = due(date.fromisoformat(desks.today), months=1) - timedelta(days=POLISHING.sitting.letter_days)
    assert f"À tenir au plus tard le {short_day(last, 'fr')}" in shown
    (delay,) = await desks.home.app[parts.ROWS].page("delays", status="sitting")
    assert delay.due_at == end_of(last)


@pytest.mark.rule("R8.1")
async def test_the_same_outcome_is_presented_once(desks: Desks):
    await desks.in_force()
    await ruled(desks, "lina")
    assert "Un résultat attend d’être présenté à la commission." in await space(desks, "clerk")
    key = await desks.key("clerk", "batches/present")
    for again in range(2):
        status, where = await desks.send("clerk", "batches/present", key=key, outcomes=["lina"])
        assert status == 303, (again, where)
        await carried_out(desks)
    assert len((await desks.body()).batches) == 1
    status, page = await desks.send("clerk", "batches/present", key="k" * 22, outcomes=["lina"])
    assert status == 422, page
    assert (await desks.get("member", "batches/present")).status == 404
    assert (await desks.get("org1", "batches")).status == 404


@pytest.mark.rule("R8.1")
async def test_the_board_says_what_is_late_and_who_is_waited_for(desks: Desks):
    await desks.in_force()
    await heard(desks, "lina")
    await ruled(desks, "marc")
    last = short_day(due(date.fromisoformat(desks.today), months=1), "fr")
    board = words(await desks.page("clerk", "delays"))
    said = ("Dire le résultat au candidat", last, "le secrétariat", "Faire valider le résultat", "sans délai fixé")
    assert [one in board for one in said] == [True] * 5
    assert "en retard" not in board
    desks.home.clock.ahead += 40 * 86_400_000
    await desks.renewed("clerk")
    late = words(await desks.page("clerk", "delays?when=late"))
    assert [one in late for one in ("Lina Candidat", "en retard de", "Faire valider le résultat : ")] == [
        True, True, False]
    assert (await desks.get("org1", "delays")).status == 404


@pytest.mark.rule("X6")
async def test_a_candidacy_without_an_end_is_listed_after_a_year(desks: Desks):
    await desks.in_force()
    await desks.registered("lina")
    assert "Aucune candidature n’est restée" in words(await desks.page("clerk", "delays/unended"))
    desks.home.clock.ahead += 367 * 86_400_000
    await desks.renewed("clerk")
    assert "Lina Candidat" in words(await desks.page("clerk", "delays/unended"))
    assert "1 candidature que personne n’a terminée" in words(await desks.page("clerk", "delays"))


@pytest.mark.rule("R8.1", "R6.7")
async def test_who_was_heard_reads_by_when_they_are_told_until_they_are(desks: Desks):
    await desks.in_force()
    await heard(desks, "lina")
    last = day_words(due(date.fromisoformat(desks.today), months=1), "fr")
    space = words(await (await (await desks.browser("lina")).get("/space/lina/", Accept="text/html")).text())
    told = f"votre résultat vous est dit ici et par courriel au plus tard le {last}."
    assert (told in space, "peut être aménagée" in space) == (True, False)
    await ruled(desks, "marc")
    space = words(await (await (await desks.browser("marc")).get("/space/marc/", Accept="text/html")).text())
    assert ("votre résultat vous est dit" in space, "vous est attribuée en entier" in space) == (False, True)


@pytest.mark.rule("R8.1")
async def test_the_letter_is_in_the_candidate_s_space_and_handed_over_where_its_mail_did_not_arrive(desks: Desks):
    await desks.in_force()
    await ruled(desks, "lina", "partial")
    (letter,) = (await desks.of_candidacy("lina")).letters
    mine = await (await (await desks.browser("lina")).get("/space/lina/", Accept="text/html")).text()
    address = f"/space/lina/candidacies/lina/letters/{letter.position}"
    assert (address in mine, "Vos résultats" in mine) == (True, True)
    assert [one in words(mine) for one in (
        "Une partie de la certification vous est attribuée : BC1.", "Ce que vous gardez", "Vous pouvez vous présenter "
        "de nouveau, pour ce qui manque seulement : BC2.", "Si vous n’êtes pas d’accord")] == [True] * 4
    answers = [await (await desks.browser(person)).get(f"/space/{person}/candidacies/lina/letters/{letter.position}")
               for person in ("lina", "org1")]
    assert [(one.status, (await one.read())[:5] == b"%PDF-") for one in answers] == [(200, True), (404, False)]
    page = words(await desks.page("clerk", "candidacies/lina"))
    assert ("Lettres de résultat" in page, "Le résultat est à présenter à la commission." in page) == (True, True)
    assert (await desks.get("clerk", f"candidacies/lina/letters/{letter.position}")).status == 200
    assert (await desks.get("org1", f"candidacies/lina/letters/{letter.position}")).status == 404
    hand = f"candidacies/lina/letters/{letter.position}/hand"
    early = await desks.send("clerk", hand, on="2026-01-01", means="by_hand")
    assert (early[0], "Un résultat se remet après la décision" in early[1]) == (422, True)
    assert await desks.send("clerk", hand, on=desks.today, means="registered_letter") == (
        303, "/space/clerk/office/candidacies/lina?done=letter-handed")
    assert "remis le" in words(await desks.page("clerk", "candidacies/lina"))


@pytest.mark.rule("R9.1")
async def test_a_resit_begins_from_the_registration_before(desks: Desks):
    """With what it says of the person; not with what is of its own time."""
    await desks.in_force()
    await ruled(desks, "lina", "partial")
    assert "candidacies/register?again=lina" in await desks.page("org1", "candidacies/lina")
    form = await desks.page("org1", "candidacies/register?again=lina")
    assert ('value="Morel"' in form, 'value="14/07/1998"' in form) == (True, True)
    assert re.findall("<h1>(.*?)</h1>", form) == ["Inscrire Lina Morel au rattrapage"]
    assert 'value="Morel"' not in await desks.page("org2", "candidacies/register?again=lina")
    await ruled(desks, "marc", "full")
    assert "again=marc" not in await desks.page("org1", "candidacies/marc")
