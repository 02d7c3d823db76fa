"""A case as one line of a person's space: what it is, as what they have a part in it, what waits for them there."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.case.stages import is_open, number_of_case, silent_from
from evaluation.case.state import CaseState, Part
from evaluation.case_rules import Door
from evaluation.rules import N_
from server.i18n import Locale, say
from server.views.body.own_case import Reader
from server.views.body.own_case_steps import asked_now, last_day

DOORS: Mapping[Door, str] = {
    "fraud": N_("Soupçon signalé"), "malfunction": N_("Incident noté à l’épreuve"), "appeal": N_("Recours"),
}
AS: Mapping[str, str] = {
    "candidate": N_("Votre dossier"), "assistant": N_("Vous assistez {name}"),
    "invited": N_("{name} vous demande de l’assister"), "juror": N_("Épreuve de {name}, où vous siégiez"),
    "raised": N_("Épreuve de {name} : votre signalement"),
}


@dataclass(frozen=True)
class OwnCaseLine:
    """`awaits` is what the person has to do, or may; "" where nothing is."""

    href: str
    what: str
    role: str
    number: str
    title: str
    state: str
    awaits: str
    opened: bool


def line(state: CaseState, part: Part, role: str, person: str, name: str, href: str, locale: Locale, now: int
         ) -> OwnCaseLine:
    def told(words: str, **values: object) -> str:
        return say(locale, words, values)

    # Who is only asked to assist is told who asks, and nothing of what it is about.
    what = told(N_("Un dossier")) if role == "invited" else told(DOORS[state.kind.door])
    opened = is_open(state, part)
    return OwnCaseLine(
        href, what, told(AS[role], name=name or told(N_("nom effacé"))), number_of_case(state), state.title,
        told(N_("en cours") if opened else N_("terminé")), _awaits(state, part, role, person, name, locale, now),
        opened)


def _awaits(state: CaseState, part: Part, role: str, person: str, name: str, locale: Locale, now: int) -> str:
    reader = Reader({}, {}, locale)
    if role == "invited":
        return reader.say(N_("{name} vous demande de l’assister : répondre"), name=name)
    if role in ("juror", "raised"):
        proposal = part.proposal
        waits = proposal is not None and person in proposal.waiting and is_open(state, part)
        return reader.say(N_("{name} : donner votre avis sur la suite proposée, avant la fin du {day}"), name=name,
                          day=last_day(silent_from(state, proposal, person), reader)) if waits and proposal else ""
    asked = asked_now(state, part, reader, now)
    if role == "candidate":
        return reader.say(N_("{what} : {asked}"), what=reader.say(DOORS[state.kind.door]), asked=asked.title) \
            if asked.act else ""
    return reader.say(N_("{name}, que vous assistez : {what}"), name=name, what=asked.title) \
        if asked.act == "answer" else ""
