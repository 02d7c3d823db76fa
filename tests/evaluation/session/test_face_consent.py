"""The candidate's yes or no to comparing faces, and what no face is kept without (X1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.people import SYSTEM
from evaluation.session import commands as c
from evaluation.session import events as e
from tests.evaluation.session.at_the_check import FACE, PORTRAIT, asked, checked, heard, supplied
from tests.evaluation.session.day import Day, verified, words


@pytest.mark.rule("X1")
def test_at_the_door_of_another_sitting_a_yes_can_be_said():
    day = checked(PORTRAIT)
    heard(day).do("emp", c.DecideIdentity("h1", "conform", "proceed"))
    assert day.refused("cand1", c.AnswerFaceConsent("h1", True, "w")) == "X1"
    day.do("emp", c.AdjournHearing("h1", words()))
    day.do("cand1", c.AnswerFaceConsent("h1", True, "w"))
    assert day.hearing().face_consent == "yes"


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
