"""What is expected of a seat now, in one sentence."""

from __future__ import annotations

import pytest

from evaluation.people import SYSTEM
from evaluation.session import commands as c
from server.views.session.expected import expected
from server.views.session.hearing import hearing_view
from server.views.session.mine import awaits
from tests.evaluation.session.day import Day, begun, words
from tests.evaluation.session.quotes import admission
from tests.server.views.session.readings import reading


@pytest.mark.rule("R3.6")
@pytest.mark.parametrize("seat", ["obs", "org"])
def test_who_watches_is_told_why_there_is_nothing_to_watch_between_two_candidates(seat: str) -> None:
    day = begun().presenting()
    assert expected(reading(day, seat), day.hearing()) == {
        "obs": "Vous voyez et entendez. Tous savent que vous observez.",
        "org": "Vous suivez la salle. Le jury conduit l’épreuve.",
    }[seat]
    ended = begun().signed()
    following = ended.state.focus
    assert following is not None
    assert expected(reading(ended, seat), following) == (
        "Les membres du jury sont entre eux jusqu’à l’appel d’Hugo Lambert.")


@pytest.mark.rule("R6.6")
def test_who_cannot_be_called_in_is_told_kindly_and_the_jury_no_more_than_it_may_know() -> None:
    day = begun().ready()
    day.do(SYSTEM, c.NoteAdmission("h1", admission("examined")))

    def told(seat: str) -> str:
        return expected(reading(day, seat), day.hearing())

    assert told("emp") == told("tra") == (
        "Vous ne pouvez pas faire entrer Lina Morel\u00a0: l’inscription est en cours d’examen par l’organisme "
        "certificateur.")
    assert told("aid1") == "L’épreuve ne peut pas commencer pour l’instant. Claire Fabre vous tient au courant."
    examined = told("cand1")
    assert examined.startswith("L’organisme certificateur examine encore votre inscription.")
    assert awaits(reading(day, "cand1")) == ("Le jury ne peut pas encore vous recevoir.",)
    assert hearing_view(reading(day, "cand1"), day.hearing()).get("held") == {
        "title": "Le jury ne peut pas encore vous recevoir.", "words": examined}
    assert hearing_view(reading(day, "cand1"), day.hearing())["next_words"] is None
    day.do(SYSTEM, c.NoteAdmission("h1", admission("not_admitted")))
    assert (told("emp") == told("cand1"), "n’a pas admis votre inscription" in told("cand1")) == (False, True)
    day.do(SYSTEM, c.NoteAdmission("h1", admission("admitted")))
    assert told("cand1") == "Le jury vous appellera. Vous n’avez rien à faire pour l’instant."
    assert "held" not in hearing_view(reading(day, "cand1"), day.hearing())


def said(day: Day, seat: str) -> str:
    return expected(reading(day, seat), day.hearing()).replace("\u00a0", " ")


@pytest.mark.rule("R4.4")
def test_while_the_candidate_is_kept_apart() -> None:
    day = begun().questioning()
    day.do("org", c.SeparateCandidate("h1", words()))
    assert {seat: said(day, seat) for seat in ("emp", "own", "aid1")} == {
        "emp": "Lina Morel est à l’écart : faites revenir la personne, ou arrêtez l’épreuve.",
        "own": "Lina Morel est à l’écart. Hélène Garnier décide de la suite.",
        "aid1": "Lina Morel est à l’écart, à la demande de l’organisation : attendez ici."}


@pytest.mark.rule("X9")
def test_once_more_than_half_is_lost() -> None:
    day = begun().questioning().leave("cand1").wait(24).join("cand1")
    assert {seat: said(day, seat) for seat in ("emp", "own", "cand1")} == {
        "emp": "Recommencez l’épreuve, ou reportez-la : plus de la moitié du temps a été perdue.",
        "own": "Hélène Garnier recommence l’épreuve, ou la reporte.",
        "cand1": "Une panne a pris plus de la moitié de votre temps : le jury recommence l’épreuve, ou la reporte."}
    day.do("emp", c.StopHearing("h1", words()))
    assert said(day, "cand1").startswith("L’épreuve a été arrêtée.")
