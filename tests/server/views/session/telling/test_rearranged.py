"""A day that is rearranged, told to those whom it concerns and written down."""

from __future__ import annotations

from typing import get_args

from evaluation.offices import OfficeRole
from evaluation.people import Role, Seat
from evaluation.session import commands as c
from evaluation.session import events as e
from tests.evaluation.session.day import MINUTE, NINE, listed, words
from tests.evaluation.session.quotes import agreement, office
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
