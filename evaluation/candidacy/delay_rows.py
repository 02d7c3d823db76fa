"""The delays of a candidacy that run, one row each of an index that every kind of stream has rows in: what the board of
delays shows, late first (R8.1, R8.2, R9.2, X6)."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from evaluation.candidacy.appealing import case_of_appeal
from evaluation.candidacy.award_rows import letter_due
from evaluation.candidacy.state import CandidacyState
from evaluation.candidacy.to_award import to_award
from evaluation.candidacy.validated import certificate_due, to_certify, to_validate
from evaluation.candidacy.withholding import award_withheld, disqualified
from evaluation.deadlines import due, end_of, start_of
from evaluation.kinds import Row
from evaluation.rules import rule

DELAYS = "delays"
DelayKind = Literal["result", "again", "letter", "validation", "certificate", "appeal", "sitting", "posting",
                    "returned", "deposit", "deposit_back"]
WaitsFor = Literal["clerk", "commission", "sitting", "case", "mail", "organizer", "company", "holder",
                   "deposit"]


def delay_rows(state: CandidacyState) -> Iterable[Row]:
    """`status` is the kind of delay, `due_at` its last moment: None where the règlement gives none. `data` say who is
    waited for."""
    yield from _ruling(state)
    for letter in state.letters:
        if not letter.told:
            lost = letter.bounced_at is not None
            yield _row(state, "letter", str(letter.position), letter.at, letter_due(state, letter),
                       "clerk" if lost else "mail")
    for one in to_validate(state):
        known = state.validations.get(one.position)
        held = award_withheld(state) or disqualified(state)
        waits: WaitsFor = "case" if held else "commission" if known is not None else "clerk"
        yield _row(state, "validation", str(one.position), start_of(one.awarded.ruled_on), None, waits,
                   **({"batch": known.batch} if known is not None else {}))
    for award in to_certify(state):
        yield _row(state, "certificate", str(award.outcome), start_of(award.on), certificate_due(state, award.on),
                   "clerk")
    for appeal in state.appeals:
        case = case_of_appeal(state, appeal)
        if case is None or case.open:
            yield _row(state, "appeal", appeal.appeal, start_of(appeal.received_on), None, "commission",
                       appeal=appeal.appeal)
    yield from _unended(state)


def _ruling(state: CandidacyState) -> Iterable[Row]:
    waiting = to_award(state)
    if waiting is None:
        return
    waits: WaitsFor = "sitting" if state.agenda is not None else "case" if award_withheld(state) else "clerk"
    kind: DelayKind = "result" if waiting.reexamines is None else "again"
    yield _row(state, kind, "", start_of(waiting.recommendation.given.held_on), waiting.due, waits,
               **({"sitting": state.agenda.sitting} if state.agenda is not None else {}))


def _unended(state: CandidacyState) -> Iterable[Row]:
    """One that nobody has ended, whoever was to: `due_at` is when that has lasted too long."""
    ends = ends_by(state)
    if ends is not None:
        yield Row("unended", state.id, scope=state.provider, about=state.certification.code,
                  at=start_of(state.opened_on), due_at=end_of(ends), data={"stream": state.id})


@rule("X6", permits=None)
def ends_by(state: CandidacyState) -> date | None:
    """The day by which a candidacy is to have an end, counted from its registration. None once it has one: a result, a
    withdrawal, an elimination; and of what the clerk records after its jury."""
    if state.registration is None or state.withdrawn is not None or disqualified(state) or state.standing():
        return None
    return due(state.opened_on, months=state.certification.candidacy_months)


def _row(state: CandidacyState, kind: DelayKind, key: str, at: int, last: date | None, waits_for: WaitsFor,
         **more: str) -> Row:
    return Row(DELAYS, f"{kind}/{state.id}/{key}", scope=state.provider, status=kind, about=state.certification.code,
               at=at, due_at=end_of(last) if last is not None else None,
               data={"stream": state.id, "waits_for": waits_for, **more})
