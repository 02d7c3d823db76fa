"""How delays are counted (X6, after articles 641 and 642 of the Code de procédure civile), by Paris time."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from evaluation.framework import Framework
from evaluation.rules import rule

PARIS = ZoneInfo("Europe/Paris")
SATURDAY = 5
# Code du travail, L. 3133-1: (month, day), then days after Easter (its Monday, Ascension, Whit Monday).
FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
AFTER_EASTER = (1, 39, 50)


def easter(year: int) -> date:
    """Easter Sunday of a Gregorian year (Meeus, Jones and Butcher)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leaps, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - correction + 15) % 30
    quads, rest = divmod(rest, 4)
    weekday = (32 + 2 * century_rest + 2 * quads - epact - rest) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def holidays(year: int) -> frozenset[date]:
    """The eleven public holidays of metropolitan France, without those of Alsace-Moselle alone."""
    fixed = {date(year, month, day) for month, day in FIXED_HOLIDAYS}
    return frozenset(fixed | {easter(year) + timedelta(days=days) for days in AFTER_EASTER})


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in holidays(day.year)


@rule("X6", permits=date.max)
def due(start: date, months: int = 0, days: int = 0, years: int = 0, move_off_holidays: bool = False) -> date:
    """The last day of a delay. The day of the event does not count.

    Years and months end on the date that bears the same number, or on the month's last day; then days are
    added (art. 641). With `move_off_holidays` a last day on a Saturday, Sunday or public holiday moves to the
    next working day (art. 642).
    """
    index = start.year * 12 + start.month - 1 + years * 12 + months
    year, month = index // 12, index % 12 + 1
    last = date(year, month, min(start.day, monthrange(year, month)[1])) + timedelta(days=days)
    while move_off_holidays and not is_working_day(last):
        last += timedelta(days=1)
    return last


class AppealDelay(Protocol):
    """What a framework says of appeals, as a framework or a stream keeps it."""

    @property
    def appeal_months(self) -> int: ...

    @property
    def move_off_holidays(self) -> bool: ...


@rule("R9.2", permits=date.max)
def last_day_of_appeal(begins: date, of: AppealDelay) -> date:
    """The last day to post an appeal. The delay begins on the day of the decision, or on another that the framework
    names for it."""
    return due(begins, months=of.appeal_months, move_off_holidays=of.move_off_holidays)


@rule("X6", permits=date.max)
def working_days(start: date, days: int) -> date:
    """The last of so many working days. The day of the event does not count."""
    last = start
    while days > 0:
        last += timedelta(days=1)
        days -= is_working_day(last)
    return last


@rule("X6", permits=date.max)
def last_day_before(event: date, months: int = 0, days: int = 0) -> date:
    """The last day on which what is owed so long before an event may still be done: `due` read backwards.

    The day of the event does not count. Months go back to the date that bears the same number, or to the month's last
    day; then days are taken off. The day is kept until its midnight in Paris (`end_of`). It stays where it falls:
    moving it off a Sunday or a holiday would take time from the person whom the delay protects.
    """
    index = event.year * 12 + event.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(event.day, monthrange(year, month)[1])) - timedelta(days=days)


@rule("R4.2", permits=date.max)
def notice_due(framework: Framework, hearing_date: date) -> date:
    """The last day on which the mail server may take the notice to attend (session on 16 March: 1 March)."""
    return last_day_before(hearing_date, days=framework.delays.notice_days)


def end_of(day: date) -> int:
    """Milliseconds since 1970 UTC at the Paris midnight that ends a day: a delay is kept before it."""
    following = day + timedelta(days=1)
    midnight = datetime(following.year, following.month, following.day, tzinfo=PARIS)
    return int(midnight.timestamp()) * 1000


def start_of(day: date) -> int:
    """Milliseconds since 1970 UTC at the Paris midnight that begins a day."""
    return end_of(day - timedelta(days=1))


def day_of(at: int) -> date:
    """The day in Paris at a moment given in milliseconds since 1970 UTC."""
    return datetime.fromtimestamp(at // 1000, UTC).astimezone(PARIS).date()


@rule("R6.7", "R8.1", permits=date.max)
def results_due(framework: Framework, hearing_date: date) -> date:
    """The day by which the results are notified, told to the candidate at the dismissal."""
    delays = framework.delays
    return due(hearing_date, months=delays.results_months, move_off_holidays=delays.move_off_holidays)


@rule("R6.6", permits=date.max)
def bar_end(years: int, decided_on: date) -> date:
    """The last day of a bar. It ends a sanction: no holiday moves it."""
    return due(decided_on, years=years)


@rule("R6.6", permits=date.max)
def bar_match_due(days: int, opened_on: date) -> date:
    """The last day on which the awarding body decides a possible match in time."""
    return working_days(opened_on, days)
