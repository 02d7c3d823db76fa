"""What the certification jury ruled, as the awarding body's clerk records it with its paper: also what was ruled before
the platform. A mistake is corrected by a later record, and never erased."""
from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evaluation.body.terms import Certification
from evaluation.candidacy import access
from evaluation.candidacy.hearing_endings import check_all_parts
from evaluation.candidacy.kept import keeping_of, kept_blocks, quoted
from evaluation.candidacy.state import RECORDED, Award, Awarded, CandidacyState, Outcome
from evaluation.candidacy.withholding import check_not_disqualified, check_not_withheld
from evaluation.deadlines import day_of
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import Paper
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

AWARDING = Topic()


@AWARDING.command
@dataclass(frozen=True)
class RecordOutcome:
    """`blocks` are those this jury awarded. A full award also names, in `kept`, the outcomes of the person's earlier
    candidacies that complete it. `corrects` is the position of the record that this one corrects."""

    ruled_on: date
    award: Award
    blocks: tuple[str, ...]
    paper: Paper
    office: Quote
    kept: tuple[Quote, ...] = ()
    corrects: int | None = None


@AWARDING.event(RECORDED)
@dataclass(frozen=True)
class OutcomeRecorded:
    """`said` quotes the sealed minutes of a sitting; `office` the clerk's, of what is recorded with its paper. A ruling
    on what was appealed against says in `reexamines` where that stands: both hold."""

    outcome: Awarded
    paper: Paper
    office: Quote | None
    kept: tuple[Quote, ...]
    corrects: int | None
    said: Quote | None = None
    reexamines: int | None = None


@AWARDING.decides(RecordOutcome)
def record(state: CandidacyState, command: RecordOutcome, asked: Asked) -> tuple[Any, ...]:
    access.check_records(state, command.office, asked)
    if command.award != "none":
        check_not_withheld(state)
        check_not_disqualified(state)
        check_all_parts(state)
    check_corrects(state, command.corrects)
    check_day(state, command, day_of(asked.now))
    check_version(state, command.ruled_on)
    of = state.certification
    check_blocks(of, command.award, command.blocks)
    check_whole(of, command.award, {*command.blocks, *_held(state, command)})
    outcome = Awarded(state.person, of.code, of.version, command.ruled_on, command.award, command.blocks)
    return (OutcomeRecorded(outcome, command.paper, command.office, command.kept, command.corrects),)


def _held(state: CandidacyState, command: RecordOutcome) -> set[str]:
    """The blocks held on the jury's day: from this candidacy's other outcomes, and from those that are quoted."""
    of = state.certification
    if command.kept and command.award != "full":
        raise Refusal("X8", N_("Seule une attribution totale cite des blocs déjà obtenus."))
    own = state.gained(command.ruled_on, command.corrects)
    return {*own, *(one.block for one in kept_blocks(keeping_of(of), state.person, command.kept, command.ruled_on))}


def completed_by(state: CandidacyState, blocks: Collection[str], ruled_on: date, corrects: int | None,
                 earlier: Sequence[Quote]) -> tuple[Quote, ...]:
    """Of the outcomes of the person's earlier candidacies, those that a full award of these blocks quotes."""
    held, others = {*blocks, *state.gained(ruled_on, corrects)}, [one for one in earlier if one.stream != state.id]
    kept = kept_blocks(keeping_of(state.certification), state.person, others, ruled_on)
    needed = {(one.candidacy, one.ruled_on) for one in kept if one.block not in held}
    return tuple(one for one in others if (one.stream, quoted(one).ruled_on) in needed)


@rule("X8")
def check_day(state: CandidacyState, command: RecordOutcome, today: date) -> None:
    """A jury rules once, and not in the future."""
    if command.ruled_on > today:
        raise Refusal("X8", N_("Le jury qui a statué ne s’est pas encore réuni."))
    others = {one.awarded.ruled_on for one in state.standing() if one.position != command.corrects}
    if command.ruled_on in others:
        raise Refusal("X8", N_("Le résultat du jury de ce jour est déjà enregistré : s’il est faux, corrigez-le."))


@rule("R1.1")
def check_version(state: CandidacyState, ruled_on: date) -> None:
    if ruled_on < state.since:
        raise Refusal("R1.1", N_("La version {version} du référentiel, celle de cette candidature, n’était pas encore "
                                 "en vigueur à cette date."), version=state.certification.version)


@rule("X8")
def check_corrects(state: CandidacyState, corrects: int | None) -> None:
    """Of what the clerk recorded: what a sitting ruled changes by another sitting."""
    if corrects is None:
        return
    found = next((one for one in state.standing() if one.position == corrects), None)
    if found is None:
        raise Refusal("X8", N_("Le résultat à corriger n’est pas connu, ou a déjà été corrigé."))
    if found.sitting is not None:
        raise Refusal("X8", N_("Ce résultat est celui du procès-verbal d’un jury de certification : il ne se corrige "
                               "pas ici."))


@rule("R1.6")
def check_blocks(certification: Certification, award: Award, blocks: Collection[str]) -> None:
    """The whole certification, some of its blocks where these are registered, or nothing."""
    if not set(blocks) <= set(certification.blocks) or len(set(blocks)) != len(blocks):
        raise Refusal("R1.6", N_("Les blocs attribués sont ceux du référentiel, sans double."))
    if (award == "none") != (not blocks):
        raise Refusal("R1.6", N_("Une attribution totale ou partielle dit ses blocs ; un refus n’en a pas."))
    if award == "partial" and not certification.registered:
        raise Refusal("R1.6", N_("{code} n’est pas enregistrée par blocs : elle s’attribue entière ou pas."),
                      code=certification.code)


@rule("R5.4")
def check_whole(certification: Certification, award: Award, held: Collection[str]) -> None:
    """The award is full when every block is held, and then alone."""
    missing = [block for block in certification.blocks if block not in held]
    if award == "full" and missing:
        raise Refusal("R5.4", N_("Il manque {blocks} : l’attribution n’est pas totale."), blocks=", ".join(missing))
    if award == "partial" and not missing:
        raise Refusal("R5.4", N_("Avec ces blocs la certification est entière : l’attribution est totale."))


@AWARDING.evolves(OutcomeRecorded)
def recorded(state: CandidacyState, event: OutcomeRecorded, happened: Happened) -> CandidacyState:
    sitting = event.said.stream if event.said is not None else None
    outcome = Outcome(happened.position, event.outcome, event.paper, sitting, event.reexamines)
    after = replace(state, outcomes={**state.outcomes, outcome.position: outcome}).correcting(event.corrects)
    return after if sitting is None else after.told("result", happened).off_agenda(sitting)
