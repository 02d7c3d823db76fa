"""A juror compares, in their space, what was entered of a hearing's papers with the scan, and confirms it, or says what
is wrong (X13)."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web

from evaluation.people import Role
from evaluation.rules import N_
from evaluation.session.state import Hearing
from evaluation.session.transcribing import standing
from server.http import forms, parts
from server.http.entry import VISIT, Visit, entry
from server.http.form_fields import Number, Text
from server.http.forms import Form, Sent
from server.http.own_papers import reading_of, seat_path, shown_page
from server.http.own_seat import at_seat
from server.views.session.reading import read
from server.views.session.transcript_words import answers_of, entered, scans_of
from server.views.when import day_words

NUMBER: Final = Number("number", N_("Saisie"))
CONFIRM: Final = Form((NUMBER,), N_("C’est ce qui est écrit : je confirme"))
REFUSE: Final = Form((
    NUMBER, Text("words", N_("Ce qui n’est pas ce qui est écrit"),
                 N_("Lu par la personne qui organise la session, qui corrige ; vous relirez ensuite."), lines=4,
                 most=5000)), N_("Demander une correction"), sure=True)


def _transcribed(visit: Visit, request: web.Request) -> bool:
    hearing = visit.state.hearings.get(request.match_info["hearing"])
    there = hearing is not None and hearing.transcribed is not None
    return there and visit.seat.role is Role.JUROR and visit.state.sits(visit.seat.id, request.match_info["hearing"])


own_transcript: Final = at_seat(_transcribed)


def _hearing(request: web.Request) -> Hearing:
    return request[VISIT].state.hearing(request.match_info["hearing"])


def _path(request: web.Request) -> str:
    return f"{seat_path(request)}/transcripts/{request.match_info['hearing']}"


@entry(own_transcript)
async def show_transcript(request: web.Request) -> web.StreamResponse:
    """`GET seats/{seat}/transcripts/{hearing}`."""
    return await _page(request, None, None, 200)


async def _page(request: web.Request, form: Form | None, sent: Sent | None, status: int) -> web.Response:
    visit, hearing = request[VISIT], _hearing(request)
    reading = await read(parts.sessions(request), visit.state, visit.seat.id, (await reading_of(request)).locale,
                         parts.now(request), hearings=(hearing.id,))
    found = hearing.transcribed
    assert reading is not None
    assert found is not None
    juror, path, number = visit.seat.id, _path(request), str(found.number)
    waits = standing(hearing) is not None and juror not in found.confirmed
    drawn = {name: forms.view(request, one, f"{path}/{name}", sent if one is form else None, prefix=f"{name}-",
                              number=number) for name, one in (("confirm", CONFIRM), ("refuse", REFUSE))}
    return await shown_page(
        request, "space/transcript.html", status, candidate=reading.candidate(hearing), forms_of=drawn if waits else {},
        entered=entered(reading, hearing, found, juror), answers=answers_of(reading, hearing),
        scans=scans_of(reading, hearing), by=reading.name(found.by), stands=found.stands_at is not None,
        day=day_words(visit.state.date, reading.locale), title=visit.state.framework.title)


async def _act(request: web.Request, form: Form, command: str, done: str) -> web.StreamResponse:
    visit = request[VISIT]

    async def do(sent: Sent) -> str:
        fields: Mapping[str, Any] = {"hearing": _hearing(request).id, **sent.values}
        await parts.sessions(request).execute(visit.session, visit.seat.id, command, fields, key=sent.key)
        return f"{_path(request)}?done={done}"

    return await forms.answer(request, form, do, lambda sent, status: _page(request, form, sent, status))


@entry(own_transcript, takes=CONFIRM.types, most=CONFIRM.most)
async def confirm(request: web.Request) -> web.StreamResponse:
    """`POST seats/{seat}/transcripts/{hearing}/confirm`."""
    return await _act(request, CONFIRM, "ConfirmTranscript", "transcript-confirmed")


@entry(own_transcript, takes=REFUSE.types, most=REFUSE.most)
async def refuse(request: web.Request) -> web.StreamResponse:
    """`POST seats/{seat}/transcripts/{hearing}/refuse`."""
    return await _act(request, REFUSE, "RefuseTranscript", "transcript-refused")
