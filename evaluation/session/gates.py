"""What stands between the door and the presentation: the fraud message, the call, the identity check, the reminder,
the attendance sheet; in this order (R3.2)."""
from __future__ import annotations

from dataclasses import replace

from evaluation.people import SeatId
from evaluation.rules import N_, Refusal, rule
from evaluation.session import commands as c
from evaluation.session import events as e
from evaluation.session import jury
from evaluation.session.dispatch import Asked, Happened, decides, evolves
from evaluation.session.events import Event
from evaluation.session.phases import IN_ROOM, OVER, TO_CALL, Phase
from evaluation.session.state import Hearing, IdentityDecision, Opinion, SessionState
from evaluation.session.terms import IDENTITY_KINDS, Gate


def check_phase(hearing: Hearing, *phases: Phase) -> None:
    if hearing.phase not in phases:
        raise Refusal("R3.2", N_("Ce n’est pas le moment : l’épreuve n’en est pas à cette étape."))


@rule("R6.1")
def check_prevention(hearing: Hearing) -> None:
    """The candidate enters only after acknowledging the prevention message."""
    if hearing.prevention not in ("acknowledged", "waived"):
        raise Refusal("R6.1", N_("Le message de prévention de la fraude n’est pas encore confirmé."))


@rule("R10.1", permits=())
def absent_aids(state: SessionState, hearing: Hearing) -> tuple[SeatId, ...]:
    """The human aids who are not there while the candidate waits at the door or is in the room. A fact to be told to
    who goes on: the règlement grants the aid, and does not say that nothing begins without."""
    expected = hearing.aids if hearing.waiting or hearing.phase in IN_ROOM else ()
    return tuple(aid.id for aid in expected if aid.id not in state.present)


@rule("R6.3")
def check_heard(state: SessionState, hearing: Hearing, president: str) -> None:
    """The president decides after hearing the jurors who are there."""
    unheard = [
        s for s in state.jurors_sitting(hearing.id)
        if s.id != president and s.id in state.present and s.id not in hearing.opinions
    ]
    if unheard:
        raise Refusal("R6.3", N_("Entendez d’abord les autres jurés : il manque {count} avis."), count=len(unheard))


@rule("R6.3")
def check_decision(finding: str, course: str, worded: bool) -> None:
    """Only a conform identity goes on freely; anything else is tried again, reserved or stopped, and explained."""
    if (finding == "conform") != (course == "proceed"):
        raise Refusal(
            "R6.3",
            N_("Seule une identité conforme permet de continuer sans réserve ; sinon : réessayer, continuer avec une "
               "réserve, ou arrêter."),
        )
    if course != "proceed" and not worded:
        raise Refusal("R6.3", N_("Écrivez en quelques mots ce que vous avez constaté."))


@rule("R6.3")
def check_identity_decided(hearing: Hearing) -> None:
    """Nothing starts while the identity is undecided."""
    if hearing.identity is None or hearing.identity.course not in ("proceed", "reserve"):
        raise Refusal("R6.3", N_("L’identité n’est pas encore décidée."))


UNDECIDED = (
    ("prevention", N_("Le message de prévention avait été refusé : décidez de la suite.")),
    ("sheet", N_("La signature de la feuille de présence avait été refusée : décidez de la suite.")),
)


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


def check_gates(state: SessionState, hearing: Hearing) -> None:
    check_identity_decided(hearing)
    check_reminded(state, hearing)
    check_refusals_decided(hearing)
    check_sheet(hearing)


# The door ----------------------------------------------------------------------------------------------------------


@decides(c.AcknowledgePrevention)
def acknowledge(state: SessionState, command: c.AcknowledgePrevention, asked: Asked) -> tuple[Event, ...]:
    check_phase(state.hearing(command.hearing), *TO_CALL)
    return (e.PreventionAcknowledged(command.hearing, command.wording),)


@decides(c.RefusePrevention)
def refuse_prevention(state: SessionState, command: c.RefusePrevention, asked: Asked) -> tuple[Event, ...]:
    check_phase(state.hearing(command.hearing), *TO_CALL)
    return (e.PreventionRefused(command.hearing),)


@evolves(e.PreventionAcknowledged, e.PreventionRefused)
def prevention_answered(
    state: SessionState, event: e.PreventionAcknowledged | e.PreventionRefused, happened: Happened
) -> SessionState:
    hearing = state.hearing(event.hearing)
    if isinstance(event, e.PreventionAcknowledged):
        return state.with_hearing(replace(hearing, prevention="acknowledged"))
    return state.with_hearing(_refused(replace(hearing, prevention="refused"), "prevention"))


