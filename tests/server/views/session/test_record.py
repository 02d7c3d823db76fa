"""The record of one candidate: in order, complete, and no further than the reader's doors."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from evaluation.grading import Mark
from evaluation.session import commands as c
from evaluation.session import kind
from server.views.session.record import RecordView, record_of, record_view
from server.views.session.telling.every_event import DESCRIBED
from server.views.session.timeline import follow
from tests.evaluation.session.day import ALL_A, Day, begun, words
from tests.server.kept import SESSION, House
from tests.server.views.session.readings import reading


def record(day: Day, seat: str = "org", hearing: str = "h1") -> RecordView:
    past = [(one, kind.SESSION.decoded(one.event, one.data, first=one.position == 1)) for one in day.records]
    return record_view(reading(day, seat), hearing, *follow(past, hearing))


def lines(view: RecordView) -> list[str]:
    return [line["words"] for day in view["days"] for line in day["lines"]]


def test_the_timeline_tells_the_day_in_order() -> None:
    day = begun().presenting()
    assert lines(record(day)) == [
        "Jury désigné\u00a0: Hélène Garnier, Marc Oudin, Samia Benali.",
        "Épreuve inscrite à 9\u00a0h\u00a015.",
        "Jean Petit est là.",
        "Hélène Garnier préside le jury.",
        "Lina Morel est là.",
        "Lina Morel a confirmé le message de prévention.",
        "Lina Morel est dans la salle d’attente.",
        "Entrée dans la salle, appel d’Hélène Garnier.",
        "Avis de Marc Oudin\u00a0: identité conforme.",
        "Avis de Samia Benali\u00a0: identité conforme.",
        "Identité décidée par Hélène Garnier\u00a0: identité conforme, on continue.",
        "Rappel des règles par Hélène Garnier\u00a0: 4 points sur 4.",
        "Feuille de présence signée par Lina Morel.",
        "Présentation\u00a0: début, pour 15 min.",
    ]


def test_nothing_of_another_candidate_is_in_it() -> None:
    day = begun().signed("h1")
    day.do("org", c.WriteToRoom(words("hello")))
    day.presenting("h2")
    assert lines(record(day, hearing="h2"))[0:2] == [
        "Jury désigné\u00a0: Hélène Garnier, Marc Oudin, Samia Benali.", "Épreuve inscrite à 11\u00a0h\u00a015."]
    assert "Lina Morel" not in json.dumps(record(day, hearing="h2"), ensure_ascii=False)


def test_an_incident_stands_with_phase_clock_author_words_and_evidence() -> None:
    day = begun().presenting().wait(3)
    day.do("own", c.TakeCapture("h1", "cap1", "cand1", "main", "digest"))
    day.do("own", c.RecordIncident("h1", "outside_help", True, words("a voice"), ("cap1",)))
    found = record(day)
    incident = found["incidents"][0]
    assert [incident[name] for name in ("by", "phase_words", "clock_words", "kind_words", "words", "evidence")] == [
        "Marc Oudin", "Présentation", "3 min",
        "Une aide interdite : personne, appareil, document", "«a voice»", ["cap1"]]
    assert found["captures"] == [{"id": "cap1", "hour": "9\u00a0h\u00a023", "of": "Lina Morel", "by": "Marc Oudin"}]
    line = found["days"][0]["lines"][-1]
    assert (line["words"], line["tone"], line["place"]) == (
        "Présomption de fraude notée par Marc Oudin\u00a0: une aide interdite : personne, appareil, document.", "alert",
        f"#incident-{incident['position']}")


@pytest.mark.rule("R6.5")
def test_it_says_where_a_candidate_was_not_told_what_is_noted() -> None:
    day = begun().presenting().wait(3)
    day.do("own", c.RecordIncident("h1", "outside_help", True, words("a voice")))
    day.do("emp", c.StopHearing("h1", words("fainted"), untold=True))
    (line,) = [one for one in record(day)["days"][0]["lines"] if one["words"].startswith("Épreuve arrêtée")]
    assert (line["words"], line["said"]) == (
        "Épreuve arrêtée par Hélène Garnier. La présomption de fraude notée n’a pas été dite au candidat pendant "
        "l’épreuve\u00a0: la raison est écrite ici.", "«fainted»")


@pytest.mark.rule("R6.3")
def test_the_identity_decision_keeps_the_opinions_and_who_thought_otherwise() -> None:
    day = begun().called()
    day.do("own", c.GiveIdentityOpinion("h1", False, words("not sure")))
    day.do("tra", c.GiveIdentityOpinion("h1", True))
    day.do("emp", c.DecideIdentity("h1", "doubtful", "reserve", words("blurred")))
    found = record(day)["identity"]
    assert found is not None
    assert (found["decision"], found["words"], found["by"], found["dissent"], found["reserved"]) == (
        "Doute\u00a0: on continue avec une réserve", "«blurred»", "Hélène Garnier", ["Samia Benali"], True)
    assert [(one["name"], one["conform"], one["words"]) for one in found["opinions"]] == [
        ("Marc Oudin", False, "«not sure»"), ("Samia Benali", True, None)]


@pytest.mark.rule("X9")
def test_clocks_tell_pauses_time_lost_given_back_and_overrun() -> None:
    day = begun().presenting().wait(5)
    day.do("emp", c.PauseClock("h1", "technical", words("no sound")))
    day.wait(2).do("emp", c.ResumeClock("h1"), c.GiveBackTime("h1", 60, words("frozen")))
    day.wait(12).do("emp", c.StartQuestions("h1"))
    clock = record(day)["attempts"][0]["clocks"][0]
    assert clock == {
        "phase": "Présentation", "started": "9\u00a0h\u00a020", "elapsed": "17 min", "planned": "16 min",
        "running": False, "early": False, "overrun": "1 min", "paused": "2 min", "lost": "3 min", "given_back": "1 min",
        "cuts": [],
    }
    assert lines(record(day))[-5:] == [
        "Temps arrêté par Hélène Garnier, problème technique.", "Le temps repart.", "Temps rendu\u00a0: 1 min.",
        "Présentation\u00a0: fin après 17 min, dont 1 min au-delà du temps prévu.",
        "Questions\u00a0: début, pour 30 min.",
    ]


@pytest.mark.rule("R3.4", "X9")
def test_an_end_before_the_floor_that_time_given_back_moved_is_early_for_the_rule_and_the_page() -> None:
    day = begun().questioning().wait(10)
    day.do("emp", c.GiveBackTime("h1", 120, words("frozen")))
    day.wait(16)  # past the floor of 25 min, short of the 27 that are due
    assert day.refused("emp", c.DismissCandidate("h1")) == "R3.4"
    ended, _ = day.do("emp", c.DismissCandidate("h1", words("all was said")))
    clock = record(day)["attempts"][0]["clocks"][1]
    assert (clock["elapsed"], clock["early"]) == ("26 min", True)
    assert getattr(ended, "early", None) is True


@pytest.mark.rule("X9")
def test_an_attempt_that_does_not_count_is_kept_with_its_reason_and_clocks() -> None:
    day = begun().presenting().wait(4)
    day.do("emp", c.PostponeHearing("h1", words("power cut")))
    first, second = record(day)["attempts"]
    assert (first["number"], first["voided"], first["said"]) == (
        1, "Ne compte pas\u00a0: reportée par Hélène Garnier.", "«power cut»")
    assert [(one["phase"], one["elapsed"]) for one in first["clocks"]] == [("Présentation", "4 min")]
    assert (second["number"], second["voided"], second["clocks"]) == (2, None, [])


# Doors -----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R3.8")
def test_grids_consensus_and_signatures_are_in_it_only_with_their_door() -> None:
    """A juror in the grading phase has the record but not the grids; the organizer has them once all have signed."""
    day = begun().grading()
    day.do("own", c.SetMark("h1", "C1.1", Mark.NOT_ACQUIRED, words("own reason")))
    juror = record(day, "emp")
    assert (juror["deliberation"], juror["grid_pdf"]) == (None, False)
    assert "own reason" not in json.dumps(juror)
    for seat in ("emp", "tra"):
        day.grade(seat)
    day.do("own", *(c.SetMark("h1", code, mark, not_shown=False)
                    for code, mark in ALL_A.items() if code != "C1.1"), c.CloseGrid("h1"))
    day.do("emp", c.OpenDeliberation("h1"))
    day.agree().advise().sign()
    found = record(day)
    assert found["grid_pdf"]
    table = found["deliberation"]
    assert table is not None
    first = table["grids"][0]["rows"][0]
    assert (first["competency"], first["mandatory"], first["differs"], first["proposed"]) == ("C1.1", True, True, "A")
    assert first["own"]["own"]["words"] == "«own reason»"
    assert [(one["name"], one["refused"]) for one in table["signatures"]] == [
        ("Hélène Garnier", False), ("Marc Oudin", False), ("Samia Benali", False)]
    assert lines(found)[-1] == "Dossier transmis au jury de certification."


def test_the_jury_s_lines_are_absent_without_the_door_of_the_grids() -> None:
    day = begun().graded()
    said = lines(record(day, "emp"))
    assert said[-1].startswith("Congé donné. Résultats annoncés au plus tard le ")
    assert not any("grille" in one for one in said)


def test_private_notes_and_marks_one_by_one_are_told_to_nobody() -> None:
    silent = {"NoteWritten", "MarkSet", "MarkCleared", "PointCovered", "ExaminedNoted", "PresidentChosen"}
    assert {one.__name__ for one, told in DESCRIBED.items() if told.line or told.now} & silent == set()


def test_a_call_for_help_shows_its_words_to_the_organizer_and_to_who_called() -> None:
    day = begun().presenting()
    day.do("cand1", c.ReportProblem(words("help me")))
    said = {seat: record(day, seat)["days"][0]["lines"][-1]["said"] for seat in ("org", "emp")}
    assert said == {"org": "«help me»", "emp": None}
    day.do("cand1", c.ReportProblem(words("help me"), "not_heard"))
    assert record(day, "org")["days"][0]["lines"][-1]["said"] == "On ne l’entend pas : «help me»"


def test_a_removed_name_and_erased_words_are_said_as_erased() -> None:
    day = begun().presenting()
    day.do("own", c.RecordIncident("h1", "conduct", False, words("said")))
    erased = replace(reading(day, "org"), profiles={}, texts={})
    past = [(one, kind.SESSION.decoded(one.event, one.data, first=one.position == 1)) for one in day.records]
    found = record_view(erased, "h1", *follow(past, "h1"))
    assert (found["candidate"]["name"], found["incidents"][0]["words"]) == ("nom effacé", None)


def test_it_is_told_in_english_too() -> None:
    day = begun()
    found = record_view(reading(day, "org", "en"), "h1", *follow([], "h1"))
    assert (found["day"], found["hour"]) == ("Monday, March 16, 2026", "09:15")


async def test_words_that_only_the_journal_holds_are_read(house: House) -> None:
    """Why a clock was stopped stands in no state: it comes from the line of the journal."""
    await (await house.plan()).present()
    await house.do("emp", "PauseClock", hearing="h1", cause="technical", words="Plus de son")
    state = await house.kept.sessions.state(SESSION)
    assert state is not None
    found = await record_of(house.kept.sessions, state, "org", "h1", "fr", house.clock())
    assert found is not None
    assert found["days"][-1]["lines"][-1]["said"] == "Plus de son"


@pytest.mark.rule("R3.6")
async def test_the_candidate_and_the_observer_have_no_record(house: House) -> None:
    await (await house.plan()).present()
    state = await house.kept.sessions.state(SESSION)
    assert state is not None
    for seat in ("cand1", "obs", "aid1", "nobody"):
        assert await record_of(house.kept.sessions, state, seat, "h1", "fr", house.clock()) is None


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.rule("X9")
def test_a_candidate_cut_off_twice_and_what_was_given_back_is_told() -> None:
    """As measured the first time, another figure with its words the second, nothing the third."""
    day = begun().questioning().wait(5)
    for minutes in (2, 1, 3):
        day.leave("cand1").wait(minutes).join("cand1")
    first, second, _ = (one.position for one in day.hearing().cuts)
    day.do("emp", c.GiveBackTime("h1", 120, None, first), c.GiveBackTime("h1", 90, words("slow to speak"), second))
    told = record(day)
    cuts = told["attempts"][0]["clocks"][1]["cuts"]
    assert [(plain(one["words"]), plain(one["given"]), one["said"]) for one in cuts] == [
        ("9 h 40 : connexion de Lina Morel coupée ; 2 min de son temps ont couru.",
         "Rendu comme mesuré : 2 min.", None),
        ("9 h 42 : connexion de Lina Morel coupée ; 1 min de son temps ont couru.", "Rendu : 1 min 30 s.",
         "«slow to speak»"),
        ("9 h 43 : connexion de Lina Morel coupée ; 3 min de son temps ont couru.", "Rien n’a été rendu.", None),
    ]
    assert [plain(one) for one in lines(told)[-2:]] == [
        "Temps rendu pour une coupure : 2 min, comme mesuré.",
        "Temps rendu pour une coupure : 1 min 30 s ; elle en avait pris 1 min.",
    ]


@pytest.mark.rule("R4.4")
def test_what_the_organizer_did_is_told() -> None:
    day = begun().questioning()
    day.do("org", c.WarnCandidate("h1", words("warned")), c.SeparateCandidate("h1", words("sent out")),
           c.ProposeEnding("h1", "postpone", words("cannot go on")))
    day.do("emp", c.EndSeparation("h1"), c.DeclineEnding("h1", day.hearing().measures[-1].position, words("it can")))
    assert [plain(one) for one in lines(record(day))[-6:]] == [
        "Avertissement écrit de Claire Fabre au candidat.",
        "Incident noté par Claire Fabre : déroulement : refus, désaccord, comportement.",
        "Candidat mis à l’écart par Claire Fabre.",
        "Claire Fabre propose de reporter l’épreuve.",
        "Retour dans la salle, par Hélène Garnier.",
        "Proposition de l’organisation non suivie par Hélène Garnier.",
    ]
