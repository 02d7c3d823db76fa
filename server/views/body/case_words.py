"""How a case is told: in the reader's language, with the names and the words that can still be read."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from evaluation.case.case_parts import Answered, Means
from evaluation.case.terms import PROVIDER
from evaluation.deadlines import day_of
from evaluation.field_values import json_object
from evaluation.offices import TITLES
from evaluation.people import SYSTEM, Words
from evaluation.rules import N_
from evaluation.session.phases import IN_ROOM, PRIVATE, Phase
from server.i18n import Locale, say
from server.views.body.periods import short_day
from server.views.session.labels import PHASES
from server.views.when import hour_words, iso, lasting

ROLES = {role.value: words for role, words in TITLES.items()}
SOMEBODY = N_("nom effacé")
NOTED: Mapping[str, str] = {
    Phase.SCHEDULED: N_("avant l’épreuve"), Phase.POSTPONED: N_("avant l’épreuve, reportée"),
    Phase.ADJOURNED: N_("pendant une interruption de l’épreuve"),
    **dict.fromkeys(PRIVATE, N_("après l’épreuve, pendant que le jury délibérait")),
}
AFTER = N_("après l’épreuve")
OPINIONS: Mapping[Answered, str] = {
    "agrees": N_("d’accord"), "disagrees": N_("pas d’accord"), "silent": N_("pas de réponse dans le délai"),
}
"""What a party says of a consequence that is proposed."""
MEANS: Mapping[Means, str] = {
    "registered_letter": N_("lettre recommandée"), "by_hand": N_("en main propre"),
}
"""How a letter reached the candidate, where it was not by mail."""


@dataclass(frozen=True)
class Said:
    """`title` says what it is; `by` and `words` are people's own, `office` is the one that `by` acted in. `asked` are
    the questions of a form, each with what was answered."""

    title: str
    by: str
    when: str
    iso: str
    words: str
    more: tuple[str, ...] = ()
    office: str = ""
    asked: tuple[tuple[str, str], ...] = ()


def _nobody(_person: str) -> bool:
    return False


def when_in_hearing(phase: str) -> str:
    """When something was noted, by the phase in which the hearing was (a French msgid); "" for no phase."""
    return NOTED.get(phase, "") or (AFTER if phase in PHASES and phase not in IN_ROOM else "")


@dataclass(frozen=True)
class Telling:
    """In one language, with the names and the words that can still be read. `erased` says of a person whether their key
    was destroyed."""

    names: Mapping[str, str]
    written: Mapping[str, str]
    locale: Locale
    erased: Callable[[str], bool] = _nobody

    def say(self, words: str, **values: object) -> str:
        return say(self.locale, words, values)

    def said(self, title: str, by: str, at: int, words: Words | None = None, *more: str,
             office: str = "", asked: tuple[tuple[str, str], ...] = ()) -> Said:
        when = f"{short_day(day_of(at), self.locale)}, {hour_words(at, self.locale)}"
        return Said(self.say(title), self.who(by), when, iso(at), self.text(words), tuple(one for one in more if one),
                    office, asked)

    def who(self, person: str) -> str:
        if person == SYSTEM:
            return self.say(N_("la plateforme"))
        return self.names.get(person) or self.say(N_("la commission") if not person else SOMEBODY)

    def text(self, words: Words | None) -> str:
        return self.written.get(words.ref, "") if words is not None else ""

    def party(self, party: str) -> str:
        return self.say(N_("organisme de formation")) if party == PROVIDER else self.who(party)

    def in_hearing(self, phase: str, clock: object) -> tuple[str, ...]:
        """Where in the hearing it was: the phase, and what its clock showed."""
        words = when_in_hearing(phase) or PHASES.get(phase, "")
        found = [self.say(words)] if words else []
        if isinstance(clock, int):
            found.append(self.clock(clock))
        return tuple(found)

    def clock(self, elapsed: int) -> str:
        return self.say(N_("horloge de l’épreuve : {time}"), time=lasting(elapsed))

    def office(self, data: Mapping[str, Any]) -> str:
        """The office that a record says its author acted in."""
        quoted = json_object(data.get("office") or {})
        held = json_object(json_object(quoted.get("data") or {}).get("office") or {})
        role = str(held.get("role", ""))
        return self.say(ROLES[role]) if role in ROLES else ""


