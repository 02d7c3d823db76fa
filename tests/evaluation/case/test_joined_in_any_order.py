"""Whatever is joined to whatever, in whatever order that is told, and whatever is decided meanwhile: each incident is
in one case, and its candidate's award is withheld until that case is decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evaluation.candidacy.withholding import NoteCase, award_withheld
from evaluation.case.facts import HandReport
from evaluation.case.merging import JoinCase, NoteJoined, TakeIn
from evaluation.case.ruling import CloseCase
from evaluation.case.stages import is_open
from evaluation.case.terms import TOOK_IN
from evaluation.known import KINDS
from evaluation.people import SYSTEM
from evaluation.quotes import Quote
from evaluation.rules import Refusal
from evaluation.verify import verify
from tests.evaluation.candidacy.house import Candidacy, registered
from tests.evaluation.case import docket as cases
from tests.evaluation.case.docket import CANDIDATE, MEMBER, ORGANIZER, PAPER, Docket, incident, office, proposal, words

Step = tuple[str, int, int]
STEPS = st.lists(st.tuples(st.sampled_from(("join", "tell", "tell", "close", "propose")), st.integers(0, 3),
                           st.integers(0, 7)), max_size=30)
OF = (("k1", CANDIDATE), ("k1", CANDIDATE), ("k2", "p-2"), ("k3", "p-3"))
"""Of each case, whose incident it came from: one candidate was cut off twice."""


class Cuts:
    """Four cases of one cause, with their candidacies; `waiting` is what follows and is still to be carried out, in the
    order of each case."""

    def __init__(self) -> None:
        self.cases = [one_case(number) for number in range(4)]
        self.candidacies = {name: registered(name, person=person) for name, person in dict(OF).items()}
        self.waiting: list[tuple[Docket | Candidacy, Any]] = []
        for one in self.cases:
            self.follow(one, one.quote(1))

    def do(self, docket: Docket, actor: str, *commands: Any) -> None:
        """What somebody does, if the rules allow it, with what follows."""
        before = len(docket.events)
        try:
            docket.do(actor, *commands)
        except Refusal:
            assert actor != SYSTEM
        for position in range(before + 1, len(docket.events) + 1):
            self.follow(docket, docket.quote(position))

    def follow(self, docket: Docket, said: Quote) -> None:
        """As the edges have it."""
        if said.event == "case.joined":
            self.waiting.append((self.named(docket.events[said.position - 1].into.stream), TakeIn(said)))
        if said.event in ("case.took_in", "case.not_taken_in"):
            self.waiting.append((self.named(docket.events[said.position - 1].origin), NoteJoined(said)))
        for name in told(docket, said):
            self.waiting.append((self.candidacies[name], NoteCase(said, "malfunction")))

    def named(self, id: str) -> Docket:
        return next(one for one in self.cases if one.id == id)

    def carry_out(self, number: int) -> None:
        """The first that waits on some way from one stream to another; told again, as by a process that was killed
        before it could note that."""
        ways = {(command_source(command), target.id): (target, command)
                for target, command in reversed(self.waiting)}
        if not ways:
            return
        target, command = list(ways.values())[number % len(ways)]
        self.waiting.remove((target, command))
        for _ in range(2):
            if isinstance(target, Docket):
                self.do(target, SYSTEM, command)
            else:
                target.do(SYSTEM, command)

    def check(self) -> None:
        """No incident is nowhere; what is open is withheld, but for what its candidacy is still to be told."""
        for number in range(4):
            assert self.places(number), number
        for name, one in self.candidacies.items():
            open_still = any(is_open(case.state, case.part(name)) for case in self.cases
                             if name in case.state.parts and not self.taken_in(case))
            untold = any(target is one for target, _ in self.waiting)
            assert untold or award_withheld(one.state) == open_still

    def taken_in(self, case: Docket) -> bool:
        """Whether another case holds its parts, which it is still to be told: what is open of them is open there."""
        return any(target is case and isinstance(command, NoteJoined) and command.said.event == TOOK_IN
                   for target, command in self.waiting)

    def places(self, number: int) -> list[str]:
        """The cases that hold an incident, or have decided on it."""
        position = 40 + number
        return [case.id for case in self.cases for part in case.state.parts.values()
                if position in {one.quote.position for one in part.sources}
                and (is_open(case.state, part) or part.over)]


def one_case(number: int) -> Docket:
    candidacy, person = OF[number]
    return cases.opened("malfunction", "technical", source=incident("malfunction", "technical", position=40 + number),
                        given=cases.given(candidacy=candidacy, person=person))


def told(docket: Docket, said: Quote) -> Sequence[str]:
    """The candidacies that an event is told to."""
    event = docket.events[said.position - 1]
    if said.event == "case.opened":
        return (event.given.candidacy,)
    if said.event == "case.took_in":
        return tuple(one.candidacy for one in event.brought.parts)
    return (event.candidacy,) if said.event == "case.closed" else ()


DECIDED_FIRST = [("tell", 0, 1), ("join", 2, 1), ("tell", 0, 0), ("close", 1, 7)]
"""What took a case in is decided, and the candidacy told, before that case knows that it went into another."""


def command_source(command: Any) -> str:
    said: Quote = command.joined if isinstance(command, TakeIn) else command.said
    return said.stream


def tried(steps: Sequence[Step]) -> None:
    cuts = Cuts()
    for what, one, number in steps:
        docket, organizer = cuts.cases[one], office("o-organizer")
        name = list(docket.state.parts)[number % len(docket.state.parts)]
        if what == "join":
            cuts.do(docket, ORGANIZER, JoinCase(cuts.cases[number % 4].quote(1), words(), organizer))
        elif what == "close":
            cuts.do(docket, MEMBER, CloseCase(name, office("o-member")))
        elif what == "propose":
            cuts.do(docket, ORGANIZER, HandReport(PAPER, organizer), proposal(candidacy=name))
        else:
            cuts.carry_out(number)
        cuts.check()
    while cuts.waiting:
        cuts.carry_out(0)
        cuts.check()
    assert [len(cuts.places(number)) for number in range(4)] == [1] * 4
    for one in cuts.cases:
        verify(one.lines(), KINDS)


@pytest.mark.long
@pytest.mark.rule("R7.1", "R7.2")
def test_each_incident_is_in_one_case_and_withheld_until_it_is_decided(tries: Callable[[int, int], int]):
    settings(max_examples=tries(40, 2000), deadline=None)(example(DECIDED_FIRST)(given(STEPS)(tried)))()