@decides(c.EnterWaitingRoom)
def enter_waiting_room(state: SessionState, command: c.EnterWaitingRoom, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, *TO_CALL)
    check_prevention(hearing)
    return (e.WaitingRoomEntered(command.hearing),)


@evolves(e.WaitingRoomEntered)
def waiting(state: SessionState, event: e.WaitingRoomEntered, happened: Happened) -> SessionState:
    return state.with_hearing(replace(state.hearing(event.hearing), waiting=True))


@decides(c.CallIn)
def call_in(state: SessionState, command: c.CallIn, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, *TO_CALL)
    if state.current is not None:
        raise Refusal("R3.2", N_("Une autre épreuve est en cours : terminez-la ou suspendez-la d’abord."))
    jury.check_three_present(state, hearing.id)
    check_refusals_decided(hearing)
    check_prevention(hearing)
    if not hearing.waiting or hearing.candidate.id not in state.present:
        raise Refusal("R3.2", N_("Personne n’est encore dans la salle d’attente pour cette épreuve."))
    return (e.CalledIn(command.hearing),)


@evolves(e.CalledIn)
def called_in(state: SessionState, event: e.CalledIn, happened: Happened) -> SessionState:
    hearing = replace(
        state.hearing(event.hearing), phase=Phase.WELCOME, waiting=False, opinions={}, identity=None,
        reminder=frozenset(), sheet="not_signed", sheet_at=None, sheet_words=None,
    )
    return replace(state.with_hearing(checked_anew(hearing)), current=hearing.id)


# Identity --------------------------------------------------------------------------------------------------------


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


@decides(c.GiveIdentityOpinion)
def give_opinion(state: SessionState, command: c.GiveIdentityOpinion, asked: Asked) -> tuple[Event, ...]:
    check_undecided(state.hearing(command.hearing))
    return (e.IdentityOpinionGiven(command.hearing, command.conform, command.words),)


