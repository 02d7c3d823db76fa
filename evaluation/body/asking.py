"""An organizer asks for the jury of a day, or for a substitute, and may propose people (R1.2, R4.4)."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evaluation.body import access
from evaluation.body.state import BodyState, Request, Standing
from evaluation.body.terms import Proposed
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import OfficeId, ProviderId
from evaluation.people import JurorCategory, PersonId, Words
from evaluation.rules import N_, Refusal, rule

ASKING = Topic()


@ASKING.command
@dataclass(frozen=True)
class AskForJury:
    """For a day of the provider's. Asked again before the commission has decided, it takes the place of what was asked.
    The commission's decision goes to the session, which looks at both again."""

    session: str
    provider: ProviderId
    certification: str
    proposed: tuple[Proposed, ...] = ()
    words: Words | None = None


@ASKING.event("body.jury_asked")
@dataclass(frozen=True)
class JuryAsked:
    session: str
    provider: ProviderId
    certification: str
    proposed: tuple[Proposed, ...]
    words: Words | None
    under: OfficeId


@ASKING.decides(AskForJury)
def ask(state: BodyState, command: AskForJury, asked: Asked) -> tuple[Any, ...]:
    under = access.as_planning(state, asked, command.provider)
    check_asked(state, command)
    for one in command.proposed:
        check_proposed(state, one)
    return (JuryAsked(command.session, command.provider, command.certification, command.proposed, command.words,
                      under),)


@rule("R4.4")
def check_asked(state: BodyState, command: AskForJury) -> None:
    """For a certification of this body, each person proposed once; a substitute with the reason."""
    if not command.session or command.certification not in {one.certification.code for one in state.in_force}:
        raise Refusal("R4.4", N_("{code} n’est pas une certification de cet organisme."), code=command.certification)
    before = state.requests.get(command.session)
    if before is not None and before.provider != command.provider:
        raise Refusal("R4.4", N_("Cette journée est celle d’un autre organisme de formation."))
    people = [one.person for one in command.proposed]
    if len(set(people)) != len(people):
        raise Refusal("R4.4", N_("Proposez chaque personne une fois, dans une seule catégorie."))
    if command.session in state.juries and command.words is None:
        raise Refusal("R4.4", N_("Le jury est désigné : dites pourquoi vous demandez un remplaçant, et pour qui."))


@rule("R1.2")
def check_proposed(state: BodyState, proposed: Proposed) -> None:
    """Who is proposed is in the pool, or on the way to it, for that place."""
    known = state.pool.get(proposed.person)
    if known is None or known.standing is Standing.RETIRED:
        raise Refusal("R1.2", N_("Cette personne n’est pas dans le vivier."))
    check_category(state, proposed.person, proposed.category)


@rule("R1.2")
def check_category(state: BodyState, person: PersonId, category: JurorCategory | None) -> None:
    """A juror of the pool sits in the categories that the pool knows."""
    known = state.pool.get(person)
    if known is not None and category not in known.juror.categories:
        raise Refusal("R1.2", N_("D’après le vivier, cette personne ne siège pas dans cette catégorie."))


@ASKING.evolves(JuryAsked)
def jury_asked(state: BodyState, event: JuryAsked, happened: Happened) -> BodyState:
    return state.with_request(Request(event.session, event.provider, event.certification, event.proposed, event.words,
                                      happened.actor, happened.at))


def proposed_for(state: BodyState, session: str) -> frozenset[PersonId]:
    """Whom the organizer proposes for a day."""
    asked = state.requests.get(session)
    return frozenset(one.person for one in asked.proposed) if asked is not None and asked.open else frozenset()
