"""What the commission says of an outcome that is presented to it (R8.1): validated, or returned to the certification
jury. Told by the server, after the commission's own event."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evaluation.candidacy.award_parts import Validation
from evaluation.candidacy.state import Awarded, CandidacyState, Outcome
from evaluation.candidacy.withholding import award_withheld, disqualified
from evaluation.codec import FieldError, decode
from evaluation.deadlines import due
from evaluation.field_values import day
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
from evaluation.people import Words
from evaluation.quoted_events import AWARD_RETURNED, AWARD_VALIDATED
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

VALIDATING = Topic()
BODY_SAYS: Mapping[str, str] = {"body.outcome_presented": "presented", "body.outcome_validated": "validated",
                                "body.outcome_returned": "returned"}


@VALIDATING.command
@dataclass(frozen=True)
class NoteValidation:
    """`said` quotes what became of an outcome of this candidacy before the commission."""

    said: Quote


@VALIDATING.event("candidacy.award_presented")
@dataclass(frozen=True)
class AwardPresented:
    said: Quote
    outcome: int
    batch: str
    on: date


@VALIDATING.event(AWARD_VALIDATED)
@dataclass(frozen=True)
class AwardValidated:
    """`ruled` is what was validated, on the day `validated_on`; it stands at `outcome`. The rest is what the register
    needs: until when the certificate is to leave, and how long after it the award is to be deposited. `company` is the
    keyed digest of the employer's name."""

    said: Quote
    outcome: int
    batch: str
    ruled: Awarded
    validated_on: date
    title: str
    company: str | None
    certificate_due: date
    deposit_months: int
    move_off_holidays: bool
    body: str


@VALIDATING.event(AWARD_RETURNED)
@dataclass(frozen=True)
class AwardReturned:
    """The outcome no longer holds: a sitting rules again, and the candidate is told so."""

    said: Quote
    outcome: int
    batch: str
    on: date
    words: Words


@VALIDATING.decides(NoteValidation)
def note(state: CandidacyState, command: NoteValidation, asked: Asked) -> tuple[Any, ...]:
    """Nothing where it is known already. Also of an outcome that a case has annulled: what annuls it may be lifted."""
    check_by_the_platform(asked.actor)
    said = command.said
    check_said(state, said)
    outcome, batch = int(str(said.data["outcome"])), str(said.data["batch"])
    known, on = state.validations.get(outcome), day(said.data["on"])
    if known is not None and _as_far(known, BODY_SAYS[said.event]):
        return ()
    if said.event == "body.outcome_presented":
        return (AwardPresented(said, outcome, batch, on),)
    if said.event == "body.outcome_returned":
        return (AwardReturned(said, outcome, batch, on, _words(said)),)
    return (_validated(state, said, outcome),)


def _validated(state: CandidacyState, said: Quote, outcome: int) -> AwardValidated:
    of, on, enrolled = state.certification, day(said.data["on"]), state.registration
    company = enrolled.enrolment.company if enrolled is not None else None
    return AwardValidated(
        said, outcome, str(said.data["batch"]), state.outcomes[outcome].awarded, on, of.title, company,
        certificate_due(state, on), of.deposit_months, of.move_off_holidays, state.body)


def _as_far(known: Validation, status: str) -> bool:
    return known.status == status or known.status != "presented"


def _words(said: Quote) -> Words:
    try:
        return decode(Words, said.data["words"])
    except FieldError as error:
        raise Refusal("R8.1", N_("Ce qui est cité ne peut être lu : {why}"), why=str(error)) from None


@rule("R8.1")
def check_said(state: CandidacyState, said: Quote) -> None:
    """The body's own, on an outcome of this candidacy."""
    if said.stream != state.body or said.event not in BODY_SAYS or said.data.get("candidacy") != state.id:
        raise Refusal("R8.1", N_("Ce qui est cité n’est pas une décision de la commission sur cette candidature."))
    if said.data.get("outcome") not in state.outcomes:
        raise Refusal("R8.1", N_("Le résultat que la commission a examiné n’est pas connu de cette candidature."))


@VALIDATING.evolves(AwardPresented, AwardValidated, AwardReturned)
def now_validated(state: CandidacyState, event: AwardPresented | AwardValidated | AwardReturned, happened: Happened
                  ) -> CandidacyState:
    if isinstance(event, AwardValidated):
        return _with(state, Validation(event.outcome, "validated", happened.position, event.batch, event.validated_on))
    if isinstance(event, AwardPresented):
        return _with(state, Validation(event.outcome, "presented", happened.position, event.batch, event.on))
    one = Validation(event.outcome, "returned", happened.position, event.batch, event.on, event.words)
    after = _with(state, one).correcting(event.outcome)
    return after if event.outcome in state.void else after.told("returned", happened)


def _with(state: CandidacyState, one: Validation) -> CandidacyState:
    return replace(state, validations={**state.validations, one.outcome: one})


# What it means


def to_validate(state: CandidacyState) -> tuple[Outcome, ...]:
    """What sittings ruled, holds, and the commission has not validated: whatever it is. What the clerk recorded with
    its paper is done."""
    return tuple(one for one in state.standing() if one.sitting is not None and not is_validated(state, one.position))


@rule("R8.1", permits=True)
def is_validated(state: CandidacyState, outcome: int) -> bool:
    known = state.validations.get(outcome)
    return known is not None and known.status == "validated"


@rule("R8.1", "R8.2")
def check_validated(state: CandidacyState, outcome: Outcome) -> None:
    """A certificate follows the commission's validation."""
    if outcome.sitting is not None and not is_validated(state, outcome.position):
        raise Refusal("R8.1", N_("La commission n’a pas encore validé ce résultat : le certificat suit sa validation."))


@rule("R8.2", permits=())
def to_certify(state: CandidacyState) -> tuple[Validation, ...]:
    """The awards that were validated and have no certificate yet, nor one that was noted for what they award: an award
    has one number, also where that was revoked. While the award is withheld there is none, and never of who is
    eliminated."""
    if award_withheld(state) or disqualified(state):
        return ()
    holding = {one.position: one.awarded for one in state.standing() if one.awarded.award != "none"}
    noted = (*state.certified(), *(one for one in state.certificates.values() if one.award is not None))
    return tuple(
        one for one in state.validations.values() if one.status == "validated" and one.outcome in holding
        and not any(each.award == one.position if each.award is not None
                    else each.dated >= holding[one.outcome].ruled_on for each in noted))


@rule("R8.2", permits=date.max)
def certificate_due(state: CandidacyState, validated_on: date) -> date:
    """The last day for the certificate to leave."""
    of = state.certification
    return due(validated_on, months=of.certificate_months, move_off_holidays=of.move_off_holidays)


