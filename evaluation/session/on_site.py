"""Who is on site, where no camera is needed: nothing is published from there, and several may sit at one camera (X13).

Of a hearing that is held on site, everybody is. Of one that is held on site and remotely, whoever says so.
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import Role, Seat, SeatId
from evaluation.rules import N_, Refusal, rule
from evaluation.session.phases import OVER
from evaluation.session.state import Hearing, SessionState

TOPIC = Topic()
FILMED = frozenset({Role.CANDIDATE, Role.AID, Role.JUROR})
"""Whose camera is needed where they are not on site."""


@TOPIC.command
@dataclass(frozen=True)
class SitOnSite:
    """Somebody says that they are in the room. `camera` is the seat whose camera shows them, if any does."""

    camera: SeatId | None = None


@TOPIC.command
@dataclass(frozen=True)
class SitApart:
    """Somebody is at a camera of their own again."""


@TOPIC.event("session.sat_on_site")
@dataclass(frozen=True)
class SatOnSite:
    seat: SeatId
    camera: SeatId | None


@TOPIC.event("session.sat_apart")
@dataclass(frozen=True)
class SatApart:
    seat: SeatId


@rule("X13", permits=False)
def is_on_site(state: SessionState, hearing: Hearing | None, seat: SeatId) -> bool:
    """Whether somebody attends a hearing in person; with no hearing, whether they attend the day so."""
    if hearing is None:
        return seat in state.on_site and not _all_remote(state)
    return hearing.mode == "on_site" or (hearing.mode == "mixed" and seat in state.on_site)


def at_camera(state: SessionState, hearing: Hearing | None, seat: SeatId) -> SeatId | None:
    """The seat whose camera shows them, while that one is at a camera."""
    if hearing is None or hearing.mode != "mixed":
        return None
    camera = state.on_site.get(seat)
    return camera if camera is not None and not is_on_site(state, hearing, camera) else None


@rule("X13")
def check_on_camera(state: SessionState, hearing: Hearing) -> None:
    """What is asked of a camera is asked of somebody who has one."""
    if is_on_site(state, hearing, hearing.candidate.id):
        raise Refusal("X13", N_("La personne est sur place : aucune caméra ne la montre. Regardez-la, et sa pièce "
                                "d’identité, de vos yeux."))


@rule("X13")
def check_may_sit_on_site(state: SessionState, seat: Seat) -> None:
    """Whoever is filmed otherwise says so, for a hearing that is held on site and remotely."""
    if seat.role not in FILMED or not any(one.mode == "mixed" for one in _to_come(state, seat)):
        raise Refusal("X13", N_("Aucune de vos épreuves ne se tient à la fois sur place et à distance. La personne qui "
                                "organise la session peut le changer sur la page de la journée."))


@rule("X13")
def check_shows(state: SessionState, seat: SeatId, camera: SeatId | None) -> None:
    """One is shown by the camera of somebody else who attends and has one."""
    shown_by = state.seat(camera) if camera is not None else None
    without = camera == seat or camera in state.on_site or shown_by is None or shown_by.role not in FILMED
    if camera is not None and without:
        raise Refusal("X13", N_("Cette place n’a pas de caméra qui vous montre : choisissez une personne assise devant "
                                "la sienne."))


def _to_come(state: SessionState, seat: Seat) -> Iterable[Hearing]:
    own = state.hearing_of(seat)
    held = state.hearings.values() if seat.role is Role.JUROR else (own,) if own is not None else ()
    return (one for one in held if one.phase not in OVER)


def _all_remote(state: SessionState) -> bool:
    return all(one.mode == "remote" for one in state.hearings.values())


@TOPIC.decides(SitOnSite)
def sit_on_site(state: SessionState, command: SitOnSite, asked: Asked) -> tuple[object, ...]:
    seat = state.seat(asked.actor)
    assert seat is not None
    check_may_sit_on_site(state, seat)
    check_shows(state, seat.id, command.camera)
    there = seat.id in state.on_site and state.on_site[seat.id] == command.camera
    return () if there else (SatOnSite(seat.id, command.camera),)


@TOPIC.decides(SitApart)
def sit_apart(state: SessionState, command: SitApart, asked: Asked) -> tuple[object, ...]:
    return (SatApart(asked.actor),) if asked.actor in state.on_site else ()


@TOPIC.evolves(SatOnSite, SatApart)
def sat(state: SessionState, event: SatOnSite | SatApart, happened: Happened) -> SessionState:
    others = {seat: camera for seat, camera in state.on_site.items() if seat != event.seat}
    return replace(state, on_site={**others, event.seat: event.camera} if isinstance(event, SatOnSite) else others)
