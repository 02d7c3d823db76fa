"""A sitting has ruled anew on what an appeal was about (R9.2): nothing of the case is left to do. Told by the server,
after the candidacy's own event."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from evaluation.case.state import CaseState, Part
from evaluation.case.terms import CandidacyId
from evaluation.case_rules import Consequence
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
from evaluation.quoted_events import OUTCOME_RECORDED
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

REEXAMINED = Topic()


@REEXAMINED.command
@dataclass(frozen=True)
class NoteReexamined:
    """`said` quotes the outcome that stands beside the one appealed against."""

    candidacy: CandidacyId
    said: Quote


@REEXAMINED.event("case.reexamined")
@dataclass(frozen=True)
class CaseReexamined:
    candidacy: CandidacyId
    said: Quote


@REEXAMINED.decides(NoteReexamined)
def note(state: CaseState, command: NoteReexamined, asked: Asked) -> tuple[Any, ...]:
    """Nothing where it is known already."""
    check_by_the_platform(asked.actor)
    part = state.parts.get(command.candidacy)
    check_ruled_anew(part, command)
    return () if part is None or part.reexamined is not None else (CaseReexamined(command.candidacy, command.said),)


@rule("R9.2")
def check_ruled_anew(part: Part | None, command: NoteReexamined) -> None:
    """An outcome of this candidacy that says what it rules on anew, where that was ordered."""
    said = command.said
    ordered = part is not None and part.decision is not None and part.decision.consequence is Consequence.REEXAMINE
    of_candidacy = (said.event, said.stream) == (OUTCOME_RECORDED, command.candidacy)
    if not ordered or not of_candidacy or said.data.get("reexamines") is None:
        raise Refusal("R9.2", N_("Ce qui est cité n’est pas le nouvel examen que ce dossier a ordonné."))


@REEXAMINED.evolves(CaseReexamined)
def noted(state: CaseState, event: CaseReexamined, happened: Happened) -> CaseState:
    part = state.parts[event.candidacy]
    return state.with_part(replace(part, reexamined=event.said.position), happened.position)
