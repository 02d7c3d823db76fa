"""The form by which the organizer of a day asks for its jury, with the people whom their provider proposed."""
from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from aiohttp import web

from evaluation.body.state import Standing
from evaluation.people import JurorCategory
from evaluation.rules import N_
from server.http import forms, parts
from server.http.form_fields import Listed, Text
from server.http.forms import Form, Sent
from server.http.office.day.one_day import OneDay
from server.http.office.door import DESK
from server.views.form import FormView

SENT: Final = web.RequestKey("jury_asked", Sent)
"""What was sent and is shown again."""
WHY: Final = Text("words", N_("Ce que la commission doit savoir"), required=False, lines=3, most=2000)
PLACES: Final = (
    Listed("employees", N_("Pour les salariés, je propose"), required=False),
    Listed("employers", N_("Pour les employeurs, je propose"), required=False),
    Listed("trainer", N_("Comme formateur ou accompagnateur CQP, je propose"), required=False))
"""By category."""
ASK: Final = Form((*PLACES, WHY), N_("Demander le jury"))
SUBSTITUTE: Final = Form((*PLACES, replace(WHY, label=N_("Qui remplacer, et pourquoi"), required=True)),
                         N_("Demander un remplaçant"))


async def asking_form(request: web.Request, day: OneDay) -> Form:
    """Whoever their provider proposed is offered; a place for which there is nobody is left out."""
    names = await _proposable(request, day)
    form = SUBSTITUTE if day.state.jurors else ASK
    form = form.choosing(**{category.value: choices for category, choices in names.items()})
    return replace(form, fields=tuple(one for one in form.fields if one.choices or one.name == WHY.name))


async def _proposable(request: web.Request, day: OneDay) -> dict[JurorCategory, tuple[tuple[str, str], ...]]:
    mine = [one.juror for one in request[DESK].body.pool.values()
            if one.standing is not Standing.RETIRED and day.state.provider in one.proposed_by]
    known = await parts.accounts(request).profiles(one.person for one in mine)
    named = sorted(((str(known[one.person].get("name", "")), one) for one in mine if one.person in known),
                   key=lambda one: one[0])
    return {category: tuple((one.person, name) for name, one in named if category in one.categories)
            for category in JurorCategory}


async def asking_view(request: web.Request, day: OneDay) -> FormView:
    asked = request[DESK].body.requests.get(day.state.id)
    proposed = asked.proposed if asked is not None and asked.open else ()
    before: dict[str, Any] = {one.category.value: one.person for one in proposed}
    return forms.view(request, await asking_form(request, day), f"{day.path}/jury", request.get(SENT), prefix="jury-",
                      **before)
