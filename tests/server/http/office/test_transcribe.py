"""A hearing on paper: its pack taken from the day's page, its papers scanned and entered, and confirmed by each juror
in their space (X13)."""

from __future__ import annotations

import asyncio
import re
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pikepdf
import pypdfium2 as pdfium  # pyright: ignore[reportMissingTypeStubs]
import pytest

from evaluation.codec import encode
from evaluation.deadlines import start_of
from evaluation.people import JurorCategory, Role, Seat
from evaluation.session.phases import Phase
from evaluation.session.transcript import mark_place
from server.http import parts
from tests.evaluation.session.day import CODES, HOUR
from tests.pace import within
from tests.server.documents.samples import pdf
from tests.server.http.office.desks import Desks

JURY = tuple(Seat(f"x-{one}", f"p-{one}", Role.JUROR, one) for one in JurorCategory)
EMPLOYEES, EMPLOYERS, TRAINER = (one.id for one in JURY)
NAMES = {"employees": "Marc Oudin", "employers": "Hélène Garnier", "trainer": "Samia Benali"}


async def held(desks: Desks) -> tuple[str, str]:
    """Tomorrow's day, with its jury and one candidate on site; the clock stands at its evening."""
    await desks.in_force()
    tomorrow = date.fromisoformat(desks.today) + timedelta(days=1)
    day = await desks.day(tomorrow.isoformat(), anyway="yes")
    for category, name in NAMES.items():
        await desks.home.app[parts.ACCOUNTS].save_person(f"p-{category}", {
            "name": name, "first_name": name.split()[0], "email": f"{category}@example.org"})
    await desks.do("member", "DecideJury", decision="d1", session=day, jurors=[encode(one) for one in JURY])
    hearing = await desks.listed(day, "lina", "Lina Morel", start_of(tomorrow) + 9 * HOUR)
    await acted(desks, day, (await desks.of_day(day)).organizer.id, "ChangeMode", hearing=hearing, mode="on_site")
    async with within(10):
        while not (await desks.of_day(day)).jurors:
            await asyncio.sleep(0.02)
    desks.home.clock.ahead += start_of(tomorrow) + 18 * HOUR - desks.home.clock()
    return day, hearing


async def acted(desks: Desks, day: str, seat: str, command: str, **fields: Any) -> None:
    await desks.home.app[parts.SESSIONS].execute(day, seat, command, fields, by_server=True)


def filled(**changes: str) -> dict[str, str]:
    """What the papers say: everything acquired."""
    found = {
        "president": EMPLOYEES, "prevention": "acknowledged", "sheet": "signed", "finding": "conform",
        "course": "proceed", "piece": "passport", "presentation-began": "09:15", "presentation-ended": "09:30",
        "questions-began": "09:31", "questions-ended": "10:01", "to/advice/BC1": "award", "to/advice/BC2": "award",
        "to/advice/": "award"}
    found |= {mark_place(juror.id, code): "A" for juror in JURY for code in CODES}
    return found | {f"agreed/{code}": "A" for code in CODES} | changes


async def juror(desks: Desks, seat: str, path: str, **form: str) -> tuple[int, str]:
    """A page of their seat in their space, or (with a form) what becomes of it."""
    person = f"p-{seat.removeprefix('x-')}"
    browser, at = await desks.browser(person), f"/space/{person}/seats/{seat}/{path}"
    if not form:
        answer = await browser.get(at, Accept="text/html")
        return answer.status, unescape(await answer.text())
    answer = await browser.send("POST", at, form, Accept="text/html")
    return answer.status, answer.headers.get("Location") or unescape(await answer.text())


async def answers(desks: Desks, seat: str, hearing: str, act: str, **form: str) -> tuple[int, str]:
    _, page = await juror(desks, seat, f"transcripts/{hearing}")
    key, = re.findall(rf'/{act}" class="form" novalidate>\s*<input type="hidden" name="key" value="([\w-]+)"', page)
    number = re.findall(r'name="number" value="(\d+)"', page)[0]
    return await juror(desks, seat, f"transcripts/{hearing}/{act}", key=key, number=number, **form)


@pytest.mark.rule("X1", "X13")
async def test_what_the_candidate_signed_on_paper_is_erased_with_them_and_the_pack_is_not(desks: Desks):
    day, hearing = await held(desks)
    here, vault = f"days/{day}/transcripts/{hearing}", desks.home.app[parts.VAULT]
    for paper in ("prevention", "pack"):
        assert (await desks.send("org1", f"{here}/scan", here, paper=paper, file=pdf(2)))[0] == 303
    state = await desks.of_day(day)
    signed, pack = (one.id for one in state.hearing(hearing).scans)
    await vault.erase(state.hearing(hearing).candidate.person)
    with pytest.raises(FileNotFoundError):
        await vault.read_file(signed)
    assert len(await vault.read_file(pack)) > 0


