"""Names under any spelling, where the birth date is equal (R6.6): those of one person share a key, others none."""
from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import islice
from random import Random
from typing import Any

import pytest

from server.storage.name_variants import Called, called, keys_of_bar, keys_of_candidate
from tests.server.storage.people_of_france import ALTERED, people

BORN = date(1998, 7, 14)


def alike(bar: Called, candidate: Called) -> bool:
    return bar.born == candidate.born and not keys_of_bar(bar).isdisjoint(keys_of_candidate(candidate))


def of(family: str, *given: str) -> Called:
    return Called(tuple(family.split("/")), given, BORN)


@pytest.mark.rule("R6.6")
@pytest.mark.parametrize(("bar", "candidate"), [
    (of("Lefèvre", "Élodie"), of("LEFEVRE", "elodie")),
    (of("Lefèvre", "Élodie"), of("Lefebvre", "Élodie")),
    (of("Dupont-Aignan", "Jean-Pierre"), of("Dupont Aignan", "Jean", "Pierre")),
    (of("Dupont-Aignan", "Jean-Pierre"), of("Aignan", "Jeanpierre")),
    (of("N’Da", "Aya"), of("NDA", "Aya")),
    (of("De La Tour", "Anne"), of("Delatour", "Anne")),
    (of("El Amrani", "Samira"), of("Amrani", "Samira")),
    (of("Le Goff", "Marie", "Claire"), of("Marie Claire", "Le Goff")),
    (of("Martin/Durand", "Léa"), of("Durand", "Léa")),
    (of("Martin", "Léa"), of("Martin/Durand", "Léa")),
    (of("Martin", "Léa"), of("Durand-Martin", "Léa")),
    (of("Morel", "Lina", "Marie"), of("Morel", "Marie", "Lina")),
    (of("Morel", "Lina", "Marie"), of("Morel", "Marie")),
    (of("Morel", "Lina"), of("Morle", "Lina")), (of("Morel", "Lina"), of("Morel", "Linda")),
    (of("Morel", "Lina"), of("Mrel", "Lina")), (of("Morel", "Lina"), of("Morez", "Lina")),
    (of("Müller", "Jürgen"), of("Mueller", "Jurgen")), (of("Иванов", "Владимир"), of("Ivanov", "Vladimir")),
    (of("Sukarno"), of("Sukarno", "Sukarno")), (of("Sukarno", "Ali"), of("Sukarno")), (of("Sukarno"), of("", "Sukarn")),
    (of("李", "伟"), of("李", "伟")),
], ids=str)
def test_one_person_under_two_spellings(bar: Called, candidate: Called):
    assert alike(bar, candidate)


@pytest.mark.rule("R6.6")
@pytest.mark.parametrize(("bar", "candidate"), [
    (of("Morel", "Lina", "Marie", "Anne"), of("Morel", "Zoé", "Marie", "Anne")),  # twins
    (of("Morel", "Lina"), of("Moreau", "Lina")), (of("Morel", "Lina"), of("Durand", "Lina")),
    (of("De La Tour", "Anne"), of("De La Porte", "Anne")), (of("El Amrani", "Samira"), of("El Idrissi", "Samira")),
    (of("Morel", "Lina"), replace(of("Morel", "Lina"), born=date(1998, 7, 15))),
    (of("Sukarno"), of("Morel", "Lina")), (of("李", "伟"), of("王", "伟")),
], ids=str)
def test_two_people(bar: Called, candidate: Called):
    assert not alike(bar, candidate)


@pytest.mark.parametrize(("profile", "found"), [
    ({"name": "Lina Morel-Dupré", "first_name": "Lina", "birth_name": "Morel", "used_name": "Morel-Dupré",
      "first_names": ["Lina", "Marie"], "other_names": ["Morel"], "birth_date": "1998-07-14"},
     Called(("Morel", "Morel-Dupré"), ("Lina", "Marie"), BORN)),
    ({"name": "Thomas Leroy", "first_name": "Thomas", "birth_date": "1998-07-14"}, of("Leroy", "Thomas")),
    ({"name": "Leroy Thomas", "first_name": "Thomas", "birth_date": "1998-07-14"}, of("Leroy", "Thomas")),
    ({"name": "Sukarno", "birth_name": "Sukarno", "first_names": [], "birth_date": "1998-07-14"}, of("Sukarno")),
    ({"name": "Thomas Leroy", "first_name": "Thomas"}, None), ({"birth_date": "1998-07-14"}, None),
    ({"name": "Thomas Leroy", "birth_date": "14/07/1998"}, None),
])
def test_what_a_profile_says(profile: dict[str, Any], found: Called | None):
    assert called(profile) == found


def measured(bars: int, others: int, seed: int) -> tuple[dict[str, float], int]:
    """The share of altered names that are found, by what was altered; how many others are, who have the birth date of
    somebody under a bar."""
    random = Random(seed)
    everybody = people(random)
    barred = list(islice(everybody, bars))
    kept = [(one.born, keys_of_bar(one)) for one in barred]
    found = Counter[str]()
    for one, (_, keys) in zip(barred, kept, strict=True):
        for what, alter in ALTERED.items():
            found[what] += not keys.isdisjoint(keys_of_candidate(alter(random, one)))
    wrong = 0
    for other in islice(everybody, others):
        born, asked = random.choice(barred).born, keys_of_candidate(other)
        wrong += any(day == born and not keys.isdisjoint(asked) for day, keys in kept)
    return {what: found[what] / bars for what in ALTERED}, wrong


@pytest.mark.long
def test_altered_names_of_200_bars_are_found_and_1000_other_people_are_not(
        tries: Callable[[int, int], int]):
    for seed in range(tries(1, 20)):
        shares, wrong = measured(200, 1000, seed)
        assert (min(shares.values()) >= 0.99, wrong <= 1) == (True, True), (seed, shares, wrong)
