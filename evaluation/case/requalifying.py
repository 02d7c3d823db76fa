"""A case is given another kind: it came in by the wrong door, or under the wrong name (R6.5)."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from evaluation.case import access
from evaluation.case.dropping import come_to_nothing
from evaluation.case.facts import check_still_open
from evaluation.case.state import CaseState
from evaluation.case.terms import REQUALIFIED, Dropped
from evaluation.case_rules import Door
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

REQUALIFYING = Topic()


@REQUALIFYING.command
@dataclass(frozen=True)
class Requalify:
    door: Door
    kind: str
    words: Words
    office: Quote


@REQUALIFYING.event(REQUALIFIED)
@dataclass(frozen=True)
class Requalified:
    """`dropped` is what had accused the candidate on a day, and accuses nobody any more."""

    door: Door
    kind: str
    words: Words
    office: Quote
    dropped: tuple[Dropped, ...]


@REQUALIFYING.decides(Requalify)
def requalify(state: CaseState, command: Requalify, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state, command.office, asked)
    check_still_open(state, None)
    check_requalified(state, command)
    check_one_candidate(state)
    if (command.door, command.kind) == (state.kind.door, state.kind.code):
        return ()
    dropped = come_to_nothing(state, state.parts.values()) if command.door != "fraud" else ()
    return (Requalified(command.door, command.kind, command.words, command.office, dropped),)


@rule("R6.5")
def check_requalified(state: CaseState, command: Requalify) -> None:
    """To a kind that the framework has, before anybody was told or asked. An appeal is nothing else."""
    if "appeal" in (command.door, state.kind.door) or state.rules.kind(command.door, command.kind) is None:
        raise Refusal("R6.5", N_("Le référentiel de cette candidature ne connaît pas ce genre de dossier."))
    if any(one.notices or one.proposals for one in state.parts.values()):
        raise Refusal("R6.5", N_("Le candidat a reçu les faits ou une suite est proposée : le dossier ne change plus "
                                 "de nature. Retirez l’accusation, ou ouvrez un autre dossier."))


@rule("R6.5")
def check_one_candidate(state: CaseState) -> None:
    """Nobody is accused, or cleared, with somebody else."""
    if len(state.parts) > 1:
        raise Refusal("R6.5", N_("Ce dossier concerne plusieurs candidats : il ne change pas de nature pour tous à la "
                                 "fois. Ouvrez un autre dossier pour le candidat dont il s’agit."))


@REQUALIFYING.evolves(Requalified)
def requalified(state: CaseState, event: Requalified, happened: Happened) -> CaseState:
    """Whoever recorded an incident accused nobody: what the awarding body makes of it later is its own accusation."""
    accused = event.door == "fraud" and (not state.kind.accuses or state.accused_by_clerk)
    return replace(state, kind=state.rules.kind_or_plain(event.door, event.kind), changed=happened.position,
                   accused_by_clerk=accused)
