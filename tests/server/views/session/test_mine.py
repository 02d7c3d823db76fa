"""What awaits a person in their space, before the day: nobody is called to a room that is months away."""
from __future__ import annotations

from dataclasses import replace
from datetime import date

from evaluation.deadlines import start_of
from server.views.session.mine import awaits
from tests.evaluation.session.day import begun
from tests.server.views.session.readings import reading


def test_until_the_day_a_candidate_sends_papers_and_nobody_is_awaited_in_the_room() -> None:
    day = begun()
    eve = start_of(date.fromisoformat(day.state.date)) - 1
    before = {seat: awaits(replace(reading(day, seat), now=eve)) for seat in ("cand1", "emp", "org", "obs")}
    assert before == {
        "cand1": ("envoyer avant votre épreuve\u00a0: Livret A, Livret B, Photographie de la pièce, "
                  "Pièce d’identité, recto",),
        "emp": ("dire si vous pourrez siéger",), "obs": (),
        "org": ("écrire le cahier des charges", "convoquer tout le monde, au plus tard le dimanche 1er mars 2026")}
