"""Who may do what in a case, and who sees which part of it."""
from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from evaluation import offices
from evaluation.body.reading_rights import ALL_OF_IT, Register, reads
from evaluation.body.terms import Meeting
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import DECIDED, CandidacyId
from evaluation.codec import decode
from evaluation.deadlines import day_of
from evaluation.kinds import Asked
from evaluation.offices import AT_PROVIDER, Act, Office, OfficeRole, ProviderId, check_same_body
from evaluation.people import PersonId
from evaluation.quoted_events import APPEAL_RECORDED
from evaluation.quotes import Quote
from evaluation.rules import N_, Forbidden, Refusal, rule

ORGANIZES = frozenset({OfficeRole.ORGANIZER, OfficeRole.DEPUTY})
CLERK = frozenset({OfficeRole.CLERK})
COMMISSION = frozenset({OfficeRole.COMMISSION_MEMBER, OfficeRole.DELEGATE, OfficeRole.CLERK})
ESTABLISHES = ORGANIZES | CLERK | {OfficeRole.DIRECTOR}
"""Who opens a case by hand, or establishes its facts; the director in place of an organizer whom it is about."""


def check_opens(office: Quote, provider: ProviderId | None, asked: Asked) -> OfficeRole:
    """A case is opened by hand by the awarding body, or by the candidate's own provider. Raises Forbidden."""
    return _check(office, asked, ESTABLISHES, provider)


def check_completes(state: CaseState, office: Quote, asked: Asked) -> None:
    """The facts are established, reported and led to a proposal by the provider's organizer or deputy, by its director
    where the facts concern one of them, or by the clerk. Raises Forbidden."""
    _check_in(state, office, asked, ESTABLISHES if state.subjects else ORGANIZES | CLERK)


def check_clerk(state: CaseState, office: Quote, asked: Asked) -> None:
    """The clerk of the case's awarding body. Raises Forbidden."""
    _check_in(state, office, asked, CLERK)


def check_answers_for_provider(state: CaseState, office: Quote, asked: Asked) -> None:
    _check_in(state, office, asked, AT_PROVIDER)


def check_commission(state: CaseState, office: Quote, meeting: Meeting | None, asked: Asked) -> None:
    """A member of the commission, a delegate for such acts, or the clerk with the meeting and its extract; nobody who
    takes part in the case otherwise. Raises Refusal."""
    _check_in(state, office, asked, COMMISSION)
    held = offices.quoted(office)
    check_takes_decision(held, meeting)
    check_no_party(state, asked.actor, records=held.role is OfficeRole.CLERK)
    if meeting is not None:
        check_met(state, meeting.day, day_of(asked.now))


@rule("X15")
def check_met(state: CaseState, met: date, today: date) -> None:
    """The meeting that decided was held, and after the case was opened."""
    if met > today:
        raise Refusal("X15", N_("La réunion de la commission n’a pas encore eu lieu."))
    begun = min(state.opened_at, *(one.at for part in state.parts.values() for one in part.sources))
    if met < day_of(begun):
        raise Refusal("R7.2", N_("Ce dossier n’existait pas encore le jour de cette réunion."))


@rule("X15")
def check_takes_decision(office: Office, meeting: Meeting | None) -> None:
    if office.role is OfficeRole.DELEGATE and Act.CASE not in office.acts:
        raise Forbidden("X15", N_("Cet acte n’est pas dans votre délégation."))
    if office.role is OfficeRole.CLERK and meeting is None:
        raise Refusal("X15", N_("Donnez la date de la réunion de la commission et l’extrait de son compte rendu."))


@rule("R7.2")
def check_no_party(state: CaseState, actor: PersonId, *, records: bool = False) -> None:
    """Nobody decides on what they sat in, organized, raised, proposed or stand in themselves, nor on an appeal against
    what they decided. `records`: a clerk writes down what the commission decided in its meeting, and decides nothing.
    Raises Forbidden."""
    parts = state.parts.values()
    raised = {one.by for part in parts for one in part.sources if not one.by_clerk}
    concerned = {*state.organizers, *state.subjects, *raised} | {
        one for part in parts for one in (part.person, *part.jurors, *part.assistants)}
    if not records:
        concerned |= {one.by for part in parts for one in part.sources if one.quote.event != APPEAL_RECORDED}
        concerned |= {one.by for part in parts for one in part.proposals}
        concerned |= {one for part in parts for source in part.sources for one in decided_before(source.quote)}
    if actor in concerned:
        raise Forbidden("R7.2", N_("Vous prenez part à ce dossier autrement : la décision revient à d’autres."))


