"""Whatever is tried by whomever in whatever order: three decide who may, nothing changes what is signed, and a sitting
comes to its seal."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.framework import Mark
from evaluation.known import KINDS
from evaluation.people import SYSTEM
from evaluation.rules import Refusal
from evaluation.sitting.agenda import TakeOffAgenda
from evaluation.sitting.convening_sitting import OpenSitting
from evaluation.sitting.deciding_items import AnswerDecision, ProposeDecision
from evaluation.sitting.impartiality import DeclareImpartial, RecuseMember
from evaluation.sitting.minutes import AttachSignedScan, CompleteMinutes, PresentMinutes, SignMinutes, TakeBackMinutes
from evaluation.sitting.not_signing import NoteNotSigning
from evaluation.sitting.questioning import CloseQuestions, OpenQuestions, SummonJury
from evaluation.sitting.rulings_sealed import SealMinutes
from evaluation.sitting.substituting import CallSubstitute
from evaluation.verify import verify
from tests.evaluation.sitting import sitting_oracle
from tests.evaluation.sitting.house import (
    ADDED,
    BY_CLERK,
    CLERK,
    DELEGATE,
    EMPLOYEES,
    EMPLOYERS,
    EXTRACT,
    HELD,
    MINUTES,
    OTHER_EMPLOYEES,
    OTHER_EMPLOYERS,
    PRESIDENT,
    SCAN,
    SEALED,
    Sitting,
    convened,
    office,
    putting,
    recommended,
    withheld,
    words,
)

ANYBODY = (PRESIDENT, EMPLOYEES, EMPLOYERS, OTHER_EMPLOYEES, OTHER_EMPLOYERS, DELEGATE, CLERK, "p-nobody")
CANDIDACIES = ("k1", "k2")
SUBSTITUTES = {EMPLOYEES: OTHER_EMPLOYEES, EMPLOYERS: OTHER_EMPLOYERS, PRESIDENT: DELEGATE}
DAY = 86_400_000
Step = tuple[str, str, str, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(("put", "off", "held", "call", "impartial", "recuse", "open", "summon", "questions",
                               "close", "propose", "answer", "answer", "complete", "present", "sign", "wait",
                               "not signing", "not signing, says the clerk", "scan", "back", "seal", "right", "right")),
              st.sampled_from(ANYBODY), st.sampled_from(CANDIDACIES), st.integers(0, 5)),
    max_size=40)  # fmt: skip


def begun() -> Sitting:
    """The employers' representative judged one of the two candidates."""
    sitting = convened()
    sitting.do(CLERK, putting(recommended(person="p-k1"), "k1"),
               putting(recommended(person="p-k2", jurors=(EMPLOYERS, "p-2", "p-3")), "k2"))
    sitting.seated().on(HELD, 10)
    return sitting


def command(sitting: Sitting, what: str, actor: str, candidacy: str, number: int) -> Any:
    item, minutes = sitting.state.agenda.get(candidacy), len(sitting.state.minutes)
    marks = {"C1.1": Mark.NOT_ACQUIRED} if number == 0 else {}
    leaving = list(SUBSTITUTES)[number % 3]
    make: dict[str, Callable[[], Any]] = {
        "put": lambda: putting(recommended(person=f"p-{candidacy}"), candidacy),
        "off": lambda: TakeOffAgenda(candidacy, words(), BY_CLERK),
        "held": lambda: withheld(candidacy, held=number % 2 == 0),
        "call": lambda: CallSubstitute(leaving, SUBSTITUTES[leaving], BY_CLERK,
                                       None if number > 2 else (candidacy,), office("o-pres-delegate")),
        "impartial": lambda: DeclareImpartial((candidacy,)),
        "recuse": lambda: RecuseMember(candidacy, words()),
        "open": OpenSitting, "summon": lambda: SummonJury(candidacy, sitting.now),
        "questions": lambda: OpenQuestions(candidacy), "close": lambda: CloseQuestions(candidacy),
        "propose": lambda: ProposeDecision(candidacy, "award" if number < 4 else "withhold", marks,
                                           dict.fromkeys(marks, words()), words()),
        "answer": lambda: AnswerDecision(candidacy, len(item.proposals) if item else 0, number > 1),
        "complete": lambda: CompleteMinutes(words()),
        "present": lambda: PresentMinutes(MINUTES if number % 2 else ADDED),
        "sign": lambda: SignMinutes(minutes, (MINUTES if number % 2 else ADDED).digest, "passkey"),
        "not signing": lambda: NoteNotSigning(minutes, ANYBODY[number], words()),
        "not signing, says the clerk": lambda: NoteNotSigning(minutes, ANYBODY[number], words(), BY_CLERK),
        "scan": lambda: AttachSignedScan(minutes, SCAN, BY_CLERK),
        "back": lambda: TakeBackMinutes(minutes, words()),
        "seal": lambda: SealMinutes(minutes, SEALED, dict.fromkeys(sitting.state.agenda, EXTRACT)),
    }
    return make[what]()


