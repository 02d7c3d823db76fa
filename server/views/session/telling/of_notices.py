"""Notices to attend: given, taken by the mail server, bounced, acknowledged, followed up."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from evaluation.deadlines import day_of
from evaluation.people import Role
from evaluation.rules import N_
from evaluation.session import events as e
from evaluation.session.state import BODY_TOLD, Hearing, SessionState
from server.views.session.reading import Reading
from server.views.session.telling.description import (
    Chapter,
    Described,
    Entry,
    Line,
    Now,
    Say,
    about_candidate,
    actor,
    by_actor,
    candidate,
    fixed,
    of_the_day,
)
from server.views.when import day_words, hour_words

NOTICED = N_("Convocation envoyée pour le {day} à {hour}.")
CONVENED = N_("{name} reçoit une convocation pour le {day} à {hour}.")
FOLLOWED_UP = {
    "call": N_("{by} a appelé {name} au sujet de sa convocation."),
    "registered_letter": N_("{by} a envoyé à {name} une lettre recommandée au sujet de sa convocation."),
}


def _noticed(text: str, field: str = "") -> Say:
    """`{day}` and `{hour}` as the notice says them; `{name}`: the seat in `field`."""
    def said(reading: Reading, group: Sequence[Entry]) -> str:
        event = group[-1].event
        return reading.say(text, day=day_words(date.fromisoformat(event.date), reading.locale),
                           hour=hour_words(event.starts_at, reading.locale),
                           name=reading.name(getattr(event, field)) if field else "")

    return said


def _taken(reading: Reading, group: Sequence[Entry]) -> str:
    event = group[-1].event
    said = reading.say(N_("Le serveur de courrier a pris la convocation de {name} le {day} à {hour}."),
                       name=_addressee(reading, event.seat), day=day_words(day_of(event.at), reading.locale),
                       hour=hour_words(event.at, reading.locale))
    twice = N_("Une coupure a pu la faire partir deux fois.")
    return f"{said} {reading.say(twice)}" if event.twice else said


def _bounced(reading: Reading, group: Sequence[Entry]) -> str:
    event = group[-1].event
    text = {"refused": N_("Le serveur de courrier a refusé la convocation de {name} ({why})."),
            "returned": N_("La convocation de {name} est revenue : elle n’est pas arrivée ({why}).")}[event.bounce]
    return reading.say(text, name=_addressee(reading, event.seat), why=event.why or "?")


def _followed_up(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.say(FOLLOWED_UP[group[-1].event.means], by=actor(reading, group), name=candidate(reading, group))


REMINDED = {
    "notice": N_("Rappel envoyé à {name} : confirmer la convocation."),
    "papers": N_("Rappel envoyé à {name} : des documents manquent."),
    "preparation": N_("Rappel envoyé à {name} : préparer la session."),
}


def _reminded(reading: Reading, group: Sequence[Entry]) -> str:
    event = group[-1].event
    return reading.say(REMINDED[event.about], name=reading.name(event.seat))


def _addressee(reading: Reading, seat: str) -> str:
    return reading.say(N_("l’organisme certificateur")) if seat == BODY_TOLD else reading.name(seat)


def _of_its_addressee(_state: SessionState, hearing: Hearing | None, one: Entry) -> bool:
    return hearing is not None and one.event.seat in (hearing.candidate.id, *(aid.id for aid in hearing.aids))


def _agreed_and_why(reading: Reading, one: Entry) -> str | None:
    """How the candidate agreed to less time than is owed, and why it was so late."""
    written = (reading.words(one.event.agreed), reading.words(one.event.words))
    return " — ".join(words for words in written if words) or None


OF_NOTICES: Chapter = {
    e.NoticeGiven: Described(line=Line(_noticed(NOTICED), said=_agreed_and_why)),
    e.SeatConvened: Described(line=Line(_noticed(CONVENED, "seat"), concerns=of_the_day)),
    e.BodyInformed: Described(line=Line(fixed(N_("La session est annoncée à l’organisme certificateur.")),
                                        concerns=of_the_day)),
    e.NoticeTaken: Described(line=Line(_taken, concerns=_of_its_addressee)),
    e.NoticeBounced: Described(
        Now(frozenset({Role.ORGANIZER}), _bounced), Line(_bounced, tone="alert", concerns=_of_its_addressee)),
    e.NoticeAcknowledged: Described(line=Line(by_actor(N_("{name} accuse réception de sa convocation.")))),
    e.SeatReminded: Described(line=Line(_reminded, concerns=_of_its_addressee)),
    e.NoticeFollowedUp: Described(line=Line(_followed_up)),
    e.LateNoticeAgreed: Described(line=Line(about_candidate(
        N_("{name} accepte une convocation partie en retard.")), tone="alert", said=_agreed_and_why)),
}
