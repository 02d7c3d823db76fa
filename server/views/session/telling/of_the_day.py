"""The day: its jury, who comes and goes, calls for help."""
from __future__ import annotations

from collections.abc import Sequence

from evaluation.candidacy.examining import quoted
from evaluation.kinds import RulesChanged
from evaluation.people import Role
from evaluation.rules import N_
from evaluation.session import events as e
from evaluation.session.state import Hearing, SessionState
from server.views.session import labels
from server.views.session.reading import Reading
from server.views.session.telling.description import (
    ROOM,
    SILENT,
    STAFF,
    Chapter,
    Described,
    Entry,
    Line,
    Now,
    about,
    by_actor,
    fixed,
    of_the_day,
    of_who_is_there,
    of_whoever_acts,
    while_it_goes_on,
)
from server.views.when import hour_words

PRESIDES, THERE, GONE = N_("{name} préside le jury."), N_("{name} est là."), N_("{name} n’est plus en ligne.")
LAPSED = N_("L’organisme de formation n’a plus de convention pour ce jour.")
RESTORED = N_("L’organisme de formation a de nouveau une convention pour ce jour.")
RECUSED = N_("Récusation de {name} pour cette épreuve.")


def _jury(reading: Reading, group: Sequence[Entry]) -> str:
    names = ", ".join(reading.name(seat.id) for seat in group[-1].event.jurors)
    return reading.say(N_("Jury désigné : {names}."), names=names)


def _added(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.say(N_("Épreuve inscrite à {hour}."), hour=hour_words(group[-1].event.starts_at, reading.locale))


def _adjusted(reading: Reading, _group: Sequence[Entry]) -> str:
    """The day's times as they are now say what changed; nobody is told why (R10.1)."""
    return reading.say(N_("L’aménagement de l’épreuve est décidé : les durées en tiennent compte."))


ADMISSION = {
    "admitted": N_("L’inscription est admise : l’épreuve peut avoir lieu."),
    "examined": N_("L’inscription est en cours d’examen : l’épreuve attend la réponse de l’organisme certificateur."),
    "not_admitted": N_("L’inscription n’est plus admise par l’organisme certificateur : l’épreuve ne peut pas avoir "
                       "lieu."),
}
"""No more is told of it (R6.6)."""


def _admission(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.say(ADMISSION[quoted(group[-1].event.said)])


def _replaced(reading: Reading, group: Sequence[Entry]) -> str:
    event = group[-1].event
    return reading.say(N_("{name} remplace {old}."), old=reading.name(event.replaced), name=reading.name(event.seat.id))


def _asked_for(reading: Reading, one: Entry) -> str | None:
    """A call for help is written to the organizer, by somebody who may read it again; to others, nothing of it."""
    event = one.event
    if reading.seat.role is not Role.ORGANIZER and one.record.actor != reading.seat.id:
        return None
    chosen = reading.label(labels.PROBLEMS, event.kind) if event.kind else None
    said = " : ".join(said for said in (chosen, reading.words(event.words)) if said)
    return said[:1].upper() + said[1:] or None  # a sentence of its own after the line's


def _of_the_day_or_of_the_substitute_s(_state: SessionState, hearing: Hearing | None, one: Entry) -> bool:
    only = one.event.seat.hearing
    return only is None or (hearing is not None and only == hearing.id)


OF_THE_DAY: Chapter = {
    RulesChanged: SILENT,
    e.SessionPlanned: SILENT,
    e.SessionClosed: SILENT,
    e.AgreementLapsed: Described(
        Now(frozenset({Role.ORGANIZER}), fixed(LAPSED)), Line(fixed(LAPSED), tone="alert", concerns=of_the_day)),
    e.AgreementRestored: Described(
        Now(frozenset({Role.ORGANIZER}), fixed(RESTORED)), Line(fixed(RESTORED), concerns=of_the_day)),
    e.HearingAdded: Described(line=Line(_added, tone="key")),
    e.AdjustmentTaken: Described(line=Line(_adjusted)),
    e.AdmissionNoted: Described(Now(STAFF, _admission), Line(_admission, tone="alert")),
    e.JuryAppointed: Described(line=Line(_jury, concerns=of_the_day)),
    e.JurorReplaced: Described(line=Line(_replaced, concerns=_of_the_day_or_of_the_substitute_s)),
    e.JurorRecused: Described(Now(STAFF, about(RECUSED, "juror")), Line(about(RECUSED, "juror"), tone="alert")),
    e.PresidentChosen: SILENT,
    e.PresidentDesignated: Described(
        Now(ROOM, about(PRESIDES, "president"), "room"), Line(about(PRESIDES, "president"), concerns=of_the_day)),
    e.SeatJoined: Described(
        Now(ROOM, about(THERE, "seat"), "room"), Line(about(THERE, "seat"), concerns=of_who_is_there("seat"))),
    e.SeatLeft: Described(
        Now(ROOM, about(GONE, "seat"), "room"), Line(about(GONE, "seat"), concerns=of_who_is_there("seat"))),
    e.SeatTakenOver: Described(line=Line(
        about(N_("{name} a repris sa place dans un autre navigateur."), "seat"), concerns=of_who_is_there("seat"))),
    e.LinkRenewed: Described(line=Line(
        about(N_("{by} a remplacé le lien de {name} : l’ancien et le navigateur connecté n’ouvrent plus cette place."),
              "seat"), tone="alert", concerns=of_who_is_there("seat"))),
    e.ProblemReported: Described(
        Now(frozenset({Role.ORGANIZER}), by_actor(N_("{name} demande de l’aide."))),
        Line(by_actor(N_("{name} a demandé de l’aide.")), tone="alert", concerns=of_whoever_acts,
             said=_asked_for)),
    e.ProblemSettled: SILENT,
    e.RoomMessageWritten: Described(
        Now(ROOM, fixed(N_("L’organisation a écrit à la salle.")), "room"),
        Line(by_actor(N_("Message de {name} à la salle.")), concerns=while_it_goes_on)),
}