@evolves(e.IdentityOpinionGiven)
def opinion_given(state: SessionState, event: e.IdentityOpinionGiven, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    opinion = Opinion(event.conform, event.words, happened.at)
    return state.with_hearing(replace(hearing, opinions={**hearing.opinions, happened.actor: opinion}))


@rule("R6.3", permits=())
def dissenting(hearing: Hearing, conform: bool) -> tuple[SeatId, ...]:
    """The jurors whose opinion is another than what the president finds: written down with the decision."""
    return tuple(seat for seat, opinion in hearing.opinions.items() if opinion.conform != conform)


@rule("R6.3", permits=())
def quoted(hearing: Hearing, cited: tuple[str, ...]) -> tuple[str, ...]:
    """The pictures a decision rests on: those cited, and all that the newest check showed to the jury."""
    shown = hearing.signals[-1].pictures() if hearing.signals else ()
    return tuple(dict.fromkeys((*cited, *(one.id for one in shown))))


def digests(hearing: Hearing, evidence: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of the pictures quoted, and of the copies as they are now: no picture can be exchanged afterwards (X5)."""
    copies = (hearing.document(kind) for kind in sorted(IDENTITY_KINDS))
    return tuple(hearing.pictures[one] for one in evidence), tuple(one.digest for one in copies if one is not None)


@decides(c.DecideIdentity)
def decide_identity(state: SessionState, command: c.DecideIdentity, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    check_undecided(hearing)
    check_heard(state, hearing, asked.actor)
    check_decision(command.finding, command.course, command.words is not None)
    if not set(command.evidence) <= hearing.pictures.keys():
        raise Refusal("R6.3", N_("Une image citée n’a pas été prise dans cette épreuve."))
    conform = command.finding == "conform"
    decided = e.IdentityDecided(
        command.hearing, command.finding, command.course, command.words, quoted(hearing, command.evidence),
        dissenting(hearing, conform), *digests(hearing, quoted(hearing, command.evidence)),
    )
    if conform:
        return (decided,)
    incident = e.IncidentRecorded(
        command.hearing, "identity", False, hearing.phase.value, None, command.words, command.evidence
    )
    return (decided, incident, *_stopped(command.course, command.hearing, command.words))


@evolves(e.IdentityDecided)
def identity_decided(state: SessionState, event: e.IdentityDecided, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    if event.course == "retry":
        return state.with_hearing(checked_anew(replace(hearing, opinions={})))
    decision = IdentityDecision(
        event.finding, event.course, event.words, event.evidence, event.dissent, happened.actor, happened.at
    )
    hearing = replace(hearing, identity=decision, check=None, gesture=None)
    return state.with_hearing(_reserve(hearing, "identity") if event.course == "reserve" else hearing)


# Reminder and sheet ----------------------------------------------------------------------------------------------


@decides(c.CheckReminder)
def check_reminder(state: SessionState, command: c.CheckReminder, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    check_phase(hearing, Phase.WELCOME)
    check_identity_decided(hearing)
    if not 0 <= command.point < len(state.framework.reminder):
        raise Refusal("R3.2", N_("Ce point de rappel n’existe pas."))
    if hearing.sheet == "signed":
        raise Refusal("R3.2", N_("La feuille est signée : le rappel ne change plus."))
    return (e.ReminderChecked(command.hearing, command.point, command.said),)


@evolves(e.ReminderChecked)
def reminder_checked(state: SessionState, event: e.ReminderChecked, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    points = hearing.reminder | {event.point} if event.said else hearing.reminder - {event.point}
    return state.with_hearing(replace(hearing, reminder=frozenset(points)))


def check_sheet_due(state: SessionState, hearing: Hearing) -> None:
    check_phase(hearing, Phase.WELCOME)
    check_identity_decided(hearing)
    check_reminded(state, hearing)
    if hearing.sheet in ("signed", "waived"):
        raise Refusal("R3.2", N_("La feuille de présence est déjà réglée."))


@decides(c.SignSheet)
def sign_sheet(state: SessionState, command: c.SignSheet, asked: Asked) -> tuple[Event, ...]:
    check_sheet_due(state, state.hearing(command.hearing))
    return (e.SheetSigned(command.hearing, command.words),)


@decides(c.RefuseSheet)
def refuse_sheet(state: SessionState, command: c.RefuseSheet, asked: Asked) -> tuple[Event, ...]:
    check_sheet_due(state, state.hearing(command.hearing))
    return (e.SheetRefused(command.hearing),)


@evolves(e.SheetSigned)
def sheet_signed(state: SessionState, event: e.SheetSigned, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    return state.with_hearing(replace(hearing, sheet="signed", sheet_at=happened.at, sheet_words=event.words))


@evolves(e.SheetRefused)
def sheet_refused(state: SessionState, event: e.SheetRefused, happened: Happened) -> SessionState:
    return state.with_hearing(_refused(replace(state.hearing(event.hearing), sheet="refused"), "sheet"))


@decides(c.DecideRefusal)
def decide_refusal(state: SessionState, command: c.DecideRefusal, asked: Asked) -> tuple[Event, ...]:
    hearing = state.hearing(command.hearing)
    if command.gate not in hearing.refusals or hearing.phase in OVER:
        raise Refusal("R6.3", N_("Aucun refus n’attend de décision."))
    check_decision("refused", command.course, True)
    incident = e.IncidentRecorded(command.hearing, "conduct", False, hearing.phase.value, None, command.words, ())
    decided = e.RefusalDecided(command.hearing, command.gate, command.course, command.words)
    return (decided, incident, *_stopped(command.course, command.hearing, command.words))


@evolves(e.RefusalDecided)
def refusal_decided(state: SessionState, event: e.RefusalDecided, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    hearing = replace(hearing, refusals=hearing.refusals - {event.gate})
    if event.gate == "prevention" and hearing.prevention == "refused":
        answer = {"retry": "pending", "reserve": "waived"}.get(event.course, "refused")
        hearing = replace(hearing, prevention=answer)
    elif event.gate == "sheet" and hearing.sheet == "refused":
        hearing = replace(hearing, sheet={"retry": "not_signed", "reserve": "waived"}.get(event.course, "refused"))
    return state.with_hearing(_reserve(hearing, event.gate) if event.course == "reserve" else hearing)


def _refused(hearing: Hearing, gate: Gate) -> Hearing:
    return replace(hearing, refusals=hearing.refusals | {gate})


def _reserve(hearing: Hearing, gate: Gate) -> Hearing:
    return replace(hearing, reservations=hearing.reservations | {gate})


def _stopped(course: str, hearing: str, words: c.Words | None) -> tuple[Event, ...]:
    return (e.HearingStopped(hearing, words),) if course == "stop" and words else ()
