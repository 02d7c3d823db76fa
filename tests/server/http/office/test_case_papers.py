"""The papers of a case, drawn and kept as the forms of its acts do: numbered, sealed, under the candidate's key."""
from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pypdfium2
import pytest
from aiohttp.test_utils import make_mocked_request
from sqlalchemy import select

from evaluation.case.kind import CASE
from evaluation.case.terms import case_id
from evaluation.deadlines import day_of, start_of
from evaluation.rules import Refusal
from server.documents.seal_check import find_seal
from server.documents.seal_settings import SealSettings
from server.documents.seals import Seals
from server.http import parts
from server.http.forms import Sent
from server.http.home import HOME
from server.http.office.acting import Papers
from server.http.office.case_papers import drawn, kept
from server.http.office.door import DESK, AtDesk
from server.people.letter_outcomes import LetterOutcomes
from server.storage.letter_reports import LetterReports
from server.storage.tables import outbox
from server.storage.vault import Erased
from tests.server.http.office.desks import Desks
from tests.server.http.office.test_cases import LONG, opened


class _Holding:
    def __init__(self, person: str) -> None:
        self.person = person


async def at_desk(desks: Desks, person: str) -> Any:
    body = await desks.body()
    request = make_mocked_request("POST", "/", app=desks.home.app)
    offices = tuple(one for one in body.all_offices() if one.person == person)
    request[DESK] = AtDesk(person, body, offices, day_of(desks.home.clock()))
    request[HOME] = _Holding(person)  # type: ignore[assignment]
    return request


def text(pdf: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)).split())


async def accused(desks: Desks) -> str:
    """By what was noted in the room; the case."""
    await desks.in_force()
    day = await desks.day("2099-06-15")
    hearing = await desks.listed(day, "lina", LONG, start_of(date(2099, 6, 15)) + 36_000_000)
    done = await desks.home.app[parts.SESSIONS].execute(
        day, (await desks.of_day(day)).organizer.id, "RecordIncident", {
            "hearing": hearing, "kind": "outside_help", "suspected_fraud": True, "words": "Une voix.", "evidence": []},
        by_server=True)
    await desks.home.settled()
    return case_id("session", day, done.position)


async def execute(desks: Desks, person: str, case: str, command: str, **fields: Any) -> Any:
    office = await desks.quote("cnhbjo", (await desks.body()).offices[f"of-{person}"].position)
    journals = desks.home.app[parts.JOURNALS]
    await journals.execute(CASE, case, person, command, {"candidacy": "c-lina", "office": office, **fields})
    return await journals.state(CASE, case)


async def mail_to(desks: Desks, person: str) -> list[EmailMessage]:
    await desks.home.letters()
    files = desks.home.app[parts.CONFIG].mail.folder.glob("*.eml")
    found = [message_from_bytes(one.read_bytes(), policy=default) for one in files]
    return [one for one in found if f"{person}@example.org" in str(one["To"])]


@pytest.mark.rule("R7.2", "X6")
async def test_the_notice_leaves_with_its_paper_and_the_delay_runs_until_it_comes_back(desks: Desks):
    case = await accused(desks)
    request = await at_desk(desks, "clerk")
    state: Any = await desks.home.app[parts.JOURNALS].state(CASE, case)
    part, typed = state.parts["c-lina"], {"words": "Une voix a répondu.", "sanctions": ["disqualify"]}
    paper = await kept(request, state, part, "notice", typed, Papers(request, part.person, case, Sent("a" * 32, {})))
    state = await execute(desks, "clerk", case, "GiveCaseNotice", evidence=[], paper=paper, **typed)
    assert state.parts["c-lina"].notices[0].begins is None
    [message] = await mail_to(desks, "lina")
    [enclosed] = message.iter_attachments()
    assert enclosed.get_content() == await desks.home.app[parts.VAULT].read_file(paper["file"])
    assert "Une voix a répondu." in text(enclosed.get_content())
    body = message.get_body(("plain",))
    assert body is not None
    assert ("CNHBJO" in str(message["Subject"]), "Une voix" in body.get_content(), "/i/" in body.get_content()) == (
        True, False, True)
    today = day_of(desks.home.clock())
    state = await desks.home.app[parts.JOURNALS].state(CASE, case)
    assert state.parts["c-lina"].notices[0].begins == today
    reports = LetterReports(desks.home.app[parts.DATABASE], desks.home.clock)
    async with desks.home.app[parts.DATABASE].reading() as connection:
        [letter] = await connection.scalars(select(outbox.c.id).where(outbox.c.stream == case))
    assert await reports.returned(letter, "5.1.1")
    await LetterOutcomes(
        desks.home.app[parts.JOURNALS], reports, desks.home.app[parts.RESULT_PAPERS].kept).tell()
    state = await desks.home.app[parts.JOURNALS].state(CASE, case)
    notice = state.parts["c-lina"].notices[0]
    assert (notice.begins, notice.bounced_at is not None) == (None, True)
    [back] = await mail_to(desks, "clerk")
    assert "n’est pas arrivée" in str(back["Subject"])


