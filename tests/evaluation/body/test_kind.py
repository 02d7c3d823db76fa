"""The kind as a whole: every command decided and asked back, nothing personal in the journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.body.accrediting import EndAgreement, RenewAgreement
from evaluation.body.asking import AskForJury
from evaluation.body.bars import EndBar, SetBar
from evaluation.body.batches import PresentBatch, ValidateBatch
from evaluation.body.certifications import PutFrameworkInForce, SupersedeCertification
from evaluation.body.decisions import DecideJury, DecideSubstitute, RecordDecision
from evaluation.body.founding import FoundBody
from evaluation.body.granting import EndOffice
from evaluation.body.kind import BODY
from evaluation.body.observer_findings import CloseFinding
from evaluation.body.pool import (
    ChangeJuror,
    DeclareLink,
    EndLink,
    EnterJuror,
    ProposeJuror,
    RetireJuror,
)
from evaluation.body.sittings import DecideSitting
from evaluation.body.taking_back import TakeBackDecision
from evaluation.journal import BrokenJournal
from evaluation.known import KINDS
from evaluation.people import JurorCategory
from evaluation.sitting.terms import SittingMember
from evaluation.verify import verify
from tests.evaluation.body.house import (
    CLERK,
    EMPLOYEES,
    MEETING,
    MEMBER,
    ORGANIZER,
    POLISH,
    TODAY,
    YEAR,
    House,
    staffed,
    words,
)
from tests.evaluation.body.test_batches import outcome
from tests.evaluation.body.test_decisions import JURY, SUBSTITUTE
from tests.evaluation.body.test_observer_findings import CORRECT, FOUND

DAY = date.fromisoformat(TODAY)
SEATS = (SittingMember("p-c-emp", JurorCategory.EMPLOYEES), SittingMember("p-c-own", JurorCategory.EMPLOYERS))


def whole() -> House:
    """Every kind of act."""
    house = staffed()
    new = replace(POLISH, code="RNCP40000")
    house.do(CLERK, RenewAgreement(replace(YEAR, since=date(2027, 1, 1), until=None)), PutFrameworkInForce(new, DAY))
    house.do(CLERK, SupersedeCertification("RNCP26850", "RNCP40000", DAY))
    house.do(ORGANIZER, ProposeJuror(EMPLOYEES, "of1"))
    house.do(CLERK, EnterJuror(EMPLOYEES), ChangeJuror(EMPLOYEES), DeclareLink("l1", "p-emp", "p-cand", words()),
             EndLink("l1"), RetireJuror("p-emp"), EnterJuror(EMPLOYEES))
    house.do(ORGANIZER, AskForJury("s1", "of1", "RNCP26850", (), words()))
    house.do(MEMBER, DecideJury("d1", "s1", JURY), DecideSubstitute("d2", "s1", "tra", SUBSTITUTE))
    house.do(MEMBER, DecideSitting("d4", "t1", SEATS))
    house.do(MEMBER, TakeBackDecision("d2", words()))
    house.do(CLERK, RecordDecision("d3", words(), MEETING), SetBar("bar1", "p-cand", "RNCP26850", words(), MEETING))
    house.do(CLERK, FOUND, CORRECT, CloseFinding("f1", words()))
    house.do(CLERK, PresentBatch("lot", (outcome("k1"), outcome("k2"))))
    house.do(MEMBER, ValidateBatch("lot", {"k2": words()}))
    house.on("2026-03-17")
    house.do(MEMBER, EndBar("bar1", words()), EndOffice("o-delegate", words()))
    house.do(CLERK, EndAgreement("of1", date(2026, 3, 20), words()))
    return house


def test_every_act_is_asked_back_and_decided_the_same():
    """What `verify` does."""
    house = whole()
    assert {name for name, _, _, _ in house.journal} == set(BODY.events.names) - {"body.rules_changed"}
    state, done = None, 0
    asked = set[type]()
    while done < len(house.events):
        _, actor, at, _ = house.journal[done]
        following = house.events[done + 1] if done + 1 < len(house.events) else None
        command = BODY.replay(house.events[done], following)
        asked.add(type(command))
        due = BODY.decide(state, command, actor, at)
        assert tuple(house.events[done:done + len(due)]) == due
        for event in due:
            done += 1
            state = BODY.evolve(state, event, position=done, at=at, actor=actor)
    assert state == house.state
    assert asked == set(BODY.commands.classes.values())


@pytest.mark.rule("X5", "X15")
def test_a_bodys_journal_is_proved():
    house = whole()
    (proved,) = verify(house.lines(), KINDS)
    assert (proved.kind, proved.stream, proved.records) == ("body", "b1", len(house.events))
    name, _, when, data = house.journal[-1]
    house.journal[-1] = (name, "p-nobody", when, data)
    with pytest.raises(BrokenJournal) as broken:
        verify(house.lines(), KINDS)
    assert broken.value.position == len(house.events)


def test_a_page_sends_everything_but_the_founding():
    assert BODY.from_pages == set(BODY.commands.classes.values()) - {FoundBody}
    assert not BODY.closed(whole().state)


def test_the_journal_holds_ids_words_and_papers_alone():
    """X1: the names in it are those of organisations and certifications."""
    for _, _, _, data in whole().journal:
        assert not {"email", "first_name", "birth_date"} & data.keys()
        assert "name" not in data or data["name"] in ("CNHBJO", "Haute École")
