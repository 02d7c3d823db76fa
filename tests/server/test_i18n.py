"""French as written in the code, English whole, dates and names as each language writes them (X3)."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from babel.messages.catalog import Catalog

from server import i18n


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        (None, "fr"),
        ("", "fr"),
        ("de", "fr"),
        ("*", "fr"),
        ("en", "en"),
        ("EN-gb", "en"),
        ("fr-CA, en;q=0.9", "fr"),
        ("en, fr", "fr"),
        ("en-US,en;q=0.9,fr;q=0.8", "en"),
        ("fr;q=0.2, en;q=0.3", "en"),
        ("en;q=0", "fr"),
        ("de, en;q=0.1", "en"),
        ("fr;q=0, *", "en"),
        ("en;q=abc, fr;q=0.1", "fr"),
        ("en;q=-1;;, ,", "fr"),
    ],
)
def test_the_locale_a_browser_asks_for(header: str | None, locale: str) -> None:
    assert i18n.negotiate(header) == locale


def test_french_is_the_text_itself_and_nought_is_singular() -> None:
    french = i18n.translator("fr")
    assert french.gettext("Aucun bloc n’est validé.") == "Aucun bloc n’est validé."
    assert [french.ngettext("minute", "minutes", n) for n in (0, 1, 2)] == ["minute", "minute", "minutes"]


def test_french_is_shown_with_its_no_break_spaces() -> None:
    written = "Qui ? Quoi ! Si ; « {a} » : {n} %, %(n)s %, reste : %(a)s, https://a :// b 10:30"
    shown = (
        "Qui\u202f? Quoi\u202f! Si\u202f; «\u00a0{a}\u00a0»\u00a0: {n}\u202f%, %(n)s\u202f%, "
        "reste\u00a0: %(a)s, https://a :// b 10:30"
    )
    french = i18n.translator("fr")
    assert french.gettext(written) == shown
    assert french.pgettext("place", written) == shown
    assert [french.ngettext("un : {n}", "des : {n}", n) for n in (1, 2)] == ["un\u00a0: {n}", "des\u00a0: {n}"]
    assert i18n.say("fr", "{name} : ici", {"name": "« a : b »"}) == "« a : b »\u00a0: ici"


@pytest.mark.usefixtures("english")
def test_english_keeps_its_own_spaces_and_a_french_text_without_translation_gets_its_own() -> None:
    english = i18n.translator("en")
    assert english.gettext("Prêt ?") == "Ready ?"
    assert english.gettext("Absent du catalogue ?") == "Absent du catalogue\u202f?"


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A small catalogue in the place of the real one."""
    catalogue = Catalog(locale="en")
    catalogue.add("ce champ manque", "this field is missing", locations=[("evaluation/codec.py", 0)])
    catalogue.add("{count} éléments", "{count} items", locations=[("web/templates/door.html", 0)])
    catalogue.add(
        "Micro coupé", "Microphone off", locations=[("web/static/js/room.js", 0), ("server/x.py", 0)]
    )
    catalogue.add(
        ("{n} minute", "{n} minutes"), ("{n} min.", "{n} mins."), locations=[("web/static/js/a.js", 0)]
    )
    catalogue.add("Prêt ?", "Ready ?", locations=[("evaluation/codec.py", 0)])
    catalogue.add("À traduire", locations=[("web/static/js/a.js", 0)])
    monkeypatch.setattr(i18n, "_catalogue", lambda _locale: catalogue)
    i18n.translator.cache_clear()
    i18n.js_catalogue.cache_clear()
    yield
    i18n.translator.cache_clear()
    i18n.js_catalogue.cache_clear()


@pytest.mark.usefixtures("english")
def test_english_comes_from_the_catalogue_and_what_it_lacks_stays_french() -> None:
    translations = i18n.translator("en")
    assert translations.gettext("ce champ manque") == "this field is missing"
    assert [translations.ngettext("{n} minute", "{n} minutes", n) for n in (0, 1)] == [
        "{n} mins.",
        "{n} min.",
    ]
    assert translations.gettext("n’existe pas") == "n’existe pas"
    assert [translations.ngettext("texte", "textes", n) for n in (0, 2)] == ["texte", "textes"]
    assert i18n.translator("en") is translations


