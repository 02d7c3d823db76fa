"""Lists that people hand in as spreadsheets or CSV files, read in a confined process: rows of texts, or a refusal."""
from __future__ import annotations

import json

from server.documents import confined
from server.documents.confined import WorkerLimits
from server.documents.document_refusals import DocumentRefusal

Rows = tuple[tuple[str, ...], ...]


async def read_rows(data: bytes, most: int, limits: WorkerLimits) -> Rows:
    """At most so many, the line of titles among them. DocumentRefusal for what is no such list."""
    try:
        _header, payload = await confined.run("read_table", data, {"rows": most}, limits)
        found: list[list[object]] = json.loads(payload)
    except DocumentRefusal as refusal:
        raise DocumentRefusal("table_heavy") if refusal.code == "too_complex" else refusal from None
    except ValueError:
        raise DocumentRefusal("table_heavy") from None
    return tuple(tuple(str(cell) for cell in row) for row in found)
