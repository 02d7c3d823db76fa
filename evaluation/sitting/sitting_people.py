"""The index row of each person who has a page of a sitting: its members, and the evaluation jury it summons."""
from __future__ import annotations

from collections.abc import Iterable

from evaluation.kinds import Row
from evaluation.people import PersonId
from evaluation.sitting.seeing import comes_to_answer, is_over, reads_minutes_until
from evaluation.sitting.state import SittingState
from evaluation.sitting.who_sits import everybody

INDEX = "sitting_people"
MEMBER, JUROR = "member", "juror"


def people(state: SittingState) -> Iterable[Row]:
    """One for each person, a member before a juror; `open` as long as there is something to do there: an addition to
    sealed minutes is signed, too. `due_at` is until when they read there what they signed, once it is sealed."""
    opened = not is_over(state) or state.presented is not None
    for person, status in people_of(state).items():
        yield Row(INDEX, f"{state.id}/{person}", person=person, body=state.body, status=status, about=state.id,
                  at=state.at, due_at=reads_minutes_until(state, person), data={"open": opened})


def people_of(state: SittingState) -> dict[PersonId, str]:
    asked = (juror for item in state.agenda.values() for juror in item.recommended.jurors
             if comes_to_answer(state, item, juror))
    return dict.fromkeys(asked, JUROR) | dict.fromkeys(everybody(state), MEMBER)
