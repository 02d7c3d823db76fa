"""One seat's reading of a session: its state and rights, with names and words fetched beforehand."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from evaluation.people import HearingId, PersonId, Role, Seat, SeatId, Words
from evaluation.session import access
from evaluation.session.access import SeatRights
from evaluation.session.state import Hearing, SessionState
from server.i18n import Locale, say, say_plural
from server.journals.of_kind import Sessions
from server.views.session import labels
from server.views.session.contract.basic_types import Person


@dataclass(frozen=True)
class Reading:
    """Everything a view is made of. Building one from it is a pure function."""

    state: SessionState
    seat: Seat
    rights: SeatRights
    now: int
    locale: Locale
    profiles: Mapping[PersonId, Mapping[str, Any]]
    texts: Mapping[str, str]

    def say(self, text: str, **values: object) -> str:
        """A French msgid in the reader's language, its `{places}` filled."""
        return say(self.locale, text, values)

    def ngettext(self, one: str, other: str, n: int, **values: object) -> str:
        """One of two French msgids in the reader's language, by number; `{n}` is it."""
        return say_plural(self.locale, one, other, n, values)

    def words(self, words: Words | None) -> str | None:
        """What somebody wrote; None where nothing was, or where it has been erased (X1)."""
        return self.texts.get(words.ref) if words else None

    def profile(self, seat: Seat) -> Mapping[str, Any]:
        return self.profiles.get(seat.person, {})

    def name(self, seat_id: SeatId) -> str:
        seat = self.state.seat(seat_id) or next((one for one in self.state.former if one.id == seat_id), None)
        unknown = self.say(labels.ERASED_NAME)
        return str(self.profile(seat).get("name") or unknown) if seat else unknown

    def candidate(self, hearing: Hearing) -> str:
        return self.name(hearing.candidate.id)

    def president(self, hearing: Hearing) -> str:
        """Who presides for this candidate, by name; where nobody does, the jury."""
        found = self.state.president_of(hearing.id)
        return self.name(found) if found else self.say(labels.THE_JURY)

    def person(self, seat: Seat) -> Person:
        profile = self.profile(seat)
        name = str(profile.get("name") or self.say(labels.ERASED_NAME))
        subject = self.subject()
        hearing = subject.id if subject else None
        return {
            "seat": seat.id, "role": seat.role, "name": name,
            "first_name": str(profile.get("first_name") or name.split(" ")[0]),
            "initials": "".join(part[0] for part in name.replace("-", " ").split() if part)[:2].upper(),
            "category": seat.category,
            "role_words": self.say(labels.role_words(seat, str(profile.get("sex") or ""))),
            "president": self.state.president_of(hearing) == seat.id,
            "present": seat.id in self.state.present,
            "recused": bool(subject and seat.role is Role.JUROR and seat.id in subject.recused),
            "you": seat.id == self.seat.id,
        }

    def subject(self) -> Hearing | None:
        """The hearing this seat is concerned with: its own, or the room's, where a juror belongs to it."""
        if self.seat.role in (Role.CANDIDATE, Role.AID):
            return self.state.hearing_of(self.seat)
        focus = self.state.focus
        return focus if focus is None or self.belongs(focus) else None

    def belongs(self, hearing: Hearing) -> bool:
        """Jurors who were replaced, or are another hearing's substitute, are strangers here; all others are not."""
        return self.seat.role is not Role.JUROR or self.seat in self.state.jurors_appointed(hearing.id)

    def label(self, table: Mapping[str, str], key: str) -> str:
        return self.say(table.get(key, key))


async def read(
    sessions: Sessions, state: SessionState, seat_id: SeatId, locale: Locale, now: int,
    hearings: Iterable[HearingId] | None = None,
) -> Reading | None:
    """Fetch what a view of this seat needs; None for a seat that is not of this session.

    `hearings` are those whose words are wanted: the subject's unless given.
    """
    seat = state.seat(seat_id)
    if seat is None:
        return None
    profiles: dict[PersonId, Mapping[str, Any]] = {}
    for one in (*state.seats(), *state.former):
        found = await sessions.profile(one.person)
        if found is not None:
            profiles[one.person] = found
    reading = Reading(state, seat, access.rights(state, seat_id), now, locale, profiles, {})
    subject = reading.subject()
    wanted = list(hearings) if hearings is not None else ([subject.id] if subject else [])
    # A closed door fetches no words: what is not read cannot leak.
    open_doors = [state.hearings[h] for h in wanted if reading.rights.doors(h) and h in state.hearings]
    roots = (*open_doors, state.messages, state.problems, state.place, _briefs(seat, state))
    refs = [words.ref for root in roots for words in words_inside(root)]
    texts = await sessions.words(refs)
    return Reading(state, seat, reading.rights, now, locale, profiles, texts)


def _briefs(seat: Seat, state: SessionState) -> object:
    """What jurors answered to the brief is between the jury and the organizer."""
    return state.briefs if seat.role in (Role.JUROR, Role.ORGANIZER) else ()


def words_inside(value: object) -> Iterable[Words]:
    """Every reference to words inside a part of the state."""
    if isinstance(value, Words):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():  # pyright: ignore[reportUnknownVariableType]
            yield from words_inside(one)  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(value, (tuple, list)):
        for one in value:  # pyright: ignore[reportUnknownVariableType]
            yield from words_inside(one)  # pyright: ignore[reportUnknownArgumentType]
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from words_inside(getattr(value, one.name))
