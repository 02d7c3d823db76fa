"""A list as a spreadsheet, read again by another library."""
from __future__ import annotations

import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from server.documents.write_table import CELL_MOST, workbook

TITLES = ["Personne", "Depuis"]


def read(data: bytes) -> tuple[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    (name,) = book.sheet_names
    return name, [list(row) for row in book.get_sheet_by_name(name).iter_rows()]


def test_every_cell_is_the_text_that_it_was():
    rows = [["=1+1", "12"], ["https://example.org", "2026-03-16"], ["Élodie d’Étampes 🙂", "+33 6"], ["", "a\nb"]]
    written = workbook("Dossiers", TITLES, rows)
    assert read(written) == ("Dossiers", [TITLES, *rows])
    sheet = zipfile.ZipFile(io.BytesIO(written)).read("xl/worksheets/sheet1.xml").decode()
    assert ("<f>" in sheet, "hyperlink" in sheet) == (False, False)


@pytest.mark.parametrize(("name", "kept"), [
    ("À examiner", "À examiner"), ("[a]:*?/\\b", "ab"), ("'x'", "x"), ("y" * 60, "y" * 31), ("???", "1")])
def test_a_list_without_rows_has_its_titles_under_a_name_that_the_format_allows(name: str, kept: str):
    assert read(workbook(name, TITLES, [])) == (kept, [TITLES])


def test_a_text_that_no_cell_holds_is_cut():
    assert read(workbook("a", ["b"], [["x" * (CELL_MOST + 9)]]))[1][1] == ["x" * CELL_MOST]
