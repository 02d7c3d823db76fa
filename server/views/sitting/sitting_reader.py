"""The words of a sitting: how it is held, who sits, what was recommended and decided."""
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, cast

from evaluation.candidacy.terms import HearingEnding
from evaluation.deadlines import day_of
from evaluation.grading import Outcome, Result
from evaluation.people import PersonId, Words
from evaluation.rules import N_
from evaluation.sitting.state import Item, SittingState
from evaluation.sitting.terms import Awards, Course, Level, Place, Ruling, SittingMode
from evaluation.sitting.who_sits import everybody
from server.i18n import Locale, say
from server.views.when import day_words, hour_words

MODES: Mapping[SittingMode, str] = {
    "remote": N_("à distance"), "on_site": N_("sur place"), "mixed": N_("sur place et à distance"),
}
PLACES: Mapping[Place, str] = {
    "president": N_("préside"), "employees": N_("pour les salariés"), "employers": N_("pour les employeurs"),
}
ENDINGS: Mapping[HearingEnding, str] = {
    HearingEnding.HEARD: N_("épreuve passée"), HearingEnding.ABSENT: N_("absence constatée"),
    HearingEnding.EXCUSED: N_("absence excusée"), HearingEnding.STOPPED: N_("épreuve arrêtée"),
    HearingEnding.NEVER_BEGUN: N_("épreuve jamais commencée"), HearingEnding.UNFINISHED: N_("épreuve non terminée"),
    HearingEnding.VOID: N_("épreuve qui ne compte pas"),
}
OUTCOMES: Mapping[Outcome, str] = {
    "full": N_("Attribution de la certification"), "partial": N_("Attribution partielle"),
    "none": N_("Aucune attribution"),
}
AWARDS: Mapping[Awards, str] = {
    "full": OUTCOMES["full"], "partial": OUTCOMES["partial"], "none": OUTCOMES["none"],
    "withheld": N_("Attribution suspendue"),
}
COURSES: Mapping[Course, str] = {
    "award": N_("Attribuer ce que les règles calculent"), "withhold": N_("Suspendre l’attribution"),
}
LEVELS: Mapping[Level, str] = {
    "passkey": N_("clé d’accès"), "one_time_code": N_("mot de passe et code à usage unique"),
    "mailed_code": N_("code reçu par courriel"),
}
UNKNOWN = N_("nom effacé")


@dataclass(frozen=True)
class SittingReader:
    """Names and words fetched beforehand, in one reader's language."""

    names: Mapping[PersonId, str]
    texts: Mapping[str, str]
    locale: Locale
    now: int

    def say(self, text: str, **values: object) -> str:
        return say(self.locale, text, values)

    def name(self, person: PersonId | None) -> str:
        return self.names.get(person or "") or self.say(UNKNOWN)

    def words(self, words: Words | None) -> str:
        """What somebody wrote; "" where nothing was, or where it has been erased (X1)."""
        return self.texts.get(words.ref, "") if words is not None else ""

    def moment(self, at: int) -> str:
        """"9 h 30" on the day itself, else with the day."""
        hour = hour_words(at, self.locale)
        day = day_of(at)
        return hour if day == day_of(self.now) else f"{day_words(day, self.locale)}, {hour}"


def people_in(state: SittingState) -> set[PersonId]:
    """Everybody whom a page of the sitting names."""
    items = state.agenda.values()
    return {*everybody(state), *(one.recommended.person for one in items),
            *(juror for one in items for juror in one.recommended.jurors),
            *(noted.by for one in state.minutes for noted in one.not_signing.values())}


def words_in(value: object) -> Iterator[Words]:
    """Every reference to words inside a part of the state; nothing of what it quotes."""
    if isinstance(value, Words):
        yield value
    elif isinstance(value, Mapping):
        for one in cast("Mapping[Any, Any]", value).values():
            yield from words_in(one)
    elif isinstance(value, (tuple, list)):
        for one in cast("Sequence[Any]", value):
            yield from words_in(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from words_in(getattr(value, one.name))


def outcome_words(reader: SittingReader, result: Result) -> str:
    """"Attribution partielle : BC2", or which blocks still have no result."""
    if result.outcome is None:
        waiting = ", ".join(one.code for one in result.blocks if one.validated is None)
        return reader.say(N_("À trancher : {blocks}"), blocks=waiting)
    if result.outcome == "partial":
        return some_blocks(reader, [one.code for one in result.blocks if one.validated])
    return reader.say(OUTCOMES[result.outcome])


def some_blocks(reader: SittingReader, blocks: Sequence[str]) -> str:
    return reader.say(N_("Attribution partielle : {blocks}"), blocks=", ".join(blocks))


def award_words(reader: SittingReader, ruling: Ruling) -> str:
    """What was decided; with its blocks, where it is some of them."""
    return some_blocks(reader, ruling.blocks) if ruling.award == "partial" else reader.say(AWARDS[ruling.award])


def candidate(reader: SittingReader, item: Item) -> str:
    return reader.name(item.recommended.person)
