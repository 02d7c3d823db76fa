"""Who else has a seat on the day, given and taken back: aids of a candidate, observers, a deputy of the organizer; and
how a hearing is held (R2.3, R4.4, R10.1, X13)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.deadlines import day_of
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, Role, Seat, SeatId, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.session.adding import day
from evaluation.session.notice_rules import told_where
from evaluation.session.phases import OVER
from evaluation.session.planning import check_new_seats, check_office
from evaluation.session.scheduling import check_not_begun, check_reason
from evaluation.session.state import Hearing, SessionState
from evaluation.session.terms import Mode

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class AddAid:
    """Somebody who helps a candidate, on the day too."""

    hearing: HearingId
    aid: Seat


@TOPIC.command
@dataclass(frozen=True)
class RemoveAid:
    hearing: HearingId
    seat: SeatId


@TOPIC.command
@dataclass(frozen=True)
class AddObserver:
    observer: Seat


@TOPIC.command
@dataclass(frozen=True)
class RemoveObserver:
    seat: SeatId


@TOPIC.command
@dataclass(frozen=True)
class NameDeputy:
    """R4.4: somebody who organizes the day beside the organizer, or in their place. `office` quotes the grant of their
    own office at the provider."""

    deputy: Seat
    office: Quote


@TOPIC.command
@dataclass(frozen=True)
class DismissDeputy:
    seat: SeatId


@TOPIC.command
@dataclass(frozen=True)
class ChangeMode:
    """X13: remote, on site, or both. `words` say why, once the notice is given."""

    hearing: HearingId
    mode: Mode
    words: Words | None = None


@TOPIC.command
@dataclass(frozen=True)
class NamePlace:
    """Where whoever comes in person is expected (X13)."""

    words: Words


@TOPIC.event("session.aid_added")
@dataclass(frozen=True)
class AidAdded:
    hearing: HearingId
    aid: Seat


@TOPIC.event("session.aid_removed")
@dataclass(frozen=True)
class AidRemoved:
    hearing: HearingId
    seat: SeatId


@TOPIC.event("session.observer_added")
@dataclass(frozen=True)
class ObserverAdded:
    observer: Seat


@TOPIC.event("session.observer_removed")
@dataclass(frozen=True)
class ObserverRemoved:
    seat: SeatId


@TOPIC.event("session.deputy_named")
@dataclass(frozen=True)
class DeputyNamed:
    deputy: Seat
    office: Quote


@TOPIC.event("session.deputy_dismissed")
@dataclass(frozen=True)
class DeputyDismissed:
    seat: SeatId


@TOPIC.event("session.mode_changed")
@dataclass(frozen=True)
class ModeChanged:
    hearing: HearingId
    mode: Mode
    words: Words | None


@TOPIC.event("session.place_named")
@dataclass(frozen=True)
class PlaceNamed:
    words: Words


# Given


@TOPIC.decides(AddAid)
def add_aid(state: SessionState, command: AddAid, asked: Asked) -> tuple[object, ...]:
    check_not_over(state.hearing(command.hearing))
    if command.aid.role is not Role.AID or command.aid.hearing != command.hearing:
        raise Refusal("R10.1", N_("Une aide siège dans l’épreuve de la personne qu’elle aide."))
    check_fresh(state, command.aid)
    return (AidAdded(command.hearing, command.aid),)


@TOPIC.decides(AddObserver)
def add_observer(state: SessionState, command: AddObserver, asked: Asked) -> tuple[object, ...]:
    if command.observer.role is not Role.OBSERVER:
        raise Refusal("R2.3", N_("Qui observe a ce rôle, et aucun autre."))
    check_fresh(state, command.observer)
    return (ObserverAdded(command.observer),)


@TOPIC.decides(NameDeputy)
def name_deputy(state: SessionState, command: NameDeputy, asked: Asked) -> tuple[object, ...]:
    if command.deputy.role is not Role.ORGANIZER:
        raise Refusal("R4.4", N_("Qui supplée organise la journée : donnez-lui ce rôle."))
    check_office(command.office, command.deputy, state.body, state.provider, max(day_of(asked.now), day(state)))
    check_fresh(state, command.deputy)
    return (DeputyNamed(command.deputy, command.office),)


@rule("X11")
def check_fresh(state: SessionState, seat: Seat) -> None:
    """A seat that was taken back is not given again: it is somebody's in what is written. Nor are two to one person
    where one does."""
    check_new_seats((*state.seats(), *state.former), (seat,))
    if (seat.person, seat.role, seat.hearing) in {(one.person, one.role, one.hearing) for one in state.seats()}:
        raise Refusal("X11", N_("Cette personne a déjà cette place."))


@rule("R4.4")
def check_not_over(hearing: Hearing) -> None:
    if hearing.phase in OVER:
        raise Refusal("R4.4", N_("Cette épreuve est terminée ou annulée : rien n’y change plus."))


@TOPIC.evolves(AidAdded)
def aid_added(state: SessionState, event: AidAdded, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    return state.with_hearing(replace(hearing, aids=(*hearing.aids, event.aid)))


@TOPIC.evolves(ObserverAdded)
def observer_added(state: SessionState, event: ObserverAdded, happened: Happened) -> SessionState:
    return replace(state, observers=(*state.observers, event.observer))


@TOPIC.evolves(DeputyNamed)
def deputy_named(state: SessionState, event: DeputyNamed, happened: Happened) -> SessionState:
    return replace(state, deputies=(*state.deputies, event.deputy))


# Taken back


@TOPIC.decides(RemoveAid)
def remove_aid(state: SessionState, command: RemoveAid, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_not_over(hearing)
    check_there(command.seat, hearing.aids)
    return (AidRemoved(command.hearing, command.seat),)


@TOPIC.decides(RemoveObserver)
def remove_observer(state: SessionState, command: RemoveObserver, asked: Asked) -> tuple[object, ...]:
    check_there(command.seat, state.observers)
    return (ObserverRemoved(command.seat),)


@TOPIC.decides(DismissDeputy)
def dismiss_deputy(state: SessionState, command: DismissDeputy, asked: Asked) -> tuple[object, ...]:
    check_there(command.seat, state.deputies)
    return (DeputyDismissed(command.seat),)


@rule("R4.4")
def check_there(seat: SeatId, seats: tuple[Seat, ...]) -> None:
    if seat not in {one.id for one in seats}:
        raise Refusal("R4.4", N_("Cette personne n’a pas, ou n’a plus, cette place."))


@TOPIC.evolves(AidRemoved)
def aid_removed(state: SessionState, event: AidRemoved, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    left = replace(hearing, aids=_but(hearing.aids, event.seat))
    return _without(state, event.seat).with_hearing(left)


@TOPIC.evolves(ObserverRemoved)
def observer_removed(state: SessionState, event: ObserverRemoved, happened: Happened) -> SessionState:
    return replace(_without(state, event.seat), observers=_but(state.observers, event.seat))


@TOPIC.evolves(DeputyDismissed)
def deputy_dismissed(state: SessionState, event: DeputyDismissed, happened: Happened) -> SessionState:
    return replace(_without(state, event.seat), deputies=_but(state.deputies, event.seat))


def _without(state: SessionState, seat: SeatId) -> SessionState:
    """The seat's name stays in what is written; nobody is there any more."""
    gone = tuple(one for one in state.seats() if one.id == seat)
    return replace(state, former=(*state.former, *gone), present=state.present - {seat})


def _but(seats: tuple[Seat, ...], seat: SeatId) -> tuple[Seat, ...]:
    return tuple(one for one in seats if one.id != seat)


# How and where


@TOPIC.decides(ChangeMode)
def change_mode(state: SessionState, command: ChangeMode, asked: Asked) -> tuple[object, ...]:
    """Nothing, where it is held so already."""
    hearing = state.hearing(command.hearing)
    check_not_begun(hearing)
    check_reason(hearing, command.words)
    return () if hearing.mode == command.mode else (ModeChanged(command.hearing, command.mode, command.words),)


@TOPIC.evolves(ModeChanged)
def mode_changed(state: SessionState, event: ModeChanged, happened: Happened) -> SessionState:
    changed = state.with_hearing(replace(state.hearing(event.hearing), mode=event.mode))
    return told_where(state, changed, happened.at)


@TOPIC.decides(NamePlace)
def name_place(state: SessionState, command: NamePlace, asked: Asked) -> tuple[object, ...]:
    return (PlaceNamed(command.words),)


@TOPIC.evolves(PlaceNamed)
def place_named(state: SessionState, event: PlaceNamed, happened: Happened) -> SessionState:
    return told_where(state, replace(state, place=event.words), happened.at)
