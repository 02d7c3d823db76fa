"""A sitting in the space of its members: what they see, what is theirs alone, and what nobody else may."""
from __future__ import annotations

import io
import re
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from evaluation.framework_file import framework_to_data
from evaluation.sitting import impartiality
from server.http import own_sitting
from tests.evaluation.frameworks import POLISHING
from tests.server import bodies
from tests.server.http.sittingwork import Sittingwork, to_be_opened, with_sitting

pytestmark = pytest.mark.rule("R3.9")


@pytest.fixture
async def work(tmp_path: Path) -> AsyncIterator[Sittingwork]:
    async with with_sitting(tmp_path) as found:
        yield found


def there(page: str, *words: str) -> dict[str, bool]:
    return {one: one in page for one in words}


async def test_from_the_space_to_a_decision_by_the_pages_alone(tmp_path: Path):
    async with with_sitting(tmp_path, to_be_opened) as work:
        await by_pages_alone(work)


async def by_pages_alone(work: Sittingwork):
    item = work.candidacy()
    space = await (await work.browser(work.member("employees"))).get(f"/space/{work.member('employees')}/")
    assert work.path("employees") in await space.text()
    for name in ("presides", "employees", "employers"):
        assert await work.send(name, "impartial") == (303, work.path(name, "?done=impartial"))
    assert await work.send("presides", "open") == (303, work.path("presides", "?done=opened"))
    _status, page = await work.get("presides")
    assert there(page, "Proposez une décision pour Lina Morel.", "Attribution partielle : BC2", "Karim Haddad") == (
        dict.fromkeys(("Proposez une décision pour Lina Morel.", "Attribution partielle : BC2", "Karim Haddad"), True))
    assert await work.send("presides", "turn", page=item) == (303, work.path("presides", f"{item}#decision"))
    assert await work.send("presides", "propose", page=item, course="award") == (
        303, work.path("presides", f"{item}#decision"))
    _status, page = await work.get("employees")
    assert "Répondez à la proposition pour Lina Morel." in page
    assert (await work.send("employees", "agree", page=item))[0] == 303
    assert (await work.send("employers", "disagree", page=item, dissent="La reprise du grain suffit"))[0] == 303
    ruling = (await work.state()).agenda[item].decided
    assert ruling is not None
    assert (ruling.ruling.award, ruling.ruling.blocks) == ("partial", ("BC2",))
    assert "La reprise du grain suffit" in (await work.get("presides", item))[1] or ruling.ruling.dissents


async def test_a_candidate_s_page_has_the_record_the_grids_the_checklist_and_each_line_opens_where_it_happened(
        work: Sittingwork):
    status, page = await work.get("employees", work.candidacy())
    assert status == 200
    words = ("L’épreuve s’est-elle bien passée ?", "Feuille de présence signée.", "Les grilles et le consensus",
             "avant la durée minimale", "Ce que le jury préconise")
    assert there(page, *words) == dict.fromkeys(words, True)
    anchors = {one.split('"')[0] for one in page.split('href="#')[1:]}
    ids = {one.split('"')[0] for one in page.split(' id="')[1:]}
    assert anchors - ids == set()
    assert "accesses.jsonl" not in page


@pytest.mark.rule("R1.4")
async def test_a_recused_member_sees_nothing_of_that_candidate_any_more(work: Sittingwork):
    item = work.candidacy()
    assert await work.send("employees", "recuse", page=item, words="Il travaille chez nous") == (
        303, work.path("employees", "?done=recused"))
    assert await work.status("employees", item) == 404
    grid = f"{item}/grid.pdf"
    assert (await work.status("employees", grid), await work.status("employers", grid)) == (404, 200)
    _status, page = await work.get("employees")
    assert there(page, "Vous vous êtes récusé pour ce candidat", "Attribution", "Calculé") == {
        "Vous vous êtes récusé pour ce candidat": True, "Attribution": False, "Calculé": False}
    await work.substitute_called()
    assert (await work.status("substitute", item), await work.status("employees", item)) == (200, 404)


async def test_what_is_not_on_the_agenda_or_of_another_sitting_or_nobody_s_is_not_there(work: Sittingwork):
    assert await work.status("employees", work.candidacy("cand2")) == 404
    assert await work.status("cand", "") == 404
    assert await work.status("emp", "") == 404
    assert (await (await work.browser(work.member("employees"))).get(
        f"/space/{work.member('employees')}/sittings/none/")).status == 404


