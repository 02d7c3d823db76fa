"""What happened to one candidate, line by line from the journal, for a seat that may read the record.

A line stands here once, with the door that opens it; an event without a line is shown to nobody (private notes, marks
one by one, checklists).
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from evaluation.journal import Record
from evaluation.people import Role, Words
from evaluation.session import events as e
from evaluation.session.access import Door
from evaluation.session.events import Event
from evaluation.session.kind import SESSION
from evaluation.session.state import Hearing, SessionState
from server.views.session import labels
from server.views.session.reading import Reading
from server.views.session.record_lines import LINES, Entry, Line, Tone
from server.views.when import hour_words


@dataclass(frozen=True)
class Voided:
    """An attempt that does not count, as it stood when it was given up (X9)."""

    hearing: Hearing
    at: int
    by: str
    postponed: bool
    words: Words


def follow(past: Iterable[tuple[Record, Event]], hearing: str) -> tuple[list[Entry], list[Voided]]:
    """The events that concern one hearing, oldest first, and its attempts that do not count."""
    state: SessionState | None = None
    entries: list[Entry] = []
    voided: list[Voided] = []
    for record, event in past:
        before = state.hearings.get(hearing) if state else None
        if isinstance(event, e.AttemptVoided) and event.hearing == hearing and before is not None:
            voided.append(Voided(before, record.at, record.actor, event.postponed, event.words))
        state = SESSION.evolve(state, event, position=record.position, at=record.at, actor=record.actor)
        now = state.hearings.get(hearing)
        if _concerns(state, now, event, record):
            attempt = (before or now).attempt if before or now else 1  # type: ignore[union-attr]
            entries.append(Entry(record, event, attempt, state.current == hearing))
    return entries, voided


def _concerns(state: SessionState, hearing: Hearing | None, event: Event, record: Record) -> bool:
    about = getattr(event, "hearing", None)
    if isinstance(event, (e.PresidentDesignated, e.PresidentChosen)):
        return about is None or (hearing is not None and about == hearing.id)
    if isinstance(event, (e.JuryAppointed, e.JurorReplaced)):
        only = event.seat.hearing if isinstance(event, e.JurorReplaced) else None
        return only is None or (hearing is not None and only == hearing.id)
    if hearing is None:
        return False
    here = {s.id for s in (hearing.candidate, *hearing.aids)}
    if state.current == hearing.id:
        here |= {s.id for s in state.jurors_appointed(hearing.id)}
    if isinstance(event, (e.SeatJoined, e.SeatLeft, e.SeatTakenOver, e.LinkRenewed)):
        return event.seat in here
    if isinstance(event, e.ProblemReported):
        return record.actor in here
    if isinstance(event, e.RoomMessageWritten):
        return state.current == hearing.id
    return about == hearing.id


def timeline(reading: Reading, entries: Iterable[Entry], doors: frozenset[Door]) -> list[dict[str, Any]]:
    """The lines open to this seat, oldest first."""
    shown = [one for one in entries if (line := LINES.get(one.kind)) is not None and line.door in doors]
    groups = groupby(shown, key=lambda one: _group(one, LINES[one.kind]))
    return [_told(reading, list(group)) for _key, group in groups]


def words_of(entries: Iterable[Entry], doors: frozenset[Door]) -> list[str]:
    """References of the words that the lines open to this seat carry."""
    found: list[str] = []
    for one in entries:
        line = LINES.get(one.kind)
        words = getattr(one.event, "words", None)
        if line is not None and line.words and line.door in doors and isinstance(words, Words):
            found.append(words.ref)
    return found


def _group(one: Entry, line: Line) -> tuple[object, ...]:
    return (one.kind, one.record.actor, one.attempt) if line.together else (one.record.position,)


def _told(reading: Reading, group: list[Entry]) -> dict[str, Any]:
    last = group[-1]
    line = LINES[last.kind]
    tone: Tone = line.tone
    if isinstance(last.event, e.IdentityDecided) and last.event.finding != "conform":
        tone = "alert"
    values = {**vars(last.event), "position": last.record.position}
    return {
        "position": last.record.position, "at": last.record.at, "hour": hour_words(last.record.at, reading.locale),
        "attempt": last.attempt, "tone": tone, "words": line.say(reading, group), "said": _said(reading, last, line),
        "place": line.place.format_map(values) if line.place else None,
    }


def _said(reading: Reading, one: Entry, line: Line) -> str | None:
    """The words that go with a line; a call for help is written to the organizer, by somebody who may read it again."""
    event = one.event
    words = reading.words(getattr(event, "words", None)) if line.words else None
    if not isinstance(event, e.ProblemReported):
        return words
    if reading.seat.role is not Role.ORGANIZER and one.record.actor != reading.seat.id:
        return None
    chosen = reading.label(labels.PROBLEMS, event.kind) if event.kind else None
    said = " : ".join(said for said in (chosen, words) if said)
    return said[:1].upper() + said[1:] or None  # a sentence of its own after the line's
