"""What a certification's framework says of the certification jury's sittings (R1.5, R3.9, R8.1). Data alone."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from evaluation.rules import N_

DECIDE = 3
"""So many decide on each candidate (R1.3)."""
WithoutAgreement = Literal["majority", "withhold"]
"""Where the three do not agree: two of them decide, or nothing is decided and the award is withheld."""


@dataclass(frozen=True)
class SittingRules:
    """`questions_minutes` is the ceiling of a questions session with the evaluation jury; `letter_days` are kept
    between the sitting and the day by which its results are notified; `notice_days` before it each member is told, and
    `prepare_days` before it reminded of what they have not said or read. `sign_days` after the minutes are presented,
    and again, whoever has not signed is reminded, `reminders` times; after `not_signing_days` (0: at once) it may be
    noted that a member does not sign. Of the three who decided on a candidate at least `least_signatures` do. A member
    takes note of `preparation`, titles by code."""

    questions_minutes: int = 30
    without_agreement: WithoutAgreement = "majority"
    letter_days: int = 5
    notice_days: int = 15
    prepare_days: int = 7
    sign_days: int = 3
    reminders: int = 2
    not_signing_days: int = 3
    least_signatures: int = 2
    preparation: Mapping[str, str] = field(default_factory=dict[str, str])

    def last_to_hold(self, due: date) -> date:
        """The last day for a sitting whose results are to be told by a day (R8.1)."""
        return due - timedelta(days=self.letter_days)

    def problems(self) -> Iterator[tuple[str, str]]:
        """Each field that cannot be as it is, with a French msgid of why."""
        for name in ("questions_minutes", "sign_days"):
            if getattr(self, name) < 1:
                yield name, N_("un nombre supérieur à zéro est attendu")
        for name in ("letter_days", "notice_days", "prepare_days", "reminders", "not_signing_days"):
            if getattr(self, name) < 0:
                yield name, N_("ce nombre est négatif")
        if not 1 <= self.least_signatures <= DECIDE:
            yield "least_signatures", N_("un nombre de un à trois est attendu")
