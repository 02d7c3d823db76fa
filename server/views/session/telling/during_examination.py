"""The examination itself: its phases and their clocks, what interrupts or ends it, incidents."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from evaluation.people import Role
from evaluation.rules import N_
from evaluation.session import events as e
from server.views.session import labels
from server.views.session.incident_kinds import kind_words
from server.views.session.reading import Reading
from server.views.session.telling.description import (
    JURY,
    ROOM,
    SILENT,
    STAFF,
    Chapter,
    Described,
    Entry,
    Line,
    Now,
    about,
    about_candidate,
    actor,
    by_actor,
    candidate,
    fixed,
)
from server.views.when import day_words, lasting


def _phase(reading: Reading, event: Any) -> str:
    return reading.label(labels.PHASES, event.phase)


def _begins(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.say(N_("{phase} : c’est commencé."), phase=_phase(reading, group[-1].event))


def _started(reading: Reading, group: Sequence[Entry]) -> str:
    event = group[-1].event
    total = (event.ceiling + event.extra) * 1000
    return reading.say(N_("{phase} : début, pour {time}."), phase=_phase(reading, event), time=lasting(total))


def _ended(reading: Reading, group: Sequence[Entry]) -> str:
    event = group[-1].event
    text = N_("{phase} : fin, après {time}.")
    if event.early:
        text = N_("{phase} : fin après {time}, avant la durée minimale.")
    elif event.overrun:
        text = N_("{phase} : fin après {time}, dont {over} au-delà du temps prévu.")
    return reading.say(text, phase=_phase(reading, event), time=lasting(event.elapsed), over=lasting(event.overrun))


def _announced(reading: Reading, group: Sequence[Entry]) -> str:
    event = group[-1].event
    phase = _phase(reading, event)
    if event.remaining == 0:
        return reading.say(N_("{phase} : le temps prévu est écoulé."), phase=phase)
    minutes, seconds = divmod(event.remaining, 60)
    if minutes == 0:
        return reading.say(N_("{phase} : il reste {seconds} secondes."), phase=phase, seconds=seconds)
    return reading.say(N_("{phase} : il reste {minutes} min."), phase=phase, minutes=minutes)


def _paused(reading: Reading, group: Sequence[Entry]) -> str:
    technical, other = N_("Temps arrêté par {name}, problème technique."), N_("Temps arrêté par {name}.")
    return reading.say(technical if group[-1].event.cause == "technical" else other, name=actor(reading, group))


def _given_back(reading: Reading, group: Sequence[Entry]) -> str:
    minutes, seconds = divmod(group[-1].event.seconds, 60)
    given = N_("Du temps est rendu à {name} : {minutes} min {seconds} s.")
    return reading.say(given, name=candidate(reading, group), minutes=minutes, seconds=seconds)


def _given_back_line(reading: Reading, group: Sequence[Entry]) -> str:
    event = group[-1].event
    text = N_("Temps rendu : {time}.")
    if event.measured is not None:
        text = N_("Temps rendu pour une coupure : {time}, comme mesuré.")
        if event.seconds != event.measured:
            text = N_("Temps rendu pour une coupure : {time} ; elle en avait pris {measured}.")
    measured = lasting((event.measured or 0) * 1000)
    return reading.say(text, time=lasting(event.seconds * 1000), measured=measured)


def _dismissed(reading: Reading, group: Sequence[Entry]) -> str:
    text = N_("Congé donné. Résultats annoncés au plus tard le {day}.")
    return reading.say(text, day=day_words(group[-1].event.results_by, reading.locale))


def _untold(reading: Reading, group: Sequence[Entry], line: str) -> str:
    """A line, with what stands beside it where the candidate was not told what is noted."""
    if not group[-1].event.untold:
        return line
    more = reading.say(N_("La présomption de fraude notée n’a pas été dite au candidat pendant l’épreuve : la raison "
                          "est écrite ici."))
    return f"{line} {more}"


def _broken_off(text: str) -> Callable[[Reading, Sequence[Entry]], str]:
    """The line of an event that ends or interrupts an examination, by its actor."""
    return lambda reading, group: _untold(reading, group, reading.say(text, name=actor(reading, group)))


def _voided(reading: Reading, group: Sequence[Entry]) -> str:
    postponed = N_("Épreuve reportée par {name} : ce qui précède ne compte pas.")
    again = N_("Épreuve recommencée par {name} : ce qui précède ne compte pas.")
    return _untold(reading, group, reading.say(postponed if group[-1].event.postponed else again,
                                               name=actor(reading, group)))


def _visibility(reading: Reading, group: Sequence[Entry]) -> str:
    asked = N_("Le jury demande à {name} de rester visible à la caméra.")
    released = N_("Le jury ne demande plus à {name} de rester visible.")
    return reading.say(asked if group[-1].event.required else released, name=candidate(reading, group))


def _visibility_line(reading: Reading, group: Sequence[Entry]) -> str:
    asked, released = N_("Le jury demande de rester visible."), N_("Le jury ne demande plus de rester visible.")
    return reading.say(asked if group[-1].event.required else released)


def _incident(reading: Reading, group: Sequence[Entry]) -> str:
    fraud = N_("{name} a noté une présomption de fraude dans le dossier.")
    other = N_("{name} a noté un incident dans le dossier.")
    return reading.say(fraud if group[-1].event.suspected_fraud else other, name=actor(reading, group))


def _incident_line(reading: Reading, group: Sequence[Entry]) -> str:
    event = group[-1].event
    fraud, other = N_("Présomption de fraude notée par {name} : {kind}."), N_("Incident noté par {name} : {kind}.")
    return reading.say(fraud if event.suspected_fraud else other, name=actor(reading, group),
                       kind=kind_words(reading.state.framework, reading.locale, event.kind,
                                       fraud=event.suspected_fraud).lower())


def _script_decided(reading: Reading, group: Sequence[Entry]) -> str:
    on, stopped = N_("{name} décide de continuer l’épreuve."), N_("{name} décide d’arrêter l’épreuve.")
    return reading.say(on if group[-1].event.course == "go_on" else stopped, name=actor(reading, group))


CLOCKS = "#clocks"
PHASES: Chapter = {
    e.PhaseStarted: Described(Now(ROOM, _begins), Line(_started, tone="key")),
    e.PhaseEnded: Described(line=Line(_ended, place=CLOCKS)),
    e.TimeAnnounced: Described(Now(ROOM, _announced, polite=False)),
    e.ClockPaused: Described(
        Now(ROOM, fixed(N_("L’horloge est en pause."))), Line(_paused, tone="alert", place=CLOCKS)),
    e.ClockResumed: Described(Now(ROOM, fixed(N_("L’horloge reprend."))), Line(fixed(N_("Le temps repart.")))),
    e.TimeGivenBack: Described(Now(ROOM, _given_back), Line(_given_back_line, place=CLOCKS)),
    e.CandidateDismissed: Described(
        Now(JURY, about_candidate(N_("{name} a quitté la salle. Le jury délibère."))), Line(_dismissed, tone="key")),
}
ENDINGS: Chapter = {
    e.HearingAdjourned: Described(
        Now(ROOM, fixed(N_("L’épreuve est interrompue ; elle reprendra un autre jour."))),
        Line(_broken_off(N_("Épreuve interrompue par {name}, à reprendre.")), tone="alert")),
    e.AttemptVoided: Described(
        Now(ROOM, fixed(N_("L’épreuve recommencera : ce qui précède ne compte pas."))), Line(_voided, tone="alert")),
    e.HearingStopped: Described(
        Now(STAFF, fixed(N_("L’épreuve est arrêtée."))),
        Line(_broken_off(N_("Épreuve arrêtée par {name}.")), tone="alert")),
    e.NoShowRecorded: Described(
        Now(STAFF, about_candidate(N_("L’absence de {name} est constatée."))),
        Line(by_actor(N_("Absence constatée par {name}.")), tone="alert")),
}
INCIDENTS: Chapter = {
    e.VisibilityRequired: Described(Now(ROOM, _visibility), Line(_visibility_line)),
    e.CaptureTaken: Described(line=Line(
        about(N_("Image de {name} prise par {by}."), "seat"), place="#capture-{capture}")),
    e.IncidentRecorded: Described(
        Now(JURY, _incident, "jury"),
        Line(_incident_line, tone="alert", place="#incident-{position}", words=False)),
    e.SanctionsTold: Described(
        Now(ROOM - {Role.OBSERVER}, about_candidate(N_("Les sanctions encourues ont été dites à {name}."))),
        Line(by_actor(N_("Sanctions encourues dites par {name}.")), place="#incident-{incident}")),
    e.SuspicionAnswered: Described(
        Now(JURY, about_candidate(N_("{name} a répondu à ce qui a été noté.")), "jury"),
        Line(by_actor(N_("Réponse signée de {name} à ce qui a été noté.")), place="#incident-{incident}")),
    e.AnswerDeclined: Described(
        Now(JURY, about_candidate(N_("{name} a choisi de ne pas répondre.")), "jury"),
        Line(by_actor(N_("{name} a choisi de ne pas répondre à ce qui a été noté.")), place="#incident-{incident}")),
    e.AnswerMissed: Described(
        line=Line(by_actor(N_("Aucune réponse n’a pu être prise : {name} l’écrit.")), place="#incident-{incident}")),
    e.SuspicionDecided: Described(line=Line(_script_decided, tone="key", place="#incident-{incident}")),
    e.AccusationDropped: SILENT,
    e.StatementAdded: Described(line=Line(
        by_actor(N_("Déclaration de {name}.")), place="#statements", words=False)),
}
