"""The organizer's board: whom each hearing waits for, and nothing of what the jury says alone."""

from __future__ import annotations

import json
from datetime import date

import pytest

from evaluation.codec import encode
from evaluation.people import SYSTEM, JurorCategory, Role, Seat
from evaluation.session import commands as c
from server.storage.logins import WayIn
from server.views.session.awaited import Awaited, awaited
from server.views.session.board import board_view, session_row
from server.views.session.contract.board_types import Board, BoardHearing, Level
from server.views.session.mine import awaits
from tests.evaluation.session.day import Day, appointed, begun, hearing, listed, plan, substitute, words
from tests.evaluation.session.quotes import admission, agreement_ended, replace_juror
from tests.server import bodies
from tests.server.kept import SESSION, House
from tests.server.views.session.readings import reading


def row(day: Day, name: str = "h1") -> BoardHearing:
    levels: dict[str, Level] = {"cand1": "poor", "emp": "good"}
    whole = session_row(reading(day, "org"), lambda session, seat: levels.get(seat), {"cand1": WayIn(opened=True)})
    return next(one for one in whole["hearings"] if one["id"] == name)


def waits(day: Day, name: str = "h1") -> tuple[str, str]:
    found = awaited(reading(day, "org"), day.hearing(name))
    return found.who, found.words


# Whom one waits for ----------------------------------------------------------------------------------------------


def test_before_the_call_the_jury_then_the_president_then_the_candidate_are_awaited() -> None:
    day = listed()
    assert waits(day) == ("Hélène Garnier, Marc Oudin, Samia Benali", "entrer dans la salle du jury")
    day.join("emp", "own", "tra")
    assert waits(day) == ("Le jury", "désigner qui préside")
    day.do("emp", c.DesignatePresident("emp"))
    day.do("own", c.DesignatePresident("emp"))
    assert waits(day) == ("Lina Morel", "ouvrir son lien")
    assert waits(day.wait(20)) == ("Lina Morel", "ouvrir son lien\u00a0: l’heure est passée")
    assert waits(day.join("cand1")) == ("Lina Morel", "lire et confirmer les règles")
    day.do("cand1", c.AcknowledgePrevention("h1", "digest"))
    assert waits(day) == ("Lina Morel", "essayer sa caméra et entrer dans la salle d’attente")
    day.do("cand1", c.EnterWaitingRoom("h1"))
    assert waits(day.join("aid1")) == ("Hélène Garnier", "faire entrer Lina Morel")


@pytest.mark.rule("R6.6")
def test_who_cannot_be_called_in_waits_for_the_awarding_body_or_to_be_taken_off_the_day() -> None:
    day = begun().ready()
    day.do(SYSTEM, c.NoteAdmission("h1", admission("examined")))
    assert waits(day) == ("L’organisme certificateur", "répondre\u00a0: l’inscription est en cours d’examen")
    day.do(SYSTEM, c.NoteAdmission("h1", admission("not_admitted")))
    assert waits(day) == ("Vous", "annuler ou reporter l’épreuve\u00a0: l’inscription n’est plus admise")
    assert [one["command"] for one in row(day)["acts"]] == ["WarnCandidate", "PostponeHearing"]


@pytest.mark.rule("R7.1")
def test_an_open_case_is_marked_whatever_state_covers_the_hearing() -> None:
    """Also behind closed doors, where the incidents are not shown."""
    for day in (begun(), begun().questioning(), begun().deliberating()):
        about = day.hearing().candidacy
        rows = session_row(reading(day, "org"), lambda session, seat: None, {}, {about})["hearings"]
        assert [one["case_open"] for one in rows] == [True, False]


@pytest.mark.rule("R10.1")
def test_a_row_tells_the_waiting_room_and_an_aid_who_is_not_connected() -> None:
    def shown(day: Day) -> tuple[bool, str | None]:
        return row(day)["waiting"], row(day)["aid_absent"]

    day = begun().leave("aid1")
    assert shown(day) == (False, None)
    assert shown(day.ready()) == (True, "Aide humaine prévue, non connectée\u00a0: Jean Petit.")
    assert shown(day.join("aid1")) == (True, None)


