"""Child side: a PDF rebuilt from its pages alone.

Only what is drawn is carried over. What was written into forms and notes is first drawn into the page
(`appearances.py`), then the forms, notes, links, scripts, actions, attachments, layers' switches and the file's own
data are left behind.
"""
from __future__ import annotations

import zlib
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from server.documents.appearances import check_cover, draw_in
from server.documents.document_refusals import DocumentRefusal
from server.documents.draw_page import draw, open_pdf
from server.documents.foreign import pdf_alone
from server.documents.mended import check_whole

PAGE_KEYS = {
    "/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group",
}  # fmt: skip
RESOURCE_KEYS = {"/Font", "/XObject", "/ColorSpace", "/ExtGState", "/Pattern", "/Shading"}
# Streams may name a file elsewhere, another document, or carry attachments and notes of the program that made them.
STREAM_KEYS_DROPPED = (
    "/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI", "/Metadata", "/PieceInfo", "/AF", "/Alternates", "/OC",
    "/StructParent", "/StructParents", "/Measure", "/PtData", "/LastModified",
)  # fmt: skip
ACTIONS = {
    "/JavaScript", "/Launch", "/URI", "/GoTo", "/GoToR", "/GoToE", "/GoTo3DView", "/SubmitForm", "/ResetForm",
    "/ImportData", "/Named", "/Hide", "/Rendition", "/Movie", "/Sound", "/Trans", "/RichMediaExecute", "/SetOCGState",
    "/Thread",
}  # fmt: skip
CARRIERS = {"/Action", "/Filespec", "/EmbeddedFile", "/Annot", "/Catalog"}
BYTES_A_PIXEL = 4
GLANCE = 32  # pixels of width: each page is drawn once: what cannot be drawn is refused now, not before the jury


def clean(data: bytes, options: dict[str, int]) -> tuple[dict[str, object], bytes]:
    alone = pdf_alone(data)
    try:
        with _open(alone) as source:
            pages = len(source.pages)
            _count(pages, options["max_pages"])
            out = _rebuilt(source, options["max_pixels"] * BYTES_A_PIXEL)
    except pikepdf.PasswordError:
        raise DocumentRefusal("encrypted") from None
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, RuntimeError):
        raise DocumentRefusal("damaged") from None  # pikepdf tells malformed objects by any of these
    _glance(out, pages)
    return {"pages": pages, "format": "pdf"}, out


def _open(data: bytes) -> Pdf:
    """With the empty password too: many a scanner and office forbids changes by it, and every reader opens the file."""
    source = Pdf.open(BytesIO(data), suppress_warnings=True)
    check_whole(source, data)
    check_cover(source)
    return source


def _count(pages: int, most: int) -> None:
    if pages == 0:
        raise DocumentRefusal("no_pages")
    if pages > most:
        raise DocumentRefusal("too_many_pages", pages=pages, limit=most)


def _rebuilt(source: Pdf, most: int) -> bytes:
    for thing in source.objects:
        if isinstance(thing, Stream):
            _measure(thing, most)
    fresh = Pdf.new()
    for page in draw_in(source).pages:
        inherited = _inherited(page)
        for key in set(page.obj.keys()) - PAGE_KEYS:
            del page.obj[key]
        for key, value in inherited.items():
            page.obj[key] = value
        fresh.pages.append(page)
    for thing in fresh.objects:
        _strip(thing)
    out = BytesIO()
    fresh.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _inherited(page: Page) -> dict[str, Object]:
    """What a page takes from the nodes above it (ISO 32000-1, 7.7.3.4)."""
    found: dict[str, Object] = {}
    node: Object | None = page.obj
    for _ in range(64):  # a tree is never that deep: a loop is
        if node is None:
            return found
        for key in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):
            if key in node and key not in found:
                found[key] = node[key]
        node = node.get("/Parent")
    raise ValueError("page tree loops")


def _strip(thing: Object, depth: int = 0) -> None:
    """Take out of one object, and of what it holds directly, all that is not drawing."""
    if depth > 64:
        raise ValueError("nested too deep")
    if isinstance(thing, Stream):
        for key in STREAM_KEYS_DROPPED:
            if key in thing:
                del thing[key]
    if isinstance(thing, Array):
        for child in thing:
            _strip_direct(child, depth)
    elif isinstance(thing, (Dictionary, Stream)):
        if "/Resources" in thing:
            _keep_resources(thing["/Resources"])
        _disarm(thing)
        for key in list(thing.keys()):
            _strip_direct(thing[key], depth)


def _strip_direct(child: object, depth: int) -> None:
    if isinstance(child, Object) and not child.is_indirect:
        _strip(child, depth + 1)


def _keep_resources(resources: Object) -> None:
    for key in set(resources.keys()) - RESOURCE_KEYS:
        del resources[key]


def _disarm(thing: Object) -> None:
    """No drawing has these: an action or a file reached by an unusual way is emptied."""
    is_catalog = thing.get("/Type") == Name.Catalog and "/Pages" in thing and set(thing.keys()) <= {"/Type", "/Pages"}
    armed = str(thing.get("/Type")) in CARRIERS or str(thing.get("/S")) in ACTIONS or "/JS" in thing
    if armed and not is_catalog:
        for key in set(thing.keys()) - {"/Length", "/Filter", "/DecodeParms"}:
            del thing[key]
        if isinstance(thing, Stream):
            thing.write(b"")


def _measure(stream: Stream, most: int) -> None:
    """A few bytes may open into gigabytes, compressed more than once: open them no further than the largest picture.

    Other filters than Flate expand little enough for the limits of the process.
    """
    data = stream.read_raw_bytes()
    filters = stream.get("/Filter", Array())
    for name in filters if isinstance(filters, Array) else (filters,):
        if name not in (Name.FlateDecode, Name.Fl):
            return
        try:
            data = zlib.decompressobj().decompress(data, most + 1)
        except zlib.error as problem:
            if "incorrect data check" in str(problem):  # the sum over it alone is wrong
                return
            raise DocumentRefusal("damaged") from None  # a reader would show what comes before, and nothing behind
        if len(data) > most:
            raise DocumentRefusal("too_complex")


def _glance(data: bytes, pages: int) -> None:
    document = open_pdf(data)
    if len(document) != pages:
        raise DocumentRefusal("damaged")
    for page in document:
        draw(page, GLANCE)
