"""Certifications as data: what ships can be used, what is wrong is refused with its field."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.framework import Framework, PhaseTiming
from evaluation.framework_file import FrameworkError, framework_from_data, framework_to_data, parse_framework
from evaluation.rules import Refusal
from tests.evaluation.frameworks import POLISHING, SHIPPED, shipped_text

TEXT = shipped_text("rncp26850")


@pytest.mark.rule("R1.1")
@pytest.mark.parametrize("name", SHIPPED)
def test_what_ships_can_be_used(name: str):
    framework = parse_framework(shipped_text(name))
    assert framework.code == name.upper()
    assert framework.registered is True
    assert framework.wording_provisional is True
    assert {question for block in framework.blocks for one in block.competencies for question in one.questions}
    assert {block.part for block in framework.blocks} == {"A", "B"}


def test_the_polishing_certification_is_that_of_the_reglement():
    first, second = POLISHING.blocks
    assert (first.code, first.rule, first.share, first.mandatory, first.part) == (
        "BC1", "R5.2", Fraction(60, 100), ("C1.1", "C1.2", "C1.3"), "A",
    )  # fmt: skip
    assert (second.code, second.rule, second.share, second.mandatory, second.part) == (
        "BC2", "R5.3", Fraction(60, 100), ("C2.1", "C2.2", "C2.4"), "B",
    )  # fmt: skip
    assert [len(block.competencies) for block in POLISHING.blocks] == [6, 6]
    assert {len(one.questions) for block in POLISHING.blocks for one in block.competencies} == {3}
    assert POLISHING.phases == {
        "presentation": PhaseTiming(0, 15 * 60, 15 * 60),
        "questions": PhaseTiming(25 * 60, 30 * 60, 30 * 60),
    }
    assert POLISHING.announce == (300, 60, 0)
    assert (len(POLISHING.presentation_points), len(POLISHING.reminder)) == (6, 4)
    assert (POLISHING.lost_share, POLISHING.portfolio_max_pages) == (Fraction(1, 2), 10)
    delays = POLISHING.delays
    assert (delays.results_months, delays.appeal_months, delays.certificate_months) == (1, 2, 2)
    assert (delays.notice_days, delays.brief_months, delays.bar_years, delays.bar_match_days) == (15, 3, 3, 5)
    assert POLISHING.kept_block_validity_months is None


# Reading it


def test_looking_up():
    assert POLISHING.block("BC2") is POLISHING.blocks[1]
    assert POLISHING.block_of("C2.4") is POLISHING.blocks[1]
    assert POLISHING.competency("C2.4") is POLISHING.blocks[1].competencies[3]
    assert POLISHING.competencies(["BC2"]) == POLISHING.blocks[1].competencies
    both = POLISHING.blocks[0].competencies + POLISHING.blocks[1].competencies
    assert POLISHING.competencies({"BC2", "BC1"}) == both
    assert POLISHING.competencies([]) == ()


def test_looking_up_what_is_not_there():
    for look in (
        lambda: POLISHING.block("BC3"),
        lambda: POLISHING.block_of("C9.9"),
        lambda: POLISHING.competency("BC1"),
        lambda: POLISHING.competencies(["BC1", "BC3"]),
    ):
        with pytest.raises(Refusal) as refused:
            look()
        assert refused.value.rule == "R1.1"


def test_scaled():
    fast = POLISHING.scaled(60)
    assert fast.phases == {"presentation": PhaseTiming(0, 15, 15), "questions": PhaseTiming(25, 30, 30)}
    assert fast.announce == (5, 1, 0)
    shorter = {"welcome_minutes": 1, "deliberation_minutes": 1, "break_minutes": 1, "lunch_minutes": 1}
    assert fast.planning == replace(POLISHING.planning, **shorter)
    assert replace(fast, phases=POLISHING.phases, announce=POLISHING.announce, planning=POLISHING.planning) == POLISHING
    assert POLISHING.scaled(1) == POLISHING
    with pytest.raises(ValueError, match="1 or more"):
        POLISHING.scaled(0)


@given(st.integers(1, 100_000))
def test_scaled_is_still_a_framework(divisor: int):
    fast = POLISHING.scaled(divisor)
    assert framework_from_data(framework_to_data(fast)) == fast


# Into the journal and back


@pytest.mark.parametrize("name", SHIPPED)
def test_round_trip_through_json(name: str):
    framework = parse_framework(shipped_text(name))
    data = json.loads(json.dumps(framework_to_data(framework)), parse_float=pytest.fail)
    assert framework_from_data(data) == framework
    assert framework_to_data(framework_from_data(data)) == data


def test_a_validity_of_kept_blocks():
    framework = parse_framework("kept_block_validity_months = 60\n" + TEXT)
    assert framework.kept_block_validity_months == 60
    assert framework_from_data(framework_to_data(framework)) == framework


# What is wrong


@pytest.mark.rule("R1.1")
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('share = "60/100"', "share = 0.6", "blocks[0].share : une fraction entre guillemets"),
        ('share = "60/100"', "share = 1", "blocks[0].share : une fraction entre guillemets"),
        ('share = "60/100"', 'share = "0/100"', "blocks[0].share : une fraction supérieure à 0"),
        ('share = "60/100"', 'share = "101/100"', "blocks[0].share : une fraction supérieure à 0"),
        ('lost_share = "1/2"', 'lost_share = "3/2"', "lost_share : une fraction supérieure à 0"),
        ('lost_share = "1/2"', "lost_share = 0.5", "lost_share : une fraction entre guillemets"),
        ('code = "RNCP26850"\n', "", "code : ce champ manque"),
        ('code = "RNCP26850"', 'code = "RNCP 26850"', "code : lettres, chiffres"),
        ("registered = true", 'registered = "yes"', "registered : vrai ou faux est attendu"),
        ("registered = true", "registered = true\nobsolete = 1", "obsolete : ce champ est inconnu"),
        ('version = "1"', 'version = " "', "version : ce texte est vide"),
        ('"C1.2", "C1.3"]', '"C1.2", "C2.1"]', "blocks[0].mandatory : C2.1 n’est pas une compétence de ce bloc"),
        ('"C1.2", "C1.3"]', '"C1.2", "C1.2"]', "blocks[0].mandatory : une compétence y est deux fois"),
        ('code = "C1.4"', 'code = "C1.5"', "blocks[0].competencies[4].code : le code C1.5 sert déjà"),
        ('code = "C2.1"', 'code = "C1.1"', "blocks[1].competencies[0].code : le code C1.1 sert déjà"),
        ('code = "BC2"', 'code = "BC1"', "blocks[1].code : le code BC1 sert déjà"),
        ('code = "C2.6"', 'code = "<b>"', "blocks[1].competencies[5].code : lettres, chiffres"),
        ('rule = "R5.2"', 'rule = "R9.9"', "blocks[0].rule : aucune règle ne porte ce numéro : R9.9"),
        ("floor = 1500, ceiling", "floor = 1801, ceiling", "phases.questions.floor : le minimum"),
        ("floor = 1500, ceiling", "floor = -1, ceiling", "phases.questions.floor : le minimum"),
        ("default = 1800", "default = 1801", "phases.questions.default : la durée prévue"),
        ("default = 1800", "default = 1499", "phases.questions.default : la durée prévue"),
        ("ceiling = 900, default = 900", "ceiling = 900, default = 0", "phases.presentation.default : la durée"),
        ("ceiling = 900, default = 900", "ceiling = 0, default = 0", "phases.presentation.ceiling : un nombre"),
        ("ceiling = 900, default = 900", "ceiling = 900.0, default = 900", "phases.presentation.ceiling : un nombre"),
        ("questions = { floor", "orals = { floor", "phases : il faut exactement : presentation, questions"),
        ("announce = [300, 60, 0]", "announce = [60, 300]", "announce : des secondes"),
        ("announce = [300, 60, 0]", "announce = [300, -1]", "announce : des secondes"),
        ("announce = [300, 60, 0]", "announce = [60, 60]", "announce : des secondes"),
        ('[definitions]\nA = "', '[definitions]\nB = "', "definitions : il faut la définition de A et celle de NA"),
        ('NA = "', 'X = "b"\nNA = "', "definitions : il faut la définition de A et celle de NA"),
        ("notice_days = 15", "notice_days = 0", "delays.notice_days : un nombre supérieur à zéro"),
        ("welcome_minutes = 10", "welcome_minutes = -1", "planning.welcome_minutes : un nombre supérieur à zéro"),
        ("step_minutes = 5", "step_minutes = 0", "planning.step_minutes : un nombre supérieur à zéro"),
        ("lunch_minutes = 60", "lunch_minutes = 151", "planning.lunch_minutes : le déjeuner doit tenir"),
        ('day_from = "08:30"', 'day_from = "8:30"', "planning.day_from : une heure est attendue"),
        ('decent_until = "21:00"', 'decent_until = "24:00"', "planning.decent_until : une heure est attendue"),
        ('day_until = "18:30"', 'day_until = "08:30"', "planning.day_until : cette heure doit être après"),
        ("portfolio_max_pages = 10", "portfolio_max_pages = 0", "portfolio_max_pages : un nombre supérieur à zéro"),
        ('code = "RNCP26850"', 'code = "RNCP26850"\nkept_block_validity_months = 0', "kept_block_validity_months : "),
        ('"CNHBJO", "58, rue du Louvre", "75002 Paris"', "", "appeal_address : la liste est vide"),
        ('"https://haute', '"javascript:haute', "information_page : une adresse"),
        ('  "Le temps de l’épreuve",', '  "",', "reminder[1] : ce texte est vide"),
        ('title = "Émeriser la pièce"', 'title = ""', "blocks[1].competencies[0].title : ce texte est vide"),
        ("[delays]", "[delays", "TOML : "),
        ("[delays]", "[phases]", "TOML : "),
    ],
)
def test_a_framework_that_cannot_be_used(old: str, new: str, said: str):
    assert old in TEXT
    with pytest.raises(FrameworkError) as refused:
        parse_framework(TEXT.replace(old, new, 1))
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize("field", ["blocks", "presentation_points", "reminder", "prevention_message", "sanctions"])
def test_a_list_that_is_empty(field: str):
    with pytest.raises(FrameworkError, match=f"^{field} : la liste est vide$"):
        framework_from_data(framework_to_data(POLISHING) | {field: []})


def test_a_block_without_competencies():
    empty = replace(POLISHING.blocks[0], competencies=(), mandatory=())
    with pytest.raises(FrameworkError, match=r"^blocks\[0\]\.competencies : la liste est vide$"):
        framework_from_data(framework_to_data(replace(POLISHING, blocks=(empty,))))


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inner for place in _places(one, (*path, key)))]


PLACES = _places(framework_to_data(POLISHING))[1:]
JUNK = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just([]) | st.just({}) | st.just([[]])


@given(st.sampled_from(PLACES), JUNK)
def test_junk_anywhere_is_refused_or_fits(place: tuple[Any, ...], junk: object):
    """FrameworkError and nothing else; what is accepted goes into the journal and back."""
    data = framework_to_data(POLISHING)
    holder: Any = data
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = junk
    try:
        framework = framework_from_data(data)
    except FrameworkError:
        return
    assert isinstance(framework, Framework)
    assert framework_from_data(framework_to_data(framework)) == framework
