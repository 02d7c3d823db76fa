"""Notices to attend (R4.2, R4.4): who was told, what became of it, everybody convened at once; and, for one candidate,
what was done beside the letter."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from evaluation.deadlines import day_of, notice_due
from evaluation.people import Role, SeatId
from evaluation.rules import N_
from evaluation.session.hearing_parts import Notice
from evaluation.session.notice_rules import (
    examined_at,
    follow_up_from,
    has_agreed_to_move,
    is_late,
    notice_to,
    standing,
    status,
    to_convene,
)
from evaluation.session.phases import TO_CALL, Phase
from evaluation.session.state import BODY_TOLD, Hearing
from evaluation.session.terms import NoticeStatus
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Choice, Text
from server.http.forms import Form, Sent
from server.http.office import mass
from server.http.office.acting import made_id
from server.http.office.day.one_day import HERE, OneDay, act_in, door, one_day, own_day
from server.http.office.day.sections import Missing, Section
from server.http.office.door import not_there, show
from server.http.office.mass import MassView
from server.people.convening import CONVENE
from server.views.case_mark import CaseMark
from server.views.form import FormView
from server.views.session.labels import ADMISSIONS, role_words
from server.views.table import Cell
from server.views.when import moment_words

ALL: Final = Form((), N_("Convoquer tout le monde"))
FOLLOW_UP: Final = Form((
    Choice("means", N_("Comment"),
           choices=(("call", N_("Un appel")), ("registered_letter", N_("Une lettre recommandée")))),
    Text("words", N_("Ce qui a été dit ou envoyé"), lines=3, most=2000)), N_("Noter ce suivi"))
LATE: Final = Form((
    Text("agreed", N_("Accord du candidat"), N_("Quand et comment il a accepté un délai plus court."), lines=2,
         most=2000),
    Text("words", N_("Pourquoi la convocation est tardive"), lines=2, most=2000)), N_("Enregistrer l’accord"))
STATES: Final[Mapping[NoticeStatus | None, tuple[str, str, str]]] = {
    None: (N_("à convoquer"), "", ""), "given": (N_("en cours d’envoi"), "info", "clock"),
    "taken": (N_("envoyée"), "info", "mail"), "late": (N_("envoyée trop tard"), "bad", "alert"),
    "refused": (N_("refusée par le courrier"), "bad", "alert"), "returned": (N_("revenue"), "bad", "alert"),
    "acknowledged": (N_("confirmée"), "ok", "check-o"), "moved": (N_("à refaire : l’heure a changé"), "warn", "alert"),
    "agreed": (N_("déplacée avec son accord"), "ok", "check-o"),
}
"""Words, colour and icon of each state of a notice."""


@dataclass(frozen=True)
class NoticeLine:
    """`href` leads to what can be done for a candidate."""

    name: str
    role: str
    state: Cell
    told: tuple[str, ...]
    href: str
    mark: CaseMark | None


@dataclass(frozen=True)
class Notices:
    lines: tuple[NoticeLine, ...]
    form: FormView | None
    waiting: int
    progress: MassView | None


async def section(request: web.Request, day: OneDay) -> Section:
    wanted = to_convene(day.state)
    seen = await mass.progress(request, day.state.id, CONVENE, _names(day), f"{day.path}#notices")
    gives = day.acts and wanted and not (seen is not None and seen.goes_on)
    form = forms.view(request, ALL, f"{day.path}/notices/give", prefix="convene-") if gives else None
    shown = Notices(tuple(_line(day, seat) for seat in _addressees(day)), form, len(wanted), seen)
    return Section("notices", day.say(N_("Convocations")), "_notices.html", shown, _missing(day))


def _addressees(day: OneDay) -> tuple[SeatId, ...]:
    """Candidates by their hours, then the others who attend, then the awarding body; nobody before anybody is listed.
    """
    candidates = [one.candidate.id for one in day.in_order]
    others = [one.id for one in day.state.seats() if one.role is not Role.CANDIDATE
              and (one.id, None) not in day.state.replaced]
    return (*candidates, *others, BODY_TOLD) if candidates else ()


def _names(day: OneDay) -> dict[str, str]:
    return {**{one.id: day.name(one.person) for one in day.state.seats()},
            BODY_TOLD: day.say(N_("L’organisme certificateur"))}


def _line(day: OneDay, seat: SeatId) -> NoticeLine:
    found, hearing = day.state.seat(seat), examined_at(day.state, seat)
    role = ""
    if found is not None:
        role = day.say(role_words(found, str(day.people.get(found.person, {}).get("sex") or "")))
    held = hearing is not None and hearing.phase in TO_CALL and hearing.admission != "admitted"
    words, colour, icon = (ADMISSIONS[hearing.admission], "bad", "alert") if hearing and held else STATES[
        status(day.state, seat)]
    state = Cell(day.say(words), state=colour, icon=icon)  # pyright: ignore[reportArgumentType]
    href = f"{day.path}/notices/{hearing.id}" if hearing is not None and day.acts else ""
    mark = day.case_marks.get(hearing.id) if hearing is not None else None
    return NoticeLine(_names(day)[seat], role, state, _told(day, seat), href, mark)


def _told(day: OneDay, seat: SeatId) -> tuple[str, ...]:
    """What became of it, in the order in which it happened."""
    notice = notice_to(day.state, seat)
    if notice is None:
        return ()
    happened = [(at, text) for text, at in (
        (N_("Prise par le courrier : {at}"), notice.taken_at), (N_("Échec : {at} ({why})"), notice.bounced_at),
        (N_("Confirmée : {at}"), notice.acknowledged_at),
        *((CALLED if one.means == "call" else WRITTEN, one.at) for one in notice.follow_ups),
        (N_("Lieu ou mode changé : écrit de nouveau, {at}"), notice.changed_at)) if at is not None]
    said = [day.say(text, at=moment_words(at, day.now, day.locale), why=notice.why)
            for at, text in sorted(happened, key=lambda one: one[0])]
    return (*said, *((day.say(N_("Une coupure a pu la faire partir deux fois.")),) if notice.twice else ()))


CALLED, WRITTEN = N_("Appel : {at}"), N_("Lettre recommandée : {at}")


def _missing(day: OneDay) -> tuple[Missing, ...]:
    last, found = notice_due(day.state.framework, day.date), list[Missing]()
    to_do = [one for one in day.in_order if one.phase is Phase.SCHEDULED and one.admission == "admitted"]
    without = [one for one in to_do
               if standing(day.state, one.candidate.id) is None and not has_agreed_to_move(day.state, one)]
    if without:
        said = day.ngettext("{num} candidat n’est pas convoqué.", "{num} candidats ne sont pas convoqués.",
                            len(without), num=len(without))
        found.append(Missing(said, "#notices", last))
    for one in to_do:
        notice = standing(day.state, one.candidate.id)
        if notice is not None:
            found += _of_notice(day, one, notice)
    return tuple(found)


def _of_notice(day: OneDay, hearing: Hearing, notice: Notice) -> list[Missing]:
    name, href = day.name(hearing.candidate.person), f"{day.path}/notices/{hearing.id}"
    if is_late(day.state.framework, notice):
        return [Missing(day.say(N_("La convocation de {name} est partie trop tard : il faut son accord, ou une autre "
                                   "date."), name=name), href)]
    due_at = follow_up_from(day.state.framework, notice)
    if due_at is None or due_at > day.now:
        return []
    said = N_("La convocation de {name} n’est pas arrivée.") if notice.bounce is not None else N_(
        "{name} n’a pas confirmé sa convocation : appelez, ou envoyez une lettre recommandée.")
    return [Missing(day.say(said, name=name), href, day_of(due_at))]


# Everybody at once


@entry(door, takes=ALL.types, most=ALL.most)
async def give_all(request: web.Request) -> web.StreamResponse:
    """`POST days/{session}/notices/give`: begun here, carried out beside the pages."""
    day = await own_day(request)

    async def do(sent: Sent) -> str:
        assert day.mine is not None
        act = made_id(request, sent, "mass act")
        await request.app[parts.MASS_ACTS].begin(act, CONVENE, day.state.id, day.mine.id, to_convene(day.state))
        request.app[parts.MASS].wake()
        return f"{day.path}?done=convening#notices"

    async def again(_sent: Sent, _status: int) -> web.Response:
        raise not_there()

    return await forms.answer(request, ALL, do, again)


async def tell_body(request: web.Request, day: OneDay, sent: Sent) -> None:
    """R4.4: the awarding body is told of a day that has moved, where the day had been announced to it."""
    assert day.mine is not None
    if notice_to(day.state, BODY_TOLD) is None:
        return
    act = made_id(request, sent, "the awarding body is told")
    await request.app[parts.MASS_ACTS].begin(act, CONVENE, day.state.id, day.mine.id, [BODY_TOLD])
    request.app[parts.MASS].wake()


# One candidate's


@entry(door)
async def show_notice(request: web.Request) -> web.StreamResponse:
    """`GET days/{session}/notices/{hearing}`."""
    return await _notice_page(request, await one_day(request), 200)


def _of(request: web.Request, day: OneDay) -> Hearing:
    found = day.state.hearings.get(request.match_info["hearing"])
    if found is None:
        raise not_there()
    return found


async def _notice_page(request: web.Request, day: OneDay, status_code: int, follow: Sent | None = None,
                       late: Sent | None = None) -> web.Response:
    hearing = _of(request, day)
    address, held = f"{day.path}/notices/{hearing.id}", standing(day.state, hearing.candidate.id)
    context: dict[str, Any] = {"line": _line(day, hearing.candidate.id), "path": f"{day.path}#notices",
                               "follow_up": None, "late": None, "given": held is not None}
    if day.acts and held is not None:
        context["follow_up"] = forms.view(request, FOLLOW_UP, f"{address}/follow-up", follow, prefix="follow-")
    if day.acts and _may_agree(day, hearing, held):
        context["late"] = forms.view(request, LATE, f"{address}/late", late, prefix="late-")
    return await show(request, "office/day/notice.html", status=status_code, here=HERE, **context)


def _may_agree(day: OneDay, hearing: Hearing, held: Notice | None) -> bool:
    """Whether an agreement to less time than is owed is to be recorded: with a notice that left too late, or before one
    that would."""
    if held is not None and held.bounce is None:
        return is_late(day.state.framework, held)
    if has_agreed_to_move(day.state, hearing):
        return False
    return hearing.phase is Phase.SCHEDULED and day.today > notice_due(day.state.framework, day.date)


@entry(door, takes=FOLLOW_UP.types, most=FOLLOW_UP.most)
async def follow_up(request: web.Request) -> web.StreamResponse:
    """`POST days/{session}/notices/{hearing}/follow-up`."""
    day = await own_day(request)
    hearing = _of(request, day)

    async def do(sent: Sent) -> str:
        await act_in(request, day, "FollowUpNotice", {"hearing": hearing.id, **sent.values}, sent)
        return f"{day.path}?done=followed-up#notices"

    return await forms.answer(request, FOLLOW_UP, do,
                              lambda sent, status: _notice_page(request, day, status, follow=sent))


@entry(door, takes=LATE.types, most=LATE.most)
async def agree(request: web.Request) -> web.StreamResponse:
    """`POST days/{session}/notices/{hearing}/late`: the agreement to a notice that left late; or the notice itself,
    where it has not left."""
    day = await own_day(request)
    hearing = _of(request, day)

    async def do(sent: Sent) -> str:
        held, fields = standing(day.state, hearing.candidate.id), {"hearing": hearing.id, **sent.values}
        if held is not None and held.bounce is None:
            await act_in(request, day, "AgreeToLateNotice", fields, sent)
        else:
            agreement = await request.app[parts.CONVENING].agreement(day.state)
            await act_in(request, day, "GiveNotice", {**fields, "agreement": agreement}, sent)
        return f"{day.path}?done=late-agreed#notices"

    return await forms.answer(request, LATE, do, lambda sent, status: _notice_page(request, day, status, late=sent))
