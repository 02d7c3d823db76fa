"""What the papers of a case say, and what stands in none of them."""
from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pypdfium2
import pytest

from evaluation.case.admissibility import RuleAdmissibility
from evaluation.case.case_parts import Fact, FromDay
from evaluation.case.kind import CASE
from evaluation.case.ruling import CloseCase
from evaluation.case_rules import Consequence
from evaluation.people import Words
from evaluation.session.kind import SESSION
from server.case_edges import EDGES_OF_CASES
from server.documents.case_pdf import CasePaper, draw_case_paper
from server.views.case.decision_paper import decision_paper
from server.views.case.notice_paper import notice_paper
from server.views.case.report_paper import report_paper
from server.views.case.written_of import OF_DAY, CaseReading, words_read
from tests.evaluation.body.house import words
from tests.evaluation.case.docket import CLERK, MEMBER, appeal, incident, malfunction, office, opened
from tests.server.views.case.case_readings import LONG, WRITTEN, accused, all_three, barred, reading

papers = cache(all_three)


def section(paper: CasePaper, title: str) -> str:
    """All that stands under a title."""
    (found,) = [one for one in paper["parts"] if one["title"] == title]
    return "\n".join((*found["words"], *found["points"], *(": ".join(one) for one in found["rows"])))


def everything(paper: CasePaper) -> str:
    return "\n".join((*paper["to"], *(": ".join(one) for one in paper["facts"]), paper["signed"],
                      *(section(paper, one["title"]) for one in paper["parts"])))


@pytest.mark.rule("R7.1")
def test_the_report_says_what_was_observed_by_whom_and_when():
    report = papers()["report"]
    assert section(report, "Les faits") == (
        "lundi 16 mars 2026, 8\u00a0h\u00a000: Questions, horloge de l’épreuve 3 min.\n"
        "Une voix donne les réponses [#emph(x)].\nNoté par Marc Oudin.")
    assert section(report, "Les pièces").startswith("Pièce 1 : image de l’épreuve, jointe le lundi 16 mars 2026")
    assert section(report, "À l’attention de l’organisme certificateur") == "À suivre."
    assert dict(report["facts"])["Candidat"] == LONG
    assert (report["by"], report["to"][0], report["number"].endswith("-K1/R1")) == ("BJO Formation", "CNHBJO", True)
    assert report["signed"] == "Établi le lundi 16 mars 2026 par Claire Fabre, pour BJO Formation."


@pytest.mark.rule("R7.1")
def test_the_report_says_when_it_was_noted_before_the_examination_began():
    noted = incident("malfunction", "organisation")
    docket = opened("malfunction", "organisation",
                    source=replace(noted, data={**noted.data, "phase": "scheduled", "clock": None}))
    report = report_paper(reading(docket, by_provider=True, writer="Claire Fabre"))
    assert section(report, "Les faits").startswith("lundi 16 mars 2026, 8\u00a0h\u00a000: Avant l’épreuve.\n")


@pytest.mark.rule("R7.2", "X6")
def test_the_notice_says_all_that_the_candidate_must_know_before_answering():
    notice = papers()["notice"]
    assert "La caméra montre une oreillette." in section(notice, "Les faits")
    assert section(notice, "Ce qui est porté à votre connaissance") == "Ce qui vous est reproché."
    assert section(notice, "Ce qui est possible si les faits sont retenus").startswith("La candidature est éliminée.\n")
    delay = section(notice, "Votre délai")
    assert "15 jours" in delay
    assert "Reçue le lundi 16 mars 2026, vous pouvez répondre jusqu’au mardi 31 mars 2026 inclus." in delay
    assert "être entendu" in section(notice, "Comment répondre")
    assert "assisté" in section(notice, "Qui peut vous assister, et où lire le dossier")
    assert notice["to"] == [LONG, "12 rue des Émailleurs", "25000 Besançon"]


@pytest.mark.rule("R7.2")
def test_the_notice_names_the_sanctions_that_its_writer_chose():
    typed = {"words": "Dit.", "sanctions": ["disqualify"]}
    assert section(notice_paper(reading(accused(), typed=typed)), "Ce qui est possible si les faits sont retenus") == (
        "La candidature est éliminée.")


@pytest.mark.rule("R6.6")
@pytest.mark.parametrize(("years", "told"), [(3, "3 ans"), (1, "1 an"), (None, "la durée que fixe son référentiel")])
def test_the_notice_says_how_long_a_bar_would_last(years: int | None, told: str):
    possible = notice_paper(reading(accused(), typed={"words": "Dit.", "sanctions": ["bar"]}, bar_years=years))
    assert section(possible, "Ce qui est possible si les faits sont retenus").endswith(f"pendant {told}.")


@pytest.mark.rule("R9.2", "R7.1")
def test_the_decision_says_why_and_whom_to_appeal_to_how_and_until_when():
    decision = papers()["decision"]
    taken = section(decision, "La décision")
    assert "L’interdiction dure jusqu’au vendredi 16 mars 2029 inclus." in taken
    assert section(decision, "Les raisons") == "L’aide est établie."
    appeal = section(decision, "Si vous n’êtes pas d’accord")
    until = barred().part().decision
    assert until is not None
    assert "dans les 2 mois" in appeal
    assert "À qui : CNHBJO, 58, rue du Louvre, 75002 Paris." in appeal
    assert "lettre recommandée avec avis de réception" in appeal
    before = section(decision, "Ce qui a précédé la décision")
    assert "Réponse écrite du candidat" in before
    assert "Avis de l’organisme de formation : d’accord." in before
    assert "Avis des membres du jury : 3 d’accord." in before


