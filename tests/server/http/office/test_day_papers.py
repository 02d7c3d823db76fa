"""The brief and the candidates' papers on the day's page: written, adopted, published; late papers, the piece."""

from __future__ import annotations

import asyncio
import re
from datetime import date, timedelta
from typing import Any

import pytest

from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.terms import CameBy, Initiative, Interview, Registration, RulesHanded
from evaluation.codec import encode
from evaluation.deadlines import day_of, start_of
from evaluation.people import JurorCategory, Role, Seat
from evaluation.slots import HOME
from server.http import parts
from server.storage.logins import DAY_MS
from tests.pace import within
from tests.server.documents.samples import pdf
from tests.server.http.office.desks import Desks

THE_DAY = date(2099, 6, 15)
JURORS = tuple(Seat(f"x-{one}", f"p-{one}", Role.JUROR, one) for one in JurorCategory)


async def state_of(desks: Desks, day: str) -> Any:
    return await desks.home.app[parts.SESSIONS].state(day)


async def acted(desks: Desks, day: str, seat: str, command: str, **fields: Any) -> None:
    await desks.home.app[parts.SESSIONS].execute(day, seat, command, fields, by_server=True)


async def listed(desks: Desks) -> str:
    """A day of 2099 with its jury and one candidate."""
    await desks.in_force()
    day = await desks.day(THE_DAY.isoformat())
    body = await desks.body()
    office = await desks.quote("cnhbjo", body.offices["of-org1"].position)
    given = Registration(("BC1", "BC2"), CameBy.CONTINUING_TRAINING, Initiative.CANDIDATE,
                         Interview(date(2020, 1, 1), "org1"), RulesHanded("2020", date(2020, 1, 1)), ())
    await desks.home.app[parts.JOURNALS].execute(
        CANDIDACY, "k1", "org1", "OpenCandidacy", {
            "candidacy": "k1", "person": "cand", "office": office, "provider": "b1",
            "framework": await desks.quote("cnhbjo", body.in_force[-1].position),
            "agreement": await desks.quote("cnhbjo", body.providers["b1"].agreements[-1].position),
            "registration": encode(given), "civil": "{}"}, by_server=True)
    await desks.do("member", "DecideJury", decision="d1", session=day, jurors=[encode(one) for one in JURORS])
    organizer = (await state_of(desks, day)).organizer.id
    await acted(desks, day, organizer, "AddHearing", hearing=f"{day}-h1", candidacy=await desks.quote("k1", 2),
                candidate=encode(Seat("x-cand", "cand", Role.CANDIDATE, hearing=f"{day}-h1")),
                starts_at=start_of(THE_DAY) + 9 * 3_600_000)
    async with within(10):
        while not (await state_of(desks, day)).jurors:
            await asyncio.sleep(0.02)
    return day


@pytest.mark.rule("R4.1")
async def test_the_brief_is_written_adopted_and_published(desks: Desks):
    day = await listed(desks)
    page = await desks.page("org1", f"days/{day}")
    assert ("Écrire le cahier des charges" in page, "au plus tard le 14 mars 2099" in page) == (True, True)
    status, refused = await desks.send("org1", f"days/{day}/brief", file=b"MZ" + bytes(99))
    assert (status, "ni un PDF ni une image" in refused) == (422, True)
    status, where = await desks.send("org1", f"days/{day}/brief", file=pdf(2))
    assert (status, where.partition("?")[2]) == (303, "done=brief-written")
    newest = (await state_of(desks, day)).briefs[-1].document
    assert (newest.pages, len(newest.digest)) == (2, 64)
    assert "Publier aux candidats" not in await desks.page("org1", f"days/{day}/brief")
    await acted(desks, day, JURORS[0].id, "AnswerBrief", document=newest.id, adopted=False, words="Le poids manque.")
    assert "Le poids manque." in await desks.page("org1", f"days/{day}/brief")
    for seat in JURORS[:2]:
        await acted(desks, day, seat.id, "AnswerBrief", document=newest.id, adopted=True)
    shown, publish = f"days/{day}/brief", f"days/{day}/brief/publish"
    soon = (day_of(desks.home.clock()) + timedelta(days=9)).isoformat()
    status, page = await desks.send("org1", publish, shown, deadline=soon, words="Jury désigné tard.")
    assert (status, "il en manque 1" in page, "Jury désigné tard." in page) == (422, True, True)
    papers = f"days/{day}/papers/{day}-h1"
    status, _ = await desks.send("org1", f"{papers}/agreement", papers, deadline=soon, words="Courriel du 3.")
    assert status == 303
    assert "Courriel du 3." in await desks.page("org1", papers)
    status, where = await desks.send("org1", publish, shown, deadline="2099-06-01")
    assert (status, where.partition("?")[2]) == (303, "done=brief-published#papers")
    page = await desks.page("org1", f"days/{day}?done=brief-published")
    assert ("lundi 1er juin 2099" in page, "Le cahier des charges est publié" in page) == (True, True)
    assert (await state_of(desks, day)).deadline == date(2099, 6, 1)


