"""The checks refuse what they are for, and let pass what they should."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tests.checks import dangerous, layout, pages, purity, texts


@pytest.mark.parametrize(
    ("source", "reasons"),
    [
        ('<p style="color:red">', ["<p> has an inline style"]),
        ('<p {% if x %}style="a"{% endif %}>', ["<p> has an inline style"]),
        ("<button onclick={{ act }}>", ["<button> has an inline handler (onclick)"]),
        ('<a href="javascript:go()">', ["<a> has code as an address"]),
        ("<script>go()</script>", ["<script> holds code"]),
        ('<script type="module">{{ code }}</script>', ["<script> holds code"]),
        (
            '<script src="//cdn.example/x.js"></script>',
            ["<script> loads from elsewhere (//cdn.example/x.js)"],
        ),
        ("<style>p {}</style>", ["<style> is inline"]),
        ("<p>{{ words|safe }}</p>", ["is not escaped"]),
        ('<script type="module" src="/static/js/room.js"></script>', []),
        ('<script type="application/json" id="texts">{{ texts|tojson }}</script>', []),
        (
            '<p class="{% if a > b %}on{% endif %}">once {# style="" #}</p><a href="https://example.org">x</a>',
            [],
        ),
    ],
)
def test_templates(source: str, reasons: list[str]) -> None:
    assert [reason for _, reason in pages.refused_in_template(source)] == reasons


def test_a_template_s_line_is_told() -> None:
    assert list(pages.refused_in_template('{% if\n x %}\n\n<p style="a">')) == [
        (4, "<p> has an inline style")
    ]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("node.innerHTML = words", [1]),
        ("\nnode.insertAdjacentHTML('x', y)", [2]),
        ("eval(words)", [1]),
        ("node.setAttribute('style', x)", [1]),
        ("node.textContent = words; node.style.width = w", []),
        ("marks[row.competency] = mark", [1]),
        ("shown[name] ??= {}", [1]),
        ("one.__proto__.x = 1", [1]),
        ('const HERE = new Set(["welcome", "presentation"]);', [1]),
        ('hearing.phase === "welcome"; const KINDS = ["identity", "questions"];', []),
        ('this.moved[kind] = null; row["mark"] = a; if (marks[one] === b) c[0] = d; const [e] = f;', []),
    ],
)
def test_scripts(source: str, lines: list[int]) -> None:
    assert [line for line, _ in pages.refused_in_script(source)] == lines


@pytest.mark.parametrize(
    ("source", "reasons"),
    [
        ("import os", ["imports os"]),
        ("from server import app", ["imports server"]),
        ("import asyncio, json", ["imports asyncio"]),
        ("datetime.now(UTC)", ["reads a clock (now)"]),
        ("async def f(): ...", ["is asynchronous (f)"]),
        ("from .rules import Refusal\nfrom fractions import Fraction", []),
    ],
)
def test_purity(source: str, reasons: list[str]) -> None:
    assert [reason for _, reason in purity.refused(source)] == reasons


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import pickle\nfrom xml.etree import ElementTree", ["pickle", "xml.etree"]),
        ("import random\nfrom urllib.request import urlopen", ["random", "urllib.request"]),
        ("eval(x); os.system(x); run(x, shell=True)", ["eval", "os.system", "run"]),
        ("text(f'SELECT {x}'); text('SELECT ' + x); connection.exec_driver_sql(x)",
         ["text", "text", "connection.exec_driver_sql"]),
        ("environment.from_string(x)", ["environment.from_string"]),
        ("re.compile(x); re.sub(f'a{x}', '', y); re.search(x + 'a', y)", ["re.compile", "re.sub", "re.search"]),
        ("hashlib.md5(x); hmac.new(k, x, hashlib.sha1)\nfrom hashlib import sha1",
         ["hashlib.md5", "hashlib.sha1", "sha1"]),
        ("aiohttp.ClientSession(); asyncio.open_connection(x, 1)",
         ["aiohttp.ClientSession", "asyncio.open_connection"]),
        ("from urllib.parse import quote\nfrom aiohttp import web\nfrom hashlib import sha256", []),
        ("text('SELECT :x'); re.compile(rf'[{LETTERS}]'); re.sub(re.escape(x), '', y); hashlib.sha256(x)", []),
    ],
)
def test_what_is_dangerous(source: str, names: list[str]) -> None:
    assert sorted(name for _, name, _ in dangerous.refused(source)) == sorted(names)


def test_the_scripts_of_the_pages_are_clean() -> None:
    assert pages.main() == 0


def test_a_line_too_long_is_refused_by_its_columns() -> None:
    source = f"{'é' * 120}\n{'x' * 121}\n\n{'« »' * 41}"
    assert list(layout.too_long(source, 120)) == [(2, "121 columns, at most 120"), (4, "123 columns, at most 120")]


def test_two_scripts_of_one_name_are_refused_but_where_a_page_starts() -> None:
    scripts = [Path(one) for one in ("b/check.js", "a/check.js", "a/main.js", "b/main.js", "a/grid.js")]
    assert list(layout.of_one_name(scripts)) == ["check.js: a/check.js, b/check.js have one name"]


def test_a_script_that_sends_by_itself_is_refused() -> None:
    source = 'fetch(address, { method: "POST", body })'
    found = list(layout.of_its_own([("lib/sending/post.js", source), ("juror/mark.js", source), ("lib/dom.js", "")]))
    assert found == [
        "juror/mark.js: sends by itself: lib/sending/post.js does, and lib/sending/commands.js for an act"
    ]


def test_scripts_and_styles_keep_to_their_lines() -> None:
    assert layout.main() == 0


def test_nothing_dangerous_is_used() -> None:
    assert dangerous.main() == 0


def test_texts_are_found_where_people_read_them(tmp_path: Path) -> None:
    for name, source in {
        "evaluation/a.py": 'raise Refusal("R5.1", "refus")\nx = Reason("R5.2", N_("raison"), ())\n',
        "server/http/b.py": 'ngettext("un", "plusieurs", n)\nt("pas un texte")\n',
        "server/mail/templates/link.txt": '{{ _("lien") }}',
        "web/templates/jury/room.html": "{% trans who=x %}Bonjour {{ who }}{% endtrans %}<p>pas marqué</p>",
        "web/static/js/room/clock.js": 'const a = t("heure"); const b = tn("{n} min", "{n} mins", n);',
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(source, encoding="utf-8")
    found = {
        message.id: [name for name, _ in message.locations]
        for message in texts.extracted(tmp_path)
        if message.id
    }
    assert found == {
        "refus": ["evaluation/a.py"],
        "raison": ["evaluation/a.py"],
        ("un", "plusieurs"): ["server/http/b.py"],
        "lien": ["server/mail/templates/link.txt"],
        "Bonjour %(who)s": ["web/templates/jury/room.html"],
        "heure": ["web/static/js/room/clock.js"],
        ("{n} min", "{n} mins"): ["web/static/js/room/clock.js"],
    }


def test_a_script_s_texts_are_found_wherever_they_stand() -> None:
    source = r'''
// t("remarque")
/** `t("remarque")`
 * tn("une", "plusieurs", n) */
const a = `${b ? ` (${t("dans un \"gabarit\"")})` : ""}, ${tn("une", "deux", n)}`; // t("remarque")
at("rien"); a.t("rien"); accept = "image/*"; link = "https://example.org"; const c = t("après");
t("dehors : {one}", { one: t("dedans") }); tn(
  "{n} seule", "{n} {what}", n, { what: t("ensemble") });
const d = t("Une phrase "
  + "longue, " + "{one}.", { one }); const e = tn("une + une"
  + " ligne", "plusieurs " + "lignes", n);
'''
    found = texts.calls_in_script(BytesIO(source.encode()), {}, (), {})
    assert [(line, text) for line, _name, text, _comments in found] == [
        (5, 'dans un "gabarit"'),
        (5, ("une", "deux")),
        (6, "après"),
        (7, "dehors : {one}"),
        (7, "dedans"),
        (7, ("{n} seule", "{n} {what}")),
        (8, "ensemble"),
        (9, "Une phrase longue, {one}."),
        (10, ("une + une ligne", "plusieurs lignes")),
    ]


@pytest.mark.parametrize("source", ['t("Bonjour " + name)', 't("Bonjour " + `${name}`)', 'tn("un", "deux" + many, n)'])
def test_a_text_that_is_not_written_out_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="a text is written out"):
        list(texts.calls_in_script(BytesIO(source.encode()), {}, (), {}))


def test_a_catalogue_is_refused_for_what_it_lacks() -> None:
    used = Catalog(locale="en")
    for text in ("bon", "absent", "vide", "flou", "{n} places", ("un", "deux")):
        used.add(text, locations=[("web/a.py", 0)])
    used.add("script", locations=[("web/static/js/a.js", 0)])
    known = Catalog(locale="en")
    known.add("bon", "good")
    known.add("vide", "")
    known.add("flou", "vague", flags={"fuzzy"})
    known.add("{n} places", "{m} seats")
    known.add(("un", "deux"), ("one", ""))
    known.add("script", "script")
    known.add("oublié", "forgotten")
    assert list(texts.refused(used, known)) == [
        "not in the catalogue (make texts): 'absent'",
        "not translated: 'vide'",
        "not translated: 'flou'",
        "other places in the translation: '{n} places'",
        "not translated: 'un'",
        "not marked as a script's, or marked in vain (make texts): 'script'",
        "used nowhere (make texts): 'oublié'",
    ]


def test_an_update_keeps_translations_and_guesses_none() -> None:
    used = Catalog(locale="en")
    used.add("bon")
    used.add("bonne")
    known = Catalog(locale="en")
    known.add("bon", "good")
    known.add("parti", "gone")
    assert {message.id: message.string or "" for message in texts.merged(used, known) if message.id} == {
        "bon": "good",
        "bonne": "",
    }
