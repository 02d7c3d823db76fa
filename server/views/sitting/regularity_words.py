"""The checklist of a hearing in words, each line with the place of the record where it opens (R3.9)."""
from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evaluation.rules import N_
from evaluation.session.regularity import Point, Standing
from server.views.session.contract.record_types import RecordView
from server.views.session.incident_kinds import kind_words
from server.views.session.reading import Reading
from server.views.when import lasting

GATES: Mapping[str, str] = {
    "prevention": N_("Message de prévention : continué avec une réserve, sans confirmation."),
    "sheet": N_("Feuille de présence : non signée, épreuve continuée avec une réserve."),
}
WORDS: Mapping[tuple[str, str], str] = {
    ("notice", "look"): N_("Convocation plus tardive que le délai, avec l’accord écrit de la personne."),
    ("president", "kept"): N_("Présidence désignée par le jury : {names}."),
    ("president", "missing"): N_("Personne ne préside au journal."),
    ("three", "kept"): N_("Trois jurés tout au long de l’épreuve et de la délibération."),
    ("three", "look"): N_("{names} : absence de {time} pendant l’épreuve."),
    ("recused", "look"): N_("Récusation : {names}."),
    ("prevention", "kept"): N_("Message de prévention de la fraude confirmé avant d’entrer."),
    ("prevention", "look"): GATES["prevention"],
    ("prevention", "missing"): N_("Message de prévention : rien au journal."),
    ("identity", "kept"): N_("Identité vérifiée : {decision}."),
    ("identity", "look"): N_("Identité : {decision}."),
    ("identity", "missing"): N_("Identité : aucune décision au journal."),
    ("reminder", "kept"): N_("Rappel des règles fait en entier."),
    ("reminder", "missing"): N_("Rappel des règles : pas en entier au journal."),
    ("sheet", "kept"): N_("Feuille de présence signée."),
    ("sheet", "look"): GATES["sheet"],
    ("sheet", "missing"): N_("Feuille de présence : pas de signature au journal."),
    ("presentation", "kept"): N_("Présentation : {time}, dans le temps prévu."),
    ("questions", "kept"): N_("Questions : {time}, au moins la durée minimale."),
    ("presentation", "early"): N_("Présentation : finie après {time}."),
    ("questions", "early"): N_("Questions : finies après {time}, avant la durée minimale."),
    ("presentation", "overrun"): N_("Présentation : {time} au-delà du temps prévu."),
    ("questions", "overrun"): N_("Questions : {time} au-delà du temps prévu."),
    ("lost", "look"): N_("Temps perdu pour une panne : {time}."),
    ("attempt", "look"): N_("Un essai ne compte pas : l’épreuve a été recommencée ou reportée."),
    ("incident", "kept"): N_("Aucun incident noté."),
    ("incident", "look"): N_("Incident noté : {kind}."),
    ("suspicion", "look"): N_("Présomption de fraude notée : {kind}."),
    ("dispute", "look"): N_("Sans accord du jury : {codes}."),
    ("departs", "look"): N_("Préconisation autre que le résultat calculé : {codes}."),
    ("signatures", "kept"): N_("Signée par les trois jurés."),
    ("signatures", "look"): N_("Signature refusée : {names}."),
    ("ending", "no_show"): N_("Absence constatée."),
    ("ending", "stopped"): N_("Épreuve arrêtée avant la fin."),
    ("paper", "look"): N_("Tenue sur papier, puis transcrite et confirmée par chaque juré."),
}
"""By the point's name and how it stands, or what it is more exactly."""
WHOLE = N_("l’ensemble")
PLACES: Mapping[str, str] = {
    "president": "#facts", "three": "#facts", "reminder": "#timeline", "prevention": "#facts", "identity": "#identity",
    "sheet": "#facts", "presentation": "#clocks", "questions": "#clocks", "incident": "#facts",
    "suspicion": "#facts", "dispute": "#grids", "departs": "#result", "signatures": "#signatures",
}
"""Where a point opens that happened nowhere, or whose line the record does not show."""


@dataclass(frozen=True)
class CheckedLine:
    """One point: `rule` is its id; `href` is where it opens on the page of the record."""

    rule: str
    standing: Standing
    words: str
    href: str


def checklist(reading: Reading, points: Iterable[Point], record: RecordView) -> list[CheckedLine]:
    """What wants a look first, else in the order of the day."""
    lines = sorted(line["position"] for day in record["days"] for line in day["lines"])
    told = [CheckedLine(one.rule, one.standing, _words(reading, one, record), _where(one, lines)) for one in points]
    return sorted(told, key=lambda one: one.standing == "kept")


def _words(reading: Reading, one: Point, record: RecordView) -> str:
    identity = record["identity"]
    codes = [code or reading.say(WHOLE) for code in one.codes]
    return reading.say(
        WORDS[key_of(one)], names=", ".join(reading.name(seat) for seat in one.seats), time=lasting(one.lasted),
        codes=", ".join(codes), kind=_kind(reading, one),
        decision=(identity["decision"] or "") if identity is not None else "")


def key_of(one: Point) -> tuple[str, str]:
    """An absence and a recusal are both of the three; of a clock and an ending the code says what it is."""
    if one.rule == "R1.4":
        return ("recused", one.standing)
    if one.standing != "kept" and one.name in ("presentation", "questions", "ending"):
        return (one.name, one.codes[0])
    return (one.name, one.standing)


def _kind(reading: Reading, one: Point) -> str:
    if one.name not in ("incident", "suspicion") or not one.codes:
        return ""
    return kind_words(reading.state.framework, reading.locale, one.codes[0], fraud=one.name == "suspicion").lower()


def _where(one: Point, lines: list[int]) -> str:
    """The line of the record where it happened last, or the one that tells several together; else a place of the page.
    """
    if one.where:
        at = bisect_left(lines, one.where[-1])
        if at < len(lines):
            return f"#line-{lines[at]}"
    return PLACES.get(one.name, "#timeline")


STANDINGS: Mapping[Standing, str] = {
    "kept": N_("comme prévu"), "look": N_("à regarder"), "missing": N_("rien au journal"),
}
