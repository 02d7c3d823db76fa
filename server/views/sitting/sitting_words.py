"""What a sitting and those who sit are called on pages and in letters."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from evaluation.people import PersonId
from evaluation.rules import N_
from evaluation.sitting.state import SittingState
from evaluation.sitting.terms import PLACES, Place, SittingMode
from evaluation.sitting.who_sits import holder

SEATS: Final[Mapping[Place, str]] = {
    "president": N_("la présidence de l’instance"), "employers": N_("les organisations d’employeurs"),
    "employees": N_("les organisations de salariés")}
"""For whom each of the three sits."""
WAYS: Final[Mapping[SittingMode, str]] = {
    "remote": N_("à distance"), "on_site": N_("sur place"), "mixed": N_("à distance et sur place")}


def seat_words(place: Place) -> str:
    return SEATS[place]


def place_of(state: SittingState, person: PersonId) -> Place | None:
    """The place that somebody holds, for the whole sitting or for some candidates; or is kept for as a substitute."""
    for place in PLACES:
        if person in {holder(state, place), *(holder(state, place, one) for one in state.agenda)}:
            return place
    named = next((one for one in state.members if one.person == person), None)
    return next((one for one in PLACES if named is not None and one == named.category.value), None)
