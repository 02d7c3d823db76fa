"""Acts for property tests: any command that can be written down, and the one that would come next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from evaluation.framework_file import framework_to_data
from evaluation.grading import Mark
from evaluation.people import SYSTEM, JurorCategory, Role, Seat, Words
from evaluation.quotes import Quote
from evaluation.rules import Refusal
from evaluation.session import commands as c
from evaluation.session.acts import ACTS, Who
from evaluation.session.commands import Command
from evaluation.session.kind import SESSION
from evaluation.session.measured import Picture, SignalRow
from evaluation.session.phases import IN_ROOM, TO_CALL, Phase
from evaluation.session.state import Hearing, SessionState
from evaluation.session.transcript import DISPUTE, EARLY, Transcript
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.session.day import (
    AIDS,
    CANDIDATES,
    CODES,
    HOUR,
    JURY,
    NINE,
    OBSERVER,
    ORGANIZER,
    Day,
    substitute,
    words,
)
from tests.evaluation.session.papers import READ
from tests.evaluation.session.quotes import (
    adjusted,
    agreement,
    gained,
    jury_decided,
    registered,
    replace_juror,
    substitute_decided,
)
from tests.evaluation.session.try_outs import FLOORS, WELL

HEARINGS = ("h1", "h1", "h1", "h2", "h2", "h9")
JURORS = tuple(seat.id for seat in JURY)
ACTORS = ("org", "obs", *JURORS, "sub", "cand1", "cand2", "aid1", "aid2", SYSTEM, "commission", "nobody")
SUBSTITUTES = tuple(
    substitute(category, f"sub-{category.value}-{hearing or 'day'}", hearing)
    for category in JurorCategory
    for hearing in ("h1", "h2", None)
)
SEATS = (
    ORGANIZER, OBSERVER, *JURY, *SUBSTITUTES, *SUBSTITUTES, *CANDIDATES.values(), *AIDS.values(),
    Seat("cand3", "p-cand3", Role.CANDIDATE, hearing="h3"), Seat("sub-odd", "p-emp", Role.JUROR, None),
)  # fmt: skip
PORTRAIT = SignalRow("portrait", "far", "far", 312, Picture("p2", "d2"), Picture("p3", "d3"))
FACE = SignalRow("face", "close", "close", 410)
FACES = (Picture("p4", "d4"), Picture("p5", "d5"))
BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "hearing": st.sampled_from(HEARINGS),
    "hearings": st.lists(st.sampled_from(HEARINGS), max_size=3).map(tuple),
    "choice": st.sampled_from(ACTORS),
    "replaced": st.sampled_from((*JURORS, "sub", "obs")),
    "competency": st.sampled_from((*CODES, "C9.9", "")),
    "competencies": st.lists(st.sampled_from((*CODES, "C9.9")), max_size=3).map(tuple),
    "marks": st.dictionaries(st.sampled_from(CODES[:3]), st.sampled_from(Mark), min_size=1, max_size=2)
    | st.dictionaries(st.sampled_from((*CODES, "C9.9")), st.sampled_from(Mark), max_size=4),
    "framework": st.just(framework_to_data(POLISHING)),
    "block": st.sampled_from(["BC1", "BC2", "BC9", None]),
    "phase": st.sampled_from(["presentation", "questions", "welcome", "x"]),
    "candidacy": st.builds(
        registered, st.sampled_from(["p-cand1", "p-cand2", "p-cand3"]),
        st.sampled_from([("BC1", "BC2"), ("BC2",)]), st.sampled_from([(), (gained("BC1"),)])),
    "adjustment": st.builds(
        adjusted, st.sampled_from(["p-cand1", "p-cand3"]), st.sampled_from([{"questions": 600}, {"welcome": 1}])),
    "starts_at": st.sampled_from([NINE, NINE + 60_000, NINE + 30 * HOUR, 0]),
    "zone": st.sampled_from(["Europe/Paris", "Pacific/Noumea", "x"]),
    "evidence": st.sampled_from([(), ("p1",), ("p9",)]),
    "rows": st.sampled_from(
        [(), (PORTRAIT,), (PORTRAIT, FACE), (PORTRAIT, PORTRAIT), (replace(PORTRAIT, code="Lina"),)]
    ),
    "apart_pictures": st.sampled_from([(), FACES]),
    "check": st.integers(8, 40),
    "flaws": st.sampled_from([(), ("blurred",)]),
    "measures": st.sampled_from([WELL, replace(WELL, heard=None, line=None)]),
    "floors": st.just(FLOORS),
}


BY_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    Words: st.builds(words),
    Seat: st.sampled_from(SEATS),
    Mark: st.sampled_from(Mark),
    Transcript: st.sampled_from([READ, replace(READ, grids={}), replace(READ, president="tra", refused=("own",))]),
}


def _by_hint(hint: Any) -> st.SearchStrategy[Any]:
    arguments = get_args(hint)
    if hint in BY_TYPE:
        return BY_TYPE[hint]
    if hint is str:
        return st.sampled_from(["p1", "p2", "s1", "main", "2026-03-16", ""])
    if hint is int:
        return st.sampled_from([-1, 0, 1, 2, 3, 30, 60, 300, 1200]) | st.integers(0, 200)
    if hint is date:
        return st.sampled_from([date(2026, 3, 10), date(2026, 3, 15), date(2026, 3, 16), date(2026, 6, 30)])
    if hint is Quote:
        streams = st.sampled_from(["s1", "s9"])
        decided = st.builds(substitute_decided, BY_NAME["replaced"], st.sampled_from(SEATS), streams)
        return decided | st.just(jury_decided(JURY)) | st.just(agreement())
    if get_origin(hint) is Mapping:
        return st.dictionaries(st.sampled_from([DISPUTE, EARLY, "x"]), _by_hint(arguments[1]), max_size=2)
    if get_origin(hint) is Literal:
        return st.sampled_from(arguments)
    if get_origin(hint) is tuple:
        return st.lists(_by_hint(arguments[0]), max_size=3).map(tuple)
    if NoneType in arguments:
        return st.none() | _by_hint(next(one for one in arguments if one is not NoneType))
    raise TypeError(hint)


@cache
def commands_of(kind: type) -> st.SearchStrategy[Any]:
    """Any command of one kind, sensible or not; every value is one that a browser or the server could send."""
    hints = get_type_hints(kind)
    built: dict[str, st.SearchStrategy[Any]] = {}
    for one in fields(kind):
        if one.name in BY_NAME:
            known = BY_NAME[one.name]
            optional = NoneType in get_args(hints[one.name])
            built[one.name] = st.none() | known if optional else known.filter(lambda value: value is not None)
        elif (one.name, hints[one.name]) == ("seat", str):
            built[one.name] = st.sampled_from(ACTORS)
        else:
            built[one.name] = _by_hint(hints[one.name])
    return st.builds(kind, **built)


def actors_of(kind: type, state: SessionState) -> st.SearchStrategy[str]:
    """Mostly somebody who may do this, for the hearing that the room is about; else anybody."""
    focus = state.focus.id if state.focus else None
    jury = tuple(seat.id for seat in state.jurors_sitting(focus))
    likely: dict[Who, tuple[str, ...]] = {
        Who.SYSTEM: (SYSTEM,), Who.ORGANIZER: ("org",),
        Who.CANDIDATE: ("cand1", "cand2"), Who.APPOINTED_JUROR: jury, Who.SITTING_JUROR: jury,
        Who.PRESIDENT: (state.president_of(focus) or "emp",), Who.ANYONE: ("cand1", "obs"),
    }  # fmt: skip
    chosen = [seat for who in sorted(ACTS.get(kind, frozenset())) for seat in likely[who]] or ["org"]
    return st.sampled_from(chosen) | st.sampled_from(chosen) | st.sampled_from(ACTORS)


# What would come next --------------------------------------------------------------------------------------------

Act = tuple[str, Command]


def advance(day: Day, marks: Mapping[str, Mark]) -> bool:
    """Do the first act that brings the day further; False when there is none."""
    for actor, command in _next(day.state, marks):
        try:
            if SESSION.decide(day.state, command, actor, day.now):
                day.do(actor, command)
                return True
        except Refusal:
            continue
    return False


def _next(state: SessionState, marks: Mapping[str, Mark]) -> Iterator[Act]:
    hearing = state.focus
    if hearing is None:
        suspended = [h.id for h in state.hearings.values() if h.suspended]
        yield from ((state.president_of(h) or "", c.ResumeDeliberation(h)) for h in suspended)
        return
    yield from _together(state, hearing)
    president = state.president_of(hearing.id) or ""
    jury = [seat.id for seat in state.jurors_sitting(hearing.id)]
    if hearing.phase in IN_ROOM:
        yield from _what_is_noted(hearing, president)
    if hearing.phase in TO_CALL:
        yield from _to_the_door(hearing, president)
    elif hearing.phase is Phase.WELCOME:
        yield from _through_the_gates(state, hearing, president, jury)
    elif hearing.phase in (Phase.PRESENTATION, Phase.QUESTIONS):
        yield president, c.RestartAttempt(hearing.id, words())
        yield president, c.ResumeClock(hearing.id)
        yield president, c.StartQuestions(hearing.id)
        yield president, c.DismissCandidate(hearing.id, words())
    elif hearing.phase is Phase.GRADING:
        yield from _grades(hearing, jury, marks)
        yield president, c.OpenDeliberation(hearing.id)
    elif hearing.phase is Phase.DELIBERATION:
        yield from _agreement(hearing, president, jury, marks)
    yield president, c.PostponeHearing(hearing.id, words())


def _together(state: SessionState, hearing: Hearing) -> Iterator[Act]:
    """Whoever is missing comes; who cannot is replaced; somebody presides."""
    jurors = state.jurors_appointed(hearing.id)
    for seat in (*jurors, hearing.candidate):
        if seat.id not in state.present:
            yield SYSTEM, c.Join(seat.id)
    for seat in jurors:
        if seat.id in hearing.recused:
            new = substitute(seat.category or JurorCategory.TRAINER, f"new-{seat.id}", hearing.id)
            yield SYSTEM, replace_juror(seat.id, new)
    if state.president_of(hearing.id) is None:
        for voter in state.jurors_sitting(hearing.id):
            for seat in state.jurors_sitting(hearing.id):
                if state.votes.get(voter.id) is None:
                    yield voter.id, c.DesignatePresident(seat.id)
        for voter in state.jurors_sitting(hearing.id):
            yield voter.id, c.DesignatePresident(next(iter(state.votes.values()), ""))


def _what_is_noted(hearing: Hearing, president: str) -> Iterator[Act]:
    """Each suspicion is told, not answered, and gone on with."""
    if hearing.in_script is not None:
        incident = hearing.in_script.position
        yield hearing.candidate.id, c.DeclineAnswer(hearing.id, incident)
        yield president, c.DecideSuspicion(hearing.id, incident, "go_on")
    for one in hearing.untold:
        yield president, c.TellSanctions(hearing.id, one.position)


def _to_the_door(hearing: Hearing, president: str) -> Iterator[Act]:
    if hearing.prevention in ("pending", "refused"):
        yield hearing.candidate.id, c.AcknowledgePrevention(hearing.id, "digest")
    if not hearing.waiting:
        yield hearing.candidate.id, c.EnterWaitingRoom(hearing.id)
    yield from _refusals(hearing, president)
    yield president, c.CallIn(hearing.id)


def _refusals(hearing: Hearing, president: str) -> Iterator[Act]:
    for gate in ("prevention", "sheet"):
        if gate in hearing.refusals:
            yield president, c.DecideRefusal(hearing.id, gate, "reserve", words())


def _through_the_gates(state: SessionState, hearing: Hearing, president: str, jury: list[str]) -> Iterator[Act]:
    if hearing.identity is None and hearing.check is not None:
        apart, pictures = (words(), FACES) if hearing.face_consent == "yes" else (None, ())
        measured = c.RecordSignals(hearing.id, hearing.check.position, state.last_at, (PORTRAIT,), words())
        yield SYSTEM, replace(measured, apart=apart, apart_pictures=pictures)
    for juror in jury:
        if juror not in hearing.opinions:
            yield juror, c.GiveIdentityOpinion(hearing.id, True)
    yield president, c.DecideIdentity(hearing.id, "conform", "proceed")
    for point in range(len(state.framework.reminder)):
        if point not in hearing.reminder:
            yield president, c.CheckReminder(hearing.id, point, True)
    yield hearing.candidate.id, c.SignSheet(hearing.id, words())
    yield from _refusals(hearing, president)
    yield president, c.StartPresentation(hearing.id)
    yield president, c.StartQuestions(hearing.id)


def _grades(hearing: Hearing, jury: list[str], marks: Mapping[str, Mark]) -> Iterator[Act]:
    for juror in jury:
        for code in CODES:
            if code not in hearing.grid(juror).marks:
                yield juror, c.SetMark(hearing.id, code, marks[code], words())
        for code, mark in hearing.grid(juror).marks.items():
            if mark.mark is Mark.NOT_ACQUIRED and mark.words is None and not mark.not_shown:
                yield juror, c.SetMark(hearing.id, code, mark.mark, words())
        yield juror, c.CloseGrid(hearing.id)


def _agreement(hearing: Hearing, president: str, jury: list[str], marks: Mapping[str, Mark]) -> Iterator[Act]:
    assert hearing.deliberation is not None
    proposals = hearing.deliberation.proposals
    missing = {code: mark for code, mark in marks.items() if code not in proposals}
    yield president, c.ProposeConsensus(hearing.id, missing)
    for juror in jury:
        left = {code: p.mark for code, p in proposals.items()
                if juror not in p.confirmed and code not in hearing.deliberation.disputed}  # fmt: skip
        yield juror, c.ConfirmConsensus(hearing.id, left)
    for block in (*hearing.blocks, None):
        if (block or "") not in hearing.deliberation.recommendations:
            yield president, c.Recommend(hearing.id, block, "award", words())
    for juror in jury:
        yield juror, c.SignDeliberation(hearing.id)
