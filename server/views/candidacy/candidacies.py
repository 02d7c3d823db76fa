"""The list of candidacies: who, for which certification, through which provider, and what was ruled last."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from evaluation.body.state import Provider
from evaluation.rules import N_
from server.i18n import Locale, say
from server.views.body.periods import short_day
from server.views.case_mark import CaseMark
from server.views.table import BY_NAME, Cell, Choice, Column, Filter, State, Table

STATUSES: Mapping[str, tuple[str, State, str]] = {
    "examined": (N_("inscription en cours d’examen"), "info", "clock"),
    "not_admitted": (N_("inscription non admise"), "warn", "stop"),
    "registered": (N_("inscription enregistrée"), "info", "check"),
    "planned": (N_("épreuve prévue"), "info", "cal"),
    "held": (N_("attribution suspendue"), "bad", "stop"),
    "disqualified": (N_("éliminé par décision de la commission"), "warn", "stop"),
    "heard": (N_("épreuve passée"), "info", "check"),
    "absent": (N_("absent à l’épreuve"), "warn", "x"),
    "excused": (N_("absence excusée"), "info", "clock"),
    "stopped": (N_("épreuve arrêtée"), "warn", "stop"),
    "never_begun": (N_("épreuve non tenue"), "warn", "clock"),
    "unfinished": (N_("épreuve à reprendre"), "warn", "clock"),
    "withdrawn": (N_("désistement"), "", "x"),
    "open": (N_("sans résultat"), "info", "clock"),
    "full": (N_("certification attribuée"), "ok", "check-o"),
    "partial": (N_("attribuée en partie"), "warn", "check"),
    "none": (N_("non attribuée"), "", "x"),
}
"""What a candidacy has come to: words, state, icon."""


@dataclass(frozen=True)
class CandidacyLine:
    """`name` is empty for somebody whose data were erased; `provider` is its name, empty where it is not known. `day`
    is that of the opening; of a `past` candidacy, that of its first jury. `under` is what it has come to beside what
    holds its award."""

    href: str
    name: str
    code: str
    version: str
    provider: str
    status: str
    day: date
    past: bool
    under: str = ""
    mark: CaseMark | None = None


def status_cell(status: str, locale: Locale, under: str = "") -> Cell:
    words, state, icon = STATUSES[status]
    beside = say(locale, STATUSES[under][0], {}) if under in STATUSES else ""
    return Cell(say(locale, words, {}), small=beside, state=state, icon=icon)


def _name(line: CandidacyLine, locale: Locale) -> Cell:
    return Cell(line.name or say(locale, N_("nom effacé"), {}), href=line.href, own=bool(line.name),
                mark=line.mark)


def _code(line: CandidacyLine, locale: Locale) -> Cell:
    return Cell(line.code, small=say(locale, N_("version {version}"), {"version": line.version}), own=True)


def _day(line: CandidacyLine, locale: Locale) -> Cell:
    words = N_("premier jury") if line.past else N_("inscription")
    return Cell(short_day(line.day, locale), small=say(locale, words, {}))


CANDIDACIES: Table[CandidacyLine] = Table(
    "candidacies", "candidatures", N_("Candidatures"), (
        Column("name", N_("Personne"), _name, BY_NAME),
        Column("code", N_("Certification"), _code, "about"),
        Column("provider", N_("Organisme"), lambda line, _locale: Cell(line.provider, own=True)),
        Column("status", N_("Situation"), lambda line, locale: status_cell(line.status, locale, line.under), "status"),
        Column("day", N_("Date"), _day, "at")),
    nothing=N_("Aucune candidature n’est encore enregistrée ici."),
    filters=(Filter("only", N_("Situation"), tuple(
        Choice(status, words, {"status": status}) for status, (words, _state, _icon) in STATUSES.items())),),
    sort="day", descending=True, by_person=True, person=lambda line: line.name)


def narrowed_by(codes: Iterable[str], providers: Iterable[Provider]) -> Table[CandidacyLine]:
    """The same list, which can also be narrowed to one of these certifications, or to one of these providers."""
    own = (
        Filter("code", N_("Certification"), tuple(
            Choice(one, one, {"about": one}, own=True) for one in sorted(codes))),
        Filter("provider", N_("Organisme de formation"), tuple(
            Choice(one.id, one.name, {"scope": one.id}, own=True)
            for one in sorted(providers, key=lambda one: one.name))))
    return replace(CANDIDACIES, filters=(*CANDIDACIES.filters, *(one for one in own if len(one.choices) > 1)))
