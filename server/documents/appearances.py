"""Child side: what was written into forms and notes, drawn into the pages.

The renderer lays out what has no appearance of its own, as a reader would; then everything is flattened. What it cannot
draw, or not whole, is refused with the page: words that the sender sees must never be missing before the jury.
"""
from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import cast

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream, String

from server.documents.document_refusals import DocumentRefusal
from server.documents.draw_page import Box, draw, open_pdf

GLANCE = 32  # pixels of width: enough for the renderer to lay out what is on the page
DEEPEST = 32  # a field's parents: a tree is never that deep, a loop is
INVISIBLE = 1 | 2 | 32  # hidden from every reader: "invisible" (of an unknown kind), "hidden", "no view"
PASSWORD = 1 << 13
# Their words stand in the page already, or are no words: a link, a button, the window of another note.
WITHOUT_WORDS = {"/Link", "/Popup", "/Widget", "/Stamp", "/PrinterMark", "/TrapNet", "/Watermark"}
CARRIERS = {"/FileAttachment", "/Sound", "/Movie", "/Screen", "/3D", "/RichMedia"}
UNDRAWN = {"/Link", "/Popup", "/Widget", "/PrinterMark", "/TrapNet", "/Text"}
SIMPLE, SIGNS = (Name.Type1, Name.TrueType), {"/Symbol", "/ZapfDingbats"}
SHOWS = re.compile(rb"\bT[jJ]\b|['\"]|\bDo\b")  # operators that draw text, or another drawing
LITTLE = {"Zs", "Zl", "Zp", "Cc", "Cf", "Cn", "Pd"}  # spaces, marks of line breaks, hyphens that a break adds or takes


@dataclass(frozen=True)
class Written:
    """What must be read on page `page` (the first is 0): inside `box` (left, bottom, right, top), or anywhere."""

    page: int
    words: str
    box: Box | None


def check_cover(source: Pdf) -> None:
    """Refuse a file whose pages only say that its content is elsewhere."""
    if "/Collection" in source.Root:
        raise DocumentRefusal("collection")
    form = source.Root.get("/AcroForm")
    if not isinstance(form, Dictionary) or "/XFA" not in form:
        return
    fields = any(_subtype(one) == "/Widget" for page in source.pages for one in _annotations(page))
    if not fields or source.Root.get("/NeedsRendering") is True:
        raise DocumentRefusal("xfa")
    del form["/XFA"]  # the same form in another language, for one program: its fields are in the pages as well


def draw_in(source: Pdf) -> Pdf:
    """The same pages with all that was written on them drawn into them."""
    if not any(_shows(one) for page in source.pages for one in _annotations(page)):
        return source
    _forget_blank(source)
    _name_letters(source)
    written = [*_fields(source), *_notes(source)]
    laid_out = _laid_out(source)
    _check_drawn(laid_out)
    laid_out.flatten_annotations("screen")
    _check_readable(laid_out, written)
    return laid_out


def _forget_blank(source: Pdf) -> None:
    """A program that fills a form in may leave the appearance of the empty field: it is not its words'."""
    for page in source.pages:
        for one in _annotations(page):
            shape = one.AP.N if _subtype(one) == "/Widget" and _drawn(one) else None
            if isinstance(shape, Stream) and not SHOWS.search(shape.read_bytes()) and _words_of(one):
                del one["/AP"]


def _name_letters(source: Pdf) -> None:
    """A form's plain font that does not say which letters it has has those of Western Europe: else accents are lost."""
    fonts = _resources(source).get("/Font", Dictionary())
    for _, font in fonts.items():
        if font.get("/Subtype") in SIMPLE and str(font.get("/BaseFont")) not in SIGNS and "/Encoding" not in font:
            font.Encoding = Name.WinAnsiEncoding


def _resources(source: Pdf) -> Object:
    return source.Root.get("/AcroForm", Dictionary()).get("/DR", Dictionary())


def _laid_out(source: Pdf) -> Pdf:
    """With an appearance for every field and note that the renderer knows how to draw."""
    document = open_pdf(saved(source))
    document.init_forms()  # pyright: ignore[reportUnknownMemberType]
    for page in document:
        draw(page, GLANCE, forms=True)
    out = BytesIO()
    document.save(out)  # pyright: ignore[reportUnknownMemberType]
    fresh = Pdf.open(out)
    if "/AcroForm" in fresh.Root and "/NeedAppearances" in fresh.Root.AcroForm:
        del fresh.Root.AcroForm["/NeedAppearances"]  # they are made
    return fresh


def saved(source: Pdf) -> bytes:
    out = BytesIO()
    source.save(out)
    return out.getvalue()


