"""What a cut took and the organizer's measures, as each seat is told of them."""
from __future__ import annotations

import pytest

from evaluation.session import commands as c
from server.views.session.hearing import hearing_view
from tests.evaluation.session.day import Day, begun, words
from tests.server.views.session.readings import reading


@pytest.mark.rule("X9")
def test_what_a_cut_took_is_proposed_to_the_jury_and_told_to_the_candidate() -> None:
    day = begun().questioning().wait(5).leave("cand1").wait(2).join("cand1")
    cut = day.hearing().cuts[0].position
    shown = hearing_view(reading(day, "emp"), day.hearing())
    proposed, = shown.get("cuts", [])
    assert (proposed["position"], proposed["who"], proposed["seconds"]) == (cut, "candidate", 120)
    assert told_of_time(day) == ["Coupure de 9 h 40 : 2 min de votre temps ont couru. La personne qui préside peut "
                                 "vous les rendre."]
    day.do("emp", c.GiveBackTime("h1", 120, None, cut))
    assert hearing_view(reading(day, "emp"), day.hearing()).get("cuts") == []
    assert told_of_time(day) == ["Coupure de 9 h 40 : 2 min de votre temps ont couru ; elles vous sont rendues."]


def told_of_time(day: Day) -> list[str]:
    found = hearing_view(reading(day, "cand1"), day.hearing()).get("lost_time", [])
    return [one.replace("\u202f", " ").replace("\u00a0", " ") for one in found]


def test_another_figure_is_told_to_the_candidate_too() -> None:
    day = begun().questioning().wait(5).leave("cand1").wait(2).join("cand1")
    day.do("emp", c.GiveBackTime("h1", 60, words(), day.hearing().cuts[0].position))
    assert told_of_time(day) == ["Coupure de 9 h 40 : 2 min de votre temps ont couru ; la personne qui préside vous "
                                 "rend 1 min. La raison est écrite au procès-verbal."]


@pytest.mark.rule("R4.4")
def test_a_warning_and_its_words_reach_the_candidate_and_why_somebody_is_apart_whom_it_concerns() -> None:
    day = begun().questioning()
    day.do("org", c.WarnCandidate("h1", words("warned")), c.SeparateCandidate("h1", words("sent out")),
           c.ProposeEnding("h1", "stop", words("cannot go on")))
    own = hearing_view(reading(day, "cand1"), day.hearing())
    assert [(one["by"], one["words"]) for one in own.get("warnings", [])] == [("Claire Fabre", "«warned»")]
    apart = {seat: hearing_view(reading(day, seat), day.hearing())["apart"] for seat in ("cand1", "emp", "obs")}
    assert {seat: one["words"] for seat, one in apart.items() if one} == {
        "cand1": "«sent out»", "emp": "«sent out»", "obs": None}
    assert "proposed" not in own
    proposed = hearing_view(reading(day, "emp"), day.hearing()).get("proposed")
    assert proposed is not None
    assert (proposed["ending"], proposed["words"], proposed["by"]) == ("stop", "«cannot go on»", "Claire Fabre")
