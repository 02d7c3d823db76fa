"""Lists as spreadsheet programs write them, and files that are none."""
from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from server.documents.document_refusals import DocumentRefusal
from server.documents.read_table import read
from tests.server.documents.samples import pdf
from tests.server.documents.sheets import sheet

TITLES = ["Nom de naissance", "Prénoms", "Né(e) le"]
ROWS = [TITLES, ["Lefèvre", "Élodie", "14/07/1998"], ["Çelik; Œuvrard", "Noëlle", ""]]


def rows(data: bytes, most: int = 100) -> list[list[str]]:
    _header, payload = read(data, {"rows": most})
    return json.loads(payload)


def refused(data: bytes, most: int = 100) -> str:
    with pytest.raises(DocumentRefusal) as refusal:
        rows(data, most)
    return refusal.value.code


def text(separator: str = ";") -> str:
    def cell(one: str) -> str:
        return f'"{one}"' if separator in one else one
    return "\r\n".join(separator.join(map(cell, row)) for row in ROWS) + "\r\n"


@pytest.mark.parametrize("encoding", [
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_encoding_that_a_spreadsheet_writes(encoding: str, separator: str):
    assert rows(text(separator).encode(encoding)) == ROWS


def test_latin_1_with_semicolons():
    plain = text().replace("Œ", "OE")
    assert rows(plain.encode("latin-1")) == [TITLES, ROWS[1], ["Çelik; OEuvrard", "Noëlle", ""]]


def test_a_line_that_names_the_separator_and_lines_in_a_cell():
    assert rows(b'sep=,\r\na,b;c\r\n"x\r\ny",z\r\n') == [["a", "b;c"], ["x\r\ny", "z"]]


def test_a_workbook_with_numbers_days_and_empty_lines_above():
    cells: list[list[Any]] = [[], ["Nom", "Téléphone", "Né(e) le", "Version"], ["Lefèvre", 612345678, 35990, 2025.5]]
    found = rows(sheet(cells, days=(2,)))
    assert found == [
        [""] * 4, ["Nom", "Téléphone", "Né(e) le", "Version"], ["Lefèvre", "612345678", "1998-07-14", "2025,5"]]


def test_of_a_formula_its_value_is_read():
    assert rows(sheet([["Nom"], [("=UPPER(\"x\")", "LEFÈVRE")]])) == [["Nom"], ["LEFÈVRE"]]


@pytest.mark.parametrize(("data", "code"), [
    (b"", "table_empty"), (b"\r\n;;\r\n", "table_empty"), (pdf(1, "x"), "table_kind"),
    (b"\x89PNG\r\n\x1a\n" + bytes(50), "table_kind"), (bytes(range(32)) * 9, "table_kind"),
    (b"PK\x03\x04" + bytes(80), "table_damaged"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "table_kind"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "table_locked"),
    (b"\xff\xfea", "table_damaged"), ((text() * 40).encode(), "table_long"),
])
def test_what_is_no_such_list(data: bytes, code: str):
    assert refused(data) == code


def test_a_zip_that_is_no_workbook():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("photo.txt", "x")
    assert refused(written.getvalue()) == "table_damaged"


def test_an_empty_workbook():
    assert refused(sheet([])) == "table_empty"
