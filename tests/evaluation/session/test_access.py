"""Who may see, hear, speak, read and write. Each table is the whole of what is open; all else is closed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evaluation.grading import Mark
from evaluation.people import SYSTEM, JurorCategory, Role
from evaluation.rules import Forbidden
from evaluation.session import access, media_access
from evaluation.session import commands as c
from evaluation.session.access import CLOSED, SeatRights
from evaluation.session.doors import Door
from evaluation.session.kind import SESSION
from evaluation.session.media_access import BOTH, MAIN
from tests.evaluation.session.day import Day, begun, listed, planned, substitute, words
from tests.evaluation.session.quotes import replace_juror

D = Door
JUROR = frozenset({D.DOCUMENTS, D.IDENTITY_COPY, D.CAPTURES, D.OWN_GRID, D.RECORD})
DELIBERATING = JUROR | {D.ALL_GRIDS}
CANDIDATE = frozenset({D.DOCUMENTS, D.UPLOAD})
ORGANIZER = frozenset({D.DOCUMENTS, D.IDENTITY_COPY, D.CAPTURES, D.RECORD})
READS = frozenset({D.DOCUMENTS})
H2 = {"h2": ORGANIZER | {D.UPLOAD}}
EVERYBODY = ("org", "obs", "emp", "own", "tra", "cand1", "aid1", "cand2", "aid2")


def sees(*seats: str) -> frozenset[str]:
    return frozenset(seats)


def all_rights(day: Day) -> dict[str, SeatRights]:
    assert [seat.id for seat in day.state.seats()] == list(EVERYBODY)
    return {seat.id: access.rights(day.state, seat.id) for seat in day.state.seats()}


WAITING = SeatRights(events=True, hearings={"h1": CANDIDATE})
SECOND = SeatRights(events=True, hearings={"h2": CANDIDATE})
SECOND_AID = SeatRights(events=True)


def test_before_the_first_hearing_the_jury_is_among_itself_and_the_organizer():
    doors = {"h1": JUROR, "h2": JUROR}
    day = begun().ready()
    assert all_rights(day) == {
        "org": SeatRights(view=sees("emp", "own", "tra"), events=True, board=True, journal=True,
                          hearings={"h1": ORGANIZER | {D.UPLOAD}} | H2),
        "obs": SeatRights(view=sees("emp", "own", "tra"), events=True, hearings={"h1": READS, "h2": READS}),
        "emp": SeatRights(BOTH, sees("own", "tra"), True, doors),
        "own": SeatRights(BOTH, sees("emp", "tra"), True, doors),
        "tra": SeatRights(BOTH, sees("emp", "own"), True, doors),
        "cand1": WAITING, "aid1": SeatRights(events=True), "cand2": SECOND, "aid2": SECOND_AID,
    }  # fmt: skip


@pytest.mark.rule("R6.2", "R2.3", "R10.1")
@pytest.mark.parametrize("bring", ["called", "welcomed", "presenting", "questioning"])
def test_the_candidate_in_the_room(bring: str):
    """The copy of the identity document is the jury's and the organizer's alone; observers and aids have no grid."""
    day = getattr(begun(), bring)()
    doors = {"h1": JUROR, "h2": JUROR}
    assert all_rights(day) == {
        "org": SeatRights(view=sees("emp", "own", "tra", "cand1", "aid1"), events=True, board=True, journal=True,
                          hearings={"h1": ORGANIZER} | H2),
        "obs": SeatRights(view=sees("emp", "own", "tra", "cand1", "aid1"), events=True,
                          hearings={"h1": READS, "h2": READS}),
        "emp": SeatRights(BOTH, sees("own", "tra", "cand1", "aid1"), True, doors),
        "own": SeatRights(BOTH, sees("emp", "tra", "cand1", "aid1"), True, doors),
        "tra": SeatRights(BOTH, sees("emp", "own", "cand1", "aid1"), True, doors),
        "cand1": SeatRights(BOTH, sees("emp", "own", "tra", "aid1"), True, {"h1": CANDIDATE}),
        "aid1": SeatRights(MAIN, sees("emp", "own", "tra", "cand1"), True, {"h1": READS}),
        "cand2": SECOND, "aid2": SECOND_AID,
    }  # fmt: skip


def alone(day: Day, doors: frozenset[Door], watched: bool = True) -> None:
    """The candidate, the aid and the organizer are out; the second candidate waits, and hears nothing."""
    juror = {"h1": doors, "h2": JUROR}
    observer = SeatRights(view=sees("emp", "own", "tra"), events=True, hearings={"h1": READS, "h2": READS})
    assert all_rights(day) == {
        "org": SeatRights(board=True, hearings=H2),
        "obs": observer if watched else SeatRights(hearings={"h2": READS}),
        "emp": SeatRights(BOTH, sees("own", "tra"), True, juror),
        "own": SeatRights(BOTH, sees("emp", "tra"), True, juror),
        "tra": SeatRights(BOTH, sees("emp", "own"), True, juror),
        "cand1": CLOSED, "aid1": CLOSED, "cand2": SECOND, "aid2": SECOND_AID,
    }  # fmt: skip


@pytest.mark.rule("R3.6", "R2.3", "X7", "R6.2")
def test_the_jury_alone():
    day = begun().grading()
    day.do("tra", c.SetMark("h1", "C1.1", Mark.ACQUIRED))
    alone(day, JUROR)
    alone(begun().deliberating(), DELIBERATING)
    alone(begun().advised().ready("h2"), DELIBERATING)


@pytest.mark.rule("R2.3")
def test_observers_may_be_kept_out_of_the_deliberation():
    alone(begun(observers_in_deliberation=False).graded(), JUROR, watched=False)
    alone(begun(observers_in_deliberation=False).deliberating(), DELIBERATING, watched=False)


@pytest.mark.rule("R1.4", "X7", "R3.6")
@pytest.mark.parametrize("bring", ["grading", "deliberating", "advised"])
def test_a_recused_juror_is_out_of_the_deliberation(bring: str):
    """Also of the grids and of their own; in the next hearing they sit again."""
    day: Day = getattr(begun(), bring)()
    if bring != "grading":
        assert D.ALL_GRIDS in access.rights(day.state, "tra").doors("h1")
    day.do("tra", c.Recuse("h1", words()))
    assert access.rights(day.state, "tra") == SeatRights(hearings={"h2": JUROR})
    assert access.rights(day.state, "emp").view == {"own"}
    assert access.rights(day.state, "obs").view == {"emp", "own"}


@pytest.mark.rule("R3.6", "R1.4", "X7")
def test_what_the_jury_still_says_of_somebody_stays_its_own():
    """The moment the deliberation is suspended, or signed, the room does not open upon those who were kept out."""
    day = begun().deliberating()
    day.do("tra", c.Recuse("h1", words()))
    day.do("emp", c.SuspendDeliberation("h1", words()))
    for suspended in (day, begun().signed()):
        seen = {seat: one.view for seat, one in all_rights(suspended).items()}
        assert [seen[seat] for seat in EVERYBODY if seat not in ("emp", "own", "tra")] == [frozenset()] * 6
    assert access.rights(day.state, "tra").view == frozenset()
    assert access.rights(day.state, "emp").view == {"own"}


@pytest.mark.rule("X7", "R3.8")
def test_the_marks_of_a_stopped_hearing_stay_sealed_while_the_jury_sits():
    day = begun().questioning()
    day.do("tra", c.SetMark("h1", "C1.1", Mark.ACQUIRED))
    day.do("emp", c.StopHearing("h1", words()))
    assert not access.rights(day.state, "org").journal


@pytest.mark.rule("R1.4", "X7")
def test_a_recused_juror_before_and_after():
    """In the room they may stay, with the candidate's documents; of the identity copy, pictures and grids nothing."""
    day = begun().questioning()
    day.do("tra", c.SetMark("h1", "C1.1", Mark.ACQUIRED), c.Recuse("h1"))
    assert access.rights(day.state, "tra").doors("h1") == READS
    day.do(SYSTEM, replace_juror("tra", substitute(JurorCategory.TRAINER, hearing="h1")))
    assert access.rights(day.state, "tra") == SeatRights(hearings={"h2": JUROR})
    assert access.rights(day.state, "sub") == SeatRights(BOTH, sees("emp", "own", "cand1", "aid1"), True, {"h1": JUROR})
    day.join("sub").wait(30).do("emp", c.DismissCandidate("h1"))
    for juror in ("emp", "own", "sub"):
        day.grade(juror)
    day.do("emp", c.OpenDeliberation("h1"))
    day.agree().advise().sign()
    assert access.rights(day.state, "tra").doors("h1") == frozenset()
    assert access.rights(day.state, "sub").doors("h1") == DELIBERATING


