"""Appeals (R9.2): recorded as they came, by whatever way and whenever. What speaks against one is flagged, and decides
nothing: that is for the commission."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from evaluation.candidacy import access
from evaluation.candidacy.state import KIND as CANDIDACY
from evaluation.candidacy.state import RECORDED, AppealNoted, CandidacyState, CaseNoted
from evaluation.candidacy.terms import AppealFlag
from evaluation.case.terms import DECIDED, case_id
from evaluation.case.terms import KIND as CASE
from evaluation.deadlines import day_of, due, last_day_of_appeal
from evaluation.field_values import day, json_object
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import Paper, Words
from evaluation.quoted_events import APPEAL_RECORDED
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

APPEALING = Topic()
AppealMeans = Literal["registered_letter", "letter", "email", "by_hand"]


@APPEALING.command
@dataclass(frozen=True)
class RecordAppeal:
    """`against` quotes the outcome of a jury, or a decision of a case. `number` is the letter's; `scan` what was
    received. `reasoned`: it gives reasons, which `reasons` may sum up. `told_on` is the day on which the result reached
    the candidate, where that is known."""

    appeal: str
    against: Quote
    posted_on: date
    received_on: date
    means: AppealMeans
    number: str
    reasoned: bool
    scan: Paper
    office: Quote
    reasons: Words | None = None
    told_on: date | None = None


@APPEALING.event(APPEAL_RECORDED)
@dataclass(frozen=True)
class AppealRecorded:
    """`until` was the last day; `flags` what the commission is to know."""

    appeal: str
    against: Quote
    posted_on: date
    received_on: date
    means: AppealMeans
    number: str
    reasoned: bool
    scan: Paper
    office: Quote
    reasons: Words | None
    told_on: date | None
    until: date
    flags: tuple[AppealFlag, ...]


@APPEALING.decides(RecordAppeal)
def record(state: CandidacyState, command: RecordAppeal, asked: Asked) -> tuple[Any, ...]:
    access.check_records(state, command.office, asked)
    check_against(state, command.against)
    check_new(state, command)
    check_days(command, day_of(asked.now))
    until = appeal_until(state, command)
    return (AppealRecorded(
        command.appeal, command.against, command.posted_on, command.received_on, command.means, command.number,
        command.reasoned, command.scan, command.office, command.reasons, command.told_on, until,
        tuple(_flags(state, command, until))),)


@rule("R9.2")
def check_against(state: CandidacyState, against: Quote) -> None:
    """What a jury ruled on this candidacy and nobody corrected, or what a case decided on it."""
    ruled = (against.kind, against.stream, against.event) == (CANDIDACY, state.id, RECORDED)
    if ruled and against.position in {one.position for one in state.ruled()}:
        return
    decided = (against.kind, against.event, against.data.get("candidacy")) == (CASE, DECIDED, state.id)
    if not decided:
        raise Refusal("R9.2", N_("Un recours vise le résultat d’un jury, ou une décision, sur cette candidature."))


@rule("R9.2")
def check_new(state: CandidacyState, command: RecordAppeal) -> None:
    """One letter is one appeal, whoever records it again."""
    known = {one.appeal for one in state.appeals}
    if not command.appeal or command.appeal in known or _letter(command) in map(_letter, state.appeals):
        raise Refusal("R9.2", N_("Ce recours est déjà enregistré : même décision, même date d’envoi, même numéro."))


def _letter(one: RecordAppeal | AppealNoted) -> tuple[str, int, date, str]:
    return one.against.stream, one.against.position, one.posted_on, "".join(one.number.split()).casefold()


def check_days(command: RecordAppeal, today: date) -> None:
    for _field, words in wrong_days(command.against, command.posted_on, command.received_on, command.told_on, today):
        raise Refusal("R9.2", words)


@rule("R9.2", permits=())
def wrong_days(against: Quote, posted_on: date, received_on: date, told_on: date | None, today: date
               ) -> tuple[tuple[str, str], ...]:
    """Each day that cannot be, by its field, with why: it is posted after what it is about, received after that, and
    nothing of it is yet to come."""
    ruled_on = ruled(against)
    several = (
        ("posted_on", posted_on > today, N_("Un recours ne se poste pas un jour à venir.")),
        ("posted_on", posted_on < ruled_on, N_("Un recours est posté après la décision qu’il vise.")),
        ("received_on", received_on > today, N_("Un recours ne se reçoit pas un jour à venir.")),
        ("received_on", received_on < posted_on, N_("Un recours est reçu après son envoi.")),
        ("told_on", told_on is not None and not ruled_on <= told_on <= today,
         N_("Le résultat est arrivé après la décision, et au plus tard aujourd’hui.")))
    return tuple((name, words) for name, wrong, words in several if wrong)


def ruled(against: Quote) -> date:
    """The day of the decision that is appealed against."""
    if against.kind == CASE:
        return day(against.data["decided_on"])
    return day(json_object(against.data["outcome"])["ruled_on"])


@rule("R9.2", permits=date.max)
def appeal_until(state: CandidacyState, command: RecordAppeal) -> date:
    """The last day to post one, counted from the day of the decision. Where the framework counts from the handing of a
    case's decision: from the day it reached the candidate, and while that is not known nothing has run."""
    of = state.certification
    begins = ruled(command.against)
    if command.against.kind == CASE and of.cases.appeal_from == "handing":
        begins = command.told_on or command.posted_on
    return last_day_of_appeal(begins, of)


def _flags(state: CandidacyState, command: RecordAppeal, until: date) -> Iterator[AppealFlag]:
    of, ruled_on = state.certification, ruled(command.against)
    if command.posted_on > until:
        yield AppealFlag.OUT_OF_TIME
    if not command.reasoned:
        yield AppealFlag.UNREASONED
    if command.means != "registered_letter":
        yield AppealFlag.NOT_REGISTERED
    if command.told_on is not None and command.told_on > due(
            ruled_on, months=of.results_months, move_off_holidays=of.move_off_holidays):
        yield AppealFlag.TOLD_LATE


@APPEALING.evolves(AppealRecorded)
def recorded(state: CandidacyState, event: AppealRecorded, happened: Happened) -> CandidacyState:
    one = AppealNoted(event.appeal, happened.position, event.against, event.posted_on, event.received_on, event.means,
                      event.number, event.until, event.flags, event.scan, event.reasons, event.told_on)
    return replace(state, appeals=(*state.appeals, one))


def case_of_appeal(state: CandidacyState, one: AppealNoted) -> CaseNoted | None:
    """The case that it opened, or that took that one's place; None until the candidacy is told."""
    opened = case_id(CANDIDACY, state.id, one.position)
    return next((each for each in state.cases.values() if opened in (each.case, *each.instead)), None)
