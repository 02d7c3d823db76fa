"""The people of the demo. All made up; their addresses cannot receive mail (RFC 2606)."""
from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from evaluation.people import JurorCategory, Role


@dataclass(frozen=True)
class DemoPerson:
    """`seed` decides the drawn face; `category` is a juror's; `birth` and what follows a candidate's: `commune` is
    INSEE's code, and the name."""

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
    commune: tuple[str, str] = ("", "")
    address: str = ""
    phone: str = ""

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


@dataclass(frozen=True)
class DemoPeople:
    """`jurors` in the order employees, employers, trainer. `clerk` is the awarding body's, `member` the commission's,
    `former` a candidate of an earlier jury, `trainer` who trained the candidates: none of them has a seat in the day.
    `next_candidates` are those of a later day; `pool` are further jurors, `proposed` somebody whom the organizer would
    see among them. `heard` are candidates of an earlier day, `ruled` of one whose results are known; `sits`
    are the certification jury's representatives of employees and of employers, `presides` the board's president."""

    candidates: tuple[DemoPerson, ...]
    jurors: tuple[DemoPerson, ...]
    organizer: DemoPerson
    observer: DemoPerson
    aid: DemoPerson
    clerk: DemoPerson
    member: DemoPerson
    former: DemoPerson
    officer: DemoPerson
    trainer: DemoPerson
    next_candidates: tuple[DemoPerson, ...]
    pool: tuple[DemoPerson, ...]
    proposed: DemoPerson
    heard: tuple[DemoPerson, ...]
    ruled: tuple[DemoPerson, ...]
    sits: tuple[DemoPerson, ...]
    presides: DemoPerson


def demo_people() -> DemoPeople:
    school, other = "École d’art de la rue Basse", "Atelier-école de la Loue"
    return DemoPeople(
        candidates=(
            _candidate("Lina", "Morel", "Atelier Vasseur", 0, "F", date(1999, 3, 14), ("69123", "Lyon"), "SPM4K7210"),
            _candidate("Karim", "Haddad", "Maison Perrault", 1, "M", date(1994, 11, 2), ("13055", "Marseille"),
                       "SPM9T0386"),
        ),
        jurors=(
            _person(Role.JUROR, "Marc", "Oudin", "Manufacture du Doubs", 2, "M", JurorCategory.EMPLOYEES),
            _person(Role.JUROR, "Hélène", "Garnier", "Garnier et Filles", 3, "F", JurorCategory.EMPLOYERS),
            _person(Role.JUROR, "Sofia", "Benali", other, 4, "F", JurorCategory.TRAINER),
        ),
        organizer=_person(Role.ORGANIZER, "Claire", "Fontaine", school, 5, "F"),
        observer=_person(Role.OBSERVER, "Paul", "Renaud", "Branche professionnelle", 6, "M"),
        aid=_person(Role.AID, "Nadia", "Roche", "Interprètes associés", 7, "F"),
        clerk=_person(None, "Agnès", "Dubreuil", "Organisme certificateur", 8, "F"),
        member=_person(None, "Bernard", "Kessler", "Commission paritaire", 9, "M"),
        former=_person(None, "Yanis", "Bertin", "Maison Perrault", 10, "M"),
        officer=_person(None, "Louise", "Carlier", "Commission paritaire", 11, "F"),
        trainer=_person(None, "Julie", "Arnaud", school, 12, "F", JurorCategory.TRAINER),
        next_candidates=(
            _candidate("Inès", "Caron", "Bijouterie Ferrand", 13, "F", date(2001, 6, 30), ("59350", "Lille")),
            _candidate("Théo", "Lambert", "Atelier Vasseur", 14, "M", date(1997, 1, 19), ("21231", "Dijon")),
            _candidate("Maëlle", "Kervella", "Atelier du Port", 15, "F", date(2003, 9, 8), ("29019", "Brest")),
        ),
        pool=(
            _person(None, "Odile", "Weber", "Bijouterie Ferrand", 16, "F", JurorCategory.EMPLOYEES),
            _person(None, "Denis", "Marchal", "Fonderie des Prés", 17, "M", JurorCategory.EMPLOYEES),
            _person(None, "Philippe", "Aubry", "Aubry Joaillier", 18, "M", JurorCategory.EMPLOYERS),
            _person(None, "Camille", "Nguyen", "Les Ors de Camille", 19, "F", JurorCategory.EMPLOYERS),
            _person(None, "Rachid", "Slimani", other, 20, "M", JurorCategory.TRAINER),
        ),
        proposed=_person(None, "Thomas", "Rey", "Rey et Associés", 21, "M", JurorCategory.EMPLOYERS),
        heard=(
            _candidate("Salomé", "Petit", "Atelier Rivière", 22, "F", date(2000, 5, 21), ("44109", "Nantes")),
            _candidate("Hugo", "Masson", "Maison Perrault", 23, "M", date(1996, 12, 4), ("67482", "Strasbourg")),
        ),
        ruled=(
            _candidate("Jeanne", "Roussel", "Atelier Rivière", 27, "F", date(1998, 2, 11), ("31555", "Toulouse")),
            _candidate("Samir", "Ouali", "Bijouterie Ferrand", 28, "M", date(1995, 10, 30), ("59350", "Lille")),
            _candidate("Chloé", "Vidal", "Maison Perrault", 29, "F", date(2002, 7, 17), ("69123", "Lyon")),
        ),
        sits=(
            _person(None, "Fatima", "Belkacem", "Bijouterie des Halles", 24, "F", JurorCategory.EMPLOYEES),
            _person(None, "Gérard", "Lefèvre", "Lefèvre Orfèvres", 25, "M", JurorCategory.EMPLOYERS),
        ),
        presides=_person(None, "Béatrice", "Lemaire", "Organisme certificateur", 26, "F"),
    )  # fmt: skip


def _candidate(
    given: str, family: str, company: str, seed: int, sex: Literal["F", "M"], birth: date, commune: tuple[str, str],
    card_number: str = "",
) -> DemoPerson:  # fmt: skip
    known = _person(Role.CANDIDATE, given, family, company, seed, sex)
    address, phone = f"{seed + 3}, rue des Orfèvres\n25000 Besançon", f"06 39 98 {seed + 10} {seed + 20}"
    return replace(known, birth=birth, commune=commune, card_number=card_number, address=address, phone=phone)


def _person(
    role: Role | None, given: str, family: str, company: str, seed: int, sex: Literal["F", "M"],
    category: JurorCategory | None = None,
) -> DemoPerson:  # fmt: skip
    email = f"{plain(given)}.{plain(family)}@example.org".lower()
    return DemoPerson(role, given, family, email, company, seed, sex, category)


def plain(name: str) -> str:
    """A name in the letters of A to Z: an address, or a machine-readable line, has no others."""
    return unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode()
