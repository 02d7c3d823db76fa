"""Who sits in the room itself, where no camera is needed: nothing is published from there (X13).

Of a sitting that is held on site, everybody does. Of one that is held on site and remotely, whoever says so.
"""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import PersonId
from evaluation.rules import N_, Refusal, rule
from evaluation.sitting import access
from evaluation.sitting.seeing import is_over
from evaluation.sitting.state import SittingState

ON_SITE = Topic()


@ON_SITE.command
@dataclass(frozen=True)
class SitOnSite:
    """Somebody says that they are in the room."""


@ON_SITE.command
@dataclass(frozen=True)
class SitApart:
    """Somebody is at a camera of their own again."""


@ON_SITE.event("sitting.sat_on_site")
@dataclass(frozen=True)
class SatOnSite:
    person: PersonId


@ON_SITE.event("sitting.sat_apart")
@dataclass(frozen=True)
class SatApart:
    person: PersonId


@rule("X13", permits=False)
def is_on_site(state: SittingState, person: PersonId) -> bool:
    return state.mode == "on_site" or (state.mode == "mixed" and person in state.on_site)


@rule("X13")
def check_may_sit_on_site(state: SittingState, person: PersonId) -> None:
    """Somebody of a sitting that is held both ways."""
    access.check_comes(state, person)
    if state.mode != "mixed" or is_over(state):
        raise Refusal("X13", N_("Cette séance ne se tient pas à la fois sur place et à distance, ou elle est "
                                "terminée."))


@ON_SITE.decides(SitOnSite)
def sit_on_site(state: SittingState, _command: SitOnSite, asked: Asked) -> tuple[object, ...]:
    check_may_sit_on_site(state, asked.actor)
    return () if asked.actor in state.on_site else (SatOnSite(asked.actor),)


@ON_SITE.decides(SitApart)
def sit_apart(state: SittingState, _command: SitApart, asked: Asked) -> tuple[object, ...]:
    check_may_sit_on_site(state, asked.actor)
    return (SatApart(asked.actor),) if asked.actor in state.on_site else ()


@ON_SITE.evolves(SatOnSite, SatApart)
def sat(state: SittingState, event: SatOnSite | SatApart, _happened: Happened) -> SittingState:
    others = state.on_site - {event.person}
    return replace(state, on_site=others | {event.person} if isinstance(event, SatOnSite) else others)
