"""One hearing as each seat sees it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from evaluation.people import SYSTEM, JurorCategory
from evaluation.session import commands as c
from evaluation.session import recommendation as rules
from evaluation.session.phases import Phase
from server.views.session.hearing import hearing_view, phase_view
from server.views.session.room import room_view
from tests.evaluation.session.day import Day, begun, listed, substitute, words
from tests.evaluation.session.quotes import replace_juror
from tests.server.views.session.readings import reading


@pytest.mark.rule("R3.6")
@pytest.mark.parametrize(("seat", "shown"), [("cand1", "closed"), ("aid1", "closed"), ("org", "deliberation")])
def test_how_far_the_jury_has_come_alone_is_shown_to_nobody_outside(seat: str, shown: str) -> None:
    day = begun().grading()
    before = hearing_view(reading(day, seat), day.hearing())
    for juror in ("emp", "own", "tra"):
        day.grade(juror)
    day.do("emp", c.OpenDeliberation("h1"))
    after = hearing_view(reading(day, seat), day.hearing())
    assert before["phase"] == shown
    assert after == before
    assert {one["phase"] for one in room_view(reading(day, "org"))["day"]} == {"deliberation", "scheduled"}


@pytest.mark.rule("R3.6", "R2.3")
def test_an_observer_who_is_kept_out_is_told_nothing_by_their_page() -> None:
    """The page is rendered whatever the rights in the room: what stands in it has to follow them."""
    day = begun(observers_in_deliberation=False).grading()
    before = room_view(reading(day, "obs"))
    for juror in ("emp", "own", "tra"):
        day.grade(juror)
    day.do("emp", c.OpenDeliberation("h1"))
    assert room_view(reading(day, "obs")) == before
    assert before["hearing"] is not None
    assert ([one["seat"] for one in before["people"]], before["hearing"]["phase"]) == (["obs"], "deliberation")


@pytest.mark.rule("R3.6", "X7")
@pytest.mark.parametrize("seat", ["cand1", "aid1", "org", "tra"])
def test_who_is_outside_cannot_tell_how_much_is_said_by_loading_the_page_again(seat: str) -> None:
    day = begun().deliberating()
    day.do("tra", c.Recuse("h1", words()))
    before = room_view(reading(day, seat))
    day.do("emp", c.WriteNote("h1", words())).extend(day.do("own", c.WriteNote("h1", words())))
    assert room_view(reading(day, seat)) == before
    assert [one["seat"] for one in before["people"]] == [seat]


@pytest.mark.rule("R1.2")
def test_a_replaced_juror_is_a_stranger_to_the_day() -> None:
    day = begun().presenting()
    day.do(SYSTEM, replace_juror("tra", substitute(JurorCategory.TRAINER)))
    view = room_view(reading(day, "tra"))
    assert (view["hearing"], view["day"], [one["seat"] for one in view["people"]]) == (None, [], ["tra"])


@pytest.mark.rule("R1.4")
def test_who_is_recused_for_somebody_else_is_not_told_to_a_candidate() -> None:
    day = begun().presenting()
    day.do("tra", c.Recuse("h1", words()))
    told = [
        [one["recused"] for one in room_view(reading(day, seat))["people"] if one["seat"] == "tra"]
        for seat in ("cand1", "cand2")
    ]
    assert told == [[True], [False]]


@pytest.mark.rule("R6.3")
def test_a_refusal_is_shown_until_the_president_has_decided_whatever_the_candidate_did_since() -> None:
    day = begun().join("cand1")

    def shown(seat: str) -> tuple[Sequence[str], str]:
        view = hearing_view(reading(day, seat), day.hearing())
        return view["refusals"], view["expected"]

    day.do("cand1", c.RefusePrevention("h1"), c.AcknowledgePrevention("h1", "digest"))
    said = "Le message de prévention avait été refusé\u00a0: décidez de la suite."
    assert shown("emp") == (["prevention"], said)
    assert shown("cand1")[1] == "Essayez votre caméra et votre micro, puis entrez dans la salle d’attente."
    day.do("cand1", c.EnterWaitingRoom("h1"))
    said = "Vous aviez refusé le message, puis confirmé. Hélène Garnier va décider de la suite."
    assert shown("cand1")[1] == said
    day.do("emp", c.DecideRefusal("h1", "prevention", "retry", words()))
    assert shown("emp") == ([], "Faites entrer Lina Morel quand le jury est prêt.")


def warned(day: Day) -> tuple[str, bool, str | None, dict[str, str | None]]:
    """The president's next act, whether it is allowed, its warning, and what the pages say of the aid."""
    first = room_view(reading(day, "emp"))["next"]
    assert first is not None
    shown = {seat: hearing_view(reading(day, seat), day.hearing())["aid_absent"] for seat in ("emp", "own", "org")}
    return first["command"], first["allowed"], first["warning"], shown


