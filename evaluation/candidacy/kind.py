"""A candidacy as a kind of stream: its topics put together."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from evaluation.candidacy.adjusting import (
    ADJUSTING,
    AdjustmentAsked,
    AdjustmentDecided,
    AskAdjustment,
    DecideAdjustment,
    HandOpinion,
    OpinionHanded,
    OpinionSeen,
    SeeOpinion,
    adjustment_status,
)
from evaluation.candidacy.appealing import APPEALING, AppealRecorded, RecordAppeal, ruled
from evaluation.candidacy.awarding import AWARDING, OutcomeRecorded, RecordOutcome
from evaluation.candidacy.certifying import CERTIFYING, CertificateNoted, NoteCertificate
from evaluation.candidacy.examining import (
    EXAMINING,
    CloseExaminations,
    DecideMatch,
    EndExamination,
    ExaminationEnded,
    ExaminationOpened,
    ExaminationsClosed,
    MatchDecided,
    OpenExamination,
    admission,
    admitted,
    due_commands,
    next_due,
)
from evaluation.candidacy.hearing_endings import (
    ENDING,
    TABLE,
    AbsenceExcused,
    Arrives,
    ExcuseAbsence,
    HearingEnded,
    NoteEnding,
    counting,
)
from evaluation.candidacy.opening import OPENING, CandidacyOpened, OpenCandidacy
from evaluation.candidacy.planned import PLANNED, CandidacyPlanned, CandidacyUnplanned, NotePlanned
from evaluation.candidacy.registering import (
    REGISTERING,
    CandidacyRegistered,
    CandidacyWithdrawn,
    CorrectRegistration,
    RegistrationCorrected,
    WithdrawCandidacy,
)
from evaluation.candidacy.reserving import (
    RESERVING,
    NoteReservation,
    ReservationNoted,
    ReservationSettled,
    SettleReservation,
)
from evaluation.candidacy.state import KIND, AppealNoted, CandidacyState
from evaluation.candidacy.terms import Enrolment, HearingEnding, Registration
from evaluation.candidacy.withholding import (
    WITHHOLDING,
    AwardReleased,
    AwardWithheld,
    NoteCase,
    award_withheld,
    disqualified,
)
from evaluation.case.terms import case_id
from evaluation.case_rules import Consequence
from evaluation.deadlines import end_of, start_of
from evaluation.kinds import Kind, Row
from evaluation.people import PersonId
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal

TOPICS = (OPENING, REGISTERING, EXAMINING, PLANNED, ADJUSTING, AWARDING, CERTIFYING, WITHHOLDING, RESERVING, ENDING,
          APPEALING)
BY_FIELDS: Mapping[type, type] = {
    CertificateNoted: NoteCertificate, CandidacyWithdrawn: WithdrawCandidacy, MatchDecided: DecideMatch,
    ExaminationEnded: EndExamination, ExaminationsClosed: CloseExaminations,
    AdjustmentAsked: AskAdjustment, OpinionHanded: HandOpinion,
    OpinionSeen: SeeOpinion, AdjustmentDecided: DecideAdjustment,
    CandidacyPlanned: NotePlanned, CandidacyUnplanned: NotePlanned,
    AwardWithheld: NoteCase, AwardReleased: NoteCase, ReservationNoted: NoteReservation,
    ReservationSettled: SettleReservation, HearingEnded: NoteEnding, AbsenceExcused: ExcuseAbsence,
    AppealRecorded: RecordAppeal}
"""Each event holds its command's fields under the same names."""
BY_THE_SERVER = frozenset({OpenExamination, EndExamination, CloseExaminations, NotePlanned, NoteCase, NoteReservation,
                           NoteEnding})


def check(state: CandidacyState | None, _actor: PersonId, command: Any) -> None:
    """Raises Refusal for a candidacy that is not there, or that is there already. Each decider asks who may what of
    the office that is quoted."""
    if state is None and not isinstance(command, OpenCandidacy):
        raise Refusal("R1.1", N_("Cette candidature n’existe pas."))
    if state is not None and isinstance(command, OpenCandidacy):
        raise Refusal("R1.1", N_("Cette candidature existe déjà."))


def asked_for(event: Any, following: Any | None) -> Any | None:
    """The command that an event answers, read back from it and, where a candidate is registered, from the next."""
    if isinstance(event, CandidacyOpened):
        return _opening(event, following if isinstance(following, CandidacyRegistered) else None)
    if isinstance(event, RegistrationCorrected):
        return CorrectRegistration(_given(event), event.civil, event.reason, event.office, event.outcomes,
                                   _found_with_it(following))
    if isinstance(event, ExaminationOpened):
        return OpenExamination(event.bars) if event.cause == "barred" else None
    if isinstance(event, OutcomeRecorded):
        ruled = event.outcome
        return RecordOutcome(
            ruled.ruled_on, ruled.award, ruled.blocks, event.paper, event.office, event.kept, event.corrects)
    command = BY_FIELDS.get(event.__class__)
    return command(**{one.name: getattr(event, one.name) for one in fields(command)}) if command else None


def _opening(event: CandidacyOpened, registered: CandidacyRegistered | None) -> OpenCandidacy:
    opening = OpenCandidacy(event.candidacy, event.person, event.framework, event.office, event.provider,
                            event.agreement, event.first_jury, possible_bars=event.possible_bars)
    if registered is None:
        return opening
    return replace(opening, registration=_given(registered), civil=registered.civil,
                   outcomes=registered.enrolment.outcomes)


def _found_with_it(following: Any | None) -> tuple[Quote, ...]:
    """The bars that a correction found possible."""
    if isinstance(following, ExaminationOpened) and following.cause == "corrected":
        return following.bars
    return ()


def _given(event: CandidacyRegistered | RegistrationCorrected) -> Registration:
    said: Enrolment = event.enrolment
    return Registration(said.sought, event.came_by, event.initiative, event.interview, event.rules_handed,
                        said.trained_by, said.company)


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
                   DecideAdjustment, RecordAppeal, SettleReservation)
    return state.position if command in on_the_last else 0


def rows(state: CandidacyState) -> Iterable[Row]:
    """The candidacy; what holds of its outcomes and certificates; and what is examined or adjusted, which is no
    provider's."""
    theirs = (replace(one, scope=state.provider) for one in _rows(state))
    found = (*theirs, *_appeals(state), *_examinations(state), *_adjustments(state))
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
        yield Row("certificates", f"{state.id}/{noted.position}", about=code, at=start_of(noted.dated),
                  data={"number": noted.number, "dated": noted.dated.isoformat(), "paper": noted.paper.file,
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
    opened = case_id(KIND, state.id, one.position)
    noted = next((each for each in state.cases.values() if opened in (each.case, *each.instead)), None)
    if noted is None:
        return opened, "open"
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
    second one. Not what a jury awarded, while a suspected fraud is open."""
    registration = state.registration
    taken = state.planned or disqualified(state) or not admitted(state) or _was_examined(state)
    if registration is not None and registration.position == position and taken:
        return False
    accused = disqualified(state) or any(one.open and one.door == "fraud" for one in state.cases.values())
    if position in state.outcomes and accused:
        return False
    return position not in state.void


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
