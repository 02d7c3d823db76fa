"""A sitting as its journal has made it."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from evaluation.candidacy.award_parts import Recommended
from evaluation.candidacy.to_award import Declines
from evaluation.framework import Framework
from evaluation.offices import Office
from evaluation.people import Paper, PersonId, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal
from evaluation.sitting.terms import (
    CandidacyId,
    Course,
    Due,
    Level,
    Place,
    Ruling,
    Settled,
    SittingMember,
    SittingMode,
)


@dataclass(frozen=True)
class JurySummons:
    """The evaluation jury is asked to come at an hour, to answer questions on a candidate."""

    at: int
    words: Words | None
    summoned_at: int
    by: PersonId


@dataclass(frozen=True)
class Questions:
    """One questions session with the evaluation jury; `ended_at` is None while it lasts."""

    began_at: int
    ended_at: int | None = None
    over_seconds: int = 0
    """By how much it went over the framework's ceiling."""


@dataclass(frozen=True)
class Answer:
    """Whether a member agrees, and the words of a dissent that is to be kept."""

    agrees: bool
    at: int
    dissent: Words | None = None


@dataclass(frozen=True)
class Proposal:
    """What the president proposes on one candidate. `by` are the three, the president first; `answers` are theirs, the
    president's among them. `rejected`: most of them do not agree."""

    number: int
    at: int
    by: tuple[PersonId, ...]
    course: Course
    settled: tuple[Settled, ...]
    words: Words | None
    reasons: Mapping[str, Words]
    answers: Mapping[PersonId, Answer]
    rejected: bool = False

    @property
    def waiting(self) -> tuple[PersonId, ...]:
        return tuple(one for one in self.by if one not in self.answers)


@dataclass(frozen=True)
class Decided:
    """The ruling, and the event in which it was decided."""

    position: int
    at: int
    ruling: Ruling


