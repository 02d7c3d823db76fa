"""`appeals`: what candidates ask the commission to look at again (R9.2). The clerk records each (`appeal_record`). It
opens a case, where the commission rules whether it is admissible, then what follows."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from aiohttp import web

from evaluation.body.reading_rights import Register
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.state import AppealNoted, CandidacyState
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import Stage
from evaluation.kinds import Row
from server.http import parts
from server.http.entry import entry
from server.http.language import locale_of
from server.http.listing import Listing, listed
from server.http.office.case_marks import hidden_cases, marks_of
from server.http.office.door import DESK, base, desk_for, not_there, show
from server.http.office.office_papers import given_out
from server.http.office.unhidden import Unhidden
from server.views.candidacy.appeals import APPEALS, AppealLine, AppealView, appeal_line, appeal_view
from server.views.case_mark import CaseMark

HERE: Final = "appeals"
door: Final = desk_for(Register.APPEALS)
TO_ADMIT: Final = frozenset({Stage.FACTS.value, Stage.REPORTED.value})

# The list


@entry(door)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET appeals`."""

    async def opened(rows: Sequence[Row]) -> Sequence[AppealLine]:
        known = await parts.accounts(request).profiles(row.person for row in rows)
        marked = await marks_of(request, [str(row.data["candidacy"]) for row in rows])
        return [_line(request, row, known.get(row.person or ""), marked.get(str(row.data["candidacy"])))
                for row in rows]

    at, source = request[DESK], await unhidden(request)
    view = await listed(request, Listing(
        APPEALS, source, opened, at.where(Register.APPEALS), parts.accounts(request).names.find))
    if isinstance(view, web.StreamResponse):
        return view
    again = await source.count("reexaminations", body=at.body.id, status="ordered")
    return await show(request, "office/appeals.html", here=HERE, list=view, again=again)


async def unhidden(request: web.Request) -> Unhidden:
    return Unhidden(parts.rows(request), await hidden_cases(request, request[DESK]))


def _line(request: web.Request, row: Row, profile: Mapping[str, Any] | None, mark: CaseMark | None) -> AppealLine:
    line = appeal_line(row, f"{base(request)}appeals/{row.key}", str((profile or {}).get("name", "")),
                       request[DESK].today)
    return replace(line, mark=mark)


# One appeal


async def _appeal(request: web.Request) -> tuple[Row, CandidacyState, AppealNoted]:
    """What the address names. Problem 404 for none of this awarding body, and for one that concerns whoever asks."""
    candidacy, appeal = request.match_info["candidacy"], request.match_info["appeal"]
    row = await parts.rows(request).one("appeals", f"{candidacy}/{appeal}")
    state = await parts.journals(request).state(CANDIDACY, candidacy) if row is not None else None
    at = request[DESK]
    if row is None or state is None or row.body != at.body.id or row.data["case"] in await hidden_cases(request, at):
        raise not_there()
    return row, state, next(one for one in state.appeals if one.appeal == appeal)


@entry(door)
async def show_appeal(request: web.Request) -> web.StreamResponse:
    """`GET appeals/{candidacy}/{appeal}`."""
    row, state, one = await _appeal(request)
    profile, case = await parts.accounts(request).profile(state.person), str(row.data["case"])
    part = await parts.rows(request).one("cases", f"{case}/{state.id}")
    admit = part is not None and part.status in TO_ADMIT
    return await show(
        request, "office/appeal.html", here=HERE, certification=state.certification,
        appeal=await shown(request, row, one, str((profile or {}).get("name", ""))),
        case=f"{base(request)}cases/{case}" if part is not None else "",
        admit=f"{base(request)}cases/{case}/{state.id}/admit" if admit else "",
        candidacy=f"{base(request)}candidacies/{state.id}")


async def shown(request: web.Request, row: Row, one: AppealNoted, name: str) -> AppealView:
    words = await parts.vault(request).read_words([one.reasons.ref] if one.reasons is not None else [])
    return appeal_view(
        appeal_line(row, "", name, request[DESK].today), one.means, one.told_on,
        words.get(one.reasons.ref, "") if one.reasons is not None else "",
        f"{base(request)}appeals/{row.key}/scan", locale_of(request))


async def appeal_of(request: web.Request, case: CaseState, part: Part) -> AppealView | None:
    """What a candidate's part of a case is about, for whoever sees appeals; None where it came from none."""
    if not case.kind.is_appeal or request[DESK].sees(Register.APPEALS) == frozenset():
        return None
    rows = await parts.rows(request).page("appeals", body=request[DESK].body.id, person=part.person)
    row = next((one for one in rows if one.data["case"] == case.id), None)
    state = await parts.journals(request).state(CANDIDACY, part.candidacy) if row is not None else None
    found = next((one for one in state.appeals if row is not None and one.appeal == row.data["appeal"]), None
                 ) if state is not None else None
    return await shown(request, row, found, "") if row is not None and found is not None else None


@entry(door)
async def show_scan(request: web.Request) -> web.StreamResponse:
    """`GET appeals/{candidacy}/{appeal}/scan`."""
    _row, _state, one = await _appeal(request)
    return await given_out(request, one.scan)
