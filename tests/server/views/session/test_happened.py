"""What has just happened, in one sentence for each seat: people by their names."""

from __future__ import annotations

from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session.kind import SESSION
from server.views.session.expected import expected
from server.views.session.happened import happened_view
from tests.evaluation.session.day import Day, begun, words
from tests.server.views.session.readings import reading


def told(day: Day, seat: str, *kinds: type) -> list[str]:
    """What this seat hears of the events of these kinds, from the day's beginning."""
    read = [(one, SESSION.decoded(one.event, one.data, first=one.position == 1)) for one in day.records]
    past = [(record, event) for record, event in read if isinstance(event, kinds)]
    return [one["words"] for one in happened_view(reading(day, seat), past)]


def test_the_sentences_name_whom_they_are_about() -> None:
    day = begun().questioning().wait(3).leave("cand1").join("cand1")
    day.do("emp", c.RequireVisible("h1", True), c.GiveBackTime("h1", 90, words()))
    kinds = (e.CalledIn, e.IdentityDecided, e.SeatLeft, e.VisibilityRequired, e.TimeGivenBack)
    assert told(day, "own", *kinds) == [
        "Le jury fait entrer Lina Morel.", "Hélène Garnier a décidé pour l’identité.",
        "Lina Morel n’est plus en ligne.", "Le jury demande à Lina Morel de rester visible à la caméra.",
        "Du temps est rendu à Lina Morel\u00a0: 1 min 30 s.",
    ]


def test_with_the_last_signature_the_jury_and_the_organizer_hear_what_was_transmitted_and_to_whom() -> None:
    day = begun().signed()
    said = ("Le dossier de Lina Morel est transmis au jury de certification\u00a0: notes retenues, résultat par bloc, "
            "préconisations et signatures.")
    assert {seat: told(day, seat, e.HearingClosed) for seat in ("emp", "own", "tra", "org", "obs", "cand1")} == {
        "emp": [said], "own": [said], "tra": [said], "org": [said], "obs": [], "cand1": []}


def test_what_is_expected_names_who_presides_and_whom_it_is_about() -> None:
    ready, called, reminded = begun().ready(), begun().called(), begun().identified()
    said = [
        expected(reading(ready, "own"), ready.hearing()), expected(reading(called, "own"), called.hearing()),
        expected(reading(reminded, "own"), reminded.hearing()),
    ]
    assert said == [
        "Hélène Garnier fera entrer Lina Morel.", "Comparez la pièce montrée et la copie, puis donnez votre avis.",
        "Hélène Garnier rappelle les règles\u202f; Lina Morel signe ensuite la feuille de présence.",
    ]


def test_the_jury_hears_that_a_copy_was_replaced_while_they_look_at_it() -> None:
    day, said = begun(), (
        "Une nouvelle copie est arrivée. Ce qui a pu être mesuré sur l’ancienne ne s’affiche plus\u00a0: demandez une "
        "nouvelle vérification.")
    for name in ("first", "second"):
        day.do("cand1", c.SupplyDocument("h1", name, "identity_front", "d", 1))
    assert told(day, "own", e.DocumentSupplied) == []
    before = len(day.called().records)
    day.do("cand1", c.SupplyDocument("h1", "third", "identity_front", "d", 1))
    past = [(one, SESSION.decoded(one.event, one.data, first=one.position == 1)) for one in day.records[before:]]
    assert {seat: [one["words"] for one in happened_view(reading(day, seat), past)]
            for seat in ("own", "cand1", "org", "obs")} == {"own": [said], "cand1": [], "org": [], "obs": []}
