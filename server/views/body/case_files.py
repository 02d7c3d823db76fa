"""The pictures and the papers of a case: which there are for whoever sees a candidate's part, and what each is."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from evaluation.case.case_parts import Evidence
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import CandidacyId
from evaluation.deadlines import day_of
from evaluation.people import Paper
from evaluation.rules import N_
from server.views.body.case_words import Telling
from server.views.body.periods import short_day


@dataclass(frozen=True)
class PaperOfCase:
    """`title` and `more` (when it was handed, and who has it) are in words."""

    paper: Paper
    title: str
    more: str = ""


@dataclass(frozen=True)
class Shown:
    """A picture or a paper, by its address."""

    href: str
    title: str
    more: str = ""


def pictures_of(state: CaseState, candidacies: Iterable[CandidacyId]) -> frozenset[str]:
    """Those that whoever sees these parts may look at."""
    return frozenset(one.id for one in state.evidence if not one.paper and one.candidacy in (None, *candidacies))


def pictures_shown(evidence: Iterable[Evidence], here: str, telling: Telling) -> tuple[Shown, ...]:
    found = [one for one in evidence if not one.paper]
    return tuple(Shown(f"{here}/pictures/{one.id}.jpg", telling.say(N_("Image {n} prise pendant l’épreuve"), n=n))
                 for n, one in enumerate(found, start=1))


def papers_shown(papers: Iterable[PaperOfCase], here: str) -> tuple[Shown, ...]:
    return tuple(Shown(f"{here}/papers/{one.paper.file}", one.title, one.more) for one in papers)


def common_papers(state: CaseState, telling: Telling) -> Iterable[PaperOfCase]:
    """The reports to the awarding body about several candidates, and what is evidence for all."""
    yield from _reports(state, telling, None)
    yield from _evidence(state, None, telling)


def _reports(state: CaseState, telling: Telling, candidacy: CandidacyId | None) -> Iterable[PaperOfCase]:
    """With their receipts: those about one candidate alone, or about several. Of a case of one candidate each is
    theirs."""
    for one in state.reports:
        if one.about != (candidacy,) if candidacy is not None else len(one.about) == 1:
            continue
        at = short_day(day_of(one.at), telling.locale)
        received = telling.say(N_("reçu le {day}"), day=short_day(day_of(one.taken_at), telling.locale)) \
            if one.taken_at is not None else telling.say(N_("réception attendue"))
        yield PaperOfCase(one.paper, telling.say(N_("Rapport n° {n} à l’organisme certificateur"), n=one.number),
                          telling.say(N_("remis le {day}, {received}"), day=at, received=received))


def papers_of(state: CaseState, candidacy: CandidacyId, telling: Telling) -> Iterable[PaperOfCase]:
    """Of one candidate's part."""
    part = state.parts[candidacy]
    yield from _reports(state, telling, candidacy)
    yield from _evidence(state, candidacy, telling)
    yield from _letters(part, telling)
    yield from _heard(part, telling)
    if part.handed is not None:
        read = part.handed.taken_at
        yield PaperOfCase(part.handed.paper, telling.say(N_("Décision remise au candidat")),
                          telling.say(N_("lue le {day}"), day=short_day(day_of(read), telling.locale))
                          if read is not None else _on(day_of(part.handed.at), telling))


def _on(day: date, telling: Telling) -> str:
    return telling.say(N_("le {day}"), day=short_day(day, telling.locale))


def _letters(part: Part, telling: Telling) -> Iterable[PaperOfCase]:
    for one in part.notices:
        if one.paper is not None:
            yield PaperOfCase(one.paper, telling.say(N_("Lettre n° {n} au candidat"), n=one.number),
                              telling.say(N_("arrivée le {day}"), day=short_day(one.begins, telling.locale))
                              if one.begins is not None else _on(day_of(one.at), telling))
        if one.receipt is not None and one.begins is not None:
            yield PaperOfCase(one.receipt, telling.say(N_("Preuve de la remise de la lettre n° {n}"), n=one.number),
                              _on(one.begins, telling))
    for one in part.summonses:
        if one.paper is not None:
            yield PaperOfCase(one.paper, telling.say(N_("Convocation à être entendu")),
                              _on(day_of(one.given_at), telling))


def _heard(part: Part, telling: Telling) -> Iterable[PaperOfCase]:
    """Of what the candidate answered: in writing, or as they were heard."""
    for one in part.answers:
        for paper in one.papers:
            yield PaperOfCase(paper, telling.say(N_("Joint à la réponse du candidat")), _on(day_of(one.at), telling))
    for one in part.heard:
        if one.paper is not None:
            yield PaperOfCase(one.paper, telling.say(N_("Compte rendu de l’audition")), _on(one.on, telling))


def _evidence(state: CaseState, candidacy: CandidacyId | None, telling: Telling) -> Iterable[PaperOfCase]:
    for one in state.evidence:
        if one.paper and one.candidacy == candidacy:
            yield PaperOfCase(Paper(one.id, one.digest), telling.say(N_("Pièce du dossier")))
