"""What a person uploads: told apart by its first bytes, then rebuilt in a confined process, or refused with a way out.

Nothing of the original file is kept: a PDF is rebuilt page by page, a picture is decoded and encoded anew. So scripts,
attachments, links, places and times taken by a phone never reach the jury (R6.2, X1).
"""
from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from server.documents import confined
from server.documents.confined import WorkerLimits
from server.documents.document_refusals import DocumentRefusal
from server.documents.foreign import pdf_start
from server.documents.office_files import Converter, as_pdf, office_extension

Kind = Literal["pdf", "image"]
MEGABYTE = 1_000_000
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
MEDIA_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
# A phone often names a WebP picture .jpg: between pictures the name does not matter, they are all encoded anew.
EXTENSIONS: dict[str, Kind] = {
    "pdf": "pdf", **dict.fromkeys(("jpg", "jpeg", "jpe", "jfif", "png", "webp", "heic", "heif", "gif", "bmp", "tif",
                                   "tiff", "avif"), "image"),
}  # fmt: skip
# What a computer opens with another program. The end of any other name is a word or a date, and says nothing.
OTHER_EXTENSIONS = set(
    "doc docx odt rtf txt xls xlsx ods csv ppt pptx odp htm html mht xml svg js exe bat cmd msi ps1 sh apk jar zip rar "
    "7z gz tar iso eml msg mp3 m4a wav mp4 mov avi mkv webm psd eps xps".split()
)


@dataclass(frozen=True)
class IntakeLimits:
    """`max_bytes` of upload, `max_pages` of a PDF (R4.6: 10 for a portfolio part), `max_pixels` of a picture."""

    max_bytes: int
    max_pages: int
    max_pixels: int
    worker: WorkerLimits
    office: Converter | None = None
    """What turns office files into PDF, where it is installed."""


@dataclass(frozen=True)
class Intake:
    """A clean document: `data` is what to keep, of `media_type`; `sha256` is that of `data`, in hexadecimal."""

    kind: Kind
    data: bytes
    pages: int
    sha256: str
    media_type: str


def sniff(data: bytes) -> str | None:
    """The format the first bytes announce: pdf, jpeg, png, webp, heic, or None.

    A PDF is looked for last, and further on: readers open one that stands behind something else."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS:
        return "heic"
    return "pdf" if pdf_start(data) >= 0 else None


async def intake(data: bytes, filename: str, limits: IntakeLimits) -> Intake:
    """Take one upload. Raises `DocumentRefusal`; nothing is stored here."""
    data, filename = await _converted(data, filename, limits)
    kind = _kind(data, filename, limits)
    options = {"max_pages": limits.max_pages, "max_pixels": limits.max_pixels}
    header, clean = await confined.run(f"clean_{kind}", data, options, limits.worker)
    pages, media_type = header.get("pages"), MEDIA_TYPES.get(str(header.get("format")))
    if type(pages) is not int or not 1 <= pages <= limits.max_pages or media_type is None or not clean:
        raise DocumentRefusal("too_complex")
    return Intake(kind, clean, pages, hashlib.sha256(clean).hexdigest(), media_type)


async def _converted(data: bytes, filename: str, limits: IntakeLimits) -> tuple[bytes, str]:
    """An office file as the PDF that it makes; whatever else as it came."""
    if not data:
        raise DocumentRefusal("empty")
    if len(data) > limits.max_bytes:
        size, limit = -(-len(data) // MEGABYTE), limits.max_bytes // MEGABYTE
        raise DocumentRefusal("too_heavy", size=size, limit=limit)
    extension = office_extension(data, filename)
    if extension is None:
        return data, filename
    if limits.office is None:
        raise DocumentRefusal("office", extension=extension)
    return await as_pdf(data, extension, limits.office), "converted.pdf"


def _kind(data: bytes, filename: str, limits: IntakeLimits) -> Kind:
    found = sniff(data)
    if found == "heic":
        raise DocumentRefusal("heic")
    if found is None:
        raise DocumentRefusal("kind")
    kind: Kind = "pdf" if found == "pdf" else "image"
    extension = filename.rpartition(".")[2].strip().lower() if "." in filename else ""
    if extension in OTHER_EXTENSIONS or EXTENSIONS.get(extension, kind) != kind:
        raise DocumentRefusal(f"name_of_{kind}", extension=extension)
    return kind
