"""What a person has in the juries' days: each seat of theirs, and what awaits them there."""
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time

from evaluation.deadlines import PARIS, day_of
from evaluation.people import Role, SeatId
from evaluation.rules import N_
from evaluation.session import brief
from evaluation.session.impartiality import undeclared
from evaluation.session.notice_rules import awaits_acknowledgement, standing
from evaluation.session.on_site import is_on_site
from evaluation.session.papers_wanted import missing_papers
from evaluation.session.phases import OVER, TO_CALL
from evaluation.session.preparing import left_to_read, prepares
from evaluation.session.signatures import has_signed
from evaluation.session.state import Hearing
from evaluation.session.transcribing import to_confirm
from server.i18n import Locale, say
from server.journals.of_kind import Sessions
from server.storage.accounts import Accounts
from server.storage.seats import SeatEntry
from server.views.session.awaited import steps_before, without_agreement, yours
from server.views.session.expected import held_words
from server.views.session.labels import DOCUMENTS
from server.views.session.organizing import to_organize
from server.views.session.reading import Reading, read
from server.views.session.try_out_words import awaits_try_out, offers_try_out, try_out_path
from server.views.space import OFFICE, Place
from server.views.when import day_words, hour_words

ROLES: Mapping[str, str] = {
    Role.CANDIDATE: N_("Vous passez votre épreuve"), Role.JUROR: N_("Vous siégez dans le jury"),
    Role.ORGANIZER: N_("Vous organisez cette session"), Role.OBSERVER: N_("Vous observez cette session"),
    Role.AID: N_("Vous aidez une personne pendant son épreuve"),
}
WERE: Mapping[str, str] = {
    Role.CANDIDATE: N_("Votre épreuve"), Role.JUROR: N_("Membre du jury"),
    Role.ORGANIZER: N_("Organisation de la session"), Role.OBSERVER: N_("Observation de la session"),
    Role.AID: N_("Aide d’une personne pendant son épreuve"),
}
"""As what somebody had a seat that is over: whether they took it is not said."""
HOST = N_("organisation : {name}")
ENDED = N_("session terminée le {day}")
FILMED = frozenset({Role.CANDIDATE, Role.JUROR, Role.AID})


class Seats:
    """A source of `Space`: the seats of a person, read from the index of seats. Only open sessions are folded."""

    def __init__(self, sessions: Sessions, accounts: Accounts) -> None:
        self._sessions, self._accounts = sessions, accounts

    async def any_open(self, person: str) -> bool:
        return any(not one.closed for one in await self._accounts.seats_of(person))

    async def places(self, person: str, locale: Locale, now: int) -> Sequence[Place]:
        found = [await self._place(one, locale, now) for one in await self._accounts.seats_of(person)]
        return [one for one in found if one is not None]

    async def _place(self, entry: SeatEntry, locale: Locale, now: int) -> Place | None:
        if entry.closed_at is not None:
            return over(entry, entry.closed_at, locale)
        state = self._sessions.known(entry.session) or await self._sessions.state(entry.session)
        reading = await read(self._sessions, state, entry.seat, locale, now, hearings=()) if state else None
        return place_of(reading, entry) if reading is not None else None


def over(entry: SeatEntry, closed_at: int, locale: Locale) -> Place:
    """A seat of a session that is closed, as the indexes have it."""
    closed = say(locale, ENDED, {"day": day_words(day_of(closed_at), locale)})
    day = day_words(entry.date, locale) if entry.date else ""
    ways = {Role.JUROR: (_certificate(entry.seat, locale),), Role.OBSERVER: (_findings(entry.seat, locale),)}
    return Place(entry.seat, closed_at, entry.title or "", say(locale, WERE[entry.role], {}), day, host=closed,
                 page=_page(entry), ways=ways.get(Role(entry.role), ()))


def _certificate(seat: SeatId, locale: Locale) -> tuple[str, str]:
    """What says to an employer that they sat (R1.5)."""
    return f"seats/{seat}/attendance.pdf", say(locale, N_("Votre attestation de présence (PDF)"), {})


def _findings(seat: SeatId, locale: Locale) -> tuple[str, str]:
    """Where an observer says what is not as it should be (R2.4)."""
    return f"seats/{seat}/findings", say(locale, N_("Noter un constat"), {})


