"""An awarding body as its journal has made it."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from evaluation.body.terms import Agreement, Certification, Hours, Juror, Meeting, Proposed, Superseding
from evaluation.offices import Office, OfficeId, ProviderId
from evaluation.people import PersonId, Seat, SeatId, Words
from evaluation.quotes import Quote


@dataclass(frozen=True)
class Held:
    """One office. `position` is that of its grant; `ended` tells that its period was cut short."""

    office: Office
    position: int
    ended: bool = False


@dataclass(frozen=True)
class Agreed:
    """One agreement. `position` is that of the event which says its period as it is now."""

    agreement: Agreement
    position: int
    ended: bool = False


@dataclass(frozen=True)
class Provider:
    """A training provider. Its agreements are in the order in which they were recorded."""

    id: ProviderId
    name: str
    agreements: tuple[Agreed, ...]


@dataclass(frozen=True)
class InForce:
    """One version of one certification, put in force on a day."""

    certification: Certification
    since: date
    position: int


@dataclass(frozen=True)
class Bar:
    """A person kept from presenting one certification, with the last day. `lifted` is the day from which the bar no
    longer holds. `decision` quotes that of the case which set it, `lifted_by` that of the appeal which lifted it."""

    id: str
    person: PersonId
    certification: str
    decided_on: date
    until: date
    position: int
    lifted: date | None = None
    decision: Quote | None = None
    lifted_by: Quote | None = None


@dataclass(frozen=True)
class TakenBack:
    """A decision that no longer holds: since when, and why."""

    at: int
    words: Words


@dataclass(frozen=True)
class Decided:
    """One decision of the commission: in which event, under which office, at which meeting. `session` is the jury's
    day that it is about."""

    id: str
    event: str
    position: int
    under: OfficeId
    meeting: Meeting | None
    session: str | None = None
    taken_back: TakenBack | None = None


class Standing(StrEnum):
    """Where somebody stands in the pool of jurors."""

    PROPOSED = "proposed"
    ENTERED = "entered"
    RETIRED = "retired"


@dataclass(frozen=True)
class Pooled:
    """A juror of the pool. `proposed_by` are the providers that proposed them."""

    juror: Juror
    standing: Standing
    proposed_by: tuple[ProviderId, ...] = ()


@dataclass(frozen=True)
class Link:
    """A juror knows a candidate, as they or somebody else said."""

    id: str
    juror: PersonId
    candidate: PersonId
    words: Words
    ended: bool = False


@dataclass(frozen=True)
class Request:
    """A provider asks for the jury of one of its days, or for a substitute. `open` until the commission has decided."""

    session: str
    provider: ProviderId
    certification: str
    proposed: tuple[Proposed, ...]
    words: Words | None
    by: PersonId
    at: int
    open: bool = True


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be at a provider; who corrects it (`owner`), how (`action`) and by which day;
    and with what outcome it was closed."""

    id: str
    provider: ProviderId
    found_on: date
    words: Words
    session: str | None
    by: PersonId
    at: int
    owner: PersonId | None = None
    due: date | None = None
    action: Words | None = None
    closed_at: int | None = None
    outcome: Words | None = None


@dataclass(frozen=True)
class BatchItem:
    """One outcome before the commission: of which candidacy and person, where it stands there, what it awards.
    `returned` is why it was not validated."""

    candidacy: str
    outcome: int
    award: str
    person: PersonId
    returned: Words | None = None


@dataclass(frozen=True)
class Batch:
    """Outcomes presented to the commission together; decided on a day, under a meeting where the clerk recorded it."""

    id: str
    items: tuple[BatchItem, ...]
    at: int
    by: PersonId
    position: int
    decided_on: date | None = None
    decided_at: int | None = None
    decided_by: PersonId | None = None
    meeting: Meeting | None = None


