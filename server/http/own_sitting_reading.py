"""`…/read/{what}`: what a member of the certification jury takes note of before the sitting (R1.5): opened here, and
confirmed once it was."""
from __future__ import annotations

from aiohttp import web

from evaluation.rules import N_
from evaluation.sitting.preparing import ConfirmPreparation, to_prepare
from server.http import forms
from server.http.entry import entry
from server.http.own_preparation import CONFIRM
from server.http.own_sitting import acted, around, may, reader_of
from server.http.own_sittings import AT, as_member, here
from server.http.pages import form_page
from server.http.problem import Problem
from server.views.sitting.members_reading import reading_of


@entry(as_member)
async def show_reading(request: web.Request) -> web.StreamResponse:
    """`GET …/read/{what}`. Problem 404 for what the agenda's certifications do not name."""
    at, path, what = request[AT], here(request), request.match_info["what"]
    if what not in to_prepare(at.state):
        raise Problem(404, N_("Ce document n’est pas à lire pour cette séance."),
                      N_("Revenez à la séance : elle montre tout ce qui est à lire."),
                      ways=((path, N_("Revenir à la séance")),))
    found = reading_of(at.state, at.person, what, await reader_of(request, at.state), path)
    offered = not found.confirmed and may(request, ConfirmPreparation(what))
    form = forms.view(request, CONFIRM, f"{path}read/{what}", seen=at.state.position) if offered else None
    return form_page(request, "sitting/reading.html", of=found, form=form, **await around(request))


@entry(as_member, takes=CONFIRM.types, most=CONFIRM.most)
async def confirm_reading(request: web.Request) -> web.StreamResponse:
    """`POST …/read/{what}`: back to the sitting."""
    return await acted(request, CONFIRM, "ConfirmPreparation", {"what": request.match_info["what"]}, "read")
