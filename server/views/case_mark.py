"""The one mark of an open case, wherever a candidacy is shown: nothing else that a list says of it covers it (R7.1)."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.i18n import Locale, say_plural


@dataclass(frozen=True)
class CaseMark:
    """Drawn by `macros/case_mark.html`. `href` leads to the case that was opened first."""

    words: str
    href: str


def case_mark(addresses: Sequence[str], locale: Locale) -> CaseMark:
    words = say_plural(locale, "Dossier ouvert", "{n} dossiers ouverts", len(addresses), {})
    return CaseMark(words, addresses[0])