@pytest.mark.rule("R4.1", "R4.6", "R3.5")
async def test_papers_for_a_candidate_a_late_one_with_its_reason_and_the_piece(desks: Desks):
    day = await listed(desks)
    page, papers = await desks.page("org1", f"days/{day}"), f"days/{day}/papers/{day}-h1"
    assert re.findall(r"1 candidat a encore à fournir\s: ([^<]*)<", page) == [
        "Livret A, Livret B, Photographie de la pièce, Pièce d’identité, recto"]
    assert re.findall(r"Manque\s: ([^<]*)<", page) == [
        "Livret A, Livret B, Photographie de la pièce, Pièce d’identité, recto, "
        "Évaluations formatives (consultatives)"]
    status, refused = await desks.send("org1", f"{papers}/supply", papers, kind="portfolio_a", file=pdf(11))
    assert (status, "11 pages" in refused) == (422, True)
    for kind in ("formative", "portfolio_a"):
        status, _ = await desks.send("org1", f"{papers}/supply", papers, kind=kind, file=pdf(1, kind))
        assert status == 303
    await published_until_tomorrow(desks, day)
    desks.home.clock.ahead += 2 * DAY_MS
    status, _ = await desks.send("org1", f"{papers}/supply", papers, kind="portfolio_b", file=pdf(1))
    assert status == 303
    late = (await state_of(desks, day)).hearing(f"{day}-h1").documents[-1]
    assert "Décider d’un document reçu après la date limite" in await desks.page("org1", f"days/{day}")
    status, page = await desks.send("org1", f"{papers}/late", papers, document=late.id)
    assert (status, "Écrivez quelques mots ici." in page) == (422, True)
    status, _ = await desks.send("org1", f"{papers}/late", papers, document=late.id, words="Malade trois jours.")
    assert status == 303
    assert (await state_of(desks, day)).hearing(f"{day}-h1").documents[-1].late is not None
    status, page = await desks.send("org1", f"{papers}/piece", papers, step="returned", on="2026-11-01", words="x")
    assert (status, "notez d’abord sa réception" in page) == (422, True)
    status, _ = await desks.send("org1", f"{papers}/piece", papers, step="received", on="2026-11-02", words="Coffre 3.")
    assert status == 303
    assert "Coffre 3." in await desks.page("org1", papers)
    assert "pièce reçue" in await desks.page("org1", f"days/{day}")


@pytest.mark.rule("X15")
async def test_who_only_reads_the_day_finds_neither_page(desks: Desks):
    day = await listed(desks)
    for person in ("clerk", "org2", "dir1"):
        for page in (f"days/{day}/brief", f"days/{day}/papers/{day}-h1"):
            assert (await desks.get(person, page)).status == 404
    assert (await desks.get("org1", f"days/{day}/papers/nobody")).status == 404
    page = await desks.page("clerk", f"days/{day}")
    assert ("Cahier des charges et documents" in page, f"days/{day}/brief" in page) == (True, False)


async def published_until_tomorrow(desks: Desks, day: str) -> None:
    """Past the pages."""
    organizer, tomorrow = (await state_of(desks, day)).organizer.id, (
        day_of(desks.home.clock()) + timedelta(days=1)).isoformat()
    await acted(desks, day, organizer, "WriteBrief", document="b1", digest="d", pages=1)
    for seat in JURORS[:2]:
        await acted(desks, day, seat.id, "AnswerBrief", document="b1", adopted=True)
    await acted(desks, day, organizer, "RecordShorterDelay", hearing=f"{day}-h1", deadline=tomorrow, words="oui")
    await acted(desks, day, organizer, "PublishBrief", document="b1", deadline=tomorrow, words="tard")


@pytest.mark.rule("R4.1")
async def test_who_comes_after_the_publication_is_told_apart_until_they_agree(desks: Desks):
    day = await listed(desks)
    await published_until_tomorrow(desks, day)
    hurried = "Consigner l’accord de Nora Tard\u00a0: moins de 3 mois pour son livret"
    nora = await desks.registered("nora", "Nora Tard")
    added = {"candidacy": nora, "hour": "15:00", "zone": HOME, "mode": "remote"}
    assert (await desks.send("org1", f"days/{day}/add", **added))[0] == 303
    assert hurried in await desks.page("org1", f"days/{day}")
    (late,) = (one.id for one in (await state_of(desks, day)).hearings.values() if one.candidacy == nora)
    tomorrow = (day_of(desks.home.clock()) + timedelta(days=1)).isoformat()
    await acted(desks, day, (await state_of(desks, day)).organizer.id, "RecordShorterDelay", hearing=late,
                deadline=tomorrow, words="oui")
    assert hurried not in await desks.page("org1", f"days/{day}")
