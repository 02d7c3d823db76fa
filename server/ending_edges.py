"""The follow-ups of a hearing's gates and of how it ended: the candidacy is told (a part of the table in
`follow_up_edges`)."""
from __future__ import annotations

from collections.abc import Iterable, Sequence

from evaluation.candidacy.hearing_endings import NoteEnding
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.reserving import NoteReservation
from evaluation.candidacy.terms import HearingEnding
from evaluation.journal import Record
from evaluation.session.events import (
    HearingClosed,
    HearingStopped,
    IdentityDecided,
    NoShowRecorded,
    RefusalDecided,
    SessionClosed,
)
from evaluation.session.kind import SESSION
from evaluation.session.phases import OVER
from evaluation.session.state import Hearing, SessionState
from server.journals.edges import Edge, Target
from server.storage.rows import Entry

Rows = Sequence[Entry]


def _reserved(event: IdentityDecided | RefusalDecided, _record: Record, state: SessionState, _rows: Rows
              ) -> Iterable[Target]:
    if event.course == "reserve":
        yield state.hearing(event.hearing).candidacy, NoteReservation, {"hearing": event.hearing}


ENDED_BY = {HearingClosed: HearingEnding.HEARD, HearingStopped: HearingEnding.STOPPED,
            NoShowRecorded: HearingEnding.ABSENT}


def _ended(event: HearingClosed | HearingStopped | NoShowRecorded, record: Record, state: SessionState, _rows: Rows
           ) -> Iterable[Target]:
    return _endings(record, ((state.hearing(event.hearing), ENDED_BY[type(event)]),))


def _unheld(_event: SessionClosed, record: Record, state: SessionState, _rows: Rows) -> Iterable[Target]:
    """Every hearing that the day leaves to another one: it never began, unless the candidate was let in."""
    unheld = (one for one in state.hearings.values() if one.phase not in OVER)
    return _endings(record, ((one, HearingEnding.UNFINISHED if one.identity or one.reminder
                              else HearingEnding.NEVER_BEGUN) for one in unheld))


def _endings(record: Record, ended: Iterable[tuple[Hearing, HearingEnding]]) -> Iterable[Target]:
    """Of a day from before candidacies were kept nothing follows."""
    return [(hearing.candidacy, NoteEnding, {"hearing": hearing.id, "ending": ending.value, "at": record.at})
            for hearing, ending in ended if hearing.candidacy]


EDGES_OF_ENDINGS = (
    Edge("identity-reserved", SESSION, IdentityDecided, CANDIDACY, "said", _reserved),
    Edge("refusal-reserved", SESSION, RefusalDecided, CANDIDACY, "said", _reserved),
    Edge("ended-absent", SESSION, NoShowRecorded, CANDIDACY, "said", _ended),
    Edge("ended-stopped", SESSION, HearingStopped, CANDIDACY, "said", _ended),
    Edge("ended-heard", SESSION, HearingClosed, CANDIDACY, "said", _ended),
    Edge("ended-unheld", SESSION, SessionClosed, CANDIDACY, "said", _unheld),
)
