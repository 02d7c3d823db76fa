"""How each kind of event is told in a candidate's record, and through which door: French msgids, one sentence each."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from evaluation.journal import Record
from evaluation.rules import N_
from evaluation.session import events as e
from evaluation.session.access import Door
from server.views.session import labels
from server.views.session.identity_check import GESTURES
from server.views.session.reading import Reading
from server.views.when import day_words, hour_words, lasting

Tone = Literal["plain", "key", "alert"]


@dataclass(frozen=True)
class Entry:
    """One event with its record, the attempt it belongs to, and whether the candidate's examination was going on."""

    record: Record
    event: Any
    attempt: int
    current: bool

    @property
    def kind(self) -> type[object]:
        return cast("type[object]", type(self.event))


@dataclass(frozen=True)
class Line:
    """How one kind of event is told. `say` gets the reading and one or (`together`) several events in a row by the
    same actor; `place` is the page's anchor where it opens, its `{places}` filled from the event."""

    say: Callable[[Reading, list[Entry]], str]
    door: Door = Door.RECORD
    tone: Tone = "plain"
    place: str = ""
    together: bool = False
    words: bool = True


def _plain(text: str) -> Callable[[Reading, list[Entry]], str]:
    """`{name}`: who did it."""
    return lambda reading, group: reading.say(text, name=reading.name(group[-1].record.actor))


def _about(text: str, field: str) -> Callable[[Reading, list[Entry]], str]:
    """`{name}`: the seat in `field`; `{by}`: who did it."""
    return lambda reading, group: reading.say(
        text, name=reading.name(getattr(group[-1].event, field)), by=reading.name(group[-1].record.actor))


def _jury(reading: Reading, group: list[Entry]) -> str:
    names = ", ".join(reading.name(seat.id) for seat in group[-1].event.jurors)
    return reading.say(N_("Jury désigné : {names}."), names=names)


def _added(reading: Reading, group: list[Entry]) -> str:
    return reading.say(N_("Épreuve inscrite à {hour}."), hour=hour_words(group[-1].event.starts_at, reading.locale))


def _replaced(reading: Reading, group: list[Entry]) -> str:
    event = group[-1].event
    text = N_("{name} remplace {old}.")
    return reading.say(text, old=reading.name(event.replaced), name=reading.name(event.seat.id))


def _document(reading: Reading, group: list[Entry]) -> str:
    event, text = group[-1].event, N_("{name} a fourni : {title}, {pages} p.")
    return reading.say(text, title=reading.label(labels.DOCUMENTS, event.kind), pages=event.pages,
                       name=reading.name(group[-1].record.actor))


def _opinion(reading: Reading, group: list[Entry]) -> str:
    conform, doubt = N_("Avis de {name} : identité conforme."), N_("Avis de {name} : identité à ne pas retenir.")
    return reading.say(conform if group[-1].event.conform else doubt, name=reading.name(group[-1].record.actor))


def _identity(reading: Reading, group: list[Entry]) -> str:
    event, text = group[-1].event, N_("Identité décidée par {name} : {finding}, {course}.")
    return reading.say(text, name=reading.name(group[-1].record.actor),
                       finding=reading.label(labels.FINDINGS, event.finding).lower(),
                       course=reading.label(labels.COURSES, event.course))


def _reminder(reading: Reading, group: list[Entry]) -> str:
    said = len({one.event.point for one in group if one.event.said})
    text = N_("Rappel des règles par {name} : {said} points sur {total}.")
    return reading.say(text, name=reading.name(group[-1].record.actor), said=said,
                       total=len(reading.state.framework.reminder))


def _refusal(reading: Reading, group: list[Entry]) -> str:
    event = group[-1].event
    sheet, message = N_("Refus de signer la feuille, décision de {name} : {course}."), N_(
        "Refus du message de prévention, décision de {name} : {course}.")
    return reading.say(sheet if event.gate == "sheet" else message, name=reading.name(group[-1].record.actor),
                       course=reading.label(labels.COURSES, event.course))


def _phase(reading: Reading, event: Any) -> str:
    return reading.label(labels.PHASES, event.phase)


def _started(reading: Reading, group: list[Entry]) -> str:
    event, text = group[-1].event, N_("{phase} : début, pour {time}.")
    total = (event.ceiling + event.extra) * 1000
    return reading.say(text, phase=_phase(reading, event), time=lasting(total))


def _ended(reading: Reading, group: list[Entry]) -> str:
    event = group[-1].event
    text = N_("{phase} : fin, après {time}.")
    if event.early:
        text = N_("{phase} : fin après {time}, avant la durée minimale.")
    elif event.overrun:
        text = N_("{phase} : fin après {time}, dont {over} au-delà du temps prévu.")
    return reading.say(text, phase=_phase(reading, event), time=lasting(event.elapsed), over=lasting(event.overrun))


