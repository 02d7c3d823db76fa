"""A hearing as its papers say it was held: what its record becomes, and what the rules have against it (X13).

Nothing is judged anew here: the hearing is made up as the room would have left it, and the rules are asked of it.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from evaluation.deadlines import day_of
from evaluation.grading import Mark
from evaluation.people import SeatId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.admitting import check_admitted
from evaluation.session.consensus import open_questions
from evaluation.session.cuts import SECOND
from evaluation.session.deliberation import check_unsigned
from evaluation.session.examination import results_by
from evaluation.session.gates import check_decision, check_gates, check_prevention, reserved
from evaluation.session.grids import against_closing, check_competency, check_not_shown
from evaluation.session.hearing_parts import (
    Deliberation,
    Grid,
    IdentityDecision,
    OwnMark,
    Proposal,
    Recommendation,
    Signature,
)
from evaluation.session.incidents import check_kind
from evaluation.session.phases import OVER, Phase, PhaseClock, check_floor, extra_time
from evaluation.session.president import check_may_preside
from evaluation.session.recommendation import check_recommended, departs, result_of, unadvised
from evaluation.session.state import Hearing, SessionState
from evaluation.session.supplied_documents import check_identity_kind
from evaluation.session.terms import Gate, SignedPaper
from evaluation.session.transcript import (
    DISPUTE,
    EARLY,
    GATES,
    IDENTITY,
    Hours,
    PaperMark,
    Transcript,
    advice_place,
    incident_place,
    mark_place,
    refusal_place,
)

Said = Mapping[str, Words]


def as_held(state: SessionState, hearing: Hearing, read: Transcript, said: Said, signed: Mapping[SeatId, int]
            ) -> Hearing:
    """The hearing as the room would have left it before its last signature. `signed`: when each juror confirmed."""
    jury = tuple(seat.id for seat in state.jurors_sitting(hearing.id))
    ended = read.questions.ended_at
    held = replace(
        hearing, phase=Phase.DELIBERATION, resume=None, waiting=False, suspended=False, check=None, gesture=None,
        prevention=read.prevention, sheet=read.sheet, sheet_at=read.presentation.began_at, sheet_words=None,
        refusals=frozenset(), opinions={}, on_paper=_signed(hearing, read),
        reminder=frozenset(range(len(state.framework.reminder))),
        identity=IdentityDecision(
            read.identity.finding, read.identity.course, said.get(IDENTITY), (), (), read.president,
            read.presentation.began_at, read.identity.seen),
        clocks={phase: _clock(state, hearing, phase, hours) for phase, hours in _hours(read)},
        dismissed_at=ended, results_by=results_by(state, ended),
        grids={juror: _grid(hearing, juror, marks, said, ended) for juror, marks in read.grids.items()},
        deliberation=_deliberation(state, hearing, read, said, signed, jury))
    waived: tuple[tuple[Gate, bool], ...] = (
        ("prevention", read.prevention == "waived"), ("sheet", read.sheet == "waived"),
        ("identity", read.identity.course == "reserve"))
    for gate, withheld in waived:
        held = reserved(held, gate) if withheld else held
    return held


def _signed(hearing: Hearing, read: Transcript) -> frozenset[SignedPaper]:
    """The message may have been confirmed on screen before."""
    message = read.prevention == "acknowledged" and hearing.prevention != "acknowledged"
    signed: tuple[tuple[SignedPaper, bool], ...] = (("prevention", message), ("sheet", read.sheet == "signed"))
    return hearing.on_paper | frozenset[SignedPaper](paper for paper, there in signed if there)


def _hours(read: Transcript) -> tuple[tuple[Phase, Hours], ...]:
    return ((Phase.PRESENTATION, read.presentation), (Phase.QUESTIONS, read.questions))


def _clock(state: SessionState, hearing: Hearing, phase: Phase, hours: Hours) -> PhaseClock:
    timing, extra = state.framework.phases[phase.value], extra_time(dict(hearing.extra_seconds), phase)
    return PhaseClock(phase, timing.floor * SECOND, timing.ceiling * SECOND, extra * SECOND, hours.began_at,
                      hours.ended_at)


def _grid(hearing: Hearing, juror: SeatId, marks: Mapping[str, PaperMark], said: Said, at: int) -> Grid:
    """Notes and checklist that were kept in the room stay the juror's own."""
    own = {code: OwnMark(one.mark, said.get(mark_place(juror, code)), one.not_shown, at)
           for code, one in marks.items()}
    return replace(hearing.grid(juror), marks=own, closed=True)


def _deliberation(state: SessionState, hearing: Hearing, read: Transcript, said: Said, signed: Mapping[SeatId, int],
                  jury: tuple[SeatId, ...]) -> Deliberation:
    result = result_of(state.framework, hearing, _sought_alone(state, hearing, read.consensus))
    given = {
        block: Recommendation(advice, departs(result, block or None, advice), said.get(advice_place(block)))
        for block, advice in read.recommendations.items()}
    disputed = dict.fromkeys(read.disputed, said[DISPUTE]) if DISPUTE in said else {}
    refused = {juror: said.get(refusal_place(juror)) for juror in read.refused}
    return Deliberation(
        read.questions.ended_at, jury, {code: Proposal(mark, frozenset(jury)) for code, mark in read.consensus.items()},
        disputed, given, signatures={
            juror: Signature(at, juror in refused, refused.get(juror), on_paper=True) for juror, at in signed.items()})


