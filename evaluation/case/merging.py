"""Cases of one cause are one case: a power cut that hit four candidates. What is common stands there once, each
candidate's part stays their own."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from evaluation.case import access
from evaluation.case.case_opening import CaseOpened, given_by
from evaluation.case.facts import check_still_open
from evaluation.case.state import CaseState, Evidence, Fact, Part
from evaluation.case.terms import JOINED, KIND, OPENED, TOOK_IN, CandidacyId
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
    """What goes from one case into another: its parts, with all that was found, and whom the facts concern."""

    parts: tuple[Part, ...]
    facts: tuple[Fact, ...]
    evidence: tuple[Evidence, ...]
    subjects: tuple[PersonId, ...]
    organizers: tuple[PersonId, ...]


@MERGING.command
@dataclass(frozen=True)
class JoinCase:
    """`into` quotes the other case's opening."""

    into: Quote
    words: Words
    office: Quote


@MERGING.command
@dataclass(frozen=True)
class TakeIn:
    """`joined` quotes what goes into this case. Written by the server."""

    joined: Quote


@MERGING.event(JOINED)
@dataclass(frozen=True)
class CaseJoined:
    into: Quote
    words: Words
    office: Quote
    brought: Brought


@MERGING.event(TOOK_IN)
@dataclass(frozen=True)
class CaseTookIn:
    joined: Quote
    brought: Brought


@MERGING.decides(JoinCase)
def join(state: CaseState, command: JoinCase, asked: Asked) -> tuple[Any, ...]:
    access.check_completes(state, command.office, asked)
    check_still_open(state, None)
    check_same_cause(state, command.into, asked)
    check_nobody_told(state)
    return (CaseJoined(command.into, command.words, command.office, _brought(state)),)


@rule("R7.1")
def check_same_cause(state: CaseState, into: Quote, asked: Asked) -> None:
    """Another case of the same door, certification and provider. An appeal is each candidate's own."""
    other = _opened(into)
    given = given_by(other, asked)
    theirs = (given.body, given.provider, given.certification, other.door)
    mine = (state.body, state.provider, state.certification, state.kind.door)
    if into.stream == state.id or theirs != mine or state.kind.door == "appeal":
        raise Refusal("R7.1", N_("Ces deux dossiers ne se joignent pas : même organisme, même certification et même "
                                 "nature, et pas un recours."))


@rule("R7.2")
def check_nobody_told(state: CaseState) -> None:
    """What a candidate was told, or a party asked, stays in the case in which they were."""
    if any(one.notices or one.answers or one.proposals or one.over for one in state.parts.values()):
        raise Refusal("R7.2", N_("Un candidat a déjà reçu les faits, ou une suite est proposée : ce dossier va à son "
                                 "terme tel qu’il est."))


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
        tuple(sorted(state.subjects)), state.organizers)


@MERGING.evolves(CaseJoined)
def joined(state: CaseState, event: CaseJoined, happened: Happened) -> CaseState:
    return replace(state, joined_into=event.into.stream, changed=happened.position)


@MERGING.decides(TakeIn)
def take_in(state: CaseState, command: TakeIn, asked: Asked) -> tuple[Any, ...]:
    """Never refused: what comes into a case that went into another itself goes on from there."""
    check_by_the_platform(asked.actor)
    check_comes_in(state, command.joined)
    brought = decode(Brought, command.joined.data["brought"])
    known = {one.candidacy for one in brought.parts if one.candidacy in state.parts
             and {*one.came_from} <= {*state.parts[one.candidacy].came_from}}
    return (CaseTookIn(command.joined, _but(brought, known)),)


@rule("R7.1")
def check_comes_in(state: CaseState, joined: Quote) -> None:
    into = json_object(joined.data.get("into", {})).get("stream", state.id)
    if joined.kind != KIND or joined.event not in (JOINED, TOOK_IN) or into != state.id:
        raise Refusal("R7.1", N_("Ce qui est cité n’est pas un dossier joint à celui-ci."))


def _but(brought: Brought, known: set[CandidacyId]) -> Brought:
    """Without what came already."""
    return replace(
        brought, parts=tuple(one for one in brought.parts if one.candidacy not in known),
        facts=tuple(one for one in brought.facts if one.candidacy not in known),
        evidence=tuple(one for one in brought.evidence if one.candidacy not in known))


@MERGING.evolves(CaseTookIn)
def took_in(state: CaseState, event: CaseTookIn, happened: Happened) -> CaseState:
    """What comes in is dated by its coming: somebody who was told before does not know it."""
    brought, position = event.brought, happened.position
    parts = {one.candidacy: replace(_together(state.parts.get(one.candidacy), one), changed=position)
             for one in brought.parts}
    return replace(
        state, parts={**state.parts, **parts}, changed=position,
        facts=(*state.facts, *(replace(one, position=position) for one in brought.facts)),
        evidence=(*state.evidence, *(replace(one, position=position) for one in brought.evidence)),
        subjects=state.subjects | {*brought.subjects},
        organizers=tuple(dict.fromkeys((*state.organizers, *brought.organizers))))


def _together(here: Part | None, comes: Part) -> Part:
    """Two incidents of one candidate are one part: told, heard and decided as that which is here."""
    if here is None:
        return comes
    return replace(here, came_from=(*here.came_from, *comes.came_from), from_day=(*here.from_day, *comes.from_day),
                   jurors=tuple(dict.fromkeys((*here.jurors, *comes.jurors))))
