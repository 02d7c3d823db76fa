"""Uploads and what jurors see of them; single frames; the record and the journal."""

from __future__ import annotations

import asyncio
import re
from io import BytesIO
from typing import Any

import pytest
from aiohttp import FormData
from PIL import Image

from server.documents.intake import intake
from server.http import parts
from server.http.page_pictures import PICTURES
from tests.server.documents.samples import LIMITS, pdf, picture
from tests.server.http.house import Browser, House, house, on_its_loop


async def upload(home: House, browser: Browser, data: bytes, name: str = "copie.pdf", *, seat: str = "cand",
                 kind: str = "portfolio_a", hearing: str | None = None, identity: str | None = None,
                 key: str | None = None):
    form = FormData()
    form.add_field("file", data, filename=name, content_type="application/octet-stream")
    path = f"/seat/{home.seat(seat)}/documents?hearing={hearing or home.hearing()}&kind={kind}"
    path += f"&identity={identity}" if identity else ""
    return await browser.send("POST", path, form, **({"Idempotency-Key": key} if key is not None else {}))


def files(home: House) -> int:
    folder = home.app[parts.CONFIG].storage.vault_folder
    return sum(1 for one in folder.rglob("*") if one.is_file())


async def test_a_document_is_seen_page_by_page(home: House):
    answer = await upload(home, await home.sit("cand"), pdf(2))
    told = await answer.json()
    assert (answer.status, told["pages"], told["position"]) == (201, 2, len(await home.events()))
    juror, at = await home.sit("emp"), f"/seat/{home.seat('emp')}/documents/{told['document']}/pages"
    page = await juror.get(f"{at}/2.webp")
    assert (page.status, page.content_type, page.headers["Cache-Control"]) == (200, "image/webp", "no-store")
    assert Image.open(BytesIO(await page.read())).width == home.app[parts.CONFIG].pages.width_pixels
    text = await (await juror.get(f"{at}/2/text")).json()
    assert " ".join(run["text"] for run in text["runs"]) == "Bonjour Élève 2"
    assert (await juror.get(f"{at}/3.webp")).status == 404
    assert (await juror.get(f"{at}/0.webp")).status == 404


async def test_a_page_is_drawn_once_and_lies_encrypted(home: House, monkeypatch):
    told = await (await upload(home, await home.sit("cand"), pdf())).json()
    juror, at = await home.sit("emp"), f"/seat/{home.seat('emp')}/documents/{told['document']}/pages/1.webp"
    before = files(home)
    first = await (await juror.get(at)).read()
    assert files(home) == before + 2  # the picture and its text
    folder = home.app[parts.CONFIG].storage.vault_folder
    assert not any(b"WEBP" in one.read_bytes() for one in folder.rglob("*") if one.is_file())
    monkeypatch.setattr(home.app[PICTURES], "_draw", None)
    assert await (await juror.get(at)).read() == first


@pytest.mark.rule("R6.2")
async def test_the_identity_copy_is_for_jury_and_organizer_alone(home: House):
    answer = await upload(home, await home.sit("cand"), picture(), "carte.jpg", kind="identity_front",
                          identity="passport")
    told = await answer.json()
    seen = {}
    for name in ("emp", "org", "cand", "aid", "obs", "cand2"):
        browser = await home.sit(name) if name != "cand" else home.browsers[0]
        path = f"/seat/{home.seat(name)}/documents/{told['document']}/pages/1.webp"
        seen[name] = (await browser.get(path)).status
    assert seen == {"emp": 200, "org": 200, "cand": 403, "aid": 403, "obs": 403, "cand2": 403}


@pytest.mark.parametrize(("data", "name", "words"), [
    (b"MZ\x90\x00 a program", "livret.pdf", "ni un PDF ni une image"),
    (picture(), "livret.pdf", "finit par «\u00a0.pdf\u00a0»"),
    (b"", "livret.pdf", "vide"),
    (b"%PDF-1.7\nnot one", "livret.pdf", "abîmé"),
    (b"GIF89a%PDF-1.4", "livret.pdf", "autre chose que le document"),
])
@on_its_loop
async def test_an_upload_that_is_not_what_it_says_leaves_nothing(shared: House, data: bytes, name: str, words: str):
    before = files(shared), await shared.events()
    answer = await upload(shared, await shared.seated("cand"), data, name)
    told = await answer.json()
    assert (answer.status, told["field"], words in told["refusal"]) == (422, "file", True)
    assert (files(shared), await shared.events()) == before


