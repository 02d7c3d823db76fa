"""Bytes in a file that belong to another format: a file that is two things at once is refused."""
from __future__ import annotations

import struct

from server.documents.refusals import DocumentRefusal

END_OF_ZIP = b"PK\x05\x06"  # the end-of-central-directory record: 22 bytes, then a comment of the length it states
ACTIVE = (b"pk\x03\x04", END_OF_ZIP.lower(), b"%pdf-", b"<html", b"<!doctype", b"<script", b"<svg", b"<?php", b"<?xml")
PDF_END_PADDING = b"\0\t\n\x0c\r \x1a"
HEADER_WINDOW = 1024  # where PDF readers look for "%PDF-"


def is_also_zip(data: bytes) -> bool:
    """True when a ZIP reader, which reads from the end, would open these bytes."""
    at = data.rfind(END_OF_ZIP)
    if at < 0 or at + 22 > len(data):
        return False
    (comment,) = struct.unpack_from("<H", data, at + 20)
    return at + 22 + comment >= len(data)


def check_pdf(data: bytes) -> None:
    """Nothing may follow the last end-of-file mark; without one the file is cut short."""
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise DocumentRefusal("damaged")
    if data[end + 5 :].strip(PDF_END_PADDING) or is_also_zip(data):
        raise DocumentRefusal("mixed")


def check_picture(data: bytes) -> None:
    """What follows the picture may be what phones put there (a film, a depth map), never a page or an archive."""
    end = picture_end(data)
    tail = data[end:].lower()
    if any(mark in tail for mark in ACTIVE) or b"%PDF-" in data[:HEADER_WINDOW] or is_also_zip(data):
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
