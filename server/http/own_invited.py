"""Whoever a candidate asks to assist them sees who asks, and what it means, and nothing of the case; they accept, or
not (R7.2)."""
from __future__ import annotations

from typing import Final

from aiohttp import web

from evaluation.body.kind import BODY
from evaluation.case.kind import CASE
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.forms import Form, Sent
from server.http.home import HOME, at_home, space_path
from server.http.office.acting import act
from server.http.own_cases import Found, found_in, not_here, own_case_path
from server.http.pages import form_page
from server.http.space_frame import frame

ACCEPT: Final = Form((), N_("J’accepte d’assister cette personne"))
DECLINE: Final = Form((), N_("Je ne peux pas, ou ne veux pas"))


async def invited_page(request: web.Request, found: Found, refused: tuple[str, Sent] | None = None, status: int = 200
                       ) -> web.Response:
    here = own_case_path(request[HOME].person, found.state.id, found.part.candidacy)
    profile = await parts.accounts(request).profile(found.part.person) or {}
    body = await parts.journals(request).state(BODY, found.state.body)
    drawn = {name: forms.view(request, form, f"{here}/{name}",
                              refused[1] if refused is not None and refused[0] == name else None)
             for name, form in (("accept", ACCEPT), ("decline", DECLINE))}
    return form_page(request, "space/case_invited.html", status=status, whose=str(profile.get("name", "")),
                     body=body.name if body is not None else "", forms_of=drawn, failed=refused is not None,
                     **await frame(request))


async def _answer(request: web.Request, name: str, form: Form, command: str) -> web.StreamResponse:
    found = await found_in(request)
    if found.role not in ("invited", "assistant"):
        raise not_here()
    person = request[HOME].person

    async def do(sent: Sent) -> str:
        await act(request, CASE, found.state.id, command, {"candidacy": found.part.candidacy}, sent)
        if name == "accept":
            return f"{own_case_path(person, found.state.id, found.part.candidacy)}?done=accepted"
        return f"{space_path(person)}cases?done=declined"

    return await forms.answer(request, form, do,
                              lambda sent, status: invited_page(request, found, (name, sent), status))


@entry(at_home, takes=ACCEPT.types, most=ACCEPT.most)
async def accept(request: web.Request) -> web.StreamResponse:
    """`POST …/accept`."""
    return await _answer(request, "accept", ACCEPT, "AcceptAssisting")


@entry(at_home, takes=DECLINE.types, most=DECLINE.most)
async def decline(request: web.Request) -> web.StreamResponse:
    """`POST …/decline`."""
    return await _answer(request, "decline", DECLINE, "DeclineAssisting")