def test_the_next_candidate_is_awaited_for_the_papers_that_are_missing() -> None:
    day = begun()
    assert waits(day, "h2") == ("Hugo Lambert", "copie d’identité à recevoir")
    assert row(day, "h2")["missing"] == [
        "copie d’identité à recevoir", "livret A à recevoir", "livret B à recevoir"]
    for kind in ("identity_front", "portfolio_a", "portfolio_b"):
        day.do("cand2", c.SupplyDocument("h2", f"d-{kind}", kind, "digest", 1))
    assert (waits(day, "h2"), row(day, "h2")["missing"]) == (("", "tout est prêt"), [])


def test_in_the_welcome_each_step_names_who_is_to_act() -> None:
    day = begun().called()
    day.join("aid1")
    assert waits(day) == ("Marc Oudin, Samia Benali", "donner son avis sur l’identité")
    day.identify()
    assert waits(day) == ("Hélène Garnier", "rappeler les règles")
    for point in range(len(day.state.framework.reminder)):
        day.do("emp", c.CheckReminder("h1", point, True))
    assert waits(day) == ("Lina Morel", "signer la feuille de présence")
    day.do("cand1", c.SignSheet("h1", words()))
    assert waits(day) == ("Hélène Garnier", "donner la parole à Lina Morel")


def test_the_clock_tells_who_is_to_act() -> None:
    day = begun().presenting()
    assert waits(day) == ("Lina Morel", "présente son livret")
    assert waits(day.wait(16)) == ("Hélène Garnier", "passer aux questions\u00a0: le temps est écoulé")
    day.do("emp", c.StartQuestions("h1"))
    assert waits(day) == ("Le jury", "pose ses questions")
    day.do("emp", c.PauseClock("h1", "technical"))
    assert waits(day) == ("Hélène Garnier", "reprendre\u00a0: le temps est arrêté")


def test_somebody_who_lost_the_line_is_awaited_first() -> None:
    day = begun().presenting().leave("cand1", "own")
    assert waits(day) == ("Lina Morel, Marc Oudin", "connexion perdue")


def test_a_call_for_help_and_an_empty_seat_wait_for_the_organizer() -> None:
    day = begun().presenting()
    day.do("cand1", c.ReportProblem(words("no sound")))
    assert awaited(reading(day, "org"), day.hearing()) == Awaited("Vous", "répondre à l’appel de Lina Morel", True)
    day.do("org", c.SettleProblem(day.state.problems[0].position))
    assert waits(day) == ("Lina Morel", "présente son livret")
    day.do("tra", c.Recuse("h1", words()))
    assert waits(day) == ("Vous", "pourvoir le siège vide du jury")
    assert row(day)["empty_seats"] == 1


def test_a_replaced_juror_leaves_the_row() -> None:
    day = listed()
    day.do(SYSTEM, replace_juror("tra", substitute(JurorCategory.TRAINER)))
    assert [one["seat"] for one in row(day)["people"]] == ["cand1", "aid1", "emp", "own", "sub"]


# Behind closed doors ---------------------------------------------------------------------------------------------


@pytest.mark.rule("R3.6")
def test_behind_closed_doors_the_board_says_that_the_jury_deliberates_and_nothing_else() -> None:
    """From the first grid to the last signature but one, the row is the same but for the signs of presence."""
    day = begun().grading()
    day.do("emp", c.RecordIncident("h1", "outside_help", True, words("secret")))
    before = row(day)
    assert (before["phase"], before["phase_words"]) == ("deliberation", "Délibération à huis clos")
    assert (before["awaited_who"], before["awaited"]) == ("Le jury", "délibère à huis clos")
    assert (before["incidents"], before["has_record"], before["clock"], before["acts"]) == (None, False, None, [])
    for seat in ("emp", "own", "tra"):
        day.grade(seat)
    day.do("emp", c.OpenDeliberation("h1"))
    day.agree().advise()
    day.do("own", c.SignDeliberation("h1"))
    assert row(day) == before
    assert "secret" not in json.dumps(before)


