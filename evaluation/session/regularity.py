"""Whether a hearing went as it should, point by point, computed from its journal (R3.9): what the certification jury
goes through before it decides. Each point says where it happened. The machine concludes nothing: a point that wants
a look is looked at by people."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from evaluation.journal import Record
from evaluation.people import HearingId, SeatId
from evaluation.rules import rule
from evaluation.session import events as e
from evaluation.session.events import Event
from evaluation.session.phases import Phase, PhaseClock, ended_early, overrun
from evaluation.session.state import Hearing, SessionState
from evaluation.session.there_all_along import Absence, absences

PointName = Literal[
    "president", "three", "prevention", "identity", "reminder", "sheet", "presentation", "questions", "lost", "attempt",
    "incident", "suspicion", "dispute", "departs", "signatures", "notice", "ending", "paper"]
Standing = Literal["kept", "look", "missing"]
"""As it should be; something that people look at; nothing of it in the journal."""


@dataclass(frozen=True)
class Point:
    """`where`: positions of the journal, in order. `lasted`: milliseconds, where the point is about a length. `codes`:
    competencies, blocks, gates or kinds that it is about."""

    name: PointName
    rule: str
    standing: Standing
    where: tuple[int, ...] = ()
    seats: tuple[SeatId, ...] = ()
    lasted: int = 0
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Past:
    """The events of one hearing's attempt that counts, and of the day around it; `all` has the whole session's."""

    state: SessionState
    hearing: Hearing
    now: int
    all: Sequence[tuple[Record, Event]]
    own: Sequence[tuple[Record, Event]] = field(default_factory=tuple[tuple[Record, Event], ...])

    def where(self, *kinds: type) -> tuple[int, ...]:
        """Of the attempt that counts. What was held on paper happened where its transcript came to stand."""
        found = tuple(record.position for record, event in self.own if isinstance(event, kinds))
        return found or self.on_paper

    def last(self, *kinds: type) -> tuple[int, ...]:
        return self.where(*kinds)[-1:]

    @property
    def on_paper(self) -> tuple[int, ...]:
        found = self.hearing.transcribed
        if found is None or found.stands_at is None:
            return ()
        return tuple(record.position for record, event in self.own if isinstance(event, e.TranscriptStood))[-1:]


@rule("R3.9", permits=())
def regularity(
    state: SessionState, past: Sequence[tuple[Record, Event]], hearing: HearingId, now: int
) -> tuple[Point, ...]:
    """What the certification jury goes through, in the order of the day. `past` is the session's journal up to the
    state."""
    found = Past(state, state.hearing(hearing), now, past, _own(past, hearing))
    return tuple(point for look in LOOKS for point in look(found))


def _own(past: Sequence[tuple[Record, Event]], hearing: HearingId) -> tuple[tuple[Record, Event], ...]:
    """Of the attempt that counts: since the last one that does not. What came before any attempt stays."""
    about = [(record, event) for record, event in past if getattr(event, "hearing", None) == hearing]
    voided = [record.position for record, event in about if isinstance(event, e.AttemptVoided)]
    called = [record.position for record, event in about if isinstance(event, e.CalledIn)]
    if not voided or not called:
        return tuple(about)
    return tuple(one for one in about if not called[0] <= one[0].position <= voided[-1])


# Who was there ------------------------------------------------------------------------------------------------------


def _president(past: Past) -> Iterable[Point]:
    about = (None, past.hearing.id)
    where = tuple(record.position for record, event in past.all
                  if isinstance(event, e.PresidentDesignated) and event.hearing in about)
    president = past.state.president_of(past.hearing.id)
    standing: Standing = "missing" if president is None and past.hearing.clocks else "kept"
    if president is None and not past.hearing.clocks:  # it never came so far
        return
    yield Point("president", "R3.1", standing, where, () if president is None else (president,))


def _three(past: Past) -> Iterable[Point]:
    """Each absence while the hearing went on, and each juror less than three."""
    if not past.hearing.clocks:
        return
    sitting = tuple(one.id for one in past.state.jurors_sitting(past.hearing.id))
    gone: tuple[Absence, ...] = absences(past.all, past.hearing.id, sitting)
    for one in gone:
        yield Point("three", "R1.2", "look", (one.position,), (one.seat,), one.lasted)
    if len(sitting) < len(past.state.jurors_appointed(past.hearing.id)):
        recused = tuple(past.hearing.recused)
        yield Point("three", "R1.4", "look", past.where(e.JurorRecused), recused)
    if not gone and len(sitting) == 3:
        yield Point("three", "R1.2", "kept", past.last(e.DeliberationOpened, e.HearingClosed), sitting)


# Before the presentation --------------------------------------------------------------------------------------------


def _prevention(past: Past) -> Iterable[Point]:
    kept = past.hearing.prevention == "acknowledged"
    if kept:
        yield Point("prevention", "R6.1", "kept", past.last(e.PreventionAcknowledged))
    elif past.hearing.prevention == "waived":
        yield Point("prevention", "R6.1", "look", past.last(e.RefusalDecided, e.PreventionRefused))
    elif past.hearing.clocks:
        yield Point("prevention", "R6.1", "missing")


def _identity(past: Past) -> Iterable[Point]:
    decision, where = past.hearing.identity, past.where(e.IdentityDecided)
    if decision is None:
        if past.hearing.clocks:
            yield Point("identity", "R6.3", "missing", where)
        return
    clear = decision.course == "proceed" and not decision.dissent and len(where) <= 1
    yield Point("identity", "R6.3", "kept" if clear else "look", where, decision.dissent,
                codes=(decision.finding, decision.course))


def _reminder(past: Past) -> Iterable[Point]:
    if not past.hearing.clocks or past.on_paper:
        return
    whole = len(past.hearing.reminder) == len(past.state.framework.reminder)
    yield Point("reminder", "R3.2", "kept" if whole else "missing", past.last(e.ReminderChecked))


def _sheet(past: Past) -> Iterable[Point]:
    if past.hearing.sheet == "signed":
        yield Point("sheet", "R3.2", "kept", past.last(e.SheetSigned, e.SignedOnPaper))
    elif past.hearing.sheet == "waived":
        yield Point("sheet", "R3.2", "look", past.last(e.RefusalDecided, e.SheetRefused))
    elif past.hearing.clocks:
        yield Point("sheet", "R3.2", "missing", past.last(e.SheetRefused))


# The clocks ---------------------------------------------------------------------------------------------------------


def _clocks(past: Past) -> Iterable[Point]:
    """A floor that was not kept, a ceiling that was passed; else how long it lasted."""
    for clock in past.hearing.ran:
        end = clock.ended_at if clock.ended_at is not None else past.now
        name: PointName = "presentation" if clock.phase is Phase.PRESENTATION else "questions"
        by = "R3.3" if clock.phase is Phase.PRESENTATION else "R3.4"
        early, over = clock.ended_at is not None and ended_early(clock, end), overrun(clock, end)
        where = _ended(past, clock)
        if early:
            yield Point(name, by, "look", where, lasted=clock.elapsed(end), codes=("early",))
        if over:
            yield Point(name, "R4.7", "look", where, lasted=over, codes=("overrun",))
        if not early and not over and clock.ended_at is not None:
            yield Point(name, by, "kept", where, lasted=clock.elapsed(end))


def _ended(past: Past, clock: PhaseClock) -> tuple[int, ...]:
    found = tuple(record.position for record, event in past.own
                  if isinstance(event, e.PhaseEnded) and event.phase == clock.phase.value)
    return found[-1:] or past.on_paper


def _lost(past: Past) -> Iterable[Point]:
    """Time that a failure took, whether it was given back or not (X9)."""
    lost = sum(clock.lost_until(past.now) for clock in past.hearing.ran)
    if lost:
        yield Point("lost", "X9", "look", past.where(e.TimeGivenBack, e.ClockPaused), lasted=lost)


def _attempt(past: Past) -> Iterable[Point]:
    """Attempts that do not count."""
    where = tuple(record.position for record, event in past.all
                  if isinstance(event, e.AttemptVoided) and event.hearing == past.hearing.id)
    if where:
        yield Point("attempt", "X9", "look", where)


# What was noted -----------------------------------------------------------------------------------------------------


def _incidents(past: Past) -> Iterable[Point]:
    """Each with its kind; never an accusation that came to nothing."""
    for one in past.hearing.noted:
        name: PointName = "suspicion" if one.suspected_fraud else "incident"
        yield Point(name, "R6.5" if one.suspected_fraud else "R7.1", "look", (one.position,), (one.by,),
                    codes=(one.kind,))
    if not past.hearing.noted:
        yield Point("incident", "R7.1", "kept")


def _notice(past: Past) -> Iterable[Point]:
    """Less time than is owed, to which the candidate agreed (X7)."""
    notice = past.hearing.notice
    if notice is not None and notice.agreed is not None:
        yield Point("notice", "R4.2", "look", past.last(e.NoticeGiven, e.LateNoticeAgreed))


# What the jury agreed on --------------------------------------------------------------------------------------------


def _deliberation(past: Past) -> Iterable[Point]:
    table = past.hearing.deliberation
    if table is None:
        return
    if table.disputed:
        yield Point("dispute", "R3.6", "look", past.where(e.DisputeDeclared), codes=tuple(sorted(table.disputed)))
    departs = tuple(block for block, one in sorted(table.recommendations.items()) if one.departs)
    if departs:
        where = tuple(record.position for record, event in past.own if isinstance(event, e.Recommended)
                      and (event.block or "") in departs and event.departs)
        yield Point("departs", "X7", "look", where or past.on_paper, codes=departs)
    refused = tuple(seat for seat, one in table.signatures.items() if one.refused)
    if refused:
        yield Point("signatures", "X7", "look", past.where(e.SignatureRefused), refused)
    elif past.hearing.phase is Phase.CLOSED:
        yield Point("signatures", "X7", "kept", past.where(e.DeliberationSigned), tuple(table.signatures))


def _ending(past: Past) -> Iterable[Point]:
    """How it ended, where no jury signed."""
    if past.hearing.phase is Phase.NO_SHOW:
        yield Point("ending", "R4.5", "look", past.last(e.NoShowRecorded), codes=(past.hearing.phase.value,))
    if past.hearing.phase is Phase.STOPPED:
        yield Point("ending", "R4.4", "look", past.last(e.HearingStopped), codes=(past.hearing.phase.value,))


def _paper(past: Past) -> Iterable[Point]:
    if past.on_paper:
        yield Point("paper", "X13", "look", past.on_paper)


LOOKS = (_notice, _president, _three, _prevention, _identity, _reminder, _sheet, _clocks, _lost, _attempt, _incidents,
         _deliberation, _ending, _paper)
