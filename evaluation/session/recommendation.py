"""What the agreed marks compute, and what the jury recommends (R3.7, R3.8)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from evaluation.framework import Framework
from evaluation.grading import Mark, Outcome, Result, compile_result
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.consensus import open_questions, reached
from evaluation.session.deliberation import changing, deliberating
from evaluation.session.hearing_parts import Recommendation
from evaluation.session.state import Hearing, SessionState
from evaluation.session.terms import Advice

TOPIC = Topic()
WHOLE = ""
"""The key of the recommendation for the whole certification."""
ADVICE: Mapping[Outcome, Advice] = {"full": "award", "partial": "partial", "none": "refuse"}


@TOPIC.command
@dataclass(frozen=True)
class Recommend:
    """R3.8: for a block (`block`) or the whole (None). Other than computed needs words (X7)."""

    hearing: HearingId
    block: str | None
    advice: Advice
    words: Words | None = None


@TOPIC.event("session.recommended")
@dataclass(frozen=True)
class Recommended:
    """`departs` from what the marks compute (X7)."""

    hearing: HearingId
    block: str | None
    advice: Advice
    departs: bool
    words: Words | None


def result_of(framework: Framework, hearing: Hearing, marks: Mapping[str, Mark]) -> Result:
    """What the agreed marks compute for the blocks sought and kept (R3.7, R5.4, X8)."""
    return compile_result(framework, marks, hearing.kept_blocks, hearing.blocks)


@rule("R3.7")
def compiled(state: SessionState, hearing: Hearing) -> Result:
    """Results per block, compiled at each change until all have signed: then what they signed, whatever the rules of a
    later version would make of the same marks."""
    if hearing.result is not None:
        return hearing.result
    return result_of(state.framework, hearing, reached(state, hearing))


def unadvised(hearing: Hearing) -> tuple[str, ...]:
    """Blocks (and the whole) still without recommendation."""
    given = set(hearing.deliberation.recommendations if hearing.deliberation else ())
    return tuple(block for block in (*hearing.blocks, WHOLE) if block not in given)


@rule("R3.8", "R1.6")
def check_advice(framework: Framework, block: str | None, advice: str) -> None:
    """A block is awarded or not; only a registered certification is awarded in part."""
    if advice == "partial" and (block is not None or not framework.registered):
        raise Refusal("R1.6", N_("Cette certification ne s’attribue pas en partie : tout ou rien."))


@rule("X7", permits=False)
def departs(result: Result, block: str | None, advice: str) -> bool:
    """The advice is not what the marks compute."""
    if block is None:
        return result.outcome is not None and ADVICE[result.outcome] != advice
    validated = next((b.validated for b in result.blocks if b.code == block), None)
    return validated is not None and ("award" if validated else "refuse") != advice


@rule("R3.8", "X7")
def check_recommended(framework: Framework, hearing: Hearing, result: Result, block: str | None, advice: str,
                      worded: bool) -> None:
    """A recommendation is on a block that is presented, or on the whole; where it departs from what the marks compute,
    it is explained."""
    if block is not None and block not in hearing.blocks:
        raise Refusal("R3.8", N_("Ce bloc n’est pas présenté à cette épreuve."))
    check_advice(framework, block, advice)
    if departs(result, block, advice) and not worded:
        raise Refusal("X7", N_("Votre préconisation s’écarte du résultat calculé : écrivez pourquoi."))


def advices(framework: Framework, block: str | None) -> tuple[Advice, ...]:
    """What may be recommended for a block, or for the whole certification (None)."""

    def offered(advice: str) -> bool:
        try:
            check_advice(framework, block, advice)
        except Refusal:
            return False
        return True

    return tuple(advice for advice in ADVICE.values() if offered(advice))


@TOPIC.decides(Recommend)
def recommend(state: SessionState, command: Recommend, asked: Asked) -> tuple[object, ...]:
    hearing, _ = changing(state, command.hearing, asked.actor)
    if open_questions(state, hearing):
        raise Refusal("R3.8", N_("Les préconisations viennent après le consensus."))
    result, worded = compiled(state, hearing), command.words is not None
    check_recommended(state.framework, hearing, result, command.block, command.advice, worded)
    departure = departs(result, command.block, command.advice)
    return (Recommended(hearing.id, command.block, command.advice, departure, command.words),)


@TOPIC.evolves(Recommended)
def recommended(state: SessionState, event: Recommended, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    deliberation = deliberating(hearing)
    given = Recommendation(event.advice, event.departs, event.words)
    recommendations = {**deliberation.recommendations, event.block or WHOLE: given}
    changed = replace(deliberation, recommendations=recommendations, advised_at=happened.position)
    return state.with_hearing(replace(hearing, deliberation=changed))
