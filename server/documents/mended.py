"""Child side: whether a PDF that had to be mended has lost anything on the way.

Desktop systems and office scanners write many a PDF that is wrong and that every reader opens; qpdf mends these and
says so. But a file cut short or spoiled can be mended too, into one with pages or words missing, and nobody would see.
"""
from __future__ import annotations

import re
from typing import cast

from pikepdf import Name, Pdf, Stream

from server.documents.document_refusals import DocumentRefusal

# What is mended without loss.
HARMLESS = (
    "expected endstream", "recover stream length", "recovered stream length", "Resources is missing",
    "object has offset 0", "is not one plus the highest object number", "has duplicated key",
    "stream keyword followed by", "stream keyword not followed by", "expected endobj", "extraneous whitespace",
    "accepting invalid xref table entry", "invalid /ID in trailer", "bad indirect reference (0 0 R)",
    "has duplicate entry for annotation", "setting missing or invalid /Type entry", "with stray #",
    "ignoring annotation that is not a dictionary",
)  # fmt: skip
# The table of what stands where is of no use: qpdf looks for the objects itself, and does not know whether one is gone.
TABLE_LOST = (
    "file is damaged", "xref not found", "Attempting to reconstruct", "find startxref", "expected n n obj",
    "unable to find trailer while reading xref", "expected trailer dictionary", "invalid xref entry",
    "loop detected following xref tables", "invalid /XRefStm",
)  # fmt: skip
STREAM = re.compile(rb"\bstream\r?\n.*?endstream", re.DOTALL)
DEFINED = re.compile(rb"(?<!\d)(\d{1,10})\s+\d{1,5}\s+obj\b")
REFERRED = re.compile(rb"(?<!\d)(\d{1,10})\s+\d{1,5}\s+R\b")


def check_whole(source: Pdf, data: bytes) -> None:
    """Read every object. DocumentRefusal where something may be missing."""
    list(source.objects)
    told = [str(one) for one in cast("list[object]", source.get_warnings())]  # pyright: ignore[reportUnknownMemberType]
    grave = [one for one in told if not any(known in one for known in HARMLESS)]
    if any(not any(known in one for known in TABLE_LOST) for one in grave):
        raise DocumentRefusal("damaged")
    if grave and not _nothing_missing(source, data):
        raise DocumentRefusal("damaged")


def _nothing_missing(source: Pdf, data: bytes) -> bool:
    """Whether every object that is referred to is there. 0 is nobody's number: it stands for nothing."""
    plain = STREAM.sub(b"stream endstream", data)
    defined, referred = set(DEFINED.findall(plain)), set(REFERRED.findall(plain))
    for one in source.objects:
        if isinstance(one, Stream) and one.get("/Type") == Name.ObjStm:
            packed = one.read_bytes()
            first = int(one.First)
            defined |= set(packed[:first].split()[::2])
            referred |= set(REFERRED.findall(packed[first:]))
    return {int(one) for one in referred} - {0} <= {int(one) for one in defined}
