"""The list of cases, and the words of one: how far it is, whom it waits for, what may follow (R7.1, R7.2)."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from evaluation.body.state import Provider
from evaluation.case.terms import STAGES_OVER, Awaited, Stage
from evaluation.case_rules import Consequence, Door
from evaluation.rules import N_
from server.i18n import Locale, say, say_plural
from server.views.body.periods import short_day
from server.views.table import BY_NAME, Cell, Choice, Column, Filter, State, Table

STAGES: Mapping[Stage, tuple[str, State, str]] = {
    Stage.FACTS: (N_("faits à compléter"), "info", "clock"),
    Stage.REPORTED: (N_("rapport remis"), "info", "clock"),
    Stage.ADMITTED: (N_("recours recevable"), "info", "clock"),
    Stage.TOLD: (N_("candidat informé"), "info", "clock"),
    Stage.HEARD: (N_("suite à proposer"), "info", "clock"),
    Stage.PROPOSED: (N_("suite proposée, avis attendus"), "info", "clock"),
    Stage.ANSWERED: (N_("avis recueillis"), "info", "clock"),
    Stage.SUBMITTED: (N_("devant la commission"), "info", "clock"),
    Stage.DECIDED: (N_("décidé"), "ok", "check-o"),
    Stage.HANDED: (N_("décision remise"), "ok", "check-o"),
    Stage.CLOSED: (N_("clos sans suite"), "ok", "check-o"),
    Stage.WITHDRAWN: (N_("signalement retiré"), "ok", "check-o"),
    Stage.INADMISSIBLE: (N_("recours non recevable"), "ok", "check-o"),
    Stage.JOINED: (N_("en train d’être joint à un autre"), "info", "clock"),
}
AWAITED: Mapping[Awaited, str] = {
    "organizer": N_("le responsable de l’organisation"),
    "director": N_("la direction de l’organisme de formation"),
    "clerk": N_("le secrétariat de l’organisme certificateur"),
    "candidate": N_("le candidat"), "parties": N_("les personnes dont l’avis est demandé"),
    "commission": N_("la commission"),
}
DOORS: Mapping[Door, str] = {
    "malfunction": N_("Dysfonctionnement"), "fraud": N_("Faits signalés"), "appeal": N_("Recours"),
}
CONSEQUENCES: Mapping[Consequence, str] = {
    Consequence.NONE: N_("aucune suite"), Consequence.POSTPONE: N_("report de l’épreuve"),
    Consequence.ANNUL: N_("épreuve annulée, elle ne compte pas"),
    Consequence.DISQUALIFY: N_("candidature éliminée"),
    Consequence.BAR: N_("candidature éliminée et interdiction de se présenter"),
    Consequence.REEXAMINE: N_("nouvel examen du dossier"), Consequence.LIFT: N_("sanction levée"),
}
REJECTED: Final = N_("recours rejeté : la décision qu’il vise reste valable")


def follows(consequence: Consequence, door: str) -> str:
    """What a consequence is called: of an appeal that nothing follows, its answer is no."""
    return REJECTED if door == "appeal" and consequence is Consequence.NONE else CONSEQUENCES[consequence]


OPEN = tuple(one.value for one in Stage if one not in STAGES_OVER)
MINE: Final = "mine"
"""What the filter says of what waits for whoever reads."""


@dataclass(frozen=True)
class CaseLine:
    """`name` is empty for somebody whose data were erased; `provider` where it is the reader's own. `until`: until when
    whoever is awaited has to answer; `late`: that is over. `mine`: it waits for whoever reads."""

    href: str
    name: str
    door: Door
    kind: str
    code: str
    provider: str
    stage: Stage
    awaits: tuple[Awaited, ...]
    opened: date
    until: date | None
    late: bool
    mine: bool
    today: date
    together: int = 1
    """How many candidates the case concerns: each has a line."""


def stage_cell(stage: Stage, locale: Locale, door: Door | None = None) -> Cell:
    """Of an appeal nobody has facts to complete: the commission says first whether it is admissible."""
    words, state, icon = STAGES[stage]
    if door == "appeal" and stage is Stage.FACTS:
        words = N_("recours reçu")
    return Cell(say(locale, words, {}), state=state, icon=icon)


def awaited_words(awaits: Iterable[Awaited], locale: Locale) -> str:
    return ", ".join(say(locale, AWAITED[one], {}) for one in awaits)


def _name(line: CaseLine, locale: Locale) -> Cell:
    return Cell(line.name or say(locale, N_("nom effacé"), {}), href=line.href, own=bool(line.name),
                small=", ".join(one for one in (line.code, line.provider) if one))


def _kind(line: CaseLine, locale: Locale) -> str:
    """Two lines of one case are told from two cases."""
    if line.together == 1:
        return line.kind
    together = say(locale, N_("un seul dossier pour {n} candidats"), {"n": line.together})
    return f"{line.kind} – {together}"


def _opened(line: CaseLine, locale: Locale) -> Cell:
    return Cell(short_day(line.opened, locale), small=age_words((line.today - line.opened).days, locale)
                if line.stage not in STAGES_OVER else "")


def age_words(days: int, locale: Locale) -> str:
    if days == 0:
        return say(locale, N_("aujourd’hui"), {})
    return say_plural(locale, "depuis {n} jour", "depuis {n} jours", days, {})


def _awaits(line: CaseLine, locale: Locale) -> Cell:
    """Whom it waits for; whoever reads is told so."""
    said = ""
    if line.until is not None:
        words = N_("délai passé le {day}") if line.late else N_("avant la fin du {day}")
        said = say(locale, words, {"day": short_day(line.until, locale)})
    if line.mine:
        return Cell(say(locale, N_("vous"), {}), small=said, state="bad" if line.late else "warn",
                    icon="alert" if line.late else "play")
    others = awaited_words(line.awaits, locale)
    return Cell(others, small=said, state="bad", icon="alert") if line.late and others else Cell(others, small=said)


CASES: Table[CaseLine] = Table(
    "cases", "dossiers", N_("Dossiers"), (
        Column("name", N_("Candidat"), _name, BY_NAME),
        Column("kind", N_("Objet"), lambda line, locale: Cell(
            say(locale, DOORS[line.door], {}), small=_kind(line, locale))),
        Column("stage", N_("Où en est le dossier"), lambda line, locale: stage_cell(
            line.stage, locale, line.door), "status"),
        Column("awaits", N_("Attendu de"), _awaits, "due_at"),
        Column("opened", N_("Ouvert le"), _opened, "at")),
    nothing=N_("Aucun dossier. Un incident noté pendant une journée en ouvre un."),
    filters=(
        Filter("awaits", N_("Attendu de"), (
            Choice(MINE, N_("vous"), {"awaits": MINE}),
            *(Choice(one, words, {"awaits": one}) for one, words in AWAITED.items()))),
        Filter("door", N_("Objet"), tuple(Choice(one, words, {"door": one}) for one, words in DOORS.items())),
        Filter("only", N_("Où en est le dossier"), (
            Choice("open", N_("en cours"), {"status": OPEN}),
            Choice("over", N_("terminés"), {"status": tuple(one.value for one in Stage if one in STAGES_OVER)}),
            *(Choice(stage.value, said[0], {"status": stage.value}) for stage, said in STAGES.items()))),
    ),
    sort="awaits", by_person=True, search=N_("Nom, ou numéro du dossier"), person=lambda line: line.name)


def narrowed_by(codes: Iterable[str], providers: Iterable[Provider]) -> Table[CaseLine]:
    """The same list, which can also be narrowed to one of these certifications, or to one of these providers."""
    own = (
        Filter("code", N_("Certification"), tuple(
            Choice(one, one, {"code": one}, own=True) for one in sorted(codes))),
        Filter("provider", N_("Organisme de formation"), tuple(
            Choice(one.id, one.name, {"scope": one.id}, own=True)
            for one in sorted(providers, key=lambda one: one.name))))
    return replace(CASES, filters=(*CASES.filters, *(one for one in own if len(one.choices) > 1)))
