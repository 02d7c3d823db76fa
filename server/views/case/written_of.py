"""What every paper of a case is written from, and what all of them say alike. A paper is about one candidate: nothing
of another candidate's part is in it. Papers are in French."""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from evaluation.case.case_parts import Evidence, Fact, FromDay
from evaluation.case.stages import number_of_case
from evaluation.case.state import CaseState, Part
from evaluation.case_rules import Consequence
from evaluation.deadlines import day_of
from evaluation.people import SYSTEM, Words
from server.documents.case_pdf import CasePaper
from server.documents.written_paper import PaperPart
from server.views.body.case_words import when_in_hearing
from server.views.session.labels import PHASES
from server.views.when import day_words, hour_words, lasting

NO_NAME: Final = "(nom effacé)"
NO_WORDS: Final = "(texte effacé)"
DEMONSTRATION: Final = "Cachet de démonstration : il ne prouve rien."
SEALED: Final = ("Ce document porte un cachet électronique : un lecteur de PDF dit de qui il est et si le document est "
                 "resté tel quel.")
OF_DAY: Final[Mapping[str, str]] = {
    "session.sanctions_told": "La présidence du jury dit au candidat ce qui est noté et les sanctions encourues.",
    "session.statement_added": "Le candidat dit, dans ses mots :",
    "session.suspicion_answered": "Le candidat répond, dans ses mots :",
    "session.answer_declined": "Le candidat ne souhaite pas répondre tout de suite.",
    "session.answer_missed": "La réponse du candidat n’a pas pu être prise :",
    "session.candidate_warned": "L’organisation avertit le candidat :",
    "session.candidate_separated": "Le candidat est mis à part :",
    "session.separation_ended": "Le candidat n’est plus mis à part.",
    "session.ending_proposed": "L’organisation propose la fin de l’épreuve :",
    "session.ending_declined": "La présidence du jury ne suit pas cette proposition :",
    "session.time_given_back": "Du temps est rendu au candidat.",
    "session.hearing_stopped": "L’épreuve est arrêtée.",
    "session.attempt_voided": "La tentative ne compte pas.",
}
"""What later events of the hearing tell of the facts."""
LATER: Final = "Suite de l’épreuve, jointe au dossier."
COURSES: Final[Mapping[str, str]] = {
    "go_on": "La présidence du jury décide : l’épreuve continue.",
    "stop": "La présidence du jury décide : l’épreuve s’arrête."}
CONSEQUENCES: Final[Mapping[Consequence, str]] = {
    Consequence.NONE: "Aucune suite.",
    Consequence.POSTPONE: "L’épreuve est reportée.",
    Consequence.ANNUL: "L’épreuve est annulée : elle ne compte pas.",
    Consequence.DISQUALIFY: "La candidature est éliminée.",
    Consequence.BAR: "La candidature est éliminée, et il est interdit de se présenter à cette certification pendant "
                     "{years}.",
    Consequence.REEXAMINE: "Le dossier est réexaminé.",
    Consequence.LIFT: "La sanction est levée.",
}


@dataclass(frozen=True)
class CaseReading:
    """One candidate's part of a case, with the names and the words that can still be read. `known_at` says when the
    case learnt what stands at a position of its journal. `hearing_at` is when the examination was to begin; `address`
    whom an appeal is sent to, from the framework, where it is known; `home` the candidate's own. `writer` writes the
    paper `by_provider` or for the awarding body; `typed` are the words of the form. A `draft` is shown before it is
    handed: it has no number and bears no seal. `until` is the last day of a bar that follows, `bar_years` how long the
    framework in force makes one."""

    state: CaseState
    part: Part
    names: Mapping[str, str]
    written: Mapping[str, str]
    body: str
    provider: str
    now: int
    writer: str
    known_at: Mapping[int, int] = field(default_factory=dict[int, int])
    hearing_at: int | None = None
    home: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    by_provider: bool = False
    demonstration: bool = True
    draft: bool = False
    until: date | None = None
    bar_years: int | None = None
    typed: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def today(self) -> date:
        return day_of(self.now)

    @property
    def candidate(self) -> str:
        return self.name(self.part.person)

    @property
    def own_words(self) -> str:
        """What the form says in words."""
        return str(self.typed.get("words") or "")

    def name(self, person: str) -> str:
        return "la plateforme" if person == SYSTEM else self.names.get(person) or NO_NAME

    def follows(self, consequence: Consequence) -> str:
        several = "s" if (self.bar_years or 0) > 1 else ""
        years = f"{self.bar_years} an{several}" if self.bar_years else "la durée que fixe son référentiel"
        return CONSEQUENCES[consequence].format(years=years)

    def text(self, words: Words | None) -> str:
        return "" if words is None else self.written.get(words.ref, NO_WORDS)


def words_read(state: CaseState, part: Part) -> tuple[Words, ...]:
    """All that a paper about the part may quote."""
    found = [one for fact in state.facts_of(part.candidacy) for one in fact.written]
    found += [one.words for one in part.from_day]
    found += [one.words for one in (*part.notices, *part.answers, *part.heard)]
    found += [one.words for one in (part.decision, part.ended) if one is not None]
    return tuple(one for one in found if one is not None)


