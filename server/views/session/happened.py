"""What has just happened, in one sentence each, for those who may know it: what a live region reads out."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from evaluation.journal import Record
from evaluation.people import Role
from evaluation.rules import N_
from evaluation.session import events as e
from evaluation.session.events import Event
from evaluation.session.state import Hearing
from evaluation.session.supplied_documents import begins_check_anew
from server.views.session import labels
from server.views.session.contract import Happened
from server.views.session.identity_check import GESTURES, RENEWED
from server.views.session.reading import Reading

Sentence = Callable[[Reading, Any, Record], str]

JURY = frozenset({Role.JUROR})
CHECKED = frozenset({Role.CANDIDATE, Role.JUROR})
ROOM = frozenset({Role.CANDIDATE, Role.AID, Role.JUROR, Role.ORGANIZER, Role.OBSERVER})
STAFF = frozenset({Role.JUROR, Role.ORGANIZER})


def _fixed(text: str) -> Sentence:
    return lambda reading, event, record: reading.say(text)


def _named(text: str, seat_of: Callable[[Any, Record], str]) -> Sentence:
    return lambda reading, event, record: reading.say(text, name=reading.name(seat_of(event, record)))


def _actor(event: object, record: Record) -> str:
    return record.actor


def _about(text: str) -> Sentence:
    """`{name}`: the candidate whose examination it is."""
    return lambda reading, event, record: reading.say(text, name=_candidate(reading, event))


def _candidate(reading: Reading, event: Any) -> str:
    return reading.candidate(reading.state.hearing(event.hearing))


def _phase_started(reading: Reading, event: e.PhaseStarted, record: Record) -> str:
    return reading.say(N_("{phase} : c’est commencé."), phase=reading.label(labels.PHASES, event.phase))


def _time_announced(reading: Reading, event: e.TimeAnnounced, record: Record) -> str:
    phase = reading.label(labels.PHASES, event.phase)
    if event.remaining == 0:
        return reading.say(N_("{phase} : le temps prévu est écoulé."), phase=phase)
    minutes, seconds = divmod(event.remaining, 60)
    if minutes == 0:
        return reading.say(N_("{phase} : il reste {seconds} secondes."), phase=phase, seconds=seconds)
    return reading.say(N_("{phase} : il reste {minutes} min."), phase=phase, minutes=minutes)


def _visibility(reading: Reading, event: e.VisibilityRequired, record: Record) -> str:
    asked = N_("Le jury demande à {name} de rester visible à la caméra.")
    released = N_("Le jury ne demande plus à {name} de rester visible.")
    return reading.say(asked if event.required else released, name=_candidate(reading, event))


def _incident(reading: Reading, event: e.IncidentRecorded, record: Record) -> str:
    fraud = N_("{name} a noté une présomption de fraude dans le dossier.")
    other = N_("{name} a noté un incident dans le dossier.")
    return reading.say(fraud if event.suspected_fraud else other, name=reading.name(record.actor))


def _given_back(reading: Reading, event: e.TimeGivenBack, record: Record) -> str:
    minutes, seconds = divmod(event.seconds, 60)
    given = N_("Du temps est rendu à {name} : {minutes} min {seconds} s.")
    return reading.say(given, name=_candidate(reading, event), minutes=minutes, seconds=seconds)


def _proposed(reading: Reading, event: e.ConsensusProposed, record: Record) -> str:
    proposed = N_("{code} : {mark} proposé, à confirmer par chacun.")
    return reading.say(proposed, code=event.competency, mark=event.mark.value)


def _check_asked(reading: Reading, event: e.IdentityCheckAsked, record: Record) -> str:
    front, back = N_("Le jury demande de montrer le recto de la pièce d’identité."), N_(
        "Le jury demande de montrer le verso de la pièce d’identité.")
    return reading.say(front if event.side == "front" else back)


def _gesture(reading: Reading, event: e.GestureAsked, record: Record) -> str:
    if event.gesture is None:
        return reading.say(N_("Le jury ne demande plus de geste."))
    return reading.say(GESTURES[event.gesture][1 if reading.seat.role is Role.CANDIDATE else 0])


def _measured(reading: Reading, event: e.SignalsMeasured, record: Record) -> str:
    if reading.seat.role is Role.CANDIDATE:
        return reading.say(N_("Merci, vous pouvez poser le document. Le jury regarde."))
    return reading.say(N_("Les mesures de la vérification sont là."))


SENTENCES: Mapping[type, tuple[frozenset[Role], Sentence]] = {
    e.PresidentDesignated: (ROOM, _named(N_("{name} préside le jury."), lambda event, record: event.president)),
    e.SeatJoined: (ROOM, _named(N_("{name} est là."), lambda event, record: event.seat)),
    e.SeatLeft: (ROOM, _named(N_("{name} n’est plus en ligne."), lambda event, record: event.seat)),
    e.WaitingRoomEntered: (STAFF, _named(N_("{name} est dans la salle d’attente."), _actor)),
    e.PreventionRefused: (STAFF, _named(N_("{name} n’a pas confirmé le message de prévention."), _actor)),
    e.CalledIn: (ROOM, _about(N_("Le jury fait entrer {name}."))),
    e.DocumentSupplied: (JURY, _fixed(RENEWED)),
    e.IdentityCheckAsked: (CHECKED, _check_asked),
    e.GestureAsked: (CHECKED, _gesture),
    e.SignalsMeasured: (CHECKED, _measured),
    e.IdentityCheckFailed: (JURY, _fixed(N_("La vérification n’a rien donné. La session continue."))),
    e.IdentityDecided: (ROOM, _named(N_("{name} a décidé pour l’identité."), _actor)),
    e.SheetSigned: (ROOM, _fixed(N_("La feuille de présence est signée."))),
    e.SheetRefused: (ROOM, _about(N_("{name} n’a pas signé la feuille de présence."))),
    e.PhaseStarted: (ROOM, _phase_started),
    e.TimeAnnounced: (ROOM, _time_announced),
    e.ClockPaused: (ROOM, _fixed(N_("L’horloge est en pause."))),
    e.ClockResumed: (ROOM, _fixed(N_("L’horloge reprend."))),
    e.TimeGivenBack: (ROOM, _given_back),
    e.VisibilityRequired: (ROOM, _visibility),
    e.CandidateDismissed: (JURY, _about(N_("{name} a quitté la salle. Le jury délibère."))),
    e.HearingAdjourned: (ROOM, _fixed(N_("L’épreuve est interrompue ; elle reprendra un autre jour."))),
    e.AttemptVoided: (ROOM, _fixed(N_("L’épreuve recommencera : ce qui précède ne compte pas."))),
    e.HearingStopped: (STAFF, _fixed(N_("L’épreuve est arrêtée."))),
    e.NoShowRecorded: (STAFF, _about(N_("L’absence de {name} est constatée."))),
    e.IncidentRecorded: (JURY, _incident),
    e.SanctionsTold: (ROOM - {Role.OBSERVER}, _about(N_("Les sanctions encourues ont été dites à {name}."))),
    e.GridClosed: (JURY, _named(N_("{name} a clos sa grille."), _actor)),
    e.DeliberationOpened: (JURY, _fixed(N_("La délibération est ouverte : le jury voit les trois grilles."))),
    e.ConsensusProposed: (JURY, _proposed),
    e.DisputeDeclared: (JURY, _fixed(N_("Un désaccord est transmis au jury de certification."))),
    e.DeliberationSuspended: (JURY, _fixed(N_("La délibération est suspendue."))),
    e.DeliberationResumed: (JURY, _fixed(N_("La délibération reprend."))),
    e.DeliberationSigned: (JURY, _named(N_("{name} a signé."), _actor)),
    e.SignatureRefused: (JURY, _named(N_("{name} n’a pas signé."), _actor)),
    e.HearingClosed: (STAFF, _about(N_(
        "Le dossier de {name} est transmis au jury de certification : notes retenues, résultat par bloc, "
        "préconisations et signatures."))),
    e.JurorRecused: (STAFF, _named(N_("Récusation de {name} pour cette épreuve."), lambda event, record: event.juror)),
    e.ProblemReported: (frozenset({Role.ORGANIZER}), _named(N_("{name} demande de l’aide."), _actor)),
    e.RoomMessageWritten: (ROOM, _fixed(N_("L’organisation a écrit à la salle."))),
}
"""Who is told of what. An event that stands in no row is told to nobody."""

OF_THE_JURY = (
    e.GridClosed, e.DeliberationOpened, e.ConsensusProposed, e.DisputeDeclared, e.DeliberationSuspended,
    e.DeliberationResumed, e.DeliberationSigned, e.SignatureRefused, e.IncidentRecorded, e.IdentityCheckAsked,
    e.GestureAsked, e.SignalsMeasured, e.IdentityCheckFailed,
)
"""Only for the jurors who sit for that candidate: a recused one who comes back later is not told (X7)."""
OF_THE_ROOM = (e.SeatJoined, e.SeatLeft, e.PresidentDesignated, e.RoomMessageWritten)
"""Not about one hearing: told to a candidate only while they are in the room."""


def happened_view(reading: Reading, past: Iterable[tuple[Record, Event]]) -> list[Happened]:
    """`Happened[]` of view.d.ts for the events this seat may know of, oldest first."""
    told: list[Happened] = []
    for record, event in past:
        row = SENTENCES.get(type(event))
        if row is None or reading.seat.role not in row[0] or not _concerns(reading, event):
            continue
        told.append(
            {
                "position": record.position, "at": record.at, "event": record.event,
                "words": row[1](reading, event, record), "polite": not isinstance(event, e.TimeAnnounced),
            }
        )
    return told


def _concerns(reading: Reading, event: Event) -> bool:
    hearing_id = getattr(event, "hearing", None)
    if reading.seat.role in (Role.CANDIDATE, Role.AID):
        return _concerns_attending(reading, event, hearing_id)
    if isinstance(event, e.DocumentSupplied):
        hearing = reading.state.hearing(event.hearing)
        return reading.state.sits(reading.seat.id, hearing.id) and begins_check_anew(hearing, event.kind)
    if isinstance(event, OF_THE_JURY):
        return reading.state.sits(reading.seat.id, hearing_id)
    return True


def _concerns_attending(reading: Reading, event: Event, hearing_id: str | None) -> bool:
    """The candidate and the aid hear of their own hearing alone, and of comings and goings while they are there."""
    own: Hearing | None = reading.subject()
    if own is None:
        return False
    if isinstance(event, OF_THE_ROOM):
        there = {s.id for s in (*reading.state.jurors_appointed(own.id), own.candidate, *own.aids)}
        about = getattr(event, "seat", None) or getattr(event, "president", None)
        return reading.state.current == own.id and (about is None or about in there)
    return hearing_id == own.id
