"""Candidates laid over days, before anything is decided: where each was put by hand, the others where the planner
proposes, and what stands against it in words. Nothing of it is kept."""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from aiohttp import web

from evaluation.clashes import Conflict, conflicts
from evaluation.durations import HOUR
from evaluation.people import PersonId
from evaluation.planner import Left, lay
from evaluation.session.lengths import jury_day
from evaluation.session.state import SessionState
from evaluation.slots import HOME, MINUTE, Busy, Examinee, JuryDay, Slot, hour_on, is_zone, local, on_step, slot_at
from server.http import parts
from server.http.office.day.fitting import Enrolled

FROM_THE_START = "first"
"""What stands in the place of a hearing's key for who is put before all others."""


@dataclass(frozen=True)
class Wish:
    """Where somebody put a candidate: on which day, at which hour (HH:MM as typed). `keep`: the others make room."""

    session: str
    hour: str
    zone: str = HOME
    keep: bool = False


@dataclass(frozen=True)
class Draft:
    """`days` hold what stands already and what is drafted; `drafted` are the slots of the candidates by key, `left` who
    found no place; `unread` are those whose hour cannot be read."""

    states: Mapping[str, SessionState]
    enrolled: Mapping[str, Enrolled]
    wishes: Mapping[str, Wish]
    days: tuple[JuryDay, ...]
    drafted: Mapping[str, Slot]
    left: tuple[Left, ...]
    unread: frozenset[str]
    conflicts: tuple[Conflict, ...]

    @property
    def shown(self) -> str:
        """What stands against it, as one short text: a form that bears it was sent by who has read it."""
        said = sorted(f"{one.kind} {one.session} {one.key} {','.join(one.others)}" for one in self.conflicts)
        return sha256("\n".join(said).encode()).hexdigest()[:16]

    def of(self, key: str) -> tuple[Conflict, ...]:
        return tuple(one for one in self.conflicts if one.key == key)


async def drafted(request: web.Request, states: Sequence[SessionState], people: Sequence[Enrolled],
                  wishes: Mapping[str, Wish]) -> Draft:
    """Of days of one certification and version, at least one."""
    framework, known = states[0].framework, {one.id: one for one in states}
    days = {one.id: jury_day(one) for one in states}
    slots, unread, rest = dict[str, Slot](), set[str](), list[Examinee]()
    for one in people:
        key = one.waiting.candidacy
        wish = wishes.get(key, Wish("", ""))
        examinee = one.examinee(wish.zone if is_zone(wish.zone) else HOME)
        if wish.session not in days:
            rest += [examinee] if key not in wishes or wish.hour == "" else []
        elif not HOUR.fullmatch(wish.hour):
            unread.add(key)
        else:
            day = days[wish.session]
            slots[key] = slot_at(framework, examinee, day.session, hour_on(day.day, wish.hour))
            days[wish.session] = day.with_slot(slots[key])
    busy = await busy_beside(request, known, _everybody(days.values(), people))
    plan = lay(framework, rest, tuple(days.values()), busy)
    slots |= {one.key: one for one in plan.slots}
    return Draft(known, {one.waiting.candidacy: one for one in people}, wishes, plan.days, slots, plan.left,
                 frozenset(unread), conflicts(framework, plan.days, busy))


def _everybody(days: Iterable[JuryDay], people: Iterable[Enrolled]) -> set[PersonId]:
    there = {person for day in days for person in (*day.jurors, *(one for slot in day.stands for one in slot.people))}
    return there | {one.waiting.person for one in people}


async def busy_beside(request: web.Request, states: Mapping[str, SessionState], people: Iterable[PersonId]
                      ) -> tuple[Busy, ...]:
    """Where these people are expected on other days than these, whichever awarding body's they are."""
    rows = await parts.rows(request).page("seats", person=tuple(people))
    return tuple(Busy(one.person or "", one.stream, one.at, one.due_at) for one in rows
                 if one.stream not in states and one.at is not None and one.due_at is not None)


def moved(states: Mapping[str, SessionState], draft: Draft, key: str, session: str, after: str) -> Wish:
    """A candidate put behind another one of a day: as soon as the jury has had its break."""
    day = next(one for one in draft.days if one.session == session)
    planning = states[session].framework.planning
    before = next((one for one in day.stands if one.key == after), None)
    begins = before.ends_at + planning.break_minutes * MINUTE if before else hour_on(day.day, planning.day_from)
    at = local(on_step(begins, day.day, planning.step_minutes), HOME)
    return replace(draft.wishes.get(key, Wish("", "")), session=session, hour=f"{at:%H:%M}", keep=True)
