"""The minutes of a sitting: completed, shown whole, signed by each who decided, sealed. Nothing changes after, but by a
new document that names the old (R3.9, X7)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import Paper, PersonId, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Forbidden, Refusal, rule
from evaluation.sitting import access
from evaluation.sitting.questioning import check_open
from evaluation.sitting.state import Completed, Minutes, Signing, SittingState
from evaluation.sitting.terms import CandidacyId
from evaluation.sitting.who_sits import on_whole_sitting

MINUTES = Topic()
SignedWith = Literal["passkey", "one_time_code", "mailed_code"]


@MINUTES.command
@dataclass(frozen=True)
class CompleteMinutes:
    """What the journal does not say. By the president, or by the clerk, who shows their office."""

    words: Words
    office: Quote | None = None


@MINUTES.command
@dataclass(frozen=True)
class PresentMinutes:
    """`paper` is shown whole to be signed. After the minutes are sealed: an addition to them."""

    paper: Paper
    office: Quote | None = None


@MINUTES.command
@dataclass(frozen=True)
class TakeBackMinutes:
    """What is presented is wrong: its signatures count no more, and it is presented anew."""

    number: int
    words: Words
    office: Quote | None = None


@MINUTES.command
@dataclass(frozen=True)
class SignMinutes:
    """`digest` is that of the paper which was shown; `level` with what somebody proved who they are."""

    number: int
    digest: str
    level: SignedWith


@MINUTES.command
@dataclass(frozen=True)
class AttachSignedScan:
    """The paper that was signed by hand, in place of signatures here."""

    number: int
    scan: Paper
    office: Quote


@MINUTES.event("sitting.minutes_completed")
@dataclass(frozen=True)
class MinutesCompleted:
    words: Words
    office: Quote | None


@MINUTES.event("sitting.minutes_presented")
@dataclass(frozen=True)
class MinutesPresented:
    """`signers` are those who sign; `amends` is the number of the sealed minutes that it adds to."""

    paper: Paper
    office: Quote | None
    number: int
    signers: tuple[PersonId, ...]
    amends: int | None


@MINUTES.event("sitting.minutes_taken_back")
@dataclass(frozen=True)
class MinutesTakenBack:
    number: int
    words: Words
    office: Quote | None


@MINUTES.event("sitting.minutes_signed")
@dataclass(frozen=True)
class MinutesSigned:
    """`apart` are the candidacies on which the member did not decide."""

    number: int
    digest: str
    level: SignedWith
    apart: tuple[CandidacyId, ...]


@MINUTES.event("sitting.scan_attached")
@dataclass(frozen=True)
class ScanAttached:
    number: int
    scan: Paper
    office: Quote


# Completed, and presented


@MINUTES.decides(CompleteMinutes)
def complete(state: SittingState, command: CompleteMinutes, asked: Asked) -> tuple[Any, ...]:
    access.check_president_or_clerk(state, command.office, asked)
    check_open(state)
    check_not_presented(state)
    return (MinutesCompleted(command.words, command.office),)


@rule("R3.9")
def check_not_presented(state: SittingState) -> None:
    """What is shown to be signed does not change."""
    if state.presented is not None:
        raise Refusal("R3.9", N_("Le procès-verbal est présenté à la signature : reprenez-le pour le changer."))


@MINUTES.evolves(MinutesCompleted)
def completed(state: SittingState, event: MinutesCompleted, happened: Happened) -> SittingState:
    one = Completed(happened.at, happened.actor, event.words, happened.position)
    return replace(state, completed=(*state.completed, one), changed=happened.position)


@MINUTES.decides(PresentMinutes)
def present(state: SittingState, command: PresentMinutes, asked: Asked) -> tuple[Any, ...]:
    access.check_president_or_clerk(state, command.office, asked)
    check_open(state)
    check_not_presented(state)
    check_all_decided(state)
    check_adds(state)
    sealed = state.sealed
    return (MinutesPresented(command.paper, command.office, len(state.minutes) + 1, signers(state),
                             sealed.number if sealed is not None else None),)


@rule("R3.9")
def check_all_decided(state: SittingState) -> None:
    """On each candidate of the agenda, or they are taken off it."""
    if any(one.decided is None for one in state.agenda.values()):
        raise Refusal("R3.9", N_("Il reste des candidats sur lesquels rien n’est décidé : décidez, ou retirez-les de "
                                 "l’ordre du jour."))


@rule("R3.9")
def check_adds(state: SittingState) -> None:
    """An addition to sealed minutes says something: what was written since."""
    last = max((one.position for one in state.minutes if one.sealed is not None), default=0)
    if last and not any(one.position > last for one in state.completed):
        raise Refusal("R3.9", N_("Le procès-verbal est scellé : écrivez d’abord ce que le complément doit dire."))


def threes(state: SittingState) -> tuple[tuple[PersonId, ...], ...]:
    """Who decided, candidate by candidate; who sat where there was nobody to decide on."""
    decided = tuple(one.decided.ruling.by for one in state.agenda.values() if one.decided is not None)
    return decided or (tuple(one for one in on_whole_sitting(state).values() if one is not None),)


def signers(state: SittingState) -> tuple[PersonId, ...]:
    """Each of them once."""
    return tuple(dict.fromkeys(person for three in threes(state) for person in three))


@MINUTES.evolves(MinutesPresented)
def presented(state: SittingState, event: MinutesPresented, happened: Happened) -> SittingState:
    one = Minutes(event.number, happened.position, happened.at, event.paper, event.signers, event.amends)
    return state.with_minutes(one, happened.position)


@MINUTES.decides(TakeBackMinutes)
def take_back(state: SittingState, command: TakeBackMinutes, asked: Asked) -> tuple[Any, ...]:
    access.check_president_or_clerk(state, command.office, asked)
    standing(state, command.number)
    return (MinutesTakenBack(command.number, command.words, command.office),)


def standing(state: SittingState, number: int) -> Minutes:
    """What is presented under this number. Refusal R3.9 where something else is, or nothing."""
    found = state.presented
    if found is None or found.number != number:
        raise Refusal("R3.9", N_("Ce document n’est plus celui qui est présenté à la signature : rouvrez la page."))
    return found


@MINUTES.evolves(MinutesTakenBack)
def taken_back(state: SittingState, event: MinutesTakenBack, happened: Happened) -> SittingState:
    one = next(each for each in state.minutes if each.number == event.number)
    return state.with_minutes(replace(one, taken_back=event.words), happened.position)


# Signed


@MINUTES.decides(SignMinutes)
def sign(state: SittingState, command: SignMinutes, asked: Asked) -> tuple[Any, ...]:
    minutes = standing(state, command.number)
    check_same_paper(minutes, command.digest)
    check_signs(minutes, asked.actor)
    check_all_decided(state)
    return (MinutesSigned(command.number, command.digest, command.level, apart(state, asked.actor)),)


@rule("X7")
def check_same_paper(minutes: Minutes, digest: str) -> None:
    """Everybody signs what everybody was shown."""
    if digest != minutes.paper.digest:
        raise Refusal("X7", N_("Ce que vous avez lu n’est pas le document présenté : rouvrez la page et relisez-le."))


@rule("X7")
def check_signs(minutes: Minutes, actor: PersonId) -> None:
    """Once, and by who decided. Raises Refusal."""
    if actor not in minutes.signers:
        raise Forbidden("X7", N_("Vous n’avez décidé sur aucun de ces candidats : vous ne signez pas le "
                                 "procès-verbal."))
    if actor in minutes.signatures or minutes.scan is not None:
        raise Refusal("X7", N_("Vous avez déjà signé ce procès-verbal, ici ou à la main."))


def apart(state: SittingState, person: PersonId) -> tuple[CandidacyId, ...]:
    """On whom somebody did not decide: recused, replaced, or kept from it."""
    return tuple(one.candidacy for one in state.agenda.values()
                 if one.decided is not None and person not in one.decided.ruling.by)


@MINUTES.evolves(MinutesSigned)
def signed(state: SittingState, event: MinutesSigned, happened: Happened) -> SittingState:
    """What was noted of who did not sign is withdrawn."""
    minutes = state.minutes[-1]
    one = Signing(event.level, happened.at, event.apart)
    signatures = {**minutes.signatures, happened.actor: one}
    others = {person: each for person, each in minutes.not_signing.items() if person != happened.actor}
    return state.with_minutes(replace(minutes, signatures=signatures, not_signing=others), happened.position)


@MINUTES.decides(AttachSignedScan)
def attach(state: SittingState, command: AttachSignedScan, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state.body, command.office, asked)
    minutes = standing(state, command.number)
    check_no_scan(minutes)
    check_all_decided(state)
    return (ScanAttached(command.number, command.scan, command.office),)


@rule("X7")
def check_no_scan(minutes: Minutes) -> None:
    if minutes.scan is not None or not minutes.unsigned:
        raise Refusal("X7", N_("Ce procès-verbal est déjà signé."))


@MINUTES.evolves(ScanAttached)
def attached(state: SittingState, event: ScanAttached, happened: Happened) -> SittingState:
    return state.with_minutes(replace(state.minutes[-1], scan=event.scan), happened.position)
