"""When and where a sitting is held, until when it must be, and that it is opened by whoever presides, with three."""
from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.deadlines import end_of
from evaluation.people import SYSTEM
from evaluation.sitting.convening_sitting import (
    CancelSitting,
    ConveneSitting,
    MoveSitting,
    OpenSitting,
    held_by,
    hold_by,
    notice_by,
)
from evaluation.sitting.kind import SITTING
from evaluation.sitting.members import SeatMembers, SeatPresident
from evaluation.sitting.substituting import CallSubstitute
from evaluation.sitting.terms import Due
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.sitting import house
from tests.evaluation.sitting.house import (
    BY_CLERK,
    CLERK,
    DELEGATE,
    EMPLOYEES,
    HELD,
    MEMBER,
    PRESIDENT,
    Sitting,
    convened,
    office,
    words,
)
from tests.evaluation.streams import at

CONVENE = ConveneSitting("t1", "b1", at(HELD), "remote", date(2026, 3, 28), BY_CLERK)


@pytest.mark.rule("R3.9", "X13", "X15")
@pytest.mark.parametrize(("actor", "command", "rule"), [
    (MEMBER, replace(CONVENE, office=office("o-member")), "X15"),
    (MEMBER, CONVENE, "X15"),
    (CLERK, replace(CONVENE, body="b2"), "X15"),
    (CLERK, replace(CONVENE, at=at("2026-03-16", 8)), "R3.9"),
    (CLERK, replace(CONVENE, mode="on_site"), "X13"),
    (CLERK, replace(CONVENE, mode="mixed"), "X13"),
])
def test_who_convenes_and_for_when(actor: str, command: ConveneSitting, rule: str):
    assert Sitting(SITTING, "t1", "2026-03-16").refused(actor, command) == rule
    Sitting(SITTING, "t1", "2026-03-16").do(CLERK, replace(CONVENE, mode="on_site", place=words()))


@pytest.mark.rule("R8.1")
def test_by_when_it_is_to_be_held():
    """A month after the earliest hearing, less the days that the letters need; sooner where it was convened for so."""
    sitting = convened().put("k1")
    assert hold_by(sitting.item()) == date(2026, 3, 28)
    sitting.do(CLERK, house.putting(house.recommended(held_on=date(2026, 2, 20)), "k2"))
    assert (held_by(sitting.state), held_by(convened().state)) == (date(2026, 3, 15), date(2026, 3, 28))


@pytest.mark.rule("R8.1")
def test_a_candidacy_says_itself_by_when_its_result_is_to_be_told():
    """After a return or an ordered re-examination the hearing is long ago; while the award is withheld, and the
    candidate was told so, nothing runs. What is written again later says it anew."""
    sitting = convened()
    late = house.recommended(held_on=date(2026, 1, 20))
    sitting.do(CLERK, house.putting(late, "k1", due=Due(date(2026, 4, 20))), house.putting(late, "k2", due=Due(None)))
    assert [hold_by(sitting.item(one)) for one in ("k1", "k2")] == [date(2026, 4, 15), None]
    assert held_by(sitting.state) == date(2026, 3, 28)
    released = house.withheld("k2", held=False)
    sitting.do(SYSTEM, replace(house.withheld("k2"), due=Due(None)), replace(released, due=Due(date(2026, 3, 30))))
    assert (hold_by(sitting.item("k2")), held_by(sitting.state)) == (date(2026, 3, 25), date(2026, 3, 25))
    assert sitting.rows("delays")["sitting/t1"].due_at == end_of(date(2026, 3, 25))
    sitting.do(SYSTEM, house.withheld("k2"))
    assert hold_by(sitting.item("k2")) == date(2026, 3, 25), "one that does not say it changes nothing"


@pytest.mark.rule("R4.2")
def test_by_when_its_members_are_told():
    """Fifteen days before, or as many as the frameworks on the agenda ask."""
    sitting = convened()
    assert notice_by(sitting.state) == date(2026, 3, 15)
    of = replace(POLISHING, sitting=replace(POLISHING.sitting, notice_days=20))
    sitting.put("k1").do(CLERK, house.putting(candidacy="k2", of=of))
    assert notice_by(sitting.state) == date(2026, 3, 10)
    assert sitting.rows("sittings")["t1"].data["notice_by"] == "2026-03-10"


