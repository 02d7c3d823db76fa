"""The awarding body begins, with its first clerk: the first account of the platform."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evaluation.body.granting import OfficeGranted
from evaluation.body.state import BodyState
from evaluation.deadlines import day_of
from evaluation.field_values import written
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import Office, OfficeId, OfficeRole
from evaluation.people import SYSTEM, PersonId
from evaluation.rules import N_, Forbidden, Refusal, rule

FOUNDING = Topic()


@FOUNDING.command
@dataclass(frozen=True)
class FoundBody:
    """By the platform itself. `office` is the id of the first clerk's office, held by `clerk`."""

    body: str
    name: str
    office: OfficeId
    clerk: PersonId


@FOUNDING.event("body.founded")
@dataclass(frozen=True)
class BodyFounded:
    body: str
    name: str


@FOUNDING.decides(FoundBody)
def found(_state: None, command: FoundBody, asked: Asked) -> tuple[Any, ...]:
    check_founding(command, asked)
    office = Office(command.office, command.clerk, OfficeRole.CLERK, day_of(asked.now))
    return (BodyFounded(command.body, command.name), OfficeGranted(office, None, SYSTEM, ""))


@rule("X15")
def check_founding(command: FoundBody, asked: Asked) -> None:
    if asked.actor != SYSTEM:
        raise Forbidden("X15", N_("Un organisme certificateur est ouvert par la plateforme elle-même."))
    if not all(written(text) for text in (command.body, command.name, command.office, command.clerk)):
        raise Refusal("X15", N_("Un organisme certificateur a un nom et un premier responsable de secrétariat."))


@FOUNDING.evolves(BodyFounded)
def founded(_state: None, event: BodyFounded, happened: Happened) -> BodyState:
    return BodyState(event.body, event.name, day_of(happened.at))
