"""A case as a juror of the hearing reads it: the facts and the proposal, their own answer, and until when they are
waited for. Nothing of what the candidate answers or of what is decided (R7.2)."""
from __future__ import annotations

from dataclasses import dataclass

from evaluation.case.stages import is_open, number_of_case, silent_from
from evaluation.case.state import CaseState, Part
from evaluation.people import SYSTEM, PersonId, Words
from evaluation.rules import N_
from server.views.body.cases import CONSEQUENCES
from server.views.body.own_case import OPINIONS, Line, Reader, fact_line
from server.views.body.own_case_list import DOORS
from server.views.body.own_case_steps import last_day


@dataclass(frozen=True)
class OpinionView:
    """`until`: the last day before the reader is recorded as not having answered; "" where nothing is waited for.
    `answered` is what they said, or that they said nothing in time."""

    door: str
    what: str
    kind: str
    number: str
    title: str
    whose: str
    opened: bool
    state: str
    facts: tuple[Line, ...]
    proposal: Line | None
    until: str
    answered: str
    own_words: str


def juror_persons(state: CaseState, part: Part) -> frozenset[PersonId]:
    return frozenset(one for one in (part.person, *(fact.by for fact in state.facts_of(part.candidacy)))
                     if one != SYSTEM)


def juror_words(state: CaseState, part: Part) -> tuple[Words, ...]:
    found: list[Words | None] = [one for fact in state.facts_of(part.candidacy) for one in fact.written]
    proposal = part.proposal
    if proposal is not None:
        found += [proposal.words, *(one.words for one in proposal.answers.values())]
    return tuple(one for one in found if one is not None)


def opinion_view(state: CaseState, part: Part, reader: Reader) -> OpinionView:
    proposal, opened = part.proposal, is_open(state, part)
    shown = reader.line(
        reader.say(N_("Suite proposée : {what}"), what=reader.say(CONSEQUENCES[proposal.consequence])), SYSTEM,
        proposal.at, proposal.words) if proposal is not None and opened else None
    own = proposal.answers.get(reader.reads) if proposal is not None else None
    waits = opened and proposal is not None and reader.reads in proposal.waiting
    return OpinionView(
        state.kind.door, reader.say(DOORS[state.kind.door]), state.kind.title, number_of_case(state), state.title,
        reader.names.get(part.person, ""), opened, _state(part, reader, opened),
        tuple(fact_line(one, reader) for one in state.facts_of(part.candidacy)), shown,
        last_day(silent_from(state, proposal, reader.reads), reader) if waits and proposal is not None else "",
        reader.say(OPINIONS[own.answer]) if own is not None else "", reader.text(own.words) if own is not None else "")


def _state(part: Part, reader: Reader, opened: bool) -> str:
    if not opened:
        return reader.say(N_("Le dossier est terminé. La suite est communiquée au candidat ; elle n’est pas montrée "
                             "ici."))
    if part.proposal is None:
        return reader.say(N_("Rien ne vous est demandé pour le moment. Votre avis vous sera demandé quand une suite "
                             "sera proposée ; un courriel vous préviendra."))
    return ""
