"""From the door to the presentation: prevention, call, identity, reminder, sheet; in this order."""

from __future__ import annotations

import pytest

from evaluation.people import SYSTEM
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.phases import Phase
from evaluation.session.terms import Course, IdentityFinding
from tests.evaluation.session.day import Day, begun, words

# The door


@pytest.mark.rule("R6.1")
def test_nobody_enters_before_acknowledging_the_message():
    day = begun().join("cand1")
    assert day.refused("cand1", c.EnterWaitingRoom("h1")) == "R6.1"
    assert day.refused("emp", c.CallIn("h1")) == "R6.1"
    day.do("cand1", c.AcknowledgePrevention("h1", "digest of the wording"))
    day.do("cand1", c.EnterWaitingRoom("h1"))
    day.do("emp", c.CallIn("h1"))
    assert (day.phase(), day.state.current) == (Phase.WELCOME, "h1")


@pytest.mark.rule("R6.1", "R6.3")
@pytest.mark.parametrize("other", ["own", "cand1", "org", "system"])
def test_a_refused_message_is_the_presidents_to_decide(other: str):
    day = begun().join("cand1")
    day.do("cand1", c.RefusePrevention("h1"))
    assert day.refused("cand1", c.EnterWaitingRoom("h1")) == "R6.1"
    assert day.refused(other, c.DecideRefusal("h1", "prevention", "reserve", words())) in ("R3.1", "X11")
    assert day.do("emp", c.DecideRefusal("h1", "prevention", "reserve", words())) == [
        e.RefusalDecided("h1", "prevention", "reserve", words()),
        e.IncidentRecorded("h1", "conduct", False, "scheduled", None, words(), ()),
    ]
    assert day.hearing().reservations == {"prevention"}
    day.do("cand1", c.EnterWaitingRoom("h1"))
    day.do("emp", c.CallIn("h1"))


@pytest.mark.rule("R6.3")
@pytest.mark.parametrize(
    ("course", "prevention", "phase"),
    [("retry", "pending", Phase.SCHEDULED), ("reserve", "waived", Phase.SCHEDULED), ("stop", "refused", Phase.STOPPED)],
)
def test_what_follows_a_refused_message(course: Course, prevention: str, phase: Phase):
    day = begun().join("cand1")
    assert day.refused("emp", c.DecideRefusal("h1", "prevention", course, words())) == "R6.3"
    day.do("cand1", c.RefusePrevention("h1"))
    day.do("emp", c.DecideRefusal("h1", "prevention", course, words()))
    assert (day.hearing().prevention, day.phase()) == (prevention, phase)
    assert [incident.kind for incident in day.hearing().incidents] == ["conduct"]


@pytest.mark.rule("R6.3")
def test_a_refusal_is_not_passed_over():
    day = begun().join("cand1")
    day.do("cand1", c.RefusePrevention("h1"))
    assert day.refused("emp", c.DecideRefusal("h1", "prevention", "proceed", words())) == "R6.3"


@pytest.mark.rule("R3.2")
def test_who_is_called_in_waits():
    day = begun().ready()
    assert day.refused("emp", c.CallIn("h2")) == "R6.1"
    day.leave("cand1")
    assert day.refused("emp", c.CallIn("h1")) == "R3.2"
    day.join("cand1").do("emp", c.CallIn("h1"))
    assert day.refused("emp", c.CallIn("h1")) == "R3.2"
    for command in (c.AcknowledgePrevention("h1", "d"), c.RefusePrevention("h1"), c.EnterWaitingRoom("h1")):
        assert day.refused("cand1", command) == "R3.2"


def test_a_candidate_answers_only_for_themselves():
    day = begun().ready().join("cand2")
    for command in (c.AcknowledgePrevention("h1", "d"), c.EnterWaitingRoom("h1"), c.RefusePrevention("h1")):
        assert day.refused("cand2", command) == "X11"
        assert day.refused("aid1", command) == "X11"


@pytest.mark.rule("R3.2")
def test_one_candidate_at_a_time():
    day = begun().ready("h2").called("h1")
    assert day.refused("emp", c.CallIn("h2")) == "R3.2"


# Identity


