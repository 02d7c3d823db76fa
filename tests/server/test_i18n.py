from __future__ import annotations

import pytest

from server import i18n


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        (None, "fr"), ("", "fr"), ("de", "fr"), ("*", "fr"), ("en", "en"), ("EN-gb", "en"), ("fr-CA, en;q=0.9", "fr"),
        ("en, fr", "fr"), ("en-US,en;q=0.9,fr;q=0.8", "en"), ("fr;q=0.2, en;q=0.3", "en"), ("en;q=0", "fr"),
        ("de, en;q=0.1", "en"), ("fr;q=0, *", "en"), ("en;q=abc, fr;q=0.1", "fr"), ("en;q=-1;;, ,", "fr"),
    ],
)
def test_the_locale_a_browser_asks_for(header: str | None, locale: str) -> None:
    assert i18n.negotiate(header) == locale


def test_french_is_the_text_itself_and_nought_is_singular() -> None:
    french = i18n.translator("fr")
    assert french.gettext("Aucun bloc n'est validé.") == "Aucun bloc n'est validé."
    assert [french.ngettext("minute", "minutes", n) for n in (0, 1, 2)] == ["minute", "minute", "minutes"]


def test_english_comes_from_the_catalogue_and_what_it_lacks_stays_french() -> None:
    english = i18n.translator("en")
    assert english.gettext("ce champ manque") == "this field is missing"
    assert english.gettext("n'existe pas") == "n'existe pas"
    assert i18n.translator("en") is english


def test_a_refusal_is_said_with_its_values() -> None:
    text = "la liste doit avoir {count} éléments"
    assert i18n.say("fr", text, {"count": 3}) == "la liste doit avoir 3 éléments"
    assert i18n.say("en", text, {"count": 3}) == "the list must have 3 items"


def test_scripts_get_their_own_texts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = i18n.Catalog(locale="en")
    catalogue.add("Micro coupé", "Microphone off", locations=[("web/static/js/room.js", 0), ("server/x.py", 0)])
    catalogue.add(("{n} minute", "{n} minutes"), ("{n} min.", "{n} mins."), locations=[("web/static/js/clock.js", 0)])
    catalogue.add("Bonjour", "Hello", locations=[("web/templates/door.html", 0)])
    monkeypatch.setattr(i18n, "_catalogue", lambda _locale: catalogue)
    i18n.js_catalogue.cache_clear()
    assert i18n.js_catalogue("en") == {
        "Micro coupé": "Microphone off", "{n} minute": "{n} min.", "{n} minutes": "{n} mins.",
    }
    assert i18n.js_catalogue("fr") == {}
    i18n.js_catalogue.cache_clear()