@pytest.mark.rule("R3.9")
def test_it_is_moved_and_cancelled_before_it_is_open():
    sitting = convened().put("k1", "k2").seated().impartial()
    move = MoveSitting(at("2026-03-26", 14), "mixed", words(), BY_CLERK, words("where"))
    assert sitting.refused(CLERK, replace(move, place=None)) == "X13"
    assert sitting.refused(CLERK, replace(move, at=sitting.now)) == "R3.9"
    assert sitting.refused(PRESIDENT, move) == "X15"
    sitting.do(CLERK, move)
    assert (sitting.state.at, sitting.state.mode, sitting.state.place) == (move.at, "mixed", words("where"))
    cancelled = Sitting(SITTING, "t1", "2026-03-16")
    cancelled.current = sitting.current
    assert [type(one).__name__ for one in SITTING.decide(sitting.state, CancelSitting(words(), BY_CLERK), CLERK,
                                                         sitting.now)] == [
        "SittingCancelled", "ItemTakenOff", "ItemTakenOff"]
    sitting.opened()
    assert {sitting.refused(CLERK, one) for one in (replace(move, at=at("2026-04-26")),
                                                    CancelSitting(words(), BY_CLERK))} == {"R3.9"}


@pytest.mark.rule("R3.9")
def test_of_a_cancelled_one_nothing_is_left():
    sitting = convened().put("k1").seated()
    sitting.do(CLERK, CancelSitting(words(), BY_CLERK))
    assert (dict(sitting.state.agenda), SITTING.closed(sitting.state)) == ({}, True)
    sitting.on(HELD, 10)
    for actor, command in ((PRESIDENT, OpenSitting()), (CLERK, house.putting()), (CLERK, CancelSitting(
            words(), BY_CLERK)), (CLERK, SeatPresident(PRESIDENT, office("o-president"), BY_CLERK))):
        assert sitting.refused(actor, command) == "R3.9", command
    assert sitting.rows("sittings")["t1"].status == "cancelled"


@pytest.mark.rule("R1.3", "R3.9")
def test_it_is_opened_on_its_day_by_whoever_presides_with_three():
    sitting = convened().put("k1")
    sitting.do(CLERK, SeatPresident(PRESIDENT, office("o-president"), BY_CLERK))
    sitting.on(HELD, 10)
    assert sitting.refused(PRESIDENT, OpenSitting()) == "R1.3", "nobody else sits"
    sitting = convened().put("k1").seated()
    sitting.now = at("2026-03-29", 23)
    assert sitting.refused(PRESIDENT, OpenSitting()) == "R3.9"
    sitting.on(HELD, 0)
    assert sitting.refused(EMPLOYEES, OpenSitting()) == "R1.3"
    sitting.do(PRESIDENT, OpenSitting())
    assert sitting.refused(PRESIDENT, OpenSitting()) == "R3.9"


@pytest.mark.rule("R1.3")
def test_the_president_is_unavailable():
    """Somebody with a written delegation presides: nobody else, and on no other proof."""
    sitting = convened().put("k1").seated()
    sitting.on(HELD, 10)
    call = CallSubstitute(PRESIDENT, DELEGATE, BY_CLERK, None, office("o-pres-delegate"))
    assert sitting.refused(CLERK, replace(call, office_of=None)) == "R1.3"
    assert sitting.refused(CLERK, replace(call, office_of=office("o-member"))) == "R1.3"
    assert sitting.refused(CLERK, replace(call, substitute="p-other")) == "R1.3"
    assert sitting.refused(DELEGATE, OpenSitting()) == "R1.3"
    sitting.do(CLERK, call)
    assert sitting.refused(PRESIDENT, OpenSitting()) == "R1.3"
    sitting.do(DELEGATE, OpenSitting())


@pytest.mark.rule("R1.3")
def test_the_office_of_whoever_presides_runs_on_the_day():
    over = replace(house.PRESIDES, until=date(2026, 4, 2))
    quote = replace(office("o-president"), data={**office("o-president").data, "office": house.encode(over)})
    sitting = convened().put("k1")
    sitting.do(SYSTEM, SeatMembers(house.decision()))
    sitting.do(CLERK, SeatPresident(PRESIDENT, quote, BY_CLERK))
    sitting.on("2026-04-03", 10)
    assert sitting.refused(PRESIDENT, OpenSitting()) == "R1.3"
    sitting.on("2026-04-02", 10)
    sitting.do(PRESIDENT, OpenSitting())
    late = convened()
    late.do(CLERK, MoveSitting(at("2026-04-03"), "remote", words(), BY_CLERK))
    assert late.refused(CLERK, SeatPresident(PRESIDENT, quote, BY_CLERK)) == "R1.3"