@pytest.mark.rule("R6.3")
def test_the_president_hears_the_jurors_first():
    day = begun().called()
    assert day.refused("emp", c.DecideIdentity("h1", "conform", "proceed")) == "R6.3"
    day.do("own", c.GiveIdentityOpinion("h1", True))
    assert day.refused("emp", c.DecideIdentity("h1", "conform", "proceed")) == "R6.3"
    day.do("tra", c.GiveIdentityOpinion("h1", False, words()))
    assert day.do("emp", c.DecideIdentity("h1", "conform", "proceed")) == [
        e.IdentityDecided("h1", "conform", "proceed", None, (), ("tra",))
    ]
    identity = day.hearing().identity
    assert identity is not None
    assert (identity.by, identity.at, identity.dissent) == ("emp", day.now, ("tra",))


@pytest.mark.rule("R6.3")
def test_only_those_who_are_there_are_heard():
    day = begun().called().leave("tra")
    day.do("own", c.GiveIdentityOpinion("h1", True))
    day.do("emp", c.DecideIdentity("h1", "conform", "proceed"))


@pytest.mark.rule("R6.3")
@pytest.mark.parametrize("actor", ["own", "tra", "org", "obs", "cand1", "aid1", SYSTEM])
def test_a_person_decides_and_it_is_the_president(actor: str):
    """The machine never concludes: not even the platform's own actor may."""
    day = begun().called()
    assert day.refused(actor, c.DecideIdentity("h1", "conform", "proceed")) == "R3.1"


@pytest.mark.rule("R6.3")
@pytest.mark.parametrize("finding", ["doubtful", "not_conform", "refused", "no_document", "no_copy"])
def test_only_a_conform_identity_goes_on_freely(finding: IdentityFinding):
    day = begun().called().leave("own", "tra")
    assert day.refused("emp", c.DecideIdentity("h1", finding, "proceed", words())) == "R6.3"
    for course in ("retry", "reserve", "stop"):
        assert day.refused("emp", c.DecideIdentity("h1", "conform", course, words())) == "R6.3"
        assert day.refused("emp", c.DecideIdentity("h1", finding, course)) == "R6.3"


@pytest.mark.rule("R6.3")
@pytest.mark.parametrize("finding", ["doubtful", "not_conform", "refused", "no_document", "no_copy"])
def test_tried_again(finding: IdentityFinding):
    """The candidate who refuses to show a document, or has none, is asked again; the incident stays written."""
    day = begun().called().leave("tra")
    day.do("own", c.GiveIdentityOpinion("h1", False))
    assert day.do("emp", c.DecideIdentity("h1", finding, "retry", words())) == [
        e.IdentityDecided("h1", finding, "retry", words(), (), ()),
        e.IncidentRecorded("h1", "identity", False, "welcome", None, words(), ()),
    ]
    assert (day.hearing().identity, dict(day.hearing().opinions)) == (None, {})
    assert day.refused("emp", c.DecideIdentity("h1", "conform", "proceed")) == "R6.3"
    day.do("own", c.GiveIdentityOpinion("h1", True))
    day.do("emp", c.DecideIdentity("h1", "conform", "proceed"))
    assert len(day.hearing().incidents) == 1


@pytest.mark.rule("R6.3")
def test_going_on_with_a_reservation():
    day = begun().called().leave("own", "tra")
    day.do("emp", c.DecideIdentity("h1", "no_copy", "reserve", words()))
    assert day.hearing().reservations == {"identity"}
    day.welcome().do("emp", c.StartPresentation("h1"))


@pytest.mark.rule("R6.3")
def test_stopping_at_the_identity():
    day = begun().called().leave("own", "tra")
    assert day.do("emp", c.DecideIdentity("h1", "not_conform", "stop", words())) == [
        e.IdentityDecided("h1", "not_conform", "stop", words(), (), ()),
        e.IncidentRecorded("h1", "identity", False, "welcome", None, words(), ()),
        e.HearingStopped("h1", words()),
    ]
    assert (day.phase(), day.state.current) == (Phase.STOPPED, None)


