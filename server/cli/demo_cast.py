"""Who is who in the demo: the made people, their ids, and where each sits on its day."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evaluation.people import HearingId, PersonId, Role, Seat
from server.documents.demo import DemoPeople, DemoPerson, plain
from server.people.birth_place import BirthPlace
from server.people.civil_identity import CivilIdentity
from server.people.places import FRANCE


@dataclass(frozen=True)
class Placed:
    """One made person in their seat."""

    person: DemoPerson
    seat: Seat

    @property
    def hearing(self) -> HearingId:
        """That of a candidate or an aid."""
        return self.seat.hearing or ""


@dataclass(frozen=True)
class Cast:
    """Who sits where, from the made people: the same each time."""

    candidates: tuple[Placed, ...]
    jurors: tuple[Placed, ...]
    organizer: Placed
    observer: Placed
    aid: Placed


def cast_of(people: DemoPeople) -> Cast:
    hearings = [f"hearing-{i}" for i, _ in enumerate(people.candidates, 1)]
    return Cast(
        tuple(placed(p, Role.CANDIDATE, h) for p, h in zip(people.candidates, hearings, strict=True)),
        tuple(placed(p, Role.JUROR) for p in people.jurors),
        placed(people.organizer, Role.ORGANIZER),
        placed(people.observer, Role.OBSERVER),
        placed(people.aid, Role.AID, hearings[0]),
    )


def placed(person: DemoPerson, role: Role, hearing: HearingId | None = None, prefix: str = "") -> Placed:
    """`prefix` sets the seats of another day apart."""
    return Placed(person, Seat(f"seat-{prefix}{_slug(person)}", id_of(person), role, person.category, hearing))


def id_of(person: DemoPerson) -> PersonId:
    return f"person-{_slug(person)}"


def _slug(person: DemoPerson) -> str:
    return plain(person.given).lower()


def civil_of(candidate: DemoPerson) -> CivilIdentity:
    """As the form of a registration takes it. ValueError for somebody without a birth date."""
    if candidate.birth is None:
        raise ValueError(f"{candidate.name} has no birth date")
    return CivilIdentity(
        candidate.family, None, (candidate.given,), candidate.sex, candidate.birth,
        BirthPlace(FRANCE, *candidate.commune), candidate.email, candidate.phone, candidate.address, candidate.company,
        None)


def profile_of(person: DemoPerson) -> dict[str, Any]:
    if person.birth is not None:
        return civil_of(person).as_profile()
    return {"name": person.name, "first_name": person.given, "email": person.email, "company": person.company,
            "sex": person.sex}


def everybody(people: DemoPeople) -> tuple[DemoPerson, ...]:
    return (*people.candidates, *people.jurors, people.organizer, people.observer, people.aid, people.clerk,
            people.member, people.former, people.officer, people.trainer, *people.next_candidates, *people.pool,
            people.proposed, *people.heard, *people.ruled, *people.sits, people.presides)
