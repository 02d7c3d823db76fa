"""Days, hours and durations as a page says them. The day of the examination is held by the clock of Paris."""
from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from evaluation.deadlines import PARIS, day_of
from server.i18n import Locale, written_day


def day_words(day: date | str, locale: Locale) -> str:
    """"mardi 24 novembre 2026". A day as it is, or as YYYY-MM-DD."""
    return written_day(date.fromisoformat(day) if isinstance(day, str) else day, "full", locale)


def hour_words(at: int, locale: Locale, zone: ZoneInfo = PARIS) -> str:
    """"9 h 30" with no-break spaces, "09:30", as `hour` in lib/i18n.js says it. `at` in ms since the epoch,
    by the clock of `zone`."""
    then = datetime.fromtimestamp(at / 1000, zone)
    return f"{then.hour}\u00a0h\u00a0{then.minute:02d}" if locale == "fr" else f"{then:%H:%M}"


def second_words(at: int) -> str:
    """"09:30:05", for what turns on seconds."""
    return f"{datetime.fromtimestamp(at / 1000, PARIS):%H:%M:%S}"


def moment_words(at: int, now: int, locale: Locale) -> str:
    """"9 h 30" on the day itself in Paris, else "23 nov., 9 h 30"."""
    day, hour = day_of(at), hour_words(at, locale)
    return hour if day == day_of(now) else f"{written_day(day, 'd MMM', locale)}, {hour}"


def lasting(duration: int) -> str:
    """"14 min 20 s". `duration` in ms."""
    minutes, seconds = divmod(round(duration / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours} h"] * (hours > 0) + [f"{minutes} min"] * (minutes > 0) + [f"{seconds} s"] * (seconds > 0)
    return " ".join(parts) or "0 s"


def iso(at: int) -> str:
    """For `<time datetime>`."""
    return datetime.fromtimestamp(at // 1000, PARIS).isoformat()