def place_of(reading: Reading, entry: SeatEntry) -> Place:
    """An open seat."""
    state, locale = reading.state, reading.locale
    hearing = state.hearings.get(entry.hearing or "")
    first = min((one.starts_at for one in state.hearings.values()), default=None)
    hour = hearing.starts_at if hearing is not None else first
    dated = hour is not None and day_of(hour).isoformat() == state.date
    if is_behind(reading):
        return Place(entry.seat, hour if hour is not None and dated else _morning(state.date), state.framework.title,
                     reading.say(WERE[entry.role]), day_words(state.date, locale), host=_host(reading),
                     page=_page(entry))
    return Place(
        entry.seat, hour if hour is not None and dated else _morning(state.date), state.framework.title,
        reading.say(ROLES[entry.role]), day_words(state.date, locale),
        hour_words(hour, locale) if hour is not None else "", _host(reading), awaits(reading),
        f"seats/{entry.seat}", _page(entry),
        _needs(reading), ways_of(reading), is_expected_today(reading))


def is_behind(reading: Reading) -> bool:
    """Whether a candidate, or who aids them, has nothing to come in for: the hearing was over before today, and
    nothing awaits them there. The jury's day may still be open."""
    state, hearing = reading.state, reading.state.hearing_of(reading.seat)
    return (reading.seat.role in (Role.CANDIDATE, Role.AID) and hearing is not None and hearing.phase in OVER
            and state.date < day_of(reading.now).isoformat() and not awaits(reading))


def _needs(reading: Reading) -> str:
    """A camera of whoever is seen by one: nobody on site is, nor sees anybody by it (X13)."""
    focus = reading.state.hearing_of(reading.seat) or reading.state.focus
    if focus is not None and is_on_site(reading.state, focus, reading.seat.id):
        return ""
    return "camera video" if reading.seat.role in FILMED else "video"


def awaits(reading: Reading) -> tuple[str, ...]:
    """What the reader has to do in this session, in words: of the day, then hearing after hearing. Until the day nobody
    is awaited in the room."""
    found = list(_of_the_day(reading))
    if reading.state.date > day_of(reading.now).isoformat():
        return tuple(dict.fromkeys((*found, *_before_the_day(reading))))
    if reading.seat.role is Role.ORGANIZER and not reading.state.jurors_appointed(None):
        return tuple(dict.fromkeys((*found, *to_organize(reading))))
    for hearing in sorted(reading.state.hearings.values(), key=lambda one: (one.starts_at, one.id)):
        if _concerned(reading, hearing):
            found += _of_hearing(reading, hearing)
    if not found and is_expected_today(reading):
        found.append(reading.say(N_("entrer : la session est aujourd’hui")))
    return tuple(dict.fromkeys(found))


def _of_the_day(reading: Reading) -> Iterator[str]:
    _, flagged = reading.say, without_agreement(reading)
    if flagged is not None and reading.seat.role is Role.ORGANIZER:
        yield flagged
    if brief.awaits_answer(reading.state, reading.seat.id):
        yield _("lire le cahier des charges et répondre")
    if awaits_acknowledgement(reading.state, reading.seat.id):
        yield _(N_("confirmer que vous avez reçu votre convocation"))
    if awaits_try_out(reading.state, reading.seat):
        yield _(N_("essayer votre caméra, votre micro et votre connexion"))
    yield from awaits_preparation(reading)
    for one in transcripts(reading):
        if to_confirm(reading.state, one, reading.seat.id) is not None:
            yield _(N_("{name} : relire et confirmer ce qui est transcrit du papier"), name=reading.candidate(one))


def _of_hearing(reading: Reading, hearing: Hearing) -> list[str]:
    words = yours(reading, hearing)
    if reading.seat.id == hearing.candidate.id:
        held = held_words(reading, hearing)
        return [held[0]] if held is not None else steps_before(reading, hearing) or ([words] if words else [])
    if words and reading.seat.role is Role.ORGANIZER:  # of several candidates, which one
        return [reading.say(N_("{name} : {words}"), name=reading.candidate(hearing), words=words)]
    return [words] if words else []


def _before_the_day(reading: Reading) -> list[str]:
    """Until then nobody is awaited in the room: what a candidate has still to send, and by when; what an organizer has
    still to do."""
    hearing, _ = reading.state.hearing_of(reading.seat), reading.say
    if reading.seat.role is Role.ORGANIZER:
        return list(to_organize(reading))
    if hearing is None or reading.seat.role is not Role.CANDIDATE or hearing.phase not in TO_CALL:
        return []
    held = held_words(reading, hearing)
    if held is not None:
        return [held[0]]
    lacking = missing_papers(reading.state, hearing)
    return [_(N_("envoyer au plus tard le {day}, à minuit : {what}") if last.isoformat() < reading.state.date else
              N_("envoyer avant votre épreuve : {what}"), day=day_words(last, reading.locale),
              what=", ".join(_(DOCUMENTS[one.kind]) for one in lacking if one.by == last))
            for last in dict.fromkeys(one.by for one in lacking)]


