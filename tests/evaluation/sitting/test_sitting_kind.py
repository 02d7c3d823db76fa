"""The kind as a whole: every act decided and asked back, and a mark that was altered refused where it stands."""
from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from evaluation.framework import Mark
from evaluation.journal import BrokenJournal
from evaluation.known import KINDS
from evaluation.people import SYSTEM
from evaluation.sitting.agenda import TakeOffAgenda
from evaluation.sitting.convening_sitting import CancelSitting, ConveneSitting, MoveSitting, OpenSitting
from evaluation.sitting.deciding_items import ItemDecided, ProposalRejected
from evaluation.sitting.impartiality import RecuseMember
from evaluation.sitting.in_person import SitApart, SitOnSite
from evaluation.sitting.kind import BY_THE_SERVER, SITTING
from evaluation.sitting.minutes import AttachSignedScan, CompleteMinutes, TakeBackMinutes
from evaluation.sitting.not_signing import NoteNotSigning
from evaluation.sitting.preparing import ConfirmPreparation
from evaluation.sitting.questioning import CloseQuestions, OpenQuestions, SummonJury
from evaluation.sitting.rulings_sealed import MinutesSealed, RulingSealed
from evaluation.sitting.substituting import CallSubstitute
from evaluation.sitting.turning import TurnTo
from evaluation.verify import verify
from tests.evaluation.sitting import house
from tests.evaluation.sitting.house import (
    BY_CLERK,
    CLERK,
    EMPLOYEES,
    EMPLOYERS,
    HELD,
    OTHER_EMPLOYEES,
    PRESIDENT,
    SCAN,
    Sitting,
    convened,
    words,
)
from tests.evaluation.streams import at


def whole() -> Sitting:
    """Every kind of act but a cancelling: four candidates, of whom one is taken off, and one on another agenda."""
    sitting = convened().put("k1").put("k2", kept=(house.outcome("BC1", person="p-k2"),)).put("k3").put("k4").seated()
    sitting.do(CLERK, MoveSitting(at("2026-03-27", 14), "on_site", words("why"), BY_CLERK, words("where")),
               TakeOffAgenda("k3", words(), BY_CLERK))
    sitting.do(SYSTEM, house.declined("k4", sitting.item("k4").position))
    sitting.do(EMPLOYEES, ConfirmPreparation("grid"), RecuseMember("k2", words("friend")))
    sitting.do(CLERK, CallSubstitute(EMPLOYEES, OTHER_EMPLOYEES, BY_CLERK, ("k2",)))
    for person, on in ((PRESIDENT, ("k1", "k2")), (EMPLOYERS, ("k1", "k2")), (EMPLOYEES, ("k1",)),
                       (OTHER_EMPLOYEES, ("k2",))):
        sitting.do(person, house.DeclareImpartial(on))
    sitting.on("2026-03-27", 14)
    sitting.do(SYSTEM, house.withheld("k2"), house.withheld("k2", held=False),
               house.annulled(12, candidacy="k2"))
    sitting.do(PRESIDENT, OpenSitting(), SummonJury("k1", sitting.now), OpenQuestions("k1"), CloseQuestions("k1"))
    sitting.do(PRESIDENT, TurnTo("k1"))
    sitting.proposed().answered(False, False).proposed(marks={"C1.1": Mark.NOT_ACQUIRED}, why={"C1.1": words()})
    sitting.answered(True, False, dissent=words("no"))
    sitting.proposed("k2")
    for person in (OTHER_EMPLOYEES, EMPLOYERS):
        sitting.do(person, house.AnswerDecision("k2", 1, True))
    sitting.do(PRESIDENT, CompleteMinutes(words("more")))
    sitting.presented()
    sitting.do(PRESIDENT, TakeBackMinutes(1, words("typing error")))
    sitting.presented().signed(PRESIDENT)
    sitting.now += 4 * 24 * 3600 * 1000
    sitting.do(SYSTEM, *SITTING.due_commands(sitting.state, sitting.now))
    sitting.do(PRESIDENT, NoteNotSigning(2, EMPLOYERS, words("away")))
    sitting.do(CLERK, AttachSignedScan(2, SCAN, BY_CLERK))
    return sitting.sealed()