def _annotations(page: Page) -> Iterator[Object]:
    """Those that a reader shows."""
    listed = page.obj.get("/Annots")
    for one in cast("list[Object]", listed) if isinstance(listed, Array) else ():
        if isinstance(one, Dictionary) and not _number(one.get("/F")) & INVISIBLE:
            yield one


def _shows(annotation: Object) -> bool:
    """A link is a place to click at, mostly: many a long document has hundreds."""
    return _subtype(annotation) not in ("/Link", "/Popup") or _drawn(annotation)


def _drawn(annotation: Object) -> bool:
    """Whether it has an appearance of its own."""
    return "/N" in annotation.get("/AP", Dictionary())


def _subtype(annotation: Object) -> str:
    return str(annotation.get("/Subtype"))


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _check_drawn(laid_out: Pdf) -> None:
    for number, page in enumerate(laid_out.pages, 1):
        for one in _annotations(page):
            kind = _subtype(one)
            if kind in CARRIERS:
                raise DocumentRefusal("attached", page=number)
            if kind not in UNDRAWN and not _drawn(one):
                raise DocumentRefusal("unshown_note", page=number)


# What must be readable -------------------------------------------------------------------------------------------


def _fields(source: Pdf) -> Iterator[Written]:
    """The words of the fields whose appearance is not the sender's own."""
    anew = source.Root.get("/AcroForm", Dictionary()).get("/NeedAppearances") is True
    for number, page in enumerate(source.pages):
        for one in _annotations(page):
            if _subtype(one) == "/Widget" and (anew or not _drawn(one)):
                words = _words_of(one)
                if words:
                    yield Written(number, words, _box(one))


def _words_of(widget: Object) -> str:
    kind, flags, value = (_of_field(widget, key) for key in ("/FT", "/Ff", "/V"))
    if not isinstance(value, String) or (kind == Name.Tx and _number(flags) & PASSWORD):
        return ""
    if kind == Name.Ch:
        return _chosen(widget, str(value))
    return str(value) if kind == Name.Tx else ""


def _chosen(widget: Object, value: str) -> str:
    """A choice may be kept as one word and shown as another: pairs of both."""
    options = _of_field(widget, "/Opt")
    for one in cast("list[object]", options) if isinstance(options, Array) else ():
        if isinstance(one, Array) and len(one) == 2 and str(one[0]) == value:
            return str(one[1])
    return value


def _of_field(widget: Object, key: str) -> object:
    """A field's own or its parents' (ISO 32000-1, 12.7.3.1)."""
    node: Object | None = widget
    for _ in range(DEEPEST):
        if node is None or key in node:
            break
        node = node.get("/Parent")
    return node.get(key) if node is not None else None


def _notes(source: Pdf) -> Iterator[Written]:
    for number, page in enumerate(source.pages):
        for one in _annotations(page):
            words = one.get("/Contents")
            if _subtype(one) not in WITHOUT_WORDS and isinstance(words, String):
                yield Written(number, str(words), None)


def _box(annotation: Object) -> Box:
    xs, ys = [float(one) for one in annotation.Rect][::2], [float(one) for one in annotation.Rect][1::2]  # pyright: ignore
    return min(xs), min(ys), max(xs), max(ys)


def _check_readable(flat: Pdf, written: list[Written]) -> None:
    if not written:
        return
    document = open_pdf(saved(flat))
    for number in sorted({one.page for one in written}):
        seen = list(_seen(document[number]))
        for one in written:
            if one.page == number and not _readable(one, seen):
                raise DocumentRefusal("folded_note" if one.box is None else "unshown_words", page=number + 1)


def _seen(page: pdfium.PdfPage) -> Iterator[tuple[str, float, float]]:
    """Each character of a page that has a shape, with its middle."""
    text = page.get_textpage()
    for index in range(text.count_chars()):
        left, bottom, right, top = cast(Box, text.get_charbox(index))  # pyright: ignore[reportUnknownMemberType]
        if right > left and top > bottom:  # a character that no font has takes room and shows nothing
            yield chr(raw.FPDFText_GetUnicode(text.raw, index)), (left + right) / 2, (bottom + top) / 2


def _readable(one: Written, seen: list[tuple[str, float, float]]) -> bool:
    if one.box is None:
        return _plain(one.words) in _plain("".join(char for char, _, _ in seen))
    left, bottom, right, top = one.box
    inside = "".join(char for char, x, y in seen if left <= x <= right and bottom <= y <= top)
    return not Counter(_plain(one.words)) - Counter(_plain(inside))


def _plain(words: str) -> str:
    """As far as it can be compared: without spaces and hyphens, with ligatures taken apart."""
    return "".join(char for char in unicodedata.normalize("NFKC", words) if unicodedata.category(char) not in LITTLE)
