"""`sittings/{sitting}/agenda`: candidacies that wait are put on the agenda of a sitting that is convened already (R3.9,
R9.2)."""
from __future__ import annotations

from typing import Final

from aiohttp import web

from evaluation.rules import N_, Refusal
from evaluation.sitting.agenda import check_agenda_open
from evaluation.sitting.state import SittingState
from server.http import forms
from server.http.entry import entry
from server.http.form_fields import Several, Text
from server.http.forms import Form, Sent
from server.http.office.door import DESK, base, keeps, not_there, show
from server.http.office.sitting_acts import sitting_of_address, when_words
from server.http.office.sitting_list import HERE, door
from server.http.office.sitting_waiting import offered, put_on

ADD: Final = Form((
    Several("candidacies", N_("Candidatures à ajouter")),
    Text("despite", N_("Pourquoi des membres qui ont déjà statué siègent de nouveau"),
         N_("Pour un réexamen seulement, quand personne d’autre n’a été trouvé. Lu dans le journal."), required=False,
         lines=2, most=2000)), N_("Ajouter à l’ordre du jour"))


async def can_add(request: web.Request, state: SittingState) -> bool:
    if not keeps(request[DESK]):
        return False
    try:
        check_agenda_open(state)
    except Refusal:
        return False
    return True


@entry(door)
async def show_add(request: web.Request) -> web.StreamResponse:
    """`GET sittings/{sitting}/agenda`."""
    return await _add_page(request, None, 200)


async def _add_page(request: web.Request, sent: Sent | None, status: int) -> web.Response:
    state = await sitting_of_address(request)
    if not await can_add(request, state):
        raise not_there()
    _lines, choices = await offered(request)
    here = f"{base(request)}sittings/{state.id}"
    return await show(
        request, "office/sitting_agenda.html", status=status, here=HERE, path=here, when=when_words(request, state),
        waiting=len(choices),
        form=forms.view(request, ADD.choosing(candidacies=choices), f"{here}/agenda", sent))


@entry(door, takes=ADD.types, most=ADD.most)
async def add(request: web.Request) -> web.StreamResponse:
    """`POST sittings/{sitting}/agenda`."""
    state = await sitting_of_address(request)
    if not keeps(request[DESK]):
        raise not_there()
    _lines, choices = await offered(request)
    noted = f"{base(request)}sittings/{state.id}?done=sitting-noted"

    async def do(sent: Sent) -> str:
        for one in sent.values["candidacies"]:
            await put_on(request, state.id, one, sent, sent.values["despite"])
        return noted

    async def done_already(sent: Sent) -> str | None:
        chosen = {*sent.typed.get("candidacies", ())}
        return noted if chosen and chosen <= state.agenda.keys() else None

    return await forms.answer(request, ADD.choosing(candidacies=choices), do,
                              lambda sent, status: _add_page(request, sent, status), done_already)
