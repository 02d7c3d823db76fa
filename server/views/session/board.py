"""The organizer's board: every session of theirs that is open, row by row. `Board` of view.d.ts.

It gives no more than the organizer's own rights: behind closed doors neither incidents nor how far the jury has come.
"""
from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping

from evaluation.people import PersonId, Role, Seat, SeatId
from evaluation.rules import N_
from evaluation.session import access, guidance
from evaluation.session import commands as c
from evaluation.session.attendance import absent_aids
from evaluation.session.doors import Door
from evaluation.session.jury import JURY_SIZE
from evaluation.session.phases import IN_ROOM, OVER, PRIVATE
from evaluation.session.state import Hearing, SessionState
from server.i18n import Locale
from server.journals.of_kind import Sessions
from server.storage.logins import Ended, WayIn
from server.views.session import labels
from server.views.session.awaited import awaited, missing, people_of, without_agreement
from server.views.session.contract.basic_types import Act
from server.views.session.contract.board_types import (
    Board,
    BoardCall,
    BoardHearing,
    BoardPerson,
    BoardSession,
    Level,
    Part,
)
from server.views.session.hearing import clock_view, phase_view, shown_phase
from server.views.session.identity_check import copies_view
from server.views.session.incident_views import incident_doors, incident_view, may_note
from server.views.session.offered_act import absent_words, act_view
from server.views.session.reading import Reading, read
from server.views.session.room import problem_view
from server.views.when import moment_words

LevelOf = Callable[[str, SeatId], "Level | None"]
"""(session, seat) → how good that person's media line is; None without media."""
WaysIn = Callable[[Collection[SeatId]], Awaitable[Mapping[SeatId, WayIn]]]
"""Who holds those seats, since when."""

QUALITY: Mapping[Level, str] = {
    "good": N_("connexion bonne"),
    "fair": N_("connexion moyenne"),
    "poor": N_("connexion faible"),
    "lost": N_("plus ni image ni son"),
}
ENDED: Mapping[Ended, str] = {
    Ended.LEFT: N_("déconnexion faite par la personne, {when}"),
    Ended.TAKEN_OVER: N_("place reprise par un autre navigateur, {when}"),
    Ended.RENEWED: N_("lien remplacé, {when} : le nouveau n’a pas encore servi"),
    Ended.IDLE: N_("déconnexion après une longue absence, {when}"),
    Ended.OLD: N_("déconnexion au terme de la durée permise, {when}"),
    Ended.CLOSED: N_("déconnexion à la fin de la session, {when}"),
}
HOLDS = N_("navigateur connecté depuis {when}")
BEHIND_DOORS = N_("Délibération à huis clos")


async def organized(sessions: Sessions, own: SessionState, person: PersonId) -> list[SessionState]:
    """The open sessions that a person organizes, and `own`, in the order of their days."""
    ids = {*await sessions.ids(open_only=True), own.id}
    found = [state for one in ids if (state := sessions.known(one) or await sessions.state(one)) is not None]
    mine = [state for state in found if _seat_of(state, person) is not None]
    return sorted(mine, key=lambda state: (state.date, state.id))


async def board_view(
    sessions: Sessions, own: SessionState, person: PersonId, locale: Locale, now: int, *, level: LevelOf,
    ways_in: WaysIn, cases: Collection[str] = ()
) -> Board:
    """The board of a person who organizes `own`; calls nobody has settled come first, then the newest. `cases` are the
    candidacies with an open case."""
    readings: list[Reading] = []
    for state in await organized(sessions, own, person):
        seat = _seat_of(state, person) or ""
        reading = await read(sessions, state, seat, locale, now, hearings=state.hearings)
        if reading is not None and reading.rights.board:
            readings.append(reading)
    ways = await ways_in([seat.id for reading in readings for seat in reading.state.seats()])
    calls = [call for reading in readings for call in _calls(reading)]
    return {
        "now": now,
        "sessions": [session_row(reading, level, ways, cases) for reading in readings],
        "calls": sorted(calls, key=lambda call: (call["settled"], -call["at"])),
    }


def _seat_of(state: SessionState, person: PersonId) -> SeatId | None:
    """From which seat a person organizes a session."""
    return next((one.id for one in state.organizers if one.person == person), None)


def session_row(reading: Reading, level: LevelOf, ways: Mapping[SeatId, WayIn], cases: Collection[str] = ()
                ) -> BoardSession:
    """`reading` is the organizer's, with the words of every hearing open to them."""
    state = reading.state
    president = state.president_of(state.focus.id if state.focus else None)
    hearings = sorted(state.hearings.values(), key=lambda h: (h.starts_at, h.id))
    return {
        "id": state.id, "seat": reading.seat.id, "body": state.body, "date": state.date,
        "certification": state.framework.title,
        "short_certification": state.framework.short_title, "closed": state.closed,
        "president": reading.name(president) if president else None,
        "in_private": state.in_private is not None,
        "journal": reading.rights.journal,
        "without_agreement": without_agreement(reading),
        "observers": [_person(reading, seat, None, level, ways) for seat in state.observers],
        "hearings": [_row(reading, hearing, level, ways, hearing.candidacy in cases) for hearing in hearings],
        "incident_doors": incident_doors(reading),
    }


