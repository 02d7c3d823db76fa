"""A certificate, or an attestation of blocks, ready for print: one page, archivable, readable by all (R8.2, R8.3)."""
from __future__ import annotations

import asyncio
from io import BytesIO
from typing import TypedDict

import segno

from server.documents.typesetting import typeset_paper


class CertificatePaper(TypedDict):
    """Everything the paper says, in the words to print. `figures` holds the code to scan, as SVG, under "code"; `url`
    is what it leads to, and `scan` says so for who cannot see it. `blocks` are those of an attestation: their codes and
    titles. `duplicate` and `replaces` are empty for a certificate that is neither. `dated` is the day of its making, as
    2026-03-01."""

    title: str
    by: str
    by_line: str
    states: str
    name: str
    used: str
    born: str
    obtains: str
    certification: str
    code_line: str
    blocks_line: str
    blocks: list[tuple[str, str]]
    facts: list[tuple[str, str]]
    number_label: str
    number: str
    check: str
    url: str
    code_label: str
    code: str
    scan: str
    sealed: str
    duplicate: str
    replaces: str
    signed: str
    dated: str
    figures: dict[str, str]


def scan_code(url: str) -> str:
    """A QR code (ISO/IEC 18004) as SVG."""
    drawn = BytesIO()
    segno.make(url, micro=False, error="m").save(
        drawn, kind="svg", xmldecl=False, nl=False, scale=4, border=2, dark="#000000", light="#ffffff", svgclass=None,
        lineclass=None)
    return drawn.getvalue().decode()


def draw_certificate(paper: CertificatePaper) -> bytes:
    """As PDF/A-2a. The same words give the same bytes. `ValueError` when a part is missing."""
    return typeset_paper("certificate.typ", paper, CertificatePaper.__required_keys__)


async def certificate_pdf(paper: CertificatePaper) -> bytes:
    """The same, outside the event loop."""
    return await asyncio.to_thread(draw_certificate, paper)
