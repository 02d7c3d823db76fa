"""What a candidacy's page tells of its adjustment: what is asked for and what is decided, never why (R10.1)."""
from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from evaluation.body.access import may_keep_registers, may_plan
from evaluation.candidacy.adjusting import adjustment_status
from evaluation.candidacy.state import CandidacyState
from server.http.language import locale_of
from server.http.office.door import DESK
from server.views.candidacy.adjustment_words import arranged, status_cell, wish_words
from server.views.table import Cell


@dataclass(frozen=True)
class AdjustmentSection:
    """Of a candidacy's page. `decided` is None before a decision, empty where nothing is arranged; `asks`: a request
    may be made from here."""

    status: Cell | None
    wishes: str
    decided: tuple[str, ...] | None
    asks: bool


def adjustment_section(request: web.Request, state: CandidacyState) -> AdjustmentSection | None:
    """None of a past candidacy."""
    if state.registration is None:
        return None
    known, locale = state.adjusting, locale_of(request)
    return AdjustmentSection(
        status_cell(adjustment_status(state), locale) if known.asked else None,
        wish_words(known.asked[-1].wishes, locale) if known.asked else "",
        arranged(known.stands.adjustment, locale) if known.stands else None,
        state.withdrawn is None and not state.standing() and asks_under(request, state) is not None)


def asks_under(request: web.Request, state: CandidacyState) -> str | None:
    """Under which of their offices somebody asks in the candidate's place."""
    offices = request[DESK].offices
    return may_plan(offices, state.provider or "") or may_keep_registers(offices)