@pytest.mark.rule("X13")
async def test_a_hearing_held_on_paper_is_entered_and_confirmed(desks: Desks):
    day, hearing = await held(desks)
    here = f"days/{day}/transcripts/{hearing}"
    assert "Saisir ce que disent les papiers" not in await desks.page("org1", here)
    status, _ = await desks.send("org1", f"{here}/scan", here, paper="pack", file=b"MZ" + bytes(99))
    assert status == 422
    status, where = await desks.send("org1", f"{here}/scan", here, paper="pack", file=pdf(2))
    assert (status, where.partition("?")[2]) == (303, "done=scan-attached")
    scan, = (await desks.of_day(day)).hearing(hearing).scans
    assert (scan.paper, scan.pages, len(scan.digest)) == ("pack", 2, 64)
    # what is missing and what is wrong is said, and what was typed is kept
    status, page = await desks.send("org1", here, here, **filled(**{
        mark_place(TRAINER, "C1.2"): "", "questions-ended": "midi", "gates": "mots gardés"}))
    assert (status, "C1.2, Samia Benali" in page, "Une heure s’écrit 09:30." in page) == (422, True, True)
    assert "mots gardés" in page
    status, page = await desks.send("org1", here, here, **filled(**{mark_place(TRAINER, "C1.2"): "NA"}))
    assert (status, "Dites pourquoi « non acquis » : C1.2." in page.replace("\u202f", " ").replace("\u00a0", " ")) == (
        422, True)  # fmt: skip
    status, where = await desks.send("org1", here, here, **filled())
    assert (status, where.partition("?")[2]) == (303, "done=transcribed")
    # one finds it wrong, the organizer corrects what is shown again
    status, page = await juror(desks, TRAINER, f"transcripts/{hearing}")
    assert (status, "Lina Morel" in page, page.count("<strong>acquise</strong>")) == (200, True, 24)
    assert (await answers(desks, TRAINER, hearing, "refuse", words="C2.3 : j’ai écrit NA."))[0] == 303
    assert "un juré demande une correction" in await desks.page("org1", f"days/{day}")
    assert "C2.3 : j’ai écrit NA." in await desks.page("org1", here)
    corrected = {mark_place(TRAINER, "C2.3"): "NA", f"why/{mark_place(TRAINER, 'C2.3')}": "Surface rayée."}
    assert (await desks.send("org1", here, here, **filled(**corrected)))[0] == 303
    page = await desks.page("org1", here)
    assert 'value="Surface rayée."' in page
    # each confirms, the president last
    status, refused = await answers(desks, EMPLOYEES, hearing, "confirm")
    assert (status, "préside confirme en dernier" in refused) == (422, True)
    for seat in (TRAINER, EMPLOYERS, EMPLOYEES):
        assert (await answers(desks, seat, hearing, "confirm"))[0] == 303
    state = await desks.of_day(day)
    found = state.hearing(hearing)
    assert (found.phase, found.result.outcome, found.transcribed.by) == (Phase.CLOSED, "full", state.organizer.id)
    assert "transcrit du papier, confirmé par les trois jurés" in await desks.page("org1", f"days/{day}")
    assert "Saisir ce que disent" not in await desks.page("org1", here)
    _, page = await juror(desks, TRAINER, f"transcripts/{hearing}")
    assert ("c’est le procès-verbal" in page, "je confirme" in page) == (True, False)


@pytest.mark.rule("X13")
async def test_the_pack_of_a_candidate_and_of_the_whole_day(desks: Desks):
    day, hearing = await held(desks)
    answer = await desks.get("org1", f"days/{day}/packs/{hearing}.pdf")
    body = await answer.read()
    assert (answer.status, answer.content_type) == (200, "application/pdf")
    papers = pdfium.PdfDocument(body)
    pages = [one.get_textpage().get_text_range() for one in papers]
    assert all("Lina Morel" in page and hearing in page and "page " in page for page in pages)
    for title in ("Feuille de présence", "Identité", *(f"Grille de {name}" for name in NAMES.values()), "Consensus",
                  "Incident", "Une présomption de fraude"):
        assert [title in page for page in pages].count(True) >= 1, title
    papers.close()
    answer = await desks.get("org1", f"days/{day}/packs.zip")
    with ZipFile(BytesIO(await answer.read())) as files:
        assert files.namelist() == [f"01-{hearing}.pdf"]
        packed = files.read(files.namelist()[0])
    with pikepdf.open(BytesIO(packed)) as one, one.open_metadata() as told:
        assert (told["pdfaid:part"], told["pdfaid:conformance"], told["pdfuaid:part"]) == ("2", "A", "1")
    for other in (f"days/{day}/packs/x.pdf", f"days/{day}/transcripts/x"):
        assert (await desks.get("org1", other)).status == 404
    for stranger in ("org2", "obs", "clerk"):
        for path in (f"packs/{hearing}.pdf", "packs.zip", f"transcripts/{hearing}"):
            assert (await desks.get(stranger, f"days/{day}/{path}")).status == 404


@pytest.mark.rule("X13")
async def test_what_is_entered_is_shown_to_the_jurors_of_the_hearing_alone(desks: Desks):
    day, hearing = await held(desks)
    status, _ = await juror(desks, TRAINER, f"transcripts/{hearing}")
    assert status in (403, 404)  # nothing is entered yet
    browser = await desks.browser("lina")
    answer = await browser.get(f"/space/lina/seats/s-lina/transcripts/{hearing}", Accept="text/html")
    assert answer.status in (403, 404)
    assert (await desks.of_day(day)).hearing(hearing).transcribed is None
