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
REGISTERED, PLANNED, ASKED, WISHED, NOTED = 7, 6, 5, 3, 1
"""In days before the demo's."""
ORGANIZER: Final = "seat-next-claire"
NOTED_AT: Final = 17
"""The incident's hour in Paris."""
FIRST, APART = 9, 2
"""The first candidate's hour in Paris; hours between two."""


def next_day(day: date) -> date:
    found = day + timedelta(days=AFTER)
    while not is_working_day(found):
        found += timedelta(days=1)
    return found


async def begin_next_day(teller: Teller, people: DemoPeople, framework: Framework) -> None:
    """Three candidates registered, two of them planned, the jury asked for; one waits for an adjustment, and something
    happened to the other yesterday."""
    await teller.come_to(REGISTERED)
    registered = [await register(teller, people, one, framework, REGISTERED) for one in people.next_candidates]
    await teller.come_to(PLANNED)
    await _plan(teller, people, framework, registered[:2])
    await teller.come_to(ASKED)
    await demo_body.propose_juror(teller, people)
    await demo_body.ask_for_jury(teller, people, SESSION, framework, people.proposed)
    await teller.come_to(WISHED)
    await ask_adjustment(teller, id_of(people.next_candidates[1]), (Wish.TIME,))
    await teller.come_to(NOTED, NOTED_AT)
    await _note_incident(teller)


async def _plan(teller: Teller, people: DemoPeople, framework: Framework, registered: list[Quoted]) -> None:
    day, organizer = next_day(teller.day), Seat(ORGANIZER, id_of(people.organizer), Role.ORGANIZER)
    await teller.in_day(
        SESSION, organizer.id, "PlanSession", session=SESSION, framework=framework_to_data(framework),
        date=day.isoformat(), organizer=encode(organizer), **(await under(teller, framework)).fields())
    for index, candidacy in enumerate(registered):
        hearing, person = f"next-{index + 1}", id_of(people.next_candidates[index])
        await teller.in_day(
            SESSION, organizer.id, "AddHearing", hearing=hearing, candidacy=candidacy,
            candidate=encode(Seat(f"seat-next-{index + 1}", person, Role.CANDIDATE, hearing=hearing)),
            starts_at=start_of(day) + (FIRST + index * APART) * HOUR)


async def _note_incident(teller: Teller) -> None:
    """By the organizer, of the first candidate: its case waits for the organizer's report."""
    await teller.in_day(
        SESSION, ORGANIZER, "RecordIncident", hearing="next-1", kind="organisation", suspected_fraud=False,
        words="Atelier fermé de 14 h à 16 h : la candidate n’a pas pu travailler à sa pièce.",
        answers={"0": "Deux heures d’atelier étaient prévues. Le gardien n’avait pas la clé, arrivée à 16 h."})
