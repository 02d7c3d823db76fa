"""`frameworks`: which version of which certification is in force, and which code took another's place (R1.1)."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from aiohttp import web

from evaluation.body.kind import BODY
from evaluation.body.reading_rights import Register
from evaluation.body.terms import certification_of
from evaluation.codec import encode
from evaluation.deadlines import day_of
from evaluation.kinds import Row
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Day, Listed
from server.http.forms import Form, Sent
from server.http.listing import Listing, listed
from server.http.office.acting import act
from server.http.office.door import DESK, base, desk_for, keeps, not_there, show
from server.http.office.framework_files import frameworks
from server.views.body.frameworks import FRAMEWORKS, FrameworkLine

HERE: Final = "frameworks"
door: Final = desk_for(Register.FRAMEWORKS)
PUT: Final = Form((Listed("framework", N_("Référentiel")), Day("since", N_("En vigueur à partir du"))),
                  N_("Mettre en vigueur"))
SUPERSEDE: Final = Form((
    Listed("code", N_("Certification remplacée")), Listed("by", N_("Remplacée par")),
    Day("since", N_("À partir du"))), N_("Enregistrer le remplacement"))


@entry(door)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET frameworks`."""
    return await _page(request, {}, 200)


async def _page(request: web.Request, sent: dict[str, Sent], status: int) -> web.StreamResponse:
    """`sent` is the form that is shown again, by what it does."""
    at = request[DESK]

    async def opened(rows: Sequence[Row]) -> Sequence[FrameworkLine]:
        return [_line(request, row) for row in rows]

    view = await listed(request, Listing(FRAMEWORKS, parts.rows(request), opened, at.where(Register.FRAMEWORKS)))
    if isinstance(view, web.StreamResponse):
        return view
    mine, today = keeps(at), at.today.isoformat()
    put, supersede = _choices(request)
    return await show(
        request, "office/frameworks.html", status=status, here=HERE, list=view, open=next(iter(sent), ""),
        put=forms.view(request, put, f"{base(request)}frameworks/put", sent.get("put"), prefix="put-", since=today)
        if mine else None,
        supersede=forms.view(request, supersede, f"{base(request)}frameworks/supersede", sent.get("supersede"),
                             prefix="by-", since=today) if mine and len(at.body.in_force) > 1 else None)


def _line(request: web.Request, row: Row) -> FrameworkLine:
    until = day_of(row.due_at) - timedelta(days=1) if row.due_at is not None else None
    return FrameworkLine(
        row.about or "", str(row.data["version"]), str(row.data["title"]), day_of(row.at or 0), until,
        str(row.data.get("superseded_by") or ""), request[DESK].today)


def _choices(request: web.Request) -> tuple[Form, Form]:
    """What is not in force yet, and the codes that are."""
    at = request[DESK]
    there = {(one.certification.code, one.certification.version) for one in at.body.in_force}
    new = tuple((key, f"{one.code}, {one.version} : {one.title}") for key, one in frameworks().items()
                if (one.code, one.version) not in there)
    codes = tuple((code, code) for code in sorted({code for code, _version in there}))
    return PUT.choosing(framework=new), SUPERSEDE.choosing(code=codes, by=codes)


def _require(request: web.Request) -> None:
    if not keeps(request[DESK]):
        raise not_there()


@entry(door, takes=PUT.types, most=PUT.most)
async def put_in_force(request: web.Request) -> web.StreamResponse:
    """`POST frameworks/put`."""
    _require(request)

    async def do(sent: Sent) -> str:
        certification = encode(certification_of(frameworks()[sent.values["framework"]]))
        await act(request, BODY, request[DESK].body.id, "PutFrameworkInForce",
                  {"certification": certification, "since": sent.values["since"].isoformat()}, sent)
        return f"{base(request)}frameworks?done=in-force"

    # A form sent again names a version that is in force by now: it is the same request, and leads to the same place.
    form = PUT.choosing(framework=tuple((key, key) for key in frameworks()))
    return await forms.answer(request, form, do, lambda sent, status: _again(request, "put", sent, status))


@entry(door, takes=SUPERSEDE.types, most=SUPERSEDE.most)
async def supersede(request: web.Request) -> web.StreamResponse:
    """`POST frameworks/supersede`."""
    _require(request)

    async def do(sent: Sent) -> str:
        values = {**sent.values, "since": sent.values["since"].isoformat()}
        await act(request, BODY, request[DESK].body.id, "SupersedeCertification", values, sent)
        return f"{base(request)}frameworks?done=superseded"

    return await forms.answer(request, _choices(request)[1], do,
                              lambda sent, status: _again(request, "supersede", sent, status))


async def _again(request: web.Request, what: str, sent: Sent, status: int) -> web.Response:
    page = await _page(request, {what: sent}, status)
    assert isinstance(page, web.Response)
    return page
