"""Signals and what was seen on copies, in words: `SignalRow`, `CopyQuality` of view.d.ts. Values as each language
writes them; a code that is not known any more leaves its words out."""
from __future__ import annotations

from collections.abc import Mapping, Sequence

from babel.numbers import format_decimal, format_percent

from evaluation.rules import N_, Value
from evaluation.session.measured import Band, Gesture, Side, SignalName, SignalRow
from server.i18n import Locale, say
from server.identity.words import COPY, ROWS
from server.views.session.contract.identity_types import CopyFinding, CopyQuality, SignalWords

TITLES: Mapping[SignalName, str] = {
    "document": N_("Document"), "portrait": N_("Portrait du document"), "text": N_("Textes imprimés"),
    "face": N_("Visage et portrait"), "mrz": N_("Lignes à lecture automatique"), "expiry": N_("Validité"),
    "names": N_("Noms"),
}
BANDS: Mapping[Band, str] = {
    "close": N_("proche"), "unsure": N_("incertain"), "far": N_("éloigné"), "not_measurable": N_("non mesuré"),
}
OWN_BANDS: Mapping[tuple[str, str], str] = {
    ("document", "close"): N_("reconnu"), ("mrz", "close"): N_("lues"), ("mrz", "far"): N_("autres que la copie"),
    ("expiry", "close"): N_("valable"), ("expiry", "far"): N_("passée"),
    ("names", "close"): N_("concordent"), ("names", "unsure"): N_("en partie"), ("names", "far"): N_("diffèrent"),
}
CHECKS, WORDS = N_("clés de contrôle justes : {value}"), N_("mots retrouvés : {value}")
OVERLAP = (N_("superposition : {value} sur 1"),
           N_("superposition : {value} sur 1 (proche à partir de {near}, éloigné jusqu’à {away})"))
SCALES: Mapping[SignalName, tuple[str, str]] = {
    "document": (N_("points communs : {value}"), N_("points communs : {value} (reconnu à partir de {near})")),
    "portrait": OVERLAP, "text": OVERLAP,
    "face": (N_("écart : {value}"), N_("écart : {value} (proche jusqu’à {near}, éloigné à partir de {away})")),
    "mrz": (CHECKS, CHECKS), "names": (WORDS, WORDS),
}
"""Alone, and with where the bands began when it was measured."""
GESTURES: Mapping[str, Gesture] = {"glare": "tilt_card"}
"""What helps, by the code of what was in the way."""
KEPT = N_("La copie est gardée. Vous pouvez en envoyer une meilleure.")
FINE = N_("La copie est gardée. Rien à signaler.")
NOT_LOOKED = N_("La copie est gardée. Elle n’a pas pu être regardée par la machine : une personne la regardera.")
DATE_GONE = N_("date effacée")


def row_view(locale: Locale, row: SignalRow, values: Mapping[str, Value]) -> SignalWords:
    """Without pictures: the caller knows where they are."""
    meaning, to_do = ROWS.get((row.name, row.code), ("", ""))
    filled = {"date": say(locale, DATE_GONE, {}), **values}
    return {
        "name": row.name, "title": say(locale, TITLES[row.name], {}), "value": value_words(locale, row),
        "band": row.band, "band_words": say(locale, OWN_BANDS.get((row.name, row.band), BANDS[row.band]), {}),
        "meaning": say(locale, meaning, filled) if meaning else "", "to_do": say(locale, to_do, {}) if to_do else "",
        "gesture": GESTURES.get(row.code) if to_do else None,
    }


def value_words(locale: Locale, row: SignalRow) -> str:
    """The value on its scale: what it counts, and where the bands begin."""
    if row.value is None or row.name not in SCALES:
        return ""
    plain, scaled = SCALES[row.name]
    numbers = {"value": row.value, "near": row.near, "away": row.away}
    written = {name: _number(locale, row.name, one) for name, one in numbers.items() if one is not None}
    return say(locale, plain if row.near is None else scaled, written)


def _number(locale: Locale, name: SignalName, value: int) -> str:
    if name == "document":
        return format_decimal(value, locale=locale)
    if name in ("mrz", "names"):
        return format_percent(value / 1000, "#,##0 %" if locale == "fr" else "#,##0%", locale=locale)
    return format_decimal(value / 1000, "0.00", locale=locale)


def flaw_view(locale: Locale, side: Side, code: str) -> CopyFinding:
    words, to_do = COPY.get(code, ("", ""))
    return {"side": side, "code": code, "words": say(locale, words, {}) if words else "",
            "to_do": say(locale, to_do, {}) if to_do else ""}


def quality_view(locale: Locale, findings: Sequence[CopyFinding] | None) -> CopyQuality:
    """None: no machine has looked."""
    words = NOT_LOOKED if findings is None else KEPT if findings else FINE
    return {"looked": findings is not None, "words": say(locale, words, {}), "findings": list(findings or ())}
