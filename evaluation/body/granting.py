"""Offices and delegations are given for a period, with their paper, and ended."""
from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evaluation.body import access
from evaluation.body.state import BodyState, Held
from evaluation.body.terms import Meeting
from evaluation.deadlines import day_of
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import (
    AT_PROVIDER,
    GRANTED,
    NEEDS_PAPER,
    Office,
    OfficeId,
    OfficeRole,
    ProviderId,
    check_period,
    over,
    overlap,
)
from evaluation.people import SYSTEM, PersonId, Words
from evaluation.rules import N_, Refusal, rule

OFFICES = Topic()


@OFFICES.command
@dataclass(frozen=True)
class GrantOffice:
    """`meeting`: a delegation that the clerk records."""

    office: Office
    meeting: Meeting | None = None


@OFFICES.command
@dataclass(frozen=True)
class EndOffice:
    """From today on. By whoever may grant it, or by its holder."""

    office: OfficeId
    words: Words | None = None
    meeting: Meeting | None = None


@OFFICES.event(GRANTED)
@dataclass(frozen=True)
class OfficeGranted:
    """`giver` acted under the office `under` (empty: the platform itself)."""

    office: Office
    meeting: Meeting | None
    giver: PersonId
    under: OfficeId


@OFFICES.event("body.office_ended")
@dataclass(frozen=True)
class OfficeEnded:
    """`on` is the first day on which it is over. `under` is empty where the holder laid it down."""

    office: OfficeId
    on: date
    words: Words | None
    meeting: Meeting | None
    under: OfficeId


@OFFICES.decides(GrantOffice)
def grant(state: BodyState, command: GrantOffice, asked: Asked) -> tuple[Any, ...]:
    office = command.office
    under = access.as_granting(state, asked, office.role, office.provider, command.meeting)
    check_office(state.offices, office)
    check_provider(state.providers, office)
    check_period(office.since, office.until)
    check_not_past(office, day_of(asked.now))
    check_free(state, office)
    return (OfficeGranted(office, command.meeting, asked.actor, under),)


@rule("X15")
def check_office(taken: Collection[OfficeId], office: Office) -> None:
    """An id of its own, a holder, the paper and the acts that its role asks for."""
    if not office.id or office.id in taken:
        raise Refusal("X15", N_("Cette fonction est déjà attribuée."))
    if office.person in ("", SYSTEM):
        raise Refusal("X15", N_("Une fonction est celle d’une personne."))
    if office.role in NEEDS_PAPER and office.paper is None:
        raise Refusal("X15", N_("Joignez le document qui attribue cette fonction."))
    delegated = office.role is OfficeRole.DELEGATE
    if delegated != bool(office.acts) or len(set(office.acts)) != len(office.acts):
        raise Refusal("X15", N_("Une délégation dit les actes délégués ; une autre fonction n’en dit pas."))


@rule("X15")
def check_provider(known: Collection[ProviderId], office: Office) -> None:
    if (office.role in AT_PROVIDER) != (office.provider is not None):
        raise Refusal("X15", N_("Dites l’organisme de formation d’une fonction exercée chez lui, et d’elle seule."))
    if office.provider is not None and office.provider not in known:
        raise Refusal("X15", N_("Cet organisme de formation n’est pas connu."))


@rule("X15")
def check_not_past(office: Office, today: date) -> None:
    if over(office.until, today):
        raise Refusal("X15", N_("Cette période est déjà passée."))


@rule("X15")
def check_free(state: BodyState, office: Office) -> None:
    """Nobody holds the same office twice at once."""
    for one in state.all_offices():
        same = (one.person, one.role, one.provider) == (office.person, office.role, office.provider)
        if same and overlap(one.since, one.until, office.since, office.until):
            raise Refusal("X15", N_("Cette personne a déjà cette fonction pendant cette période."))


@OFFICES.evolves(OfficeGranted)
def granted(state: BodyState, event: OfficeGranted, happened: Happened) -> BodyState:
    return state.with_office(Held(event.office, happened.position))


@OFFICES.decides(EndOffice)
def end(state: BodyState, command: EndOffice, asked: Asked) -> tuple[Any, ...]:
    today = day_of(asked.now)
    held = state.offices.get(command.office)
    if held is None:
        raise Refusal("X15", N_("Cette fonction n’est pas connue."))
    office = held.office
    own = office.person == asked.actor
    under = "" if own else access.as_granting(state, asked, office.role, office.provider, command.meeting)
    check_not_over(office, today)
    check_somebody_left(state, office, today)
    return (OfficeEnded(office.id, today, command.words, command.meeting, under),)


@rule("X15")
def check_not_over(office: Office, today: date) -> None:
    if over(office.until, today):
        raise Refusal("X15", N_("Cette fonction est déjà finie."))


@rule("X15")
def check_somebody_left(state: BodyState, office: Office, today: date) -> None:
    """The awarding body keeps a clerk: without one, nobody could give an office any more."""
    clerks = access.clerks(state, today)
    if office.id in clerks and len(clerks) == 1:
        raise Refusal("X15", N_("Il ne resterait personne au secrétariat : attribuez d’abord la fonction à quelqu’un."))


@OFFICES.evolves(OfficeEnded)
def ended(state: BodyState, event: OfficeEnded, _happened: Happened) -> BodyState:
    held = state.offices[event.office]
    return state.with_office(replace(held, office=held.office.ended(event.on), ended=True)).without(held.position)