@pytest.mark.rule("R3.8")
def test_after_the_signatures_the_record_is_open_and_the_incidents_are_back() -> None:
    day = begun().grading()
    day.do("emp", c.RecordIncident("h1", "conduct", False, words("noise")))
    for seat in ("emp", "own", "tra"):
        day.grade(seat)
    day.do("emp", c.OpenDeliberation("h1"))
    day.agree().advise().sign()
    found = row(day)
    assert (found["phase"], found["has_record"], found["ended_at"]) == ("closed", True, day.now)
    assert [one["words"] for one in found["incidents"] or []] == ["«noise»"]


def test_a_juror_who_lost_the_line_in_the_deliberation_is_named() -> None:
    day = begun().deliberating().leave("own")
    assert waits(day) == ("Marc Oudin", "connexion perdue, pendant la délibération à huis clos")


# The rest of the row ---------------------------------------------------------------------------------------------


def test_people_are_shown_with_presence_line_and_link() -> None:
    day = begun().presenting().leave("tra")
    shown = {one["seat"]: one for one in row(day)["people"]}
    assert {seat: (one["present"], one["quality"], one["link_opened"]) for seat, one in shown.items()} == {
        "cand1": (True, "connexion faible", True), "aid1": (True, None, False),
        "emp": (True, "connexion bonne", False), "own": (True, None, False), "tra": (False, None, False),
    }
    assert [seat for seat, one in shown.items() if one["president"]] == ["emp"]


@pytest.mark.rule("R10.1")
def test_the_aid_who_is_not_there_is_awaited_by_name_before_the_call_and_in_the_room() -> None:
    day = begun().leave("aid1").ready()
    assert waits(day) == ("Jean Petit", "ouvrir son lien\u00a0: l’aide humaine est prévue")
    assert waits(day.join("aid1")) == ("Hélène Garnier", "faire entrer Lina Morel")
    day.do("emp", c.CallIn("h1"))
    assert waits(day.leave("aid1")) == ("Jean Petit", "connexion perdue")


@pytest.mark.rule("R6.3")
def test_a_refusal_waits_for_the_president_also_when_the_candidate_changed_their_mind() -> None:
    decide = ("Hélène Garnier", "décider de la suite\u00a0: le message de prévention a été refusé")
    day = begun().join("cand1")
    day.do("cand1", c.RefusePrevention("h1"))
    assert waits(day) == decide
    day.do("cand1", c.AcknowledgePrevention("h1", "digest"), c.EnterWaitingRoom("h1"))
    assert waits(day) == decide
    day.do("emp", c.DecideRefusal("h1", "prevention", "retry", words()), c.CallIn("h1"))
    day.identify()
    for point in range(len(day.state.framework.reminder)):
        day.do("emp", c.CheckReminder("h1", point, True))
    day.do("cand1", c.RefuseSheet("h1"), c.SignSheet("h1", words()))
    assert waits(day) == ("Hélène Garnier", "décider de la suite\u00a0: la feuille de présence a été refusée")


@pytest.mark.rule("R4.4")
def test_the_organizer_is_offered_what_they_may_do() -> None:
    day = begun()
    offered = {name: [act["command"] for act in row(day, name)["acts"]] for name in ("h1", "h2")}
    assert offered == {"h1": ["RecordNoShow", "PostponeHearing"], "h2": ["PostponeHearing"]}
    measures = [one["command"] for one in row(day.presenting())["acts"]]
    assert measures == ["WarnCandidate", "SeparateCandidate", "ProposeEnding"]
    day.do("org", c.SeparateCandidate("h1", words()), c.ProposeEnding("h1", "stop", words()))
    assert [one["command"] for one in row(day)["acts"]] == ["WarnCandidate", "EndSeparation"]


@pytest.mark.rule("R1.7")
def test_a_day_without_an_agreement_is_told_to_who_organizes() -> None:
    """On the board and in their space; nobody else is told, nothing is cancelled."""
    day = begun()
    assert session_row(reading(day, "org"), lambda session, seat: None, {})["without_agreement"] is None
    day.do(SYSTEM, c.ReviewAgreement(agreement_ended(date(2026, 3, 10))))
    said = ("Votre organisme de formation n’a plus de convention à partir du mardi 10 mars 2026. Rien n’est annulé : "
            "voyez avec l’organisme certificateur ce que devient cette session.")
    assert session_row(reading(day, "org"), lambda session, seat: None, {})["without_agreement"] == said
    assert awaits(reading(day, "org"))[0] == said
    assert all(said not in awaits(reading(day, seat)) for seat in ("emp", "cand1", "obs"))


