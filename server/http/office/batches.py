"""`batches`: what certification juries ruled, presented to the commission by the clerk, and validated by it, or
returned one by one (R8.1)."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, cast

from aiohttp import web

from evaluation.body.access import needs_meeting
from evaluation.body.kind import BODY
from evaluation.body.reading_rights import Register
from evaluation.body.state import Batch, BatchItem
from evaluation.deadlines import day_of
from evaluation.kinds import Row
from evaluation.offices import Act, OfficeRole
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Several, Text
from server.http.forms import Form, Sent
from server.http.language import locale_of
from server.http.listing import Listing, listed
from server.http.office import citing
from server.http.office.acting import act, made_id, papers
from server.http.office.door import DESK, base, desk_for, keeps, not_there, show
from server.http.office.offices import MEETING, as_recorded, meeting_of
from server.i18n import say
from server.journals.quoting import reference
from server.views.body.batch_lines import AWARDS, BATCHES, BatchLine, OutcomeView, award_cell, status_cell
from server.views.body.periods import short_day

HERE: Final = "batches"
door: Final = desk_for(Register.BATCHES)
PRESENT: Final = Form((Several("outcomes", N_("Résultats à présenter"), N_(
    "Ceux qui attendent, le plus ancien d’abord. Ce qui est suspendu attend la fin de son dossier.")),),
    N_("Présenter ce lot à la commission"))
SEND: Final = N_("Valider ce lot, sauf ce qui est renvoyé")
RETURNS: Final = N_("– pour renvoyer ce résultat")


# The list


@entry(door)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET batches`."""
    at = request[DESK]

    async def opened(rows: Sequence[Row]) -> Sequence[BatchLine]:
        return [_line(request, row) for row in rows]

    view = await listed(request, Listing(BATCHES, parts.rows(request), opened, {"body": at.body.id}))
    if isinstance(view, web.StreamResponse):
        return view
    waiting = await parts.rows(request).count("to_validate", body=at.body.id, status="waiting")
    return await show(request, "office/batches.html", here=HERE, list=view, waiting=waiting, clerk=keeps(at))


def _line(request: web.Request, row: Row) -> BatchLine:
    decided = row.data["decided_on"]
    return BatchLine(f"{base(request)}batches/{row.key}", row, day_of(row.at or 0),
                     date.fromisoformat(str(decided)) if decided is not None else None)


# Presented


async def _waiting(request: web.Request, *statuses: str) -> tuple[Row, ...]:
    """Problem 404 to who does not keep the registers."""
    if not keeps(request[DESK]):
        raise not_there()
    return await parts.rows(request).page(
        "to_validate", body=request[DESK].body.id, status=("waiting", *statuses), order="at",
        limit=None if statuses else most(request))


def most(request: web.Request) -> int:
    """How many a batch has at the most: what a page of a list has."""
    return parts.config(request).lists.page_rows


async def _present_form(request: web.Request, *statuses: str) -> Form:
    """What waits; of a form that may be sent a second time, also what went with it."""
    rows, locale = await _waiting(request, *statuses), locale_of(request)
    known = await parts.accounts(request).profiles(row.person for row in rows)
    choices = tuple((row.key, ", ".join((
        str(known.get(row.person or "", {}).get("name", "")) or say(locale, N_("nom effacé"), {}), row.about or "",
        say(locale, AWARDS[str(row.data["award"])][0], {}),
        short_day(date.fromisoformat(str(row.data["ruled_on"])), locale)))) for row in rows)
    return PRESENT.choosing(outcomes=choices)


@entry(door)
async def show_present(request: web.Request) -> web.StreamResponse:
    """`GET batches/present`."""
    return await _present_page(request, None, 200)


async def _present_page(request: web.Request, sent: Sent | None, status: int) -> web.Response:
    form = await _present_form(request)
    every = tuple(value for value, _words in form.fields[0].choices)
    return await show(request, "office/batch_present.html", status=status, here=HERE, nothing=not every,
                      form=forms.view(request, form, f"{base(request)}batches/present", sent, outcomes=every,
                                      seen=_seen(request)))


def _seen(request: web.Request) -> int:
    """The last batch that the page knew of."""
    return max((one.position for one in request[DESK].body.batches.values()), default=0)


@entry(door, takes=PRESENT.types, most=PRESENT.most)
async def present(request: web.Request) -> web.StreamResponse:
    """`POST batches/present`."""
    positions = {row.key: int(str(row.data["position"])) for row in await _waiting(request, "presented")}

    async def do(sent: Sent) -> str:
        batch = made_id(request, sent, "batch")
        quotes = [reference(await citing.record_at(request, one, positions[one])) for one in sent.values["outcomes"]]
        await act(request, BODY, request[DESK].body.id, "PresentBatch", {"batch": batch, "outcomes": quotes}, sent,
                  expected=sent.seen)
        return f"{base(request)}batches/{batch}?done=batch-presented"

    return await forms.answer(request, await _present_form(request, "presented"), do,
                              lambda sent, status: _present_page(request, sent, status))


