"""The list of cases, and the words of one: how far it is, whom it waits for, what may follow (R7.1, R7.2)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from evaluation.case.terms import ENDED, Stage
from evaluation.case_rules import Consequence
from evaluation.rules import N_
from server.i18n import Locale, say
from server.views.body.periods import short_day
from server.views.table import BY_NAME, Cell, Choice, Column, Filter, State, Table

STAGES: Mapping[Stage, tuple[str, State, str]] = {
    Stage.FACTS: (N_("faits à compléter"), "info", "clock"),
    Stage.REPORTED: (N_("rapport remis"), "info", "clock"),
    Stage.ADMITTED: (N_("recours recevable"), "info", "clock"),
    Stage.TOLD: (N_("candidat informé"), "info", "clock"),
    Stage.HEARD: (N_("délai de réponse terminé, ou candidat entendu"), "info", "clock"),
    Stage.PROPOSED: (N_("suite proposée, avis attendus"), "info", "clock"),
    Stage.ANSWERED: (N_("avis recueillis"), "info", "clock"),
    Stage.SUBMITTED: (N_("devant la commission"), "info", "clock"),
    Stage.DECIDED: (N_("décidé"), "ok", "check-o"),
    Stage.HANDED: (N_("décision remise"), "ok", "check-o"),
    Stage.CLOSED: (N_("clos sans suite"), "ok", "check-o"),
    Stage.WITHDRAWN: (N_("signalement retiré"), "ok", "check-o"),
    Stage.INADMISSIBLE: (N_("recours non recevable"), "ok", "check-o"),
    Stage.JOINED: (N_("joint à un autre dossier"), "", ""),
}
AWAITED: Mapping[str, str] = {
    "organizer": N_("le responsable de l’organisation"), "clerk": N_("le secrétariat de l’organisme certificateur"),
    "candidate": N_("le candidat"), "parties": N_("les personnes dont l’avis est demandé"),
    "commission": N_("la commission"),
}
DOORS: Mapping[str, str] = {
    "malfunction": N_("Dysfonctionnement"), "fraud": N_("Faits signalés"), "appeal": N_("Recours"),
}
CONSEQUENCES: Mapping[Consequence, str] = {
    Consequence.NONE: N_("aucune suite"), Consequence.POSTPONE: N_("report de l’épreuve"),
    Consequence.ANNUL: N_("épreuve annulée, elle ne compte pas"),
    Consequence.DISQUALIFY: N_("candidature éliminée"),
    Consequence.BAR: N_("candidature éliminée et interdiction de se présenter"),
    Consequence.REEXAMINE: N_("nouvel examen du dossier"), Consequence.LIFT: N_("sanction levée"),
}
OPEN = tuple(one.value for one in Stage if one not in ENDED)


@dataclass(frozen=True)
class CaseLine:
    """`name` is empty for somebody whose data were erased. `until`: until when whoever is awaited has to answer."""

    href: str
    name: str
    door: str
    kind: str
    code: str
    provider: str
    stage: Stage
    awaits: tuple[str, ...]
    opened: date
    until: date | None
    today: date


def stage_cell(stage: Stage, locale: Locale) -> Cell:
    words, state, icon = STAGES[stage]
    return Cell(say(locale, words, {}), state=state, icon=icon)


def awaited_words(awaits: tuple[str, ...], locale: Locale) -> str:
    return ", ".join(say(locale, AWAITED[one], {}) for one in awaits)


def _name(line: CaseLine, locale: Locale) -> Cell:
    return Cell(line.name or say(locale, N_("nom effacé"), {}), href=line.href, own=bool(line.name))


def _opened(line: CaseLine, locale: Locale) -> Cell:
    age = say(locale, N_("{days} j"), {"days": (line.today - line.opened).days}) if line.stage not in ENDED else ""
    return Cell(short_day(line.opened, locale), small=age)


def _awaits(line: CaseLine, locale: Locale) -> Cell:
    return Cell(awaited_words(line.awaits, locale))


CASES: Table[CaseLine] = Table(
    "cases", "dossiers", N_("Dossiers"), (
        Column("name", N_("Candidat"), _name, BY_NAME),
        Column("kind", N_("Objet"), lambda line, locale: Cell(
            say(locale, DOORS[line.door], {}), small=line.kind)),
        Column("code", N_("Certification"), lambda line, _locale: Cell(line.code, small=line.provider, own=True)),
        Column("stage", N_("Où en est le dossier"), lambda line, locale: stage_cell(line.stage, locale), "status"),
        Column("awaits", N_("Attendu de"), _awaits),
        Column("until", N_("Avant la fin du"), lambda line, locale: Cell(
            short_day(line.until, locale) if line.until is not None else ""), "due_at"),
        Column("opened", N_("Ouvert le"), _opened, "at")),
    nothing=N_("Aucun dossier. Un incident noté pendant une journée en ouvre un."),
    filters=(Filter("only", N_("Où en est le dossier"), (
        Choice("open", N_("en cours"), {"status": OPEN}),
        *(Choice(stage.value, words, {"status": stage.value}) for stage, (words, _state, _icon) in STAGES.items()))),),
    sort="opened", descending=True, by_person=True, person=lambda line: line.name)
