"""Cases of one cause are one case: a power cut that hit four candidates. What is common stands there once, each
candidate's part stays their own. A case that is to go into another holds its parts until the other has said that it has
them; where the other cannot take them in any more, they stay where they were."""
from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from evaluation.case import access
from evaluation.case.case_opening import CaseOpened, given_by
from evaluation.case.case_parts import Evidence, Fact, Report, Source
from evaluation.case.facts import check_still_open
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import JOINED, KIND, NOT_TAKEN, OPENED, REQUALIFIED, TOOK_IN
from evaluation.case_rules import Door
from evaluation.codec import FieldError, decode
from evaluation.field_values import json_object
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
from evaluation.people import PersonId, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

MERGING = Topic()


@dataclass(frozen=True)
class Brought:
    """What goes from one case into another: its parts, with all that was found and reported, and whom the facts
    concern. `door` is that of the case it comes from, as it was then."""

    parts: tuple[Part, ...]
    facts: tuple[Fact, ...]
    evidence: tuple[Evidence, ...]
    subjects: tuple[PersonId, ...]
    organizers: tuple[PersonId, ...]
    reports: tuple[Report, ...]
    door: Door


@MERGING.command
@dataclass(frozen=True)
class JoinCase:
    """`into` quotes the other case's opening, `requalified` the last change of what that case is, if there was one."""

    into: Quote
    words: Words
    office: Quote
    requalified: Quote | None = None


@MERGING.command
@dataclass(frozen=True)
class TakeIn:
    """`joined` quotes what goes into this case. Written by the server."""

    joined: Quote


@MERGING.command
@dataclass(frozen=True)
class NoteJoined:
    """`said` quotes the other case: it took this one in, or could not. Written by the server."""

    said: Quote


@MERGING.event(JOINED)
@dataclass(frozen=True)
class CaseJoined:
    into: Quote
    words: Words
    office: Quote
    brought: Brought
    requalified: Quote | None = None


@MERGING.event(TOOK_IN)
@dataclass(frozen=True)
class CaseTookIn:
    """`origin` is the case that went into this one."""

    joined: Quote
    brought: Brought
    origin: str


@MERGING.event(NOT_TAKEN)
@dataclass(frozen=True)
class CaseNotTaken:
    """What was to come in stays where it was: somebody was told or asked here meanwhile, or this case has another
    nature, or went into another one itself."""

    joined: Quote
    origin: str


@MERGING.event("case.gone_into_another")
@dataclass(frozen=True)
class CaseGone:
    said: Quote


@MERGING.event("case.stayed")
@dataclass(frozen=True)
class CaseStayed:
    said: Quote


# Asked for


@MERGING.decides(JoinCase)
def join(state: CaseState, command: JoinCase, asked: Asked) -> tuple[Any, ...]:
    access.check_completes(state, command.office, asked)
    check_still_open(state, None)
    check_same_cause(state, command, asked)
    check_nobody_told(state)
    return (CaseJoined(command.into, command.words, command.office, _brought(state), command.requalified),)


@rule("R7.1")
def check_same_cause(state: CaseState, command: JoinCase, asked: Asked) -> None:
    """Another case of the same door, certification and provider. An appeal is each candidate's own."""
    into, other = command.into, _opened(command.into)
    given = given_by(other, asked)
    theirs = (given.body, given.provider, given.certification, _door(command, other))
    mine = (state.body, state.provider, state.certification, state.kind.door)
    if into.stream == state.id or theirs != mine or state.kind.door == "appeal":
        raise Refusal("R7.1", N_("Ces deux dossiers ne se joignent pas : même organisme, même certification et même "
                                 "nature, et pas un recours."))


def _door(command: JoinCase, other: CaseOpened) -> str:
    """Of the other case, as it is. Refusal for a change that is not of that case."""
    changed = command.requalified
    if changed is None:
        return other.door
    if (changed.kind, changed.stream, changed.event) != (KIND, command.into.stream, REQUALIFIED):
        raise Refusal("R7.1", N_("Ce qui est cité ne dit pas la nature de l’autre dossier."))
    return str(changed.data.get("door"))


@rule("R7.2")
def check_nobody_told(state: CaseState) -> None:
    """What a candidate was told, or a party asked, stays in the case in which they were."""
    if not fresh(state):
        raise Refusal("R7.2", N_("Un candidat a déjà reçu les faits, ou une suite est proposée : ce dossier va à son "
                                 "terme tel qu’il est."))


@rule("R7.2", permits=True)
def fresh(state: CaseState) -> bool:
    """Nobody was told, nobody answered, nobody was asked, and nothing is decided."""
    return not any(one.notices or one.answers or one.proposals or one.over for one in state.parts.values())


def _opened(quote: Quote) -> CaseOpened:
    if (quote.kind, quote.event) != (KIND, OPENED):
        raise Refusal("R7.1", N_("Ce qui est cité n’est pas l’ouverture d’un dossier."))
    try:
        return decode(CaseOpened, {key: one for key, one in quote.data.items() if key != "rules_edition"})
    except FieldError as error:
        raise Refusal("R7.1", N_("Ce qui est cité ne peut être lu : {why}"), why=str(error)) from None