def test_every_act_is_asked_back_and_decided_the_same():
    """What `verify` does."""
    sitting, dropped = whole(), convened("t2").put("k1").seated()
    dropped.do(CLERK, MoveSitting(at("2026-03-27", 14), "mixed", words("why"), BY_CLERK, words("where")))
    dropped.do(EMPLOYEES, SitOnSite(), SitApart())
    dropped.do(CLERK, CancelSitting(words(), BY_CLERK))
    names = {name for one in (sitting, dropped) for name, *_ in one.journal}
    assert names == set(SITTING.events.names) - {"sitting.rules_changed"}
    asked = {type(SITTING.replay(event, None)) for one in (sitting, dropped) for event in one.events
             if not isinstance(event, ItemDecided | ProposalRejected | RulingSealed)}
    assert asked == set(SITTING.commands.classes.values())
    (proved,) = verify(sitting.lines(), KINDS)
    assert (proved.kind, proved.stream, proved.results) == ("sitting", "t1", {"k1": "partial", "k2": "full"})
    verify(dropped.lines(), KINDS)


def test_from_the_convening_to_the_seal():
    sitting = house.sat("k1", "k2").decided("k1").decided("k2").presented().signed().sealed()
    assert [name for name, *_ in sitting.journal] == [
        "sitting.convened", "sitting.item_put", "sitting.item_put", "sitting.members_seated",
        "sitting.president_seated", *["sitting.impartial_declared"] * 3, "sitting.opened",
        *["sitting.decision_proposed", "sitting.decision_answered", "sitting.decision_answered",
          "sitting.item_decided"] * 2,
        "sitting.minutes_presented", *["sitting.minutes_signed"] * 3, "sitting.minutes_sealed",
        "sitting.ruling_sealed", "sitting.ruling_sealed"]
    assert [(one.candidacy, one.ruling.award, one.extract, one.minutes) for one in sitting.events
            if isinstance(one, RulingSealed)] == [("k1", "full", house.EXTRACT, 1), ("k2", "full", house.EXTRACT, 1)]
    assert isinstance(sitting.events[-3], MinutesSealed)


def altered(data: Any, old: str, new: str) -> Any:
    """The same, with each value that is `old` another."""
    if isinstance(data, dict):
        return {key: altered(one, old, new) for key, one in data.items()}
    if isinstance(data, list):
        return [altered(one, old, new) for one in data]
    return new if data == old else data


@pytest.mark.rule("X5", "R1.6")
@pytest.mark.parametrize(("event", "old", "new"), [
    ("sitting.decision_proposed", "NA", "A"), ("sitting.item_decided", "NA", "A"),
    ("sitting.item_decided", "partial", "full"), ("sitting.ruling_sealed", "partial", "full"),
    ("sitting.minutes_signed", "one_time_code", "passkey"),
])
def test_what_was_altered_is_refused(event: str, old: str, new: str):
    """A mark that is another where it was settled is found where the decision does not follow from it any more; an
    award, where it stands. What follows from nothing else than who did it, a level, is proved by its hash alone."""
    sitting = whole()
    places = [place for place, (name, _, _, data) in enumerate(sitting.journal)
              if name == event and altered(data, old, new) != data]
    place = places[0]
    name, actor, when, data = sitting.journal[place]
    sitting.journal[place] = (name, actor, when, altered(data, old, new))
    if event == "sitting.minutes_signed":
        assert len(verify(sitting.lines(), KINDS)) == 1
        return
    decided = next(number for number, (name, _, _, said) in enumerate(sitting.journal, 1)
                   if name == "sitting.item_decided" and said["candidacy"] == "k1")
    with pytest.raises(BrokenJournal) as broken:
        verify(sitting.lines(), KINDS)
    assert broken.value.position == (place + 1 if event == "sitting.ruling_sealed" else decided)


@pytest.mark.rule("X5")
def test_a_mark_that_was_handed_on_is_altered():
    """In the quote: the decision does not follow from it any more."""
    sitting = house.sat().decided()
    name, actor, when, data = sitting.journal[1]
    data["said"]["data"]["recommendation"]["marks"]["C1.1"] = "NA"
    sitting.journal[1] = (name, actor, when, data)
    with pytest.raises(BrokenJournal) as broken:
        verify(sitting.lines(), KINDS)
    assert sitting.journal[broken.value.position - 1][0] == "sitting.item_decided"


