"""An awarding body as its journal has made it."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from evaluation.body.terms import Agreement, Certification, Meeting, Superseding
from evaluation.offices import Office, OfficeId, ProviderId
from evaluation.people import PersonId


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
    longer holds."""

    id: str
    person: PersonId
    certification: str
    decided_on: date
    until: date
    position: int
    lifted: date | None = None


@dataclass(frozen=True)
class Decided:
    """One decision of the commission: in which event, under which office, at which meeting."""

    id: str
    event: str
    position: int
    under: OfficeId
    meeting: Meeting | None


@dataclass(frozen=True)
class BodyState:
    """`void` are the positions of events that no longer say what holds."""

    id: str
    name: str
    offices: Mapping[OfficeId, Held] = field(default_factory=dict[OfficeId, Held])
    providers: Mapping[ProviderId, Provider] = field(default_factory=dict[ProviderId, Provider])
    in_force: tuple[InForce, ...] = ()
    superseded: Mapping[str, Superseding] = field(default_factory=dict[str, Superseding])
    decisions: Mapping[str, Decided] = field(default_factory=dict[str, Decided])
    bars: Mapping[str, Bar] = field(default_factory=dict[str, Bar])
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

    def without(self, *positions: int) -> BodyState:
        """What stands at these positions no longer holds."""
        return replace(self, void=self.void | frozenset(positions))
