"""Certificates in the pages: issued several at once, printed, posted by address, corrected, revoked; the public page
that says no more than it must (R8.2, R8.3, X10)."""
from __future__ import annotations

import asyncio
import io
import re
import zipfile
from datetime import date
from html import unescape
from typing import Any

import pikepdf
import pytest

from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.withholding import NoteCase
from evaluation.codec import FieldError
from evaluation.quotes import Quote
from evaluation.register.kind import REGISTER
from evaluation.register.state import RegisterState
from server.http import parts
from server.journals.quoting import reference
from server.people.birth_place import BirthPlace
from server.people.civil_identity import CivilIdentity
from server.people.issuing_certificates import ISSUE_CERTIFICATES
from tests.pace import within
from tests.server.awarded import put_award, told
from tests.server.http.office.desks import Desks, paper

REGISTER_OF = "register-cnhbjo-2026"
PLACE = BirthPlace("99100", "69123", "Lyon")


async def awarded(desks: Desks, name: str, first: tuple[str, ...], last: str, award: str = "full", **civil: Any
                  ) -> None:
    identity = CivilIdentity(last, civil.get("used"), first, "F", date(1999, 3, 14), PLACE, f"{name}@example.org", None,
                             "1, rue des Lilas\n69001 Lyon", civil.get("company"), None)
    await desks.home.app[parts.ACCOUNTS].save_person(name, identity.as_profile())
    await put_award(desks.home.app[parts.DATABASE], f"k-{name}", name, "cnhbjo", award,
                    company="company" in civil)


async def seen(desks: Desks, person: str, path: str) -> str:
    return re.sub(r"\s+", " ", await desks.page(person, path))


async def register(desks: Desks) -> RegisterState:
    state = await desks.home.app[parts.JOURNALS].state(REGISTER, REGISTER_OF)
    assert state is not None
    return state


async def issued(desks: Desks, *names: str) -> RegisterState:
    """By the clerk's form, with their papers made."""
    status, where = await desks.send("clerk", "certificates/issue", candidacies=[f"k-{one}" for one in names])
    assert (status, where) == (303, "/space/clerk/office/certificates/issue?done=issuing#progress")

    await issued_once(desks)
    async with within(20):
        while await desks.home.app[parts.ROWS].count("certificate_prints"):
            await asyncio.sleep(0.02)
    return await register(desks)


async def public(desks: Desks, number: str, code: str) -> tuple[int, str]:
    answer = await desks.home.browser().get(f"/certificate/{number}/{code}", Accept="text/html")
    page = re.sub(r"\s+", " ", unescape(await answer.text()))
    return answer.status, page.replace(f"/certificate/{number}/{code}", "")


@pytest.fixture
async def polished(desks: Desks) -> Desks:
    await desks.in_force()
    return desks


@pytest.mark.rule("R8.3")
async def test_certificates_are_issued_at_once_printed_and_posted_by_address(polished: Desks):
    desks = polished
    await awarded(desks, "lina", ("Lina", "Zoé"), "Morel", used="Durand")
    await awarded(desks, "soraya", (), "Soraya", "partial")
    page = await seen(desks, "clerk", "certificates/issue")
    assert "Lina Durand : certificat RNCP26850, à remettre avant le 30 juin 2026, en retard" in page
    assert "Soraya : attestation de blocs RNCP26850" in page
    state = await issued(desks, "lina", "soraya")
    assert [(one.text, one.person, one.kind) for one in state.certificates.values()] == [
        ("CQP-2026-00001", "lina", "certificate"), ("CQP-2026-00002", "soraya", "attestation")]
    page = await seen(desks, "clerk", "certificates/issue")
    assert ("C’est fait, pour 2 personnes." in page, "2 à envoyer" in page) == (True, True)
    assert "Aucune attribution n’attend de certificat." in page
    assert "Lina Zoé Morel" in await seen(desks, "member", "certificates?q=durand")
    of = [await seen(desks, "clerk", f"candidacies/k-{name}") for name in ("lina", "soraya")]
    assert ["Attestation de blocs n° CQP-2026-00002" in page for page in of] == [False, True]
    candidacy = await desks.of_candidacy("k-lina")
    assert [one.number for one in candidacy.certified()] == ["CQP-2026-00001"]

    answer = await desks.get("clerk", "certificates/CQP-2026-00001/paper")
    with pikepdf.open(io.BytesIO(await answer.read())) as document:
        assert "/AcroForm" in document.Root
    assert "Lina Zoé Morel" in await seen(desks, "clerk", "certificates/post")
    page = await seen(desks, "clerk", "certificates/post/CQP-2026-00001")
    assert ("69001 Lyon" in page, "CQP-2026-00002" in page) == (True, False)
    archive = await (await desks.get("clerk", "certificates/post/CQP-2026-00001/papers.zip")).read()
    assert zipfile.ZipFile(io.BytesIO(archive)).namelist() == ["CQP-2026-00001.pdf"]
    status, page = await desks.send("clerk", "certificates/post/CQP-2026-00001", numbers="CQP-2026-00001",
                                    tracking="", on=desks.today)
    assert (status, "Rien n’a été enregistré" in page) == (422, True)
    status, _ = await desks.send("clerk", "certificates/post/CQP-2026-00001", numbers="CQP-2026-00001",
                                 tracking="1A 204 118", on=desks.today)
    assert status == 303
    status, _ = await desks.send("clerk", "certificates/CQP-2026-00001/fate", fate="received", on=desks.today)
    assert status == 303
    page = await seen(desks, "clerk", "certificates/CQP-2026-00001")
    assert ("suivi 1A 204 118" in page, "Reçu" in page) == (True, True)


