"""`decisions`: what the commission decided, recorded by a member, by a delegate within the delegation, or by the clerk
with the meeting's date and its extract (X15). Juries are decided where they are planned."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from aiohttp import web

from evaluation.body.kind import BODY
from evaluation.body.reading_rights import Register
from evaluation.body.state import Decided
from evaluation.kinds import Row
from evaluation.offices import Act
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Text
from server.http.forms import Form, Sent
from server.http.listing import Listing, listed
from server.http.office.acting import act, made_id, papers
from server.http.office.door import DESK, base, desk_for, not_there, show
from server.http.office.offices import MEETING, as_recorded, meeting_of
from server.views.body.decisions import DECISIONS, DecisionLine, DecisionRows

HERE: Final = "decisions"
door: Final = desk_for(Register.DECISIONS)
RECORD: Final = Form((
    Text("words", N_("Ce qui est décidé"), N_("Dans les mots de la commission."), lines=6, most=10_000), *MEETING),
    N_("Enregistrer la décision"))


@entry(door)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET decisions`."""
    known = request[DESK].body.decisions

    async def opened(rows: Sequence[Row]) -> Sequence[DecisionLine]:
        by = await decided_by(request, [known[row.key] for row in rows])
        return [DecisionLine(f"{base(request)}decisions/{row.key}", known[row.key], by[row.key]) for row in rows]

    view = await listed(request, Listing(DECISIONS, DecisionRows(known.values()), opened, {}))
    if isinstance(view, web.StreamResponse):
        return view
    return await show(request, "office/decisions.html", here=HERE, list=view)


async def decided_by(request: web.Request, several: Sequence[Decided]) -> Mapping[str, str]:
    """Who held the office under which each was recorded."""
    offices = request[DESK].body.offices
    under = {one.id: offices[one.under].office.person for one in several if one.under in offices}
    found = await parts.accounts(request).profiles(under.values())
    return {one.id: str(found.get(under.get(one.id, ""), {}).get("name", "")) for one in several}


@entry(door)
async def show_record(request: web.Request) -> web.StreamResponse:
    """`GET decisions/record`."""
    return await _record_page(request, None, 200)


async def _record_page(request: web.Request, sent: Sent | None, status: int) -> web.Response:
    return await show(request, "office/decide.html", status=status, here=HERE,
                      form=forms.view(request, as_recorded(request, RECORD, Act.DECISION),
                                      f"{base(request)}decisions/record", sent))


@entry(door, takes=RECORD.types, most=RECORD.most)
async def record(request: web.Request) -> web.StreamResponse:
    """`POST decisions/record`."""
    body = request[DESK].body.id

    async def do(sent: Sent) -> str:
        async with papers(request, f"stream:{body}", body, sent) as kept:
            await act(request, BODY, body, "RecordDecision", {
                "decision": made_id(request, sent, "decision"), "words": sent.values["words"],
                "meeting": await meeting_of(sent, kept.keep)}, sent)
        return f"{base(request)}decisions?done=decided"

    return await forms.answer(request, as_recorded(request, RECORD, Act.DECISION), do,
                              lambda sent, status: _record_page(request, sent, status))


def decision_of(request: web.Request) -> Decided:
    """The decision that the address names. Problem 404 for none."""
    found = request[DESK].body.decisions.get(request.match_info["decision"])
    if found is None:
        raise not_there()
    return found