def _paused(reading: Reading, group: list[Entry]) -> str:
    technical = N_("Temps arrêté par {name}, problème technique.")
    other = N_("Temps arrêté par {name}.")
    return reading.say(technical if group[-1].event.cause == "technical" else other,
                       name=reading.name(group[-1].record.actor))


def _given_back(reading: Reading, group: list[Entry]) -> str:
    return reading.say(N_("Temps rendu : {time}."), time=lasting(group[-1].event.seconds * 1000))


def _dismissed(reading: Reading, group: list[Entry]) -> str:
    text = N_("Congé donné. Résultats annoncés au plus tard le {day}.")
    return reading.say(text, day=day_words(group[-1].event.results_by, reading.locale))


def _voided(reading: Reading, group: list[Entry]) -> str:
    postponed, again = N_("Épreuve reportée par {name} : ce qui précède ne compte pas."), N_(
        "Épreuve recommencée par {name} : ce qui précède ne compte pas.")
    return reading.say(postponed if group[-1].event.postponed else again, name=reading.name(group[-1].record.actor))


def _visibility(reading: Reading, group: list[Entry]) -> str:
    asked, released = N_("Le jury demande de rester visible."), N_("Le jury ne demande plus de rester visible.")
    return reading.say(asked if group[-1].event.required else released)


def _incident(reading: Reading, group: list[Entry]) -> str:
    event = group[-1].event
    fraud, other = N_("Présomption de fraude notée par {name} : {kind}."), N_("Incident noté par {name} : {kind}.")
    return reading.say(fraud if event.suspected_fraud else other, name=reading.name(group[-1].record.actor),
                       kind=reading.label(labels.INCIDENTS, event.kind).lower())


def _proposed(reading: Reading, group: list[Entry]) -> str:
    marks = ", ".join(f"{one.event.competency} {one.event.mark.value}" for one in group)
    return reading.say(N_("Consensus proposé par {name} : {marks}."), name=reading.name(group[-1].record.actor),
                       marks=marks)


def _confirmed(reading: Reading, group: list[Entry]) -> str:
    codes = ", ".join(one.event.competency for one in group)
    return reading.say(N_("{name} confirme : {codes}."), name=reading.name(group[-1].record.actor), codes=codes)


def _withdrawn(reading: Reading, group: list[Entry]) -> str:
    return reading.say(N_("{name} retire sa confirmation : {code}."), name=reading.name(group[-1].record.actor),
                       code=group[-1].event.competency)


def _disputed(reading: Reading, group: list[Entry]) -> str:
    return reading.say(N_("Désaccord transmis au jury de certification : {codes}."),
                       codes=", ".join(group[-1].event.competencies))


def _recommended(reading: Reading, group: list[Entry]) -> str:
    event = group[-1].event
    advice = reading.label(labels.ADVICE, event.advice)
    if event.block is None:
        return reading.say(N_("Préconisation d’ensemble : {advice}."), advice=advice)
    return reading.say(N_("Préconisation pour {block} : {advice}."), block=event.block, advice=advice)


def _check_asked(reading: Reading, group: list[Entry]) -> str:
    front, back = N_("{name} demande de montrer le recto."), N_("{name} demande de montrer le verso.")
    return reading.say(front if group[-1].event.side == "front" else back, name=reading.name(group[-1].record.actor))


def _gesture(reading: Reading, group: list[Entry]) -> str:
    gesture, name = group[-1].event.gesture, reading.name(group[-1].record.actor)
    if gesture is None:
        return reading.say(N_("{name} ne demande plus de geste."), name=name)
    text = N_("Geste demandé par {name} : {gesture}.")
    return reading.say(text, name=name, gesture=reading.say(GESTURES[gesture][0]).lower())


def _measured(reading: Reading, group: list[Entry]) -> str:
    """Rows that a withdrawn consent has taken out are not counted."""
    return reading.say(N_("Pièce d’identité comparée à la copie : mesures montrées au jury."))


