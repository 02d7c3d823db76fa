"""Who may what in an awarding body: the state's own offices on the day of the act.

Each answers with the office under which somebody acts, and every decider asks one of them first.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from evaluation.body.state import BodyState
from evaluation.body.terms import Meeting
from evaluation.deadlines import day_of
from evaluation.kinds import Asked
from evaluation.offices import AT_PROVIDER, Act, Office, OfficeId, OfficeRole, ProviderId, held, over, runs
from evaluation.people import SYSTEM, PersonId
from evaluation.rules import N_, Forbidden, Refusal, rule

GRANTED_BY: Mapping[OfficeRole, frozenset[OfficeRole]] = {
    OfficeRole.CLERK: frozenset({OfficeRole.CLERK}),
    OfficeRole.COMMISSION_MEMBER: frozenset({OfficeRole.CLERK}),
    OfficeRole.DIRECTOR: frozenset({OfficeRole.CLERK}),
    OfficeRole.ORGANIZER: frozenset({OfficeRole.CLERK, OfficeRole.DIRECTOR}),
    OfficeRole.DEPUTY: frozenset({OfficeRole.CLERK, OfficeRole.DIRECTOR, OfficeRole.ORGANIZER}),
    OfficeRole.DISABILITY_OFFICER: frozenset({OfficeRole.CLERK}),
    OfficeRole.OBSERVER: frozenset({OfficeRole.CLERK}),
    OfficeRole.PRESIDENT: frozenset({OfficeRole.CLERK}),
    OfficeRole.PRESIDENT_DELEGATE: frozenset({OfficeRole.CLERK, OfficeRole.PRESIDENT}),
}
"""Who grants and ends which office: at a provider, its own people alone. A delegation is the commission's to give."""


def may_grant(offices: Iterable[Office], role: OfficeRole, provider: ProviderId | None) -> OfficeId | None:
    """Under which of these offices somebody may grant or end an office of this role."""
    allowed = GRANTED_BY.get(role, frozenset())
    for one in offices:
        if one.role in allowed and (one.role not in AT_PROVIDER or one.provider == provider):
            return one.id
    return None


def may_delegate(offices: Iterable[Office]) -> bool:
    """Whether somebody of these offices gives delegations and takes them back: the commission, or the clerk who records
    its decision."""
    return any(one.role in (OfficeRole.CLERK, OfficeRole.COMMISSION_MEMBER) for one in offices)


def may_end(offices: Sequence[Office], person: PersonId, office: Office, today: date) -> bool:
    """Whether somebody of these offices may end an office that is not over: their own, or what they may give."""
    if office.role is OfficeRole.DELEGATE:
        theirs = may_delegate(offices)
    else:
        theirs = may_grant(offices, office.role, office.provider) is not None
    return (office.person == person or theirs) and not over(office.until, today)


def may_keep_registers(offices: Iterable[Office]) -> OfficeId | None:
    """Under which of these offices somebody keeps what the awarding body agrees on and puts in force: its agreements
    with providers, its frameworks."""
    return next((one.id for one in offices if one.role is OfficeRole.CLERK), None)


OBSERVES = frozenset({OfficeRole.OBSERVER, OfficeRole.CLERK})
PLANS = frozenset({OfficeRole.ORGANIZER, OfficeRole.DEPUTY})


def may_plan(offices: Iterable[Office], provider: ProviderId) -> OfficeId | None:
    """Under which of these offices somebody plans a provider's days."""
    return next((one.id for one in offices if one.role in PLANS and one.provider == provider), None)


@rule("X15", permits=True)
def may_see_sign_ins(offices: Iterable[Office]) -> bool:
    """Whether somebody of these offices sees who signed in, and how."""
    return may_keep_registers(offices) is not None


@rule("X15", permits=True)
def may_let_in(issuer: Iterable[Office], person: Iterable[Office]) -> bool:
    """Whether somebody of these offices may hand a person of those a link to set up what they sign in with: a clerk
    anybody; others whoever they might grant each of their offices."""
    mine, theirs = tuple(issuer), tuple(person)
    if any(one.role is OfficeRole.CLERK for one in mine):
        return True
    return bool(theirs) and all(may_grant(mine, one.role, one.provider) is not None for one in theirs)


