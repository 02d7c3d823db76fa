"""The provider's agreement, when it ends before the planned day or runs again (R1.7). Nothing is cancelled by it: what
becomes of the day is for people to decide."""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from evaluation.body import accrediting
from evaluation.body.terms import Agreement
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import runs
from evaluation.quotes import Quote
from evaluation.rules import rule
from evaluation.session.state import SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class ReviewAgreement:
    """`agreement` quotes the end or the renewal of an agreement of the provider's. Written by the server."""

    agreement: Quote


@TOPIC.event("session.agreement_lapsed")
@dataclass(frozen=True)
class AgreementLapsed:
    """The agreement ends before the day."""

    agreement: Quote


@TOPIC.event("session.agreement_restored")
@dataclass(frozen=True)
class AgreementRestored:
    """An agreement runs on the day again."""

    agreement: Quote


@TOPIC.decides(ReviewAgreement)
def review(state: SessionState, command: ReviewAgreement, asked: Asked) -> tuple[object, ...]:
    """A day that is closed stays as it was held, and an agreement with somebody else says nothing of it."""
    quote = command.agreement
    if state.closed or quote.stream != state.body or accrediting.quoted(quote).provider != state.provider:
        return ()
    day, ended = date.fromisoformat(state.date), accrediting.ended_on(quote)
    if state.without_agreement is None and ended is not None and lapses(ended, day):
        return (AgreementLapsed(quote),)
    if state.without_agreement is not None and ended is None and covers(accrediting.quoted(quote), day):
        return (AgreementRestored(quote),)
    return ()


@rule("R1.7", permits=False)
def lapses(ended: date, day: date) -> bool:
    """Whether an agreement that ended leaves a day without one: `ended` is the first day without it."""
    return day >= ended


@rule("R1.7", permits=True)
def covers(agreement: Agreement, day: date) -> bool:
    """Whether an agreement runs on a day."""
    return runs(agreement.since, agreement.until, day)


@TOPIC.evolves(AgreementLapsed)
def lapsed(state: SessionState, event: AgreementLapsed, happened: Happened) -> SessionState:
    ended = accrediting.ended_on(event.agreement)
    return replace(state, without_agreement=ended.isoformat() if ended is not None else None)


@TOPIC.evolves(AgreementRestored)
def restored(state: SessionState, event: AgreementRestored, happened: Happened) -> SessionState:
    return replace(state, without_agreement=None)
