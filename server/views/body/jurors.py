"""The pool of jurors as a list, and what is said of one of them."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from evaluation.body.pool import about_of
from evaluation.body.state import Standing
from evaluation.people import JurorCategory, SeatId
from evaluation.rules import N_
from evaluation.session.state import SessionState
from server.i18n import Locale, say
from server.views.body.periods import short_day
from server.views.table import BY_NAME, Cell, Choice, Column, Filter, State, Table

CATEGORIES: Mapping[JurorCategory, str] = {
    JurorCategory.EMPLOYEES: N_("représentant des salariés"),
    JurorCategory.EMPLOYERS: N_("représentant des employeurs"),
    JurorCategory.TRAINER: N_("formateur ou accompagnateur CQP"),
}
"""What each is called."""
STANDINGS: Mapping[Standing, tuple[str, State, str]] = {
    Standing.ENTERED: (N_("dans le vivier"), "ok", "check-o"),
    Standing.PROPOSED: (N_("proposé, à confirmer"), "warn", "clock"),
    Standing.RETIRED: (N_("sorti du vivier"), "", "x"),
}


@dataclass(frozen=True)
class JurorLine:
    """`name` is empty for somebody whose data were erased. `refresher`: to be trained, or trained again."""

    href: str
    name: str
    company: str
    categories: tuple[JurorCategory, ...]
    trained_on: date | None
    refresher: bool
    standing: Standing


def category_words(category: JurorCategory | None, locale: Locale) -> str:
    return say(locale, CATEGORIES[category], {}) if category is not None else ""


def standing_cell(standing: Standing, locale: Locale) -> Cell:
    words, state, icon = STANDINGS[standing]
    return Cell(say(locale, words, {}), state=state, icon=icon)


def training_cell(trained_on: date | None, refresher: bool, locale: Locale) -> Cell:
    if trained_on is None:
        return Cell(say(locale, N_("pas encore formé"), {}), state="warn", icon="alert")
    day = short_day(trained_on, locale)
    if refresher:
        return Cell(say(locale, N_("à renouveler, formé le {day}"), {"day": day}), state="warn", icon="alert")
    return Cell(say(locale, N_("formé le {day}"), {"day": day}), state="ok", icon="check-o")


def answer_cell(state: SessionState, juror: SeatId, locale: Locale) -> Cell:
    """What a juror said to their appointment to a day."""
    given = state.answers.get(juror)
    if given is None:
        return Cell(say(locale, N_("sans réponse encore"), {}), state="warn", icon="clock")
    if given.accepted:
        return Cell(say(locale, N_("siégera"), {}), state="ok", icon="check-o")
    return Cell(say(locale, N_("ne siégera pas"), {}), state="bad", icon="x")


def _name(line: JurorLine, locale: Locale) -> Cell:
    return Cell(line.name or say(locale, N_("nom effacé"), {}), small=line.company, href=line.href,
                own=bool(line.name))


def _categories(line: JurorLine, locale: Locale) -> Cell:
    return Cell(", ".join(category_words(one, locale) for one in line.categories))


def _holding(category: JurorCategory) -> tuple[str, ...]:
    """Every way in which a row's `about` names a category."""
    every = tuple(JurorCategory)
    return tuple(about_of(some) for size in range(1, len(every) + 1) for some in combinations(every, size)
                 if category in some)


JURORS: Table[JurorLine] = Table(
    "jurors", "jures", N_("Jurés"), (
        Column("name", N_("Personne"), _name, BY_NAME),
        Column("categories", N_("Siège comme"), _categories, "about"),
        Column("training", N_("Formation"), lambda line, locale: training_cell(
            line.trained_on, line.refresher, locale), "at"),
        Column("standing", N_("Vivier"), lambda line, locale: standing_cell(line.standing, locale), "status")),
    nothing=N_("Le vivier est vide."),
    filters=(
        Filter("category", N_("Catégorie"), tuple(
            Choice(one.value, words, {"about": _holding(one)}) for one, words in CATEGORIES.items())),
        Filter("standing", N_("Vivier"), tuple(
            Choice(one.value, words, {"status": one.value}) for one, (words, _state, _icon) in STANDINGS.items()))),
    sort="name", by_person=True, person=lambda line: line.name)
PROPOSED_JURORS = replace(JURORS, index="proposed_jurors", nothing=N_("Vous n’avez encore proposé personne."))
"""What a provider's people see: whom their provider proposed."""
