"""What a sitting rules on: candidacies that wait for it, put on its agenda with what the evaluation jury handed on, and
what withholds their award (R3.9, R7.2, R9.2)."""
from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from evaluation.body.terms import digest_of_data
from evaluation.candidacy import kept as keeping
from evaluation.candidacy.award_parts import Recommended
from evaluation.candidacy.kept import Keeping, kept_blocks
from evaluation.candidacy.state import KIND as CANDIDACY_KIND
from evaluation.candidacy.state import RECORDED
from evaluation.codec import FieldError, decode
from evaluation.field_values import json_object
from evaluation.framework import Framework
from evaluation.framework_file import FrameworkError, framework_from_data
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import check_by_the_platform
from evaluation.people import PersonId, Words
from evaluation.quoted_events import (
    ABSENCE_EXCUSED,
    AWARD_RELEASED,
    AWARD_WITHHELD,
    ON_AGENDA,
    OUTCOME_RECORDED,
    PLANNED,
    RECOMMENDED,
    RESERVATION_SETTLED,
    RESERVED,
    RULING_SEALED,
    UNPLANNED,
    WITHDRAWN,
)
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.sitting import access
from evaluation.sitting.state import Item, SittingState
from evaluation.sitting.terms import PUT_ON, TAKEN_OFF, CandidacyId, Due

AGENDA = Topic()
TELLS = frozenset({AWARD_WITHHELD, AWARD_RELEASED, RESERVED, RESERVATION_SETTLED, ON_AGENDA, RECOMMENDED, WITHDRAWN,
                   PLANNED, UNPLANNED, ABSENCE_EXCUSED, OUTCOME_RECORDED})
"""The events of a candidacy that say whether its award is withheld, each as the candidacy stands when it is told: after
one case was decided, another may still be open. It is withheld, too, while what is on the agenda does not wait for a
sitting."""


@AGENDA.command
@dataclass(frozen=True)
class PutOnAgenda:
    """`said` quotes what the evaluation jury handed on, `framework` is that of the candidacy as data. `kept` quotes the
    outcomes by which the person keeps blocks. `reexamines` quotes the outcome that an appeal was about; `despite` says
    why members sit again who ruled on it. `due`, from the server, is until when the result is to be told: None where
    that is not known, which was written before agendas knew it."""

    candidacy: CandidacyId
    said: Quote
    framework: Mapping[str, object]
    office: Quote
    kept: tuple[Quote, ...] = ()
    reexamines: Quote | None = None
    despite: Words | None = None
    due: Due | None = None


@AGENDA.command
@dataclass(frozen=True)
class TakeOffAgenda:
    candidacy: CandidacyId
    words: Words
    office: Quote


@AGENDA.command
@dataclass(frozen=True)
class NoteHeld:
    """`said` quotes what withholds the candidacy's award, or does so no more; `held`: something does. `due` is until
    when its result is to be told since; None where the candidacy does not say. Written by the server."""

    candidacy: CandidacyId
    said: Quote
    held: bool
    due: Due | None = None


@AGENDA.event(PUT_ON)
@dataclass(frozen=True)
class ItemPut:
    candidacy: CandidacyId
    said: Quote
    framework: Mapping[str, object]
    office: Quote
    kept: tuple[Quote, ...]
    reexamines: Quote | None
    despite: Words | None
    due: Due | None = None


@AGENDA.event(TAKEN_OFF)
@dataclass(frozen=True)
class ItemTakenOff:
    candidacy: CandidacyId
    words: Words
    office: Quote


@AGENDA.event("sitting.held_noted")
@dataclass(frozen=True)
class HeldNoted:
    candidacy: CandidacyId
    said: Quote
    held: bool
    due: Due | None = None


# Put on, and taken off


