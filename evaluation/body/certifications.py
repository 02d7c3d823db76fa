"""Which version of which certification is in force, and which code has taken another's place (R1.1)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evaluation.body import access
from evaluation.body.state import BodyState, InForce
from evaluation.body.terms import Certification, Superseding
from evaluation.codec import FieldError, decode
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import BODY_KIND
from evaluation.quoted_events import CERTIFICATION_SUPERSEDED
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

CERTIFICATIONS = Topic()
PUT_IN_FORCE = "body.framework_put_in_force"


@CERTIFICATIONS.command
@dataclass(frozen=True)
class PutFrameworkInForce:
    """`certification` is the server's, made of a framework of its own: never a browser's."""

    certification: Certification
    since: date


@CERTIFICATIONS.command
@dataclass(frozen=True)
class SupersedeCertification:
    """From a day on another code, which is in force by then, has taken this one's place."""

    code: str
    by: str
    since: date


@CERTIFICATIONS.event(PUT_IN_FORCE)
@dataclass(frozen=True)
class FrameworkPutInForce:
    certification: Certification
    since: date


@CERTIFICATIONS.event(CERTIFICATION_SUPERSEDED)
@dataclass(frozen=True)
class CertificationSuperseded:
    code: str
    by: str
    since: date


@CERTIFICATIONS.decides(PutFrameworkInForce)
def put_in_force(state: BodyState, command: PutFrameworkInForce, asked: Asked) -> tuple[Any, ...]:
    access.as_clerk(state, asked)
    check_new(state, command.certification, command.since)
    return (FrameworkPutInForce(command.certification, command.since),)


@rule("R1.1")
def check_new(state: BodyState, certification: Certification, since: date) -> None:
    """A version is put in force once: after those that are known, or before them all (X8: juries of before the platform
    ruled under it)."""
    known = {one.certification.version: one.since for one in state.in_force
             if one.certification.code == certification.code}
    if certification.version in known:
        raise Refusal("R1.1", N_("La version {version} de {code} est déjà en vigueur."),
                      version=certification.version, code=certification.code)
    if known and min(known.values()) <= since <= max(known.values()):
        raise Refusal("R1.1", N_("Une version de {code} est déjà en vigueur depuis le {since}."),
                      code=certification.code, since=max(known.values()).isoformat())


@CERTIFICATIONS.evolves(FrameworkPutInForce)
def now_in_force(state: BodyState, event: FrameworkPutInForce, happened: Happened) -> BodyState:
    return replace(state, in_force=(*state.in_force, InForce(event.certification, event.since, happened.position)))


@CERTIFICATIONS.decides(SupersedeCertification)
def supersede(state: BodyState, command: SupersedeCertification, asked: Asked) -> tuple[Any, ...]:
    access.as_clerk(state, asked)
    check_supersedes(state, command)
    return (CertificationSuperseded(command.code, command.by, command.since),)


@rule("R1.1")
def check_supersedes(state: BodyState, command: SupersedeCertification) -> None:
    known = {one.certification.code for one in state.in_force}
    if command.code not in known or version_on(state, command.by, command.since) is None:
        raise Refusal("R1.1", N_("{by} n’est pas en vigueur à cette date, ou {code} ne l’a jamais été."),
                      by=command.by, code=command.code)
    if command.code in state.superseded:
        raise Refusal("R1.1", N_("{code} est déjà remplacée."), code=command.code)
    if code_on(state, command.by, date.max) == command.code:
        raise Refusal("R1.1", N_("{code} remplace elle-même {by}."), code=command.code, by=command.by)


@CERTIFICATIONS.evolves(CertificationSuperseded)
def superseded(state: BodyState, event: CertificationSuperseded, _happened: Happened) -> BodyState:
    return replace(state, superseded={**state.superseded, event.code: Superseding(event.by, event.since)})


def version_on(state: BodyState, code: str, day: date) -> InForce | None:
    """The version of a certification that is in force on a day."""
    found = [one for one in state.in_force if one.certification.code == code and one.since <= day]
    return max(found, key=lambda one: one.since, default=None)


@rule("R1.1", permits="")
def code_on(state: BodyState, code: str, day: date) -> str:
    """The code under which a certification is known on a day: what papers of that day print."""
    following = state.superseded.get(code)
    while following is not None and following.since <= day:
        code = following.by
        following = state.superseded.get(code)
    return code


# Certifications shown in another stream


@rule("R1.1")
def check_quoted(quote: Quote, on: date) -> None:
    """The quote puts a version in force, by this day. Raises Refusal."""
    if quoted(quote).since > on:
        raise Refusal("R1.1", N_("Cette version du référentiel n’est pas encore en vigueur."))


def quoted(quote: Quote) -> FrameworkPutInForce:
    """The version that is quoted. Refusal for a quote of anything else."""
    if (quote.kind, quote.event) != (BODY_KIND, PUT_IN_FORCE):
        raise Refusal("R1.1", N_("Ce qui est cité n’est pas un référentiel en vigueur."))
    try:
        return decode(FrameworkPutInForce, dict(quote.data))
    except FieldError as error:
        raise Refusal("R1.1", N_("Ce qui est cité ne peut être lu : {why}"), why=str(error)) from None
