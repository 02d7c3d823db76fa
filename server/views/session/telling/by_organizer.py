"""The organizer's measures about a hearing, and what the president answers (R4.4). To the jury and the candidate alone:
whoever else is there learns that somebody left the room."""
from __future__ import annotations

from collections.abc import Sequence

from evaluation.people import Role
from evaluation.rules import N_
from evaluation.session import events as e
from server.views.session.reading import Reading
from server.views.session.telling.description import (
    ROOM,
    STAFF,
    Chapter,
    Described,
    Entry,
    Line,
    Now,
    actor,
    by_actor,
    candidate,
)

TOLD = frozenset({Role.CANDIDATE, *STAFF})


def _warned(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.say(N_("L’organisation adresse un avertissement à {name}."), name=candidate(reading, group))


def _apart(reading: Reading, group: Sequence[Entry]) -> str:
    text = N_("{name} sort de la salle et attend dans la salle d’attente. L’horloge est arrêtée.")
    return reading.say(text, name=candidate(reading, group))


def _back(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.say(N_("{name} revient dans la salle."), name=candidate(reading, group))


def _proposed(reading: Reading, group: Sequence[Entry]) -> str:
    stop, postpone = N_("{name} propose d’arrêter l’épreuve."), N_("{name} propose de reporter l’épreuve.")
    return reading.say(stop if group[-1].event.ending == "stop" else postpone, name=actor(reading, group))


BY_ORGANIZER: Chapter = {
    e.CandidateWarned: Described(
        Now(TOLD, _warned), Line(by_actor(N_("Avertissement écrit de {name} au candidat.")), tone="alert")),
    e.CandidateSeparated: Described(
        Now(ROOM, _apart), Line(by_actor(N_("Candidat mis à l’écart par {name}.")), tone="alert")),
    e.SeparationEnded: Described(Now(ROOM, _back), Line(by_actor(N_("Retour dans la salle, par {name}.")))),
    e.EndingProposed: Described(Now(STAFF, _proposed, "jury"), Line(_proposed, tone="alert")),
    e.EndingDeclined: Described(
        Now(STAFF, by_actor(N_("{name} décide de continuer.")), "jury"),
        Line(by_actor(N_("Proposition de l’organisation non suivie par {name}.")))),
}
