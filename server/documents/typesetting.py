"""Papers drawn with typst: the template is ours, what fills it goes in as data and is never read as markup."""
from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import typst

TEMPLATES = Path(__file__).resolve().parent / "templates"
ARCHIVE = "a-2a"  # PDF/A-2a: archivable, self-contained and tagged (ISO 19005-2)


def typeset_pdf(template: str, data: Mapping[str, object], archive: bool = False) -> bytes:
    """`template` is a file name in templates/; the same data gives the same bytes. `archive`: as PDF/A-2a."""
    return _typeset(template, data, "pdf", archive)


def typeset_png(template: str, data: Mapping[str, object]) -> bytes:
    """The first page, one pixel to the point."""
    return _typeset(template, data, "png", False)


def _typeset(template: str, data: Mapping[str, object], form: Literal["pdf", "png"], archive: bool) -> bytes:
    return typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        format=form,
        ppi=72,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=ARCHIVE if archive else None,
        timestamp=0,  # the papers carry their own dates: the clock of the machine has no part in them
    )