@pytest.mark.rule("R10.1")
def test_an_aid_who_is_not_connected_is_named_to_the_jury_and_beside_the_president_s_button() -> None:
    """A fact, not a block: who goes on does so knowing it."""
    day = begun().leave("aid1").ready()
    said = "Aide humaine prévue, non connectée\u00a0: Jean Petit."
    assert warned(day) == ("CallIn", True, said, {"emp": said, "own": said, "org": said})
    day.do("emp", c.CallIn("h1"))
    day.identify().welcome()
    assert warned(day) == ("StartPresentation", True, said, {"emp": said, "own": said, "org": said})
    day.join("aid1")
    assert warned(day) == ("StartPresentation", True, None, {"emp": None, "own": None, "org": None})


@pytest.mark.rule("R10.1")
def test_nobody_is_missed_before_the_candidate_is_there_nor_after_they_have_left() -> None:
    day = listed()
    assert hearing_view(reading(day, "emp"), day.hearing())["aid_absent"] is None
    day = begun().grading().leave("aid1")
    assert hearing_view(reading(day, "emp"), day.hearing())["aid_absent"] is None


@pytest.mark.rule("R2.3")
@pytest.mark.parametrize("stays", [True, False])
def test_a_candidate_is_told_who_may_watch_the_deliberation(stays: bool) -> None:
    day = begun(observers_in_deliberation=stays).grading()
    after = hearing_view(reading(day, "cand1"), day.hearing())["after"]["paragraphs"]
    watches = ("Laurence Chevillon observe pour l’organisme certificateur et peut assister à la délibération, sans y "
               "prendre la parole.")
    assert after[0].startswith("Le jury délibère à huis clos")
    assert ([one for one in after if "Chevillon" in one], len(after)) == (([watches], 4) if stays else ([], 3))
    assert room_view(reading(day, "own"))["session"]["staying"] == (["Laurence Chevillon"] if stays else [])


def test_the_sex_that_nobody_told_is_not_guessed() -> None:
    day = begun()
    assert reading(day, "own").person(day.hearing().candidate)["role_words"] == "passe l’épreuve"


def test_a_private_note_says_when_it_was_saved() -> None:
    day = begun().presenting()
    day.do("own", c.WriteNote("h1", words("n")))
    grid = hearing_view(reading(day, "own"), day.hearing())["grid"]
    assert (grid["note"], grid["note_at"]) == ("«n»", day.now)


@pytest.mark.rule("R3.3")
def test_a_candidate_has_the_points_of_the_presentation_at_hand_without_what_a_juror_ticked() -> None:
    day = begun().presenting()
    day.do("own", c.CoverPoint("h1", 0, True))
    shown = hearing_view(reading(day, "cand1"), day.hearing())
    assert (shown["points"], "grid" in shown) == (list(day.state.framework.presentation_points), False)
    assert "points" not in hearing_view(reading(day, "aid1"), day.hearing())


