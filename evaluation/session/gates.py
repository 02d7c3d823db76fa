"""What stands between the door and the presentation, and what follows from a refusal at one of these gates (R3.2)."""
from __future__ import annotations

from dataclasses import replace
from typing import Literal, get_args

from evaluation.rules import N_, Refusal, rule
from evaluation.session.phases import IN_ROOM, TO_CALL, Phase
from evaluation.session.state import Hearing, SessionState
from evaluation.session.terms import Course, Gate, IdentityFinding

UNDECIDED = (
    ("prevention", N_("Le message de prévention avait été refusé : décidez de la suite.")),
    ("sheet", N_("La signature de la feuille de présence avait été refusée : décidez de la suite.")),
)


def check_phase(hearing: Hearing, *phases: Phase) -> None:
    if hearing.phase not in phases:
        raise Refusal("R3.2", N_("Ce n’est pas le moment : l’épreuve n’en est pas à cette étape."))


@rule("R6.1")
def check_prevention(hearing: Hearing) -> None:
    """The candidate enters only after acknowledging the prevention message."""
    if hearing.prevention not in ("acknowledged", "waived"):
        raise Refusal("R6.1", N_("Le message de prévention de la fraude n’est pas encore confirmé."))


@rule("R6.3", permits=get_args(Course))
def courses_after(finding: IdentityFinding) -> tuple[Course, ...]:
    """Only a conform identity goes on freely; anything else is tried again, reserved or stopped."""
    return ("proceed",) if finding == "conform" else ("retry", "reserve", "stop")


@rule("R6.3", permits=False)
def explained(course: Course) -> bool:
    """Whatever does not go on freely is explained in words."""
    return course != "proceed"


@rule("R6.3")
def check_decision(finding: IdentityFinding, course: Course, worded: bool) -> None:
    """What follows from what was found is one of its courses, explained where it has to be."""
    if course not in courses_after(finding):
        raise Refusal(
            "R6.3",
            N_("Seule une identité conforme permet de continuer sans réserve ; sinon : réessayer, continuer avec une "
               "réserve, ou arrêter."),
        )
    if explained(course) and not worded:
        raise Refusal("R6.3", N_("Écrivez en quelques mots ce que vous avez constaté."))


@rule("R6.3")
def check_identity_decided(hearing: Hearing) -> None:
    """Nothing starts while the identity is undecided."""
    if hearing.identity is None or hearing.identity.course not in ("proceed", "reserve"):
        raise Refusal("R6.3", N_("L’identité n’est pas encore décidée."))


def undecided_refusal(hearing: Hearing) -> str | None:
    """What the president is told of a refusal still to be decided on (a French msgid), or None."""
    return next((words for gate, words in UNDECIDED if gate in hearing.refusals), None)


@rule("R6.3")
def check_refusals_decided(hearing: Hearing) -> None:
    """A refusal goes the way of the identity, also when the candidate thought better of it: nothing goes on before the
    president has decided what follows from it."""
    words = undecided_refusal(hearing)
    if words is not None:
        raise Refusal("R6.3", words)


@rule("R3.2")
def check_reminded(state: SessionState, hearing: Hearing) -> None:
    """The whole reminder has been said before the sheet is signed."""
    left = len(state.framework.reminder) - len(hearing.reminder)
    if left:
        why = N_("Le rappel des règles n’est pas terminé. Points qui restent à dire : {left}.")
        raise Refusal("R3.2", why, left=left)


@rule("R3.2")
def check_sheet(hearing: Hearing) -> None:
    """The attendance sheet is signed before the presentation."""
    if hearing.sheet not in ("signed", "waived"):
        raise Refusal("R3.2", N_("La feuille de présence n’est pas encore signée."))


@rule("R6.5")
def check_no_script(hearing: Hearing) -> None:
    """Once a suspected fraud is told, nothing goes on before the candidate could answer and the president decided."""
    if hearing.in_script is not None:
        raise Refusal("R6.5", N_("La présomption de fraude vient d’être dite à la personne : le temps est arrêté "
                                 "jusqu’à sa réponse, puis votre décision de continuer ou d’arrêter."))


def leaves_untold(hearing: Hearing) -> bool:
    """Whether the candidate is in the room and was not told yet of a suspicion noted there."""
    return hearing.phase in IN_ROOM and bool(hearing.untold)


@rule("R6.5")
def check_told_or_why_not(hearing: Hearing, *, untold: bool) -> None:
    """An examination that is broken off leaves no suspicion unsaid, unless whoever breaks it off writes why it could
    not be said: the candidate was gone, or unwell."""
    if leaves_untold(hearing) and not untold:
        raise Refusal("R6.5", N_("Une présomption de fraude est notée, et n’a pas été dite à la personne : dites-la "
                                 "d’abord, ou arrêtez l’épreuve en écrivant pourquoi ce n’est pas possible."))


@rule("R6.5")
def check_all_told(hearing: Hearing) -> None:
    """The candidate does not leave the room without knowing what was noted, and what may follow."""
    if hearing.untold:
        raise Refusal("R6.5", N_("Dites d’abord la présomption de fraude notée."))


Step = Literal["identity", "reminder", "refusal", "sheet", "start"]
"""What an examination waits for between the call and the presentation, in this order."""


def next_gate(state: SessionState, hearing: Hearing) -> Step | None:
    """The first that is still closed: the identity, the reminder, what a refusal of the sheet leads to, the sheet; then
    nothing but the start. None before the call and after it has started."""
    if hearing.phase is not Phase.WELCOME:
        return None
    if hearing.identity is None:
        return "identity"
    if len(hearing.reminder) < len(state.framework.reminder):
        return "reminder"
    if hearing.refusals:
        return "refusal"
    return "sheet" if hearing.sheet == "not_signed" else "start"


@rule("R4.4")
def check_not_apart(hearing: Hearing) -> None:
    """Nothing goes on without the candidate, whom the organizer has asked to leave the room."""
    if hearing.apart is not None:
        raise Refusal("R4.4", N_("Le candidat est à l’écart, dans la salle d’attente : faites-le d’abord revenir, ou "
                                 "arrêtez l’épreuve."))


def check_gates(state: SessionState, hearing: Hearing) -> None:
    check_not_apart(hearing)
    check_identity_decided(hearing)
    check_reminded(state, hearing)
    check_refusals_decided(hearing)
    check_sheet(hearing)


def checked_anew(hearing: Hearing) -> Hearing:
    """Nothing is asked any more, and what was measured before belongs to the past."""
    return replace(
        hearing, check=None, gesture=None, check_failure=None, signals=(),
        past_signals=(*hearing.past_signals, *hearing.signals),
    )


def identity_settled(hearing: Hearing) -> bool:
    """The identity is decided, for this sitting: it is checked anew in the next."""
    return hearing.identity is not None and hearing.phase not in TO_CALL


def check_undecided(hearing: Hearing) -> None:
    check_phase(hearing, Phase.WELCOME)
    if hearing.identity is not None:
        raise Refusal("R6.3", N_("L’identité est déjà décidée."))


def refused(hearing: Hearing, gate: Gate) -> Hearing:
    return replace(hearing, refusals=hearing.refusals | {gate})


def reserved(hearing: Hearing, gate: Gate) -> Hearing:
    return replace(hearing, reservations=hearing.reservations | {gate})
