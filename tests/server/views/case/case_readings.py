"""Readings of cases for tests: somebody accused, told, answering, decided on."""
from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from evaluation.case_rules import Consequence
from server.documents.case_pdf import CasePaper
from server.views.case.decision_paper import decision_paper
from server.views.case.notice_paper import notice_paper, summons_paper
from server.views.case.report_paper import report_paper
from server.views.case.written_of import CaseReading
from tests.evaluation.body.house import CLERK, ORGANIZER
from tests.evaluation.case.docket import CANDIDATE, JURORS, Docket, notice, opened
from tests.evaluation.frameworks import POLISHING

LONG = "Marie-Antoinette Guillemette de La Rochefoucauld-Montmorency d’Étampes"
NAMES = {CANDIDATE: LONG, ORGANIZER: "Claire Fabre", CLERK: "Laurence Chevillon",
         **dict(zip(JURORS, ("Hélène Garnier", "Marc Oudin", "Sofia Benali"), strict=True))}
WRITTEN = {"seen": "Une voix donne les réponses [#emph(x)].", "more": "La caméra montre une oreillette.",
           "told": "Ce qui vous est reproché.", "because": "L’aide est établie.", "mine": "secret-answer"}


def reading(docket: Docket, **changes: Any) -> CaseReading:
    known = CaseReading(
        docket.state, docket.part(), NAMES, WRITTEN, "CNHBJO", "BJO Formation", docket.now, NAMES[CLERK],
        hearing_at=docket.now, home=("12 rue des Émailleurs", "25000 Besançon"), address=POLISHING.appeal_address)
    return replace(known, **changes)


def accused() -> Docket:
    return opened("fraud", "outside_help", "capture-1").reported()


def barred() -> Docket:
    docket = accused()
    docket.do(CLERK, notice(evidence=("capture-1",)))
    docket.answered().passes()
    return docket.proposed(Consequence.BAR).agreed().submitted().decided(Consequence.BAR)


def all_three() -> dict[str, CasePaper]:
    """With the summons, four: each at the moment at which it is written."""
    decided = barred()
    return {
        "report": report_paper(reading(opened("fraud", "outside_help", "capture-1"), by_provider=True,
                                       writer="Claire Fabre", typed={"words": "À suivre."})),
        "notice": notice_paper(reading(accused(), typed={"words": "Ce qui vous est reproché.",
                                                         "sanctions": ["disqualify", "bar"]})),
        "summons": summons_paper(reading(accused(), typed={"at": decided.now, "place": "58 rue du Louvre, Paris"})),
        "decision": decision_paper(reading(decided, until=date(2029, 3, 16), bar_years=3))}
