"""What R7.2 and R6.5 ask, told from a case's journal alone: what is written in it, by whom and when. Nothing here is
shared with the rules that are judged by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

Entry = tuple[str, str, int, dict[str, Any]]
SANCTIONS = frozenset({"annul", "disqualify", "bar"})
COMMISSION = "p-member"
ANSWER_DAYS, PARTY_DAYS, REMINDERS = 15, 5, 2
ENDINGS = frozenset({"case.decided", "case.closed", "case.accusation_withdrawn"})
PARTIES = frozenset({"provider", "p-emp", "p-own", "p-tra"})
PARIS = ZoneInfo("Europe/Paris")


def day(at: int) -> date:
    return datetime.fromtimestamp(at / 1000, PARIS).date()


def over(begins: date, days: int) -> int:
    """The day of the event does not count, and the last one ends at midnight in Paris."""
    last = begins + timedelta(days=days + 1)
    return int(datetime(last.year, last.month, last.day, tzinfo=PARIS).timestamp()) * 1000


def is_open(journal: Sequence[Entry]) -> bool:
    return not any(name in ENDINGS for name, *_ in journal)


def faults(journal: Sequence[Entry]) -> list[str]:
    """Each that a reader finds."""
    ends = [place for place, (name, *_) in enumerate(journal) if name in ENDINGS]
    found = [] if len(ends) < 2 else ["ended twice"]
    for place in ends:
        if journal[place][0] == "case.decided":
            found += _decided(journal[:place], journal[place])
    return found


def _decided(before: Sequence[Entry], decision: Entry) -> Iterator[str]:
    _, actor, when, said = decision
    if actor != COMMISSION:
        yield "not the commission"
    proposed = _last(before, "case.proposed")
    submitted, returned = _last(before, "case.submitted"), _last(before, "case.returned")
    if proposed is None or before[proposed][3]["consequence"] != said["consequence"]:
        yield "not as proposed"
        return
    if submitted is None or submitted < proposed or (returned is not None and returned > proposed):
        yield "not before the commission"
        return
    yield from _asked(before[:submitted], proposed)
    if said["consequence"] in SANCTIONS:
        yield from _heard(before[:proposed], before[proposed][2], said["consequence"], "proposed")
        yield from _heard(before, when, said["consequence"], "decided")


def _last(journal: Sequence[Entry], name: str) -> int | None:
    return max((place for place, one in enumerate(journal) if one[0] == name), default=None)


def _asked(before: Sequence[Entry], proposed: int) -> Iterator[str]:
    """Each party has answered, or was reminded as often as it is to be and had the days after each."""
    at, since = before[proposed][2], before[proposed:]
    if frozenset[str](before[proposed][3]["parties"]) != PARTIES:
        yield "a party is not named"
    for party in PARTIES:
        who = {"provider"} if party == "provider" else {party}
        if any(name == "case.proposal_answered" and data["party"] in who for name, _, _, data in since):
            continue
        silent = [when for name, _, when, data in since if name == "case.silence_recorded" and data["party"] == party]
        reminded = [when for name, _, when, data in since if name == "case.party_reminded" and data["party"] == party]
        if not silent or len(reminded) < REMINDERS or silent[0] < over(day(at), PARTY_DAYS * (REMINDERS + 1)):
            yield f"{party} was not asked"
        steps = [*reminded, *silent]
        if any(later - sooner < (PARTY_DAYS - 1) * 24 * 3600_000 for sooner, later in pairwise(steps)):
            yield f"{party} had no time between reminders"


def _heard(before: Sequence[Entry], now: int, sanction: str, what: str) -> Iterator[str]:
    """There are facts; the candidate was told them, all evidence and this sanction; it arrived and the delay has
    passed, or they gave it up; and nobody waits to be heard."""
    place = _last(before, "case.notice_given")
    if place is None:
        yield f"{what}: no notice"
        return
    told, since = before[place][3], before[place + 1:]
    if not told["paper"] or sanction not in told["sanctions"]:
        yield f"{what}: not told this"
    if not any(data.get("words") or data["source"]["data"].get("words") for name, _, _, data in before[:place]
               if name in ("case.opened", "case.facts_completed")):
        yield f"{what}: no facts"
    if set(told["evidence"]) != _evidence(before):
        yield f"{what}: evidence not told"
    if any(name in ("case.facts_completed", "case.evidence_added") for name, *_ in since):
        yield f"{what}: something was added"
    until = _delay(since, told["number"])
    complete = any(name == "case.notice_answered" and data["complete"] and actor == before[0][3]["person"]
                   for name, actor, _, data in since)
    if not complete and (until is None or now < until):
        yield f"{what}: within the delay"
    expected = any(name in ("case.hearing_asked", "case.summoned") for name, *_ in before)
    came = [place for place, one in enumerate(since) if one[0] == "case.candidate_heard"]
    if expected and not came:
        yield f"{what}: waits to be heard"
    for one in came:
        hour = _hour(before[:place + 1 + one])
        if hour is not None and since[one][2] < hour:
            yield f"{what}: heard before the hour"
        if not since[one][3]["attended"] and not _was_summoned(before[:place + 1 + one], since[one][2]):
            yield f"{what}: missed what they were not summoned to"


def _evidence(before: Sequence[Entry]) -> set[str]:
    known = set(before[0][3]["source"]["data"]["evidence"])
    return known | {data["paper"]["file"] for name, _, _, data in before if name == "case.evidence_added"}


def _delay(since: Sequence[Entry], number: int) -> int | None:
    begins: date | None = None
    for name, _, _, data in since:
        if data.get("number") != number or data.get("what", "notice") != "notice":
            continue
        if name == "case.letter_arrived":
            begins = day(data["at"])
        elif name == "case.letter_bounced":
            begins = None
        elif name == "case.notice_delivered":
            begins = date.fromisoformat(data["on"])
    return over(begins, ANSWER_DAYS) if begins is not None else None


def _hour(before: Sequence[Entry]) -> int | None:
    """At which the candidate is expected, since they were told last."""
    told, place = _last(before, "case.notice_given"), _last(before, "case.summoned")
    return None if place is None or told is None or place < told else before[place][3]["at"]


def _was_summoned(before: Sequence[Entry], now: int) -> bool:
    place = _last(before, "case.summoned")
    if place is None or before[place][3]["at"] > now:
        return False
    number, arrived = before[place][3]["number"], False
    for name, _, _, data in before[place:]:
        if name in ("case.letter_arrived", "case.letter_bounced") and (data["what"], data["number"]) == (
                "summons", number):
            arrived = name == "case.letter_arrived"
        elif name == "case.summons_delivered" and data["number"] == number:
            arrived = True
    return arrived
