"""Candidates of a day whose registration cannot be relied on now (R6.6): that it is looked at, or was not accepted, is
all that the day's page says of it."""
from __future__ import annotations

from evaluation.rules import N_
from evaluation.session.phases import TO_CALL
from server.http.office.day.one_day import OneDay
from server.http.office.day.sections import Missing

EXAMINED = N_("{name} : inscription en cours d’examen par l’organisme certificateur. Cette personne ne peut être "
              "interrogée avant sa réponse.")
NOT_ADMITTED = N_("{name} : inscription non admise par l’organisme certificateur. Retirez cette personne de la "
                  "journée.")
SAID = {"examined": EXAMINED, "not_admitted": NOT_ADMITTED}


def missing(day: OneDay) -> tuple[Missing, ...]:
    """In the order of their hours."""
    return tuple(
        Missing(day.say(SAID[one.admission], name=day.name(one.candidate.person)), "#program", grave=True)
        for one in day.in_order if one.admission in SAID and one.phase in TO_CALL)
