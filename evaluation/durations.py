"""What a jury's day is made of besides its timed phases: durations and hours, as the framework says them (R1.1)."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from evaluation.rules import N_

HOUR = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
SHORTER = ("welcome_minutes", "deliberation_minutes", "break_minutes", "lunch_minutes")
"""Durations that a session tried out in a minute has shorter."""


@dataclass(frozen=True)
class Planning:
    """Hours are written HH:MM: those of `decent_` by the candidate's own clock, the others by that of Paris.

    A hearing takes its welcome, its timed phases and its deliberation, and begins on a multiple of `step_minutes`.
    Lunch lies within its two hours. `longest_day_minutes` counts from the first welcome to the end of the last
    deliberation.
    """

    welcome_minutes: int
    deliberation_minutes: int
    break_minutes: int
    lunch_minutes: int
    step_minutes: int
    longest_day_minutes: int
    day_from: str
    day_until: str
    lunch_from: str
    lunch_until: str
    decent_from: str
    decent_until: str

    def scaled(self, divisor: int) -> Planning:
        """The same with a hearing and its breaks `divisor` times shorter."""
        return replace(self, **{name: -(-getattr(self, name) // divisor) for name in SHORTER})

    def problems(self) -> Iterator[tuple[str, str]]:
        """Each field that cannot be as it is, with a French msgid of why."""
        for one in fields(self):
            value: object = getattr(self, one.name)
            if isinstance(value, str) and not HOUR.fullmatch(value):
                yield one.name, N_("une heure est attendue, par exemple 08:30")
                return
            if isinstance(value, int) and value < (0 if one.name in SHORTER else 1):
                yield one.name, N_("un nombre supérieur à zéro est attendu")
                return
        for name in ("day", "lunch", "decent"):
            if minutes_of(getattr(self, f"{name}_from")) >= minutes_of(getattr(self, f"{name}_until")):
                yield f"{name}_until", N_("cette heure doit être après celle du début")
        if minutes_of(self.lunch_until) - minutes_of(self.lunch_from) < self.lunch_minutes:
            yield "lunch_minutes", N_("le déjeuner doit tenir entre ses deux heures")


def minutes_of(hour: str) -> int:
    """Minutes after midnight, of an hour written HH:MM."""
    hours, _, minutes = hour.partition(":")
    return int(hours) * 60 + int(minutes)
