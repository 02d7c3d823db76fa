"""What was written into forms and notes is in the picture that a juror sees, or the upload says that it cannot be."""
from __future__ import annotations

from typing import Any

import pypdfium2
import pytest
from pikepdf import Dictionary, Name, Stream
from PIL import Image, ImageChops

from server.documents.document_refusals import DocumentRefusal
from server.documents.intake import intake
from server.documents.rendered_page import render_page
from tests.server.documents.odd_pdfs import BOX, WORDS, annotated, cover, form, note, only_acrobat_shows, said
from tests.server.documents.samples import LIMITS, WORKER, saved
from tests.server.documents.test_intake_pdf import everything, refused, words

MULTILINE, COMBO, RADIO, PASSWORD = 1 << 12, 1 << 17, 1 << 15, 1 << 13
QUAD = [100, 560, 400, 560, 100, 500, 400, 500]


async def read(data: bytes) -> str:
    """The words of the page as a juror's page tells them."""
    taken = await intake(data, "a.pdf", LIMITS)
    page = await render_page(taken.data, "pdf", 1, 800, WORKER)
    return " ".join(run.text for run in page.text)


def as_a_reader_shows(data: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    return document[0].render(may_draw_forms=True).to_pil().convert("L")


async def as_the_jury_sees(data: bytes) -> Image.Image:
    taken = await intake(data, "a.pdf", LIMITS)
    return pypdfium2.PdfDocument(taken.data)[0].render().to_pil().convert("L")


def differing(one: Image.Image, other: Image.Image) -> int:
    assert one.size == other.size
    return sum(ImageChops.difference(one, other).histogram()[60:])


@pytest.mark.parametrize("need", [True, False])
async def test_every_line_of_a_field_is_shown(need: bool) -> None:
    made = form({"V": WORDS, "Ff": MULTILINE}, need)
    assert await read(made) == f"Bonjour Élève 1 {WORDS}"
    assert differing(as_a_reader_shows(made), await as_the_jury_sees(made)) == 0


async def test_an_appearance_of_its_own_is_shown_as_it_is() -> None:
    made = form({"V": "autre", "Ff": MULTILINE}, appearance=said("Ligne une", "Ligne deux"))
    assert await read(made) == "Bonjour Élève 1 Ligne une Ligne deux"


async def test_one_that_was_left_empty_is_not_the_words() -> None:
    assert await read(form({"V": "MOREL"}, appearance=b"/Tx BMC EMC")) == "Bonjour Élève 1 MOREL"


@pytest.mark.parametrize("words", ["Élève Noël, cœur, 25 €", "Wagner, Zürich, pâte n°3", "Señor Muñoz, Århus"])
async def test_accents_are_shown(words: str) -> None:
    assert await read(form({"V": words})) == f"Bonjour Élève 1 {words}"


@pytest.mark.parametrize("words", ["Łukasz Ŵójcik", "名字 Li Wei", "Nguyễn Thị", "fini 😀"])
async def test_letters_are_shown_or_said_to_be_missing(words: str) -> None:
    try:
        told = await read(form({"V": words}, need=True))
    except DocumentRefusal as refusal:
        told = refusal.code
    assert told in (f"Bonjour Élève 1 {words}", "unshown_words")


@pytest.mark.parametrize("flags", [0, MULTILINE])
async def test_words_beyond_their_box_are_said_to_be_missing(flags: int) -> None:
    refusal = await refused(form({"V": WORDS * 12, "Ff": flags}))
    assert (refusal.code, refusal.values) == ("unshown_words", {"page": 1})


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        pytest.param({"FT": Name.Ch, "Ff": COMBO, "V": "b", "Opt": [["a", "Argent"], ["b", "Bronze"]]}, "Bronze",
                     id="choice"),
        pytest.param({"FT": Name.Ch, "V": "Or", "Opt": ["Argent", "Or"]}, "Argent Or", id="list"),
        pytest.param({"V": "75001", "Ff": 1 << 24, "MaxLen": 5}, "7 5 0 0 1", id="boxes"),
        pytest.param({"V": "secret", "Ff": PASSWORD}, "******", id="password"),
        pytest.param({"V": ""}, "", id="empty"),
        pytest.param({"V": "caché", "F": 2}, "", id="hidden"),
    ],
)  # fmt: skip
async def test_other_fields(fields: dict[str, Any], shown: str) -> None:
    assert await read(form(fields)) == f"Bonjour Élève 1 {shown}".strip()


