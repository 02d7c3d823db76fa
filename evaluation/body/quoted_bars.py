"""A bar as another stream quotes it: that it was set, or ended (R6.6)."""
from __future__ import annotations

from typing import TypeVar

from evaluation.body.bars import ENDED, SET, BarEnded, BarSet
from evaluation.codec import FieldError, decode
from evaluation.offices import BODY_KIND
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal

T = TypeVar("T", BarSet, BarEnded)


def quoted_bar(quote: Quote) -> BarSet:
    """Refusal for a quote of anything else than a bar's setting."""
    return _said(quote, SET, BarSet)


def ended_bar(quote: Quote) -> str:
    """The bar whose end is quoted, likewise."""
    return _said(quote, ENDED, BarEnded).bar


def _said(quote: Quote, event: str, cls: type[T]) -> T:
    if (quote.kind, quote.event) != (BODY_KIND, event):
        raise Refusal("R6.6", N_("Ce qui est cité n’est pas une interdiction."))
    try:
        return decode(cls, dict(quote.data))
    except FieldError as error:
        raise Refusal("R6.6", N_("Ce qui est cité ne peut être lu : {why}"), why=str(error)) from None
