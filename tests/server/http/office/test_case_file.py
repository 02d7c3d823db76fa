"""The file of a case: pictures and papers, two cases joined, what it is said anew, somebody named whom it concerns."""
from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from evaluation.case.kind import CASE
from evaluation.deadlines import day_of, start_of
from evaluation.session import captures
from evaluation.session.acts import ACTS, Who
from evaluation.slots import hour_on
from server.http import parts
from tests.server.http.office.desks import Desks, paper
from tests.server.http.office.test_cases import LONG, do, noted, opened

PICTURE = b"\xff\xd8\xff a picture"


async def two(desks: Desks) -> tuple[str, str]:
    """One power cut over two hearings of a day: two cases."""
    await desks.in_force()
    day = await desks.day("2099-06-15")
    return await noted(desks, day, "lina", LONG), await noted(desks, day, "zoe", "Zoé Quentin", hour=14)


async def refused(desks: Desks, person: str, case: str, act: str, of: str = "c-lina", /, **fields: Any) -> str:
    status, page = await desks.send(person, f"cases/{case}/{of}/{act}", **fields)
    assert status == 422, (status, page)
    return page


@pytest.mark.rule("R7.1", "R7.2")
async def test_one_cause_is_one_case_with_what_is_common_and_each_ones_own(desks: Desks):
    first, second = await two(desks)
    form = await desks.page("org1", f"cases/{first}/c-lina/join")
    assert re.findall(r'<option value="(\w+)">', form) == [second]
    assert "Zoé Quentin" in form
    await do(desks, "org1", first, "join", into=second, words="Une seule coupure")
    await desks.home.settled()
    gone, page = await desks.page("org1", f"cases/{first}"), await desks.page("org1", f"cases/{second}")
    assert (f"cases/{second}" in gone, "Ouvrir le dossier commun" in gone) == (True, True)
    assert [f'id="part-c-{one}"' in page for one in ("lina", "zoe")] == [True, True]
    listed = await desks.page("org1", "cases")
    assert (page.count('/report"'), LONG in listed, first in listed) == (2, True, False)
    await do(desks, "org1", second, "complete", about="all", words="Le quartier était dans le noir")
    await do(desks, "org1", second, "complete", about="own", words="Lina a attendu", seen_on="2026-01-01",
             seen_at="10:05")
    await do(desks, "org1", second, "evidence", about="all", picture="", paper=paper("Attestation"))
    page = await desks.page("org1", f"cases/{second}")
    common, zoe, lina = re.split(r'id="part-c-', page.split('id="common"')[1].split('id="steps"')[0])
    assert ["Le quartier était dans le noir" in one for one in (common, lina, zoe)] == [True, False, False]
    assert ["Lina a attendu" in one for one in (common, lina, zoe)] == [False, True, False]
    assert "1er janv. 2026, 10 h 05" in lina.replace("\xa0", " ")
    assert ["Pièce du dossier" in one for one in (common, lina, zoe)] == [True, False, False]
    assert (await desks.get("org1", f"cases/{second}/c-nobody/complete")).status == 404


async def test_nothing_else_can_be_joined(desks: Desks):
    case = await opened(desks)
    assert "Joindre à un autre dossier" not in await desks.page("org1", f"cases/{case}")
    assert (await desks.get("org1", f"cases/{case}/c-lina/join")).status == 404


@pytest.mark.rule("R6.5")
async def test_the_clerk_alone_says_anew_what_it_is(desks: Desks):
    case = await opened(desks)
    assert (await desks.get("org1", f"cases/{case}/c-lina/requalify")).status == 404
    await do(desks, "clerk", case, "requalify", to="fraud/outside_help", words="Quelqu’un soufflait")
    page = await desks.page("clerk", f"cases/{case}")
    assert ("Faits signalés" in page, "Objet du dossier changé" in page) == (True, True)


@pytest.mark.rule("R7.1", "X15")
async def test_an_organizer_whom_it_concerns_is_replaced_by_the_director(desks: Desks):
    case = await opened(desks)
    assert (await desks.get("dir1", f"cases/{case}/c-lina/complete")).status == 404
    await do(desks, "clerk", case, "subject", person="org1", words="L’ordinateur était le sien")
    assert (await desks.get("org1", f"cases/{case}")).status == 404
    assert LONG not in await desks.page("org1", "cases")
    assert "L’ordinateur était le sien" in await desks.page("clerk", f"cases/{case}")
    assert "quelque chose de vous" in await (await (await desks.browser("dir1")).get(
        "/space/dir1/", Accept="text/html")).text()
    await do(desks, "dir1", case, "complete", words="Le disjoncteur a sauté")
    await refused(desks, "clerk", case, "subject", person="nobody", words="x")


