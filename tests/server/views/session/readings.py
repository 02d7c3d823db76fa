"""What a view is made of, for a seat of a test's day: everybody has a name, every word its reference as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evaluation.session import access
from server.i18n import Locale
from server.views.session.reading import Reading
from tests.evaluation.session.day import Day

NAMES = {
    "p-org": "Claire Fabre", "p-obs": "Laurence Chevillon", "p-emp": "Hélène Garnier", "p-own": "Marc Oudin",
    "p-tra": "Samia Benali", "p-cand1": "Lina Morel", "p-cand2": "Hugo Lambert", "p-aid1": "Jean Petit",
    "p-aid2": "Rose Blanc", "p-sub": "Nadia Roux",
}


class Spoken(Mapping[str, str]):
    """Every reference is its own text."""

    def __getitem__(self, ref: str) -> str:
        return f"«{ref}»"

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def get(self, ref: str, default: object = None) -> str:
        return self[ref]


def reading(day: Day, seat: str, locale: Locale = "fr") -> Reading:
    found = day.state.seat(seat)
    assert found is not None
    profiles = {person: {"name": name} for person, name in NAMES.items()}
    return Reading(day.state, found, access.rights(day.state, seat), day.now, locale, profiles, Spoken())
