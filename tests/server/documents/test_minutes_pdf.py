"""The minutes of a sitting on paper."""
from __future__ import annotations

import pypdfium2
import pytest

from server.documents.minutes_pdf import draw_minutes, minutes_pdf
from tests.server.documents.minutes_samples import LONG, item, minutes
from tests.server.documents.samples import ARCHIVABLE, claimed


def words(data: bytes) -> str:
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]
    return " ".join(" ".join(pages).split())


@pytest.mark.rule("R3.9")
async def test_they_say_everything_and_read_nothing_as_markup() -> None:
    told = words(await minutes_pdf(minutes()))
    for said in ("PV-2026-1F2A3B4C", "de 14 h 00 à 15 h 10, à distance", "remplace Catherine Vidal", "1. Lina Morel",
                 "temps rendu [#emph(x)].", "BC1. Préparer le travail", "C1.2, obligatoire, manque.", "4 sur 6",
                 "Les réponses du jury d’évaluation montrent", "le bloc BC2 est acquis.", "2. " + LONG[:16],
                 "Alain Prévost ne partage pas cette décision", "remis à une autre séance",
                 "signature simple, avec une clé d’accès", "Cachet de démonstration"):  # fmt: skip
        assert said in told, said


@pytest.mark.rule("R3.9")
def test_who_does_not_sign_stands_by_their_seat_with_why_below() -> None:
    paper = minutes()
    why = "Alain Prévost n’a pas signé : il est hospitalisé [#emph(x)] (noté par Philippe Marchand, 14 décembre 2026)"
    paper["signatures"][-1].update({"level": "n’a pas signé", "unsigned": why})
    told = words(draw_minutes(paper))
    assert "Salariés Alain Prévost n’a pas signé" in told
    assert why in told
    assert told.index(why) < told.index("Cachet de démonstration")


def test_they_are_an_archivable_tagged_pdf_and_the_same_each_time() -> None:
    made = draw_minutes(minutes())
    assert made == draw_minutes(minutes())
    assert claimed(made) == ARCHIVABLE


def test_a_sitting_of_many_flows_over_pages() -> None:
    long = minutes()
    long["items"] = [item(f"{number}. Lina Morel") for number in range(1, 31)]
    long["own_words"] = ["Une phrase du jury, qui raconte longuement. " * 60]
    made = draw_minutes(long)
    assert 15 <= len(pypdfium2.PdfDocument(made)) <= 25
    assert "30. Lina Morel" in words(made)


def test_minutes_without_a_part_are_refused() -> None:
    partial = minutes()
    del partial["signatures"]  # type: ignore[misc]
    with pytest.raises(ValueError, match="signatures"):
        draw_minutes(partial)


def test_what_the_seal_is_worth_stands_with_the_signatures() -> None:
    """Wherever the pages break: a last page of one line would say nothing of what it belongs to."""
    for lines in range(30):
        pages = pypdfium2.PdfDocument(draw_minutes({**minutes(), "own_words": ["Une phrase."] * lines}))
        last = pages[len(pages) - 1].get_textpage().get_text_bounded()
        assert ("Les signatures" in last, "Cachet de démonstration" in last) == (True, True), lines
