"""One candidate's part of a case as the candidate reads it, and who assists them: what is asked of them and until when,
what is noted, what they answered, what was proposed and decided. The words accuse nobody of anything."""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from evaluation.case.case_parts import Answered, Fact, FromDay
from evaluation.case.stages import number_of_case
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import PROVIDER
from evaluation.case_rules import Door
from evaluation.deadlines import day_of
from evaluation.people import SYSTEM, Paper, PersonId, Words
from evaluation.rules import N_
from server.views.body.case_words import SOMEBODY, Telling, when_in_hearing
from server.views.body.cases import CONSEQUENCES, follows
from server.views.session.labels import PHASES
from server.views.when import day_words, hour_words, iso

OPINIONS: Mapping[Answered, str] = {
    "agrees": N_("d’accord"), "disagrees": N_("pas d’accord"), "silent": N_("n’a pas répondu dans le délai"),
}
FROM_DAY: Mapping[str, str] = {
    "session.sanctions_told": N_("Ce qui vous a été dit pendant l’épreuve"),
    "session.suspicion_answered": N_("Ce que vous avez répondu pendant l’épreuve, signé par vous"),
    "session.answer_declined": N_("Pendant l’épreuve, vous n’avez pas souhaité répondre"),
    "session.answer_missed": N_("Pendant l’épreuve, aucune réponse n’a pu être prise"),
    "session.suspicion_decided": N_("Le président du jury a décidé"),
    "session.statement_added": N_("Ce que vous avez écrit pendant l’épreuve"),
}
COURSES: Mapping[str, str] = {
    "go_on": N_("l’épreuve a continué"), "stop": N_("l’épreuve a été arrêtée"),
}


@dataclass(frozen=True)
class Line:
    """`title` says what it is; `by` and `words` are people's own; `papers` the ids of files with what they are called.
    """

    title: str
    by: str
    when: str
    iso: str
    words: str = ""
    more: tuple[str, ...] = ()
    papers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class EvidenceShown:
    pictures: tuple[str, ...]
    papers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OwnCase:
    """`number` names the case on its papers. `facts` to `opinions` are told in
    their order."""

    door: Door
    number: str
    kind: str
    title: str
    facts: tuple[Line, ...]
    evidence: EvidenceShown
    notices: tuple[Line, ...]
    said: tuple[Line, ...]
    course: tuple[Line, ...]


@dataclass(frozen=True)
class Reader(Telling):
    """Told to one person, `reads`, who is "vous"; nobody reads that the platform did something."""

    reads: PersonId = ""

    def at(self, moment: int) -> str:
        return self.say(N_("{day} à {hour}"), day=day_words(day_of(moment), self.locale),
                        hour=hour_words(moment, self.locale))

    def who(self, person: PersonId) -> str:
        if person == self.reads:
            return self.say(N_("vous"))
        return "" if person == SYSTEM else self.names.get(person) or self.say(SOMEBODY)

    def line(self, title: str, by: PersonId, at: int, words: Words | None = None, *more: str,
             papers: Iterable[tuple[str, str]] = ()) -> Line:
        return Line(title, self.who(by), self.at(at), iso(at), self.text(words), tuple(one for one in more if one),
                    tuple(papers))

    def papers(self, words: str, several: Sequence[Paper]) -> tuple[tuple[str, str], ...]:
        if len(several) == 1:
            return ((several[0].file, self.say(words)),)
        return tuple((one.file, f"{self.say(words)} {number}") for number, one in enumerate(several, 1))


def words_in(state: CaseState, part: Part) -> tuple[Words, ...]:
    """All that is read of it."""
    found: list[Words | None] = [one for fact in state.facts_of(part.candidacy) for one in fact.written]
    found += [one.words for one in (*part.notices, *part.answers, *part.heard, *part.proposals)]
    found += [one.words for one in part.hearing_requests]
    found += [one.words for proposal in part.proposals for one in proposal.answers.values()]
    found += [one.place for one in part.summonses]
    found += [one.words for one in part.from_day]
    return tuple(one for one in found if one is not None)


def persons_in(state: CaseState, part: Part) -> frozenset[PersonId]:
    """Everybody whom it names."""
    found = [part.person, *part.assistants, *part.invited, *(one.by for one in state.facts_of(part.candidacy)),
             *(one.by for one in (*part.answers, *part.hearing_requests))]
    return frozenset(one for one in found if one != SYSTEM)


def own_case(state: CaseState, part: Part, reader: Reader) -> OwnCase:
    return OwnCase(
        state.kind.door, number_of_case(state), state.kind.title, state.title,
        tuple(_facts(state, part, reader)), _evidence(state, part, reader),
        tuple(_notices(part, reader)), tuple(_said(part, reader)), tuple(_course(state.kind.door, part, reader)))


