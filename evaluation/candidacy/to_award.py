"""What a certification jury is still to rule on: the last attempt that counts, or an outcome whose re-examination was
ordered (R9.2)."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from evaluation.candidacy.appealing import case_of_appeal
from evaluation.candidacy.award_parts import Recommendation
from evaluation.candidacy.state import KIND, CandidacyState, CaseNoted
from evaluation.candidacy.terms import HearingEnding
from evaluation.candidacy.withholding import award_withheld, disqualified
from evaluation.case_rules import Consequence
from evaluation.deadlines import due, last_day_of_appeal
from evaluation.quotes import Quote
from evaluation.rules import rule

Declines = Literal["elsewhere", "not_waiting"]
"""Another sitting has it on its agenda; or there is nothing to rule on any more."""
DOES_NOT_COUNT = frozenset({HearingEnding.EXCUSED, HearingEnding.VOID})


@dataclass(frozen=True)
class ToAward:
    """`due` is the last day to tell the candidate the result; None while nothing runs. `reexamines` is the position of
    the outcome appealed against, by the decision of which `case`."""

    recommendation: Recommendation
    due: date | None
    reexamines: int | None = None
    case: str | None = None


def handed_on(state: CandidacyState) -> Recommendation | None:
    """Of the attempts that count, the one a jury rules on: that which was held to its end, else the last."""
    endings = {one.key: one.ending for one in state.endings}
    found = [one for one in state.recommendations
             if one.key not in state.uncounted and endings.get(one.key) not in DOES_NOT_COUNT]
    heard = [one for one in found if one.given.ending is HearingEnding.HEARD]
    return (heard or found or [None])[-1]


@rule("R3.9", permits=None)
def to_award(state: CandidacyState) -> ToAward | None:
    """None where there is nothing to rule on: of who withdrew, of who is eliminated, of who was absent and is planned
    again."""
    one = handed_on(state)
    if one is None or state.withdrawn is not None or disqualified(state):
        return None
    if not _ruled(state, one):
        again = one.given.ending is HearingEnding.ABSENT and state.planned
        return None if again else ToAward(one, result_due(state, one))
    ordered = ordered_again(state)
    if ordered is None:
        return None
    position, case = ordered
    return ToAward(one, told_by(state, case.decided_on or one.given.held_on), position, case.case)


def _ruled(state: CandidacyState, one: Recommendation) -> bool:
    return any(each.awarded.ruled_on >= one.given.held_on for each in state.standing())


def ordered_again(state: CandidacyState) -> tuple[int, CaseNoted] | None:
    """The outcome that is to be examined again, and the case in which the commission ordered it; until a sitting has
    ruled on it anew."""
    done = {one.reexamines for one in state.standing()}
    for appeal in state.appeals:
        case, against = case_of_appeal(state, appeal), appeal.against
        if case is None or case.open or case.consequence is not Consequence.REEXAMINE or against.kind != KIND:
            continue
        if against.position not in done:
            return against.position, case
    return None


@rule("R3.9", permits=False)
def agenda_stale(state: CandidacyState) -> bool:
    """Whether the sitting on whose agenda it stands would rule on what does not wait for it any more: the candidate
    withdrew, is eliminated, was excused or is planned again, or was heard anew."""
    agenda, waiting = state.agenda, to_award(state)
    if agenda is None or waiting is None:
        return agenda is not None
    given = agenda.recommended, agenda.reexamines
    return given[0] is not None and given != (waiting.recommendation.position, waiting.reexamines)


@rule("R8.1", permits=None)
def result_due(state: CandidacyState, one: Recommendation) -> date | None:
    """The last day to tell the candidate: a month from the hearing's day, or from that on which the commission returned
    what had been ruled. Who was told that the ruling is withheld is owed nothing more while it is."""
    told_since = any(each.ruled_on >= one.given.held_on for each in state.put_off)
    if told_since and award_withheld(state):
        return None
    returned = [each.on for each in state.validations.values()
                if each.status == "returned" and each.on >= one.given.held_on]
    return told_by(state, max((one.given.held_on, *returned)))


def told_by(state: CandidacyState, since: date) -> date:
    """The last day to tell a result, counted from a day."""
    of = state.certification
    return due(since, months=of.results_months, move_off_holidays=of.move_off_holidays)


@rule("R3.9", permits=None)
def declines_sitting(state: CandidacyState) -> Declines | None:
    """Why a candidacy does not join the agenda on which it was put: one sitting at a time rules on a candidacy, and on
    one that waits for it. Nobody is refused anything by that: it was put on two at once, or withdrawn meanwhile."""
    if to_award(state) is None:
        return "not_waiting"
    return "elsewhere" if state.agenda is not None else None


def appealable_until(state: CandidacyState, ruled_on: date) -> date:
    """The last day to post an appeal against what a jury ruled on a day."""
    return last_day_of_appeal(ruled_on, state.certification)


def earlier_outcomes(state: CandidacyState) -> tuple[Quote, ...]:
    """The outcomes of earlier candidacies that the registration quotes for blocks kept (R9.1)."""
    return state.registration.enrolment.outcomes if state.registration is not None else ()
