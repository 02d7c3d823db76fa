"""Before the presentation: documents, the message, the waiting room, the identity, the sheet."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evaluation.people import Role
from evaluation.rules import N_
from evaluation.session import events as e
from evaluation.session.doors import Door
from evaluation.session.state import SessionState
from evaluation.session.supplied_documents import begins_check_anew
from server.views.session import labels
from server.views.session.contract.record_types import Tone
from server.views.session.identity_check import GESTURES, RENEWED
from server.views.session.reading import Reading
from server.views.session.telling.description import (
    CHECKED,
    JURY,
    ROOM,
    SILENT,
    STAFF,
    Chapter,
    Described,
    Entry,
    Line,
    Now,
    about_candidate,
    actor,
    by_actor,
    candidate,
    fixed,
    of_the_day,
)
from server.views.when import day_words

NOT_CONFIRMED = N_("{name} n’a pas confirmé le message de prévention.")
WAITING, NOT_SIGNED = N_("{name} est dans la salle d’attente."), N_("{name} n’a pas signé la feuille de présence.")


def _document(reading: Reading, group: Sequence[Entry]) -> str:
    event = group[-1].event
    return reading.say(N_("{name} a fourni : {title}, {pages} p."), pages=event.pages, name=actor(reading, group),
                       title=reading.label(labels.DOCUMENTS, event.kind))


def _renews(state: SessionState, event: Any) -> bool:
    """A copy that takes the place of one that was measured."""
    return begins_check_anew(state.hearing(event.hearing), event.kind)


def _check_asked(reading: Reading, group: Sequence[Entry]) -> str:
    front = N_("Le jury demande de montrer le recto de la pièce d’identité.")
    back = N_("Le jury demande de montrer le verso de la pièce d’identité.")
    return reading.say(front if group[-1].event.side == "front" else back)


def _check_asked_line(reading: Reading, group: Sequence[Entry]) -> str:
    front, back = N_("{name} demande de montrer le recto."), N_("{name} demande de montrer le verso.")
    return reading.say(front if group[-1].event.side == "front" else back, name=actor(reading, group))


def _gesture(reading: Reading, group: Sequence[Entry]) -> str:
    gesture = group[-1].event.gesture
    if gesture is None:
        return reading.say(N_("Le jury ne demande plus de geste."))
    return reading.say(GESTURES[gesture][1 if reading.seat.role is Role.CANDIDATE else 0])


def _gesture_line(reading: Reading, group: Sequence[Entry]) -> str:
    gesture, name = group[-1].event.gesture, actor(reading, group)
    if gesture is None:
        return reading.say(N_("{name} ne demande plus de geste."), name=name)
    return reading.say(N_("Geste demandé par {name} : {gesture}."), name=name,
                       gesture=reading.say(GESTURES[gesture][0]).lower())


def _measured(reading: Reading, group: Sequence[Entry]) -> str:
    if reading.seat.role is Role.CANDIDATE:
        return reading.say(N_("Merci, vous pouvez poser le document. Le jury regarde."))
    return reading.say(N_("Les mesures de la vérification sont là."))


def _opinion(reading: Reading, group: Sequence[Entry]) -> str:
    conform, doubt = N_("Avis de {name} : identité conforme."), N_("Avis de {name} : identité à ne pas retenir.")
    return reading.say(conform if group[-1].event.conform else doubt, name=actor(reading, group))


def _decided(reading: Reading, group: Sequence[Entry]) -> str:
    event = group[-1].event
    return reading.say(N_("Identité décidée par {name} : {finding}, {course}."), name=actor(reading, group),
                       finding=reading.label(labels.FINDINGS, event.finding).lower(),
                       course=reading.label(labels.COURSES, event.course))


def _not_conform(event: e.IdentityDecided) -> Tone | None:
    return None if event.finding == "conform" else "alert"


def _reminder(reading: Reading, group: Sequence[Entry]) -> str:
    said = len({one.event.point for one in group if one.event.said})
    return reading.say(N_("Rappel des règles par {name} : {said} points sur {total}."), name=actor(reading, group),
                       said=said, total=len(reading.state.framework.reminder))


def _refusal(reading: Reading, group: Sequence[Entry]) -> str:
    event = group[-1].event
    sheet = N_("Refus de signer la feuille, décision de {name} : {course}.")
    message = N_("Refus du message de prévention, décision de {name} : {course}.")
    return reading.say(sheet if event.gate == "sheet" else message, name=actor(reading, group),
                       course=reading.label(labels.COURSES, event.course))


def _brief_answered(reading: Reading, group: Sequence[Entry]) -> str:
    adopted, changes = N_("{name} adopte le cahier des charges."), N_("{name} demande de revoir le cahier des charges.")
    return reading.say(adopted if group[-1].event.adopted else changes, name=actor(reading, group))


def _brief_published(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.say(N_("Cahier des charges publié par {name} : livrets à remettre au plus tard le {day}."),
                       name=actor(reading, group), day=day_words(group[-1].event.deadline, reading.locale))


def _shorter_delay(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.say(N_("{name} accepte de remettre son livret au plus tard le {day}."),
                       name=candidate(reading, group), day=day_words(group[-1].event.deadline, reading.locale))


def _frozen(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.say(N_("Date limite passée : {count} documents sont arrêtés pour le jury."),
                       count=len(group[-1].event.documents))


def _accepted_late(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.say(N_("{name} accepte un document reçu après la date limite : {title}."),
                       name=actor(reading, group), title=_title(reading, group))


def _set_aside(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.say(N_("{name} a retiré : {title}."), name=actor(reading, group), title=_title(reading, group))


def _title(reading: Reading, group: Sequence[Entry]) -> str:
    event = group[-1].event
    kind = next(one.kind for one in reading.state.hearing(event.hearing).documents if one.id == event.document)
    return reading.label(labels.DOCUMENTS, kind)


def _piece(reading: Reading, group: Sequence[Entry]) -> str:
    event = group[-1].event
    return reading.say(labels.PIECE_STEPS[event.step], day=day_words(event.on, reading.locale))


COPY = Door.IDENTITY_COPY
PAPERS: Chapter = {
    e.BriefWritten: Described(line=Line(
        by_actor(N_("{name} a écrit une version du cahier des charges.")), concerns=of_the_day)),
    e.BriefAnswered: Described(line=Line(_brief_answered, concerns=of_the_day)),
    e.BriefPublished: Described(line=Line(_brief_published, tone="key", concerns=of_the_day)),
    e.ShorterDelayRecorded: Described(line=Line(_shorter_delay)),
    e.PapersFrozen: Described(line=Line(_frozen, place="#documents")),
    e.LatePaperAccepted: Described(line=Line(_accepted_late, tone="alert", place="#documents")),
    e.DocumentSetAside: Described(line=Line(_set_aside, place="#documents")),
    e.PieceWasHandled: Described(line=Line(_piece)),
}
AT_THE_DOOR: Chapter = {
    e.DocumentSupplied: Described(Now(JURY, fixed(RENEWED), "jury", _renews), Line(_document, place="#documents")),
    e.PreventionAcknowledged: Described(line=Line(by_actor(N_("{name} a confirmé le message de prévention.")))),
    e.PreventionRefused: Described(Now(STAFF, by_actor(NOT_CONFIRMED)), Line(by_actor(NOT_CONFIRMED), tone="alert")),
    e.WaitingRoomEntered: Described(Now(STAFF, by_actor(WAITING)), Line(by_actor(WAITING))),
    e.CalledIn: Described(
        Now(ROOM, about_candidate(N_("Le jury fait entrer {name}."))),
        Line(by_actor(N_("Entrée dans la salle, appel de {name}.")), tone="key")),
}
IDENTITY: Chapter = {
    e.CopyExamined: SILENT,
    e.CopyAccepted: Described(line=Line(
        by_actor(N_("{name} a regardé la copie de la pièce d’identité et l’accepte.")), COPY, place="#identity")),
    e.FaceConsentAnswered: SILENT,  # the candidate's alone (X1)
    e.FaceConsentWithdrawn: SILENT,
    e.IdentityCheckAsked: Described(Now(CHECKED, _check_asked, "jury"), Line(_check_asked_line, COPY)),
    e.IdentityCheckEnded: SILENT,
    e.GestureAsked: Described(Now(CHECKED, _gesture, "jury"), Line(_gesture_line, COPY)),
    e.SignalsMeasured: Described(
        Now(CHECKED, _measured, "jury"),
        Line(fixed(N_("Pièce d’identité comparée à la copie : mesures montrées au jury.")), COPY, place="#identity")),
    e.IdentityCheckFailed: Described(
        Now(JURY, fixed(N_("La vérification n’a rien donné. La session continue.")), "jury"),
        Line(fixed(N_("La vérification à la caméra n’a rien donné.")), COPY)),
    e.IdentityOpinionGiven: Described(line=Line(_opinion, place="#identity")),
    e.IdentityDecided: Described(
        Now(ROOM, by_actor(N_("{name} a décidé pour l’identité."))),
        Line(_decided, tone="key", place="#identity", graver=_not_conform)),
}
RULES_AND_SHEET: Chapter = {
    e.ReminderChecked: Described(line=Line(_reminder, together=True)),
    e.SheetSigned: Described(
        Now(ROOM, fixed(N_("La feuille de présence est signée."))),
        Line(by_actor(N_("Feuille de présence signée par {name}.")), words=False)),
    e.SheetRefused: Described(
        Now(ROOM, about_candidate(NOT_SIGNED)), Line(by_actor(NOT_SIGNED), tone="alert")),
    e.RefusalDecided: Described(line=Line(_refusal, tone="alert")),
}