@pytest.mark.rule("R3.6", "R3.8")
def test_while_a_deliberation_is_suspended_its_record_stays_closed():
    day = begun().deliberating()
    day.do("emp", c.SuspendDeliberation("h1", words()))
    for phase in (lambda: None, lambda: day.called("h2")):
        phase()
        assert access.rights(day.state, "org").doors("h1") == frozenset()
        assert access.rights(day.state, "org").journal is False
        assert access.rights(day.state, "cand1") == CLOSED
        assert access.rights(day.state, "aid1") == CLOSED
        assert access.rights(day.state, "emp").doors("h1") == DELIBERATING


@pytest.mark.rule("R3.8")
def test_after_the_signatures_the_organizer_sees_the_grids():
    day = begun().signed()
    after = all_rights(day)
    assert after["org"] == SeatRights(
        events=True, board=True, journal=True,
        hearings={"h1": ORGANIZER | {D.ALL_GRIDS}} | H2,
    )  # fmt: skip
    assert (after["cand1"], after["aid1"]) == (CLOSED, CLOSED)
    assert after["obs"].hearings == {"h1": READS, "h2": READS}
    assert after["emp"].hearings == {"h1": DELIBERATING, "h2": JUROR}


@pytest.mark.rule("R3.8", "X7")
@pytest.mark.parametrize(
    ("bring", "opens"),
    [
        (lambda day: day.called(), True),
        (lambda day: day.questioning().do("tra", c.SetMark("h1", "C1.1", Mark.ACQUIRED)), False),
        (lambda day: day.graded(), False),
        (lambda day: day.advised(), False),
        (lambda day: day.signed(), True),
        (lambda day: day.signed().presenting("h2").do("tra", c.SetMark("h2", "C1.1", Mark.ACQUIRED)), False),
    ],
)
def test_the_journal_opens_to_the_organizer_when_no_mark_in_it_is_still_sealed(
    bring: Callable[[Day], object], opens: bool
):
    day = begun()
    bring(day)
    readers = {seat.id for seat in day.state.seats() if access.rights(day.state, seat.id).journal}
    assert readers == ({"org"} if opens else set())


