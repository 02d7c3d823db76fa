"""An exported journal is proved: intact it is accepted; a changed byte, or a result that is not the marks', is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any, get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evaluation.grading import Mark
from evaluation.journal import GENESIS, BrokenJournal, Record, chain, export
from evaluation.people import SYSTEM
from evaluation.session import commands as c
from evaluation.session.events import Event
from evaluation.session.kind import SESSION
from evaluation.session.replay import BY_FIELDS, BY_HAND, FOLLOWS
from tests.evaluation.session.day import ALL_A, CODES, Day, begun, marks, verified, words


@cache
def a_day() -> Day:
    """Two candidates to the end, the second with a dispute; a pause, an incident, a recusal that was replaced."""
    day = begun().questioning()
    day.do("tra", c.RecordIncident("h1", "other", True, words()))
    noted = day.state.position
    day.do("emp", c.PauseClock("h1", "technical"))
    day.wait(2).do("emp", c.ResumeClock("h1"))
    day.do("emp", c.TellSanctions("h1", noted))
    day.do("cand1", c.DeclineAnswer("h1", noted))
    day.do("emp", c.DecideSuspicion("h1", noted, "go_on"))
    day.wait(30).do("emp", c.DismissCandidate("h1"))
    for juror in ("emp", "own", "tra"):
        day.grade(juror, given=marks("C1.4", "C1.5", "C1.6"))
    day.do("emp", c.OpenDeliberation("h1"))
    day.agree(given=marks("C1.4", "C1.5", "C1.6")).advise().sign()
    day.deliberating("h2").agree("h2", dict.fromkeys(CODES[1:], Mark.ACQUIRED))
    day.do("emp", c.DeclareDispute("h2", ("C1.1",), words()))
    day.advise("h2").sign("h2")
    day.do("org", c.CloseSession())
    return day


def exported(records: Iterable[Record]) -> bytes:
    return b"".join(export(records))


def lines_of(data: bytes) -> list[bytes]:
    return BytesIO(data).readlines()


def rechained(records: Iterable[Record], **first: Any) -> tuple[Record, ...]:
    """The same records, hashed again from the first to the last: a forgery that no hash betrays."""
    result: list[Record] = []
    prev = GENESIS
    for position, one in enumerate(records, 1):
        result.append(chain(prev, position, one.stream, one.kind, one.at, one.actor, one.event, one.data))
        prev = result[-1].hash
    return tuple(result)


def forged(change: Callable[[Record], Record | None]) -> tuple[Record, ...]:
    """The day's journal with each record changed by `change` (None: left out), and the chain made anew."""
    changed = (change(record) for record in a_day().records)
    return rechained(record for record in changed if record is not None)


def broken(records: Iterable[Record]) -> BrokenJournal:
    with pytest.raises(BrokenJournal) as found:
        verified(lines_of(exported(records)))
    return found.value


def at(kind: str, nth: int = 0, **fields: object) -> int:
    """The position of the nth record of a kind with these fields."""
    found = [
        record.position for record in a_day().records
        if record.event == kind and all(record.data.get(name) == value for name, value in fields.items())
    ]
    return found[nth]


def with_data(position: int, **fields: object) -> tuple[Record, ...]:
    return forged(lambda one: replace(one, data=one.data | fields) if one.position == position else one)


@pytest.mark.rule("X5")
def test_an_intact_journal():
    day = a_day()
    proved = verified(day.lines())
    assert (proved.records, proved.stream, proved.head) == (len(day.records), "s1", day.records[-1].hash)
    assert proved.results == {"h1": day.hearing("h1").result, "h2": day.hearing("h2").result}
    assert [getattr(result, "outcome", None) for result in proved.results.values()] == ["partial", None]


@pytest.mark.rule("X5")
def test_a_journal_in_the_middle_of_the_day():
    proved = verified(begun().grading().lines())
    assert dict(proved.results) == {}


@pytest.mark.rule("X5")
def test_an_empty_journal():
    assert broken(()).position == 1


SIZE = len(exported(a_day().records))


@pytest.mark.rule("X5")
@settings(max_examples=100)
@given(st.integers(0, SIZE - 1), st.integers(1, 255))
@example(SIZE - 1, 1)
@example(0, 0x80)
def test_any_byte_changed(place: int, change: int):
    changed = bytearray(exported(a_day().records))
    changed[place] ^= change
    with pytest.raises(BrokenJournal):
        verified(lines_of(bytes(changed)))


