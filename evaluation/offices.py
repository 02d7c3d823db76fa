"""Offices: what a person is in the awarding body, in the commission or at a training provider, and from when until when
(X15). Whoever holds none may nothing. Days are those of Paris.
"""
from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from evaluation.codec import FieldError, decode
from evaluation.people import SYSTEM, Paper, PersonId
from evaluation.quotes import Quote
from evaluation.rules import N_, Forbidden, Refusal, rule

OfficeId = str
ProviderId = str

BODY_KIND = "body"
GRANTED = "body.office_granted"
"""The event that an act in another stream quotes to show its office."""


class OfficeRole(StrEnum):
    CLERK = "clerk"
    COMMISSION_MEMBER = "commission_member"
    DELEGATE = "delegate"
    DIRECTOR = "director"
    ORGANIZER = "organizer"
    DEPUTY = "deputy"
    DISABILITY_OFFICER = "disability_officer"
    OBSERVER = "observer"
    PRESIDENT = "president"
    """Of the awarding body's board: presides over its certification jury (R1.3)."""
    PRESIDENT_DELEGATE = "president_delegate"


TITLES: Mapping[OfficeRole, str] = {
    OfficeRole.CLERK: N_("secrétariat de l’organisme certificateur"),
    OfficeRole.COMMISSION_MEMBER: N_("membre de la commission"),
    OfficeRole.DELEGATE: N_("délégation de la commission"),
    OfficeRole.DIRECTOR: N_("direction de l’organisme de formation"),
    OfficeRole.ORGANIZER: N_("responsable de l’organisation"),
    OfficeRole.DEPUTY: N_("suppléance du responsable de l’organisation"),
    OfficeRole.DISABILITY_OFFICER: N_("référent handicap"),
    OfficeRole.OBSERVER: N_("observation pour l’organisme certificateur"),
    OfficeRole.PRESIDENT: N_("présidence de l’instance de certification"),
    OfficeRole.PRESIDENT_DELEGATE: N_("délégation de la présidence"),
}
"""What each is called."""
AT_PROVIDER = frozenset({OfficeRole.DIRECTOR, OfficeRole.ORGANIZER, OfficeRole.DEPUTY})
"""Offices at one training provider; the others are the awarding body's or the commission's."""
NEEDS_PAPER = frozenset({OfficeRole.COMMISSION_MEMBER, OfficeRole.DELEGATE, OfficeRole.DIRECTOR, OfficeRole.PRESIDENT,
                         OfficeRole.PRESIDENT_DELEGATE})
"""Offices that somebody outside the platform gives: their paper is kept."""


class Act(StrEnum):
    """What the commission may delegate."""

    JURY = "jury"
    SUBSTITUTE = "substitute"
    BAR = "bar"
    DECISION = "decision"
    CASE = "case"
    SITTING = "sitting"


ACTS: Mapping[Act, str] = {
    Act.JURY: N_("désigner un jury d’évaluation"),
    Act.SUBSTITUTE: N_("désigner le remplaçant d’un juré"),
    Act.BAR: N_("prononcer ou lever une interdiction de se présenter"),
    Act.DECISION: N_("prendre les autres décisions"),
    Act.CASE: N_("décider des dossiers d’incident, de fraude et de recours"),
    Act.SITTING: N_("désigner les membres du jury de certification"),
}
"""What each is called."""


@dataclass(frozen=True)
class Office:
    """`until` is the last day, None for an office without end. `provider` is that of an office at a provider, `acts`
    are a delegate's."""

    id: OfficeId
    person: PersonId
    role: OfficeRole
    since: date
    until: date | None = None
    provider: ProviderId | None = None
    paper: Paper | None = None
    acts: tuple[Act, ...] = ()

    def ended(self, on: date) -> Office:
        """The same, over from this day on."""
        return replace(self, until=on - timedelta(days=1))


@rule("X15", permits=True)
def runs(since: date, until: date | None, on: date) -> bool:
    """Whether a period that ends with the day `until` runs on a day. What ended this morning is over."""
    return since <= on and (until is None or on <= until)


def over(until: date | None, on: date) -> bool:
    """Whether a period that ends with the day `until` has passed on a day."""
    return until is not None and until < on


def overlap(since: date, until: date | None, other_since: date, other_until: date | None) -> bool:
    """Whether some day is in both periods. One that ended before it began has none."""
    return max(since, other_since) <= min(until or date.max, other_until or date.max)


def held(offices: Iterable[Office], person: PersonId, on: date) -> tuple[Office, ...]:
    """The offices of a person that run on a day."""
    return tuple(one for one in offices if one.person == person and runs(one.since, one.until, on))


def holds(offices: Iterable[Office], person: PersonId, role: OfficeRole, on: date) -> bool:
    return any(one.role is role for one in held(offices, person, on))


@rule("X15")
def check_period(since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise Refusal("X15", N_("La période finit ({until}) avant de commencer ({since})."),
                      since=since.isoformat(), until=until.isoformat())


@rule("X15")
def check_same_body(quote: Quote, body: str) -> None:
    """What is cited beside an office is of the awarding body under which its holder acts."""
    if quote.stream != body:
        raise Forbidden("X15", N_("Ce qui est cité est d’un autre organisme certificateur."))


@rule("X15")
def check_by_the_platform(actor: PersonId) -> None:
    """What follows from another stream is written by the platform alone, whatever office somebody holds."""
    if actor != SYSTEM:
        raise Forbidden("X15", N_("La plateforme seule l’écrit."))


# Offices shown in another stream


@rule("X15")
def check_quoted(
    quote: Quote, person: PersonId, roles: Collection[OfficeRole], on: date, provider: ProviderId | None = None
) -> None:
    """The quote is the grant of an office of one of these roles to this person, at this provider where it is an office
    at a provider, and its period runs on this day. Raises Forbidden."""
    office = quoted(quote)
    if office.person != person:
        raise Forbidden("X15", N_("La fonction invoquée est celle d’une autre personne."))
    if office.role not in roles:
        raise Forbidden("X15", N_("Votre fonction ne permet pas cet acte."))
    if office.role in AT_PROVIDER and office.provider != provider:
        raise Forbidden("X15", N_("Votre fonction est celle d’un autre organisme de formation."))
    if not runs(office.since, office.until, on):
        raise Forbidden("X15", N_("La fonction invoquée n’est pas en cours à cette date."))


def quoted(quote: Quote) -> Office:
    """The office whose grant is quoted. Forbidden for a quote of anything else."""
    if (quote.kind, quote.event) != (BODY_KIND, GRANTED):
        raise Forbidden("X15", N_("Ce qui est cité n’est pas l’attribution d’une fonction."))
    try:
        return decode(Office, quote.data.get("office"))
    except FieldError as error:
        raise Forbidden("X15", N_("Ce qui est cité ne peut être lu : {why}"), why=str(error)) from None