@pytest.mark.rule("X7", "R3.8")
def test_marks_of_an_attempt_that_does_not_count_stay_sealed():
    """They are in the journal, and the same jury will mark again."""
    day = begun().questioning()
    day.do("tra", c.SetMark("h1", "C1.1", Mark.ACQUIRED))
    day.do("emp", c.PostponeHearing("h1", words()))
    assert access.rights(day.state, "org").journal is False
    day.wait(120).do("emp", c.RecordNoShow("h2"))
    day.do("org", c.CloseSession())
    assert access.rights(day.state, "org").journal is True


def test_after_the_session_only_the_organizer_keeps_the_records():
    day = begun().signed()
    day.do("org", c.PostponeHearing("h2", words()), c.CloseSession())
    organizer = SeatRights(board=True, journal=True, hearings={"h1": ORGANIZER | {D.ALL_GRIDS}, "h2": ORGANIZER})
    assert all_rights(day) == dict.fromkeys(EVERYBODY, CLOSED) | {"org": organizer}


@pytest.mark.rule("X9")
def test_an_adjourned_candidate_keeps_their_place_but_not_the_room():
    day = begun().presenting()
    day.do("emp", c.AdjournHearing("h1", words()))
    assert access.rights(day.state, "cand1") == WAITING
    assert access.rights(day.state, "aid1") == SeatRights(events=True)


def test_a_place_that_does_not_exist():
    for seat in ("nobody", "", SYSTEM):
        assert access.rights(begun().called().state, seat) == CLOSED


@pytest.mark.rule("R3.6", "X7")
def test_what_the_media_room_applies_is_what_each_seat_may():
    for bring in ("ready", "questioning", "grading", "deliberating", "signed"):
        day = getattr(begun(), bring)()
        publish, view = media_access.room_rights(day.state)
        assert publish == {seat: one.publish for seat, one in all_rights(day).items()}
        assert view == {seat: one.view for seat, one in all_rights(day).items()}


@pytest.mark.rule("R2.3")
def test_nobody_sees_or_hears_an_observer():
    for bring in ("ready", "questioning", "deliberating"):
        day = getattr(begun(), bring)()
        everything = all_rights(day)
        assert everything["obs"].publish == frozenset()
        assert everything["org"].publish == frozenset()
        assert not any({"obs", "org"} & one.view for one in everything.values())


def test_before_there_is_a_jury_nothing_is_open_to_jurors():
    day = planned()
    assert access.rights(day.state, "emp") == CLOSED
    assert access.rights(listed().state, "emp").publish == BOTH
    with pytest.raises(Forbidden):
        SESSION.decide(day.state, c.DesignatePresident("emp"), "emp", day.now)


@pytest.mark.rule("X11")
def test_a_closed_session_leaves_a_page_to_whoever_has_something_to_do_there():
    """The organizer reads the records; a candidate may still withdraw a consent."""
    assert {role for role in Role if access.keeps_page(role, closed=True)} == {Role.ORGANIZER, Role.CANDIDATE}
    assert all(access.keeps_page(role, closed=False) for role in Role)
