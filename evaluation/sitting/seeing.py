"""Which candidates somebody reads about in a sitting, and as what: its members those on whom they decide, nobody else
anything (R1.3, R1.4)."""
from __future__ import annotations

from evaluation.deadlines import day_of, end_of, last_day_of_appeal
from evaluation.people import PersonId
from evaluation.rules import rule
from evaluation.sitting.state import Item, Minutes, SittingState
from evaluation.sitting.terms import CandidacyId
from evaluation.sitting.who_sits import everybody, kept_from_deciding, three_on


def is_over(state: SittingState) -> bool:
    """The minutes are sealed, or it was cancelled: nobody of the sitting has anything left to read of a candidate."""
    return state.sealed is not None or state.cancelled is not None


@rule("R1.4", "R3.9", permits=True)
def sees(state: SittingState, item: Item, person: PersonId) -> bool:
    """Whether somebody reads all that was handed on of a candidate: the three who decide, till the minutes are sealed.
    Who is recused, who judged the candidate, and who was not called sees nothing of it."""
    return not is_over(state) and person in three_on(state, item).values()


def seen_by(state: SittingState, person: PersonId) -> tuple[CandidacyId, ...]:
    """In the order of the agenda."""
    return tuple(one for one, item in state.agenda.items() if sees(state, item, person))


def is_member(state: SittingState, person: PersonId) -> bool:
    """Whether the sitting's own page is theirs: appointed, called or presiding, called yet or not."""
    return person in everybody(state)


@rule("R1.4", permits=True)
def reads_minutes(minutes: Minutes, person: PersonId) -> bool:
    """Whether one document of the sitting is somebody's to read: theirs who sign it. What was decided on every
    candidate stands in it."""
    return person in minutes.signers


@rule("R3.9", permits=None)
def reads_minutes_until(state: SittingState, person: PersonId) -> int | None:
    """Until when (ms since 1970 UTC) whoever signed has what was sealed in their space: as long as an appeal can be
    posted against what was decided there. None where nothing is sealed that they signed."""
    sealed = [one for one in state.minutes if one.sealed_at is not None and reads_minutes(one, person)]
    if not sealed:
        return None
    on = max(day_of(one.sealed_at or 0) for one in sealed)
    return end_of(max((last_day_of_appeal(on, item.framework.delays) for item in state.agenda.values()), default=on))


@rule("R1.4", permits=True)
def seen_from_office(state: SittingState, item: Item, person: PersonId) -> bool:
    """Whether somebody with an office in the awarding body reads of a candidate there: not the member who is kept from
    deciding on that candidate, whatever their office."""
    return not (is_member(state, person) and kept_from_deciding(state, item, person))


@rule("R3.9", permits=True)
def comes_to_answer(state: SittingState, item: Item, person: PersonId) -> bool:
    """Whether somebody of the evaluation jury has something to do here: from the summons to the end of what it was
    asked to answer, as long as the candidate is not decided on."""
    asked = bool(item.summonses) or bool(item.questions)
    return asked and item.decided is None and not is_over(state) and person in item.recommended.jurors
