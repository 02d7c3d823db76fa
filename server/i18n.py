"""The words people read: French as written in the code, English from the catalogue (X3).

The French text is the msgid. `web/locales/en/LC_MESSAGES/messages.po` is read as it stands, so that there is
no compiled copy to fall behind it.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Literal, cast

from babel.dates import format_date, get_date_format
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

Locale = Literal["fr", "en"]
LOCALES: tuple[Locale, ...] = ("fr", "en")

MEGABYTE = 1_000_000
_UNITS: Mapping[Locale, tuple[str, str]] = {"fr": ("ko", "Mo"), "en": ("kB", "MB")}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OF = re.compile(r"\bde (\{\w+\})")
_ELIDED = re.compile(r"[aeiouyhàâäéèêëîïôöùûü]", re.IGNORECASE)
"""Before these "de" is elided: "d’Hélène". `t` in `static/js/texts.js` does the same."""

_BEFORE = re.compile(r" (?=[?!;»]|:(?!//)|%(?!\())")
_NARROW = "?!;%"


def spaced(text: str) -> str:
    """French with its no-break spaces: U+202F before ? ! ; %, U+00A0 before : » and after «.

    Texts are written with plain ones, as keyboards have them. `spaced` in `static/js/texts.js` does the same.
    """
    kept = _BEFORE.sub(lambda found: "\u202f" if text[found.end()] in _NARROW else "\u00a0", text)
    return kept.replace("« ", "«\u00a0")


class _French(gettext.NullTranslations):
    """The texts as they are. In French nought is singular ("0 minute"), which gettext's default has wrong."""

    def gettext(self, message: str) -> str:
        return spaced(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return spaced(msgid1 if abs(n) < 2 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return spaced(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self.ngettext(msgid1, msgid2, n)


@cache
def _catalogue(locale: Locale) -> Catalog:
    path = files("web") / "locales" / locale / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=locale)


@cache
def translator(locale: Locale) -> gettext.NullTranslations:
    """gettext's translations of a locale; a text without a translation stays French."""
    if locale == "fr":
        return _French()
    compiled = BytesIO()
    write_mo(compiled, _catalogue(locale))
    compiled.seek(0)
    translations = gettext.GNUTranslations(compiled)
    translations.add_fallback(_French())
    return translations


class Size(int):
    """A number of bytes, to be said as people say it: "26,2 Mo", "65 ko"; in English "26.2 MB", "65 kB"."""


def say(locale: Locale, text: str, values: Mapping[str, object]) -> str:
    """A French msgid with `{named}` places (a `Refusal`'s or a `Reason`'s), in the locale and filled in. Nothing of an
    empty one: gettext would answer it with the head of the catalogue."""
    return _filled(locale, translator(locale).gettext(text) if text else "", values)


def say_plural(locale: Locale, one: str, other: str, n: int, values: Mapping[str, object]) -> str:
    """The same of two French msgids, by number; `{n}` is it."""
    return _filled(locale, translator(locale).ngettext(one, other, n), {"n": n, **values})


def _filled(locale: Locale, text: str, values: Mapping[str, object]) -> str:
    said = {name: _said(value, locale) for name, value in values.items()}
    if locale == "fr":
        text = _OF.sub(lambda of: f"d’{of[1]}" if _ELIDED.match(str(said.get(of[1][1:-1], ""))) else of[0], text)
    return text.format_map(said)


def _said(value: object, locale: Locale) -> object:
    """A size in its unit, a day of the rules' (`date.isoformat`) as it is written."""
    if isinstance(value, Size):
        return _size(value, locale)
    if isinstance(value, str) and _DAY.fullmatch(value):
        with suppress(ValueError):  # a text that looks like one
            return written_day(date.fromisoformat(value), "long", locale)
    return value


def written_day(day: date, form: Literal["full", "long", "d MMM y", "d MMM"], locale: Locale) -> str:
    """"mardi 1er décembre 2026", "1er décembre 2026", "1er déc. 2026", "1er déc.": Babel knows no first day in French.
    """
    pattern = get_date_format(form, locale).pattern if form in ("full", "long") else form
    return format_date(day, pattern.replace("d ", "d'er' ", 1) if locale == "fr" and day.day == 1 else pattern, locale)


def _size(size: Size, locale: Locale) -> str:
    large, unit = size >= MEGABYTE, _UNITS[locale]
    value = size / MEGABYTE if large else max(1, round(size / 1000))
    return f"{format_decimal(value, '0.#', locale)}\u00a0{unit[large]}"


@cache
def js_catalogue(locale: Locale) -> dict[str, str]:
    """msgid → translation for the texts that the pages' scripts say (`t` and `tn` in `static/js/texts.js`).

    A plural is two entries, the singular and the plural. French is empty: the scripts then say the msgid. To
    be put into the page by `tojson` in `<script type="application/json" id="texts">`.
    """
    if locale == "fr":
        return {}
    words: dict[str, str] = {}
    for message in _catalogue(locale):
        if any(name.endswith(".js") for name, _line in message.locations):
            words.update(zip(_each(message.id), _each(message.string), strict=True))
    return {text: said for text, said in words.items() if said}


def _each(text: object) -> tuple[str, ...]:
    """A message's one text, or its singular and plural."""
    return cast("tuple[str, ...]", text if isinstance(text, tuple) else (text,))


def negotiate(accept_language: str | None) -> Locale:
    """The locale an `Accept-Language` header asks for (RFC 9110 §12.5.4), French if it asks for neither."""
    wanted: dict[str, float] = {}
    for part in (accept_language or "").split(","):
        tag, *parameters = part.strip().lower().split(";")
        language = tag.split("-")[0].strip()
        wanted[language] = max(_quality(parameters), wanted.get(language, 0.0))
    anything = wanted.get("*", 0.0)
    return max(LOCALES, key=lambda locale: wanted.get(locale, anything))  # the first of equals: French


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