@AGENDA.decides(PutOnAgenda)
def put(state: SittingState, command: PutOnAgenda, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state.body, command.office, asked)
    check_agenda_open(state)
    check_new(state, command.candidacy)
    recommended = quoted(command.said)
    check_is_of(state, command, recommended)
    framework = framework_of(command.framework)
    check_framework(command.framework, recommended)
    check_reexamines(command)
    _check_kept(framework, recommended, command)
    return (ItemPut(command.candidacy, command.said, command.framework, command.office, command.kept,
                    command.reexamines, command.despite, command.due),)


@rule("R3.9")
def check_agenda_open(state: SittingState) -> None:
    if state.cancelled is not None:
        raise Refusal("R3.9", N_("La séance est annulée."))
    if state.presented is not None or state.sealed is not None:
        raise Refusal("R3.9", N_("Le procès-verbal est présenté : l’ordre du jour ne change plus."))


@rule("R3.9")
def check_new(state: SittingState, candidacy: CandidacyId) -> None:
    if candidacy in state.agenda:
        raise Refusal("R3.9", N_("Cette candidature est déjà à l’ordre du jour."))


@rule("X15", "R3.9")
def check_is_of(state: SittingState, command: PutOnAgenda, recommended: Recommended) -> None:
    """Of this awarding body, and of this candidacy."""
    if recommended.body != state.body:
        raise Refusal("X15", N_("Ce qui est cité est d’un autre organisme certificateur."))
    if command.said.stream != command.candidacy:
        raise Refusal("R3.9", N_("Ce qui est cité est d’une autre candidature."))


@rule("R1.1")
def check_framework(data: Mapping[str, object], recommended: Recommended) -> None:
    """The framework is that of the candidacy, word for word."""
    if digest_of_data(data) != recommended.digest:
        raise Refusal("R1.1", N_("Ce référentiel n’est pas celui de la candidature."))


@rule("R9.2")
def check_reexamines(command: PutOnAgenda) -> None:
    """An outcome of this candidacy."""
    quote = command.reexamines
    if quote is not None and (quote.stream != command.candidacy or quote.event != RECORDED):
        raise Refusal("R9.2", N_("Le résultat à réexaminer est celui d’une autre candidature."))


def _check_kept(framework: Framework, recommended: Recommended, command: PutOnAgenda) -> None:
    """Refusal X8 for a quote of anything else than an outcome of this person for this certification."""
    kept_blocks(keeping_of(framework), recommended.person, command.kept, recommended.held_on)
    check_all_cited(recommended, {block for one in command.kept for block in keeping.quoted(one).blocks})


@rule("X8")
def check_all_cited(recommended: Recommended, found: Collection[str]) -> None:
    """What the evaluation jury took for kept rests on an outcome; whether it is kept still is asked at the decision."""
    for block in recommended.kept:
        if block not in found:
            raise Refusal("X8", N_("{block} est dit conservé, et aucun résultat cité ne l’attribue."), block=block)


def keeping_of(framework: Framework) -> Keeping:
    return Keeping(framework.code, tuple(one.code for one in framework.blocks), framework.kept_block_validity_months)


def framework_of(data: Mapping[str, object]) -> Framework:
    """Refusal R1.1 for data that are no framework."""
    try:
        return framework_from_data(dict(data))
    except FrameworkError as error:
        raise Refusal("R1.1", N_("Le référentiel ne peut être lu : {why}"), why=str(error)) from None


def quoted(quote: Quote) -> Recommended:
    """What the evaluation jury handed on. Refusal for a quote of anything else."""
    if (quote.kind, quote.event) != (CANDIDACY_KIND, RECOMMENDED):
        raise Refusal("R3.9", N_("Ce qui est cité n’est pas ce qu’un jury d’évaluation a transmis."))
    try:
        return decode(Recommended, quote.data.get("recommendation"))
    except FieldError as error:
        raise Refusal("R3.9", N_("Ce qui est cité ne peut être lu : {why}"), why=str(error)) from None