@pytest.mark.parametrize("flags", [0, RADIO])
async def test_a_ticked_box_is_ticked(flags: int) -> None:
    ticked = form({"FT": Name.Btn, "Ff": flags, "V": Name.Yes, "AS": Name.Yes})
    assert differing(as_a_reader_shows(ticked), await as_the_jury_sees(ticked)) == 0
    empty = form({"FT": Name.Btn, "Ff": flags, "V": Name.Off, "AS": Name.Off})
    assert differing(await as_the_jury_sees(empty), await as_the_jury_sees(ticked)) > 20


NOTES: dict[str, dict[str, Any]] = {
    "FreeText": {"Contents": "Cote 12,5 mm", "DA": "/Helv 14 Tf 1 0 0 rg"},
    "Highlight": {"QuadPoints": QUAD, "C": [1, 0, 0]},
    "Underline": {"QuadPoints": QUAD, "C": [1, 0, 0]},
    "StrikeOut": {"QuadPoints": QUAD, "C": [1, 0, 0]},
    "Squiggly": {"QuadPoints": QUAD, "C": [1, 0, 0]},
    "Ink": {"InkList": [[100, 500, 150, 560, 200, 500]], "C": [0, 0, 1]},
    "Square": {"C": [1, 0, 0]},
    "Circle": {"C": [1, 0, 0]},
    "Text": {"Name": Name.Comment},
}  # fmt: skip


@pytest.mark.parametrize("kind", NOTES)
@pytest.mark.parametrize(("rotate", "box"), [(0, None), (90, None), (270, None), (0, [-50, -50, 600, 800])])
async def test_a_note_is_drawn_where_a_reader_draws_it(kind: str, rotate: int, box: list[int] | None) -> None:
    made = note(kind, NOTES[kind], rotate, box)
    seen = await as_the_jury_sees(made)
    assert differing(as_a_reader_shows(made), seen) == 0
    assert differing(await as_the_jury_sees(note("Popup", {}, rotate, box)), seen) > 15


async def test_a_free_note_is_read_too() -> None:
    assert await read(note("FreeText", NOTES["FreeText"])) == "Bonjour Élève 1 Cote 12,5 mm"


@pytest.mark.parametrize("kind", ["Line", "Polygon", "PolyLine", "Stamp", "Caret"])
async def test_what_the_renderer_cannot_draw_is_said(kind: str) -> None:
    refusal = await refused(note(kind))
    assert (refusal.code, refusal.values) == ("unshown_note", {"page": 1})


async def test_a_stamp_with_its_picture_is_drawn() -> None:
    document = annotated({"Subtype": Name.Stamp, "Contents": "un tampon"})
    shape = Stream(document, b"1 0 0 rg 0 0 300 60 re f", Subtype=Name.Form, BBox=[0, 0, 300, 60])
    document.pages[0].obj.Annots[0].AP = Dictionary(N=document.make_indirect(shape))
    page = pypdfium2.PdfDocument((await intake(saved(document), "a.pdf", LIMITS)).data)[0]
    left, bottom, right, top = BOX
    seen = page.render().to_pil().convert("RGB")
    assert seen.getpixel(((left + right) // 2, round(page.get_height()) - (bottom + top) // 2)) == (255, 0, 0)


@pytest.mark.parametrize("kind", ["Text", "Highlight"])
async def test_a_folded_note_with_words_is_said_to_be_hidden(kind: str) -> None:
    fields = {"QuadPoints": QUAD} if kind == "Highlight" else {}
    refusal = await refused(note(kind, {**fields, "Contents": "À revoir"}))
    assert (refusal.code, refusal.values) == ("folded_note", {"page": 1})
    # Many programs repeat the marked words: they stand in the page already.
    assert await read(note(kind, {**fields, "Contents": "Bonjour Élève"})) == "Bonjour Élève 1"


@pytest.mark.parametrize("kind", ["FileAttachment", "Sound", "Movie", "RichMedia", "Screen"])
async def test_a_file_or_a_film_in_a_page_is_said_to_be_lost(kind: str) -> None:
    assert (await refused(note(kind))).code == "attached"


async def test_a_page_that_waits_for_another_reader_is_refused() -> None:
    refusal = await refused(only_acrobat_shows())
    assert refusal.code == "xfa"
    assert "« Imprimer »" in refusal.in_french()
    refusal = await refused(cover())
    assert refusal.code == "collection"
    assert "un seul PDF" in refusal.in_french()


async def test_nothing_of_the_form_stays() -> None:
    taken = await intake(form({"V": WORDS, "Ff": MULTILINE}, need=True), "a.pdf", LIMITS)
    for word in ("/AcroForm", "/Widget", "/Annots", "/NeedAppearances", "/DA "):
        assert word not in everything(taken.data), word
    assert taken == await intake(form({"V": WORDS, "Ff": MULTILINE}, need=True), "a.pdf", LIMITS)
    assert "Bonjour" in words(taken)[0]