async def test_who_is_no_member_proposes_and_answers_nothing(work: Sittingwork):
    item, before = work.candidacy(), await work.happened()
    forged = {"key": "k" * 22, "course": "award"}
    for name in ("emp", "cand", "substitute"):
        browser = await work.browser(work.person(name))
        for act in ("propose", "agree?number=1", "disagree?number=1", "recuse", "turn"):
            answer = await browser.send("POST", work.path(name, f"{item}/{act}"), forged)
            assert answer.status == 404, (name, act)
    browser = await work.browser(work.member("employees"))  # a member who does not preside
    answer = await browser.send("POST", work.path("employees", f"{item}/propose"), forged, Accept="text/html")
    assert (answer.status, await work.happened()) == (422, before)


async def test_the_evaluation_jury_comes_while_it_is_asked_and_sees_its_own_record_alone(work: Sittingwork):
    item = work.candidacy()
    await work.questioned()
    status, page = await work.get("tra")
    assert (status, there(page, "Le jury de certification vous pose ses questions.", "Le grain de la reprise")) == (
        200, {"Le jury de certification vous pose ses questions.": True, "Le grain de la reprise": True})
    assert await work.status("tra", f"records/{item}") == 200
    assert (await work.status("tra", item), await work.status("tra", "minutes")) == (404, 404)
    space = await (await work.browser(work.person("tra"))).get(f"/space/{work.person('tra')}/")
    assert "entrer dans la salle" in await space.text()
    assert (await work.send("presides", "close", page=item))[0] == 303
    await work.decided()
    assert await work.status("tra", "") == 404


@pytest.mark.rule("R1.6")
async def test_after_its_questions_a_competency_is_settled_with_its_reason_and_the_blocks_are_computed_again(
        work: Sittingwork):
    item = work.candidacy()
    assert 'name="mark-C1.2"' not in (await work.get("presides", item))[1]
    await work.questioned()
    assert (await work.send("presides", "close", page=item))[0] == 303
    _status, shown = await work.get("presides", item)
    assert 'name="mark-C1.2"' in shown
    status, page = await work.send("presides", "propose", shown=shown, course="award", mark__C1_2="A")
    assert (status, "Dites pourquoi" in page) == (422, True)
    sent = await work.send("presides", "propose", shown=shown, course="award", mark__C1_2="A",
                           why__C1_2="La reprise du grain a été demandée, puis réussie.", letter__C1_2="À consolider.")
    assert sent == (303, work.path("presides", f"{item}#decision"))
    _status, page = await work.get("employers", item)
    words = ("Attribution de la certification", "La reprise du grain a été demandée, puis réussie.")
    assert there(page, *words) == dict.fromkeys(words, True)
    for name in ("employees", "employers"):
        assert (await work.send(name, "agree", page=item))[0] == 303
    decided = (await work.state()).agenda[item].decided
    assert decided is not None
    assert (decided.ruling.award, set(decided.ruling.reasons)) == ("full", {"C1.2"})


async def test_an_answer_to_a_proposal_that_is_no_more_is_refused_and_says_so(work: Sittingwork):
    item = work.candidacy()
    await work.do(work.member("presides"), "ProposeDecision", candidacy=item)
    _status, old = await work.get("employees", item)
    await work.do(work.member("presides"), "ProposeDecision", candidacy=item, course="withhold", words="à revoir")
    status, page = await work.send("employees", "agree", shown=old)
    assert (status, "Cette proposition n’est plus celle qui est soumise" in page) == (422, True)
    proposal = (await work.state()).agenda[item].proposal
    assert proposal is not None
    assert set(proposal.answers) == {work.member("presides")}


@pytest.mark.rule("R1.5")
async def test_what_there_is_to_read_opens_and_is_confirmed_where_it_was_read(work: Sittingwork):
    listed = ("framework", "grid", "tools", "records")
    page = (await work.get("employees"))[1]
    assert {one: f"read/{one}" in page for one in listed} == dict.fromkeys(listed, True)
    block, questions = POLISHING.blocks[0], POLISHING.blocks[0].competencies[0].questions
    opened = {one: (await work.get("employees", f"read/{one}"))[1] for one in listed}
    assert there(opened["framework"], block.title, "à partir de") == {block.title: True, "à partir de": True}
    assert there(opened["grid"], *questions) == dict.fromkeys(questions, True)
    assert there(opened["tools"], *(one.title for one in POLISHING.jury_guide)) == dict.fromkeys(
        (one.title for one in POLISHING.jury_guide), True)
    assert f'href="{work.path("employees", work.candidacy())}"' in opened["records"]
    for one in listed:
        assert await work.send("employees", f"read/{one}", page=f"read/{one}") == (
            303, work.path("employees", "?done=read"))
    assert (await work.state()).prepared[work.member("employees")] == frozenset(listed)
    assert "Vous en avez pris connaissance." in (await work.get("employees", "read/grid"))[1]
    assert [await work.status(who, f"read/{what}") for who, what in (
        ("employees", "novel"), ("tra", "grid"), ("cand", "grid"))] == [404, 404, 404]


