"""The candidates of a day and their hours."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from evaluation.clashes import conflicts
from evaluation.deadlines import notice_due
from evaluation.rules import N_
from evaluation.session.lengths import jury_day, slot_of
from evaluation.session.phases import PRIVATE, TO_CALL
from evaluation.session.state import Hearing
from evaluation.slots import HOME, ZONES, local
from server.http.office.day.fitting import Fit, waiting_at
from server.http.office.day.laid_view import Said, Words
from server.http.office.day.laying import busy_beside
from server.http.office.day.one_day import OneDay
from server.http.office.day.sections import Missing, Section
from server.views.candidacy.adjustment_words import AIDS
from server.views.case_mark import CaseMark
from server.views.session.board import BEHIND_DOORS
from server.views.session.labels import MODES, PHASES
from server.views.when import hour_words, iso, lasting


@dataclass(frozen=True)
class HearingLine:
    """One candidate of the day; `href` is the hearing's page. `until` is when the jury has deliberated; `there` is the
    candidate's own hour where it is another; `extra` is the extra time; each empty for none. `said` is what stands
    against the hour."""

    href: str
    at: str
    hour: str
    until: str
    there: str
    name: str
    mode: str
    blocks: str
    extra: str
    aids: Sequence[str]
    phase: str
    said: Sequence[Said] = ()
    mark: CaseMark | None = None


@dataclass(frozen=True)
class Program:
    """`said` is what stands against the whole day; `waiting` is how many candidates it would fit."""

    lines: Sequence[HearingLine]
    said: Sequence[Said]
    waiting: int


async def section(request: web.Request, day: OneDay) -> Section:
    there = jury_day(day.state)
    people = {*there.jurors, *(one for slot in there.stands for one in slot.people)}
    busy = await busy_beside(request, {day.state.id: day.state}, people) if not day.state.closed else ()
    found = conflicts(day.state.framework, (there,), busy) if not day.state.closed else ()
    words = Words(day.locale, {one.id: day.name(one.candidate.person) for one in day.in_order}, day.people)
    lines = [line(day, one, words.all(each for each in found if each.key == one.id)) for one in day.in_order]
    missing = _without_aid(day) if lines else (
        Missing(day.say(N_("Aucun candidat n’est encore sur la liste de cette journée.")), "#program",
                notice_due(day.state.framework, day.date)),)
    shown = Program(lines, words.all(one for one in found if one.key is None), await _waiting(request, day))
    return Section("program", day.say(N_("Candidats et heures")), "_program.html", shown, missing)


def _without_aid(day: OneDay) -> tuple[Missing, ...]:
    """An aid was decided, and nobody has their seat yet (R10.1)."""
    return tuple(
        Missing(day.say(N_("Une aide est décidée pour {name} ({who}) : donnez-lui une place."),
                        name=day.name(one.candidate.person), who=day.say(AIDS[one.aid_kind])), "#program")
        for one in day.in_order if one.aid_kind is not None and not one.aids and one.phase in TO_CALL)


async def _waiting(request: web.Request, day: OneDay) -> int:
    if not day.acts:
        return 0
    of = day.state.framework
    fit = Fit(of.code, of.version, day.state.provider)
    return sum(one.fit == fit for one in await waiting_at(request, [day.state.provider]))


def line(day: OneDay, hearing: Hearing, said: Sequence[Said] = ()) -> HearingLine:
    extra, slot = sum(hearing.extra_seconds.values()), slot_of(day.state, hearing)
    there = day.say(N_("{hour} ({zone})"), hour=f"{local(hearing.starts_at, hearing.zone):%H:%M}",
                    zone=day.say(ZONES.get(hearing.zone, hearing.zone))) if hearing.zone != HOME else ""
    return HearingLine(
        f"{day.path}/hearings/{hearing.id}", iso(hearing.starts_at), hour_words(hearing.starts_at, day.locale),
        day.say(N_("jusqu’à {hour}"), hour=hour_words(slot.ends_at, day.locale)), there,
        day.name(hearing.candidate.person), day.say(MODES[hearing.mode]), ", ".join(hearing.blocks),
        day.say(N_("{time} de plus"), time=lasting(extra * 1000)) if extra else "",
        [day.name(one.person) for one in hearing.aids],
        day.say(BEHIND_DOORS if hearing.phase in PRIVATE else PHASES[hearing.phase]), said,
        day.case_marks.get(hearing.id))
