"""A candidacy as a kind of stream: its topics put together."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from evaluation.candidacy.adjusting import (
    ADJUSTING,
    DecideAdjustment,
    adjustment_status,
)
from evaluation.candidacy.appealing import APPEALING, RecordAppeal, case_of_appeal, ruled
from evaluation.candidacy.award_rows import award_rows
from evaluation.candidacy.awarded_by_sitting import SITTING_AWARDS, NoteAward
from evaluation.candidacy.awarding import AWARDING, RecordOutcome
from evaluation.candidacy.certifying import CERTIFYING, NoteCertificate
from evaluation.candidacy.delay_rows import delay_rows
from evaluation.candidacy.examining import (
    EXAMINING,
    CloseExaminations,
    DecideMatch,
    EndExamination,
    OpenExamination,
    admission,
    admitted,
    due_commands,
    next_due,
)
from evaluation.candidacy.hearing_endings import (
    ENDING,
    TABLE,
    Arrives,
    NoteEnding,
    counting,
)
from evaluation.candidacy.issued import ISSUED, NoteIssued
from evaluation.candidacy.opening import OPENING, CandidacyOpened, OpenCandidacy
from evaluation.candidacy.planned import PLANNED, NotePlanned
from evaluation.candidacy.recommended import RECOMMENDING, NoteAgenda, NoteRecommendation
from evaluation.candidacy.registering import (
    REGISTERING,
    CorrectRegistration,
    WithdrawCandidacy,
)
from evaluation.candidacy.replay import asked_for
from evaluation.candidacy.reserving import (
    RESERVING,
    NoteReservation,
    SettleReservation,
)
from evaluation.candidacy.results_told import TELLING, HandResult, NoteResultArrived, NoteResultFailed
from evaluation.candidacy.state import KIND, AppealNoted, CandidacyState
from evaluation.candidacy.terms import HearingEnding
from evaluation.candidacy.to_award import to_award
from evaluation.candidacy.validated import VALIDATING, NoteValidation, is_validated
from evaluation.candidacy.withholding import (
    WITHHOLDING,
    NoteCase,
    award_withheld,
    disqualified,
)
from evaluation.case.terms import case_id
from evaluation.case_rules import Consequence
from evaluation.deadlines import end_of, start_of
from evaluation.kinds import Kind, Row
from evaluation.people import PersonId
from evaluation.rules import N_, Refusal

TOPICS = (OPENING, REGISTERING, EXAMINING, PLANNED, ADJUSTING, AWARDING, CERTIFYING, WITHHOLDING, RESERVING, ENDING,
          APPEALING, RECOMMENDING, SITTING_AWARDS, VALIDATING, TELLING, ISSUED)
BY_THE_SERVER = frozenset({OpenExamination, EndExamination, CloseExaminations, NotePlanned, NoteCase, NoteReservation,
                           NoteEnding, NoteRecommendation, NoteAgenda, NoteAward, NoteValidation, NoteResultArrived,
                           NoteResultFailed, NoteIssued})


def check(state: CandidacyState | None, _actor: PersonId, command: Any) -> None:
    """Raises Refusal for a candidacy that is not there, or that is there already. Each decider asks who may what of
    the office that is quoted."""
    if state is None and not isinstance(command, OpenCandidacy):
        raise Refusal("R1.1", N_("Cette candidature n’existe pas."))
    if state is not None and isinstance(command, OpenCandidacy):
        raise Refusal("R1.1", N_("Cette candidature existe déjà."))


TO_PLAN = frozenset({"registered", *(one.value for one, arrives in TABLE.items() if arrives is Arrives.PLANNING)} - {
    HearingEnding.VOID.value})
"""The statuses beneath of a candidacy whose hearing can be planned."""
HELD = "held"
UNDER_WAY = TO_PLAN | {"examined", "planned", "heard", "stopped"}
"""The statuses beneath of a candidacy that a jury is still to come of: of one person, one for each certification."""


def status(state: CandidacyState) -> str:
    """What withholds the award, whatever else there is to say; then what is beneath."""
    if award_withheld(state):
        return HELD
    return beneath(state)


def beneath(state: CandidacyState) -> str:
    """The last award, unless the candidate is disqualified; where no jury has ruled, how far the candidacy is."""
    if disqualified(state):
        return "disqualified"
    standing = state.standing()
    if standing:
        return standing[-1].awarded.award
    if state.withdrawn is not None:
        return "withdrawn"
    if state.registration is None:
        return "open"
    if not admitted(state):
        return admission(state)
    if state.planned:
        return "planned"
    ending = counting(state) or HearingEnding.VOID
    return "registered" if ending is HearingEnding.VOID else ending.value


def closed(state: CandidacyState) -> bool:
    """The whole certification is awarded and its certificate noted, or the candidate has withdrawn: nothing is left but
    to correct."""
    if award_withheld(state):
        return False
    return state.withdrawn is not None or (status(state) == "full" and bool(state.certified()))


def subject(state: CandidacyState | None, stream: str, fields: Mapping[str, object]) -> str:
    """All words of a candidacy are about its person."""
    return state.person if state else str(fields.get("person", f"stream:{stream}"))


def must_have_seen(state: CandidacyState, command: type, _fields: Mapping[str, object]) -> int:
    """What is recorded of juries and certificates, or corrected, is decided on what already is."""
    on_the_last = (RecordOutcome, NoteCertificate, CorrectRegistration, WithdrawCandidacy, DecideMatch,
                   DecideAdjustment, RecordAppeal, SettleReservation, HandResult)
    return state.position if command in on_the_last else 0


def rows(state: CandidacyState) -> Iterable[Row]:
    """The candidacy; what holds of its outcomes and certificates; and what is examined or adjusted, which is no
    provider's."""
    theirs = (replace(one, scope=state.provider) for one in _rows(state))
    found = (*theirs, *award_rows(state), *delay_rows(state), *_appeals(state), *_examinations(state),
             *_adjustments(state))
    return (replace(one, person=state.person, body=state.body) for one in found)


