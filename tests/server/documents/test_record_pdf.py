"""The signed deliberation grid on paper."""
from __future__ import annotations

import pypdfium2
import pytest

from server.documents.record_pdf import deliberation_grid, draw_deliberation_grid
from tests.server.documents.samples import ARCHIVABLE, claimed, grid


def words(data: bytes) -> str:
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]
    return " ".join(" ".join(pages).split())


@pytest.mark.rule("R3.8")
async def test_it_says_everything_and_reads_nothing_as_markup() -> None:
    told = words(await deliberation_grid(grid()))
    for said in ("MOREL Lina, née le 14 mars 1999", "C1.2", "Non acquise", "du 400 au 1200 [#emph(x)].", "2026-118",
                 "Non validé. 4 compétences acquises sur 6. C1.2, obligatoire, manque.", "Validé. 6 compétences",
                 "préconise l’attribution partielle", "13 min 40 sur 15 min", "coupure de 1 min 30", "Hélène Garnier",
                 "24 novembre 2026, 10 h 52", "N’a pas signé", "Je ne partage pas la décision sur C1.5."):  # fmt: skip
        assert said in told, said


def test_it_is_an_archivable_tagged_pdf_and_the_same_each_time() -> None:
    made = draw_deliberation_grid(grid())
    assert made == draw_deliberation_grid(grid())
    assert claimed(made) == ARCHIVABLE


def test_long_words_and_many_blocks_flow_over_pages() -> None:
    long = grid()
    long["blocks"] = long["blocks"] * 4
    long["comments"] = ["Une phrase du jury qui explique longuement sa préconisation. " * 40]
    made = draw_deliberation_grid(long)
    assert 3 <= len(pypdfium2.PdfDocument(made)) <= 6
    assert "N’a pas signé" in words(made)


def test_a_grid_without_a_part_is_refused() -> None:
    partial = grid()
    del partial["signatures"]  # type: ignore[misc]
    with pytest.raises(ValueError, match="signatures"):
        draw_deliberation_grid(partial)