@pytest.mark.rule("X10")
async def test_the_public_page_says_the_name_that_holds_and_no_more(polished: Desks):
    desks = polished
    await awarded(desks, "lina", ("Lina",), "Morell")
    one = (await issued(desks, "lina")).certificates[1]
    status, page = await public(desks, one.text, one.code)
    assert (status, "Lina Morell" in page, "authentique" in page) == (200, True, True)
    assert (await desks.body()).name in page.partition("Délivré par")[2]
    for private in ("1999", "69123", "Lilas", "lina@example.org", "k-lina"):
        assert private not in page
    unknown, wrong = await public(desks, "CQP-2026-09999", one.code), await public(desks, one.text, "2" * 16)
    assert unknown == wrong
    assert unknown[0] == 404

    status, where = await desks.send("clerk", f"certificates/{one.text}/correct", name="Lina Morel", used="",
                                     reason="typing_error")
    assert (status, where.endswith("CQP-2026-00002?done=certificate-righted")) == (303, True)
    state = await register(desks)
    status, page = await public(desks, one.text, one.code)
    assert (status, "Morel" in page, "un autre document l’a remplacé" in page) == (200, False, True)
    new = state.certificates[2]
    assert "Lina Morel<" in (await public(desks, new.text, new.code))[1]
    await desks.home.settled()
    assert [each.number for each in (await desks.of_candidacy("k-lina")).certified()] == [new.text]

    status, page = await desks.send("clerk", f"certificates/{new.text}/revoke", words="Fraude", meeting_day="")
    assert (status, "Donnez un jour." in page) == (422, True)
    status, _ = await desks.send("clerk", f"certificates/{new.text}/revoke", words="Fraude",
                                 meeting_day=desks.today, extract=paper("Extrait"))
    assert status == 303
    page = (await public(desks, new.text, new.code))[1]
    assert ("Morel" in page, "Fraude" in page, "l’a retiré" in page) == (False, False, True)
    assert "Fraude" in await seen(desks, "member", f"certificates/{new.text}")


@pytest.mark.rule("X1")
@pytest.mark.rule("X10")
async def test_an_erased_holder_s_certificate_can_still_be_checked(polished: Desks):
    """The register keeps its own copy of the name, under its own key."""
    desks = polished
    await awarded(desks, "lina", ("Lina",), "Morel")
    one = (await issued(desks, "lina")).certificates[1]
    await desks.home.app[parts.VAULT].erase("lina")
    status, page = await public(desks, one.text, one.code)
    assert (status, "Lina Morel" in page) == (200, True)
    assert (await desks.get("clerk", f"certificates/{one.text}/paper")).status == 200


@pytest.mark.rule("R8.3")
async def test_of_two_clerks_one_issues_and_the_other_is_told(polished: Desks):
    desks = polished
    await awarded(desks, "lina", ("Lina",), "Morel")
    first, second = [await desks.key("clerk", "certificates/issue") for _ in range(2)]
    for key in (first, second):
        await desks.send("clerk", "certificates/issue", key=key, candidacies="k-lina")
    await issued_once(desks)
    state = await register(desks)
    assert len(state.certificates) == 1
    again = await desks.send("clerk", "certificates/issue", key=first, candidacies="k-lina")
    assert again == (303, "/space/clerk/office/certificates/issue?done=issuing#progress")
    assert len((await register(desks)).certificates) == 1