@pytest.mark.rule("R6.3")
def test_what_is_decided_is_decided_once():
    day = begun().identified()
    assert day.refused("emp", c.DecideIdentity("h1", "conform", "proceed")) == "R6.3"
    assert day.refused("own", c.GiveIdentityOpinion("h1", False)) == "R6.3"


@pytest.mark.rule("R6.3")
def test_evidence_comes_from_this_hearing():
    day = begun().called().leave("own", "tra")
    decision = c.DecideIdentity("h1", "doubtful", "reserve", words(), ("p1",))
    assert day.refused("emp", decision) == "R6.3"
    day.do("emp", c.TakeCapture("h1", "p1", "cand1", "main", "digest"))
    day.do("emp", decision)
    assert day.hearing().incidents[0].evidence == ("p1",)


@pytest.mark.rule("R6.3")
@pytest.mark.parametrize(
    ("actor", "command"),
    [
        ("emp", c.CheckReminder("h1", 0, True)),
        ("cand1", c.SignSheet("h1", words())),
        ("cand1", c.RefuseSheet("h1")),
        ("emp", c.StartPresentation("h1")),
    ],
)
def test_nothing_goes_on_while_the_identity_is_undecided(actor: str, command: c.Command):
    assert begun().called().refused(actor, command) == "R6.3"


@pytest.mark.rule("R6.3")
def test_opinions_belong_to_the_welcome():
    assert begun().ready().refused("own", c.GiveIdentityOpinion("h1", True)) == "R3.2"
    assert begun().presenting().refused("own", c.GiveIdentityOpinion("h1", True)) == "R3.2"


# Reminder and sheet


@pytest.mark.rule("R3.2")
def test_the_whole_reminder_comes_before_the_sheet():
    day = begun().identified()
    for point in range(4):
        assert day.refused("cand1", c.SignSheet("h1", words())) == "R3.2"
        assert day.refused("cand1", c.RefuseSheet("h1")) == "R3.2"
        day.do("emp", c.CheckReminder("h1", point, True))
    day.do("emp", c.CheckReminder("h1", 3, False))
    assert day.refused("cand1", c.SignSheet("h1", words())) == "R3.2"
    day.do("emp", c.CheckReminder("h1", 3, True))
    assert day.refused("emp", c.StartPresentation("h1")) == "R3.2"
    day.wait(1).do("cand1", c.SignSheet("h1", words()))
    assert (day.hearing().sheet, day.hearing().sheet_at, day.hearing().sheet_words) == ("signed", day.now, words())
    assert day.refused("cand1", c.SignSheet("h1", words())) == "R3.2"
    assert day.refused("emp", c.CheckReminder("h1", 3, False)) == "R3.2"
    day.do("emp", c.StartPresentation("h1"))


@pytest.mark.parametrize("point", [-1, 4])
def test_a_point_that_the_reminder_does_not_have(point: int):
    assert begun().identified().refused("emp", c.CheckReminder("h1", point, True)) == "R3.2"


@pytest.mark.rule("R3.2", "R6.3")
@pytest.mark.parametrize(
    ("course", "sheet", "phase", "starts"),
    [
        ("retry", "not_signed", Phase.WELCOME, False),
        ("reserve", "waived", Phase.WELCOME, True),
        ("stop", "refused", Phase.STOPPED, False),
    ],
)
def test_a_candidate_who_refuses_to_sign(course: Course, sheet: str, phase: Phase, starts: bool):
    day = begun().identified()
    for point in range(4):
        day.do("emp", c.CheckReminder("h1", point, True))
    day.do("cand1", c.RefuseSheet("h1"))
    assert day.refused("emp", c.StartPresentation("h1")) == "R6.3"
    day.do("emp", c.DecideRefusal("h1", "sheet", course, words()))
    assert (day.hearing().sheet, day.phase()) == (sheet, phase)
    assert [incident.kind for incident in day.hearing().incidents] == ["conduct"]
    assert day.hearing().reservations == ({"sheet"} if course == "reserve" else set())
    if starts:
        day.do("emp", c.StartPresentation("h1"))
    else:
        assert day.refused("emp", c.StartPresentation("h1")) in ("R3.2",)


