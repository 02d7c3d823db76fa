"""How far the script of a suspected fraud has come: told, answered, decided (R6.5)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from evaluation.people import SeatId, Words

AnswerHow = Literal["given", "declined", "missed"]
"""In the candidate's own words; they say that they do not answer; nobody could ask them, or nothing came."""
ScriptCourse = Literal["go_on", "stop"]
ScriptStep = Literal["answer", "decide", "done"]


@dataclass(frozen=True)
class SuspicionAnswer:
    """`words` are the candidate's own, signed with `signature`; of one that was missed, the president's: what
    happened."""

    how: AnswerHow
    words: Words | None
    signature: Words | None
    by: SeatId
    at: int


@dataclass(frozen=True)
class FraudScript:
    """It begins when the president tells the candidate. `paused`: it stopped the clock, which goes on with it."""

    told_at: int
    told_by: SeatId
    paused: bool
    answer: SuspicionAnswer | None = None
    course: ScriptCourse | None = None
    words: Words | None = None
    decided_at: int | None = None

    @property
    def step(self) -> ScriptStep:
        if self.course is not None:
            return "done"
        return "decide" if self.answer is not None else "answer"

    def answered(self, answer: SuspicionAnswer) -> FraudScript:
        return replace(self, answer=answer)

    def decided(self, course: ScriptCourse, words: Words | None, at: int) -> FraudScript:
        return replace(self, course=course, words=words, decided_at=at)


REPLACED: Final[frozenset[AnswerHow]] = frozenset({"declined", "missed"})
"""What the candidate may still answer after, as long as nothing is decided."""
