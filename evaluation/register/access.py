"""Who may what in a register: the clerk of its awarding body; a certificate is revoked by the commission."""
from __future__ import annotations

from collections.abc import Collection

from evaluation import offices
from evaluation.body.terms import Meeting
from evaluation.deadlines import day_of
from evaluation.kinds import Asked
from evaluation.offices import Act, OfficeRole
from evaluation.quotes import Quote
from evaluation.register.state import RegisterState
from evaluation.rules import N_, Forbidden, Refusal, rule

CLERK = frozenset({OfficeRole.CLERK})
COMMISSION = frozenset({OfficeRole.COMMISSION_MEMBER, OfficeRole.DELEGATE, OfficeRole.CLERK})


def check_clerk(state: RegisterState, office: Quote, asked: Asked) -> None:
    """Raises Forbidden."""
    _check(state, office, CLERK, asked)


def check_commission(state: RegisterState, office: Quote, meeting: Meeting | None, asked: Asked) -> None:
    """A member of the commission, whom it delegates for its other decisions, or the clerk with the meeting that
    decided. Raises Refusal."""
    _check(state, office, COMMISSION, asked)
    check_takes_decision(office, meeting, asked)


@rule("X15")
def check_takes_decision(office: Quote, meeting: Meeting | None, asked: Asked) -> None:
    held = offices.quoted(office)
    if held.role is OfficeRole.DELEGATE and Act.DECISION not in held.acts:
        raise Forbidden("X15", N_("Cet acte n’est pas dans votre délégation."))
    if held.role is OfficeRole.CLERK and meeting is None:
        raise Refusal("X15", N_("Donnez la date de la réunion de la commission et l’extrait de son compte rendu."))
    if meeting is not None and meeting.day > day_of(asked.now):
        raise Refusal("X15", N_("La réunion de la commission n’a pas encore eu lieu."))


def _check(state: RegisterState, office: Quote, roles: Collection[OfficeRole], asked: Asked) -> None:
    check_same_body(office, state.body)
    offices.check_quoted(office, asked.actor, roles, day_of(asked.now))


@rule("X15")
def check_same_body(quote: Quote, body: str) -> None:
    if quote.stream != body:
        raise Forbidden("X15", N_("Ce qui est cité est d’un autre organisme certificateur."))
