"""What the organizer changes of a whole day: its date, who observes, who stands in for them, the order on the day."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web

from evaluation.body.access import PLANS
from evaluation.body.accrediting import agreed_on
from evaluation.codec import encode
from evaluation.deadlines import is_working_day
from evaluation.offices import runs
from evaluation.people import PersonId, Role, Seat
from evaluation.rules import N_
from evaluation.session.phases import Phase
from server.http import parts
from server.http.form_fields import Day, Field, Listed, Text
from server.http.forms import Form, Sent, Wrong
from server.http.office import citing
from server.http.office.acting import made_id
from server.http.office.day import common_failure
from server.http.office.day.acts_of_hearing import WHY, why
from server.http.office.day.day_acts import DayAct
from server.http.office.day.notices import tell_body
from server.http.office.day.one_day import OneDay, act_in
from server.http.office.days import ANYWAY, NO_AGREEMENT, observers_at
from server.http.office.door import DESK
from server.views.when import hour_words

# The date


async def _move_form(_request: web.Request, day: OneDay, _hearing: str) -> Form | None:
    if any(one.phase not in (Phase.SCHEDULED, Phase.CANCELLED) for one in day.state.hearings.values()):
        return None
    told = any(one.notice is not None for one in day.state.hearings.values())
    reasons: tuple[Field, ...] = (WHY,) if told else ()
    return Form((Day("date", N_("Nouveau jour"), N_("Chaque candidat garde son heure.")), ANYWAY, *reasons),
                N_("Déplacer la journée"), sure=told)


async def _move(request: web.Request, day: OneDay, _hearing: str, sent: Sent) -> None:
    if not is_working_day(sent.values["date"]) and not sent.values[ANYWAY.name]:
        sent.refuse(ANYWAY.name, N_("Choisissez un autre jour, ou dites que c’est voulu."))
        raise Wrong
    provider = request[DESK].body.providers[day.state.provider]
    agreed = agreed_on(provider, sent.values["date"])
    if agreed is None:
        sent.refuse("date", NO_AGREEMENT)
        raise Wrong
    await act_in(request, day, "MoveDay", {
        "date": sent.values["date"].isoformat(), "agreement": await citing.of_body(request, agreed.position),
        **why(sent)}, sent)
    await tell_body(request, day, sent)


# The order, on the day


async def _order_form(_request: web.Request, day: OneDay, _hearing: str) -> Form | None:
    waiting = _waiting(day)
    if len(waiting) < 2:
        return None
    hours = [hour_words(one.starts_at, day.locale) for one in waiting]
    choices = tuple((one.id, day.name(one.candidate.person)) for one in waiting)
    fields = tuple(Listed(f"place{n}", hour, choices=choices, own=True) for n, hour in enumerate(hours))
    told = any(one.notice is not None for one in waiting)
    return Form((*fields, *((WHY,) if told else ())), N_("Enregistrer cet ordre"))


def _waiting(day: OneDay) -> list[Any]:
    return [one for one in day.in_order if one.phase is Phase.SCHEDULED]


def _order_now(day: OneDay, _hearing: str) -> Mapping[str, Any]:
    return {f"place{n}": one.id for n, one in enumerate(_waiting(day))}


async def _order(request: web.Request, day: OneDay, _hearing: str, sent: Sent) -> None:
    wanted = [sent.values[f"place{n}"] for n, _one in enumerate(_waiting(day))]
    for n, one in enumerate(wanted):
        if one in wanted[:n]:
            sent.refuse(f"place{n}", N_("Cette personne a déjà une heure : chacune n’en a qu’une."))
    if sent.wrong:
        raise Wrong
    await act_in(request, day, "ReorderHearings", {"hearings": wanted, **why(sent)}, sent)


# Observers


async def _observer_form(request: web.Request, day: OneDay, _hearing: str) -> Form | None:
    there = {one.person for one in day.state.seats()}
    free = tuple((person, name) for person, name in (await observers_at(request)).items() if person not in there)
    form = Form((Listed("who", N_("Observateur")),), N_("Ajouter cet observateur"))
    return form.choosing(who=free) if free else None


async def _add_observer(request: web.Request, day: OneDay, _hearing: str, sent: Sent) -> None:
    seat = Seat(made_id(request, sent, "seat observer"), sent.values["who"], Role.OBSERVER)
    await act_in(request, day, "AddObserver", {"observer": encode(seat)}, sent)


async def _observers_form(_request: web.Request, day: OneDay, _hearing: str) -> Form | None:
    form = Form((Listed("seat", N_("Observateur")),), N_("Retirer cet observateur"), sure=True)
    named = tuple((one.id, day.name(one.person)) for one in day.state.observers)
    return form.choosing(seat=named) if named else None


async def _remove_observer(request: web.Request, day: OneDay, _hearing: str, sent: Sent) -> None:
    await act_in(request, day, "RemoveObserver", {"seat": sent.values["seat"]}, sent)


# Deputies


async def _deputy_form(request: web.Request, day: OneDay, _hearing: str) -> Form | None:
    known = await parts.accounts(request).profiles(_may_stand_in(request, day))
    named = tuple(sorted(((person, str(profile["name"])) for person, profile in known.items()), key=lambda one: one[1]))
    form = Form((Listed("who", N_("Qui"), N_("Une personne qui a la fonction de responsable ou de suppléant dans "
                                                "votre organisme.")),), N_("Nommer cette personne"))
    return form.choosing(who=named) if named else None


def _may_stand_in(request: web.Request, day: OneDay) -> Mapping[PersonId, str]:
    """By person, the office under which they would."""
    at, there = request[DESK], {one.person for one in day.state.seats()}
    return {one.person: one.id for one in at.body.all_offices()
            if one.role in PLANS and one.provider == day.state.provider and runs(one.since, one.until, at.today)
            and one.person not in there}


async def _name_deputy(request: web.Request, day: OneDay, _hearing: str, sent: Sent) -> None:
    person = sent.values["who"]
    office = request[DESK].body.offices[_may_stand_in(request, day)[person]]
    seat = Seat(made_id(request, sent, "seat deputy"), person, Role.ORGANIZER)
    granted = await citing.of_body(request, office.position)
    await act_in(request, day, "NameDeputy", {"deputy": encode(seat), "office": granted}, sent)


async def _deputies_form(_request: web.Request, day: OneDay, _hearing: str) -> Form | None:
    form = Form((Listed("seat", N_("Suppléance")),), N_("Mettre fin à cette suppléance"), sure=True)
    named = tuple((one.id, day.name(one.person)) for one in day.deputies)
    return form.choosing(seat=named) if named else None


async def _dismiss_deputy(request: web.Request, day: OneDay, _hearing: str, sent: Sent) -> None:
    await act_in(request, day, "DismissDeputy", {"seat": sent.values["seat"]}, sent)


# Where


async def _place_form(_request: web.Request, _day: OneDay, _hearing: str) -> Form | None:
    return Form((Text("words", N_("Adresse, bâtiment, salle"), N_("Pour qui vient sur place."), lines=3, most=500),),
                N_("Enregistrer le lieu"))


async def _place(request: web.Request, day: OneDay, _hearing: str, sent: Sent) -> None:
    await act_in(request, day, "NamePlace", {"words": sent.values["words"]}, sent)


ACTS: Final = (
    common_failure.ACT,
    DayAct("order", N_("Changer l’ordre des candidats"), _order_form, _order, "reordered", _order_now),
    DayAct("date", N_("Changer de jour"), _move_form, _move, "day-moved",
           lambda day, _hearing: {"date": day.state.date}),
    DayAct("place", N_("Dire où l’on vient"), _place_form, _place, "place-named"),
    DayAct("observer", N_("Ajouter un observateur"), _observer_form, _add_observer, "observer-added"),
    DayAct("observer-end", N_("Retirer un observateur"), _observers_form, _remove_observer, "observer-removed"),
    DayAct("deputy", N_("Nommer une suppléance"), _deputy_form, _name_deputy, "deputy-named"),
    DayAct("deputy-end", N_("Mettre fin à une suppléance"), _deputies_form, _dismiss_deputy, "deputy-dismissed"),
)