@pytest.mark.rule("X5")
@settings(max_examples=60)
@given(st.data())
def test_a_byte_put_in_or_taken_out(data: st.DataObject):
    whole = exported(a_day().records)
    place = data.draw(st.integers(0, len(whole) - 1))
    instead, length = data.draw(st.sampled_from([b"", b" ", b"\n", b"0"])), data.draw(st.integers(0, 1))
    changed = whole[:place] + instead + whole[place + length :]
    if changed == whole:
        return
    with pytest.raises(BrokenJournal):
        verified(lines_of(changed))


# Forgeries of somebody who can hash


@pytest.mark.rule("X5")
@pytest.mark.parametrize(
    "changes",
    [
        {"marks": dict.fromkeys(CODES, "A")},
        {"marks": dict.fromkeys(CODES[:6], "A")},
        {"marks": {}},
        {"disputed": True},
        {"result": {}},
    ],
)
def test_a_changed_conclusion(changes: dict[str, object]):
    closed = at("session.hearing_closed", hearing="h1")
    assert broken(with_data(closed, **changes)).position == closed


@pytest.mark.rule("X5")
@pytest.mark.parametrize(
    ("block", "field", "value"),
    [("BC1", "validated", True), ("BC1", "acquired", 4), ("BC1", "kept", True), ("BC2", "validated", False),
     ("BC1", "reasons", [])],
)  # fmt: skip
def test_a_changed_result_of_a_block(block: str, field: str, value: object):
    closed = at("session.hearing_closed", hearing="h1")
    result = a_day().records[closed - 1].data["result"]
    blocks = [one | {field: value} if one["code"] == block else one for one in result["blocks"]]
    assert broken(with_data(closed, result=result | {"blocks": blocks})).position == closed


@pytest.mark.rule("X5")
def test_a_changed_outcome():
    closed = at("session.hearing_closed", hearing="h1")
    result = a_day().records[closed - 1].data["result"] | {"outcome": "full"}
    assert broken(with_data(closed, result=result)).position == closed


@pytest.mark.rule("X5")
def test_a_changed_mark_of_the_consensus():
    """Proposed as NA, confirmed as NA: making one of them A is seen at the next that speaks of it."""
    proposal = at("session.consensus_proposed", hearing="h1", competency="C1.4")
    confirmed = at("session.consensus_confirmed", hearing="h1", competency="C1.4")
    assert broken(with_data(proposal, mark="A")).position == confirmed
    confirmation = at("session.consensus_confirmed", 1, hearing="h1", competency="C1.4")
    assert broken(with_data(confirmation, mark="A")).position == confirmation


@pytest.mark.rule("X5")
def test_a_mark_changed_wherever_it_stands_but_in_the_conclusion():
    def change(one: Record) -> Record:
        if one.event in ("session.mark_set", "session.consensus_proposed",
            "session.consensus_confirmed") and one.data["competency"] == "C1.4":
            shown = {"not_shown": False} if one.event == "session.mark_set" else {}
            return replace(one, data=one.data | {"mark": "A"} | shown)
        return one

    assert broken(forged(change)).position == at("session.recommended", hearing="h1", block="BC1")


@pytest.mark.rule("X5", "X7")
def test_a_changed_mark_of_a_juror():
    """An NA has its reason before the grid closes: one that was A has none."""
    mark = at("session.mark_set", hearing="h1", competency="C1.1")
    assert broken(with_data(mark, mark="NA")).position == at("session.grid_closed", hearing="h1")


@pytest.mark.rule("X5", "R5.1")
@pytest.mark.parametrize("kind", ["session.mark_set", "session.consensus_proposed", "session.consensus_confirmed"])
@pytest.mark.parametrize("mark", ["B", "", None, "a", 1])
def test_a_third_mark(kind: str, mark: object):
    assert broken(with_data(at(kind), mark=mark)).position == at(kind)


@pytest.mark.rule("X5", "R5.1")
def test_a_third_mark_in_the_conclusion():
    closed = at("session.hearing_closed", hearing="h2")
    assert broken(with_data(closed, marks={"C1.2": "B"})).position == closed


@pytest.mark.rule("X5", "X7")
@pytest.mark.parametrize("kind", ["session.deliberation_signed", "session.consensus_confirmed",
    "session.grid_closed", "session.deliberation_opened"])
