"""What the minutes of a sitting say, and what stands in no extract."""
from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evaluation.candidacy.terms import HearingEnding
from evaluation.framework import Mark
from evaluation.people import Words
from evaluation.sitting.state import NotSigning
from server.documents.minutes_pdf import MinutesPaper, draw_minutes
from server.views.sitting.minutes_of import HAND_SIGNED, UNRELATED, extract_paper, minutes_paper
from server.views.sitting.minutes_reading import SignatureRead
from tests.server.views.sitting.minutes_readings import (
    EMPLOYEES,
    EVERY,
    FIRST,
    LINA,
    LONG,
    MISSED,
    NAMES,
    PRESIDENT,
    SECOND,
    WRITTEN,
    at,
    item,
    partial,
    reading,
    ruling,
    whole,
)


def every_text(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(map(every_text, value.values()))
    return "\n".join(map(every_text, value)) if isinstance(value, list | tuple) else str(value)


def told(paper: MinutesPaper, number: int = 0) -> list[str]:
    """The decision and what follows from it."""
    one = paper["items"][number]
    return [one["decision"], *one["after"]]


@pytest.mark.rule("R3.9")
def test_the_minutes_say_who_sat_and_who_took_no_part_in_what():
    paper = minutes_paper(reading())
    assert paper["number"] == "PV-2026-1F2A3B4C"
    assert paper["subtitle"] == (
        "Séance du vendredi 11 décembre 2026, de 14\u00a0h\u00a000 à 15\u00a0h\u00a010, à distance et sur place : "
        "58 rue du Louvre 75002 Paris.")
    assert [(one["name"], one["state"]) for one in paper["jury"]] == [
        ("Philippe Marchand", "a siégé"), ("Catherine Vidal", "a siégé"),
        ("Nadia Ferhat", "remplace Catherine Vidal, pour 1 candidature"), ("Alain Prévost", "a siégé")]
    assert paper["jury"][0]["seat"].endswith("(par délégation écrite)")
    assert paper["jury_notes"] == ["Catherine Vidal n’a pas pris part à la décision sur Lina Morel."]
    assert minutes_paper(reading(items=(whole(),)))["jury_notes"] == [UNRELATED]
    assert paper["removed"] == ["(nom effacé) : remis à une autre séance."]
    assert paper["own_words"] == [WRITTEN["added"]]


@pytest.mark.rule("R1.6", "R5.4")
def test_each_candidate_has_the_decision_its_reasons_and_what_follows():
    paper = minutes_paper(reading())
    assert [one["heading"] for one in paper["items"]] == ["1. Lina Morel", f"2. {LONG}", "3. Karim Haddad"]
    assert told(paper) == [
        f"Le jury attribue partiellement la certification : le bloc {SECOND} est acquis.",
        "Décision de la majorité des trois membres, conforme au résultat calculé.",
        f"Le candidat peut se présenter en rattrapage au bloc {FIRST} seulement.",
        "Sous réserve de validation par la commission."]
    first = paper["items"][0]
    assert [one["outcome"] for one in first["blocks"]] == ["Non validé", "Validé"]
    assert MISSED in " ".join(first["blocks"][0]["reasons"])
    assert first["settled"] == [{"code": "C1.5", "title": first["settled"][0]["title"], "mark": "Acquise",
                                 "words": WRITTEN["settled"]}]
    assert first["dissents"] == ["Alain Prévost ne partage pas cette décision : « C1.5 n’est pas montrée. »"]
    assert first["course"][-1].endswith("de 14\u00a0h\u00a012 à 14\u00a0h\u00a020.")


@pytest.mark.rule("R1.1")
def test_papers_print_the_code_of_the_day_and_the_one_before():
    facts = dict(minutes_paper(reading(items=(replace(whole(), code="RNCP40000"),)))["items"][0]["facts"])
    assert facts["Certification"].endswith("(RNCP40000, version 1, enregistrée auparavant sous RNCP26850)")


@pytest.mark.rule("X8")
def test_a_kept_block_stands_with_its_date_version_and_end():
    second = minutes_paper(reading())["items"][1]
    assert second["blocks"][0]["outcome"] == "Conservé"
    assert (f"Bloc {FIRST} conservé : acquis le lundi 2 juin 2025, version 2025-1, valable jusqu’au dimanche 2 juin "
            "2030.") in second["after"]


@pytest.mark.rule("R6.3", "R8.1")
def test_what_is_withheld_says_why_and_promises_nothing():
    assert told(minutes_paper(reading()), 2) == [
        "Le jury ne statue pas pour l’instant : la décision est suspendue. Elle sera prise par une nouvelle séance.",
        WRITTEN["held"]]


@pytest.mark.rule("R4.5")
def test_somebody_who_did_not_come_is_awarded_nothing():
    gone = item("c-lina", LINA, ruling=ruling(LINA, "none", {}, ending=HearingEnding.ABSENT))
    (one,) = minutes_paper(reading(items=(gone,)))["items"]
    assert one["course"] == ["Le candidat ne s’est pas présenté à l’épreuve."]
    assert (one["decision"], one["blocks"]) == ("Le jury n’attribue pas la certification.", [])
    assert f"Le candidat peut se présenter en rattrapage aux blocs {FIRST} et {SECOND}." in one["after"]


@pytest.mark.rule("R3.9", "X1")
def test_an_extract_names_nobody_else_and_tells_no_vote():
    extract = extract_paper(reading(), "c-lina")
    everything = every_text(extract)
    assert "Lina Morel" in everything
    for person, name in NAMES.items():
        assert person == LINA or name not in everything, name
    for said in ("majorité", WRITTEN["dissent"], WRITTEN["held"], WRITTEN["added"], "coupure"):
        assert said not in everything, said
    assert extract["signatures"] == []


@pytest.mark.rule("R9.2", "X6")
@pytest.mark.parametrize(("ruled", "until"), [
    (date(2026, 12, 11), "jeudi 11 février 2027"), (date(2027, 12, 31), "mardi 29 février 2028"),
    (date(2026, 12, 31), "dimanche 28 février 2027")])
def test_an_extract_says_until_when_and_to_whom_to_appeal(ruled: date, until: str):
    one = replace(partial(), ruling=ruling(LINA, "partial", {**EVERY, MISSED: Mark.NOT_ACQUIRED}, [SECOND],
                                           ruled_on=ruled))
    framework = replace(one.framework, delays=replace(one.framework.delays, move_off_holidays=False))
    last = extract_paper(reading(items=(replace(one, framework=framework),)), "c-lina")["items"][0]["after"][-1]
    assert f"au plus tard le {until}, à {', '.join(framework.appeal_address)}." in last


@pytest.mark.rule("X5")
def test_signatures_stand_with_their_time_and_level():
    signed = minutes_paper(reading())["signatures"]
    assert [(one["seat"], one["name"], one["level"]) for one in signed] == [
        ("Présidence", "Philippe Marchand", "signature électronique simple, avec une clé d’accès"),
        ("Employeurs", "Catherine Vidal", "signature électronique simple, avec un code envoyé par courriel ; n’a pas "
                                          "décidé sur Lina Morel"),
        ("Employeurs", "Nadia Ferhat", "signature électronique simple, avec un code à usage unique"),
        ("Salariés", "Alain Prévost", "")]
    assert signed[0]["time"] == "vendredi 11 décembre 2026, 15\u00a0h\u00a020"
    assert minutes_paper(reading(by_hand=True, signatures=()))["signed_by_hand"] == HAND_SIGNED


@pytest.mark.rule("R3.9")
def test_who_does_not_sign_stands_with_why_and_by_whom_that_was_noted():
    signed = SignatureRead(PRESIDENT, "president", at(15, 20), "passkey")
    absent = SignatureRead(EMPLOYEES, "employees", not_signing=NotSigning(PRESIDENT, at(16), Words("away", "d")))
    paper = minutes_paper(reading(signatures=(signed, absent)))
    assert [(one["name"], one["level"], one["unsigned"]) for one in paper["signatures"]] == [
        ("Philippe Marchand", "signature électronique simple, avec une clé d’accès", ""),
        ("Alain Prévost", "n’a pas signé",
         "Alain Prévost n’a pas signé : (texte effacé) (noté par Philippe Marchand, vendredi 11 décembre 2026, "
         "16\u00a0h\u00a000)")]
    away = {**WRITTEN, "away": "il est hospitalisé,\n  sans accès à son courrier"}
    (_, told) = minutes_paper(reading(signatures=(signed, absent), written=away))["signatures"]
    assert "Alain Prévost n’a pas signé : il est hospitalisé, sans accès à son courrier (noté par" in told["unsigned"]
    assert "n’a pas signé" not in every_text(extract_paper(reading(signatures=(signed, absent)), "c-lina"))


def test_an_addendum_says_what_it_is_added_to_and_a_draft_that_it_is_one():
    added = minutes_paper(reading(number=2, amends=1))
    assert (added["number"], added["title"]) == (
        "PV-2026-1F2A3B4C/2", "Complément au procès-verbal du jury de certification")
    assert "PV-2026-1F2A3B4C, qui reste tel quel" in added["amends"]
    draft = minutes_paper(reading(draft=True))
    assert (draft["draft"], draft["number"], draft["sealed"]) == ("Aperçu", "aperçu, sans numéro", "")


def test_erased_words_and_names_leave_readable_minutes():
    paper = minutes_paper(reading(names={}, written={}, added=(Words("gone", "d"),)))
    assert paper["items"][0]["heading"] == "1. (nom effacé)"
    assert paper["own_words"] == ["(texte effacé)"]
    draw_minutes(paper)


def test_each_paper_is_set():
    for paper in (minutes_paper(reading()), extract_paper(reading(), "c-lina")):
        assert draw_minutes(paper).startswith(b"%PDF")