@dataclass(frozen=True)
class Item:
    """One candidacy on the agenda. `kept` quotes the outcomes by which blocks are kept; `reexamines` the outcome that
    an appeal was about, on which `sat_before` ruled: they sit again only where `despite` says why no others were found.
    `lost` are the outcomes of `kept`, by candidacy and position, that hold no more since it was put on the agenda.
    `held`: a case or a reservation withholds the award. `changed` is the position of the last change."""

    candidacy: CandidacyId
    said: Quote
    recommended: Recommended
    framework: Framework
    kept: tuple[Quote, ...]
    reexamines: Quote | None
    sat_before: tuple[PersonId, ...]
    despite: Words | None
    put_at: int
    changed: int
    held: bool = False
    summonses: tuple[JurySummons, ...] = ()
    questions: tuple[Questions, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    decided: Decided | None = None
    position: int = 0
    """Where it was put on the agenda."""
    lost: frozenset[tuple[CandidacyId, int]] = frozenset()
    due: Due | None = None
    """Until when its result is to be told; None where its candidacy did not say."""

    @property
    def proposal(self) -> Proposal | None:
        """The one that is being answered."""
        last = self.proposals[-1] if self.proposals else None
        return last if last is not None and self.decided is None and not last.rejected else None

    @property
    def questioned(self) -> bool:
        """The evaluation jury was questioned."""
        return any(one.ended_at is not None for one in self.questions)

    @property
    def questioning(self) -> Questions | None:
        last = self.questions[-1] if self.questions else None
        return last if last is not None and last.ended_at is None else None


@dataclass(frozen=True)
class Declined:
    """Whose candidacy did not join the agenda on which it was put, and why."""

    person: PersonId
    why: Declines


@dataclass(frozen=True)
class Called:
    """Who takes a place from now on: of the whole sitting, or (`candidacies`) on some candidates alone."""

    place: Place
    person: PersonId
    candidacies: frozenset[CandidacyId] | None
    position: int


@dataclass(frozen=True)
class Signing:
    """How somebody signed. `apart` are the candidacies on which they did not decide: their signature says so."""

    level: Level
    at: int
    apart: tuple[CandidacyId, ...]


@dataclass(frozen=True)
class NotSigning:
    """That a member does not sign, and why; noted `by` another."""

    by: PersonId
    at: int
    words: Words


@dataclass(frozen=True)
class Minutes:
    """One document of the sitting: the first are its minutes, what is presented after they were sealed are additions
    (`amends`). `scan` was signed by hand, instead. `not_signing` are those of whom it is noted that they do not sign.
    One that was taken back holds no more."""

    number: int
    position: int
    at: int
    paper: Paper
    signers: tuple[PersonId, ...]
    amends: int | None
    signatures: Mapping[PersonId, Signing] = field(default_factory=dict[PersonId, Signing])
    not_signing: Mapping[PersonId, NotSigning] = field(default_factory=dict[PersonId, NotSigning])
    scan: Paper | None = None
    taken_back: Words | None = None
    sealed: Paper | None = None
    sealed_at: int | None = None
    extracts: Mapping[CandidacyId, Paper] = field(default_factory=dict[CandidacyId, Paper])

    @property
    def may_sign(self) -> tuple[PersonId, ...]:
        """Who can sign, as long as it is not sealed: also of whom it is noted that they do not. Nobody where it was
        signed by hand."""
        return () if self.scan is not None else tuple(one for one in self.signers if one not in self.signatures)

    @property
    def unsigned(self) -> tuple[PersonId, ...]:
        """Whose signature is awaited."""
        return tuple(one for one in self.may_sign if one not in self.not_signing)


@dataclass(frozen=True)
class Completed:
    """What was added to the minutes in words."""

    at: int
    by: PersonId
    words: Words
    position: int


@dataclass(frozen=True)
class SittingState:
    """`at` is its hour in ms since 1970 UTC, `hold_by` the last day for it as it was convened. `members` are those whom
    the commission appointed, with the day of their last training where the pool knows it (`trained`); `president` by
    which office. `calls` are in their order: the last that concerns a place holds."""

    id: str
    body: str
    convened_at: int
    convened_by: PersonId
    at: int
    mode: SittingMode
    place: Words | None
    hold_by: date
    agenda: Mapping[CandidacyId, Item] = field(default_factory=dict[CandidacyId, Item])
    taken_off: Mapping[CandidacyId, Words] = field(default_factory=dict[CandidacyId, Words])
    declined: Mapping[CandidacyId, Declined] = field(default_factory=dict[CandidacyId, Declined])
    """Of those that did not join the agenda on which they were put."""
    gone: frozenset[int] = frozenset()
    """Where those were put on the agenda that were taken off it again, or did not join it."""
    members: tuple[SittingMember, ...] = ()
    trained: Mapping[PersonId, date] = field(default_factory=dict[PersonId, date])
    companies: Mapping[PersonId, str] = field(default_factory=dict[PersonId, str])
    decision: Quote | None = None
    seated_at: int | None = None
    president: Office | None = None
    calls: tuple[Called, ...] = ()
    delegates: Mapping[PersonId, Office] = field(default_factory=dict[PersonId, Office])
    """Who sits in the president's place, by which office."""
    impartial: Mapping[PersonId, frozenset[CandidacyId]] = field(default_factory=dict[PersonId, frozenset[CandidacyId]])
    recused: Mapping[PersonId, frozenset[CandidacyId]] = field(default_factory=dict[PersonId, frozenset[CandidacyId]])
    prepared: Mapping[PersonId, frozenset[str]] = field(default_factory=dict[PersonId, frozenset[str]])
    reminded: frozenset[tuple[PersonId, str, int, int]] = frozenset()
    """Who was reminded of what: before the sitting, or (by number) of minutes to sign; and how often."""
    opened_at: int | None = None
    current: CandidacyId | None = None
    """The candidate who is being deliberated on."""
    cancelled: Words | None = None
    completed: tuple[Completed, ...] = ()
    minutes: tuple[Minutes, ...] = ()
    on_site: frozenset[PersonId] = frozenset()
    """Who said that they are in the room itself: of a sitting that is held both ways."""
    changed: int = 0
    """The position of the last change of what is common: its hour, its members, its minutes."""
    position: int = 0
    last_at: int = 0

    def item(self, candidacy: CandidacyId) -> Item:
        """Refusal R3.9 where it is not on the agenda."""
        try:
            return self.agenda[candidacy]
        except KeyError:
            raise Refusal("R3.9", N_("Cette candidature n’est pas à l’ordre du jour.")) from None

    def with_item(self, item: Item, position: int) -> SittingState:
        return replace(self, agenda={**self.agenda, item.candidacy: replace(item, changed=position)})

    def with_minutes(self, minutes: Minutes, position: int) -> SittingState:
        others = tuple(one for one in self.minutes if one.number != minutes.number)
        return replace(self, minutes=(*others, minutes), changed=position)

    @property
    def presented(self) -> Minutes | None:
        """The document that is being signed."""
        last = self.minutes[-1] if self.minutes else None
        return last if last is not None and last.taken_back is None and last.sealed is None else None

    @property
    def last_signers(self) -> tuple[PersonId, ...]:
        """Of the last document."""
        return self.minutes[-1].signers if self.minutes else ()

    @property
    def sealed(self) -> Minutes | None:
        """The minutes, once they are sealed."""
        return next((one for one in self.minutes if one.sealed is not None), None)

    @property
    def convened(self) -> Iterator[PersonId]:
        """The members whom the commission appointed and who are no substitutes, and the president."""
        yield from (one.person for one in self.members if not one.substitute)
        if self.president is not None:
            yield self.president.person