def ruled_by(outcome: Quote | None) -> tuple[PersonId, ...]:
    """Who ruled on an outcome, where it came from a sitting held here; nobody known of one that was recorded."""
    said = outcome.data.get("said") if outcome is not None else None
    if said is None:
        return ()
    sealed = decode(Quote, said)
    ruling = json_object(sealed.data.get("ruling", {})) if sealed.event == RULING_SEALED else {}
    return tuple(map(str, cast("list[object]", ruling.get("by", []))))


@AGENDA.evolves(ItemPut)
def was_put(state: SittingState, event: ItemPut, happened: Happened) -> SittingState:
    item = Item(event.candidacy, event.said, quoted(event.said), framework_of(event.framework), event.kept,
                event.reexamines, ruled_by(event.reexamines), event.despite, happened.at,
                happened.position, position=happened.position, due=event.due)
    off = {id: words for id, words in state.taken_off.items() if id != event.candidacy}
    declined = {id: one for id, one in state.declined.items() if id != event.candidacy}
    return replace(state.with_item(item, happened.position), taken_off=off, declined=declined)


@AGENDA.decides(TakeOffAgenda)
def take_off(state: SittingState, command: TakeOffAgenda, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state.body, command.office, asked)
    check_agenda_open(state)
    check_undecided(state.item(command.candidacy))
    return (ItemTakenOff(command.candidacy, command.words, command.office),)


@rule("R3.9")
def check_undecided(item: Item) -> None:
    if item.decided is not None or item.questioning is not None:
        raise Refusal("R3.9", N_("Ce candidat est examiné, ou il est décidé à son sujet : il reste à l’ordre du jour."))


@AGENDA.evolves(ItemTakenOff)
def was_taken_off(state: SittingState, event: ItemTakenOff, happened: Happened) -> SittingState:
    after = left_by(state, event.candidacy, happened.position)
    return replace(after, taken_off={**state.taken_off, event.candidacy: event.words})


def left_by(state: SittingState, candidacy: CandidacyId, position: int) -> SittingState:
    """Without this candidacy; nothing follows any more from its having been put on."""
    left = {id: one for id, one in state.agenda.items() if id != candidacy}
    gone = state.gone | {one.position for id, one in state.agenda.items() if id == candidacy}
    current = None if state.current == candidacy else state.current
    return replace(state, agenda=left, gone=gone, current=current, changed=position)


def taken_back(state: SittingState, position: int) -> bool:
    """What was put on the agenda and is off it again: the candidacy needs not be told, which may be on another one."""
    return position in state.gone


# What withholds


@AGENDA.decides(NoteHeld)
def note_held(state: SittingState, command: NoteHeld, asked: Asked) -> tuple[Any, ...]:
    """Nothing where it is known, where the candidacy is no more on the agenda, or once the minutes are sealed."""
    check_by_the_platform(asked.actor)
    check_about_candidacy(command)
    item = state.agenda.get(command.candidacy)
    if item is None or state.sealed is not None or item.held == command.held:
        return ()
    return (HeldNoted(command.candidacy, command.said, command.held, command.due),)


@rule("R7.2")
def check_about_candidacy(command: NoteHeld) -> None:
    if command.said.event not in TELLS or command.said.stream != command.candidacy:
        raise Refusal("R7.2", N_("Ce qui est cité ne dit pas si l’attribution de cette candidature est suspendue."))


@AGENDA.evolves(HeldNoted)
def held_noted(state: SittingState, event: HeldNoted, happened: Happened) -> SittingState:
    """What was decided or proposed as if nothing withheld the award no longer stands."""
    before = state.agenda[event.candidacy]
    item = replace(before, held=event.held, due=event.due or before.due)
    return state.with_item(awarded_no_more(item) if item.held else item, happened.position)


def awarded_no_more(item: Item) -> Item:
    """What was decided or proposed as an award is decided anew; what suspends it stands."""
    awards = item.decided is not None and item.decided.ruling.award != "withheld"
    if not awards and (item.proposal is None or item.proposal.course != "award"):
        return item
    return replace(item, decided=None, proposals=(*item.proposals[:-1], replace(item.proposals[-1], rejected=True)))
