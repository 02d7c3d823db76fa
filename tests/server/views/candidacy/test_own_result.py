"""What a candidate's space says of their result, beside its letter."""
from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from evaluation.candidacy.terms import HearingEnding
from evaluation.candidacy.to_award import appealable_until
from evaluation.candidacy.validated import certificate_due
from evaluation.people import SYSTEM
from server.views.candidacy.own_result import ToldResult, told_result
from server.views.when import day_words
from tests.evaluation.candidacy.house import Candidacy
from tests.evaluation.candidacy.towards_award import VALIDATED, returned, validation
from tests.server.views.candidacy.test_result_paper import partial, reading, whole, withheld

RESERVE = ("Ce résultat est encore soumis à la validation de la commission (CPNEFP). Vous n’avez rien à faire pour "
           "cela.")


def told(one: Candidacy, today: date = date.min) -> ToldResult:
    return told_result(reading(one), "fr", today)


def plain(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one.replace("\u00a0", " ").replace("\u202f", " ") for one in words)


@pytest.mark.rule("R8.1")
def test_the_whole_is_said_with_what_comes_by_itself() -> None:
    found = told(whole())
    assert (found.said, found.look, found.standing, found.kept) == (
        "La certification vous est attribuée en entier.", "ok", RESERVE, ())
    assert plain(found.follows) == (
        "Votre certificat part dans les 2 mois qui suivent cette validation, à votre entreprise, qui vous le remet.",)


@pytest.mark.rule("R9.1")
def test_a_part_is_said_with_its_blocks_what_is_kept_and_the_resit() -> None:
    found = told(partial())
    assert plain((found.said, *found.kept)) == (
        "Une partie de la certification vous est attribuée : BC1.",
        "BC1 : Préparer le travail de polissage d’une pièce de bijouterie – gardé sans limite de durée")
    assert plain(found.follows) == (
        "L’attestation de vos blocs part dans les 2 mois qui suivent cette validation, à votre entreprise, qui vous la "
        "remet.",
        "Vous pouvez vous présenter de nouveau, pour ce qui manque seulement : BC2. Demandez votre inscription au "
        "rattrapage à votre organisme de formation.")


@pytest.mark.rule("R9.2")
def test_an_appeal_is_offered_until_its_last_day_and_not_after() -> None:
    one = partial()
    outcome = reading(one).outcome
    assert outcome is not None
    until = appealable_until(one.state, outcome.awarded.ruled_on)
    first, last, after = (told(one, day).appeal for day in (
        outcome.awarded.ruled_on, until, until + timedelta(days=1)))
    day = day_words(until, "fr")
    assert (first, [one.split(" : ")[0] for one in plain(first)]) == (last, [
        "Vous pouvez exercer un recours", "À qui"])
    assert (f"au plus tard le {day}," in first[0], plain(after)) == (
        True, (f"Le délai pour exercer un recours a pris fin le {day}.",))


@pytest.mark.rule("R8.1")
def test_who_was_absent_and_who_waits_read_so() -> None:
    one = reading(partial())
    assert one.ruling is not None
    absent = told_result(replace(one, ruling=replace(one.ruling, ending=HearingEnding.ABSENT)), "fr", date.min)
    assert plain((absent.said,)) == (
        "Votre absence à l’épreuve a été constatée : rien ne peut être attribué cette fois.",)
    waits = told(withheld())
    assert (plain((waits.said,)), waits.appeal, waits.kept, waits.look) == (
        ("Le jury de certification n’a pas encore statué : rien n’est décidé, ni pour vous, ni contre vous.",),
        (), (), "info")


@pytest.mark.rule("R8.1", "R9.2")
def test_a_validated_one_says_so_and_when_its_certificate_leaves() -> None:
    one = whole()
    one.do(SYSTEM, validation(one.state.letters[-1].position))
    found = told(one)
    assert plain((found.standing, *found.follows)) == (
        f"La commission l’a validé le {day_words(VALIDATED, 'fr')}.",
        f"Votre certificat part au plus tard le {day_words(certificate_due(one.state, VALIDATED), 'fr')} à votre "
        "entreprise, qui vous le remet.")


@pytest.mark.rule("R8.1")
def test_one_that_was_returned_says_that_it_holds_no_more_and_why() -> None:
    one = whole()
    one.do(SYSTEM, returned(one.state.letters[-1].position))
    found = told(one)
    assert plain((found.said,)) == (
        "La commission n’a pas validé le résultat qui vous avait été notifié : il ne vaut plus.",)
    assert (found.words != "", "statue de nouveau" in found.follows[0], found.appeal) == (True, True, ())