@rule("R9.2", permits=())
def decided_before(source: Quote) -> tuple[PersonId, ...]:
    """The author of the decision that an appeal is about; nobody where a clerk wrote down a meeting's."""
    against = source.data.get("against")
    if source.event != APPEAL_RECORDED or against is None:
        return ()
    decision = decode(Quote, against)
    if decision.event != DECIDED:
        return ()
    held = offices.quoted(decode(Quote, decision.data["office"]))
    return () if held.role is OfficeRole.CLERK else (held.person,)


@rule("X15")
def check_no_subject(state: CaseState, actor: PersonId) -> None:
    """Nobody whom the facts concern acts in an office here, nor any candidate of the case or their assistant. Raises
    Forbidden."""
    assisting = {one for part in state.parts.values() for one in (part.person, *part.assistants)}
    if actor in state.subjects:
        raise Forbidden("X15", N_("Ce dossier vous concerne : une autre personne s’en charge, à défaut la direction de "
                                  "l’organisme de formation."))
    if actor in assisting:
        raise Forbidden("X15", N_("Vous êtes candidat ou l’assistez dans ce dossier : une autre personne s’en charge."))


def check_candidate(part: Part, asked: Asked, *, alone: bool = False) -> None:
    """The candidate acts; or, unless `alone`, somebody who assists them. Raises Forbidden."""
    check_own_part(part, asked, () if alone else part.assistants)


@rule("R7.2")
def check_own_part(part: Part, asked: Asked, assistants: Collection[PersonId]) -> None:
    if asked.actor != part.person and asked.actor not in assistants:
        raise Forbidden("R7.2", N_("C’est au candidat de répondre, ou à la personne qui l’assiste."))


def _check_in(state: CaseState, office: Quote, asked: Asked, roles: Collection[OfficeRole]) -> None:
    check_same_body(office, state.body)
    _check(office, asked, roles, state.provider)
    check_no_subject(state, asked.actor)


def _check(office: Quote, asked: Asked, roles: Collection[OfficeRole], provider: ProviderId | None) -> OfficeRole:
    offices.check_quoted(office, asked.actor, roles, day_of(asked.now), provider)
    return offices.quoted(office).role


# Who sees what


@dataclass(frozen=True)
class Viewer:
    """Who looks: a person with the offices that they hold today at the case's awarding body."""

    person: PersonId
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True)
class Seen:
    """What somebody sees: parts whole (`parts`), or but for what the candidate answers and what is decided on them
    (`outlines`); the common facts and evidence."""

    parts: frozenset[CandidacyId] = frozenset()
    outlines: frozenset[CandidacyId] = frozenset()
    common: bool = False


@rule("R7.2", "X1", permits=None)
def seen(state: CaseState, viewer: Viewer) -> Seen:
    """A candidate, and who assists them, see their own part and no other; a juror those of their hearings, a provider
    those of its candidates; the awarding body and the commission all. A withdrawn accusation is seen by those whom it
    concerned, and by no later jury. Nobody whom the facts concern sees anything. A person who is several of these at
    once is the first of them: no office opens what a candidate says to their jurors, nor one candidate's part to
    another."""
    person, parts = viewer.person, state.parts.values()
    own = frozenset(one.candidacy for one in parts if person == one.person) or frozenset(
        one.candidacy for one in parts if person in one.assistants)
    if own or person in state.subjects:
        return Seen(own, common=bool(own))
    still = frozenset(one.candidacy for one in parts if person in one.jurors and not one.withdrawn)
    whole = opened_by_office(state, person) if sees_by_office(state, viewer.offices) else frozenset[CandidacyId]()
    return Seen(whole, still, common=bool(whole or still))


def opened_by_office(state: CaseState, person: PersonId) -> frozenset[CandidacyId]:
    """The parts that an office opens to a person who holds one: none in a case of their own, none that they judged."""
    parts = state.parts.values()
    if person in state.subjects or any(person in (one.person, *one.assistants) for one in parts):
        return frozenset()
    return frozenset(one.candidacy for one in parts if person not in one.jurors)


def sees_by_office(state: CaseState, held: Collection[Office]) -> bool:
    return reads(tuple(held), Register.CASES) is ALL_OF_IT or any(
        one.role in AT_PROVIDER and one.provider == state.provider for one in held)


def kept_from(state: CaseState) -> frozenset[PersonId]:
    """Those to whom no office that they may hold opens anything of the case."""
    known = state.subjects | {
        one for part in state.parts.values() for one in (part.person, *part.assistants, *part.jurors)}
    return frozenset(one for one in known if not opened_by_office(state, one))
