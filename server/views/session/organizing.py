"""What the organizer of a day has still to do before it, in the order in which it is done: the day's own page has all
of it, with what waits for others."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from evaluation.deadlines import notice_due
from evaluation.rules import N_
from evaluation.session.notice_rules import follow_up_from, standing, to_convene
from evaluation.session.phases import Phase
from server.views.session.reading import Reading
from server.views.when import day_words


def to_organize(reading: Reading) -> Iterator[str]:
    state, _ = reading.state, reading.say
    if not state.hearings:
        yield _(N_("inscrire des candidats sur cette journée"))
        return
    if not state.jurors_appointed(None):
        yield _(N_("faire désigner le jury"))
    yield from _of_brief(reading)
    if state.jurors_appointed(None) and to_convene(state):
        last = notice_due(state.framework, date.fromisoformat(state.date))
        yield _(N_("convoquer tout le monde, au plus tard le {day}"), day=day_words(last, reading.locale))
    yield from _of_notices(reading)


def _of_brief(reading: Reading) -> Iterator[str]:
    """Where the jury has to answer first, nothing."""
    newest = reading.state.briefs[-1] if reading.state.briefs else None
    if newest is None:
        yield reading.say(N_("écrire le cahier des charges"))
    elif newest.adopted_at is not None and newest.published_at is None:
        yield reading.say(N_("publier le cahier des charges"))


def _of_notices(reading: Reading) -> Iterator[str]:
    """Candidates to be reached in another way."""
    for hearing in reading.state.hearings.values():
        notice = standing(reading.state, hearing.candidate.id)
        due_at = follow_up_from(reading.state.framework, notice) if notice is not None else None
        if hearing.phase is Phase.SCHEDULED and due_at is not None and due_at <= reading.now:
            yield reading.say(N_("{name} : appeler, ou envoyer une lettre recommandée"),
                              name=reading.candidate(hearing))
