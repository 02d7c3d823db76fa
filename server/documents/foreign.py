"""Bytes in a file that belong to another format: a file that is two things at once is refused.

Where the line is: nothing of the file itself is kept, so what stands around a document can do no harm; but whoever
sends two things at once should be told, since only one is shown. What programs on the way add without being asked is
taken: a byte order mark, a blank line, the header of a letter or a print job, a web server's remark. What is itself a
file, a page or a program is refused.
"""
from __future__ import annotations

import re
import struct

from server.documents.document_refusals import DocumentRefusal

ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What files of office programs begin with: today's, and those of before 2007."""
END_OF_ZIP = b"PK\x05\x06"  # the end-of-central-directory record: 22 bytes, then a comment of the length it states
IN_ZIP_DIRECTORY = b"PK\x01\x02"
END_OF_ZIP_BYTES, LONGEST_COMMENT = 22, 0xFFFF
ACTIVE = (ZIP.lower(), END_OF_ZIP.lower(), b"%pdf-", b"<html", b"<!doctype", b"<script", b"<svg", b"<?php", b"<?xml",
          b"#!", b"gif8", b"{\\rtf", b"rar!")  # fmt: skip
PADDING = b"\0\t\n\x0c\r \x1a"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
PDF_HEADER = b"%PDF-"
WINDOW = 1024  # where PDF readers look for the header and for the end
# The end of a PDF: its last word may be cut off, the place of its table may not.
PDF_END = re.compile(rb"startxref\s*\d+\s*(?:%%EOF)?")
REMARK = re.compile(rb"<!--.*?-->", re.DOTALL)
TAG = re.compile(rb"<(?:[a-z][a-z0-9]*[\s/>]|[!?/])", re.IGNORECASE)
NOT_TEXT = re.compile(rb"[\x01-\x08\x0b\x0e-\x19\x1c-\x1f\x7f]")  # escape, 1b, begins the lines of a print job


def is_also_zip(data: bytes) -> bool:
    """True when a ZIP reader, which reads from the end, would open these bytes."""
    # A comment follows the record, and may hold the same four letters: every place where it could begin is looked at.
    at = data.rfind(END_OF_ZIP)
    while at >= max(0, len(data) - END_OF_ZIP_BYTES - LONGEST_COMMENT):
        if at + END_OF_ZIP_BYTES <= len(data):
            (comment,) = struct.unpack_from("<H", data, at + 20)
            # In a long film four letters stand by chance; that a directory of files stands before them too is none.
            if at + END_OF_ZIP_BYTES + comment >= len(data) and data.rfind(IN_ZIP_DIRECTORY, 0, at) >= 0:
                return True
        at = data.rfind(END_OF_ZIP, 0, at)
    return False


def pdf_start(data: bytes) -> int:
    """Where readers begin to read a PDF; -1 where they find none."""
    return data.find(PDF_HEADER, 0, WINDOW + len(PDF_HEADER))


def pdf_alone(data: bytes) -> bytes:
    """The document itself. Around it there may be padding and short plain text; without its end it is cut short."""
    start, ends = pdf_start(data), list(PDF_END.finditer(data))
    _check_edge(data[:start].removeprefix(BYTE_ORDER_MARK))
    if not ends or data.rfind(b"endobj") > ends[-1].start():
        raise DocumentRefusal("damaged")
    end = ends[-1].end()
    _check_edge(data[end:])
    if is_also_zip(data):
        raise DocumentRefusal("mixed")
    return data[start:end]


def _check_edge(edge: bytes) -> None:
    text = REMARK.sub(b"", edge.strip(PADDING))
    foreign = len(text) > WINDOW or NOT_TEXT.search(text) or TAG.search(text) or _active(text)
    if foreign:
        raise DocumentRefusal("mixed")


def _active(text: bytes) -> bool:
    lowered = text.lower()
    return any(mark in lowered for mark in ACTIVE)


def check_picture(data: bytes) -> None:
    """What follows the picture may be what phones put there (a film, a depth map), never a page or an archive.

    A page or an archive is told by how what follows begins: somewhere in a film any few bytes stand by chance.
    """
    tail = data[picture_end(data) :].lstrip(PADDING).lower()
    if tail.startswith(ACTIVE) or PDF_HEADER in data[:WINDOW] or is_also_zip(data):
        raise DocumentRefusal("mixed")


def picture_end(data: bytes) -> int:
    """Where the picture itself ends. Raises `DocumentRefusal` when it is cut short."""
    try:
        if data.startswith(b"\x89PNG"):
            return _png_end(data)
        if data.startswith(b"RIFF"):
            return _riff_end(data)
        return _jpeg_end(data)
    except (struct.error, IndexError):
        raise DocumentRefusal("damaged") from None


def _png_end(data: bytes) -> int:
    at, kind = 8, b""
    while kind != b"IEND":
        (length,) = struct.unpack_from(">I", data, at)
        kind = data[at + 4 : at + 8]
        at += 12 + length
    return _inside(at, data)


def _riff_end(data: bytes) -> int:
    (length,) = struct.unpack_from("<I", data, 4)
    return _inside(8 + length + length % 2, data)


def _jpeg_end(data: bytes) -> int:
    at = 2
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise IndexError
        mark = data[at + 1]
        if mark == 0xD9:
            return at + 2
        if mark in (0x00, 0x01, 0xFF) or 0xD0 <= mark <= 0xD8:
            at += 1 if mark == 0xFF else 2  # stuffing, fill bytes and restart marks carry no length
        else:
            (length,) = struct.unpack_from(">H", data, at + 2)
            at += 2 + length


def _inside(end: int, data: bytes) -> int:
    if end > len(data):
        raise IndexError
    return end
