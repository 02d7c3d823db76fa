"""A member who does not sign the minutes is noted so, in words, by whoever presides or by the clerk; the minutes say
it, and are sealed without that signature (R3.9). A signature that comes after all, before the seal, takes its place."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from evaluation.deadlines import day_of, due, end_of
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import PersonId, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.sitting import access
from evaluation.sitting.minutes import check_all_decided, standing, threes
from evaluation.sitting.reminding import rules_of
from evaluation.sitting.state import Minutes, NotSigning, SittingState

NOT_SIGNING = Topic()


@NOT_SIGNING.command
@dataclass(frozen=True)
class NoteNotSigning:
    """`person` does not sign what is presented under this `number`; `words` say why. By the president, or by the clerk,
    who shows their office."""

    number: int
    person: PersonId
    words: Words
    office: Quote | None = None


@NOT_SIGNING.event("sitting.not_signing_noted")
@dataclass(frozen=True)
class NotSigningNoted:
    number: int
    person: PersonId
    words: Words
    office: Quote | None


@NOT_SIGNING.decides(NoteNotSigning)
def note(state: SittingState, command: NoteNotSigning, asked: Asked) -> tuple[Any, ...]:
    access.check_notes_not_signing(state, command.person, command.office, asked)
    minutes = standing(state, command.number)
    check_awaited(minutes, command.person)
    check_all_decided(state)
    check_had_time(state, minutes, asked.now)
    check_enough_sign(state, minutes, command.person)
    return (NotSigningNoted(command.number, command.person, command.words, command.office),)


@rule("R3.9")
def check_awaited(minutes: Minutes, person: PersonId) -> None:
    """The member's signature is awaited still."""
    if person not in minutes.signers:
        raise Refusal("R3.9", N_("Cette personne n’a décidé sur aucun de ces candidats : sa signature n’est pas "
                                 "attendue."))
    if person in minutes.not_signing:
        raise Refusal("R3.9", N_("Il est déjà noté que cette personne n’a pas signé, avec ses raisons."))
    if person not in minutes.unsigned:
        raise Refusal("R3.9", N_("Cette personne a déjà signé ce procès-verbal, ici ou à la main."))


def may_be_noted_from(state: SittingState, minutes: Minutes) -> int:
    """From when on (ms since 1970 UTC) somebody may be noted as not signing: days after the minutes were presented, at
    the midnight that ends the last; as soon as they are presented where the framework gives none."""
    days = rules_of(state).not_signing_days
    return end_of(due(day_of(minutes.at), days=days)) if days else minutes.at


@rule("R3.9")
def check_had_time(state: SittingState, minutes: Minutes, now: int) -> None:
    """Everybody has had time to read and to sign."""
    begins = may_be_noted_from(state, minutes)
    if now < begins:
        raise Refusal("R3.9", N_("Chaque membre a le temps de lire et de signer : il peut être noté qu’un membre n’a "
                                 "pas signé à partir du {day}."), day=day_of(begins).isoformat())


@rule("R3.9")
def check_enough_sign(state: SittingState, minutes: Minutes, person: PersonId) -> None:
    """Of the three who decided on each candidate, as many as the framework wants sign."""
    left = set(minutes.signers) - set(minutes.not_signing) - {person}
    least = rules_of(state).least_signatures
    if any(len(left & set(three)) < least for three in threes(state)):
        raise Refusal("R3.9", N_("Il faut au moins {least} signatures des trois membres qui ont décidé sur chaque "
                                 "candidat : celle-ci manquerait. Attendez-la, ou joignez une copie signée à la main."),
                      least=least)


@NOT_SIGNING.evolves(NotSigningNoted)
def noted(state: SittingState, event: NotSigningNoted, happened: Happened) -> SittingState:
    minutes = state.minutes[-1]
    one = NotSigning(happened.actor, happened.at, event.words)
    return state.with_minutes(
        replace(minutes, not_signing={**minutes.not_signing, event.person: one}), happened.position)
