"""The places of a jury as forms read and show them."""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from evaluation.body.proposing import Proposal, proposals
from evaluation.body.state import BodyState, Standing
from evaluation.people import JurorCategory, PersonId
from evaluation.rules import N_
from server.http import parts
from server.http.form_fields import Choice, Field, Listed
from server.http.forms import Sent
from server.http.language import locale_of
from server.http.office.jury_case import Case
from server.views.body.proposals import CategoryView, category_view


@dataclass(frozen=True)
class Place:
    """One category's place: who could take it, and everybody of the pool's other categories."""

    category: JurorCategory
    proposals: tuple[Proposal, ...]
    rest: tuple[tuple[PersonId, JurorCategory], ...]

    def fields(self, prefix: str, first: int) -> tuple[Field, ...]:
        """A choice of the first ones, and a list of all others."""
        shown = tuple((one.person, one.person) for one in self.proposals[:first])
        others = tuple((one.person, one.person) for one in self.proposals[first:])
        others += tuple((person, person) for person, _own in self.rest)
        return (Choice(f"{prefix}{self.category.value}", "", required=False, choices=shown, own=True),
                Listed(f"{prefix}{self.category.value}-other", "", required=False, choices=others, own=True))

    def chosen(self, sent: Sent, prefix: str) -> PersonId | None:
        """None for nobody. A list's choice is taken where both were made: it was opened for that."""
        name = f"{prefix}{self.category.value}"
        return sent.values.get(f"{name}-other") or sent.values.get(name)

    def seat(self, person: PersonId, id: str) -> dict[str, object]:
        """In the person's own category where they do not have this one: the rules say what is wrong with it."""
        own = dict(self.rest).get(person, self.category)
        return {"id": id, "person": person, "role": "juror", "category": own.value, "hearing": None}


def places_of(body: BodyState, case: Case, categories: Iterable[JurorCategory] = JurorCategory) -> tuple[Place, ...]:
    return tuple(_place(body, case, one) for one in categories)


def _place(body: BodyState, case: Case, category: JurorCategory) -> Place:
    entered = (one.juror for one in body.pool.values() if one.standing is Standing.ENTERED)
    rest = tuple((one.person, one.categories[0]) for one in entered if category not in one.categories)
    return Place(category, proposals(body, case.need, category, case.known), rest)


async def profiles_of(request: web.Request, cases: Sequence[Case], places: Sequence[Place]
                      ) -> tuple[Mapping[PersonId, str], Mapping[PersonId, str]]:
    """Names and companies of whoever is shown."""
    people = {one.person for place in places for one in place.proposals}
    people |= {person for place in places for person, _own in place.rest}
    people |= {one.person for case in cases for one in case.need.candidates}
    known = await parts.accounts(request).profiles(people)
    return ({person: str(profile.get("name", "")) for person, profile in known.items()},
            {person: str(profile.get("company") or "") for person, profile in known.items()})


def views_of(request: web.Request, places: Sequence[Place], prefix: str, sent: Sent | None,
             known: tuple[Mapping[PersonId, str], Mapping[PersonId, str]]) -> tuple[CategoryView, ...]:
    typed: Mapping[str, tuple[str, ...]] = sent.typed if sent is not None else {}
    first = parts.config(request).lists.proposals_shown
    return tuple(category_view(one.category, one.proposals, one.rest, *known, prefix, typed, first, locale_of(request))
                 for one in places)


NOBODY = N_("Choisissez une personne pour chacune des trois places.")
