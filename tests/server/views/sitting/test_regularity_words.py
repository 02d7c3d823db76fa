"""The checklist of a hearing in words, and the cases of a candidacy as the certification jury is told of them."""
from __future__ import annotations

from evaluation.kinds import Row
from evaluation.session.regularity import Point
from server.views.sitting.cases_on_item import CaseOnItem, case_on_item
from server.views.sitting.regularity_words import WORDS, key_of

EVERY = (
    Point("notice", "R4.2", "look"), Point("president", "R3.1", "kept"), Point("president", "R3.1", "missing"),
    Point("three", "R1.2", "kept"), Point("three", "R1.2", "look"), Point("three", "R1.4", "look"),
    Point("prevention", "R6.1", "kept"), Point("prevention", "R6.1", "look"), Point("prevention", "R6.1", "missing"),
    Point("identity", "R6.3", "kept"), Point("identity", "R6.3", "look"), Point("identity", "R6.3", "missing"),
    Point("reminder", "R3.2", "kept"), Point("reminder", "R3.2", "missing"), Point("sheet", "R3.2", "kept"),
    Point("sheet", "R3.2", "look"), Point("sheet", "R3.2", "missing"), Point("presentation", "R3.3", "kept"),
    Point("presentation", "R3.3", "look", codes=("early",)), Point("presentation", "R4.7", "look", codes=("overrun",)),
    Point("questions", "R3.4", "kept"), Point("questions", "R3.4", "look", codes=("early",)),
    Point("questions", "R4.7", "look", codes=("overrun",)), Point("lost", "X9", "look"), Point("attempt", "X9", "look"),
    Point("incident", "R7.1", "kept"), Point("incident", "R7.1", "look"), Point("suspicion", "R6.5", "look"),
    Point("dispute", "R3.6", "look"), Point("departs", "X7", "look"), Point("signatures", "X7", "kept"),
    Point("signatures", "X7", "look"), Point("ending", "R4.5", "look", codes=("no_show",)),
    Point("ending", "R4.4", "look", codes=("stopped",)), Point("paper", "X13", "look"),
)


def test_each_point_that_there_can_be_has_its_words_and_no_others_are_kept():
    assert sorted(map(key_of, EVERY)) == sorted(WORDS)


def test_a_case_is_told_by_its_kind_and_how_far_it_is():
    data = {"kind_title": "Coupure technique", "door": "malfunction", "open": False, "consequence": "none"}
    row = Row("cases", "k/c", person="p", status="handed", about="c", at=1_773_648_000_000, data=data)
    assert case_on_item(row, "fr") == CaseOnItem(
        "Coupure technique", "Dysfonctionnement", "16 mars 2026", "décision remise, aucune suite", False)
    row = Row("cases", "k/c", person="p", status="facts", about="c", at=1_773_648_000_000,
              data={**data, "open": True, "consequence": None})
    assert (case_on_item(row, "fr").state, case_on_item(row, "fr").opened) == ("faits à compléter", True)
