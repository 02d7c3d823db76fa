"""Adjustments (R10.1): asked for by the candidate, or for them; the medical opinion handed to the disability officer
alone, or shown to them; decided by them. Nothing here says why, and nothing is written in free words."""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from evaluation.candidacy import access
from evaluation.candidacy.registering import check_live
from evaluation.candidacy.state import KIND, CandidacyState
from evaluation.candidacy.terms import (
    Adjustment,
    AdjustmentDecision,
    AdjustmentRequest,
    OpinionGiven,
    Wish,
)
from evaluation.codec import FieldError, decode
from evaluation.deadlines import day_of, due
from evaluation.framework import PHASES
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import Paper
from evaluation.quotes import Quote
from evaluation.rules import N_, Forbidden, Refusal, rule

ADJUSTING = Topic()
ADJUSTED = "candidacy.adjustment_decided"
"""The event that is quoted for an adjustment."""
AdjustmentStatus = Literal["asked", "to_decide", "granted", "nothing", "over"]


@ADJUSTING.command
@dataclass(frozen=True)
class AskAdjustment:
    """`office` quotes that of whoever asks in the candidate's place; None where the candidate asks."""

    wishes: tuple[Wish, ...]
    office: Quote | None = None


@ADJUSTING.command
@dataclass(frozen=True)
class HandOpinion:
    """The candidate hands the medical opinion over, for the disability officer alone."""

    paper: Paper


@ADJUSTING.command
@dataclass(frozen=True)
class SeeOpinion:
    """"Vu le …": the disability officer was shown the medical opinion, and keeps no copy."""

    on: date
    office: Quote


@ADJUSTING.command
@dataclass(frozen=True)
class DecideAdjustment:
    """One without anything in it says that nothing is arranged. A later decision stands in the place of an earlier
    one."""

    adjustment: Adjustment
    office: Quote


@ADJUSTING.event("candidacy.adjustment_asked")
@dataclass(frozen=True)
class AdjustmentAsked:
    wishes: tuple[Wish, ...]
    office: Quote | None


@ADJUSTING.event("candidacy.opinion_handed")
@dataclass(frozen=True)
class OpinionHanded:
    paper: Paper


@ADJUSTING.event("candidacy.opinion_seen")
@dataclass(frozen=True)
class OpinionSeen:
    on: date
    office: Quote


@ADJUSTING.event(ADJUSTED)
@dataclass(frozen=True)
class AdjustmentDecided:
    adjustment: Adjustment
    office: Quote


# Asked for


@ADJUSTING.decides(AskAdjustment)
def ask(state: CandidacyState, command: AskAdjustment, asked: Asked) -> tuple[Any, ...]:
    check_asker(state, command.office, asked)
    check_awaits_jury(state)
    check_wishes(command.wishes)
    pending = state.adjusting.pending
    if pending is not None and set(pending.wishes) == set(command.wishes):
        return ()
    return (AdjustmentAsked(command.wishes, command.office),)


@rule("R10.1", "X15")
def check_asker(state: CandidacyState, office: Quote | None, asked: Asked) -> None:
    """The candidate needs no office; whoever else asks shows theirs."""
    if office is not None:
        access.check_asks(state, office, asked)
    elif asked.actor != state.person:
        raise Forbidden("R10.1", N_("C’est au candidat de demander un aménagement, ou à qui l’inscrit."))


@rule("R10.1")
def check_awaits_jury(state: CandidacyState) -> None:
    check_live(state)
    if state.standing():
        raise Refusal("R10.1", N_("Le jury a déjà statué : il n’y a plus d’épreuve à aménager."))


@rule("R10.1")
def check_wishes(wishes: tuple[Wish, ...]) -> None:
    if not wishes or len({*wishes}) != len(wishes):
        raise Refusal("R10.1", N_("Dites ce qui est demandé : du temps, des pauses, une aide, du matériel."))


@ADJUSTING.evolves(AdjustmentAsked)
def now_asked(state: CandidacyState, event: AdjustmentAsked, happened: Happened) -> CandidacyState:
    one = AdjustmentRequest(happened.position, happened.at, happened.actor, event.wishes)
    return replace(state, adjusting=replace(state.adjusting, asked=(*state.adjusting.asked, one)))


# The medical opinion


@ADJUSTING.decides(HandOpinion)
def hand_opinion(state: CandidacyState, command: HandOpinion, asked: Asked) -> tuple[Any, ...]:
    check_hands(state, asked)
    check_awaits_jury(state)
    check_pending(state)
    return (OpinionHanded(command.paper),)


@rule("R10.1")
def check_hands(state: CandidacyState, asked: Asked) -> None:
    """No other hands a medical opinion in the candidate's place: nobody between them and the officer has it."""
    if asked.actor != state.person:
        raise Forbidden("R10.1", N_("L’avis médical est remis par le candidat lui-même, au référent handicap."))


