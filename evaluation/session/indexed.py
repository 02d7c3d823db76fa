"""The index rows of a day: its seats, its hearings and their notices, and the day for the lists of days."""
from __future__ import annotations

from collections.abc import Iterable

from evaluation.deadlines import start_of
from evaluation.kinds import Row
from evaluation.session import notice_rules
from evaluation.session.adding import day
from evaluation.session.lengths import expected_span, slot_of
from evaluation.session.phases import Phase
from evaluation.session.state import Hearing, SessionState
from evaluation.session.terms import IDENTITY_KINDS

UNFINISHED = "unfinished"
"""The index of open days in which the server itself may have something to finish: it looks at them when it starts."""


def rows(state: SessionState) -> Iterable[Row]:
    yield from _seats(state)
    yield from _hearings(state)
    yield from _notices(state)
    yield _day(state)
    if not state.closed and any(map(_unfinished, state.hearings.values())):
        yield Row(UNFINISHED, state.id)


def _seats(state: SessionState) -> Iterable[Row]:
    """`at` and `due_at`: from when until when the person is expected."""
    for seat in state.seats():
        begins, ends = expected_span(state, seat) or (None, None)
        yield Row("seats", seat.id, person=seat.person, body=state.body, scope=state.provider, status=seat.role.value,
                  about=seat.hearing, at=begins, due_at=ends, data={"date": state.date})


def _hearings(state: SessionState) -> Iterable[Row]:
    """From the welcome (`at`) to the end of the deliberation (`due_at`), as they are laid; `about` is the session."""
    for one in state.hearings.values():
        slot = slot_of(state, one)
        yield Row(
            "hearings", f"{state.id}/{one.id}", person=one.candidate.person, body=state.body, scope=state.provider,
            status=one.phase.value, about=state.id, at=one.starts_at, due_at=slot.ends_at,
            data={"hearing": one.id, "date": state.date, "candidacy": one.candidacy, "mode": one.mode, "zone": one.zone,
                  "leaves_at": slot.leaves_at, "aids": [aid.person for aid in one.aids], "blocks": list(one.blocks),
                  "extra_seconds": dict(one.extra_seconds)})


def _notices(state: SessionState) -> Iterable[Row]:
    """Each candidate's notice. `due_at`: from when on the candidate is called or written to by registered letter."""
    for one in state.hearings.values():
        status = notice_rules.status(state, one.candidate.id)
        if one.notice is not None and status is not None:
            yield Row("notices", one.candidate.id, person=one.candidate.person, body=state.body, scope=state.provider,
                      status=status, about=one.id, at=one.starts_at,
                      due_at=notice_rules.follow_up_from(state.framework, one.notice), data={"date": state.date})


def _day(state: SessionState) -> Row:
    """`at` is the first hearing's hour, else the day's midnight; `due_at` the end of the last one's deliberation."""
    held = [slot_of(state, one) for one in state.hearings.values() if one.phase is not Phase.CANCELLED]
    first = min((one.starts_at for one in held), default=None)
    last = max((one.ends_at for one in held), default=None)
    return Row(
        "days", state.id, body=state.body, scope=state.provider, status="closed" if state.closed else "open",
        at=start_of(day(state)) if first is None else first, due_at=last, about=state.framework.code,
        data={"date": state.date, "version": state.framework.version, "title": state.framework.title,
              "short_title": state.framework.short_title, "hearings": len(held), "first": first, "last": last,
              "organizer": state.organizer.person, "deputies": [one.person for one in state.deputies],
              "jurors": [one.person for one in state.jurors_appointed(None)],
              "without_agreement": state.without_agreement})


def _unfinished(hearing: Hearing) -> bool:
    """A copy nobody has looked at yet, a check that runs, pictures that a withdrawn consent takes away."""
    unseen = any(one.kind in IDENTITY_KINDS and one.flaws is None for one in hearing.documents)
    return unseen or hearing.check is not None or hearing.face_consent == "no"
