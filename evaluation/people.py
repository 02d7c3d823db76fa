"""Who takes part: roles, juror categories, seats. Ids only; names live outside the journal (X1)."""
from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SeatId = str
HearingId = str
PersonId = str

SYSTEM = "system"
"""The actor of what the platform's own clockwork writes: announcements, presence."""


class Role(StrEnum):
    CANDIDATE = "candidate"
    JUROR = "juror"
    ORGANIZER = "organizer"
    OBSERVER = "observer"
    AID = "aid"


class JurorCategory(StrEnum):
    """R1.2: one of each in a jury."""

    EMPLOYEES = "employees"
    EMPLOYERS = "employers"
    TRAINER = "trainer"


REPRESENTATIVES = frozenset({JurorCategory.EMPLOYEES, JurorCategory.EMPLOYERS})
"""Those among whom the president is designated (R3.1)."""


@dataclass(frozen=True)
class Seat:
    """One person's place in one jury session.

    `category` is a juror's. `hearing` is the candidate's own hearing, the one an aid attends, or the only one a
    substitute juror sits in; None for whoever is there the whole day.
    """

    id: SeatId
    person: PersonId
    role: Role
    category: JurorCategory | None = None
    hearing: HearingId | None = None


@dataclass(frozen=True)
class Words:
    """Something somebody wrote. The text lies encrypted outside the journal under `ref`; `digest` is keyed with the
    key of the person it is about, so that it proves nothing to anybody once that key is destroyed (X1)."""

    ref: str
    digest: str


@dataclass(frozen=True)
class Paper:
    """A paper that an act rests on. The file lies encrypted outside the journal under its id; `digest` is that of its
    bytes, keyed as words are."""

    file: str
    digest: str


SOME_WORDS, SOME_PAPER = Words("-", "-"), Paper("-", "-")
"""Stand for words not yet written, and a paper not yet there, to ask whether an act would be allowed with them."""
