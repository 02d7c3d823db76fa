"""Whatever is tried by whomever in whatever order: nobody is sanctioned unheard, no silence blocks, nothing covers an
open case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.case.consequences import AnswerProposal
from evaluation.case.dropping import WithdrawAccusation
from evaluation.case.facts import AddEvidence, CompleteFacts, HandReport
from evaluation.case.hearing_out import AnswerCaseNotice, AskToBeHeard
from evaluation.case.letter_fates import CaseLetterArrived, CaseLetterFailed
from evaluation.case.notifying import GiveCaseNotice, RecordDelivery
from evaluation.case.ruling import CloseCase, ReturnCase, SubmitCase, ValidateCase
from evaluation.case.summoning import RecordCandidateHeard, RecordSummonsDelivered, SummonToBeHeard
from evaluation.case_rules import Consequence
from evaluation.deadlines import day_of
from evaluation.known import KINDS
from evaluation.people import SYSTEM
from evaluation.rules import Refusal
from evaluation.verify import verify
from tests.evaluation.case import oracle
from tests.evaluation.case.docket import (
    CANDIDATE,
    CLERK,
    DIRECTOR,
    JURORS,
    MEMBER,
    ORGANIZER,
    PAPER,
    Docket,
    office,
    opened,
    proposal,
    words,
)

DAY = 24 * 3600 * 1000
SANCTIONS = (Consequence.ANNUL, Consequence.DISQUALIFY, Consequence.BAR)
ANYBODY = (CANDIDATE, CLERK, DIRECTOR, MEMBER, ORGANIZER, *JURORS, "p-nobody")
Step = tuple[str, str, Consequence, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(("fact", "proof", "report", "notice", "arrives", "bounces", "delivered", "answer", "ask",
                               "summon", "heard", "propose", "party", "submit", "validate", "return", "close",
                               "withdraw", "wait", "right")),
              st.sampled_from(ANYBODY), st.sampled_from((Consequence.NONE, *SANCTIONS)), st.integers(0, 12)),
    max_size=45)  # fmt: skip


def cited(docket: Docket) -> tuple[str, ...]:
    return tuple(one.id for one in docket.state.evidence_of("k1"))


def command(docket: Docket, what: str, actor: str, consequence: Consequence, number: int) -> Any:
    """What somebody tries, in whatever office they hold."""
    part = docket.part()
    held = office({CLERK: "o-clerk", MEMBER: "o-member", DIRECTOR: "o-director"}.get(actor, "o-organizer"))
    today, last = day_of(docket.now), len(part.notices)
    make: dict[str, Callable[[], Any]] = {
        "fact": lambda: CompleteFacts("k1", words(), held),
        "proof": lambda: AddEvidence("k1", held, paper=PAPER),
        "report": lambda: HandReport(PAPER, held),
        "notice": lambda: GiveCaseNotice("k1", (consequence,), cited(docket), words(), held, PAPER),
        "arrives": lambda: CaseLetterArrived("k1", "notice", last, docket.now),
        "bounces": lambda: CaseLetterFailed("k1", "notice", last, docket.now),
        "delivered": lambda: RecordDelivery("k1", last, today, "by_hand", words(), held, PAPER),
        "answer": lambda: AnswerCaseNotice("k1", last, words(), (), number % 2 == 0),
        "ask": lambda: AskToBeHeard("k1", last),
        "summon": lambda: SummonToBeHeard("k1", last, docket.now + number * DAY, words(), held),
        "heard": lambda: RecordCandidateHeard("k1", today, number % 2 == 0, words(), held),
        "propose": lambda: proposal(consequence, {MEMBER: CLERK}.get(actor, actor) if actor in (
            CLERK, MEMBER, DIRECTOR, ORGANIZER) else ORGANIZER),
        "party": lambda: AnswerProposal("k1", len(part.proposals), number % 3 > 0, words(),
                                        None if actor in JURORS else held),
        "submit": lambda: SubmitCase("k1", held),
        "validate": lambda: ValidateCase("k1", len(part.submissions), consequence, held, words()),
        "return": lambda: ReturnCase("k1", len(part.submissions), words(), held),
        "close": lambda: CloseCase("k1", held),
        "withdraw": lambda: WithdrawAccusation("k1", 1, words()),
    }
    return make[what]()


USUAL = {"fact": ORGANIZER, "proof": ORGANIZER, "report": ORGANIZER, "notice": CLERK, "arrives": SYSTEM,
         "bounces": SYSTEM, "delivered": CLERK, "answer": CANDIDATE, "ask": CANDIDATE, "summon": CLERK, "heard": CLERK,
         "propose": ORGANIZER, "submit": CLERK, "validate": MEMBER, "return": MEMBER}  # fmt: skip


def taken(docket: Docket, steps: Sequence[Step]) -> None:
    for what, anybody, consequence, number in steps:
        if what == "wait":
            docket.now += number * DAY
            docket.by_itself()
        elif what == "right":
            onward(docket, consequence)
        else:
            actor = USUAL.get(what, anybody) if number else anybody
            attempt(docket, actor, command(docket, what, actor, consequence, number))
        check_covered(docket)


def attempt(docket: Docket, actor: str, asked: Any) -> None:
    try:
        docket.do(actor, asked)
    except Refusal:
        return


def onward(docket: Docket, consequence: Consequence) -> None:
    """The office does what comes next: nobody else does anything."""
    part, clerk = docket.part(), office("o-clerk")
    stage = docket.stage()
    if part.over:
        return
    if part.proposal is None:
        attempt(docket, ORGANIZER, HandReport(PAPER, office("o-organizer")))
        attempt(docket, ORGANIZER, proposal(consequence))
    if docket.part().proposal is None and stage != "told":
        attempt(docket, CLERK, GiveCaseNotice("k1", (consequence,), cited(docket), words(), clerk, PAPER))
    today = day_of(docket.now)
    attempt(docket, CLERK, RecordDelivery("k1", len(docket.part().notices), today, "by_hand", words(), clerk, PAPER))
    attempt(docket, CLERK, RecordCandidateHeard("k1", today, False, words(), clerk))
    summon(docket)
    attempt(docket, CLERK, SubmitCase("k1", clerk))
    proposed = docket.part().proposal
    if docket.stage() == "submitted" and proposed is not None:
        attempt(docket, MEMBER, ValidateCase("k1", len(docket.part().submissions), proposed.consequence,
                                             office("o-member")))
        attempt(docket, MEMBER, ReturnCase("k1", len(docket.part().submissions), words(), office("o-member")))


def summon(docket: Docket) -> None:
    """Whoever asked to be heard, once more where the hour has passed; handed over by hand."""
    part, clerk = docket.part(), office("o-clerk")
    waits = part.summons is None and bool(part.hearing_requests)
    if waits or (part.summons is not None and docket.now >= part.summons.at):
        attempt(docket, CLERK, SummonToBeHeard("k1", len(part.notices), docket.now + 9 * DAY, words(), clerk))
    if docket.part().summonses:
        number, today = docket.part().summonses[-1].number, day_of(docket.now)
        attempt(docket, CLERK, RecordSummonsDelivered("k1", number, today, "by_hand", words(), clerk))


def check_covered(docket: Docket) -> None:
    """As long as nothing ends it the row says that it is open, and it is kept, whatever was tried; then it is over."""
    (row,) = docket.rows("cases").values()
    opened = oracle.is_open(docket.journal)
    assert (row.data["open"], docket.kind.closed(docket.state)) == (opened, not opened)


def check_somebody_can_act(docket: Docket) -> None:
    """The clockwork alone: nobody is waited for who may stay silent."""
    docket.passes()
    (row,) = docket.rows("cases").values()
    assert not row.data["open"] or {"organizer", "clerk", "commission"} & {*row.data["awaits"]}, row.status


def check_no_silence_blocks(docket: Docket) -> None:
    """The candidate and the parties say nothing more: it comes to an end all the same."""
    for _ in range(12):
        onward(docket, Consequence.NONE)
        docket.passes()
        if docket.part().over:
            break
    assert docket.part().over, docket.stage()


def tried(steps: Sequence[Step]) -> None:
    docket = opened("fraud", "outside_help", "picture-1")
    taken(docket, steps)
    check_somebody_can_act(docket)
    check_no_silence_blocks(docket)
    assert oracle.faults(docket.journal) == []
    verify(docket.lines(), KINDS)


@pytest.mark.long
def test_whatever_is_tried(tries: Callable[[int, int], int]):
    settings(max_examples=tries(80, 4000), deadline=None)(given(STEPS)(tried))()


@pytest.mark.rule("R7.2")
@pytest.mark.parametrize("sanction", SANCTIONS)
def test_nobody_but_the_office_does_anything(sanction: Consequence):
    """The candidate and every party silent for ever: the sanction is decided, and each silence is in the journal."""
    docket = opened()
    for _ in range(12):
        onward(docket, sanction)
        docket.passes()
    assert (docket.stage(), oracle.faults(docket.journal)) == ("decided", [])
    names = [name for name, *_ in docket.journal]
    counted = [names.count(f"case.{one}") for one in ("no_answer_recorded", "party_reminded", "silence_recorded")]
    assert counted == [1, 8, 4]


def test_the_oracle_finds_what_is_missing():
    """Each record that a sanction rests on, left out of the journal, is missed."""
    docket = opened("fraud", "outside_help", "picture-1")
    for _ in range(12):
        onward(docket, Consequence.BAR)
        docket.passes()
    assert oracle.faults(docket.journal) == []
    for name in ("case.notice_given", "case.notice_delivered", "case.proposed", "case.submitted",
                 "case.party_reminded", "case.silence_recorded"):
        place = next(place for place, one in enumerate(docket.journal) if one[0] == name)
        assert oracle.faults([*docket.journal[:place], *docket.journal[place + 1:]]) != [], name