def _rows(state: CandidacyState) -> Iterable[Row]:
    code, version = state.certification.code, state.certification.version
    day = state.first_jury or state.opened_on
    yield Row("candidacies", state.id, status=status(state), about=code, at=start_of(day),
              data={"version": version, "past": state.first_jury is not None, **_registered(state),
                    **_adjusted(state), **_held(state), **_settled(state)})
    for one in state.standing():
        ruled = one.awarded
        yield Row("outcomes", f"{state.id}/{one.position}", status=ruled.award, about=code, at=start_of(ruled.ruled_on),
                  data={"version": version, "ruled_on": ruled.ruled_on.isoformat(), "blocks": list(ruled.blocks),
                        "paper": one.paper.file, "position": one.position})
    for noted in state.certified():
        paper = noted.paper.file if noted.paper is not None else None
        yield Row("certificates", f"{state.id}/{noted.position}", about=code, at=start_of(noted.dated),
                  data={"number": noted.number, "dated": noted.dated.isoformat(), "paper": paper,
                        "position": noted.position})


def _held(state: CandidacyState) -> dict[str, object]:
    """What is beneath, and what withholds the award: the cases that are open, and the reservations to settle."""
    if not award_withheld(state):
        return {}
    cases = sorted(one.case for one in state.cases.values() if one.open)
    gates = [one.gate for one in state.reservations if one.settled is None]
    return {"held_under": beneath(state), "cases": cases, "reservations": gates}


def _settled(state: CandidacyState) -> dict[str, object]:
    """The hearings whose reservations are all settled."""
    open_still = {one.hearing for one in state.reservations if one.settled is None}
    settled = sorted({one.hearing for one in state.reservations} - open_still)
    return {"settled": settled} if settled else {}


def _appeals(state: CandidacyState) -> Iterable[Row]:
    """Of one that waits for its answer `due_at` is the day after it was posted: the longest waiting are the first.
    What was flagged decides nothing."""
    for one in state.appeals:
        case, status = appeal_case(state, one)
        yield Row("appeals", f"{state.id}/{one.appeal}", status=status, about=state.certification.code,
                  at=start_of(one.received_on), due_at=end_of(one.posted_on) if status == "open" else None,
                  data={"appeal": one.appeal, "case": case, "candidacy": state.id, "against": one.against.kind,
                        "ruled_on": ruled(one.against).isoformat(), "posted_on": one.posted_on.isoformat(),
                        "received_on": one.received_on.isoformat(), "until": one.until.isoformat(),
                        "means": one.means, "number": one.number, "flags": [flag.value for flag in one.flags],
                        "position": one.position})


