"""A candidate's papers in their space, before the day; a juror reads the brief there and adopts it."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

import pytest
from aiohttp import ClientResponse, FormData

from server.http import parts
from server.storage.vault import session_subject
from tests.server.documents.samples import pdf, picture
from tests.server.http.house import Browser, House

PAGE = {"Accept": "text/html"}
TRY_OUT = ("Essai de votre caméra, de votre micro et de votre connexion", "À faire")


def place(home: House, name: str) -> str:
    """What the pages of somebody's seat begin with in their space."""
    return f"{home.space(name)}seats/{home.seat(name)}/"


async def shown(browser: Browser, path: str, status: int = 200) -> str:
    answer = await browser.get(path, **PAGE)
    assert answer.status == status
    return " ".join(unescape(await answer.text()).split())


def lines(page: str) -> list[tuple[str, str]]:
    """Title and state of each line of the list."""
    return re.findall(r'<div><h2>([^<]*)</h2> <p><span class="tag [a-z]*">.*?</svg>([^<]*)</span>', page)


async def send(browser: Browser, page: str, data: bytes, name: str, **fields: str) -> ClientResponse:
    form = FormData({"key": uuid4().hex, **fields})
    form.add_field("file", data, filename=name)
    return await browser.send("POST", page, form, **PAGE)


@pytest.mark.rule("R4.6", "R6.2")
async def test_one_list_says_what_is_missing_and_each_paper_is_supplied_on_its_page(home: House):
    browser, papers = await home.at_home("cand"), place(home, "cand") + "papers"
    assert f'href="{papers}"' in await shown(browser, home.space("cand"))
    assert lines(await shown(browser, papers)) == [
        ("Livret A", "À envoyer"), ("Livret B", "À envoyer"), ("Photographie de la pièce", "À envoyer"),
        ("Pièce d’identité, recto", "À envoyer"), TRY_OUT, ("Pièce d’identité, verso", "Si besoin")]
    for kind, data, name, fields in (
            ("portfolio_a", pdf(2), "livret.pdf", {}), ("photograph", picture(), "piece.jpg", {}),
            ("identity_front", picture(), "carte.jpg", {"identity": "passport"})):
        answer = await send(browser, f"{papers}/{kind}", data, name, **fields)
        assert (answer.status, answer.headers["Location"]) == (303, f"{papers}?done=supplied")
    assert lines(await shown(browser, papers)) == [
        ("Livret B", "À envoyer"), TRY_OUT, ("Pièce d’identité, verso", "Si besoin"), ("Livret A", "Reçu"),
        ("Photographie de la pièce", "Reçu"), ("Pièce d’identité, recto", "Reçu")]
    state = await home.app[parts.SESSIONS].state(home.session)
    assert state is not None
    documents = state.hearing(home.hearing()).documents
    assert [(one.kind, one.pages, one.by, one.identity) for one in documents] == [
        ("portfolio_a", 2, home.seat("cand"), None), ("photograph", 1, home.seat("cand"), None),
        ("identity_front", 1, home.seat("cand"), "passport")]
    read = f"{place(home, 'cand')}documents/{documents[0].id}"
    second = await shown(browser, read + "?page=2")
    assert ("Page 2 sur 2" in second, f'href="{place(home, "cand")}papers"' in second) == (True, True)
    await shown(browser, read + "?page=3", 404)
    image = await browser.get(read + "/pages/1.webp")
    assert (image.status, image.content_type) == (200, "image/webp")
    assert (await browser.get(f"{place(home, 'cand')}documents/{documents[2].id}")).status == 403  # R6.2


