"""What changes of a day before it begins, or on the day itself: hours, who attends, how a hearing is held."""
from __future__ import annotations

from collections.abc import Sequence

from evaluation.people import Role
from evaluation.rules import N_
from evaluation.session import events as e
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
    Say,
    about,
    about_candidate,
    actor,
    by_actor,
    candidate,
    of_the_day,
)
from server.views.when import day_words, hour_words

WITH = frozenset({Role.JUROR, Role.ORGANIZER, Role.OBSERVER})


def _agreed(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.say(N_("{name} est d’accord pour le {day}."), name=candidate(reading, group),
                       day=day_words(group[-1].event.date, reading.locale))


def _moved(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.say(N_("L’épreuve de {name} commencera à {hour}."), name=candidate(reading, group),
                       hour=hour_words(group[-1].event.starts_at, reading.locale))


def _moved_line(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.say(N_("Épreuve déplacée par {name} : {hour}."), name=actor(reading, group),
                       hour=hour_words(group[-1].event.starts_at, reading.locale))


def _day_moved(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.say(N_("La session est déplacée au {day}."), day=day_words(group[-1].event.date, reading.locale))


def _mode(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.say(N_("Épreuve tenue : {mode}."), mode=reading.label(labels.MODES, group[-1].event.mode))


def _seated(text: str, field: str) -> Say:
    """`{name}`: who has the seat that the event gives."""
    return lambda reading, group: reading.say(text, name=reading.name(getattr(group[-1].event, field).id))


AIDS, HELPS_NO_MORE = N_("{name} aide pendant l’épreuve."), N_("{name} n’aide plus pendant l’épreuve.")
OBSERVES, OBSERVES_NO_MORE = N_("{name} observe la session."), N_("{name} n’observe plus la session.")
DEPUTY, DEPUTY_NO_MORE = N_("{name} supplée l’organisation."), N_("{name} ne supplée plus l’organisation.")

REARRANGED: Chapter = {
    e.MoveAgreedTo: Described(line=Line(_agreed)),
    e.HearingMoved: Described(Now(ROOM, _moved), Line(_moved_line, tone="key")),
    e.HearingCancelled: Described(
        Now(ROOM, about_candidate(N_("L’épreuve de {name} est annulée."))),
        Line(by_actor(N_("Épreuve annulée par {name}.")), tone="alert")),
    e.DayMoved: Described(Now(ROOM, _day_moved, "room"), Line(_day_moved, tone="key", concerns=of_the_day)),
    e.AidAdded: Described(Now(ROOM, _seated(AIDS, "aid")), Line(_seated(AIDS, "aid"))),
    e.AidRemoved: Described(Now(ROOM, about(HELPS_NO_MORE, "seat")), Line(about(HELPS_NO_MORE, "seat"))),
    e.ObserverAdded: Described(
        Now(WITH, _seated(OBSERVES, "observer")), Line(_seated(OBSERVES, "observer"), concerns=of_the_day)),
    e.ObserverRemoved: Described(
        Now(WITH, about(OBSERVES_NO_MORE, "seat")), Line(about(OBSERVES_NO_MORE, "seat"), concerns=of_the_day)),
    e.DeputyNamed: Described(
        Now(STAFF, _seated(DEPUTY, "deputy")), Line(_seated(DEPUTY, "deputy"), concerns=of_the_day)),
    e.DeputyDismissed: Described(
        Now(STAFF, about(DEPUTY_NO_MORE, "seat")), Line(about(DEPUTY_NO_MORE, "seat"), concerns=of_the_day)),
    e.ModeChanged: Described(Now(ROOM, _mode), Line(_mode, tone="key")),
    e.PlaceNamed: SILENT,
}