@pytest.mark.rule("R6.1", "R6.3")
@pytest.mark.parametrize("course", ["retry", "reserve", "stop"])
def test_who_refused_the_message_may_acknowledge_it_after_all_and_the_president_decides(course: Course):
    """The refusal goes the way of an undecided identity: an incident, a decision, and nobody enters before."""
    day = begun().join("cand1")
    day.do("cand1", c.RefusePrevention("h1"), c.AcknowledgePrevention("h1", "digest"), c.EnterWaitingRoom("h1"))
    assert (day.hearing().prevention, day.hearing().refusals) == ("acknowledged", {"prevention"})
    assert day.refused("emp", c.CallIn("h1")) == "R6.3"
    day.do("emp", c.DecideRefusal("h1", "prevention", course, words()))
    hearing = day.hearing()
    assert (hearing.prevention, hearing.refusals) == ("acknowledged", set())
    assert hearing.reservations == ({"prevention"} if course == "reserve" else set())
    assert [incident.kind for incident in hearing.incidents] == ["conduct"]
    assert day.refused("emp", c.DecideRefusal("h1", "prevention", course, words())) == "R6.3"
    if course != "stop":
        day.do("emp", c.CallIn("h1"))
    assert day.phase() is (Phase.STOPPED if course == "stop" else Phase.WELCOME)


@pytest.mark.rule("R6.3")
@pytest.mark.parametrize("course", ["retry", "reserve", "stop"])
def test_who_refused_to_sign_may_sign_after_all_and_the_president_decides(course: Course):
    day = begun().identified()
    for point in range(4):
        day.do("emp", c.CheckReminder("h1", point, True))
    day.do("cand1", c.RefuseSheet("h1"), c.SignSheet("h1", words()))
    assert (day.hearing().sheet, day.hearing().refusals) == ("signed", {"sheet"})
    assert day.refused("emp", c.StartPresentation("h1")) == "R6.3"
    day.do("emp", c.DecideRefusal("h1", "sheet", course, words()))
    assert (day.hearing().sheet, day.hearing().refusals) == ("signed", set())
    assert day.hearing().reservations == ({"sheet"} if course == "reserve" else set())
    if course != "stop":
        day.do("emp", c.StartPresentation("h1"))
    assert day.phase() is (Phase.STOPPED if course == "stop" else Phase.PRESENTATION)


@pytest.mark.rule("R6.3")
def test_a_refusal_outlives_an_interruption_until_it_is_decided():
    day = begun().identified()
    for point in range(4):
        day.do("emp", c.CheckReminder("h1", point, True))
    day.do("cand1", c.RefuseSheet("h1"))
    day.do("emp", c.AdjournHearing("h1", words()))
    day.do("cand1", c.EnterWaitingRoom("h1"))
    assert day.refused("emp", c.CallIn("h1")) == "R6.3"
    day.do("emp", c.DecideRefusal("h1", "sheet", "retry", words()), c.CallIn("h1"))


# Documents


@pytest.mark.rule("R3.2", "R6.3")
def test_a_hearing_that_goes_on_another_day_begins_again_at_the_door():
    """Identity, reminder and sheet anew; what the candidate acknowledged, and what was reserved, stays."""
    day = begun().called().leave("own", "tra")
    day.do("emp", c.DecideIdentity("h1", "no_copy", "reserve", words()))
    day.welcome().do("emp", c.AdjournHearing("h1", words()))
    assert (day.phase(), day.state.current) == (Phase.ADJOURNED, None)
    assert day.refused("emp", c.CallIn("h1")) == "R3.6"
    day.join("own", "tra")
    assert day.refused("emp", c.CallIn("h1")) == "R3.2"
    day.do("cand1", c.EnterWaitingRoom("h1"))
    day.do("emp", c.CallIn("h1"))
    hearing = day.hearing()
    assert (hearing.identity, dict(hearing.opinions), hearing.reminder) == (None, {}, frozenset())
    assert (hearing.sheet, hearing.sheet_at, hearing.sheet_words) == ("not_signed", None, None)
    assert (hearing.prevention, hearing.reservations) == ("acknowledged", {"identity"})
    assert day.refused("emp", c.StartPresentation("h1")) == "R6.3"
    assert isinstance(day.identify().welcome(), Day)
    day.do("emp", c.StartPresentation("h1"))
