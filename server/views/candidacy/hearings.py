"""How each of a candidate's hearings ended, and which reservations were made, in plain words with what comes next
(R4.5, R6.3)."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evaluation.candidacy.kind import TO_PLAN, beneath
from evaluation.candidacy.state import CandidacyState, Ended, Reserved
from evaluation.candidacy.terms import HearingEnding
from evaluation.deadlines import day_of
from evaluation.rules import N_
from server.i18n import Locale, say
from server.views.body.periods import short_day
from server.views.table import Cell, State

ENDINGS: Mapping[HearingEnding, tuple[str, State, str, str]] = {
    HearingEnding.HEARD: (N_("épreuve passée"), "ok", "check-o", N_(
        "Le candidat a pris part à tout. Ce que le jury de certification décide est dit plus bas.")),
    HearingEnding.ABSENT: (N_("absent"), "warn", "x", N_(
        "Le candidat n’est pas venu : rien ne s’attribue sans cette épreuve. Avec un justificatif, l’absence peut être "
        "excusée.")),
    HearingEnding.EXCUSED: (N_("absence excusée"), "info", "clock", N_(
        "L’absence est justifiée et ne lui est pas reprochée, mais rien ne s’attribue sans cette épreuve.")),
    HearingEnding.STOPPED: (N_("arrêtée"), "warn", "stop", N_(
        "Le président a arrêté l’épreuve : rien ne s’attribue. Une autre date n’est possible que si la commission "
        "décide, dans un dossier, que l’épreuve est reportée ou ne compte pas.")),
    HearingEnding.NEVER_BEGUN: (N_("pas commencée"), "warn", "clock", N_(
        "La journée s’est terminée avant que le candidat soit appelé. Il n’y est pour rien, et rien n’est compté.")),
    HearingEnding.UNFINISHED: (N_("pas terminée"), "warn", "clock", N_(
        "La journée s’est terminée avant la fin de l’épreuve : rien ne s’attribue sans la suite.")),
    HearingEnding.VOID: (N_("ne compte pas"), "", "x", N_(
        "La commission a décidé que cette épreuve ne compte pas : le candidat est évalué de nouveau.")),
}
"""In short, state, icon, and what it means."""
GATES: Mapping[str, tuple[str, str]] = {
    "identity": (N_("l’identité"), N_(
        "Par exemple : une pièce d’identité présentée depuis, et ce qu’elle a montré.")),
    "prevention": (N_("le message de prévention"), N_(
        "Par exemple : le message signé depuis, ou pourquoi le refus reste sans conséquence.")),
    "sheet": (N_("la feuille de présence"), N_(
        "Par exemple : la feuille signée depuis, ou pourquoi le refus reste sans conséquence.")),
}
"""What a reservation is about, and what it may be settled by."""


@dataclass(frozen=True)
class EndingView:
    """`excuse` and `proof` are addresses, empty where there is nothing to do or to see; `words` say what the proof
    shows."""

    title: str
    state: Cell
    meaning: str
    words: str
    excuse: str
    proof: str


@dataclass(frozen=True)
class ReservationView:
    """`settle` is the address of the act, empty where it is not theirs or not to be done any more; `settled` are the
    words that settled it."""

    title: str
    state: Cell
    meaning: str
    settled: str
    settle: str


@dataclass(frozen=True)
class HearingsView:
    """`next` says what comes now, empty where nothing does; `plan`: it is a new day for the candidate."""

    endings: Sequence[EndingView]
    reservations: Sequence[ReservationView]
    next: str
    plan: bool


@dataclass(frozen=True)
class Opened:
    """What is read for a page: the days of the sessions, the words that may be shown; and whether whoever reads
    `excuses` absences and `settles` reservations."""

    days: Mapping[str, date]
    words: Mapping[str, str]
    excuses: bool
    settles: bool


def hearings(state: CandidacyState, here: str, opened: Opened, locale: Locale) -> HearingsView | None:
    """None before the first of them is over."""
    if not state.endings and not state.reservations:
        return None
    endings = [_ending(one, f"{here}/endings/{one.session}/{one.hearing}", opened, locale) for one in state.endings]
    reservations = [_reservation(one, f"{here}/reservations/{number}", opened, locale)
                    for number, one in enumerate(state.reservations, 1)]
    plan = bool(state.endings) and state.registration is not None and not state.planned and _to_plan(state)
    return HearingsView(endings[::-1], reservations[::-1], say(locale, _next(state, plan=plan), _day(state, locale)),
                        plan)


def _to_plan(state: CandidacyState) -> bool:
    return beneath(state) in TO_PLAN


def _next(state: CandidacyState, *, plan: bool) -> str:
    if state.planned:
        return N_("Une nouvelle épreuve est prévue le {day}.")
    return N_("Ce qui suit : ajoutez le candidat à une autre journée.") if plan else ""


def _day(state: CandidacyState, locale: Locale) -> dict[str, str]:
    return {"day": short_day(state.planned[0].date, locale)} if state.planned else {}


def _ending(one: Ended, here: str, opened: Opened, locale: Locale) -> EndingView:
    words, state, icon, meaning = ENDINGS[one.ending]
    day = opened.days.get(one.session, day_of(one.at))
    return EndingView(
        say(locale, N_("Épreuve du {day}"), {"day": short_day(day, locale)}),
        Cell(say(locale, words, {}), state=state, icon=icon), say(locale, meaning, {}),
        opened.words.get(one.words.ref, "") if one.words is not None else "",
        f"{here}/excuse" if opened.excuses and one.ending is HearingEnding.ABSENT else "",
        f"{here}/proof" if opened.excuses and one.proof is not None else "")


def gate_words(gate: str, locale: Locale) -> str:
    return say(locale, GATES[gate][0], {})


def _reservation(one: Reserved, here: str, opened: Opened, locale: Locale) -> ReservationView:
    settled = one.settled is not None
    state = (Cell(say(locale, N_("levée"), {}), state="ok", icon="check-o") if settled
             else Cell(say(locale, N_("à lever"), {}), state="warn", icon="stop"))
    return ReservationView(
        say(locale, N_("Réserve sur {gate}"), {"gate": gate_words(one.gate, locale)}), state,
        "" if settled else say(locale, N_(
            "Le jury a continué sous réserve : l’attribution attend que l’organisme certificateur la lève."), {}),
        opened.words.get(one.settled.ref, "") if one.settled is not None else "",
        f"{here}/settle" if opened.settles and not settled else "")
