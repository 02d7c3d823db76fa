"""Which candidacies have an open case, for whoever may know of it: looked up with one query for all that a page shows.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping

from aiohttp import web

from evaluation.body.reading_rights import Register
from server.http import parts
from server.http.language import locale_of
from server.http.office.whose_desk import DESK, AtDesk
from server.views.body.cases import OPEN
from server.views.case_mark import CaseMark, case_mark


async def marks_of(request: web.Request, candidacies: Iterable[str]) -> Mapping[str, CaseMark]:
    """By candidacy; nothing of those of which whoever reads may not know."""
    at, wanted = request[DESK], tuple(dict.fromkeys(one for one in candidacies if one))
    if not wanted or at.sees(Register.CASES) == frozenset():
        return {}
    hidden = await hidden_cases(request, at)
    found = dict[str, list[str]]()
    rows = await parts.rows(request).page("cases", about=wanted, status=OPEN, order="at", **at.where(Register.CASES))
    for row in rows:
        if row.stream not in hidden:
            found.setdefault(str(row.about), []).append(address_of(at, str(row.data["case"]), str(row.about)))
    return {one: case_mark(addresses, locale_of(request)) for one, addresses in found.items()}


async def day_marks(request: web.Request) -> Mapping[str, CaseMark]:
    """The days of a jury with open cases, by session; each leads to the day's own list of them."""
    at = request[DESK]
    if at.sees(Register.CASES) == frozenset():
        return {}
    hidden, found = await hidden_cases(request, at), dict[str, list[str]]()
    for row in await parts.rows(request).page("cases", status=OPEN, **at.where(Register.CASES)):
        if row.stream not in hidden and row.data["session"] is not None:
            session = str(row.data["session"])
            found.setdefault(session, []).append(f"{at.address}days/{session}#cases")
    return {session: case_mark(addresses, locale_of(request)) for session, addresses in found.items()}


async def mark_of_address(request: web.Request) -> CaseMark | None:
    """Of the candidacy, or the hearing of a day, that the address names; the pages of cases say it themselves."""
    named = request.match_info
    if "case" in named or DESK not in request:
        return None
    if "hearing" in named:
        candidacy = await _of_hearing(request, named["session"], named["hearing"])
    else:
        candidacy = named.get("candidacy", "")
    return (await marks_of(request, (candidacy,))).get(candidacy)


async def _of_hearing(request: web.Request, session: str, hearing: str) -> str:
    row = await parts.rows(request).one("hearings", f"{session}/{hearing}")
    return str(row.data["candidacy"]) if row is not None else ""


def address_of(at: AtDesk, case: str, candidacy: str) -> str:
    return f"{at.address}cases/{case}#part-{candidacy}"


async def hidden_cases(request: parts.OfTheApplication, at: AtDesk) -> frozenset[str]:
    """Cases whose facts concern whoever reads: others take care of them (X15)."""
    rows = await parts.rows(request).page("case_subjects", person=at.person, body=at.body.id)
    return frozenset(row.stream for row in rows)
