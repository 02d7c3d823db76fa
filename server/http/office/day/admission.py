"""Candidates of a day whose registration cannot be relied on now (R6.6): that it is looked at, or was not accepted, is
all that the day's page says of it."""
from __future__ import annotations

from aiohttp import web

from evaluation.rules import N_
from server.http import parts
from server.http.office.day.one_day import OneDay
from server.http.office.day.sections import Missing

EXAMINED = N_("{name} : inscription en cours d’examen par l’organisme certificateur. Cette personne ne peut être "
              "interrogée avant sa réponse.")
NOT_ADMITTED = N_("{name} : inscription non admise par l’organisme certificateur. Retirez cette personne de la "
                  "journée.")
SAID = {"examined": EXAMINED, "not_admitted": NOT_ADMITTED}


async def missing(request: web.Request, day: OneDay) -> tuple[Missing, ...]:
    """In the order of their hours."""
    people = {one.candidacy: one.candidate.person for one in day.in_order if one.candidacy}
    if not people:
        return ()
    rows = await parts.rows(request).page(
        "candidacies", body=day.state.body, person=tuple(people.values()), status=tuple(SAID))
    status = {row.key: row.status for row in rows}
    return tuple(
        Missing(day.say(SAID[status[candidacy]], name=day.name(person)), "#program", grave=True)
        for candidacy, person in people.items() if candidacy in status)
