"""Who may do which act."""

from __future__ import annotations

import pytest

from evaluation.people import SYSTEM
from evaluation.rules import Forbidden
from evaluation.session import acts
from evaluation.session import commands as c
from evaluation.session.acts import ACTS, Who
from evaluation.session.kind import SESSION
from tests.evaluation.session.day import begun, words


def test_every_act_says_who_may_do_it():
    assert {one.__name__ for one in ACTS} | {"PlanSession"} == set(SESSION.commands.names)
    assert all(ACTS.values())


def test_what_browsers_cannot_ask():
    assert set(ACTS) - acts.FROM_BROWSERS == {
        c.Join, c.Leave, c.TakeOverSeat, c.AnnounceTime, c.AppointJury, c.ReplaceJuror, c.AddHearing, c.SupplyDocument,
        c.TakeCapture, c.RenewLink, c.ExamineCopy, c.RecordSignals, c.FailIdentityCheck, c.ReviewAgreement,
        c.GiveNotice, c.Convene, c.InformBody, c.NoticeArrived, c.NoticeFailed, c.RemindSeat,
        c.WriteBrief, c.FreezePapers, c.TakeAdjustment, c.NoteAdmission, c.DropAccusation,
        c.MoveDay, c.AddAid, c.AddObserver, c.NameDeputy, c.RecordTryOut, c.AttachScan, c.EnterTranscript,
        c.RecordCommonIncident,
    }  # fmt: skip


def test_no_act_is_the_machines_but_presence_announcements_and_measures():
    """A person decides, always (X1): also on the jury, in the awarding body's own stream, which these quote."""
    assert {one for one, who in ACTS.items() if Who.SYSTEM in who} == {
        c.Join, c.Leave, c.TakeOverSeat, c.AnnounceTime, c.ExamineCopy, c.RecordSignals, c.FailIdentityCheck,
        c.AppointJury, c.ReplaceJuror, c.ReviewAgreement, c.NoticeArrived, c.NoticeFailed, c.RemindSeat,
        c.FreezePapers, c.TakeAdjustment, c.NoteAdmission, c.DropAccusation,
    }  # fmt: skip


@pytest.mark.rule("R2.3", "R1.4", "R3.1")
def test_who_each_seat_is_for_a_hearing():
    day = begun()
    day.do("tra", c.Recuse("h1"))

    def who(seat: str, hearing: str | None) -> set[Who]:
        return set(acts.whoever(day.state, seat, hearing))

    juror = {Who.ANYONE, Who.APPOINTED_JUROR, Who.SITTING_JUROR}
    assert who("emp", "h1") == who("emp", "h2") == who("emp", None) == juror | {Who.PRESIDENT}
    assert who("own", "h1") == juror
    assert who("tra", "h1") == {Who.ANYONE, Who.APPOINTED_JUROR}
    assert who("tra", "h2") == juror
    assert who("cand1", "h1") == {Who.ANYONE, Who.CANDIDATE}
    assert who("cand1", "h2") == who("obs", "h1") == who("aid1", "h1") == {Who.ANYONE}
    assert who("org", "h1") == {Who.ANYONE, Who.ORGANIZER}
    assert who(SYSTEM, "h1") == {Who.SYSTEM}
    assert who("nobody", "h1") == who("commission", None) == set()


@pytest.mark.rule("R2.3")
@pytest.mark.parametrize("actor", ["obs", "aid1", "nobody"])
def test_observers_and_aids_act_on_nothing(actor: str):
    """Not even in the phase in which the act is right for others; an observer may only call for help."""
    day = begun().questioning()
    everything = [c.SetMark, c.RecordIncident, c.DismissCandidate, c.SignSheet, c.PostponeHearing, c.Join, c.Recuse]
    for one in everything:
        with pytest.raises(Forbidden):
            acts.check(day.state, actor, _any(one))


def _any(kind: type, hearing: str = "h1") -> c.Command:
    """A command of this kind about a hearing; what else it holds does not matter to who may send it."""
    command = object.__new__(kind)
    object.__setattr__(command, "hearing", hearing)
    return command


@pytest.mark.rule("R4.4")
@pytest.mark.parametrize("kind", list(ACTS))
def test_what_the_organizer_may_do_while_the_jury_is_alone(kind: type):
    """Settle problems, write to the room, list the next candidate, replace a link that is in wrong hands, what belongs
    to notices, what changes of the hearings to come: nothing about this hearing but its end papers."""
    day = begun().deliberating()
    allowed = {c.AddHearing, c.SettleProblem, c.WriteToRoom, c.ReportProblem, c.SupplyDocument, c.RecordNoShow,
               c.CloseSession, c.RenewLink, c.GiveNotice, c.Convene, c.InformBody, c.FollowUpNotice,
               c.AgreeToLateNotice,
               c.WriteBrief, c.PublishBrief, c.RecordShorterDelay, c.AcceptLatePaper, c.SetAsideDocument,
               c.HandlePiece, c.RecordTryOut,  # which the rule of the try-out then refuses
               c.AgreeToMove, c.MoveHearing, c.ReorderHearings, c.PutOffHearing, c.CancelHearing, c.MoveDay, c.AddAid,
               c.RemoveAid, c.AddObserver, c.RemoveObserver, c.NameDeputy, c.DismissDeputy, c.ChangeMode, c.NamePlace,
               c.AttachScan, c.EnterTranscript, c.SitOnSite, c.SitApart,
                   # which the rules then refuse: the candidate has left
                   c.WarnCandidate, c.SeparateCandidate, c.EndSeparation, c.ProposeEnding, c.RecordCommonIncident,
               }  # fmt: skip
    try:
        acts.check(day.state, "org", _any(kind))
        permitted = True
    except Forbidden:
        permitted = False
    assert permitted is (kind in allowed)
    if kind in (c.SupplyDocument, c.RecordNoShow, c.CloseSession):  # and these the phase itself refuses
        commands = {
            c.SupplyDocument: c.SupplyDocument("h1", "d", "formative", "x", 1), c.RecordNoShow: c.RecordNoShow("h1"),
            c.CloseSession: c.CloseSession(),
        }  # fmt: skip
        assert day.refused("org", commands[kind]) in ("R3.2", "X11")


@pytest.mark.rule("R4.4", "R3.6")
@pytest.mark.parametrize("kind", [c.RecordIncident, c.AcceptCopy])
def test_the_jury_is_alone_about_one_candidate_the_organizer_goes_on_with_the_next(kind: type):
    day = begun().deliberating()
    acts.check(day.state, "org", _any(kind, "h2"))
    day.do("emp", c.SuspendDeliberation("h1", words()))
    with pytest.raises(Forbidden):  # the room is free, and what is deliberated about h1 is still the jury's
        acts.check(day.state, "org", _any(kind))