@pytest.mark.usefixtures("english")
def test_a_refusal_is_said_with_its_values() -> None:
    assert i18n.say("fr", "{count} éléments", {"count": 3}) == "3 éléments"
    assert i18n.say("en", "{count} éléments", {"count": 3}) == "3 items"


def test_of_is_elided_before_a_name_that_begins_with_a_vowel() -> None:
    told = [i18n.say("fr", "La grille de {name} :", {"name": name}) for name in ("Hélène", "Éva", "Marc", "")]
    assert told == [
        "La grille d’Hélène\u00a0:", "La grille d’Éva\u00a0:", "La grille de Marc\u00a0:", "La grille de \u00a0:"]


@pytest.mark.usefixtures("english")
def test_of_two_texts_one_is_said_by_number() -> None:
    said = [i18n.say_plural("fr", "{n} minute, {name}", "{n} minutes, {name}", n, {"name": "Lina"}) for n in (0, 1, 2)]
    assert said == ["0 minute, Lina", "1 minute, Lina", "2 minutes, Lina"]
    assert [i18n.say_plural("en", "{n} minute", "{n} minutes", n, {}) for n in (1, 2)] == ["1 min.", "2 mins."]


def test_sizes_are_said_as_people_say_them() -> None:
    sizes = (26_214_400, 2_000_000, 262_144, 65_536, 1)
    said = {one: [i18n.say(one, "{limit}", {"limit": i18n.Size(size)}) for size in sizes] for one in i18n.LOCALES}
    assert {one: [size.replace("\u00a0", " ") for size in sizes] for one, sizes in said.items()} == {
        "fr": ["26,2 Mo", "2 Mo", "262 ko", "66 ko", "1 ko"], "en": ["26.2 MB", "2 MB", "262 kB", "66 kB", "1 kB"]}


@pytest.mark.usefixtures("english")
def test_scripts_get_their_own_texts_alone() -> None:
    assert i18n.js_catalogue("en") == {
        "Micro coupé": "Microphone off",
        "{n} minute": "{n} min.",
        "{n} minutes": "{n} mins.",
    }
    assert i18n.js_catalogue("fr") == {}


def test_the_catalogue_of_the_project_is_read() -> None:
    assert i18n.translator("en").info()["language"] == "en"


def test_a_value_is_never_a_format() -> None:
    """Whatever a person wrote: it fills a place, and has none of its own."""
    written = "{name.__class__} %(x)s {0} {missing}"
    assert i18n.say("fr", "Il reste {name}.", {"name": written}) == f"Il reste {written}."
    assert i18n.say_plural("en", "{n} {name}", "{n} {name}", 2, {"name": written}) == f"2 {written}"


def test_a_day_that_a_rule_names_is_told_as_it_is_written() -> None:
    said = {locale: i18n.say(locale, "Le {day}, et {text}.", {"day": "2027-02-28", "text": "2027-02-31"})
            for locale in i18n.LOCALES}
    assert said == {"fr": "Le 28 février 2027, et 2027-02-31.", "en": "Le February 28, 2027, et 2027-02-31."}


def test_the_first_of_a_month_is_premier_in_french() -> None:
    first = date(2026, 12, 1)
    assert [i18n.written_day(first, "full", "fr"), i18n.written_day(first, "d MMM", "fr")] == [
        "mardi 1er décembre 2026", "1er déc."]
    assert i18n.written_day(first, "long", "en") == "December 1, 2026"
    assert i18n.written_day(date(2026, 12, 21), "long", "fr") == "21 décembre 2026"


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_nothing_is_said_of_an_empty_text(locale: i18n.Locale) -> None:
    """gettext answers the empty text with the catalogue's own head."""
    assert i18n.say(locale, "", {}) == ""
