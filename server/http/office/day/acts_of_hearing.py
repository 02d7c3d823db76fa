"""What the organizer changes of one candidate's hearing: its hour, how it is held, who comes along, whether at all."""
from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from aiohttp import web

from evaluation.clashes import against
from evaluation.codec import encode
from evaluation.deadlines import day_of
from evaluation.people import Role, Seat
from evaluation.rules import N_
from evaluation.session.lengths import examinee_of, jury_day
from evaluation.session.phases import TO_CALL
from evaluation.session.state import Hearing
from evaluation.slots import HOME, hour_on, local, slot_at
from server.http.form_fields import Choice, Day, Field, Hour, Listed, Number, Text
from server.http.forms import Form, Sent
from server.http.office.acting import made_id
from server.http.office.day.against_hours import ANYWAY, check_told
from server.http.office.day.day_acts import DayAct
from server.http.office.day.laying import busy_beside
from server.http.office.day.one_day import OneDay, act_in
from server.http.office.persons import PERSON, kept_with, naming
from server.views.session.labels import MODES

WHY: Final = Text("words", N_("Pourquoi"), N_("La personne a déjà sa convocation : le motif lui est dit."), lines=2,
                  most=2000)
HOUR: Final = Hour("hour", N_("Nouvelle heure de Paris"))
MODE: Final = Choice("mode", N_("Comment la personne est examinée"), choices=tuple(MODES.items()))


def hearing_of(day: OneDay, hearing: str) -> Hearing:
    return day.state.hearings[hearing]


def _to_come(day: OneDay, hearing: str) -> bool:
    return hearing_of(day, hearing).phase in TO_CALL


def reasons(day: OneDay, hearing: str) -> tuple[Field, ...]:
    """What a change needs once the candidate has been given notice (R4.4)."""
    return (WHY,) if hearing_of(day, hearing).notice is not None else ()


def why(sent: Sent) -> dict[str, object]:
    """The reason, where it was asked for."""
    return {"words": sent.values["words"]} if "words" in sent.values else {}


def _form(send: str, *fields: Field, reasoned: bool = False, sure: bool = False
          ) -> Callable[[web.Request, OneDay, str], Awaitable[Form | None]]:
    async def form(_request: web.Request, day: OneDay, hearing: str) -> Form | None:
        if not _to_come(day, hearing):
            return None
        more = reasons(day, hearing) if reasoned else ()
        return Form((*fields, *more), send, sure)

    return form


# The hour


async def _move(request: web.Request, day: OneDay, hearing: str, sent: Sent) -> None:
    starts_at = hour_on(day.date, sent.values["hour"])
    await check_hour(request, day, hearing, starts_at, sent)
    await act_in(request, day, "MoveHearing", {"hearing": hearing, "starts_at": starts_at, **why(sent)}, sent)


async def check_hour(request: web.Request, day: OneDay, hearing: str, starts_at: int, sent: Sent) -> None:
    """Wrong for an hour that something stands against, until it is meant."""
    there = jury_day(day.state)
    slot = slot_at(day.state.framework, examinee_of(hearing_of(day, hearing)), day.state.id, starts_at)
    busy = await busy_beside(request, {day.state.id: day.state}, {*slot.people, *there.jurors})
    check_told(day, sent, against(day.state.framework, slot, there, busy))


def _hour_now(day: OneDay, hearing: str) -> Mapping[str, Any]:
    return {"hour": f"{local(hearing_of(day, hearing).starts_at, HOME):%H:%M}"}


# The candidate's agreement to another day


async def _agree_form(_request: web.Request, day: OneDay, hearing: str) -> Form | None:
    if not _to_come(day, hearing) or hearing_of(day, hearing).notice is None:
        return None
    return Form((Day("date", N_("Le jour accepté")),
                 Text("words", N_("Comment la personne l’a dit"), lines=2, most=2000)), N_("Enregistrer son accord"))


async def _agree(request: web.Request, day: OneDay, hearing: str, sent: Sent) -> None:
    await act_in(request, day, "AgreeToMove", {
        "hearing": hearing, "date": sent.values["date"].isoformat(), "words": sent.values["words"]}, sent)


# Late, on the day


async def _late_form(_request: web.Request, day: OneDay, hearing: str) -> Form | None:
    if not _to_come(day, hearing) or day_of(hearing_of(day, hearing).starts_at) != day.today:
        return None
    return Form((Number("minutes", N_("De combien de minutes"),
                        N_("L’épreuve commence d’autant plus tard ; celles qui la suivent aussi, s’il le faut.")),
                 *reasons(day, hearing)), N_("Noter le retard"))


async def _late(request: web.Request, day: OneDay, hearing: str, sent: Sent) -> None:
    fields = {"hearing": hearing, "minutes": sent.values["minutes"], **why(sent)}
    await act_in(request, day, "PutOffHearing", fields, sent)


# How it is held


async def _mode(request: web.Request, day: OneDay, hearing: str, sent: Sent) -> None:
    await act_in(request, day, "ChangeMode", {"hearing": hearing, "mode": sent.values["mode"], **why(sent)}, sent)


# Who comes along


async def _add_aid(request: web.Request, day: OneDay, hearing: str, sent: Sent) -> None:
    async with naming(request, sent) as named:
        seat = Seat(made_id(request, sent, "seat aid"), named.person, Role.AID, hearing=hearing)
        await act_in(request, day, "AddAid", {"hearing": hearing, "aid": encode(seat)}, sent,
                     kept_with(request, named))


async def _aid_form(_request: web.Request, day: OneDay, hearing: str) -> Form | None:
    aids = hearing_of(day, hearing).aids
    if not aids or not _to_come(day, hearing):
        return None
    form = Form((Listed("seat", N_("Aide")),), N_("Retirer cette aide"), sure=True)
    return form.choosing(seat=tuple((one.id, day.name(one.person)) for one in aids))


async def _remove_aid(request: web.Request, day: OneDay, hearing: str, sent: Sent) -> None:
    await act_in(request, day, "RemoveAid", {"hearing": hearing, "seat": sent.values["seat"]}, sent)


# Not on this day


async def _remove(request: web.Request, day: OneDay, hearing: str, sent: Sent) -> None:
    await act_in(request, day, "CancelHearing", {"hearing": hearing, **why(sent)}, sent)


async def _remove_form(_request: web.Request, day: OneDay, hearing: str) -> Form | None:
    if not _to_come(day, hearing):
        return None
    return Form(reasons(day, hearing)[:1], N_("Annuler cette épreuve"), sure=True)


ACTS: Final = (
    DayAct("late", N_("Arrivée tardive"), _late_form, _late, "late-noted"),
    DayAct("move", N_("Changer l’heure"), _form(N_("Changer l’heure"), HOUR, ANYWAY, reasoned=True), _move,
           "hearing-moved", _hour_now),
    DayAct("agreed", N_("Le candidat accepte un autre jour"), _agree_form, _agree, "move-agreed"),
    DayAct("mode", N_("À distance ou sur place"), _form(N_("Enregistrer"), MODE, reasoned=True), _mode, "mode-changed",
           lambda day, hearing: {"mode": hearing_of(day, hearing).mode}),
    DayAct("aid", N_("Ajouter une aide humaine"), _form(N_("Ajouter cette aide"), *PERSON), _add_aid, "aid-added"),
    DayAct("aid-end", N_("Retirer une aide humaine"), _aid_form, _remove_aid, "aid-removed"),
    DayAct("cancel", N_("Annuler cette épreuve"), _remove_form, _remove, "hearing-removed"),
)
