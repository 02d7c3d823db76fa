"""A sitting as one line of a person's space, and what it awaits of them now."""
from __future__ import annotations

from dataclasses import dataclass

from evaluation.deadlines import day_of
from evaluation.people import PersonId
from evaluation.rules import N_
from evaluation.sitting.preparing import unprepared
from evaluation.sitting.seeing import comes_to_answer, is_over, reads_minutes_until, seen_by
from evaluation.sitting.state import Item, SittingState
from evaluation.sitting.who_sits import holder
from server.i18n import Locale, say, say_plural
from server.views.when import day_words, hour_words


@dataclass(frozen=True)
class SittingLine:
    """`awaits` is what the person has to do; "" where nothing is. `until`: the last day to read there what they signed,
    once it is sealed; "" before."""

    href: str
    day: str
    hour: str
    role: str
    awaits: str
    count: int
    today: bool
    until: str = ""


def line(state: SittingState, person: PersonId, member: bool, href: str, locale: Locale, now: int) -> SittingLine:
    """Of a juror who is questioned, when that is, and on how many candidates: the rest of the sitting is not theirs."""
    role = N_("Jury de certification") if member else N_("Questions du jury de certification")
    asked = [item for item in state.agenda.values() if comes_to_answer(state, item, person)]
    hours = sorted(item.summonses[-1].at for item in asked if item.summonses)
    at = state.at if member or not hours else hours[0]
    return SittingLine(
        href, day_words(day_of(at), locale), hour_words(at, locale), say(locale, role, {}),
        awaited(state, person, member, locale), len(state.agenda if member else asked), day_of(at) == day_of(now),
        last_day(state, person, locale))


def last_day(state: SittingState, person: PersonId, locale: Locale) -> str:
    """Of reading what this person signed, in words; "" where nothing of it is sealed."""
    until = reads_minutes_until(state, person)
    return day_words(day_of(until - 1), locale) if until is not None else ""


def has_answered(item: Item) -> bool:
    """Whether the evaluation jury was heard as often as it was asked to come."""
    return 0 < len(item.summonses) <= sum(one.ended_at is not None for one in item.questions)


def awaited(state: SittingState, person: PersonId, member: bool, locale: Locale) -> str:
    """The next thing that this person does there, or "": in the order in which a sitting goes."""
    if not member:
        return _of_juror(state, person, locale)
    minutes = state.presented
    if minutes is not None:
        signs = person in minutes.unsigned
        return say(locale, N_("Signer le procès-verbal du jury de certification"), {}) if signs else ""
    if is_over(state):
        return ""
    waits = to_answer(state, person)  # asked of who has declared that they can judge
    if not waits and (undeclared(state, person) or unprepared(state, person)):
        return say(locale, N_("Préparer la séance du jury de certification"), {})
    return _while_open(state, person, locale)


def undeclared(state: SittingState, person: PersonId) -> tuple[str, ...]:
    """The candidates for whom this person has not said that they judge impartially."""
    said = state.impartial.get(person, frozenset())
    return tuple(one for one in seen_by(state, person) if one not in said and state.agenda[one].decided is None)


def to_answer(state: SittingState, person: PersonId) -> tuple[Item, ...]:
    """The proposals that wait for this person's answer."""
    return tuple(item for item in state.agenda.values()
                 if item.proposal is not None and person in item.proposal.waiting)


def to_propose(state: SittingState, person: PersonId) -> tuple[Item, ...]:
    """The candidates on whom this person, who presides, proposes something."""
    return tuple(item for one in seen_by(state, person) if (item := state.agenda[one]).decided is None
                 and item.proposal is None and holder(state, "president", one) == person)


def _while_open(state: SittingState, person: PersonId, locale: Locale) -> str:
    if state.opened_at is None:
        presides = holder(state, "president") == person
        return say(locale, N_("Ouvrir la séance du jury de certification, le moment venu"), {}) if presides else ""
    answers, proposes = len(to_answer(state, person)), len(to_propose(state, person))
    if answers:
        return say_plural(locale, "Répondre à une proposition de décision",
                          "Répondre à {n} propositions de décision", answers, {})
    if proposes:
        return say_plural(locale, "Proposer une décision", "Proposer {n} décisions", proposes, {})
    return ""


def _of_juror(state: SittingState, person: PersonId, locale: Locale) -> str:
    asked = [item for item in state.agenda.values() if comes_to_answer(state, item, person)]
    if any(item.questioning is not None for item in asked):
        return say(locale, N_("Le jury de certification vous pose ses questions : entrer dans la salle"), {})
    hours = sorted(item.summonses[-1].at for item in asked if item.summonses and not has_answered(item))
    if not hours:
        return ""
    return say(locale, N_("Répondre aux questions du jury de certification : {day}, {hour}"),
               {"day": day_words(day_of(hours[0]), locale), "hour": hour_words(hours[0], locale)})
