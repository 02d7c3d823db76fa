"""What the minutes of a sitting are written from: ids with the names and the words that can still be read."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from evaluation.framework import Framework
from evaluation.people import PersonId, Words
from evaluation.sitting.state import NotSigning
from evaluation.sitting.terms import Place, Ruling, SittingMode

NO_NAME: Final = "(nom effacé)"
NO_WORDS: Final = "(texte effacé)"


@dataclass(frozen=True)
class MemberRead:
    """Who sat. `instead_of` is whose place a substitute takes: for the candidacies named, for all where None are."""

    person: PersonId
    place: Place
    instead_of: PersonId | None = None
    candidacies: tuple[str, ...] | None = None
    by_delegation: bool = False


@dataclass(frozen=True)
class ItemRead:
    """A candidacy on the agenda. `course` are whole sentences on how the examination went; `asked` are when questions
    to the evaluation jury began and ended (ms). `ruling` is None where nothing is decided yet."""

    candidacy: str
    person: PersonId
    framework: Framework
    held_on: date
    born: str = ""
    provider: str = ""
    course: tuple[str, ...] = ()
    asked: tuple[int, int] | None = None
    recused: tuple[PersonId, ...] = ()
    ruling: Ruling | None = None
    code: str = ""
    """The certification's code on the day of the sitting, where another has taken its place (R1.1)."""
    again: bool = False
    """Whether an earlier decision is examined again, after an appeal (R9.2)."""


@dataclass(frozen=True)
class SignatureRead:
    """`at` and `level` are None of who has not signed. `apart` are the candidates on whom they did not decide.
    `not_signing`: it is noted that they do not sign."""

    person: PersonId
    place: Place
    at: int | None = None
    level: str | None = None
    apart: tuple[PersonId, ...] = ()
    not_signing: NotSigning | None = None


@dataclass(frozen=True)
class MinutesReading:
    """`began_at` and `ended_at` in ms; `ended_at` is when the last item was decided. `amends` is the number of the
    minutes that these are an addendum to. A `draft` bears no number and no seal. `by_hand`: a scan with the signatures
    is attached. `removed` are the people whose candidacies came off the agenda, and why. `address` are the lines of the
    awarding body's address, as the first certification on the agenda has it."""

    sitting: str
    number: int
    on: date
    began_at: int
    ended_at: int | None
    mode: SittingMode
    place: str
    body: str
    members: tuple[MemberRead, ...]
    items: tuple[ItemRead, ...]
    address: tuple[str, ...] = ()
    removed: tuple[tuple[PersonId, Words], ...] = ()
    added: tuple[Words, ...] = ()
    signatures: tuple[SignatureRead, ...] = ()
    by_hand: bool = False
    amends: int | None = None
    draft: bool = False
    demonstration: bool = True
    names: Mapping[PersonId, str] = field(default_factory=dict[PersonId, str])
    written: Mapping[str, str] = field(default_factory=dict[str, str])

    def name(self, person: PersonId) -> str:
        return self.names.get(person) or NO_NAME

    def text(self, words: Words | None) -> str:
        return "" if words is None else self.written.get(words.ref, NO_WORDS)

    def about(self, candidacy: str) -> MinutesReading:
        """Likewise, with nothing of any other candidacy."""
        return replace(self, items=tuple(one for one in self.items if one.candidacy == candidacy))


def number_of_sitting(sitting: str, on: date, number: int) -> str:
    """Of its minutes: the year, the sitting, and which of them; the first bears no number of its own."""
    own = f"PV-{on.year}-{''.join(one for one in sitting if one.isalnum())[:8].upper()}"
    return own if number <= 1 else f"{own}/{number}"
