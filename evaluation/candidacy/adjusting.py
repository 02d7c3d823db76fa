"""What the disability officer decided for a candidate, as a jury's day needs it: never why (R10.1)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from evaluation.candidacy.state import KIND
from evaluation.codec import FieldError, decode
from evaluation.people import PersonId
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal

ADJUSTED = "candidacy.adjustment_decided"
"""The event that is quoted for an adjustment."""


@dataclass(frozen=True)
class Adjustment:
    """`extra_seconds` lengthens phases by name, `break_minutes` are the candidate's own breaks; `aid`: somebody who
    helps has a seat."""

    person: PersonId
    extra_seconds: Mapping[str, int] = field(default_factory=dict[str, int])
    break_minutes: int = 0
    aid: bool = False


def quoted(quote: Quote) -> Adjustment:
    """The adjustment that is quoted. Refusal for a quote of anything else."""
    if (quote.kind, quote.event) != (KIND, ADJUSTED):
        raise Refusal("R10.1", N_("Ce qui est cité n’est pas un aménagement décidé."))
    try:
        return decode(Adjustment, quote.data.get("adjustment"))
    except FieldError as error:
        raise Refusal("R10.1", N_("Ce qui est cité ne peut être lu : {why}"), why=str(error)) from None
