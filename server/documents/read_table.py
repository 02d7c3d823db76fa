"""The rows of a spreadsheet or of a CSV file, as texts. In the confined child only."""
from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NoReturn

from server.documents.document_refusals import DocumentRefusal
from server.documents.foreign import COMPOUND, ZIP

"""How the files of today's and of yesterday's spreadsheet programs begin; a protected one begins as the latter."""
LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SEPARATORS: Final = ";\t,|"
FRENCH: Final = frozenset("éèêëàâäùûüîïôöçœÉÈÊÀÂÇÎÔŒ’«»€")
"""By which two encodings of one byte a letter are told apart."""
CELL_MOST: Final = 4000
"""Characters. A longer one is not what anybody wrote in a cell of a list."""
OTHER_FILES: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"GIF8")


def read(data: bytes, options: dict[str, int]) -> tuple[dict[str, object], bytes]:
    """The first sheet that holds anything. `rows` is the most that are read; one more, and the file is refused."""
    if data.startswith(OTHER_FILES):
        raise DocumentRefusal("table_kind")
    found = _workbook(data) if data.startswith((ZIP, COMPOUND)) else _text(data)
    rows: list[list[str]] = []
    for row in found:
        rows.append([one[:CELL_MOST] for one in row])
        if len(rows) > options["rows"]:
            raise DocumentRefusal("table_long", limit=options["rows"])
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise DocumentRefusal("table_empty")
    return {"rows": len(rows)}, json.dumps(rows, ensure_ascii=False).encode()


# Spreadsheets


def _workbook(data: bytes) -> Iterator[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height:
                yield from ([_shown(one) for one in row] for row in sheet.iter_rows())
                return
    except PasswordError:
        raise DocumentRefusal("table_locked") from None
    except CalamineError:
        _unreadable(data)
    raise DocumentRefusal("table_empty")


def _unreadable(data: bytes) -> NoReturn:
    if data.startswith(COMPOUND) and LOCKED in data:
        raise DocumentRefusal("table_locked") from None
    raise DocumentRefusal("table_damaged" if data.startswith(ZIP) else "table_kind") from None


def _shown(value: Any) -> str:
    """As a French reader would have typed it; a day as YYYY-MM-DD."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None or isinstance(value, time | timedelta) else str(value).strip()


# CSV


def _text(data: bytes) -> Iterator[list[str]]:
    text = _decoded(data)
    if any(ord(one) < 32 and one not in "\r\n\t\f\v" for one in text):
        raise DocumentRefusal("table_kind")
    first, _, rest = text.lstrip("\r\n").partition("\n")
    separator = _separator(first)
    if first.strip().casefold().startswith("sep=") and len(first.strip()) == 5:
        text, separator = rest, first.strip()[4]
    csv.field_size_limit(1 << 20)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            yield [one.strip() for one in row]
    except csv.Error:
        raise DocumentRefusal("table_damaged") from None


def _separator(line: str) -> str:
    """The one that makes most columns of the first line."""
    def columns(separator: str) -> int:
        return max((len(row) for row in csv.reader([line], delimiter=separator)), default=0)

    return max(SEPARATORS, key=columns)


def _decoded(data: bytes) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    wide = _wide(data)
    if wide:
        return _strict(data, wide)
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    return max(_one_byte(data), key=_likely)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise DocumentRefusal("table_damaged") from None


def _wide(data: bytes) -> str:
    """Two bytes a letter, without a mark: every other byte of the first line is zero."""
    first: Sequence[int] = data[:200]
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = first[start::2]
        if len(half) > 4 and sum(one == 0 for one in half) > len(half) * 3 / 4:
            return encoding
    return ""


def _one_byte(data: bytes) -> Iterable[str]:
    """Windows-1252 (Latin-1 where it has no letter), and what older programs for the Mac wrote."""
    try:
        yield data.decode("cp1252")
    except UnicodeDecodeError:
        yield data.decode("latin-1")
    yield data.decode("mac_roman")


def _likely(text: str) -> int:
    return sum(1 if one in FRENCH else -1 for one in text if ord(one) > 127)