def test_an_act_left_out(kind: str):
    position = at(kind)
    found = broken(forged(lambda one: None if one.position == position else one))
    assert position <= found.position < at("session.hearing_closed", hearing="h1") + 1


@pytest.mark.rule("X5", "X7")
@pytest.mark.parametrize("kind", ["session.deliberation_signed", "session.consensus_confirmed",
    "session.grid_closed", "session.mark_set"])
@pytest.mark.parametrize("actor", ["obs", "org", "cand1", "nobody", SYSTEM])
def test_an_act_of_somebody_else(kind: str, actor: str):
    position = at(kind, -1)
    found = broken(forged(lambda one: replace(one, actor=actor) if one.position == position else one))
    assert found.position == position


@pytest.mark.rule("X5", "R6.4")
def test_an_incident_written_by_the_machine():
    position = at("session.incident_recorded")
    found = broken(forged(lambda one: replace(one, actor=SYSTEM) if one.position == position else one))
    why = ["session.incident_recorded was not allowed", "R2.3"]
    assert (found.position, found.why.split(": ")[:2]) == (position, why)


@pytest.mark.rule("X5", "R3.2", "R3.6", "R3.8", "R6.1", "R6.3", "X7", "X9")
@pytest.mark.parametrize(
    ("left_out", "later", "why"),
    [
        ("session.prevention_acknowledged", 0, "session.waiting_room_entered was not allowed: R6.1"),
        ("session.waiting_room_entered", 0, "session.called_in was not allowed: R3.2"),
        ("session.president_designated", 0, "session.seat_joined: session.president_designated should stand here"),
        ("session.called_in", 0, "session.identity_opinion_given was not allowed: R3.2"),
        ("session.identity_decided", 0, "session.reminder_checked was not allowed: R6.3"),
        ("session.sheet_signed", 0, "session.phase_started was not allowed: R3.2"),
        ("session.phase_started", 0, "session.phase_ended was not allowed: R3.2"),
        ("session.phase_ended", 0, "session.phase_started: session.phase_ended should stand here"),
        ("session.clock_paused", 0, "session.clock_resumed was not allowed: X9"),
        ("session.grid_closed", 26, "session.deliberation_opened was not allowed: R3.6"),
        ("session.deliberation_opened", 0, "session.consensus_proposed was not allowed: R3.6"),
        ("session.consensus_confirmed", 23, "session.recommended was not allowed: R3.8"),
        ("session.deliberation_signed", 1, "session.deliberation_signed was not allowed: X7"),
        ("session.hearing_closed", 0, "session.seat_joined: session.hearing_closed should stand here"),
    ],
)
def test_an_act_whose_turn_had_not_come(left_out: str, later: int, why: str):
    """The first of a kind is left out: the journal breaks where the rules then say no, and the rule is named."""
    position = at(left_out)
    found = broken(forged(lambda one: None if one.position == position else one))
    assert (found.position - position, ": ".join(found.why.split(": ")[:2])) == (later, why)


@pytest.mark.rule("X5", "R3.1", "R2.3")
@pytest.mark.parametrize(
    ("kind", "actor"),
    [("session.called_in", "own"), ("session.identity_decided", "tra"), ("session.sheet_signed",
        "emp"), ("session.sheet_signed", "cand2"),
     ("session.phase_started", "org"), ("session.clock_paused", "cand1"), ("session.recommended",
         "own"), ("session.deliberation_opened", "tra"),
     ("session.hearing_added", "emp"), ("session.jury_appointed", "org"), ("session.seat_joined",
         "emp"), ("session.session_closed", "obs")],
)  # fmt: skip
def test_an_act_that_was_not_this_seats(kind: str, actor: str):
    position = at(kind)
    found = broken(forged(lambda one: replace(one, actor=actor) if one.position == position else one))
    assert (found.position, found.why.startswith(f"{kind} was not allowed: ")) == (position, True)