@dataclass(frozen=True)
class Appointed:
    """What the commission decided of a day's jury and holds. `seats` are the three of the first decision and every
    substitute since, by decision; `hours` as they were when the jury was decided; `replaced` are the seats that
    somebody else has for the whole day, by decision."""

    session: str
    seats: Mapping[str, tuple[Seat, ...]]
    hours: Hours | None
    replaced: Mapping[str, SeatId] = field(default_factory=dict[str, SeatId])

    @property
    def gone(self) -> frozenset[SeatId]:
        return frozenset(self.replaced.values())

    @property
    def jurors(self) -> tuple[Seat, ...]:
        return tuple(seat for several in self.seats.values() for seat in several)


@dataclass(frozen=True)
class BodyState:
    """`founded_on` is its first day here. `lifted_before` are bars that an appeal lifted before they were set. `void`
    are the positions of events that no longer say what holds."""

    id: str
    name: str
    founded_on: date
    offices: Mapping[OfficeId, Held] = field(default_factory=dict[OfficeId, Held])
    providers: Mapping[ProviderId, Provider] = field(default_factory=dict[ProviderId, Provider])
    in_force: tuple[InForce, ...] = ()
    superseded: Mapping[str, Superseding] = field(default_factory=dict[str, Superseding])
    decisions: Mapping[str, Decided] = field(default_factory=dict[str, Decided])
    bars: Mapping[str, Bar] = field(default_factory=dict[str, Bar])
    lifted_before: frozenset[str] = frozenset()
    pool: Mapping[PersonId, Pooled] = field(default_factory=dict[PersonId, Pooled])
    links: Mapping[str, Link] = field(default_factory=dict[str, Link])
    requests: Mapping[str, Request] = field(default_factory=dict[str, Request])
    """By session."""
    juries: Mapping[str, Appointed] = field(default_factory=dict[str, Appointed])
    """By session."""
    findings: Mapping[str, Finding] = field(default_factory=dict[str, Finding])
    batches: Mapping[str, Batch] = field(default_factory=dict[str, Batch])
    sittings: Mapping[str, str] = field(default_factory=dict[str, str])
    """Of each sitting of the certification jury, the decision by which its members sit."""
    void: frozenset[int] = frozenset()
    position: int = 0
    last_at: int = 0

    def all_offices(self) -> tuple[Office, ...]:
        return tuple(one.office for one in self.offices.values())

    def with_office(self, held: Held) -> BodyState:
        return replace(self, offices={**self.offices, held.office.id: held})

    def with_provider(self, provider: Provider) -> BodyState:
        return replace(self, providers={**self.providers, provider.id: provider})

    def with_bar(self, bar: Bar) -> BodyState:
        return replace(self, bars={**self.bars, bar.id: bar})

    def with_decision(self, decision: Decided) -> BodyState:
        return replace(self, decisions={**self.decisions, decision.id: decision})

    def with_pooled(self, pooled: Pooled) -> BodyState:
        return replace(self, pool={**self.pool, pooled.juror.person: pooled})

    def with_link(self, link: Link) -> BodyState:
        return replace(self, links={**self.links, link.id: link})

    def with_request(self, request: Request) -> BodyState:
        return replace(self, requests={**self.requests, request.session: request})

    def with_finding(self, finding: Finding) -> BodyState:
        return replace(self, findings={**self.findings, finding.id: finding})

    def with_batch(self, batch: Batch) -> BodyState:
        return replace(self, batches={**self.batches, batch.id: batch})

    def answering(self, session: str, *, open: bool) -> BodyState:
        """The request for this day's jury, if there is one, waits for the commission or no longer does."""
        asked = self.requests.get(session)
        return self if asked is None else self.with_request(replace(asked, open=open))

    def with_jury(self, appointed: Appointed) -> BodyState:
        return replace(self, juries={**self.juries, appointed.session: appointed})

    def without_jury(self, session: str) -> BodyState:
        return replace(self, juries={id: one for id, one in self.juries.items() if id != session})

    def without(self, *positions: int) -> BodyState:
        """What stands at these positions no longer holds."""
        return replace(self, void=self.void | frozenset(positions))