@pytest.mark.rule("X1")
def test_what_was_said_to_the_room_is_read_by_those_who_were_there() -> None:
    day = begun()
    day.do("org", c.WriteToRoom(words("late")))
    day.presenting()
    day.do("org", c.WriteToRoom(words("Lina, try another headset")))
    shown = {seat: [one["words"] for one in room_view(reading(day, seat))["messages"]]
             for seat in ("cand1", "own", "cand2", "org")}
    both = ["«late»", "«Lina, try another headset»"]
    assert shown == {"cand1": both, "own": both, "cand2": both[:1], "org": both}


def test_trouble_with_the_line_is_told_to_the_jury_by_its_kind_alone_until_it_is_settled() -> None:
    day = begun().presenting()

    def told(seat: str) -> list[tuple[str, str]] | None:
        found = hearing_view(reading(day, seat), day.hearing()).get("signalled")
        return None if found is None else [(one["name"], one["kind_words"]) for one in found]

    day.do("cand1", c.ReportProblem(words("private"), "not_hearing"), c.ReportProblem(words("private"), "question"))
    day.do("cand2", c.ReportProblem(None, "frozen"))
    said = [("Lina Morel", "n’entend pas la salle")]
    assert {seat: told(seat) for seat in ("emp", "tra", "obs", "org", "cand1")} == {
        "emp": said, "tra": said, "obs": None, "org": None, "cand1": None}
    assert "private" not in str(hearing_view(reading(day, "emp"), day.hearing()))
    day.do("org", c.SettleProblem(day.state.problems[0].position))
    assert told("emp") == []


@pytest.mark.rule("R6.2")
def test_measures_gone_with_a_replaced_copy_are_explained_until_something_is_measured_again() -> None:
    day = begun()
    day.do("cand1", c.SupplyDocument("h1", "copy", "identity_front", "d", 1, "passport"))

    def measured() -> None:
        day.do("tra", c.AskIdentityCheck("h1", "front"))
        check = day.hearing().check
        assert check is not None
        day.do(SYSTEM, c.RecordSignals("h1", check.position, day.now, ()))

    def told() -> tuple[object, str | None]:
        identity = hearing_view(reading(day, "own"), day.hearing())["identity"]
        assert "failure" in identity
        return identity["failure"], identity["renewed"] and identity["renewed"]["words"]

    day.called()
    measured()
    assert told() == (None, None)
    day.do("cand1", c.SupplyDocument("h1", "other", "identity_front", "d", 1, "passport"))
    assert told() == (
        None,
        "Une nouvelle copie est arrivée. Ce qui a pu être mesuré sur l’ancienne ne s’affiche plus\u00a0: demandez une "
        "nouvelle vérification.")
    measured()
    assert told() == (None, None)


def test_a_copy_is_not_offered_to_be_accepted_once_the_identity_is_decided() -> None:
    day = begun().ready()
    day.do("cand1", c.SupplyDocument("h1", "copy", "identity_front", "dc", 1, "new_card"))
    day.do("emp", c.CallIn("h1"))

    def decided(seat: str) -> list[bool]:
        return [one["decided"] for one in hearing_view(reading(day, seat), day.hearing())["identity"]["copies"]]

    assert (decided("emp"), decided("org")) == ([False], [False])
    day.identify()
    assert (decided("emp"), decided("org")) == ([True], [True])


@pytest.mark.rule("R10.1")
def test_the_candidate_is_told_how_much_of_each_part_is_extra_time() -> None:
    plain = begun(hearings={"h1": {"extra_seconds": None}})
    day = begun(hearings={"h1": {"extra_seconds": {"questions": 300}}})
    before, after = (hearing_view(reading(one, "cand1"), one.hearing()) for one in (plain, day))
    assert (before["extra_time"], after["extra_time"]) == ({}, {"questions": 300_000})
    assert after["durations"] == {**before["durations"], "questions": before["durations"]["questions"] + 300_000}


