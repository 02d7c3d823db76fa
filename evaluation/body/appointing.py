"""What stands against somebody's sitting on a day, asked before the decision stands, of the rules that the session asks
too (R1.2)."""
from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from evaluation.body.asking import check_category
from evaluation.body.state import BodyState, Standing
from evaluation.body.terms import Course, Hours
from evaluation.candidacy import registering
from evaluation.candidacy.terms import Enrolment
from evaluation.codec import FieldError, decode
from evaluation.offices import ProviderId
from evaluation.people import JurorCategory, PersonId, Role, Seat, SeatId
from evaluation.quoted_events import HEARING_ADDED
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.session.jury import check_composition, check_impartial, check_no_course
from evaluation.slots import Busy

"""The event of a day that is quoted for one of its candidates: it holds the registration on which the hearing rests."""


@dataclass(frozen=True)
class Candidate:
    """What a jury's composition needs of a candidate."""

    person: PersonId
    course: Course
    company: str | None = None
    trained_by: tuple[PersonId, ...] = ()


@dataclass(frozen=True)
class Need:
    """A day, or one hearing of it, that wants jurors. `courses` are those of its candidates."""

    session: str
    courses: frozenset[Course]
    candidates: tuple[Candidate, ...] = ()
    hours: Hours | None = None


def quoted(quote: Quote) -> Candidate:
    """The candidate of the hearing, or of the registration, that is quoted. Refusal for a quote of anything else."""
    if quote.event != HEARING_ADDED:
        return candidate_of(registering.quoted(quote))
    try:
        return candidate_of(registering.quoted(decode(Quote, quote.data.get("candidacy"))))
    except FieldError as error:
        raise Refusal("R1.2", N_("Ce qui est cité ne peut être lu : {why}"), why=str(error)) from None


def candidate_of(enrolment: Enrolment) -> Candidate:
    return Candidate(enrolment.person, Course(enrolment.provider, enrolment.certification), enrolment.company,
                     enrolment.trained_by)


def need_of(state: BodyState, session: str, candidates: tuple[Candidate, ...], hours: Hours | None) -> Need:
    """The candidates' courses, and that for which the jury was asked."""
    asked = state.requests.get(session)
    courses = {one.course for one in candidates}
    if asked is not None:
        courses.add(Course(asked.provider, asked.certification))
    return Need(session, frozenset(courses), candidates, hours)


def check_jury(state: BodyState, need: Need, jurors: Collection[Seat], elsewhere: Iterable[Busy]) -> None:
    check_composition(jurors)
    known = tuple(elsewhere)
    for seat in jurors:
        check_seat(state, need, seat, known)


def check_substitute(state: BodyState, need: Need, replaced: SeatId, seat: Seat, elsewhere: Iterable[Busy]) -> None:
    """Whoever comes completes the jury as the one who leaves did; of a jury that is not known here, the session looks
    at who stays."""
    if seat.role is not Role.JUROR:
        raise Refusal("R1.2", N_("Un jury d’évaluation est fait de jurés."))
    jury = state.juries.get(need.session)
    leaves = next((one for one in jury.jurors if one.id == replaced), None) if jury is not None else None
    if jury is not None and leaves is not None:
        staying = {one.category: one for one in jury.jurors if one.category != leaves.category}
        check_composition((*staying.values(), seat))
    check_seat(state, need, seat, tuple(elsewhere))


def check_seat(state: BodyState, need: Need, seat: Seat, elsewhere: Collection[Busy]) -> None:
    """All that keeps one person from one place of the jury."""
    check_not_retired(state, seat.person)
    check_category(state, seat.person, seat.category)
    for one in need.candidates:
        check_impartial((seat,), one.trained_by)
    for course in need.courses:
        check_course(state, seat, course.provider, course.certification)
    check_free(need, seat.person, elsewhere)


@rule("R1.2")
def check_not_retired(state: BodyState, person: PersonId) -> None:
    known = state.pool.get(person)
    if known is not None and known.standing is Standing.RETIRED:
        raise Refusal("R1.2", N_("Cette personne n’est plus dans le vivier."))


def check_course(state: BodyState, seat: Seat, provider: ProviderId, certification: str) -> None:
    check_no_course(courses_of(state, (seat,)), provider, certification)


def courses_of(state: BodyState, seats: Iterable[Seat]) -> tuple[Course, ...]:
    """The courses of whoever of these sits in the trainer's seat."""
    trainers = (state.pool.get(one.person) for one in seats if one.category is JurorCategory.TRAINER)
    return tuple(course for one in trainers if one is not None for course in one.juror.courses)


@rule("R4.4")
def check_free(need: Need, person: PersonId, elsewhere: Collection[Busy]) -> None:
    """Nobody sits on two days at one hour."""
    if clashing(need, person, elsewhere):
        raise Refusal("R4.4", N_("Cette personne siège déjà sur une autre journée à la même heure."))


def clashing(need: Need, person: PersonId, elsewhere: Iterable[Busy]) -> tuple[Busy, ...]:
    """Where somebody is expected while this jury sits."""
    if need.hours is None:
        return ()
    starts, ends = need.hours.starts_at, need.hours.ends_at
    return tuple(one for one in elsewhere if one.person == person and one.session != need.session
                 and one.starts_at < ends and starts < one.ends_at)
