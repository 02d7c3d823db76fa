"""Child side: a page drawn as a WebP picture, and its words with their places."""
from __future__ import annotations

from ctypes import byref, c_double, c_int
from io import BytesIO
from typing import cast

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from server.documents.document_refusals import DocumentRefusal

TALLEST = 8  # a page higher than this many widths is drawn narrower
GRAIN = 1_000_000  # pdfium places things on whole device pixels: a page this wide gives shares of six figures
WEBP = {"quality": 88, "method": 2}
Run = tuple[str, float, float, float, float]
Box = tuple[float, float, float, float]


def draw_pdf(data: bytes, options: dict[str, int]) -> tuple[dict[str, object], bytes]:
    """Options: `page` (from 1), `width` in pixels. The header holds width, height, text, or `missing` pages."""
    document = open_pdf(data)
    if options["page"] > len(document):
        return {"missing": len(document)}, b""
    page = document[options["page"] - 1]
    picture = draw(page, options["width"])
    return _reply(picture, _runs(page))


def draw_image(data: bytes, options: dict[str, int]) -> tuple[dict[str, object], bytes]:
    if options["page"] > 1:
        return {"missing": 1}, b""
    Image.MAX_IMAGE_PIXELS = None  # it passed the intake's limit
    picture = Image.open(BytesIO(data), formats=("JPEG", "PNG")).convert("RGB")
    width = min(options["width"], picture.width)
    size = (width, max(1, round(picture.height * width / picture.width)))
    return _reply(picture.resize(size, Image.Resampling.LANCZOS), [])


def open_pdf(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        raise DocumentRefusal("damaged") from None


def draw(page: pdfium.PdfPage, width: int, forms: bool = False) -> Image.Image:
    w, h = page.get_size()
    if w <= 0 or h <= 0:
        raise DocumentRefusal("damaged")
    scale = min(width / w, TALLEST * width / h)
    bitmap = cast(pdfium.PdfBitmap, page.render(scale=scale, may_draw_forms=forms))  # pyright: ignore[reportUnknownMemberType]
    return bitmap.to_pil().convert("RGB")


def _reply(picture: Image.Image, runs: list[Run]) -> tuple[dict[str, object], bytes]:
    out = BytesIO()
    picture.save(out, "WEBP", **WEBP)
    return {"width": picture.width, "height": picture.height, "text": runs}, out.getvalue()


def _runs(page: pdfium.PdfPage) -> list[Run]:
    """Words joined into pieces of lines; a wide gap (a table's columns) starts another piece."""
    words = page.get_textpage()
    runs: list[Run] = []
    text, box = "", None
    for index in range(words.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(words.raw, index))
        placed = cast(Box, words.get_charbox(index, loose=True))  # pyright: ignore[reportUnknownMemberType]
        place = _place(page, placed)
        if char in "\r\n" or (box and not char.isspace() and _apart(box, place)):
            _keep(runs, text, box)
            text, box = "", None
        if char.isprintable() and not 0xD800 <= ord(char) < 0xE000:
            if not char.isspace():
                box = place if box is None else _around(box, place)
            text += char if box else ""
    _keep(runs, text, box)
    return runs


def _keep(runs: list[Run], text: str, box: Box | None) -> None:
    if box and text.strip():
        left, top, right, bottom = (round(min(1.0, max(0.0, side)), 4) for side in box)
        runs.append((text.strip(), left, top, round(right - left, 4), round(bottom - top, 4)))


def _place(page: pdfium.PdfPage, box: Box) -> Box:
    """(left, bottom, right, top) in the page's own units to (left, top, right, bottom) in shares of what is seen."""
    corners = [_seen(page, box[0], box[1]), _seen(page, box[2], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _seen(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    across, down = c_int(), c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, GRAIN, GRAIN, 0, c_double(x), c_double(y), byref(across), byref(down))
    return across.value / GRAIN, down.value / GRAIN


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _apart(line: Box, char: Box) -> bool:
    """A gap wider than the line is high, or another line."""
    height = line[3] - line[1]
    return char[0] - line[2] > height or char[1] > line[3] or char[3] < line[1]
