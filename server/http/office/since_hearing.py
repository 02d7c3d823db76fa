"""What a candidacy's page tells of what came after a hearing: how it ended, the reservations to settle, the appeals
(R4.5, R6.3, R9.2)."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from aiohttp import web

from evaluation.body.reading_rights import Register
from evaluation.candidacy.access import may_register
from evaluation.candidacy.appealing import ruled
from evaluation.candidacy.kind import appeal_case
from evaluation.candidacy.state import CandidacyState
from evaluation.candidacy.withholding import award_withheld
from evaluation.deadlines import day_of
from evaluation.rules import N_
from server.http import parts
from server.http.language import locale_of
from server.http.office.case_marks import hidden_cases
from server.http.office.door import DESK, base, keeps
from server.i18n import say
from server.views.candidacy.appeals import against_words, flag_views, posted_words, status_of
from server.views.candidacy.hearings import HearingsView, Opened, hearings
from server.views.table import Cell


@dataclass(frozen=True)
class AppealPoint:
    """One appeal in a line, with the address of its page."""

    title: str
    small: str
    state: Cell
    href: str


async def since_hearing(request: web.Request, state: CandidacyState) -> dict[str, Any]:
    """`kept_back`: nothing of it is erased; `appeals` is None to who does not see appeals; `appealable`: one may be
    recorded here."""
    known = await parts.accounts(request).profile(state.person) is not None
    sees = request[DESK].sees(Register.APPEALS) != frozenset()
    return {"kept_back": award_withheld(state), "hearings": await _hearings(request, state, known=known),
            "appeals": _appeals(request, state, await hidden_cases(request, request[DESK])) if sees else None,
            "appealable": known and keeps(request[DESK]) and _ruled_on(state)}


def _ruled_on(state: CandidacyState) -> bool:
    """Whether there is something to appeal against."""
    return bool(state.ruled()) or any(one.decided_on is not None for one in state.cases.values())


# Hearings


async def _hearings(request: web.Request, state: CandidacyState, *, known: bool) -> HearingsView | None:
    excuses = excuses_under(request, state) is not None
    refs = [one.words.ref for one in state.endings if one.words is not None and excuses]
    refs += [one.settled.ref for one in state.reservations if one.settled is not None]
    sessions = {one.session for one in (*state.endings, *state.reservations)}
    opened = Opened(await days_of(request, sessions), await parts.vault(request).read_words(refs), excuses and known,
                    keeps(request[DESK]) and known)
    return hearings(state, f"{base(request)}candidacies/{state.id}", opened, locale_of(request))


async def days_of(request: web.Request, sessions: set[str]) -> dict[str, date]:
    """The day of each session that is known here."""
    found = {one: await parts.rows(request).one(Register.DAYS, one) for one in sorted(sessions)}
    return {one: day_of(row.at) for one, row in found.items() if row is not None and row.at is not None}


def excuses_under(request: web.Request, state: CandidacyState) -> str | None:
    """Under which of their offices somebody excuses an absence."""
    return may_register(request[DESK].offices, state.provider or "")


# Appeals


def _appeals(request: web.Request, state: CandidacyState, hidden: frozenset[str]) -> Sequence[AppealPoint]:
    """The last received first."""
    locale = locale_of(request)
    mine = (one for one in state.appeals if appeal_case(state, one)[0] not in hidden)
    several = sorted(mine, key=lambda one: (one.received_on, one.position), reverse=True)
    return [AppealPoint(
        say(locale, N_("Contre {against}"), {"against": against_words(one.against.kind, ruled(one.against), locale)}),
        ", ".join((posted_words(one.posted_on, one.received_on, locale), *(
            flag.words for flag in flag_views(one.flags, one.posted_on, one.until, one.told_on, locale)))),
        status_of(appeal_case(state, one)[1], locale), f"{base(request)}appeals/{state.id}/{one.appeal}")
        for one in several]