def fact_line(one: Fact, reader: Reader) -> Line:
    title, told = reader.say(N_("Noté au dossier")), reader.text(one.said)
    if one.phase in PHASES:
        when = when_in_hearing(one.phase)
        title = reader.say(N_("Noté {when}"), when=reader.say(when)) if when else reader.say(
            N_("Noté pendant l’épreuve ({phase})"), phase=reader.say(PHASES[one.phase]))
    clock = reader.clock(one.clock) if one.clock is not None else ""
    return reader.line(
        title, one.by, one.observed_at or one.at, one.words, clock,
        *(f"{question} {reader.text(answer)}" for question, answer in one.answers.items()),
        reader.say(N_("dit au candidat à ce moment : {said}"), said=told) if told else "")


def _facts(state: CaseState, part: Part, reader: Reader) -> Iterable[Line]:
    for one in state.facts_of(part.candidacy):
        line = fact_line(one, reader)
        reasons = state.kind.door == "appeal" and one == state.facts[0]
        yield replace(line, title=reader.say(N_("Vos raisons, notées à la réception"))) if reasons else line
    for one in part.from_day:
        if one.said.event in FROM_DAY:
            yield Line(reader.say(FROM_DAY[one.said.event]), "", reader.at(one.at), iso(one.at),
                       reader.text(one.words), _course_of(one, reader))


def _course_of(one: FromDay, reader: Reader) -> tuple[str, ...]:
    if one.said.event == "session.sanctions_told":
        return (reader.say(N_("ce qui est noté ici, et les sanctions que prévoit le règlement")),)
    return (reader.say(COURSES[one.course]),) if one.course in COURSES else ()


def _evidence(state: CaseState, part: Part, reader: Reader) -> EvidenceShown:
    held = state.evidence_of(part.candidacy)
    several = [Paper(one.id, one.digest) for one in held if one.paper]
    reports = [one.paper for one in state.reports if one.about == (part.candidacy,)]
    return EvidenceShown(tuple(one.id for one in held if not one.paper), (
        *reader.papers(N_("Rapport à l’organisme certificateur (PDF)"), reports),
        *reader.papers(N_("Document"), several)))


def _notices(part: Part, reader: Reader) -> Iterable[Line]:
    """The last one first: it is the one that counts; so of the summonses, before them."""
    for summons in reversed(part.summonses):
        several = [summons.paper] if summons.paper is not None else []
        yield Line(reader.say(N_("Convocation pour être entendu : {when}"), when=reader.at(summons.at)), "",
                   reader.at(summons.given_at), iso(summons.given_at), reader.text(summons.place),
                   papers=reader.papers(N_("La convocation (PDF)"), several))
    for one in reversed(part.notices):
        several = [one.paper] if one.paper is not None else []
        yield Line(reader.say(N_("Notification n° {number}"), number=one.number), "", reader.at(one.at), iso(one.at),
                   reader.text(one.words), tuple(
                       reader.say(N_("possible si les faits sont retenus : {what}"),
                                  what=reader.say(CONSEQUENCES[each]))
                       for each in one.sanctions),
                   reader.papers(N_("La notification (PDF)"), several))


def _said(part: Part, reader: Reader) -> Iterable[Line]:
    """What the candidate answered, and when they were heard, in its order."""
    found: list[tuple[int, Line]] = []
    for one in part.answers:
        late = reader.say(N_("reçue après le délai")) if one.late else ""
        whole = reader.say(N_("réponse complète")) if one.complete else ""
        found.append((one.position, reader.line(
            reader.say(N_("Réponse écrite")), one.by, one.at, one.words, whole, late,
            papers=reader.papers(N_("Document joint"), one.papers))))
    found += [(one.position, reader.line(reader.say(N_("Demande à être entendu")), one.by, one.at, one.words))
              for one in part.hearing_requests]
    for one in part.heard:
        title = N_("Entretien : ce qui a été dit") if one.attended else N_("Entretien : personne n’est venu")
        several = [one.paper] if one.paper is not None else []
        found.append((one.position, Line(
            reader.say(title), "", day_words(one.on, reader.locale), one.on.isoformat(), reader.text(one.words),
            papers=reader.papers(N_("Compte rendu (PDF)"), several))))
    return [line for _position, line in sorted(found, key=lambda each: each[0])]


def _course(door: str, part: Part, reader: Reader) -> Iterable[Line]:
    """What was proposed, and what those said who were asked."""
    for one in part.proposals:
        said = [f"{_party(party, one.parties, reader)} : {reader.say(OPINIONS[answer.answer])}"
                + (f" – {reader.text(answer.words)}" if reader.text(answer.words) else "")
                for party, answer in one.answers.items()]
        yield Line(reader.say(N_("Suite proposée : {what}"), what=reader.say(follows(one.consequence, door))), "",
                   reader.at(one.at), iso(one.at), reader.text(one.words), tuple(said))


def _party(party: str, parties: Sequence[str], reader: Reader) -> str:
    """A juror by their number: what counts is what they say."""
    if party == PROVIDER:
        return reader.say(N_("le centre de formation"))
    jurors = [one for one in parties if one != PROVIDER]
    return reader.say(N_("juré {number}"), number=jurors.index(party) + 1 if party in jurors else 0)