def _sought_alone(state: SessionState, hearing: Hearing, marks: Mapping[str, Mark]) -> dict[str, Mark]:
    """What cannot be compiled is refused by name, before anything is compiled."""
    for code in marks:
        check_competency(state.framework, hearing, code)
    return dict(marks)


# What the rules have against it -----------------------------------------------------------------------------------


@rule("X13")
def check_to_transcribe(hearing: Hearing) -> None:
    """What is over stands; what somebody has signed on their screen is no longer told otherwise."""
    if hearing.phase in OVER:
        raise Refusal("X13", N_("Cette épreuve est terminée : son procès-verbal ne se transcrit plus."))
    if hearing.deliberation is not None:
        check_unsigned(hearing.deliberation)


@rule("X13")
def check_scan(hearing: Hearing) -> None:
    """Whatever is entered can be compared with the paper."""
    if not any(one.paper == "pack" for one in hearing.scans):
        raise Refusal("X13", N_("Joignez d’abord la copie numérisée du dossier papier signé : chaque juré la compare à "
                                "ce qui est saisi."))


@rule("X13")
def check_hours(state: SessionState, read: Transcript, now: int) -> None:
    """The presentation, then the questions, on the day or since, and over."""
    hours = (read.presentation.began_at, read.presentation.ended_at, read.questions.began_at, read.questions.ended_at)
    if list(hours) != sorted(hours) or read.presentation.began_at == read.questions.ended_at:
        raise Refusal("X13", N_("Les heures ne se suivent pas : la présentation, puis les questions."))
    if day_of(hours[0]).isoformat() < state.date or hours[-1] > now:
        raise Refusal("X13", N_("L’épreuve s’est tenue le jour de la session ou depuis, et elle est finie : vérifiez "
                                "les heures."))


@rule("X13")
def check_jury_alone(state: SessionState, hearing: Hearing, jurors: Iterable[SeatId]) -> None:
    """Marks and refusals to sign are those of the jurors who sit for this candidate."""
    for juror in jurors:
        if juror in hearing.recused:
            raise Refusal("R1.4", N_("Un juré récusé pour cette épreuve n’a pas de grille."))
        if not state.sits(juror, hearing.id):
            raise Refusal("X13", N_("Une grille est celle d’une personne qui ne siège pas pour cette épreuve."))


@rule("X13")
def check_worded(said: Said, *places: str) -> None:
    """What is explained in words on paper is entered with them."""
    if any(place not in said for place in places):
        raise Refusal("X13", N_("Recopiez aussi les mots écrits sur le papier : un incident, un désaccord, un refus de "
                                "signer, une réserve ne vont pas sans explication."))


@rule("X13")
def check_own_marks(state: SessionState, hearing: Hearing, held: Hearing, read: Transcript) -> None:
    """Three grids, whole, of the competencies sought, by the rules of any grid."""
    check_jury_alone(state, hearing, read.grids)
    for juror in (seat.id for seat in state.jurors_sitting(hearing.id)):
        for code, one in read.grids.get(juror, {}).items():
            check_competency(state.framework, hearing, code)
            check_not_shown(one.mark, one.not_shown)
        for reason in against_closing(state.framework, hearing, held.grid(juror)):
            raise Refusal(reason.rule, reason.text, **dict(reason.values))


@rule("X13")
def check_concluded(state: SessionState, held: Hearing, read: Transcript, said: Said) -> None:
    """A consensus or a disagreement on each competency, a recommendation on each block and the whole, as in the room.
    """
    both = set(read.consensus) & set(read.disputed)
    if both:
        raise Refusal("R3.6", N_("Un désaccord porte sur des compétences sans consensus."))
    for code in read.disputed:
        check_competency(state.framework, held, code)
    then = state.with_hearing(held)
    left = open_questions(then, held)
    if left:
        raise Refusal("R3.6", N_("Sans consensus ni désaccord : {codes}."), codes=", ".join(left))
    result = result_of(state.framework, held, read.consensus)
    for block, advice in read.recommendations.items():
        check_recommended(state.framework, held, result, block or None, advice, advice_place(block) in said)
    if unadvised(held):
        raise Refusal("R3.8", N_("Il manque une préconisation."))


def check_whole(state: SessionState, hearing: Hearing, read: Transcript, said: Said, now: int) -> None:
    """Everything that the room would have refused, and that paper alone can get wrong."""
    check_to_transcribe(hearing)
    check_admitted(hearing)
    check_scan(hearing)
    check_hours(state, read, now)
    check_may_preside(state, hearing.id, read.president)
    check_jury_alone(state, hearing, read.refused)
    words = [*(refusal_place(one) for one in read.refused), *([DISPUTE] if read.disputed else []),
             *([GATES] if "waived" in (read.prevention, read.sheet) else []),
             *(incident_place(number) for number in range(len(read.incidents)))]
    check_worded(said, *words)
    for one in read.incidents:
        check_kind(state, one.kind, suspected_fraud=one.suspected_fraud)
    check_decision(read.identity.finding, read.identity.course, IDENTITY in said)
    check_identity_kind(state, "identity_front", read.identity.seen)
    held = as_held(state, hearing, read, said, {})
    check_prevention(held)
    check_gates(state, held)
    check_floor(held.clocks[Phase.QUESTIONS], read.questions.ended_at, EARLY in said)
    check_own_marks(state, hearing, held, read)
    check_concluded(state, held, read, said)