def test_which_acts_a_page_sends():
    assert SITTING.from_pages == set(SITTING.commands.classes.values()) - BY_THE_SERVER
    assert {one.__name__ for one in BY_THE_SERVER} == {
        "SeatMembers", "NoteHeld", "NoteKept", "NoteDeclined", "SignMinutes", "SealMinutes", "RemindMember"}


@pytest.mark.rule("R3.9")
def test_a_sitting_is_there_once():
    sitting = convened()
    again = ConveneSitting("t1", "b1", at(HELD), "remote", date(2026, 3, 28), BY_CLERK)
    assert sitting.refused(CLERK, again) == "R3.9"
    assert Sitting(SITTING, "t9", "2026-03-16").refused(PRESIDENT, OpenSitting()) == "R3.9"


def test_whose_key_seals_the_words():
    """Those on a candidate are gone with the candidate's key."""
    sitting = house.sat()
    assert SITTING.subject(sitting.state, "t1", {"candidacy": "k1"}) == "p-k1"
    assert SITTING.subject(sitting.state, "t1", {}) == "stream:t1"
    assert SITTING.subject(None, "t1", {}) == "stream:t1"


def test_what_a_page_must_have_shown():
    """Of a proposal, all that was done on its candidate; answers and signatures name what they are about."""
    sitting = house.sat("k1", "k2")
    before = sitting.state.position
    sitting.do(SYSTEM, house.withheld("k2"))
    seen = {name: SITTING.must_have_seen(sitting.state, SITTING.commands.classes[name], {"candidacy": one})
            for name, one in (("ProposeDecision", "k2"), ("AnswerDecision", "k2"), ("PresentMinutes", ""),
                              ("SignMinutes", ""), ("CallSubstitute", ""))}
    assert seen == {"ProposeDecision": before + 1, "AnswerDecision": 0, "PresentMinutes": before + 1,
                    "SignMinutes": 0, "CallSubstitute": before}
    assert SITTING.must_have_seen(sitting.state, SITTING.commands.classes["ProposeDecision"], {"candidacy": "k1"}) == 2


@pytest.mark.rule("R8.1")
def test_the_board_has_it_until_its_minutes_are_sealed():
    sitting = convened()
    assert sitting.rows("delays") == {}, "nothing is to be decided"
    sitting.put("k1").seated().impartial()
    (row,) = sitting.rows("delays").values()
    assert (row.key, row.status, row.due_at, row.data) == (
        "sitting/t1", "sitting", at("2026-03-28", 23) + 3600000, {"stream": "t1", "waits_for": "clerk"})
    sitting.opened().decided().presented()
    assert [one.data["waits_for"] for one in sitting.rows("delays").values()] == ["sitting"]
    sitting.signed().sealed()
    assert sitting.rows("delays") == {}


def test_the_rows_say_how_far_it_is():
    sitting = convened().put("k1", "k2")
    seen: list[tuple[Any, ...]] = []

    def note() -> None:
        (row,) = sitting.rows("sittings").values()
        seen.append((row.status, row.data["three"], row.data["decided"], row.data["awaits"], row.due_at is not None))

    note()
    sitting.seated().impartial()
    note()
    sitting.opened().decided("k1").decided("k2", course="withhold", words=words())
    note()
    sitting.presented()
    note()
    sitting.signed()
    note()
    sitting.sealed()
    note()
    assert seen == [
        ("convened", False, 0, ["clerk", "commission"], True), ("convened", True, 0, ["members"], True),
        ("open", True, 2, ["members"], False), ("presented", True, 2, ["members"], False),
        ("signed", True, 2, [], False), ("sealed", True, 2, [], False)]
    items = sitting.rows("sitting_items")
    assert {key: (row.status, row.person, row.data["sealed"]) for key, row in items.items()} == {
        "t1/k1": ("full", "p-k1", True), "t1/k2": ("withheld", "p-k2", True)}