async def test_while_some_are_issued_the_form_stays_for_the_others(polished: Desks):
    desks = polished
    await awarded(desks, "lina", ("Lina",), "Morel")
    await awarded(desks, "soraya", (), "Soraya", "partial")
    register_of = (await desks.home.app[parts.ROWS].page("to_certify"))[0].body or ""
    await desks.home.app[parts.MASS_ACTS].begin("act", ISSUE_CERTIFICATES, register_of, "clerk", ["k-lina"])
    page = await seen(desks, "clerk", "certificates/issue")
    assert ("data-goes-on" in page, 'value="k-lina"' in page, 'value="k-soraya"' in page) == (True, False, True)
    status, page = await desks.send(
        "clerk", "certificates/issue", key=await desks.key("clerk", "certificates/issue"), candidacies=())
    assert (status, 'value="k-soraya"' in page) == (422, True)


async def issued_once(desks: Desks) -> None:
    async with within(20):
        while await desks.home.app[parts.MASS_ACTS].waiting():
            await asyncio.sleep(0.02)
    await desks.home.settled()


async def test_certificates_are_nobody_elses_to_see(polished: Desks):
    for person in ("org1", "dir1", "obs", "none"):
        for page in ("certificates", "certificates/issue", "certificates/post", "certificates/CQP-2026-00001"):
            assert (await polished.get(person, page)).status == 404
    for page in ("certificates/issue", "certificates/post"):
        assert (await polished.get("member", page)).status == 404


@pytest.mark.rule("R8.2")
async def test_what_goes_to_one_company_is_one_parcel(polished: Desks):
    desks = polished
    for name in ("ines", "lina"):
        await awarded(desks, name, (name.title(),), "Morel", company="Atelier Dupont")
    await issued(desks, "ines", "lina")
    assert "Atelier Dupont" in await seen(desks, "clerk", "certificates/post")
    status, _ = await desks.send("clerk", "certificates/post/CQP-2026-00002", tracking="1A 2", on=desks.today,
                                 numbers=["CQP-2026-00001", "CQP-2026-00002"])
    assert status == 303
    assert "Aucun certificat n’est à envoyer." in await seen(desks, "clerk", "certificates/post")
    status, _ = await desks.send("clerk", "certificates/CQP-2026-00001/fate", fate="company_gone", on=desks.today)
    assert status == 303
    assert "Ines Morel" in await seen(desks, "clerk", "certificates/post")


@pytest.mark.rule("R1.1")
async def test_a_code_that_was_superseded_by_the_ruling_is_printed_as_what_took_its_place(polished: Desks):
    desks = polished
    await desks.in_force("2026-01-01", code="RNCP40000")
    code = (await desks.body()).in_force[0].certification.code
    await desks.do("clerk", "SupersedeCertification", code=code, by="RNCP40000", since="2026-03-01")
    await awarded(desks, "lina", ("Lina",), "Morel")
    one = (await issued(desks, "lina")).certificates[1]
    assert (one.certification, one.under) == ("RNCP40000", code)
    assert "(RNCP40000)" in (await public(desks, one.text, one.code))[1]
    assert f"RNCP40000, qui remplace {code}" in await seen(desks, "clerk", f"certificates/{one.text}")


async def test_a_case_that_is_opened_after_the_certificate_is_told_on_its_page(polished: Desks):
    """It holds until the commission revokes it."""
    desks = polished
    await awarded(desks, "lina", ("Lina",), "Morel")
    one = (await issued(desks, "lina")).certificates[1]
    page = f"certificates/{one.text}"
    assert "L’attribution est suspendue" not in await seen(desks, "clerk", page)
    opened = Quote("case", "c1", 1, "c" * 64, "case.opened",
                   {"given": {"candidacy": "k-lina"}, "source": {"stream": "s1"}})
    state = await desks.of_candidacy("k-lina")
    await told(desks.home.app[parts.DATABASE], CANDIDACY, state, NoteCase(opened, "fraud"))
    assert "L’attribution est suspendue" in await seen(desks, "clerk", page)
    assert (await public(desks, one.text, one.code))[0] == 200