@pytest.mark.rule("R7.1", "X1", "X5")
async def test_a_report_is_seen_then_sealed_once_and_goes_with_its_candidates_data(desks: Desks):
    case = await opened(desks)
    request, vault = await at_desk(desks, "org1"), desks.home.app[parts.VAULT]
    state: Any = await desks.home.app[parts.JOURNALS].state(CASE, case)
    part, typed = state.parts["c-lina"], {"words": "Le courant est revenu à 10 h."}
    draft = await drawn(request, state, part, "report", typed)
    assert ("Aperçu" in text(draft), await find_seal(draft, ())) == (True, None)
    assert await vault.files_of("lina", case, "paper") == []
    sent = Sent("f" * 32, {})
    papers = Papers(request, part.person, case, sent)
    once, again = [await kept(request, state, part, "report", typed, papers) for _ in range(2)]
    assert (once, papers.new) == (again, [once["file"]])
    assert (await kept(request, state, part, "report", {"words": "Autre"}, papers))["file"] != once["file"]
    sealed = await vault.read_file(once["file"])
    said, seal = text(sealed), await find_seal(sealed, ())
    for one in (LONG.split()[0], "Coupure de courant", "Le courant est revenu à 10 h.", "BJO Formation", "Claire Fabre",
                "Cachet de démonstration", "58, rue du Louvre"):
        assert one in said, one
    assert seal is not None
    assert (seal.unchanged, seal.trusted) == (True, False)
    await vault.erase("lina")
    with pytest.raises((Erased, FileNotFoundError)):
        await vault.read_file(once["file"])
    with pytest.raises(Refusal):
        await kept(request, state, part, "report", {"words": "Après"}, papers)


@pytest.mark.rule("X5")
async def test_without_the_timestamp_that_is_asked_for_nothing_is_sealed_nor_kept(desks: Desks, tmp_path: Path):
    case = await opened(desks)
    request, vault = await at_desk(desks, "org1"), desks.home.app[parts.VAULT]
    state: Any = await desks.home.app[parts.JOURNALS].state(CASE, case)
    silent = Seals(SealSettings(timestamp_url="http://127.0.0.1:1/", timestamp_seconds=1), tmp_path)
    papers = Papers(request, "lina", case, Sent("b" * 32, {}))
    with patch.object(parts, "seals", lambda _request: silent), pytest.raises(Refusal) as refused:
        await kept(request, state, state.parts["c-lina"], "report", {"words": "Dit."}, papers)
    assert (refused.value.rule, papers.new, await vault.files_of("lina", case, "paper")) == ("X5", [], [])
    assert (await kept(request, state, state.parts["c-lina"], "report", {"words": "Dit."}, papers))["file"]


@pytest.mark.rule("R7.1", "X5")
async def test_the_page_says_what_the_seal_is_worth_and_gives_the_paper_out(desks: Desks):
    """From the form: looked at first, then handed, then read by the clerk; the report is about its candidate."""
    case = await opened(desks)
    act, worth = f"cases/{case}/c-lina/report", "cachet de démonstration"
    assert worth in await desks.page("org1", act)
    assert worth not in await desks.page("org1", f"cases/{case}")
    assert (await desks.send("org1", act, note="À suivre."))[0] == 303
    page = await desks.page("clerk", f"cases/{case}")
    state: Any = await desks.home.app[parts.JOURNALS].state(CASE, case)
    [report] = state.reports_on("c-lina")
    assert (worth in page, report.about, f"cases/{case}/papers/{report.paper.file}" in page) == (
        True, ("c-lina",), True)
    answer = await desks.get("clerk", f"cases/{case}/papers/{report.paper.file}")
    assert "À suivre." in text(await answer.read())
