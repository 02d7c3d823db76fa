"""What happened to one candidate, line by line from the journal, for a seat that may read the record."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from evaluation.journal import Record
from evaluation.people import Words
from evaluation.session import events as e
from evaluation.session.doors import Door
from evaluation.session.events import Event
from evaluation.session.kind import SESSION
from evaluation.session.state import Hearing, SessionState
from server.views.session.contract.record_types import TimelineLine
from server.views.session.reading import Reading
from server.views.session.telling.description import Entry, Line
from server.views.session.telling.every_event import DESCRIBED
from server.views.when import hour_words

OF_SUSPICION = (e.SanctionsTold, e.SuspicionAnswered, e.AnswerDeclined, e.AnswerMissed, e.SuspicionDecided)
"""What is told of one incident, and is left out with it."""


@dataclass(frozen=True)
class Voided:
    """An attempt that does not count, as it stood when it was given up (X9)."""

    hearing: Hearing
    at: int
    by: str
    postponed: bool
    words: Words


def follow(past: Iterable[tuple[Record, Event]], hearing: str) -> tuple[list[Entry], list[Voided]]:
    """The events that stand in the record of one hearing, oldest first, and its attempts that do not count."""
    state: SessionState | None = None
    entries: list[Entry] = []
    voided: list[Voided] = []
    for record, event in past:
        before = state.hearings.get(hearing) if state else None
        if isinstance(event, e.AttemptVoided) and event.hearing == hearing and before is not None:
            voided.append(Voided(before, record.at, record.actor, event.postponed, event.words))
        state = SESSION.evolve(state, event, position=record.position, at=record.at, actor=record.actor)
        now = state.hearings.get(hearing)
        line, during = DESCRIBED[type(event)].line, before or now
        entry = Entry(record, event, during.attempt if during else 1)
        if line is not None and line.concerns(state, now, entry):
            entries.append(entry)
    known = state.hearings.get(hearing) if state else None
    noted = frozenset(one.position for one in known.noted) if known is not None else frozenset[int]()
    return [one for one in entries if _stays(one, noted)], voided


def _stays(one: Entry, noted: frozenset[int]) -> bool:
    """Nothing is told of an accusation that came to nothing."""
    if isinstance(one.event, OF_SUSPICION):
        return one.event.incident in noted
    return not isinstance(one.event, e.IncidentRecorded) or one.record.position in noted


def timeline(reading: Reading, entries: Iterable[Entry], doors: frozenset[Door]) -> list[TimelineLine]:
    """The lines open to this seat, oldest first."""
    shown = [(one, line) for one in entries if (line := DESCRIBED[one.kind].line) is not None and line.door in doors]
    groups = [list(group) for _, group in groupby(shown, key=lambda pair: _group(*pair))]
    return [_told(reading, [one for one, _ in group], group[-1][1]) for group in groups]


def words_of(entries: Iterable[Entry], doors: frozenset[Door]) -> list[str]:
    """References of the words that the lines open to this seat carry."""
    found: list[str] = []
    for one in entries:
        line = DESCRIBED[one.kind].line
        words = getattr(one.event, "words", None)
        if line is not None and line.words and line.door in doors and isinstance(words, Words):
            found.append(words.ref)
    return found


def _group(one: Entry, line: Line) -> tuple[object, ...]:
    return (one.kind, one.record.actor, one.attempt) if line.together else (one.record.position,)


def _told(reading: Reading, group: list[Entry], line: Line) -> TimelineLine:
    last = group[-1]
    values: dict[str, object] = {**vars(last.event), "position": last.record.position}
    return {
        "position": last.record.position, "at": last.record.at, "hour": hour_words(last.record.at, reading.locale),
        "attempt": last.attempt, "tone": line.graver(last.event) or line.tone, "words": line.say(reading, group),
        "said": line.said(reading, last) if line.words else None,
        "place": line.place.format_map(values) if line.place else None,
    }
