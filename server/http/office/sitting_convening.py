"""`sittings/convene`: a sitting is convened from the candidacies that wait for one, with its day, its hour, how it is
held, and the last day that leaves time for their letters (R8.1). The awarding body is told (R4.4's manner)."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.body.state import BodyState
from evaluation.codec import FieldError
from evaluation.deadlines import day_of
from evaluation.offices import OfficeRole, held
from evaluation.rules import N_, Refusal
from evaluation.sitting.kind import SITTING
from evaluation.slots import hour_on
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Choice, Day, Hour, Several, Text
from server.http.forms import Form, Sent
from server.http.home import HOME
from server.http.office import citing
from server.http.office.acting import made_id
from server.http.office.door import DESK, base, keeps, not_there, show
from server.http.office.sitting_list import HERE, door
from server.http.office.sitting_waiting import offered, put_on
from server.storage.journal import StaleVersion
from server.storage.letters import Letter
from server.views.body.sittings import WaitingLine
from server.views.sitting.sitting_words import WAYS

WHEN: Final = (
    Day("day", N_("Jour")), Hour("hour", N_("Heure de Paris")),
    Choice("mode", N_("Comment la séance se tient"), choices=tuple(WAYS.items())),
    Text("place", N_("Lieu"), N_("Une adresse. Nécessaire dès que des membres viennent sur place."), required=False,
         lines=2, most=500))
CONVENE: Final = Form((
    *WHEN, Several("candidacies", N_("Ordre du jour"), N_("Chacune peut encore être ajoutée ou retirée ensuite."))),
    N_("Convoquer la séance"))


def _clerk(request: web.Request) -> None:
    if not keeps(request[DESK]):
        raise not_there()


@entry(door)
async def show_convene(request: web.Request) -> web.StreamResponse:
    """`GET sittings/convene`."""
    _clerk(request)
    return await _page(request, *await offered(request), None, 200)


async def _page(request: web.Request, lines: Sequence[WaitingLine], choices: tuple[tuple[str, str], ...],
                sent: Sent | None, status: int) -> web.Response:
    first = tuple(one.candidacy for one in lines if one.status == "waiting")
    return await show(
        request, "office/sitting_convene.html", status=status, here=HERE, waiting=len(lines),
        form=forms.view(request, CONVENE.choosing(candidacies=choices), f"{base(request)}sittings/convene", sent,
                        candidacies=first, mode="remote"))


@entry(door, takes=CONVENE.types, most=CONVENE.most)
async def convene(request: web.Request) -> web.StreamResponse:
    """`POST sittings/convene`. What cannot be put on the agenda is told on the sitting's page, where it can be tried
    again: the sitting is convened."""
    _clerk(request)
    lines, choices = await offered(request)

    async def do(sent: Sent) -> str:
        sitting, chosen = made_id(request, sent, "sitting"), sent.values["candidacies"]
        mine = [one for one in lines if one.candidacy in chosen]
        await _convened(request, sitting, mine, sent)
        left = 0
        for one in mine:
            try:
                await put_on(request, sitting, one.candidacy, sent)
            except (Refusal, FieldError, StaleVersion):  # another sitting took it on meanwhile, say
                left += 1
        return f"{base(request)}sittings/{sitting}?done={'sitting-convened-part' if left else 'sitting-convened'}"

    return await forms.answer(request, CONVENE.choosing(candidacies=choices), do,
                              lambda sent, status: _page(request, lines, choices, sent, status),
                              lambda sent: _convened_so(request, sent))


async def _convened_so(request: web.Request, sent: Sent) -> str | None:
    """The page of the sitting that this form has convened, for that hour and on those candidates."""
    sitting, values = made_id(request, sent, "sitting"), sent.values
    state = await parts.journals(request).state(SITTING, sitting)
    if state is None or values.get("day") is None or values.get("hour") is None:
        return None
    chosen = {*sent.typed.get("candidacies", ())}
    same = state.at == hour_on(values["day"], values["hour"]) and {*state.agenda} == chosen
    return f"{base(request)}sittings/{sitting}?done=sitting-convened" if same else None


async def _convened(request: web.Request, sitting: str, lines: Sequence[WaitingLine], sent: Sent) -> None:
    values, body = sent.values, request[DESK].body
    at = hour_on(values["day"], values["hour"])
    data = {"sitting": sitting, "at": at, "mode": values["mode"], "by": request[HOME].person, "place": "",
            "method": "REQUEST", "sequence": 0, "written_at": parts.now(request), "count": len(lines)}
    outbox = request.app[parts.OUTBOX]
    sealed = await outbox.seal([Letter(one, "sitting_informed", data) for one in clerks(body, parts.now(request))])

    async def write(connection: AsyncConnection) -> None:
        await outbox.keep(connection, sealed)

    fields: dict[str, Any] = {
        "sitting": sitting, "body": body.id, "at": at, "mode": values["mode"], "place": values["place"],
        "hold_by": hold_by(lines, values["day"]).isoformat(), "office": await citing.office_of(request)}
    await parts.journals(request).execute(SITTING, sitting, request[HOME].person, "ConveneSitting", fields,
                                          key=sent.key, together=write)
    request.app[parts.DELIVERY].wake()


def hold_by(lines: Sequence[WaitingLine], day: date) -> date:
    """R8.1: the first of their last days; the sitting's own where no delay runs."""
    return min((one.hold_by for one in lines if one.hold_by is not None), default=day)


def clerks(body: BodyState, now: int) -> tuple[str, ...]:
    """Whoever keeps the registers today."""
    offices, today = body.all_offices(), day_of(now)
    return tuple(sorted({one.person for one in offices
                         if one.role is OfficeRole.CLERK and held((one,), one.person, today)}))
