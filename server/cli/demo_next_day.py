"""A later day of the demo, under way: for the offices' pages to have something to do."""
from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from evaluation.candidacy.terms import Wish
from evaluation.codec import encode
from evaluation.deadlines import is_working_day, start_of
from evaluation.framework import Framework
from evaluation.framework_file import framework_to_data
from evaluation.people import Role, Seat
from server.cli import demo_body
from server.cli.demo_body import under
from server.cli.demo_cast import id_of
from server.cli.demo_registering import ask_adjustment, register
from server.cli.demo_teller import HOUR, Quoted, Teller
from server.documents.demo import DemoPeople

SESSION: Final = "day-2"
AFTER: Final = 125
"""The first working day so long after the demo's, in days: time enough for the candidates' three months."""
REGISTERED, PLANNED, ASKED, WISHED = 7, 6, 5, 3
"""In days before the demo's."""
FIRST, APART = 9, 2
"""The first candidate's hour in Paris; hours between two."""


def next_day(day: date) -> date:
    found = day + timedelta(days=AFTER)
    while not is_working_day(found):
        found += timedelta(days=1)
    return found


async def begin_next_day(teller: Teller, people: DemoPeople, framework: Framework) -> None:
    """Three candidates registered, two of them planned, the jury asked for; one waits for an adjustment."""
    await teller.come_to(REGISTERED)
    registered = [await register(teller, people, one, framework, REGISTERED) for one in people.next_candidates]
    await teller.come_to(PLANNED)
    await _plan(teller, people, framework, registered[:2])
    await teller.come_to(ASKED)
    await demo_body.propose_juror(teller, people)
    await demo_body.ask_for_jury(teller, people, SESSION, framework, people.proposed)
    await teller.come_to(WISHED)
    await ask_adjustment(teller, id_of(people.next_candidates[1]), (Wish.TIME,))


async def _plan(teller: Teller, people: DemoPeople, framework: Framework, registered: list[Quoted]) -> None:
    day, organizer = next_day(teller.day), Seat("seat-next-claire", id_of(people.organizer), Role.ORGANIZER)
    await teller.in_day(
        SESSION, organizer.id, "PlanSession", session=SESSION, framework=framework_to_data(framework),
        date=day.isoformat(), organizer=encode(organizer), **(await under(teller, framework)).fields())
    for index, candidacy in enumerate(registered):
        hearing, person = f"next-{index + 1}", id_of(people.next_candidates[index])
        await teller.in_day(
            SESSION, organizer.id, "AddHearing", hearing=hearing, candidacy=candidacy,
            candidate=encode(Seat(f"seat-next-{index + 1}", person, Role.CANDIDATE, hearing=hearing)),
            starts_at=start_of(day) + (FIRST + index * APART) * HOUR)
