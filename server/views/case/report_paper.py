"""The report to the awarding body (R7.1): written from the journal, completed by the person who hands it."""
from __future__ import annotations

from server.documents.case_pdf import CasePaper
from server.views.case.written_of import CaseReading, case_facts, evidence_section, facts_section, paper, section

TITLE = "Rapport d’incident"


def report_paper(reading: CaseReading) -> CasePaper:
    state, part = reading.state, reading.part
    jury = ", ".join(reading.name(one) for one in part.jurors)
    organizers = ", ".join(reading.name(one) for one in state.organizers)
    others = len(state.parts) - 1
    shared = f"Le même fait concerne aussi {others} autre{'s' if others > 1 else ''} candidature"
    return paper(
        reading, state.rules.papers.get("report", TITLE), "R", len(state.reports) + 1,
        reading.address or (reading.body,),
        case_facts(reading, ("Noté par", reading.name(state.raised_by)), ("Jury", jury), ("Organisation", organizers)),
        (facts_section(reading), evidence_section(reading),
         section("Ce qui est commun à d’autres", [f"{shared}{'s' if others > 1 else ''} : chacune a son rapport."]
                 if others else []),
         section("À l’attention de l’organisme certificateur", [reading.own_words])))
