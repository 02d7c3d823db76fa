"""Before the day: who will sit, who declares to be impartial, who has prepared, who has tried out."""
from __future__ import annotations

from collections.abc import Sequence

from evaluation.rules import N_
from evaluation.session import events as e
from server.views.session.reading import Reading
from server.views.session.telling.description import (
    SILENT,
    Chapter,
    Described,
    Entry,
    Line,
    actor,
    by_actor,
    of_the_day,
)

ACCEPTED, DECLINED = N_("{name} accepte de siéger."), N_("{name} ne peut pas siéger.")


def _answered(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.say(ACCEPTED if group[-1].event.accepted else DECLINED, name=actor(reading, group))


BEFORE_THE_DAY: Chapter = {
    e.AppointmentAnswered: Described(line=Line(_answered, concerns=of_the_day)),
    e.ImpartialityDeclared: Described(line=Line(by_actor(
        N_("{name} déclare pouvoir juger cette épreuve en toute impartialité.")))),
    e.ReadingConfirmed: SILENT,
    e.TriedOut: SILENT,
}