def _row(reading: Reading, hearing: Hearing, level: LevelOf, ways: Mapping[SeatId, WayIn], case_open: bool
         ) -> BoardHearing:
    doors = reading.rights.doors(hearing.id)
    person = reading.person(hearing.candidate)
    private, recorded = hearing.phase in PRIVATE, Door.RECORD in doors
    phase = shown_phase(reading, hearing)
    waits = awaited(reading, hearing)
    row: BoardHearing = {
        "id": hearing.id, "name": person["name"], "initials": person["initials"], "starts_at": hearing.starts_at,
        **phase_view(phase),
        "phase_words": reading.say(BEHIND_DOORS) if private else reading.label(labels.PHASES, phase.value),
        "current": reading.state.current == hearing.id,
        "clock": clock_view(reading.state, hearing, reading.now),
        "awaited": waits.words, "awaited_who": waits.who, "awaited_you": waits.you,
        "missing": missing(reading, hearing),
        "waiting": hearing.waiting,
        "aid_absent": absent_words(reading, absent_aids(reading.state, hearing)),
        "incidents": [incident_view(reading, hearing, one) for one in hearing.noted] if recorded else None,
        "case_open": case_open,
        "may_note": recorded and may_note(reading, hearing),
        "people": [_person(reading, seat, hearing, level, ways) for seat in people_of(reading, hearing)],
        "empty_seats": JURY_SIZE - len(reading.state.jurors_sitting(hearing.id)) if hearing.phase not in OVER else 0,
        "acts": _acts(reading, hearing),
        "has_record": recorded,
        "ended_at": _ended_at(hearing) if Door.ALL_GRIDS in doors else None,
    }
    if Door.IDENTITY_COPY in doors:
        row["copies"] = copies_view(reading, hearing)
    return row


def _person(
    reading: Reading, seat: Seat, hearing: Hearing | None, level: LevelOf, ways: Mapping[SeatId, WayIn]
) -> BoardPerson:
    found, way = level(reading.state.id, seat.id), ways.get(seat.id, WayIn())
    return {
        **reading.person(seat),
        "president": hearing is not None and reading.state.president_of(hearing.id) == seat.id,
        "recused": hearing is not None and seat.id in hearing.recused,
        "level": found, "quality": reading.say(QUALITY[found]) if found else None,
        "link_opened": way.opened, "login": _login_words(reading, way),
        "part": _part(seat, hearing) if hearing else "free",
        "sends": hearing is not None and _sends(reading, seat, hearing),
    }


def _part(seat: Seat, hearing: Hearing) -> Part:
    """The candidate and who helps them have left once the jury is alone; in the room everybody is needed, then the
    jury."""
    attends = seat.role in (Role.CANDIDATE, Role.AID)
    if attends and hearing.phase in PRIVATE | OVER:
        return "gone"
    return "needed" if hearing.phase in IN_ROOM | PRIVATE else "free"


def _sends(reading: Reading, seat: Seat, hearing: Hearing) -> bool:
    going = hearing.phase in IN_ROOM and reading.state.current == hearing.id
    return going and bool(access.rights(reading.state, seat.id).publish)


def _login_words(reading: Reading, way: WayIn) -> str:
    """Which browser holds a seat, or why none does any more; empty where none ever did."""
    if way.since is not None:
        return reading.say(HOLDS, when=moment_words(way.since, reading.now, reading.locale))
    if way.ended is None or way.ended_at is None:
        return ""
    return reading.say(ENDED[way.ended], when=moment_words(way.ended_at, reading.now, reading.locale))


def _acts(reading: Reading, hearing: Hearing) -> list[Act]:
    """What the organizer may do about a hearing now (R4.4)."""
    id, words = hearing.id, guidance.SOME_WORDS
    wanted = (
        c.WarnCandidate(id, words), c.SeparateCandidate(id, words), c.EndSeparation(id),
        c.ProposeEnding(id, "stop", words), c.RecordNoShow(id), c.PostponeHearing(id, words),
    )
    steps = [guidance.step(reading.state, reading.seat.id, one, reading.now) for one in wanted]
    return [act_view(reading, step) for step in steps if step.allowed]


def _ended_at(hearing: Hearing) -> int | None:
    signatures = hearing.deliberation.signatures.values() if hearing.deliberation else ()
    return max((one.at for one in signatures), default=None)


def _calls(reading: Reading) -> list[BoardCall]:
    """Calls for help are written to the organizer: theirs to read whatever the moment."""
    return [
        {"session": reading.state.id, "seat": one.by, **problem_view(reading, one)} for one in reading.state.problems
    ]
