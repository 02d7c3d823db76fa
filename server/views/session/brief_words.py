"""How far the brief has come, in words: written, adopted by the jury, published (R4.1)."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.deadlines import day_of
from evaluation.people import SeatId
from evaluation.rules import N_
from evaluation.session.hearing_parts import BriefVersion
from server.i18n import Locale, say
from server.views.body.periods import short_day
from server.views.session.reading import Reading

WAITING = N_("En attente du jury : deux jurés sur les trois l’adoptent.")
ADOPTED = N_("Adopté par le jury le {day}. Il reste à le publier.")
PUBLISHED = N_("Publié le {day}.")
YES, NO, NONE = N_("l’adopte"), N_("demande une modification"), N_("n’a pas encore répondu")


@dataclass(frozen=True)
class Answer:
    """What one juror answered, in words; `words` are the juror's own."""

    name: str
    said: str
    words: str
    adopted: bool


def stage_words(brief: BriefVersion, locale: Locale) -> str:
    """How far one version has come."""
    if brief.published_at is not None:
        return say(locale, PUBLISHED, {"day": short_day(day_of(brief.published_at), locale)})
    if brief.adopted_at is not None:
        return say(locale, ADOPTED, {"day": short_day(day_of(brief.adopted_at), locale)})
    return say(locale, WAITING, {})


def answers_of(reading: Reading, brief: BriefVersion) -> Sequence[Answer]:
    """Of each who sits on the day, and of whoever answered and was replaced since."""
    sitting = [seat.id for seat in reading.state.jurors_sitting(None)]
    return [_answer(reading, brief, seat) for seat in (*sitting, *(set(brief.answers) - set(sitting)))]


def _answer(reading: Reading, brief: BriefVersion, seat: SeatId) -> Answer:
    given = brief.answers.get(seat)
    said = NONE if given is None else YES if given.adopted else NO
    words = reading.words(given.words) if given is not None else None
    return Answer(reading.name(seat), reading.say(said), words or "", given is not None and given.adopted)