async def test_no_name_that_somebody_gave_is_one_on_the_disk(home: House):
    """Not even one that would lead elsewhere."""
    folder = home.app[parts.CONFIG].storage.folder.parent
    before, browser = {*folder.rglob("*")}, await home.sit("cand")
    for name in ("../../livret.pdf", "livret.pdf", "/tmp/livret.pdf"):
        assert (await upload(home, browser, pdf(1), name)).status == 201
    made = [one for one in folder.rglob("*") if one not in before and one.is_file()]
    vault = home.app[parts.CONFIG].storage.vault_folder
    assert [one for one in made if not (one.is_relative_to(vault) and re.fullmatch(r"[0-9a-f]{32}", one.name))] == []
    assert len(made) == 3


@pytest.mark.rule("X5")
async def test_an_upload_sent_again_after_a_lost_answer_is_kept_once_and_answered_the_same(home: House):
    browser = await home.sit("cand")
    copy = {"kind": "identity_front", "identity": "passport", "key": "k" * 8}
    first = await (await upload(home, browser, picture(), "carte.jpg", **copy)).json()
    before = files(home), await home.events()
    again = await upload(home, browser, picture(), "carte.jpg", **copy)
    assert (again.status, await again.json()) == (201, first)
    assert (files(home), await home.events()) == before
    other = await (await upload(home, browser, picture(), "carte.jpg", **{**copy, "key": "j" * 8})).json()
    assert other["document"] != first["document"]


@pytest.mark.rule("X5")
async def test_an_upload_sent_again_while_the_first_is_being_read_waits_for_it(home: House):
    browser = await home.sit("cand")
    answers = await asyncio.gather(*(upload(home, browser, pdf(), key="k" * 8) for _ in range(3)))
    told = [await one.json() for one in answers]
    assert ([one.status for one in answers], told) == ([201] * 3, [told[0]] * 3)
    assert [one for one in await home.events() if one == "DocumentSupplied"] == ["DocumentSupplied"]


async def test_a_key_of_one_upload_serves_no_other(home: House):
    browser = await home.sit("cand")
    assert (await upload(home, browser, pdf(1), key="k" * 8)).status == 201
    before = files(home), await home.events()
    for data, name in ((pdf(2), "copie.pdf"), (pdf(1), "autre.pdf")):
        answer = await upload(home, browser, data, name, key="k" * 8)
        assert (answer.status, (await answer.json())["field"]) == (400, "Idempotency-Key")
    assert (await upload(home, browser, pdf(1), key="short")).status == 400
    assert (files(home), await home.events()) == before


async def test_what_the_rules_refuse_leaves_no_file(home: House):
    before = files(home)
    answer = await upload(home, await home.sit("cand"), pdf(11))
    assert (answer.status, (await answer.json())["rule"]) == (422, "R4.6")
    assert files(home) == before


async def test_an_upload_has_a_size(tmp_path):
    async with house(tmp_path, limits__upload_bytes=20_000) as home:
        browser = await home.sit("cand")
        assert (await upload(home, browser, b"%PDF-" + b"x" * 40_000)).status == 413

        async def unannounced():
            yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
            for _ in range(100):
                yield b"x" * 1000

        path = f"/seat/{home.seat('cand')}/documents?hearing={home.hearing()}&kind=portfolio_a"
        answer = await browser.send("POST", path, unannounced(), **{"Content-Type": "multipart/form-data; boundary=b"})
        assert answer.status == 413