def test_every_event_says_what_was_asked():
    """An event is read back by its fields, or by hand, or stands behind another; and no command is out of reach."""
    ways = [set(BY_FIELDS), set(BY_HAND), set(FOLLOWS)]
    assert [one for one in get_args(Event) if sum(one in way for way in ways) != 1] == []
    assert sum(map(len, ways)) == len(get_args(Event))
    by_hand = {c.DecideIdentity, c.StartPresentation, c.StartQuestions, c.DismissCandidate, c.PostponeHearing,
               c.RestartAttempt, c.ProposeConsensus, c.ConfirmConsensus, c.ReorderHearings,
               c.PutOffHearing, c.RecordCommonIncident}  # fmt: skip
    assert set(BY_FIELDS.values()) | by_hand == set(get_args(c.Command))


@pytest.mark.rule("X5", "X7")
@pytest.mark.parametrize(
    "kind", ["session.consensus_proposed", "session.consensus_confirmed", "session.recommended",
        "session.mark_set", "session.dispute_declared"]
)
def test_an_act_put_in_after_the_first_signature(kind: str):
    first = at("session.deliberation_signed", hearing="h2")
    records = list(a_day().records)
    late = records[at(kind, -1) - 1]
    records.insert(first, replace(late, at=records[first].at))
    assert broken(rechained(records)).position == first + 1


@pytest.mark.rule("X5", "X7")
def test_a_recommendation_that_no_longer_says_it_departs():
    position = at("session.recommended", hearing="h1", block="BC1")
    assert broken(with_data(position, departs=False)).position == position
    assert broken(with_data(position, words=None)).position == position


@pytest.mark.rule("X5", "R1.2")
def test_a_jury_of_others():
    jury = a_day().records[1].data["jurors"]
    assert broken(with_data(2, jurors=jury[:2])).position == 2
    assert broken(with_data(2, jurors=[*jury[:2], jury[2] | {"category": "employers"}])).position == 2


@pytest.mark.rule("X5")
@pytest.mark.parametrize(
    ("position", "changes"),
    [
        (1, {"event": "session.jury_appointed"}), (2, {"event": "session.nothing"}), (2,
            {"data": {}}), (4, {"event": "session.session_planned"}),
        (1, {"data": {}}),
    ],
)  # fmt: skip
def test_what_is_no_event(position: int, changes: dict[str, Any]):
    assert broken(forged(lambda one: replace(one, **changes) if one.position == position else one)).position == position


@pytest.mark.rule("X5")
def test_one_plan_and_first():
    records = list(a_day().records)
    assert broken(rechained(records[1:])).position == 1
    assert broken(rechained([*records[:5], replace(records[0], at=records[4].at), *records[5:]])).position == 6


@pytest.mark.rule("X5")
def test_another_sessions_plan():
    assert broken(with_data(1, session="s2")).position == 1
    day = a_day()
    other = tuple(replace(one, stream="s2") for one in day.records)
    assert broken(rechained(other)).position == 1


@pytest.mark.rule("X5")
def test_a_hearing_that_was_never_listed():
    position = at("session.called_in")
    assert broken(with_data(position, hearing="h9")).position == position


@pytest.mark.rule("X5")
@settings(max_examples=60)
@given(st.data())
def test_a_forged_record_is_refused_or_changes_no_result(data: st.DataObject):
    """Whatever record is left out, put elsewhere, given to another actor or hearing, no other result comes of it."""
    records = list(a_day().records)
    index = data.draw(st.integers(0, len(records) - 1))
    match data.draw(st.sampled_from(["left out", "moved", "actor", "hearing"])):
        case "left out":
            del records[index]
        case "moved":
            records.insert(data.draw(st.integers(0, len(records) - 1)), records.pop(index))
            records = [replace(one, at=0) for one in records]
        case "actor":
            seat = data.draw(st.sampled_from(["emp", "own", "tra", "org", "cand1", "nobody", SYSTEM]))
            records[index] = replace(records[index], actor=seat)
        case _:
            hearing = data.draw(st.sampled_from(["h1", "h2", "h9"]))
            records[index] = replace(records[index], data=records[index].data | {"hearing": hearing})
    try:
        proved = verified(lines_of(exported(rechained(records))))
    except BrokenJournal:
        return
    known = {"h1": a_day().hearing("h1").result, "h2": a_day().hearing("h2").result}
    assert all(result == known[hearing] for hearing, result in proved.results.items())


def test_the_day_that_is_tried_holds_enough():
    kinds = {record.event for record in a_day().records}
    assert kinds <= set(SESSION.events.names)
    assert a_day().hearing("h1").result.blocks[0].validated is False  # type: ignore[union-attr]
    assert set(ALL_A) == set(CODES)
