"""Which of a candidate's papers the jury sees: what stood at the portfolio's deadline, and what was accepted after it
(R4.1)."""
from __future__ import annotations

from collections.abc import Iterable

from evaluation.deadlines import end_of
from evaluation.rules import rule
from evaluation.session.hearing_parts import Document
from evaluation.session.state import Hearing, SessionState
from evaluation.session.terms import AT_DEADLINE, SEVERAL


def deadline_at(state: SessionState) -> int | None:
    """Papers are in time before this moment (ms since the epoch); None where no day was set."""
    return end_of(state.deadline) if state.deadline is not None else None


@rule("R4.1", "X6", permits=False)
def deadline_passed(state: SessionState, at: int) -> bool:
    """Its day ends at midnight in Paris. Where no day was set, papers change until the examination begins (R3.2)."""
    ends = deadline_at(state)
    return ends is not None and at >= ends


@rule("R4.1", permits=False)
def is_late(state: SessionState, document: Document) -> bool:
    """What is due at the deadline and came after it."""
    return document.kind in AT_DEADLINE and deadline_passed(state, document.at)


def stood_at_deadline(state: SessionState, hearing: Hearing) -> tuple[str, ...]:
    """The documents' ids that are due at the deadline and were there in time: of each kind the newest, of photographs
    all; none that was set aside."""
    there = [one for one in hearing.documents
             if one.kind in AT_DEADLINE and not one.set_aside and not is_late(state, one)]
    return tuple(one.id for one in _newest(there))


def shown(state: SessionState, hearing: Hearing) -> tuple[Document, ...]:
    """What the jury is given of a candidate: of each kind the newest, of what is due at the deadline what stood then,
    and late papers that were accepted. In the order in which they came."""
    frozen = hearing.frozen if hearing.frozen is not None else stood_at_deadline(state, hearing)
    counts = [one for one in hearing.documents
              if one.kind not in AT_DEADLINE or one.id in frozen or one.late is not None]
    return _newest(counts)


def awaiting_acceptance(state: SessionState, hearing: Hearing) -> tuple[Document, ...]:
    """Late papers that nobody has accepted, and that would take the place of what the jury sees now."""
    given = shown(state, hearing)
    waiting = [one for one in hearing.documents if is_late(state, one) and one.late is None and not one.set_aside]
    return tuple(one for one in _newest([one for one in hearing.documents if one in given or one in waiting])
                 if one in waiting)


def _newest(documents: Iterable[Document]) -> tuple[Document, ...]:
    there = tuple(documents)
    last = {one.kind: one.id for one in there}
    return tuple(one for one in there if one.kind in SEVERAL or last[one.kind] == one.id)
