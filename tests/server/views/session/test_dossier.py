"""The papers that the room is given."""

from __future__ import annotations

import pytest

from evaluation.people import SYSTEM
from evaluation.session import commands as c
from evaluation.session.kind import SESSION
from server.views.session.dossier import documents_view
from tests.evaluation.session.day import words
from tests.evaluation.session.test_brief import published
from tests.evaluation.session.test_freezing import MIDNIGHT, supply
from tests.server.views.session.readings import reading


@pytest.mark.rule("R4.1")
def test_the_jury_reads_the_brief_what_stood_at_the_deadline_and_what_was_accepted_late():
    day = published()
    day.do("cand1", supply("p1", "photograph"), supply("p2", "photograph"), supply("b", "portfolio_b"))
    day.now = MIDNIGHT
    day.do(SYSTEM, *SESSION.due_commands(day.state, day.now))
    day.do("cand1", supply("a1"), supply("b2", "portfolio_b"), supply("i", "identity_front"))
    day.do("org", c.AcceptLatePaper("h1", "a1", words()))
    assert [(one["id"], one["title"]) for one in documents_view(reading(day, "emp"), day.hearing())] == [
        ("b1", "Cahier des charges"), ("a1", "Livret A (reçu après la date limite)"), ("b", "Livret B"),
        ("p1", "Photographie de la pièce 1"), ("p2", "Photographie de la pièce 2"),
    ]  # fmt: skip
