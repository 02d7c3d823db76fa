"""`days/{session}/add`: one candidate is put on a day's list by hand, at an hour that is proposed (R1.1, R4.4)."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from aiohttp import web

from evaluation.clashes import against
from evaluation.planner import free_slots
from evaluation.rules import N_
from evaluation.session.lengths import jury_day
from evaluation.slots import HOME, ZONES, Examinee, hour_on, local, slot_at
from server.http import forms
from server.http.bodies import FORM
from server.http.entry import entry
from server.http.form_fields import Choice, Hour, Listed
from server.http.forms import Form, Sent
from server.http.office.case_marks import marks_of
from server.http.office.day.against_hours import ANYWAY, asked_when_wrong, check_told
from server.http.office.day.fitting import Fit, Waiting, days_that_fit, enrolled, waiting_at
from server.http.office.day.laying import busy_beside
from server.http.office.day.one_day import HERE, OneDay, door, own_day
from server.http.office.day.plan_days import add, hearing_id
from server.http.office.door import show
from server.views.body.periods import short_day
from server.views.case_mark import CaseMark
from server.views.session.labels import MODES
from server.views.when import day_words

ADD: Final = Form((
    Listed("candidacy", N_("Candidat")),
    Hour("hour", N_("Heure de Paris"), N_("La première qui convient est proposée.")),
    Listed("zone", N_("Où sera la personne"), N_("Pour que son heure à elle soit convenable."),
           choices=tuple(ZONES.items())),
    Choice("mode", N_("Comment la personne est examinée"), choices=tuple(MODES.items())), ANYWAY),
    N_("Ajouter à cette journée"))


def fit_of(day: OneDay) -> Fit:
    of = day.state.framework
    return Fit(of.code, of.version, day.state.provider)


async def _people(request: web.Request, day: OneDay) -> tuple[tuple[Waiting, ...], tuple[Waiting, ...]]:
    """Who fits the day, and who waits for another one."""
    everybody = await waiting_at(request, [day.state.provider])
    mine = fit_of(day)
    return (tuple(one for one in everybody if one.fit == mine), tuple(one for one in everybody if one.fit != mine))


async def _form(request: web.Request, day: OneDay) -> Form:
    fitting, _others = await _people(request, day)
    marked = await marks_of(request, [one.candidacy for one in fitting])
    return ADD.choosing(candidacy=tuple((one.candidacy, _option(one, marked.get(one.candidacy))) for one in fitting))


def _option(one: Waiting, mark: CaseMark | None) -> str:
    return f"{one.name} ({mark.words})" if mark is not None else one.name


def _known(form: Form, day: OneDay) -> Form:
    """A form sent again names who is on the list by now."""
    listed = tuple((one.candidacy, day.name(one.candidate.person)) for one in day.in_order)
    return form.choosing(candidacy=(*form.fields[0].choices, *listed))


@entry(door)
async def show_add(request: web.Request) -> web.StreamResponse:
    """`GET days/{session}/add`."""
    return await _page(request, await own_day(request), None, 200)


async def _page(request: web.Request, day: OneDay, sent: Sent | None, status: int) -> web.Response:
    form = await _form(request, day)
    fitting, others = await _people(request, day)
    first: dict[str, Any] = {"hour": _proposed(day), "zone": HOME, "mode": "remote"}
    if len(fitting) == 1:
        first["candidacy"] = fitting[0].candidacy
    return await show(
        request, "office/day/add.html", status=status, here=HERE, path=day.path, title=day_words(day.date, day.locale),
        some=bool(fitting), others=await _elsewhere(request, day, others),
        form=forms.view(request, asked_when_wrong(form, sent), f"{day.path}/add", sent, **first))


def _proposed(day: OneDay) -> str:
    """The first hour of the day that has room for somebody without adjustment; empty for none."""
    there = jury_day(day.state)
    slot = next(free_slots(day.state.framework, Examinee("", ""), there), None)
    return f"{local(slot.starts_at, HOME):%H:%M}" if slot is not None else ""


async def _elsewhere(request: web.Request, day: OneDay, others: Sequence[Waiting]
                     ) -> list[tuple[str, str, str, CaseMark | None]]:
    """Name, what they are registered for, the days that fit, in words (R1.1), and the mark of an open case."""
    fitting = await days_that_fit(request, {one.fit for one in others})

    def words(one: Waiting) -> str:
        days = [short_day(date.fromisoformat(str(row.data["date"])), day.locale) for fit, row in fitting
                if fit == one.fit]
        return ", ".join(days) or day.say(N_("aucune journée n’est prévue"))

    marked = await marks_of(request, [one.candidacy for one in others])
    return [(one.name, f"{one.fit.code}, {one.fit.version}", words(one), marked.get(one.candidacy)) for one in others]


@entry(door, takes=(FORM,), most="limits.command_bytes")
async def add_one(request: web.Request) -> web.StreamResponse:
    """`POST days/{session}/add`."""
    day = await own_day(request)

    async def do(sent: Sent) -> str:
        candidacy = sent.values["candidacy"]
        if hearing_id(request, sent, candidacy) in day.state.hearings:
            return f"{day.path}?done=hearing-added#program"
        fitting, _others = await _people(request, day)
        waiting = next((one for one in fitting if one.candidacy == candidacy), None)
        if waiting is None:
            sent.refuse("candidacy", N_("Cette personne est déjà sur la liste de cette journée."))
            raise forms.Wrong
        one = await enrolled(request, waiting)
        starts_at, zone = hour_on(day.date, sent.values["hour"]), sent.values["zone"]
        there, slot = jury_day(day.state), slot_at(day.state.framework, one.examinee(zone), day.state.id, starts_at)
        busy = await busy_beside(request, {day.state.id: day.state}, {*slot.people, *there.jurors})
        check_told(day, sent, against(day.state.framework, slot, there, busy))
        await add(request, day.state, one, starts_at, zone, sent.values["mode"], sent)
        return f"{day.path}?done=hearing-added#program"

    return await forms.answer(request, _known(await _form(request, day), day), do,
                              lambda sent, status: _page(request, day, sent, status))
