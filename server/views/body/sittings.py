"""The lists of the certification jury: its sittings, and the candidacies that wait for one (R3.9, R8.1)."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from evaluation.candidacy.terms import HearingEnding
from evaluation.grading import Outcome
from evaluation.rules import N_
from evaluation.sitting.terms import SittingMode
from server.i18n import Locale, say, say_plural
from server.views.body.periods import short_day
from server.views.sitting.sitting_words import WAYS
from server.views.table import BY_NAME, Cell, Choice, Column, Filter, State, Table
from server.views.when import hour_words

STATES: Final[Mapping[str, tuple[str, State, str]]] = {
    "convened": (N_("convoquée"), "info", "clock"),
    "open": (N_("en cours"), "warn", "play"),
    "presented": (N_("procès-verbal à signer"), "warn", "clock"),
    "signed": (N_("procès-verbal signé"), "info", "clock"),
    "sealed": (N_("procès-verbal scellé"), "ok", "check-o"),
    "cancelled": (N_("annulée"), "", "x"),
}
OVER: Final = ("sealed", "cancelled")


@dataclass(frozen=True)
class ListedSitting:
    """`three`: each of the three places is held. `hold_by` is None once nothing waits for it any more."""

    href: str
    day: date
    at: int
    mode: SittingMode
    count: int
    decided: int
    three: bool
    status: str
    hold_by: date | None
    today: date


def _when(line: ListedSitting, locale: Locale) -> Cell:
    return Cell(short_day(line.day, locale), href=line.href,
                small=f"{hour_words(line.at, locale)}, {say(locale, WAYS[line.mode], {})}")


def _agenda(line: ListedSitting, locale: Locale) -> Cell:
    told = say_plural(locale, "{n} candidature", "{n} candidatures", line.count, {})
    small = say(locale, N_("décidées : {n}"), {"n": line.decided}) if line.decided else ""
    return Cell(told, small=small)


def _jury(line: ListedSitting, locale: Locale) -> Cell:
    if line.three:
        return Cell(say(locale, N_("complet"), {}), state="ok", icon="check-o")
    if line.status in OVER:
        return Cell("")
    return Cell(say(locale, N_("à compléter"), {}), state="warn", icon="alert")


def _hold_by(line: ListedSitting, locale: Locale) -> Cell:
    if line.hold_by is None:
        return Cell("")
    late = line.day > line.hold_by
    small = say(locale, N_("la séance vient après"), {}) if late else ""
    return Cell(short_day(line.hold_by, locale), small=small, state="bad" if late else "", icon="alert" if late else "")


def state_cell(status: str, locale: Locale) -> Cell:
    words, state, icon = STATES[status]
    return Cell(say(locale, words, {}), state=state, icon=icon)


def _state(line: ListedSitting, locale: Locale) -> Cell:
    """Of one that is open, whether anything is left to decide: what follows is the clerk's."""
    if line.status == "open" and line.decided == line.count:
        return Cell(say(locale, N_("procès-verbal à présenter"), {}), state="warn", icon="doc")
    return state_cell(line.status, locale)


SITTINGS: Final = Table[ListedSitting](
    index="sittings", name="jurys-de-certification", caption=N_("Jurys de certification"),
    columns=(
        Column("when", N_("Séance"), _when, sort="at"),
        Column("state", N_("État"), _state, sort="status"),
        Column("agenda", N_("Ordre du jour"), _agenda),
        Column("jury", N_("Jury"), _jury),
        Column("hold-by", N_("À tenir au plus tard le"), _hold_by, sort="due_at"),
    ),
    nothing=N_("Aucune séance n’est convoquée. Convoquez-en une quand des candidatures attendent une décision."),
    filters=(
        Filter("only", N_("Lesquelles"), (
            Choice("next", N_("à tenir ou à signer"), {"status": ("convened", "open", "presented", "signed")}),
            *(Choice(one, said[0], {"status": one}) for one, said in STATES.items()))),
    ),
    sort="when", descending=True)


# What waits for a sitting

OUTCOMES: Final[Mapping[Outcome, str]] = {
    "full": N_("attribution complète"), "partial": N_("attribution partielle"), "none": N_("pas d’attribution")}
