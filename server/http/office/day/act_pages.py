"""`days/{session}/change` and `days/{session}/hearings/{hearing}`: what can still be changed of a day, and of one
candidate's hearing (R4.4). Each act is a form of its page."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from server.http import forms
from server.http.bodies import FORM
from server.http.entry import entry
from server.http.forms import Sent
from server.http.login import see_other
from server.http.office.day import acts_of_day, acts_of_hearing, program
from server.http.office.day.against_hours import asked_when_wrong
from server.http.office.day.day_acts import DayAct
from server.http.office.day.one_day import HERE, OneDay, door, one_day, own_day
from server.http.office.door import not_there, show
from server.views.form import FormView
from server.views.when import day_words

OF_DAY: Final = "change"


@dataclass(frozen=True)
class Opened:
    """One act's form on its page. `open`: it is the one that was sent, and is shown again."""

    name: str
    title: str
    form: FormView
    open: bool


def _place(request: web.Request, day: OneDay) -> tuple[str, Sequence[DayAct], str]:
    """The hearing that the address names, empty for the day itself; its acts; the address of its page. Problem 404 for
    a hearing that is not there."""
    hearing = request.match_info.get("hearing")
    if hearing is None:
        return "", acts_of_day.ACTS, f"{day.path}/{OF_DAY}"
    if hearing not in day.state.hearings:
        raise not_there()
    return hearing, acts_of_hearing.ACTS, f"{day.path}/hearings/{hearing}"


@entry(door)
async def show_acts(request: web.Request) -> web.StreamResponse:
    """`GET days/{session}/change` and `GET days/{session}/hearings/{hearing}`."""
    day = await one_day(request)
    if "hearing" not in request.match_info and not day.acts:
        raise not_there()
    return await _page(request, day, "", None, 200)


async def _page(request: web.Request, day: OneDay, sent_act: str, sent: Sent | None, status: int) -> web.Response:
    hearing, acts, path = _place(request, day)
    opened = [await _opened(request, day, one, hearing, path, sent if one.name == sent_act else None)
              for one in acts] if day.acts else []
    title = day_words(day.date, day.locale)
    return await show(
        request, "office/day/acts.html", status=status, here=HERE, day=day, path=day.path, title=title,
        line=program.line(day, day.state.hearings[hearing]) if hearing else None,
        acts=[one for one in opened if one is not None], failed=sent is not None)


async def _opened(request: web.Request, day: OneDay, act: DayAct, hearing: str, path: str, sent: Sent | None
                  ) -> Opened | None:
    form = await act.form(request, day, hearing)
    if form is None:
        return None
    asked = asked_when_wrong(form, sent)
    shown = forms.view(request, asked, f"{path}/{act.name}", sent, seen=day.state.position, prefix=f"{act.name}-",
                       **act.first(day, hearing))
    return Opened(act.name, day.say(act.title), shown, sent is not None)


@entry(door, takes=(FORM,), most="limits.command_bytes")
async def do_act(request: web.Request) -> web.StreamResponse:
    """`POST days/{session}/change/{act}` and `POST days/{session}/hearings/{hearing}/{act}`. Problem 404 for an act
    that is not of the page; what cannot be done any more leads back to the page as it is now."""
    day, wanted = await own_day(request), request.match_info["act"]
    hearing, acts, path = _place(request, day)
    act = next((one for one in acts if one.name == wanted), None)
    if act is None:
        raise not_there()
    form = await act.form(request, day, hearing)
    if form is None:
        return see_other(path)

    async def do(sent: Sent) -> str:
        await act.does(request, day, hearing, sent)
        return f"{path}?done={act.done}"

    async def again(sent: Sent, status: int) -> web.Response:
        return await _page(request, day, act.name, sent, status)

    return await forms.answer(request, form, do, again)
