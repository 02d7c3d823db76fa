"""How many pages a PDF of ours has."""
from __future__ import annotations

import asyncio
from io import BytesIO

import pikepdf


async def page_count(data: bytes) -> int:
    return await asyncio.to_thread(_pages, data)


def _pages(data: bytes) -> int:
    with pikepdf.open(BytesIO(data)) as document:
        return len(document.pages)
