"""The board of delays in words: what is owed to whom, by which day, and who is waited for (X6)."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from evaluation.candidacy.delay_rows import DELAYS
from evaluation.deadlines import day_of, end_of
from evaluation.rules import N_
from server.i18n import Locale, say, say_plural
from server.views.body.periods import short_day
from server.views.case_mark import CaseMark
from server.views.table import BY_NAME, Cell, Choice, Column, Filter, Table

SOON = timedelta(days=7)
KINDS: Mapping[str, str] = {
    "sitting": N_("Tenir le jury de certification"), "result": N_("Dire le résultat au candidat"),
    "letter": N_("Le courrier du résultat n’est pas arrivé"), "again": N_("Examiner de nouveau le dossier"),
    "validation": N_("Faire valider le résultat"), "certificate": N_("Établir le certificat"),
    "posting": N_("Faire parvenir le certificat"), "returned": N_("Le certificat est revenu : l’envoyer de nouveau"),
    "deposit": N_("Déposer à la Caisse des Dépôts"),
    "deposit_back": N_("Faire retirer de la Caisse des Dépôts"), "appeal": N_("Répondre au recours"),
}
"""In the order in which they follow each other."""
WAITS: Mapping[str, str] = {
    "clerk": N_("le secrétariat"), "commission": N_("la commission"), "sitting": N_("le jury de certification"),
    "case": N_("la fin d’un dossier, ou la levée d’une réserve"), "mail": N_("la messagerie du candidat"),
    "organizer": N_("l’organisme de formation"), "company": N_("l’entreprise"),
    "holder": N_("le titulaire"), "deposit": N_("la Caisse des Dépôts"),
}


@dataclass(frozen=True)
class DelayLine:
    """`name` is empty for somebody whose data were erased, `due` where the règlement gives no day."""

    href: str
    name: str
    kind: str
    code: str
    due: date | None
    since: date
    waits_for: str
    today: date
    mark: CaseMark | None = None


def days_left(due: date, today: date, locale: Locale) -> str:
    """How late, or how soon."""
    def ngettext(one: str, other: str, n: int) -> str:
        return say_plural(locale, one, other, n, {})

    left = (due - today).days
    if left < 0:
        return ngettext("en retard d’un jour", "en retard de {n} jours", -left)
    if left == 0:
        return say(locale, N_("aujourd’hui"), {})
    return ngettext("demain", "dans {n} jours", left)


def _who(line: DelayLine, locale: Locale) -> Cell:
    return Cell(line.name or say(locale, N_("nom effacé"), {}), small=line.code, href=line.href, own=bool(line.name),
                mark=line.mark)


def _what(line: DelayLine, locale: Locale) -> Cell:
    return Cell(say(locale, KINDS[line.kind], {}))


def due_cell(due: date | None, today: date, locale: Locale) -> Cell:
    """A day that has passed stands out; one that is near, less."""
    if due is None:
        return Cell(say(locale, N_("sans délai fixé"), {}))
    state, icon = ("bad", "flag") if due < today else ("warn", "clock") if due - today <= SOON else ("", "")
    return Cell(short_day(due, locale), small=days_left(due, today, locale), state=state, icon=icon)


def _due(line: DelayLine, locale: Locale) -> Cell:
    return due_cell(line.due, line.today, locale)


def _waits(line: DelayLine, locale: Locale) -> Cell:
    since = say(locale, N_("depuis le {day}"), {"day": short_day(line.since, locale)})
    return Cell(say(locale, WAITS[line.waits_for], {}), small=since)


BOARD: Table[DelayLine] = Table(
    DELAYS, "delais", N_("Délais"), (
        Column("name", N_("Pour qui"), _who, BY_NAME), Column("what", N_("Ce qui est attendu"), _what, "status"),
        Column("due", N_("Au plus tard"), _due, "due_at"), Column("waits", N_("On attend"), _waits, "at")),
    nothing=N_("Rien n’est attendu : tout ce qui devait l’être est fait."), sort="due", by_person=True,
    person=lambda line: line.name,
    filters=(Filter("what", N_("Ce qui est attendu"), tuple(
        Choice(kind, words, {"status": kind}) for kind, words in KINDS.items())),))


def spans(today: date) -> Mapping[str, Mapping[str, int]]:
    """What a row is filtered by that is late, due within a week, or later."""
    now, soon = end_of(today - timedelta(days=1)) + 1, end_of(today + SOON) + 1
    return {"late": {"due_before": now}, "week": {"due_from": now, "due_before": soon}, "later": {"due_from": soon}}


def board_of(today: date, codes: Iterable[str]) -> Table[DelayLine]:
    """The same, which can be narrowed to what is late, and to one of these certifications."""
    found = spans(today)
    when = Filter("when", N_("Échéance"), (
        Choice("late", N_("En retard"), found["late"]), Choice("week", N_("Sous sept jours"), found["week"]),
        Choice("later", N_("Plus tard"), found["later"])))
    of = Filter("code", N_("Certification"), tuple(Choice(one, one, {"about": one}, own=True) for one in sorted(codes)))
    return replace(BOARD, filters=(when, *BOARD.filters, *((of,) if len(of.choices) > 1 else ())))


@dataclass(frozen=True)
class UnendedLine:
    """A candidacy that nobody has ended in time."""

    href: str
    name: str
    code: str
    provider: str
    opened_on: date
    due: date
    today: date
    mark: CaseMark | None = None


UNENDED: Table[UnendedLine] = Table(
    "unended", "candidatures-sans-fin", N_("Candidatures que personne n’a terminées"), (
        Column("name", N_("Candidat"), lambda line, locale: Cell(
            line.name or say(locale, N_("nom effacé"), {}), small=line.code, href=line.href, own=bool(line.name),
            mark=line.mark), BY_NAME),
        Column("provider", N_("Organisme de formation"), lambda line, _locale: Cell(line.provider, own=True), "scope"),
        Column("opened", N_("Inscription le"), lambda line, locale: Cell(short_day(line.opened_on, locale)), "at"),
        Column("due", N_("Une fin était attendue le"), lambda line, locale: due_cell(line.due, line.today, locale),
               "due_at")),
    nothing=N_("Aucune candidature n’est restée sans fin trop longtemps."), sort="due", by_person=True,
    person=lambda line: line.name)


def last_day(due_at: int | None) -> date | None:
    """The day that a delay's last moment is of: its midnight belongs to the next."""
    return day_of(due_at - 1) if due_at is not None else None