async def _board(house: House) -> Board:
    sessions, accounts = house.kept.sessions, house.kept.accounts
    own = await sessions.state(SESSION)
    assert own is not None
    return await board_view(
        sessions, own, "p-org", "fr", house.clock(), level=lambda session, seat: None, ways_in=accounts.logins.ways_in
    )


async def test_calls_nobody_settled_come_first_then_the_newest(house: House) -> None:
    await house.plan()
    for who, said in (("emp", "un"), ("own", "deux"), ("tra", "trois")):
        house.clock.now += 60_000
        last = await house.do(who, "ReportProblem", words=said)
    await house.do("org", "SettleProblem", problem=last.position)
    calls = (await _board(house))["calls"]
    assert [(call["words"], call["settled"], call["seat"]) for call in calls] == [
        ("deux", False, "own"), ("un", False, "emp"), ("trois", True, "tra")]


async def test_a_call_tells_what_was_chosen_beside_what_was_written(house: House) -> None:
    await house.plan()
    await house.do("emp", "ReportProblem", kind="not_heard", words="Le micro est branché.")
    house.clock.now += 60_000
    await house.do("own", "ReportProblem", kind="pause")
    calls = (await _board(house))["calls"]
    assert [(call["kind_words"], call["words"]) for call in calls] == [
        ("besoin d’une pause", ""), ("on ne l’entend pas", "Le micro est branché.")]


async def test_the_board_tells_whose_link_has_been_opened(house: House) -> None:
    await house.plan()
    for seat in ("emp", "own"):
        token = await house.kept.accounts.invite(seat)
        if seat == "emp":
            await house.kept.accounts.invitations.open(token)
    people = (await _board(house))["sessions"][0]["hearings"][0]["people"]
    assert [one["seat"] for one in people if one["link_opened"]] == ["emp"]


async def test_the_board_shows_the_open_sessions_of_one_organizer(house: House) -> None:
    """Another day of the same person, from their seat there; another person's day is not theirs."""
    await house.plan()
    for session, seat, person in (("s2", "org2", "p-org"), ("s3", "org3", "p-somebody")):
        seated = Seat(seat, person, Role.ORGANIZER)
        planned = encode(plan(session=session, on="2026-03-17", organizer=seated, observers=()))
        planned |= await bodies.planned_under(house.kept.journals, person)
        await house.kept.sessions.execute(session, seat, "PlanSession", planned, by_server=True)
    sessions = (await _board(house))["sessions"]
    assert [(session["id"], session["seat"]) for session in sessions] == [("s1", "org"), ("s2", "org2")]


def test_hearings_come_in_the_order_of_their_hours() -> None:
    day = appointed()
    day.do("org", hearing("h2", starts_at=day.now + 60_000))
    day.do("org", hearing("h1"))
    whole = session_row(reading(day, "org"), lambda session, seat: None, {})
    assert [one["id"] for one in whole["hearings"]] == ["h2", "h1"]


def test_whom_an_examination_needs_who_has_left_it_and_who_is_to_be_seen() -> None:
    def told(day: Day) -> dict[str, tuple[str, bool]]:
        return {one["seat"]: (one["part"], one["sends"]) for one in row(day)["people"]}

    everybody, jury = ("cand1", "aid1", "emp", "own", "tra"), ("emp", "own", "tra")
    assert told(begun()) == dict.fromkeys(everybody, ("free", False))
    assert told(begun().presenting()) == dict.fromkeys(everybody, ("needed", True))
    gone = dict.fromkeys(("cand1", "aid1"), ("gone", False))
    assert told(begun().grading()) == {**gone, **dict.fromkeys(jury, ("needed", False))}
    assert told(begun().signed()) == {**gone, **dict.fromkeys(jury, ("free", False))}