async def test_a_candidates_documents_have_a_limit_together(tmp_path):
    one = len((await intake(pdf(), "a.pdf", LIMITS)).data)
    async with house(tmp_path, limits__documents_bytes=one * 2 + 50) as home:
        browser = await home.sit("cand")
        kept = [(await upload(home, browser, pdf(), kind=kind)).status for kind in ("portfolio_a", "portfolio_a")]
        before = files(home), await home.events()
        answer = await upload(home, browser, pdf(), kind="portfolio_b")
        told = await answer.json()
        assert (kept, answer.status, told["field"]) == ([201, 201], 413, "file")
        assert "limits.documents_bytes" in told["refusal"]
        assert (files(home), await home.events()) == before
        assert (await upload(home, await home.sit("cand2"), pdf(), seat="cand2", hearing=home.hearing(2))).status == 201


@pytest.mark.parametrize(("body", "kind", "field"), [
    (b"", "portfolio_a", "file"),
    (b"no parts at all", "portfolio_a", "file"),
    (b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--b--\r\n', "portfolio_a", "file"),
    (b"--b--\r\n", "portfolio_a", "file"),
    (b"--b--\r\n", "diploma", "kind"),
    (b"--b--\r\n", "identity_back", "identity"),
])
@on_its_loop
async def test_a_malformed_upload_is_refused(shared: House, body: bytes, kind: str, field: str):
    browser = await shared.seated("cand")
    path = f"/seat/{shared.seat('cand')}/documents?hearing={shared.hearing()}&kind={kind}"
    answer = await browser.send("POST", path, body, **{"Content-Type": "multipart/form-data; boundary=b"})
    assert (answer.status, (await answer.json())["field"]) == (400, field)


async def test_nobody_supplies_another_candidates_document(home: House):
    browser = await home.sit("cand2")
    assert (await upload(home, browser, pdf(), seat="cand2", hearing=home.hearing(1))).status == 403
    assert (await upload(home, browser, pdf(), seat="cand2", hearing=home.hearing(2))).status == 201
    assert (await upload(home, await home.sit("emp"), pdf(), seat="emp")).status == 403


async def test_the_candidate_supplies_no_paper_of_the_provider(home: House):
    """A formative evaluation comes from the training provider, through the organizer (R3.5)."""
    assert (await upload(home, await home.sit("cand"), pdf(), kind="formative")).status == 422
    assert (await upload(home, await home.sit("org"), pdf(), seat="org", kind="formative")).status == 201


async def test_an_erased_persons_document_is_gone(home: House):
    told = await (await upload(home, await home.sit("cand"), pdf())).json()
    juror, at = await home.sit("emp"), f"/seat/{home.seat('emp')}/documents/{told['document']}/pages/1.webp"
    assert (await juror.get(at)).status == 200
    await home.app[parts.ACCOUNTS].erase_person((await home.state()).hearings[home.hearing()].candidate.person)
    assert (await juror.get(at)).status == 410


async def test_the_journal_is_for_the_organizer_while_no_marks_are_sealed(home: House):
    browser = await home.sit("org")
    path = f"/seat/{home.seat('org')}/journal.jsonl"
    answer = await browser.get(path)
    assert (answer.status, answer.content_type) == (200, "application/jsonl")
    assert len((await answer.text()).splitlines()) == len(await home.events()) + 1
    await home.to_questions()
    await home.act("emp", "SetMark", hearing=home.hearing(), competency="C1.1", mark="A")
    assert (await browser.get(path)).status == 403
    juror = await home.sit("emp")
    assert (await juror.get(f"/seat/{home.seat('emp')}/journal.jsonl")).status == 403


@pytest.mark.rule("X7")
async def test_a_mark_made_while_the_journal_is_exported_is_not_in_it(home: House, monkeypatch: pytest.MonkeyPatch):
    browser = await home.sit("org")
    await home.to_questions()
    journals, read = home.app[parts.SESSIONS].journals, home.app[parts.SESSIONS].journals.records

    async def a_mark_comes_first(*given: Any) -> Any:
        monkeypatch.undo()
        await home.act("emp", "SetMark", hearing=home.hearing(), competency="C1.1", mark="A")
        return await read(*given)

    monkeypatch.setattr(journals, "records", a_mark_comes_first)
    answer = await browser.get(f"/seat/{home.seat('org')}/journal.jsonl")
    assert (answer.status, "session.mark_set" in await answer.text()) == (200, False)
    assert (await home.events())[-1] == "MarkSet"
