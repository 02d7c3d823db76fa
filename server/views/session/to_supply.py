"""What a candidate has still to supply, and by when: one list, in their space and on the page of the day (R4.6, R6.2).
"""
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from evaluation.deadlines import day_of
from evaluation.rules import N_
from evaluation.session.allowed import would_be_allowed
from evaluation.session.commands import SetAsideDocument
from evaluation.session.hearing_parts import Document
from evaluation.session.papers_wanted import PaperWanted, papers_wanted
from evaluation.session.phases import TO_CALL
from evaluation.session.shown_papers import awaiting_acceptance, shown
from evaluation.session.state import Hearing
from evaluation.session.terms import SEVERAL
from server.views.body.periods import short_day
from server.views.session import labels
from server.views.session.reading import Reading
from server.views.session.supply_step import Step, StepState
from server.views.session.try_out_words import try_out_steps
from server.views.when import day_words


def step_state(one: PaperWanted) -> StepState:
    return "late" if one.late else "done" if one.there else "missing" if one.needed else "free"


Steps = Callable[[Reading, Hearing, str], Sequence[Step]]
"""What one topic adds to the list. The last argument is the address that the pages of the candidate's papers stand
under."""


def paper_steps(reading: Reading, hearing: Hearing, address: str) -> Sequence[Step]:
    return [_step(reading, hearing, one, address) for one in papers_wanted(reading.state, hearing)]


STEPS: Final[tuple[Steps, ...]] = (paper_steps, try_out_steps)
"""In the order of the list."""


def steps(reading: Reading, hearing: Hearing, address: str) -> list[Step]:
    """What is missing first."""
    found = [step for each in STEPS for step in each(reading, hearing, address)]
    return sorted(found, key=lambda one: ("late", "missing", "free", "done").index(one.state))


def _step(reading: Reading, hearing: Hearing, one: PaperWanted, address: str) -> Step:
    href, stands = f"{address}/{one.kind}" if hearing.phase in TO_CALL else "", step_state(one)
    by = "" if stands == "done" and one.by < date.fromisoformat(reading.state.date) else _by(reading, one)
    return Step(one.kind, reading.label(labels.DOCUMENTS, one.kind), _words(reading, one), stands, by, href)


def _by(reading: Reading, one: PaperWanted) -> str:
    if one.by == date.fromisoformat(reading.state.date):
        return reading.say(N_("avant votre épreuve du {day}"), day=day_words(one.by, reading.locale))
    return reading.say(N_("au plus tard le {day}, à minuit"), day=day_words(one.by, reading.locale))


FREE: Final = N_("À ajouter si votre pièce d’identité a un verso, comme une carte d’identité.")
LATE: Final = N_("Reçu après la date limite. Votre fichier est gardé ; le jury ne le verra que si la personne qui "
                 "organise la session l’accepte. Écrivez-lui pour dire pourquoi.")
WANTED: Final = {
    "portfolio_a": N_("Un PDF de {most} pages au plus."), "portfolio_b": N_("Un PDF de {most} pages au plus."),
    "photograph": N_("Des photographies nettes de votre pièce, {photographs} au plus, une à la fois."),
    "identity_front": N_("Une photo ou un scan de votre pièce d’identité, du côté de la photo."),
    "identity_back": FREE,
}


def wanted_words(reading: Reading, kind: str) -> str:
    """What is asked for, in words."""
    of = reading.state.framework
    return reading.say(WANTED[kind], most=of.portfolio_max_pages, photographs=of.most_photographs)


def _words(reading: Reading, one: PaperWanted) -> str:
    if one.late:
        return reading.say(LATE)
    if not one.there:
        return wanted_words(reading, one.kind)
    if one.kind in SEVERAL:
        return reading.ngettext("{n} photographie reçue.", "{n} photographies reçues.", len(one.there))
    return received_words(reading, one.there[-1])


def received_words(reading: Reading, document: Document) -> str:
    """When it came, and how long it is."""
    return reading.ngettext("Reçu le {day}, {n} page.", "Reçu le {day}, {n} pages.", document.pages,
                            day=short_day(day_of(document.at), reading.locale))


@dataclass(frozen=True)
class Version:
    """One version of a paper. `state` is shown, late, set aside, or replaced, in words. `removable`: it counts, or it
    waits, and the candidate may still take it out."""

    id: str
    title: str
    words: str
    shown: bool
    state: str
    removable: bool


SHOWN, REPLACED, SET_ASIDE = N_("le jury le voit"), N_("remplacé"), N_("retiré")
TOO_LATE: Final = N_("reçu après la date limite")


def versions(reading: Reading, hearing: Hearing, kind: str) -> list[Version]:
    """All that came of a kind, the newest first."""
    given = shown(reading.state, hearing)
    late = awaiting_acceptance(reading.state, hearing)
    found = [one for one in hearing.documents if one.kind == kind]
    return [_version(reading, hearing, one, number, one in given, one in late)
            for number, one in reversed(list(enumerate(found, 1)))]


def _version(reading: Reading, hearing: Hearing, one: Document, number: int, given: bool, late: bool) -> Version:
    state = SHOWN if given else TOO_LATE if late else SET_ASIDE if one.set_aside else REPLACED
    removable = (given or late) and would_be_allowed(
        reading.state, hearing.candidate.id, SetAsideDocument(hearing.id, one.id), reading.now)
    title = reading.say(N_("{title}, envoi n° {number}"), title=reading.label(labels.DOCUMENTS, one.kind),
                        number=number)
    return Version(one.id, title, received_words(reading, one), given, reading.say(state), removable)
