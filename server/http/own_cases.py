"""The cases of a person without an office, in their space: which they have a part in and as what, what waits for them
there, and the door to each (R7.2)."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from aiohttp import web

from evaluation.case.access import Viewer, seen
from evaluation.case.kind import CASE
from evaluation.case.people_rows import INDEX, raised
from evaluation.case.stages import is_open
from evaluation.case.state import CaseState, Part
from evaluation.rules import N_
from server.http import parts
from server.http.entry import entry
from server.http.home import HOME, at_home, space_path
from server.http.language import locale_of
from server.http.pages import form_page
from server.http.problem import Problem
from server.http.space_frame import frame
from server.i18n import say
from server.journals.write_path import Journals
from server.storage.rows import Rows
from server.views.body.own_case_list import OwnCaseLine, line
from server.views.space import Place

As = Literal["candidate", "assistant", "invited", "juror", "raised"]
DONE: Final = {
    "withdrawn": N_("Votre signalement est retiré : aucun jury ne le verra plus tard."),
    "declined": N_("Votre réponse est enregistrée : vous n’assistez pas cette personne, et rien ne vous est montré."),
}


@dataclass(frozen=True)
class Found:
    """A part of a case that is somebody's to open, and as what."""

    state: CaseState
    part: Part
    role: As

    @property
    def opened(self) -> bool:
        return is_open(self.state, self.part)


def role_in(state: CaseState, part: Part, person: str) -> As | None:
    """None for whoever has nothing to do with this part. Who raised an accusation finds it as its jurors do."""
    mine = seen(state, Viewer(person))
    if part.candidacy in mine.parts:
        return "candidate" if person == part.person else "assistant"
    if person in part.invited and not part.over:
        return "invited"
    if part.candidacy in mine.outlines:
        return "juror"
    return "raised" if person in raised(state, part) else None


def own_case_path(person: str, case: str, candidacy: str) -> str:
    return f"{space_path(person)}cases/{case}/{candidacy}"


async def found_in(request: web.Request) -> Found:
    """What the address names. Problem 404 for what is nobody's here, the same whether it exists or not. What has gone
    into another case is read there."""
    person, case, candidacy = request[HOME].person, request.match_info["case"], request.match_info["candidacy"]
    state = await parts.journals(request).state(CASE, case)
    part = state.parts.get(candidacy) if state is not None else None
    role = role_in(state, part, person) if state is not None and part is not None else None
    if state is None or part is None or role is None:
        raise not_here()
    if request.method == "GET" and (into := await gone_into(parts.journals(request), state, candidacy)):
        raise web.HTTPSeeOther(own_case_path(person, into, candidacy))
    return Found(state, part, role)


async def gone_into(journals: Journals, state: CaseState, candidacy: str) -> str:
    """The case that this part has arrived in, joined with others; "" for one that is here."""
    other = await journals.state(CASE, state.joined_into) if state.joined_into is not None else None
    return other.id if other is not None and candidacy in other.parts else ""


def may(request: web.Request, found: Found, command: object) -> bool:
    """Whether the rules would let whoever asks do this now."""
    return CASE.allows(found.state, command, request[HOME].person, parts.now(request))


def not_here() -> Problem:
    return Problem(404, N_("Ce dossier n’est pas dans votre espace."),
                   N_("Revenez à votre espace : il montre tous vos dossiers."))


# All of a person's


async def cases_of(rows: Rows, journals: Journals, person: str, *, past: bool = True) -> list[Found]:
    """The open ones first, then the others, each with the last one first; each once, where it has arrived. Without the
    `past`: a candidate's own, and of the others those that are open."""
    keys = dict[tuple[str, str], int]()
    for index in ("cases", INDEX):
        for row in await rows.page(index, person=person, order="at", descending=True):
            if past or index == "cases" or row.data["open"]:
                keys[str(row.data["case"]), row.about or ""] = row.at or 0
    found = list[Found]()
    for case, candidacy in sorted(keys, key=lambda key: -keys[key]):
        state = await journals.state(CASE, case)
        part = state.parts.get(candidacy) if state is not None else None
        role = role_in(state, part, person) if state is not None and part is not None else None
        if state is None or part is None or role is None:
            continue
        if not await gone_into(journals, state, candidacy):
            found.append(Found(state, part, role))
    return sorted(found, key=lambda one: not one.opened)


async def own_lines(request: web.Request, *, past: bool = True) -> Sequence[OwnCaseLine]:
    person, locale = request[HOME].person, locale_of(request)
    found = await cases_of(parts.rows(request), parts.journals(request), person, past=past)
    profiles = await parts.accounts(request).profiles(one.part.person for one in found)
    return [line(one.state, one.part, one.role, person, str(profiles.get(one.part.person, {}).get("name", "")),
                 own_case_path(person, one.state.id, one.part.candidacy), locale, parts.now(request))
            for one in found]


def awaited_in(lines: Sequence[OwnCaseLine]) -> list[tuple[str, str]]:
    """What waits for the person, and the page where it is done."""
    return [(one.awaits, one.href) for one in lines if one.awaits]


class Cases:
    """A source of `Space`: as long as a case of theirs is open, or its decision was handed and not taken, their links
    are good."""

    def __init__(self, rows: Rows, journals: Journals) -> None:
        self._rows, self._journals = rows, journals

    async def any_open(self, person: str) -> bool:
        for one in await cases_of(self._rows, self._journals, person, past=False):
            handed = one.part.handed
            if one.opened or (handed is not None and handed.taken_at is None):
                return True
        return False

    async def places(self, person: str, locale: str, now: int) -> Sequence[Place]:
        """None: a case is no seat that is entered; the space lists cases apart."""
        return ()


@entry(at_home)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET /space/{person}/cases`."""
    done = DONE.get(request.query.get("done", ""))
    return form_page(request, "space/cases.html", cases=await own_lines(request),
                     done=say(locale_of(request), done, {}) if done else "", **await frame(request))