ENDINGS: Final[Mapping[HearingEnding, str]] = {
    HearingEnding.ABSENT: N_("absence"), HearingEnding.STOPPED: N_("épreuve arrêtée"),
    HearingEnding.NEVER_BEGUN: N_("épreuve non commencée"), HearingEnding.UNFINISHED: N_("épreuve non terminée")}
WAITS: Final[Mapping[str, tuple[str, State, str]]] = {
    "waiting": (N_("attend une séance"), "warn", "clock"),
    "on_agenda": (N_("à l’ordre du jour"), "ok", "check-o"),
    "withheld": (N_("suspendue, attend une séance"), "info", "flag"),
}


@dataclass(frozen=True)
class WaitingLine:
    """`due` is the last day to tell the candidate, `hold_by` the last for the sitting; None where nothing runs.
    `outcome` is what the evaluation jury's marks compute; None where some are to be settled first."""

    href: str
    candidacy: str
    name: str
    code: str
    provider: str
    held_on: date
    ending: HearingEnding
    outcome: Outcome | None
    disputed: int
    again: bool
    status: str
    sitting: str
    due: date | None
    hold_by: date | None
    today: date


def _name(line: WaitingLine, locale: Locale) -> Cell:
    return Cell(line.name or say(locale, N_("nom effacé"), {}), href=line.href, own=bool(line.name),
                small=", ".join(one for one in (line.code, line.provider) if one))


def outcome_words(line: WaitingLine, locale: Locale) -> str:
    """What the evaluation jury hands on, in a few words."""
    if line.again:
        return say(locale, N_("nouvel examen après un recours"), {})
    if line.ending in ENDINGS:
        return say(locale, ENDINGS[line.ending], {})
    if line.disputed:
        return say_plural(locale, "{n} compétence à trancher", "{n} compétences à trancher", line.disputed, {})
    return say(locale, OUTCOMES[line.outcome], {}) if line.outcome is not None else ""


def _handed_on(line: WaitingLine, locale: Locale) -> Cell:
    return Cell(outcome_words(line, locale), small=say(locale, N_("épreuve du {day}"), {
        "day": short_day(line.held_on, locale)}))


def hold_words(line: WaitingLine, locale: Locale) -> Cell:
    """R8.1: until when a sitting leaves time for the letter, and the letter's own last day."""
    if line.due is None or line.hold_by is None:
        return Cell(say(locale, N_("aucun délai ne court"), {}))
    letter = say(locale, N_("résultat à notifier avant la fin du {day}"), {"day": short_day(line.due, locale)})
    late = line.hold_by < line.today
    return Cell(short_day(line.hold_by, locale), small=letter, state="bad" if late else "",
                icon="alert" if late else "")


def _waits(line: WaitingLine, locale: Locale) -> Cell:
    words, state, icon = WAITS[line.status]
    return Cell(say(locale, words, {}), state=state, icon=icon) if not line.sitting else Cell(
        say(locale, words, {}), href=line.sitting)


WAITING: Final = Table[WaitingLine](
    index="to_award", name="a-statuer", caption=N_("Candidatures qui attendent une décision"),
    columns=(
        Column("name", N_("Candidat"), _name, sort=BY_NAME),
        Column("handed-on", N_("Ce que transmet le jury d’évaluation"), _handed_on, sort="at"),
        Column("hold-by", N_("Séance au plus tard le"), hold_words, sort="due_at"),
        Column("waits", N_("Où en est la candidature"), _waits, sort="status"),
    ),
    nothing=N_("Aucune candidature n’attend de décision. Chacune arrive ici quand son jury d’évaluation a signé."),
    filters=(
        Filter("only", N_("Où en est la candidature"), tuple(
            Choice(one, said[0], {"status": one}) for one, said in WAITS.items())),
    ),
    sort="hold-by", by_person=True, person=lambda line: line.name)


def of_codes(codes: Iterable[str]) -> Table[WaitingLine]:
    """The same list, which can also be narrowed to one of these certifications."""
    several = sorted(codes)
    if len(several) < 2:
        return WAITING
    own = Filter("code", N_("Certification"), tuple(Choice(one, one, {"about": one}, own=True) for one in several))
    return replace(WAITING, filters=(*WAITING.filters, own))
