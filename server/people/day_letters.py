"""Which letters a commit of a jury's day makes: to a juror who is appointed, of the brief, notices, what changes of
them, what did not arrive, reminders. They hold ids and hours alone; names and links come in when each leaves
(`server.app.notice_filling`)."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from evaluation.deadlines import day_of, notice_due
from evaluation.people import HearingId, Role, Seat, SeatId, Words
from evaluation.session import events as e
from evaluation.session.answering import declined
from evaluation.session.brief import awaits_answer
from evaluation.session.lengths import slot_of
from evaluation.session.notice_rules import (
    NOT_THEN,
    attended,
    examined_at,
    expected_at,
    has_agreed_to_move,
    hour_for,
    is_late,
    notice_to,
    on_the_day,
    standing,
    to_tell_where,
)
from evaluation.session.papers_wanted import missing_papers
from evaluation.session.phases import TO_CALL, Phase
from evaluation.session.state import Hearing, SessionState
from evaluation.session.terms import PromptKind
from server.journals.ledger import Commit
from server.storage.letter_reports import About
from server.storage.letters import Letter


def day_letters(commit: Commit[SessionState]) -> Iterable[Letter]:
    for event in commit.events:
        write = LETTERS_OF.get(event.__class__)
        if write is not None:
            yield from write(commit.state, event)
    if commit.before is not None:
        yield from _changes(commit.before, commit.state, commit.events)


# Long before the day


def _appointed(state: SessionState, event: e.JuryAppointed | e.JurorReplaced) -> Iterable[Letter]:
    """R1.2: each is asked in their space whether they will sit."""
    for seat in event.jurors if isinstance(event, e.JuryAppointed) else (event.seat,):
        yield Letter(seat.person, "appointed", about_day(state, seat.id))


def _brief_written(state: SessionState, _event: e.BriefWritten) -> Iterable[Letter]:
    gone = declined(state)
    for seat in state.jurors_appointed(None):
        if seat not in gone and awaits_answer(state, seat.id):
            yield Letter(seat.person, "brief_to_adopt", about_day(state, seat.id))


def _brief_published(state: SessionState, _event: e.BriefPublished) -> Iterable[Letter]:
    for one in state.hearings.values():
        if one.phase in TO_CALL and one.admission == "admitted":
            yield _brief_of(state, one)


def _listed(state: SessionState, event: e.HearingAdded) -> Iterable[Letter]:
    """R4.1: who comes after the brief was published is informed of it all the same."""
    if state.brief is not None:
        yield _brief_of(state, state.hearing(event.hearing))


def _brief_of(state: SessionState, hearing: Hearing) -> Letter:
    open_until = state.deadline if state.deadline is not None and day_of(state.last_at) <= state.deadline else None
    until = {"deadline": open_until.isoformat() if open_until is not None else ""}
    return Letter(hearing.candidate.person, "brief_published", about_day(state, hearing.candidate.id) | until)


# The notice, and what became of it


def _given(state: SessionState, event: e.NoticeGiven) -> Iterable[Letter]:
    yield _notice(state, state.hearing(event.hearing).candidate, "notice", event.number)


def _convened(state: SessionState, event: e.SeatConvened) -> Iterable[Letter]:
    seat = state.seat(event.seat)
    if seat is not None:
        yield _notice(state, seat, "convened", event.number)


def _not_arrived(state: SessionState, event: e.NoticeBounced) -> Iterable[Letter]:
    return _to_organizers(state, event.seat, "not_arrived", why=event.why or "?")


def _notice(state: SessionState, seat: Seat, template: str, number: int) -> Letter:
    return Letter(seat.person, template, about_day(state, seat.id, "REQUEST"), About(state.id, seat.id, number))


def about_day(state: SessionState, seat: SeatId, method: str = "") -> dict[str, Any]:
    """What every letter about a day holds. `sequence` grows with the day's journal, so that what is written later
    stands in a calendar; without a `method` there is nothing for a calendar."""
    return {"session": state.id, "seat": seat, "date": state.date, "starts_at": hour_for(state, seat),
            "ends_at": ends_at(state, seat), "sequence": state.position, "method": method, "written_at": state.last_at}


def ends_at(state: SessionState, seat: SeatId) -> int | None:
    """When the candidate and the aid are dismissed; for the others, when the jury has deliberated on the last."""
    own = attended(state, seat)
    if own is not None:
        return slot_of(state, own).leaves_at
    return max((slot_of(state, one).ends_at for one in on_the_day(state)), default=None)


def _to_organizers(state: SessionState, about: SeatId, template: str, **more: str) -> Iterable[Letter]:
    """`about` was given a notice: the letter names the day and the hour that it says, whatever became of them."""
    notice = notice_to(state, about)
    if notice is None:
        return
    then = {"date": notice.date, "starts_at": notice.starts_at}
    for seat in state.seats():
        if seat.role is Role.ORGANIZER and seat.id != about:
            yield Letter(seat.person, template, about_day(state, about) | then | more)


def _if_late(state: SessionState, event: e.NoticeTaken) -> Iterable[Letter]:
    """R4.2: the organizer is told of a candidate's notice that the mail server took after the last day."""
    hearing = examined_at(state, event.seat)
    if hearing is not None and hearing.notice is not None and is_late(state.framework, hearing.notice):
        last = notice_due(state.framework, date.fromisoformat(hearing.notice.date))
        yield from _to_organizers(state, event.seat, "taken_late", last=last.isoformat())


REMINDERS: Final[Mapping[PromptKind, str]] = {
    "notice": "acknowledge_again", "papers": "papers_again", "preparation": "prepare_again"}


