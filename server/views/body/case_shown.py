"""One case as a page shows it: for each candidate whose part the reader may see, how far it is, the facts, what was
said and decided; and what happened in the case, step by step."""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evaluation.case.case_rows import awaits, until
from evaluation.case.stages import number_of_case, stage
from evaluation.case.state import CaseState, Fact, Part
from evaluation.case.terms import PROVIDER
from evaluation.deadlines import day_of, start_of
from evaluation.journal import Record
from evaluation.people import SYSTEM, Words
from evaluation.rules import N_
from server.i18n import Locale, say
from server.views.body.cases import CONSEQUENCES, DOORS, awaited_words, stage_cell
from server.views.body.periods import short_day
from server.views.session.labels import PHASES
from server.views.table import Cell
from server.views.when import hour_words, iso, lasting

HAPPENED: Mapping[str, str] = {
    "case.opened": N_("Dossier ouvert"), "case.facts_completed": N_("Faits complétés"),
    "case.evidence_added": N_("Pièce ajoutée"), "case.subject_named": N_("Personne concernée nommée"),
    "case.requalified": N_("Objet du dossier changé"), "case.report_handed": N_("Rapport remis"),
    "case.report_taken": N_("Réception du rapport"), "case.day_noted": N_("Suite de l’épreuve jointe au dossier"),
    "case.joined": N_("À joindre à un autre dossier"),
    "case.not_taken_in": N_("Un autre dossier n’a pas pu être repris"),
    "case.gone_into_another": N_("Repris par l’autre dossier"),
    "case.stayed": N_("Non repris par l’autre dossier : celui-ci reprend son cours"),
    "case.took_in": N_("Un autre dossier est joint à celui-ci"),
    "case.notice_given": N_("Candidat informé par écrit"), "case.notice_taken": N_("Lettre acheminée"),
    "case.notice_bounced": N_("Lettre revenue"), "case.notice_delivered": N_("Lettre remise"),
    "case.assistant_named": N_("Le candidat est assisté"), "case.assistant_dismissed": N_("Fin de l’assistance"),
    "case.notice_answered": N_("Réponse du candidat"), "case.hearing_asked": N_("Le candidat demande à être entendu"),
    "case.candidate_heard": N_("Candidat entendu, ou attendu"),
    "case.no_answer_recorded": N_("Délai passé sans réponse du candidat"), "case.proposed": N_("Suite proposée"),
    "case.proposal_answered": N_("Avis donné"), "case.party_reminded": N_("Rappel envoyé"),
    "case.silence_recorded": N_("Délai passé sans avis"), "case.submitted": N_("Soumis à la commission"),
    "case.admissibility_ruled": N_("Recevabilité du recours décidée"), "case.decided": N_("Suite décidée"),
    "case.returned": N_("Renvoyé par la commission"), "case.closed": N_("Clos sans suite"),
    "case.decision_handed": N_("Décision remise"), "case.decision_taken": N_("Décision lue par le candidat"),
    "case.accusation_withdrawn": N_("Signalement retiré"),
}
"""What a line of the timeline says of an event."""
ANSWERS: Mapping[str, str] = {
    "agrees": N_("d’accord"), "disagrees": N_("pas d’accord"), "silent": N_("pas de réponse dans le délai"),
}


@dataclass(frozen=True)
class Said:
    """`title` says what it is; `by` and `words` are people's own."""

    title: str
    by: str
    when: str
    iso: str
    words: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartShown:
    """`name` is empty for somebody whose data were erased."""

    candidacy: str
    name: str
    stage: Cell
    awaits: str
    until: str
    consequence: str
    facts: tuple[Said, ...]
    course: tuple[Said, ...]


@dataclass(frozen=True)
class CaseShown:
    number: str
    door: str
    kind: str
    code: str
    parts: tuple[PartShown, ...]
    happened: tuple[Said, ...]


def words_of(state: CaseState, mine: Iterable[Part]) -> tuple[Words, ...]:
    """All that the page reads."""
    found = list[Words | None]()
    for part in mine:
        found += [one for fact in state.facts_of(part.candidacy) for one in (fact.words, fact.said)]
        found += [one.words for one in (*part.notices, *part.answers, *part.heard, *part.proposals)]
        found += [one.words for proposal in part.proposals for one in proposal.answers.values()]
        found += [one for sent in part.submissions for one in (sent.words, sent.returned)]
        found += [one.words for one in (part.decision, part.ended) if one is not None]
    return tuple(one for one in found if one is not None)


