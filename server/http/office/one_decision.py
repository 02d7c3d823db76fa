"""`decisions/{decision}`: one decision of the commission; one on a jury that its day refuses is taken back, so that the
next can stand."""
from __future__ import annotations

from typing import Any, Final

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.body.decisions import DecisionRecorded
from evaluation.body.kind import BODY
from evaluation.body.state import Decided
from evaluation.deadlines import day_of
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Text
from server.http.forms import Form, Sent, Wrong
from server.http.language import locale_of
from server.http.office.acting import act, papers
from server.http.office.decisions import HERE, decided_by, decision_of, door
from server.http.office.door import DESK, base, not_there, show, title_of
from server.http.office.offices import MEETING, meeting_of
from server.i18n import say
from server.journals.ledger import event_of
from server.journals.write_path import NotDone
from server.storage.follow_ups import FollowUp, still_refused
from server.views.body.decisions import KINDS, meeting_words
from server.views.body.follow_ups import stuck, why
from server.views.body.periods import short_day

TAKE_BACK: Final = Form((
    Text("words", N_("Pourquoi"), N_("Lu par les personnes qui tiennent ce registre."), lines=3, most=2000), *MEETING),
    N_("Retirer cette décision"), sure=True)
IN_EFFECT: Final = N_("Cette décision vient de prendre effet : elle ne se retire plus. Désignez le remplaçant d’un "
                      "juré si le jury doit changer.")


@entry(door)
async def show_decision(request: web.Request) -> web.StreamResponse:
    """`GET decisions/{decision}`."""
    return await _page(request, None, 200)


async def _page(request: web.Request, sent: Sent | None, status: int) -> web.Response:
    at, decided, locale = request[DESK], decision_of(request), locale_of(request)
    under, here = at.body.offices.get(decided.under), f"{base(request)}decisions/{decided.id}"
    one = await refused(request, decided) if decided.taken_back is None else None
    back = decided.taken_back
    return await show(
        request, "office/decision.html", status=status, here=HERE, what=say(locale, KINDS[decided.event], {}),
        words=await _words(request, decided), meeting=meeting_words(decided, locale),
        by=(await decided_by(request, [decided]))[decided.id],
        title=title_of(under.office, at.body, locale) if under is not None else "", number=decided.position,
        paper=f"{here}/paper" if decided.meeting is not None else "", why=why(one.problem or {}, locale) if one else "",
        form=forms.view(request, TAKE_BACK, f"{here}/take-back", sent) if one else None,
        taken_back=short_day(day_of(back.at), locale) if back else "",
        because=(await parts.vault(request).read_words([back.words.ref])).get(back.words.ref, "") if back else "")


async def _words(request: web.Request, decided: Decided) -> str:
    """As the journal refers to them; empty for a jury, whose decision has no words, and where they were erased."""
    journals, body = parts.journals(request), request[DESK].body.id
    for found in await journals.records(body, decided.position - 1, decided.position):
        event = event_of(BODY, found)
        if isinstance(event, DecisionRecorded):
            return (await parts.vault(request).read_words([event.words.ref])).get(event.words.ref, "")
    return ""


async def refused(request: web.Request, decided: Decided) -> FollowUp | None:
    """What a decision leads to and its day refuses, as long as it waits."""
    body = request[DESK].body.id
    waiting = stuck(await request.app[parts.FOLLOW_UPS].of(body))
    return next((one for one in waiting if (one.source, one.position) == (body, decided.position)), None)


@entry(door, takes=TAKE_BACK.types, most=TAKE_BACK.most)
async def take_back(request: web.Request) -> web.StreamResponse:
    """`POST decisions/{decision}/take-back`. Problem 404 for one that nothing stands against."""
    decided, body = decision_of(request), request[DESK].body.id
    one = await refused(request, decided)
    if one is None or decided.taken_back is not None:
        raise not_there()

    async def still(connection: AsyncConnection) -> None:
        if not await still_refused(connection, one):
            raise NotDone

    async def do(sent: Sent) -> str:
        async with papers(request, f"stream:{body}", body, sent) as kept:
            fields: dict[str, Any] = {"decision": decided.id, "words": sent.values["words"],
                                      "meeting": await meeting_of(sent, kept.keep)}
            try:
                await act(request, BODY, body, "TakeBackDecision", fields, sent, together=still)
            except NotDone:
                sent.top = say(sent.locale, IN_EFFECT, {})
                raise Wrong from None
        return f"{base(request)}decisions/{decided.id}?done=taken-back"

    return await forms.answer(request, TAKE_BACK, do, lambda sent, status: _page(request, sent, status))
