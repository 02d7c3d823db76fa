"""Papers drawn with typst: the template is ours, what fills it goes in as data and is never read as markup.

No text fails. typst refuses an archivable paper with a letter that no font has, and names it: the paper is then set
again with the letter's code in its place.
"""
from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final, Literal

import typst

from server.documents.fonts import FAMILIES, paper_fonts
from server.documents.legible import each_text, legible, stand_in

TEMPLATES = Path(__file__).resolve().parent / "templates"
# PDF/A-2a: archivable, self-contained and tagged (ISO 19005-2); PDF/UA-1: readable by all (ISO 14289-1)
STANDARDS: Final[list[typst.PDFStandard]] = ["a-2a", "ua-1"]
PROOF: Final[list[typst.PDFStandard]] = ["a-2u"]  # asks nothing of a picture but its letters
DRAWINGS: Final = frozenset({"svg", "face", "waves", "figures"})
"""What the templates take as pictures of ours: SVG, not text."""
ROUNDS: Final = 4  # of asking typst which letters it lacks, before every letter that may be lacking stands as its code
NAMED = re.compile(r'^error: [^\n]*?`"((?:[^"\\]|\\.)*)"`', re.MULTILINE)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
USUAL: Final = "\u2002\u2009\u200b\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u20ac\u2026\u202f\u2068\u2069"

PANICS: Final = "pyo3_runtime"  # what Rust could not go on with comes as no ordinary exception

Form = Literal["pdf", "png"]


class Broken(RuntimeError):
    """typst broke off without a refusal."""


def typeset_pdf(template: str, data: Mapping[str, object]) -> bytes:
    """`template` is a file name in templates/; the same data gives the same bytes."""
    return _typeset(template, data, "pdf")


def typeset_paper(template: str, paper: Mapping[str, object], parts: frozenset[str]) -> bytes:
    """The same of a paper that has each of these parts. ValueError, naming what is missing."""
    missing = parts - paper.keys()
    if missing:
        raise ValueError(f"{template} lacks {', '.join(sorted(missing))}")
    return typeset_pdf(template, paper)


def typeset_png(template: str, data: Mapping[str, object]) -> bytes:
    """The first page, one pixel to the point."""
    return _typeset(template, data, "png")


def _typeset(template: str, data: Mapping[str, object], form: Form) -> bytes:
    shown = each_text(data, legible, DRAWINGS)
    for _ in range(ROUNDS):
        try:
            return _compile(template, shown, form)
        except (typst.TypstError, Broken) as refusal:
            unknown = _lacking(refusal)
            if not unknown:
                break
            shown = each_text(shown, partial(stand_in, unknown=unknown), DRAWINGS)
    return _compile(template, each_text(shown, partial(stand_in, unknown=_rare), DRAWINGS), form)


def _compile(template: str, data: Mapping[str, object], form: Form) -> bytes:
    words = json.dumps(data, ensure_ascii=False)
    if form == "png" and any(map(_rare, words)):
        _set(template, words, "pdf", PROOF)  # a picture with a letter missing would not be refused
    return _set(template, words, form, STANDARDS if form == "pdf" else [])


def _set(template: str, words: str, form: Form, standards: list[typst.PDFStandard]) -> bytes:
    try:
        return typst.compile(
            TEMPLATES / template,
            root=TEMPLATES,
            format=form,
            ppi=72,
            font_paths=paper_fonts(),
            sys_inputs={"data": words, "families": json.dumps(FAMILIES)},
            pdf_standards=standards,
            timestamp=0,  # the papers carry their own dates: the clock of the machine has no part in them
        )
    except BaseException as panic:
        if type(panic).__module__ != PANICS:
            raise
        raise Broken(str(panic)) from None


def _lacking(refusal: typst.TypstError | Broken) -> frozenset[str]:
    """The characters that typst names in its refusal."""
    if isinstance(refusal, Broken):
        return frozenset()
    named = "".join(NAMED.findall(refusal.diagnostic))
    told = ESCAPED.sub(lambda code: chr(int(code[1], 16)), named)
    return frozenset(filter(_rare, told))


def _rare(c: str) -> bool:
    """Beyond the letters of the Latin languages and the punctuation of French, which the first font has."""
    return c > "\u017f" and c not in USUAL
