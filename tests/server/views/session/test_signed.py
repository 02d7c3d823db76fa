"""A result that was signed stays what was signed, on every page and paper; `verify` alone computes it again (R3.7)."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from evaluation.grading import Mark, Result, compile_result
from evaluation.journal import BrokenJournal
from evaluation.rules import Reason
from evaluation.session import consensus, recommendation
from server.documents.record_pdf import draw_deliberation_grid
from server.views.session.deliberation import deliberation_view
from server.views.session.grid_paper import grid_paper
from tests.evaluation.session.day import Day, begun, marks, verified
from tests.server.views.session.readings import reading
from tests.server.views.session.test_record import record

SEATS = ("emp", "org")
REFUSED = marks("C1.1")


def signed() -> Day:
    return begun().agreed(given=REFUSED).advise().sign()


def shown(day: Day) -> str:
    """Everything that is told of the result: the jury's table, the record page, the paper; French and English."""
    told: list[Any] = []
    for seat in SEATS:
        told.append(record(day, seat)["deliberation"])
        told += [deliberation_view(reading(day, seat, locale), day.hearing()) for locale in ("fr", "en")]
    told.append(grid_paper(record(day), day.state, day.records[-1].hash, len(day.records)))
    return json.dumps(told, ensure_ascii=False)


def lenient(*given: Any, **named: Any) -> Result:
    """Rules of a later version: every block is validated, for another reason."""
    result = compile_result(*given, **named)
    why = (Reason("R5.2", "Plus aucune compétence n’est obligatoire."),)
    blocks = tuple(replace(block, validated=True, reasons=why) for block in result.blocks)
    return Result(blocks, "full", True)


@pytest.mark.rule("R3.8")
def test_the_paper_names_the_examination_by_candidate_day_and_hour() -> None:
    day = signed()
    shown = record(day)
    paper = grid_paper(shown, day.state, day.records[-1].hash, len(day.records))
    pages = pypdfium2.PdfDocument(draw_deliberation_grid(paper))
    told = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())
    assert " Épreuve du lundi 16 mars 2026 à 9 h 15 Lina Morel Grille de délibération" in told
    assert day.hearing().id not in told


@pytest.mark.rule("R3.7", "X5")
def test_a_change_of_the_rules_changes_nothing_that_was_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    day = signed()
    before = shown(day)
    assert "C1.1 est obligatoire et n’est pas acquise." in before
    verified(day.lines())
    monkeypatch.setattr(recommendation, "compile_result", lenient)
    assert shown(day) == before
    with pytest.raises(BrokenJournal) as differs:
        verified(day.lines())
    # Its word on the departure comes first.
    assert differs.value.why == "session.recommended: session.recommended should stand here"


@pytest.mark.rule("R3.7")
def test_before_the_last_signature_the_table_follows_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    day = begun().agreed(given=REFUSED)
    monkeypatch.setattr(recommendation, "compile_result", lenient)
    assert recommendation.compiled(day.state, day.hearing()).outcome == "full"


@pytest.mark.rule("R3.6", "R3.7")
def test_the_agreed_marks_are_those_of_the_conclusion() -> None:
    """Whatever a later version holds of who sits or what a consensus is."""
    day = signed()
    before = shown(day)
    table = day.hearing().deliberation
    assert table is not None
    moved = {
        code: replace(one, mark=Mark.ACQUIRED, confirmed=frozenset[str]()) for code, one in table.proposals.items()
    }
    changed = replace(day.hearing(), deliberation=replace(table, proposals=moved))
    assert consensus.reached(day.state, changed) == REFUSED
    day.current = day.state.with_hearing(changed)
    rows = [json.loads(json.dumps(row)) for row in deliberation_view(reading(day, "org"), day.hearing())["rows"]]
    assert {row["competency"]: row["proposed"] for row in rows if row["reached"]} == REFUSED
    assert '"mark": "Non acquise"' in before