# One batch


def batch_of(request: web.Request) -> Batch:
    """What the address names. Problem 404 for none."""
    found = request[DESK].body.batches.get(request.match_info["batch"])
    if found is None:
        raise not_there()
    return found


def decides(request: web.Request) -> bool:
    """Whether they record what the commission decides: it, its delegate, or the clerk with its meeting."""
    offices = request[DESK].offices
    return not needs_meeting(offices, Act.DECISION) or any(one.role is OfficeRole.CLERK for one in offices)


def _field(number: int) -> str:
    return f"why-{number}"


def _form(request: web.Request, batch: Batch, views: Sequence[OutcomeView]) -> Form:
    """A line for each candidate, by the place in the batch."""
    lines = tuple(Text(_field(number), one.name or one.candidacy, needed=RETURNS, required=False, lines=2, most=2000)
                  for number, one in enumerate(views))
    return as_recorded(request, Form((*lines, *MEETING), SEND), Act.DECISION)


async def outcome_views(request: web.Request, batch: Batch) -> list[OutcomeView]:
    """Read from the index of outcomes: one that no longer holds is named, and says nothing more."""
    rows = {row.key: row for row in await parts.rows(request).page(
        "candidacies", body=request[DESK].body.id, key=[one.candidacy for one in batch.items])}
    ruled = {row.key: row for row in await parts.rows(request).page(
        "outcomes", body=request[DESK].body.id, key=[f"{one.candidacy}/{one.outcome}" for one in batch.items])}
    known = await parts.accounts(request).profiles(row.person for row in rows.values())
    words = await parts.vault(request).read_words([one.returned.ref for one in batch.items if one.returned is not None])
    return [_view(request, item, rows.get(item.candidacy), ruled.get(f"{item.candidacy}/{item.outcome}"), known, words)
            for item in batch.items]


def _view(request: web.Request, item: BatchItem, row: Row | None, ruled: Row | None,
          known: Mapping[str, Mapping[str, Any]], words: Mapping[str, str]) -> OutcomeView:
    locale, person = locale_of(request), (row.person or "") if row is not None else ""
    return OutcomeView(
        item.candidacy, str(known.get(person, {}).get("name", "")), (row.about or "") if row is not None else "",
        f"{base(request)}candidacies/{item.candidacy}", award_cell(
            item.award, locale, returned=item.returned is not None),
        ", ".join(map(str, cast("list[object]", ruled.data["blocks"]))) if ruled is not None else "",
        short_day(date.fromisoformat(str(ruled.data["ruled_on"])), locale) if ruled is not None else "",
        words.get(item.returned.ref, "") if item.returned is not None else "", item.returned is not None,
        row is not None and row.status == "held")


@entry(door)
async def show_batch(request: web.Request) -> web.StreamResponse:
    """`GET batches/{batch}`."""
    return await _page(request, None, 200)


async def _page(request: web.Request, sent: Sent | None, status: int) -> web.Response:
    batch, locale = batch_of(request), locale_of(request)
    views = await outcome_views(request, batch)
    open_still = batch.decided_on is None
    known = await parts.accounts(request).profiles([batch.by, *([batch.decided_by] if batch.decided_by else [])])
    return await show(
        request, "office/batch.html", status=status, here=HERE, outcomes=views,
        presented=short_day(day_of(batch.at), locale), by=str(known.get(batch.by, {}).get("name", "")),
        state=status_cell("presented" if open_still else "decided", locale),
        decided=short_day(batch.decided_on, locale) if batch.decided_on is not None else "",
        decided_by=str(known.get(batch.decided_by or "", {}).get("name", "")),
        paper=f"{base(request)}batches/{batch.id}/paper" if batch.meeting is not None else "",
        form=forms.view(request, _form(request, batch, views), f"{base(request)}batches/{batch.id}/validate", sent,
                        seen=batch.position)
        if (open_still and decides(request)) or sent is not None else None)


@entry(door, takes=Form(MEETING, SEND).types, most=Form(MEETING, SEND).most)
async def validate(request: web.Request) -> web.StreamResponse:
    """`POST batches/{batch}/validate`."""
    batch, body = batch_of(request), request[DESK].body.id
    if not decides(request):
        raise not_there()

    async def do(sent: Sent) -> str:
        returned = {one.candidacy: sent.values[_field(number)] for number, one in enumerate(batch.items)
                    if (sent.values.get(_field(number)) or "").strip()}
        async with papers(request, f"stream:{body}", body, sent) as kept:
            await act(request, BODY, body, "ValidateBatch", {
                "batch": batch.id, "returned": returned, "meeting": await meeting_of(sent, kept.keep)}, sent,
                      expected=sent.seen)
        return f"{base(request)}batches/{batch.id}?done=batch-decided"

    return await forms.answer(request, _form(request, batch, await outcome_views(request, batch)), do,
                              lambda sent, status: _page(request, sent, status))