async def _with_picture(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str, str]:
    """A case of lina's that cites a picture, and another picture of hers; taken by no camera, and by no juror."""
    monkeypatch.setitem(ACTS, captures.TakeCapture, frozenset({Who.ORGANIZER}))
    for check in ("check_capture", "check_on_camera"):
        monkeypatch.setattr(captures, check, lambda *_of: None)
    await desks.in_force()
    day = await desks.day("2099-06-15")
    await desks.listed(day, "lina", LONG, start_of(date(2099, 6, 15)) + 36_000_000)
    organizer, found = (await desks.of_day(day)).organizer.id, list[str]()
    for _ in range(2):
        file = await desks.home.app[parts.VAULT].put_file("lina", day, "capture", "image/jpeg", PICTURE)
        await desks.home.app[parts.SESSIONS].execute(day, organizer, "TakeCapture", {
            "hearing": "h-lina", "capture": file.id, "seat": "s-lina", "source": "main", "digest": file.digest},
            by_server=True)
        found.append(file.id)
    return await noted(desks, day, "lina", LONG, found[0]), found[0], found[1]


@pytest.mark.rule("R6.5", "X1")
async def test_its_pictures_are_shown_to_whoever_sees_the_part_and_each_opening_is_noted(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
):
    case, cited, other = await _with_picture(desks, monkeypatch)
    where, page = f"cases/{case}/pictures", await desks.page("org1", f"cases/{case}")
    assert (f"{where}/{cited}.jpg" in page, f"{where}/{other}.jpg" in page) == (True, False)
    answer = await desks.get("org1", f"{where}/{cited}.jpg")
    assert (answer.status, await answer.read()) == (200, PICTURE)
    seen = await desks.home.app[parts.OPENINGS].about((await _session(desks, case)), "lina")
    assert [(one.seat, one.why) for one in seen] == [("org1", "picture")]
    assert [(await desks.get(person, f"{where}/{one}.jpg")).status for person, one in (
        ("org2", cited), ("org1", other), ("org1", "none"))] == [404, 404, 404]
    form = await desks.page("org1", f"cases/{case}/c-lina/evidence")
    (position,) = re.findall(r'<option value="(\d+)">', form)
    both = await refused(desks, "org1", case, "evidence", picture=position, paper=paper())
    neither = await refused(desks, "org1", case, "evidence", picture="")
    assert ("Joignez une image" in both, "Joignez une image" in neither) == (True, True)
    await refused(desks, "org1", case, "evidence", picture="1")
    await do(desks, "org1", case, "evidence", picture=position)
    assert (await desks.get("clerk", f"{where}/{other}.jpg")).status == 200
    await desks.home.app[parts.VAULT].erase("lina")
    assert (await desks.get("clerk", f"{where}/{other}.jpg")).status == 410


async def _session(desks: Desks, case: str) -> str:
    state = await desks.home.app[parts.JOURNALS].state(CASE, case)
    assert state is not None
    assert state.session is not None
    return state.session


async def test_its_papers_are_given_out_to_whoever_sees_the_part(desks: Desks):
    case = await opened(desks)
    await do(desks, "org1", case, "report", paper=paper("Rapport"))
    page = await desks.page("clerk", f"cases/{case}")
    (file,) = re.findall(rf"cases/{case}/papers/(\w+)", page)
    assert "réception attendue" in page
    assert (await desks.get("clerk", f"cases/{case}/papers/{file}")).content_type == "application/pdf"
    assert [(await desks.get(person, f"cases/{case}/papers/{one}")).status for person, one in (
        ("org2", file), ("clerk", "0" * 32), ("obs", file))] == [404, 404, 404]


@pytest.mark.rule("R7.1")
async def test_its_end_is_handed_to_the_candidate_once(desks: Desks):
    case = await opened(desks)
    await do(desks, "member", case, "close", words="", meeting_day="")
    await do(desks, "clerk", case, "hand", paper=paper("Décision"))
    page = await desks.page("clerk", f"cases/{case}")
    assert ("Décision remise au candidat" in page, f"cases/{case}/c-lina/hand" in page) == (True, False)
    assert (await desks.get("clerk", f"cases/{case}/c-lina/hand")).status == 404