def test_a_part_that_ended_without_a_sanction_asks_nothing_of_the_candidate():
    docket = accused()
    docket.do(MEMBER, CloseCase("k1", office("o-member"), words("because")))
    closed = decision_paper(reading(docket))
    assert "rien n’est retenu" in section(closed, "La décision")
    assert "rien à faire" in section(closed, "Et maintenant")


@pytest.mark.rule("R6.5", "R7.1")
def test_what_the_room_asked_and_what_was_said_there_stand_in_the_facts():
    docket = accused()
    fact = replace(docket.state.facts[0], answers={"Quel appareil ?": Words("asked", "d")})
    told = [FromDay(replace(docket.part().sources[0].quote, event=event, data=data), docket.now + place)
            for place, (event, data) in enumerate((
                ("session.sanctions_told", {}),
                ("session.suspicion_answered", {"words": {"ref": "own", "digest": "d"}}),
                ("session.suspicion_decided", {"course": "go_on", "words": None}), ("session.unheard_of", {})))]
    state = replace(docket.state, facts=(fact,))
    one = replace(reading(docket), state=state, part=replace(docket.part(), from_day=tuple(told)),
                  written={**WRITTEN, "asked": "Un téléphone.", "own": "Je n’ai rien fait."})
    assert {"asked", "own"} <= {word.ref for word in words_read(state, one.part)}
    said = section(report_paper(one), "Les faits").splitlines()
    assert "Quel appareil ? Un téléphone." in said
    assert [line.partition("00: ")[2] for line in said[-4:]] == [
        "La présidence du jury dit au candidat ce qui est noté et les sanctions encourues.",
        "Le candidat répond, dans ses mots : Je n’ai rien fait.", "La présidence du jury décide : l’épreuve continue.",
        "Suite de l’épreuve, jointe au dossier."]


def test_each_event_of_the_day_that_a_case_is_told_has_its_words():
    told = {one.event for one in EDGES_OF_CASES if (one.source, one.kind, one.quotes) == (SESSION, CASE, "said")}
    names = {name for topic in SESSION.topics for name, event in topic.events.items() if event in told}
    assert names - OF_DAY.keys() == {"session.suspicion_decided"}


@pytest.mark.rule("R9.2")
def test_an_appeal_that_is_rejected_leaves_the_decision():
    docket = appeal()
    docket.do(MEMBER, RuleAdmissibility("k1", True, words(), office("o-member")))
    docket.proposed(Consequence.NONE, CLERK).submitted().decided(Consequence.NONE)
    assert "la décision qu’il visait reste valable" in section(decision_paper(reading(docket)), "La décision")


@pytest.mark.rule("R7.2")
def test_nothing_of_another_candidate_is_in_a_paper():
    """Two parts of one case: facts and evidence of the other, and how many there are, stand in no letter to one."""
    docket = opened("fraud", "outside_help", "capture-1").reported()
    other = replace(docket.part(), candidacy="k2", person="p-other")
    fact = Fact(9, docket.now, "p-own", Words("foreign", "d"), "k2", docket.now)
    state = replace(docket.state, parts={**docket.state.parts, "k2": other}, facts=(*docket.state.facts, fact))
    one = replace(reading(docket), state=state, names={**reading(docket).names, "p-other": "Zoé Durand"},
                  written={**WRITTEN, "foreign": "foreign-words"})
    for paper in (notice_paper(one), report_paper(one)):
        assert "foreign-words" not in everything(paper)
        assert "Zoé" not in everything(paper)
    alone = notice_paper(replace(one, state=docket.state))
    assert notice_paper(one) == alone
    assert "1 autre candidature : chacune" in section(report_paper(one), "Ce qui est commun à d’autres")


def test_no_evidence_is_said_and_what_was_erased_leaves_a_gap():
    docket = malfunction()
    report = report_paper(replace(reading(docket), names={}, written={}))
    assert section(report, "Les pièces") == "Aucune pièce n’est jointe aux faits."
    assert "(texte effacé)" in section(report, "Les faits")
    assert dict(report["facts"])["Candidat"] == "(nom effacé)"


def text(pdf: bytes) -> list[str]:
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(pdf)]


def test_many_facts_flow_over_pages_and_a_draft_says_so_on_each():
    docket = accused()
    fact = docket.state.facts[-1]
    state = replace(docket.state, facts=(*docket.state.facts, *(replace(fact, observed_at=docket.now + n)
                                                                  for n in range(40))))
    long = replace(reading(docket), state=state, draft=True, typed={"words": "Un fait longuement dit. " * 60})
    pages = text(draw_case_paper(notice_paper(long)))
    assert 4 <= len(pages) <= 12
    assert all("Aperçu" in one for one in pages)
    assert "sans numéro" in pages[0]
    assert "Cachet" not in " ".join(pages)
    assert "Aperçu" not in " ".join(text(draw_case_paper(notice_paper(replace(long, draft=False)))))
    del long


def test_each_paper_names_its_seal():
    assert {one["sealed"] for one in papers().values()} == {"Cachet de démonstration : il ne prouve rien."}
    sealed = notice_paper(reading(accused(), demonstration=False))["sealed"]
    assert sealed.startswith("Ce document porte un cachet électronique")


def test_numbers_of_one_case_are_different():
    def at(one: CaseReading) -> set[str]:
        return {report_paper(one)["number"], notice_paper(one)["number"], decision_paper(one)["number"]}

    first = reading(barred())
    second = replace(first, part=replace(first.part, candidacy="k2"))
    assert len(at(first) | at(second)) == 6
    assert Consequence.BAR in first.state.kind.sanctions
    assert date(2026, 3, 16) <= first.today
