"""A list as a spreadsheet (XLSX), for whoever goes on with it in a spreadsheet program. Every cell is a text: none is
reckoned with, none leads anywhere."""
from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

import xlsxwriter

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN: Final = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
NAME_MOST: Final = 31
"""Characters of a sheet's name."""
WIDEST, NARROWEST = 48, 8
"""Characters of a column."""
CELL_MOST: Final = 32_767
"""Characters that the format allows in a cell."""


def workbook(name: str, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """One sheet, its titles kept in sight, each column as wide as what it holds."""
    written = io.BytesIO()
    book: Any = xlsxwriter.Workbook(written, PLAIN)
    sheet = book.add_worksheet(_sheet_name(name))
    bold, plain = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    widths, last = [len(one) for one in titles], 0
    for column, title in enumerate(titles):
        sheet.write_string(0, column, title, bold)
    for last, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            sheet.write_string(last, column, text[:CELL_MOST], plain)
            widths[column] = max(widths[column], len(text))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width + 2, NARROWEST), WIDEST))
    sheet.freeze_panes(1, 0)
    if last:
        sheet.autofilter(0, 0, last, len(titles) - 1)
    book.close()
    return written.getvalue()


def _sheet_name(name: str) -> str:
    """Without what the format forbids there."""
    return "".join(one for one in name if one not in "[]:*?/\\")[:NAME_MOST].strip("'") or "1"
