"""Incidents and the script of a suspicion, as each seat is told of them."""
from __future__ import annotations

import pytest

from evaluation.session import commands as c
from server.views.session.hearing import hearing_view
from tests.evaluation.session.day import begun, words
from tests.server.views.session.readings import reading


@pytest.mark.rule("R6.5")
def test_the_candidate_is_shown_what_is_noted_and_never_by_whom_and_nobody_else_sees_the_script() -> None:
    day = begun().questioning().wait(2)
    asked = {"0": words("passage")}
    day.do("own", c.RecordIncident("h1", "own_work", True, words("seen"), (), asked))
    incident = day.state.position
    others = {seat: hearing_view(reading(day, seat), day.hearing()) for seat in ("obs", "aid1")}
    assert hearing_view(reading(day, "cand1"), day.hearing()).get("suspicion") is None
    day.do("emp", c.TellSanctions("h1", incident))
    shown = hearing_view(reading(day, "cand1"), day.hearing()).get("suspicion")
    assert shown is not None
    assert "Marc Oudin" not in repr(shown)
    assert (shown["words"], [one["words"] for one in shown["answers"]], shown["phase_words"], shown["clock"]) == (
        "«seen»", ["«passage»"], "Questions", 2 * 60_000)
    assert shown["sanctions"] == list(day.state.framework.sanctions)
    for seat, before in others.items():
        after = hearing_view(reading(day, seat), day.hearing())
        assert {name for name, value in after.items() if before.get(name) != value} == {"clock"}, seat
    day.do("cand1", c.AnswerSuspicion("h1", incident, words("mine"), words("Lina")))
    day.do("emp", c.DecideSuspicion("h1", incident, "go_on"))
    found = hearing_view(reading(day, "cand1"), day.hearing())
    assert (found.get("suspicion"), found.get("sanctions_told")) == (
        None, {"words": shown["sanctions"], "answered": True})


@pytest.mark.rule("R6.5")
def test_who_was_told_and_has_not_answered_yet_is_told_that_they_can() -> None:
    day = begun().questioning()
    day.do("own", c.RecordIncident("h1", "own_work", True, words("seen")))
    incident = day.state.position
    day.do("emp", c.TellSanctions("h1", incident))
    day.do("cand1", c.DeclineAnswer("h1", incident))
    day.do("emp", c.DecideSuspicion("h1", incident, "go_on"))
    found = hearing_view(reading(day, "cand1"), day.hearing()).get("sanctions_told")
    assert found is not None
    assert found["answered"] is False


@pytest.mark.rule("R6.5", "R3.1")
def test_the_president_alone_is_offered_each_step_of_the_script() -> None:
    day = begun().questioning()
    day.do("own", c.RecordIncident("h1", "own_work", True, words("seen")))
    incident = day.state.position

    def told(seat: str) -> tuple[object, ...]:
        view = hearing_view(reading(day, seat), day.hearing())["incidents"][0]  # type: ignore[typeddict-item]
        script = view["script"]
        offered = (view["untold"], view["may_tell"])
        return offered if script is None else (script["step"], script["may_decide"], script["missed_from"])

    assert (told("emp"), told("own"), told("org")) == ((True, True), (True, False), (True, False))
    day.do("emp", c.TellSanctions("h1", incident))
    waits = day.now + day.state.framework.case.room_answer_minutes * 60_000
    assert (told("emp"), told("own")) == (("answer", False, waits), ("answer", False, None))
    day.leave("cand1")
    assert told("emp") == ("answer", False, day.now)
    day.do("emp", c.RecordUnanswered("h1", incident, words("gone")))
    assert (told("emp"), told("own")) == (("decide", True, None), ("decide", False, None))


def test_the_kinds_and_what_each_asks_are_the_frameworks() -> None:
    day = begun().questioning()
    doors = hearing_view(reading(day, "own"), day.hearing()).get("incident_doors")
    assert doors is not None
    of = day.state.framework.case
    for door, code in (("malfunction", "incident"), ("fraud", "fraud")):
        assert [(one["kind"], one["words"], tuple(one["asks"])) for one in doors[code]] == [  # type: ignore[literal-required]
            (one.code, one.title, one.asks) for one in of.of_door(door)]  # type: ignore[arg-type]
