"""Appeals in words: what each is against, how it came, what is flagged and what that means, how long it has waited
(R9.2). What is flagged decides nothing."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from evaluation.candidacy.terms import AppealFlag
from evaluation.case.terms import KIND as CASE
from evaluation.case_rules import Consequence
from evaluation.kinds import Row
from evaluation.rules import N_
from server.i18n import Locale, say, say_plural
from server.views.body.periods import short_day
from server.views.case_mark import CaseMark
from server.views.table import BY_NAME, Cell, Choice, Column, Filter, State, Table

STATUSES: Mapping[str, tuple[str, State, str]] = {
    "open": (N_("en attente d’une réponse"), "info", "clock"),
    Consequence.REEXAMINE.value: (N_("nouvel examen ordonné"), "warn", "clock"),
    Consequence.LIFT.value: (N_("sanction levée"), "ok", "check-o"),
    Consequence.NONE.value: (N_("sans suite"), "", "check"),
}
"""What has become of it: words, state, icon."""
AGAINST: Mapping[str, str] = {
    "candidacy": N_("le résultat du jury du {day}"), CASE: N_("la décision du {day} dans un dossier"),
}
MEANS: Mapping[str, str] = {
    "registered_letter": N_("lettre recommandée"), "letter": N_("lettre simple"), "email": N_("courriel"),
    "by_hand": N_("remise en main propre"),
}
FLAGS: Mapping[AppealFlag, tuple[str, str]] = {
    AppealFlag.OUT_OF_TIME: (N_("hors délai"), N_(
        "Il a été posté le {posted} ; le dernier jour était le {until}.")),
    AppealFlag.UNREASONED: (N_("sans raisons"), N_(
        "Le règlement demande un recours motivé ; celui-ci ne dit pas pourquoi.")),
    AppealFlag.NOT_REGISTERED: (N_("pas en recommandé"), N_(
        "Le règlement demande une lettre recommandée ; celui-ci est venu autrement.")),
    AppealFlag.TOLD_LATE: (N_("résultat reçu tard"), N_(
        "Le résultat n’est arrivé que le {told}, après le délai où il devait être donné : cela peut expliquer un "
        "recours tardif.")),
}
"""In short, and what it means. The commission weighs it."""


@dataclass(frozen=True)
class AppealLine:
    """`name` is empty for somebody whose data were erased. The days as the register has them."""

    href: str
    name: str
    code: str
    status: str
    against: str
    ruled_on: date
    posted_on: date
    received_on: date
    until: date
    number: str
    flags: tuple[AppealFlag, ...]
    today: date
    mark: CaseMark | None = None


def appeal_line(row: Row, href: str, name: str, today: date) -> AppealLine:
    data = row.data
    days = [date.fromisoformat(str(data[one])) for one in ("ruled_on", "posted_on", "received_on", "until")]
    flags = tuple(AppealFlag(str(one)) for one in cast("Sequence[object]", data["flags"]))
    return AppealLine(href, name, row.about or "", row.status or "open", str(data["against"]), *days,
                      number=str(data["number"]), flags=flags, today=today)


def status_of(status: str, locale: Locale) -> Cell:
    words, state, icon = STATUSES[status]
    return Cell(say(locale, words, {}), state=state, icon=icon)


def against_words(kind: str, ruled_on: date, locale: Locale) -> str:
    return say(locale, AGAINST[kind], {"day": short_day(ruled_on, locale)})


def days_words(days: int, locale: Locale) -> str:
    def ngettext(one: str, other: str, n: int) -> str:
        return say_plural(locale, one, other, n, {})

    return ngettext("{n} jour", "{n} jours", days)


def posted_words(posted_on: date, received_on: date, locale: Locale) -> str:
    return say(locale, N_("posté le {posted}, reçu le {received}"), {
        "posted": short_day(posted_on, locale), "received": short_day(received_on, locale)})


def _name(line: AppealLine, locale: Locale) -> Cell:
    return Cell(line.name or say(locale, N_("nom effacé"), {}), small=line.code, href=line.href, own=bool(line.name),
                mark=line.mark)


def _against(line: AppealLine, locale: Locale) -> Cell:
    return Cell(against_words(line.against, line.ruled_on, locale),
                small=say(locale, N_("n° {number}"), {"number": line.number}))


def _posted(line: AppealLine, locale: Locale) -> Cell:
    after = days_words((line.posted_on - line.ruled_on).days, locale)
    return Cell(short_day(line.posted_on, locale), small=say(locale, N_("{days} après la décision"), {"days": after}))


def _waits(line: AppealLine, locale: Locale) -> Cell:
    """Since it was posted, and since what it is about, as long as nothing is decided."""
    if line.status != "open":
        return Cell("")
    since = days_words((line.today - line.ruled_on).days, locale)
    return Cell(days_words((line.today - line.posted_on).days, locale),
                small=say(locale, N_("{days} depuis la décision"), {"days": since}))


def _flags(line: AppealLine, locale: Locale) -> Cell:
    return Cell(", ".join(say(locale, FLAGS[one][0], {}) for one in line.flags))


APPEALS: Table[AppealLine] = Table(
    "appeals", "recours", N_("Recours"), (
        Column("name", N_("Candidat"), _name, BY_NAME),
        Column("against", N_("Ce qu’il vise"), _against),
        Column("posted", N_("Posté le"), _posted),
        Column("received", N_("Reçu le"), lambda line, locale: Cell(short_day(line.received_on, locale)), "at"),
        Column("waits", N_("Attend depuis l’envoi"), _waits, "due_at"),
        Column("flags", N_("À savoir"), _flags),
        Column("status", N_("Où en est le recours"), lambda line, locale: status_of(line.status, locale), "status")),
    nothing=N_("Aucun recours n’est enregistré. Un recours s’enregistre depuis la page de la candidature."),
    filters=(Filter("only", N_("Où en est le recours"), tuple(
        Choice(status, words, {"status": status}) for status, (words, _state, _icon) in STATUSES.items())),),
    sort="waits", by_person=True, person=lambda line: line.name)


# One appeal


@dataclass(frozen=True)
class FlagView:
    words: str
    meaning: str


@dataclass(frozen=True)
class AppealView:
    """What the commission is to know of one appeal. `reasons` is empty where it gives none, or none were noted;
    `scan` is the address of what was received."""

    line: AppealLine
    against: str
    posted: str
    after: str
    until: str
    received: str
    means: str
    told: str
    waits: str
    flags: tuple[FlagView, ...]
    reasons: str
    scan: str
    status: Cell


def flag_views(flags: Sequence[AppealFlag], posted_on: date, until: date, told_on: date | None, locale: Locale
               ) -> tuple[FlagView, ...]:
    days = {"posted": short_day(posted_on, locale), "until": short_day(until, locale),
            "told": short_day(told_on, locale) if told_on is not None else ""}
    return tuple(FlagView(say(locale, FLAGS[one][0], {}), say(locale, FLAGS[one][1], days)) for one in flags)


def appeal_view(line: AppealLine, means: str, told_on: date | None, reasons: str, scan: str, locale: Locale
                ) -> AppealView:
    waits = _waits(line, locale)
    return AppealView(
        line, against_words(line.against, line.ruled_on, locale), short_day(line.posted_on, locale),
        _posted(line, locale).small, short_day(line.until, locale), short_day(line.received_on, locale),
        say(locale, MEANS[means], {}), short_day(told_on, locale) if told_on is not None else "", waits.plain,
        flag_views(line.flags, line.posted_on, line.until, told_on, locale), reasons, scan,
        status_of(line.status, locale))
