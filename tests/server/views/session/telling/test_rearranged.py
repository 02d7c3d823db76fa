"""A day that is rearranged, told to those whom it concerns and written down."""

from __future__ import annotations

from typing import get_args

from evaluation.offices import OfficeRole
from evaluation.people import SYSTEM, Role, Seat
from evaluation.session import commands as c
from evaluation.session import events as e
from tests.evaluation.session.day import MINUTE, NINE, listed, words
from tests.evaluation.session.quotes import admission, agreement, office
from tests.server.views.session.test_happened import told
from tests.server.views.session.test_record import lines, record

SUB = Seat("aid9", "p-sub", Role.AID, hearing="h1")


def test_what_is_rearranged_is_told_and_written() -> None:
    day = listed()
    written = len(lines(record(day)))
    day.do("org", c.MoveHearing("h1", NINE + 60 * MINUTE), c.AddAid("h1", SUB), c.RemoveAid("h1", "aid9"),
           c.AddObserver(Seat("obs9", "p-own2", Role.OBSERVER)), c.RemoveObserver("obs9"),
           c.NameDeputy(Seat("dep", "p-aid3", Role.ORGANIZER), office("p-aid3", OfficeRole.DEPUTY)),
           c.DismissDeputy("dep"), c.ChangeMode("h1", "mixed"), c.AgreeToMove("h1", "2026-04-20", words("yes")),
           c.MoveDay("2026-04-20", agreement()), c.CancelHearing("h1"))
    assert lines(record(day))[written:] == [
        "Épreuve déplacée par Claire Fabre\u00a0: 10\u00a0h\u00a000.", "Nadia Roux aide pendant l’épreuve.",
        "Nadia Roux n’aide plus pendant l’épreuve.", "nom effacé observe la session.",
        "nom effacé n’observe plus la session.", "nom effacé supplée l’organisation.",
        "nom effacé ne supplée plus l’organisation.", "Épreuve tenue\u00a0: sur place et à distance.",
        "Lina Morel est d’accord pour le lundi 20 avril 2026.", "La session est déplacée au lundi 20 avril 2026.",
        "Épreuve annulée par Claire Fabre.",
    ]
    candidate = ["L’épreuve de Lina Morel commencera à 10\u00a0h\u00a000.", "Nadia Roux aide pendant l’épreuve.",
                 "Nadia Roux n’aide plus pendant l’épreuve.", "Épreuve tenue\u00a0: sur place et à distance.",
                 "L’épreuve de Lina Morel est annulée."]
    moved = (e.HearingMoved, e.AidAdded, e.AidRemoved, e.ModeChanged, e.HearingCancelled)
    assert told(day, "cand1", *moved) == told(day, "emp", *moved) == candidate
    assert told(day, "cand2", *moved) == []
    assert told(day, "obs", e.ObserverAdded, e.DeputyNamed) == ["nom effacé observe la session."]
    assert told(day, "cand1", e.ObserverAdded, e.DeputyNamed) == []
    assert "yes" not in "".join(told(day, "emp", *get_args(e.Event)))


def test_of_an_admission_no_more_is_told_than_what_follows_from_it() -> None:
    day = listed()
    written = len(lines(record(day)))
    for said in ("examined", "not_admitted", "admitted"):
        day.do(SYSTEM, c.NoteAdmission("h1", admission(said)))
    sentences = [
        "L’inscription est en cours d’examen\u00a0: l’épreuve attend la réponse de l’organisme certificateur.",
        "L’inscription n’est plus admise par l’organisme certificateur\u00a0: l’épreuve ne peut pas avoir lieu.",
        "L’inscription est admise\u00a0: l’épreuve peut avoir lieu.",
    ]
    assert lines(record(day))[written:] == told(day, "emp", e.AdmissionNoted) == sentences
    assert told(day, "obs", e.AdmissionNoted) == told(day, "cand2", e.AdmissionNoted) == []