@pytest.mark.rule("R4.6")
async def test_what_cannot_be_taken_is_told_beside_the_file_and_nothing_is_kept(home: House):
    browser, papers = await home.at_home("cand"), place(home, "cand") + "papers"
    eleven = await send(browser, f"{papers}/portfolio_a", pdf(11), "livret.pdf")
    assert (eleven.status, "11 pages" in await eleven.text()) == (422, True)
    for data, name, words in (
            (b"MZ" + bytes(200), "livret.pdf", "ni un PDF ni une image"), (picture(), "livret.pdf", "c’est une image"),
            (b"", "livret.pdf", "Ce fichier est vide")):
        answer = await send(browser, f"{papers}/portfolio_a", data, name)
        text = unescape(await answer.text())
        assert (answer.status, words in text, "Rien n’a été enregistré." in text) == (422, True, True)
    asked = await send(browser, f"{papers}/identity_front", picture(), "carte.jpg")
    assert (asked.status, "Choisissez une réponse." in unescape(await asked.text())) == (422, True)
    huge = await browser.send("POST", f"{papers}/portfolio_a", b"", **PAGE, **{
        "Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(500_000_000)})
    assert huge.status == 413
    state = await home.app[parts.SESSIONS].state(home.session)
    assert state is not None
    assert state.hearing(home.hearing()).documents == ()


async def test_a_photograph_sent_by_mistake_is_taken_out_and_stays_kept(home: House):
    browser, papers = await home.at_home("cand"), place(home, "cand") + "papers"
    await send(browser, f"{papers}/photograph", picture(), "piece.jpg")
    page = await shown(browser, f"{papers}/photograph")
    (document,) = re.findall(r'name="document" value="(\w+)"', page)
    answer = await browser.click(f"{papers}/photograph/remove", key="r" * 16, document=document)
    assert (answer.status, answer.headers["Location"]) == (303, f"{papers}/photograph?done=removed")
    page = await shown(browser, f"{papers}/photograph?done=removed")
    assert "retiré</span>" in page
    assert re.findall(r'name="document" value="(\w+)"', page) == []
    again = await browser.click(f"{papers}/photograph/remove", key="s" * 16, document=document)
    assert (again.status, "n’est plus dans ce dossier" in unescape(await again.text())) == (422, True)


@pytest.mark.rule("X15")
async def test_the_pages_of_another_seat_are_not_there(home: House):
    browser = await home.at_home("cand")
    other = f"{home.space('cand')}seats/{home.seat('cand2')}/"
    for path in ("papers", "papers/portfolio_a", "brief", "documents/x"):
        assert (await browser.get(other + path, **PAGE)).status == 404
    assert (await send(browser, other + "papers/portfolio_a", pdf(1), "a.pdf")).status == 404
    juror = await home.at_home("emp")
    assert (await juror.get(place(home, "emp") + "papers", **PAGE)).status == 403
    assert (await juror.get(place(home, "emp") + "brief", **PAGE)).status == 403  # nothing is written yet
    assert (await browser.get(place(home, "cand") + "brief", **PAGE)).status == 403


async def written(home: House, name: str = "b" * 32) -> None:
    """A version of the brief, as the page of the day keeps it."""
    await home.app[parts.VAULT].put_file(
        session_subject(home.session), home.session, "brief", "application/pdf", pdf(2), name=name)
    await home.app[parts.SESSIONS].execute(
        home.session, home.seat("org"), "WriteBrief", {"document": name, "digest": "d", "pages": 2}, by_server=True)


@pytest.mark.rule("R4.1")
async def test_a_juror_reads_the_brief_in_their_space_and_answers(home: House):
    await written(home)
    browser, page = await home.at_home("emp"), place(home, "emp") + "brief"
    assert "lire le cahier des charges et répondre" in await shown(browser, home.space("emp"))
    first = await shown(browser, f"{place(home, 'emp')}documents/{'b' * 32}")
    assert ("Page 1 sur 2" in first, f'href="{place(home, "emp")}preparation"' in first) == (True, True)
    silent = await browser.click(page, key="k" * 16, adopted="no")
    assert (silent.status, "Écrivez ce qui doit changer" in unescape(await silent.text())) == (422, True)
    answer = await browser.click(page, key="l" * 16, adopted="no", words="Le poids manque.")
    assert (answer.status, answer.headers["Location"]) == (303, f"{page}?done=answered")
    other = await home.at_home("own")
    assert "Le poids manque." in await shown(other, place(home, "own") + "brief")
    for name, key in (("own", "m"), ("emp", "n")):
        juror = await home.at_home(name)
        assert (await juror.click(place(home, name) + "brief", key=key * 16, adopted="yes")).status == 303
    assert "Adopté par le jury" in await shown(browser, page)
    assert "répondre" not in await shown(browser, home.space("emp"))
    candidate = await home.at_home("cand")
    assert (await candidate.get(f"{place(home, 'cand')}documents/{'b' * 32}")).status == 403


@pytest.mark.rule("R4.1", "X7")
async def test_nobody_adopts_a_version_that_came_after_the_one_they_were_shown(home: House):
    await written(home)
    browser, page = await home.at_home("emp"), place(home, "emp") + "brief"

    async def adopts(html: str) -> int:
        sent = dict(re.findall(r'name="(key|seen)" value="([^"]+)"', html))
        return (await browser.click(page, adopted="yes", **sent)).status

    before = await shown(browser, page)
    await written(home, "c" * 32)
    assert (await adopts(before), (await home.state()).briefs[-1].answers) == (409, {})
    after = await shown(browser, page)
    await home.act("own", "AnswerBrief", document="c" * 32, adopted=False, words="Le poids manque.")
    assert await adopts(after) == 303


