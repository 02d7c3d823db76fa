"""What was noted of one candidate of a case, and what was said and decided since, in its order."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evaluation.case.case_parts import Closing, ConsequenceProposal, Fact, FromDay
from evaluation.case.state import CaseState, Part
from evaluation.deadlines import day_of, start_of
from evaluation.people import Words
from evaluation.rules import N_
from server.views.body.case_timeline import HAPPENED, NOT_COME, ON_THE_DAY
from server.views.body.case_words import OPINIONS, Said, Telling
from server.views.body.cases import CONSEQUENCES, follows
from server.views.body.periods import short_day
from server.views.when import hour_words, iso


@dataclass(frozen=True)
class PartRead:
    """What is read again beside an act: of all that was said, the proposal that stands is told first."""

    proposed: Said | None
    facts: tuple[Said, ...]
    course: tuple[Said, ...]


def part_read(state: CaseState, part: Part, telling: Telling) -> PartRead:
    proposal = part.proposal if not part.over else None
    return PartRead(
        _proposal(state.kind.door, proposal, telling) if proposal is not None else None,
        tuple(fact_told(state, one, telling) for one in state.facts_of(part.candidacy)),
        tuple(course_told(state.kind.door, part, telling)))


def fact_told(state: CaseState, one: Fact, telling: Telling) -> Said:
    """Of an appeal the first is what the candidate gives as reasons, as whoever recorded it wrote them down."""
    told, reasons = telling.text(one.said), state.kind.door == "appeal" and one == state.facts[0]
    return telling.said(
        N_("Raisons du candidat, notées à la réception") if reasons else N_("Constaté"), one.by,
        one.observed_at or one.at, one.words, *telling.in_hearing(one.phase, one.clock),
        telling.say(N_("pièces : {n}"), n=len(one.evidence)) if one.evidence else "",
        telling.say(N_("dit au candidat : {said}"), said=told) if told else "",
        asked=tuple((question, said) for question, answer in one.answers.items() if (said := telling.text(answer))))


# What was said and decided of one candidate, in its order


def course_told(door: str, part: Part, telling: Telling) -> Iterable[Said]:
    told, said = telling.said, telling.say
    found = [(one.at, _of_day(one, telling, words)) for one, words in zip(part.from_day, said_once(part), strict=True)]
    found += [(one.at, told(N_("Lettre au candidat"), one.by, one.at, one.words,
                           *(said(CONSEQUENCES[each]) for each in one.sanctions)))
             for one in part.notices]
    found += [(one.at, told(N_("Réponse du candidat"), one.by, one.at, one.words,
                            said(N_("après le délai")) if one.late else "")) for one in part.answers]
    found += [(one.at, told(N_("Le candidat demande à être entendu"), one.by, one.at, one.words))
              for one in part.hearing_requests]
    found += [(start_of(one.on), Said(
        said(N_("Candidat entendu") if one.attended else NOT_COME), telling.who(one.by),
        short_day(one.on, telling.locale), one.on.isoformat(), telling.text(one.words))) for one in part.heard]
    found += _proposed(door, part, telling)
    for one in part.submissions:
        found.append((one.at, told(N_("Soumis à la commission"), one.by, one.at, one.words)))
        if one.returned_at is not None:
            found.append((one.returned_at, told(N_("Renvoyé par la commission"), "", one.returned_at, one.returned)))
    if part.decision is not None:
        found.append((part.decision.at, told(N_("Décision de la commission"), part.decision.by, part.decision.at,
                                             part.decision.words, said(follows(part.decision.consequence, door)))))
    if part.ended is not None:
        found.append((part.ended.at, told(ENDINGS[part.ended.how], part.ended.by, part.ended.at, part.ended.words)))
    return [one for _at, one in sorted(found, key=lambda each: each[0])]


def _of_day(one: FromDay, telling: Telling, words: Words | None) -> Said:
    """What was told and said during the examination itself, after the incident."""
    data = one.said.data
    course = telling.say(COURSES[one.course]) if one.course in COURSES else ""
    at = f"{short_day(day_of(one.at), telling.locale)}, {hour_words(one.at, telling.locale)}"
    return Said(telling.say(ON_THE_DAY.get(one.said.event, HAPPENED["case.day_noted"])), "", at, iso(one.at),
                telling.text(words), tuple(each for each in (course, *telling.in_hearing(
                    str(data.get("phase", "")), data.get("clock"))) if each))


def said_once(part: Part) -> tuple[Words | None, ...]:
    """The words of what was told and said during the examination: of what two of them say alike, with the first."""
    found = list[Words | None]()
    for one in part.from_day:
        found.append(None if one.words in found else one.words)
    return tuple(found)


COURSES: Mapping[str, str] = {"go_on": N_("l’épreuve continue"), "stop": N_("l’épreuve s’arrête")}
ENDINGS: Mapping[Closing, str] = {
    "closed": N_("Clos sans suite"), "withdrawn": N_("Signalement retiré"),
    "inadmissible": N_("Recours déclaré non recevable"),
}


def _proposal(door: str, one: ConsequenceProposal, telling: Telling) -> Said:
    return telling.said(N_("Suite proposée"), one.by, one.at, one.words, telling.say(follows(one.consequence, door)))


def _proposed(door: str, part: Part, telling: Telling) -> list[tuple[int, Said]]:
    found = list[tuple[int, Said]]()
    for one in part.proposals:
        found.append((one.at, _proposal(door, one, telling)))
        found += [(said.at, telling.said(N_("Avis"), said.by, said.at, said.words, telling.say(OPINIONS[said.answer]),
                                         telling.party(party))) for party, said in one.answers.items()]
    return found
