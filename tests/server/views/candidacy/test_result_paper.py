"""What the letter of a result says, and what stands in none of them."""
from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from evaluation.candidacy.awarded_by_sitting import NoteAward
from evaluation.candidacy.terms import HearingEnding
from evaluation.codec import decode
from evaluation.framework import Mark
from evaluation.people import SYSTEM, Words
from evaluation.quotes import Quote
from evaluation.sitting.terms import Ruling
from server.documents.result_pdf import ResultPaper, draw_result
from server.views.candidacy.result_paper import ResultReading, result_paper, words_of
from tests.evaluation.candidacy.house import Candidacy, examined, registered
from tests.evaluation.candidacy.test_through_a_sitting import handed_on, marked, sat_on, told
from tests.evaluation.candidacy.towards_award import agenda, awaiting, recommendation, returned, ruling, said_of
from tests.evaluation.frameworks import POLISHING
from tests.server.documents.samples import ARCHIVABLE, claimed

LONG = "Anne-Charlotte de la Tour-Maubourg-Montmorency"


def reading(one: Candidacy, **changes: object) -> ResultReading:
    """Of the last letter."""
    letter = one.state.letters[-1]
    data = one.journal[letter.position - 1][3]
    said = decode(Quote, data["said"])
    found = decode(Ruling, said.data["ruling"]) if said.event == "sitting.ruling_sealed" else None
    words = decode(Words, data["words"]) if "words" in data else None
    texts = {each.ref: f"« {each.ref} »" for each in words_of(found, words)}
    return replace(ResultReading(one.state, letter, LONG, "CNHBJO", found, words, texts, POLISHING,
                                 ("12 rue Haute", "75002 Paris")), **changes)  # type: ignore[arg-type]


def section(paper: ResultPaper, title: str) -> str:
    found = [one for one in paper["parts"] if one["title"] == title]
    return "\n".join("\n".join((*one["words"], *one["points"], *(": ".join(row) for row in one["rows"])))
                     for one in found)


def everything(paper: ResultPaper) -> str:
    return "\n".join((*paper["to"], *(": ".join(one) for one in paper["facts"]), paper["signed"],
                      *(section(paper, one["title"]) for one in paper["parts"])))


def whole() -> Candidacy:
    one = awaiting()
    told(one, sat_on(one).decided())
    return one


def partial() -> Candidacy:
    one = handed_on(marked(C2_1=Mark.NOT_ACQUIRED), "partial")
    told(one, sat_on(one).decided(reasons={"C2.1": Words("why", "d" * 8)}))
    return one


def withheld() -> Candidacy:
    one = awaiting()
    told(one, sat_on(one).decided(course="withhold", words=Words("motif", "d" * 8)))
    return one


@pytest.mark.rule("R8.1")
def test_the_whole_certification_under_its_reserve() -> None:
    paper = result_paper(reading(whole()))
    assert section(paper, "Le résultat") == (
        "Le jury de certification vous attribue la certification entière.\n"
        "Ce résultat vous est notifié sous réserve de validation par la CPNEFP.")
    assert section(paper, "La suite") == (
        "Le certificat part dans les 2 mois qui suivent la validation par la commission, à votre entreprise, qui vous "
        "en fait remise.")
    assert section(paper, "Ce que vous gardez") == ""
    assert paper["to"] == [LONG, "12 rue Haute", "75002 Paris"]


@pytest.mark.rule("R9.1")
def test_a_part_says_what_is_kept_what_lacks_and_why() -> None:
    paper = result_paper(reading(partial()))
    blocks = section(paper, "Bloc par bloc").split("\n")
    assert [line.split(" : ")[0] for line in blocks] == ["BC1", "BC2"]
    assert ["Non attribué." in line for line in blocks] == [False, True]
    assert "C2.1 est obligatoire" in blocks[1]
    assert section(paper, "Compétence par compétence").endswith("« why »")
    assert "sans limite de durée" in section(paper, "Ce que vous gardez")
    assert "pour ce qui manque seulement : BC2." in section(paper, "La suite")


@pytest.mark.rule("R9.2")
def test_the_last_day_of_an_appeal_is_computed() -> None:
    paper = result_paper(reading(partial()))
    assert "postez-le au plus tard le samedi 30 mai 2026, avant minuit" in section(paper, "Si vous n’êtes pas d’accord")


def test_an_absence_says_itself() -> None:
    one = examined(registered(), HearingEnding.ABSENT)
    said = said_of("session.no_show_recorded", {"hearing": "h1", "words": None})
    one.do(SYSTEM, replace(recommendation(), said=said))
    told(one, sat_on(one).decided())
    paper = result_paper(reading(one))
    assert section(paper, "Le résultat").startswith("Votre absence à l’épreuve du lundi 16 mars 2026 a été constatée.")
    assert section(paper, "Bloc par bloc") == ""


def test_a_returned_result_says_why_and_by_when_again() -> None:
    one = whole()
    one.on("2026-04-30")
    one.do(SYSTEM, returned(one.state.position))
    paper = result_paper(reading(one))
    assert (paper["title"], section(paper, "Pourquoi")) == ("Résultat non validé", "« w »")
    assert "au plus tard le samedi 30 mai 2026" in section(paper, "La suite")


def test_a_result_after_another_says_which_it_replaces() -> None:
    one = whole()
    one.on("2026-04-30")
    one.do(SYSTEM, returned(one.state.position))
    one.do(SYSTEM, agenda(sitting="j2"))
    full = ruling("full", "BC1", "BC2", sitting="j2", on=date(2026, 4, 30))
    before = one.journal[one.state.letters[0].position - 1][3]
    data = {**full.data, "ruling": {**before["said"]["data"]["ruling"], "ruled_on": "2026-04-30"}}
    one.do(SYSTEM, NoteAward(replace(full, data=data)))
    paper = result_paper(reading(one))
    assert "Ce courrier remplace celui du lundi 30 mars 2026." in section(paper, "Le résultat")
    assert paper["number"].endswith("/R3")


def test_what_is_withheld_says_that_nothing_is_decided() -> None:
    paper = result_paper(reading(withheld()))
    assert paper["title"] == "Résultat différé"
    assert "Rien n’est décidé, ni pour vous, ni contre vous." in section(paper, "Votre résultat")
    assert section(paper, "Pourquoi") == "« motif »"


def test_no_letter_names_anybody_else() -> None:
    for one in (whole(), partial()):
        text = everything(result_paper(reading(one)))
        assert not [name for name in ("p-", "jur", "p-c-emp") if f" {name}-" in text or "p-c" in text]
        assert "p-cand" not in text


def test_it_is_drawn_with_the_longest_names() -> None:
    one = partial()
    pages = pypdfium2.PdfDocument(draw_result(result_paper(reading(one))))
    text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    assert LONG in text.replace("\u200b", "")


@pytest.mark.rule("R8.1")
@pytest.mark.parametrize("course", ["whole", "partial", "withheld"])
def test_it_is_one_archivable_page(course: str) -> None:
    one = {"whole": whole, "partial": partial, "withheld": withheld}[course]()
    made = draw_result(result_paper(reading(one)))
    assert made == draw_result(result_paper(reading(one)))
    assert len(pypdfium2.PdfDocument(made)) == 1
    assert claimed(made) == ARCHIVABLE
