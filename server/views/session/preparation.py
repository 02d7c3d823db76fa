"""A juror's preparation in words: whether they will sit, for whom they can judge impartially, what is left to read
(R1.2, R1.4, R1.5)."""
from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from evaluation.people import HearingId
from evaluation.rules import N_
from evaluation.session import preparing
from evaluation.session.answering import may_answer
from evaluation.session.hearing_parts import ToRead
from evaluation.session.phases import OVER
from evaluation.session.state import Hearing
from server.views.session import labels
from server.views.session.reading import Reading
from server.views.when import hour_words

HELD: dict[str, str] = {
    preparing.FRAMEWORK: N_("Le référentiel : blocs et compétences"),
    preparing.GRID: N_("La grille et ses définitions"),
}
"""What the framework holds itself, besides the pages of its guide."""


@dataclass(frozen=True)
class Thing:
    """Something to take note of. `read` is where it opens and `confirm` where it is confirmed, beneath the seat's
    pages. `own` tells that the title is the framework's, in French."""

    title: str
    own: bool
    read: str
    confirm: str
    done: bool


@dataclass(frozen=True)
class Examined:
    """A candidate, whether the juror has declared to be impartial or withdrawn, and what is to be read of them."""

    hearing: str
    name: str
    hour: str
    state: Literal["undeclared", "impartial", "recused"]
    same_company: bool
    things: Sequence[Thing]


@dataclass(frozen=True)
class Preparation:
    """`answer` is "" while the juror has not said whether they sit."""

    answer: Literal["", "accepted", "declined"]
    may_answer: bool
    things: Sequence[Thing]
    candidates: Sequence[Examined]
    left: int


def preparation(reading: Reading, same_company: Collection[HearingId]) -> Preparation:
    """`same_company`: of which hearings the candidate's employer has the name of the juror's. Whether that matters is
    the juror's to say (R1.4)."""
    state, seat = reading.state, reading.seat
    given = state.answers.get(seat.id)
    todo = preparing.left_to_read(state, seat)
    hearings = [one for one in sorted(state.hearings.values(), key=lambda one: (one.starts_at, one.id))
                if one.phase not in OVER and seat in state.jurors_appointed(one.id)]
    return Preparation(
        "" if given is None else "accepted" if given.accepted else "declined", may_answer(state, seat.id),
        [thing(reading, one) for one in preparing.to_read(state, seat) if one.hearing == seat.hearing and
         (one.document == "" or one.what == preparing.BRIEF)],
        [_examined(reading, one, one.id in same_company) for one in hearings], len(todo))


def _examined(reading: Reading, hearing: Hearing, same_company: bool) -> Examined:
    seat = reading.seat
    declared = "impartial" if seat.id in hearing.impartial else "undeclared"
    things = [thing(reading, one) for one in preparing.to_read(reading.state, seat)
              if one.hearing == hearing.id and one.document and one.what != preparing.BRIEF]
    return Examined(hearing.id, reading.candidate(hearing), hour_words(hearing.starts_at, reading.locale),
                    "recused" if seat.id in hearing.recused else declared, same_company, things)


def thing(reading: Reading, one: ToRead) -> Thing:
    page = next((page for page in reading.state.framework.jury_guide if page.code == one.what), None)
    title = page.title if page else reading.say(HELD[one.what]) if one.what in HELD \
        else reading.label(labels.DOCUMENTS, one.what)
    confirm = f"preparation/{one.what}" + (f"/{one.document}" if one.document else "")
    done = one in reading.state.read.get(reading.seat.id, frozenset())
    return Thing(title, page is not None, f"documents/{one.document}" if one.document else confirm, confirm, done)