@pytest.mark.rule("R7.1")
async def test_a_report_is_drawn_seen_before_and_handed_over_by_one_press(desks: Desks):
    """Of the case alone: nobody writes a letter beside it."""
    case = await opened(desks)
    page = f"cases/{case}/c-lina/report"
    status, draft = await desks.sent_back("org1", f"{page}/preview", page, note="Le disjoncteur a sauté")
    assert (status, draft[:5]) == (200, b"%PDF-")
    assert "Rapport n° 1" not in (await desks.page("org1", f"cases/{case}")).replace("\xa0", " ")
    await do(desks, "org1", case, "report", note="Le disjoncteur a sauté")
    shown = await desks.page("clerk", f"cases/{case}")
    (file,) = re.findall(rf"cases/{case}/papers/(\w+)", shown)
    answer = await desks.get("clerk", f"cases/{case}/papers/{file}")
    assert (answer.status, (await answer.read())[:5]) == (200, b"%PDF-")
    assert (await desks.get("org2", page)).status == 404
    shown = f"cases/{case}/c-lina/take-report"  # nothing is decided: no decision is drawn either
    assert (await desks.sent_back("clerk", f"cases/{case}/c-lina/hand/preview", shown))[0] == 404


@pytest.mark.rule("R7.2")
async def test_a_candidate_is_told_summoned_and_heard_through_the_pages(desks: Desks):
    """Each time the page says what is to be done next, and of an hour too near why not; nobody is heard before it."""
    case = await opened(desks)
    await desks.home.app[parts.ACCOUNTS].save_person("lina", {"name": LONG, "first_name": "Marie"})  # no mail
    await do(desks, "clerk", case, "requalify", to="fraud/outside_help", words="Quelqu’un soufflait")
    await do(desks, "org1", case, "report")
    await do(desks, "clerk", case, "take-report")
    await do(desks, "clerk", case, "notice", words="Une voix soufflait", sanctions=["disqualify"])
    await do(desks, "clerk", case, "delivery", on=desks.today, means="by_hand", words="Remise", paper=paper("Reçu"))
    assert "au moins 5 jours après celui-ci" in await desks.page("clerk", f"cases/{case}/c-lina/summon")
    near = await refused(desks, "clerk", case, "summon", day=desks.today, hour="23:00", place="Salle 4")
    assert "au moins 5 jours" in near
    hour = day_of(desks.home.clock()) + timedelta(days=8)
    await do(desks, "clerk", case, "summon", day=hour.isoformat(), hour="10:00", place="Salle 4")
    page = await desks.page("clerk", f"cases/{case}")
    assert ("Salle 4" in page, "Convocation à être entendu" in page) == (True, True)
    assert (await desks.get("clerk", f"cases/{case}/c-lina/heard")).status == 404  # it is not the hour
    desks.home.clock.ahead += hour_on(hour, "10:00") - desks.home.clock()
    await do(desks, "clerk", case, "heard", on=desks.today, attended="yes", words="Elle dit que non", paper="")
    assert "Candidat entendu" in await desks.page("clerk", f"cases/{case}")


@pytest.mark.rule("R7.2")
async def test_of_several_accusations_the_clerk_withdraws_the_one_that_is_named(desks: Desks):
    """The case goes on as long as another stands."""
    first, second = await two(desks)
    day = await _session(desks, first)
    for case, of in ((first, "c-lina"), (await noted(desks, day, "lina", LONG), "c-lina")):
        await do(desks, "clerk", case, "requalify", of, to="fraud/outside_help", words="Quelqu’un soufflait")
    assert second
    form = await desks.page("clerk", f"cases/{first}/c-lina/withdraw")
    assert 'name="accusation"' not in form
    other = re.findall(r'<option value="(\w+)">', await desks.page("org1", f"cases/{first}/c-lina/join"))[0]
    await do(desks, "org1", first, "join", into=other, words="Les mêmes faits")
    await desks.home.settled()
    form = await desks.page("clerk", f"cases/{other}/c-lina/withdraw")
    one, another = re.findall(r'name="accusation".*?</select>', form, re.DOTALL)[0].split("<option value=")[2:]
    assert one[:3] != another[:3]
    await refused(desks, "clerk", other, "withdraw", accusation="9", words="x")
    await do(desks, "clerk", other, "withdraw", accusation=another[1], words="Une erreur")
    assert "Signalement retiré" in await desks.page("clerk", f"cases/{other}")
    assert (await desks.get("clerk", f"cases/{other}/c-lina/withdraw")).status == 200
    await do(desks, "clerk", other, "withdraw", words="Une erreur aussi")
    assert (await desks.get("clerk", f"cases/{other}/c-lina/withdraw")).status == 404
