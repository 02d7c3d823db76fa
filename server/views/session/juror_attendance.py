"""When a juror sat, as the journal has it, and the paper that says so to their employer (R1.5). Papers are in
French."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from evaluation.deadlines import day_of
from evaluation.people import Seat, SeatId
from evaluation.session.calling import CalledIn
from evaluation.session.signatures import DeliberationSigned
from evaluation.session.state import SessionState
from server.documents.juror_attendance_pdf import AttendancePaper
from server.journals.of_kind import Sessions
from server.views.session.labels import CATEGORIES
from server.views.when import day_words, hour_words


@dataclass(frozen=True)
class Sat:
    """On one day of Paris: from the first call to the last signature (ms since 1970 UTC)."""

    since: int
    until: int


async def attended_hours(sessions: Sessions, session: str, juror: SeatId) -> tuple[Sat, ...]:
    """Of the hearings that this juror signed, day by day: none for who signed none."""
    past = [(record.at, record.actor, event) for record, event in await sessions.events(session)]
    signed = {event.hearing for _at, actor, event in past if isinstance(event, DeliberationSigned) and actor == juror}
    hours = [at for at, actor, event in past if (isinstance(event, CalledIn) and event.hearing in signed)
             or (isinstance(event, DeliberationSigned) and actor == juror)]
    hours += await _on_paper(sessions, session, juror)
    return tuple(Sat(min(found), max(found)) for found in _by_day(hours))


async def _on_paper(sessions: Sessions, session: str, juror: SeatId) -> list[int]:
    """When hearings were held whose papers are the record (X13); refusing to sign them is no sitting to certify."""
    state = await sessions.state(session)
    found = [one.transcribed for one in (state.hearings.values() if state is not None else ()) if one.transcribed]
    return [at for one in found if one.stands_at is not None and juror in one.confirmed
            and juror not in one.transcript.refused
            for at in (one.transcript.presentation.began_at, one.transcript.questions.ended_at)]


def _by_day(hours: Iterable[int]) -> list[list[int]]:
    found = dict[date, list[int]]()
    for at in sorted(hours):
        found.setdefault(day_of(at), []).append(at)
    return list(found.values())


def attendance_paper(
    state: SessionState, seat: Seat, sat: tuple[Sat, ...], name: str, provider: str, body: str,
) -> AttendancePaper:
    """Nothing of the candidates is in it, nor how many there were."""
    category = f"membre du jury, {CATEGORIES[seat.category]}" if seat.category else "membre du jury"
    last = day_of(sat[-1].until)
    facts = [("Nom", name), ("Qualité", category),
             ("Certification", f"{state.framework.title} ({state.framework.code})"),
             *((day_words(day_of(one.since), "fr").capitalize(), f"de {hour_words(one.since, 'fr')} à "
                f"{hour_words(one.until, 'fr')} (heure de Paris)") for one in sat),
             ("Organisme de formation", provider), ("Organisme certificateur", body)]
    return {
        "title": "Attestation de participation à un jury",
        "text": "Cette attestation, à remettre à l’employeur, certifie que la personne nommée ci-dessous a siégé dans "
                "un jury de certification professionnelle. Les heures sont celles que le journal de la session a "
                "enregistrées : du premier appel d’un candidat à la dernière signature de ce membre du jury.",
        "facts": [(label, value) for label, value in facts if value], "by": body,
        "signed": f"Établie d’après le journal de la session du {day_words(state.date, 'fr')}.",
        "dated": last.isoformat()}