@rule("X15", permits="")
def as_clerk(state: BodyState, asked: Asked) -> OfficeId:
    """Under which office somebody keeps the registers. Raises Forbidden."""
    found = may_keep_registers(_held(state, asked))
    if found is None:
        raise Forbidden("X15", N_("C’est au secrétariat de l’organisme certificateur de le faire."))
    return found


@rule("X15", permits="")
def as_observing(state: BodyState, asked: Asked) -> OfficeId:
    """Under which office somebody says what they found: an observer, or the clerk. Raises Forbidden."""
    found = next((one.id for one in _held(state, asked) if one.role in OBSERVES), None)
    if found is None:
        raise Forbidden("X15", N_("C’est à l’organisme certificateur, ou à qui observe pour lui, de le faire."))
    return found


@rule("X15", permits="")
def as_planning(state: BodyState, asked: Asked, provider: ProviderId) -> OfficeId:
    """Under which office somebody acts for a provider's days. Raises Forbidden."""
    found = may_plan(_held(state, asked), provider)
    if found is None:
        raise Forbidden("X15", N_("C’est au responsable de l’organisation, ou à sa suppléance, de le faire."))
    return found


@rule("X15", permits="")
def as_granting(
    state: BodyState, asked: Asked, role: OfficeRole, provider: ProviderId | None, meeting: Meeting | None
) -> OfficeId:
    """Under which office somebody grants or ends an office of this role. The platform itself (`SYSTEM`) gives the
    awarding body a clerk when nobody is left. Raises Refusal."""
    if role is OfficeRole.DELEGATE:
        return as_commission(state, asked, None, meeting)
    if asked.actor == SYSTEM and role is OfficeRole.CLERK:
        if clerks(state, day_of(asked.now)):
            raise Refusal("X15", N_("L’organisme certificateur a un secrétariat : c’est à lui de l’attribuer."))
        return ""
    found = may_grant(_held(state, asked), role, provider)
    if found is None:
        raise Forbidden("X15", N_("Votre fonction ne permet pas d’attribuer ou de retirer celle-ci."))
    return found


@rule("X15", permits="")
def as_commission(state: BodyState, asked: Asked, act: Act | None, meeting: Meeting | None) -> OfficeId:
    """Under which office somebody records a decision of the commission: a member; the clerk, with the meeting's date
    and its extract; a delegate, for an act of the delegation (`act`; None: nothing that is ever delegated). Raises
    Refusal."""
    offices = _held(state, asked)
    _check_meeting(meeting, day_of(asked.now))
    for one in offices:
        if _decides(one, act) or (one.role is OfficeRole.CLERK and meeting is not None):
            return one.id
    roles = {one.role for one in offices}
    if OfficeRole.DELEGATE in roles:
        raise Forbidden("X15", N_("Cet acte n’est pas dans votre délégation."))
    if OfficeRole.CLERK in roles:
        raise Refusal("X15", N_("Donnez la date de la réunion de la commission et l’extrait de son compte rendu."))
    raise Forbidden("X15", N_("C’est à la commission d’en décider."))


def needs_meeting(offices: Iterable[Office], act: Act | None) -> bool:
    """Whether none of these offices takes the commission's decision itself: the clerk's records it, with its
    meeting."""
    return not any(_decides(one, act) for one in offices)


def _decides(office: Office, act: Act | None) -> bool:
    delegated = office.role is OfficeRole.DELEGATE and act in office.acts
    return office.role is OfficeRole.COMMISSION_MEMBER or delegated


def clerks(state: BodyState, on: date) -> frozenset[OfficeId]:
    return frozenset(one.id for one in state.all_offices()
                     if one.role is OfficeRole.CLERK and runs(one.since, one.until, on))


def _held(state: BodyState, asked: Asked) -> tuple[Office, ...]:
    return held(state.all_offices(), asked.actor, day_of(asked.now))


def _check_meeting(meeting: Meeting | None, today: date) -> None:
    if meeting is not None and meeting.day > today:
        raise Refusal("X15", N_("La réunion de la commission n’a pas encore eu lieu."))
