"""Who may what in a candidacy: whoever shows, by a quote of its grant, an office of the candidacy's awarding body."""
from __future__ import annotations

from collections.abc import Collection, Iterable

from evaluation import offices
from evaluation.candidacy.state import CandidacyState
from evaluation.deadlines import day_of
from evaluation.kinds import Asked
from evaluation.offices import AT_PROVIDER, Office, OfficeId, OfficeRole, ProviderId, check_same_body
from evaluation.quotes import Quote

OPENS = frozenset({OfficeRole.ORGANIZER, OfficeRole.DEPUTY, OfficeRole.CLERK})
RECORDS = frozenset({OfficeRole.CLERK})
ADJUSTS = frozenset({OfficeRole.DISABILITY_OFFICER})


def check_opens(office: Quote, provider: ProviderId | None, asked: Asked) -> OfficeRole:
    """A provider's organizer or deputy, for that provider; the clerk. Raises Forbidden."""
    return _check(office, asked, OPENS, provider)


def may_register(held: Iterable[Office], provider: ProviderId) -> OfficeId | None:
    """Under which of these offices somebody registers candidates of a provider, and corrects their registration."""
    return next((one.id for one in held if one.role in OPENS
                 and (one.role not in AT_PROVIDER or one.provider == provider)), None)


def check_registers(state: CandidacyState, office: Quote, asked: Asked) -> None:
    """Of the candidacy's provider, or the clerk. Raises Forbidden."""
    check_same_body(office, state.body)
    check_opens(office, state.provider, asked)


def check_records(state: CandidacyState, office: Quote, asked: Asked) -> None:
    """The clerk of the candidacy's awarding body. Raises Forbidden."""
    check_same_body(office, state.body)
    _check(office, asked, RECORDS, None)


def check_asks(state: CandidacyState, office: Quote, asked: Asked) -> None:
    """Who asks for an adjustment in the candidate's place: whoever registers, and the disability officer. Raises
    Forbidden."""
    check_same_body(office, state.body)
    _check(office, asked, OPENS | ADJUSTS, state.provider)


def check_adjusts(state: CandidacyState, office: Quote, asked: Asked) -> None:
    """The disability officer of the candidacy's awarding body. Raises Forbidden."""
    check_same_body(office, state.body)
    _check(office, asked, ADJUSTS, None)


def _check(office: Quote, asked: Asked, roles: Collection[OfficeRole], provider: ProviderId | None) -> OfficeRole:
    offices.check_quoted(office, asked.actor, roles, day_of(asked.now), provider)
    return offices.quoted(office).role