def people_read(state: CaseState, part: Part) -> tuple[str, ...]:
    """Everybody whom a paper about the part may name."""
    facts = state.facts_of(part.candidacy)
    found = (part.person, state.raised_by, *state.organizers, *part.jurors, *(one.by for one in facts))
    return tuple(dict.fromkeys(one for one in found if one != SYSTEM))


def number(reading: CaseReading, letter: str, position: int) -> str:
    """The case's number, the candidate's own mark in it, the kind of paper and which of them: no two papers of a case
    have the same, and none tells how many candidates the case has."""
    if reading.draft:
        return "aperçu, sans numéro"
    own = "".join(one for one in reading.part.candidacy if one.isalnum())[:6].upper()
    return f"{number_of_case(reading.state)}-{own}/{letter}{position}"


def moment(at: int) -> str:
    return f"{day_words(day_of(at), 'fr')}, {hour_words(at, 'fr')}"


def case_facts(reading: CaseReading, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """What the paper is about, at a glance; what is not known is left out."""
    state = reading.state
    found = [
        ("Candidat", reading.candidate), ("Certification", f"{state.title} ({state.certification})"),
        ("Épreuve", moment(reading.hearing_at) if reading.hearing_at is not None else ""),
        ("Organisme de formation", reading.provider),
        ("Objet", state.kind.title or state.kind.code), ("Dossier ouvert le", day_words(day_of(state.opened_at), "fr")),
        *more]
    return [(label, value) for label, value in found if value]


def section(title: str, words: Iterable[str] = (), points: Iterable[str] = (),
            rows: Iterable[tuple[str, str]] = ()) -> PaperPart:
    return {"title": title, "words": [one for one in words if one], "points": [one for one in points if one],
            "rows": list(rows)}


def facts_section(reading: CaseReading) -> PaperPart:
    """What was observed, by whom and when, in the order of its hours; what the candidate was told and said then."""
    rows = [(one.observed_at or one.at, _fact_words(reading, one)) for one in _told(reading)]
    rows += [(one.at, _day_words(reading, one)) for one in reading.part.from_day]
    return section("Les faits", rows=[(moment(at), words) for at, words in sorted(rows, key=lambda row: row[0])])


def _told(reading: CaseReading) -> Sequence[Fact]:
    return [one for one in reading.state.facts_of(reading.part.candidacy) if one.words is not None or one.said]


def _fact_words(reading: CaseReading, fact: Fact) -> str:
    phase = when_in_hearing(fact.phase) or PHASES.get(fact.phase, "")
    clock = f"horloge de l’épreuve {lasting(fact.clock)}" if fact.clock is not None else ""
    where = ", ".join(one for one in (phase[:1].upper() + phase[1:], clock) if one)
    said = f"Dit alors au candidat : {reading.text(fact.said)}" if fact.said is not None else ""
    by = f"Noté par {reading.name(fact.by)}."
    asked = (f"{question} {reading.text(answer)}" for question, answer in fact.answers.items())
    return "\n".join(one for one in (f"{where}." if where else "", reading.text(fact.words), *asked, said, by) if one)


def _day_words(reading: CaseReading, one: FromDay) -> str:
    said = COURSES.get(one.course) or OF_DAY.get(one.said.event, LATER)
    return f"{said} {reading.text(one.words)}".strip()


def evidence_section(reading: CaseReading, cited: Sequence[str] | None = None) -> PaperPart:
    """The evidence, numbered in its order; of those `cited` alone where they are given."""
    several = [one for one in reading.state.evidence_of(reading.part.candidacy) if cited is None or one.id in cited]
    points = [f"Pièce {count} : {_evidence_words(reading, one)}" for count, one in enumerate(several, 1)]
    return section("Les pièces", [] if points else ["Aucune pièce n’est jointe aux faits."], points)


def _evidence_words(reading: CaseReading, one: Evidence) -> str:
    at = reading.known_at.get(one.position, reading.state.opened_at)
    return f"{'document' if one.paper else 'image de l’épreuve'}, joint{'' if one.paper else 'e'} le {moment(at)}"


def paper(reading: CaseReading, title: str, letter: str, position: int, to: Sequence[str],
          facts: list[tuple[str, str]], sections: Sequence[PaperPart]) -> CasePaper:
    """The whole paper. Sections with nothing in them are left out."""
    by = reading.provider if reading.by_provider and reading.provider else reading.body
    seal = DEMONSTRATION if reading.demonstration else SEALED
    own_address = reading.address[1:] if by == reading.body else ()
    return {
        "title": title, "number_label": "Document", "number": number(reading, letter, position),
        "by": by, "by_line": ", ".join(own_address), "to": [one for one in to if one], "facts": facts,
        "parts": [one for one in sections if one["words"] or one["points"] or one["rows"]],
        "signed": f"Établi le {day_words(reading.today, 'fr')} par {reading.writer or NO_NAME}, pour {by}.",
        "sealed": "" if reading.draft else seal, "draft": "Aperçu" if reading.draft else "",
        "dated": reading.today.isoformat()}
