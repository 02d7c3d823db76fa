"""The record, the signed grid, the board: who reads them, and when."""

from __future__ import annotations

import pytest
from pypdfium2 import PdfDocument

from server.http import parts
from tests.server.http.house import House
from tests.server.http.test_event_streams import Reading


@pytest.mark.rule("R3.8")
async def test_the_signed_grid_is_a_paper_for_the_jury_and_then_the_organizer(home: House):
    juror, organizer, candidate = await home.sit("tra"), await home.sit("org"), await home.sit("cand")
    path = {name: f"/seat/{home.seat(name)}/records/{home.hearing()}/grid.pdf" for name in ("tra", "org", "cand")}
    await home.to_questions()
    assert (await juror.get(path["tra"])).status == 403  # nothing before the deliberation opens
    await home.from_questions_to_closed(C1_2="NA")
    answer = await juror.get(path["tra"])
    assert (answer.status, answer.content_type) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="grille.pdf"'
    paper = await answer.read()
    words = " ".join("".join(page.get_textpage().get_text_range() for page in PdfDocument(paper)).split())
    events = await home.events()
    for said in ("Grille de délibération", "Lina Morel", "Marc Oudin", "Anne Patron", "Tom Formateur",
                 "n’a pas été montrée", f"(position {events.index('HearingClosed') + 1})"):
        assert said in words
    assert words.count("Non acquise") == 1
    assert await (await organizer.get(path["org"])).read() == paper
    assert (await candidate.get(path["cand"])).status == 403
    assert (await juror.get(f"/seat/{home.seat('tra')}/records/{home.hearing(2)}/grid.pdf")).status == 403


@pytest.mark.rule("R3.8")
async def test_the_signed_grid_is_printed_whatever_somebody_wrote(home: House):
    because = "\uf0b7 pas montrée 😀 \ue555\n\uf0b7 王小明, தமிழ்ச்செல்வி, محمد"
    juror = await home.sit("tra")
    await home.to_questions()
    await home.from_questions_to_closed(because, C1_2="NA")
    answer = await juror.get(f"/seat/{home.seat('tra')}/records/{home.hearing()}/grid.pdf")
    assert answer.status == 200
    paper = PdfDocument(await answer.read())
    words = "".join(page.get_textpage().get_text_range() for page in paper)
    for said in ("• pas montrée 😀", "王小明", "[U+E555]"):
        assert said in words


async def test_the_board_shows_a_change_and_nothing_twice(home: House):
    organizer = await home.sit("org")
    response = await organizer.get(f"/seat/{home.seat('org')}/board/events")
    stream = Reading(response)
    _, board = await stream.next("board")
    assert [(row["id"], len(row["hearings"])) for row in board["sessions"]] == [("s1", 2)]
    assert board["calls"] == []
    await home.act("cand", "ReportProblem", words="on ne m’entend pas")
    _, board = await stream.next("board")
    assert [(call["from"], call["words"]) for call in board["calls"]] == [("Lina Morel", "on ne m’entend pas")]
    await home.act("org", "RecordIncident", hearing=home.hearing(), kind="technical", suspected_fraud=False,
                   words="coupure", evidence=[])
    await home.settled()  # its case is open: told at the next look at anything live
    home.app[parts.STREAMS].nudge(home.session)
    while not board["sessions"][0]["hearings"][0]["case_open"]:
        _, board = await stream.next("board")
    assert [row["case_open"] for row in board["sessions"][0]["hearings"]] == [True, False]
    response.close()
    juror = await home.sit("emp")
    assert (await juror.get(f"/seat/{home.seat('emp')}/board/events")).status == 403


async def test_a_link_is_mailed_again_by_the_organizer_alone(home: House):
    organizer, juror = await home.sit("org"), await home.sit("emp")
    body, headers = f'{{"seat": "{home.seat("cand")}"}}', {"Content-Type": "application/json"}
    assert (await juror.send("POST", f"/seat/{home.seat('emp')}/links", body, **headers)).status == 403
    assert await home.letters() == []
    assert (await organizer.send("POST", f"/seat/{home.seat('org')}/links", body, **headers)).status == 200
    (letter,) = await home.letters()
    token = letter.split(f"{home.url}/i/")[1].split()[0]
    for one in (token, home.tokens["cand"]):  # the link given before still works
        assert (await home.browser().get(f"/i/{one}")).status == 200
    nobody = await organizer.send("POST", f"/seat/{home.seat('org')}/links", '{"seat": "s2-cand"}', **headers)
    assert (nobody.status, (await nobody.json())["field"]) == (400, "seat")
