"""The index row of each person, other than the candidate, who has a page of a case without an office: who is asked to
assist or does, a juror of the hearing, who raised what it came from (R7.2)."""
from __future__ import annotations

from collections.abc import Iterable

from evaluation.case.stages import is_open
from evaluation.case.state import CaseState, Part
from evaluation.kinds import Row
from evaluation.people import PersonId

INDEX = "case_people"


def raised(state: CaseState, part: Part) -> tuple[PersonId, ...]:
    """Who raised a suspicion that stands, each theirs to withdraw without an office: nobody whom the facts concern, who
    sees nothing of the case."""
    if not state.kind.accuses or state.accused_by_clerk:
        return ()
    return tuple(one.by for one in part.standing if not one.by_clerk and one.by not in state.subjects)


def people_of(state: CaseState, part: Part) -> dict[PersonId, str]:
    """By person, as what. Nobody of a withdrawn accusation but who assists."""
    assisting = dict.fromkeys(part.invited, "invited") | dict.fromkeys(part.assistants, "assists")
    if part.withdrawn:
        return assisting
    judged = (one for one in part.jurors if one not in state.subjects)
    return dict.fromkeys(raised(state, part), "raised") | dict.fromkeys(judged, "juror") | assisting


def people(state: CaseState, part: Part) -> Iterable[Row]:
    for person, status in people_of(state, part).items():
        if person != part.person:
            yield Row(INDEX, f"{state.id}/{part.candidacy}/{person}", person=person, body=state.body,
                      scope=state.provider, status=status, about=part.candidacy, at=state.opened_at,
                      data={"case": state.id, "open": is_open(state, part)})