def _brought(state: CaseState) -> Brought:
    """What was common to one candidate alone is that candidate's."""
    alone = next(iter(state.parts)) if len(state.parts) == 1 else None
    parts = tuple(replace(one, came_from=(*one.came_from, state.id)) for one in state.parts.values())
    return Brought(
        parts, tuple(replace(one, candidacy=one.candidacy or alone) for one in state.facts),
        tuple(replace(one, candidacy=one.candidacy or alone) for one in state.evidence),
        tuple(sorted(state.subjects)), state.organizers, state.reports, state.kind.door)


@MERGING.evolves(CaseJoined)
def joined(state: CaseState, event: CaseJoined, happened: Happened) -> CaseState:
    return replace(state, joined_into=event.into.stream, taken_in=False, changed=happened.position)


# Taken in, or not


@MERGING.decides(TakeIn)
def take_in(state: CaseState, command: TakeIn, asked: Asked) -> tuple[Any, ...]:
    """Never refused. What cannot come in any more stays where it was."""
    check_by_the_platform(asked.actor)
    check_comes_in(state, command.joined)
    brought, origin = decode(Brought, command.joined.data["brought"]), command.joined.stream
    if command.joined.position in state.came_in.get(origin, ()):
        return ()
    if not takes_in(state, brought):
        return (CaseNotTaken(command.joined, origin),)
    return (CaseTookIn(command.joined, brought, origin),)


@rule("R7.1")
def check_comes_in(state: CaseState, joined: Quote) -> None:
    into = json_object(joined.data.get("into", {})).get("stream")
    if (joined.kind, joined.event, into) != (KIND, JOINED, state.id):
        raise Refusal("R7.1", N_("Ce qui est cité n’est pas un dossier joint à celui-ci."))


@rule("R7.2", permits=True)
def takes_in(state: CaseState, brought: Brought) -> bool:
    """Whether nobody was told or asked here meanwhile, this case is still of the same nature, and went into no other
    one."""
    return fresh(state) and state.joined_into is None and brought.door == state.kind.door


@MERGING.evolves(CaseTookIn)
def took_in(state: CaseState, event: CaseTookIn, happened: Happened) -> CaseState:
    """What comes in is dated by its coming."""
    brought, position = event.brought, happened.position
    parts = {one.candidacy: replace(_together(state.parts.get(one.candidacy), one), changed=position)
             for one in brought.parts}
    reports = (replace(one, number=number) for number, one in enumerate(brought.reports, len(state.reports) + 1))
    return replace(
        _known(state, event), parts={**state.parts, **parts}, changed=position,
        facts=(*state.facts, *(replace(one, position=position) for one in brought.facts)),
        evidence=(*state.evidence, *(replace(one, position=position) for one in brought.evidence)),
        reports=(*state.reports, *reports), subjects=state.subjects | {*brought.subjects},
        organizers=_both(state.organizers, brought.organizers))


@MERGING.evolves(CaseNotTaken)
def not_taken(state: CaseState, event: CaseNotTaken, _happened: Happened) -> CaseState:
    return _known(state, event)


def _known(state: CaseState, event: CaseTookIn | CaseNotTaken) -> CaseState:
    before = state.came_in.get(event.origin, ())
    return replace(state, came_in={**state.came_in, event.origin: (*before, event.joined.position)})


def _together(here: Part | None, comes: Part) -> Part:
    """Two incidents of one candidate are one part: told, heard and decided as that which is here."""
    if here is None:
        return comes
    sources, assistants = (*here.sources, *comes.sources), _both(here.assistants, comes.assistants)
    invited = tuple(one for one in _both(here.invited, comes.invited) if one not in assistants)
    return replace(
        here, sources=tuple(_numbered(one, number) for number, one in enumerate(sources, 1)),
        came_from=(*here.came_from, *comes.came_from), from_day=(*here.from_day, *comes.from_day),
        jurors=_both(here.jurors, comes.jurors), assistants=assistants, invited=invited)


def _numbered(source: Source, number: int) -> Source:
    return replace(source, number=number)


def _both(here: Collection[PersonId], comes: Collection[PersonId]) -> tuple[PersonId, ...]:
    return tuple(dict.fromkeys((*here, *comes)))


@MERGING.decides(NoteJoined)
def note_joined(state: CaseState, command: NoteJoined, asked: Asked) -> tuple[Any, ...]:
    """Nothing where that is known."""
    check_by_the_platform(asked.actor)
    check_answers_joining(state, command.said)
    if state.taken_in or state.joined_into != command.said.stream:
        return ()
    return (CaseGone(command.said),) if command.said.event == TOOK_IN else (CaseStayed(command.said),)


@rule("R7.1")
def check_answers_joining(state: CaseState, said: Quote) -> None:
    if said.kind != KIND or said.event not in (TOOK_IN, NOT_TAKEN) or said.data.get("origin") != state.id:
        raise Refusal("R7.1", N_("Ce qui est cité ne dit pas ce que ce dossier est devenu."))


@MERGING.evolves(CaseGone)
def gone(state: CaseState, _event: CaseGone, happened: Happened) -> CaseState:
    return replace(state, taken_in=True, changed=happened.position)


@MERGING.evolves(CaseStayed)
def stayed(state: CaseState, _event: CaseStayed, happened: Happened) -> CaseState:
    return replace(state, joined_into=None, stayed=happened.position, changed=happened.position)
