"""The log of sign-ins in words: a person's own lines, and the table of everybody's."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from evaluation.rules import N_
from server.i18n import Locale, say
from server.storage.sign_ins import INDEX, Means, Result, SignIn
from server.views.table import BY_NAME, Cell, Choice, Column, Filter, State, Table
from server.views.when import iso, moment_words

MEANS: Final[Mapping[Means, str]] = {
    Means.PASSKEY: N_("clé d’accès"), Means.PASSWORD: N_("mot de passe et code"),
    Means.OPENID: N_("fournisseur d’identité"), Means.FIRST: N_("lien du premier accès"),
    Means.RECOVERY: N_("lien d’accès remis en personne"),
}
RESULTS: Final[Mapping[Result, str]] = {
    Result.DONE: N_("connexion"), Result.WRONG: N_("refusé"), Result.COUNT_BACK: N_("refusé : clé peut-être copiée"),
    Result.UNKNOWN: N_("refusé : personne inconnue ici"), Result.ISSUED: N_("lien donné"),
    Result.ADDED: N_("ajouté"), Result.REMOVED: N_("retiré"),
}
STATES: Final[Mapping[Result, State]] = {
    Result.DONE: "ok", Result.WRONG: "warn", Result.COUNT_BACK: "bad", Result.UNKNOWN: "warn", Result.ISSUED: "info",
    Result.ADDED: "info", Result.REMOVED: "info",
}
ICONS: Final[Mapping[State, str]] = {"ok": "check", "warn": "alert", "bad": "alert", "info": "info"}
REFUSED: Final = (Result.WRONG.value, Result.COUNT_BACK.value, Result.UNKNOWN.value)
CHANGED: Final = (Result.ADDED.value, Result.REMOVED.value, Result.ISSUED.value)


def line_words(line: SignIn, now: int, locale: Locale) -> dict[str, str]:
    return {
        "at": moment_words(line.at, now, locale), "iso": iso(line.at), "means": say(locale, MEANS[line.means], {}),
        "result": say(locale, RESULTS[line.result], {}), "state": STATES[line.result],
        "address": line.address or "", "browser": line.browser,
    }


@dataclass(frozen=True)
class Line:
    """One line with whose it is, and the moment it is read at."""

    line: SignIn
    name: str
    now: int


def _result(row: Line, locale: Locale) -> Cell:
    state = STATES[row.line.result]
    return Cell(say(locale, RESULTS[row.line.result], {}), state=state, icon=ICONS[state])


TABLE: Final[Table[Line]] = Table(
    INDEX, "connexions", N_("Connexions"), (
        Column("at", N_("Quand"), lambda row, locale: Cell(moment_words(row.line.at, row.now, locale)), "at"),
        Column("name", N_("Qui"), lambda row, _locale: Cell(row.name, own=True), BY_NAME),
        Column("means", N_("Par quoi"), lambda row, locale: Cell(say(locale, MEANS[row.line.means], {}))),
        Column("result", N_("Résultat"), _result, "status"),
        Column("browser", N_("Navigateur"), lambda row, _locale: Cell(row.line.browser, own=True)),
        Column("address", N_("Adresse"), lambda row, _locale: Cell(row.line.address or "", own=True))),
    N_("Personne ne s’est encore connecté avec une clé d’accès, un mot de passe ou un fournisseur d’identité."),
    filters=(
        Filter("kind", N_("Résultat"), (
            Choice("done", N_("connexions"), {"status": Result.DONE.value}),
            Choice("refused", N_("refus"), {"status": REFUSED}),
            Choice("changed", N_("changements"), {"status": CHANGED}))),
        Filter("means", N_("Par quoi"), tuple(
            Choice(means.value, words, {"about": means.value}) for means, words in MEANS.items()))),
    sort="at", descending=True, by_person=True, person=lambda row: row.name)
