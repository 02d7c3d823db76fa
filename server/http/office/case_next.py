"""What can be done in a case now, by whoever reads: the one act that it waits for first, the others after it."""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from evaluation.body.terms import Meeting
from evaluation.case.case_rows import awaited_as, awaited_at, expected_at
from evaluation.case.stages import stage
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import PROVIDER, Stage
from evaluation.case_rules import Consequence
from evaluation.offices import AT_PROVIDER, Office, OfficeRole
from evaluation.people import SOME_PAPER
from evaluation.quotes import Quote
from server.http import parts
from server.http.home import HOME
from server.http.language import locale_of
from server.http.office import citing
from server.http.office.case_act_forms import CaseAct, OtherCase, Trying, possible
from server.http.office.case_acts import ACTS
from server.http.office.door import DESK
from server.i18n import say

FIRST: Final[Mapping[Stage, tuple[str, ...]]] = {
    Stage.FACTS: ("admit", "report", "notice", "propose"), Stage.REPORTED: ("take-report", "notice", "propose"),
    Stage.ADMITTED: ("propose",), Stage.HEARD: ("propose",),
    Stage.PROPOSED: ("answer",), Stage.ANSWERED: ("submit",), Stage.SUBMITTED: ("validate",),
    **dict.fromkeys((Stage.DECIDED, Stage.CLOSED, Stage.WITHDRAWN, Stage.INADMISSIBLE), ("hand",)),
}
"""The act that a part waits for, at each stage: the first of these that is theirs."""


@dataclass(frozen=True)
class Doable:
    """An act that the rules allow now, under the office that is quoted; `consequences` that it may name."""

    act: CaseAct
    office: Quote
    consequences: tuple[Consequence, ...]


@dataclass(frozen=True)
class ActLink:
    """`name` is of the candidate whom it is about, empty of an act on the whole case. `why` is what it does."""

    href: str
    title: str
    why: str
    name: str = ""


@dataclass(frozen=True)
class Acts:
    """Of one part. `first` is what it waits for from whoever reads; None where it waits for others."""

    first: ActLink | None
    others: tuple[ActLink, ...]


async def held_offices(request: web.Request) -> list[tuple[Office, Quote]]:
    """The reader's offices and their grants: the clerk's last, so that a member decides as one."""
    at = request[DESK]
    several = sorted(at.offices, key=lambda one: one.role is OfficeRole.CLERK)
    return [(one, await citing.quote_at(request, at.body.id, at.body.offices[one.id].position)) for one in several]


def doable(request: web.Request, held: Sequence[tuple[Office, Quote]], state: CaseState, part: Part, one: CaseAct, *,
           other: OtherCase | None = None, sent: bool = False) -> Doable | None:
    """Under the first of the offices `held` that the rules allow it to. Of what was `sent` already, under the first
    that may be asked: the refusal then stands beside what was typed."""
    at, asked = request[DESK], None
    for office, quote in held:
        if office.role not in one.roles:
            continue
        recorded = one.by_commission and office.role is OfficeRole.CLERK
        trying = Trying(state, part, quote, at.today, parts.now(request),
                        Meeting(at.today, SOME_PAPER) if recorded else None, Consequence.NONE, other)
        found = possible(one, trying, request[HOME].person, parts.now(request))
        if found:
            return Doable(one, quote, found)
        asked = asked or Doable(one, quote, state.kind.consequences)
    return asked if sent else None


def acts_of(request: web.Request, held: Sequence[tuple[Office, Quote]], state: CaseState, part: Part, here: str,
            name: str, other: OtherCase | None) -> Acts:
    """`other` is a case that this one could be joined to."""
    locale = locale_of(request)
    links = {one.name: ActLink(f"{here}/{part.candidacy}/{one.name}", say(locale, one.title, {}),
                               say(locale, one.why, {}) if one.why else "", "" if one.whole else name)
             for one in ACTS if doable(request, held, state, part, one, other=other) is not None}
    erased, now = parts.vault(request).is_erased(part.person), parts.now(request)
    mine = turn_of([one for one, _quote in held], state, part, now, erased=erased)
    first = _first(state, part, links, now, erased=erased) if mine else None
    return Acts(links.get(first or ""), tuple(link for one, link in links.items() if one != first))


def turn_of(held: Sequence[Office], state: CaseState, part: Part, at: int, *, erased: bool = False) -> bool:
    """Whether the part waits for whoever holds these offices."""
    asked = part.proposal is not None and PROVIDER in part.proposal.waiting and any(
        one.role in AT_PROVIDER and one.provider == state.provider for one in held)
    return asked or bool(awaited_as(held) & set(awaited_at(state, part, at, erased=erased)))


def _first(state: CaseState, part: Part, links: Mapping[str, ActLink], at: int, *, erased: bool) -> str | None:
    """After a report that may lead to a sanction the candidate is told before anything is proposed; of somebody whose
    key was destroyed the case can be closed alone."""
    now = stage(state, part)
    if erased:
        return "close" if "close" in links else None
    if now is Stage.TOLD:
        return next((one for one in _to_hear(part, at) if one in links), None)
    found = next((one for one in FIRST.get(now, ()) if one in links), None)
    to_be_told = now is Stage.REPORTED and bool(state.kind.sanctions)
    return None if to_be_told and found == "propose" else found


@dataclass(frozen=True)
class Next:
    """What is to be done first, once for each candidate whom it is about."""

    title: str
    why: str
    links: tuple[ActLink, ...]


def next_of(acts: Iterable[Acts]) -> tuple[Next, ...]:
    """One for each act that waits; of an act on the whole case, one link."""
    found = dict[str, list[ActLink]]()
    for one in acts:
        if one.first is not None and (one.first.name or one.first.title not in found):
            found.setdefault(one.first.title, []).append(one.first)
    return tuple(Next(title, links[0].why, tuple(links)) for title, links in found.items())


def _to_hear(part: Part, now: int) -> tuple[str, ...]:
    """What a candidate waits for who was told: that the letter reaches them, an hour, to be heard."""
    if part.notice is not None and part.notice.begins is None:
        return ("delivery",) if part.notice.bounced_at is not None else ()
    if part.summons is None:
        return ("summon",)
    at = expected_at(part)
    if at is None:
        return ("summons-delivery", "summon")
    return ("heard",) if now >= at else ()