def appeal_case(state: CandidacyState, one: AppealNoted) -> tuple[str, str]:
    """The case that it opened, or that took that one's place; and what the commission decided, `open` until then."""
    noted = case_of_appeal(state, one)
    if noted is None:
        return case_id(KIND, state.id, one.position), "open"
    decided = noted.consequence or Consequence.NONE
    return noted.case, "open" if noted.open else decided.value


def _examinations(state: CandidacyState) -> Iterable[Row]:
    """Of who withdrew, what was found alone: nothing is left to decide. `about` is the bar."""
    for bar, one in state.examinations.items():
        if one.same is None and state.withdrawn is not None:
            continue
        answer = "open" if one.same is None else "same" if one.same else "other"
        yield Row("examinations", f"{state.id}/{bar}", status=answer, about=bar, at=one.at, due_at=end_of(one.due),
                  data={"candidacy": state.id, "code": state.certification.code, "provider": state.provider,
                        "bar": one.bar.position, "cause": one.cause, "due": one.due.isoformat()})


def _adjustments(state: CandidacyState) -> Iterable[Row]:
    """For the disability officer alone: what is asked of them, and what they decided."""
    if state.adjusting.asked:
        yield Row("adjustments", state.id, status=adjustment_status(state), about=state.certification.code,
                  at=state.adjusting.asked[-1].at, data={"provider": state.provider})


def _adjusted(state: CandidacyState) -> dict[str, object]:
    """Where the decision stands that is quoted to plan a hearing."""
    granted = state.adjusting.granted
    return {"adjusted": granted.position} if granted is not None else {}


def _registered(state: CandidacyState) -> dict[str, object]:
    """The blocks sought, where the registration stands that is quoted to plan a hearing, and the hearings planned."""
    one = state.registration
    if one is None:
        return {}
    planned = [{"session": each.session, "hearing": each.hearing, "date": each.date.isoformat()}
               for each in state.planned]
    return {"sought": list(one.enrolment.sought), "registered": one.position, "planned": planned}


def stands(state: CandidacyState, position: int) -> bool:
    """Not an outcome, a certificate or a registration that was corrected; not that of somebody who withdrew, who is or
    may be under a bar or is disqualified, or who is planned or was heard already: a hearing that rests on it would be a
    second one. Not what a jury awarded, while a suspected fraud is open; not what was handed on and a sitting has
    ruled on; not what the commission validated, while it is withheld or since it no longer holds."""
    registration = state.registration
    taken = state.planned or disqualified(state) or not admitted(state) or _was_examined(state)
    if registration is not None and registration.position == position and taken:
        return False
    if _awaits_another(state, position):
        return False
    accused = disqualified(state) or any(one.open and one.door == "fraud" for one in state.cases.values())
    if position in state.outcomes and accused:
        return False
    return position not in state.void


def _awaits_another(state: CandidacyState, position: int) -> bool:
    if any(one.position == position for one in state.recommendations):
        waiting = to_award(state)
        return waiting is None or waiting.recommendation.position != position
    award = next((one for one in state.validations.values() if one.position == position), None)
    if award is None:
        return False
    holds = is_validated(state, award.outcome) and award.outcome not in state.void
    return not holds or award_withheld(state) or disqualified(state)


def _was_examined(state: CandidacyState) -> bool:
    """Whether a hearing was held, or stopped, and counts."""
    return TABLE[counting(state) or HearingEnding.VOID] is not Arrives.PLANNING


def results(state: CandidacyState) -> Mapping[str, object]:
    """What each jury ruled that holds, by position."""
    return {str(one.position): one.awarded for one in state.standing()}


CANDIDACY: Kind[CandidacyState] = Kind(
    KIND, begins=OpenCandidacy, begun=CandidacyOpened, topics=TOPICS, check=check, replay=asked_for,
    from_pages=frozenset(one for topic in TOPICS for one in topic.commands) - BY_THE_SERVER, closed=closed,
    must_have_seen=must_have_seen, next_due=next_due, due_commands=due_commands,
    rows=rows, subject=subject, stands=stands, judges=frozenset({RecordAppeal}), results=results)
