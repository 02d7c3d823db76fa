"""Where somebody attends a jury's day, and the hour by the clock there, in words (X13)."""
from __future__ import annotations

from zoneinfo import ZoneInfo

from evaluation.rules import N_
from evaluation.session.notice_rules import mode_of
from evaluation.session.state import Hearing, SessionState
from evaluation.slots import HOME, ZONES, local
from server.i18n import Locale, say
from server.views.session.labels import MODES
from server.views.when import day_words, hour_words

BOTH = N_("{place} ; et à distance")


def place_words(state: SessionState, own: Hearing | None, named: str, locale: Locale) -> str:
    """`own`: the hearing that somebody attends, None for whoever attends the whole day. `named`: the place, as it was
    written; where nobody wrote it, that it is on site is said all the same."""
    mode = mode_of(state, own)
    place = named.strip() or say(locale, MODES["on_site"], {})
    if mode == "remote":
        return say(locale, MODES["remote"], {})
    return place if mode == "on_site" else say(locale, BOTH, {"place": place})


def local_words(at: int, zone: str, locale: Locale) -> str:
    """The hour by the clock of a time zone, with the day where it is another one than in Paris; empty where it is the
    hour of Paris."""
    there, here = local(at, zone), local(at, HOME)
    if there.utcoffset() == here.utcoffset():
        return ""
    hour = hour_words(at, locale, ZoneInfo(zone))
    said = hour if there.date() == here.date() else f"{day_words(there.date(), locale)}, {hour}"
    return f"{said} ({say(locale, ZONES[zone], {})})" if zone in ZONES else said
