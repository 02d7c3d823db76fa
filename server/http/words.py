"""Dates, hours and titles as a page says them."""
from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from evaluation.state import SessionState
from server.i18n import Locale

PARIS = ZoneInfo("Europe/Paris")
"""The day of the examination is held by this clock, wherever the reader is."""


def long_day(iso: str, locale: Locale) -> str:
    """"mardi 24 novembre 2026"."""
    return format_date(date.fromisoformat(iso), format="full", locale=locale)


def time_of_day(at: int, locale: Locale) -> str:
    """"09:30". `at` in ms since the epoch."""
    return format_time(datetime.fromtimestamp(at / 1000, PARIS), format="short", tzinfo=PARIS, locale=locale)


def certification_title(state: SessionState | None) -> str:
    return state.framework.title if state is not None else ""
