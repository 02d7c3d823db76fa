"""The certification jury's sittings in a person's space: those of which they are a member, and those that ask them, as
a juror, to answer questions (R3.9)."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from evaluation.people import PersonId
from evaluation.rules import N_
from evaluation.sitting.kind import SITTING
from evaluation.sitting.seeing import comes_to_answer, is_member, sees
from evaluation.sitting.sitting_people import INDEX
from evaluation.sitting.state import Item, SittingState
from server.http import parts
from server.http.home import HOME, AtHome, Home, space_path
from server.http.language import locale_of
from server.http.problem import Problem
from server.journals.write_path import Journals
from server.storage.rows import Rows
from server.views.sitting.sitting_lines import SittingLine, line
from server.views.space import Place


@dataclass(frozen=True)
class AtSitting:
    """The sitting that the path names, and who asks. `member`: else a juror whom it questions."""

    state: SittingState
    person: PersonId
    member: bool

    @property
    def asked(self) -> tuple[Item, ...]:
        """The candidates on whom this person is to answer questions."""
        return tuple(item for item in self.state.agenda.values() if comes_to_answer(self.state, item, self.person))


AT: Final = web.RequestKey("at_sitting", AtSitting)


def sitting_path(person: PersonId, sitting: str) -> str:
    return f"{space_path(person)}sittings/{sitting}/"


def here(request: web.Request) -> str:
    return sitting_path(request[HOME].person, request.match_info["sitting"])


async def _found(request: web.Request) -> AtSitting:
    """Problem 404 for what is nobody's here, the same whether it exists or not."""
    person = request[HOME].person
    state = await parts.journals(request).state(SITTING, request.match_info["sitting"])
    at = AtSitting(state, person, is_member(state, person)) if state is not None else None
    if at is None or not (at.member or at.asked):
        raise not_here()
    return at


def not_here() -> Problem:
    return Problem(404, N_("Cette séance n’est pas dans votre espace, ou n’y est plus."),
                   N_("Si l’on vous y posait des questions, elles sont terminées : vous n’avez plus rien à faire. "
                      "Votre espace montre toutes vos séances."))


async def _in_sitting(_home: Home, request: web.Request) -> bool:
    request[AT] = await _found(request)
    return True


async def _as_member(_home: Home, request: web.Request) -> bool:
    request[AT] = at = await _found(request)
    if not at.member:
        raise not_here()
    return True


async def _decides(_home: Home, request: web.Request) -> bool:
    request[AT] = at = await _found(request)
    item = at.state.agenda.get(request.match_info["candidacy"])
    if item is None or not sees(at.state, item, at.person):
        raise Problem(404, N_("Ce candidat n’est pas à l’ordre du jour, ou vous ne délibérez pas à son sujet."),
                      N_("Revenez à la séance : elle montre les candidats sur lesquels vous délibérez."),
                      ways=((here(request), N_("Revenir à la séance")),))
    return True


async def _answers(_home: Home, request: web.Request) -> bool:
    request[AT] = at = await _found(request)
    if request.match_info["candidacy"] not in {item.candidacy for item in at.asked}:
        raise not_here()
    return True


in_sitting: Final = AtHome(_in_sitting)
"""Open to its members, and to the jurors whom it questions."""
as_member: Final = AtHome(_as_member)
decides: Final = AtHome(_decides)
"""Open to the three who decide on the candidate that the path names (R1.4)."""

answers: Final = AtHome(_answers)
"""Open to the jurors who are asked about the candidate that the path names (R3.9)."""


def item_of(request: web.Request) -> Item:
    return request[AT].state.agenda[request.match_info["candidacy"]]


# All of a person's


async def sittings_of(rows: Rows, journals: Journals, person: PersonId, now: int) -> list[AtSitting]:
    """Where there is something to do, or to read. The next first."""
    found = list[AtSitting]()
    for row in await rows.page(INDEX, person=person, order="at"):
        there = row.data["open"] or (row.due_at or 0) > now
        state = await journals.state(SITTING, row.stream) if there else None
        at = AtSitting(state, person, is_member(state, person)) if state is not None else None
        if at is not None and (at.member or at.asked):
            found.append(at)
    return found


async def own_sittings(request: web.Request) -> list[SittingLine]:
    person, locale, now = request[HOME].person, locale_of(request), parts.now(request)
    return [line(one.state, person, one.member, sitting_path(person, one.state.id), locale, now)
            for one in await sittings_of(parts.rows(request), parts.journals(request), person, now)]


def awaited_in(lines: Sequence[SittingLine]) -> list[tuple[str, str]]:
    """What waits for the person, and the page where it is done."""
    return [(one.awaits, one.href) for one in lines if one.awaits]


class Sittings:
    """A source of `Space`: as long as a sitting of theirs is open, or its minutes are there to be read, their links are
    good. `now`: milliseconds since 1970 UTC."""

    def __init__(self, rows: Rows, journals: Journals, now: Callable[[], int]) -> None:
        self._rows, self._journals, self._now = rows, journals, now

    async def any_open(self, person: str) -> bool:
        return bool(await sittings_of(self._rows, self._journals, person, self._now()))

    async def places(self, person: str, locale: str, now: int) -> Sequence[Place]:
        """None: a sitting is no seat that is entered; the space lists sittings apart."""
        return ()
