"""A form's field of days: one day, or two with something between them, on each line."""
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from evaluation.body.terms import Span
from evaluation.codec import FieldError
from evaluation.rules import N_
from server.http.form_fields import Field
from server.people.typed import Mistyped, read_day

BETWEEN: Final = re.compile(r"\s*(?:\bau\b|\bto\b|à|–|—|\s-\s|>)\s*")
MOST: Final = 60
"""Lines."""


@dataclass(frozen=True)
class Days(Field):
    """A tuple of `Span`."""

    lines: int = 3
    most: int = 2000
    required: bool = False

    def parsed(self, text: str) -> tuple[Span, ...]:
        lines = [one.strip() for one in text.splitlines() if one.strip()]
        if len(lines) > MOST:
            raise FieldError(self.name, N_("C’est trop : {most} lignes au plus."), most=MOST)
        return tuple(self._span(one) for one in lines)

    def _span(self, line: str) -> Span:
        ends = BETWEEN.split(re.sub(r"^du\s+", "", line))
        if len(ends) > 2:
            raise FieldError(self.name, N_("« {line} » : un jour par ligne, ou deux avec « au » entre eux."), line=line)
        try:
            first, last = (read_day(one) for one in (ends[0], ends[-1]))
        except Mistyped as error:
            raise FieldError(self.name, N_("« {line} » : un jour s’écrit 24/11/2026, plusieurs de suite 24/11/2026 au "
                                           "27/11/2026."), line=line) from error
        if last < first:
            raise FieldError(self.name, N_("« {line} » : le dernier jour vient avant le premier."), line=line)
        return Span(first, last)


def typed(spans: Iterable[Span]) -> str:
    """As somebody would type them."""
    return "\n".join(_day(one.since) if one.since == one.until else f"{_day(one.since)} au {_day(one.until)}"
                     for one in spans)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