def test_a_pause_is_said_to_each_as_what_is_theirs_to_do() -> None:
    day = begun().presenting()
    day.do("emp", c.PauseClock("h1", "technical"))
    said = {seat: hearing_view(reading(day, seat), day.hearing())["expected"] for seat in ("emp", "tra", "cand1")}
    assert said == {
        "emp": "Reprenez quand tout marche.", "tra": "Hélène Garnier fera repartir le temps.",
        "cand1": "L’horloge est en pause\u00a0: ce temps ne vous est pas compté. Attendez que le jury reprenne.",
    }
    day.do("emp", c.ResumeClock("h1"))
    assert hearing_view(reading(day, "emp"), day.hearing())["expected"].startswith("Écoutez la présentation")


def test_a_page_is_told_what_a_phase_means_and_lists_none() -> None:
    assert {phase.value: tuple(phase_view(phase).values())[1:] for phase in Phase} == {
        "scheduled": ("to_call", False, False), "adjourned": ("to_call", False, False),
        "postponed": ("to_call", False, False), "welcome": ("in_room", False, False),
        "presentation": ("in_room", True, True), "questions": ("in_room", True, True),
        "grading": ("private", False, True), "deliberation": ("private", False, False),
        "closed": ("over", False, False), "no_show": ("over", False, False), "stopped": ("over", False, False),
        "cancelled": ("over", False, False),
    }


@pytest.mark.rule("X7", "R1.6")
def test_the_jury_is_told_what_may_be_recommended_where_and_what_departs_from_the_result() -> None:
    day = begun().grading()
    for juror in ("emp", "own", "tra"):
        day.grade(juror)
    day.do("emp", c.OpenDeliberation("h1"))
    table = hearing_view(reading(day, "emp"), day.hearing())["deliberation"]
    assert [one["block"] for one in table["places"]] == [*day.hearing().blocks, None]
    assert not table["settled"]
    for place in table["places"]:
        advices = [one["advice"] for one in place["advices"]]
        assert advices == list(rules.advices(day.state.framework, place["block"]))
        assert ("partial" in advices) == (place["block"] is None and day.state.framework.registered)
        result = rules.compiled(day.state, day.hearing())
        assert [one["departs"] for one in place["advices"]] == [
            rules.departs(result, place["block"], one) for one in advices]


@pytest.mark.rule("R3.2")
def test_what_comes_next_is_told_also_of_an_examination_that_goes_on_another_day() -> None:
    def told(day: Day) -> tuple[str | None, list[str]]:
        view = hearing_view(reading(day, "emp"), day.hearing())
        return view["next_words"], [one["state"] for one in view["steps"]]

    day = begun()
    assert told(day) == ("accueil", ["later"] * 4)
    assert told(day.called()) == ("présentation", ["now", "later", "later", "later"])
    day = begun().questioning()
    assert told(day) == ("délibération du jury", ["done", "done", "now", "later"])
    day.do("emp", c.AdjournHearing("h1", words()))
    assert told(day) == ("accueil", ["done", "done", "now", "later"])
    day.do("cand1", c.EnterWaitingRoom("h1"))
    day.do("emp", c.CallIn("h1"))
    assert told(day) == ("questions", ["done", "done", "now", "later"])


def test_the_candidate_s_moment_outside_the_room_is_called_by_where_they_are() -> None:
    def told(day: Day, seat: str = "cand1") -> tuple[str, str | None]:
        view = hearing_view(reading(day, seat), day.hearing())
        return view["phase_words"], view["next_words"]

    assert (told(begun()), told(begun(), "own")) == (("Avant l’entrée", "salle d’attente"), ("À venir", "accueil"))
    assert told(begun().ready()) == ("Salle d’attente", "accueil par le jury")
    assert told(begun().presenting()) == ("Présentation", "questions")
    assert told(begun().grading()) == ("Épreuve terminée", None)