BY = {"put": CLERK, "off": CLERK, "held": SYSTEM, "call": CLERK, "open": PRESIDENT, "summon": PRESIDENT,
      "questions": PRESIDENT, "close": PRESIDENT, "propose": PRESIDENT, "complete": PRESIDENT, "present": PRESIDENT,
      "not signing": PRESIDENT, "not signing, says the clerk": CLERK, "scan": CLERK, "back": PRESIDENT, "seal": SYSTEM}


def attempt(sitting: Sitting, actor: str, asked: Any) -> bool:
    try:
        return bool(sitting.do(actor, asked))
    except Refusal:
        return False


def taken(sitting: Sitting, steps: Sequence[Step]) -> None:
    for what, anybody, candidacy, number in steps:
        sitting.now += 60000
        if what == "right":
            onward(sitting)
        elif what == "wait":
            sitting.now += number * DAY
        else:
            actor = BY.get(what, anybody) if number else anybody
            attempt(sitting, actor, command(sitting, what, actor, candidacy, number))


def onward(sitting: Sitting) -> None:
    """Everybody does what is theirs, once; for a place that is empty somebody is called, or the candidate waits for
    another sitting."""
    everybody = ANYBODY[:6]
    attempt(sitting, PRESIDENT, OpenSitting())
    attempt(sitting, DELEGATE, OpenSitting())
    for candidacy, item in dict(sitting.state.agenda).items():
        for actor in everybody:
            attempt(sitting, actor, CloseQuestions(candidacy))
            attempt(sitting, actor, DeclareImpartial((candidacy,)))
        course = "withhold" if item.held else "award"
        if item.decided is None and not any(
                attempt(sitting, one, ProposeDecision(candidacy, course, words=words())) for one in everybody):
            for leaving, called in SUBSTITUTES.items():
                attempt(sitting, CLERK, CallSubstitute(leaving, called, BY_CLERK, (candidacy,),
                                                       office("o-pres-delegate")))
        for actor in everybody:
            now = sitting.state.agenda[candidacy]
            attempt(sitting, actor, AnswerDecision(candidacy, len(now.proposals), True))


def to_the_seal(sitting: Sitting, *, away: bool = False) -> None:
    """Nobody hinders it any more. `away`: whoever can does without the signature of one."""
    for _ in range(3):
        onward(sitting)
    shown = sitting.state.presented
    if shown is not None and any(one.decided is None for one in sitting.state.agenda.values()):
        assert any(attempt(sitting, one, TakeBackMinutes(shown.number, words())) for one in (PRESIDENT, DELEGATE))
        onward(sitting)
    for candidacy, item in dict(sitting.state.agenda).items():
        if item.decided is None:
            assert attempt(sitting, CLERK, TakeOffAgenda(candidacy, words(), BY_CLERK)), item
    if sitting.state.sealed is None and sitting.state.presented is None:
        assert any(attempt(sitting, one, PresentMinutes(MINUTES)) for one in (PRESIDENT, DELEGATE))
    shown = sitting.state.presented
    if shown is not None:
        sitting.now += 5 * DAY if away else 0
        for absent in shown.unsigned if away else ():
            attempt(sitting, CLERK, NoteNotSigning(shown.number, absent, words(), BY_CLERK))
        for actor in sitting.state.minutes[-1].unsigned:
            assert attempt(sitting, actor, SignMinutes(shown.number, shown.paper.digest, "passkey"))
        extracts = {} if shown.amends else dict.fromkeys(sitting.state.agenda, EXTRACT)
        assert attempt(sitting, SYSTEM, SealMinutes(shown.number, SEALED, extracts))
    assert sitting.kind.closed(sitting.state)


def tried(steps: Sequence[Step], away: bool) -> None:
    sitting = begun()
    taken(sitting, steps)
    assert sitting_oracle.faults(sitting.journal) == []
    to_the_seal(sitting, away=away)
    assert sitting_oracle.faults(sitting.journal) == []
    verify(sitting.lines(), KINDS)


@pytest.mark.long
def test_whatever_is_tried_in_a_sitting(tries: Callable[[int, int], int]):
    settings(max_examples=tries(60, 1500), deadline=None)(given(STEPS, st.booleans())(tried))()


def test_the_oracle_finds_what_is_missing():
    """Each record that a seal rests on, left out of the journal, is missed."""
    sitting = begun()
    to_the_seal(sitting, away=True)
    assert sitting_oracle.faults(sitting.journal) == []
    for name in ("sitting.opened", "sitting.impartial_declared", "sitting.decision_answered",
                 "sitting.minutes_presented", "sitting.minutes_signed", "sitting.not_signing_noted"):
        place = next(place for place, one in enumerate(sitting.journal) if one[0] == name)
        assert sitting_oracle.faults([*sitting.journal[:place], *sitting.journal[place + 1:]]) != [], name