@pytest.mark.rule("R1.4", "R1.5")
async def test_a_recused_member_is_led_to_nobody_s_record(work: Sittingwork):
    await work.do(work.member("employees"), "RecuseMember", candidacy=work.candidacy(), words="Mon neveu")
    page = (await work.get("employees", "read/records"))[1]
    assert (work.path("employees", work.candidacy()) in page, "Vous ne délibérez sur aucun candidat" in page) == (
        False, True)


@pytest.mark.rule("R1.4")
async def test_who_was_put_on_the_agenda_after_the_page_was_shown_is_not_among_whom_somebody_said_they_can_judge(
        tmp_path: Path):
    async with with_sitting(tmp_path, to_be_opened) as work:
        first, member = work.candidacy(), work.member("employees")
        _status, old = await work.get("employees")
        await work.do(bodies.CLERK, "TakeOffAgenda", candidacy=first, words="un autre jour", office=await work.clerk())
        await work.do(bodies.CLERK, "PutOnAgenda", candidacy=first, said=await work.handed_on(),
                      framework=framework_to_data(POLISHING), office=await work.clerk())
        for _ in range(2):  # a second press says the same
            assert await work.send("employees", "impartial", shown=old) == (
                303, work.path("employees", "?done=impartial"))
        assert first not in (await work.state()).impartial.get(member, frozenset())
        _status, page = await work.get("employees")
        assert "Dites pour quels candidats vous pouvez juger." in page
        for _ in range(2):
            assert (await work.send("employees", "impartial", shown=page))[0] == 303
        assert (await work.state()).impartial[member] == frozenset({first})


async def test_what_was_typed_for_the_minutes_stays_where_they_were_presented_meanwhile(work: Sittingwork):
    await work.decided()
    _status, page = await work.get("presides")
    await work.presented()
    status, page = await work.send("presides", "complete", shown=page, words="La lampe du poste était faible.")
    assert (status, "La lampe du poste était faible." in page, "reprenez-le pour le changer" in page) == (
        422, True, True)


async def test_what_is_said_already_is_said_again_without_harm(work: Sittingwork):
    """From another window, say, where the form has a key of its own."""
    item = work.candidacy()
    for name, act, page in (("employees", "read/grid", "read/grid"), ("presides", "turn", item)):
        _status, shown = await work.get(name, page)
        assert [(await work.send(name, act, shown=one))[0] for one in (shown, re.sub(
            r'name="key" value="[^"]*"', f'name="key" value="{"k" * 22}"', shown))] == [303, 303], act


async def test_what_the_minutes_are_to_say_stays_typed_where_it_is_refused(work: Sittingwork):
    said = "Le courant a manqué. " * 1000
    status, page = await work.send("presides", "complete", words=said)
    assert (status, page.count('id="wrongs"'), said in page, f'data-address="{work.path("presides")}"' in page) == (
        422, 1, True, True)
    assert 'data-answers="form"' in page


@pytest.mark.rule("X1", "R1.4")
async def test_what_a_member_wrote_is_among_their_own_data_and_not_among_the_candidate_s(work: Sittingwork):
    await work.do(work.member("employees"), "RecuseMember", candidacy=work.candidacy(), words="Mon neveu")
    for name, among in (("employees", True), ("cand", False)):
        person = work.person(name)
        whole = await (await (await work.browser(person)).get(f"/space/{person}/data.zip")).read()
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            assert (name, "Mon neveu" in archive.read("donnees.json").decode()) == (name, among)


@pytest.mark.rule("R1.4")
async def test_who_works_in_a_candidate_s_company_says_why_they_can_judge_all_the_same(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with with_sitting(tmp_path, to_be_opened) as work:
        for module in (impartiality, own_sitting):
            monkeypatch.setattr(module, "colleagues", lambda _state, _person: (work.candidacy(),))
        _status, page = await work.get("employees")
        assert "Pourquoi vous pouvez juger un candidat de votre entreprise" in page
        status, refused = await work.send("employees", "impartial", shown=page)
        assert (status, "récusez-vous pour lui, ou écrivez pourquoi" in refused) == (422, True)
        sent = await work.send("employees", "impartial", shown=refused, words="Deux mille salariés, deux sites.")
        assert sent == (303, work.path("employees", "?done=impartial"))
        assert (await work.state()).impartial[work.member("employees")] == frozenset({work.candidacy()})
