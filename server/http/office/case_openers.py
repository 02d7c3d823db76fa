"""Who opens a case by hand of a candidacy, and of what it may be (R6.5)."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from aiohttp import web

from evaluation.candidacy.state import CandidacyState
from evaluation.case.access import ESTABLISHES
from evaluation.case_rules import CaseKind, CaseRules, Door
from evaluation.offices import Office, OfficeRole
from server.http.language import locale_of
from server.http.office.whose_desk import DESK
from server.i18n import say
from server.views.body.cases import DOORS

BY_HAND: Final[tuple[Door, ...]] = ("fraud", "malfunction")
"""An appeal is recorded in its candidacy."""


def opens(request: web.Request, state: CandidacyState) -> Office | None:
    """The office in which whoever reads would open one; None for who opens none, and where the framework knows none."""
    at = request[DESK]
    if at.person == state.person or not kinds_by_hand(request, state.certification.cases):
        return None
    return next((one for one in at.offices if one.role in ESTABLISHES and (
        one.role is OfficeRole.CLERK or (one.provider is not None and one.provider == state.provider))), None)


def kinds_by_hand(request: web.Request, rules: CaseRules) -> Sequence[tuple[str, str]]:
    return kinds_offered(request, (one for door in BY_HAND for one in rules.of_door(door)))


def kinds_offered(request: web.Request, kinds: Iterable[CaseKind]) -> Sequence[tuple[str, str]]:
    """As a form lists them: the value, of which `kind_chosen` reads door and code, and words."""
    return [(f"{one.door}/{one.code}", f"{say(locale_of(request), DOORS[one.door], {})} : {one.title}")
            for one in kinds]


def kind_chosen(value: str) -> dict[str, str]:
    door, _, code = value.partition("/")
    return {"door": door, "kind": code}
