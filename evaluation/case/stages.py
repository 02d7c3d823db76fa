"""How far each part of a case is, and until when somebody has to answer: computed from what happened."""
from __future__ import annotations

from evaluation.case.case_parts import CaseNotice, ConsequenceProposal
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import STAGES_OVER, Party, Stage
from evaluation.case_rules import Consequence
from evaluation.deadlines import day_of, due, end_of
from evaluation.rules import rule


def stage(state: CaseState, part: Part) -> Stage:
    if state.joined_into is not None:
        return Stage.JOINED
    if part.ended is not None:
        return Stage(part.ended.how)
    if part.decision is not None:
        return Stage.HANDED if part.handed is not None else Stage.DECIDED
    return _under_way(state, part)


def _under_way(state: CaseState, part: Part) -> Stage:
    if part.submission is not None:
        return Stage.SUBMITTED
    proposal = part.proposal
    if proposal is not None:
        return Stage.PROPOSED if proposal.waiting else Stage.ANSWERED
    if part.notice is not None:
        return Stage.HEARD if was_heard(part) else Stage.TOLD
    if part.admissible:
        return Stage.ADMITTED
    return Stage.REPORTED if state.reports_on(part.candidacy) else Stage.FACTS


def is_open(state: CaseState, part: Part) -> bool:
    """While it is, the award is withheld and everything of the candidacy is held: here until the case that this one
    goes into has taken it in."""
    if state.joined_into is not None:
        return not state.taken_in
    return stage(state, part) not in STAGES_OVER


def number_of_case(state: CaseState) -> str:
    """By which its papers name it; a report adds its own number."""
    return f"{day_of(state.opened_at).year}-{state.id[:8].upper()}"


def closed(state: CaseState) -> bool:
    return all(not is_open(state, one) for one in state.parts.values())


# The candidate's answer


@rule("R7.2", permits=True)
def was_heard(part: Part) -> bool:
    """Whether the candidate could say all that they had to say on the last notice: its delay is over, or they gave it
    up; and nobody who asked to be heard still waits for it."""
    notice = part.notice
    if notice is None or waits_to_be_heard(part):
        return False
    return notice.number in part.delays_over or answered_whole(part)


@rule("R7.2", permits=True)
def answered_whole(part: Part) -> bool:
    """Whether the candidate has said that their answer to the last notice is all that they answer."""
    return any(one.complete and one.notice == number_of(part) for one in part.answers)


def waits_to_be_heard(part: Part) -> bool:
    """Whether the candidate asked to be heard, or was summoned, and neither was heard nor failed to come."""
    expected = bool(part.hearing_requests) or part.summons is not None
    return expected and not any(one.notice == number_of(part) for one in part.heard)


def number_of(part: Part) -> int:
    return part.notice.number if part.notice is not None else 0


@rule("R7.2", permits=0)
def answer_until(state: CaseState, notice: CaseNotice) -> int | None:
    """When the candidate's delay is over (ms since 1970 UTC), counted from the day the notice arrived; None while that
    is not known."""
    if notice.begins is None:
        return None
    return end_of(due(notice.begins, days=state.rules.answer_days, move_off_holidays=state.move_off_holidays))


def delay_over_from(state: CaseState, part: Part) -> int | None:
    """From when on it is recorded that the delay of the last notice is over: None while it has not arrived, where that
    is recorded, and where the candidate gave the rest of it up."""
    notice = part.notice
    if part.over or notice is None or notice.number in part.delays_over or answered_whole(part):
        return None
    return answer_until(state, notice)


# The parties' answers


def party_step(state: CaseState, proposal: ConsequenceProposal, party: Party, step: int) -> int:
    """When a party's reminder of this number is due (from 0 on), and after the last its silence."""
    begins, before = proposal.counted.get(party, (day_of(proposal.at), 0))
    return end_of(due(begins, days=state.rules.party_days * (step + 1 - before)))


@rule("R7.2", permits=False)
def reminded_late(state: CaseState, proposal: ConsequenceProposal, party: Party, at: int) -> bool:
    """Whether a reminder at `at` comes later than on the day on which it was due: the platform was not there. The days
    are counted from it, so that nobody is silent to reminders that came all at once."""
    step = proposal.reminded.get(party, 0)
    return day_of(at) > day_of(party_step(state, proposal, party, step))


@rule("R7.2", permits=0)
def silent_from(state: CaseState, proposal: ConsequenceProposal, party: Party) -> int:
    """From when on a party that has not answered is recorded silent: after the delay and every reminder."""
    return party_step(state, proposal, party, state.rules.reminders)


def all_answered_by(state: CaseState, proposal: ConsequenceProposal) -> int:
    """When the last party that is waited for is silent at the latest."""
    return max((silent_from(state, proposal, one) for one in proposal.waiting or proposal.parties), default=proposal.at)


# What may follow


@rule("R7.2", permits=False)
def is_sanction(state: CaseState, consequence: Consequence) -> bool:
    return consequence in state.kind.sanctions


def has_facts(state: CaseState, part: Part) -> bool:
    return any(one.words is not None for one in state.facts_of(part.candidacy))
