"""The identity check: copies, consent, what is asked and measured. The machine measures, the president decides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.framework import IdentityRules
from evaluation.people import SYSTEM
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session import visibility
from evaluation.session.measured import Check, Failure, Picture, SignalRow
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.session.day import Day, begun, verified, words

PORTRAIT = SignalRow("portrait", "far", "far", 312, Picture("p1", "d1"), Picture("p2", "d2"))
MRZ = SignalRow("mrz", "not_measurable", "not_read")
FACE = SignalRow("face", "close", "close", 410, Picture("p3", "d3"), Picture("p4", "d4"))


def supplied() -> Day:
    """The candidate is in the room, a copy was given."""
    day = begun()
    day.do("cand1", c.SupplyDocument("h1", "copy", "identity_front", "dc", 1, "new_card"))
    return day.called()


def checked(*rows: SignalRow) -> Day:
    day = supplied()
    day.do("tra", c.AskIdentityCheck("h1", "front"))
    day.do(SYSTEM, c.RecordSignals("h1", asked(day), day.now, rows, words("expiry")))
    return day


def asked(day: Day) -> int:
    check = day.hearing().check
    assert check is not None
    return check.position


def heard(day: Day, conform: bool = True) -> Day:
    for juror in ("own", "tra"):
        day.do(juror, c.GiveIdentityOpinion("h1", conform))
    return day


# The copy --------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R6.2")
def test_the_framework_says_which_documents_are_accepted():
    day = begun()
    assert day.refused("cand1", c.SupplyDocument("h1", "x", "identity_front", "d", 1, "licence")) == "R6.2"
    assert day.refused("cand1", c.SupplyDocument("h1", "x", "portfolio_a", "d", 1, "passport")) == "R6.2"
    day.do("cand1", c.SupplyDocument("h1", "x", "identity_front", "d", 1, "passport"))
    assert [one.identity for one in day.hearing().documents] == ["passport"]


@pytest.mark.rule("R6.2")
def test_what_a_machine_saw_on_a_copy_is_settled_by_a_person():
    day = supplied()
    day.do(SYSTEM, c.ExamineCopy("h1", "copy", ("blurred", "expired")))
    assert day.hearing().documents[0].flaws == ("blurred", "expired")
    day.do("org", c.AcceptCopy("h1", "copy"))
    assert day.hearing().documents[0].accepted_by == "org"
    assert day.do("emp", c.AcceptCopy("h1", "copy")) == []


@pytest.mark.rule("R6.2")
def test_only_the_present_copy_is_looked_at_and_accepted():
    day = begun()
    for name in ("old", "new"):
        day.do("cand1", c.SupplyDocument("h1", name, "identity_front", "d", 1))
    day.do("cand1", c.SupplyDocument("h1", "a", "portfolio_a", "d", 1))
    for other in ("old", "a", "nothing"):
        assert day.refused(SYSTEM, c.ExamineCopy("h1", other, ())) == "R6.2"
        assert day.refused("org", c.AcceptCopy("h1", other)) == "R6.2"


@pytest.mark.rule("R6.3")
def test_a_copy_does_not_change_after_the_decision_and_is_checked_anew_in_the_next_sitting():
    day = checked(PORTRAIT)
    heard(day).do("emp", c.DecideIdentity("h1", "conform", "proceed"))
    assert day.refused("cand1", c.SupplyDocument("h1", "other", "identity_front", "d", 1)) == "R6.3"
    assert day.refused("org", c.AcceptCopy("h1", "copy")) == "R6.3"
    day.do("emp", c.AdjournHearing("h1", words()))
    day.do("cand1", c.SupplyDocument("h1", "other", "identity_front", "d", 1), c.EnterWaitingRoom("h1"))
    day.do("org", c.AcceptCopy("h1", "other"))
    day.do("emp", c.CallIn("h1"))
    hearing = day.hearing()
    assert (hearing.identity, hearing.signals, len(hearing.past_signals)) == (None, (), 1)


@pytest.mark.rule("R6.3")
def test_nothing_measured_on_a_copy_stands_beside_the_one_that_replaced_it():
    day = checked(PORTRAIT)
    day.do("own", c.AskIdentityCheck("h1", "back"))
    running = asked(day)
    day.do("cand1", c.SupplyDocument("h1", "other", "identity_front", "d", 1))
    hearing = day.hearing()
    assert (hearing.check, hearing.signals, len(hearing.past_signals)) == (None, (), 1)
    assert day.refused(SYSTEM, c.RecordSignals("h1", running, day.now, (MRZ,))) == "R6.3"


@pytest.mark.rule("X1")
def test_at_the_door_of_another_sitting_a_yes_can_be_said():
    day = checked(PORTRAIT)
    heard(day).do("emp", c.DecideIdentity("h1", "conform", "proceed"))
    assert day.refused("cand1", c.AnswerFaceConsent("h1", True, "w")) == "X1"
    day.do("emp", c.AdjournHearing("h1", words()))
    day.do("cand1", c.AnswerFaceConsent("h1", True, "w"))
    assert day.hearing().face_consent == "yes"


# Asking ----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R6.2")
def test_without_a_copy_there_is_nothing_to_compare_and_the_decision_stays_possible():
    day = begun().called()
    assert day.refused("tra", c.AskIdentityCheck("h1", "front")) == "R6.2"
    heard(day).do("emp", c.DecideIdentity("h1", "conform", "proceed"))
    assert day.hearing().identity is not None


@pytest.mark.rule("R6.3")
def test_a_juror_asks_for_a_side_for_a_gesture_and_ends_it():
    day = supplied()
    day.do("tra", c.AskIdentityCheck("h1", "front"))
    first = asked(day)
    assert day.hearing().check == Check("front", "main", "tra", day.now, first)
    day.do("own", c.AskIdentityCheck("h1", "back", "second"), c.AskGesture("h1", "tilt_card"))
    assert (day.hearing().check.side, day.hearing().gesture) == ("back", "tilt_card")  # type: ignore[union-attr]
    assert day.refused(SYSTEM, c.RecordSignals("h1", first, day.now, (MRZ,))) == "R6.3"
    day.do("emp", c.EndIdentityCheck("h1"), c.AskGesture("h1", None))
    assert (day.hearing().check, day.hearing().gesture) == (None, None)
    assert day.do("emp", c.EndIdentityCheck("h1")) == []


@pytest.mark.rule("R6.3")
def test_the_candidate_the_organizer_and_recused_jurors_ask_for_nothing():
    day = supplied()
    day.do("tra", c.Recuse("h1"))
    for seat in ("cand1", "org", "obs", "aid1", "tra"):
        assert day.refused(seat, c.AskIdentityCheck("h1", "front")) in ("R2.3", "R1.4")
    day.do("own", c.GiveIdentityOpinion("h1", True))
    day.do("emp", c.DecideIdentity("h1", "conform", "proceed"))
    assert day.refused("own", c.AskIdentityCheck("h1", "front")) == "R6.3"
    assert day.refused("own", c.AskGesture("h1", "turn_head")) == "R6.3"


@pytest.mark.rule("R6.3")
def test_a_check_that_fails_says_why_and_the_next_one_begins_clean():
    day = supplied()
    day.do("tra", c.AskIdentityCheck("h1", "front"))
    day.do(SYSTEM, c.FailIdentityCheck("h1", asked(day), "died"))
    assert (day.hearing().check, day.hearing().check_failure) == (None, Failure(day.now, "died"))
    day.do("tra", c.AskIdentityCheck("h1", "front"))
    assert day.hearing().check_failure is None


@pytest.mark.parametrize("command", [
    c.AdjournHearing("h1", words()), c.StopHearing("h1", words()), c.PostponeHearing("h1", words()),
    c.DecideIdentity("h1", "no_document", "reserve", words()), c.DecideIdentity("h1", "doubtful", "retry", words()),
])  # fmt: skip
def test_what_was_asked_ends_when_the_check_is_over(command: c.Command):
    day = heard(supplied())
    day.do("tra", c.AskIdentityCheck("h1", "front"), c.AskGesture("h1", "turn_head"))
    late = asked(day)
    day.do("emp", command)
    assert (day.hearing().check, day.hearing().gesture) == (None, None)
    assert day.refused(SYSTEM, c.RecordSignals("h1", late, day.now, ())) == "R6.3"


# Measures --------------------------------------------------------------------------------------------------------


@pytest.mark.rule("X1")
@pytest.mark.parametrize("rows", [
    (PORTRAIT, PORTRAIT), (replace(MRZ, code="MARTIN<<LEA"),), (replace(MRZ, code=""),),
    (SignalRow("expiry", "close", "valid", 412),), (PORTRAIT, FACE),
])  # fmt: skip
def test_the_journal_takes_codes_and_whole_numbers_alone(rows: tuple[SignalRow, ...]):
    day = supplied()
    day.do("tra", c.AskIdentityCheck("h1", "front"))
    assert day.refused(SYSTEM, c.RecordSignals("h1", asked(day), day.now, rows)) == "X1"


def faces(day: Day) -> c.RecordSignals:
    """What a check gives when faces were compared: their row is no part of the chain."""
    return c.RecordSignals("h1", asked(day), day.now, (PORTRAIT,), None, words("apart"), FACE.pictures())


@pytest.mark.rule("X1")
def test_without_consent_no_face_is_kept():
    day = supplied()
    day.do("cand1", c.AnswerFaceConsent("h1", False, "digest"))
    day.do("tra", c.AskIdentityCheck("h1", "front"))
    assert day.refused(SYSTEM, faces(day)) == "X1"
    assert day.refused(SYSTEM, replace(faces(day), apart=None)) == "X1"
    day.do(SYSTEM, c.RecordSignals("h1", asked(day), day.now, (PORTRAIT,)))
    assert [row.name for row in day.hearing().signals[-1].rows] == ["portrait"]
    assert b'"face"' not in b"".join(day.lines())


@pytest.mark.rule("X1")
def test_a_journal_with_a_face_and_no_consent_does_not_verify():
    day = supplied()
    day.do("tra", c.AskIdentityCheck("h1", "front"))
    measured = e.SignalsMeasured("h1", asked(day), "front", day.now, (), None, words("apart"), FACE.pictures())
    day._keep([measured], SYSTEM)  # pyright: ignore[reportPrivateUsage]
    with pytest.raises(Exception, match="not allowed"):
        verified(day.lines())


@pytest.mark.rule("X1")
def test_withdrawing_takes_the_faces_and_their_pictures_away():
    day = supplied()
    day.do("cand1", c.AnswerFaceConsent("h1", True, "digest"))
    day.do("tra", c.AskIdentityCheck("h1", "front"))
    day.do(SYSTEM, faces(day))
    assert set(day.hearing().pictures) == {"p1", "p2", "p3", "p4"}
    assert b'"face"' not in b"".join(day.lines())
    day.do("tra", c.AskIdentityCheck("h1", "front"))
    day.do("cand1", c.WithdrawFaceConsent("h1"))
    hearing = day.hearing()
    assert (hearing.signals[-1].apart, hearing.withdrawn) == (None, {"p3", "p4", words("apart").ref})
    assert dict(hearing.pictures) == {"p1": "d1", "p2": "d2"}
    assert day.refused(SYSTEM, faces(day)) == "X1"
    assert day.do("cand1", c.WithdrawFaceConsent("h1")) == []
    verified(day.lines())


@pytest.mark.rule("X1")
def test_consent_is_withdrawn_after_the_day_is_closed_too_and_by_nobody_else():
    day = supplied()
    day.do("cand1", c.AnswerFaceConsent("h1", True, "digest"))
    day.do("emp", c.StopHearing("h1", words()))
    day.do("org", c.PostponeHearing("h2", words()))
    day.do("org", c.CloseSession())
    for actor in ("cand2", "emp", "org", SYSTEM):
        assert day.refused(actor, c.WithdrawFaceConsent("h1")) == "X11"
    assert day.refused("cand1", c.AnswerFaceConsent("h1", True, "digest")) == "X11"
    day.do("cand1", c.WithdrawFaceConsent("h1"))
    assert day.hearing().face_consent == "no"
    verified(day.lines())


@pytest.mark.rule("X1")
def test_a_no_is_always_heard_a_yes_while_it_means_something():
    day = supplied()
    day.do("cand1", c.AnswerFaceConsent("h1", True, "digest"))
    assert day.do("cand1", c.AnswerFaceConsent("h1", True, "digest")) == []
    heard(day).do("emp", c.DecideIdentity("h1", "conform", "proceed"))
    day.do("cand1", c.AnswerFaceConsent("h1", False, "digest"))
    assert day.refused("cand1", c.AnswerFaceConsent("h1", True, "digest")) == "X1"
    assert day.hearing().face_consent == "no"
    assert day.refused("cand2", c.AnswerFaceConsent("h1", True, "digest")) == "X11"


# The decision ----------------------------------------------------------------------------------------------------


@pytest.mark.rule("R6.3")
def test_the_decision_quotes_what_the_jury_was_shown_and_who_thought_otherwise():
    day = checked(PORTRAIT, MRZ)
    day.do("tra", c.TakeCapture("h1", "shot", "cand1", "main", "ds"), c.GiveIdentityOpinion("h1", False))
    day.do("own", c.GiveIdentityOpinion("h1", True))
    decided = day.do("emp", c.DecideIdentity("h1", "doubtful", "reserve", words(), ("shot",)))[0]
    assert decided == e.IdentityDecided(
        "h1", "doubtful", "reserve", words(), ("shot", "p1", "p2"), ("own",), ("ds", "d1", "d2"), ("dc",))
    verified(day.lines())


@pytest.mark.rule("R6.3")
@pytest.mark.parametrize("changes", [
    {"digests": ("d1", "dx")}, {"evidence": (), "digests": ()}, {"dissent": ("own",)}, {"copies": ()},
])  # fmt: skip
def test_a_journal_whose_decision_rests_on_something_else_does_not_verify(changes: dict[str, object]):
    day = heard(checked(PORTRAIT))
    decided = e.IdentityDecided("h1", "conform", "proceed", None, ("p1", "p2"), (), ("d1", "d2"), ("dc",))
    day._keep([replace(decided, **changes)], "emp")  # pyright: ignore[reportPrivateUsage]
    with pytest.raises(Exception, match="identity_decided"):
        verified(day.lines())


@pytest.mark.rule("R6.3")
def test_of_two_decisions_the_second_is_refused():
    day = heard(checked(PORTRAIT))
    day.do("emp", c.DecideIdentity("h1", "conform", "proceed"))
    assert day.refused("emp", c.DecideIdentity("h1", "doubtful", "reserve", words())) == "R6.3"


@pytest.mark.rule("R6.5")
def test_an_incident_may_quote_a_crop_of_this_hearing_alone():
    day = checked(PORTRAIT)
    day.do("tra", c.RecordIncident("h1", "identity", False, words(), ("p2",)))
    assert day.refused("tra", c.RecordIncident("h1", "identity", False, words(), ("p9",))) == "R6.5"


# Presence and keeping --------------------------------------------------------------------------------------------


@pytest.mark.rule("R6.4")
def test_presence_is_looked_at_while_the_jury_asks_for_it_in_the_timed_phases():
    day = begun().welcomed()
    seconds = [visibility.presence_seconds(day.state, day.hearing())]
    day.do("emp", c.RequireVisible("h1", True))
    seconds.append(visibility.presence_seconds(day.state, day.hearing()))
    day.do("emp", c.StartPresentation("h1"))
    seconds.append(visibility.presence_seconds(day.state, day.hearing()))
    day.do("emp", c.RequireVisible("h1", False))
    seconds.append(visibility.presence_seconds(day.state, day.hearing()))
    assert seconds == [0, 0, POLISHING.identity.presence_seconds, 0]
    assert POLISHING.identity.presence_seconds > 0


def test_a_framework_that_says_nothing_never_looks():
    assert IdentityRules().presence_seconds == 0
    day = begun(replace(POLISHING, identity=IdentityRules())).presenting()
    day.do("emp", c.RequireVisible("h1", True))
    assert visibility.presence_seconds(day.state, day.hearing()) == 0
