"""The brief and the candidates' papers of a day: how far each has come, and what is missing for when (R4.1, R4.6)."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from aiohttp import web

from evaluation.deadlines import last_day_before
from evaluation.rules import N_
from evaluation.session.brief import lacks_months
from evaluation.session.papers_wanted import papers_wanted
from evaluation.session.phases import OVER
from evaluation.session.pieces import PIECE_PART
from evaluation.session.state import Hearing, SessionState
from evaluation.session.supplied_documents import parts_sought
from server.http.office.day.one_day import OneDay
from server.http.office.day.sections import Missing, Section
from server.views.case_mark import CaseMark
from server.views.session import labels
from server.views.session.brief_words import stage_words
from server.views.when import day_words

IN_HAND, AWAITED_PIECE, GIVEN_BACK = N_("pièce reçue"), N_("pièce attendue"), N_("pièce rendue")


@dataclass(frozen=True)
class CandidateLine:
    """One candidate's papers. `here` and `missing` are kinds in words; `late` waits for a decision."""

    name: str
    href: str
    here: str
    missing: str
    late: bool
    piece: str
    mark: CaseMark | None


@dataclass(frozen=True)
class BriefAndPapers:
    """`brief` says how far the newest version has come; `deadline` is the last day for portfolios, in words."""

    brief: str
    href: str
    deadline: str
    lines: Sequence[CandidateLine]


async def section(request: web.Request, day: OneDay) -> Section:
    state, href = day.state, f"{day.path}/brief"
    newest = state.briefs[-1] if state.briefs else None
    brief = day.say(N_("Aucun cahier des charges n’est encore écrit.")) if newest is None else stage_words(
        newest, day.locale)
    deadline = day_words(state.deadline, day.locale) if state.deadline is not None else ""
    shown = BriefAndPapers(brief, href, deadline, [_line(day, one) for one in day.in_order])
    return Section("papers", day.say(N_("Cahier des charges et documents")), "_brief_and_papers.html", shown,
                   (*_of_brief(day, href), *_of_papers(day)))


def _line(day: OneDay, hearing: Hearing) -> CandidateLine:
    found = papers_wanted(day.state, hearing)
    formative = any(one.kind == "formative" for one in hearing.documents)
    here = [labels.DOCUMENTS[one.kind] for one in found if one.there]
    here += [labels.DOCUMENTS["formative"]] if formative else []
    missing = [labels.DOCUMENTS[one.kind] for one in found if one.missing]
    missing += [] if formative else [labels.DOCUMENTS["formative"]]
    return CandidateLine(
        day.name(hearing.candidate.person), papers_path(day, hearing), _listed(day, here), _listed(day, missing),
        any(one.late for one in found), _piece(day, hearing), day.case_marks.get(hearing.id))


def papers_path(day: OneDay, hearing: Hearing) -> str:
    """The page of one candidate's papers."""
    return f"{day.path}/papers/{hearing.id}"


def _listed(day: OneDay, kinds: Sequence[str]) -> str:
    return ", ".join(day.say(one) for one in kinds)


def _piece(day: OneDay, hearing: Hearing) -> str:
    if PIECE_PART not in parts_sought(day.state, hearing):
        return ""
    if not hearing.piece:
        return day.say(AWAITED_PIECE)
    return day.say(GIVEN_BACK if hearing.piece[-1].step == "returned" else IN_HAND)


# What is missing --------------------------------------------------------------------------------------------------


def publish_by(state: SessionState) -> date:
    """The last day on which a brief can be published that leaves candidates the framework's months before the day."""
    eve = date.fromisoformat(state.date) - timedelta(days=1)
    return last_day_before(eve, months=state.framework.delays.brief_months)


def _of_brief(day: OneDay, href: str) -> Sequence[Missing]:
    """The next step of the brief, until a version is published; the day is held without one where papers are there."""
    state = day.state
    if state.brief is not None and state.brief == state.briefs[-1]:
        return ()
    newest = state.briefs[-1] if state.briefs else None
    words = N_("Écrire le cahier des charges") if newest is None else N_(
        "Publier le cahier des charges, que le jury a adopté") if newest.adopted_at is not None else N_(
        "Faire adopter le cahier des charges par le jury")
    return (Missing(day.say(words), href if day.acts else "", publish_by(state)),)


def _of_papers(day: OneDay) -> Sequence[Missing]:
    """One line for each last day, with what is due by then: twelve candidates are no twelve lines."""
    waiting = [one for one in day.in_order if one.phase not in OVER]
    missing = [[one for one in papers_wanted(day.state, hearing) if one.missing] for hearing in waiting]
    found = list[Missing]()
    for last in sorted({one.by for several in missing for one in several}):
        due = [[one.kind for one in several if one.by == last] for several in missing]
        kinds = dict.fromkeys(kind for several in due for kind in several)
        count = sum(1 for several in due if several)
        found.append(Missing(day.ngettext(
            "{n} candidat a encore à fournir : {papers}", "{n} candidats ont encore à fournir : {papers}", count,
            papers=_listed(day, [labels.DOCUMENTS[one] for one in kinds])), "#papers", last))
    late = [one for one in waiting if any(each.late for each in papers_wanted(day.state, one))]
    hurried = [one for one in waiting if lacks_months(day.state, one)]
    return [*found, *(_undecided(day, one) for one in late), *(_hurried(day, one) for one in hurried)]


def _hurried(day: OneDay, hearing: Hearing) -> Missing:
    words = day.say(N_("Consigner l’accord de {name} : moins de {months} mois pour son livret"),
                    name=day.name(hearing.candidate.person), months=day.state.framework.delays.brief_months)
    return Missing(words, papers_path(day, hearing) if day.acts else "")


def _undecided(day: OneDay, hearing: Hearing) -> Missing:
    words = day.say(N_("Décider d’un document reçu après la date limite : {name}"),
                    name=day.name(hearing.candidate.person))
    return Missing(words, papers_path(day, hearing) if day.acts else "")