def is_expected_today(reading: Reading) -> bool:
    """Whether the reader is expected today, and what they are expected for is not over."""
    state, today = reading.state, day_of(reading.now).isoformat()
    return state.date == today and any(
        _concerned(reading, one) and one.phase not in OVER for one in state.hearings.values())


def transcripts(reading: Reading) -> list[Hearing]:
    """The hearings whose papers were entered, and that the reader judges (X13)."""
    held = reading.state.hearings.values() if reading.seat.role is Role.JUROR else ()
    return [one for one in held if one.transcribed is not None and reading.state.sits(reading.seat.id, one.id)]


def awaits_preparation(reading: Reading) -> Sequence[str]:
    """What a juror has still to do before the day: say whether they sit, then prepare (R1.2, R1.4, R1.5)."""
    _, state, seat = reading.say, reading.state, reading.seat
    if not prepares(state, seat):
        return ()
    given = state.answers.get(seat.id)
    if given is None:
        return (_(N_("dire si vous pourrez siéger")),)
    if not given.accepted:
        return ()
    left = undeclared(state, seat.id) or left_to_read(state, seat)
    return (_(N_("préparer la session : dire pour qui vous pouvez juger, lire les documents")),) if left else ()


def ways_of(reading: Reading) -> tuple[tuple[str, str], ...]:
    """Pages of this seat that are open in the space itself, before the day: address beneath the space's, and words."""
    _, seat = reading.say, reading.seat
    hearing = reading.state.hearing_of(seat)
    if seat.role is Role.CANDIDATE and hearing is not None and hearing.phase in TO_CALL:
        given = standing(reading.state, seat.id) is not None
        notice = ((f"seats/{seat.id}/notice", _(N_("Votre convocation"))),) if given else ()
        return (*notice, (f"seats/{seat.id}/papers", _(N_("Vos documents : ce qui est reçu, ce qui manque"))),
                *_try_out(reading))
    if seat.role is Role.ORGANIZER:
        day = (f"{OFFICE}in/{reading.state.body}/days/{reading.state.id}", _(N_("Préparer la journée")))
        return (day, *_try_out(reading))
    if seat.role is Role.OBSERVER and reading.state.date <= day_of(reading.now).isoformat():
        return (_findings(seat.id, reading.locale), *_try_out(reading))
    return (*_ways_of_jurors(reading), *_try_out(reading))


def _try_out(reading: Reading) -> tuple[tuple[str, str], ...]:
    words = reading.say(N_("Essayer ma caméra, mon micro et ma connexion"))
    return ((try_out_path(f"seats/{reading.seat.id}"), words),) if offers_try_out(reading.state, reading.seat) else ()


def _ways_of_jurors(reading: Reading) -> tuple[tuple[str, str], ...]:
    _, seat = reading.say, reading.seat
    ways = ((f"seats/{seat.id}/preparation", _(N_("Préparer la session"))),) if prepares(reading.state, seat) else ()
    if seat.role is Role.JUROR and reading.state.briefs and reading.state.sits(seat.id, None):
        ways = (*ways, (f"seats/{seat.id}/brief", _(N_("Le cahier des charges"))))
    ways = (*ways, *((f"seats/{seat.id}/transcripts/{one.id}",
                      _(N_("Épreuve de {name}, transcrite du papier"), name=reading.candidate(one)))
                     for one in transcripts(reading)))
    if has_signed(reading.state, seat.id):
        ways = (*ways, _certificate(seat.id, reading.locale))
    return ways


def _concerned(reading: Reading, hearing: Hearing) -> bool:
    if reading.seat.role in (Role.CANDIDATE, Role.AID):
        return reading.state.hearing_of(reading.seat) == hearing
    return reading.belongs(hearing)


def _host(reading: Reading) -> str:
    """Who organizes, unless it is the reader, and for which provider where that is known."""
    organizer = reading.state.organizer
    company = str(reading.profile(organizer).get("company") or "")
    if organizer.id == reading.seat.id:
        return company
    name = reading.name(organizer.id)
    return reading.say(HOST, name=f"{name}, {company}" if company else name)


def _page(entry: SeatEntry) -> str:
    return f"/seat/{entry.seat}/"


def _morning(day: str) -> int:
    return round(datetime.combine(datetime.fromisoformat(day).date(), time(), PARIS).timestamp() * 1000)
