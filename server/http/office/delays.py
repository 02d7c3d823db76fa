"""`delays`: every delay of the règlement that runs, late first, with whom it waits for; and the candidacies that nobody
has ended (X6, R8.1, R8.2, X12). Read from the indexes alone."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from aiohttp import web

from evaluation.body.reading_rights import Register
from evaluation.candidacy.delay_rows import DELAYS
from evaluation.deadlines import day_of
from evaluation.kinds import Row
from evaluation.rules import N_
from server.http import parts
from server.http.entry import entry
from server.http.language import locale_of
from server.http.listing import Listing, listed
from server.http.office.awards_waiting import late_before
from server.http.office.case_marks import marks_of
from server.http.office.door import DESK, base, desk_for, show
from server.i18n import say
from server.views.body.delay_lines import UNENDED, DelayLine, UnendedLine, board_of, last_day, spans
from server.views.body.periods import short_day
from server.views.case_mark import CaseMark

HERE: Final = "delays"
door: Final = desk_for(Register.DELAYS)
PAGES: Final[Mapping[str, str]] = {
    "sitting": "sittings/{stream}", "appeal": "appeals/{stream}/{appeal}", "again": "appeals/again",
    "posting": "certificates/{number}", "returned": "certificates/{number}", "deposit": "certificates/deposit",
    "deposit_back": "certificates/deposit"}
"""Where each kind of delay is seen to; of the others, on the candidacy's page."""


@entry(door)
async def show_board(request: web.Request) -> web.StreamResponse:
    """`GET delays`."""
    at, rows = request[DESK], parts.rows(request)

    async def opened(several: Sequence[Row]) -> Sequence[DelayLine]:
        known = await parts.accounts(request).profiles(row.person for row in several)
        marked = await marks_of(request, [str(row.data["stream"]) for row in several])
        return [_line(request, row, known.get(row.person or ""), marked.get(str(row.data["stream"])))
                for row in several]

    where = {"body": at.body.id}
    view = await listed(request, Listing(
        board_of(at.today, {one.certification.code for one in at.body.in_force}), rows, opened, where,
        parts.accounts(request).names.find))
    if isinstance(view, web.StreamResponse):
        return view
    counts = {name: await rows.count(DELAYS, **where, **span) for name, span in spans(at.today).items()}
    return await show(request, "office/delays.html", here=HERE, list=view, counts=counts,
                      unended=await rows.count("unended", **where, due_before=late_before(at)))


def _line(request: web.Request, row: Row, profile: Mapping[str, Any] | None, mark: CaseMark | None) -> DelayLine:
    locale, data = locale_of(request), {name: str(one) for name, one in row.data.items()}
    name = str((profile or {}).get("name", ""))
    if row.status == "sitting":
        name = say(locale, N_("Jury de certification du {day}"), {"day": short_day(day_of(row.at or 0), locale)})
    page = "batches/{batch}" if "batch" in data else PAGES.get(row.status, "candidacies/{stream}")
    return DelayLine(base(request) + page.format_map(data), name, row.status, row.about or "", last_day(row.due_at),
                     day_of(row.at or 0), data["waits_for"], request[DESK].today, mark)


@entry(door)
async def show_unended(request: web.Request) -> web.StreamResponse:
    """`GET delays/unended`."""
    at = request[DESK]

    async def opened(several: Sequence[Row]) -> Sequence[UnendedLine]:
        known = await parts.accounts(request).profiles(row.person for row in several)
        marked = await marks_of(request, [row.key for row in several])
        return [_unended(request, row, known.get(row.person or ""), marked.get(row.key)) for row in several]

    view = await listed(request, Listing(
        UNENDED, parts.rows(request), opened, {"body": at.body.id, "due_before": late_before(at)},
        parts.accounts(request).names.find))
    if isinstance(view, web.StreamResponse):
        return view
    return await show(request, "office/delays_unended.html", here=HERE, list=view)


def _unended(request: web.Request, row: Row, profile: Mapping[str, Any] | None, mark: CaseMark | None) -> UnendedLine:
    at = request[DESK]
    provider = at.body.providers.get(row.scope or "")
    return UnendedLine(f"{base(request)}candidacies/{row.key}", str((profile or {}).get("name", "")), row.about or "",
                       provider.name if provider is not None else "", day_of(row.at or 0),
                       last_day(row.due_at) or at.today, at.today, mark)
