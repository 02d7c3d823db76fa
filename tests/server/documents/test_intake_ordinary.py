"""PDFs that are not quite right and that every reader opens: taken whole, or refused where something may be missing."""
from __future__ import annotations

import zlib
from io import BytesIO

import pikepdf
import pytest

from server.documents.intake import intake
from tests.server.documents.odd_pdfs import ORDINARY, Plain, plain, with_page
from tests.server.documents.samples import LIMITS, pdf, picture, saved
from tests.server.documents.test_intake_pdf import one_page, refused, words


@pytest.mark.parametrize("data", ORDINARY.values(), ids=ORDINARY.keys())
async def test_it_is_mended_and_taken(data: bytes) -> None:
    assert words(await intake(data, "livret.pdf", LIMITS)) == ["Livret"]


async def test_where_the_line_is_around_a_document() -> None:
    around = {
        b"<!DOCTYPE html>": "mixed", b"<a href='x'>": "mixed", b"<?php phpinfo();": "mixed", b"#!/bin/sh\n": "mixed",
        b"MZ\x90\0\x03\0": "mixed", b"GIF89a": "mixed", b"{\\rtf1 x}": "mixed", b"x" * 1025: "mixed",
        b"<!-- un mot --><script>": "mixed",
    }  # fmt: skip
    told = {edge: (await refused(plain() + b"\n" + edge)).code for edge in around}
    assert told == around
    in_front = [edge for edge in around if len(edge) < 1024]
    assert [(await refused(edge + plain())).code for edge in in_front] == ["mixed"] * len(in_front)
    assert (await refused(b"x" * 1100 + plain())).code == "kind"


async def test_what_stands_around_is_not_kept() -> None:
    taken = await intake(b"Subject: PAYLOAD\r\n\r\n" + plain() + b"\n<!-- PAYLOAD -->", "a.pdf", LIMITS)
    assert taken.data.startswith(b"%PDF-")
    assert b"PAYLOAD" not in taken.data


async def test_a_part_that_is_gone_is_not_mended_away() -> None:
    """The table is lost, and so is an object that the page needs: a reader would show a page without its words."""
    parts = Plain().parts
    for missing in (3, 4):  # the words, their font
        spoiled = [part if at != missing else b"" for at, part in enumerate(parts)]
        made = plain(parts=spoiled, start="0").replace(b"%d 0 obj\n\nendobj\n" % (missing + 1), b"")
        assert (await refused(made)).code == "damaged", missing


async def test_with_the_table_lost_packed_objects_are_known() -> None:
    document = pikepdf.open(BytesIO(pdf(2)))
    made = saved(document, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    start = made.rindex(b"startxref") + 10
    taken = await intake(made[:start] + b"7\n%%EOF\n", "a.pdf", LIMITS)
    assert words(taken) == ["Bonjour Élève 1", "Bonjour Élève 2"]


async def test_words_that_are_spoiled_are_refused_not_shown_in_part() -> None:
    content = bytearray(zlib.compress(b"BT (Livret) Tj ET\n" * 500))
    content[20:24] = b"\xff\xff\xff\xff"
    assert (await refused(one_page(bytes(content), ["FlateDecode"]))).code == "damaged"


async def test_restrictions_without_a_password_are_no_obstacle() -> None:
    data = saved(pikepdf.open(BytesIO(pdf())), encryption=pikepdf.Encryption(owner="o", user=""))
    taken = await intake(data, "attestation.pdf", LIMITS)
    assert words(taken) == ["Bonjour Élève 1"]
    assert b"/Encrypt" not in taken.data


@pytest.mark.parametrize("name", ["Livret du 12.03.2025", "Livret v1.2", "M. Morel", "livret.final (2)", "livret.pdf ",
                                  "Livret.Lina", "livret", "LIVRET.PDF"])  # fmt: skip
async def test_a_name_that_ends_in_a_date_or_a_word_says_nothing(name: str) -> None:
    assert (await intake(pdf(), name, LIMITS)).kind == "pdf"
    assert (await intake(picture(), name.replace("pdf", "heic").replace("PDF", "HEIC"), LIMITS)).kind == "image"


async def test_boxes_that_are_upside_down_or_aside_are_drawn() -> None:
    for box in (b"[595 842 0 0]", b"[-100 -100 495 742]", b"[0 0 595.5 842.25]"):
        taken = await intake(with_page((b"[0 0 595 842]", box)), "a.pdf", LIMITS)
        assert words(taken) == ["Livret"]
