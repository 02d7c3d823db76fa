"""A page as a picture with its words: jurors never open a candidate's file in their own browser."""
from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from server.documents import confined
from server.documents.confined import WorkerLimits
from server.documents.document_refusals import DocumentRefusal
from server.documents.intake import Kind


@dataclass(frozen=True)
class TextRun:
    """A piece of a line. `x`, `y` (top left), `w`, `h` are shares of the page's width and height, 0 to 1."""

    text: str
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True)
class PagePicture:
    """`data` is a WebP picture of `width` by `height` pixels; `text` is in reading order."""

    data: bytes
    width: int
    height: int
    text: tuple[TextRun, ...]
    media_type: str = "image/webp"


async def render_page(data: bytes, kind: Kind, page: int, width: int, limits: WorkerLimits) -> PagePicture:
    """Draw `page` (the first is 1) of a clean document, `width` pixels wide.

    A very tall page, or a picture smaller than that, comes out narrower. Raises `ValueError` for a page or a width
    that cannot be, `DocumentRefusal` for a file that cannot be drawn.
    """
    if page < 1 or width < 1:
        raise ValueError(f"page {page}, width {width}: both start at 1")
    header, picture = await confined.run(f"draw_{'pdf' if kind == 'pdf' else 'image'}", data,
                                         {"page": page, "width": width}, limits)  # fmt: skip
    if "missing" in header:
        raise ValueError(f"no page {page} in a document of {header['missing']}")
    try:
        rows = cast("list[tuple[str, float, float, float, float]]", header["text"])
        text = tuple(TextRun(str(t), float(x), float(y), float(w), float(h)) for t, x, y, w, h in rows)
        return PagePicture(picture, int(str(header["width"])), int(str(header["height"])), text)
    except (KeyError, TypeError, ValueError):
        raise DocumentRefusal("too_complex") from None
