"""From when until when, and whether it is so today, as lists and pages of the offices say it."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from evaluation.offices import runs
from evaluation.rules import N_
from server.i18n import Locale, say, written_day
from server.views.table import Cell


def short_day(day: date, locale: Locale) -> str:
    """"16 mars 2026", "1er avr. 2026"."""
    return written_day(day, "d MMM y", locale)


def period_words(since: date, until: date | None, locale: Locale) -> str:
    if until is None:
        return say(locale, N_("depuis le {since}, sans fin"), {"since": short_day(since, locale)})
    if until < since:
        return say(locale, N_("du {since}, sans un jour"), {"since": short_day(since, locale)})
    return say(locale, N_("du {since} au {until}"),
               {"since": short_day(since, locale), "until": short_day(until, locale)})


def period_state(since: date, until: date | None, today: date, locale: Locale) -> Cell:
    if runs(since, until, today):
        return Cell(say(locale, N_("en cours"), {}), state="ok", icon="check-o")
    if since > today and (until is None or until >= since):
        return Cell(say(locale, N_("à venir"), {}), state="info", icon="clock")
    return Cell(say(locale, N_("finie"), {}), icon="x")


def read_period(data: Mapping[str, object]) -> tuple[date, date | None]:
    """As a row's data has it."""
    until = data.get("until")
    return date.fromisoformat(str(data["since"])), date.fromisoformat(str(until)) if until else None
