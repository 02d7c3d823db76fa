"""Incidents and suspected fraud: what may be noted, what was, and the script of a suspicion (R6.5, R7.1)."""

from __future__ import annotations

from typing import TypedDict

from evaluation.session.script_steps import AnswerHow, ScriptCourse, ScriptStep


class KindWords(TypedDict):
    """A kind of incident, what it is called, and what its form asks beside the facts."""

    kind: str
    words: str
    asks: list[str]


class IncidentDoors(TypedDict):
    """What may be noted behind each of the two doors."""

    incident: list[KindWords]
    fraud: list[KindWords]


class AnswerToKind(TypedDict):
    """What was answered to a question of the kind's form."""

    question: str
    words: str


class SuspicionAnswerView(TypedDict):
    """How far the script has come, and what came of asking the candidate. Of one that was missed, `answer` is the
    president's: what happened."""

    step: ScriptStep
    how: AnswerHow | None
    answer: str | None
    signed: str | None
    answered_at: int | None


class ScriptView(SuspicionAnswerView):
    """`missed_from`: from when the president may write that no answer came, ms; None for who may not."""

    told_at: int
    course: ScriptCourse | None
    decided: str | None
    may_decide: bool
    missed_from: int | None


class IncidentView(TypedDict):
    """An incident of the record. `untold`: the candidate is still to be told of it in the room."""

    position: int
    at: int
    by: str
    phase_words: str
    clock: int | None
    kind: str
    kind_words: str
    suspected_fraud: bool
    words: str | None
    answers: list[AnswerToKind]
    evidence: list[str]
    sanctions_told: bool
    untold: bool
    may_tell: bool
    script: ScriptView | None


class SuspicionView(TypedDict):
    """What the candidate is shown of a suspicion that they are told of."""

    incident: int
    at: int
    kind_words: str
    phase_words: str
    clock: int | None
    words: str | None
    answers: list[AnswerToKind]
    sanctions: list[str]
    how: AnswerHow | None
    answer: str | None
    answered_at: int | None