@pytest.mark.rule("R8.3", "R8.1")
async def test_a_new_number_follows_an_award_that_holds(polished: Desks):
    """While a case is open on it no certificate is corrected: the one that there is stays as it is."""
    desks = polished
    await awarded(desks, "lina", ("Lina",), "Morell")
    one = (await issued(desks, "lina")).certificates[1]
    page, given = f"certificates/{one.text}", {"name": "Lina Morel", "used": "", "reason": "typing_error"}
    assert f"{page}/correct" in await seen(desks, "clerk", page)
    key, locked = await desks.key("clerk", f"{page}/correct"), Quote("case", "c1", 1, "c" * 64, "case.opened", {
        "given": {"candidacy": "k-lina"}, "source": {"stream": "s1"}})
    await told(desks.home.app[parts.DATABASE], CANDIDACY, await desks.of_candidacy("k-lina"), NoteCase(locked, "fraud"))
    assert f"{page}/correct" not in await seen(desks, "clerk", page)
    assert (await desks.get("clerk", f"{page}/correct")).status == 404
    status, shown = await desks.send("clerk", f"{page}/correct", key=key, **given)
    assert (status, "L’attribution est suspendue, ou ne vaut plus" in shown, 'value="Lina Morel"' in shown) == (
        422, True, True)
    before = (await register(desks)).position
    quoted = reference(one.award)
    with pytest.raises(FieldError) as refused:
        await desks.home.app[parts.JOURNALS].execute(REGISTER, REGISTER_OF, "clerk", "CorrectCertificate", {
            "number": 1, "holder": "Lina Morel", "code": "c" * 16, "reason": "typing_error", "award": quoted,
            "office": await desks.home.app[parts.JOURNALS].quote("cnhbjo", 2)})
    assert (refused.value.field, (await register(desks)).position) == ("award", before)


@pytest.mark.rule("X10")
async def test_what_is_printed_is_typed_as_it_stands_there(polished: Desks):
    """From the first page, with the code's spaces; wrongly, nothing is told but that, and what was typed stays."""
    desks = polished
    await awarded(desks, "lina", ("Lina",), "Morel")
    one = (await issued(desks, "lina")).certificates[1]
    browser = desks.home.browser()
    assert 'href="/certificate"' in await (await browser.get("/", Accept="text/html")).text()
    assert (await browser.get("/certificate", Accept="text/html")).status == 200
    spaced = " ".join(one.code[at:at + 4] for at in range(0, 16, 4)).lower()
    found = await browser.click("/certificate", number=f" {one.text} ", code=spaced)
    assert (found.status, found.headers["Location"]) == (303, f"/certificate/{one.text}/{one.code}")
    for number, code in ((one.text, "2" * 16), ("CQP-2026-09999", one.code), ("", "")):
        wrong = await browser.click("/certificate", number=number, code=code)
        page = unescape(await wrong.text())
        assert (wrong.status, "Aucun document ne porte ce numéro avec ce code." in page,
                f'value="{number}"' in page) == (422, True, True)


@pytest.mark.rule("R8.2", "R8.3")
async def test_a_form_that_is_pressed_twice_says_twice_that_it_is_done_and_another_choice_is_another_act(
        polished: Desks):
    desks = polished
    await awarded(desks, "lina", ("Lina",), "Morel")
    await awarded(desks, "soraya", (), "Soraya", "partial")
    key = await desks.key("clerk", "certificates/issue")
    for names in (["k-lina"], ["k-lina"], ["k-soraya"]):  # the last one from the page gone back to
        sent = await desks.send("clerk", "certificates/issue", key=key, candidacies=names)
        assert sent == (303, "/space/clerk/office/certificates/issue?done=issuing#progress")
        await issued_once(desks)
    async with within(20):
        while await desks.home.app[parts.ROWS].count("certificate_prints"):
            await asyncio.sleep(0.02)
    assert [one.person for one in (await register(desks)).certificates.values()] == ["lina", "soraya"]

    parcel = "certificates/post/CQP-2026-00001"
    key = await desks.key("clerk", parcel)
    for tracking, status in (("1A 204", 303), ("1A 204", 303), ("1A 205", 404)):
        sent = await desks.send("clerk", parcel, key=key, numbers="CQP-2026-00001", tracking=tracking, on=desks.today)
        assert sent[0] == status
    assert len((await register(desks)).certificates[1].postings) == 1
    key = await desks.key("clerk", "certificates/CQP-2026-00001/fate")
    for fate, status in (("received", 303), ("received", 303), ("undeliverable", 409)):
        sent = await desks.send("clerk", "certificates/CQP-2026-00001/fate", key=key, fate=fate, on=desks.today)
        assert (sent[0], fate) == (status, fate)
    assert [one.fate for one in (await register(desks)).certificates[1].fates] == ["received"]