@rule("R10.1")
def check_pending(state: CandidacyState) -> None:
    if state.adjusting.pending is None:
        raise Refusal("R10.1", N_("Aucune demande d’aménagement n’est en cours : demandez d’abord l’aménagement."))


@ADJUSTING.decides(SeeOpinion)
def see_opinion(state: CandidacyState, command: SeeOpinion, asked: Asked) -> tuple[Any, ...]:
    access.check_adjusts(state, command.office, asked)
    check_awaits_jury(state)
    check_pending(state)
    check_seen(command.on, day_of(asked.now))
    return (OpinionSeen(command.on, command.office),)


@rule("R10.1")
def check_seen(on: date, today: date) -> None:
    if on > today:
        raise Refusal("R10.1", N_("L’avis ne peut pas avoir été vu un jour à venir."))


@ADJUSTING.evolves(OpinionHanded, OpinionSeen)
def now_given(state: CandidacyState, event: OpinionHanded | OpinionSeen, happened: Happened) -> CandidacyState:
    if isinstance(event, OpinionHanded):
        one = OpinionGiven(happened.position, happened.at, paper=event.paper)
    else:
        one = OpinionGiven(happened.position, happened.at, seen_on=event.on)
    return replace(state, adjusting=replace(state.adjusting, opinions=(*state.adjusting.opinions, one)))


# Decided


@ADJUSTING.decides(DecideAdjustment)
def decide(state: CandidacyState, command: DecideAdjustment, asked: Asked) -> tuple[Any, ...]:
    access.check_adjusts(state, command.office, asked)
    check_awaits_jury(state)
    given, known = command.adjustment, state.adjusting
    check_for(state, given)
    check_lengths(given)
    if known.pending is None and known.stands is not None and known.stands.adjustment == given:
        return ()
    return (AdjustmentDecided(given, command.office),)


@rule("R10.1")
def check_for(state: CandidacyState, adjustment: Adjustment) -> None:
    """It was asked for, and rests on a medical opinion, unless nothing is arranged."""
    if adjustment.person != state.person:
        raise Refusal("R10.1", N_("Cet aménagement est celui d’une autre personne."))
    if not state.adjusting.asked:
        raise Refusal("R10.1", N_("Aucun aménagement n’est demandé pour cette personne."))
    if not state.adjusting.opinions and not adjustment.is_nothing:
        raise Refusal("R10.1", N_("L’avis médical n’est pas encore remis : il l’est par le candidat, ou vous l’avez "
                                  "vu un jour que vous notez."))


@rule("R10.1")
def check_lengths(adjustment: Adjustment) -> None:
    """Time is added, and only to what the candidate says or is asked: the content never changes."""
    extra = adjustment.extra_seconds
    if not set(extra) <= set(PHASES) or any(one < 0 for one in (*extra.values(), adjustment.break_minutes)):
        raise Refusal("R10.1", N_("Un aménagement ajoute du temps à la présentation, aux questions ou aux pauses."))


@ADJUSTING.evolves(AdjustmentDecided)
def now_decided(state: CandidacyState, event: AdjustmentDecided, happened: Happened) -> CandidacyState:
    before = state.adjusting.stands
    one = AdjustmentDecision(happened.position, happened.at, happened.actor, event.adjustment)
    adjusting = replace(state.adjusting, decided=(*state.adjusting.decided, one))
    return replace(state, adjusting=adjusting).correcting(before.position if before is not None else None)


# What it means


def adjustment_status(state: CandidacyState) -> AdjustmentStatus:
    """How far the last request is."""
    if state.withdrawn is not None or (state.standing() and state.adjusting.pending):
        return "over"
    pending = state.adjusting.pending
    if pending is not None:
        return "to_decide" if state.adjusting.opinions else "asked"
    return "granted" if state.adjusting.granted is not None else "nothing"


@rule("X1", permits=())
def opinions_to_delete(state: CandidacyState, today: date) -> tuple[Paper, ...]:
    """The medical opinions that are needed no more: the decision on them can be contested no longer, or nothing is
    left to decide."""
    over = adjustment_status(state) == "over"
    return tuple(one.paper for one in state.adjusting.opinions
                 if one.paper is not None and (over or _settled(state, one, today)))


def _settled(state: CandidacyState, opinion: OpinionGiven, today: date) -> bool:
    """From the last decision on: one that corrects another may be contested in its turn."""
    last = state.adjusting.stands
    if last is None or last.position < opinion.position or state.adjusting.pending is not None:
        return False
    return due(day_of(last.at), months=state.certification.opinion_months) < today


def quoted(quote: Quote) -> Adjustment:
    """The adjustment that is quoted. Refusal for a quote of anything else."""
    if (quote.kind, quote.event) != (KIND, ADJUSTED):
        raise Refusal("R10.1", N_("Ce qui est cité n’est pas un aménagement décidé."))
    try:
        return decode(Adjustment, quote.data.get("adjustment"))
    except FieldError as error:
        raise Refusal("R10.1", N_("Ce qui est cité ne peut être lu : {why}"), why=str(error)) from None
