"""Forms without a script: what is wrong stands beside its field, what was typed is kept, nothing is done twice."""
from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from aiohttp import FormData, web

from evaluation.codec import FieldError
from evaluation.rules import Refusal
from server.http import forms, parts, routes
from server.http.entry import PUBLIC, entry
from server.http.form_fields import Choice, Day, Email, Field, Listed, Several, Text, Upload, Uploaded
from server.http.forms import Form, Sent
from server.http.language import locale_of, own_address
from server.http.pages import environment
from server.storage.journal import StaleVersion
from server.views.desk import Desk, DeskPage
from tests.server.http.house import Browser, House, house

PAGE = """{% extends "office/_page.html" %}{% import "macros/forms.html" as forms with context %}
{% block content %}<h1>Attribuer</h1>{{ forms.form(form, "/back") }}{% endblock %}"""
DESK = Desk("/space/p/", "Claire Fabre", ["secrétariat"], [DeskPage("/toy", "Fonctions", here=True)])
ROLES = (("clerk", "secrétariat"), ("observer", "observation"))
PLAIN = Form((
    Text("words", "Message", "Lu par tous.", lines=3, most=40), Email("email", "Adresse électronique"),
    Day("since", "À partir du"), Day("until", "Jusqu’au", required=False), Choice("role", "Fonction", choices=ROLES),
    Several("acts", "Actes", choices=(("jury", "jury"), ("bar", "interdiction")), required=False),
    Listed("provider", "Organisme", required=False, choices=(("b1", "BJO"),), own=True)), "Attribuer")
FILED = Form((Text("name", "Nom"), Upload("paper", "Document")), "Enregistrer", sure=True)
GOOD = {"words": "Bonjour à tous", "email": "a@example.org", "since": "2026-03-16", "role": "clerk"}
STATE: dict[str, Any] = {"done": list[Any](), "fails": None}


async def _do(request: web.Request, sent: Sent) -> str:
    if STATE["fails"] is not None:
        raise STATE["fails"]
    STATE["done"].append(sent.values)
    await parts.sessions(request).execute(
        "s1", "s1-org", "WriteToRoom", {"words": sent.values.get("words") or "?"}, key=sent.key)
    return "/after"


def _handlers(form: Form, path: str) -> tuple[Any, Any]:
    def shown(request: web.Request, sent: Sent | None, status: int = 200) -> web.Response:
        text = environment(locale_of(request)).from_string(PAGE).render(
            desk=DESK, done="", own_address=own_address(request), own_query="", ended_seat=None,
            form=forms.view(request, form, path, sent))
        return web.Response(text=text, content_type="text/html", status=status)

    @entry(PUBLIC)
    async def show(request: web.Request) -> web.StreamResponse:
        return shown(request, None)

    @entry(PUBLIC, takes=form.types, most=form.most)
    async def post(request: web.Request) -> web.StreamResponse:
        async def again(sent: Sent, status: int) -> web.Response:
            return shown(request, sent, status)

        return await forms.answer(request, form, lambda sent: _do(request, sent), again)

    return show, post


PAIRS = {path: _handlers(form, path) for path, form in (("/toy", PLAIN), ("/filed", FILED))}


@pytest.fixture
async def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    more = [(method, path, pair[number], "visits") for path, pair in PAIRS.items()
            for number, method in enumerate(("GET", "POST"))]
    monkeypatch.setattr(routes, "ROUTES", (*routes.ROUTES, *more))
    monkeypatch.setitem(STATE, "done", [])
    monkeypatch.setitem(STATE, "fails", None)
    async with house(tmp_path) as home:
        yield home


async def key_of(browser: Browser, path: str = "/toy") -> str:
    page = await (await browser.get(path)).text()
    return re.findall(r'name="key" value="([\w-]+)"', page)[0]


async def post(browser: Browser, fields: dict[str, str], key: str | None = None) -> tuple[int, str]:
    key = await key_of(browser) if key is None else key
    answer = await browser.click("/toy", key=key, **fields)
    return answer.status, unescape(await answer.text())


async def test_what_is_right_is_done_and_leads_to_another_page(home: House):
    browser = home.browser()
    answer = await browser.click("/toy", key=await key_of(browser), **GOOD)
    assert (answer.status, answer.headers["Location"]) == (303, "/after")
    assert STATE["done"] == [{"words": "Bonjour à tous", "email": "a@example.org", "since": date(2026, 3, 16),
                              "until": None, "role": "clerk", "acts": (), "provider": None}]


async def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(home: House):
    status, page = await post(home.browser(), {
        "words": "x" * 41, "email": "nowhere", "since": "31/02/2026", "role": "", "until": "1/4/2026", "acts": "bar",
        "provider": "b1"})
    assert (status, STATE["done"]) == (422, [])
    links = re.findall(r'<a href="#field-(\w+)">', page)
    assert links == ["words", "email", "since", "role"]
    assert 'role="alert" id="wrongs" tabindex="-1" autofocus' in page
    for name in ("words", "email", "since"):
        field = re.search(rf'<[^>]*id="field-{name}"[^>]*>', page)
        assert field is not None
        assert 'aria-invalid="true"' in field[0]
        assert f"field-{name}-wrong" in field[0]
        assert f'id="field-{name}-wrong"' in page
    assert 'aria-describedby="field-words-hint field-words-wrong"' in page
    for kept in ("x" * 41, 'value="nowhere"', 'value="31/02/2026"', 'value="1/4/2026"', 'value="bar" checked',
                 '<option value="b1" selected>'):
        assert kept in page


