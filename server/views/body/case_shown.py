"""One case as a page shows it: what is common to its candidates, and of each whose part the reader may see how far it
is, until when, the facts, the evidence, what was said and decided; then what happened, step by step."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from evaluation.case.case_parts import CaseNotice, Fact
from evaluation.case.case_rows import awaited_at, expected_at, until
from evaluation.case.decision_papers import appeal_until
from evaluation.case.stages import all_answered_by, answer_until, answered_whole, number_of_case, stage
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import Stage
from evaluation.deadlines import day_of
from evaluation.journal import Record
from evaluation.people import SYSTEM, Words
from evaluation.rules import N_
from server.views.body.case_files import Shown, common_papers, papers_of, papers_shown, pictures_shown
from server.views.body.case_timeline import DayOfSteps, Step, people_in, timeline
from server.views.body.case_told import course_told, fact_told
from server.views.body.case_words import Said, Telling
from server.views.body.cases import DOORS, age_words, awaited_words, follows, stage_cell
from server.views.body.periods import short_day
from server.views.table import Cell
from server.views.when import hour_words


@dataclass(frozen=True)
class PartShown:
    """`name` is empty for somebody whose data were erased, `erased` where nothing can be written any more. `until` says
    until when who is awaited has to answer, or at what hour the candidate comes. `delays` are sentences, each with its
    last day."""

    candidacy: str
    name: str
    erased: bool
    over: bool
    stage: Cell
    awaits: str
    until: str
    consequence: str
    delays: tuple[str, ...]
    facts: tuple[Said, ...]
    pictures: tuple[Shown, ...]
    papers: tuple[Shown, ...]
    course: tuple[Said, ...]


@dataclass(frozen=True)
class CaseShown:
    """The facts, pictures and papers are those that concern all its candidates, where there are `several`. `stayed`: it
    was to go into another case and could not; nothing has changed in it since."""

    number: str
    door: str
    kind: str
    code: str
    age: str
    several: bool
    stayed: bool
    facts: tuple[Said, ...]
    pictures: tuple[Shown, ...]
    papers: tuple[Shown, ...]
    parts: tuple[PartShown, ...]
    days: tuple[DayOfSteps, ...]


def words_of(state: CaseState, mine: Iterable[Part]) -> tuple[Words, ...]:
    """All that the page reads."""
    found = list[Words | None]()
    for part in mine:
        found += [one for fact in state.facts_of(part.candidacy) for one in fact.written]
        found += [one.words for one in (*part.notices, *part.answers, *part.heard, *part.proposals)]
        found += [one.words for one in part.hearing_requests]
        found += [one.place for one in part.summonses]
        found += [one.words for proposal in part.proposals for one in proposal.answers.values()]
        found += [one for sent in part.submissions for one in (sent.words, sent.returned)]
        found += [one.words for one in (part.decision, part.ended) if one is not None]
        found += [one.words for one in part.from_day]
    return tuple(one for one in found if one is not None)


def persons_of(state: CaseState, mine: Iterable[Part], records: Iterable[Record]) -> tuple[str, ...]:
    """Everybody whom the page names."""
    found = [state.raised_by, *people_in(records)]
    for part in mine:
        found += [part.person, *part.jurors, *(one.by for one in state.facts_of(part.candidacy))]
    return tuple(dict.fromkeys(one for one in found if one not in ("", SYSTEM)))


def shown_case(state: CaseState, mine: Sequence[Part], records: Sequence[Record], telling: Telling, here: str,
               now: int) -> CaseShown:
    """`here` is the address of the case."""
    several, today = len(state.parts) > 1, day_of(now)
    said_of_all = words_of_all(state) if several else frozenset[str]()
    common = _common(state, said_of_all) if several else []
    for_all = [one for one in state.evidence if one.candidacy is None] if several else []
    return CaseShown(
        number_of_case(state), telling.say(DOORS[state.kind.door]), state.kind.title, state.certification,
        age_words((today - day_of(state.opened_at)).days, telling.locale), several,
        state.stayed > 0 and state.changed == state.stayed,
        tuple(fact_told(state, one, telling) for one in common), pictures_shown(for_all, here, telling),
        papers_shown(common_papers(state, telling), here) if several else (),
        tuple(_part(state, one, telling, here, said_of_all, now, alone=not several) for one in mine),
        timeline(state, mine, records, _coming(state, mine, telling), telling))


def words_of_all(state: CaseState) -> frozenset[str]:
    """The words that stand in the facts of each candidate: of a failure that was noted once for several."""
    found = dict[str, set[str]]()
    for one in state.facts:
        if one.words is not None and one.candidacy is not None:
            found.setdefault(one.words.ref, set()).add(one.candidacy)
    return frozenset(ref for ref, candidacies in found.items() if candidacies == set(state.parts))


def _common(state: CaseState, said_of_all: frozenset[str]) -> list[Fact]:
    """What is written for all its candidates, and once what was noted of each in the same words."""
    found, told = list[Fact](), set[str]()
    for one in state.facts:
        ref = one.words.ref if one.words is not None else ""
        if one.candidacy is None:
            found.append(one)
        elif ref in said_of_all - told:
            told.add(ref)
            found.append(replace(one, candidacy=None, phase="", clock=None, evidence=(), answers={}, said=None))
    return found


def _part(state: CaseState, part: Part, telling: Telling, here: str, said_of_all: frozenset[str], now: int, *,
          alone: bool) -> PartShown:
    """With what is common where nobody else is concerned; without the words that stand with what is common."""
    taken, own = part.decision, part.candidacy
    facts = [replace(one, words=None) if one.words is not None and one.words.ref in said_of_all else one
             for one in state.facts if one.candidacy == own or alone]
    erased = telling.erased(part.person)
    awaited = awaited_at(state, part, now, erased=erased)
    evidence = [one for one in state.evidence if one.candidacy == own or alone]
    papers = (*(common_papers(state, telling) if alone else ()), *papers_of(state, own, telling))
    return PartShown(
        own, telling.names.get(part.person, ""), erased, part.over,
        stage_cell(stage(state, part), telling.locale, state.kind.door),
        awaited_words(awaited, telling.locale), _until(state, part, telling) if awaited else "",
        telling.say(follows(taken.consequence, state.kind.door)) if taken is not None else "",
        tuple(_delays(state, part, telling)), tuple(fact_told(state, one, telling) for one in facts),
        pictures_shown(evidence, here, telling), papers_shown(papers, here),
        tuple(course_told(state.kind.door, part, telling)))


def _until(state: CaseState, part: Part, telling: Telling) -> str:
    due, expected = until(state, part), expected_at(part)
    if due is None:
        return ""
    if due == expected:
        return telling.say(N_("le {day} à {hour}"), day=short_day(day_of(due), telling.locale),
                           hour=hour_words(due, telling.locale))
    return telling.say(N_("au plus tard le {day}"), day=short_day(day_of(due - 1), telling.locale))


# Delays, each with its last day


def _delays(state: CaseState, part: Part, telling: Telling) -> Iterable[str]:
    def day(at: int) -> str:
        return short_day(day_of(at - 1), telling.locale)

    if part.notice is not None and not part.over:
        yield _of_notice(state, part, part.notice, telling)
    summons = part.summons
    if summons is not None and not part.over and not any(one.notice == summons.notice for one in part.heard):
        yield telling.say(N_("Le candidat est convoqué pour être entendu : {when}, {place}."),
                          when=f"{short_day(day_of(summons.at), telling.locale)}, "
                               f"{hour_words(summons.at, telling.locale)}", place=telling.text(summons.place))
    proposal = part.proposal
    if proposal is not None and proposal.waiting and not part.over:
        waiting = ", ".join(telling.party(one) for one in proposal.waiting)
        yield telling.say(N_("Avis attendus jusqu’au {day} inclus, de : {who}. Ensuite leur silence est noté, et le "
                             "dossier continue."), day=day(all_answered_by(state, proposal)), who=waiting)
    last = appeal_until(state, part)
    if last is not None:
        yield telling.say(N_("Le candidat peut faire un recours jusqu’au {day} inclus."),
                          day=short_day(last, telling.locale))


def _of_notice(state: CaseState, part: Part, notice: CaseNotice, telling: Telling) -> str:
    last = answer_until(state, notice)
    if answered_whole(part):
        return telling.say(N_("Le candidat a dit que sa réponse est complète : son délai n’est plus attendu."))
    if notice.bounced_at is not None:
        return telling.say(N_("La lettre au candidat est revenue : son délai de réponse ne court pas. Remettez-la-lui "
                              "d’une autre façon, puis notez-le ici."))
    if last is None:
        return telling.say(N_("La lettre au candidat est partie : son délai de réponse court à partir du jour où elle "
                              "arrive."))
    if notice.number in part.delays_over:
        return telling.say(N_("Le délai de réponse du candidat a pris fin le {day}."),
                           day=short_day(day_of(last - 1), telling.locale))
    return telling.say(N_("Le candidat peut répondre ou demander à être entendu jusqu’au {day} inclus ({days} jours "
                          "depuis l’arrivée de la lettre)."), day=short_day(day_of(last - 1), telling.locale),
                       days=state.rules.answer_days)


def _coming(state: CaseState, mine: Sequence[Part], telling: Telling) -> Iterable[tuple[date, Step]]:
    """What is due, on its last day."""
    for part in mine:
        for due, words in _due(state, part):
            hour = hour_words(due, telling.locale) if words == HEARING else ""
            yield day_of(due - 1), Step(telling.say(words), hour, day_of(due - 1).isoformat(), "", "",
                                        telling.who(part.person) if len(state.parts) > 1 else "", coming=True)


HEARING = N_("Le candidat est attendu pour être entendu")


def _due(state: CaseState, part: Part) -> Iterable[tuple[int, str]]:
    now, proposal = stage(state, part), part.proposal
    if now is Stage.TOLD and part.notice is not None:
        answer, hearing = answer_until(state, part.notice), expected_at(part)
        if answer is not None:
            yield answer, N_("Fin du délai de réponse du candidat")
        if hearing is not None:
            yield hearing, HEARING
    if now is Stage.PROPOSED and proposal is not None:
        yield all_answered_by(state, proposal), N_("Fin du délai des avis")
