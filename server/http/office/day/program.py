"""The candidates of a day and their hours."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from evaluation.rules import N_
from evaluation.session.phases import PRIVATE
from evaluation.session.state import Hearing
from server.http.office.day.one_day import OneDay
from server.http.office.day.sections import Missing, Section
from server.views.session.board import BEHIND_DOORS
from server.views.session.labels import PHASES
from server.views.when import hour_words, iso, lasting


@dataclass(frozen=True)
class HearingLine:
    """One candidate of the day. `extra` is the extra time in words, empty for none."""

    id: str
    at: str
    hour: str
    name: str
    blocks: str
    extra: str
    aids: Sequence[str]
    phase: str


@dataclass(frozen=True)
class Program:
    lines: Sequence[HearingLine]


async def section(request: web.Request, day: OneDay) -> Section:
    lines = [_line(day, one) for one in day.in_order]
    missing = () if lines else (Missing(day.say(N_("Aucun candidat n’est encore inscrit à cette journée.")),
                                        "#program"),)
    return Section("program", day.say(N_("Candidats et heures")), "_program.html", Program(lines), missing)


def _line(day: OneDay, hearing: Hearing) -> HearingLine:
    extra = sum(hearing.extra_seconds.values())
    return HearingLine(
        hearing.id, iso(hearing.starts_at), hour_words(hearing.starts_at, day.locale),
        day.name(hearing.candidate.person), ", ".join(hearing.blocks),
        day.say(N_("{time} de plus"), time=lasting(extra * 1000)) if extra else "",
        [day.name(one.person) for one in hearing.aids],
        day.say(BEHIND_DOORS if hearing.phase in PRIVATE else PHASES[hearing.phase]))
