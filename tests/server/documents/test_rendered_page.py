"""Pages as pictures with their words."""
from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
import typst
from PIL import Image

from server.documents.document_refusals import DocumentRefusal
from server.documents.intake import intake
from server.documents.rendered_page import render_page
from tests.server.documents.samples import LIMITS, WORKER, pdf, picture, pixel, saved

PLACED = b"""#set page(width: 200pt, height: 400pt, margin: 0pt)
#place(dx: 100pt, dy: 200pt, text(size: 20pt)[Bague])
#place(dx: 20pt, dy: 40pt, rect(width: 20pt, height: 20pt, fill: rgb("#ff0000")))
#pagebreak()
#table(columns: (80pt, 80pt), [grain], [support], [400], [\xc3\xa9meri])"""


def placed() -> bytes:
    made = typst.compile(PLACED, ignore_system_fonts=True, format="pdf")
    assert isinstance(made, bytes)
    return made


@pytest.mark.rule("R3.5")
async def test_a_page_is_a_picture_with_words_at_their_place() -> None:
    page = await render_page(placed(), "pdf", 1, 600, WORKER)
    seen = Image.open(BytesIO(page.data))
    assert (seen.format, seen.size, (page.width, page.height)) == ("WEBP", (600, 1200), (600, 1200))
    assert pixel(seen, 90, 150)[0] > 230  # the red square, at 30 pt, 50 pt
    assert pixel(seen, 90, 150)[1] < 40
    assert pixel(seen, 300, 1100) == (255, 255, 255)
    (word,) = page.text
    assert word.text == "Bague"
    assert word.x == pytest.approx(0.5, abs=0.02)
    assert word.y == pytest.approx(0.5, abs=0.03)
    assert word.w == pytest.approx(0.26, abs=0.04)
    assert 0.03 < word.h < 0.08


async def test_a_tables_cells_are_separate_words() -> None:
    page = await render_page(placed(), "pdf", 2, 300, WORKER)
    assert [run.text for run in page.text] == ["grain", "support", "400", "émeri"]


async def test_a_turned_page_is_drawn_and_read_as_it_is_seen() -> None:
    document = pikepdf.open(BytesIO(placed()))
    document.pages[0].obj.Rotate = 90
    page = await render_page(saved(document), "pdf", 1, 800, WORKER)
    assert (page.width, page.height) == (800, 400)
    (word,) = page.text
    assert word.h > word.w / 2  # the word stands upright on its end
    assert (word.x, word.y) == (pytest.approx(0.47, abs=0.05), pytest.approx(0.5, abs=0.03))


async def test_a_picture_is_made_smaller_never_larger() -> None:
    taken = await intake(picture(size=(1000, 500)), "carte.jpg", LIMITS)
    small = await render_page(taken.data, "image", 1, 400, WORKER)
    assert (small.width, small.height, small.text) == (400, 200, ())
    large = await render_page(taken.data, "image", 1, 4000, WORKER)
    assert (large.width, large.height) == (1000, 500)


@pytest.mark.parametrize(("page", "width"), [(0, 600), (-1, 600), (3, 600), (1, 0)])
async def test_a_page_that_is_not_there(page: int, width: int) -> None:
    with pytest.raises(ValueError, match="page"):
        await render_page(pdf(2), "pdf", page, width, WORKER)
    with pytest.raises(ValueError, match="page"):
        await render_page(picture(), "image", 2, 100, WORKER)


async def test_a_page_like_a_ribbon_does_not_fill_the_memory() -> None:
    document = pikepdf.open(BytesIO(pdf()))
    document.pages[0].obj.MediaBox = [0, 0, 10, 14000]
    page = await render_page(saved(document), "pdf", 1, 1200, WORKER)
    assert page.height <= 8 * 1200


async def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(DocumentRefusal):
        await render_page(b"%PDF-1.7 nothing", "pdf", 1, 100, WORKER)
