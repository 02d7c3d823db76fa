"""`days/{session}/jury`: the organizer of a day asks the commission for its jury, or for a substitute (R1.2, R4.4)."""
from __future__ import annotations

from aiohttp import web

from evaluation.body.kind import BODY
from evaluation.people import JurorCategory
from server.http import forms
from server.http.entry import entry
from server.http.forms import Sent
from server.http.office.acting import act
from server.http.office.day.hub import hub_page
from server.http.office.day.jury_asked import ASK, SENT, asking_form
from server.http.office.day.one_day import door, own_day
from server.http.office.door import DESK


@entry(door, takes=ASK.types, most=ASK.most)
async def ask(request: web.Request) -> web.StreamResponse:
    """`POST days/{session}/jury`."""
    day, body = await own_day(request), request[DESK].body.id

    async def do(sent: Sent) -> str:
        proposed = [{"person": sent.values[one.value], "category": one.value} for one in JurorCategory
                    if sent.values.get(one.value)]
        await act(request, BODY, body, "AskForJury", {
            "session": day.state.id, "provider": day.state.provider, "certification": day.state.framework.code,
            "proposed": proposed, "words": sent.values["words"]}, sent)
        return f"{day.path}?done=jury-asked#jury"

    async def again(sent: Sent, status: int) -> web.Response:
        request[SENT] = sent
        return await hub_page(request, day, status)

    return await forms.answer(request, await asking_form(request, day), do, again)