GRIDS = Door.ALL_GRIDS
LINES: Mapping[type, Line] = {
    e.JuryAppointed: Line(_jury),
    e.JurorReplaced: Line(_replaced),
    e.HearingAdded: Line(_added, tone="key"),
    e.PresidentDesignated: Line(_about(N_("{name} préside le jury."), "president")),
    e.JurorRecused: Line(_about(N_("Récusation de {name} pour cette épreuve."), "juror"), tone="alert"),
    e.SeatJoined: Line(_about(N_("{name} est là."), "seat")),
    e.SeatLeft: Line(_about(N_("{name} n’est plus en ligne."), "seat")),
    e.SeatTakenOver: Line(_about(N_("{name} a repris sa place dans un autre navigateur."), "seat")),
    e.LinkRenewed: Line(_about(N_("{by} a remplacé le lien de {name} : l’ancien et le navigateur connecté "
                                  "n’ouvrent plus cette place."), "seat"), tone="alert"),
    e.ProblemReported: Line(_plain(N_("{name} a demandé de l’aide.")), tone="alert"),
    e.RoomMessageWritten: Line(_plain(N_("Message de {name} à la salle."))),
    e.DocumentSupplied: Line(_document, place="#documents"),
    e.PreventionAcknowledged: Line(_plain(N_("{name} a confirmé le message de prévention."))),
    e.PreventionRefused: Line(_plain(N_("{name} n’a pas confirmé le message de prévention.")), tone="alert"),
    e.WaitingRoomEntered: Line(_plain(N_("{name} est dans la salle d’attente."))),
    e.CalledIn: Line(_plain(N_("Entrée dans la salle, appel de {name}.")), tone="key"),
    e.CopyAccepted: Line(_plain(N_("{name} a regardé la copie de la pièce d’identité et l’accepte.")),
                         Door.IDENTITY_COPY, place="#identity"),
    e.IdentityCheckAsked: Line(_check_asked, Door.IDENTITY_COPY),
    e.GestureAsked: Line(_gesture, Door.IDENTITY_COPY),
    e.SignalsMeasured: Line(_measured, Door.IDENTITY_COPY, place="#identity"),
    e.IdentityCheckFailed: Line(lambda reading, group: reading.say(N_("La vérification à la caméra n’a rien donné.")),
                                Door.IDENTITY_COPY),
    e.IdentityOpinionGiven: Line(_opinion, place="#identity"),
    e.IdentityDecided: Line(_identity, tone="key", place="#identity"),
    e.ReminderChecked: Line(_reminder, together=True),
    e.SheetSigned: Line(_plain(N_("Feuille de présence signée par {name}.")), words=False),
    e.SheetRefused: Line(_plain(N_("{name} n’a pas signé la feuille de présence.")), tone="alert"),
    e.RefusalDecided: Line(_refusal, tone="alert"),
    e.NoShowRecorded: Line(_plain(N_("Absence constatée par {name}.")), tone="alert"),
    e.PhaseStarted: Line(_started, tone="key"),
    e.PhaseEnded: Line(_ended, place="#clocks"),
    e.ClockPaused: Line(_paused, tone="alert", place="#clocks"),
    e.ClockResumed: Line(_plain(N_("Le temps repart."))),
    e.TimeGivenBack: Line(_given_back, place="#clocks"),
    e.CandidateDismissed: Line(_dismissed, tone="key"),
    e.HearingAdjourned: Line(_plain(N_("Épreuve interrompue par {name}, à reprendre.")), tone="alert"),
    e.AttemptVoided: Line(_voided, tone="alert"),
    e.HearingStopped: Line(_plain(N_("Épreuve arrêtée par {name}.")), tone="alert"),
    e.VisibilityRequired: Line(_visibility),
    e.CaptureTaken: Line(_about(N_("Image de {name} prise par {by}."), "seat"), place="#capture-{capture}"),
    e.IncidentRecorded: Line(_incident, tone="alert", place="#incident-{position}", words=False),
    e.SanctionsTold: Line(_plain(N_("Sanctions encourues dites par {name}.")), place="#incident-{incident}"),
    e.StatementAdded: Line(_plain(N_("Déclaration de {name}.")), place="#statements", words=False),
    e.GridClosed: Line(_plain(N_("{name} a clos sa grille.")), GRIDS, place="#grids"),
    e.GridReopened: Line(_plain(N_("{name} a rouvert sa grille.")), GRIDS),
    e.DeliberationOpened: Line(_plain(N_("Délibération ouverte par {name}.")), GRIDS, "key"),
    e.ConsensusProposed: Line(_proposed, GRIDS, place="#grids", together=True),
    e.ConsensusConfirmed: Line(_confirmed, GRIDS, place="#grids", together=True),
    e.ConfirmationWithdrawn: Line(_withdrawn, GRIDS),
    e.DisputeDeclared: Line(_disputed, GRIDS, "alert", "#grids"),
    e.DeliberationSuspended: Line(_plain(N_("Délibération suspendue par {name}.")), GRIDS, "alert"),
    e.DeliberationResumed: Line(_plain(N_("Délibération reprise par {name}.")), GRIDS),
    e.Recommended: Line(_recommended, GRIDS, place="#result", words=False),
    e.DeliberationSigned: Line(_plain(N_("{name} a signé.")), GRIDS, place="#signatures"),
    e.SignatureRefused: Line(_plain(N_("{name} n’a pas signé.")), GRIDS, "alert", "#signatures", words=False),
    e.HearingClosed: Line(_plain(N_("Dossier transmis au jury de certification.")), GRIDS, "key", "#result"),
}
