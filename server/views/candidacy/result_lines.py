"""The letters of a candidacy's result, in lines: to the candidate in their space, to the office with what became of
each (R8.1)."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluation.candidacy.award_parts import ResultLetter
from evaluation.candidacy.award_rows import letter_due, letter_status
from evaluation.candidacy.state import CandidacyState
from evaluation.candidacy.to_award import ToAward, to_award
from evaluation.candidacy.validated import certificate_due, to_certify, to_validate
from evaluation.candidacy.withholding import award_withheld
from evaluation.deadlines import day_of
from evaluation.rules import N_
from server.i18n import Locale, say
from server.views.body.periods import short_day
from server.views.table import Cell, State

TITLES: Mapping[str, str] = {
    "result": N_("Résultat du {day}"), "put_off": N_("Résultat différé, le {day}"),
    "returned": N_("Résultat non validé, le {day}")}
FATES: Mapping[str, tuple[str, State, str]] = {
    "sent": (N_("parti"), "info", "clock"), "arrived": (N_("arrivé"), "ok", "check-o"),
    "returned": (N_("revenu"), "bad", "flag"), "handed": (N_("remis"), "ok", "check-o")}
TO_DO: Mapping[str, str] = {
    "returned": N_("Le courriel n’est pas arrivé : remettez la lettre autrement avant le {day}, puis notez-le ici."),
    "sent": N_("La messagerie du candidat ne l’a pas encore pris.")}


@dataclass(frozen=True)
class LetterLine:
    """`paper` is where it is downloaded, `hand` where the clerk notes that it was handed over; empty where neither
    is."""

    title: str
    small: str
    state: Cell
    paper: str
    hand: str = ""


def letter_title(letter: ResultLetter, locale: Locale) -> str:
    return say(locale, TITLES[letter.about], {"day": short_day(day_of(letter.at), locale)})


def letters(state: CandidacyState, here: str, locale: Locale, *, clerk: bool) -> Sequence[LetterLine]:
    """The last first."""
    return [_line(state, one, here, locale, clerk=clerk) for one in reversed(state.letters)]


def _line(state: CandidacyState, one: ResultLetter, here: str, locale: Locale, *, clerk: bool) -> LetterLine:
    status, address = letter_status(one), f"{here}/letters/{one.position}"
    words, look, icon = FATES[status]
    last = letter_due(state, one)
    small = say(locale, TO_DO[status], {"day": short_day(last, locale) if last is not None else ""}) \
        if status in TO_DO and (last is not None or status == "sent") else _when(one, status, locale)
    able = clerk and status in ("sent", "returned")
    return LetterLine(letter_title(one, locale), small, Cell(say(locale, words, {}), state=look, icon=icon), address,
                      f"{address}/hand" if able else "")


def _when(one: ResultLetter, status: str, locale: Locale) -> str:
    if status == "handed" and one.handed_on is not None:
        return say(locale, N_("remis le {day}"), {"day": short_day(one.handed_on, locale)})
    if status == "arrived" and one.arrived_at is not None:
        return say(locale, N_("arrivé le {day}"), {"day": short_day(day_of(one.arrived_at), locale)})
    return ""


# What comes next



def awaited(state: CandidacyState, locale: Locale) -> Sequence[str]:
    """What a candidacy waits for between the evaluation jury and its certificate."""
    return [*_ruling(state, locale), *_validation(state, locale), *_certificate(state, locale)]


def _ruling(state: CandidacyState, locale: Locale) -> Sequence[str]:
    waiting = to_award(state)
    if waiting is None:
        return []
    if state.agenda is not None:
        day = {"day": short_day(day_of(state.agenda.held_at), locale)}
        return [say(locale, N_("À l’ordre du jour du jury de certification du {day}."), day)]
    if award_withheld(state):
        return [say(locale, N_("L’attribution est suspendue : le jury de certification attend la fin du dossier, ou la "
                               "levée de la réserve."), {})]
    return [_to_convene(waiting, locale)]


def _to_convene(waiting: ToAward, locale: Locale) -> str:
    day = {"day": short_day(waiting.due, locale) if waiting.due is not None else ""}
    if waiting.reexamines is not None:
        return say(locale, N_("Un nouvel examen est ordonné : réunissez un jury de certification d’autres membres. Le "
                              "résultat est dit au candidat au plus tard le {day}."), day)
    return say(locale, N_("Attend un jury de certification : le résultat est dit au candidat au plus tard le {day}."),
               day)


def _validation(state: CandidacyState, locale: Locale) -> Sequence[str]:
    several = to_validate(state)
    if not several:
        return []
    presented = all(one.position in state.validations for one in several)
    return [say(locale, N_("Devant la commission, qui valide le résultat."), {}) if presented
            else say(locale, N_("Le résultat est à présenter à la commission."), {})]


def _certificate(state: CandidacyState, locale: Locale) -> Sequence[str]:
    return [say(locale, N_("Validé le {on} : le certificat part au plus tard le {day}."), {
        "on": short_day(one.on, locale), "day": short_day(certificate_due(state, one.on), locale)})
        for one in to_certify(state)]
