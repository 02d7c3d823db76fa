"""Who could sit on a day, category by category: in an order, each with its reasons and what stands against it (R1.2,
R1.4). A proposal: the commission decides, and its decision asks the same rules again."""
from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum

from evaluation.body import appointing
from evaluation.body.appointing import Candidate, Need
from evaluation.body.asking import proposed_for
from evaluation.body.pool import linked, wants_refresher
from evaluation.body.state import BodyState, Standing
from evaluation.body.terms import Juror, Span
from evaluation.deadlines import day_of
from evaluation.people import JurorCategory, PersonId, Role, Seat
from evaluation.rules import N_, Reason, Refusal, rule
from evaluation.session.jury import check_impartial
from evaluation.slots import Busy


class Availability(IntEnum):
    """In the order of proposals."""

    OFFERED = 0
    NOT_SAID = 1
    AWAY = 2


class Against(StrEnum):
    """What stands against a proposal."""

    TRAINED = "trained"
    COURSE = "course"
    ELSEWHERE = "elsewhere"
    PROVIDER = "provider"
    COMPANY = "company"
    LINK = "link"
    AWAY = "away"
    TRAINING = "training"


LINKS = frozenset({Against.TRAINED, Against.COURSE, Against.PROVIDER, Against.COMPANY, Against.LINK})
"""Links to the candidates: the fewer, the better."""


@dataclass(frozen=True)
class Obstacle:
    """`refused`: the rules refuse it; else whoever appoints decides. `candidate` is whom it is about, `session` where
    the person sits at that hour."""

    kind: Against
    why: Reason
    refused: bool = False
    candidate: PersonId | None = None
    session: str | None = None


@dataclass(frozen=True)
class Proposal:
    """`last_sat` is the last time before the day (ms since 1970 UTC), None for never."""

    person: PersonId
    category: JurorCategory
    availability: Availability
    last_sat: int | None
    by_organizer: bool
    obstacles: tuple[Obstacle, ...]

    @property
    def refused(self) -> bool:
        return any(one.refused for one in self.obstacles)

    @property
    def links(self) -> int:
        return sum(one.kind in LINKS for one in self.obstacles)

    @property
    def rank(self) -> tuple[object, ...]:
        """What the rules refuse comes last; then by availability, links, and how long ago the person sat."""
        return self.refused, self.availability, self.links, self.last_sat or 0, self.person


@dataclass(frozen=True)
class Known:
    """What is known outside the awarding body's stream: where people sit, and the training delay of the day's framework
    in months. `on` is the day."""

    on: date
    training_months: int
    sittings: tuple[Busy, ...] = ()
    by_person: Mapping[PersonId, tuple[Busy, ...]] = field(init=False)

    def __post_init__(self) -> None:
        found: dict[PersonId, tuple[Busy, ...]] = {}
        for one in self.sittings:
            found[one.person] = (*found.get(one.person, ()), one)
        object.__setattr__(self, "by_person", found)


def proposals(state: BodyState, need: Need, category: JurorCategory, known: Known) -> tuple[Proposal, ...]:
    """Everybody of the pool in a category, the most fitting first."""
    entered = (one.juror for one in state.pool.values() if one.standing is Standing.ENTERED)
    found = (_proposal(state, need, one, category, known) for one in entered if category in one.categories)
    return tuple(sorted(found, key=lambda one: one.rank))


def _proposal(state: BodyState, need: Need, juror: Juror, category: JurorCategory, known: Known) -> Proposal:
    mine = known.by_person.get(juror.person, ())
    starts = need.hours.starts_at if need.hours is not None else None
    sat = [one.ends_at for one in mine if one.session != need.session
           and (day_of(one.ends_at) < known.on if starts is None else one.ends_at <= starts)]
    return Proposal(juror.person, category, availability(juror, known.on), max(sat, default=None),
                    juror.person in proposed_for(state, need.session),
                    tuple(obstacles(state, need, juror, category, known)))


def availability(juror: Juror, on: date) -> Availability:
    """A day that is both offered and not is not."""
    if _within(juror.away, on):
        return Availability.AWAY
    return Availability.OFFERED if _within(juror.offered, on) else Availability.NOT_SAID


def _within(spans: Collection[Span], on: date) -> bool:
    return any(one.since <= on <= one.until for one in spans)


def obstacles(state: BodyState, need: Need, juror: Juror, category: JurorCategory, known: Known) -> Iterable[Obstacle]:
    """What the rules refuse first."""
    seat = Seat("", juror.person, Role.JUROR, category)
    mine = known.by_person.get(juror.person, ())
    for candidate in need.candidates:
        yield from _refused(Against.TRAINED, lambda one=candidate: check_impartial((seat,), one.trained_by),
                            candidate=candidate.person)
    for course in sorted(need.courses, key=lambda one: (one.provider, one.certification)):
        yield from _refused(Against.COURSE, lambda one=course: appointing.check_course(
            state, seat, one.provider, one.certification))
    for busy in appointing.clashing(need, juror.person, mine):
        yield from _refused(Against.ELSEWHERE, lambda one=busy: appointing.check_free(need, one.person, (one,)),
                            session=busy.session)
    yield from _shown(state, need, juror, known)


def _refused(kind: Against, check: Callable[[], None], candidate: PersonId | None = None, session: str | None = None
             ) -> Iterable[Obstacle]:
    try:
        check()
    except Refusal as refusal:
        why = Reason(refusal.rule, refusal.text, tuple(refusal.values.items()))
        yield Obstacle(kind, why, True, candidate, session)


def _shown(state: BodyState, need: Need, juror: Juror, known: Known) -> Iterable[Obstacle]:
    """What whoever appoints weighs."""
    if juror.provider in {one.provider for one in need.courses} - {None}:
        yield Obstacle(Against.PROVIDER, Reason("R1.2", N_("Travaille chez l’organisme de formation des candidats.")))
    knows = linked(state, juror.person)
    for one in need.candidates:
        if shares_company(juror, one):
            yield Obstacle(Against.COMPANY, Reason("R1.4", N_("Travaille dans l’entreprise d’un candidat.")),
                           candidate=one.person)
        if one.person in knows:
            yield Obstacle(Against.LINK, Reason("R1.4", N_("A un lien déclaré avec un candidat.")),
                           candidate=one.person)
    if availability(juror, known.on) is Availability.AWAY:
        yield Obstacle(Against.AWAY, Reason("R4.4", N_("A dit ne pas être disponible ce jour-là.")))
    if wants_refresher(juror.trained_on, known.training_months, known.on):
        said = N_("Doit suivre la formation des jurés avant ce jour.") if juror.trained_on is None else N_(
            "Doit suivre de nouveau la formation des jurés avant ce jour : la dernière date de plus de {months} mois.")
        values = () if juror.trained_on is None else (("months", known.training_months),)
        yield Obstacle(Against.TRAINING, Reason("R1.5", said, values))


@rule("R1.4", permits=False)
def shares_company(juror: Juror, candidate: Candidate) -> bool:
    """A person should ask: nobody is recused by it."""
    return juror.company is not None and juror.company == candidate.company
