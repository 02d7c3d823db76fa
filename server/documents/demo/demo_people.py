"""The people of the demo. All made up; their addresses cannot receive mail (RFC 2606)."""
from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from evaluation.people import JurorCategory, Role


@dataclass(frozen=True)
class DemoPerson:
    """`seed` decides the drawn face; `category` is a juror's, `birth` and `card_number` a candidate's."""

    role: Role | None
    given: str
    family: str
    email: str
    company: str
    seed: int
    sex: Literal["F", "M"]
    category: JurorCategory | None = None
    birth: date | None = None
    card_number: str = ""

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


@dataclass(frozen=True)
class DemoPeople:
    """`jurors` in the order employees, employers, trainer. `clerk` is the awarding body's, `member` the commission's,
    `former` a candidate of an earlier jury: none of them has a seat in the day."""

    candidates: tuple[DemoPerson, ...]
    jurors: tuple[DemoPerson, ...]
    organizer: DemoPerson
    observer: DemoPerson
    aid: DemoPerson
    clerk: DemoPerson
    member: DemoPerson
    former: DemoPerson
    officer: DemoPerson


def demo_people() -> DemoPeople:
    school = "École d’art de la rue Basse"
    return DemoPeople(
        candidates=(
            _person(Role.CANDIDATE, "Lina", "Morel", "Atelier Vasseur", 0, "F", birth=date(1999, 3, 14),
                    card_number="SPM4K7210"),
            _person(Role.CANDIDATE, "Karim", "Haddad", "Maison Perrault", 1, "M", birth=date(1994, 11, 2),
                    card_number="SPM9T0386"),
        ),
        jurors=(
            _person(Role.JUROR, "Marc", "Oudin", "Manufacture du Doubs", 2, "M", JurorCategory.EMPLOYEES),
            _person(Role.JUROR, "Hélène", "Garnier", "Garnier et Filles", 3, "F", JurorCategory.EMPLOYERS),
            _person(Role.JUROR, "Sofia", "Benali", school, 4, "F", JurorCategory.TRAINER),
        ),
        organizer=_person(Role.ORGANIZER, "Claire", "Fontaine", school, 5, "F"),
        observer=_person(Role.OBSERVER, "Paul", "Renaud", "Branche professionnelle", 6, "M"),
        aid=_person(Role.AID, "Nadia", "Roche", "Interprètes associés", 7, "F"),
        clerk=_person(None, "Agnès", "Dubreuil", "Organisme certificateur", 8, "F"),
        member=_person(None, "Bernard", "Kessler", "Commission paritaire", 9, "M"),
        former=_person(None, "Yanis", "Bertin", "Maison Perrault", 10, "M"),
        officer=_person(None, "Louise", "Carlier", "Commission paritaire", 11, "F"),
    )  # fmt: skip


def _person(
    role: Role | None, given: str, family: str, company: str, seed: int, sex: Literal["F", "M"],
    category: JurorCategory | None = None, birth: date | None = None, card_number: str = "",
) -> DemoPerson:  # fmt: skip
    email = f"{plain(given)}.{plain(family)}@example.org".lower()
    return DemoPerson(role, given, family, email, company, seed, sex, category, birth, card_number)


def plain(name: str) -> str:
    """A name in the letters of A to Z: an address, or a machine-readable line, has no others."""
    return unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode()
