"""What awaits a person in their space, before the day: nobody is called to a room that is months away."""
from __future__ import annotations

from dataclasses import replace
from datetime import date

from evaluation.deadlines import start_of
from evaluation.people import Role
from server.storage.seats import SeatEntry
from server.views.session.mine import awaits, place_of
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


def test_who_was_heard_on_an_earlier_day_is_not_asked_in_again() -> None:
    """The jury's day may still be open."""
    day = begun().signed()
    tomorrow = start_of(date.fromisoformat(day.state.date)) + 86_400_000
    seats = {"cand1": Role.CANDIDATE, "emp": Role.JUROR}
    found = {}
    for seat, role in seats.items():
        entry = SeatEntry(seat, "s1", f"p-{seat}", role, None, None, day.state.date, "CQP")
        found[seat] = [place_of(replace(reading(day, seat), now=now), entry) for now in (day.now, tomorrow)]
    assert [(one.role, one.enter) for one in found["cand1"]] == [
        ("Vous passez votre épreuve", "seats/cand1"), ("Votre épreuve", "")]
    assert [one.enter for one in found["emp"]] == ["seats/emp"] * 2
