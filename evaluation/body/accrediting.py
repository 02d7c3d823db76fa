"""Training providers are accredited by an agreement, which is renewed or ended (R1.7)."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from evaluation.body import access
from evaluation.body.state import Agreed, BodyState, Provider
from evaluation.body.terms import Agreement
from evaluation.codec import FieldError, decode
from evaluation.deadlines import day_of
from evaluation.field_values import written
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import BODY_KIND, ProviderId, check_period, overlap, runs
from evaluation.people import Paper, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

PROVIDERS = Topic()
ENDED = "body.agreement_ended"


@PROVIDERS.command
@dataclass(frozen=True)
class AccreditProvider:
    """`name` is the organisation's, not a person's."""

    name: str
    agreement: Agreement


@PROVIDERS.command
@dataclass(frozen=True)
class RenewAgreement:
    agreement: Agreement


@PROVIDERS.command
@dataclass(frozen=True)
class EndAgreement:
    """`on` is the first day without it: today, or later where notice was given. Later agreements end with it."""

    provider: ProviderId
    on: date
    words: Words
    paper: Paper | None = None


@PROVIDERS.event("body.provider_accredited")
@dataclass(frozen=True)
class ProviderAccredited:
    name: str
    agreement: Agreement


@PROVIDERS.event("body.agreement_renewed")
@dataclass(frozen=True)
class AgreementRenewed:
    agreement: Agreement


@PROVIDERS.event(ENDED)
@dataclass(frozen=True)
class AgreementEnded:
    """`agreement` is the one that ran last, with its last day as it is now: what is quoted from here on."""

    provider: ProviderId
    on: date
    words: Words
    paper: Paper | None
    agreement: Agreement


SAYS_A_PERIOD = frozenset({"body.provider_accredited", "body.agreement_renewed", ENDED})


@PROVIDERS.decides(AccreditProvider)
def accredit(state: BodyState, command: AccreditProvider, asked: Asked) -> tuple[Any, ...]:
    access.as_clerk(state, asked)
    if not command.agreement.provider or command.agreement.provider in state.providers:
        raise Refusal("R1.7", N_("Cet organisme de formation est déjà connu : renouvelez sa convention."))
    if not written(command.name):
        raise Refusal("R1.7", N_("Donnez le nom de l’organisme de formation."))
    check_agreement(command.agreement, ())
    return (ProviderAccredited(command.name, command.agreement),)


@PROVIDERS.decides(RenewAgreement)
def renew(state: BodyState, command: RenewAgreement, asked: Asked) -> tuple[Any, ...]:
    access.as_clerk(state, asked)
    provider = provider_of(state, command.agreement.provider)
    check_agreement(command.agreement, tuple(one.agreement for one in provider.agreements))
    return (AgreementRenewed(command.agreement),)


def provider_of(state: BodyState, provider: ProviderId) -> Provider:
    found = state.providers.get(provider)
    if found is None:
        raise Refusal("R1.7", N_("Cet organisme de formation n’est pas connu."))
    return found


@rule("R1.7")
def check_agreement(agreement: Agreement, before: tuple[Agreement, ...]) -> None:
    """One agreement at a time."""
    check_period(agreement.since, agreement.until)
    if any(overlap(one.since, one.until, agreement.since, agreement.until) for one in before):
        raise Refusal("R1.7", N_("Une autre convention court pendant cette période."))


@PROVIDERS.decides(EndAgreement)
def end(state: BodyState, command: EndAgreement, asked: Asked) -> tuple[Any, ...]:
    access.as_clerk(state, asked)
    provider = provider_of(state, command.provider)
    if command.on < day_of(asked.now):
        raise Refusal("R1.7", N_("Une convention ne finit pas dans le passé."))
    ending = endable(provider, command.on)
    check_not_over(ending)
    last = min(ending, key=lambda one: one.since)
    return (AgreementEnded(command.provider, command.on, command.words, command.paper, _cut(last, command.on)),)


def endable(provider: Provider, on: date) -> tuple[Agreement, ...]:
    """The agreements that an end on this day would change."""
    return tuple(one.agreement for one in provider.agreements if _reaches(one.agreement, on))


@rule("R1.7")
def check_not_over(ending: Sequence[Agreement]) -> None:
    if not ending:
        raise Refusal("R1.7", N_("Aucune convention ne court plus à cette date."))


def _reaches(agreement: Agreement, on: date) -> bool:
    """Whether ending it on this day would change it."""
    return agreement.until is None or agreement.until >= max(on, agreement.since)


def _cut(agreement: Agreement, on: date) -> Agreement:
    return replace(agreement, until=on - timedelta(days=1))


@PROVIDERS.evolves(ProviderAccredited)
def accredited(state: BodyState, event: ProviderAccredited, happened: Happened) -> BodyState:
    first = Agreed(event.agreement, happened.position)
    return state.with_provider(Provider(event.agreement.provider, event.name, (first,)))


@PROVIDERS.evolves(AgreementRenewed)
def renewed(state: BodyState, event: AgreementRenewed, happened: Happened) -> BodyState:
    provider = state.providers[event.agreement.provider]
    agreements = (*provider.agreements, Agreed(event.agreement, happened.position))
    return state.with_provider(replace(provider, agreements=agreements))


@PROVIDERS.evolves(AgreementEnded)
def ended(state: BodyState, event: AgreementEnded, happened: Happened) -> BodyState:
    provider = state.providers[event.provider]
    cut = tuple(one for one in provider.agreements if _reaches(one.agreement, event.on))
    agreements = tuple(
        replace(one, agreement=_cut(one.agreement, event.on), position=happened.position, ended=True)
        if one in cut else one for one in provider.agreements)
    return state.with_provider(replace(provider, agreements=agreements)).without(*(one.position for one in cut))


def agreed_on(provider: Provider, day: date) -> Agreed | None:
    """The agreement in force on a day."""
    return next((one for one in provider.agreements if runs(one.agreement.since, one.agreement.until, day)), None)


# Agreements shown in another stream


@rule("R1.7")
def check_quoted(quote: Quote, *days: date) -> None:
    """The quote says an agreement, and it is in force on each of these days. Raises Refusal."""
    agreement = quoted(quote)
    for day in days:
        if not runs(agreement.since, agreement.until, day):
            raise Refusal("R1.7", N_("L’organisme de formation n’a pas de convention en cours le {day}."),
                          day=day.isoformat())


def quoted(quote: Quote) -> Agreement:
    """The agreement that is quoted. Refusal for a quote of anything else."""
    if quote.kind != BODY_KIND or quote.event not in SAYS_A_PERIOD:
        raise Refusal("R1.7", N_("Ce qui est cité n’est pas la convention d’un organisme de formation."))
    try:
        return decode(Agreement, quote.data.get("agreement"))
    except FieldError as error:
        raise Refusal("R1.7", N_("Ce qui est cité ne peut être lu : {why}"), why=str(error)) from None


def ended_on(quote: Quote) -> date | None:
    """The first day without an agreement, where the quote says an end. Refusal for a quote of something else than an
    agreement."""
    last = quoted(quote).until
    return last + timedelta(days=1) if quote.event == ENDED and last is not None else None
