"""What the description of an event is made of, and the sentences that many share. Texts are French msgids."""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from evaluation.journal import Record
from evaluation.people import Role
from evaluation.session.doors import Door
from evaluation.session.state import Hearing, SessionState
from server.views.session.contract.record_types import Tone
from server.views.session.reading import Reading

JURY = frozenset({Role.JUROR})
CHECKED = frozenset({Role.CANDIDATE, Role.JUROR})
ROOM = frozenset({Role.CANDIDATE, Role.AID, Role.JUROR, Role.ORGANIZER, Role.OBSERVER})
STAFF = frozenset({Role.JUROR, Role.ORGANIZER})


@dataclass(frozen=True)
class Entry:
    """One event with its record, and the attempt that it belongs to."""

    record: Record
    event: Any
    attempt: int = 1

    @property
    def kind(self) -> type[object]:
        return cast("type[object]", type(self.event))


Say = Callable[[Reading, Sequence[Entry]], str]
"""One sentence about one event, or (`Line.together`) about several in a row by the same actor."""
Concerns = Callable[[SessionState, Hearing | None, Entry], bool]
"""Whether an event stands in the record of one hearing, given the state after it; None: the hearing is not yet
planned."""
Among = Literal["hearing", "jury", "room"]


def _always(_state: SessionState, _event: Any) -> bool:
    return True


def _of_its_hearing(_state: SessionState, hearing: Hearing | None, one: Entry) -> bool:
    return hearing is not None and getattr(one.event, "hearing", None) == hearing.id


def _same_tone(_event: Any) -> Tone | None:
    return None


def _written(reading: Reading, one: Entry) -> str | None:
    return reading.words(getattr(one.event, "words", None))


@dataclass(frozen=True)
class Now:
    """What a live region reads out as it happens, to those of these roles.

    `among`: what is about one hearing reaches its own candidate and aids alone (hearing); what is the jury's own
    reaches the jurors who sit for that candidate, and of them not who came back after a recusal (jury, X7); what is
    about no hearing reaches candidates and aids only while they are in the room (room). What is not `polite`
    interrupts.
    """

    to: frozenset[Role]
    say: Say
    among: Among = "hearing"
    when: Callable[[SessionState, Any], bool] = _always
    polite: bool = True


@dataclass(frozen=True)
class Line:
    """The line of the record. `place` is the page's anchor where it opens, its `{places}` filled from the event;
    `words`: what was written with the event stands beneath it, as `said` tells it."""

    say: Say
    door: Door = Door.RECORD
    tone: Tone = "plain"
    place: str = ""
    together: bool = False
    words: bool = True
    concerns: Concerns = _of_its_hearing
    graver: Callable[[Any], Tone | None] = _same_tone
    """Another tone, for some events of this kind."""
    said: Callable[[Reading, Entry], str | None] = _written


@dataclass(frozen=True)
class Described:
    """How one kind of event is told; None: not read out, without a line."""

    now: Now | None = None
    line: Line | None = None


SILENT = Described()
"""Told to nobody: private notes, marks one by one, checklists, and what others tell of."""
Chapter = Mapping[type, Described]


# Sentences ---------------------------------------------------------------------------------------------------------


def fixed(text: str) -> Say:
    return lambda reading, group: reading.say(text)


def by_actor(text: str) -> Say:
    """`{name}`: who did it."""
    return lambda reading, group: reading.say(text, name=actor(reading, group))


def about(text: str, field: str) -> Say:
    """`{name}`: the seat in `field`; `{by}`: who did it."""
    return lambda reading, group: reading.say(
        text, name=reading.name(getattr(group[-1].event, field)), by=actor(reading, group))


def about_candidate(text: str) -> Say:
    """`{name}`: the candidate whose examination it is."""
    return lambda reading, group: reading.say(text, name=candidate(reading, group))


def actor(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.name(group[-1].record.actor)


def candidate(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.candidate(reading.state.hearing(group[-1].event.hearing))


# Which hearing's record an event stands in -------------------------------------------------------------------------


def of_the_day(_state: SessionState, hearing: Hearing | None, one: Entry) -> bool:
    """Of every hearing, or of the one that the event names."""
    about = getattr(one.event, "hearing", None)
    return about is None or (hearing is not None and about == hearing.id)


def of_who_is_there(field: str) -> Concerns:
    """The seat in `field` attends this hearing, or is of its jury while it goes on."""
    return lambda state, hearing, one: getattr(one.event, field) in _there(state, hearing)


def of_whoever_acts(state: SessionState, hearing: Hearing | None, one: Entry) -> bool:
    return one.record.actor in _there(state, hearing)


def while_it_goes_on(state: SessionState, hearing: Hearing | None, _one: Entry) -> bool:
    return hearing is not None and state.current == hearing.id


def _there(state: SessionState, hearing: Hearing | None) -> frozenset[str]:
    if hearing is None:
        return frozenset()
    jury = state.jurors_appointed(hearing.id) if state.current == hearing.id else ()
    return frozenset(seat.id for seat in (hearing.candidate, *hearing.aids, *jury))
