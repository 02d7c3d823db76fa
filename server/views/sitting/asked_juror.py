"""A sitting as a juror whom it questions sees it: on which candidates, when, and the way into the room; nothing of what
the certification jury says or decides (R3.9)."""
from __future__ import annotations

from dataclasses import dataclass

from evaluation.deadlines import day_of
from evaluation.people import PersonId
from evaluation.rules import N_
from evaluation.sitting.in_person import is_on_site
from evaluation.sitting.seeing import comes_to_answer
from evaluation.sitting.state import SittingState
from server.views.sitting.sitting_lines import has_answered
from server.views.sitting.sitting_reader import MODES, SittingReader, candidate
from server.views.when import day_words, hour_words


@dataclass(frozen=True)
class AskedAbout:
    """One candidate: `words` are what the certification jury wrote with its summons."""

    name: str
    certification: str
    heard: str
    when: str
    words: str
    going: bool
    record: str


@dataclass(frozen=True)
class Asked:
    """`going`: they answer now; `done`: they have, on all that they were asked about."""

    mode: str
    where: str
    going: bool
    done: bool
    on_site: bool
    title: str
    about: tuple[AskedAbout, ...]


def asked_of(state: SittingState, person: PersonId, reader: SittingReader, path: str) -> Asked:
    about: list[AskedAbout] = []
    for item in state.agenda.values():
        if not comes_to_answer(state, item, person):
            continue
        last = item.summonses[-1] if item.summonses else None
        when = f"{day_words(day_of(last.at), reader.locale)}, {hour_words(last.at, reader.locale)}" if last else ""
        about.append(AskedAbout(
            candidate(reader, item), item.framework.short_title, day_words(item.recommended.held_on, reader.locale),
            when, reader.words(last.words) if last is not None else "", item.questioning is not None,
            f"{path}records/{item.candidacy}"))
    going = any(one.going for one in about)
    done = not going and all(has_answered(item) for item in state.agenda.values()
                             if comes_to_answer(state, item, person))
    title = N_("Le jury de certification vous pose ses questions.") if going else N_(
        "Les questions sont terminées : merci.") if done else N_("Le jury de certification souhaite vous interroger.")
    return Asked(reader.say(MODES[state.mode]), reader.words(state.place), going, done, is_on_site(state, person),
                 reader.say(title), tuple(about))