@pytest.mark.parametrize(("fails", "status", "words"), [
    (Refusal("X15", "Cette période est déjà passée."), 422, "Cette période est déjà passée."),
    (StaleVersion("s1", 3), 409, "Quelqu’un d’autre a agi juste avant vous"),
    (FieldError("office.until", "c’est trop tard"), 422, "C’est trop tard"),
    (FieldError("unknown", "ceci manque"), 422, "Ceci manque"),
])
async def test_what_the_rules_refuse_is_said_on_top_and_what_was_typed_is_kept(
    home: House, fails: Exception, status: int, words: str
):
    STATE["fails"] = fails
    found, page = await post(home.browser(), GOOD)
    assert found == status
    assert words in page
    assert "Bonjour à tous" in page
    assert 'value="clerk" checked' in page
    assert ('id="field-until-wrong"' in page) == ("until" in str(fails))


async def test_sent_twice_it_is_done_once(home: House):
    browser = home.browser()
    key = await key_of(browser)
    before = await home.events()
    answers = [await browser.click("/toy", key=key, **GOOD) for _ in range(2)]
    assert [(one.status, one.headers["Location"]) for one in answers] == [(303, "/after")] * 2
    assert len(await home.events()) == len(before) + 1


async def test_the_same_form_with_other_answers_is_not_taken_for_it(home: House):
    """After a way back in the browser's history: nothing is written, and a new key lets it be sent on purpose."""
    browser = home.browser()
    key = await key_of(browser)
    await post(browser, GOOD, key)
    before = await home.events()
    status, page = await post(browser, {**GOOD, "words": "Autre chose"}, key)
    assert (status, await home.events()) == (409, before)
    assert "Ce formulaire a déjà été envoyé" in page
    assert "Autre chose" in page
    again = re.findall(r'name="key" value="([\w-]+)"', page)[0]
    assert again != key
    assert (await post(browser, {**GOOD, "words": "Autre chose"}, again))[0] == 303


@pytest.mark.parametrize("key", ["", "short", "é" * 9, "a" * 65])
async def test_a_form_without_a_key_of_ours_is_none(home: House, key: str):
    assert (await post(home.browser(), GOOD, key))[0] == 400
    assert STATE["done"] == []


async def test_a_form_of_another_site_is_refused(home: House):
    browser = home.browser()
    answer = await browser.send("POST", "/toy", {"key": await key_of(browser), **GOOD},
                                **{"Sec-Fetch-Site": "cross-site"})
    assert (answer.status, STATE["done"]) == (403, [])


async def test_a_file_goes_with_the_form_and_is_asked_for_again(home: House):
    browser = home.browser()

    async def send(name: str, content: bytes, filename: str = "convention.pdf") -> tuple[int, str]:
        data = FormData()
        data.add_field("key", await key_of(browser, "/filed"))
        data.add_field("name", name)
        data.add_field("paper", content, filename=filename, content_type="application/pdf")
        answer = await browser.send("POST", "/filed", data)
        return answer.status, unescape(await answer.text())

    assert (await send("Convention", b"%PDF-1.7"))[0] == 303
    assert STATE["done"] == [{"name": "Convention", "paper": Uploaded("convention.pdf", b"%PDF-1.7")}]
    status, page = await send("", b"%PDF-1.7")
    assert (status, 'Choisissez le fichier de nouveau' in page) == (422, True)
    status, page = await send("Convention", b"", "")
    assert (status, "Joignez le document." in page, 'value="Convention"' in page) == (422, True, True)
    status, page = await send("Convention", b"")
    assert (status, "Ce fichier est vide" in page) == (422, True)


@pytest.mark.parametrize("body", [b"key=%FF", b"\xff\xfe", b"&".join([b"a=1"] * 300)])
async def test_what_is_no_form_is_refused_whole(home: House, body: bytes):
    answer = await home.browser().send("POST", "/toy", body, **{"Content-Type": "application/x-www-form-urlencoded"})
    assert (answer.status, STATE["done"]) == (400, [])


@pytest.mark.parametrize(("field", "typed", "value"), [
    (Day("d", "D"), "2026-03-16", date(2026, 3, 16)), (Day("d", "D"), "1/4/2026", date(2026, 4, 1)),
    (Day("d", "D"), "16.03.2026", date(2026, 3, 16)), (Text("t", "T"), "  a\r\nb ", "a\nb"),
    (Email("e", "E"), "jean+x@exemple.fr", "jean+x@exemple.fr"), (Text("t", "T", required=False), " ", None),
])
def test_what_a_field_reads(field: Field, typed: str, value: Any):
    assert field.read((typed,), None) == value


@pytest.mark.parametrize(("field", "typed"), [
    (Day("d", "D"), ("2026-02-30",)), (Day("d", "D"), ("0026-03-16",)), (Day("d", "D"), ("demain",)),
    (Day("d", "D"), ("9026-03-16",)),
    (Text("t", "T"), ("a\0b",)), (Text("t", "T"), ("a", "b")), (Email("e", "E"), ("a@b",)),
    (Choice("c", "C", choices=ROLES), ("director",)), (Several("s", "S", choices=ROLES), ()),
    (Several("s", "S", choices=ROLES), ("director",)), (Email("e", "E"), ("a@b.fr\u2028x",)),
])
def test_what_a_field_does_not_hold_is_refused(field: Field, typed: tuple[str, ...]):
    with pytest.raises(FieldError):
        field.read(typed, None)