def persons_of(state: CaseState, mine: Iterable[Part], records: Iterable[Record]) -> tuple[str, ...]:
    """Everybody whom the page names."""
    found = [state.raised_by, *(one.actor for one in records)]
    for part in mine:
        found += [part.person, *part.jurors, *(one.by for one in state.facts_of(part.candidacy))]
    return tuple(dict.fromkeys(one for one in found if one != SYSTEM))


def shown_case(state: CaseState, mine: Sequence[Part], records: Sequence[Record], names: Mapping[str, str],
               written: Mapping[str, str], locale: Locale) -> CaseShown:
    telling = _Telling(names, written, locale)
    seen = {one.candidacy for one in mine}
    happened = tuple(
        telling.said(HAPPENED[one.event], one.actor, one.at) for one in records
        if one.event in HAPPENED and one.data.get("candidacy") in (None, *seen))
    return CaseShown(
        number_of_case(state), say(locale, DOORS[state.kind.door], {}), state.kind.title, state.certification,
        tuple(_part(state, one, telling) for one in mine), happened)


def _part(state: CaseState, part: Part, telling: _Telling) -> PartShown:
    locale, due = telling.locale, until(state, part)
    taken = part.decision
    return PartShown(
        part.candidacy, telling.names.get(part.person, ""), stage_cell(stage(state, part), locale),
        awaited_words(awaits(state, part), locale), short_day(day_of(due - 1), locale) if due is not None else "",
        say(locale, CONSEQUENCES[taken.consequence], {}) if taken is not None else "",
        tuple(telling.fact(one) for one in state.facts_of(part.candidacy)), tuple(telling.course(part)))


@dataclass(frozen=True)
class _Telling:
    """In the reader's language, with the names and the words that can still be read."""

    names: Mapping[str, str]
    written: Mapping[str, str]
    locale: Locale

    def say(self, words: str, **values: object) -> str:
        return say(self.locale, words, values)

    def said(self, title: str, by: str, at: int, words: Words | None = None, *more: str) -> Said:
        who = self.say(N_("la plateforme") if by == SYSTEM else N_("la commission") if not by else N_("nom effacé"))
        who = self.names.get(by) or who
        when = f"{short_day(day_of(at), self.locale)}, {hour_words(at, self.locale)}"
        return Said(self.say(title), who, when, iso(at), self._text(words), tuple(one for one in more if one))

    def _text(self, words: Words | None) -> str:
        return self.written.get(words.ref, "") if words is not None else ""

    def fact(self, one: Fact) -> Said:
        phase = self.say(PHASES[one.phase]) if one.phase in PHASES else ""
        clock = self.say(N_("horloge de l’épreuve : {time}"), time=lasting(one.clock)) if one.clock is not None else ""
        told = self._text(one.said)
        return self.said(
            N_("Constaté"), one.by, one.observed_at or one.at, one.words, phase, clock,
            self.say(N_("pièces : {n}"), n=len(one.evidence)) if one.evidence else "",
            self.say(N_("dit au candidat : {said}"), said=told) if told else "")

    def course(self, part: Part) -> Iterable[Said]:
        """What was said and decided of one candidate, in its order."""
        found = [(one.at, self.said(N_("Information écrite du candidat"), one.by, one.at, one.words,
                                    *(self.say(CONSEQUENCES[each]) for each in one.sanctions)))
                 for one in part.notices]
        found += [(one.at, self.said(N_("Réponse du candidat"), one.by, one.at, one.words)) for one in part.answers]
        found += [(start_of(one.on), Said(
            self.say(N_("Candidat entendu") if one.attended else N_("Candidat attendu, non venu")),
            self.names.get(one.by, ""), short_day(one.on, self.locale), one.on.isoformat(), self._text(one.words)))
            for one in part.heard]
        for one in part.proposals:
            found.append((one.at, self.said(N_("Suite proposée"), one.by, one.at, one.words,
                                            self.say(CONSEQUENCES[one.consequence]))))
            found += [(said.at, self.said(N_("Avis"), said.by, said.at, said.words, self.say(ANSWERS[said.answer]),
                                          self._party(party))) for party, said in one.answers.items()]
        for one in part.submissions:
            found.append((one.at, self.said(N_("Soumis à la commission"), one.by, one.at, one.words)))
            if one.returned_at is not None:
                found.append((one.returned_at, self.said(
                    N_("Renvoyé par la commission"), "", one.returned_at, one.returned)))
        found += [(one.at, self.said(N_("Décision"), one.by, one.at, one.words))
                  for one in (part.decision, part.ended) if one is not None]
        return [one for _at, one in sorted(found, key=lambda each: each[0])]

    def _party(self, party: str) -> str:
        return self.say(N_("organisme de formation")) if party == PROVIDER else self.names.get(party, "")