def _reminded(state: SessionState, event: e.SeatReminded) -> Iterable[Letter]:
    seat, own = state.seat(event.seat), attended(state, event.seat)
    if seat is not None:
        lacking = missing_papers(state, own) if own is not None and event.about == "papers" else ()
        about = about_day(state, seat.id) | {"missing": " ".join(one.kind for one in lacking)}
        yield Letter(seat.person, REMINDERS[event.about], about)


LETTERS_OF: Final[Mapping[type[object], Callable[[SessionState, Any], Iterable[Letter]]]] = {
    e.JuryAppointed: _appointed, e.JurorReplaced: _appointed, e.BriefWritten: _brief_written,
    e.BriefPublished: _brief_published, e.HearingAdded: _listed, e.NoticeGiven: _given, e.SeatConvened: _convened,
    e.NoticeBounced: _not_arrived, e.NoticeTaken: _if_late, e.SeatReminded: _reminded,
}


# R4.4: a day, an hour or a place that changes is told to whoever was given notice of it


def _changes(before: SessionState, after: SessionState, events: Sequence[object]) -> Iterable[Letter]:
    if _laid(before) == _laid(after):
        return
    why = reasons(before, events)
    yield from _asked_anew(before, after)
    yield from _of_hours(before, after, why)
    yield from _taken_off(before, after, why)
    for name in to_tell_where(before, after):
        seat, notice = after.seat(name), notice_to(after, name)
        if seat is not None and notice is not None:
            template = "notice_changed" if seat.role is Role.CANDIDATE else "convened_changed"
            about = About(after.id, name, notice.number) if standing(after, name) is not None else None
            yield Letter(seat.person, template, about_day(after, name, "REQUEST"), about)


def _asked_anew(before: SessionState, after: SessionState) -> Iterable[Letter]:
    """R1.2: jurors of a day that moved, where no notice tells them so, are asked again whether they will sit."""
    if before.date != after.date:
        for seat in after.jurors_appointed(None):
            if notice_to(before, seat.id) is None:
                yield Letter(seat.person, "appointed", about_day(after, seat.id))


def _laid(state: SessionState) -> tuple[object, ...]:
    """All that can make a letter of a change: few commits touch it."""
    hearings = [(one.starts_at, one.mode, one.phase if one.phase in NOT_THEN else None)
                for one in state.hearings.values()]
    return state.date, state.place, state.replaced, state.seats(), hearings


def _of_hours(before: SessionState, after: SessionState, why: Mapping[HearingId, Words]) -> Iterable[Letter]:
    for seat in before.seats():
        if notice_to(before, seat.id) is None:
            continue
        was, now = expected_at(before, seat), expected_at(after, seat)
        if was is None or was == now:
            continue
        said = _said(before, seat, why)
        if now is None:
            own = attended(after, seat.id)
            template = "postponed" if own is not None and own.phase is Phase.POSTPONED else "cancelled"
            last = about_day(before, seat.id, "CANCEL") | {"sequence": after.position, "written_at": after.last_at}
            yield Letter(seat.person, template, last | said)
        else:
            owed = {"owed": _owed(after, seat)}
            yield Letter(seat.person, "moved", about_day(after, seat.id, "REQUEST") | owed | said)


def reasons(before: SessionState, events: Sequence[object]) -> Mapping[HearingId, Words]:
    """Why hearings that had not begun are moved, postponed or not held, in the organizer's words. Why something that
    had begun was broken off is for its record; and where several are moved together, it is for one of them."""
    moved = [one for one in events if isinstance(one, e.HearingMoved)]
    off = [one for one in events if isinstance(one, e.HearingCancelled | e.AttemptVoided)]
    return {one.hearing: one.words for one in (*off, *(moved if len(moved) == 1 else ()))
            if one.words is not None and before.hearings[one.hearing].phase is Phase.SCHEDULED}


def _said(before: SessionState, seat: Seat, why: Mapping[HearingId, Words]) -> dict[str, str]:
    """To the candidate whom the reason is about; to others where it is one for several, which names nobody."""
    own = examined_at(before, seat.id)
    words = why.get(own.id) if own is not None else common(why)
    return {"said": words.ref} if words is not None else {}


def common(why: Mapping[HearingId, Words]) -> Words | None:
    """The words that were said once for several hearings."""
    words = {*why.values()}
    return next(iter(words)) if len(why) > 1 and len(words) == 1 else None


def _taken_off(before: SessionState, after: SessionState, why: Mapping[HearingId, Words]) -> Iterable[Letter]:
    """Whoever attends the whole day, and comes at the same hour as before, is told which hearings are no longer held
    on it."""
    off = [one for one in after.hearings.values() if one.phase in NOT_THEN
           and one.id in before.hearings and before.hearings[one.id].phase not in NOT_THEN]
    hours = " ".join(str(one.starts_at) for one in sorted(off, key=lambda one: one.starts_at))
    for seat in after.seats() if off else ():
        whole_day = seat.role in (Role.JUROR, Role.OBSERVER) and attended(after, seat.id) is None
        if whole_day and notice_to(after, seat.id) is not None and _expected_as_before(before, after, seat):
            yield Letter(seat.person, "taken_off", about_day(after, seat.id) | {"hours": hours}
                         | _said(before, seat, why))


def _expected_as_before(before: SessionState, after: SessionState, seat: Seat) -> bool:
    now = expected_at(after, seat)
    return now is not None and now == expected_at(before, seat)


def _owed(state: SessionState, seat: Seat) -> str:
    """What the letter says of a new notice."""
    examined = examined_at(state, seat.id)
    if examined is not None and has_agreed_to_move(state, examined):
        return "agreed"
    return "today" if day_of(state.last_at).isoformat() == state.date else ""
